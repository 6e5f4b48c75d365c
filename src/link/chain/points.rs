//! What lies in the vault at the end of a chain.

use super::super::copies::{clean, is_older_than};
use super::super::edges::At;
use super::super::place::Target;
use super::super::seen::Gap;
use super::super::{Estate, why};
use super::holds::{Holds, link};
use crate::model::{ChainLink, Fact, PointGap, Rel, Resource};

impl Estate<'_> {
    /// What lies in the vault of the resource: that something does, that something of it is clean, and that somebody may
    /// open something of that.
    pub(in crate::link) fn points(&self, at: At, vault: &Resource, target: Option<&Target<'_>>) -> Vec<ChainLink> {
        let own = self.points_in(at, vault);
        let good: Vec<_> = own.iter().copied().filter(|point| self.restorable(point) == Fact::Known(true)).collect();
        let label = || "recovery point".to_owned();
        if good.is_empty() {
            let unread = own.iter().find(|point| self.restorable(point).is_unknown());
            let unread = unread.map(|point| why(point, "status.state"));
            let gap = || {
                let (account, region) = (vault.account(), vault.region().unwrap_or_default());
                self.seen.more(account, region, self.kinds.recovery_point).map(Gap::sentence)
            };
            let holds = unread.or_else(gap).map_or_else(|| Holds::No(self.no_point(at, vault)), Holds::Unclear);
            return vec![link("recovery-point", label(), holds)];
        }
        let holds = if good.iter().any(|point| clean(point) == Fact::Known(true)) {
            Holds::Yes
        } else if good.iter().all(|point| clean(point) == Fact::Known(false)) {
            Holds::No("a scan found malware in every recovery point there".to_owned())
        } else {
            Holds::Unclear("whether a scan found malware is not known".to_owned())
        };
        let open = target.and_then(|target| self.open(&good, target));
        let found = [link("recovery-point", label(), Holds::Yes), link("clean", "clean".to_owned(), holds)];
        found.into_iter().chain(open).collect()
    }

    /// That there is none, and what became of the last job that was to make one.
    fn no_point(&self, at: At, vault: &Resource) -> String {
        let jobs = self.index.from(at, Rel::BackupOf).filter_map(|job| self.index.get(job).job.as_ref());
        let into = jobs.filter(|job| job.destination.text() == Some(&vault.id));
        let last = into.max_by_key(|job| job.completed_at.known().copied());
        let Some(last) = last.filter(|job| job.state.text().is_some_and(|state| state != "completed")) else {
            return "none of it is there".to_owned();
        };
        let state = last.state.text().unwrap_or_default();
        match last.reason.text() {
            Some(reason) => format!("none of it is there, the last copy job is {state}: {reason}"),
            None => format!("none of it is there, the last copy job is {state}"),
        }
    }

    /// The longest time without a recovery point of the resource in a vault, since the oldest that is there. `promised`: the
    /// longest that its rule allows for. `Ok(None)`: there is none. One whose state or moment is not known may fill any gap.
    pub(in crate::link) fn longest_gap_of_points(
        &self,
        at: At,
        vault: &Resource,
        promised: u64,
    ) -> Result<Option<PointGap>, String> {
        let (points, now) = (self.points_in(at, vault), self.seen_at(vault));
        let mut moments = Vec::new();
        for point in points {
            let taken = point.recovery_point.as_ref().and_then(|facts| facts.taken_at.known());
            match (self.restorable(point), taken) {
                (Fact::Known(true), Some(taken)) => moments.push(*taken),
                (Fact::Known(true), None) => return Err(why(point, "recovery_point.taken_at")),
                (Fact::Known(false), _) => {}
                (Fact::Absent | Fact::Unknown, _) => return Err(why(point, "status.state")),
            }
        }
        moments.sort_unstable();
        let ends = moments.iter().skip(1).map(|to| Some(*to)).chain([None]);
        let gaps = moments.iter().zip(ends).map(|(from, to)| {
            let minutes = to.unwrap_or(now).as_second().saturating_sub(from.as_second()) / 60;
            PointGap {
                from: Fact::Known(*from),
                to: Fact::from_read(to),
                minutes: Fact::Known(u64::try_from(minutes).unwrap_or_default()),
                promised_minutes: Fact::Known(promised),
            }
        });
        Ok(gaps.max_by_key(|gap| gap.minutes.known().copied()))
    }

    /// The recovery points of a resource in a vault, whatever state they are in, without those of a predecessor.
    fn points_in(&self, at: At, vault: &Resource) -> Vec<&Resource> {
        let (resource, holder) = (self.index.get(at), self.index.by_id(&vault.id));
        let is_there = |point: &At| self.index.to(*point, Rel::StoredIn).any(|stored| Some(stored) == holder);
        let points = self.index.from(at, Rel::BackupOf).filter(is_there).map(|point| self.index.get(point));
        let is_own = |point: &&Resource| point.kind == self.kinds.recovery_point && !is_older_than(point, resource);
        points.filter(is_own).collect()
    }
}
