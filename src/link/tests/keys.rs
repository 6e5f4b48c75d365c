//! What stands in for a key in the recovery place, and when it may be said that nothing does.

use serde_json::json;

use super::*;

/// The only key that is joined onto the database, with the reasons for what is not known of it.
fn key_of_orders(others: Vec<Value>, coverage: &[(&str, &str, &str, &str)], config: &Config) -> Value {
    let resources = [orders(&[])].into_iter().chain(others).collect();
    let found = facts(inventory(resources, coverage), config, &arn("rds", "us-east-1", "db:orders"), &["keys"]);
    assert_eq!(found["joined"]["keys"].as_array().unwrap().len(), 1);
    json!({"key": found["joined"]["keys"][0], "unknown": found["unknown"]})
}

/// What the key in us-east-1 looks like, with that counterpart.
fn east(counterpart: Value) -> Value {
    let mut key = json!({
        "id": arn("kms", "us-east-1", "key/east"), "alias": "orders", "manager": "customer", "state": "enabled",
        "usable": true, "counterpart": counterpart,
    });
    if key["counterpart"] == "unknown" {
        key.as_object_mut().unwrap().remove("counterpart");
    }
    key
}

fn west(how: &str, state: &str) -> Value {
    json!({
        "id": arn("kms", "us-west-2", "key/west"), "how": how, "region": "us-west-2", "account": ACCOUNT,
        "state": state, "usable": state == "enabled",
    })
}

#[test]
fn a_key_of_the_same_alias_stands_in() {
    let keys = vec![
        key("us-east-1", "east", &["orders"], "enabled"),
        key("us-west-2", "west", &["orders"], "pendingdeletion"),
    ];
    let expected = json!({"key": east(west("same-alias", "pendingdeletion")), "unknown": {}});
    assert_eq!(key_of_orders(keys, ALL_SEEN, &paired()), expected);
}

#[test]
fn a_declared_key_comes_before_every_other() {
    let keys = || {
        vec![
            key("us-east-1", "east", &["orders"], "enabled"),
            key("us-west-2", "west", &["other"], "disabled"),
            key("us-west-2", "twin", &["orders"], "enabled"),
        ]
    };
    let declared = |from: &str, to: &str| {
        let mut config = paired();
        config.recovery[0].keys.insert(from.to_owned(), to.to_owned());
        key_of_orders(keys(), ALL_SEEN, &config)
    };
    let expected = json!({"key": east(west("declared", "disabled")), "unknown": {}});
    assert_eq!(declared("alias/orders", "alias/other"), expected);
    assert_eq!(declared("east", "west"), expected);
    assert_eq!(declared(&arn("kms", "us-east-1", "key/east"), &arn("kms", "us-west-2", "key/west")), expected);
    // What is declared and not there is not usable: every key there was listed.
    let missing = json!({
        "id": "alias/nowhere", "how": "declared", "region": "us-west-2", "account": ACCOUNT, "state": null,
        "usable": false,
    });
    assert_eq!(declared("alias/orders", "alias/nowhere"), json!({"key": east(missing), "unknown": {}}));
}

#[test]
fn a_multi_region_replica_is_known_though_its_region_was_denied() {
    let mut primary = key("us-east-1", "east", &["orders"], "enabled");
    primary["key"]["multi_region"] = json!(true);
    primary["key"]["replicas"] = json!([arn("kms", "us-west-2", "key/east")]);
    let replica = json!({
        "id": arn("kms", "us-west-2", "key/east"), "how": "multi-region-replica", "region": "us-west-2",
        "account": ACCOUNT,
    });
    let reason = "kms:List denied in 111122223333 · us-west-2";
    let unknown = json!({"joined.keys.counterpart.state": reason, "joined.keys.counterpart.usable": reason});
    let expected = json!({"key": east(replica), "unknown": unknown});
    assert_eq!(key_of_orders(vec![primary], RECOVERY_DENIED, &paired()), expected);
}

