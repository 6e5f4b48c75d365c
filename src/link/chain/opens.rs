//! What the policies on the way let whom do: that copies may leave the one vault and come into the other, and that somebody
//! there may restore from them.

use super::super::Estate;
use super::super::copies::clean;
use super::super::openings::{Lock, Locked, lock_on_copy};
use super::super::place::Target;
use super::holds::{Holds, link};
use crate::model::{ChainLink, Destination, Fact, Opening, PlanRule, Resource};
use crate::providers::aws::documents::{COPY_FROM, COPY_INTO};

impl Estate<'_> {
    /// Whether the policies of both vaults let copies through. It is a link where one stands in the way or is needed; what
    /// lies there already came in.
    pub(super) fn lets_in(
        &self,
        plan: &Resource,
        rule: &PlanRule,
        vault: &Resource,
        has_points: bool,
    ) -> Option<ChainLink> {
        let here = Destination { region: plan.place.region.clone(), ..Destination::default() };
        let from = rule.vault.text().and_then(|name| self.find_vault(plan, name, &here).ok().flatten());
        let out = from.map_or(Lock::Open, |from| lock_on_copy(from, plan, COPY_FROM));
        let into = lock_on_copy(vault, plan, COPY_INTO);
        let is_needed = plan.account().zip(vault.account()).is_some_and(|(own, there)| own != there);
        let holds = match (out, into) {
            (Lock::Shut(opening), _) | (_, Lock::Shut(opening)) => {
                Holds::No(opening.why.into_known().unwrap_or_default())
            }
            (Lock::Open, Lock::Open) if is_needed => Holds::Yes,
            (Lock::Open, Lock::Open) => return None,
            (Lock::Unclear(_), _) | (_, Lock::Unclear(_)) if has_points => return None,
            (Lock::Unclear(reason), _) | (_, Lock::Unclear(reason)) => Holds::Unclear(reason),
        };
        Some(link("vault-policy", "vault policy".to_owned(), holds))
    }

    /// Whether somebody may restore from one of the recovery points that are good.
    pub(super) fn open(&self, good: &[&Resource], target: &Target<'_>) -> Option<ChainLink> {
        let openings = good.iter().filter(|point| clean(point) != Fact::Known(false)).map(|point| {
            let key = point.encryption.as_ref().map_or(Fact::Unknown, |facts| match facts.enabled {
                Fact::Known(false) => Fact::Absent,
                _ => facts.key.clone(),
            });
            self.opening_of(point, &key, target)
        });
        // One that opens is enough, and one of which it is not known may.
        let rank = |opening: &Opening| match opening.opens {
            Fact::Known(true) => 0,
            Fact::Known(false) => 2,
            Fact::Absent | Fact::Unknown => 1,
        };
        openings.min_by_key(rank).map(link_of)
    }

    /// Whether somebody may restore from what code says that will lie in a vault.
    pub(super) fn open_by_design(&self, vault: &Resource, target: &Target<'_>) -> ChainLink {
        let key = vault.encryption.as_ref().map_or(Fact::Unknown, |facts| facts.key.clone());
        link_of(self.opening(Locked { point: None, vault: Some(vault), key: &key }, target))
    }
}

fn link_of(opening: Opening) -> ChainLink {
    let why = || opening.why.text().unwrap_or_default().to_owned();
    let holds = match opening.opens {
        Fact::Known(true) => Holds::Yes,
        Fact::Known(false) => Holds::No(why()),
        Fact::Absent | Fact::Unknown => Holds::Unclear(why()),
    };
    link("open", "open".to_owned(), holds)
}
