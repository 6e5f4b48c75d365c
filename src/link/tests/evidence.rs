//! No pass without evidence: the same database, seen in full, in part, and by a plan only.

use serde_json::json;

use super::*;

#[test]
fn everything_of_a_replicated_database_is_joined() {
    let replica = arn("rds", "us-west-2", "db:orders-replica");
    let resources = vec![
        orders(&[&replica]),
        orders_replica(),
        key("us-east-1", "east", &["orders"], "enabled"),
        key("us-west-2", "west", &["orders"], "enabled"),
    ];
    let found = joined(inventory(resources, ALL_SEEN), &paired(), &arn("rds", "us-east-1", "db:orders"));
    let expected = json!({
        "joined": {
            "applications": [], "pattern": null, "rpo_minutes": null, "rto_minutes": null, "retention_days": null,
            "recovery_region": "us-west-2", "recovery_account": ACCOUNT, "in_another_account": false, "declared": [],
            "retention_floor_days": null,
            "recovery_region": "us-west-2", "recovery_account": ACCOUNT, "in_another_account": false,
            "is_recovery_side": false, "stands_in_for": [],
            "keys": [{
                "id": arn("kms", "us-east-1", "key/east"), "alias": "orders", "manager": "customer",
                "state": "enabled", "usable": true,
                "counterpart": {
                    "id": arn("kms", "us-west-2", "key/west"), "how": "key-of-copy", "region": "us-west-2",
                    "account": ACCOUNT, "state": "enabled", "usable": true,
                },
            }],
            "copies": [{
                "mechanism": "replica", "id": replica, "region": "us-west-2", "account": ACCOUNT,
                "in_recovery_place": true, "state": "available", "usable": true, "age_minutes": null, "opening": null,
                "key": arn("kms", "us-west-2", "key/west"),
            }],
            "replicas": [{
                "id": replica, "name": "orders-replica", "region": "us-west-2", "cross_region": true,
                "in_recovery_place": true, "writer": false, "state": "available", "healthy": true,
                "engine_version": "16.3", "multi_zone": false, "instances": 1, "types": ["db.r6g.large"],
            }],
            "lags": [{
                "id": replica, "region": "us-west-2", "in_recovery_place": true, "usable": true, "pending": null,
                "failed": null,
            }],
            "source": null, "untested_days": 400, "age_days": 730, "backup_plans": [],
            "cluster_zones": null, "used_by": null,
            "unused": null, "missing_roles": null, "gone": [], "vaults": null, "copy_vaults": null,
            "backup_chain": null, "copy_interval_minutes": null, "point_gap": null, "offering": null,
            "newest_restore": null, "restore_covered": null, "restore_misses": [], "restore_trouble": null,
            "beyond_account": false, "copy_queue": null, "unshared_with": null,
            "settings": [{
                "what": "parameter", "name": "tuned", "counterpart": "tuned", "covered": true, "differing": null,
                "families": null,
            }],
            "counterpart": {
                "id": replica, "how": "replica", "region": "us-west-2", "account": ACCOUNT, "state": "available",
                "usable": true,
            },
        },
        "unknown": {
            "joined.lags.period_minutes": "CloudWatch has no value of the last 3 hours",
            "joined.lags.seconds": "CloudWatch has no value of the last 3 hours",
            "joined.lags.stopped": "CloudWatch has no value of the last 3 hours",
            "joined.restore_test_age_days": "no restore succeeded in the last 400 days, and older jobs are not read",
            "joined.restore_seconds": "no restore succeeded in the last 400 days, and older jobs are not read",
        },
    });
    assert_eq!(found, expected);
}

#[test]
fn a_replica_sees_its_source_and_waits_for_it() {
    let resources = vec![orders(&[&arn("rds", "us-west-2", "db:orders-replica")]), orders_replica()];
    let id = arn("rds", "us-west-2", "db:orders-replica");
    let found =
        facts(inventory(resources, ALL_SEEN), &paired(), &id, &["source", "is_recovery_side", "recovery_region"]);
    let expected = json!({
        "joined": {
            "source": {
                "id": arn("rds", "us-east-1", "db:orders"), "name": "orders", "region": "us-east-1",
                "cross_region": true, "in_recovery_place": false, "writer": true, "state": "available",
                "engine_version": "16.3",
            },
            "is_recovery_side": true, "recovery_region": null,
        },
        "unknown": {},
    });
    assert_eq!(found, expected);
}

