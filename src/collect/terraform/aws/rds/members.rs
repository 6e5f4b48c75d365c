//! What a cluster takes from its instances: how many there are, in which zones, of which types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::names::{CLUSTER, CLUSTERS, MEMBERS};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Capacity, Fact, Redundancy, Resource, Shared};

/// Fills the facts of every cluster.
pub(super) fn members(world: &World<'_>, resources: &mut Parts) {
    let mut by_cluster: Vec<Vec<usize>> = vec![Vec::new(); resources.len()];
    let mut in_doubt = vec![false; resources.len()];
    for at in world.of_type(MEMBERS) {
        let attrs = Attrs::new(world, at);
        let targets = attrs.targets(CLUSTER, CLUSTERS);
        match (targets.single(), world.instance(at).left_out) {
            (Some(cluster), false) => by_cluster[cluster].push(at),
            (Some(cluster), true) => in_doubt[cluster] = true,
            (None, _) => {
                let named = targets.here();
                let possible = world.possible(at, &targets, CLUSTERS).into_iter();
                possible
                    .filter(|cluster| named.contains(cluster) || may_be_of(&attrs, *cluster))
                    .for_each(|cluster| in_doubt[cluster] = true);
            }
        }
    }
    let listed = Listed::of(world);
    for at in world.of_type(CLUSTERS) {
        let members = std::mem::take(&mut by_cluster[at]);
        let attrs = Attrs::new(world, at);
        let Some(resource) = &mut resources[at] else { continue };
        let is_multi_zone =
            resource.database.as_ref().and_then(|database| database.topology.text()) == Some("multi-az");
        if is_multi_zone {
            of_three(&attrs, resource);
        } else {
            let elsewhere = listed.elsewhere(&attrs);
            standing(world, &members, elsewhere.unwrap_or(0), in_doubt[at] || elsewhere.is_none(), resource);
        }
    }
}

/// Whether an instance whose cluster is not known may be one of a cluster: it has the engine of it, and what is known
/// only after apply is not the name of what is there already.
fn may_be_of(member: &Attrs<'_>, cluster: usize) -> bool {
    let cluster = Attrs::new(member.world, cluster);
    let engines = (member.text("engine").into_known(), cluster.text("engine").into_known());
    let is_named = matches!(cluster.state("id"), State::Known(_));
    let is_made = matches!(member.state(CLUSTER), State::Unknown(AFTER_APPLY));
    let same_engine = engines.0.zip(engines.1).is_none_or(|(one, other)| one == other);
    let same_type = member.instance().kind.name.strip_suffix("_instance") == Some(cluster.instance().kind.name);
    same_engine && same_type && !(is_named && is_made)
}

/// Names of the instances that are managed here, before or after the change.
struct Listed<'w>(BTreeSet<&'w str>);

impl<'w> Listed<'w> {
    fn of(world: &World<'w>) -> Self {
        let instances = world.everywhere(MEMBERS);
        let names = instances.flat_map(|it| [it.before.get("identifier"), it.after.get("identifier")]);
        Self(names.flatten().filter_map(Value::as_str).collect())
    }

    /// How many instances of an existing cluster the provider lists that are not managed here. `None`: not known.
    fn elsewhere(&self, cluster: &Attrs<'_>) -> Option<usize> {
        if !cluster.declares("cluster_members") || cluster.is_created() {
            return Some(0);
        }
        match cluster.list("cluster_members") {
            Fact::Known(listed) => Some(listed.iter().filter(|name| !self.0.contains(name.as_str())).count()),
            Fact::Absent => Some(0),
            Fact::Unknown => None,
        }
    }
}

/// A Multi-AZ cluster is three instances in three zones, whatever the code says.
fn of_three(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.redundancy = Some(Shared::from(Redundancy {
        instances: Fact::Known(3),
        multi_zone: Fact::Known(true),
        automatic_failover: Fact::Known(true),
        ..Redundancy::default()
    }));
    resource.capacity = Some(Shared::from(Capacity {
        types: attrs.text("db_cluster_instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
}

/// `elsewhere`: so many more instances that nothing else is known of. `in_doubt`: others may be of this cluster.
fn standing(world: &World<'_>, members: &[usize], elsewhere: usize, in_doubt: bool, resource: &mut Resource) {
    const ELSEWHERE: &str = "its instances may be declared elsewhere";
    const CHOSEN: &str = "the provider chooses the zones of its instances";
    let read = |name: &str| -> Vec<Fact<String>> {
        members.iter().map(|member| Attrs::new(world, *member).text(name)).collect()
    };
    let known =
        |facts: &[Fact<String>]| -> BTreeSet<String> { facts.iter().filter_map(|f| f.known().cloned()).collect() };
    let (zones, classes) = (read("availability_zone"), read("instance_class"));
    let (zone_names, class_names) = (known(&zones), known(&classes));
    let mut facts = Redundancy::default();
    let number = members.len() + elsewhere;
    let counted = number > 0 && !in_doubt;
    let all = counted && elsewhere == 0;
    if counted {
        facts.instances = Fact::from_known(u32::try_from(number).ok());
        facts.automatic_failover = Fact::Known(number > 1);
    } else {
        for path in ["redundancy.instances", "redundancy.automatic_failover", "redundancy.multi_zone"] {
            resource.mark_unknown(path, ELSEWHERE);
        }
    }
    facts.multi_zone = match zone_names.len() {
        2.. => Fact::Known(true),
        _ if counted && number == 1 => Fact::Known(false),
        1 if all && zones.iter().all(Fact::is_known) => Fact::Known(false),
        _ => Fact::Unknown,
    };
    if facts.multi_zone.is_unknown() {
        resource.mark_unknown("redundancy.multi_zone", if elsewhere == 0 { CHOSEN } else { ELSEWHERE });
    } else {
        resource.unknown.remove("redundancy.multi_zone");
    }
    if !all || !zones.iter().all(Fact::is_known) {
        resource.mark_unknown("redundancy.zones", if all { CHOSEN } else { ELSEWHERE });
    }
    if !zone_names.is_empty() {
        facts.zones = Fact::Known(zone_names.into_iter().collect());
    }
    resource.redundancy = Some(Shared::from(facts));
    let mut capacity = Capacity::default();
    if !all || !classes.iter().all(Fact::is_known) {
        resource.mark_unknown("capacity.types", ELSEWHERE);
    }
    if !class_names.is_empty() {
        capacity.types = Fact::Known(class_names.into_iter().collect());
    }
    resource.capacity = Some(Shared::from(capacity));
}
