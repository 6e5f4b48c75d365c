//! The same estate through both doors: what is planned is made in the emulator and collected live, and wherever the
//! plan knows a fact, the live one is the same.

mod exceptions;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use seaworthy::collect::terraform;
use seaworthy::config::Config;
use seaworthy::link::link;
use seaworthy::model::{Inventory, Resource, Timestamp};
use serde_json::Value;

use super::live;
use super::server::Moto;
use crate::tool::Tool;
use exceptions::EXCEPTIONS;

/// The plans, and what their snapshots are called: data and what keeps it; what runs, and how requests reach it.
const PLANS: [(&str, &str); 2] = [
    ("fixtures/plans/both-doors/plan.json", "side-by-side"),
    ("fixtures/plans/both-doors-application/plan.json", "side-by-side-application"),
];

/// Facts that are others in every run.
const MADE_UP: &[&str] = &[
    "backup.latest_recovery_point",
    "certificate.not_after",
    "database.endpoints",
    "kubernetes.issuer",
    "recovery_point.taken_at",
    "status.created_at",
];

/// What the two doors say of one fact.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Equal,
    /// What one side knows of it, the other side says, too.
    EqualInPart,
    UnknownInPlan,
    Exception(&'static str),
    Different,
}

impl Verdict {
    fn words(&self) -> String {
        match self {
            Self::Equal => "equal".to_owned(),
            Self::EqualInPart => "equal in part".to_owned(),
            Self::UnknownInPlan => "unknown in plan".to_owned(),
            Self::Exception(reason) => format!("exception: {reason}"),
            Self::Different => "DIFFERENT".to_owned(),
        }
    }
}

/// One fact, seen through both doors.
struct Row {
    fact: String,
    plan: Option<Value>,
    live: Option<Value>,
    verdict: Verdict,
}

#[test]
fn a_plan_and_the_estate_that_it_makes_say_the_same() {
    let mut unused: BTreeSet<(&str, &str)> = EXCEPTIONS.iter().flat_map(exceptions::Exception::pairs).collect();
    for (plan, snapshot) in PLANS {
        both_doors(plan, snapshot, &mut unused);
    }
    assert_eq!(unused, BTreeSet::new(), "exceptions that nothing needs any more");
}

/// What an exception is needed for is taken from `unused`.
fn both_doors(plan: &str, snapshot: &str, unused: &mut BTreeSet<(&str, &str)>) {
    let moto = Moto::start();
    let made = moto.run(&format!("apply_plan.py {plan}"));
    let made: BTreeMap<String, Vec<String>> = serde_json::from_str(&made).unwrap();
    let tool = Tool::new().file("seaworthy.yaml", "regions: [us-east-1, us-west-2]\n");
    let done = live(&tool, &moto.url, ("testing", "testing"), "collect -o estate.ndjson");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let live = Inventory::parse(&std::fs::read(tool.path().join("estate.ndjson")).unwrap()).unwrap();
    let plan = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(plan)).unwrap();
    let plan = terraform::read(plan, "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory;
    // Zones of what stands in subnets are a matter of the links.
    let [plan, live] = [plan, live].map(|mut inventory| {
        link(&mut inventory, &Config::default(), Timestamp::UNIX_EPOCH);
        inventory
    });

    let addresses: BTreeMap<&str, &str> =
        made.iter().flat_map(|(address, ids)| ids.iter().map(|id| (id.as_str(), address.as_str()))).collect();
    let mut table = String::new();
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for planned in &plan.resources {
        let address = planned.origin.address.as_deref().unwrap();
        let found = live.resources.iter().find(|live| made[address].contains(&live.id));
        let found = found.unwrap_or_else(|| panic!("{address} was made as {:?} and not collected", made[address]));
        writeln!(table, "\n{address}").unwrap();
        for row in compare(planned, found, &addresses, unused) {
            writeln!(table, "  {}", line(&row)).unwrap();
            *counts.entry(row.verdict).or_default() += 1;
        }
    }
    let numbers: Vec<_> = counts.iter().map(|(verdict, count)| format!("{count:4} {}", verdict.words())).collect();
    // Ids that are others in every run.
    let made_up = [(r"\b(acl|pl|rtb|sg)-[0-9a-f]{17}", "$1-…"), (r"rds!\w+-[0-9a-f-]{36}-\w{6}", "rds!…")];
    insta::with_settings!({filters => made_up.to_vec()}, {
        insta::assert_snapshot!(snapshot, format!("{}\n{table}", numbers.join("\n")));
    });
    assert_eq!(counts.get(&Verdict::Different), None, "the plan and the live estate differ:\n{table}");
}

