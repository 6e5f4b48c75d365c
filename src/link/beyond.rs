//! Whether a copy of the data stands where whoever takes over its account does not get at it: in another account, or in a
//! logically air-gapped vault.

use super::copies::{is_older_than, new_copies};
use super::edges::At;
use super::peers::End;
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate};
use crate::model::{Destination, Fact, Rel, Resource};
use crate::providers::aws::names::Arn;

const BEYOND: &str = "joined.beyond_account";

/// What was found so far.
#[derive(Default)]
struct Found {
    beyond: bool,
    /// There is a copy of it at all.
    any: bool,
    doubt: Option<String>,
}

impl Found {
    fn doubts(&mut self, reason: impl FnOnce() -> String) {
        self.doubt.get_or_insert_with(reason);
    }
}

impl<'a> Estate<'a> {
    /// Fills whether a copy is beyond its account.
    pub(super) fn join_beyond(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        draft.joined.beyond_account = Fact::Absent;
        let resource = self.index.get(at);
        let info = resource.kind.info();
        if info.backup.is_none() || !info.is_stateful() {
            return;
        }
        let backed_up = resource.backup.as_ref().is_some_and(|facts| facts.enabled == Fact::Known(true));
        let mut found = Found { any: backed_up, ..Found::default() };
        for end in ends {
            found.any = true;
            match end.account.zip(resource.account()).map(|(there, own)| there != own) {
                Some(true) => found.beyond = true,
                Some(false) => {}
                None if resource.is_declared() => {}
                None => found.doubts(|| "the account of a replica is not known".to_owned()),
            }
        }
        self.points_beyond(at, &mut found);
        self.plans_beyond(at, &mut found, draft);
        if !found.beyond {
            let kinds = self.kinds.copies(resource.kind);
            let gap = self.search_gap(resource, recovery, kinds, true).map(Gap::sentence);
            let unread = || if resource.is_declared() { None } else { self.plans_unread(resource) };
            found.doubt = found.doubt.or(gap).or_else(unread);
        }
        draft.joined.beyond_account = match found.doubt.filter(|_| !found.beyond) {
            Some(reason) => {
                draft.mark(BEYOND, reason);
                Fact::Unknown
            }
            None if found.beyond || found.any => Fact::Known(found.beyond),
            None => Fact::Absent,
        };
    }

    /// Recovery points that are there, and copy jobs that made one where nobody looks.
    fn points_beyond(&self, at: At, found: &mut Found) {
        let resource = self.index.get(at);
        for other in self.index.from(at, Rel::BackupOf).map(|other| self.index.get(other)) {
            if other.kind == self.kinds.copy_job {
                let job = other.job.as_ref().filter(|job| job.state.text() == Some("completed"));
                let to = job.and_then(|job| job.destination.text());
                let to = to.filter(|to| self.is_beyond(resource, to) == Some(true)).and_then(Arn::parse);
                let is_unseen =
                    |to: Arn<'_>| self.seen.more(to.known_account(), to.region, self.kinds.recovery_point).is_some();
                // What it made may be gone since, or be of another of its name.
                if to.is_some_and(is_unseen) {
                    found.doubts(|| format!("whether what copy job {} made is still there is not known", other.name));
                }
            }
            if other.kind.info().mechanism.is_none() || is_older_than(other, resource) {
                continue;
            }
            let holder = other.links.iter().find(|link| link.rel == Rel::StoredIn).map(|link| link.to.as_str());
            let apart = other.account().zip(resource.account()).map(|(there, own)| there != own);
            let apart =
                if apart == Some(true) { apart } else { holder.map_or(apart, |to| self.is_beyond(resource, to)) };
            match (self.restorable(other), apart) {
                (Fact::Known(false), _) => {}
                (Fact::Known(true), Some(true)) => (found.any, found.beyond) = (true, true),
                (_, Some(false)) => found.any = true,
                _ => {
                    found.doubts(|| format!("whether recovery point {} is beyond its account is not known", other.name))
                }
            }
        }
    }

    /// Vaults that plans write to. What code declares is there by design; of what runs, only what was seen there counts.
    fn plans_beyond(&self, at: At, found: &mut Found, draft: &mut Draft) {
        let resource = self.index.get(at);
        let Some(selecting) = self.selecting(at) else { return };
        if let Some(reason) = &selecting.doubt {
            found.doubts(|| reason.clone());
        }
        for plan in selecting.sure.iter().map(|plan| self.index.get(*plan)) {
            found.any = true;
            let new = new_copies(plan).0;
            let rules = plan.plan.as_ref().and_then(|facts| facts.rules.known());
            for rule in rules.into_iter().flatten() {
                let air_gapped = rule.air_gapped_vault.is_known();
                let mut copies = rule.copies.known().into_iter().flatten();
                let to = copies.find(|copy| {
                    let elsewhere = copy.account.text().zip(resource.account()).is_some_and(|(to, own)| to != own);
                    elsewhere || copy.vault.text().is_some_and(|vault| self.is_beyond(resource, vault) == Some(true))
                });
                if !air_gapped && to.is_none() {
                    continue;
                }
                let by_design = resource.is_declared()
                    || plan.is_declared()
                    || to.is_some_and(|to| new.iter().any(|new| std::ptr::eq(*new, to)));
                if by_design {
                    found.beyond = true;
                    draft.rests_on("beyond_account", Some(plan));
                } else if !to.is_some_and(|to| self.is_listed(plan, to.vault.text())) {
                    found.doubts(|| {
                        format!("whether what {} copies beyond its account is there is not known", plan.name)
                    });
                }
            }
        }
    }

    /// All that lies in a vault was listed.
    fn is_listed(&self, plan: &Resource, vault: Option<&str>) -> bool {
        let there = Destination::default();
        let vault = vault.and_then(|vault| self.find_vault(plan, vault, &there).ok().flatten());
        vault.is_some_and(|vault| {
            let region = vault.region().unwrap_or_default();
            self.seen.more(vault.account(), region, self.kinds.recovery_point).is_none()
        })
    }

    /// Whether a vault, by its id, is out of reach of the account of a resource.
    fn is_beyond(&self, resource: &Resource, vault: &str) -> Option<bool> {
        let own = resource.account();
        let account = Arn::parse(vault).and_then(|arn| arn.known_account());
        if account.zip(own).is_some_and(|(there, own)| there != own) {
            return Some(true);
        }
        let found = self.index.by_id(vault).map(|at| self.index.get(at));
        match found?.vault.as_ref()?.air_gapped {
            Fact::Known(air_gapped) => Some(air_gapped),
            Fact::Absent | Fact::Unknown => None,
        }
    }
}
