//! Whether those who are to restore from a logically air-gapped vault get at it from their own account.

use std::collections::BTreeSet;

use super::edges::At;
use super::{Draft, Estate, why};
use crate::model::{Fact, Rel, Resource};
use crate::providers::aws::names::Arn;

const UNSHARED: &str = "joined.unshared_with";

impl Estate<'_> {
    /// Fills the recovery accounts that do not get at a vault.
    pub(super) fn join_shares(&self, at: At, draft: &mut Draft) {
        draft.joined.unshared_with = Fact::Absent;
        let vault = self.index.get(at);
        if vault.kind != self.kinds.vault {
            return;
        }
        let facts = vault.vault.as_deref();
        let wanted = self.asked_for(at, vault);
        if wanted.is_empty() || facts.is_some_and(|facts| facts.air_gapped == Fact::Known(false)) {
            return;
        }
        let unread = |fact: &str| format!("{}: {}", vault.name, why(vault, fact));
        let Some(facts) = facts.filter(|facts| facts.air_gapped == Fact::Known(true)) else {
            draft.joined.unshared_with = Fact::Unknown;
            draft.mark(UNSHARED, unread("vault.air_gapped"));
            return;
        };
        // A team gives any account access to it.
        if facts.approval_team.is_known() {
            draft.joined.unshared_with = Fact::Known(Vec::new());
            return;
        }
        let (mut without, mut doubt) = (Vec::new(), None);
        for account in wanted {
            match self.is_open_to(vault, account) {
                Some(true) => {}
                Some(false) if facts.approval_team == Fact::Absent => without.push(account.to_owned()),
                Some(false) => doubt = Some(unread("vault.approval_team")),
                None => doubt = Some(unread("vault.shared_with")),
            }
        }
        draft.joined.unshared_with = Fact::Known(without);
        if let Some(reason) = doubt {
            draft.mark(UNSHARED, reason);
        }
        draft.rests_on("unshared_with", Some(vault));
    }

    /// Accounts other than its own that are to restore from a vault: those that take over in its region, by the recovery
    /// pairs, and those of what lies in it, where these come back in their own.
    fn asked_for(&self, at: At, vault: &Resource) -> BTreeSet<&str> {
        let pairs = || self.config.recovery.iter().filter(|pair| Some(pair.to.as_str()) == vault.region());
        let named = pairs().filter_map(|pair| pair.to_account.as_deref());
        let mut wanted: BTreeSet<&str> = named.collect();
        if pairs().any(|pair| pair.to_account.is_none()) {
            for point in self.index.from(at, Rel::StoredIn).map(|point| self.index.get(point)) {
                let source = point.recovery_point.as_ref().and_then(|facts| facts.source.text());
                wanted.extend(source.and_then(Arn::parse).and_then(|arn| arn.known_account()));
            }
        }
        wanted.retain(|account| vault.account().is_some_and(|own| own != *account));
        wanted
    }

    /// Whether a vault is shared with an account, or that has a vault of its own that gives access to it.
    fn is_open_to(&self, vault: &Resource, account: &str) -> Option<bool> {
        let gives_access = |other: &Resource| {
            other.account() == Some(account)
                && other.vault.as_ref().is_some_and(|facts| facts.source_vault.text() == Some(&vault.id))
        };
        if self.index.of_kind(self.kinds.vault).iter().any(|at| gives_access(self.index.get(*at))) {
            return Some(true);
        }
        let with = vault.vault.as_ref()?.shared_with.known()?;
        let is_meant = |one: &String| one == account || one.ends_with(&format!(":{account}:root"));
        // Whose accounts an organization or one of its units has, is not told here.
        let may_be_meant = |one: &String| one.contains(":organization/") || one.contains(":ou/");
        match with.iter().any(is_meant) {
            true => Some(true),
            false if with.iter().any(may_be_meant) || vault.unknown.contains_key("vault.shared_with") => None,
            false => Some(false),
        }
    }
}
