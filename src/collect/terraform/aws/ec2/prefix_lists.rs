//! Prefix lists: rules and routes tell their ids only, which are others in each region.

use super::super::provider::TYPE;
use super::networks::{CIDRS, add, range, take};
use crate::collect::network::in_sequence;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::model::{Fact, Network, Resource, Shared};

pub(super) const LISTS: &[&str] = &["aws_ec2_managed_prefix_list"];

const ENTRY: &str = "aws_ec2_managed_prefix_list_entry";

const OF: (&str, &[&str]) = ("prefix_list_id", LISTS);

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_ec2_managed_prefix_list",
            kind: Some("aws.ec2.prefix-list"),
            global_id: "arn",
            names: &["name", "id"],
            facts: &[(CIDRS, "entry")],
            reads: &["entry.cidr"],
            ..TYPE
        },
        maps: Maps::Resource(prefix_list),
    },
    Mapping {
        of: Type {
            name: ENTRY,
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["cidr", "prefix_list_id"],
            ..TYPE
        },
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, attrs.text("cidr")),
            Some(|attrs, resources| take(attrs, OF, resources, attrs.text("cidr"))),
        ),
    },
];

pub(super) const PARTS: &[PartOf] = &[range(ENTRY, OF)];

fn prefix_list(attrs: &Attrs<'_>, resource: &mut Resource) {
    let blocks = attrs.blocks("entry");
    // The provider shows entries that are resources of their own here, too, once they are there.
    let is_elsewhere = attrs.is_created() && !attrs.sets("entry");
    let (mut all, mut open) = (Vec::new(), blocks.is_unknown() && !is_elsewhere);
    for entry in blocks.known().into_iter().flatten() {
        match entry.text("cidr") {
            Fact::Known(range) => all.push(range),
            _ => open = true,
        }
    }
    resource.network = Some(Shared::from(Network { cidrs: Fact::Known(in_sequence(all)), ..Network::default() }));
    if open {
        resource.mark_unknown(CIDRS, "its entries are known only after apply");
    } else if !attrs.has_all_parts() && !attrs.is_set("entry") {
        resource.mark_unknown(CIDRS, "more entries may be declared elsewhere");
    }
}
