//! Copy jobs that wait: of one resource, one copy goes at a time.

use super::edges::At;
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate};
use crate::model::{CopyQueue, Fact, Rel};
use crate::providers::aws::names::Arn;

const QUEUE: &str = "joined.copy_queue";

/// States of a job that has not ended.
const WAITING: &[&str] = &["created", "pending", "running"];

impl<'a> Estate<'a> {
    /// Fills how copies to the recovery place come on.
    pub(super) fn join_queue(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        draft.joined.copy_queue = Fact::Absent;
        let resource = self.index.get(at);
        let info = resource.kind.info();
        if info.backup.is_none() || !info.is_stateful() || *recovery == Recovery::Nowhere {
            return;
        }
        let own = resource.region().and_then(|region| self.seen.more(resource.account(), region, self.kinds.copy_job));
        let mut doubt = own.map(Gap::sentence);
        let (mut waiting, mut taken) = (Vec::new(), Vec::new());
        let since = resource.status.as_ref().and_then(|status| status.created_at.known().copied());
        for job in self.index.from(at, Rel::BackupOf).map(|job| self.index.get(job)) {
            let Some(facts) = job.job.as_ref().filter(|_| job.kind == self.kinds.copy_job) else { continue };
            let to = facts.destination.text().and_then(Arn::parse);
            let there = to.map_or(Fact::Unknown, |to| recovery.holds(Some(to.region), to.known_account(), true));
            // It copied another of the same name.
            if since.is_some_and(|since| facts.created_at.known().is_some_and(|created| *created < since)) {
                continue;
            }
            let open = || format!("how copy job {} comes on is not known", job.name);
            match (there, facts.state.text()) {
                (Fact::Known(false), _) => {}
                (Fact::Known(true), Some(state)) if WAITING.contains(&state) => match facts.created_at.known() {
                    Some(created) => {
                        let age = self.seen_at(job).as_second().saturating_sub(created.as_second()) / 60;
                        waiting.push(u64::try_from(age).unwrap_or(0));
                    }
                    None => doubt = doubt.or_else(|| Some(open())),
                },
                (Fact::Known(true), Some("completed")) => match facts.seconds.known() {
                    Some(seconds) => taken.push(seconds / 60),
                    None => doubt = doubt.or_else(|| Some(open())),
                },
                (Fact::Known(true), Some(_)) => {}
                _ => doubt = doubt.or_else(|| Some(open())),
            }
        }
        taken.sort_unstable();
        let has_any = !waiting.is_empty() || !taken.is_empty();
        let queue = CopyQueue {
            waiting: Fact::Known(u32::try_from(waiting.len()).unwrap_or(u32::MAX)),
            oldest_minutes: Fact::from_read(waiting.iter().max().copied()),
            usual_minutes: Fact::from_read(taken.get(taken.len() / 2).copied()),
        };
        draft.joined.copy_queue = match (&doubt, has_any) {
            (_, true) => Fact::Known(queue),
            (None, false) => Fact::Absent,
            (Some(_), false) => Fact::Unknown,
        };
        if let Some(reason) = doubt {
            draft.mark(QUEUE, reason);
        }
    }
}
