//! Target groups, with how many of their targets are healthy.

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::{
    TargetGroup, TargetGroupAttribute, TargetHealthDescription, TargetHealthReasonEnum, TargetHealthStateEnum,
    TargetTypeEnum,
};

use super::super::Trouble;
use super::super::read::{number, sorted};
use super::common::GROUP;
use crate::model::{Fact, HealthCheck, Kind, Network, Place, Rel, Resource, Shared, Traffic};
use crate::providers::aws::lambda::unqualified;

/// Facts that the health of the targets gives.
pub(super) const IN_HEALTH: [&str; 2] = ["traffic.healthy_targets", "traffic.targets"];

pub(super) type Looked = (Result<Vec<TargetGroupAttribute>, Trouble>, Result<Vec<TargetHealthDescription>, Trouble>);

pub(super) async fn look(client: &Client, group: &TargetGroup) -> Looked {
    let arn = group.target_group_arn().unwrap_or_default();
    let attributes = match client.describe_target_group_attributes().target_group_arn(arn).send().await {
        Ok(answer) => Ok(answer.attributes.unwrap_or_default()),
        Err(error) => Err(Trouble::new("elasticloadbalancing:DescribeTargetGroupAttributes", &error)),
    };
    let health = match client.describe_target_health().target_group_arn(arn).send().await {
        Ok(answer) => Ok(answer.target_health_descriptions.unwrap_or_default()),
        Err(error) => Err(Trouble::new("elasticloadbalancing:DescribeTargetHealth", &error)),
    };
    (attributes, health)
}

pub(super) fn normalize(
    group: &TargetGroup,
    attributes: Option<&[TargetGroupAttribute]>,
    health: Option<&[TargetHealthDescription]>,
    place: Place,
) -> Resource {
    let name = group.target_group_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(GROUP), group.target_group_arn().unwrap_or(name), name, place);
    // A group of functions is in no network.
    resource.link(Rel::InNetwork, group.vpc_id());
    resource.network =
        Some(Shared::from(Network { vpc: Fact::from_read(group.vpc_id().map(str::to_owned)), ..Network::default() }));
    // Other targets are addresses and machines. A function may be named with a version or an alias.
    if let (Some(TargetTypeEnum::Alb | TargetTypeEnum::Lambda), Some(health)) = (group.target_type(), health) {
        for target in health.iter().filter_map(|it| it.target()?.id()) {
            resource.link(Rel::SendsTo, Some(unqualified(target)));
        }
    }
    let text = |value: Option<&str>| Fact::from_read(value.map(str::to_lowercase));
    resource.traffic = Some(Shared::from(Traffic {
        cross_zone: attributes.map_or(Fact::Unknown, cross_zone),
        protocol: text(group.protocol().map(|protocol| protocol.as_str())),
        port: group.port().map_or(Fact::Absent, |port| number(Some(port))),
        target_type: text(group.target_type().map(|it| it.as_str())),
        balancers: Fact::Known(sorted(group.load_balancer_arns().iter().map(String::as_str))),
        targets: health.map_or(Fact::Unknown, |all| number(Some(all.len()))),
        healthy_targets: health.map_or(Fact::Unknown, |all| number(Some(all.iter().filter(|it| serves(it)).count()))),
        ..Traffic::default()
    }));
    resource.health_check = Some(Shared::from(HealthCheck {
        enabled: Fact::from_known(group.health_check_enabled()),
        protocol: text(group.health_check_protocol().map(|protocol| protocol.as_str())),
        port: Fact::from_read(group.health_check_port().map(str::to_owned)),
        path: Fact::from_read(group.health_check_path().map(str::to_owned)),
        interval_seconds: number(group.health_check_interval_seconds()),
        unhealthy_threshold: number(group.unhealthy_threshold_count()),
        healthy_threshold: number(group.healthy_threshold_count()),
        ..HealthCheck::default()
    }));
    resource
}

