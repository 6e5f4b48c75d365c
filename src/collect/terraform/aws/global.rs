//! What spans regions: global clusters and global datastores. Their names mean the same in every region of an account,
//! so that a member finds its own whichever provider either of them is under.

use serde_json::Value;

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::instance::Instance;
use crate::collect::terraform::world::{Parts, Referent, Referents, World};
use crate::model::{Action, Fact, Rel, Resource};
use crate::providers::aws::names::Arn;

/// The global resource, or else its name, that an attribute of a member names.
#[track_caller]
pub(super) fn targets(attrs: &Attrs<'_>, name: &str, types: &[&str]) -> Referents {
    let mut targets = attrs.targets(name, types);
    let ([Referent::Elsewhere(text)], None) = (&targets.found[..], &targets.unknown) else { return targets };
    let world = attrs.world;
    let account = world.place(attrs.at).account.text();
    let is_it = |at: &usize| {
        has_name(world.instance(*at), world.raw(*at).0, text) && may_be(account, world.place(*at).account.text())
    };
    let found: Vec<usize> = world.of_type(types).into_iter().filter(is_it).collect();
    if found.len() > 1 {
        targets.unknown = Some(format!("several resources are called '{text}'"));
    }
    if !found.is_empty() {
        targets.found = found.into_iter().map(|at| Referent::Here(at, world.id(at).to_owned())).collect();
    }
    targets
}

/// Whether the plan takes away the global resource that a member names. It lets go of its members before.
#[track_caller]
pub(super) fn is_gone(attrs: &Attrs<'_>, name: &str, types: &[&str]) -> bool {
    let Some(text) = attrs.text(name).into_known().filter(|_| attrs.world.is_after()) else { return false };
    let account = attrs.world.place(attrs.at).account.text();
    attrs.world.everywhere(types).any(|instance| {
        let own = instance.before.get(instance.kind.global_id).and_then(Value::as_str).and_then(Arn::parse);
        instance.action() == Some(Action::Delete)
            && has_name(instance, &instance.before, &text)
            && may_be(account, own.map(|arn| arn.account))
    })
}

/// Whether the plan makes a global resource anew, around other members than those that it has now.
pub(super) fn is_remade(world: &World<'_>, global: usize) -> bool {
    world.is_after() && world.instance(global).action() == Some(Action::Replace)
}

pub(super) fn has_name(instance: &Instance, values: &Value, text: &str) -> bool {
    instance.kind.identities().any(|name| values.get(name).and_then(Value::as_str) == Some(text))
}

/// Whether two accounts may be one.
fn may_be(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// The primary names its replicas, and each replica its source.
pub(super) fn link_members(world: &World<'_>, resources: &mut Parts, members: &[usize]) {
    let with_role = |resources: &Parts, wanted: &str| -> Vec<usize> {
        members.iter().filter(|at| role(resources, **at) == Some(wanted)).copied().collect()
    };
    let (primaries, replicas) = (with_role(resources, "primary"), with_role(resources, "replica"));
    let [primary] = primaries[..] else { return };
    let region = world.place(primary).region.clone();
    for at in &replicas {
        let Some(resource) = &mut resources[*at] else { continue };
        let crosses = resource.region().zip(region.text()).map(|(own, source)| own != source);
        if let Some(facts) = resource.replication.as_mut().filter(|facts| facts.source.is_unknown()) {
            facts.source = world.id(primary).into();
            facts.cross_region = Fact::from_known(crosses);
            resource.link(Rel::ReplicaOf, Some(world.id(primary)));
        }
    }
    let Some(resource) = &mut resources[primary] else { return };
    resource.mark_unknown("replication.replicas", "replicas may be declared elsewhere");
    if let Some(facts) = &mut resource.replication {
        facts.source = Fact::Absent;
        facts.cross_region = Fact::Absent;
        facts.status = Fact::Absent;
        facts.healthy = Fact::Absent;
        facts.lag_seconds = Fact::Absent;
        if !replicas.is_empty() {
            facts.replicas = Fact::Known(replicas.iter().map(|at| world.id(*at).to_owned()).collect());
        }
    }
}

/// The part that a member plays, if it is known.
pub(super) fn role(resources: &Parts, at: usize) -> Option<&str> {
    resources[at].as_ref()?.replication.as_ref()?.role.text()
}

/// Sets the part that a member plays, or why it is not known.
pub(super) fn set_role(resource: &mut Resource, role: Result<&str, &str>) {
    let Some(facts) = &mut resource.replication else { return };
    match role {
        Ok(role) => {
            facts.role = role.into();
            resource.unknown.remove("replication.role");
        }
        Err(reason) => {
            facts.role = Fact::Unknown;
            resource.mark_unknown("replication.role", reason);
        }
    }
}
