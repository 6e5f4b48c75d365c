//! What is left out because no selected policy needs it changes no verdict: each policy is held against each estate, once
//! seen in full, and once without the services that it does not need.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::services;
use crate::collect::terraform;
use crate::config::Config;
use crate::link::{self, Joiner};
use crate::model::{Coverage, CoverageStatus, Fact, Inventory, Kind, Place, Resource, Timestamp};
use crate::policy::{Backend, Documents, Options, PolicySet, Source, judge_joined};
use crate::result::{Outcome, Verdict};

const ACCOUNT: &str = "111122223333";

fn built_in() -> PolicySet {
    PolicySet::from_sources(Source::built_in()).unwrap()
}

fn only(all: &PolicySet, ids: &BTreeSet<&str>) -> PolicySet {
    let mut set = all.clone();
    set.retain(|policy| ids.contains(policy.id()));
    set
}

/// Every service that is collected.
fn collected() -> BTreeSet<&'static str> {
    Kind::all().map(Kind::info).filter(|info| info.collected).map(|info| info.service).collect()
}

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)).unwrap()
}

fn config(text: &str) -> Config {
    serde_saphyr::from_str(text).unwrap()
}

fn row(region: &str, service: &str) -> Coverage {
    Coverage {
        account: ACCOUNT.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
        status: CoverageStatus::Complete,
        incomplete: Vec::new(),
        action: None,
        reason: None,
        at: Timestamp::UNIX_EPOCH,
    }
}

/// What a plan makes, as if it ran and everything of it had been seen.
fn made(plan: &str) -> Inventory {
    let bytes = fixture(&format!("plans/{plan}/plan.json"));
    let mut inventory = terraform::read(bytes, "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory;
    let global: BTreeSet<&str> =
        Kind::all().map(Kind::info).filter(|info| info.global).map(|info| info.service).collect();
    inventory.coverage = collected()
        .into_iter()
        .flat_map(|service| {
            let regions: &[&str] = if global.contains(service) { &[""] } else { &["us-east-1", "us-west-2"] };
            regions.iter().map(move |region| row(region, service))
        })
        .collect();
    for resource in &mut inventory.resources {
        let region = resource.place.region.clone();
        let region = if region.is_unknown() { Fact::Known("us-east-1".to_owned()) } else { region };
        resource.place = Place { account: Fact::Known(ACCOUNT.to_owned()), region }.into();
        (resource.change, resource.before) = (None, None);
        resource.origin = crate::model::Origin { source: "aws".to_owned(), ..Default::default() }.into();
    }
    inventory
}

/// Estates with a configuration, and what they are called.
fn estates() -> Vec<(String, Inventory, Config)> {
    let applications = "recovery:\n  - {from: us-east-1, to: us-west-2}\napplications:\n  shop:\n    tags: {app: shop}\n    pattern: pilot-light\n";
    let configs = [
        ("applications", config(applications)),
        ("pair", config("recovery:\n  - {from: us-east-1, to: us-west-2}\n")),
        ("nothing", config("{}")),
    ];
    let demo = Inventory::parse(&fixture("inventories/demo.ndjson")).unwrap();
    let demo_config = config(std::str::from_utf8(&fixture("inventories/demo.yaml")).unwrap());
    let mut estates = vec![("demo with its own configuration".to_owned(), demo.clone(), demo_config)];
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans")).unwrap();
    let plans = folder.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let mut named: Vec<(String, Inventory)> = plans
        .map(|entry| entry.file_name().into_string().unwrap())
        .map(|name| (name.clone(), made(&name)))
        .chain([("demo".to_owned(), demo)])
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, inventory) in named {
        for (title, config) in &configs {
            estates.push((format!("{name} with {title}"), inventory.clone(), config.clone()));
        }
    }
    estates
}

/// The estate as it is when only these services are asked.
fn narrowed(inventory: &Inventory, needed: &BTreeSet<&str>) -> Inventory {
    let mut inventory = inventory.clone();
    inventory.resources.retain(|one| {
        let info = one.kind.info();
        !info.collected || needed.contains(info.service)
    });
    for row in inventory.coverage.iter_mut().filter(|row| !needed.contains(row.service.as_str())) {
        (row.status, row.incomplete, row.action) = (CoverageStatus::Skipped, Vec::new(), None);
        row.reason = Some(Coverage::NOT_NEEDED.to_owned());
    }
    inventory
}

/// What each policy says of each resource, with the applications that it is told to be of.
type Said = BTreeMap<(String, String), Vec<(Verdict, Option<Fact<Vec<String>>>)>>;

fn said(set: &PolicySet, inventory: &Inventory, config: &Config) -> Said {
    let mut inventory = inventory.clone();
    link::prepare(&mut inventory);
    let joiner = Joiner::new(&inventory, config, inventory.collected_at);
    let options = Options {
        jobs: 1,
        keep: Outcome::ALL.to_vec(),
        backend: Backend::default(),
        documents: Documents { all: &[], before: false },
    };
    let judged = judge_joined(set, &inventory.resources, &|at| joiner.joins(at), &options).unwrap();
    let all = (0..inventory.resources.len()).map(|at| joiner.joins(at).map(|joins| joins.joined.applications));
    let applications: Vec<_> = all.collect();
    let mut said = Said::new();
    for verdict in judged.verdicts {
        let resource: &Resource = &inventory.resources[verdict.resource];
        let key = (set.policies()[verdict.policy].id().to_owned(), resource.id.clone());
        let of = applications[verdict.resource].clone();
        said.entry(key).or_default().push((Verdict { policy: 0, resource: 0, ..verdict }, of));
    }
    said
}