#[test]
fn no_pass_without_evidence_a_listed_replica_in_a_denied_region_is_there_and_no_more() {
    let replica = arn("rds", "us-west-2", "db:orders-replica");
    let resources = vec![orders(&[&replica]), key("us-east-1", "east", &["orders"], "enabled")];
    let id = arn("rds", "us-east-1", "db:orders");
    let found = facts(inventory(resources, RECOVERY_DENIED), &paired(), &id, &["copies", "replicas", "keys"]);
    let denied = "rds:List denied in 111122223333 · us-west-2";
    let expected = json!({
        "joined": {
            "copies": [{
                "mechanism": "replica", "id": replica, "region": "us-west-2", "account": ACCOUNT,
                "in_recovery_place": true, "age_minutes": null, "opening": null,
            }],
            "replicas": [{
                "id": replica, "name": "orders-replica", "region": "us-west-2", "cross_region": true,
                "in_recovery_place": true, "writer": false,
            }],
            "keys": [{
                "id": arn("kms", "us-east-1", "key/east"), "alias": "orders", "manager": "customer",
                "state": "enabled", "usable": true,
            }],
        },
        "unknown": {
            "joined.copies": denied, "joined.copies.key": denied, "joined.copies.state": denied,
            "joined.copies.usable": denied,
            "joined.replicas.engine_version": denied, "joined.replicas.healthy": denied,
            "joined.replicas.instances": denied, "joined.replicas.multi_zone": denied,
            "joined.replicas.state": denied, "joined.replicas.types": denied,
            "joined.keys.counterpart": "kms:List denied in 111122223333 · us-west-2",
        },
    });
    assert_eq!(found, expected);
}

#[test]
fn no_pass_without_evidence_an_empty_answer_of_a_denied_region_is_no_absence() {
    let found = |coverage, config: &Config| {
        let id = arn("rds", "us-east-1", "db:orders");
        facts(inventory(vec![orders(&[])], coverage), config, &id, &["copies", "counterpart", "untested_days"])
    };
    let nothing_known = |reason: &str| {
        json!({
            "joined": {"copies": [], "counterpart": null, "untested_days": 400},
            "unknown": {"joined.copies": reason},
        })
    };
    assert_eq!(
        found(ALL_SEEN, &paired()),
        json!({"joined": {"copies": [], "counterpart": null, "untested_days": 400}, "unknown": {}})
    );
    assert_eq!(found(RECOVERY_DENIED, &paired()), nothing_known("rds:List denied in 111122223333 · us-west-2"));
    // Without a recovery pair the copy could be in any region that the account has.
    let reason = "rds in 111122223333 · ap-northeast-1 was not collected";
    let mut expected = nothing_known(reason);
    expected["joined"].as_object_mut().unwrap().remove("untested_days");
    expected["unknown"]["joined.untested_days"] = json!("backup in 111122223333 · ap-northeast-1 was not collected");
    assert_eq!(found(ALL_SEEN, &Config::default()), expected);
    let everywhere: Vec<_> = crate::providers::aws::names::always_enabled(Some("us-east-1"), "")
        .iter()
        .map(|region| (ACCOUNT, *region, "*", "complete"))
        .collect();
    assert_eq!(
        found(&everywhere, &Config::default()),
        json!({"joined": {"copies": [], "counterpart": null, "untested_days": 400}, "unknown": {}})
    );
}

