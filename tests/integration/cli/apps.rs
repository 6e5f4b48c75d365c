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
    assert_snapshot!(tool().run("apps --estate estate.ndjson"), @r"
    $ seaworthy apps --estate estate.ndjson
    application  pattern       RPO  RTO  resources  stateful  shared
    shop         warm-standby  15m   1h          2         1       1
    billing      -               -   1d          2         1       1
    empty        -               -   1d          0         0       0

    empty selects nothing that was seen

    1 resource holds data and belongs to no application
      RDS instance legacy\u{1b}[31m, 111122223333 · us-east-1

    1 resource holds data and may belong to one
      RDS instance unread, 111122223333 · us-east-1
        rds:ListTagsForResource: AccessDenied
    [exit 0]
    ");
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
    assert_snapshot!(tool().run("apps --demo"), @"
    $ seaworthy apps --demo
    application  pattern         RPO  RTO  resources  stateful  shared
    shop         warm-standby    15m   1h         51        12       6
    billing      pilot-light      1h   4h         20         3       6
    analytics    backup-restore   1d   1d         16         3       0
    [stderr]
    kms:ListKeys denied in 444455556666 · us-west-2: not authorized to perform the call
    [exit 0]
    ");
    assert_snapshot!(tool().run("apps --estate estate.ndjson --no-config"), @r"
    $ seaworthy apps --estate estate.ndjson --no-config
    no applications are configured: seaworthy.yaml, 'applications'

    4 resources hold data and belong to no application
      RDS instance invoices, 111122223333 · us-east-1
      RDS instance legacy\u{1b}[31m, 111122223333 · us-east-1
      RDS instance orders, 111122223333 · us-east-1
      RDS instance unread, 111122223333 · us-east-1
    [exit 0]
    ");
    assert_snapshot!(tool().run("apps --demo --estate estate.ndjson"), @"
    $ seaworthy apps --demo --estate estate.ndjson
    [stderr]
    error: the argument '--demo' cannot be used with '--estate <FILE>'

    Usage: seaworthy apps --demo

    For more information, try '--help'.
    [exit 2]
    ");
}
