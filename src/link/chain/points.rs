//! What lies in the vault at the end of a chain.

use super::super::copies::{is_older_than, restorable};
use super::super::edges::At;
use super::super::seen::Gap;
use super::super::{Estate, why};
use super::holds::{Holds, link};
use crate::model::{ChainLink, Fact, PointGap, Rel, Resource};

impl Estate<'_> {
    /// What lies in the vault of the resource: that something does, and that something of it is clean.
    pub(in crate::link) fn points(&self, at: At, vault: &Resource) -> Vec<ChainLink> {
        let resource = self.index.get(at);
        let points = self.points_in(at, vault);
        let state = |point: &&Resource| point.status.as_ref().map_or(Fact::Unknown, |status| restorable(&status.state));
        let own = || points.iter().copied().filter(|point| !is_older_than(point, resource));
        let good: Vec<&Resource> = own().filter(|point| state(point) == Fact::Known(true)).collect();
        let label = || "recovery point".to_owned();
        if good.is_empty() {
            let unread = own().find(|point| state(point).is_unknown()).map(|point| why(point, "status.state"));
            let gap = || {
                let (account, region) = (vault.account(), vault.region().unwrap_or_default());
                self.seen.more(account, region, self.kinds.recovery_point).map(Gap::sentence)
            };
            let holds = unread.or_else(gap).map_or_else(|| Holds::No(self.no_point(at, vault)), Holds::Unclear);
            return vec![link("recovery-point", label(), holds)];
        }
        let found = |point: &&Resource| point.recovery_point.as_ref().map_or(Fact::Unknown, |facts| facts.infected);
        let clean = if good.iter().any(|point| matches!(found(point), Fact::Known(false) | Fact::Absent)) {
            Holds::Yes
        } else if good.iter().all(|point| found(point) == Fact::Known(true)) {
            Holds::No("a scan found malware in every recovery point there".to_owned())
        } else {
            Holds::Unclear("whether a scan found malware is not known".to_owned())
        };
        vec![link("recovery-point", label(), Holds::Yes), link("clean", "clean".to_owned(), clean)]
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
    /// longest that its rule allows for. Absent: there is none.
    pub(in crate::link) fn longest_gap_of_points(&self, at: At, vault: &Resource, promised: u64) -> Fact<PointGap> {
        let resource = self.index.get(at);
        let (points, now) = (self.points_in(at, vault), self.seen_at(vault));
        let taken = |point: &&Resource| point.recovery_point.as_ref()?.taken_at.known().copied();
        let is_good = |point: &&&Resource| {
            let state = point.status.as_ref().map_or(Fact::Unknown, |status| restorable(&status.state));
            state == Fact::Known(true) && !is_older_than(point, resource)
        };
        let mut moments: Vec<_> = points.iter().filter(is_good).filter_map(taken).collect();
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
        Fact::from_read(gaps.max_by_key(|gap| gap.minutes.known().copied()))
    }

    /// The recovery points of a resource in a vault, whatever state they are in.
    fn points_in(&self, at: At, vault: &Resource) -> Vec<&Resource> {
        let holder = self.index.by_id(&vault.id);
        let is_there = |point: &At| {
            self.index.get(*point).kind == self.kinds.recovery_point
                && self.index.to(*point, Rel::StoredIn).any(|stored| Some(stored) == holder)
        };
        self.index.from(at, Rel::BackupOf).filter(is_there).map(|point| self.index.get(point)).collect()
    }
}
