//! Each planted fault of a payload or of its estate yields exactly its finding.

use super::*;

#[test]
fn a_payload_of_an_estate_in_which_all_is_well_can_be_run() {
    let found = look(&payload(), &estate(), &Asked::default());
    assert_eq!(
        (said(&found), found.answer, found.region.as_deref(), found.layers, found.steps),
        (vec![], Decision::Go, Some(WEST), 2, 3)
    );
}

#[test]
fn each_fault_of_a_payload_is_one_finding_where_it_stands() {
    type Edit = fn(&mut Value);
    const STEP: &str = "/StatePayload/0/resources/0";
    const AURORA: &str = "/StatePayload/0/resources/1";
    const CARTS: &str = "/StatePayload/1/resources/0";
    fn at<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Value {
        value.pointer_mut(pointer).unwrap()
    }
    fn take(value: &mut Value, pointer: &str, key: &str) {
        at(value, pointer).as_object_mut().unwrap().remove(key);
    }
    fn set(value: &mut Value, pointer: &str, new: Value) {
        *at(value, pointer) = new;
    }
    fn rename(value: &mut Value, pointer: &str, from: &str, to: &str) {
        let members = at(value, pointer).as_object_mut().unwrap();
        let old = members.remove(from).unwrap();
        members.insert(to.to_owned(), old);
    }
    let cases: &[(&str, Edit)] = &[
        ("fatal wrong-root ", |it| *it = json!([])),
        ("fatal wrong-root ", |it| *it = json!("x")),
        ("fatal wrong-root ", |it| rename(it, "", "StatePayload", "statePayload")),
        ("fatal wrong-root /StatePayload", |it| set(it, "/StatePayload", json!("x"))),
        ("fatal article-shape /StatePayload", |it| set(it, "/StatePayload", json!({"Layers": []}))),
        ("fatal empty-payload ", |it| set(it, "/StatePayload", json!([]))),
        ("fatal missing-resources /StatePayload/1", |it| take(it, "/StatePayload/1", "resources")),
        ("fatal missing-resources /StatePayload/1", |it| rename(it, "/StatePayload/1", "resources", "Resources")),
        ("fatal missing-resources /StatePayload/1/resources", |it| set(it, "/StatePayload/1/resources", json!({}))),
        ("risk empty-layer /StatePayload/1/resources", |it| set(it, "/StatePayload/1/resources", json!([]))),
        ("risk layer-number /StatePayload/1", |it| take(it, "/StatePayload/1", "layer")),
        ("risk layer-number /StatePayload/0/layer", |it| set(it, "/StatePayload/0/layer", json!(0))),
        ("risk layer-number /StatePayload/1/layer", |it| set(it, "/StatePayload/1/layer", json!(1))),
        ("risk layer-number /StatePayload/1/layer", |it| set(it, "/StatePayload/1/layer", json!("2"))),
        ("fatal layers-out-of-order /StatePayload/1/layer", |it| set(it, "/StatePayload/0/layer", json!(3))),
        ("risk layer-too-large /StatePayload/1/resources", |it| {
            let step = at(it, CARTS).clone();
            set(it, "/StatePayload/1/resources", json!([step, step, step, step, step, step]));
        }),
        ("fatal missing-type /StatePayload/1/resources/0", |it| take(it, CARTS, "resourceType")),
        ("fatal missing-type /StatePayload/1/resources/0", |it| set(it, CARTS, json!("x"))),
        ("fatal misspelt-type /StatePayload/1/resources/0/resourceType", |it| {
            set(it, "/StatePayload/1/resources/0/resourceType", json!("FailoverElasticacheCluster"))
        }),
        ("fatal misspelt-type /StatePayload/1/resources/0/resourceType", |it| {
            set(it, "/StatePayload/1/resources/0/resourceType", json!(7))
        }),
        ("fatal other-machine /StatePayload/1/resources/0/resourceType", |it| {
            set(it, "/StatePayload/1/resources/0/resourceType", json!("CreateRDSReadReplica"))
        }),
        ("fatal missing-name /StatePayload/1/resources/0", |it| take(it, CARTS, "resourceName")),
        ("fatal missing-parameters /StatePayload/1/resources/0", |it| take(it, CARTS, "parameters")),
        ("fatal missing-parameters /StatePayload/1/resources/0/parameters", |it| {
            set(it, "/StatePayload/1/resources/0/parameters", json!([]))
        }),
        ("fatal missing-parameter /StatePayload/0/resources/1/parameters", |it| {
            take(it, "/StatePayload/0/resources/1/parameters", "ClusterRegion")
        }),
        ("fatal missing-parameter /StatePayload/0/resources/0/parameters", |it| {
            rename(it, "/StatePayload/0/resources/0/parameters", "RDSInstanceIdentifier", "RdsInstanceIdentifier")
        }),
        ("risk unread-parameter /StatePayload/0/resources/0/parameters/Nobody", |it| {
            set(it, &format!("{STEP}/parameters"), json!({"RDSInstanceIdentifier": "orders-west", "Nobody": "x"}))
        }),
        ("risk import-nobody-reads /StatePayload/0/resources/0/parameters/TargetClusterIdentifier", |it| {
            set(
                it,
                &format!("{STEP}/parameters"),
                json!({"RDSInstanceIdentifier": "orders-west", "TargetClusterIdentifier": "!Import x"}),
            );
        }),
        ("fatal not-a-text /StatePayload/0/resources/0/parameters/Port", |it| {
            set(it, &format!("{STEP}/parameters"), json!({"RDSInstanceIdentifier": "orders-west", "Port": 1}))
        }),
        ("fatal not-a-text /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!(["orders-west"]))
        }),
        ("fatal empty-value /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!(""))
        }),
        ("fatal import-form /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("!Import"))
        }),
        ("fatal import-form /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("!Import  two"))
        }),
        ("fatal import-form /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("!import x"))
        }),
        ("unknown import-not-known /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("!Import x"))
        }),
        ("fatal resolve-ssm /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("resolve:ssm:/x"))
        }),
        ("fatal not-there /StatePayload/0/resources/0/parameters/RDSInstanceIdentifier", |it| {
            set(it, &format!("{STEP}/parameters/RDSInstanceIdentifier"), json!("orders"))
        }),
        ("fatal id-instead-of-arn /StatePayload/0/resources/1/parameters/DBClusterIdentifier", |it| {
            set(it, &format!("{AURORA}/parameters/DBClusterIdentifier"), json!(arn("rds", WEST, "db:all-west-1")));
            set(it, "/StatePayload/0/resources/1/parameters/GlobalClusterIdentifier", json!("all"));
            at(it, "/StatePayload/0/resources").as_array_mut().unwrap().truncate(2);
        }),
        ("fatal wrong-region /StatePayload/0/resources/1/parameters/ClusterRegion", |it| {
            set(it, &format!("{AURORA}/parameters/ClusterRegion"), json!(EAST))
        }),
        ("fatal wrong-region /StatePayload/0/resources/1/parameters/DBClusterIdentifier", |it| {
            set(it, &format!("{AURORA}/parameters/DBClusterIdentifier"), json!(arn("rds", EAST, "cluster:all")))
        }),
        ("fatal no-region /StatePayload/1/resources/0/parameters/TargetRegion", |it| {
            set(it, &format!("{CARTS}/parameters/TargetRegion"), json!("us-wset-2"))
        }),
        ("fatal not-a-member /StatePayload/1/resources/0/parameters/TargetReplicationGroupId", |it| {
            set(it, &format!("{CARTS}/parameters/TargetReplicationGroupId"), json!("carts"))
        }),
    ];
    for (expected, edit) in cases {
        let mut edited = payload();
        edit(&mut edited);
        let found = look(&edited, &estate(), &Asked::default());
        // What is in doubt further down the same step follows from it.
        assert_eq!(said(&found).first().map(String::as_str), Some(*expected), "{edited}");
        let rest: Vec<String> =
            said(&found).into_iter().skip(1).filter(|other| !follows_from(expected, other)).collect();
        assert_eq!(rest, Vec::<String>::new(), "{expected}");
        let answer = match expected.split(' ').next() {
            Some("fatal") => Decision::NoGo,
            Some("unknown") => Decision::CannotTell,
            _ => Decision::Go,
        };
        assert_eq!(found.answer, answer, "{expected}");
    }
}

