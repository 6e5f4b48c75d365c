//! `check --against`: a plan laid over the live estate.

use serde_json::{Value, json};

use crate::tool::Tool;

const ACCOUNT: &str = "123456789012";
const ORDERS: &str = "arn:aws:rds:us-east-1:123456789012:db:orders-db";

fn database(name: &str, region: &str, replication: &Value, links: &Value) -> Value {
    json!({
        "id": format!("arn:aws:rds:{region}:{ACCOUNT}:db:{name}"), "kind": "aws.rds.instance", "name": name,
        "place": {"account": ACCOUNT, "region": region}, "status": {"state": "available", "healthy": true},
        "backup": {"enabled": true, "retention_days": 14}, "database": {"cluster": null, "engine": "postgres"},
        "replication": replication, "links": links,
    })
}

/// The database with its replica, and another one with no copy at all. Everything was seen.
fn estate(more: &[Value]) -> String {
    let at = "2026-11-22T06:00:00Z";
    let mut coverage = Vec::new();
    for region in ["us-east-1", "us-west-2"] {
        for service in ["backup", "kms", "rds"] {
            coverage.push(json!({
                "account": ACCOUNT, "region": region, "service": service, "status": "complete", "at": at,
            }));
        }
    }
    let replica = format!("arn:aws:rds:us-west-2:{ACCOUNT}:db:orders-db-replica");
    let mut resources = vec![
        database(
            "orders-db",
            "us-east-1",
            &json!({"role": "primary", "source": null, "replicas": [replica]}),
            &json!([]),
        ),
        database(
            "orders-db-replica",
            "us-west-2",
            &json!({"role": "replica", "source": ORDERS, "cross_region": true, "replicas": [], "healthy": true}),
            &json!([{"rel": "replica-of", "to": ORDERS}]),
        ),
        database("legacy", "us-east-1", &json!({"role": "none", "source": null, "replicas": []}), &json!([])),
    ];
    resources.extend_from_slice(more);
    let header = json!({
        "seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"], "coverage": coverage,
        "resources": resources.len(),
    });
    [header].iter().chain(&resources).map(|line| format!("{line}\n")).collect()
}

/// The sentence, and each verdict about a database in a line.
fn deleting_the_replica(more: &[Value]) -> String {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plans/delete-replica/plan.json");
    let tool = Tool::new()
        .file("plan.json", std::fs::read(plan).unwrap())
        .file("estate.ndjson", estate(more))
        .file("seaworthy.yaml", "recovery:\n  - {from: us-east-1, to: us-west-2}\n");
    let arguments =
        "check plan.json --against estate.ndjson -f json=out.json --select no-cross-region-copy,replica-removed";
    let done = tool.command(arguments).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let report: Value = serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let verdicts = report["verdicts"].as_array().unwrap().iter();
    let about_databases = verdicts.filter(|verdict| verdict["resource"]["kind"] == "aws.rds.instance").map(|verdict| {
        let [outcome, policy, status] =
            [&verdict["verdict"], &verdict["policy"], &verdict["change"]["status"]].map(text);
        format!("{outcome} {policy} {}: {status}", text(&verdict["resource"]["name"]))
    });
    let aside = report["notices"].as_array().unwrap().iter().map(|notice| text(&notice["text"]));
    let aside = aside.filter(|text| text.contains("cannot touch"));
    [text(&report["change"]["sentence"])].into_iter().chain(about_databases).chain(aside).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_only_copy_is_deleted() {
    insta::assert_snapshot!(deleting_the_replica(&[]), @"
    this change makes orders-db unrecoverable in us-west-2: it deletes orders-db-replica, its only copy there; 1 more problem is introduced
    fail no-cross-region-copy orders-db: introduced
    fail replica-removed orders-db-replica: introduced
    1 resource that the plan cannot touch: not judged
    ");
}

#[test]
fn a_copied_recovery_point_remains() {
    let point = json!({
        "id": "arn:aws:rds:us-west-2:123456789012:snapshot:awsbackup:copyjob-1", "kind": "aws.backup.recovery-point",
        "name": "copyjob-1", "place": {"account": ACCOUNT, "region": "us-west-2"},
        "status": {"state": "completed", "healthy": true}, "encryption": {"enabled": false, "key": null},
        "recovery_point": {"source": ORDERS, "source_region": "us-east-1", "taken_at": "2026-11-22T05:00:00Z",
            "infected": null},
        "links": [{"rel": "backup-of", "to": ORDERS}],
    });
    insta::assert_snapshot!(deleting_the_replica(&[point]), @"
    this change deletes orders-db-replica, a copy of orders-db in us-west-2
    fail replica-removed orders-db-replica: introduced
    2 resources that the plan cannot touch: not judged
    ");
}