#[test]
fn a_key_that_can_be_used_comes_before_a_disabled_twin() {
    let mut primary = key("us-east-1", "east", &["orders"], "enabled");
    primary["key"]["multi_region"] = json!(true);
    primary["key"]["replicas"] = json!([arn("kms", "us-west-2", "key/east")]);
    let keys = |other: &str| {
        vec![
            primary.clone(),
            key("us-west-2", "east", &[], "disabled"),
            key("us-west-2", "west", &["orders", "other"], other),
        ]
    };
    let of_alias = json!({"key": east(west("same-alias", "enabled")), "unknown": {}});
    assert_eq!(key_of_orders(keys("enabled"), ALL_SEEN, &paired()), of_alias);
    let twin = json!({
        "id": arn("kms", "us-west-2", "key/east"), "how": "multi-region-replica", "region": "us-west-2",
        "account": ACCOUNT, "state": "disabled", "usable": false,
    });
    assert_eq!(key_of_orders(keys("disabled"), ALL_SEEN, &paired()), json!({"key": east(twin), "unknown": {}}));
    let mut config = paired();
    config.recovery[0].keys.insert("alias/orders".to_owned(), "alias/other".to_owned());
    let declared = json!({"key": east(west("declared", "enabled")), "unknown": {}});
    assert_eq!(key_of_orders(keys("enabled"), ALL_SEEN, &config), declared);
}

#[test]
fn only_a_symmetric_key_for_encryption_stands_in() {
    let found = |usage: Value, spec: &str, config: &Config| {
        let mut other = key("us-west-2", "west", &["orders"], "enabled");
        other["key"]["spec"] = spec.into();
        match usage {
            Value::Null => drop(other["key"].as_object_mut().unwrap().remove("usage")),
            usage => other["key"]["usage"] = usage,
        }
        key_of_orders(vec![key("us-east-1", "east", &["orders"], "enabled"), other], ALL_SEEN, config)
    };
    let but = |how: &str, state: &str| {
        let mut there = west(how, "enabled");
        (there["state"], there["usable"]) = (state.into(), false.into());
        json!({"key": east(there), "unknown": {}})
    };
    let signs = || json!("sign_verify");
    assert_eq!(found(signs(), "rsa_2048", &paired()), but("same-alias", "for sign_verify"));
    assert_eq!(found(json!("encrypt_decrypt"), "rsa_4096", &paired()), but("same-alias", "asymmetric"));
    assert_eq!(
        found(json!("generate_verify_mac"), "hmac_256", &paired()),
        but("same-alias", "for generate_verify_mac")
    );
    let mut config = paired();
    config.recovery[0].keys.insert("alias/orders".to_owned(), "west".to_owned());
    assert_eq!(found(signs(), "rsa_2048", &config), but("declared", "for sign_verify"));
    let mut there = west("same-alias", "enabled");
    there.as_object_mut().unwrap().remove("usable");
    let unknown = json!({"joined.keys.counterpart.usable": "what the key is for is not known"});
    let expected = json!({"key": east(there), "unknown": unknown});
    assert_eq!(found(Value::Null, "symmetric_default", &paired()), expected);
}

#[test]
fn nothing_stands_in_only_where_everything_was_searched() {
    let own = || key("us-east-1", "east", &["orders"], "enabled");
    assert_eq!(key_of_orders(vec![own()], ALL_SEEN, &paired()), json!({"key": east(Value::Null), "unknown": {}}));
    assert_eq!(
        key_of_orders(vec![own()], RECOVERY_DENIED, &paired()),
        json!({
            "key": east("unknown".into()),
            "unknown": {"joined.keys.counterpart": "kms:List denied in 111122223333 · us-west-2"},
        })
    );
    let mut without_aliases = key("us-west-2", "west", &[], "enabled");
    without_aliases["key"].as_object_mut().unwrap().remove("aliases");
    without_aliases["unknown"] = json!({"key.aliases": "kms:ListAliases denied"});
    assert_eq!(
        key_of_orders(vec![own(), without_aliases], ALL_SEEN, &paired()),
        json!({"key": east("unknown".into()), "unknown": {"joined.keys.counterpart": "kms:ListAliases denied"}})
    );
}

