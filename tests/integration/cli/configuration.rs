//! What is wrong with a configuration is said before the verdicts that hang on it.

use insta::assert_snapshot;
use serde_json::json;

use super::check::{inventory, inventory_of};
use crate::tool::Tool;

const CHECK: &str = "check estate.ndjson --select deletion-protection-off -c c.yaml";

/// What `check` says of a configuration, as far as it is about the configuration.
fn said(configuration: &str) -> String {
    let databases = [("orders", Some(true)), ("billing", Some(true))];
    said_of(&inventory(&databases), configuration, "")
}

fn said_of(estate: &str, configuration: &str, more: &str) -> String {
    let tool = Tool::new().file("estate.ndjson", estate).file("c.yaml", configuration);
    let transcript = tool.run(&format!("{CHECK} {more}"));
    let lines = transcript.lines().skip(1);
    let about = |line: &&str| ["warning", "note", "            ", "error"].iter().any(|word| line.starts_with(word));
    lines.filter(about).map(|line| format!("{line}\n")).collect()
}

#[test]
fn notices_about_the_configuration_stand_above_the_findings() {
    let tool = Tool::new().file("estate.ndjson", inventory(&[("orders", Some(false))])).file(
        "c.yaml",
        "recovery:\n  - {from: us-east-1, to: us-west-2}\napplications:\n  shop:\n    tags: {app: order}\n",
    );
    assert_snapshot!(tool.run(CHECK), @"
    $ seaworthy check estate.ndjson --select deletion-protection-off -c c.yaml
    CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies

    warning   c.yaml:2: nothing of the recovery region us-west-2 was seen
    warning   c.yaml:5: application 'shop' matches no resource: nothing has the tag app=order (did you mean 'orders'?)

    medium    deletion-protection-off                                                         1 resource
      orders  aws.rds.instance  111122223333 · us-east-1
        deletion protection is off, it is required to be on
      why   One call, one wrong terraform destroy or one stolen key is enough to delete it, often with its automatic
            backups.
      fix   deletion_protection = true
      more  seaworthy explain deletion-protection-off

    application  resources  blockers  fail  unknown
    shop                 0         0     0        0

    verdicts  0 pass · 1 fail · 0 unknown
    seen      1 resource · 1 account · 1 region
    score     protection 0
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    assert_snapshot!(tool.run(&format!("{CHECK} -f github")), @"
    $ seaworthy check estate.ndjson --select deletion-protection-off -c c.yaml -f github
    ::warning title=configuration::c.yaml:2: nothing of the recovery region us-west-2 was seen
    ::warning title=configuration::c.yaml:5: application 'shop' matches no resource: nothing has the tag app=order (did you mean 'orders'?)
    ::warning title=medium deletion-protection-off%3A A database can be deleted by mistake::orders (aws.rds.instance, 111122223333 · us-east-1): deletion protection is off, it is required to be on. Fix: deletion_protection = true
    CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    let page = tool.run(&format!("{CHECK} -f markdown"));
    let top: Vec<_> = page.lines().take(13).collect();
    assert_snapshot!(top.join("\n"), @"
    $ seaworthy check estate.ndjson --select deletion-protection-off -c c.yaml -f markdown
    <!-- seaworthy -->
    ## CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies

    **gate passed: nothing of high severity or above failed (--fail-on high), exit 0**

    Look at the configuration first:

    * c.yaml:2: nothing of the recovery region us-west-2 was seen
    * c.yaml:5: application &#39;shop&#39; matches no resource: nothing has the tag app=order (did you mean &#39;orders&#39;?)

    <details>
    <summary><b>medium</b> deletion-protection-off: 1 resource</summary>
    ");
}

#[test]
fn what_matches_nothing_is_named_with_what_was_meant() {
    let cases = [
        // A recovery pair from where nothing is, to where nobody looked, and of an account that is not there.
        "recovery:\n  - {from: eu-west-1, to: us-west-2}\n",
        "recovery:\n  - {from: us-east-1, to: us-west-2, account: '111122223334'}\n",
        // Applications, selector by selector.
        "applications:\n  a:\n    tags: {ap: orders}\n",
        "applications:\n  a:\n    tags: {app: [orders, biling]}\n",
        "applications:\n  a:\n    names: [ordres]\n",
        "applications:\n  a:\n    names: [shop-*]\n    accounts: ['111122223332']\n    regions: [eu-west-1]\n",
        "applications:\n  a:\n    tags: {app: orders}\n    names: [billing]\n",
        // Places that were to be collected.
        "accounts:\n  - id: '111122223323'\n  - id: '999999999999'\nregions:\n  - us-east-1\n  - eu-west-1\n  - us-east-7\n",
        // What is right says nothing but that there is no recovery pair.
        "accounts:\n  - id: '111122223333'\nregions: [us-east-1]\napplications:\n  a:\n    tags: {app: orders}\n",
    ];
    let all: Vec<String> = cases.iter().map(|text| said(text)).collect();
    assert_snapshot!(all.join("\n"), @"
    warning   c.yaml:1: 2 resources with data in us-east-1: no recovery pair is from there
    warning   c.yaml:2: nothing of the recovery region us-west-2 was seen
    warning   c.yaml:2: this recovery pair covers nothing: nothing is in eu-west-1 (did you mean 'us-east-1'?)

    warning   c.yaml:1: 2 resources with data in us-east-1: no recovery pair is from there
    warning   c.yaml:2: nothing of account 111122223334 was seen (did you mean '111122223333'?)
    warning   c.yaml:2: nothing of the recovery region us-west-2 was seen

    warning   c.yaml:3: application 'a' matches no resource: nothing has a tag 'ap' (did you mean 'app'?)
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:3: application 'a': nothing has the tag app=biling (did you mean 'billing'?)
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:3: application 'a' matches no resource: nothing is called 'ordres' (did you mean 'orders'?)
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:3: application 'a' matches no resource: nothing is called 'shop-*'
    warning   c.yaml:4: application 'a' matches no resource: nothing of account 111122223332 was seen (did you mean
                '111122223333'?)
    warning   c.yaml:5: application 'a' matches no resource: nothing of region eu-west-1 was seen
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:2: application 'a' matches no resource: each selector matches some, but none matches all
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:2: nothing of account 111122223323 was seen, so that nothing of it is judged (did you mean
                '111122223333'?)
    warning   c.yaml:3: nothing of account 999999999999 was seen, so that nothing of it is judged
    warning   c.yaml:6: nothing of region eu-west-1 was seen, so that nothing of it is judged
    warning   c.yaml:7: this release knows no region 'us-east-7', and nothing of it was seen (did you mean 'us-east-1'?)
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    ");
}

#[test]
fn what_was_not_read_may_match() {
    let unread = r#"{"id":"arn:aws:rds:us-east-1:111122223333:db:x","kind":"aws.rds.instance","name":"x","place":{"account":"111122223333","region":"us-east-1"},"unknown":{"tags":"denied"}}"#;
    let estate = inventory(&[("orders", Some(true))]).replace("\"resources\":1", "\"resources\":2");
    let estate = format!("{estate}{unread}\n");
    let of = |tag: &str| said_of(&estate, &format!("applications:\n  a:\n    tags: {{app: {tag}}}\n"), "");
    assert_snapshot!([of("zebra"), of("order")].join("\n"), @"
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    warning   c.yaml:3: application 'a' matches no resource for certain: nothing has the tag app=order (did you mean
                'orders'?)
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    ");
}

#[test]
fn filters_that_mean_nothing_are_named() {
    let estate = inventory(&[("orders", Some(true))]);
    assert_snapshot!(said_of(&estate, "", "--region us-west-9 --account 111122223334"), @"
    warning   --account 111122223334: nothing of it was seen (did you mean '111122223333'?)
    warning   --region us-west-9: nothing of it was seen
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    ");
    assert_snapshot!(said_of(&estate, "", "--region us-wset-2"), @"
    error: invalid value 'us-wset-2' for '--region <NAME>': there is no region 'us-wset-2' (did you mean 'us-west-2'?)
    ");
}

#[test]
fn one_resource_in_two_applications_says_whose_severity_it_has() {
    let text = "applications:\n  a: {tags: {app: orders}, pattern: active-active}\n  b: {names: [orders], pattern: backup-restore}\n  c: {names: [orders]}\n";
    assert_snapshot!(said(text), @"
    note      c.yaml:2: 'orders' belongs to 'a' (active-active) and 'b' (backup-restore): pattern and severities are those
                of 'a', the more demanding
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    ");
    assert_snapshot!(said(&text.replace("backup-restore", "active-active")), @"
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    ");
}

#[test]
fn declared_keys_that_are_not_there_are_named() {
    let key = |region: &str, alias: &str| {
        json!({
            "id": format!("arn:aws:kms:{region}:111122223333:key/{alias}-1"), "kind": "aws.kms.key", "name": alias,
            "place": {"account": "111122223333", "region": region}, "key": {"aliases": [alias]},
        })
        .to_string()
    };
    let estate = inventory_of("complete", "2026-11-22T06:00:00Z", &[("orders", Some(true))]);
    let estate = estate.replace("\"resources\":1", "\"resources\":3");
    let estate = format!("{estate}{}\n{}\n", key("us-east-1", "orders"), key("us-west-2", "orders"));
    let pair = |keys: &str| format!("recovery:\n  - from: us-east-1\n    to: us-west-2\n    keys:\n      {keys}\n");
    assert_snapshot!(said_of(&estate, &pair("alias/ordres: alias/order"), ""), @"
    warning   c.yaml:5: no key 'alias/order' was seen in us-west-2 (did you mean 'orders'?)
    warning   c.yaml:5: no key 'alias/ordres' was seen in us-east-1 (did you mean 'orders'?)
    ");
    assert_snapshot!(said_of(&estate, &pair("alias/orders: arn:aws:kms:us-west-2:111122223333:key/orders-1"), ""), @"");
}

#[test]
fn numbers_and_names_that_cannot_be_stop_the_run() {
    let cases = [
        "parameters:\n  restore-not-tested:\n    max_days: -1\n",
        "parameters:\n  short-key-deletion-window:\n    min_days: 90\n",
        "parameters:\n  restore-not-tested:\n    max_dys: 1\n",
        "parameters:\n  restore-not-tested:\n    max_days: '180'\n",
        "severity:\n  backup-disbled: low\n",
        "regions: [us-wset-2]\n",
        "accounts:\n  - id: '111122223333'\n    regions: [us-esat-1]\n",
        "applications:\n  a:\n    names: [x]\n    regions: [us-eats-1]\n",
        "applications:\n  a:\n    names: [x]\n    retention: 0d\n",
    ];
    let all: Vec<String> = cases.iter().map(|text| said(text)).collect();
    assert_snapshot!(all.concat(), @r#"
    error: c.yaml:3: parameter 'max_days' of policy 'restore-not-tested' is -1, but has to be at least 0
    error: c.yaml:3: parameter 'min_days' of policy 'short-key-deletion-window' is 90, but has to be at most 30
    error: c.yaml:3: policy 'restore-not-tested' has no parameter 'max_dys' (did you mean 'max_days'?)
    error: c.yaml:3: parameter 'max_days' of policy 'restore-not-tested' is "180", but has to be of the type of its default, 90
    error: c.yaml:2: no policy is called 'backup-disbled' (did you mean 'backup-disabled'?)
    error: c.yaml:1: there is no region 'us-wset-2' (did you mean 'us-west-2'?)
    error: c.yaml:3: there is no region 'us-esat-1' (did you mean 'us-east-1'?)
    error: c.yaml:4: there is no region 'us-eats-1' (did you mean 'us-east-1'?)
    error: c.yaml:4: a retention of 0s keeps no backup: leave it out, or say how long
    "#);
}

const RULE: &str = "# METADATA
# title: T
# custom:
#   id: mine
#   severity: {default: high}
#   kinds: [aws.rds.instance]
#   parameters:
#     min_days: {default: 7, description: days}
package mine.backup.mine

deny contains {\"message\": \"m\"} if {
\tCONDITION
}
";

#[test]
fn comparisons_that_come_out_the_same_for_everything_stop_the_run() {
    let cases = [
        r#"input.backup.enabled == "true""#,
        r#"input.backup.retention_days < "7""#,
        r#"input.backup.retention_days != data.parameters["mine"].min_days; input.name == data.parameters["mine"].min_days"#,
        r#"input.backup.retention_days < data.parameters["mine"].min_dys"#,
        r#"input.backup.retention_days < data.parameters["mnie"].min_days"#,
        r#"input.change.action == "delte""#,
        r#"input.change.action in {"delete", "repalce"}"#,
        r#"input.kind != "aws.rds.instnce""#,
        r#"1 in input.redundancy.zones"#,
        r#"some copy in input.joined.copies; copy.region == true"#,
        r#"enabled := input.backup.enabled; enabled == "yes""#,
        r#"count(input.joined.copies) == "0""#,
        r#"input.redundancy.zones == {"a"}"#,
        r#"input.name == null"#,
        // These can hold.
        r#"input.backup.enabled == false; input.backup.retention_days < 7; input.replication.source != null"#,
        r#"input.change.action in {"delete", "replace"}; input.tags.app == "x"; "a" in input.redundancy.zones"#,
    ];
    let said = cases.iter().map(|condition| {
        let tool = Tool::new().file("mine/backup/mine.rego", RULE.replace("CONDITION", condition));
        let transcript = tool.run("explain mine --policies mine");
        let line = transcript.lines().find(|line| line.starts_with("error")).unwrap_or("fine").to_owned();
        format!("{line}\n")
    });
    assert_snapshot!(said.collect::<String>(), @r#"
    error: mine/backup/mine.rego:12: 'input.backup.enabled == "true"' compares a boolean with a text: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'input.backup.retention_days < "7"' compares a number with a text: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'input.name == data.parameters["mine"].min_days' compares a text with a number: it comes out the same for every resource
    error: mine/backup/mine.rego:12: the header declares no parameter 'min_dys' (did you mean 'min_days'?)
    error: mine/backup/mine.rego:12: 'mnie' is not this policy, and the parameters of another one are not for it (did you mean 'mine'?)
    error: mine/backup/mine.rego:12: 'input.change.action == "delte"' compares with what the fact never is (did you mean 'delete'?)
    error: mine/backup/mine.rego:12: 'input.change.action in …"repalce"…' compares with what the fact never is (did you mean 'replace'?)
    error: mine/backup/mine.rego:12: 'input.kind != "aws.rds.instnce"' compares with what the fact never is (did you mean 'aws.rds.instance'?)
    error: mine/backup/mine.rego:12: '1 in input.redundancy.zones' compares a number with a text: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'copy.region == true' compares a text with a boolean: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'enabled == "yes"' compares a boolean with a text: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'count(input.joined.copies) == "0"' compares a number with a text: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'input.redundancy.zones == {"a"}' compares a list with a set: it comes out the same for every resource
    error: mine/backup/mine.rego:12: 'input.name == null' compares a text with null: it comes out the same for every resource
    fine
    fine
    "#);
}
