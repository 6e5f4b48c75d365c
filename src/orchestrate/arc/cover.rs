//! A plan beside the recovery of its application: what no step brings back, and steps before those that they need.

use std::collections::{BTreeMap, BTreeSet};

use super::super::findings::Findings;
use super::super::look::Look;
use super::blocks::DNS;
use super::form::custom_steps;
use super::plan::{Plan, Step};
use crate::model::{Kind, Resource};
use crate::providers::aws::names::tail;
use crate::result::{Readiness, StepState, Uncovered};
use crate::text::{count, list, some};

/// So many names of what is not covered are told in a message.
const NAMED: usize = 3;

/// Positions of what a step names, as far as it is in the estate.
pub(super) fn resources<'a>(look: &Look<'a>, step: &Step<'_>) -> Vec<(usize, &'a Resource)> {
    let named: BTreeSet<&str> = step.named().iter().map(|named| named.text).collect();
    let zone = step.text("hostedZoneId").filter(|_| step.is(DNS)).map(|(zone, _)| tail(zone));
    let record = step.text("recordName").map(|(name, _)| name.trim_end_matches('.').to_ascii_lowercase());
    let is_record = |it: &Resource| {
        let dns = it.dns.as_deref().filter(|_| it.kind == Kind::of("aws.route53.record"));
        dns.is_some_and(|dns| dns.zone.text().map(tail) == zone && dns.name.text() == record.as_deref())
    };
    let records = look.all().filter(|_| zone.is_some()).filter(|(_, it)| is_record(it));
    let mut all: Vec<_> = named.iter().flat_map(|id| look.of_id(id)).chain(records).collect();
    all.sort_unstable_by_key(|(at, _)| *at);
    all
}

/// Applications that something of the plan belongs to, sorted.
pub(super) fn applications(plan: &Plan<'_>, look: &Look<'_>, names: &[&str]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (_, step) in plan.steps() {
        for (at, _) in resources(look, step) {
            let (own, _) = look.joiner.applications(at);
            found
                .extend(own.iter().filter_map(|number| names.get(usize::from(*number)).map(|name| (*name).to_owned())));
        }
    }
    found.into_iter().collect()
}

/// What each region's activation brings back of the applications that come back there.
pub(super) fn check(plan: &Plan<'_>, look: &Look<'_>, ready: &[Readiness], out: &mut Findings) -> Vec<Uncovered> {
    let mut uncovered = Vec::new();
    for ready in ready {
        let covered = covered(plan, look, ready, out);
        uncovered.extend(rest(plan, ready, &covered, out));
        order(plan, look, ready, out);
    }
    uncovered.sort();
    uncovered
}

fn number(ready: &Readiness, id: &str) -> Option<usize> {
    ready.steps.iter().position(|step| step.resource.id == id)
}

/// Steps of the recovery that a step of the plan is about. A blocked one of which nothing else is said is told.
fn covered(plan: &Plan<'_>, look: &Look<'_>, ready: &Readiness, out: &mut Findings) -> BTreeSet<usize> {
    let mut covered = BTreeSet::new();
    for (workflow, step) in plan.steps() {
        if !workflow.activates(&ready.recovery_region) {
            continue;
        }
        for (_, resource) in resources(look, step) {
            let Some(at) = number(ready, &resource.id) else { continue };
            covered.insert(at);
            let own = &ready.steps[at];
            let said = || out.all.iter().any(|found| found.decides && found.step == step.spot.step);
            if own.state == StepState::Blocked && !said() {
                let message = format!("something stands in the way of '{}': {}", own.resource.name, own.how);
                out.fatal(
                    "blocked",
                    &step.spot,
                    message,
                    format!("see seaworthy ready {} --to {}", ready.application, ready.recovery_region),
                );
            }
        }
    }
    covered
}

