//! `check`: what goes in, what comes out, and how it ends.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

/// An inventory of one account in us-east-1 with databases whose deletion protection is off, on, or not known.
pub(super) fn inventory(databases: &[(&str, Option<bool>)]) -> String {
    inventory_of("complete", "2026-11-22T06:00:00Z", databases)
}

pub(super) fn inventory_of(status: &str, at: &str, databases: &[(&str, Option<bool>)]) -> String {
    let coverage =
        json!({"account": "111122223333", "region": "us-east-1", "service": "rds", "status": status, "at": at});
    let header = format!(
        r#"{{"seaworthy":"inventory","version":1,"collected_at":"{at}","sources":["aws"],"coverage":[{coverage}],"resources":{}}}"#,
        databases.len()
    );
    let lines = databases.iter().map(|(name, protected)| {
        let protection = protected.map_or(json!({}), |protected| json!({"deletion_protection": protected}));
        json!({
            "id": format!("arn:aws:rds:us-east-1:111122223333:db:{name}"), "kind": "aws.rds.instance", "name": name,
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": name},
            "database": {"cluster": null}, "replication": {"role": "none"}, "protection": protection,
        })
        .to_string()
    });
    [header].into_iter().chain(lines).map(|line| format!("{line}\n")).collect()
}

const ONE: &str = "--no-config --select deletion-protection-off";

