//! Zones: those of services, functions, node groups, Fargate profiles and scaling groups come from their subnets.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::capacity::would_run;
use super::edges::At;
use super::index::place;
use super::lookups::Clusters;
use super::seen::Gap;
use super::{Draft, Estate};
use crate::model::{Class, Fact, Inventory, Kind, Rel, Resource, Shared};

/// What is known of a subnet's place.
#[derive(Clone, Default)]
struct Zone {
    name: Option<String>,
    id: Option<String>,
}

/// What is told its subnets, and not their zones.
const PARTS: [&str; 5] = [
    "aws.ecs.service",
    "aws.eks.node-group",
    "aws.eks.fargate-profile",
    "aws.autoscaling.group",
    "aws.lambda.function",
];

/// Whether the zones of a kind are those of its subnets.
pub(super) fn come_from_subnets(kind: Kind) -> bool {
    PARTS.contains(&kind.name())
}

/// Fills the zones that a collector left unknown from the subnets.
pub(super) fn fill(inventory: &mut Inventory) {
    let subnet = Kind::of("aws.ec2.subnet");
    let parts = PARTS.map(Kind::of);
    let mut zones = HashMap::new();
    for resource in inventory.resources.iter().filter(|resource| resource.kind == subnet) {
        let first = |list: fn(&crate::model::Redundancy) -> &Fact<Vec<String>>| {
            resource.redundancy.as_ref().and_then(|facts| list(facts).known()?.first().cloned())
        };
        let zone = Zone { name: first(|facts| &facts.zones), id: first(|facts| &facts.zone_ids) };
        let bare = crate::providers::aws::names::tail(&resource.id);
        let address = resource.origin.scoped_address();
        for name in [Some(resource.id.as_str()), Some(bare), address.as_deref()].into_iter().flatten() {
            zones.insert(name.to_owned(), zone.clone());
        }
    }
    inventory.resources.par_iter_mut().filter(|resource| parts.contains(&resource.kind)).for_each(|resource| {
        if let Some(before) = &mut resource.before {
            fill_one(before, &zones);
        }
        fill_one(resource, &zones);
    });
}

fn fill_one(resource: &mut Resource, zones: &HashMap<String, Zone>) {
    let facts = resource.redundancy.as_deref().cloned().unwrap_or_default();
    if !facts.zones.is_unknown() {
        return;
    }
    let stated = resource.network.as_ref().and_then(|network| network.subnets.known());
    // A function without a network of its own runs in all zones of its region, and has none that anybody chose.
    if resource.kind.info().class == Class::Function
        && resource.network.as_ref().is_some_and(|it| it.subnets.is_absent())
    {
        return;
    }
    let subnets: BTreeSet<&str> =
        stated.into_iter().flatten().map(String::as_str).chain(resource.links_to(Rel::InSubnet)).collect();
    let all_stated = stated.is_some() && !resource.unknown.contains_key("network.subnets");
    let unseen = subnets.iter().find(|subnet| zones.get(**subnet).is_none_or(|zone| zone.name.is_none()));
    let doubt = match unseen {
        Some(subnet) => Some(format!("the zone of {subnet} is not known")),
        None if !all_stated || subnets.is_empty() => Some("its subnets are not all known".to_owned()),
        None => None,
    };
    let known = |of: fn(&Zone) -> &Option<String>| -> Vec<String> {
        let names: BTreeSet<&String> = subnets.iter().filter_map(|subnet| of(zones.get(*subnet)?).as_ref()).collect();
        names.into_iter().cloned().collect()
    };
    let (names, ids) = (known(|zone| &zone.name), known(|zone| &zone.id));
    let mut facts = facts;
    let several = names.len() > 1;
    let mut marks = Vec::new();
    if facts.multi_zone.is_unknown() {
        // Two zones are two zones, whatever else there is.
        facts.multi_zone = Fact::from_known((several || doubt.is_none()).then_some(several));
        marks.extend(facts.multi_zone.is_unknown().then_some("redundancy.multi_zone"));
    }
    if !names.is_empty() {
        facts.zones = Fact::Known(names);
    }
    if facts.zone_ids.is_unknown() && !ids.is_empty() {
        facts.zone_ids = Fact::Known(ids);
    }
    marks.extend(["redundancy.zones", "redundancy.zone_ids"]);
    if let Some(reason) = doubt {
        for path in marks {
            resource.mark_unknown(path, reason.clone());
        }
    }
    resource.redundancy = Some(Shared::from(facts));
}

