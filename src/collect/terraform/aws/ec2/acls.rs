//! Network ACLs, with their rules in blocks and as parts.

use super::super::provider::TYPE;
use super::rules::{Way, add, fill, part_type, take, traffic};
use super::{SUBNETS, VPCS, integer, linked};
use crate::collect::network::{Traffic, acl_rule};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Fact, FirewallRule, Network, Rel, Resource, Shared};

const ACLS: &[&str] = &["aws_network_acl", "aws_default_network_acl"];

/// The attribute by which a rule names its ACL.
const OF: (&str, &[&str]) = ("network_acl_id", ACLS);

const fn acl_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.network-acl"),
            global_id: "arn",
            names: &["id"],
            facts: &[("firewall.egress", "egress"), ("firewall.ingress", "ingress"), ("network.vpc", "vpc_id")],
            reads: &[
                "egress.action",
                "egress.cidr_block",
                "egress.from_port",
                "egress.icmp_code",
                "egress.icmp_type",
                "egress.ipv6_cidr_block",
                "egress.protocol",
                "egress.rule_no",
                "egress.to_port",
                "ingress.action",
                "ingress.cidr_block",
                "ingress.from_port",
                "ingress.icmp_code",
                "ingress.icmp_type",
                "ingress.ipv6_cidr_block",
                "ingress.protocol",
                "ingress.rule_no",
                "ingress.to_port",
                "subnet_ids",
            ],
            ..TYPE
        },
        maps: Maps::Resource(acl),
    }
}

pub(super) const TYPES: &[Mapping] = &[
    acl_type("aws_network_acl"),
    acl_type("aws_default_network_acl"),
    Mapping {
        of: part_type(
            "aws_network_acl_rule",
            &[
                "cidr_block",
                "egress",
                "from_port",
                "icmp_code",
                "icmp_type",
                "ipv6_cidr_block",
                "network_acl_id",
                "protocol",
                "rule_action",
                "rule_number",
                "to_port",
            ],
        ),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, way(attrs), part(attrs)),
            Some(|attrs, resources| take(attrs, OF, resources, way(attrs), &part(attrs))),
        ),
    },
    Mapping {
        of: part_type("aws_network_acl_association", &["network_acl_id", "subnet_id"]),
        maps: Maps::Part(association, None),
    },
];

pub(super) const PARTS: &[PartOf] = &[PartOf {
    part: "aws_network_acl_rule",
    inline: "",
    names: OF.0,
    of: ACLS,
    several: true,
    facts: &["firewall.egress", "firewall.ingress"],
    // What is known of the others stays: the list is marked as one that may be longer.
    clear: |_| {},
}];

fn acl(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    resource.network = Some(Shared::from(Network { vpc, ..Network::default() }));
    fill(attrs, resource, false, |_, blocks, _, _| {
        let number = |block: &Attrs<'_>| block.number("rule_no");
        blocks.iter().map(|block| rule(block, number(block), &block.text("action"))).collect()
    });
}

fn part(attrs: &Attrs<'_>) -> FirewallRule {
    rule(attrs, attrs.number("rule_number"), &attrs.text("rule_action"))
}

fn rule(attrs: &Attrs<'_>, number: Fact<u32>, action: &Fact<String>) -> FirewallRule {
    let mut about = traffic(attrs, "protocol");
    if matches!(about.protocol.text(), Some("1" | "icmp" | "58" | "icmpv6" | "ipv6-icmp")) {
        about = Traffic { from: integer(attrs, "icmp_type"), to: integer(attrs, "icmp_code"), ..about };
    }
    let cidr = match (attrs.text("cidr_block"), attrs.text("ipv6_cidr_block")) {
        (Fact::Absent, sixth) => sixth,
        (fourth, _) => fourth,
    };
    acl_rule(number, action.as_ref().map(|action| action.eq_ignore_ascii_case("allow")), about, cidr)
}

fn way(attrs: &Attrs<'_>) -> Fact<Way> {
    attrs.boolean_or("egress", false).map(|out| if out { Way::Out } else { Way::In })
}

fn association(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let acls = attrs.targets("network_acl_id", ACLS);
    let subnets = attrs.targets("subnet_id", SUBNETS);
    if let (Some(subnet), None, Some(acl)) = (subnets.single(), &acls.unknown, acls.ids().first())
        && let Some(subnet) = &mut resources[subnet]
    {
        subnet.link(Rel::FilteredBy, Some(acl));
    }
    subnets.here()
}

/// Links the subnets that an ACL names to it.
pub(super) fn of_subnets(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(ACLS) {
        let subnets = Attrs::new(world, at).all_targets("subnet_ids", SUBNETS);
        if subnets.unknown.is_some() {
            continue;
        }
        for subnet in subnets.here() {
            let Some(subnet) = &mut resources[subnet] else { continue };
            if subnet.links_to(Rel::FilteredBy).next().is_none() {
                subnet.link(Rel::FilteredBy, Some(world.id(at)));
            }
        }
    }
}