/// Every fact of both, side by side. What an exception is needed for is taken from `unused`.
fn compare(
    planned: &Resource,
    live: &Resource,
    addresses: &BTreeMap<&str, &str>,
    unused: &mut BTreeSet<(&str, &str)>,
) -> Vec<Row> {
    let [mut plan_facts, mut live_facts] = [planned, live].map(|resource| facts(resource, addresses));
    let names: BTreeSet<String> = plan_facts.keys().chain(live_facts.keys()).cloned().collect();
    let [address, terraform_type] = [&planned.origin.address, &planned.origin.terraform_type].map(Option::as_deref);
    let whats = [address, terraform_type, Some("*")].map(Option::unwrap);
    let row = |fact: String| {
        let (plan, live_fact) = (plan_facts.remove(&fact), live_facts.remove(&fact));
        let in_part = [planned, live].iter().any(|resource| resource.unknown.contains_key(&fact));
        let verdict = match (&plan, &live_fact) {
            (None, _) => Verdict::UnknownInPlan,
            (mine, theirs) if mine == theirs => Verdict::Equal,
            (Some(mine), Some(theirs)) if agree(mine, theirs, in_part) => Verdict::EqualInPart,
            _ => match EXCEPTIONS.iter().find_map(|exception| exception.covers(whats, &fact)) {
                Some((pair, reason)) => {
                    unused.remove(&pair);
                    Verdict::Exception(reason)
                }
                None => Verdict::Different,
            },
        };
        Row { fact, plan, live: live_fact, verdict }
    };
    names.into_iter().map(row).collect()
}

/// Whether they say the same, but for what the plan leaves out, and, where a list is known in part, its other items.
fn agree(mine: &Value, theirs: &Value, in_part: bool) -> bool {
    match (mine, theirs) {
        (Value::Object(mine), Value::Object(theirs)) => {
            mine.iter().all(|(name, value)| theirs.get(name).is_some_and(|other| agree(value, other, false)))
        }
        (Value::Array(mine), Value::Array(theirs)) if in_part => {
            mine.iter().all(|item| theirs.contains(item)) || theirs.iter().all(|item| mine.contains(item))
        }
        (Value::Array(mine), Value::Array(theirs)) => {
            mine.len() == theirs.len() && mine.iter().zip(theirs).all(|(mine, theirs)| agree(mine, theirs, false))
        }
        _ => mine == theirs,
    }
}

/// The known facts of a resource by path, absent ones as null. Ids that the provider made up are given as the address
/// of what they belong to.
fn facts(resource: &Resource, addresses: &BTreeMap<&str, &str>) -> BTreeMap<String, Value> {
    let Value::Object(mut parts) = serde_json::to_value(resource).unwrap() else { panic!("{resource:?}") };
    for envelope in ["before", "change", "id", "joined", "links", "origin", "unknown"] {
        parts.remove(envelope);
    }
    let mut facts = BTreeMap::new();
    for (name, part) in parts {
        match part {
            Value::Object(inner) if name != "tags" => {
                facts.extend(inner.into_iter().map(|(fact, value)| (format!("{name}.{fact}"), value)));
            }
            value => drop(facts.insert(name, value)),
        }
    }
    for link in resource.links.iter() {
        let rel = serde_json::to_value(link.rel).unwrap();
        let targets =
            facts.entry(format!("links.{}", rel.as_str().unwrap())).or_insert_with(|| Value::Array(Vec::new()));
        // Links may name what is in the same place by its bare name.
        let vault =
            format!("arn:aws:backup:{}:123456789012:backup-vault:{}", resource.region().unwrap_or_default(), link.to);
        let to = Value::String(if addresses.contains_key(vault.as_str()) { vault } else { link.to.clone() });
        let targets = targets.as_array_mut().unwrap();
        // Several parts of a resource may lead to the same.
        if !targets.contains(&to) {
            targets.push(to);
        }
    }
    facts.into_iter().map(|(fact, value)| (fact, by_address(value, addresses))).collect()
}

fn by_address(value: Value, addresses: &BTreeMap<&str, &str>) -> Value {
    match value {
        Value::String(text) => {
            addresses.get(text.as_str()).map_or(text.clone(), |address| (*address).to_owned()).into()
        }
        Value::Array(items) => {
            let mut items: Vec<_> = items.into_iter().map(|item| by_address(item, addresses)).collect();
            if items.iter().all(Value::is_string) {
                items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            }
            Value::Array(items)
        }
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, by_address(value, addresses)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other,
    }
}

fn line(row: &Row) -> String {
    let text = |value: &Option<Value>| match value {
        Some(value) if !value.is_null() && MADE_UP.contains(&row.fact.as_str()) => "(made up)".to_owned(),
        Some(value) => value.to_string(),
        None => "unknown".to_owned(),
    };
    let (plan, live) = (text(&row.plan), text(&row.live));
    let both = if row.verdict == Verdict::Equal { plan } else { format!("{plan} | {live}") };
    format!("{}: {both} -- {}", row.fact, row.verdict.words())
}
