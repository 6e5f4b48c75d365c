//! Tables, buckets and file systems: which of their copies are there, and take what is written.

use super::*;

const SEEN: &[(&str, &str, &str, &str)] = ALL_SEEN;

fn store(kind: &str, id: &str, region: &str, more: Value) -> Value {
    let mut store = json!({
        "id": id, "kind": kind, "name": "orders", "place": place(region), "tags": {},
        "status": {"state": "active", "healthy": true, "created_at": "2026-01-01T00:00:00Z"},
        "backup": {"enabled": true, "versioned": true},
    });
    for (facet, value) in more.as_object().unwrap() {
        store[facet] = value.clone();
    }
    store
}

/// What is said of the copies of the first: how, where, and whether they can be used.
fn copies(stores: Vec<Value>, seen: &[(&str, &str, &str, &str)]) -> Value {
    let id = stores[0]["id"].as_str().unwrap().to_owned();
    let joined = facts(inventory(stores, seen), &paired(), &id, &["copies"]);
    let copies = joined["joined"]["copies"].as_array().unwrap().iter();
    copies.map(|copy| json!([copy["mechanism"], copy["id"], copy["region"], copy.get("usable")])).collect()
}

fn table(region: &str, more: Value) -> Value {
    store("aws.dynamodb.table", &arn("dynamodb", region, "table/orders"), region, more)
}

#[test]
fn a_replica_of_a_table_follows_if_its_source_says_so_and_it_is_in_order() {
    let there = arn("dynamodb", "us-west-2", "table/orders");
    let source = |broken: Value| {
        let replication = json!({"role": "primary", "source": null, "replicas": [], "regions": ["us-west-2"],
            "broken_regions": broken, "partial_regions": []});
        table("us-east-1", json!({"replication": replication}))
    };
    let replication = json!({"role": "primary", "source": null, "replicas": [], "regions": ["us-east-1"],
        "broken_regions": [], "partial_regions": []});
    let replica = |healthy: bool| {
        let status = json!({"state": "active", "healthy": healthy, "created_at": null});
        table("us-west-2", json!({"replication": replication, "status": status}))
    };
    let expected = |usable: bool| json!([["provider-replica", there, "us-west-2", usable]]);
    assert_eq!(copies(vec![source(json!([])), replica(true)], SEEN), expected(true));
    assert_eq!(copies(vec![source(json!(["us-west-2"])), replica(true)], SEEN), expected(false));
    assert_eq!(copies(vec![source(json!([])), replica(false)], SEEN), expected(false));
    // The other region was not looked at: the source says how its replica is.
    assert_eq!(copies(vec![source(json!([]))], &SEEN[..2]), expected(true));
}

#[test]
fn no_pass_without_evidence_a_replica_of_another_account_follows_only_if_the_source_says_so() {
    let there = arn("dynamodb", "us-west-2", "table/orders").replace(ACCOUNT, "444455556666");
    let source = |broken: Value| {
        let replication = json!({"role": "primary", "source": null, "replicas": [there], "regions": [],
            "broken_regions": broken, "partial_regions": []});
        table("us-east-1", json!({"replication": replication}))
    };
    let here = arn("dynamodb", "us-east-1", "table/orders");
    let own = json!({"role": "primary", "source": null, "replicas": [here], "regions": [], "broken_regions": [],
        "partial_regions": []});
    let mut replica = store("aws.dynamodb.table", &there, "us-west-2", json!({"replication": own}));
    replica["place"]["account"] = json!("444455556666");
    let seen = [SEEN, &[("444455556666", "us-west-2", "*", "complete")]].concat();
    let expected = |usable: Value| json!([["provider-replica", there, "us-west-2", usable]]);
    assert_eq!(copies(vec![source(json!([])), replica.clone()], &seen), expected(json!(true)));
    assert_eq!(copies(vec![source(json!(["us-west-2"])), replica], &seen), expected(json!(false)));
    // Nobody looked at the other account.
    assert_eq!(copies(vec![source(json!([]))], SEEN)[0][3], Value::Null);
}

fn bucket(name: &str, region: &str, versioned: Value, replicas: Value, regions: Value) -> Value {
    let replication = json!({"role": "primary", "replicas": replicas, "regions": regions, "partial_regions": []});
    let more = json!({"replication": replication, "backup": {"versioned": versioned}});
    store("aws.s3.bucket", &format!("arn:aws:s3:::{name}"), region, more)
}

#[test]
fn a_bucket_that_a_rule_names_takes_what_is_written_if_both_keep_versions() {
    let rule = |versioned: Value| {
        bucket("orders", "us-east-1", versioned, json!(["arn:aws:s3:::there"]), json!(["us-west-2"]))
    };
    let there = |versioned: Value| bucket("there", "us-west-2", versioned, json!([]), json!([]));
    let expected = |usable: Value| json!([["provider-replica", "arn:aws:s3:::there", "us-west-2", usable]]);
    let (on, off) = (json!(true), json!(false));
    assert_eq!(copies(vec![rule(on.clone()), there(on.clone())], SEEN), expected(json!(true)));
    assert_eq!(copies(vec![rule(on.clone()), there(off.clone())], SEEN), expected(json!(false)));
    assert_eq!(copies(vec![rule(off), there(on.clone())], SEEN), expected(json!(false)));
    // The bucket is another's: where it is is known, and nothing else.
    assert_eq!(copies(vec![rule(on)], SEEN), json!([["provider-replica", null, "us-west-2", null]]));
}

#[test]
fn a_bucket_that_a_rule_names_is_a_copy_unless_each_names_the_other() {
    let (here, there) = ("arn:aws:s3:::orders", "arn:aws:s3:::there");
    let source = |of: &str, back: Value| {
        let buckets = vec![
            bucket("orders", "us-east-1", json!(true), json!([there]), json!(["us-west-2"])),
            bucket("there", "us-west-2", json!(true), back, json!([])),
        ];
        facts(inventory(buckets, SEEN), &paired(), of, &["source"])["joined"]["source"]["id"].clone()
    };
    assert_eq!([source(here, json!([])), source(there, json!([]))], [Value::Null, json!(here)]);
    assert_eq!([source(here, json!([here])), source(there, json!([here]))], [Value::Null, Value::Null]);
}

#[test]
fn a_file_system_has_one_copy_however_many_say_so() {
    let (here, there) = (
        arn("elasticfilesystem", "us-east-1", "file-system/fs-1"),
        arn("elasticfilesystem", "us-west-2", "file-system/fs-2"),
    );
    let source = |broken: Value| {
        let replication = json!({"role": "primary", "source": null, "replicas": [there], "regions": ["us-west-2"],
            "broken_regions": broken, "partial_regions": []});
        store("aws.efs.filesystem", &here, "us-east-1", json!({"replication": replication}))
    };
    let replica = |healthy: bool| {
        let replication = json!({"role": "replica", "source": here, "cross_region": true, "replicas": [], "regions": [],
            "partial_regions": [], "status": "enabled", "healthy": healthy, "lag_seconds": 60.0});
        let mut there = store("aws.efs.filesystem", &there, "us-west-2", json!({"replication": replication}));
        there["links"] = json!([{"rel": "replica-of", "to": here}]);
        there
    };
    let expected = |usable: Value| json!([["replica", there, "us-west-2", usable]]);
    assert_eq!(copies(vec![source(json!([])), replica(true)], SEEN), expected(json!(true)));
    assert_eq!(copies(vec![source(json!([])), replica(false)], SEEN), expected(json!(false)));
    assert_eq!(copies(vec![source(json!([]))], &SEEN[..2]), expected(Value::Null));
}
