//! What a change has to do with it: the estate before against the estate after.

mod identity;
mod sentence;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::reference::{location, reference};
use super::{JudgedEstate, Settings};
use crate::model::{Action, Inventory, Kind, Planned, Resource};
use crate::policy::{Policy, PolicySet};
use crate::result::{
    ChangeStatus, ChangeSummary, Evidence, Finding, FindingChange, Outcome, PlanSummary, Reach, Verdict, WaiverRef,
};
use identity::{Identity, former_identity, identity, stack};
use sentence::{Story, doubt};

/// The estate before a plan: what it creates is not there yet, and what it changes or deletes is as it was.
pub fn before(inventory: &Inventory) -> Inventory {
    let deleted: HashSet<Identity<'_>> =
        inventory.resources.iter().filter(|one| one.is_deleted()).map(identity).collect();
    let resources = inventory.resources.iter().filter_map(|resource| match &resource.change {
        // What it replaces stands at its own address.
        Some(change)
            if change.moved_from.as_deref().is_some_and(|former| deleted.contains(&(stack(resource), former))) =>
        {
            None
        }
        None => Some(resource.clone()),
        Some(change) => {
            let mut before = match (&resource.before, change.action) {
                (Some(before), _) => (**before).clone(),
                (None, Action::NoOp | Action::Delete | Action::Forget) => resource.clone(),
                (None, Action::Create | Action::Update | Action::Replace) => return None,
            };
            // A plan shows what is moved under its new address on both sides.
            if let (Some(former), true) = (&change.moved_from, before.origin.address == resource.origin.address) {
                before.origin.address = Some(former.clone());
            }
            Some(before)
        }
    });
    let mut before = Inventory { resources: resources.map(without_change).collect(), ..inventory.clone() };
    before.sort();
    before
}

fn without_change(mut resource: Resource) -> Resource {
    resource.change = None;
    resource.before = None;
    resource.joined = None;
    resource
}

/// What the policies say of what was there before, by its identity then.
pub(super) fn outcomes<'a>(inventory: &'a Inventory, verdicts: &[Verdict]) -> HashMap<(usize, Identity<'a>), Outcome> {
    let outcome = |verdict: &Verdict| {
        let former = former_identity(inventory.resources.get(verdict.resource)?)?;
        Some(((verdict.policy, former), verdict.outcome))
    };
    verdicts.iter().filter_map(outcome).collect()
}