#[test]
fn the_gate_decides_the_exit_code() {
    let tool = Tool::new()
        .file("off.ndjson", inventory(&[("orders", Some(false))]))
        .file("on.ndjson", inventory(&[("orders", Some(true))]))
        .file("unclear.ndjson", inventory(&[("orders", None)]))
        .file("unseen.ndjson", inventory_of("denied", "2026-11-22T06:00:00Z", &[("orders", Some(true))]))
        .file("none.ndjson", inventory(&[]));
    let ends: Vec<String> = [
        "off.ndjson --fail-on high",
        "off.ndjson --fail-on medium",
        "off.ndjson --fail-on never",
        "on.ndjson --strict",
        "unclear.ndjson",
        "unclear.ndjson --strict",
        "unseen.ndjson",
        "unseen.ndjson --strict",
        "none.ndjson",
    ]
    .into_iter()
    .map(|arguments| {
        let transcript = tool.run(&format!("check {arguments} --quiet {ONE}"));
        let lines: Vec<_> = transcript.lines().rev().take(2).collect();
        format!("{arguments}: {} {}", lines[1], lines[0])
    })
    .collect();
    assert_snapshot!(ends.join("\n"), @"
    off.ndjson --fail-on high: gate passed: nothing of high severity or above failed (--fail-on high), exit 0 [exit 0]
    off.ndjson --fail-on medium: gate failed: 1 medium (--fail-on medium), exit 1 [exit 1]
    off.ndjson --fail-on never: gate passed: failures are reported only (--fail-on never), exit 0 [exit 0]
    on.ndjson --strict: gate passed: nothing of high severity or above failed (--fail-on high), exit 0 [exit 0]
    unclear.ndjson: gate passed: nothing of high severity or above failed (--fail-on high), exit 0 [exit 0]
    unclear.ndjson --strict: gate failed: evidence is incomplete: 1 unknown verdict (--strict), exit 4 [exit 4]
    unseen.ndjson: gate passed: nothing of high severity or above failed (--fail-on high), exit 0 [exit 0]
    unseen.ndjson --strict: gate failed: evidence is incomplete: 1 gap in coverage (--strict), exit 4 [exit 4]
    none.ndjson: nothing to judge: nothing was found that a policy judges, exit 3 [exit 3]
    ");
}

#[test]
fn several_formats_are_written_in_one_run() {
    let tool = Tool::new().file("estate.ndjson", inventory(&[("orders", Some(false))]));
    let arguments = format!("check estate.ndjson {ONE} -f json=out.json -f table=out.txt");
    assert_snapshot!(tool.run(&arguments), @"
    $ seaworthy check estate.ndjson --no-config --select deletion-protection-off -f json=out.json -f table=out.txt
    [exit 0]
    ");
    assert_eq!(tool.files(), ["estate.ndjson", "out.json", "out.txt"]);
    let report: Value = serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(report["verdicts"][0]["resource"]["name"], "orders");
}

#[test]
fn outputs_that_cannot_be_are_known_before_the_work() {
    let tool = Tool::new().file("estate.ndjson", "broken, and not read");
    assert_snapshot!(tool.run("check estate.ndjson -f json -f table"), @"
    $ seaworthy check estate.ndjson -f json -f table
    [stderr]
    error: 'json' and 'table' cannot both be written to stdout
    help: give one of them another file: -f table=FILE
    [exit 2]
    ");
    assert_snapshot!(tool.run("check estate.ndjson -f json=x -f table=x"), @"
    $ seaworthy check estate.ndjson -f json=x -f table=x
    [stderr]
    error: 'json' and 'table' cannot both be written to 'x'
    help: give one of them another file: -f table=FILE
    [exit 2]
    ");
    assert_snapshot!(tool.run("check estate.ndjson -f json=missing/out.json"), @"
    $ seaworthy check estate.ndjson -f json=missing/out.json
    [stderr]
    error: cannot write 'missing/out.json': there is no such folder
    [exit 2]
    ");
    assert_eq!(tool.files(), ["estate.ndjson"]);
}

#[test]
fn a_run_that_fails_leaves_what_was_there() {
    let tool = Tool::new().file("estate.ndjson", "").file("out.json", "before");
    assert_snapshot!(tool.run("check estate.ndjson -f json=out.json"), @"
    $ seaworthy check estate.ndjson -f json=out.json
    [stderr]
    error: 'estate.ndjson' is empty: expected an inventory, or a Terraform plan or state as JSON
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]
    ");
    assert_eq!(tool.files(), ["estate.ndjson", "out.json"]);
    assert_eq!(std::fs::read_to_string(tool.path().join("out.json")).unwrap(), "before");
}

#[test]
fn bad_input_is_named_and_explained() {
    let good = inventory(&[("orders", Some(false)), ("billing", Some(true))]);
    let lines: Vec<&str> = good.lines().collect();
    let tool = Tool::new()
        .file("empty.ndjson", "\n")
        .file("cut.ndjson", &good[..good.len() - 40])
        .file("short.ndjson", format!("{}\n{}\n", lines[0], lines[1]))
        .file("header.ndjson", &good[..40])
        .file("future.ndjson", good.replace("\"version\":1", "\"version\":9"))
        .file("twice.ndjson", format!("{}\n{}\n{}\n", lines[0], lines[1], lines[1]))
        .file("typo.ndjson", good.replace("deletion_protection", "deletion_protektion"))
        .file("kind.ndjson", good.replace("aws.rds.instance", "aws.rds.thing"))
        .file("other.json", "{\"hello\": 1}")
        .file("text.txt", "hello")
        .file("tf.plan", b"PK\x03\x04rest")
        .file("estate.ndjson.zst", b"\x28\xb5\x2f\xfdbroken")
        .file("result.json", "{\"schema\": \"seaworthy.report/v1\"}");
    let said: Vec<String> = tool
        .files()
        .iter()
        .map(String::as_str)
        .chain(["missing.ndjson", "- -"])
        .map(|file| tool.run(&format!("check {file}")).replace("[stderr]\n", ""))
        .collect();
    assert_snapshot!(said.join("\n"), @"
    $ seaworthy check cut.ndjson
    error: 'cut.ndjson' is no usable inventory: the file is cut off: 1 of 2 resources are there
    help: collect it again: what is missing would look as if it were not there
    [exit 2]

    $ seaworthy check empty.ndjson
    error: 'empty.ndjson' is empty: expected an inventory, or a Terraform plan or state as JSON
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]

    $ seaworthy check estate.ndjson.zst
    error: cannot read 'estate.ndjson.zst': Dictionary mismatch
    [exit 2]

    $ seaworthy check future.ndjson
    error: 'future.ndjson' is no usable inventory: the inventory has version 9, and this is a reader of version 1
    help: collect it again with this version
    [exit 2]

    $ seaworthy check header.ndjson
    error: 'header.ndjson' is no usable inventory: line 1 is no inventory header: EOF while parsing a string at line 1 column 40
    help: seaworthy schema inventory describes the format
    [exit 2]

    $ seaworthy check kind.ndjson
    error: 'kind.ndjson' is no usable inventory: line 2: unknown kind 'aws.rds.thing' at line 1 column 103
    help: seaworthy schema inventory describes the format
    [exit 2]

    $ seaworthy check other.json
    error: 'other.json' cannot be checked: it is no plan and no state of Terraform or OpenTofu: it has none of the members that tell
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]

    $ seaworthy check result.json
    error: 'result.json' is a report: expected an inventory, or a Terraform plan or state as JSON
    help: render it again with: seaworthy report result.json
    [exit 2]

    $ seaworthy check short.ndjson
    error: 'short.ndjson' is no usable inventory: the file is cut off: 1 of 2 resources are there
    help: collect it again: what is missing would look as if it were not there
    [exit 2]

    $ seaworthy check text.txt
    error: 'text.txt' cannot be checked: it is no JSON: expected value at line 1 column 1
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]

    $ seaworthy check tf.plan
    error: 'tf.plan' cannot be checked: this is a binary plan: give the output of `terraform show -json tf.plan` (or `tofu show -json tf.plan`)
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]

    $ seaworthy check twice.ndjson
    error: 'twice.ndjson' is no usable inventory: line 3: 'arn:aws:rds:us-east-1:111122223333:db:orders' was on line 2 already
    help: seaworthy schema inventory describes the format
    [exit 2]

    $ seaworthy check typo.ndjson
    error: 'typo.ndjson' is no usable inventory: line 2: unknown field `deletion_protektion`, expected one of `deletion_protection`, `final_snapshot`, `force_destroy`, `recovery_window_days`, `kept_when_deleted`, `locked`, `lock_mode`, `lock_min_days`, `lock_max_days` at line 1 column 214
    help: seaworthy schema inventory describes the format
    [exit 2]

    $ seaworthy check missing.ndjson
    error: cannot read 'missing.ndjson': No such file or directory (os error 2)
    [exit 2]

    $ seaworthy check - -
    error: stdin can be read only once
    help: write it to a file first
    [exit 2]
    ");
}

#[test]
fn files_merge_and_the_newest_counts() {
    let tool = Tool::new()
        .file("old.ndjson", inventory_of("complete", "2026-11-20T06:00:00Z", &[("orders", Some(false))]))
        .file("new.ndjson", inventory(&[("orders", Some(true))]));
    let transcript = tool.run(&format!("check old.ndjson new.ndjson {ONE} -f json"));
    let report = transcript.split_once('\n').unwrap().1.rsplit_once("[exit").unwrap().0;
    let report: Value = serde_json::from_str(report).unwrap();
    assert_snapshot!(format!("{:#}", report["notices"]), @r#"
    [
      {
        "about": "configuration",
        "level": "note",
        "text": "no configuration: no applications and no objectives are stated, and the gate fails on high"
      },
      {
        "about": "configuration",
        "level": "note",
        "text": "no recovery region is configured: whether anything can come back elsewhere is judged without one"
      },
      {
        "level": "note",
        "text": "rds of 111122223333 us-east-1 was collected twice: the newest, of 2026-11-22T06:00:00Z, is used"
      }
    ]
    "#);
    assert_eq!(report["summary"]["outcomes"]["pass"], 1, "{:#}", report["summary"]);
}

#[test]
fn stdin_is_read_and_a_closed_stdout_changes_nothing() {
    let tool = Tool::new();
    let mut command = tool.command(&format!("check - {ONE} --fail-on low --show all -f json"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    // More than a pipe holds, so that writing the report fails for certain.
    let names: Vec<String> = (0..2_000).map(|at| format!("orders-{at}")).collect();
    let databases: Vec<_> = names.iter().map(|name| (name.as_str(), Some(false))).collect();
    child.stdin.take().unwrap().write_all(inventory(&databases).as_bytes()).unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(1), ""));
}

#[test]
fn a_stored_result_is_rendered_again() {
    let tool = Tool::new().file("estate.ndjson", inventory(&[("orders", Some(false)), ("billing", None)]));
    tool.run(&format!("check estate.ndjson {ONE} --fail-on low -f json=result.json -f table=first.txt"));
    assert_snapshot!(tool.run("report result.json -f json=again.json -f table=second.txt"), @"
    $ seaworthy report result.json -f json=again.json -f table=second.txt
    [exit 1]
    ");
    let read = |name: &str| std::fs::read_to_string(tool.path().join(name)).unwrap();
    assert_eq!(read("again.json"), read("result.json"));
    assert_eq!(read("second.txt"), read("first.txt"));
    assert_snapshot!(tool.run("report estate.ndjson"), @"
    $ seaworthy report estate.ndjson
    [stderr]
    error: 'estate.ndjson' is an inventory: expected a result that -f json=FILE wrote
    help: judge it first: seaworthy check estate.ndjson
    [exit 2]
    ");
}

#[test]
fn words_that_select_nothing_are_errors() {
    let tool = Tool::new()
        .file("estate.ndjson", inventory(&[("orders", Some(false))]))
        .file("seaworthy.yaml", "applications: {orders: {names: [orders]}}\n");
    let said: Vec<String> = [
        "--select backup-disbled",
        "--skip CP-99999",
        "--app oders",
        "--account 123",
        "--region frankfurt",
        "--show failed",
        "--policies nothing",
    ]
    .into_iter()
    .map(|arguments| tool.run(&format!("check estate.ndjson {arguments}")).replace("[stderr]\n", ""))
    .collect();
    assert_snapshot!(said.join("\n"), @"
    $ seaworthy check estate.ndjson --select backup-disbled
    error: no policy, area, framework or control is called 'backup-disbled' (did you mean 'backup-disabled'?)
    help: seaworthy policy list names ids and areas; --format json adds frameworks and their controls
    [exit 2]

    $ seaworthy check estate.ndjson --skip CP-99999
    error: no policy, area, framework or control is called 'CP-99999'
    help: seaworthy policy list names ids and areas; --format json adds frameworks and their controls
    [exit 2]

    $ seaworthy check estate.ndjson --app oders
    error: the configuration has no application 'oders' (did you mean 'orders'?)
    help: applications are stated in seaworthy.yaml, under 'applications'
    [exit 2]

    $ seaworthy check estate.ndjson --account 123
    error: invalid value '123' for '--account <ID>': expected twelve digits

    For more information, try '--help'.
    [exit 2]

    $ seaworthy check estate.ndjson --region frankfurt
    error: invalid value 'frankfurt' for '--region <NAME>': 'frankfurt' is no region: expected a name like 'us-east-1'

    For more information, try '--help'.
    [exit 2]

    $ seaworthy check estate.ndjson --show failed
    error: invalid value 'failed' for '--show <VERDICTS>'
      [possible values: fail, unknown, error, waived, pass, not-applicable, all]

      tip: a similar value exists: 'fail'

    For more information, try '--help'.
    [exit 2]

    $ seaworthy check estate.ndjson --policies nothing
    error: cannot read policies in 'nothing': No such file or directory (os error 2)
    [exit 2]
    ");
}

/// Policies by id that a run judged, and its verdicts.
fn judged(tool: &Tool, arguments: &str) -> (Vec<String>, Vec<String>) {
    tool.run(&format!("check {arguments} --show all -f json=out.json"));
    let report: Value = serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |name: &str| report[name].as_array().unwrap().clone();
    let policies = list("policies").into_iter().map(|policy| text(&policy["id"])).collect();
    let verdicts = list("verdicts").into_iter().map(|verdict| {
        format!("{} {} {}", text(&verdict["verdict"]), text(&verdict["policy"]), text(&verdict["resource"]["name"]))
    });
    (policies, verdicts.collect())
}

#[test]
fn policies_and_resources_are_selected() {
    let config = "applications: {orders: {names: [orders]}, billing: {names: [billing]}}\n";
    let tool = Tool::new()
        .file("estate.ndjson", inventory(&[("orders", Some(false)), ("billing", Some(true))]))
        .file("seaworthy.yaml", config);
    let (policies, verdicts) = judged(&tool, "estate.ndjson --select protection --skip vault-not-locked --app billing");
    assert!(policies.iter().any(|id| id == "deletion-protection-off"), "{policies:?}");
    assert!(!policies.iter().any(|id| id == "vault-not-locked" || id == "backup-disabled"), "{policies:?}");
    assert_eq!(verdicts, ["pass deletion-protection-off billing"]);
    let (_, elsewhere) = judged(&tool, "estate.ndjson --select deletion-protection-off --region eu-west-1");
    assert_eq!(elsewhere, Vec::<String>::new());
}

#[test]
fn waivers_and_the_baseline_answer_for_failures() {
    let waivers = "\
- policy: deletion-protection-off
  match: {arn: 'arn:aws:rds:*:db:orders'}
  reason: it is made anew every night
  owner: shop
  expires: 2026-12-31
";
    let tool = Tool::new()
        .file("estate.ndjson", inventory(&[("orders", Some(false)), ("billing", Some(false))]))
        .file("waivers.yaml", waivers);
    let run = |arguments: &str| judged(&tool, &format!("estate.ndjson {ONE} {arguments}")).1;
    assert_eq!(run(""), ["fail deletion-protection-off billing", "waived deletion-protection-off orders"]);
    assert_eq!(run("--no-waivers"), ["fail deletion-protection-off billing", "fail deletion-protection-off orders"]);
    assert_snapshot!(tool.run(&format!("baseline write estate.ndjson {ONE}")), @"
    $ seaworthy baseline write estate.ndjson --no-config --select deletion-protection-off
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
    assert_eq!(run(""), ["waived deletion-protection-off billing", "waived deletion-protection-off orders"]);

    let tool = tool.file("estate.ndjson", inventory(&[("orders", Some(true)), ("billing", Some(true))]));
    assert_snapshot!(tool.run(&format!("baseline prune estate.ndjson {ONE}")), @"
    $ seaworthy baseline prune estate.ndjson --no-config --select deletion-protection-off
    fixed   deletion-protection-off  arn:aws:rds:us-east-1:111122223333:db:billing
    wrote seaworthy-baseline.json: 0 entries
    [exit 0]
    ");
    assert_snapshot!(tool.run(&format!("baseline prune estate.ndjson {ONE} --baseline other.json")), @"
    $ seaworthy baseline prune estate.ndjson --no-config --select deletion-protection-off --baseline other.json
    [stderr]
    error: cannot read the baseline 'other.json': No such file or directory (os error 2)
    help: seaworthy baseline write makes a new one
    [exit 2]
    ");
}
