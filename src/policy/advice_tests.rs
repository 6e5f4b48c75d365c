//! Following the advice of a policy never makes the answer worse.

use super::tests::{built_in, demo};
use super::*;
use crate::model::{Inventory, Resource, Severity};
use crate::result::Outcome;

/// A change of the facts that a policy asks for: the policy, the facts as it blames them, and as its fix makes them.
type Advice = (&'static str, &'static [(&'static str, fn() -> Json, fn() -> Json)]);

fn off() -> Json {
    false.into()
}

fn on() -> Json {
    true.into()
}

const ADVICE: &[Advice] = &[
    (
        "backup-disabled",
        &[
            ("/backup/enabled", off, on),
            ("/backup/point_in_time", off, on),
            ("/backup/retention_days", || 0.into(), || 35.into()),
        ],
    ),
    ("backup-retention-too-short", &[("/backup/retention_days", || 1.into(), || 35.into())]),
    ("cache-backup-disabled", &[("/backup/enabled", off, on), ("/backup/retention_days", || 0.into(), || 7.into())]),
    ("replica-without-backups", &[("/backup/enabled", off, on), ("/backup/retention_days", || 0.into(), || 7.into())]),
    ("deletion-protection-off", &[("/protection/deletion_protection", off, on)]),
    ("vault-not-locked", &[("/protection/locked", off, on)]),
    ("single-zone-database", &[("/redundancy/multi_zone", off, on)]),
    ("single-zone-cache", &[("/redundancy/multi_zone", off, on)]),
    ("single-zone-scaling-group", &[("/redundancy/multi_zone", off, on)]),
    ("replica-single-zone", &[("/redundancy/multi_zone", off, on)]),
    ("cache-without-failover", &[("/redundancy/automatic_failover", off, on)]),
    ("headless-global-cluster", &[("/redundancy/instances", || 0.into(), || 1.into())]),
    ("aurora-single-instance", &[("/redundancy/instances", || 1.into(), || 2.into())]),
    ("replica-not-healthy", &[("/replication/healthy", off, on), ("/status/healthy", off, on)]),
    ("managed-secret-in-one-region", &[("/database/managed_secret", on, off)]),
    ("key-not-usable", &[("/status/state", || "disabled".into(), || "enabled".into()), ("/status/healthy", off, on)]),
    (
        "key-pending-deletion",
        &[("/status/state", || "pendingdeletion".into(), || "enabled".into()), ("/status/healthy", off, on)],
    ),
];

/// The estate with those facts of every resource that the policy is asked of, where they are known at all.
fn with(estate: &Inventory, kinds: &[Kind], facts: &[(&str, Json)]) -> Inventory {
    let mut changed = estate.clone();
    for resource in &mut changed.resources {
        let mut json = serde_json::to_value(&*resource).unwrap();
        if !kinds.contains(&resource.kind) {
            continue;
        }
        for (pointer, value) in facts {
            if let Some(fact) = json.pointer_mut(pointer).filter(|fact| !fact.is_null()) {
                *fact = value.clone();
            }
        }
        *resource = serde_json::from_value::<Resource>(json).unwrap();
    }
    changed
}

/// What fails: policy and resource, whether it blocks, and how bad it is.
fn failed(set: &PolicySet, mut estate: Inventory, config: &crate::config::Config) -> Vec<(String, bool, Severity)> {
    let now = estate.collected_at;
    crate::link::link(&mut estate, config, now);
    let options =
        Options { jobs: 0, keep: vec![Outcome::Fail], backend: Backend::Compiled, documents: Default::default() };
    let judged = judge(set, &estate.resources, &options).unwrap();
    let said = |verdict: &crate::result::Verdict| {
        let policy = &set.policies[verdict.policy];
        let name = format!("{} of {}", policy.id(), estate.resources[verdict.resource].name);
        (name, policy.is_blocker(), verdict.severity)
    };
    // These ask of a cache only once snapshots of it are taken, so that taking them would look like a new problem: what a
    // cache needs elsewhere is asked whether or not they are.
    let of_snapshots = |verdict: &&crate::result::Verdict| {
        let id = set.policies[verdict.policy].id();
        let is_cache = estate.resources[verdict.resource].kind.info().service == "elasticache";
        is_cache && ["no-copy-in-recovery-region", "no-cross-region-copy", "no-cross-region-replica"].contains(&id)
    };
    judged.verdicts.iter().filter(|verdict| !of_snapshots(verdict)).map(said).collect()
}

fn weight(failed: &[(String, bool, Severity)]) -> usize {
    let of = |severity| match severity {
        Severity::Critical => 1_000,
        Severity::High => 100,
        Severity::Medium => 10,
        Severity::Low => 1,
    };
    failed.iter().map(|(_, _, severity)| of(*severity)).sum()
}

#[test]
fn following_advice_brings_no_blocker_and_nothing_worse_than_what_it_mends() {
    let set = built_in();
    let (estate, config) = demo();
    let (mut worse, mut tried) = (Vec::new(), 0);
    for (id, facts) in ADVICE {
        let kinds = &set.find(id).unwrap_or_else(|| panic!("no policy {id}")).header.custom.kinds;
        let blamed: Vec<_> = facts.iter().map(|(pointer, bad, _)| (*pointer, bad())).collect();
        let mended: Vec<_> = facts.iter().map(|(pointer, _, good)| (*pointer, good())).collect();
        let before = failed(&set, with(&estate, kinds, &blamed), &config);
        let after = failed(&set, with(&estate, kinds, &mended), &config);
        tried += before.iter().filter(|(name, ..)| name.starts_with(&format!("{id} of "))).count();
        let was = |name: &String| before.iter().any(|(other, ..)| other == name);
        for (name, ..) in after.iter().filter(|(name, blocker, _)| *blocker && !was(name)) {
            worse.push(format!("after the advice of {id}: {name} is a new blocker"));
        }
        if weight(&after) > weight(&before) {
            worse.push(format!("after the advice of {id} more is wrong than before"));
        }
    }
    assert_eq!(worse, Vec::<String>::new());
    assert!(tried > 20, "only {tried} failures were mended");
}
