//! Parameter and option groups, against those of what stands in.

use super::*;

fn with(mut resource: Value, parameters: Value, options: Value) -> Value {
    resource["database"]["parameter_group"] = parameters;
    resource["database"]["option_group"] = options;
    resource
}

/// What is joined onto the primary: its groups, and those of its replica.
fn of(own: [Value; 2], replica: [Value; 2]) -> Value {
    let [parameters, options] = own;
    let [of_replica, options_of_replica] = replica;
    let replica = with(orders_replica(), of_replica, options_of_replica);
    let primary = with(orders(&[replica["id"].as_str().unwrap()]), parameters, options);
    facts(inventory(vec![primary, replica], ALL_SEEN), &paired(), &arn("rds", "us-east-1", "db:orders"), &["settings"])
}

fn group(what: &str, name: &str, counterpart: Value, covered: bool) -> Value {
    json!({"what": what, "name": name, "counterpart": counterpart, "covered": covered, "differing": null, "families": null})
}

#[test]
fn a_replica_with_the_groups_of_the_provider_has_other_settings() {
    assert_eq!(
        of([json!("tuned"), json!("audit")], [json!("default.postgres16"), json!("default:postgres-16")]),
        json!({"joined": {"settings": [
            group("parameter", "tuned", json!("default.postgres16"), false),
            group("option", "audit", json!("default:postgres-16"), false),
        ]}, "unknown": {}})
    );
}

#[test]
fn groups_of_one_name_set_the_same_whatever_region_is_in_it() {
    for (own, there) in [("tuned", "tuned"), ("orders-us-east-1", "orders-us-west-2")] {
        assert_eq!(
            of([json!(own), Value::Null], [json!(there), Value::Null]),
            json!({"joined": {"settings": [group("parameter", own, json!(there), true)]}, "unknown": {}})
        );
    }
}

#[test]
fn where_nothing_was_set_there_is_nothing_to_lack() {
    for own in ["default", "default.postgres16"] {
        assert_eq!(
            of([json!(own), json!("default:postgres-16")], [json!("tuned"), json!("audit")]),
            json!({"joined": {"settings": []}, "unknown": {}})
        );
    }
    // Not even where nobody knows what stands in for it.
    let found = |primary: Value| {
        let id = arn("rds", "us-east-1", "db:orders");
        facts(inventory(vec![primary], RECOVERY_DENIED), &paired(), &id, &["counterpart", "settings"])
    };
    let denied = "rds:List denied in 111122223333 · us-west-2";
    let mut bare = with(orders(&[]), json!("default.postgres16"), Value::Null);
    bare["replication"].as_object_mut().unwrap().remove("replicas");
    assert_eq!(found(bare.clone()), json!({"joined": {"settings": []}, "unknown": {"joined.counterpart": denied}}));
    assert_eq!(
        found(with(bare, json!("tuned"), Value::Null)),
        json!({"joined": {}, "unknown": {"joined.counterpart": denied, "joined.settings": denied}})
    );
}

#[test]
fn what_two_groups_set_that_nobody_read_is_not_known() {
    let not_read = |own: &str, there: &str| {
        assert_eq!(
            of([json!(own), Value::Null], [json!(there), Value::Null]),
            json!({
                "joined": {"settings": [{
                    "what": "parameter", "name": own, "counterpart": there, "differing": null, "families": null,
                }]},
                "unknown": {"joined.settings.covered": format!("what {own} and {there} set was not read")},
            })
        );
    };
    not_read("tuned", "tuned-dr");
    not_read("tuned", "defaults-of-ours");
}

/// What is joined where both groups were read, or something of them.
fn read(own: Value, theirs: Value, marks: [Value; 2]) -> Value {
    let [own, theirs] =
        [(orders(&[]), own, &marks[0]), (orders_replica(), theirs, &marks[1])].map(|(mut it, sets, marks)| {
            it["database"]["parameter_group"] = sets["group"].clone();
            it["database"]["option_group"] = Value::Null;
            if sets.get("family").or(sets.get("set")).is_some() {
                it["database"]["parameters"] = sets;
            }
            it["unknown"] = marks.clone();
            it
        });
    let id = own["id"].as_str().unwrap().to_owned();
    let mut own = own;
    own["replication"]["replicas"] = json!([theirs["id"]]);
    facts(inventory(vec![own, theirs], ALL_SEEN), &paired(), &id, &["settings"])
}

