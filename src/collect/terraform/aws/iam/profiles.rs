//! Instance profiles, by which machines take on a role.

use std::collections::{BTreeMap, BTreeSet};

use super::super::provider::TYPE;
use super::common::{ASSUMED, ROLES};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::{Parts, Referent, World};
use crate::model::Fact;
use crate::providers::aws::names::tail;

const PROFILES: &[&str] = &["aws_iam_instance_profile"];
const FACT: &str = "role.instance_profiles";

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_iam_instance_profile",
        kind: None,
        global_id: "arn",
        names: &["name"],
        facts: &[],
        reads: &["role"],
        ..TYPE
    },
    maps: Maps::Part(of_role, None),
}];

fn of_role(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("role", ROLES).here()
}

fn name(attrs: &Attrs<'_>) -> String {
    attrs.text("name").into_known().unwrap_or_else(|| attrs.instance().address.clone())
}

/// The instance profile that an attribute names, and its role where no role of the code has that profile.
pub(in crate::collect::terraform::aws) fn profile(attrs: &Attrs<'_>, by: &str) -> (Fact<String>, Option<String>) {
    if !attrs.is_set(by) {
        return (Fact::Absent, None);
    }
    let targets = attrs.targets(by, PROFILES);
    match (&targets.unknown, targets.found.first()) {
        (None, Some(Referent::Elsewhere(text))) => (Fact::Known(tail(text).to_owned()), None),
        (None, Some(Referent::Here(at, _))) => {
            let own = Attrs::new(attrs.world, *at);
            let role = if own.is_set("role") { own.targets("role", ASSUMED) } else { Default::default() };
            match (role.unknown, role.found.into_iter().next()) {
                (Some(_), _) => (Fact::Unknown, None),
                (None, Some(Referent::Elsewhere(role))) => (Fact::Known(name(&own)), Some(role)),
                (None, _) => (Fact::Known(name(&own)), None),
            }
        }
        (None, None) => (Fact::Absent, None),
        (Some(_), _) => (Fact::Unknown, None),
    }
}

/// Fills the profiles of roles, once all roles are there.
pub(super) fn of_roles(world: &World<'_>, resources: &mut Parts) {
    let mut profiles: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for at in world.of_type(PROFILES) {
        let attrs = Attrs::new(world, at);
        let targets = attrs.targets("role", ROLES);
        let is_vague = targets.unknown.is_some() && attrs.is_set("role");
        for role in if is_vague { world.possible(at, &targets, ROLES) } else { targets.here() } {
            match &mut resources[role] {
                Some(role) if is_vague => {
                    role.mark_unknown(
                        FACT,
                        format!("which role instance profile '{}' is for is not known", name(&attrs)),
                    );
                }
                _ => drop(profiles.entry(role).or_default().insert(name(&attrs))),
            }
        }
    }
    for at in world.of_type(ROLES) {
        let Some(resource) = &mut resources[at] else { continue };
        let own = profiles.remove(&at).unwrap_or_default();
        resource.role.get_or_insert_default().instance_profiles = Fact::Known(own.into_iter().collect());
        resource.mark_unknown(FACT, "instance profiles may be declared elsewhere");
    }
}
