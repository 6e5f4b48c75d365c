//! Subnet groups: where databases may stand.

use super::super::ec2::in_subnets;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Network, Resource, Shared};

pub(super) const GROUPS: &[&str] = &["aws_db_subnet_group", "aws_docdb_subnet_group", "aws_neptune_subnet_group"];

const fn group_type(name: &'static str, reads: &'static [&'static str]) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.rds.subnet-group"),
            arn: "arn",
            names: &["name"],
            facts: &[
                ("network.subnets", "subnet_ids"),
                ("redundancy.multi_zone", "subnet_ids"),
                ("redundancy.zones", "subnet_ids"),
            ],
            reads,
        },
        maps: Maps::Resource(group),
    }
}

pub(super) const TYPES: &[Mapping] = &[
    group_type("aws_db_subnet_group", &["vpc_id"]),
    group_type("aws_docdb_subnet_group", &[]),
    group_type("aws_neptune_subnet_group", &[]),
];

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let subnets = in_subnets(attrs, resource, "subnet_ids");
    let vpc = if attrs.declares("vpc_id") { attrs.text("vpc_id") } else { Default::default() };
    resource.network = Some(Shared::from(Network { vpc, subnets, ..Network::default() }));
}
