//! Subnet groups: where caches may stand.

use super::super::ec2::network;
use super::super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Fact, Rel, Resource};

const GROUPS: &[&str] = &["aws_elasticache_subnet_group"];

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_elasticache_subnet_group",
        kind: Some("aws.elasticache.subnet-group"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("network.subnets", "subnet_ids"),
            ("network.vpc", "vpc_id"),
            ("redundancy.multi_zone", "subnet_ids"),
            ("redundancy.zones", "subnet_ids"),
        ],
        ..TYPE
    },
    maps: Maps::Resource(group),
}];

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    network(attrs, resource, "subnet_ids");
    if let Some(network) = &mut resource.network {
        network.vpc = attrs.text("vpc_id");
    }
}

/// The name of the subnet group of a cache, with a link to it where it is managed here.
pub(super) fn subnet_group(attrs: &Attrs<'_>, resource: &mut Resource) -> Fact<String> {
    const NAME: &str = "subnet_group_name";
    let targets = attrs.targets(NAME, GROUPS);
    let stated = attrs.text(NAME);
    match (targets.single(), &targets.unknown) {
        (Some(group), None) => {
            resource.link(Rel::InSubnetGroup, Some(attrs.world.id(group)));
            if stated.is_unknown() { Attrs::new(attrs.world, group).text("name") } else { stated }
        }
        _ => stated,
    }
}
