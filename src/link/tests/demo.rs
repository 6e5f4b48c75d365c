//! The demo estate: the file is as the collector would write it, and what is unknown in it is what it is to show.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::link::index::Index;
use crate::link::{Joiner, prepare};
use crate::model::{Kind, Linked, Rel};

const ESTATE: &[u8] = include_bytes!("../../../fixtures/inventories/demo.ndjson");
const CONFIG: &str = include_str!("../../../fixtures/inventories/demo.yaml");

#[test]
fn the_file_is_sorted_and_written_as_the_collector_writes_it() {
    let mut estate = Inventory::parse(ESTATE).unwrap();
    estate.sort();
    let mut written = Vec::new();
    estate.write(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(ESTATE.to_vec()).unwrap());
}

/// Users of a key or a role are looked for among the kinds that declare such a relation.
#[test]
fn every_edge_is_one_that_its_kind_declares() {
    let estate = Inventory::parse(ESTATE).unwrap();
    let index = Index::new(&estate.resources);
    let kind = |at: u32| estate.resources[at as usize].kind;
    let all = (0..estate.resources.len() as u32).flat_map(|at| index.all_to(at).map(move |(rel, to)| (at, rel, to)));
    let edges: BTreeSet<(Kind, Rel, Kind)> = all.map(|(from, rel, to)| (kind(from), rel, kind(to))).collect();
    assert!(edges.len() > 20, "{edges:?}");
    let declares = |(from, rel, to): &(Kind, Rel, Kind)| {
        from.info().targets(*rel).contains(&to.name()) || (*rel == Rel::TrustsIssuer && from.info().has(*rel))
    };
    let undeclared: Vec<_> = edges.into_iter().filter(|edge| !declares(edge)).collect();
    assert_eq!(undeclared, []);
}

/// What is joined in passing is what a linked estate keeps, and what remains of it is a part of that.
#[test]
fn joined_in_passing_it_is_the_same() {
    let config: Config = serde_saphyr::from_str(CONFIG).unwrap();
    let mut estate = Inventory::parse(ESTATE).unwrap();
    let now = estate.collected_at;
    let mut linked = estate.clone();
    link(&mut linked, &config, now);
    // What an earlier run has joined is gone.
    estate.clone_from(&linked);
    prepare(&mut estate);
    let joiner = Joiner::new(&estate, &config, now);
    for (at, resource) in linked.resources.iter().enumerate() {
        let joins = joiner.joins(at).unwrap();
        assert_eq!(Some(&*joins.joined), resource.joined.as_deref(), "{}", resource.id);
        let with_joins: BTreeMap<_, _> = Linked::new(&estate.resources[at], Some(&joins)).unknown().collect();
        assert_eq!(with_joins, Linked::from(resource).unknown().collect(), "{}", resource.id);
    }
    joiner.into_remains().fill(&mut estate);
    let kept = |resource: &Resource| {
        let joined = resource.joined.clone().unwrap();
        let mut unknown = resource.unknown.clone();
        let paths = ["applications", "pattern", "recovery_region", "recovery_account", "needed_in_recovery"];
        unknown.retain(|path, _| paths.iter().any(|name| path.strip_prefix("joined.") == Some(name)));
        (
            (joined.applications.clone(), joined.pattern.clone(), joined.recovery_region.clone()),
            (joined.recovery_account.clone(), joined.is_recovery_side, joined.needed_in_recovery),
            unknown,
        )
    };
    for (one, other) in estate.resources.iter().zip(&linked.resources) {
        assert_eq!(kept(one), kept(other), "{}", one.id);
    }
}

#[test]
fn the_keys_of_the_denied_region_are_unknown_and_what_nobody_measured() {
    let mut estate = Inventory::parse(ESTATE).unwrap();
    let config: Config = serde_saphyr::from_str(CONFIG).unwrap();
    let now = estate.collected_at;
    link(&mut estate, &config, now);
    let unknown: BTreeSet<_> = estate
        .resources
        .iter()
        .flat_map(|resource| resource.unknown.iter().map(|(path, why)| (resource.name.as_str(), path.as_str(), why)))
        .map(|(name, path, why)| format!("{name} {path}: {why}"))
        .collect();
    let denied = "kms:ListKeys denied in 444455556666 · us-west-2: not authorized to perform the call";
    let keys = [
        "analytics-recovery joined.keys.state",
        "analytics-recovery joined.keys.usable",
        "b6d49f2e-7c30-4a58-91e6-0f3d2c1b4a57 joined.counterpart",
        "reports-db joined.backup_chain.holds",
        "reports-db joined.copies.opening.opens",
        "reports-db joined.copies.usable",
        "reports-db joined.keys.counterpart.state",
        "reports-db joined.keys.counterpart.usable",
        "reports-db joined.keys.state",
        "reports-db joined.keys.usable",
        "warehouse joined.backup_chain.holds",
        "warehouse joined.copies.opening.opens",
        "warehouse joined.copies.usable",
        "warehouse joined.keys.counterpart.state",
        "warehouse joined.keys.counterpart.usable",
        "warehouse joined.keys.state",
        "warehouse joined.keys.usable",
        "warehouse-1 joined.backup_chain.holds",
        "warehouse-1 joined.keys.counterpart",
        "warehouse-1 joined.point_gap",
    ];
    let older = "no restore succeeded in the last 400 days, and older jobs are not read";
    let untested = [
        "catalog-1",
        "catalog-2",
        "catalog-west",
        "customers-db-replica",
        "invoices-db",
        "ledger-db",
        "orders-db-replica",
        "reports-db",
        "warehouse",
        "warehouse-1",
    ];
    let keys = keys.map(|fact| format!("{fact}: {denied}"));
    let untested = untested.iter().flat_map(|name| {
        ["restore_test_age_days", "restore_seconds"].map(|fact| format!("{name} joined.{fact}: {older}"))
    });
    // CloudWatch is not in it.
    let lags = [
        ("catalog", "us-west-2"),
        ("catalog-west", "us-east-1"),
        ("customers-db", "us-west-2"),
        ("sessions", "us-west-2"),
        ("sessions-west", "us-east-1"),
    ];
    let lags = lags.iter().flat_map(|(name, region)| {
        ["period_minutes", "seconds", "stopped"]
            .map(|fact| format!("{name} joined.lags.{fact}: cloudwatch in 111122223333 · {region} was not collected"))
    });
    // Networks are not in it.
    let network = ["subnet-0a3f5c7e9b1d2f468", "subnet-0b4e6d8f1a2c3e579", "subnet-0c5d7f9e2b3a4d68a"];
    let network = network.iter().flat_map(|name| {
        ["counterpart", "ways_out"].map(|fact| format!("{name} joined.{fact}: its network was not found"))
    });
    assert_eq!(unknown, keys.into_iter().chain(untested).chain(lags).chain(network).collect());
}