#[test]
fn an_estate_that_was_seen_in_full_lacks_no_region_of_another_partition() {
    let seen = |partition: &str, region: &str, others: &[&str]| {
        let regions = others.iter().chain([&region]).map(|region| (ACCOUNT, *region, "*", "complete"));
        let coverage: Vec<_> = regions.chain([(ACCOUNT, "", "*", "complete")]).collect();
        let mut database = orders(&[]);
        let text = database.to_string().replace("arn:aws:", &format!("arn:{partition}:")).replace("us-east-1", region);
        database = serde_json::from_str(&text).unwrap();
        let id = database["id"].as_str().unwrap().to_owned();
        let names = ["copies", "counterpart", "untested_days"];
        facts(inventory(vec![database], &coverage), &Config::default(), &id, &names)
    };
    let all_known = json!({"joined": {"copies": [], "counterpart": null, "untested_days": 400}, "unknown": {}});
    let found = [
        seen("aws-eusc", "eusc-de-east-1", &[]),
        seen("aws-iso", "us-iso-east-1", &["us-iso-west-1"]),
        seen("aws-iso-b", "us-isob-east-1", &["us-isob-west-1"]),
        seen("aws-iso-e", "eu-isoe-west-1", &[]),
        seen("aws-iso-f", "us-isof-east-1", &["us-isof-south-1"]),
        seen("aws-us-gov", "us-gov-west-1", &["us-gov-east-1"]),
        seen("aws-cn", "cn-north-1", &["cn-northwest-1"]),
    ];
    assert_eq!(found, std::array::from_fn(|_| all_known.clone()));
    // Another region of the same partition may hold a copy.
    let reason = |service: &str| format!("{service} in {ACCOUNT} · us-iso-west-1 was not collected");
    let expected = json!({
        "joined": {"copies": [], "counterpart": null},
        "unknown": {"joined.copies": reason("rds"), "joined.untested_days": reason("backup")},
    });
    assert_eq!(seen("aws-iso", "us-iso-east-1", &[]), expected);
}

#[test]
fn no_pass_without_evidence_a_region_that_was_not_collected_is_not_empty() {
    let only_east = &[(ACCOUNT, "", "*", "complete"), (ACCOUNT, "us-east-1", "*", "complete")];
    let id = arn("rds", "us-east-1", "db:orders");
    let found = |config: &Config| facts(inventory(vec![orders(&[])], only_east), config, &id, &["copies"]);
    let because = |reason: &str| json!({"joined": {"copies": []}, "unknown": {"joined.copies": reason}});
    assert_eq!(found(&paired()), because("rds in 111122223333 · us-west-2 was not collected"));
    assert_eq!(found(&Config::default()), because("rds in 111122223333 · ap-northeast-1 was not collected"));
}

#[test]
fn no_pass_without_evidence_of_two_rows_for_one_look_the_worst_counts() {
    let id = arn("rds", "us-east-1", "db:orders");
    let (complete, denied) = ((ACCOUNT, "us-west-2", "rds", "complete"), (ACCOUNT, "us-west-2", "rds", "denied"));
    for rows in [[complete, denied], [denied, complete]] {
        let rows: Vec<_> = ALL_SEEN.iter().copied().chain(rows).collect();
        let reason = "rds:List denied in 111122223333 · us-west-2";
        assert_eq!(
            facts(inventory(vec![orders(&[])], &rows), &paired(), &id, &["copies"]),
            json!({"joined": {"copies": []}, "unknown": {"joined.copies": reason}})
        );
    }
}

