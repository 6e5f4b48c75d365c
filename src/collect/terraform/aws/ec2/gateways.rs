//! Ways out of a network: NAT gateways and internet gateways.

use super::super::provider::TYPE;
use super::{VPCS, in_subnets, linked};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Network, Rel, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_internet_gateway",
            kind: Some("aws.ec2.internet-gateway"),
            global_id: "arn",
            names: &["id"],
            facts: &[("network.vpc", "vpc_id")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(internet_gateway),
    },
    Mapping {
        of: Type {
            name: "aws_nat_gateway",
            kind: Some("aws.ec2.nat-gateway"),
            // It has no attribute with its ARN.
            global_id: "",
            names: &["id"],
            facts: &[("network.public_addresses", "connectivity_type"), ("network.subnets", "subnet_id")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(nat_gateway),
    },
];

fn internet_gateway(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    resource.network = Some(Shared::from(Network { vpc, ..Network::default() }));
}

fn nat_gateway(attrs: &Attrs<'_>, resource: &mut Resource) {
    let subnets = in_subnets(attrs, resource, "subnet_id");
    // Its zone is that of its subnet.
    resource.redundancy = None;
    resource.network = Some(Shared::from(Network {
        subnets,
        public_addresses: attrs.text_or("connectivity_type", "public").map(|kind| kind == "public"),
        ..Network::default()
    }));
}
