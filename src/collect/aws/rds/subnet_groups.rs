//! Subnet groups: where databases may stand.

use aws_sdk_rds::types::DbSubnetGroup;

use super::super::read::sorted;
use super::{SUBNET_GROUP, lower, resource};
use crate::model::{Fact, Kind, Network, Place, Redundancy, Rel, Resource, Status};

pub(super) fn normalize(group: &DbSubnetGroup, place: Place) -> Resource {
    let (arn, name) = (group.db_subnet_group_arn(), group.db_subnet_group_name());
    let mut resource = resource(Kind::of(SUBNET_GROUP), arn, name, place);
    let state = lower(group.subnet_group_status());
    resource.status = Some(Box::new(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "complete")),
        state: Fact::from_known(state),
        created_at: Fact::Absent,
    }));
    let subnets = sorted(group.subnets().iter().filter_map(|subnet| subnet.subnet_identifier()));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    let zones = group.subnets().iter().filter_map(|subnet| subnet.subnet_availability_zone()?.name());
    let zones = sorted(zones);
    resource.redundancy = Some(Box::new(Redundancy {
        multi_zone: Fact::Known(zones.len() > 1),
        zones: Fact::Known(zones),
        ..Redundancy::default()
    }));
    resource.network = Some(Box::new(Network {
        vpc: Fact::from_known(group.vpc_id().map(str::to_owned)),
        subnets: Fact::Known(subnets),
        ..Network::default()
    }));
    resource
}
