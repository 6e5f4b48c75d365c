//! Several plans in one run: monorepos and Terragrunt units.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ONE: &str = "--no-config --select backup-disabled";

/// A plan of resources that are all managed by one provider, which works in that region.
fn plan(region: &str, resources: &[Value]) -> String {
    let provider = json!({"aws": {"name": "aws", "expressions": {"region": {"constant_value": region}}}});
    json!({
        "format_version": "1.2",
        "resource_changes": resources,
        "configuration": {"provider_config": provider, "root_module": {"resources": resources}},
    })
    .to_string()
}

/// A database that is called `this` in the code of every stack, and is not there yet.
fn database(name: &str, days: u32) -> Value {
    created(&json!({"identifier": name, "engine": "postgres", "backup_retention_period": days}))
}

fn created(after: &Value) -> Value {
    resource(&json!({"actions": ["create"], "before": null, "after": after, "after_unknown": {"arn": true}}))
}

fn resource(change: &Value) -> Value {
    json!({"address": "aws_db_instance.this", "mode": "managed", "type": "aws_db_instance", "name": "this",
        "provider_config_key": "aws", "expressions": {}, "change": change})
}

/// Two stacks, of which one keeps no backups.
fn units() -> Tool {
    Tool::new()
        .file("orders/plan.json", plan("us-east-1", &[database("orders", 14)]))
        .file("billing/plan.json", plan("us-east-1", &[database("billing", 0)]))
}

