//! The first law, fact by fact: who takes evidence away gets *unknown*, or the same verdict, and never another one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use seaworthy::config::Loaded;
use seaworthy::model::{Inventory, Resource};
use seaworthy::pipeline::{Input, Pipeline, Request};
use seaworthy::result::{Finding, Outcome};
use serde_json::{Value, json};

/// Parts of a resource that are no facts.
const ENVELOPE: &[&str] = &["id", "kind", "name", "place", "tags", "links", "unknown", "origin"];

/// What may become of a verdict nevertheless, and why.
const RIGHT: &[(&str, &str, &str, &str)] = &[
    (
        "default-route-missing-in-recovery-region",
        "pass",
        "not-applicable",
        "subnet-missing-in-recovery-region is unknown",
    ),
    (
        "no-copy-in-recovery-region",
        "pass",
        "not-applicable",
        "no-cross-region-copy or no-cross-region-replica is unknown",
    ),
    ("restore-not-tested", "not-applicable", "fail", "it was not restored, whichever of two policies tells that"),
    ("route-missing-in-recovery-region", "pass", "not-applicable", "subnet-missing-in-recovery-region is unknown"),
    ("settings-group-differs", "not-applicable", "pass", "both groups are read, and set the same"),
];

type Verdicts = BTreeMap<(String, String), &'static str>;

fn verdicts(pipeline: &Pipeline, inventory: Inventory) -> Verdicts {
    let report = pipeline.report(Input::from(inventory), &Outcome::ALL).unwrap();
    let key = |finding: &Finding| (report.policy(finding).id.to_string(), finding.resource.id.to_string());
    report.verdicts.iter().map(|finding| (key(finding), finding.outcome.word())).collect()
}

/// Paths of all facts, those in lists included.
fn paths(value: &Value, above: &str, found: &mut Vec<String>) {
    let join = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
    match value {
        Value::Object(members) => {
            for (name, value) in
                members.iter().filter(|(name, _)| !above.is_empty() || !ENVELOPE.contains(&name.as_str()))
            {
                let path = join(name);
                if !above.is_empty() {
                    found.push(path.clone());
                }
                paths(value, &path, found);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().filter(|(_, item)| item.is_object()).for_each(|(at, item)| {
                paths(item, &join(&at.to_string()), found);
            });
        }
        _ => {}
    }
}

/// The resource without that fact, which is said to be unknown.
fn without(resource: &Value, path: &str) -> Resource {
    let mut masked = resource.clone();
    let (above, name) = path.rsplit_once('.').unwrap();
    let holder = masked.pointer_mut(&format!("/{}", above.replace('.', "/"))).unwrap();
    holder.as_object_mut().unwrap().remove(name);
    if !masked["unknown"].is_object() {
        masked["unknown"] = json!({});
    }
    masked["unknown"][path] = json!("taken away");
    serde_json::from_value(masked).unwrap()
}

/// Takes each fact of each kind of resource away, once a region where there are many, and tells what becomes of any verdict.
fn broken(estate: &str, configuration: &str) -> (usize, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let inventory = || Inventory::parse(&std::fs::read(root.join(estate)).unwrap()).unwrap();
    let loaded = Loaded::parse("seaworthy.yaml", &std::fs::read_to_string(root.join(configuration)).unwrap()).unwrap();
    let whole = inventory();
    let pipeline = Pipeline::new(Request::new(loaded, whole.collected_at)).unwrap();
    let before = verdicts(&pipeline, inventory());
    let (mut taken, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, resource) in whole.resources.iter().enumerate() {
        let value = serde_json::to_value(resource).unwrap();
        let mut facts = Vec::new();
        paths(&value, "", &mut facts);
        for path in facts {
            let general: Vec<&str> = path.split('.').filter(|name| name.parse::<usize>().is_err()).collect();
            // What is lost and what takes its place are not the same question.
            if !seen.insert((resource.kind.name(), resource.region().unwrap_or_default(), general.join("."))) {
                continue;
            }
            taken.push((at, path));
        }
    }
    let told = |(at, path): &(usize, String)| {
        let resource = &whole.resources[*at];
        let mut masked = whole.clone();
        masked.resources[*at] = without(&serde_json::to_value(resource).unwrap(), path);
        let after = verdicts(&pipeline, masked);
        let mut broken = Vec::new();
        for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let of = |all: &Verdicts| all.get(key).copied().unwrap_or("not-applicable");
            let (was, is) = (of(&before), of(&after));
            let is_right = RIGHT.iter().any(|(policy, from, to, _)| (*policy, *from, *to) == (&key.0, was, is));
            if was != is && is != "unknown" && !is_right {
                broken.push(format!("{} of {}: {} of {} was {was}, is {is}", path, resource.name, key.0, key.1));
            }
        }
        broken
    };
    let broken = taken.par_iter().flat_map_iter(told).collect();
    (taken.len(), broken)
}

#[test]
fn no_pass_without_evidence_each_fact_that_is_taken_away_leaves_unknown_or_the_same() {
    let (taken, broken_by) = broken("plans/taken-away/estate.ndjson", "plans/taken-away/seaworthy.yaml");
    assert!(taken > 300, "{taken}");
    assert_eq!(broken_by, BTreeSet::new());
    let (taken, broken_by) = broken("inventories/demo.ndjson", "inventories/demo.yaml");
    assert!(taken > 300, "{taken}");
    assert_eq!(broken_by, BTreeSet::new());
}

#[test]
fn the_same_of_whole_applications() {
    let mut all = BTreeMap::new();
    for pattern in ["backup-restore", "pilot-light", "warm-standby", "active-active"] {
        let (taken, broken_by) =
            broken(&format!("applications/{pattern}.ndjson"), &format!("applications/{pattern}.yaml"));
        assert!(taken > 300, "{pattern}: {taken}");
        for line in broken_by {
            all.entry(line).or_insert(pattern);
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
