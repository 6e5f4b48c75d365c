//! Networks, with their ranges of addresses.

use super::super::provider::TYPE;
use crate::collect::network::in_sequence;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Network, Resource, Shared};

pub(super) const VPCS: &[&str] = &["aws_vpc", "aws_default_vpc"];

pub(super) const CIDRS: &str = "network.cidrs";

/// The attribute that names what a range is a part of, and the types of that.
type Of = (&'static str, &'static [&'static str]);

const OF: Of = ("vpc_id", VPCS);

const fn vpc_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.vpc"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                (CIDRS, "cidr_block"),
                ("network.dns_hostnames", "enable_dns_hostnames"),
                ("network.dns_support", "enable_dns_support"),
            ],
            reads: &["ipv6_cidr_block"],
            ..TYPE
        },
        maps: Maps::Resource(vpc),
    }
}

const fn range_type(name: &'static str, reads: &'static [&'static str]) -> Type {
    Type { name, kind: None, global_id: "", names: &[], facts: &[], reads, ..TYPE }
}

pub(super) const TYPES: &[Mapping] = &[
    vpc_type("aws_vpc"),
    vpc_type("aws_default_vpc"),
    Mapping {
        of: range_type("aws_vpc_ipv4_cidr_block_association", &["cidr_block", "vpc_id"]),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, attrs.text("cidr_block")),
            Some(|attrs, resources| take(attrs, OF, resources, attrs.text("cidr_block"))),
        ),
    },
    Mapping {
        of: range_type("aws_vpc_ipv6_cidr_block_association", &["ipv6_cidr_block", "vpc_id"]),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, attrs.text("ipv6_cidr_block")),
            Some(|attrs, resources| take(attrs, OF, resources, attrs.text("ipv6_cidr_block"))),
        ),
    },
];

pub(super) const fn range(part: &'static str, of: Of) -> PartOf {
    // What is known of the others stays: the list is marked as one that may be longer.
    PartOf { part, inline: "", names: of.0, of: of.1, several: true, facts: &[CIDRS], clear: |_| {} }
}

pub(super) const PARTS: &[PartOf] =
    &[range("aws_vpc_ipv4_cidr_block_association", OF), range("aws_vpc_ipv6_cidr_block_association", OF)];

fn vpc(attrs: &Attrs<'_>, resource: &mut Resource) {
    let own = attrs.text("id");
    resource.network = Some(Shared::from(Network {
        vpc: if own.is_known() { own } else { Fact::Known(resource.id.clone()) },
        cidrs: ranges([attrs.text("cidr_block"), attrs.text_if_set("ipv6_cidr_block")]),
        dns_support: attrs.boolean_or("enable_dns_support", true),
        // Default networks come with it.
        dns_hostnames: attrs.boolean_or("enable_dns_hostnames", attrs.instance().kind.name == "aws_default_vpc"),
        ..Network::default()
    }));
    // A new one has only the ranges that this code gives it.
    if !attrs.has_all_parts() {
        resource.mark_unknown(CIDRS, "more ranges may be declared elsewhere");
    }
}

/// The ranges that are known. Unknown if none is.
pub(super) fn ranges(all: [Fact<String>; 2]) -> Fact<Vec<String>> {
    let known = in_sequence(all.into_iter().filter_map(Fact::into_known).collect());
    Fact::from_known(Some(known).filter(|known| !known.is_empty()))
}

/// Adds a range to what it is a part of.
pub(super) fn add(attrs: &Attrs<'_>, of: Of, resources: &mut Parts, range: Fact<String>) -> Vec<usize> {
    part_of::set(attrs, of.0, of.1, resources, |whole| {
        let Some(network) = &mut whole.network else { return };
        match range {
            Fact::Known(range) => {
                let mut all = std::mem::take(&mut network.cidrs).into_known().unwrap_or_default();
                all.push(range);
                network.cidrs = Fact::Known(in_sequence(all));
            }
            _ => whole.mark_unknown(CIDRS, format!("that of {} is known only after apply", attrs.instance().address)),
        }
    })
}

/// Takes a range away that a plan deletes.
pub(super) fn take(attrs: &Attrs<'_>, of: Of, resources: &mut Parts, range: Fact<String>) {
    part_of::set(attrs, of.0, of.1, resources, |whole| {
        if let (Some(network), Fact::Known(range)) = (&mut whole.network, range)
            && let Fact::Known(all) = &mut network.cidrs
        {
            all.retain(|have| *have != range);
        }
    });
}
