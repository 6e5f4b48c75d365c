//! Warehouses, whose service copies their snapshots, and databases that are one in several regions.

use super::*;

const SEEN: &[(&str, &str, &str, &str)] =
    &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "*", "complete")];

fn warehouse(copied_to: Value, source: &str) -> Value {
    json!({
        "id": arn("redshift", "us-east-1", "cluster:sales"), "kind": "aws.redshift.cluster", "name": "sales",
        "place": place("us-east-1"), "tags": {}, "backup": {"retention_days": 7, "copied_to": copied_to},
        "replication": {"role": "none", "source": null, "replicas": [], "global": null},
        "encryption": {"enabled": false, "key": null}, "origin": {"source": source},
    })
}

fn copies(warehouse: Value) -> Value {
    let id = arn("redshift", "us-east-1", "cluster:sales");
    facts(inventory(vec![warehouse], SEEN), &paired(), &id, &["copies", "offering"])
}

#[test]
fn copied_snapshots_are_copies_by_design_and_nobody_has_seen_one_arrive() {
    let to = |region: &str| json!([{"region": region, "retention_days": 7, "grant": null, "key": null}]);
    let copy = |region: &str, there: bool| {
        json!({"mechanism": "snapshot-copy", "id": null, "region": region, "account": ACCOUNT, "in_recovery_place": there,
            "state": null, "key": null, "opening": null})
    };
    let arrival = "whether a snapshot has arrived there is not read";
    let live = copies(warehouse(to("us-west-2"), "aws"));
    let joined = &live["joined"];
    assert_eq!([&joined["copies"], &joined["offering"]], [&json!([copy("us-west-2", true)]), &Value::Null]);
    assert_eq!(live["unknown"], json!({"joined.copies.age_minutes": arrival, "joined.copies.usable": arrival}));
    let mut declared = copy("eu-west-1", false);
    declared["usable"] = json!(true);
    let of_code = copies(warehouse(to("eu-west-1"), "terraform plan.json"));
    assert_eq!(of_code["joined"]["copies"], json!([declared]));
    assert_eq!(of_code["unknown"], json!({"joined.copies.age_minutes": arrival}));
    assert_eq!(copies(warehouse(to("us-east-1"), "aws"))["joined"]["copies"], json!([]));
}

#[test]
fn where_it_is_not_known_whether_snapshots_are_copied_there_may_be_copies() {
    let mut hidden = warehouse(json!([]), "aws");
    hidden["backup"].as_object_mut().unwrap().remove("copied_to");
    hidden["unknown"] = json!({"backup.copied_to": "denied"});
    let said = copies(hidden);
    assert_eq!(said["joined"]["copies"], json!([]));
    assert_eq!(said["unknown"], json!({"joined.copies": "denied"}));
    let none = copies(warehouse(json!([]), "aws"));
    assert_eq!([&none["joined"]["copies"], &none["unknown"]], [&json!([]), &json!({})]);
}

fn distributed(region: &str, id: &str, peer: (&str, &str), healthy: bool) -> Value {
    json!({
        "id": arn("dsql", region, &format!("cluster/{id}")), "kind": "aws.dsql.cluster", "name": id,
        "place": place(region), "tags": {}, "status": {"state": "active", "healthy": healthy},
        "backup": {"enabled": false, "retention_days": null, "copied_to": null},
        "replication": {"role": "primary", "source": null, "replicas": [arn("dsql", peer.0, &format!("cluster/{}", peer.1))],
            "regions": [peer.0], "partial_regions": [], "global": null, "healthy": healthy},
        "encryption": {"enabled": true, "key": null}, "origin": {"source": "aws"},
    })
}

#[test]
fn a_peer_is_a_live_replica_that_works_as_long_as_both_do() {
    let of_east = |west_works: bool| {
        let east = distributed("us-east-1", "east", ("us-west-2", "west"), true);
        let west = distributed("us-west-2", "west", ("us-east-1", "east"), west_works);
        let all = inventory(vec![east, west], SEEN);
        facts(all, &paired(), &arn("dsql", "us-east-1", "cluster/east"), &["copies", "counterpart"])
    };
    let said = |facts: &Value| {
        let copy = &facts["joined"]["copies"][0];
        json!([copy["mechanism"], copy["region"], copy["in_recovery_place"], copy["usable"]])
    };
    let both = of_east(true);
    assert_eq!(said(&both), json!(["provider-replica", "us-west-2", true, true]));
    assert_eq!(both["joined"]["counterpart"]["id"], json!(arn("dsql", "us-west-2", "cluster/west")));
    assert_eq!(said(&of_east(false)), json!(["provider-replica", "us-west-2", true, false]));
}
