//! EC2: subnets, which tell the zones of everything that names only its subnets.

use aws_sdk_ec2::types::Subnet;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, number};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::model::{Fact, Kind, Network, Place, Redundancy, Resource, Shared, Status};

const SUBNET: &str = "aws.ec2.subnet";

pub(crate) struct Ec2;

impl Collector for Ec2 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "ec2", locality: Locality::Regional, kinds: &[SUBNET], actions: actions::EC2 };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let pages = client!(cx, aws_sdk_ec2).describe_subnets().into_paginator().items().send();
            for subnet in out.listed(&[SUBNET], list("ec2:DescribeSubnets", pages).await)? {
                out.push(normalize(&subnet, cx.place()));
            }
            Ok(())
        }
        .boxed()
    }
}

fn normalize(subnet: &Subnet, place: Place) -> Resource {
    let name = subnet.subnet_id().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(SUBNET), subnet.subnet_arn().unwrap_or(name), name, place);
    resource.tags = values::tags(subnet.tags().iter().map(|tag| (tag.key(), tag.value())));
    let state = subnet.state().map(|state| state.as_str().to_lowercase());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "available")),
        state: Fact::from_known(state),
        created_at: Fact::Absent,
    }));
    let one = |text: Option<&str>| Fact::from_known(text.map(|text| vec![text.to_owned()]));
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: one(subnet.availability_zone()),
        zone_ids: one(subnet.availability_zone_id()),
        multi_zone: Fact::Known(false),
        ..Redundancy::default()
    }));
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(subnet.vpc_id().map(str::to_owned)),
        free_addresses: number(subnet.available_ip_address_count()),
        ..Network::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{SubnetState, Tag};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_subnet_tells_its_zone_by_name_and_by_id() {
        let subnet = Subnet::builder()
            .subnet_id("subnet-1")
            .subnet_arn("arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1")
            .vpc_id("vpc-1")
            .state(SubnetState::Available)
            .availability_zone("us-east-1a")
            .availability_zone_id("use1-az4")
            .available_ip_address_count(251)
            .tags(Tag::builder().key("tier").value("data").build())
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&subnet, Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1",
                "kind": "aws.ec2.subnet",
                "name": "subnet-1",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "tags": {"tier": "data"},
                "status": {"state": "available", "healthy": true, "created_at": null},
                "redundancy": {"zones": ["us-east-1a"], "zone_ids": ["use1-az4"], "multi_zone": false},
                "network": {"vpc": "vpc-1", "free_addresses": 251},
                "origin": {"source": ""},
            })
        );
    }
}
