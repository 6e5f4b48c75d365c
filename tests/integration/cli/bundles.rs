//! Policies as users have them: bundles of several files, with data beside them, written for other tools.

use insta::assert_snapshot;

use crate::tool::Tool;

/// Two databases of which one is backed up, and one of which nobody knows.
const ESTATE: &str = r#"{"seaworthy":"inventory","version":1,"collected_at":"2026-11-21T12:00:00Z","sources":["hand-made"],"coverage":[],"resources":4}
{"id":"a","kind":"aws.rds.instance","name":"orders","place":{"account":"111122223333","region":"us-east-1"},"origin":{"source":"aws"},"tags":{"team":"shop"},"backup":{"enabled":true,"retention_days":7}}
{"id":"b","kind":"aws.rds.instance","name":"carts","place":{"account":"111122223333","region":"us-east-1"},"origin":{"source":"aws"},"tags":{},"backup":{"enabled":false,"retention_days":0}}
{"id":"c","kind":"aws.rds.instance","name":"ledger","place":{"account":"111122223333","region":"us-east-1"},"origin":{"source":"aws"},"unknown":{"backup":"rds:DescribeDBInstances denied","tags":"denied"}}
{"id":"d","kind":"aws.iam.role","name":"app","place":{"account":"111122223333","region":null},"origin":{"source":"aws"}}
"#;

fn tool() -> Tool {
    Tool::new().file("estate.ndjson", ESTATE)
}

