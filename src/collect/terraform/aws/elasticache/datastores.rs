//! Global datastores, and the part that replication groups play in them.

use super::super::global::{self, has_name, link_members, set_role};
use super::common::{GLOBALS, GROUPS, failover};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Fact, Global, GlobalMember, Rel, Replication, Resource, Shared};

/// The attribute by which a secondary names its datastore. The provider fills it in for a primary, too.
const GLOBAL: &str = "global_replication_group_id";
const PRIMARY: &str = "primary_replication_group_id";

/// Fills who takes part in a global datastore, and in which part.
pub(super) fn members(world: &World<'_>, resources: &mut Parts) {
    let mut by_global: Vec<Vec<usize>> = vec![Vec::new(); resources.len()];
    let mut primaries: Vec<Option<usize>> = vec![None; resources.len()];
    let mut is_primary = vec![false; resources.len()];
    for at in world.of_type(GLOBALS) {
        primaries[at] = primary(&Attrs::new(world, at));
        if let (Some(primary), Some(resource)) = (primaries[at], primaries[at].and_then(|at| resources[at].as_mut())) {
            by_global[at].push(primary);
            is_primary[primary] = true;
            resource.link(Rel::MemberOf, Some(world.id(at)));
            resource.replication = Some(Shared::from(Replication { global: world.id(at).into(), ..member() }));
            set_role(resource, Ok("primary"));
        }
    }
    for at in world.of_type(GROUPS) {
        let attrs = Attrs::new(world, at);
        if is_primary[at] || !attrs.is_set(GLOBAL) || global::is_gone(&attrs, GLOBAL, GLOBALS) {
            continue;
        }
        let targets = global::targets(&attrs, GLOBAL, GLOBALS);
        let datastore = targets.single();
        // What is left of a datastore that is made anew stands alone, until it is made a secondary again.
        if datastore.is_some_and(|at| global::is_remade(world, at)) && !attrs.is_created() {
            continue;
        }
        let Some(resource) = &mut resources[at] else { continue };
        let global = attrs.link_to(resource, Rel::MemberOf, "replication.global", targets);
        resource.replication = Some(Shared::from(Replication { global, ..member() }));
        let has_primary = datastore.is_some_and(|at| primaries[at].is_some());
        set_role(
            resource,
            match has_primary || is_named_in_code(&attrs) {
                true => Ok("replica"),
                false => Err("its global datastore is not managed here: it may be the primary of it"),
            },
        );
        if let Some(facts) = resource.replication.as_mut().filter(|facts| facts.role.is_known()) {
            facts.replicas = Fact::Known(Vec::new());
        }
        if let Some(datastore) = datastore {
            by_global[datastore].push(at);
        }
        takes_failover_over(&attrs, datastore, &primaries, resource);
    }
    for at in world.of_type(GLOBALS) {
        let members = std::mem::take(&mut by_global[at]);
        if let Some((primary, resource)) = primaries[at].and_then(|at| Some((at, resources[at].as_mut()?))) {
            takes_failover_over(&Attrs::new(world, primary), Some(at), &primaries, resource);
            begins_as(&Attrs::new(world, at), primary, resources);
        }
        link_members(world, resources, &members);
        let member = |group: &usize| GlobalMember {
            id: world.id(*group).into(),
            region: world.place(*group).region.clone(),
            writer: Fact::from_known(global::role(resources, *group).map(|role| role == "primary")),
            status: Fact::Unknown,
        };
        let members: Vec<GlobalMember> = members.iter().map(member).collect();
        let Some(resource) = &mut resources[at] else { continue };
        resource.mark_unknown("global.members", "members may be declared elsewhere");
        if !members.is_empty() {
            resource.global = Some(Shared::from(Global { members: Fact::Known(members) }));
        }
    }
}

/// Of one that takes part in a datastore.
fn member() -> Replication {
    Replication { regions: Fact::Absent, ..Replication::default() }
}