/// A cluster or a group that is none of the estate is neither a member nor there.
fn follows_from(first: &str, other: &str) -> bool {
    let of = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
    of(first) == of(other) && ["not-there", "not-a-member"].iter().any(|id| other.contains(id))
}

#[test]
fn each_fault_of_an_estate_is_one_finding_at_what_names_it() {
    const REPLICA_AT: &str = "/StatePayload/0/resources/0/parameters/RDSInstanceIdentifier";
    const CLUSTER_AT: &str = "/StatePayload/0/resources/1/parameters/DBClusterIdentifier";
    const GLOBAL_AT: &str = "/StatePayload/0/resources/1/parameters/GlobalClusterIdentifier";
    const GROUP_AT: &str = "/StatePayload/1/resources/0/parameters/TargetReplicationGroupId";
    const STORE_AT: &str = "/StatePayload/1/resources/0/parameters/GlobalReplicationGroupId";
    // Weight, finding, where; which resource, which fact, what instead. Without a value the fact is taken away.
    let cases: &[(&str, &str, usize, &str, Option<Value>)] = &[
        ("fatal not-available", REPLICA_AT, REPLICA, "/status/state", Some(json!("backing-up"))),
        ("unknown fact-not-known", REPLICA_AT, REPLICA, "/status/state", None),
        ("fatal not-a-replica", REPLICA_AT, REPLICA, "/replication/role", Some(json!("none"))),
        ("unknown fact-not-known", REPLICA_AT, REPLICA, "/replication/role", None),
        ("fatal member-of-a-cluster", REPLICA_AT, REPLICA, "/database/cluster", Some(json!("x"))),
        ("fatal engine-not-served", REPLICA_AT, REPLICA, "/database/engine", Some(json!("custom-oracle-ee"))),
        ("risk oracle-promotion", REPLICA_AT, REPLICA, "/database/engine", Some(json!("oracle-ee"))),
        ("fatal not-replicating", REPLICA_AT, REPLICA, "/replication/healthy", Some(json!(false))),
        ("fatal not-replicating", REPLICA_AT, REPLICA, "/replication/status", Some(json!("stopped"))),
        ("unknown fact-not-known", REPLICA_AT, REPLICA, "/replication/healthy", None),
        ("fatal replication-stopped", REPLICA_AT, REPLICA, "/replication/lag_seconds", Some(json!(-1.0))),
        ("risk lag-above-objective", REPLICA_AT, REPLICA, "/replication/lag_seconds", Some(json!(901.0))),
        ("unknown lag-not-known", REPLICA_AT, REPLICA, "/replication/lag_seconds", None),
        ("risk no-backups", REPLICA_AT, REPLICA, "/backup/retention_days", Some(json!(0))),
        ("unknown fact-not-known", REPLICA_AT, REPLICA, "/backup/retention_days", None),
        ("risk one-zone", REPLICA_AT, REPLICA, "/redundancy/multi_zone", Some(json!(false))),
        ("risk other-class", REPLICA_AT, REPLICA, "/capacity/types", Some(json!(["db.t4g.micro"]))),
        ("risk default-settings", REPLICA_AT, REPLICA, "/database/parameter_group", Some(json!("default.postgres16"))),
        ("unknown fact-not-known", REPLICA_AT, REPLICA, "/encryption/key", None),
        ("fatal not-available", CLUSTER_AT, WEST_CLUSTER, "/status/state", Some(json!("stopped"))),
        ("fatal no-instance", CLUSTER_AT, WEST_CLUSTER, "/redundancy/instances", Some(json!(0))),
        ("unknown fact-not-known", CLUSTER_AT, WEST_CLUSTER, "/redundancy/instances", None),
        ("fatal no-instance", CLUSTER_AT, WEST_CLUSTER + 1, "/status/state", Some(json!("failed"))),
        ("fatal not-available", GLOBAL_AT, GLOBAL, "/status/state", Some(json!("failing-over"))),
        ("fatal writes-already", CLUSTER_AT, GLOBAL, "/global/members/1/writer", Some(json!(true))),
        ("fatal nobody-writes", CLUSTER_AT, GLOBAL, "/global/members/0/writer", Some(json!(false))),
        ("unknown fact-not-known", CLUSTER_AT, GLOBAL, "/global/members/0/writer", None),
        ("unknown fact-not-known", CLUSTER_AT, GLOBAL, "/global/members", None),
        ("risk not-in-step", CLUSTER_AT, GLOBAL, "/global/members/1/status", Some(json!("pending-resync"))),
        ("fatal not-a-member", CLUSTER_AT, GLOBAL, "/global/members/1/id", Some(json!("other"))),
        ("fatal not-available", STORE_AT, DATASTORE, "/status/state", Some(json!("modifying"))),
        ("fatal not-associated", GROUP_AT, DATASTORE, "/global/members/1/status", Some(json!("disassociating"))),
        ("unknown fact-not-known", GROUP_AT, DATASTORE, "/global/members/1/status", None),
        ("fatal writes-already", GROUP_AT, DATASTORE, "/global/members/1/writer", Some(json!(true))),
        ("fatal not-a-member", GROUP_AT, DATASTORE, "/global/members/1/region", Some(json!("eu-west-1"))),
    ];
    for (finding, at, number, fact, value) in cases {
        let mut resources = estate();
        match value {
            Some(value) => *resources[*number].pointer_mut(fact).unwrap() = value.clone(),
            None => {
                let (parent, name) = fact.rsplit_once('/').unwrap();
                resources[*number].pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
            }
        }
        let found = look(&payload(), &resources, &Asked::default());
        assert_eq!(said(&found), [format!("{finding} {at}")], "{fact} {value:?}");
    }
}

