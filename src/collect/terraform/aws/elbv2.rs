//! Load balancers, listeners and target groups.

mod common;
mod groups;
mod listeners;

use super::ec2::in_subnets;
use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Network, Protection, Redundancy, Rel, Resource, Shared, Traffic};
use crate::providers::aws::names;
pub(super) use common::{BALANCERS, GROUPS};
pub(super) use listeners::LISTENERS;

/// Targets of the relation to security groups.
const SECURITY_GROUPS: &[&str] = &["aws_security_group", "aws_default_security_group"];

const FACTS: &[(&str, &str)] = &[
    ("network.security_groups", "security_groups"),
    ("network.subnets", "subnets"),
    ("network.vpc", "vpc_id"),
    ("protection.deletion_protection", "enable_deletion_protection"),
    ("redundancy.multi_zone", "subnets"),
    ("redundancy.zones", "subnets"),
    ("traffic.balancer", "load_balancer_type"),
    ("traffic.cross_zone", "enable_cross_zone_load_balancing"),
    ("traffic.dns_name", "dns_name"),
    ("traffic.scheme", "internal"),
];

const BALANCER: Type = Type {
    kind: Some("aws.elbv2.load-balancer"),
    global_id: "arn",
    names: &["name", "dns_name"],
    facts: FACTS,
    reads: &["subnet_mapping.subnet_id"],
    ..TYPE
};

const TYPES: &[Mapping] = &[
    Mapping { of: Type { name: "aws_lb", ..BALANCER }, maps: Maps::Resource(balancer) },
    Mapping { of: Type { name: "aws_alb", ..BALANCER }, maps: Maps::Resource(balancer) },
];

pub(super) const SERVICE: Service = Service {
    types: &[TYPES, listeners::TYPES, groups::TYPES],
    parts: &[listeners::PARTS],
    finishers: &[name_listeners],
    comparers: &[],
};

fn balancer(attrs: &Attrs<'_>, resource: &mut Resource) {
    let kind = attrs.text_or("load_balancer_type", "application");
    let is_application = kind.text() == Some("application");
    resource.redundancy = Some(Shared::from(Redundancy::default()));
    let subnets = subnets(attrs, resource);
    let groups = attrs.all_targets("security_groups", SECURITY_GROUPS);
    for group in groups.ids() {
        resource.link(Rel::FilteredBy, Some(group));
    }
    let vpc = attrs.text("vpc_id");
    resource.link(Rel::InNetwork, vpc.text());
    resource.network = Some(Shared::from(Network {
        vpc,
        subnets,
        security_groups: match groups.unknown {
            None => Fact::Known(groups.ids()),
            Some(reason) => {
                resource.mark_unknown("network.security_groups", reason);
                Fact::Unknown
            }
        },
        ..Network::default()
    }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: attrs.boolean_or("enable_deletion_protection", false),
        ..Protection::default()
    }));
    // An application load balancer always does, whatever the code says.
    let cross_zone = attrs.boolean_or("enable_cross_zone_load_balancing", false);
    resource.traffic = Some(Shared::from(Traffic {
        cross_zone: match kind {
            Fact::Known(_) if is_application => Fact::Known(true),
            Fact::Known(_) => cross_zone,
            _ => Fact::Unknown,
        },
        // A gateway load balancer has no scheme.
        scheme: match (kind.text(), attrs.boolean("internal")) {
            (Some("gateway"), _) => Fact::Absent,
            (_, Fact::Known(true)) => "internal".into(),
            (_, Fact::Known(false)) => "internet-facing".into(),
            (_, Fact::Absent | Fact::Unknown) if attrs.is_created() && !attrs.sets("internal") => {
                "internet-facing".into()
            }
            _ => Fact::Unknown,
        },
        dns_name: attrs.text("dns_name").map(|name| names::host(&name)),
        balancer: kind,
        ..Traffic::default()
    }));
}

/// Its subnets, which stand in one of two places.
fn subnets(attrs: &Attrs<'_>, resource: &mut Resource) -> Fact<Vec<String>> {
    let mappings = attrs.blocks_if_set("subnet_mapping").into_known().unwrap_or_default();
    if mappings.is_empty() || attrs.sets("subnets") {
        return in_subnets(attrs, resource, "subnets");
    }
    let mut all = Vec::new();
    let (mut zones, mut is_known) = (Vec::new(), true);
    for mapping in &mappings {
        // Each mapping fills in its own zone.
        resource.redundancy.take();
        match in_subnets(mapping, resource, "subnet_id") {
            Fact::Known(own) => all.extend(own),
            _ => is_known = false,
        }
        match resource.redundancy.take().and_then(|facts| facts.zones.known().cloned()) {
            Some(own) => zones.extend(own),
            None => is_known = false,
        }
    }
    for list in [&mut all, &mut zones] {
        list.sort_unstable();
        list.dedup();
    }
    let complete = is_known && all.len() >= mappings.len();
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::from_known(complete.then_some(zones.len() > 1)),
        zones: Fact::from_known(complete.then_some(zones)),
        ..Redundancy::default()
    }));
    Fact::from_known(Some(all).filter(|all| all.len() >= mappings.len()))
}

/// A listener has no name of its own: it is called by its load balancer and its port.
fn name_listeners(world: &crate::collect::terraform::world::World<'_>, resources: &mut Parts) {
    for at in world.of_type(listeners::LISTENERS) {
        let attrs = Attrs::new(world, at);
        let Some(balancer) = attrs.targets("load_balancer_arn", BALANCERS).single() else { continue };
        let found = resources[balancer].as_ref();
        let Some((name, kind)) = found
            .map(|it| (it.name.clone(), it.traffic.as_ref().map(|facts| facts.balancer.clone()).unwrap_or_default()))
        else {
            continue;
        };
        let Some(listener) = &mut resources[at] else { continue };
        if let Some(facts) = &mut listener.traffic {
            listener.name = match facts.port.known() {
                Some(port) => format!("{name}:{port}"),
                None => name,
            };
            facts.balancer = kind;
        }
    }
}