#[test]
fn no_pass_without_evidence_a_plan_sees_its_own_workspace_only() {
    let plan = json!({
        "id": "aws_db_instance.orders", "kind": "aws.rds.instance", "name": "orders",
        "place": {"region": "us-east-1"}, "tags": {}, "replication": {"source": null, "global": null},
        "encryption": {"enabled": true}, "database": {"cluster": null},
        "links": [{"rel": "encrypted-by", "to": "aws_kms_key.east"}],
    });
    let planned_key = json!({
        "id": "aws_kms_key.east", "kind": "aws.kms.key", "name": "east", "place": {"region": "us-east-1"}, "tags": {},
        "key": {"manager": "customer", "aliases": ["orders"], "multi_region": false, "deletion_date": null},
    });
    let replica = json!({
        "id": "aws_db_instance.replica", "kind": "aws.rds.instance", "name": "replica",
        "place": {"region": "us-west-2"}, "tags": {},
        "links": [{"rel": "replica-of", "to": "aws_db_instance.orders"}],
    });
    let estate = inventory(vec![plan, planned_key, replica], &[("", "", "*", "skipped")]);
    let found = joined(estate, &paired(), "aws_db_instance.orders");
    let expected = json!({
        "joined": {
            "applications": [], "pattern": null, "rpo_minutes": null, "rto_minutes": null, "retention_days": null,
            "recovery_region": "us-west-2", "in_another_account": false, "is_recovery_side": false, "declared": [],
            "retention_floor_days": null,
            "recovery_region": "us-west-2", "in_another_account": false, "is_recovery_side": false,
            "stands_in_for": [],
            "keys": [{"id": "aws_kms_key.east", "alias": "orders", "manager": "customer"}],
            // Database replication never leaves the account, so that the place is known all the same.
            "copies": [{
                "mechanism": "replica", "id": "aws_db_instance.replica", "region": "us-west-2",
                "in_recovery_place": true, "age_minutes": null, "opening": null,
            }],
            "replicas": [{
                "id": "aws_db_instance.replica", "name": "replica", "region": "us-west-2", "cross_region": true,
                "in_recovery_place": true, "writer": false,
            }],
            "lags": [{
                "id": "aws_db_instance.replica", "region": "us-west-2", "in_recovery_place": true, "pending": null,
                "failed": null,
            }],
            "source": null, "backup_plans": [], "cluster_zones": null, "used_by": null,
            "unused": null, "missing_roles": null, "gone": [], "vaults": null, "copy_vaults": null,
            "backup_chain": null, "copy_interval_minutes": null, "point_gap": null,
            "restore_covered": null, "restore_misses": [], "restore_trouble": null, "unshared_with": null,
            "counterpart": {"id": "aws_db_instance.replica", "how": "replica", "region": "us-west-2"},
            "settings": [],
        },
        "unknown": {
            "joined.recovery_account": "its account is not known",
            "joined.copies": "everything not asked",
            "joined.copies.usable": "whether it is healthy is not known",
            "joined.counterpart.usable": "whether it is healthy is not known",
            "joined.lags": "everything not asked",
            "joined.lags.period_minutes": "everything not asked",
            "joined.lags.seconds": "everything not asked",
            "joined.lags.stopped": "everything not asked",
            "joined.replicas": "everything not asked",
            "joined.replicas.healthy": "whether it is healthy is not known",
            "joined.keys.state": "its state is not known",
            "joined.keys.usable": "its state is not known",
            "joined.keys": "its encryption key is not known",
            "joined.keys.counterpart": "everything not asked",
            "joined.backup_plans": "everything not asked",
            "joined.restore_test_age_days": "everything not asked",
            "joined.age_days": "when it was created is not known",
            "joined.untested_days": "everything not asked",
            "joined.restore_seconds": "everything not asked",
            "joined.newest_restore": "everything not asked",
            "joined.beyond_account": "the account of a replica is not known",
            "joined.copy_queue": "everything not asked",
            "joined.settings": "its parameter group is not known",
            "joined.offering": "replica: its instance types are not known",
        },
    });
    assert_eq!(found, expected);
}

#[test]
fn what_a_plan_takes_away_is_no_copy_any_more() {
    let mut replica = orders_replica();
    replica["change"] = json!({"action": "delete"});
    let id = arn("rds", "us-west-2", "db:orders-replica");
    let estate = || inventory(vec![orders(&[&id]), replica.clone()], ALL_SEEN);
    let source = arn("rds", "us-east-1", "db:orders");
    assert_eq!(
        facts(estate(), &paired(), &source, &["copies", "replicas", "counterpart"]),
        json!({"joined": {"copies": [], "replicas": [], "counterpart": null}, "unknown": {}})
    );
    let of_the_deleted = json!({
        "joined": {
            "applications": [], "pattern": null, "rpo_minutes": null, "rto_minutes": null, "retention_days": null,
            "retention_floor_days": null,
            "recovery_region": null, "recovery_account": null, "in_another_account": null, "is_recovery_side": true,
            "stands_in_for": ["us-east-1"],
        },
        "unknown": {},
    });
    assert_eq!(joined(estate(), &paired(), &id), of_the_deleted);
}

#[test]
fn a_promoted_replica_is_no_copy_though_the_source_still_lists_it() {
    let mut promoted = orders_replica();
    promoted["replication"] = json!({"role": "none", "source": null, "replicas": []});
    let estate = inventory(vec![orders(&[&arn("rds", "us-west-2", "db:orders-replica")]), promoted], ALL_SEEN);
    let found = facts(estate, &paired(), &arn("rds", "us-east-1", "db:orders"), &["copies", "replicas"]);
    assert_eq!(found, json!({"joined": {"copies": [], "replicas": []}, "unknown": {}}));
}

/// A backup of the database, under a key of its region.
fn stored(kind: &str, region: &str, rest: &str, state: &str) -> Value {
    json!({
        "id": arn("x", region, rest), "kind": kind, "name": rest, "place": place(region), "tags": {},
        "status": {"state": state}, "encryption": {"enabled": true, "key": arn("kms", region, "key/k")},
        "recovery_point": {"source": arn("rds", "us-east-1", "db:orders"), "taken_at": "2026-01-09T22:30:00Z",
            "infected": null, "vault": "dr"},
    })
}

