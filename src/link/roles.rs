//! Roles that a resource takes on and that are not there.

use super::edges::At;
use super::index::place;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, ROLES_TAKEN_ON, Rel, Resource};
use crate::providers::aws::names::{Arn, is_service_linked, tail};

const MISSING: &str = "joined.missing_roles";
const PROFILES: &str = "workload.instance_profiles";

impl<'a> Estate<'a> {
    /// Fills the roles that are missing.
    pub(super) fn join_roles(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if !resource.kind.info().has(Rel::Assumes) {
            draft.joined.missing_roles = Fact::Absent;
            return;
        }
        let mut missing = Vec::new();
        // Those are made by their services, wherever they are needed.
        for role in self.roles_of(resource, draft).into_iter().filter(|role| !is_service_linked(role)) {
            match self.is_role_there(resource, role) {
                Ok(true) => {}
                Ok(false) => missing.push(role.to_owned()),
                Err(reason) => draft.mark(MISSING, reason),
            }
        }
        for profile in profiles_of(resource, draft) {
            match self.has_role(resource, profile) {
                Ok(true) => {}
                Ok(false) => missing.push(format!("of instance profile {profile}")),
                Err(reason) => draft.mark(MISSING, reason),
            }
        }
        missing.sort_unstable();
        missing.dedup();
        draft.joined.missing_roles = Fact::Known(missing);
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
        let roles: Vec<&str> = resource.links_to(Rel::Assumes).collect();
        if let Some(reason) = resource.unknown.get(ROLES_TAKEN_ON) {
            draft.mark(MISSING, reason.clone());
        }
        match resource.kind.info().class {
            Class::ClusterAddOn if resource.kubernetes.as_ref().is_none_or(|facts| facts.role.is_unknown()) => {
                draft.mark(MISSING, why(resource, "kubernetes.role"));
            }
            class if roles.is_empty() && has_always_one(class) => {
                draft.mark(MISSING, "the role that it takes on is not known");
            }
            _ => {}
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
        self.not_there(account)
    }

    /// Whether an instance profile that a resource names hands out a role. `Err`: it cannot be told, and why.
    fn has_role(&self, resource: &Resource, profile: &str) -> Result<bool, String> {
        let (account, _) = place(resource);
        if self.index.profiles.role(account, profile).is_some() {
            return Ok(true);
        }
        if let Some(doubt) = self.index.profiles.doubt(account, profile) {
            return Err(doubt);
        }
        self.not_there(resource.account())
    }

    /// What was not found in an account is not there. `Err`: not every role of it was listed, and why.
    fn not_there(&self, account: Option<&str>) -> Result<bool, String> {
        self.seen.gap(account, "", self.kinds.role).map(Gap::sentence).map_or(Ok(false), Err)
    }
}

/// The instance profiles of what starts machines.
fn profiles_of<'r>(resource: &'r Resource, draft: &mut Draft) -> impl Iterator<Item = &'r String> + use<'r> {
    let starts_machines = matches!(resource.kind.info().class, Class::ScalingGroup | Class::LaunchTemplate);
    let profiles = resource.workload.as_ref().filter(|_| starts_machines).and_then(|it| it.instance_profiles.known());
    if starts_machines && (profiles.is_none() || resource.unknown.contains_key(PROFILES)) {
        draft.mark(MISSING, why(resource, PROFILES));
    }
    profiles.into_iter().flatten()
}

/// It does not run without a role.
fn has_always_one(class: Class) -> bool {
    matches!(class, Class::Function | Class::KubernetesCluster | Class::NodeGroup | Class::ServerlessNodes)
}
