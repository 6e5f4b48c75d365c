//! What restores have shown of a resource, and whether a plan that restores for a test ever comes to it.

mod covers;

use super::copies::is_made_now;
use super::edges::At;
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Fact, Job, Rel, Resource, RestoreOutcome, Timestamp};

const NEWEST: &str = "joined.newest_restore";

/// How a restore job ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ended {
    Well,
    /// And why.
    Badly(String),
    /// Somebody broke it off, or it goes on.
    NotAtAll,
    /// It is not known.
    Unclear,
}

/// How a restore job ended, by its state and by what whoever validated it said.
pub(super) fn ended(job: &Job) -> Ended {
    let said = |what: &str, reason: &Fact<String>| match reason.text() {
        Some(reason) => format!("{what}: {}", reason.trim_end_matches('.')),
        None => what.to_owned(),
    };
    match (job.state.text(), &job.validation) {
        (Some("failed"), _) => Ended::Badly(said("failed", &job.reason)),
        (Some("completed"), Fact::Absent) => Ended::Well,
        (Some("completed"), Fact::Known(validation)) => match validation.as_str() {
            "successful" => Ended::Well,
            "failed" => Ended::Badly(said("did not pass its validation", &job.validation_reason)),
            "timed_out" => Ended::Badly(said("was not validated in time", &job.validation_reason)),
            "validating" => Ended::NotAtAll,
            _ => Ended::Unclear,
        },
        (Some("completed") | None, _) => Ended::Unclear,
        // Aborted, pending, running.
        (Some(_), _) => Ended::NotAtAll,
    }
}

impl<'a> Estate<'a> {
    /// Fills how the newest restore ended, and what restores it for a test.
    pub(super) fn join_restore_tests(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        draft.joined.newest_restore = Fact::Absent;
        draft.joined.restore_covered = Fact::Absent;
        draft.joined.restore_misses = Fact::Known(Vec::new());
        draft.joined.restore_trouble = Fact::Absent;
        let resource = self.index.get(at);
        if resource.kind.info().backup.is_none() {
            return;
        }
        self.join_newest_restore(at, recovery, draft);
        if resource.kind.info().is_stateful() {
            self.join_restore_cover(at, recovery, draft);
        }
        let has_failed = |newest: &RestoreOutcome| newest.succeeded == Fact::Known(false);
        draft.joined.restore_trouble = match &draft.joined.newest_restore {
            Fact::Known(newest) if has_failed(newest) => "failed".into(),
            Fact::Absent if draft.joined.restore_covered == Fact::Known(false) => "not-covered".into(),
            _ => Fact::Absent,
        };
    }

    fn join_newest_restore(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let resource = self.index.get(at);
        let created = resource.status.as_ref().and_then(|status| status.created_at.known().copied());
        let mut doubt = self.search_gap(resource, recovery, &[self.kinds.restore_job], true).map(Gap::sentence);
        let mut newest: Option<(Timestamp, &Resource, Ended)> = None;
        let jobs = self.index.from(at, Rel::BackupOf).map(|job| self.index.get(job));
        for job in jobs.filter(|job| job.kind == self.kinds.restore_job && !is_made_now(resource)) {
            let Some(facts) = &job.job else { continue };
            match (ended(facts), facts.completed_at.known()) {
                (Ended::NotAtAll, _) => {}
                // It was of another that had the name before.
                (_, Some(completed)) if created.is_some_and(|created| *completed < created) => {}
                (Ended::Unclear, _) | (_, None) => {
                    doubt = doubt.or_else(|| Some(format!("the end of restore job {} is not known", job.name)));
                }
                (end, Some(completed)) if newest.as_ref().is_none_or(|(newest, ..)| newest < completed) => {
                    newest = Some((*completed, job, end));
                }
                _ => {}
            }
        }
        if let Some((completed, job, end)) = newest {
            draft.joined.newest_restore = Fact::Known(self.outcome(completed, job, end));
        }
        if let Some(reason) = doubt {
            if draft.joined.newest_restore == Fact::Absent {
                draft.joined.newest_restore = Fact::Unknown;
            }
            draft.mark(NEWEST, reason);
        }
    }

    fn outcome(&self, completed: Timestamp, job: &Resource, end: Ended) -> RestoreOutcome {
        let hours = (self.seen_at(job).as_second().saturating_sub(completed.as_second()) / 3_600).max(0);
        let plan = job.job.as_ref().map_or(Fact::Unknown, |facts| facts.testing_plan.clone());
        let named = |id: &String| {
            let found = self.index.by_id(id).map(|at| self.index.get(at).name.clone());
            found.unwrap_or_else(|| name_of(id))
        };
        RestoreOutcome {
            job: Fact::Known(job.id.clone()),
            plan: plan.as_ref().map(named),
            succeeded: Fact::Known(end == Ended::Well),
            why: match end {
                Ended::Badly(why) => Fact::Known(why),
                _ => Fact::Absent,
            },
            age_days: Fact::Known(hours as f64 / 24.0),
        }
    }
}

/// The name in the ARN of a restore testing plan, behind which stands an id.
fn name_of(id: &str) -> String {
    let tail = id.rsplit(':').next().unwrap_or(id);
    tail.rsplit_once('-').filter(|(_, id)| id.len() >= 8).map_or(tail, |(name, _)| name).to_owned()
}

/// Why a fact of a restore testing plan is not known.
fn unread(plan: &Resource, fact: &str) -> String {
    format!("{}: {}", plan.name, why(plan, fact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restore_succeeded_only_if_whoever_validated_it_says_so() {
        let job = |state: &str, validation: Fact<String>| Job {
            state: state.into(),
            validation,
            reason: "Access denied.".into(),
            validation_reason: "no rows".into(),
            ..Job::default()
        };
        let none = Fact::Absent;
        let badly = |why: &str| Ended::Badly(why.to_owned());
        let cases = [
            (job("completed", none.clone()), Ended::Well),
            (job("completed", "successful".into()), Ended::Well),
            (job("completed", "failed".into()), badly("did not pass its validation: no rows")),
            (job("completed", "timed_out".into()), badly("was not validated in time: no rows")),
            (job("completed", "validating".into()), Ended::NotAtAll),
            (job("completed", "perhaps".into()), Ended::Unclear),
            (job("completed", Fact::Unknown), Ended::Unclear),
            (job("failed", Fact::Unknown), badly("failed: Access denied")),
            (job("aborted", none.clone()), Ended::NotAtAll),
            (job("running", none.clone()), Ended::NotAtAll),
            (Job { validation: none, ..Job::default() }, Ended::Unclear),
        ];
        for (job, expected) in cases {
            assert_eq!(ended(&job), expected, "{job:?}");
        }
    }

    #[test]
    fn the_id_behind_a_name_is_no_part_of_it() {
        let of = |name: &str| name_of(&format!("arn:aws:backup:us-east-1:111122223333:restore-testing-plan:{name}"));
        assert_eq!(of("weekly-0a1b2c3d"), "weekly");
        assert_eq!(of("weekly-db"), "weekly-db");
    }
}