/// Says of every finding whether the change introduces it, adds those that it fixes, and sums up.
pub(super) fn compare(
    policies: &PolicySet,
    after: JudgedEstate<'_>,
    outcomes: &HashMap<(usize, Identity<'_>), Outcome>,
    before: JudgedEstate<'_>,
    settings: &Settings<'_>,
    findings: &mut Vec<Finding>,
) -> ChangeSummary {
    let mut was: HashMap<(usize, Identity<'_>), &Verdict> = HashMap::new();
    for verdict in &before.judged.verdicts {
        was.insert((verdict.policy, identity(&before.inventory.resources[verdict.resource])), verdict);
    }
    let resources: HashMap<&str, &Resource> =
        after.inventory.resources.iter().map(|resource| (resource.id.as_str(), resource)).collect();
    // The first of several counts.
    let from_last = after.inventory.resources.iter().rev();
    let by_former: HashMap<Identity<'_>, &Resource> =
        from_last.filter_map(|resource| Some((former_identity(resource)?, resource))).collect();
    for finding in findings.iter_mut().filter(|finding| finding.change.is_none()) {
        if !concerns(finding.outcome) {
            continue;
        }
        let Some(resource) = resources.get(finding.resource.id.as_str()) else { continue };
        let verdict = if finding.outcome == Outcome::Waived { Outcome::Fail } else { finding.outcome };
        let former = former_identity(resource).and_then(|former| was.get(&(finding.policy, former)).copied());
        let has_many_rules = policies.policies().get(finding.policy).is_some_and(Policy::has_many_rules);
        // Another of its rules may have found something else.
        let is_more = has_many_rules && former.is_some_and(|former| !is_all_of(&finding.message, &former.message));
        let was = former.map(|former| former.outcome);
        finding.change = Some(FindingChange {
            status: match was == Some(verdict) && !is_more {
                true => ChangeStatus::Existing,
                false => ChangeStatus::Introduced,
            },
            was,
            action: resource.change.as_ref().map(|change| change.action),
        });
    }
    for verdict in before.judged.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Fail) {
        let resource = &before.inventory.resources[verdict.resource];
        let gone = matches!(
            outcomes.get(&(verdict.policy, identity(resource))),
            Some(Outcome::Fail | Outcome::Unknown | Outcome::Error)
        );
        if gone {
            continue;
        }
        let now = by_former.get(&identity(resource)).copied();
        // What is destroyed has no problem any more, but nothing was mended.
        if now.is_some_and(Resource::is_deleted) {
            continue;
        }
        let policy = &policies.policies()[verdict.policy];
        let fact = verdict.evidence.fact.as_deref();
        findings.push(Finding {
            policy: verdict.policy,
            outcome: Outcome::Pass,
            severity: verdict.severity,
            blocker: policy.blocks(resource),
            message: format!("no longer so: {}", verdict.message),
            evidence: Evidence { fact: verdict.evidence.fact.clone(), ..Evidence::default() },
            fix: None,
            resource: reference(now.unwrap_or(resource), fact).into(),
            location: location(now.unwrap_or(resource), fact),
            fingerprint: super::baseline::fingerprint(policy.id(), resource, fact),
            change: Some(FindingChange {
                status: ChangeStatus::Fixed,
                was: Some(Outcome::Fail),
                action: now.and_then(|now| now.change.as_ref()).map(|change| change.action),
            }),
            waiver: None,
            behind: None,
        });
    }
    summarize(policies, after, before, settings, findings)
}

/// Whether all sentences of a message are in another one.
fn is_all_of(message: &str, former: &str) -> bool {
    let former: HashSet<&str> = former.split("; ").collect();
    message.split("; ").all(|sentence| former.contains(sentence))
}

/// Whether a change that brings this outcome is reported as introducing it. A pass never is.
pub(super) fn concerns(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Fail | Outcome::Unknown | Outcome::Waived | Outcome::Error)
}

fn summarize(
    policies: &PolicySet,
    after: JudgedEstate<'_>,
    before: JudgedEstate<'_>,
    settings: &Settings<'_>,
    findings: &[Finding],
) -> ChangeSummary {
    let story = Story::new(after, before);
    let there = there(after.inventory);
    let look = Look { policies, after, there: &there };
    let all: Vec<&Finding> = findings.iter().collect();
    let judged: usize = after.judged.tallies.iter().flat_map(BTreeMap::values).sum();
    let planned = settings.planned.as_slice();
    let mut summary = look.numbers(&all, &|_| true, planned);
    let doubt = doubt(&all, &settings.incomplete, planned);
    summary.sentence = format!("this change {}", story.told(None, &all, &summary, judged > 0, doubt));
    if planned.iter().any(|plan| plan.stack.is_some()) {
        summary.plans = planned.iter().map(|plan| look.part(&story, findings, Some(plan))).collect();
        summary.plans.sort_by(|a, b| a.plan.cmp(&b.plan));
        // What no plan manages, but the live estate that they are laid over has.
        let others = look.part(&story, findings, None);
        let ChangeSummary { introduced, waived, in_baseline, unknown, fixed, existing, .. } = &others.summary;
        if introduced + waived + in_baseline + unknown + fixed + existing > 0 {
            summary.plans.push(others);
        }
    }
    summary
}

/// Kinds of the resources that have an address, by stack and address.
fn there(inventory: &Inventory) -> HashMap<Identity<'_>, Kind> {
    let with_address = |resource: &'_ &Resource| resource.origin.address.is_some();
    inventory.resources.iter().filter(with_address).map(|resource| (identity(resource), resource.kind)).collect()
}

/// What the numbers are taken from.
struct Look<'a> {
    policies: &'a PolicySet,
    after: JudgedEstate<'a>,
    there: &'a HashMap<Identity<'a>, Kind>,
}

