//! Subnet groups: where caches may stand.

use aws_sdk_elasticache::types::CacheSubnetGroup;

use super::super::subnet_groups;
use super::common::SUBNET_GROUP;
use crate::model::{Kind, Place, Resource};

pub(super) fn normalize(group: &CacheSubnetGroup, place: Place) -> Resource {
    let name = group.cache_subnet_group_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(SUBNET_GROUP), group.arn().unwrap_or(name), name, place);
    let subnets = group.subnets().iter();
    let subnets = subnets.map(|it| (it.subnet_identifier(), it.subnet_availability_zone().and_then(|it| it.name())));
    subnet_groups::spans(&mut resource, group.vpc_id(), subnets);
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticache::types::{AvailabilityZone, Subnet};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_subnet_group_spans_the_zones_of_its_subnets() {
        let subnet = |id: &str, zone: &str| {
            let zone = AvailabilityZone::builder().name(zone).build();
            Subnet::builder().subnet_identifier(id).subnet_availability_zone(zone).build()
        };
        let group = CacheSubnetGroup::builder()
            .cache_subnet_group_name("caches")
            .arn("arn:aws:elasticache:us-east-1:111122223333:subnetgroup:caches")
            .vpc_id("vpc-1")
            .subnets(subnet("subnet-2", "us-east-1b"))
            .subnets(subnet("subnet-1", "us-east-1a"))
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&group, Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": "arn:aws:elasticache:us-east-1:111122223333:subnetgroup:caches",
                "kind": "aws.elasticache.subnet-group",
                "name": "caches",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "redundancy": {"zones": ["us-east-1a", "us-east-1b"], "multi_zone": true},
                "network": {"vpc": "vpc-1", "subnets": ["subnet-1", "subnet-2"]},
                "links": [{"rel": "in-subnet", "to": "subnet-1"}, {"rel": "in-subnet", "to": "subnet-2"}],
                "origin": {"source": ""},
            })
        );
    }
}
