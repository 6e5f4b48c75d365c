//! Amazon EC2 and VPC.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    row("aws.ec2.capacity-reservation", "capacity reservation", Class::CapacityReservation, &[], Rule::None),
    row(
        "aws.ec2.endpoint",
        "VPC endpoint",
        Class::PrivateEndpoint,
        &[(Rel::FilteredBy, GROUPS), (Rel::InNetwork, VPC), (Rel::InSubnet, SUBNET), (Rel::RoutedBy, TABLES)],
        Rule::InNetwork,
    ),
    row(
        "aws.ec2.image",
        "AMI",
        Class::MachineImage,
        &[(Rel::CopyOf, &["aws.ec2.image"]), (Rel::EncryptedBy, &["aws.kms.key"])],
        Rule::Image,
    ),
    row("aws.ec2.instance-types", "instance types of a region", Class::MachineTypes, &[], Rule::None),
    row("aws.ec2.internet-gateway", "internet gateway", Class::Gateway, &[(Rel::InNetwork, VPC)], Rule::None),
    row(
        "aws.ec2.launch-template",
        "launch template",
        Class::LaunchTemplate,
        &[
            // By an instance profile.
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::ConnectsTo, &[]),
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, GROUPS),
            (Rel::ReadsSecret, &["aws.ssm.parameter"]),
            (Rel::UsesImage, &["aws.ec2.image"]),
        ],
        Rule::Twin,
    ),
    row(
        "aws.ec2.nat-gateway",
        "NAT gateway",
        Class::Gateway,
        &[(Rel::InNetwork, VPC), (Rel::InSubnet, SUBNET)],
        Rule::None,
    ),
    row("aws.ec2.network-acl", "network ACL", Class::NetworkAcl, &[(Rel::InNetwork, VPC)], Rule::None),
    row("aws.ec2.peering", "VPC peering", Class::NetworkConnection, &[(Rel::InNetwork, VPC)], Rule::None),
    row("aws.ec2.prefix-list", "prefix list", Class::PrefixList, &[], Rule::None),
    row(
        "aws.ec2.route-table",
        "route table",
        Class::RouteTable,
        &[(Rel::InNetwork, VPC), (Rel::RoutedBy, WAYS)],
        Rule::None,
    ),
    row(
        "aws.ec2.security-group",
        "security group",
        Class::SecurityGroup,
        &[(Rel::InNetwork, VPC), (Rel::LetsThrough, &["aws.ec2.security-group", "aws.ec2.prefix-list"])],
        Rule::InNetwork,
    ),
    KindInfo {
        mechanism: Some("snapshot"),
        ..row(
            "aws.ec2.snapshot",
            "EBS snapshot",
            Class::RecoveryPoint,
            &[(Rel::BackupOf, &["aws.ec2.volume"]), (Rel::EncryptedBy, &["aws.kms.key"])],
            Rule::None,
        )
    },
    row(
        "aws.ec2.subnet",
        "subnet",
        Class::Network,
        &[(Rel::InNetwork, VPC), (Rel::FilteredBy, &["aws.ec2.network-acl"]), (Rel::RoutedBy, TABLES)],
        Rule::Subnet,
    ),
    row(
        "aws.ec2.transit-gateway-attachment",
        "transit gateway attachment",
        Class::NetworkConnection,
        // The table of its gateway that it goes by; of a peering of gateways its other end, too.
        &[(Rel::InNetwork, VPC), (Rel::InSubnet, SUBNET), (Rel::RoutedBy, TRANSIT)],
        Rule::None,
    ),
    row(
        "aws.ec2.transit-gateway-route-table",
        "transit gateway route table",
        Class::RouteTable,
        // Its routes are no edges: what is attached to one gateway does not come back together.
        &[],
        Rule::None,
    ),
    KindInfo {
        copies: &["aws.ec2.snapshot"],
        backup: Some(Backup {
            opt_in: &[OptIn { topology: None, word: "EBS", a_name_is_enough: true }],
            arn: ArnForm { service: "ec2", name: "volume/", has_place: true },
        }),
        ..row("aws.ec2.volume", "EBS volume", Class::Volume, &[(Rel::EncryptedBy, &["aws.kms.key"])], Rule::Replica)
    },
    row("aws.ec2.vpc", "VPC", Class::VirtualNetwork, &[], Rule::Twin),
];

const GROUPS: &[&str] = &["aws.ec2.security-group"];
const SUBNET: &[&str] = &["aws.ec2.subnet"];
const TABLES: &[&str] = &["aws.ec2.route-table"];
const VPC: &[&str] = &["aws.ec2.vpc"];
const TRANSIT: &[&str] = &["aws.ec2.transit-gateway-route-table", "aws.ec2.transit-gateway-attachment"];
/// Of a transit gateway the attachment of the same network.
const WAYS: &[&str] = &[
    "aws.ec2.internet-gateway",
    "aws.ec2.nat-gateway",
    "aws.ec2.peering",
    "aws.ec2.endpoint",
    "aws.ec2.transit-gateway-attachment",
];

/// Most of it holds no data, so that there is nothing to replicate, to copy or to back up.
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
