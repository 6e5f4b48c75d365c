//! Prefix lists, by their names: rules and routes tell their ids only, which are others in each region.

use super::super::provider::TYPE;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_ec2_managed_prefix_list",
        kind: Some("aws.ec2.prefix-list"),
        global_id: "arn",
        names: &["name"],
        facts: &[],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Resource(|_, _| {}),
}];
