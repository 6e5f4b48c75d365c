//! Whether a role is needed in the recovery place.

use super::super::edges::At;
use super::super::place::{Recovery, Target};
use super::super::{Draft, Estate};
use super::stand_in::StandIn;
use crate::model::{Fact, Rel, Resource};

impl<'a> Estate<'a> {
    /// Fills whether a role is needed in its recovery place. Its users must be there already.
    pub(in crate::link) fn join_needed(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let role = self.index.get(at);
        if role.kind != self.kinds.role {
            return;
        }
        // Those are made by their services, wherever they are needed.
        if role.role.as_ref().is_some_and(|facts| facts.service_linked == Fact::Known(true)) {
            draft.joined.needed_in_recovery = Fact::Known(false);
            return;
        }
        let target = match recovery {
            Recovery::At(target) => target,
            Recovery::Nowhere => {
                draft.joined.needed_in_recovery = Fact::Known(false);
                return;
            }
            Recovery::Unclear(reason) => return draft.mark("joined.needed_in_recovery", reason.clone()),
        };
        let users: Vec<At> = self.index.from(at, Rel::Assumes).collect();
        let mut doubt = draft.reason("joined.used_by").map(str::to_owned);
        for user in &users {
            match self.takes_it_on(*user, at) {
                Ok(true) => {
                    draft.joined.needed_in_recovery = Fact::Known(true);
                    return;
                }
                Ok(false) => {}
                Err(reason) => doubt = doubt.or(Some(reason)),
            }
        }
        // Nothing that was collected says what takes it on, so its application speaks for it.
        let of_application = users.is_empty() && !self.membership.of(at).is_empty();
        if of_application && !self.has_twin(role, target) {
            draft.joined.needed_in_recovery = Fact::Known(true);
            return;
        }
        if users.is_empty() && !of_application && self.membership.doubt(at).is_some() {
            doubt = draft.reason("joined.applications").map(str::to_owned).or(doubt);
        }
        match doubt {
            Some(reason) => draft.mark("joined.needed_in_recovery", reason),
            None => draft.joined.needed_in_recovery = Fact::Known(false),
        }
    }

    /// Whether what comes back for a user of a role takes on that role again. What runs there already may have a role of
    /// its own.
    fn takes_it_on(&self, user: At, role: At) -> Result<bool, String> {
        let resource = self.index.get(user);
        let target = match self.recovery(user) {
            Recovery::At(target) => target,
            Recovery::Nowhere => return Ok(false),
            Recovery::Unclear(reason) => return Err(reason),
        };
        if !resource.kind.info().is_compute() {
            return Ok(true);
        }
        let StandIn::There(there, _) = self.stand_in(user, &target) else { return Ok(true) };
        let name = &self.index.get(role).name;
        let mut roles = self.index.to(there, Rel::Assumes).map(|other| self.index.get(other)).peekable();
        Ok(roles.peek().is_none() || roles.any(|other| other.name == *name))
    }

    /// Another role with the same name, but for the region in it, is there for the recovery place.
    fn has_twin(&self, role: &Resource, target: &Target<'a>) -> bool {
        let account = target.looked_in;
        let own = self.config.recovery.iter().filter(|pair| pair.to == target.region).map(|pair| pair.from.as_str());
        own.filter(|from| role.name.contains(from)).any(|from| {
            let twin = role.name.replace(from, target.region);
            self.index.by_name(role.kind, account, "", &twin).is_some()
        })
    }
}
