//! Pruning: only what is seen to be over leaves a baseline. What an input does not show is no evidence of a fix.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::fingerprint::{canonical, fingerprint};
use super::{Baseline, Entry};
use crate::assess::JudgedEstate;
use crate::link::Seen;
use crate::model::{Kind, Resource};
use crate::policy::{Policy, PolicySet};
use crate::result::{Outcome, Verdict};

/// Why an entry left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// The policy does not fail because of this any more.
    Fixed,
    /// The resource is not there any more.
    Gone,
    /// It fails, and it is worse than what was accepted, so that it counts.
    Worse,
    /// It fails, and it is an entry of version 1, whose resource changed in some way, so that it counts.
    Changed,
    /// The input does not show it, and it was to leave all the same.
    Unseen,
}

impl Left {
    /// As it is shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Gone => "gone",
            Self::Worse => "worse",
            Self::Changed => "changed",
            Self::Unseen => "unseen",
        }
    }
}

/// What pruning did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// What left, and why, in the order of the entries.
    pub left: Vec<(Entry, Left)>,
    /// How many stay because the input does not show them, by the reason.
    pub unseen: BTreeMap<String, usize>,
}

enum Fate {
    /// It fails as it did: the entry as it is to be written.
    Stays(Box<Entry>),
    /// The input does not show it, and why.
    Unseen(String),
    Leaves(Left),
}

/// A judged estate, arranged to be asked about entries. It needs the verdicts of all outcomes.
struct Today<'a> {
    policies: &'a PolicySet,
    seen: Seen<'a>,
    /// By canonical id.
    resources: HashMap<Cow<'a, str>, &'a Resource>,
    /// By policy id and canonical id.
    verdicts: HashMap<(Cow<'a, str>, Cow<'a, str>), Vec<&'a Verdict>>,
}

impl Baseline {
    /// Takes out what is over. With `all`, what the estate does not show leaves, too.
    pub fn prune(&mut self, policies: &PolicySet, estate: JudgedEstate<'_>, all: bool) -> Pruned {
        let today = Today::new(policies, estate);
        let mut pruned = Pruned::default();
        let mut kept = Vec::new();
        for entry in self.entries().into_iter().cloned().collect::<Vec<_>>() {
            match today.fate(&entry) {
                Fate::Stays(entry) => kept.push(*entry),
                Fate::Unseen(_) if all => pruned.left.push((entry, Left::Unseen)),
                Fate::Unseen(reason) => {
                    *pruned.unseen.entry(reason).or_default() += 1;
                    kept.push(entry);
                }
                Fate::Leaves(left) => pruned.left.push((entry, left)),
            }
        }
        *self = kept.into_iter().collect();
        pruned
    }
}

impl<'a> Today<'a> {
    fn new(policies: &'a PolicySet, estate: JudgedEstate<'a>) -> Self {
        let JudgedEstate { inventory, judged } = estate;
        let mut verdicts: HashMap<_, Vec<_>> = HashMap::new();
        for verdict in &judged.verdicts {
            let policy = policies.policies().get(verdict.policy);
            if let Some((policy, resource)) = policy.zip(inventory.resources.get(verdict.resource)) {
                verdicts.entry((Cow::Borrowed(policy.id()), canonical(resource))).or_default().push(verdict);
            }
        }
        Self {
            policies,
            seen: Seen::new(&inventory.coverage, false),
            resources: inventory.resources.iter().map(|resource| (canonical(resource), resource)).collect(),
            verdicts,
        }
    }

    fn fate(&self, entry: &Entry) -> Fate {
        if !self.policies.policies().iter().any(|policy| policy.id() == entry.policy) {
            return Fate::Unseen(format!("{} is not among the policies of this run", entry.policy));
        }
        let Some(resource) = self.resources.get(entry.resource.as_str()) else { return self.absent(entry) };
        let verdicts =
            self.verdicts.get(&(Cow::Borrowed(entry.policy.as_str()), Cow::Borrowed(entry.resource.as_str())));
        let verdicts = verdicts.map(Vec::as_slice).unwrap_or_default();
        let fails: Vec<_> = verdicts
            .iter()
            .filter(|verdict| verdict.outcome == Outcome::Fail)
            .filter(|verdict| {
                fingerprint(&entry.policy, resource, verdict.evidence.fact.as_deref()) == entry.fingerprint
            })
            .collect();
        if let Some(verdict) = fails.iter().find(|verdict| entry.covers(resource, verdict)) {
            // One of version 1 takes the form of today, so that from now on only its own fact can end it.
            let is_old = entry.facts.is_some();
            let entry = if is_old { Entry::new(&entry.policy, resource, verdict) } else { entry.clone() };
            return Fate::Stays(Box::new(entry));
        }
        // A policy about changes fails of what the plan takes away, too.
        if resource.is_deleted() {
            return Fate::Leaves(Left::Gone);
        }
        if verdicts.is_empty() && self.is_of_plans(&entry.policy) {
            return self.of_plans(entry);
        }
        if verdicts.is_empty() {
            return Fate::Unseen(format!("{} was not asked about its resource", entry.policy));
        }
        if verdicts.iter().any(|verdict| matches!(verdict.outcome, Outcome::Unknown | Outcome::Error)) {
            return Fate::Unseen("what the policy says is unknown now".to_owned());
        }
        // A plan is not asked what only the running estate can answer.
        if resource.is_declared() && verdicts.iter().all(|verdict| verdict.outcome == Outcome::NotApplicable) {
            return Fate::Unseen("the policy was not asked of what code declares".to_owned());
        }
        Fate::Leaves(match fails.as_slice() {
            [] => Left::Fixed,
            _ if entry.facts.is_some() => Left::Changed,
            // Several findings can share a fingerprint, such as two keys: one may be fixed while another remains.
            fails if fails.iter().all(|verdict| verdict.evidence.details != entry.details) => Left::Fixed,
            _ => Left::Worse,
        })
    }

    fn is_of_plans(&self, policy: &str) -> bool {
        self.policies.find(policy).is_some_and(Policy::is_about_plans)
    }

    /// A policy that is asked about plans as a whole says nothing of a resource that is in order.
    fn of_plans(&self, entry: &Entry) -> Fate {
        let said = |verdicts: (&(Cow<'_, str>, Cow<'_, str>), &Vec<&Verdict>)| {
            let ((policy, _), verdicts) = verdicts;
            (*policy == entry.policy).then(|| verdicts.iter().map(|verdict| verdict.outcome).collect::<Vec<_>>())
        };
        let outcomes: Vec<Outcome> = self.verdicts.iter().filter_map(said).flatten().collect();
        match outcomes.contains(&Outcome::Error) {
            _ if outcomes.is_empty() => Fate::Unseen(format!("{} was not asked about a plan", entry.policy)),
            true => Fate::Unseen("what the policy says is unknown now".to_owned()),
            false => Fate::Leaves(Left::Fixed),
        }
    }

    /// Of a resource that the input does not have.
    fn absent(&self, entry: &Entry) -> Fate {
        let Some(kind) = entry.kind.as_deref().and_then(Kind::find) else {
            return Fate::Unseen("its resource is not in this input".to_owned());
        };
        let region = entry.region.as_deref().unwrap_or_default();
        match self.seen.gap(entry.account.as_deref(), region, kind) {
            Some(gap) => Fate::Unseen(gap.sentence()),
            // Everything of its kind was listed in its place.
            None => Fate::Leaves(Left::Gone),
        }
    }
}