/// Policy, resource, verdict and message of each verdict.
fn verdicts(tool: &Tool, arguments: &str) -> String {
    let printed =
        tool.run(&format!("check estate.ndjson --policies mine --select mine --show all -f json=out.json {arguments}"));
    let Ok(report) =
        serde_json::from_slice::<serde_json::Value>(&std::fs::read(tool.path().join("out.json")).unwrap_or_default())
    else {
        return printed;
    };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |one: &serde_json::Value| {
        let name = text(&one["resource"]["name"]);
        format!("{} {name} {}: {}\n", text(&one["policy"]), text(&one["verdict"]), text(&one["message"]))
    };
    report["verdicts"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn files_see_each_other_and_the_data_beside_them() {
    let tool = tool()
        .file("mine/lib/team.rego", "package lib.team\n\nowner(r) := r.tags.team\n\nis_exempt(r) if r.name in data.exempt.names\n")
        .file("mine/exempt/list.yaml", "names: [carts]\n")
        .file("more.json", r#"{"least": {"days": 14}}"#)
        .file(
            "mine/backup.rego",
            "package main\n\nimport data.lib.team\n\ndeny contains msg if {\n\tinput.backup.retention_days < data.least.days\n\tnot team.is_exempt(input)\n\tmsg := sprintf(\"%s has backups of %d days\", [input.name, input.backup.retention_days])\n}\n",
        )
        .file("mine/owner.rego", "package main\n\nimport data.lib.team\n\nwarn contains \"nobody owns it\" if not team.owner(input)\n")
        .file("mine/all.rego", "package all\n\ndeny contains \"more than one thing is wrong\" if count(data.main.deny | data.main.warn) > 1\n");
    assert_snapshot!(verdicts(&tool, "--data more.json"), @"
    backup orders fail: orders has backups of 7 days
    owner carts fail: nobody owns it
    all ledger unknown: not known: its backup retention (rds:DescribeDBInstances denied); its tags (denied)
    backup ledger unknown: not known: its backup retention (rds:DescribeDBInstances denied)
    owner ledger unknown: not known: its tags (denied)
    owner app unknown: not known: its tags (it was not collected)
    all orders pass: not found: all
    all carts pass: not found: all
    backup carts pass: not found: main
    owner orders pass: not found: main
    all app not-applicable: the question does not arise here
    backup app not-applicable: the question does not arise here
    ");
    assert_snapshot!(tool.run("check estate.ndjson --policies mine --select mine"), @"
    $ seaworthy check estate.ndjson --policies mine --select mine
    [stderr]
    error: mine/backup.rego:6: 'data.least' is nowhere
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    [exit 2]
    ");
}

#[test]
fn what_would_never_be_asked_is_an_error() {
    let said: String = [
        "deny if input.backup.enabled == false",
        "deny := {\"off\" | input.backup.enabled == false}",
        "dney contains \"off\" if input.backup.enabled == false",
        "violations contains \"off\" if input.backup.enabled == false",
        "exception contains rules if rules := [\"\"]",
        "applies contains \"rds\" if input.kind == \"aws.rds.instance\"",
        "deny contains \"off\" if data.nothing.here",
        "deny contains \"off\" if not data.lib.offf",
        "deny contains \"off\" if a\n\na if b\n\nb if a",
        "deny contains \"off\" if f(1)\n\nf(x) if input.backup.enabled with lower as x",
        "deny contains \"off\" if x == 1",
        "deny contains \"off\" if lowr(input.name) == \"a\"",
        "deny contains \"off\" if count(input.redundancy.zones, 1, 2)",
        "deny contains \"off\" if time.now_ns() > 1",
        "deny contains \"off\" if {\n\tx := 1\n\tx := 2\n}",
        "deny[msg] { msg := \"off\" }",
    ]
    .iter()
    .map(|rule| {
        let rules = format!("package team.rule\n\n{rule}\n");
        let tool = tool()
            .file("mine/rule.rego", &rules)
            .file("mine/lib.rego", "package lib\n\noff if input.backup.enabled == false\n")
            .file("mine/other.rego", "package other\n\ndeny contains \"x\" if input.encryption.enabled == false\n");
        let said = tool.run("check estate.ndjson --policies mine");
        let lines = said.lines().filter(|line| line.starts_with("error") || line.starts_with("help"));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    })
    .collect();
    assert_snapshot!(said, @r#"
    error: mine/rule.rego:3: 'deny' would never be asked: write 'deny contains "what is wrong" if { … }'
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'deny' would never be asked: write 'deny contains "what is wrong" if { … }'
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'dney' would never be asked (did you mean 'deny'?)
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'violations' would never be asked (did you mean 'violation'?)
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'exception' rules are not followed: accept a finding by an entry in waivers.yaml
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'applies' decides whether the policy is asked, so it has to be true or false: rename it, or write 'applies if { … }'
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'data.nothing' is nowhere
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'data.lib.offf' is nowhere (did you mean 'off'?)
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:5: a rule cannot need itself: data.team.rule.a → data.team.rule.b → data.team.rule.a
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:5: 'with' replaces parts of 'input' and 'data' and whole rules, and no functions
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: nothing gives 'x' a value
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: there is no function 'lowr' (did you mean 'lower'?)
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'count' takes 1 argument, and gets 3
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego:3: 'time.now_ns' is not allowed: verdicts must depend on the resource alone
    help: ages and times are facts: see 'age' in what seaworthy schema inventory prints
    error: mine/rule.rego:5: 'x' is declared twice in one body
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    error: mine/rule.rego: 
    error: `if` keyword is required before rule body
    help: this is Rego v0; convert it with: opa fmt --write --v0-v1 mine/rule.rego
    "#);
}

#[test]
fn a_file_of_data_that_cannot_be_used_is_named() {
    let rule = "package team.rule\n\ndeny contains \"x\" if input.name in data.names\n";
    let said: String = [("a.json", "[1]"), ("a.json", "{"), ("a.yaml", "names: ["), ("a.json", r#"{"names": ["b"]}"#)]
        .iter()
        .map(|(name, text)| {
            let tool = tool().file("mine/rule.rego", rule).file("mine/b.json", r#"{"names": ["a"]}"#);
            tool.file(&format!("mine/{name}"), text).run("check estate.ndjson --policies mine")
        })
        .collect();
    assert_snapshot!(said, @"
    $ seaworthy check estate.ndjson --policies mine
    [stderr]
    error: mine/a.json: data has to be an object, whose keys are the names below 'data'
    help: JSON and YAML files beside policies are data, as under OPA; keep others elsewhere
    [exit 2]
    $ seaworthy check estate.ndjson --policies mine
    [stderr]
    error: mine/a.json: EOF while parsing an object at line 1 column 1
    help: JSON and YAML files beside policies are data, as under OPA; keep others elsewhere
    [exit 2]
    $ seaworthy check estate.ndjson --policies mine
    [stderr]
    error: mine/a.yaml: unclosed bracket '[' at line 1, column 8
    help: JSON and YAML files beside policies are data, as under OPA; keep others elsewhere
    [exit 2]
    $ seaworthy check estate.ndjson --policies mine
    [stderr]
    error: mine/b.json: 'data.names' stands in two files with different values
    help: JSON and YAML files beside policies are data, as under OPA; keep others elsewhere
    [exit 2]
    ");
}

#[test]
fn the_tests_of_a_bundle_say_what_its_policies_say() {
    let tool = tool()
        .file("mine/limits.json", r#"{"limits": {"days": 7}}"#)
        .file("mine/short.rego", "package team.short\n\nshort if input.backup.retention_days < data.limits.days\n\ndeny contains \"short\" if short\n")
        .file(
            "mine/short_test.rego",
            "package team.short_test\n\nimport data.team.short\n\ntest_fail if short.deny == {\"short\"} with input.backup.retention_days as 1\n\ntest_pass if count(short.deny) == 0 with input.backup.retention_days as 7\n\ntest_limit if short.short with input.backup.retention_days as 7 with data.limits.days as 8\n\ntest_wrong if not short.short with input.backup.retention_days as 1\n\ntest_sprintf if sprintf(\"%d\", [\"a\"]) == \"\"\n",
        );
    assert_snapshot!(tool.run("policy test mine"), @"
    $ seaworthy policy test mine
    FAIL  mine/short_test.rego  2 of 5 tests
          test_sprintf: it is undefined, not true
          test_wrong: it is undefined, not true
    2 of 5 tests failed, 100% of lines covered
    [exit 1]
    ");
}

#[test]
fn annotations_of_others_are_no_headers() {
    let tool = tool()
        .file("mine/a.rego", "# METADATA\n# title: Backups\n# description: they are needed\n# custom:\n#   severity: HIGH\n#   id: AVD-AWS-0001\n#   short_code: backups\npackage team.a\n\n# METADATA\n# scope: rule\n# authors:\n# - somebody\ndeny contains \"off\" if input.backup.enabled == false\n");
    assert_snapshot!(verdicts(&tool, ""), @"
    a carts fail: off
    a ledger unknown: not known: whether automatic backups are on (rds:DescribeDBInstances denied)
    a orders pass: not found: team.a
    a app not-applicable: the question does not arise here
    ");
}