/// What is joined onto the database for it.
fn copy(mechanism: &str, region: &str, rest: &str, state: &str, usable: Option<bool>) -> Value {
    let mut copy = json!({
        "mechanism": mechanism, "id": arn("x", region, rest), "region": region, "account": ACCOUNT,
        "in_recovery_place": region == "us-west-2", "state": state, "age_minutes": 90,
        "key": arn("kms", region, "key/k"),
    });
    if let Some(usable) = usable {
        copy["usable"] = usable.into();
    }
    if usable == Some(false) || region != "us-west-2" {
        copy["opening"] = Value::Null;
    } else {
        copy["opening"] = json!({"opens": true, "why": null, "by": null, "statement": null});
    }
    copy
}

/// The copies of the database, with these beside it.
fn copies_of_orders(others: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let vault = json!({
        "id": arn("backup", "us-west-2", "backup-vault:dr"), "kind": "aws.backup.vault", "name": "dr", "place": place("us-west-2"),
        "tags": {}, "access": {"statements": null, "grants": null},
    });
    let resources = [orders(&[]), vault].into_iter().chain(others).collect();
    facts(inventory(resources, coverage), &paired(), &arn("rds", "us-east-1", "db:orders"), &["copies"])
}

#[test]
fn stored_copies_tell_their_age_and_whether_they_can_be_restored() {
    let others = vec![
        key("eu-west-1", "k", &[], "enabled"),
        key("us-west-2", "k", &[], "enabled"),
        stored("aws.rds.snapshot", "us-east-1", "at-home", "available"),
        stored("aws.rds.snapshot", "us-west-2", "snapshot", "creating"),
        stored("aws.rds.automated-backup", "us-west-2", "automated", "replicating"),
        stored("aws.backup.recovery-point", "eu-west-1", "point", "completed"),
    ];
    let copies = json!([
        copy("recovery-point", "eu-west-1", "point", "completed", Some(true)),
        copy("automated-backup", "us-west-2", "automated", "replicating", Some(true)),
        copy("snapshot", "us-west-2", "snapshot", "creating", Some(false)),
    ]);
    assert_eq!(copies_of_orders(others, ALL_SEEN), json!({"joined": {"copies": copies}, "unknown": {}}));
}

#[test]
fn no_pass_without_evidence_a_stored_copy_that_does_not_tell_its_age_is_not_fresh() {
    let found = |taken_at: Value| {
        let mut point = stored("aws.backup.recovery-point", "us-west-2", "point", "completed");
        match taken_at {
            Value::String(_) => _ = point["recovery_point"].as_object_mut().unwrap().remove("taken_at"),
            null => point["recovery_point"]["taken_at"] = null,
        }
        copies_of_orders(vec![key("us-west-2", "k", &[], "enabled"), point], ALL_SEEN)
    };
    let mut ageless = copy("recovery-point", "us-west-2", "point", "completed", Some(true));
    ageless.as_object_mut().unwrap().remove("age_minutes");
    let unknown = json!({"joined.copies.age_minutes": "when the recovery point was taken is not known"});
    let expected = json!({"joined": {"copies": [ageless]}, "unknown": unknown});
    assert_eq!(found("unread".into()), expected);
    // The provider tells no time: that is not one that has none, as a live replica.
    assert_eq!(found(Value::Null), expected);
}

#[test]
fn a_copy_is_as_usable_as_its_key() {
    let found = |keys: Vec<Value>, coverage: &[(&str, &str, &str, &str)]| {
        let others = keys.into_iter().chain([stored("aws.rds.snapshot", "us-west-2", "s", "available")]).collect();
        copies_of_orders(others, coverage)
    };
    let said = |usable: Option<bool>| json!([copy("snapshot", "us-west-2", "s", "available", usable)]);
    let sure = |usable| json!({"joined": {"copies": said(Some(usable))}, "unknown": {}});
    assert_eq!(found(vec![key("us-west-2", "k", &[], "enabled")], ALL_SEEN), sure(true));
    assert_eq!(found(vec![key("us-west-2", "k", &[], "updating")], ALL_SEEN), sure(true));
    assert_eq!(found(vec![key("us-west-2", "k", &[], "pendingdeletion")], ALL_SEEN), sure(false));
    assert_eq!(found(Vec::new(), ALL_SEEN), sure(false), "every key was listed, and it is none of them");
    let denied = &[
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "*", "complete"),
        (ACCOUNT, "us-west-2", "kms", "denied"),
    ];
    let reason = "kms:List denied in 111122223333 · us-west-2";
    let mut copies = said(None);
    copies[0]["opening"] = json!({"why": reason});
    let unknown = json!({"joined.copies.usable": reason, "joined.copies.opening.opens": reason});
    let unknown = json!({"joined": {"copies": copies}, "unknown": unknown});
    assert_eq!(found(Vec::new(), denied), unknown);
}