fn sets(group: &str, family: &str, set: &[(&str, Value)]) -> Value {
    let set: Vec<Value> = set.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({"group": group, "family": family, "set": set})
}

fn compared(counterpart: &str, covered: bool, differing: &[&str], families: Value) -> Value {
    json!({"joined": {"settings": [{
        "what": "parameter", "name": "tuned", "counterpart": counterpart, "covered": covered, "differing": differing,
        "families": families,
    }]}, "unknown": {}})
}

const V16: &str = "postgres16";

#[test]
fn what_groups_set_tells_more_than_their_names() {
    let role = |region: &str| json!(format!("arn:aws:iam::111122223333:role/audit-{region}"));
    let own = || {
        let set = [("max_connections", json!("500")), ("rds.force_ssl", json!("1")), ("role", role("us-east-1"))];
        sets("tuned", V16, &set)
    };
    let none = || [json!({}), json!({})];
    // Another name, more settings, another word for a switch, a role of its own.
    let same = [
        ("autovacuum", json!("off")),
        ("max_connections", json!("500")),
        ("rds.force_ssl", json!("on")),
        ("role", role("us-west-2")),
    ];
    assert_eq!(read(own(), sets("dr", V16, &same), none()), compared("dr", true, &[], Value::Null));
    // The same name, and not the same settings.
    let other = [("max_connections", json!("100")), ("role", json!("arn:aws:s3:::bucket"))];
    let differing = ["max_connections", "rds.force_ssl", "role"];
    assert_eq!(read(own(), sets("tuned", V16, &other), none()), compared("tuned", false, &differing, Value::Null));
    let families = json!("postgres16, postgres17");
    assert_eq!(read(own(), sets("dr", "postgres17", &same), none()), compared("dr", false, &[], families));
    // The provider's group sets nothing, and neither does one that was made and left alone.
    let bare = || json!({"group": "default.postgres17"});
    assert_eq!(read(own(), bare(), none()), compared("default.postgres17", false, &differing, Value::Null));
    assert_eq!(read(sets("tuned", V16, &[]), bare(), none()), compared("default.postgres17", true, &[], Value::Null));
}

#[test]
fn what_was_not_read_of_a_group_is_not_known_whatever_it_is_called() {
    let open = |found: Value, differing: Value, reason: &str| {
        assert_eq!(
            found,
            json!({
                "joined": {"settings": [{
                    "what": "parameter", "name": "tuned", "counterpart": "tuned", "differing": differing,
                    "families": null,
                }]},
                "unknown": {"joined.settings.covered": reason},
            })
        );
    };
    let own = || sets("tuned", V16, &[("x", json!("1"))]);
    let denied = json!({"database.parameters": "denied"});
    let reason = "what tuned sets is not known: denied";
    let found = read(json!({"group": "tuned"}), own(), [denied.clone(), json!({})]);
    open(without_lists(found), Value::Null, reason);
    let found = read(own(), json!({"group": "tuned"}), [json!({}), denied]);
    open(without_lists(found), Value::Null, reason);
    let marks = json!({"database.parameters.set": "known only after apply"});
    let found = read(own(), json!({"group": "tuned", "family": V16}), [json!({}), marks]);
    open(without_lists(found), Value::Null, "what tuned sets is not known: known only after apply");
    let unfamiliar = json!({"group": "tuned", "set": [{"name": "x", "value": "1"}]});
    open(read(own(), unfamiliar, [json!({}), json!({})]), json!([]), "the engine that a group is for is not known");
    let secret = || json!({"group": "tuned", "family": V16, "set": [{"name": "TDE.PASSWORD"}]});
    open(read(secret(), secret(), [json!({}), json!({})]), json!([]), "the value of TDE.PASSWORD is not read");
}

/// Facts that were not compared are not there at all.
fn without_lists(mut found: Value) -> Value {
    let group = &mut found["joined"]["settings"][0];
    for fact in ["differing", "families"] {
        assert!(group.get(fact).is_none(), "{group}");
        group[fact] = Value::Null;
    }
    found
}

