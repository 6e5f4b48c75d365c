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

fn kept(address: &str, values: &Value) -> Value {
    row(address, "no-op", values, values)
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

/// What no plan says is not so, where all plans together are all of it. Where one of them leaves open what it speaks of, it
/// may speak of any.
#[test]
fn several_plans_that_are_all_of_it_leave_nothing_open() {
    let vault = |name: &str| {
        let arn = format!("arn:aws:backup:us-east-1:111122223333:backup-vault:{name}");
        kept(&format!("aws_backup_vault.{name}"), &json!({"name": name, "id": name, "arn": arn}))
    };
    let lock = |vault: Value| json!({"backup_vault_name": vault, "changeable_for_days": 3, "min_retention_days": 30});
    let gold = kept("aws_backup_vault_lock_configuration.gold", &lock(json!("gold")));
    let mut astray = row("aws_backup_vault_lock_configuration.any", "create", &Value::Null, &lock(Value::Null));
    astray["change"]["after_unknown"] = json!({"backup_vault_name": true});
    let said = |configuration: &str, plans: &str| {
        let tool = Tool::new()
            .file("seaworthy.yaml", configuration)
            .file("data/plan.json", plan(&["gold", "silver"].map(vault)))
            .file("settings/plan.json", plan(std::slice::from_ref(&gold)))
            .file("more/plan.json", plan(std::slice::from_ref(&astray)));
        verdicts(&tool, &format!("{plans} --plan-account 111122223333 --select vault-not-locked"))
    };
    let all = "estate: {all-in-code: true}\n";
    let both = "data/plan.json settings/plan.json";
    let [gold, silver] = ["gold", "silver"].map(|name| format!("data aws_backup_vault.{name} vault-not-locked"));
    assert_eq!(said("estate: {}\n", both), [format!("{gold} pass"), format!("{silver} unknown")]);
    assert_eq!(said(all, both), [format!("{gold} pass"), format!("{silver} fail")]);
    let three = format!("{both} more/plan.json");
    assert_eq!(said(all, &three), [format!("{gold} unknown"), format!("{silver} unknown")]);
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
