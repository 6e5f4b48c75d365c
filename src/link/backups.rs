//! The backup service: which plans select a resource, and when it was last restored for a test.

use std::collections::HashMap;

use rayon::prelude::*;

use super::copies::{is_made_now, new_copies};
use super::edges::At;
use super::index::place;
use super::lookups::{Plans, Selecting};
use super::opt_ins::Region;
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate, why, wildcard};
use crate::kinds::ArnForm;
use crate::model::{Fact, PlanSelection, RESTORE_JOB_DAYS, Rel, Resource, Timestamp};
use crate::providers::aws::names;

impl<'a> Estate<'a> {
    /// Matches every plan with every resource of its place.
    pub(super) fn plans(&self) -> Plans {
        let mut by_place: HashMap<(&str, &str), Vec<At>> = HashMap::new();
        let mut unplaced = Vec::new();
        for at in self.index.of_kind(self.kinds.plan) {
            let plan = self.index.get(*at);
            by_place.entry(place(plan)).or_default().push(*at);
            if plan.account().is_none() || plan.region().is_none() {
                unplaced.push(plan);
            }
        }
        let opt_ins = self.opt_ins();
        let of = self.resources.par_iter().map(|resource| {
            if resource.kind.info().backup.is_none() || resource.is_deleted() {
                return None;
            }
            let (mut sure, mut doubts) = (Vec::new(), Vec::new());
            let region = self.region(&opt_ins, resource);
            for plan in by_place.get(&place(resource)).into_iter().flatten() {
                match selects(self.index.get(*plan), resource, &region) {
                    Ok(true) => sure.push(*plan),
                    Ok(false) => {}
                    Err(reason) => doubts.push(reason),
                }
            }
            let perhaps_here = unplaced.iter().filter_map(|plan| Some((*plan, perhaps_beside(plan, resource)?)));
            let perhaps = perhaps_here.filter(|(plan, _)| !matches!(selects(plan, resource, &region), Ok(false)));
            doubts.extend(perhaps.map(|(plan, fact)| Doubt { plan, selection: None, fact }));
            let doubt = doubts.first().copied();
            let copying = doubts.into_iter().find(|doubt| is_about_to_copy(doubt.plan));
            let is_any = doubt.is_some() || !sure.is_empty();
            let [doubt, copying] = [doubt, copying].map(|doubt| doubt.map(Doubt::sentence));
            is_any.then(|| Box::new(Selecting { sure, doubt, copying }))
        });
        Plans { of: of.collect() }
    }

    fn selecting(&self, at: At) -> Option<&Selecting> {
        self.plans.of.get(at as usize)?.as_deref()
    }

    /// Plans that select a resource for sure.
    pub(super) fn plans_of(&self, at: At) -> impl Iterator<Item = At> {
        self.selecting(at).into_iter().flat_map(|selecting| selecting.sure.iter().copied())
    }

    /// Why more plans than those may be about to copy a resource.
    pub(super) fn doubt_about_copies(&self, at: At) -> Option<String> {
        self.selecting(at)?.copying.clone()
    }

