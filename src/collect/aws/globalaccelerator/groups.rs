//! Groups of endpoints, each in one region, with how many of them are healthy.

use aws_sdk_globalaccelerator::types::{Accelerator, EndpointDescription, EndpointGroup, HealthState, Listener};

use super::super::Context;
use super::super::read::number;
use super::common::GROUP;
use crate::model::{Fact, HealthCheck, Kind, Place, Rel, Resource, Shared, Traffic};

pub(super) fn normalize(
    accelerator: &Accelerator,
    listener: &Listener,
    group: &EndpointGroup,
    cx: &Context,
) -> Resource {
    let region = group.endpoint_group_region();
    let name = [accelerator.name(), region].map(Option::unwrap_or_default).join(" ");
    let place = Place { region: Fact::from_known(region.map(str::to_owned)), ..Place::global(&cx.account) };
    let mut resource =
        Resource::new(Kind::of(GROUP), group.endpoint_group_arn().unwrap_or(&name), name.as_str(), place);
    // Only accelerators have tags.
    resource.tags = Fact::Known(Default::default());
    resource.link(Rel::MemberOf, listener.listener_arn());
    let endpoints = group.endpoint_descriptions();
    // Addresses and machines, which have no ARN here, are not collected.
    for balancer in endpoints.iter().filter_map(|it| it.endpoint_id()).filter(|id| id.starts_with("arn:")) {
        resource.link(Rel::SendsTo, Some(balancer));
    }
    let count = |counts: fn(&&EndpointDescription) -> bool| number(Some(endpoints.iter().filter(counts).count()));
    resource.traffic = Some(Shared::from(Traffic {
        // Its load balancers decide that, and it has endpoints instead of routes.
        cross_zone: Fact::Absent,
        routes: Fact::Absent,
        balancers: Fact::Known(accelerator.accelerator_arn().into_iter().map(str::to_owned).collect()),
        targets: number(Some(endpoints.len())),
        weighted_targets: if endpoints.iter().all(|it| it.weight().is_some()) {
            count(|it| it.weight() > Some(0))
        } else {
            Fact::Unknown
        },
        healthy_targets: count(|it| it.weight() != Some(0) && it.health_state() == Some(&HealthState::Healthy)),
        dial_percent: Fact::from_known(group.traffic_dial_percentage().map(|percent| percent as u32)),
        ..Traffic::default()
    }));
    resource.health_check = Some(Shared::from(HealthCheck {
        // There is always one; that of a load balancer is the load balancer's own.
        enabled: Fact::Known(true),
        protocol: Fact::from_known(group.health_check_protocol().map(|it| it.as_str().to_lowercase())),
        port: Fact::from_known(group.health_check_port().map(|port| port.to_string())),
        path: Fact::from_read(group.health_check_path().map(str::to_owned)),
        interval_seconds: number(group.health_check_interval_seconds()),
        unhealthy_threshold: number(group.threshold_count()),
        healthy_threshold: number(group.threshold_count()),
        ..HealthCheck::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_globalaccelerator::types::HealthCheckProtocol;
    use serde_json::json;

    use super::super::common::tests;
    use super::*;

    fn endpoint(id: &str, weight: Option<i32>, health: HealthState) -> EndpointDescription {
        EndpointDescription::builder().endpoint_id(id).set_weight(weight).health_state(health).build()
    }

    fn group(endpoints: Vec<EndpointDescription>) -> EndpointGroup {
        EndpointGroup::builder()
            .endpoint_group_arn("arn:a/listener/l/endpoint-group/g")
            .endpoint_group_region("us-east-1")
            .set_endpoint_descriptions(Some(endpoints))
            .traffic_dial_percentage(33.5)
            .health_check_port(443)
            .health_check_protocol(HealthCheckProtocol::Https)
            .health_check_path("/health")
            .health_check_interval_seconds(10)
            .threshold_count(3)
            .build()
    }

    #[test]
    fn a_group_stands_in_its_region_and_counts_what_is_sent_to() {
        let balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1";
        let endpoints = vec![
            endpoint(balancer, Some(128), HealthState::Healthy),
            endpoint("i-0123456789abcdef0", Some(1), HealthState::Unhealthy),
            endpoint("eipalloc-0123456789abcdef0", Some(0), HealthState::Healthy),
        ];
        let found = normalize(&tests::accelerator(), &tests::listener(), &group(endpoints), &tests::context());
        let expected = json!({
            "id": "arn:a/listener/l/endpoint-group/g", "kind": "aws.globalaccelerator.endpoint-group",
            "name": "shop us-east-1", "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
            "traffic": {
                "cross_zone": null, "routes": null, "balancers": ["arn:a"], "targets": 3, "weighted_targets": 2, "healthy_targets": 1, "dial_percent": 33,
            },
            "health_check": {
                "enabled": true, "protocol": "https", "port": "443", "path": "/health", "interval_seconds": 10,
                "unhealthy_threshold": 3, "healthy_threshold": 3,
            },
            "links": [{"rel": "member-of", "to": "arn:a/listener/l"}, {"rel": "sends-to", "to": balancer}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(found).unwrap(), expected);
    }

    #[test]
    fn a_weight_that_is_not_told_is_not_taken_for_one() {
        let endpoints = vec![endpoint("i-1", None, HealthState::Healthy)];
        let found = normalize(&tests::accelerator(), &tests::listener(), &group(endpoints), &tests::context());
        assert_eq!(found.traffic.unwrap().weighted_targets, Fact::Unknown);
    }
}
