//! Which part each cluster plays in its global cluster: exactly one member takes the writes.

use super::super::global::{self, role, set_role};
use super::listed::{GLOBAL, GLOBALS, Listed, listed, of, source_of};
use super::names::{CLUSTERS, SOURCE, is_restored};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Action, Fact, Rel};

/// Whether the plan makes a cluster stand alone: what ties it to the others is taken out of its code, or its global
/// cluster goes away.
pub(super) fn leaves(attrs: &Attrs<'_>) -> bool {
    let is_taken_out = |name: &str| attrs.declares(name) && attrs.is_updated(name) && !attrs.is_set(name);
    if [GLOBAL, SOURCE].into_iter().any(is_taken_out) || global::is_gone(attrs, GLOBAL, GLOBALS) {
        return true;
    }
    let remade = of(attrs).single().filter(|global| global::is_remade(attrs.world, *global) && !attrs.is_created());
    remade.is_some_and(|global| source_of(&Attrs::new(attrs.world, global)) != Some(attrs.at))
}

/// Says of every cluster of a global cluster whether it takes the writes or follows, by what tells it best: how the
/// global cluster is made, then what the provider lists, then what a cluster that is only made now is made of.
pub(super) fn roles(global: &Attrs<'_>, resources: &mut Parts, clusters: &[usize]) {
    let world = global.world;
    let source = source_of(global);
    let all = listed(global);
    let writer = all.iter().flatten().find(|member| member.writer == Fact::Known(true));
    let stays = writer.is_some_and(|writer| stays(global, &writer.arn, clusters));
    let first = match &all {
        Some(listed) if !listed.is_empty() => None,
        Some(_) => made_first(global, resources, clusters),
        None if global.is_created() => made_first(global, resources, clusters),
        None => None,
    };
    for at in clusters {
        let attrs = Attrs::new(world, *at);
        let own = all.iter().flatten().find(|member| !attrs.is_created() && member.arn == world.id(*at));
        let follows = role(resources, *at) == Some("replica");
        let found = match (source, own, writer) {
            (Some(source), ..) => Ok(if source == *at { "primary" } else { "replica" }),
            (None, Some(Listed { writer: Fact::Known(true), .. }), _) => Ok("primary"),
            (None, _, Some(_)) if !stays => Err("the member that takes the writes leaves the global cluster"),
            (None, Some(Listed { writer: Fact::Known(false), .. }), Some(_)) => Ok("replica"),
            (None, None, Some(_)) if attrs.is_created() => Ok("replica"),
            _ if follows => Ok("replica"),
            (None, None, None) if first == Some(*at) => Ok("primary"),
            (None, None, None) if first.is_some() || has_no_user(&attrs) => Ok("replica"),
            (None, Some(_), None) => Err("no member of the global cluster takes the writes"),
            _ => Err("which member of the global cluster takes the writes is not known"),
        };
        let Some(resource) = &mut resources[*at] else { continue };
        set_role(resource, found);
        if let (Err(reason), Some(facts), true) = (found, &mut resource.replication, follows) {
            facts.source = Fact::Unknown;
            resource.links.retain(|link| link.rel != Rel::ReplicaOf);
            resource.mark_unknown("replication.source", reason);
        }
    }
}

/// Whether the member that takes the writes is still one after the change.
fn stays(global: &Attrs<'_>, arn: &str, clusters: &[usize]) -> bool {
    let world = global.world;
    let here = world.of_type(CLUSTERS).into_iter().find(|at| world.id(*at) == arn);
    let is_destroyed = world.is_after()
        && world.everywhere(CLUSTERS).any(|instance| {
            instance.before.get("arn").is_some_and(|own| own == arn)
                && matches!(instance.action(), Some(Action::Delete | Action::Replace))
        });
    !is_destroyed && here.is_none_or(|at| clusters.contains(&at))
}

/// The member that writes, of a global cluster of which the provider lists none: because it is only made now, or because
/// the state is older than its members. That one names a user, but some name one for the others, too, so that it is told
/// only if all others follow for certain.
fn made_first(global: &Attrs<'_>, resources: &Parts, clusters: &[usize]) -> Option<usize> {
    let world: &World<'_> = global.world;
    let follows = |at: &usize| role(resources, *at) == Some("replica") || has_no_user(&Attrs::new(world, *at));
    let others: Vec<usize> = clusters.iter().filter(|at| !follows(at)).copied().collect();
    let [first] = others[..] else { return None };
    let attrs = Attrs::new(world, first);
    let names_user = attrs.declares(USER) && attrs.text(USER).is_known() && !is_restored(&attrs);
    match (attrs.is_created() && global.is_created(), clusters.len()) {
        // What nobody else can have joined before has nobody to follow.
        (true, 1) => Some(first),
        (false, 1) => None,
        (_, _) => names_user.then_some(first),
    }
}

const USER: &str = "master_username";

/// A cluster without a user, and not made from anything that has one, has the user of the primary.
fn has_no_user(attrs: &Attrs<'_>) -> bool {
    attrs.declares(USER) && (attrs.state(USER) == State::Unset || attrs.text(USER).is_absent()) && !is_restored(attrs)
}
