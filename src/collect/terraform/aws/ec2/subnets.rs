//! Subnets, and what stands in them.

use std::collections::BTreeSet;

use super::super::provider::TYPE;
use super::{VPCS, linked};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Network, Redundancy, Rel, Resource, Shared};

pub(in super::super) const SUBNETS: &[&str] = &["aws_subnet", "aws_default_subnet"];

const fn subnet_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.subnet"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("network.cidrs", "cidr_block"),
                ("network.public_addresses", "map_public_ip_on_launch"),
                ("network.vpc", "vpc_id"),
                ("redundancy.zone_ids", "availability_zone_id"),
                ("redundancy.zones", "availability_zone"),
            ],
            reads: &["ipv6_cidr_block"],
            ..TYPE
        },
        maps: Maps::Resource(subnet),
    }
}

pub(super) const TYPES: &[Mapping] = &[subnet_type("aws_subnet"), subnet_type("aws_default_subnet")];

fn subnet(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    resource.network = Some(Shared::from(Network {
        vpc,
        cidrs: super::networks::ranges([attrs.text("cidr_block"), attrs.text_if_set("ipv6_cidr_block")]),
        public_addresses: attrs.boolean("map_public_ip_on_launch"),
        ..Network::default()
    }));
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: attrs.text("availability_zone").map(|zone| vec![zone]),
        zone_ids: attrs.text("availability_zone_id").map(|zone| vec![zone]),
        multi_zone: Fact::Known(false),
        ..Redundancy::default()
    }));
}

/// The subnets that an attribute names, with links to them. Their zones are filled in where they are all known.
///
/// Where the code names a whole resource, which of its subnets are meant is not known. Then there is no link, because
/// two that are meant could look like three; but if all of them are in one zone, what is meant is in that zone.
pub(in crate::collect::terraform::aws) fn in_subnets(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    name: &str,
) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, SUBNETS);
    let zone = |target: &Referent| match target {
        Referent::Here(at, _) => Attrs::new(attrs.world, *at).text("availability_zone").into_known(),
        Referent::Elsewhere(_) => None,
    };
    let zones: Option<BTreeSet<String>> = targets.found.iter().map(zone).collect();
    let zones = zones.filter(|zones| !zones.is_empty() && (targets.unknown.is_none() || zones.len() == 1));
    if let Some(zones) = zones {
        let facts = resource.redundancy.get_or_insert_default();
        facts.multi_zone = Fact::Known(zones.len() > 1);
        facts.zones = Fact::Known(zones.into_iter().collect());
    }
    if let Some(reason) = &targets.unknown {
        resource.mark_unknown("network.subnets", reason.clone());
        return Fact::Unknown;
    }
    let mut subnets = Vec::new();
    for target in &targets.found {
        let (id, name) = match target {
            Referent::Here(at, id) => (id, Attrs::new(attrs.world, *at).text("id").into_known()),
            Referent::Elsewhere(id) => (id, None),
        };
        resource.link(Rel::InSubnet, Some(id));
        subnets.push(name.unwrap_or_else(|| id.clone()));
    }
    subnets.sort_unstable();
    subnets.dedup();
    if subnets.is_empty() { Fact::Absent } else { Fact::Known(subnets) }
}

/// The subnets that something stands in, and nothing else of its network.
pub(in crate::collect::terraform::aws) fn network(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) {
    let subnets = in_subnets(attrs, resource, name);
    resource.network = Some(Shared::from(Network { subnets, ..Network::default() }));
}
