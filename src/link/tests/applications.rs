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
        for fact in ASKED {
            expected["unknown"][format!("joined.{fact}")] = json!(reason);
        }
        expected
    };
    let found = |id: &str| facts(inventory(resources.clone(), ALL_SEEN), &config(), id, ASKED);
    assert_eq!(found(&arn("rds", "us-east-1", "db:orders")), open("rds:ListTagsForResource denied"));
    assert_eq!(found(&arn("kms", "us-east-1", "key/east")), open("wiki: rds:ListTagsForResource denied"));
}
