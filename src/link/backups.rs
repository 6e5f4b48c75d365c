//! The backup service: which plans select a resource, and when it was last restored for a test.

mod selection;

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::copies::{is_made_now, new_copies};
use super::edges::At;
use super::index::place;
use super::lookups::{Plans, Selecting};
use super::place::Recovery;
use super::restore_tests::{Ended, ended};
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Fact, RESTORE_JOB_DAYS, Rel, Resource, Timestamp};
use crate::providers::aws::schedule::longest_gap;
use selection::{Doubt, Selects, selects};
pub(super) use selection::{has_tag, is_tagged_in_part};

impl<'a> Estate<'a> {
    /// Matches every plan with every resource of its place.
    pub(super) fn plans(&self) -> Plans {
        let mut by_place: HashMap<(&str, &str), Vec<At>> = HashMap::new();
        let mut unplaced = Vec::new();
        for at in self.every_plan() {
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
            let (mut sure, mut off, mut doubts) = (Vec::new(), Vec::new(), Vec::new());
            let region = self.region(&opt_ins, resource);
            let mut perhaps = Vec::new();
            let of_it: Vec<_> = self.kinds.plans(resource.kind).collect();
            let of_it = |plan: &Resource| of_it.contains(&plan.kind);
            let beside = by_place.get(&place(resource)).into_iter().flatten();
            for plan in beside.filter(|plan| of_it(self.index.get(**plan))) {
                match selects(self.index.get(*plan), resource, &region) {
                    Ok(Selects::Yes) => sure.push(*plan),
                    Ok(Selects::SwitchedOff) => off.push(*plan),
                    Ok(Selects::No) => {}
                    Err(reason) => {
                        perhaps.push(*plan);
                        doubts.push(reason);
                    }
                }
            }
            let unplaced = unplaced.iter().filter(|plan| of_it(plan));
            let perhaps_here = unplaced.filter_map(|plan| Some((*plan, perhaps_beside(plan, resource)?)));
            let is_backed_up = |plan: &Resource| matches!(selects(plan, resource, &region), Ok(Selects::Yes) | Err(_));
            let elsewhere = perhaps_here.filter(|(plan, _)| is_backed_up(plan));
            doubts.extend(elsewhere.map(|(plan, fact)| Doubt { plan, selection: None, fact }));
            let doubt = doubts.first().copied();
            let copying = doubts.into_iter().find(|doubt| is_about_to_copy(doubt.plan));
            let is_any = doubt.is_some() || !sure.is_empty() || !off.is_empty();
            let [doubt, copying] = [doubt, copying].map(|doubt| doubt.map(Doubt::sentence));
            is_any.then(|| Box::new(Selecting { sure, off, perhaps, doubt, copying }))
        });
        Plans { of: of.collect(), gaps: self.gaps() }
    }

    /// Those of the backup service, and those of volumes only.
    fn every_plan(&self) -> impl Iterator<Item = &At> {
        self.index.of_kind(self.kinds.plan).iter().chain(self.index.of_kind(self.kinds.lifecycle))
    }

    /// How often each schedule of a plan runs. An estate has few.
    fn gaps(&self) -> HashMap<(String, Option<String>), Option<u64>> {
        let plans = self.every_plan().map(|plan| self.index.get(*plan));
        let rules = plans.filter_map(|plan| plan.plan.as_ref()?.rules.known()).flatten();
        let schedules: BTreeSet<_> =
            rules.filter_map(|rule| Some((rule.schedule.known()?.clone(), rule.timezone.known().cloned()))).collect();
        let gap = |(schedule, zone): (String, Option<String>)| {
            let gap = longest_gap(&schedule, zone.as_deref(), self.collected_at);
            ((schedule, zone), gap)
        };
        schedules.into_iter().map(gap).collect()
    }

    pub(super) fn selecting(&self, at: At) -> Option<&Selecting> {
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
            Some(region) => self.plans_gap(resource, region).map(Gap::sentence),
            None => Some("its region is not known".to_owned()),
        };
        let doubt = || self.selecting(at).and_then(|selecting| selecting.doubt.clone());
        if let Some(reason) = gap.or_else(doubt) {
            draft.mark("joined.backup_plans", reason);
        }
    }

    /// Why there may be more plans in the place of a resource.
    pub(super) fn plans_gap<'s>(&'s self, resource: &'s Resource, region: &'s str) -> Option<Gap<'s>> {
        let mut kinds = self.kinds.plans(resource.kind);
        kinds.find_map(|kind| self.seen.more(resource.account(), region, kind))
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
            let succeeded = match ended(facts) {
                Ended::Well => Some(true),
                Ended::Badly(_) | Ended::NotAtAll => Some(false),
                Ended::Unclear => None,
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