fn rest(plan: &Plan<'_>, ready: &Readiness, covered: &BTreeSet<usize>, out: &mut Findings) -> Vec<Uncovered> {
    let mut by: BTreeMap<(StepState, &str), BTreeSet<String>> = BTreeMap::new();
    for (_, step) in ready.steps.iter().enumerate().filter(|(at, _)| !covered.contains(at)) {
        by.entry((step.state, step.resource.title.as_str())).or_default().insert(step.resource.name.clone());
    }
    let at = plan.spot("workflows");
    let (name, to) = (&ready.application, &ready.recovery_region);
    let custom = custom_steps(plan);
    let told = |states: &[StepState]| {
        let all = by.iter().filter(|((state, _), _)| states.contains(state));
        let parts: Vec<String> = all.map(|((_, what), names)| told(what, names)).collect();
        (!parts.is_empty()).then(|| list(&parts))
    };
    let unless = format!("unless one of its {} does", count(custom, "own action"));
    let see = format!("see seaworthy ready {name} --to {to}");
    if let Some(what) = told(&[StepState::Blocked]) {
        let message =
            format!("no step of the plan brings them back in {to}, and something stands in their way: {what}");
        out.fatal("blocked-and-not-covered", &at, message, see.clone());
    }
    if let Some(what) = told(&[StepState::ToPromote]) {
        let message = format!("a replica in {to} has to take over, and no step of the plan lets it: {what}");
        match custom {
            0 => out.fatal("not-promoted", &at, message, "add a step that promotes them"),
            _ => out.open(
                "not-promoted",
                &at,
                format!("{message}, {unless}"),
                "say so, or add a step that promotes them",
            ),
        }
    }
    let others =
        [StepState::ToRestore, StepState::ToStart, StepState::ToSwitch, StepState::ToRebuild, StepState::Missing];
    if let Some(what) = told(&others) {
        let message = format!("something is to be done for them in {to}, and no step of the plan does it: {what}");
        match custom {
            0 => out.risk("not-covered", &at, message, format!("do it before or after by other means; {see}")),
            _ => out.doubt("not-covered", &at, format!("{message}, {unless}"), see.clone()),
        }
    }
    if let Some(what) = told(&[StepState::Unknown]) {
        let message =
            format!("no step of the plan brings them back in {to}, and how they come back is not known: {what}");
        out.open("not-known-and-not-covered", &at, message, see);
    }
    let of = |((state, what), names): ((StepState, &str), BTreeSet<String>)| Uncovered {
        application: name.clone(),
        region: to.clone(),
        state,
        what: what.to_owned(),
        names: names.into_iter().collect(),
    };
    by.into_iter().map(of).collect()
}

/// `2 KMS keys (a and b)`.
fn told(what: &str, names: &BTreeSet<String>) -> String {
    let names: Vec<String> = names.iter().cloned().collect();
    format!("{} ({})", count(names.len(), what), some(&names, NAMED))
}

/// What each step of the recovery waits for, directly or by way of others.
fn waits(ready: &Readiness) -> Vec<BTreeSet<usize>> {
    let index: BTreeMap<u32, usize> = ready.steps.iter().enumerate().map(|(at, step)| (step.number, at)).collect();
    let direct: Vec<Vec<usize>> = ready
        .steps
        .iter()
        .map(|step| step.waits_for.iter().filter_map(|number| index.get(number).copied()).collect())
        .collect();
    let all = |start: usize| {
        let mut seen = BTreeSet::new();
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            next.extend(direct[at].iter().copied().filter(|first| seen.insert(*first)));
        }
        seen
    };
    (0..direct.len()).map(all).collect()
}

/// A step that is run before, or beside, one that it needs.
fn order(plan: &Plan<'_>, look: &Look<'_>, ready: &Readiness, out: &mut Findings) {
    let waits = waits(ready);
    for workflow in &plan.workflows {
        if !workflow.activates(&ready.recovery_region) {
            continue;
        }
        let of: Vec<(&Step<'_>, Vec<usize>)> = workflow
            .steps
            .iter()
            .map(|step| (step, resources(look, step).iter().filter_map(|(_, it)| number(ready, &it.id)).collect()))
            .collect();
        // The steps that bring something back, in the order of the plan.
        let mut bringing: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, (_, own)) in of.iter().enumerate() {
            own.iter().for_each(|one| bringing.entry(*one).or_default().push(at));
        }
        for (at, (step, own)) in of.iter().enumerate() {
            let needed = own.iter().flat_map(|one| waits[*one].iter().filter(|other| !waits[**other].contains(one)));
            let late = needed.filter_map(|other| {
                let all = bringing.get(other)?;
                all.iter().copied().find(|other| *other != at && of[*other].0.place >= step.place)
            });
            if let Some(first) = late.min().map(|at| of[at].0) {
                let word = if first.place == step.place { "beside" } else { "before" };
                let name = |step: &Step<'_>| step.spot.step.clone().unwrap_or_default();
                let message =
                    format!("'{}' is run {word} '{}', and needs what that brings back", name(step), name(first));
                out.risk("before-what-it-needs", &step.spot, message, format!("put it behind '{}'", name(first)));
            }
        }
    }
}
