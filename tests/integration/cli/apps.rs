//! `apps`: which applications there are, how much they hold, and what belongs to none.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ACCOUNT: &str = "111122223333";

fn resource(kind: &str, name: &str, facts: &Value) -> Value {
    let id = format!("arn:aws:rds:us-east-1:{ACCOUNT}:db:{name}");
    let mut resource =
        json!({"id": id, "kind": kind, "name": name, "place": {"account": ACCOUNT, "region": "us-east-1"}});
    resource.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    resource
}

/// Two applications that use one key, and databases of none.
fn tool() -> Tool {
    let at = "2026-11-22T06:00:00Z";
    let key = format!("arn:aws:kms:us-east-1:{ACCOUNT}:key/shared");
    let tagged = |app: &str| json!({"tags": {"app": app}, "links": [{"rel": "encrypted-by", "to": key}]});
    let mut shared = resource("aws.kms.key", "shared", &json!({"tags": {}}));
    shared["id"] = json!(key);
    let resources = [
        resource("aws.rds.instance", "orders", &tagged("shop")),
        resource("aws.rds.instance", "invoices", &tagged("billing")),
        shared,
        resource("aws.rds.instance", "legacy\u{1b}[31m", &json!({"tags": {"team": "a"}})),
        resource("aws.rds.instance", "unread", &json!({"unknown": {"tags": "rds:ListTagsForResource: AccessDenied"}})),
        resource("aws.ec2.security-group", "web", &json!({"tags": {}})),
    ];
    let header = json!({"seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"],
        "resources": resources.len(), "coverage": [{"account": ACCOUNT, "region": "us-east-1", "service": "*",
        "status": "complete", "at": at}]});
    let lines: String = std::iter::once(&header).chain(&resources).map(|line| format!("{line}\n")).collect();
    Tool::new().file("estate.ndjson", lines).file(
        "seaworthy.yaml",
        "defaults: {rto: 1d}\napplications:\n  shop: {tags: {app: shop}, pattern: warm-standby, rpo: 15m, rto: 1h}\n  \
         billing: {tags: {app: billing}}\n  empty: {tags: {app: none}}\n",
    )
}

#[test]
fn applications_have_sizes_and_what_belongs_to_none_is_named() {
    assert_snapshot!(tool().run("apps --estate estate.ndjson"), @"");
    let output = tool().command("apps --estate estate.ndjson -f json").output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let shop = json!({
        "name": "shop", "pattern": "warm-standby", "rpo": "15m", "rto": "1h", "retention": null,
        "resources": 2, "stateful": 1, "shared": 1, "places": [format!("{ACCOUNT} us-east-1")],
        "kinds": {"aws.kms.key": 1, "aws.rds.instance": 1},
    });
    assert_eq!(found["applications"][0], shop);
    let unassigned = |at: usize, field: &str| found["unassigned"][at][field].clone();
    assert_eq!([unassigned(0, "name"), unassigned(0, "perhaps")], [json!("legacy\u{1b}[31m"), Value::Null]);
    let denied = json!("rds:ListTagsForResource: AccessDenied");
    assert_eq!([unassigned(1, "name"), unassigned(1, "perhaps")], [json!("unread"), denied]);
}

#[test]
fn the_bundled_estate_has_its_own_configuration_and_without_one_everything_belongs_to_nothing() {
    assert_snapshot!(tool().run("apps --demo"), @"");
    assert_snapshot!(tool().run("apps --estate estate.ndjson --no-config"), @"");
    assert_snapshot!(tool().run("apps --demo --estate estate.ndjson"), @"");
}