/// What the replica of a primary with a group of its own has, where something was not read.
fn of_unread(primary: Value, replica: Option<Value>) -> Value {
    let id = primary["id"].as_str().unwrap().to_owned();
    facts(inventory([primary].into_iter().chain(replica).collect(), ALL_SEEN), &paired(), &id, &["settings"])
}

#[test]
fn a_group_that_was_not_read_is_not_known() {
    let replica = arn("rds", "us-west-2", "db:orders-replica");
    let primary = |parameters: Option<&str>| {
        let mut primary = with(orders(&[&replica]), Value::Null, Value::Null);
        let database = primary["database"].as_object_mut().unwrap();
        database.remove("parameter_group");
        database.extend(parameters.map(|name| ("parameter_group".to_owned(), json!(name))));
        primary
    };
    let unread = || {
        let mut replica = orders_replica();
        replica["database"].as_object_mut().unwrap().remove("parameter_group");
        replica
    };
    let not_known = "its parameter group is not known";
    assert_eq!(
        of_unread(primary(Some("tuned")), Some(unread())),
        json!({"joined": {"settings": []}, "unknown": {"joined.settings": not_known}})
    );
    assert_eq!(
        of_unread(primary(None), Some(with(orders_replica(), json!("tuned"), Value::Null))),
        json!({"joined": {"settings": []}, "unknown": {"joined.settings": not_known}})
    );
    // The primary names it, and it is not there.
    assert_eq!(
        of_unread(primary(Some("tuned")), None),
        json!({"joined": {}, "unknown": {"joined.settings": "its counterpart was not found"}})
    );
    let mut alone = primary(Some("tuned"));
    alone["replication"]["replicas"] = json!([]);
    assert_eq!(of_unread(alone, None), json!({"joined": {"settings": []}, "unknown": {}}));
}

fn cache(region: &str, name: &str, parameters: Value, global: Value) -> Value {
    json!({
        "id": arn("elasticache", region, &format!("replicationgroup:{name}")), "kind": "aws.elasticache.replication-group",
        "name": name, "place": place(region), "tags": {"app": "shop"},
        "status": {"state": "available", "healthy": true, "created_at": null},
        "replication": {"role": "none", "source": null, "replicas": [], "global": global, "healthy": null},
        "database": {"engine": "redis", "cluster": null, "parameter_group": parameters, "option_group": null},
    })
}

#[test]
fn a_cache_is_held_against_its_namesake_and_not_against_another_of_its_application() {
    let mut config = paired();
    config.applications.insert("shop".to_owned(), serde_json::from_value(json!({"tags": {"app": "shop"}})).unwrap());
    let found = |there: Value| {
        let own = cache("us-east-1", "carts", json!("tuned"), Value::Null);
        let id = own["id"].as_str().unwrap().to_owned();
        facts(inventory(vec![own, there], ALL_SEEN), &config, &id, &["settings"])
    };
    let default = json!("default.redis7");
    assert_eq!(
        found(cache("us-west-2", "carts", default.clone(), Value::Null)),
        json!({"joined": {"settings": [group("parameter", "tuned", default.clone(), false)]}, "unknown": {}})
    );
    // One without nodes takes no group.
    assert_eq!(
        found(cache("us-west-2", "carts", Value::Null, Value::Null)),
        json!({"joined": {"settings": [group("parameter", "tuned", Value::Null, false)]}, "unknown": {}})
    );
    assert_eq!(
        found(cache("us-west-2", "pages", default.clone(), Value::Null)),
        json!({
            "joined": {"settings": [{"what": "parameter", "name": "tuned", "counterpart": default}]},
            "unknown": {"joined.settings.covered": "pages stands in for any cache of the application"},
        })
    );
}

#[test]
fn members_of_a_global_datastore_have_the_settings_of_that() {
    let store = || json!(arn("elasticache", "", "globalreplicationgroup:carts"));
    let own = cache("us-east-1", "carts", json!("tuned"), store());
    let id = own["id"].as_str().unwrap().to_owned();
    let there = cache("us-west-2", "carts-west", json!("default.redis7"), store());
    assert_eq!(
        facts(inventory(vec![own, there], ALL_SEEN), &paired(), &id, &["settings"]),
        json!({"joined": {"settings": []}, "unknown": {}})
    );
}