#[test]
fn a_copy_whose_time_is_over_and_one_in_a_state_that_nobody_foresaw_are_no_evidence() {
    let mut expired = stored("aws.backup.recovery-point", "us-west-2", "expired", "completed");
    expired["recovery_point"]["deleted_at"] = json!("2026-01-09T23:00:00Z");
    let odd = stored("aws.rds.snapshot", "us-west-2", "odd", "thawing");
    let found = copies_of_orders(vec![key("us-west-2", "k", &[], "enabled"), expired, odd], ALL_SEEN);
    let copies = json!([
        copy("recovery-point", "us-west-2", "expired", "completed", Some(false)),
        copy("snapshot", "us-west-2", "odd", "thawing", None),
    ]);
    let unknown = json!({"joined.copies.usable": "its state is not known"});
    assert_eq!(found, json!({"joined": {"copies": copies}, "unknown": unknown}));
}

#[test]
fn a_backup_from_before_the_database_was_made_is_of_its_namesake() {
    let mut database = orders(&[]);
    database["status"]["created_at"] = json!("2026-01-09T23:00:00Z");
    let others = vec![
        database,
        key("us-west-2", "k", &[], "enabled"),
        stored("aws.rds.snapshot", "us-west-2", "s", "available"),
    ];
    let found = facts(inventory(others, ALL_SEEN), &paired(), &arn("rds", "us-east-1", "db:orders"), &["copies"]);
    let reason = "'s' is older than the resource: it may be of another of that name";
    assert_eq!(found, json!({"joined": {"copies": []}, "unknown": {"joined.copies": reason}}));
}

#[test]
fn a_replica_that_is_named_and_not_among_those_listed_is_no_copy() {
    let replica = arn("rds", "us-west-2", "db:orders-replica");
    let estate = inventory(vec![orders(&[&replica])], ALL_SEEN);
    let found = facts(estate, &paired(), &arn("rds", "us-east-1", "db:orders"), &["copies"]);
    let reason = format!("'{replica}' is named as a replica and was not found");
    let nothing = "it was not found";
    let unknown = json!({
        "joined.copies": reason, "joined.copies.key": nothing, "joined.copies.state": nothing,
        "joined.copies.usable": nothing,
    });
    assert_eq!(found, json!({"joined": {"copies": []}, "unknown": unknown}));
}

#[test]
fn a_copy_is_as_old_as_it_was_when_somebody_looked() {
    let mut estate = inventory(
        vec![
            orders(&[]),
            key("us-west-2", "k", &[], "enabled"),
            stored("aws.rds.snapshot", "us-west-2", "s", "available"),
        ],
        ALL_SEEN,
    );
    estate.coverage.iter_mut().for_each(|row| row.at = "2026-01-10T00:00:00Z".parse().unwrap());
    link(&mut estate, &paired(), "2026-03-01T00:00:00Z".parse().unwrap());
    let copies = serde_json::to_value(&estate.resources[0].joined).unwrap()["copies"].clone();
    assert_eq!(copies, json!([copy("snapshot", "us-west-2", "s", "available", Some(true))]));
}