fn report(tool: &Tool, arguments: &str) -> Value {
    let output = tool.command(&format!("check {arguments} -f json --show all")).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What is said of each resource, by its id.
fn verdicts(report: &Value) -> Vec<String> {
    let verdicts = report["verdicts"].as_array().unwrap().iter();
    let told = verdicts.map(|verdict| {
        let (policy, outcome) = (verdict["policy"].as_str().unwrap(), verdict["outcome"].as_str().unwrap());
        format!("{} {policy} {outcome}", verdict["resource"]["id"].as_str().unwrap())
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

#[test]
fn each_of_several_plans_is_judged_whatever_their_order() {
    let tool = units();
    assert_snapshot!("two-plans", tool.run(&format!("check orders/plan.json billing/plan.json {ONE}")));
    let there = report(&tool, &format!("orders/plan.json billing/plan.json {ONE}"));
    let mut back = report(&tool, &format!("billing/plan.json orders/plan.json {ONE}"));
    back["sources"].as_array_mut().unwrap().reverse();
    assert_eq!(there, back);
    assert_eq!(
        verdicts(&there),
        ["billing/aws_db_instance.this backup-disabled fail", "orders/aws_db_instance.this backup-disabled pass"]
    );
    // The numbers of the plans add up to those of the run.
    assert_snapshot!(serde_json::to_string_pretty(&there["change"]).unwrap());
    // One comment for both, and one line for each in a log.
    assert_snapshot!("two-plans-markdown", tool.run(&format!("check --plans . {ONE} -f markdown")));
    assert_snapshot!("two-plans-github", tool.run(&format!("check --plans . {ONE} -f github")));
    // A stored result says the same again.
    let mut stored = tool.run(&format!("check --plans . {ONE} -f json=result.json -f markdown"));
    let mut again = tool.run("report result.json -f markdown");
    for transcript in [&mut stored, &mut again] {
        transcript.replace_range(..transcript.find('\n').unwrap(), "");
    }
    assert_eq!(stored, again);
}

#[test]
fn a_plan_alone_is_as_it_was() {
    let report = report(&units(), &format!("billing/plan.json {ONE}"));
    assert_eq!(verdicts(&report), ["aws_db_instance.this backup-disabled fail"]);
    assert_eq!((&report["change"]["plans"], &report["verdicts"][0]["resource"]["stack"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_plan_a_line_is_several_plans() {
    let [orders, billing] =
        [plan("us-east-1", &[database("orders", 14)]), plan("us-east-1", &[database("billing", 0)])];
    let tool = Tool::new().file("all.json", format!("{orders}\n{billing}\n"));
    assert_eq!(
        verdicts(&report(&tool, &format!("all.json {ONE}"))),
        ["all#1/aws_db_instance.this backup-disabled pass", "all#2/aws_db_instance.this backup-disabled fail"]
    );
    let tool = tool.file("cut.json", format!("{orders}\n{}", &billing[..40]));
    assert_snapshot!(tool.run(&format!("check cut.json {ONE}")), @"");
}

#[test]
fn plans_are_found_by_their_content() {
    let state = json!({"format_version": "1.0", "values": {"root_module": {"resources": []}}}).to_string();
    let tool = units()
        .file("live/orders.tfplan.json", plan("us-west-2", &[database("orders", 7)]))
        .file("live/all.json", plan("us-east-1", &[]) + "\n" + &plan("us-east-1", &[database("logs", 1)]))
        .file("live/state.json", state)
        .file("live/package.json", r#"{"name": "planner"}"#)
        .file("live/plan-notes.json", r#"{"resource": "plan"}"#)
        .file("live/readme.txt", plan("us-east-1", &[database("text", 0)]))
        .file(".hidden/plan.json", plan("us-east-1", &[database("hidden", 0)]))
        .file("empty/readme.txt", "nothing");
    let report = report(&tool, &format!("--plans . live/orders.tfplan.json {ONE}"));
    assert_eq!(
        verdicts(&report),
        [
            "billing/aws_db_instance.this backup-disabled fail",
            "live/all#2/aws_db_instance.this backup-disabled pass",
            "live/orders/aws_db_instance.this backup-disabled pass",
            "orders/aws_db_instance.this backup-disabled pass",
        ]
    );
    assert_snapshot!(tool.run(&format!("check --plans empty {ONE}")), @"");
    assert_snapshot!(tool.run(&format!("check --plans nowhere {ONE}")), @"");
    // The step that should have written it failed.
    let tool = tool.file("live/late/plan.json", "");
    assert_snapshot!(tool.run(&format!("check --plans live {ONE}")), @"");
    assert_snapshot!(tool.run(&format!("check {ONE}")), @"");
}

#[test]
fn a_replica_in_one_stack_counts_for_the_primary_in_another() {
    let source = "arn:aws:rds:us-east-1:111122223333:db:orders";
    let replica = created(&json!({"identifier": "orders-replica", "replicate_source_db": source}));
    let tool = Tool::new()
        .file("seaworthy.yaml", "recovery:\n  - {from: us-east-1, to: us-west-2}\n")
        .file("orders/plan.json", plan("us-east-1", &[database("orders", 14)]))
        .file("replica/plan.json", plan("us-west-2", &[replica]));
    let run = |plans: &str| {
        let arguments =
            format!("{plans} --plan-account 111122223333 --select no-cross-region-replica,no-copy-in-recovery-region");
        verdicts(&report(&tool, &arguments))
    };
    let told = [run("orders/plan.json"), run("orders/plan.json replica/plan.json"), run("--plans .")];
    assert_snapshot!(told.map(|verdicts| verdicts.join("\n")).join("\n\n"), @"");
}

#[test]
fn lines_and_waivers_are_of_the_code_of_each_plan() {
    let code = |days: u32, above: &str| {
        format!("{above}resource \"aws_db_instance\" \"this\" {{\n  backup_retention_period = {days}\n}}\n")
    };
    let waiver = "# seaworthy:ignore[backup-disabled] until=2026-12-24 reason=\"it is a scratch database\"\n";
    let tool = Tool::new()
        .file("orders/plan.json", plan("us-east-1", &[database("orders", 0)]))
        .file("orders/main.tf", code(0, waiver))
        .file("billing/plan.json", plan("us-east-1", &[database("billing", 0)]))
        .file("billing/main.tf", code(0, ""))
        .file("modules/shop/database.tf", code(0, "\n\n"));
    let lines = |arguments: &str| {
        let report = report(&tool, &format!("{arguments} {ONE}"));
        let verdicts = report["verdicts"].as_array().unwrap().iter();
        let told = verdicts.map(|verdict| {
            let at = &verdict["resource"]["location"];
            format!("{} {} {}:{}", verdict["resource"]["id"], verdict["outcome"], at["file"], at["line"])
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told.join("\n")
    };
    assert_snapshot!(lines("--plans ."), @"");
    assert_snapshot!(lines("--plans . --source billing=modules/shop"), @"");
    assert_snapshot!(lines("orders/plan.json billing/plan.json --source modules/shop --source orders/plan.json=orders"), @"");
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --source biling=modules/shop")), @"");
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --source orders --source billing")), @"");
}

#[test]
fn results_of_one_stack_do_not_close_those_of_another() {
    let tool = units().file("plan.json", plan("us-east-1", &[])).file("shop.json", plan("us-east-1", &[]));
    let id = |arguments: &str| {
        let output = tool.command(&format!("check {arguments} {ONE} -f sarif")).output().unwrap();
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        format!("{arguments}: {}", log["runs"][0]["automationDetails"]["id"].as_str().unwrap())
    };
    let runs = [
        "plan.json",
        "shop.json",
        "orders/plan.json",
        "billing/plan.json",
        "billing/plan.json orders/plan.json",
        "orders/plan.json billing/plan.json",
        "--plans orders",
        "--plans .",
    ];
    assert_snapshot!(runs.map(id).join("\n"), @"");
}

#[test]
fn a_baseline_is_of_several_plans_too() {
    let tool = units().file("live/plan.json", plan("us-east-1", &[database("live", 0)]));
    assert_snapshot!(tool.run(&format!("baseline write --plans . {ONE}")), @"");
    assert_snapshot!(fs::read_to_string(tool.path().join("seaworthy-baseline.json")).unwrap(), @"");
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --quiet")), @"");
    // What is accepted in one stack is not accepted in another.
    let tool = tool.file("orders/plan.json", plan("us-east-1", &[database("orders", 0)]));
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --quiet")), @"");
}

#[test]
fn what_two_plans_manage_is_judged_by_the_one_that_does_more() {
    let arn = "arn:aws:rds:us-east-1:111122223333:db:orders";
    let of =
        |days: u32| json!({"arn": arn, "identifier": "orders", "engine": "postgres", "backup_retention_period": days});
    let changed = |actions: &[&str], before: Value, after: Value| {
        resource(&json!({"actions": actions, "before": before, "after": after, "after_unknown": {}}))
    };
    let weakened = changed(&["update"], of(14), of(0));
    let kept = changed(&["no-op"], of(14), of(14));
    let forgotten = changed(&["forget"], of(14), Value::Null);
    let deleted = changed(&["delete"], of(14), Value::Null);
    let told = |a: &Value, b: &Value| {
        let tool = Tool::new()
            .file("a/plan.json", plan("us-east-1", std::slice::from_ref(a)))
            .file("b/plan.json", plan("us-east-1", std::slice::from_ref(b)));
        let [there, back] = ["a/plan.json b/plan.json", "b/plan.json a/plan.json"].map(|plans| {
            let report = report(&tool, &format!("{plans} --no-config --select backup-disabled,change"));
            let notices = report["notices"].as_array().unwrap().iter().map(|notice| notice["text"].as_str().unwrap());
            let notices = notices.filter(|text| text.contains("is changed by")).map(str::to_owned);
            let reach = format!("{}", report["change"]["reach"]);
            verdicts(&report).into_iter().chain([reach]).chain(notices).collect::<Vec<_>>().join("\n")
        });
        assert_eq!(there, back);
        there
    };
    assert_snapshot!(told(&weakened, &kept), @"");
    assert_snapshot!(told(&kept, &forgotten), @"");
    assert_snapshot!(told(&weakened, &deleted), @"");
}
