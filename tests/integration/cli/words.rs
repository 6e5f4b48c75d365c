//! What reports and errors call things: words of the field, and numbers that agree with each other.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

fn row(address: &str, actions: &[&str], before: &Value, after: &Value) -> Value {
    let (kind, name) = address.split_once('.').unwrap();
    json!({
        "address": address, "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
    })
}

fn plan(rows: &[Value]) -> String {
    let code = json!({"root_module": {}, "provider_config": {"aws": {
        "name": "aws", "expressions": {"region": {"constant_value": "eu-central-1"}},
    }}});
    json!({"format_version": "1.2", "resource_changes": rows, "configuration": code}).to_string()
}

/// A database without backups, the versioning of a bucket, and what no policy judges.
fn creates() -> String {
    let none = Value::Null;
    let database = json!({
        "identifier": "ledger", "engine": "mysql", "backup_retention_period": 2, "deletion_protection": false,
        "storage_encrypted": false, "multi_az": true, "skip_final_snapshot": false, "delete_automated_backups": false,
    });
    let versioning = json!({"bucket": "files", "versioning_configuration": [{"status": "Enabled"}]});
    plan(&[
        row("aws_db_instance.ledger", &["create"], &none, &database),
        row("aws_s3_bucket.files", &["create"], &none, &json!({"bucket": "files", "force_destroy": false})),
        row("aws_s3_bucket_versioning.files", &["create"], &none, &versioning),
        row("aws_subnet.a", &["create"], &none, &json!({"availability_zone": "eu-central-1a"})),
        row("aws_cloudwatch_dashboard.main", &["create"], &none, &json!({})),
        row("aws_cloudwatch_dashboard.old", &["delete"], &json!({}), &none),
    ])
}

const WAIVERS: &str = "\
- policy: deletion-protection-off
  match: {address: aws_db_instance.ledger}
  reason: it is a copy
  owner: data
  expires: 2026-12-31
";

/// The headline, the rows of what fails or is waived, the numbers and the gate.
fn numbers(transcript: &str) -> String {
    let kept = |line: &&str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        let words =
            ["this", "problem", "critical", "high", "medium", "low", "waived", "change", "plan", "gate", "nothing"];
        words.contains(&first) || line.starts_with("[exit")
    };
    transcript.lines().filter(kept).map(|line| format!("{line}\n")).collect()
}

#[test]
fn headline_rows_numbers_and_gate_say_the_same() {
    let tool = Tool::new().file("plan.json", creates()).file("seaworthy.yaml", "regions: [eu-central-1]\n");
    let check = "check plan.json --select backup-retention-too-short,deletion-protection-off,single-zone-database";
    let plain = numbers(&tool.run(check));
    let tool = tool.file("waivers.yaml", WAIVERS);
    let waived = numbers(&tool.run(&format!("{check} --waivers waivers.yaml")));
    let write = tool.run("baseline write plan.json --select backup-retention-too-short");
    let covered = numbers(&tool.run(&format!("{check} --waivers waivers.yaml --baseline seaworthy-baseline.json")));
    assert_snapshot!("numbers", format!("{plain}\n{waived}\n{write}\n{covered}"));
}

#[test]
fn a_plan_that_touches_nothing_neither_passes_nor_fails() {
    let nothing = plan(&[row("aws_cloudwatch_dashboard.main", &["create"], &Value::Null, &json!({}))]);
    let tool = Tool::new().file("plan.json", nothing);
    let table = tool.run("check plan.json --no-config -f table -f json=out.json -f markdown=out.md");
    let json: Value = serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap();
    let comment = std::fs::read_to_string(tool.path().join("out.md")).unwrap();
    assert_eq!((&json["gate"]["passed"], &json["gate"]["status"]), (&json!(false), &json!("nothing-to-judge")));
    assert_snapshot!("nothing-to-judge", format!("{table}\n{comment}"));
}

#[test]
fn what_is_no_result_is_named_with_what_to_run_instead() {
    let header = json!({
        "seaworthy": "inventory", "version": 1, "collected_at": "2026-11-22T06:00:00Z", "sources": ["aws"],
        "coverage": [], "resources": 0,
    });
    let state = json!({"version": 4, "terraform_version": "1.9.0", "resources": []});
    let tool = Tool::new()
        .file("estate.ndjson", format!("{header}\n"))
        .file("plan.json", creates())
        .file("tf.plan", b"PK\x03\x04rest")
        .file("terraform.tfstate", state.to_string())
        .file("other.json", "{}");
    let said = ["estate.ndjson", "plan.json", "tf.plan", "terraform.tfstate", "other.json"]
        .map(|file| tool.run(&format!("report {file} --no-config")));
    assert_snapshot!("no-result", said.join("\n"));
}

#[test]
fn the_schemas_are_printed() {
    for of in ["config", "inventory", "report", "waivers"] {
        let printed = Tool::new().command(&format!("schema {of}")).output().unwrap();
        let file = format!("{}/reports/schema/{of}-v1.json", env!("CARGO_MANIFEST_DIR"));
        assert!(printed.stdout == std::fs::read(&file).unwrap(), "{of}");
    }
    assert_snapshot!("schema-typo", Tool::new().run("schema waiver"));
}

#[test]
fn a_result_covers_its_attribute_or_its_block() {
    let code =
        "resource \"aws_db_instance\" \"ledger\" {\n  identifier = \"ledger\"\n  backup_retention_period = 2\n}\n";
    let tool = Tool::new().file("plan.json", creates()).file("main.tf", code);
    tool.run(
        "check plan.json --no-config -f sarif=out.sarif --select backup-retention-too-short,deletion-protection-off",
    );
    let log: Value = serde_json::from_slice(&std::fs::read(tool.path().join("out.sarif")).unwrap()).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let region =
        |result: &Value| (result["ruleId"].clone(), result["locations"][0]["physicalLocation"]["region"].clone());
    assert_eq!(
        results.iter().map(region).collect::<Vec<_>>(),
        [
            (
                json!("backup-retention-too-short"),
                json!({"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 30})
            ),
            (json!("deletion-protection-off"), json!({"startLine": 1, "startColumn": 1, "endLine": 4, "endColumn": 2})),
        ]
    );
}