#[test]
fn the_zones_of_a_cluster_are_those_of_all_its_parts_unless_nodes_are_added_by_themselves() {
    let estate = |auto_mode: bool| {
        let cluster = arn("eks", "us-east-1", "cluster/shop");
        let nodes = |name: &str, zone: &str| {
            json!({
                "id": arn("eks", "us-east-1", &format!("nodegroup/shop/{name}")), "kind": "aws.eks.node-group", "name": name,
                "place": place("us-east-1"), "tags": {}, "redundancy": {"zones": [zone]},
                "kubernetes": {"cluster": "shop"}, "links": [{"rel": "member-of", "to": cluster}],
            })
        };
        let shop = json!({
            "id": cluster, "kind": "aws.eks.cluster", "name": "shop", "place": place("us-east-1"), "tags": {},
            "kubernetes": {"cluster": null, "auto_mode": auto_mode},
        });
        inventory(vec![shop, nodes("a", "us-east-1a"), nodes("b", "us-east-1b")], ALL_SEEN)
    };
    let zones = |auto_mode: bool| {
        let nodes = arn("eks", "us-east-1", "nodegroup/shop/a");
        facts(estate(auto_mode), &paired(), &nodes, &["cluster_zones"])
    };
    let both = json!({"joined": {"cluster_zones": ["us-east-1a", "us-east-1b"]}, "unknown": {}});
    assert_eq!(zones(false), both);
    assert_eq!(zones(true), json!({"joined": {"cluster_zones": null}, "unknown": {}}));
}

/// Code that says what is replicated by a value that is known only after apply.
#[test]
fn no_fail_without_evidence_a_replica_of_something_unknown_may_be_of_it() {
    let said = |vary: fn(&mut Value)| {
        let mut replica = orders_replica();
        replica["replication"].as_object_mut().unwrap().remove("source");
        vary(&mut replica);
        let resources = vec![orders(&[]), replica];
        let found =
            facts(inventory(resources, ALL_SEEN), &paired(), &arn("rds", "us-east-1", "db:orders"), &["copies"]);
        found["unknown"]["joined.copies"].clone()
    };
    assert_eq!(said(|_| {}), json!("what orders-replica replicates is not known"));
    assert_eq!(said(|replica| replica["database"]["engine"] = json!("mysql")), Value::Null);
    assert_eq!(said(|replica| replica["replication"]["role"] = json!("none")), Value::Null);
    assert_eq!(
        said(|replica| replica["replication"]["source"] = json!(arn("rds", "us-east-1", "db:other"))),
        Value::Null
    );
}

/// What a replicated backup is of may be known only after apply.
#[test]
fn no_fail_without_evidence_a_backup_of_something_unknown_may_be_of_this() {
    let backup = |region: &str, engine: &str| {
        json!({
            "id": arn("rds", region, "auto-backup:ab-1"), "kind": "aws.rds.automated-backup", "name": "ab-1",
            "place": place(region), "tags": {}, "recovery_point": {"method": "automated"},
            "database": {"engine": engine}, "status": {"state": "replicating", "healthy": true},
        })
    };
    let id = arn("rds", "us-east-1", "db:orders");
    let found = |other| facts(inventory(vec![orders(&[]), other], ALL_SEEN), &paired(), &id, &["copies"]);
    let none = json!({"joined": {"copies": []}, "unknown": {}});
    let mut perhaps = none.clone();
    perhaps["unknown"]["joined.copies"] = json!("what ab-1 is a backup of is not known");
    assert_eq!(found(backup("us-west-2", "postgres")), perhaps);
    assert_eq!(found(backup("us-west-2", "mysql")), none);
    assert_eq!(found(backup("us-east-1", "postgres")), none);
}

/// A cluster that has joined something global that is not known may be a secondary of any.
#[test]
fn no_fail_without_evidence_a_cache_whose_part_is_not_known_may_follow_this() {
    let cache = |name: &str, region: &str, replication: Value| {
        json!({
            "id": arn("elasticache", region, &format!("replicationgroup:{name}")),
            "kind": "aws.elasticache.replication-group", "name": name, "place": place(region), "tags": {},
            "status": {"state": "available", "healthy": true}, "replication": replication,
            "database": {"engine": "redis", "cluster": null},
        })
    };
    let alone = json!({"role": "none", "source": null, "replicas": [], "global": null});
    let id = arn("elasticache", "us-east-1", "replicationgroup:sessions");
    let found = |part: Value| {
        let resources = vec![cache("sessions", "us-east-1", alone.clone()), cache("west", "us-west-2", part)];
        let coverage: Vec<_> =
            ["us-east-1", "us-west-2"].map(|region| (ACCOUNT, region, "elasticache", "complete")).into();
        facts(inventory(resources, &[ALL_SEEN, &coverage].concat()), &paired(), &id, &["copies"])["unknown"].clone()
    };
    assert_eq!(found(json!({})), json!({"joined.copies": "what west replicates is not known"}));
    assert_eq!(found(alone.clone()), json!({}));
}
