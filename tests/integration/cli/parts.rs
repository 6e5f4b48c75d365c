//! Several plans of which one says something of what another has.

use serde_json::{Value, json};

use crate::tool::Tool;

fn row(address: &str, action: &str, before: &Value, after: &Value) -> Value {
    let (kind, name) = address.split_once('.').unwrap();
    json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws",
        "expressions": {}, "change": {"actions": [action], "before": before, "after": after, "after_unknown": {}}})
}

fn plan(rows: &[Value]) -> String {
    let provider = json!({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}}});
    json!({"format_version": "1.2", "complete": true, "resource_changes": rows,
        "configuration": {"provider_config": provider, "root_module": {"resources": rows}}})
    .to_string()
}

fn bucket(name: &str) -> Value {
    json!({"bucket": name, "id": name, "arn": format!("arn:aws:s3:::{name}"), "region": "us-east-1"})
}

fn versioning(bucket: &Value) -> Value {
    json!({"bucket": bucket, "versioning_configuration": [{"status": "Enabled"}]})
}

/// Bucket or its part, policy and verdict, with the plan that it counts for.
fn verdicts(tool: &Tool, arguments: &str) -> Vec<String> {
    let output = tool.command(&format!("check {arguments} -f json --show all")).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = report["verdicts"].as_array().unwrap().iter().map(|verdict| {
        let [policy, outcome] = ["policy", "verdict"].map(|name| verdict[name].as_str().unwrap());
        let [stack, address] = ["stack", "address"].map(|name| verdict["resource"][name].as_str().unwrap());
        format!("{stack} {address} {policy} {outcome}")
    });
    let mut told: Vec<_> = told.filter(|one| !one.ends_with("not-applicable")).collect();
    told.sort();
    told
}

/// The plan of the bucket changes its tags, and another one takes its versioning away.
#[test]
fn where_two_plans_change_a_bucket_the_one_that_weakens_it_is_told() {
    const POLICIES: &str = "--select bucket-versioning-off --select versioning-turned-off";
    let tagged = |team: &str| {
        let mut bucket = bucket("reports");
        bucket["tags"] = json!({"team": team});
        bucket["tags_all"] = bucket["tags"].clone();
        bucket
    };
    let update = row("aws_s3_bucket.reports", "update", &tagged("a"), &tagged("b"));
    let gone = row("aws_s3_bucket_versioning.reports", "delete", &versioning(&json!("reports")), &Value::Null);
    let tool = Tool::new().file("data/plan.json", plan(&[update])).file("settings/plan.json", plan(&[gone]));
    let part = "settings aws_s3_bucket_versioning.reports";
    assert_eq!(
        verdicts(&tool, &format!("data/plan.json settings/plan.json --no-config {POLICIES}")),
        [format!("{part} bucket-versioning-off fail"), format!("{part} versioning-turned-off fail")]
    );
}