#[test]
fn the_framework_runs_in_one_partition_only() {
    let asked = Asked { region: Some("us-gov-west-1".to_owned()), ..Asked::default() };
    let found = check(r#"{"StatePayload": [{"layer": 1, "resources": []}]}"#, &asked, &config(), None);
    let expected = ["fatal empty-payload ", "fatal other-partition ", "risk empty-layer /StatePayload/0/resources"];
    assert_eq!(said(&found), expected);
}

#[test]
fn a_key_that_is_gone_or_was_not_seen_is_told_of_each_that_has_it() {
    let mut pending = estate();
    pending[WEST_KEY]["status"] = json!({"state": "pendingdeletion", "healthy": false});
    let mut gone = estate();
    gone.remove(WEST_KEY);
    for (resources, expected) in [(pending, "fatal key-not-usable"), (gone, "fatal key-not-there")] {
        let found = said(&look(&payload(), &resources, &Asked::default()));
        let at = [
            "0/resources/0/parameters/RDSInstanceIdentifier",
            "0/resources/1/parameters/DBClusterIdentifier",
            "1/resources/0/parameters/TargetReplicationGroupId",
        ];
        assert_eq!(found, at.map(|at| format!("{expected} /StatePayload/{at}")));
    }
}

#[test]
fn what_was_not_seen_is_unknown_and_not_absent() {
    let mut inventory = inventory(&estate()[..1]);
    inventory.coverage.retain(|row| row.region != WEST && !row.region.is_empty());
    let now = inventory.collected_at;
    let found = check(&payload().to_string(), &Asked::default(), &config(), Some((inventory, now)));
    assert_eq!((found.answer, found.fatal, found.unknown), (Decision::CannotTell, 0, 6), "{:?}", said(&found));
    let alone = check(&payload().to_string(), &Asked::default(), &config(), None);
    assert_eq!((said(&alone), alone.answer), (vec!["unknown no-estate ".to_owned()], Decision::CannotTell));
}

#[test]
fn a_switchover_needs_both_sides_in_step_and_of_one_version() {
    let mut planned = payload();
    planned["StatePayload"][0]["resources"][1] = json!({"resourceType": "PlannedFailoverAurora", "resourceName": "all",
        "parameters": {"GlobalClusterIdentifier": "all", "DBClusterIdentifier": arn("rds", WEST, "cluster:all-west")}});
    let outage = "risk switchover-in-an-outage /StatePayload/0/resources/1";
    let at = "/StatePayload/0/resources/1/parameters/DBClusterIdentifier";
    assert_eq!(said(&look(&planned, &estate(), &Asked::default())), [outage]);
    let mut behind = estate();
    behind[GLOBAL]["global"]["members"][1]["status"] = json!("pending-resync");
    assert_eq!(
        said(&look(&planned, &behind, &Asked::default())),
        [format!("fatal not-replicating {at}"), outage.to_owned()]
    );
    let mut other = estate();
    other[WEST_CLUSTER]["database"]["engine_version"] = json!("16.6");
    assert_eq!(
        said(&look(&planned, &other, &Asked::default())),
        [format!("fatal versions-differ {at}"), outage.to_owned()]
    );
}

#[test]
fn imports_are_looked_up_in_the_exports_of_the_region() {
    let mut imported = payload();
    imported["StatePayload"][0]["resources"][0]["parameters"]["RDSInstanceIdentifier"] =
        json!("!Import orders-identifier");
    let asked = |text: &str| Asked { exports: Some(exports(text).unwrap()), ..Asked::default() };
    let known = asked(r#"{"Exports": [{"Name": "orders-identifier", "Value": "orders-west"}]}"#);
    assert_eq!(said(&look(&imported, &estate(), &known)), Vec::<String>::new());
    let gone = look(&imported, &estate(), &asked(r#"{"Exports": [{"Name": "orders-identifier2", "Value": "x"}]}"#));
    let message = "there is no export 'orders-identifier' (did you mean 'orders-identifier2'?): 'RDSInstanceIdentifier' is empty, and the \
                   step fails";
    assert_eq!(
        gone.findings.iter().map(|it| (it.id, it.message.as_str())).collect::<Vec<_>>(),
        [("import-not-found", message)]
    );
    assert_eq!(exports("{}"), Err("there is no array 'Exports'".to_owned()));
    assert_eq!(
        exports("{\"Exports\": [\n{\"Name\": \"x\"}]}"),
        Err("line 2: an export has no 'Name' or no 'Value'".to_owned())
    );
}

#[test]
fn what_can_be_put_right_is_and_then_nothing_is_left_of_it() {
    let faulty = json!({"StatePayload": [
        {"layer": 2, "resources": [{"resourceType": "failoverElastiCacheCluster", "parameters": {"GlobalReplicationGroupId": "ld-carts",
            "TargetRegion": WEST, "TargetReplicationGroupId": "carts-west"}}]},
        {"layer": 1, "resources": [{"ResourceType": "PromoteRDSReadReplica", "resourceName": "orders",
            "parameters": {"RdsInstanceIdentifier": "orders-west"}}]},
    ]});
    let found = look(&faulty, &estate(), &Asked::default());
    let corrected = serde_json::to_value(found.corrected.unwrap()).unwrap();
    let step = |kind: &str, name: &str, parameters: Value| json!({"resourceType": kind, "resourceName": name, "parameters": parameters});
    let expected = json!({"StatePayload": [
        {"layer": 1, "resources": [step("PromoteRDSReadReplica", "orders", json!({"RDSInstanceIdentifier": "orders-west"}))]},
        {"layer": 2, "resources": [step("FailoverElastiCacheCluster", "ld-carts", json!({"GlobalReplicationGroupId": "ld-carts",
            "TargetRegion": WEST, "TargetReplicationGroupId": "carts-west"}))]},
    ]});
    assert_eq!(corrected, expected);
    assert_eq!(said(&look(&corrected, &estate(), &Asked::default())), Vec::<String>::new());
}