/// The group that a datastore is made from. Groups in several regions may have its name; a secondary is not it.
fn primary(datastore: &Attrs<'_>) -> Option<usize> {
    let world = datastore.world;
    let targets = datastore.targets(PRIMARY, GROUPS);
    let may_be_it = |at: &usize| !is_named_in_code(&Attrs::new(world, *at));
    if let Some(at) = targets.single().filter(may_be_it) {
        return Some(at);
    }
    let name = datastore.text(PRIMARY).into_known()?;
    let is_in = |at: &usize| {
        let attrs = Attrs::new(world, *at);
        !attrs.is_set(GLOBAL) || global::targets(&attrs, GLOBAL, GLOBALS).here() == [datastore.at]
    };
    let named = |at: &usize| has_name(world.instance(*at), world.raw(*at).0, &name);
    let found: Vec<usize> = world.of_type(GROUPS).into_iter().filter(named).filter(may_be_it).filter(is_in).collect();
    match found[..] {
        [at] => Some(at),
        _ => None,
    }
}

/// The code makes it a secondary. Where it only refers to something, that may be nothing, as for a primary that is made
/// by the same module.
fn is_named_in_code(attrs: &Attrs<'_>) -> bool {
    let is_made_so = match attrs.state(GLOBAL) {
        State::Known(_) => attrs.is_created(),
        State::Unknown(_) => attrs.targets(GLOBAL, GLOBALS).single().is_some(),
        State::Null | State::Unset => false,
    };
    is_made_so || attrs.world.names_only(attrs.at, GLOBAL, GLOBALS)
}

/// What the code of a datastore does not say is that of the group that it is made from.
fn begins_as(datastore: &Attrs<'_>, primary: usize, resources: &mut Parts) {
    let Some(group) = resources[primary].clone().filter(|_| datastore.is_created()) else { return };
    let Some(resource) = &mut resources[datastore.at] else { return };
    let is_open = |name: &str| datastore.state(name) == State::Unset;
    if let (Some(own), Some(other), true) = (&mut resource.capacity, group.capacity, is_open("cache_node_type")) {
        own.types = other.types.clone();
    }
    if let (Some(own), Some(other), true) =
        (&mut resource.encryption, group.encryption, is_open("at_rest_encryption_enabled"))
    {
        own.enabled = other.enabled;
    }
    if let (Some(own), Some(other)) = (&mut resource.database, group.database) {
        if is_open("engine") {
            own.engine = other.engine.clone();
        }
        if is_open("engine_version") {
            own.engine_version = other.engine_version.clone();
        }
    }
}

/// Failover of its members is switched on the datastore. Where the code of it does not say, it begins with that of its
/// primary.
fn takes_failover_over(attrs: &Attrs<'_>, datastore: Option<usize>, primaries: &[Option<usize>], group: &mut Resource) {
    const NAME: &str = "automatic_failover_enabled";
    let world = attrs.world;
    let own = attrs.boolean_or(NAME, false);
    let of_datastore = datastore.map(|at| Attrs::new(world, at).boolean(NAME)).filter(Fact::is_known);
    let of_primary = || {
        let primary =
            primaries[datastore?].filter(|_| datastore.is_some_and(|at| Attrs::new(world, at).is_created()))?;
        Some(Attrs::new(world, primary).boolean_or(NAME, false))
    };
    // What the provider read of it counts as well, unless the plan is about to write something else.
    let of_itself = || {
        let is_off = own == Fact::Known(false) && (attrs.is_created() || attrs.is_updated(NAME));
        if is_off { Fact::Unknown } else { own }
    };
    let is_on = of_datastore.or_else(of_primary).unwrap_or_else(of_itself);
    if let Some(facts) = &mut group.redundancy {
        facts.automatic_failover = failover(attrs, is_on);
        if facts.automatic_failover.is_unknown() {
            group.mark_unknown("redundancy.automatic_failover", "its global datastore decides it");
        }
    }
}