impl Look<'_> {
    /// What a change does to the resources of one plan. `None`: to those of no plan.
    fn part(&self, story: &Story<'_>, findings: &[Finding], plan: Option<&Planned>) -> PlanSummary {
        let stack = plan.and_then(|plan| plan.stack.as_deref());
        let own: Vec<&Finding> = findings.iter().filter(|finding| finding.resource.stack.as_deref() == stack).collect();
        let is_own = |resource: &Resource| resource.origin.stack.as_deref() == stack;
        let planned = plan.map(std::slice::from_ref).unwrap_or_default();
        let mut summary = self.numbers(&own, &is_own, planned);
        let judged = self
            .after
            .inventory
            .resources
            .iter()
            .any(|resource| is_own(resource) && self.policies.judges(resource.kind));
        let doubt = doubt(&own, &[], planned);
        let told = story.told(Some(stack.unwrap_or_default()), &own, &summary, judged, doubt);
        // Beside the name of the plan, what it adds or deletes says enough.
        summary.sentence = told.strip_prefix("introduces ").map(str::to_owned).unwrap_or(told);
        PlanSummary { plan: stack.map(str::to_owned), summary }
    }

    /// The numbers of those findings, resources and plans.
    fn numbers(
        &self,
        findings: &[&Finding],
        is_meant: &dyn Fn(&Resource) -> bool,
        planned: &[Planned],
    ) -> ChangeSummary {
        let count = |status, outcome: Option<Outcome>| {
            let has_it = |finding: &&&Finding| finding.change.as_ref().is_some_and(|change| change.status == status);
            let counts = |finding: &&&Finding| outcome.is_none_or(|outcome| finding.outcome == outcome);
            findings.iter().filter(has_it).filter(counts).count()
        };
        let mut actions: BTreeMap<Action, usize> = BTreeMap::new();
        let meant = self.after.inventory.resources.iter().filter(|resource| is_meant(resource));
        for change in meant.filter_map(|resource| resource.change.as_ref()) {
            *actions.entry(change.action).or_default() += 1;
        }
        let covered =
            findings.iter().copied().filter(|finding| finding.outcome == Outcome::Waived && finding.is_introduced());
        let (in_baseline, waived): (Vec<&Finding>, Vec<&Finding>) =
            covered.partition(|finding| finding.waiver.as_deref().is_some_and(WaiverRef::is_of_the_baseline));
        ChangeSummary {
            sentence: String::new(),
            introduced: count(ChangeStatus::Introduced, Some(Outcome::Fail)),
            waived: waived.len(),
            in_baseline: in_baseline.len(),
            unknown: count(ChangeStatus::Introduced, Some(Outcome::Unknown)),
            fixed: count(ChangeStatus::Fixed, None),
            existing: count(ChangeStatus::Existing, Some(Outcome::Fail)),
            lost: findings.iter().filter(|finding| finding.is_lost()).count(),
            actions,
            reach: self.reach(planned),
            plans: Vec::new(),
        }
    }

    /// What became of everything that the plans do.
    fn reach(&self, planned: &[Planned]) -> BTreeMap<Action, Reach> {
        let mut reach: BTreeMap<Action, Reach> = BTreeMap::new();
        // Who is asked about a plan as a whole is asked about all that it does.
        let whole = self.policies.need_documents();
        for plan in planned {
            for (action, number) in &plan.parts {
                reach.entry(*action).or_default().parts += number;
            }
            for (action, number) in &plan.not_understood {
                let reach = reach.entry(*action).or_default();
                *(if whole { &mut reach.judged } else { &mut reach.not_judged }) += number;
            }
            let stack = plan.stack.as_deref().unwrap_or_default();
            for (address, action) in &plan.resources {
                let reach = reach.entry(*action).or_default();
                match self.there.get(&(stack, address.as_str())) {
                    None => reach.filtered += 1,
                    Some(kind) if whole || self.policies.judges(*kind) => reach.judged += 1,
                    Some(_) => reach.not_judged += 1,
                }
            }
        }
        reach
    }
}
