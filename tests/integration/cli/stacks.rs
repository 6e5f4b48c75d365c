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
        let (policy, outcome) = (verdict["policy"].as_str().unwrap(), verdict["verdict"].as_str().unwrap());
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
    assert_snapshot!(tool.run(&format!("check cut.json {ONE}")), @"
    $ seaworthy check cut.json --no-config --select backup-disabled
    [stderr]
    error: 'cut.json' cannot be checked: it is no plan and no state of Terraform or OpenTofu: it holds several JSON documents, and not each of them is a plan
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]
    ");
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
    assert_snapshot!(tool.run(&format!("check --plans empty {ONE}")), @"
    $ seaworthy check --plans empty --no-config --select backup-disabled
    [stderr]
    error: no plan was found below 'empty'
    help: plans as JSON are looked for: terraform show -json PLAN > plan.json, or terragrunt plan --all --json-out-dir DIR
    [exit 2]
    ");
    assert_snapshot!(tool.run(&format!("check --plans nowhere {ONE}")), @"
    $ seaworthy check --plans nowhere --no-config --select backup-disabled
    [stderr]
    error: cannot read 'nowhere': No such file or directory (os error 2)
    [exit 2]
    ");
    // The step that should have written it failed.
    let tool = tool.file("live/late/plan.json", "");
    assert_snapshot!(tool.run(&format!("check --plans live {ONE}")), @"
    $ seaworthy check --plans live --no-config --select backup-disabled
    [stderr]
    error: 'live/late/plan.json' is empty: expected an inventory, or a Terraform plan or state as JSON
    help: seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan
    [exit 2]
    ");
    assert_snapshot!(tool.run(&format!("check {ONE}")), @"
    $ seaworthy check --no-config --select backup-disabled
    [stderr]
    error: the following required arguments were not provided:
      <FILE>...

    Usage: seaworthy check --no-config --select <WHAT> <FILE>...

    For more information, try '--help'.
    [exit 2]
    ");
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
    assert_snapshot!(told.map(|verdicts| verdicts.join("\n")).join("\n\n"), @"
    aws_db_instance.this no-copy-in-recovery-region not-applicable
    aws_db_instance.this no-cross-region-replica unknown

    orders/aws_db_instance.this no-copy-in-recovery-region pass
    orders/aws_db_instance.this no-cross-region-replica pass
    replica/aws_db_instance.this no-copy-in-recovery-region not-applicable
    replica/aws_db_instance.this no-cross-region-replica not-applicable

    orders/aws_db_instance.this no-copy-in-recovery-region pass
    orders/aws_db_instance.this no-cross-region-replica pass
    replica/aws_db_instance.this no-copy-in-recovery-region not-applicable
    replica/aws_db_instance.this no-cross-region-replica not-applicable
    ");
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
        .file("modules/shop/database.tf", code(0, "\n\n"))
        .file("seaworthy.yaml", "waivers: {inline: allow}\n");
    let lines = |tool: &Tool, arguments: &str| {
        let report = report(tool, &format!("{arguments} --select backup-disabled"));
        let verdicts = report["verdicts"].as_array().unwrap().iter();
        let told = verdicts.map(|verdict| {
            let at = &verdict["resource"]["location"];
            format!("{} {} {}:{}", verdict["resource"]["id"], verdict["verdict"], at["file"], at["line"])
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told.join("\n")
    };
    assert_snapshot!(lines(&tool, "--plans ."), @r#"
    "billing/aws_db_instance.this" "fail" "billing/main.tf":2
    "orders/aws_db_instance.this" "waived" "orders/main.tf":3
    "#);
    assert_snapshot!(lines(&tool, "--plans . --source billing=modules/shop"), @r#"
    "billing/aws_db_instance.this" "fail" "modules/shop/database.tf":4
    "orders/aws_db_instance.this" "waived" "orders/main.tf":3
    "#);
    assert_snapshot!(lines(&tool, "orders/plan.json billing/plan.json --source modules/shop --source orders/plan.json=orders"), @r#"
    "billing/aws_db_instance.this" "fail" "modules/shop/database.tf":4
    "orders/aws_db_instance.this" "waived" "orders/main.tf":3
    "#);
    // A plan whose code is elsewhere has no part in the code, and the waivers, of another.
    let tool = Tool::new()
        .file("orders/plan.json", plan("us-east-1", &[database("orders", 0)]))
        .file("orders/main.tf", code(0, waiver))
        .file("shop.json", plan("us-east-1", &[database("shop", 0)]))
        .file("seaworthy.yaml", "waivers: {inline: allow}\n");
    assert_snapshot!(lines(&tool, "--plans ."), @r#"
    "orders/aws_db_instance.this" "waived" "orders/main.tf":3
    "shop/aws_db_instance.this" "fail" null:null
    "#);
    let tool = tool.file("billing/plan.json", plan("us-east-1", &[]));
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --source biling=modules/shop")), @"
    $ seaworthy check --plans . --no-config --select backup-disabled --source biling=modules/shop
    [stderr]
    error: --source 'biling=modules/shop': no plan of this run is called 'biling' (did you mean 'billing'?)
    help: expected DIR, or PLAN=DIR with the file or the stack of a plan
    [exit 2]
    ");
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --source orders --source billing")), @"
    $ seaworthy check --plans . --no-config --select backup-disabled --source orders --source billing
    [stderr]
    error: --source names more than one directory for the same plan
    help: with several plans, --source PLAN=DIR names the code of one of them
    [exit 2]
    ");
}

#[test]
fn states_are_told_apart_as_plans_are() {
    let state = |name: &str, days: u32| {
        let values = json!({"identifier": name, "engine": "postgres", "backup_retention_period": days});
        let instance = json!({"address": "aws_db_instance.this", "mode": "managed", "type": "aws_db_instance",
            "name": "this", "values": values});
        json!({"format_version": "1.0", "values": {"root_module": {"resources": [instance]}}}).to_string()
    };
    let tool =
        Tool::new().file("orders/state.json", state("orders", 14)).file("billing/state.json", state("billing", 0));
    assert_eq!(
        verdicts(&report(&tool, &format!("orders/state.json billing/state.json {ONE}"))),
        ["billing/aws_db_instance.this backup-disabled fail", "orders/aws_db_instance.this backup-disabled pass"]
    );
    assert_eq!(
        verdicts(&report(&tool, &format!("orders/state.json ./orders/state.json {ONE}"))),
        ["aws_db_instance.this backup-disabled pass"]
    );
}

/// What one plan takes from a resource of another is told of both.
#[test]
fn the_plan_that_does_it_is_named() {
    let arn = |region: &str, name: &str| format!("arn:aws:rds:{region}:111122223333:db:{name}");
    let primary = json!({"arn": arn("us-east-1", "orders"), "identifier": "orders", "engine": "postgres",
        "backup_retention_period": 14});
    let replica = json!({"arn": arn("us-west-2", "orders-replica"), "identifier": "orders-replica",
        "replicate_source_db": arn("us-east-1", "orders"), "backup_retention_period": 7});
    let kept = resource(&json!({"actions": ["no-op"], "before": primary, "after": primary, "after_unknown": {}}));
    let deleted = resource(&json!({"actions": ["delete"], "before": replica, "after": null, "after_unknown": {}}));
    let tool = Tool::new()
        .file("seaworthy.yaml", "recovery:\n  - {from: us-east-1, to: us-west-2}\n")
        .file("orders/plan.json", plan("us-east-1", &[kept]))
        .file("replica/plan.json", plan("us-west-2", &[deleted]));
    assert_snapshot!("the-plan-that-does-it", tool.run("check --plans ."));
    // Laid over the live estate, which has the primary and knows the rest.
    let at = "2026-11-22T06:00:00Z";
    let places = [("us-east-1", "rds"), ("us-east-1", "backup"), ("us-west-2", "rds"), ("us-west-2", "backup")];
    let coverage = places.map(|(region, service)| {
        json!({"account": "111122223333", "region": region, "service": service, "status": "complete", "at": at})
    });
    let header = json!({"seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"],
        "coverage": coverage, "resources": 2});
    let live = |region: &str, name: &str, replication: Value| {
        json!({"id": arn(region, name), "kind": "aws.rds.instance", "name": name,
            "place": {"account": "111122223333", "region": region}, "database": {"cluster": null, "engine": "postgres"},
            "replication": replication, "backup": {"enabled": true, "retention_days": 14}})
    };
    let lines = [
        header,
        live("us-east-1", "orders", json!({"role": "primary", "replicas": [arn("us-west-2", "orders-replica")]})),
        live("us-west-2", "orders-replica", json!({"role": "replica", "source": arn("us-east-1", "orders")})),
    ];
    let estate: Vec<_> = lines.iter().map(Value::to_string).collect();
    let tool = tool.file("estate.ndjson", estate.join("\n"));
    let arguments = "replica/plan.json orders/plan.json --against estate.ndjson --select no-cross-region-copy";
    assert_snapshot!("the-plan-over-the-estate", tool.run(&format!("check {arguments}")));
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
    assert_snapshot!(runs.map(id).join("\n"), @"
    plan.json: seaworthy/change/
    shop.json: seaworthy/change/shop/
    orders/plan.json: seaworthy/change/orders/
    billing/plan.json: seaworthy/change/billing/
    billing/plan.json orders/plan.json: seaworthy/change/billing+orders/
    orders/plan.json billing/plan.json: seaworthy/change/billing+orders/
    --plans orders: seaworthy/change/orders/
    --plans .: seaworthy/change/all/
    ");
}

#[test]
fn a_baseline_is_of_several_plans_too() {
    let tool = units().file("live/plan.json", plan("us-east-1", &[database("live", 0)]));
    assert_snapshot!(tool.run(&format!("baseline write --plans . {ONE}")), @"
    $ seaworthy baseline write --plans . --no-config --select backup-disabled
    wrote seaworthy-baseline.json: 2 entries
    [exit 0]
    ");
    assert_snapshot!(fs::read_to_string(tool.path().join("seaworthy-baseline.json")).unwrap(), @r#"
    {"version": 2, "entries": [
    {"policy":"backup-disabled","resource":"billing/aws_db_instance.this","fact":"backup.retention_days","fingerprint":"13e07bc4458a42851448057a46d3c767","kind":"aws.rds.instance","region":"us-east-1","actual":0,"required":7},
    {"policy":"backup-disabled","resource":"live/aws_db_instance.this","fact":"backup.retention_days","fingerprint":"944c84baec84677c2143e242d73e0df6","kind":"aws.rds.instance","region":"us-east-1","actual":0,"required":7}
    ]}
    "#);
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --quiet")), @"
    $ seaworthy check --plans . --no-config --select backup-disabled --quiet
    this change introduces 2 problems for recovery, all in the baseline
      each of plans billing, live: 1 problem for recovery, all in the baseline
      plan orders: no problem for recovery
    NOT RECOVERABLE: 2 blockers stand in the way of 2 resources, 2 of them waived
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    // What is accepted in one stack is not accepted in another.
    let tool = tool.file("orders/plan.json", plan("us-east-1", &[database("orders", 0)]));
    assert_snapshot!(tool.run(&format!("check --plans . {ONE} --quiet")), @"
    $ seaworthy check --plans . --no-config --select backup-disabled --quiet
    this change adds orders, which is unrecoverable: backups are off: retention is 0 days, 7 are required; 2 more are in the
    baseline
      plan orders: adds orders, which is unrecoverable: backups are off: retention is 0 days, 7 are required
      each of plans billing, live: 1 problem for recovery, all in the baseline
    NOT RECOVERABLE: 3 blockers stand in the way of 3 resources, 2 of them waived
    gate failed: 1 critical introduced (--fail-on high), exit 1
    [exit 1]
    ");
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
    assert_snapshot!(told(&weakened, &kept), @r#"
    arn:aws:rds:us-east-1:111122223333:db:orders automated-backups-deleted not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders backup-disabled fail
    arn:aws:rds:us-east-1:111122223333:db:orders backups-turned-off fail
    arn:aws:rds:us-east-1:111122223333:db:orders deletion-protection-turned-off pass
    arn:aws:rds:us-east-1:111122223333:db:orders encryption-key-changed not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders final-snapshot-turned-off pass
    arn:aws:rds:us-east-1:111122223333:db:orders multi-zone-turned-off pass
    arn:aws:rds:us-east-1:111122223333:db:orders replica-removed not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders replica-without-key not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders retention-lowered pass
    arn:aws:rds:us-east-1:111122223333:db:orders stateful-resource-deleted not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders stateful-resource-replaced pass
    {"update":{"filtered":0,"judged":1,"not_judged":0,"parts":0}}
    "#);
    assert_snapshot!(told(&kept, &forgotten), @r#"
    arn:aws:rds:us-east-1:111122223333:db:orders backup-disabled pass
    {"forget":{"filtered":0,"judged":0,"not_judged":0,"parts":1}}
    "#);
    assert_snapshot!(told(&weakened, &deleted), @r#"
    arn:aws:rds:us-east-1:111122223333:db:orders automated-backups-deleted fail
    arn:aws:rds:us-east-1:111122223333:db:orders backups-turned-off not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders deletion-protection-turned-off not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders encryption-key-changed not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders final-snapshot-turned-off not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders multi-zone-turned-off not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders replica-removed not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders replica-without-key not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders retention-lowered not-applicable
    arn:aws:rds:us-east-1:111122223333:db:orders stateful-resource-deleted pass
    arn:aws:rds:us-east-1:111122223333:db:orders stateful-resource-replaced not-applicable
    {"delete":{"filtered":0,"judged":1,"not_judged":0,"parts":0},"update":{"filtered":0,"judged":0,"not_judged":0,"parts":1}}
    'arn:aws:rds:us-east-1:111122223333:db:orders' is changed by plans b and a: what b does is judged
    "#);
}

/// A stack that has the bucket, and one that has its settings and takes them away.
#[test]
fn the_settings_of_a_bucket_may_be_in_another_stack_than_the_bucket() {
    let row = |address: &str, action: &str, before: &Value, after: &Value| {
        let (kind, name) = address.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws",
            "expressions": {},
            "change": {"actions": [action], "before": before, "after": after, "after_unknown": {}}})
    };
    let bucket = json!({"bucket": "reports", "id": "reports", "arn": "arn:aws:s3:::reports", "region": "us-east-1"});
    let versioning = json!({"bucket": "reports", "versioning_configuration": [{"status": "Enabled"}]});
    let settings = |action: &str, after: &Value| {
        plan("us-east-1", &[row("aws_s3_bucket_versioning.reports", action, &versioning, after)])
    };
    let tool = Tool::new()
        .file("data/plan.json", plan("us-east-1", &[row("aws_s3_bucket.reports", "no-op", &bucket, &bucket)]))
        .file("settings/plan.json", settings("delete", &Value::Null))
        .file("kept/plan.json", settings("no-op", &versioning));
    let policies = "--no-config --select bucket-versioning-off --select versioning-turned-off";
    assert_snapshot!(tool.run(&format!("check data/plan.json settings/plan.json {policies}")), @r#"
    $ seaworthy check data/plan.json settings/plan.json --no-config --select bucket-versioning-off --select versioning-turned-off
    this change weakens the recovery of reports: versioning is turned off, before the change it was on; 1 more problem is
    introduced
      plan settings: weakens the recovery of reports: versioning is turned off, before the change it was on; 1 more problem
        is introduced
      plan data: no problem for recovery
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    high      versioning-turned-off                                               1 resource, introduced
      settings/aws_s3_bucket_versioning.reports  aws.s3.bucket  us-east-1
        versioning is turned off, before the change it was on
      why   From the moment it is applied, what is overwritten or deleted is gone at once.
      fix   versioning_configuration { status = "Enabled" }
      more  seaworthy explain versioning-turned-off

    medium    bucket-versioning-off                                               1 resource, introduced
      settings/aws_s3_bucket_versioning.reports  aws.s3.bucket  us-east-1
        versioning is off, it is required to be on
      why   What is overwritten or deleted is gone at once.
      fix   versioning_configuration { status = "Enabled" }
      more  seaworthy explain bucket-versioning-off

    not seen  the estate is only partly seen: a plan sees its own workspace only

    note      aws_s3_bucket_versioning.reports of settings is taken as part of 'arn:aws:s3:::reports'
    note      every plan: no code of these resources was found beside it or elsewhere in the repository, so findings have no
                file and no line: --source PLAN=DIR names the directory of the root module

    verdicts  0 pass · 2 fail · 0 unknown
    seen      1 resource · 0 accounts · 1 region
    change    2 introduced · 0 fixed · 0 existing
    plan      1 to delete: 1 as parts of others
    score     backup 0 · change 0

    this change weakens the recovery of reports: versioning is turned off, before the change it was on; 1 more problem is
    introduced
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate failed: 1 high introduced (--fail-on high), exit 1
    [exit 1]
    "#);
    assert_eq!(
        verdicts(&report(&tool, &format!("data/plan.json kept/plan.json {policies}"))),
        ["arn:aws:s3:::reports bucket-versioning-off pass"]
    );
    // Alone, nobody has the bucket.
    assert_snapshot!(tool.run(&format!("check settings/plan.json {policies}")), @"
    $ seaworthy check settings/plan.json --no-config --select bucket-versioning-off --select versioning-turned-off
    this change touches nothing that a policy judges, but aws_s3_bucket_versioning.reports is part of something that this
    plan does not manage: what becomes of that is not judged
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    not seen  the estate is only partly seen: a plan sees its own workspace only

    note      aws_s3_bucket_versioning.reports is part of something that this plan does not manage: what becomes of that is
                not judged
    note      no code of these resources was found in '.', so findings have no file and no line: --source DIR names the
                directory of the root module

    verdicts  0 pass · 0 fail · 0 unknown
    seen      0 resources · 0 accounts · 0 regions
    change    0 introduced · 0 fixed · 0 existing
    plan      1 to delete: 1 as parts of others
    nothing to judge: the change touches nothing that a policy judges, exit 3
    [exit 3]
    ");
    // The live estate has it.
    let header = json!({"seaworthy": "inventory", "version": 1, "collected_at": "2026-11-22T06:00:00Z",
        "sources": ["aws"], "resources": 1, "coverage": [{"account": "111122223333", "region": "us-east-1",
        "service": "s3", "status": "complete", "at": "2026-11-22T06:00:00Z"}]});
    let live = json!({"id": "arn:aws:s3:::reports", "kind": "aws.s3.bucket", "name": "reports",
        "place": {"account": "111122223333", "region": "us-east-1"}, "backup": {"versioned": true}});
    let tool = tool.file("estate.ndjson", format!("{header}\n{live}\n"));
    assert_snapshot!(tool.run(&format!("check settings/plan.json --against estate.ndjson {policies}")), @r#"
    $ seaworthy check settings/plan.json --against estate.ndjson --no-config --select bucket-versioning-off --select versioning-turned-off
    this change weakens the recovery of reports: versioning is turned off, before the change it was on; 1 more problem is
    introduced
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    high      versioning-turned-off                                               1 resource, introduced
      aws_s3_bucket_versioning.reports  aws.s3.bucket  111122223333 · us-east-1
        versioning is turned off, before the change it was on
      why   From the moment it is applied, what is overwritten or deleted is gone at once.
      fix   versioning_configuration { status = "Enabled" }
      more  seaworthy explain versioning-turned-off

    medium    bucket-versioning-off                                               1 resource, introduced
      aws_s3_bucket_versioning.reports  aws.s3.bucket  111122223333 · us-east-1
        versioning is off, it is required to be on
      why   What is overwritten or deleted is gone at once.
      fix   versioning_configuration { status = "Enabled" }
      more  seaworthy explain bucket-versioning-off

    note      aws_s3_bucket_versioning.reports is taken as part of 'arn:aws:s3:::reports'
    note      no code of these resources was found in '.', so findings have no file and no line: --source DIR names the
                directory of the root module

    verdicts  0 pass · 2 fail · 0 unknown
    seen      1 resource · 1 account · 1 region
    change    2 introduced · 0 fixed · 0 existing
    plan      1 to delete: 1 as parts of others
    score     backup 0 · change 0

    this change weakens the recovery of reports: versioning is turned off, before the change it was on; 1 more problem is
    introduced
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate failed: 1 high introduced (--fail-on high), exit 1
    [exit 1]
    "#);
}