/// An estate in which nothing is but what the policies are about: what they search for is not there.
fn alone(inventory: &Inventory, set: &PolicySet) -> Inventory {
    let mut inventory = inventory.clone();
    inventory.resources.retain(|one| set.policies().iter().any(|policy| policy.kinds().any(|kind| kind == one.kind)));
    inventory
}

#[test]
fn what_a_policy_does_not_need_changes_nothing_that_it_says() {
    let all = built_in();
    // Read once, for all copies of it.
    all.reads().unwrap();
    let compared = AtomicUsize::new(0);
    let of_one = |(name, inventory, config): (String, Inventory, Config)| {
        let mut differences = Vec::new();
        let full = said(&all, &inventory, &config);
        // Policies that need the same are asked together.
        let mut groups: BTreeMap<BTreeSet<&str>, BTreeSet<&str>> = BTreeMap::new();
        for policy in all.policies() {
            let needed = services(&only(&all, &[policy.id()].into()), &config).unwrap();
            groups.entry(needed).or_default().insert(policy.id());
        }
        for (needed, ids) in groups {
            let set = only(&all, &ids);
            let of = |said: &Said| -> Said {
                said.iter()
                    .filter(|((policy, _), _)| ids.contains(policy.as_str()))
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect()
            };
            let alone = alone(&inventory, &set);
            let cases = [
                ("", of(&full), said(&set, &narrowed(&inventory, &needed), &config)),
                (", alone", said(&set, &alone, &config), said(&set, &narrowed(&alone, &needed), &config)),
            ];
            for (how, full, narrow) in cases {
                compared.fetch_add(full.len(), Ordering::Relaxed);
                for key in full.keys().chain(narrow.keys()).collect::<BTreeSet<_>>() {
                    if full.get(key) != narrow.get(key) {
                        let [full, narrow] = [&full, &narrow].map(|said| format!("{:#?}", said.get(key)));
                        differences.push(format!("{name}{how}: {key:?} by {needed:?}\nFULL {full}\nNARROW {narrow}"));
                    }
                }
            }
        }
        differences
    };
    let differences: Vec<String> = estates().into_par_iter().flat_map(of_one).collect();
    assert!(compared.into_inner() > 1000);
    assert!(differences.is_empty(), "{} differences, the first:\n{}", differences.len(), differences[0]);
}

/// What is said of the key of a copy, which nobody looked for where backups were left out: the provider's own key is in
/// the recovery place in any case.
const BY_ANOTHER_KEY: (&str, &str) =
    ("key-missing-in-recovery-region", "arn:aws:rds:us-east-1:444455556666:db:reports-db");

/// Whatever is left out, and whoever needs it: what hangs on it is unknown, or is not asked, and neither passes nor fails
/// by that.
#[test]
fn what_is_left_out_decides_nothing() {
    let all = built_in();
    let demo = Inventory::parse(&fixture("inventories/demo.ndjson")).unwrap();
    let config = config("recovery:\n  - {from: us-east-1, to: us-west-2}\n");
    let full = said(&all, &demo, &config);
    let outcomes = |said: &Said, key: &(String, String)| -> BTreeSet<Outcome> {
        said.get(key).into_iter().flatten().map(|(verdict, _)| verdict.outcome).collect()
    };
    let (mut decided, mut needed) = (Vec::new(), Vec::new());
    for service in collected() {
        let others: BTreeSet<&str> = collected().into_iter().filter(|other| *other != service).collect();
        let narrow = said(&all, &narrowed(&demo, &others), &config);
        let changed: Vec<_> = narrow.keys().filter(|key| full.get(*key) != narrow.get(*key)).collect();
        if !changed.is_empty() {
            needed.push(service);
        }
        for key in changed {
            let (was, is) = (outcomes(&full, key), outcomes(&narrow, key));
            let is_new = |outcome: &Outcome| matches!(outcome, Outcome::Pass | Outcome::Fail) && !was.contains(outcome);
            if is.iter().any(is_new) && (key.0.as_str(), key.1.as_str()) != BY_ANOTHER_KEY {
                decided.push(format!("without {service}: {key:?} was {was:?} and is {is:?}"));
            }
        }
    }
    assert_eq!(decided, Vec::<String>::new());
    // Something of the demo's other services hangs on these.
    let expected = [
        "autoscaling",
        "backup",
        "dlm",
        "ec2",
        "ecs",
        "efs",
        "eks",
        "elasticache",
        "elbv2",
        "fsx",
        "iam",
        "kms",
        "lambda",
        "rds",
        "rdsofferings",
        "redshift",
        "redshiftserverless",
    ];
    assert_eq!(needed, expected);
}

#[test]
fn all_policies_together_need_all_services() {
    assert_eq!(services(&built_in(), &Config::default()).unwrap(), collected());
}

/// What a policy needs, so that a change to it is seen: without applications, and with one.
#[test]
fn each_policy_needs_these_services() {
    let all = built_in();
    all.reads().unwrap();
    let pair = "recovery:\n  - {from: us-east-1, to: us-west-2}\n";
    let [bare, one] =
        ["", "applications:\n  shop:\n    tags: {app: shop}\n"].map(|more| config(&format!("{pair}{more}")));
    let lines = all.policies().iter().map(|policy| {
        let set = only(&all, &[policy.id()].into());
        let [bare, with] = [&bare, &one].map(|config| services(&set, config).unwrap());
        let words = |names: Vec<&str>| names.join(" ");
        let more = words(with.difference(&bare).copied().collect());
        let more = if more.is_empty() { more } else { format!(" (with applications {more})") };
        format!("{}: {}{more}", policy.id(), words(bare.into_iter().collect()))
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}
