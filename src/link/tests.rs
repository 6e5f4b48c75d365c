//! The same small estates, seen in full, seen in part, and seen by a plan only. Whole joined values are asserted.

mod apart;
mod apis;
mod applications;
mod artifacts;
mod backups;
mod chain;
mod declared;
mod demo;
mod disks;
mod edge;
mod evidence;
mod functions;
mod gone;
mod in_cluster;
mod keys;
mod lags;
mod limits;
mod machines;
mod needs;
mod networks;
mod openings;
mod places;
mod reach;
mod restore_tests;
mod settings;
mod stacks;
mod stand_in;
mod startup;
mod stores;
mod subnets;
mod traffic;
mod transit;
mod vaults;
mod warehouses;
mod ways;
mod zones;

use serde_json::{Value, json};

use super::link;
use crate::config::{Config, RecoveryPair};
use crate::model::{Inventory, Resource};

const ACCOUNT: &str = "111122223333";
const NOW: &str = "2026-01-10T00:00:00Z";

/// Resources from their JSON, with a coverage row each of `(account, region, service, status)`.
fn inventory(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Inventory {
    let coverage = coverage.iter().map(|(account, region, service, status)| {
        serde_json::from_value(json!({
            "account": account, "region": region, "service": service, "status": status, "at": NOW,
            "action": if *status == "denied" { Some(format!("{service}:List")) } else { None },
        }))
        .unwrap()
    });
    Inventory {
        coverage: coverage.collect(),
        resources: resources
            .into_iter()
            .map(|resource| serde_json::from_value::<Resource>(resource).unwrap())
            .collect(),
        collected_at: NOW.parse().unwrap(),
        sources: vec!["test".to_owned()],
    }
}

/// Both regions and the global services of the account, seen in full.
const ALL_SEEN: &[(&str, &str, &str, &str)] =
    &[(ACCOUNT, "", "*", "complete"), (ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "*", "complete")];

/// The recovery region was refused.
const RECOVERY_DENIED: &[(&str, &str, &str, &str)] = &[
    (ACCOUNT, "", "*", "complete"),
    (ACCOUNT, "us-east-1", "*", "complete"),
    (ACCOUNT, "us-west-2", "backup", "complete"),
    (ACCOUNT, "us-west-2", "kms", "denied"),
    (ACCOUNT, "us-west-2", "rds", "denied"),
];

/// us-east-1 comes back in us-west-2.
fn paired() -> Config {
    let pair = RecoveryPair {
        from: "us-east-1".to_owned(),
        to: "us-west-2".to_owned(),
        account: None,
        to_account: None,
        restore_role: None,
        keys: [].into(),
    };
    Config { recovery: vec![pair], ..Config::default() }
}

/// Links, and gives what was joined onto a resource, with what is not known of it.
fn joined(mut inventory: Inventory, config: &Config, id: &str) -> Value {
    link(&mut inventory, config, NOW.parse().unwrap());
    let resource = inventory.resources.iter().find(|resource| resource.id == id).unwrap();
    json!({"joined": resource.joined, "unknown": resource.unknown})
}

/// A few facts of what was joined.
fn facts(inventory: Inventory, config: &Config, id: &str, names: &[&str]) -> Value {
    let all = joined(inventory, config, id);
    let pick = |name: &&str| Some(((*name).to_owned(), all["joined"].get(*name)?.clone()));
    let unknown = all["unknown"].as_object().unwrap().iter();
    let unknown = unknown.filter(|(path, _)| names.iter().any(|name| path.starts_with(&format!("joined.{name}"))));
    json!({
        "joined": names.iter().filter_map(pick).collect::<serde_json::Map<_, _>>(),
        "unknown": unknown.map(|(path, why)| (path.clone(), why.clone())).collect::<serde_json::Map<_, _>>(),
    })
}

/// The applications of a resource, where the shop has what is tagged so.
fn applications_of(resources: &[Value], id: &str) -> Value {
    let mut config = paired();
    config.applications.insert("shop".to_owned(), serde_json::from_value(json!({"tags": {"app": "shop"}})).unwrap());
    facts(inventory(resources.to_vec(), ALL_SEEN), &config, id, &["applications"])["joined"]["applications"].take()
}

fn arn(service: &str, region: &str, rest: &str) -> String {
    format!("arn:aws:{service}:{region}:{ACCOUNT}:{rest}")
}

fn place(region: &str) -> Value {
    json!({"account": ACCOUNT, "region": region})
}

/// The database that most tests ask about: encrypted, in us-east-1, with the replicas that are given.
fn orders(replicas: &[&str]) -> Value {
    json!({
        "id": arn("rds", "us-east-1", "db:orders"), "kind": "aws.rds.instance", "name": "orders",
        "place": place("us-east-1"), "tags": {"app": "shop"},
        "status": {"state": "available", "healthy": true, "created_at": "2024-01-11T00:00:00Z"},
        "replication": {"role": "primary", "source": null, "replicas": replicas, "global": null},
        "encryption": {"enabled": true, "key": arn("kms", "us-east-1", "key/east")},
        "database": {"engine": "postgres", "engine_version": "16.3", "cluster": null, "parameter_group": "tuned",
            "option_group": null},
    })
}

/// Its replica in us-west-2.
fn orders_replica() -> Value {
    json!({
        "id": arn("rds", "us-west-2", "db:orders-replica"), "kind": "aws.rds.instance", "name": "orders-replica",
        "place": place("us-west-2"), "tags": {},
        "status": {"state": "available", "healthy": true, "created_at": "2024-01-11T00:00:00Z"},
        "replication": {"role": "replica", "source": arn("rds", "us-east-1", "db:orders"), "replicas": [], "healthy": true},
        "encryption": {"enabled": true, "key": arn("kms", "us-west-2", "key/west")},
        "database": {"engine": "postgres", "engine_version": "16.3", "cluster": null, "parameter_group": "tuned",
            "option_group": null},
        "redundancy": {"multi_zone": false, "instances": 1}, "capacity": {"types": ["db.r6g.large"]},
    })
}

fn key(region: &str, id: &str, aliases: &[&str], state: &str) -> Value {
    json!({
        "id": arn("kms", region, &format!("key/{id}")), "kind": "aws.kms.key", "name": id, "place": place(region),
        "tags": {}, "status": {"state": state, "healthy": matches!(state, "enabled" | "updating")},
        "key": {"manager": "customer", "aliases": aliases, "multi_region": false, "primary": null, "replicas": [],
            "deletion_date": null, "usage": "encrypt_decrypt", "spec": "symmetric_default"},
        "access": {"statements": [{"name": "statement 1", "allow": true, "principals": ["*"], "other_principals": false,
            "actions": ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey"], "resources": ["*"],
            "other_resources": false, "conditions": []}]},
    })
}
