//! Who belongs to which application, and what that asks.

use serde_json::json;

use super::*;

const ASKED: &[&str] = &["applications", "pattern", "rpo_minutes", "rto_minutes", "retention_days"];

/// `shop` by tag, `ledger` by name, and defaults for the rest.
fn config() -> Config {
    let config = json!({
        "recovery": [{"from": "us-east-1", "to": "us-west-2"}],
        "applications": {
            "shop": {"tags": {"app": ["sho?", "store-*"]}, "pattern": "warm-standby", "rpo": "15m"},
            "ledger": {"names": ["or*"], "regions": ["us-east-1"], "pattern": "pilot-light", "rpo": "1h", "retention": "36h"},
        },
        "defaults": {"rpo": "24h", "rto": "4h"},
    });
    serde_json::from_value(config).unwrap()
}

fn asked(applications: &[&str], pattern: Option<&str>, rpo: u64, retention: Option<u32>) -> Value {
    json!({
        "joined": {"applications": applications, "pattern": pattern, "rpo_minutes": rpo, "rto_minutes": 240,
            "retention_days": retention},
        "unknown": {},
    })
}

#[test]
fn the_strictest_application_has_its_say_and_defaults_speak_for_the_rest() {
    let resources = || {
        vec![
            orders(&[]),
            orders_replica(),
            key("us-east-1", "east", &["orders"], "enabled"),
            key("us-west-2", "west", &["orders"], "enabled"),
            key("us-east-1", "lonely", &[], "enabled"),
        ]
    };
    let found = |id: &str| facts(inventory(resources(), ALL_SEEN), &config(), id, ASKED);
    let both = asked(&["ledger", "shop"], Some("warm-standby"), 15, Some(2));
    assert_eq!(found(&arn("rds", "us-east-1", "db:orders")), both);
    // What it needs belongs to it too: its key, its replica, and its replica's key.
    assert_eq!(found(&arn("kms", "us-east-1", "key/east")), both);
    assert_eq!(found(&arn("rds", "us-west-2", "db:orders-replica")), both);
    assert_eq!(found(&arn("kms", "us-west-2", "key/west")), both);
    assert_eq!(found(&arn("kms", "us-east-1", "key/lonely")), asked(&[], None, 1440, None));
}

#[test]
fn what_uses_the_same_key_does_not_belong_to_the_application() {
    let mut other = orders(&[]);
    other["id"] = json!(arn("rds", "us-east-1", "db:wiki"));
    other["name"] = json!("wiki");
    other["tags"] = json!({});
    let resources = vec![orders(&[]), other, key("us-east-1", "east", &["orders"], "enabled")];
    let found = facts(inventory(resources, ALL_SEEN), &config(), &arn("rds", "us-east-1", "db:wiki"), ASKED);
    assert_eq!(found, asked(&[], None, 1440, None));
}

#[test]
fn no_pass_without_evidence_unread_tags_leave_the_application_open() {
    let mut database = orders(&[]);
    database["name"] = json!("wiki");
    database.as_object_mut().unwrap().remove("tags");
    database["unknown"] = json!({"tags": "rds:ListTagsForResource denied"});
    let resources = vec![database, key("us-east-1", "east", &[], "enabled")];
    let open = |reason: &str| {
        let mut expected = asked(&[], None, 1440, None);
        // Nor is it known that nothing more is asked.
        for fact in ["pattern", "retention_days"] {
            expected["joined"].as_object_mut().unwrap().remove(fact);
        }
        for fact in ASKED {
            expected["unknown"][format!("joined.{fact}")] = json!(reason);
        }
        expected
    };
    let found = |id: &str| facts(inventory(resources.clone(), ALL_SEEN), &config(), id, ASKED);
    assert_eq!(found(&arn("rds", "us-east-1", "db:orders")), open("rds:ListTagsForResource denied"));
    assert_eq!(found(&arn("kms", "us-east-1", "key/east")), open("wiki: rds:ListTagsForResource denied"));
}

#[test]
fn what_stands_in_for_a_service_belongs_to_its_application_and_so_does_what_that_needs() {
    let service = |region: &str| {
        json!({
            "id": arn("ecs", region, "service/shop/api"), "kind": "aws.ecs.service", "name": "api", "place": place(region),
            "tags": if region == "us-east-1" { json!({"app": "shop"}) } else { json!({}) },
            "links": [{"rel": "in-subnet", "to": format!("subnet-{region}")}],
        })
    };
    let subnet = |region: &str| {
        json!({
            "id": arn("ec2", region, &format!("subnet/subnet-{region}")), "kind": "aws.ec2.subnet",
            "name": format!("subnet-{region}"), "place": place(region), "tags": {},
        })
    };
    let all = || ["us-east-1", "us-west-2"].iter().flat_map(|region| [service(region), subnet(region)]).collect();
    let found = |id: &str| facts(inventory(all(), ALL_SEEN), &config(), id, ASKED);
    let shop = asked(&["shop"], Some("warm-standby"), 15, None);
    for region in ["us-east-1", "us-west-2"] {
        assert_eq!(found(&arn("ecs", region, "service/shop/api")), shop, "{region}");
        assert_eq!(found(&arn("ec2", region, &format!("subnet/subnet-{region}"))), shop, "{region}");
    }
}
