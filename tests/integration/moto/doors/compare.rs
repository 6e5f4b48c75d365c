//! Every fact of a resource as both doors tell it, side by side.

use std::collections::{BTreeMap, BTreeSet};

use seaworthy::model::Resource;
use serde_json::Value;

use super::after_apply::{AFTER_APPLY, IN_PART};
use super::exceptions::EXCEPTIONS;
use super::excuses::{Excuses, Pair, Whats};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Equal,
    /// What one side knows of it, the other side says, too. And why it does not know all of it.
    InPart(&'static str),
    /// The plan does not know it, and why.
    AfterApply(&'static str),
    Exception(&'static str),
    /// The plan does not know it, or not all of it, and nothing says why.
    NotSaid,
    Different,
}

impl Verdict {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Equal => "equal".to_owned(),
            Self::InPart(reason) => format!("equal in part: {reason}"),
            Self::AfterApply(reason) => format!("unknown in plan: {reason}"),
            Self::Exception(reason) => format!("exception: {reason}"),
            Self::NotSaid => "NOT KNOWN IN PLAN".to_owned(),
            Self::Different => "DIFFERENT".to_owned(),
        }
    }

    /// Nothing excuses it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::NotSaid | Self::Different)
    }
}

/// One fact, seen through both doors.
pub(super) struct Row {
    pub(super) fact: String,
    plan: Option<Value>,
    live: Option<Value>,
    pub(super) verdict: Verdict,
}

impl Row {
    pub(super) fn line(&self) -> String {
        let text = |value: &Option<Value>| match value {
            Some(value) if !value.is_null() && MADE_UP.contains(&self.fact.as_str()) => "(made up)".to_owned(),
            Some(value) => value.to_string(),
            None => "unknown".to_owned(),
        };
        let (plan, live) = (text(&self.plan), text(&self.live));
        let both = if self.verdict == Verdict::Equal { plan } else { format!("{plan} | {live}") };
        format!("{}: {both} -- {}", self.fact, self.verdict.words())
    }
}

/// What the tables of excuses were needed for, and what they were not.
pub(super) struct Used {
    exceptions: Excuses,
    after_apply: Excuses,
    in_part: Excuses,
}

impl Used {
    pub(super) fn new() -> Self {
        let [exceptions, after_apply, in_part] = [EXCEPTIONS, AFTER_APPLY, IN_PART].map(Excuses::new);
        Self { exceptions, after_apply, in_part }
    }

    /// Notes which tables a fact does without.
    fn note(&mut self, verdict: Verdict, whats: Whats<'_>, fact: &str) {
        let Self { exceptions, after_apply, in_part } = self;
        let tables = [
            (exceptions, matches!(verdict, Verdict::Exception(_))),
            (after_apply, matches!(verdict, Verdict::AfterApply(_))),
            (in_part, matches!(verdict, Verdict::InPart(_))),
        ];
        tables.into_iter().filter(|(_, is_needed)| !is_needed).for_each(|(table, _)| table.not_needed(whats, fact));
    }

    /// Excuses that nothing needs, and those that something that they are about does without.
    pub(super) fn idle(&self) -> BTreeSet<(Pair, String)> {
        [&self.exceptions, &self.after_apply, &self.in_part].into_iter().flat_map(Excuses::idle).collect()
    }
}

/// Every fact that either side knows. What an excuse is needed for is noted.
pub(super) fn compare(
    plan: &str,
    planned: &Resource,
    live: &Resource,
    addresses: &BTreeMap<&str, &str>,
    used: &mut Used,
) -> Vec<Row> {
    let [mut plan_facts, mut live_facts] = [planned, live].map(|resource| facts(resource, addresses));
    let names: BTreeSet<String> = plan_facts.keys().chain(live_facts.keys()).cloned().collect();
    let [address, terraform_type] =
        [&planned.origin.address, &planned.origin.terraform_type].map(|it| it.as_deref().unwrap());
    let in_plan = format!("{plan}/{address}");
    let whats = [in_plan.as_str(), address, terraform_type, "*"];
    let row = |fact: String| {
        let (plan, live_fact) = (plan_facts.remove(&fact), live_facts.remove(&fact));
        let in_part = [planned, live].iter().any(|resource| resource.unknown.contains_key(&fact));
        let (table, open, said): (_, _, fn(_) -> _) = match (&plan, &live_fact) {
            (None, _) => (Some(&mut used.after_apply), Verdict::NotSaid, Verdict::AfterApply),
            (mine, theirs) if mine == theirs => (None, Verdict::Equal, Verdict::Exception),
            (Some(mine), Some(theirs)) if fact != "tags" && agree(mine, theirs, in_part) => {
                (Some(&mut used.in_part), Verdict::NotSaid, Verdict::InPart)
            }
            _ => (Some(&mut used.exceptions), Verdict::Different, Verdict::Exception),
        };
        let verdict = table.and_then(|table| table.needed(whats, &fact)).map_or(open, said);
        used.note(verdict, whats, &fact);
        Row { fact, plan, live: live_fact, verdict }
    };
    names.into_iter().map(row).collect()
}

/// Whether they say the same, but for what the plan leaves out, and, where a list is known in part, its other items.
fn agree(mine: &Value, theirs: &Value, in_part: bool) -> bool {
    let within = |some: &[Value], others: &[Value]| {
        some.iter().all(|item| others.iter().any(|other| agree(item, other, false) || agree(other, item, false)))
    };
    match (mine, theirs) {
        (Value::Object(mine), Value::Object(theirs)) => {
            mine.iter().all(|(name, value)| theirs.get(name).is_some_and(|other| agree(value, other, false)))
        }
        (Value::Array(mine), Value::Array(theirs)) if in_part => within(mine, theirs) || within(theirs, mine),
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
        let region = resource.region().unwrap_or_default();
        let is_it = |id: &&&str| {
            [("backup", ":backup-vault:"), ("autoscaling", ":launchConfigurationName/")].iter().any(
                |(service, before)| {
                    id.starts_with(&format!("arn:aws:{service}:{region}:"))
                        && id.ends_with(&format!("{before}{}", link.to))
                },
            )
        };
        let to = Value::String(addresses.keys().find(is_it).map_or(link.to.to_string(), |id| (*id).to_owned()));
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
