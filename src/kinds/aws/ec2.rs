//! Amazon EC2 and VPC.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    row("aws.ec2.network-acl", "network ACL", Class::NetworkAcl, &[(Rel::InNetwork, VPC)], Rule::None),
    row("aws.ec2.route-table", "route table", Class::RouteTable, &[(Rel::InNetwork, VPC)], Rule::None),
    row("aws.ec2.security-group", "security group", Class::SecurityGroup, &[(Rel::InNetwork, VPC)], Rule::None),
    row(
        "aws.ec2.subnet",
        "subnet",
        Class::Network,
        &[
            (Rel::InNetwork, VPC),
            (Rel::FilteredBy, &["aws.ec2.network-acl"]),
            (Rel::RoutedBy, &["aws.ec2.route-table"]),
        ],
        Rule::None,
    ),
    row("aws.ec2.vpc", "VPC", Class::VirtualNetwork, &[], Rule::None),
];

const VPC: &[&str] = &["aws.ec2.vpc"];

/// Nothing of it holds data, so that there is nothing to replicate, to copy or to back up.
const fn row(
    name: &'static str,
    title: &'static str,
    class: Class,
    edges: &'static [(Rel, &'static [&'static str])],
    counterpart: Rule,
) -> KindInfo {
    KindInfo {
        name,
        service: "ec2",
        title,
        class,
        global: false,
        collected: true,
        edges,
        counterpart,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    }
}
