//! What code declares: it is there by design, and nobody has seen it run.

use serde_json::json;

use super::*;

/// The same resource as code alone speaks of it.
fn planned(mut resource: Value) -> Value {
    resource["origin"] = json!({"source": "terraform-plan"});
    resource["status"] = Value::Null;
    resource.as_object_mut().unwrap().remove("status");
    if let Some(replication) = resource["replication"].as_object_mut() {
        replication.remove("healthy");
    }
    resource
}

fn of_orders(resources: Vec<Value>, names: &[&str]) -> Value {
    facts(inventory(resources, ALL_SEEN), &paired(), &arn("rds", "us-east-1", "db:orders"), names)
}

fn usable(all: &Value) -> Vec<(&str, &Value)> {
    let copies = all["joined"]["copies"].as_array().unwrap().iter();
    copies.map(|copy| (copy["mechanism"].as_str().unwrap(), &copy["usable"])).collect()
}

#[test]
fn a_replica_of_the_code_is_a_copy_by_design_unless_its_key_cannot_be_used() {
    let replica = arn("rds", "us-west-2", "db:orders-replica");
    let declared = |west: Value| {
        let east = key("us-east-1", "east", &["orders"], "enabled");
        of_orders(vec![planned(orders(&[&replica])), planned(orders_replica()), east, west], &["copies", "declared"])
    };
    let found = declared(key("us-west-2", "west", &[], "enabled"));
    assert_eq!(usable(&found), [("replica", &json!(true))]);
    let declared_facts = json!(["copies", "counterpart", "lags", "replicas", "settings"]);
    assert_eq!((&found["joined"]["declared"], &found["unknown"]), (&declared_facts, &json!({})));
    let found = declared(key("us-west-2", "west", &[], "pendingdeletion"));
    assert_eq!(usable(&found), [("replica", &json!(false))]);
    // One that runs has a state of its own, and that is not known.
    let mut unread = orders_replica();
    unread.as_object_mut().unwrap().remove("status");
    let keys = [key("us-east-1", "east", &["orders"], "enabled"), key("us-west-2", "west", &[], "enabled")];
    let found = of_orders([vec![orders(&[&replica]), unread], keys.to_vec()].concat(), &["copies", "declared"]);
    assert_eq!(usable(&found), [("replica", &Value::Null)]);
    let reason = json!({"joined.copies.usable": "whether it is healthy is not known"});
    assert_eq!((&found["joined"]["declared"], &found["unknown"]), (&json!([]), &reason));
}

#[test]
fn no_pass_without_evidence_a_change_of_a_tag_is_no_evidence_of_a_copy_that_runs() {
    let id = arn("dynamodb", "us-east-1", "table/carts");
    let found = |regions_before: Value| {
        let table = |regions: &Value| {
            json!({
                "id": id, "kind": "aws.dynamodb.table", "name": "carts", "place": place("us-east-1"), "tags": {},
                "replication": {"role": "primary", "regions": regions},
            })
        };
        let mut after = table(&json!(["us-west-2"]));
        after["change"] = json!({"action": "update"});
        after["before"] = table(&regions_before);
        if regions_before.is_null() {
            after["before"]["replication"].as_object_mut().unwrap().remove("regions");
        }
        let found = facts(inventory(vec![after], ALL_SEEN), &paired(), &id, &["copies", "declared"]);
        let (_, is_usable) = usable(&found)[0];
        (is_usable.clone(), found["joined"]["declared"].clone())
    };
    let unknown = (Value::Null, json!([]));
    assert_eq!(found(json!(["us-west-2"])), unknown);
    assert_eq!(found(Value::Null), unknown);
    // The change itself puts it there.
    assert_eq!(found(json!([])), (json!(true), json!(["copies"])));
    assert_eq!(found(json!(["eu-west-1"])), (json!(true), json!(["copies"])));
}

/// A plan that selects everything and copies to a vault in us-west-2.
fn copying() -> Value {
    let vault = arn("backup", "us-west-2", "backup-vault:dr");
    let copy = json!({"vault": vault, "region": "us-west-2", "account": ACCOUNT, "delete_after_days": 35});
    let near =
        json!({"vault": arn("backup", "us-east-1", "backup-vault:near"), "region": "us-east-1", "account": ACCOUNT});
    let selection = json!({"name": "all", "resources": ["*"], "excluded": [], "tags": [], "conditional": false});
    json!({
        "id": arn("backup", "us-east-1", "backup-plan:daily"), "kind": "aws.backup.plan", "name": "daily",
        "place": place("us-east-1"), "tags": {},
        "plan": {"rules": [{"name": "daily", "copies": [near, copy]}], "selections": [selection], "switched_off": []},
    })
}