/// What the scaling groups of nodes are tagged with, before the cluster's name.
const OF_CLUSTER: &str = "kubernetes.io/cluster/";

/// What the scaling group behind a managed node group is tagged with.
const OF_NODE_GROUP: &str = "eks:nodegroup-name";

impl<'a> Estate<'a> {
    /// Finds the parts of every Kubernetes cluster.
    pub(super) fn clusters(&self) -> Clusters<'a> {
        let mut clusters = Clusters::default();
        for at in self.kinds.of_clusters().into_iter().flat_map(|kind| self.index.of_kind(kind)) {
            let resource = self.index.get(*at);
            if let Some(key) = self.cluster_of(*at) {
                clusters.by_name.entry(key).or_default().push(*at);
            } else if resource.kind == self.kinds.scaling_group && resource.tags.is_unknown() {
                clusters.untagged.entry(place(resource)).or_insert(*at);
            }
        }
        clusters
    }

    /// The cluster that a resource is, or is a part of, if it was collected.
    fn cluster(&self, at: At) -> Option<&'a Resource> {
        let resource = self.index.get(at);
        if resource.kind == self.kinds.eks_cluster {
            return Some(resource);
        }
        let mut clusters = self.index.to(at, Rel::MemberOf).map(|to| self.index.get(to));
        let stated = clusters.find(|cluster| cluster.kind == self.kinds.eks_cluster);
        stated.or_else(|| {
            let (account, region) = place(resource);
            let cluster = self.index.by_name(self.kinds.eks_cluster, account, region, tagged(resource)?)?;
            Some(self.index.get(cluster))
        })
    }

    /// Place and name of the cluster that a resource is, or is a part of.
    fn cluster_of(&self, at: At) -> Option<(&'a str, &'a str, &'a str)> {
        let resource = self.index.get(at);
        let (account, region) = place(resource);
        let name = match self.cluster(at) {
            Some(cluster) => &cluster.name,
            None => tagged(resource).or_else(|| resource.kubernetes.as_ref()?.cluster.text())?,
        };
        Some((account, region, name))
    }

    /// How many nodes the groups of a cluster are to run, and how many they may; absent where nodes are added as they
    /// are asked for. And why that is not known.
    pub(super) fn nodes(&self, cluster: &'a Resource) -> ((Fact<u32>, Fact<u32>), Option<String>) {
        let (account, region) = place(cluster);
        let parts = self.clusters.by_name.get(&(account, region, cluster.name.as_str()));
        let parts: Vec<_> = parts.into_iter().flatten().map(|at| self.index.get(*at)).collect();
        let adds_nodes = cluster.kubernetes.as_ref().map_or(Fact::Unknown, |facts| facts.auto_mode);
        let (on_fargate, groups): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| part.kind == self.kinds.fargate_profile);
        if adds_nodes == Fact::Known(true) || (!on_fargate.is_empty() && groups.is_empty()) {
            return ((Fact::Absent, Fact::Absent), None);
        }
        let kinds = self.kinds.of_clusters();
        let mut doubt =
            kinds.iter().find_map(|kind| self.seen.more(cluster.account(), region, *kind)).map(Gap::sentence);
        if let Some(profile) = on_fargate.first() {
            // Often it is the system's pods only.
            doubt = doubt.or_else(|| Some(format!("{}: what of the cluster it runs is not known", profile.name)));
        }
        if adds_nodes.is_unknown() {
            doubt = doubt.or_else(|| Some(super::why(cluster, "kubernetes.auto_mode")));
        }
        if let Some(group) = self.clusters.untagged.get(&place(cluster)).map(|at| self.index.get(*at)) {
            doubt = doubt.or_else(|| Some(format!("{}: {}", group.name, super::why(group, "tags"))));
        }
        let (mut desired, mut max) = (0u32, 0u32);
        for group in groups.into_iter().filter(|part| part.kind == self.kinds.node_group || is_of_nodes(part)) {
            let (own, path) = would_run(group);
            let most = group.capacity.as_ref().map_or(Fact::Unknown, |capacity| capacity.max);
            let open = if own.is_unknown() { Some(path) } else { most.is_unknown().then_some("capacity.max") };
            if let Some(path) = open {
                doubt = doubt.or_else(|| Some(format!("{}: {}", group.name, super::why(group, path))));
            }
            desired = desired.saturating_add(own.into_known().unwrap_or_default());
            max = max.saturating_add(most.into_known().unwrap_or_default());
        }
        // Some are some, whatever else there is.
        let known = |sum: u32| Fact::from_known((sum > 0 || doubt.is_none()).then_some(sum));
        let facts = (known(desired), known(max));
        let decided = facts.0.is_known() && facts.1.is_known();
        (facts, doubt.filter(|_| !decided))
    }

    /// Fills the zones of all parts of the cluster together.
    pub(super) fn join_cluster_zones(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        let kinds = self.kinds.of_clusters();
        let is_part = match resource.kind {
            kind if kind == self.kinds.scaling_group => is_of_nodes(resource),
            kind => kind == self.kinds.eks_cluster || kinds.contains(&kind),
        };
        let cluster = self.cluster(at);
        let adds_nodes =
            cluster.and_then(|cluster| cluster.kubernetes.as_ref()).map_or(Fact::Unknown, |facts| facts.auto_mode);
        // Nodes that the provider adds stand in any zone, whatever the node groups say.
        if !is_part || adds_nodes == Fact::Known(true) {
            draft.joined.cluster_zones = Fact::Absent;
            return;
        }
        let Some(name) = self.cluster_of(at) else {
            draft.mark("joined.cluster_zones", "the cluster that it belongs to is not known");
            return;
        };
        let parts = self.clusters.by_name.get(&name).map(Vec::as_slice).unwrap_or_default();
        let mut zones = BTreeSet::new();
        let mut doubt = match resource.region() {
            Some(region) => {
                kinds.iter().find_map(|kind| self.seen.more(resource.account(), region, *kind)).map(Gap::sentence)
            }
            None => Some("its region is not known".to_owned()),
        };
        if adds_nodes.is_unknown() {
            let reason = cluster.map_or_else(
                || format!("the cluster '{}' was not found", name.2),
                |cluster| super::why(cluster, "kubernetes.auto_mode"),
            );
            doubt = doubt.or(Some(reason));
        }
        if let Some(group) = self.clusters.untagged.get(&place(resource)).map(|at| self.index.get(*at)) {
            doubt = doubt.or_else(|| Some(format!("{}: {}", group.name, super::why(group, "tags"))));
        }
        for part in parts.iter().map(|part| self.index.get(*part)) {
            let known = part.redundancy.as_ref().and_then(|facts| facts.zones.known());
            zones.extend(known.into_iter().flatten());
            if known.is_none() || part.unknown.contains_key("redundancy.zones") {
                doubt = doubt.or_else(|| Some(format!("{}: {}", part.name, super::why(part, "redundancy.zones"))));
            }
        }
        if !zones.is_empty() || doubt.is_none() {
            draft.joined.cluster_zones = Fact::Known(zones.into_iter().cloned().collect());
        }
        if let Some(reason) = doubt {
            draft.mark("joined.cluster_zones", reason);
        }
    }
}

/// The Kubernetes cluster whose nodes a scaling group says that it makes.
fn tagged(resource: &Resource) -> Option<&str> {
    let tags = resource.tags.known().filter(|_| resource.kind.name() == "aws.autoscaling.group")?;
    tags.keys().find_map(|tag| tag.strip_prefix(OF_CLUSTER))
}

/// A scaling group that makes nodes of a Kubernetes cluster, which is judged in its place.
pub(super) fn is_behind_a_cluster(resource: &Resource) -> bool {
    tagged(resource).is_some()
}

/// A scaling group that makes nodes on its own account, not for a managed node group.
fn is_of_nodes(group: &Resource) -> bool {
    tagged(group).is_some() && group.tags.known().is_none_or(|tags| !tags.contains_key(OF_NODE_GROUP))
}
