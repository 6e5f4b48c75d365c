//! Load balancers.

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::{Listener, LoadBalancer, LoadBalancerAttribute};

use super::super::Trouble;
use super::super::read::{Listing, list, moment, sorted};
use super::common::BALANCER;
use crate::model::{Fact, Kind, Network, Place, Protection, Redundancy, Rel, Resource, Shared, Status, Traffic};
use crate::providers::aws::names;

/// Facts that stand in the attributes.
pub(super) const IN_ATTRIBUTES: [&str; 2] = ["protection.deletion_protection", "traffic.cross_zone"];

pub(super) type Looked = (Result<Vec<LoadBalancerAttribute>, Trouble>, Listing<Listener>);

pub(super) async fn look(client: &Client, balancer: &LoadBalancer) -> Looked {
    let arn = balancer.load_balancer_arn().unwrap_or_default();
    let attributes = match client.describe_load_balancer_attributes().load_balancer_arn(arn).send().await {
        Ok(answer) => Ok(answer.attributes.unwrap_or_default()),
        Err(error) => Err(Trouble::new("elasticloadbalancing:DescribeLoadBalancerAttributes", &error)),
    };
    let pages = client.describe_listeners().load_balancer_arn(arn).into_paginator().items().send();
    (attributes, list("elasticloadbalancing:DescribeListeners", pages).await)
}

pub(super) fn normalize(
    balancer: &LoadBalancer,
    attributes: Option<&[LoadBalancerAttribute]>,
    place: Place,
) -> Resource {
    let name = balancer.load_balancer_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(BALANCER), balancer.load_balancer_arn().unwrap_or(name), name, place);
    let state = balancer.state().and_then(|state| state.code()).map(|code| code.as_str().to_lowercase());
    resource.status = Some(Shared::from(Status {
        // An impaired one serves, and cannot grow.
        healthy: Fact::from_known(state.as_deref().map(|state| matches!(state, "active" | "active_impaired"))),
        state: Fact::from_known(state),
        created_at: moment(balancer.created_time()),
    }));
    let zones = sorted(balancer.availability_zones().iter().filter_map(|zone| zone.zone_name()));
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(zones.len() > 1),
        zones: Fact::Known(zones),
        ..Redundancy::default()
    }));
    let subnets = sorted(balancer.availability_zones().iter().filter_map(|zone| zone.subnet_id()));
    let groups = sorted(balancer.security_groups().iter().map(String::as_str));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    resource.link(Rel::InNetwork, balancer.vpc_id());
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_read(balancer.vpc_id().map(str::to_owned)),
        subnets: Fact::from_read(Some(subnets).filter(|subnets| !subnets.is_empty())),
        security_groups: Fact::Known(groups),
        ..Network::default()
    }));
    let attribute = |key: &str| attribute(attributes, key);
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: attribute("deletion_protection.enabled"),
        ..Protection::default()
    }));
    resource.traffic = Some(Shared::from(Traffic {
        balancer: Fact::from_known(balancer.r#type().map(|it| it.as_str().to_lowercase())),
        // A gateway load balancer has no scheme and no host name.
        scheme: Fact::from_read(balancer.scheme().map(|scheme| scheme.as_str().to_lowercase())),
        dns_name: Fact::from_read(balancer.dns_name().map(names::host)),
        cross_zone: attribute("load_balancing.cross_zone.enabled"),
        ..Traffic::default()
    }));
    resource
}

fn attribute(attributes: Option<&[LoadBalancerAttribute]>, key: &str) -> Fact<bool> {
    let value = attributes.and_then(|all| all.iter().find(|it| it.key() == Some(key)));
    Fact::from_known(value.and_then(|it| it.value()?.parse().ok()))
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticloadbalancingv2::primitives::DateTime;
    use aws_sdk_elasticloadbalancingv2::types::{
        AvailabilityZone, LoadBalancerSchemeEnum, LoadBalancerState, LoadBalancerStateEnum, LoadBalancerTypeEnum,
    };
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1";

    #[test]
    fn a_load_balancer_says_where_it_stands_and_how_it_is_reached() {
        let zone = |name: &str, subnet: &str| AvailabilityZone::builder().zone_name(name).subnet_id(subnet).build();
        let balancer = LoadBalancer::builder()
            .load_balancer_arn(ARN)
            .load_balancer_name("shop")
            .dns_name("Shop-1.us-east-1.elb.amazonaws.com")
            .created_time(DateTime::from_secs(1_700_000_000))
            .scheme(LoadBalancerSchemeEnum::InternetFacing)
            .vpc_id("vpc-1")
            .state(LoadBalancerState::builder().code(LoadBalancerStateEnum::ActiveImpaired).build())
            .r#type(LoadBalancerTypeEnum::Application)
            .availability_zones(zone("us-east-1b", "subnet-2"))
            .availability_zones(zone("us-east-1a", "subnet-1"))
            .security_groups("sg-1")
            .build();
        let attribute = |key: &str, value: &str| LoadBalancerAttribute::builder().key(key).value(value).build();
        let attributes =
            [attribute("deletion_protection.enabled", "false"), attribute("load_balancing.cross_zone.enabled", "true")];
        let place = || Place::new("111122223333", "us-east-1");
        let resource = normalize(&balancer, Some(&attributes), place());
        let mut expected = json!({
            "id": ARN, "kind": "aws.elbv2.load-balancer", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "active_impaired", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "redundancy": {"zones": ["us-east-1a", "us-east-1b"], "multi_zone": true},
            "protection": {"deletion_protection": false},
            "network": {"vpc": "vpc-1", "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"]},
            "traffic": {
                "balancer": "application", "scheme": "internet-facing",
                "dns_name": "shop-1.us-east-1.elb.amazonaws.com", "cross_zone": true,
            },
            "links": [
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "filtered-by", "to": "sg-1"},
                {"rel": "in-network", "to": "vpc-1"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
        expected["protection"] = json!({});
        expected["traffic"].as_object_mut().unwrap().remove("cross_zone");
        assert_eq!(serde_json::to_value(normalize(&balancer, None, place())).unwrap(), expected);
    }
}
