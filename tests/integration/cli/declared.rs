//! What a plan declares: it is there by design, it passes the gate, and every format says that nobody has seen it run.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const PAIR: &str = "regions: [us-east-1, us-west-2]\nrecovery:\n  - {from: us-east-1, to: us-west-2}\n";

/// A plan that creates a database and, if asked for, its replica in the recovery region.
fn plan(with_replica: bool) -> String {
    let database = |name: &str, provider: &str, own: Value, expressions: Value| {
        let mut after = json!({"identifier": name, "multi_az": true, "backup_retention_period": 14, "storage_encrypted": false,
            "deletion_protection": true, "skip_final_snapshot": false, "engine": "postgres", "engine_version": "16.3",
            "delete_automated_backups": false, "replicate_source_db": null});
        after.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        json!({"address": format!("aws_db_instance.{name}"), "mode": "managed", "type": "aws_db_instance", "name": name,
            "provider_config_key": provider, "expressions": expressions,
            "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": {"arn": true, "id": true}}})
    };
    let source =
        json!({"replicate_source_db": {"references": ["aws_db_instance.orders.arn", "aws_db_instance.orders"]}});
    let mut resources = vec![database("orders", "aws", json!({}), json!({}))];
    if with_replica {
        let mut replica = database("replica", "aws.west", json!({}), source);
        replica["change"]["after"].as_object_mut().unwrap().remove("replicate_source_db");
        replica["change"]["after_unknown"]["replicate_source_db"] = json!(true);
        resources.push(replica);
    }
    let provider = |region: &str| json!({"name": "aws", "expressions": {"region": {"constant_value": region}}});
    json!({
        "format_version": "1.2", "resource_changes": resources,
        "configuration": {
            "provider_config": {"aws": provider("us-east-1"), "aws.west": provider("us-west-2")},
            "root_module": {"resources": resources},
        },
    })
    .to_string()
}

#[test]
fn a_database_and_its_replica_in_one_plan_are_judged_and_not_asked_how_they_run() {
    let tool = Tool::new().file("seaworthy.yaml", PAIR).file("plan.json", plan(true)).file("alone.json", plan(false));
    let table = "check plan.json --plan-account 111122223333";
    assert_snapshot!(tool.run(table));
    assert_snapshot!(tool.run("check alone.json --plan-account 111122223333 --compact"));
}

#[test]
fn every_format_says_how_a_verdict_is_known() {
    let tool = Tool::new().file("seaworthy.yaml", PAIR).file("plan.json", plan(true));
    let formats = "-f json=out.json -f csv=out.csv -f sarif=out.sarif -f junit=out.xml -f markdown=out.md";
    tool.run(&format!("check plan.json --plan-account 111122223333 --show all --skip change {formats}"));
    let read = |name: &str| std::fs::read_to_string(tool.path().join(name)).unwrap();
    let report: Value = serde_json::from_str(&read("out.json")).unwrap();
    let kinds = |outcome: &str| {
        let verdicts = report["verdicts"].as_array().unwrap().iter().filter(|verdict| verdict["verdict"] == outcome);
        let mut kinds: Vec<_> = verdicts.map(|verdict| verdict["evidence"]["kind"].clone()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!((kinds("pass"), kinds("unknown")), (vec![json!("declared")], vec![]));
    let passes = report["summary"]["outcomes"]["pass"].as_u64().unwrap();
    assert_eq!(report["summary"]["declared"], passes);
    let csv = read("out.csv");
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().ends_with(",evidence"));
    assert!(lines.all(|line| line.ends_with(",declared")), "{csv}");
    let sarif: Value = serde_json::from_str(&read("out.sarif")).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["properties"]["passesDeclared"], passes);
    assert_eq!(run["properties"]["questionsForTheRunningEstate"], report["summary"]["for_the_running"]);
    let declared = format!("{passes} passes rest on what code declares: nobody has seen it run");
    assert!(read("out.md").contains(&declared), "{}", read("out.md"));
    assert!(read("out.xml").contains(r#"<property name="evidence" value="declared"/>"#), "{}", read("out.xml"));
}

#[test]
fn where_all_of_the_estate_is_in_code_what_no_plan_shows_is_not_there() {
    let whole = plan(false);
    let mut part: Value = serde_json::from_str(&whole).unwrap();
    part["complete"] = json!(false);
    let mut elsewhere: Value = serde_json::from_str(&whole).unwrap();
    let values = elsewhere["resource_changes"][0]["change"]["after"].as_object_mut().unwrap();
    values.insert("storage_encrypted".to_owned(), json!(true));
    values.insert("kms_key_id".to_owned(), json!("arn:aws:kms:us-east-1:111122223333:key/aaaa"));
    let tool = Tool::new()
        .file("seaworthy.yaml", PAIR)
        .file("code.yaml", format!("{PAIR}estate: {{all-in-code: true}}\n"))
        .file("whole.json", whole)
        .file("part.json", part.to_string())
        .file("key-elsewhere.json", elsewhere.to_string());
    let said = |plan: &str, configuration: &str| {
        tool.run(&format!(
            "-c {configuration} check {plan} --plan-account 111122223333 -f json=out.json --show all --skip change \
             --fail-on never"
        ));
        let report: Value =
            serde_json::from_str(&std::fs::read_to_string(tool.path().join("out.json")).unwrap()).unwrap();
        let of = |outcome: &str| -> Vec<String> {
            let verdicts =
                report["verdicts"].as_array().unwrap().iter().filter(|verdict| verdict["verdict"] == outcome);
            verdicts.map(|verdict| verdict["policy"].as_str().unwrap().to_owned()).collect()
        };
        let notices = report["notices"].as_array().unwrap().iter().map(|notice| notice["text"].as_str().unwrap());
        let notice = notices.filter(|text| text.contains("all of the estate")).collect::<Vec<_>>().join("\n");
        format!("{plan} {configuration}: fail {:?}, unknown {:?}\n{notice}\n", of("fail"), of("unknown"))
    };
    let runs = [
        ("whole.json", "seaworthy.yaml"),
        ("whole.json", "code.yaml"),
        ("part.json", "code.yaml"),
        ("key-elsewhere.json", "code.yaml"),
    ];
    assert_snapshot!(runs.map(|(plan, configuration)| said(plan, configuration)).concat());
}
