//! Subnet groups: where databases may stand.

use aws_sdk_rds::types::DbSubnetGroup;

use super::super::subnet_groups;
use super::{SUBNET_GROUP, lower, resource};
use crate::model::{Fact, Kind, Place, Resource, Shared, Status};

pub(super) fn normalize(group: &DbSubnetGroup, place: Place) -> Resource {
    let (arn, name) = (group.db_subnet_group_arn(), group.db_subnet_group_name());
    let mut resource = resource(Kind::of(SUBNET_GROUP), arn, name, place);
    let state = lower(group.subnet_group_status());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "complete")),
        state: Fact::from_known(state),
        created_at: Fact::Absent,
    }));
    let subnets = group.subnets().iter();
    let subnets = subnets.map(|it| (it.subnet_identifier(), it.subnet_availability_zone().and_then(|it| it.name())));
    subnet_groups::spans(&mut resource, group.vpc_id(), subnets);
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::{AvailabilityZone, Subnet};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_subnet_group_spans_the_zones_of_its_subnets() {
        let subnet = |id: &str, zone: &str| {
            let zone = AvailabilityZone::builder().name(zone).build();
            Subnet::builder().subnet_identifier(id).subnet_availability_zone(zone).build()
        };
        let group = DbSubnetGroup::builder()
            .db_subnet_group_name("private")
            .db_subnet_group_arn("arn:aws:rds:us-east-1:111122223333:subgrp:private")
            .vpc_id("vpc-1")
            .subnet_group_status("Complete")
            .subnets(subnet("subnet-2", "us-east-1b"))
            .subnets(subnet("subnet-1", "us-east-1a"))
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&group, Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": "arn:aws:rds:us-east-1:111122223333:subgrp:private",
                "kind": "aws.rds.subnet-group",
                "name": "private",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "status": {"state": "complete", "healthy": true, "created_at": null},
                "redundancy": {"zones": ["us-east-1a", "us-east-1b"], "multi_zone": true},
                "network": {"vpc": "vpc-1", "subnets": ["subnet-1", "subnet-2"]},
                "links": [{"rel": "in-subnet", "to": "subnet-1"}, {"rel": "in-subnet", "to": "subnet-2"}],
                "origin": {"source": ""},
            })
        );
    }
}