#[test]
fn a_key_that_is_not_in_a_complete_list_was_deleted() {
    let id = arn("kms", "us-east-1", "key/east");
    let gone = json!({"id": id, "state": null, "usable": false});
    let reason = format!("the key '{id}' is not there any more");
    let expected = json!({"key": gone, "unknown": {"joined.keys.counterpart": reason}});
    assert_eq!(key_of_orders(Vec::new(), ALL_SEEN, &paired()), expected);
    let unseen = &[(ACCOUNT, "us-east-1", "kms", "denied"), (ACCOUNT, "us-west-2", "*", "complete")];
    let reason = "kms:List denied in 111122223333 · us-east-1";
    let unknown = json!({"joined.keys.state": reason, "joined.keys.usable": reason, "joined.keys.counterpart": reason});
    assert_eq!(key_of_orders(Vec::new(), unseen, &paired()), json!({"key": {"id": id}, "unknown": unknown}));
}

#[test]
fn provider_managed_keys_are_in_every_region_of_the_account_and_in_no_other_account() {
    let mut managed = key("us-east-1", "east", &["aws/rds"], "enabled");
    managed["key"]["manager"] = json!("provider");
    let joined = |counterpart: Value| {
        let mut key = east(counterpart);
        key["alias"] = json!("aws/rds");
        key["manager"] = json!("provider");
        json!({"key": key, "unknown": {}})
    };
    let there = json!({
        "id": "alias/aws/rds", "how": "provider-managed", "region": "us-west-2", "account": ACCOUNT, "state": null,
        "usable": true,
    });
    assert_eq!(key_of_orders(vec![managed.clone()], RECOVERY_DENIED, &paired()), joined(there));
    let mut config = paired();
    config.recovery[0].to_account = Some("444455556666".to_owned());
    assert_eq!(key_of_orders(vec![managed], ALL_SEEN, &config), joined(Value::Null));
}

/// Each region has a key of the provider's. What was copied may be encrypted with another one all the same.
#[test]
fn no_pass_without_evidence_a_copy_whose_key_is_not_known_does_not_stand_for_the_provider_s() {
    let found = |key: Value| {
        let (mut source, mut snapshot) = (orders(&[]), orders_replica());
        source["encryption"]["key"] = json!("alias/aws/rds");
        snapshot["id"] = json!(arn("rds", "us-west-2", "snapshot:orders"));
        snapshot["kind"] = json!("aws.rds.snapshot");
        snapshot["recovery_point"] = json!({"source": source["id"], "taken_at": NOW, "deleted_at": null});
        snapshot["links"] = json!([{"rel": "backup-of", "to": source["id"]}]);
        snapshot["encryption"] = json!({"enabled": true});
        if !key.is_null() {
            snapshot["encryption"]["key"] = key;
        }
        for member in ["replication", "redundancy", "capacity"] {
            snapshot.as_object_mut().unwrap().remove(member);
        }
        let id = source["id"].as_str().unwrap().to_owned();
        let found = facts(inventory(vec![source, snapshot], ALL_SEEN), &paired(), &id, &["keys"]);
        let counterpart = found["joined"]["keys"][0].get("counterpart").map(|there| there["how"].clone());
        (counterpart, found["unknown"]["joined.keys.counterpart"].clone())
    };
    assert_eq!(found(json!("alias/aws/rds")), (Some(json!("key-of-copy")), Value::Null));
    assert_eq!(found(Value::Null), (None, json!("the key of a copy there is not known")));
}
