//! Roles that a resource takes on and that are not there.

use super::edges::At;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, Rel, Resource};
use crate::providers::aws::names::{Arn, is_service_linked, tail};

const MISSING: &str = "joined.missing_roles";

impl<'a> Estate<'a> {
    /// Fills the roles that are missing.
    pub(super) fn join_roles(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        let mut missing = Vec::new();
        // Those are made by their services, wherever they are needed.
        for role in self.roles_of(resource, draft).into_iter().filter(|role| !is_service_linked(role)) {
            match self.is_role_there(resource, role) {
                Ok(true) => {}
                Ok(false) => missing.push(role.to_owned()),
                Err(reason) => draft.mark(MISSING, reason),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        let takes_none = resource.kind != self.kinds.plan && !is_of_kubernetes(resource);
        draft.joined.missing_roles = if takes_none { Fact::Absent } else { Fact::Known(missing) };
    }

    /// The roles that a resource names.
    fn roles_of(&self, resource: &'a Resource, draft: &mut Draft) -> Vec<&'a str> {
        if resource.kind == self.kinds.plan {
            let selections = resource.plan.as_ref().and_then(|plan| plan.selections.known());
            if selections.is_none() || resource.unknown.contains_key("plan.selections") {
                draft.mark(MISSING, why(resource, "plan.selections"));
            }
            let selections = selections.into_iter().flatten();
            if selections.clone().any(|selection| selection.role.is_unknown()) {
                draft.mark(MISSING, why(resource, "plan.selections.role"));
            }
            return selections.filter_map(|selection| selection.role.text()).collect();
        }
        if !is_of_kubernetes(resource) {
            return Vec::new();
        }
        let roles: Vec<&str> = resource.links_to(Rel::Assumes).collect();
        let role = resource.kubernetes.as_ref().map_or(&Fact::Unknown, |facts| &facts.role);
        if resource.kind.info().class == Class::ClusterAddOn {
            if role.is_unknown() {
                draft.mark(MISSING, why(resource, "kubernetes.role"));
            }
        } else if roles.is_empty() {
            // Every other part has one.
            draft.mark(MISSING, "the role that it takes on is not known");
        }
        roles
    }

    /// Whether a role that a resource names is there. `Err`: it cannot be told, and why.
    fn is_role_there(&self, resource: &'a Resource, role: &'a str) -> Result<bool, String> {
        if self.index.resolve(resource, Rel::Assumes, role).is_some() {
            return Ok(true);
        }
        if self.index.is_gone(role) {
            return Ok(false);
        }
        // The code may make one of that name in an account that is not known.
        let unplaced = resource.origin.stack.as_deref().unwrap_or_default();
        if self.index.by_name_from(resource, (self.kinds.role, unplaced, "", tail(role))).is_some() {
            return Err(format!("the account of role '{}' is not known", tail(role)));
        }
        let account = Arn::parse(role).map_or(resource.account(), |arn| arn.known_account());
        self.seen.gap(account, "", self.kinds.role).map(Gap::sentence).map_or(Ok(false), Err)
    }
}

/// A Kubernetes cluster, or a part of one that takes on a role.
fn is_of_kubernetes(resource: &Resource) -> bool {
    let info = resource.kind.info();
    info.service == "eks" && info.has(Rel::Assumes)
}