#[test]
fn a_copy_action_counts_where_nobody_can_have_seen_a_copy_yet() {
    let copies = |plan: Value| {
        let found = of_orders(vec![orders(&[]), plan], &["copies", "declared"]);
        let mechanisms = usable(&found).iter().map(|(mechanism, _)| (*mechanism).to_owned()).collect::<Vec<_>>();
        (mechanisms, found["joined"]["declared"].clone())
    };
    let none = (Vec::new(), json!([]));
    let declared = |names: &[&str]| (vec!["copy-action".to_owned()], json!(names));
    // A plan that runs would have made one by now.
    assert_eq!(copies(copying()), none);
    assert_eq!(copies(planned(copying())), declared(&["backup_chain", "backup_plans", "copies"]));
    let mut changed = copying();
    changed["change"] = json!({"action": "update"});
    changed["before"] = copying();
    assert_eq!(copies(changed.clone()), none);
    changed["before"]["plan"]["rules"] = json!([]);
    assert_eq!(copies(changed), declared(&["copies"]));

    let mut vault = json!({
        "id": arn("backup", "us-west-2", "backup-vault:dr"), "kind": "aws.backup.vault", "name": "dr",
        "place": place("us-west-2"), "tags": {}, "encryption": {"enabled": true, "key": null},
        "access": {"statements": null, "grants": null},
    });
    let found = of_orders(vec![orders(&[]), planned(copying()), vault.clone()], &["copies"]);
    let expected = json!([{
        "mechanism": "copy-action", "id": arn("backup", "us-west-2", "backup-vault:dr"), "region": "us-west-2",
        "account": ACCOUNT, "in_recovery_place": true, "state": null, "usable": true, "key": null,
        "opening": {"opens": true, "why": null, "by": null, "statement": null},
    }]);
    assert_eq!(found["joined"]["copies"], expected);
    // No pass without evidence: every vault there was listed, and it is none of them.
    let found_without = of_orders(vec![orders(&[]), planned(copying())], &["copies"]);
    assert_eq!(usable(&found_without), [("copy-action", &json!(false))]);
    // The same change takes the vault away.
    vault["change"] = json!({"action": "delete"});
    let found = of_orders(vec![orders(&[]), planned(copying()), vault], &["copies"]);
    assert_eq!(usable(&found), [("copy-action", &json!(false))]);
}

#[test]
fn no_fail_without_evidence_a_copy_action_whose_destination_is_not_known_may_be_the_copy() {
    let with = |change: fn(&mut Value)| {
        let mut plan = planned(copying());
        change(&mut plan["plan"]["rules"]);
        let found = of_orders(vec![orders(&[]), plan], &["copies"]);
        let regions = found["joined"]["copies"].as_array().unwrap().iter().map(|copy| copy["region"].clone());
        (regions.collect::<Vec<_>>(), found["unknown"].clone())
    };
    let because = |reason: &str| json!({"joined.copies": reason});
    let found = with(|rules| rules[0]["copies"] = json!([{"account": ACCOUNT}]));
    assert_eq!(found, (vec![], because("where a copy action of plan 'daily' copies to is not known")));
    let found = with(|rules| _ = rules[0].as_object_mut().unwrap().remove("copies"));
    assert_eq!(found, (vec![], because("daily: the rules of the backup plan are not known")));
    let found = with(|rules| *rules = Value::Null);
    assert_eq!(found, (vec![], json!({})));
    // Two vaults whose ids are not known yet are two.
    let found = with(|rules| {
        rules[0]["copies"] =
            json!([{"region": "us-west-2", "account": ACCOUNT}, {"region": "eu-west-1", "account": ACCOUNT}]);
    });
    assert_eq!(found, (vec![json!("eu-west-1"), json!("us-west-2")], json!({})));
}

#[test]
fn no_fail_without_evidence_a_new_plan_that_may_select_it_may_copy_it() {
    let found = |mut plan: Value| {
        plan["plan"]["selections"][0]["conditional"] = json!(true);
        let found = of_orders(vec![orders(&[]), plan], &["copies"]);
        (found["joined"]["copies"].clone(), found["unknown"].clone())
    };
    let reason = "whether selection 'all' of plan 'daily' selects it is not known";
    assert_eq!(found(planned(copying())), (json!([]), json!({"joined.copies": reason})));
    // A plan that runs would have made a copy by now, if it does.
    assert_eq!(found(copying()), (json!([]), json!({})));
    let mut near = planned(copying());
    near["plan"]["rules"][0]["copies"] = json!([]);
    assert_eq!(found(near), (json!([]), json!({})));
}

#[test]
fn no_pass_without_evidence_what_was_seen_of_a_name_is_not_of_what_is_made_now() {
    let id = arn("rds", "us-east-1", "db:orders");
    let found = |action: &str, importing: bool| {
        let mut database = planned(orders(&[]));
        database["id"] = json!("aws_db_instance.orders");
        database["change"] = json!({"action": action, "importing": importing});
        let point = json!({
            "id": arn("rds", "us-west-2", "snapshot:orders"), "kind": "aws.rds.snapshot", "name": "orders",
            "place": place("us-west-2"), "tags": {}, "status": {"state": "available"},
            "encryption": {"enabled": false}, "recovery_point": {"source": id, "taken_at": NOW, "infected": null},
        });
        let job = json!({
            "id": "1", "kind": "aws.backup.restore-job", "name": "1", "place": place("us-west-2"), "tags": {},
            "job": {"source": id, "state": "completed", "completed_at": NOW, "seconds": 60, "validation": null},
        });
        let names = &["copies", "restore_test_age_days"];
        let estate = inventory(vec![database, point, job], ALL_SEEN);
        let mut found = facts(estate, &paired(), "aws_db_instance.orders", names);
        let copies = found["joined"]["copies"].as_array().unwrap().len();
        (copies, found["joined"]["restore_test_age_days"].take(), found["unknown"]["joined.copies"].take())
    };
    let reason = "'orders' is older than the resource: it may be of another of that name";
    for action in ["create", "replace"] {
        assert_eq!(found(action, false), (0, Value::Null, json!(reason)), "{action}");
    }
    assert_eq!(found("create", true), (1, json!(0.0), Value::Null));
}