    /// Fills the backup plans.
    pub(super) fn join_plans(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        let mut names: Vec<String> = self.plans_of(at).map(|plan| self.index.get(plan).name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        self.plans_of(at).for_each(|plan| draft.rests_on("backup_plans", Some(self.index.get(plan))));
        draft.joined.backup_plans = Fact::Known(names);
        if resource.kind.info().backup.is_none() {
            return;
        }
        let gap = match resource.region() {
            Some(region) => self.seen.more(resource.account(), region, self.kinds.plan).map(Gap::sentence),
            None => Some("its region is not known".to_owned()),
        };
        let doubt = || self.selecting(at).and_then(|selecting| selecting.doubt.clone());
        if let Some(reason) = gap.or_else(doubt) {
            draft.mark("joined.backup_plans", reason);
        }
    }

    /// Fills what restore tests have shown.
    pub(super) fn join_restores(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let resource = self.index.get(at);
        draft.joined.restore_test_age_days = Fact::Absent;
        draft.joined.untested_days = Fact::Absent;
        draft.joined.age_days = Fact::Absent;
        draft.joined.restore_seconds = Fact::Absent;
        if resource.kind.info().backup.is_none() {
            return;
        }
        let created = resource.status.as_ref().and_then(|status| status.created_at.known().copied());
        let age = created.map(|created| days_between(created, self.seen_at(resource)));
        match age {
            Some(age) => draft.joined.age_days = Fact::Known(age),
            None => {
                draft.joined.age_days = Fact::Unknown;
                draft.mark("joined.age_days", why(resource, "status.created_at"));
            }
        }
        let mut doubt = self.search_gap(resource, recovery, &[self.kinds.restore_job], true).map(Gap::sentence);
        let mut newest: Option<(Timestamp, &Resource)> = None;
        let jobs = self.index.from(at, Rel::BackupOf).map(|job| self.index.get(job));
        for job in jobs.filter(|job| job.kind == self.kinds.restore_job) {
            let Some(facts) = &job.job else { continue };
            let succeeded = match (&facts.state, &facts.validation) {
                (Fact::Known(state), Fact::Known(validation)) => {
                    Some(state == "completed" && validation == "successful")
                }
                (Fact::Known(state), Fact::Absent) => Some(state == "completed"),
                (Fact::Known(state), Fact::Unknown) if state != "completed" => Some(false),
                _ => None,
            };
            match (succeeded, facts.completed_at.known()) {
                (Some(false), _) => {}
                _ if is_made_now(resource) => {}
                // It was of another that had the name before.
                (_, Some(completed)) if created.is_some_and(|created| *completed < created) => {}
                (Some(true), Some(completed)) => {
                    if newest.is_none_or(|(newest, _)| newest < *completed) {
                        newest = Some((*completed, job));
                    }
                }
                _ => doubt = doubt.or_else(|| Some(format!("the end of restore job {} is not known", job.name))),
            }
        }
        if let Some((completed, job)) = newest {
            let hours = (self.seen_at(job).as_second().saturating_sub(completed.as_second()) / 3_600).max(0);
            draft.joined.restore_test_age_days = Fact::Known(hours as f64 / 24.0);
            draft.joined.restore_seconds =
                Fact::from_known(job.job.as_ref().and_then(|facts| facts.seconds.into_known()));
            if draft.joined.restore_seconds.is_unknown() {
                draft.mark("joined.restore_seconds", format!("restore job {} does not tell", job.name));
            }
        }
        match (doubt, newest) {
            (Some(reason), newest) => {
                if newest.is_none() {
                    draft.joined.restore_test_age_days = Fact::Unknown;
                    draft.joined.untested_days = Fact::Unknown;
                    draft.mark("joined.untested_days", reason.clone());
                }
                // A newer restore may have been faster or slower.
                draft.joined.restore_seconds = Fact::Unknown;
                draft.mark("joined.restore_seconds", reason.clone());
                draft.mark("joined.restore_test_age_days", reason);
            }
            (None, Some(_)) => {}
            (None, None) => never_restored(age, draft),
        }
    }
}

/// All jobs were read and no restore succeeded. This is known since the resource was created, or as far back as jobs
/// are read.
fn never_restored(age: Option<u32>, draft: &mut Draft) {
    let none = match age {
        Some(age) if age < RESTORE_JOB_DAYS => "no restore of it succeeded since it was created".to_owned(),
        _ => format!("no restore succeeded in the last {RESTORE_JOB_DAYS} days, and older jobs are not read"),
    };
    match age {
        Some(age) => draft.joined.untested_days = Fact::Known(age.min(RESTORE_JOB_DAYS)),
        None => {
            draft.joined.untested_days = Fact::Unknown;
            draft.mark("joined.untested_days", "when it was created is not known, and no restore of it is on record");
        }
    }
    if age.is_none_or(|age| age >= RESTORE_JOB_DAYS) {
        draft.joined.restore_test_age_days = Fact::Unknown;
        draft.mark("joined.restore_test_age_days", none.clone());
    }
    draft.joined.restore_seconds = Fact::Unknown;
    draft.mark("joined.restore_seconds", none);
}

fn days_between(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.as_second().saturating_sub(then.as_second()) / 86_400).unwrap_or(0)
}

/// Which part of the place of a plan is unknown, if the plan may be in the place of a resource. A plan from code that
/// does not tell its account is assumed to be in its own account as long as the account of the resource is unknown,
/// too.
fn perhaps_beside(plan: &Resource, resource: &Resource) -> Option<&'static str> {
    let agrees = |one: Option<&str>, other: Option<&str>| one.is_none_or(|one| Some(one) == other);
    let is_placed = resource.account().is_some() && resource.region().is_some();
    let may_be = is_placed && agrees(plan.account(), resource.account()) && agrees(plan.region(), resource.region());
    may_be.then_some(if plan.account().is_none() { "place.account" } else { "place.region" })
}

/// The change gives the plan copy actions, or may.
fn is_about_to_copy(plan: &Resource) -> bool {
    let (new, unread) = new_copies(plan);
    !new.is_empty() || unread.is_some()
}

/// Why it cannot be told whether a plan selects a resource. Every plan meets every resource, and of all their doubts
/// few are ever said.
#[derive(Clone, Copy)]
struct Doubt<'p> {
    plan: &'p Resource,
    /// The selection that is in doubt; else the fact of the plan is not known.
    selection: Option<&'p PlanSelection>,
    fact: &'static str,
}

impl Doubt<'_> {
    fn sentence(self) -> String {
        let plan = &self.plan.name;
        match self.selection {
            Some(selection) => {
                let name = selection.name.text().unwrap_or("without a name");
                format!("whether selection '{name}' of plan '{plan}' selects it is not known")
            }
            None => format!("{plan}: {}", why(self.plan, self.fact)),
        }
    }
}

const SELECTIONS: &str = "plan.selections";
const SWITCHED_OFF: &str = "plan.switched_off";

