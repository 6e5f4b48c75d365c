//! Groups of subnets, which several services tell alike.

use super::read::sorted;
use crate::model::{Fact, Network, Redundancy, Rel, Resource, Shared};

/// Fills where a group of subnets stands. Of each subnet its id and its zone.
pub(super) fn spans<'s>(
    resource: &mut Resource,
    vpc: Option<&str>,
    subnets: impl Iterator<Item = (Option<&'s str>, Option<&'s str>)> + Clone,
) {
    let zones = sorted(subnets.clone().filter_map(|(_, zone)| zone));
    let subnets = sorted(subnets.filter_map(|(id, _)| id));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(zones.len() > 1),
        zones: Fact::Known(zones),
        ..Redundancy::default()
    }));
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(vpc.map(str::to_owned)),
        subnets: Fact::Known(subnets),
        ..Network::default()
    }));
}
