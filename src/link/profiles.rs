//! Instance profiles: which role machines take on by one.

use std::collections::HashMap;

use super::edges::At;
use crate::model::{Fact, Resource, not_known};

const FACT: &str = "role.instance_profiles";

/// The roles that instance profiles hand out. An account that is not known is named by its stack.
#[derive(Default)]
pub(super) struct Profiles<'a> {
    /// By account and name of the profile. None: several roles have it.
    by_name: HashMap<(&'a str, &'a str), Option<At>>,
    /// Of each account, a role of which not every profile is known.
    open: HashMap<&'a str, &'a Resource>,
}

impl<'a> Profiles<'a> {
    pub(super) fn add(&mut self, account: &'a str, at: At, resource: &'a Resource) {
        let Some(role) = &resource.role else { return };
        // A service hands its own roles to no machine.
        if role.service_linked != Fact::Known(true)
            && (role.instance_profiles.is_unknown() || resource.unknown.contains_key(FACT))
        {
            self.open.entry(account).or_insert(resource);
        }
        for name in role.instance_profiles.known().into_iter().flatten() {
            let of_several = |found: &mut Option<At>| *found = None;
            self.by_name.entry((account, name)).and_modify(of_several).or_insert(Some(at));
        }
    }

    /// The role that something takes on by a profile of its account.
    pub(super) fn role(&self, account: &str, profile: &str) -> Option<At> {
        self.by_name.get(&(account, profile)).copied().flatten()
    }

    /// Why a role may hand itself out by a profile that none is known to have.
    pub(super) fn doubt(&self, account: &str, profile: &str) -> Option<String> {
        if self.by_name.contains_key(&(account, profile)) {
            return Some(format!("several roles have the instance profile '{profile}'"));
        }
        let role = self.open.get(account)?;
        let reason = role.unknown.get(FACT).cloned().unwrap_or_else(|| not_known(FACT));
        Some(format!("of role '{}': {reason}", role.name))
    }
}