/// A selection names the resource, or its service, and not just everything.
fn is_named(selection: &PlanSelection, resource: &Resource) -> bool {
    let patterns = selection.resources.known().into_iter().flatten();
    let mut named = patterns.filter(|pattern| {
        let service = pattern.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(1));
        service.map_or(!pattern.contains('*'), |service| !service.contains('*'))
    });
    named.any(|pattern| matches_pattern(pattern, resource))
}

/// Whether a plan selects a resource.
fn selects<'p>(plan: &'p Resource, resource: &Resource, region: &Region<'_>) -> Result<bool, Doubt<'p>> {
    let selections = plan.plan.as_ref().and_then(|facts| facts.selections.known());
    let all_known = selections.is_some() && !plan.unknown.contains_key(SELECTIONS);
    let mut doubt = (!all_known).then_some(Doubt { plan, selection: None, fact: SELECTIONS });
    for selection in selections.into_iter().flatten() {
        let is_selected = selected(selection, resource);
        if is_selected == Some(false) {
            continue;
        }
        match (is_selected, region.is_on(plan, || is_named(selection, resource))) {
            (_, Some(false)) => {}
            (None, _) => doubt = doubt.or(Some(Doubt { plan, selection: Some(selection), fact: SELECTIONS })),
            (_, None) => doubt = doubt.or(Some(Doubt { plan, selection: None, fact: SWITCHED_OFF })),
            (Some(_), Some(true)) => return Ok(true),
        }
    }
    doubt.map_or(Ok(false), Err)
}

/// Whether a selection selects a resource. `None`: it cannot be told.
fn selected(selection: &PlanSelection, resource: &Resource) -> Option<bool> {
    let PlanSelection { resources, excluded, tags, conditional, .. } = selection;
    let included = by_pattern(resources, resource);
    let tagged = by_tag(tags, resource);
    // A selection that names nothing selects everything that can be backed up.
    let names_nothing = is_empty(resources) && is_empty(tags);
    let wanted = match (included, tagged) {
        _ if names_nothing => Some(true),
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    let unconditional = match conditional {
        Fact::Known(true) => None,
        Fact::Known(false) | Fact::Absent => Some(true),
        Fact::Unknown => None,
    };
    let kept = by_pattern(excluded, resource).map(|excluded| !excluded);
    match [wanted, unconditional, kept] {
        all if all.contains(&Some(false)) => Some(false),
        all if all.contains(&None) => None,
        _ => Some(true),
    }
}

fn is_empty(list: &Fact<Vec<String>>) -> bool {
    match list {
        Fact::Known(list) => list.is_empty(),
        Fact::Absent => true,
        Fact::Unknown => false,
    }
}

fn by_pattern(patterns: &Fact<Vec<String>>, resource: &Resource) -> Option<bool> {
    let patterns = match patterns {
        Fact::Known(patterns) => patterns,
        Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let expected = expected_arn(resource);
    let hit = patterns.iter().any(|pattern| {
        matches_pattern(pattern, resource)
            || expected.as_ref().is_some_and(|expected| wildcard::matches(pattern, expected))
    });
    // Before the resource exists it has no ARN that a pattern of ARNs could match.
    let comparable = resource.id.starts_with("arn:") || patterns.iter().all(|pattern| !pattern.starts_with("arn:"));
    if hit || comparable { Some(hit) } else { None }
}

fn matches_pattern(pattern: &str, resource: &Resource) -> bool {
    let is_its_address = || resource.origin.scoped_address().as_deref() == Some(pattern);
    wildcard::matches(pattern, &resource.id) || is_its_address()
}

/// The ARN that a resource will have, with a mark in place of what is not known of it yet: a pattern matches it only if it
/// leaves that open.
fn expected_arn(resource: &Resource) -> Option<String> {
    const OPEN: &str = "\u{0}";
    if resource.id.starts_with("arn:") {
        return None;
    }
    let ArnForm { service, name, has_place } = resource.kind.info().backup?.arn;
    if !has_place {
        return Some(format!("arn:{OPEN}:{service}:::{name}{OPEN}"));
    }
    let (account, region) = (resource.account().unwrap_or(OPEN), resource.region().unwrap_or(OPEN));
    // Its partition is that of its region.
    let partition = if region == OPEN { OPEN } else { names::partition(region) };
    Some(format!("arn:{partition}:{service}:{region}:{account}:{name}{OPEN}"))
}

fn by_tag(wanted: &Fact<Vec<String>>, resource: &Resource) -> Option<bool> {
    let wanted = match wanted {
        Fact::Known(wanted) if !wanted.is_empty() => wanted,
        Fact::Known(_) | Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let tags = match &resource.tags {
        Fact::Known(tags) => tags,
        Fact::Absent => return Some(false),
        Fact::Unknown => return None,
    };
    let hit = wanted
        .iter()
        .filter_map(|wanted| wanted.split_once('='))
        .any(|(name, value)| tags.get(name).is_some_and(|have| have == value));
    let in_doubt = !hit && resource.unknown.keys().any(|path| path == "tags" || path.starts_with("tags."));
    if in_doubt { None } else { Some(hit) }
}