/// What the group itself says; absent where it does as its load balancer does.
fn cross_zone(attributes: &[TargetGroupAttribute]) -> Fact<bool> {
    let value = attributes.iter().find(|it| it.key() == Some("load_balancing.cross_zone.enabled"));
    Fact::from_read(value.and_then(|it| it.value()?.parse().ok()))
}

/// It takes requests: it is healthy, or nobody checks whether it is.
fn serves(target: &TargetHealthDescription) -> bool {
    let Some(health) = target.target_health() else { return false };
    matches!(health.state(), Some(TargetHealthStateEnum::Healthy))
        || matches!(health.reason(), Some(TargetHealthReasonEnum::HealthCheckDisabled))
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticloadbalancingv2::types::{ProtocolEnum, TargetDescription, TargetHealth};
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1";

    fn target(id: &str, state: TargetHealthStateEnum) -> TargetHealthDescription {
        TargetHealthDescription::builder()
            .target(TargetDescription::builder().id(id).build())
            .target_health(TargetHealth::builder().state(state).build())
            .build()
    }

    #[test]
    fn a_group_counts_the_targets_that_take_requests() {
        let group = TargetGroup::builder()
            .target_group_arn(ARN)
            .target_group_name("web")
            .protocol(ProtocolEnum::Http)
            .port(8080)
            .vpc_id("vpc-1")
            .target_type(TargetTypeEnum::Ip)
            .health_check_enabled(true)
            .health_check_protocol(ProtocolEnum::Http)
            .health_check_port("traffic-port")
            .health_check_path("/health")
            .health_check_interval_seconds(15)
            .healthy_threshold_count(3)
            .unhealthy_threshold_count(2)
            .load_balancer_arns("arn:shop")
            .build();
        let unchecked = TargetHealth::builder()
            .state(TargetHealthStateEnum::Unavailable)
            .reason(TargetHealthReasonEnum::HealthCheckDisabled);
        let health = [
            target("10.0.0.1", TargetHealthStateEnum::Healthy),
            target("10.0.0.2", TargetHealthStateEnum::Initial),
            TargetHealthDescription::builder().target_health(unchecked.build()).build(),
            TargetHealthDescription::builder().build(),
        ];
        let attribute = |value: &str| {
            [TargetGroupAttribute::builder().key("load_balancing.cross_zone.enabled").value(value).build()]
        };
        let place = Place::new("111122223333", "us-east-1");
        let resource = normalize(&group, Some(&attribute("off")), Some(&health), place);
        let expected = json!({
            "id": ARN, "kind": "aws.elbv2.target-group", "name": "web",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "network": {"vpc": "vpc-1"},
            "traffic": {
                "cross_zone": null, "protocol": "http", "port": 8080, "target_type": "ip", "balancers": ["arn:shop"],
                "targets": 4, "healthy_targets": 2,
            },
            "health_check": {
                "enabled": true, "protocol": "http", "port": "traffic-port", "path": "/health", "interval_seconds": 15,
                "unhealthy_threshold": 2, "healthy_threshold": 3,
            },
            "links": [{"rel": "in-network", "to": "vpc-1"}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
        let values = ["true", "false", "use_load_balancer_configuration"];
        assert_eq!(
            values.map(|value| cross_zone(&attribute(value))),
            [Fact::Known(true), Fact::Known(false), Fact::Absent]
        );
    }

    #[test]
    fn a_group_may_lead_to_another_load_balancer() {
        let group = TargetGroup::builder().target_group_arn(ARN).target_type(TargetTypeEnum::Alb).build();
        let health = [target("arn:inner", TargetHealthStateEnum::Healthy)];
        let resource = normalize(&group, None, Some(&health), Place::new("111122223333", "us-east-1"));
        assert_eq!(resource.links_to(Rel::SendsTo).collect::<Vec<_>>(), ["arn:inner"]);
        let unread = normalize(&group, None, None, Place::new("111122223333", "us-east-1"));
        let facts = unread.traffic.unwrap();
        assert_eq!((facts.targets, facts.healthy_targets, facts.cross_zone), Default::default());
    }
}
