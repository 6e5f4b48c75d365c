//! Health checks.

use aws_sdk_route53::types::HealthCheck as Check;

use super::super::Context;
use super::super::read::{number, sorted};
use super::common::{CHECK, arn};
use crate::model::{Fact, HealthCheck, Kind, Place, Rel, Resource, Shared};
use crate::providers::aws::names::host;

pub(super) fn normalize(check: &Check, cx: &Context) -> Resource {
    let id = arn(cx, &format!("healthcheck/{}", check.id()));
    let mut resource = Resource::new(Kind::of(CHECK), id, check.id(), Place::global(&cx.account));
    let Some(config) = check.health_check_config() else { return resource };
    let alarm = config.alarm_identifier();
    let children = sorted(config.child_health_checks().iter().map(String::as_str));
    for child in &children {
        resource.link(Rel::GatedBy, Some(child));
    }
    resource.link(Rel::GatedBy, config.routing_control_arn());
    // What counts others, or takes the state of an alarm or a switch, asks no endpoint.
    let of_endpoint = |value: Option<i32>| value.map_or(Fact::Absent, |value| number(Some(value)));
    resource.health_check = Some(Shared::from(HealthCheck {
        enabled: Fact::Known(config.disabled() != Some(true)),
        protocol: Fact::Known(config.r#type().as_str().to_lowercase()),
        port: Fact::from_read(config.port().map(|port| port.to_string())),
        path: Fact::from_read(config.resource_path().map(str::to_owned)),
        interval_seconds: of_endpoint(config.request_interval()),
        unhealthy_threshold: of_endpoint(config.failure_threshold()),
        healthy_threshold: Fact::Absent,
        host: Fact::from_read(config.fully_qualified_domain_name().or(config.ip_address()).map(host)),
        inverted: Fact::Known(config.inverted() == Some(true)),
        alarm_region: Fact::from_read(alarm.map(|alarm| alarm.region().as_str().to_owned())),
        alarm: Fact::from_read(alarm.map(|alarm| alarm.name().to_owned())),
        without_data: Fact::from_read(config.insufficient_data_health_status().map(|it| without_data(it.as_str()))),
        children: Fact::Known(children),
        routing_control: Fact::from_read(config.routing_control_arn().map(str::to_owned)),
    }));
    resource
}

/// `LastKnownStatus` → `last_known_status`.
fn without_data(word: &str) -> String {
    if word == "LastKnownStatus" { "last_known_status".to_owned() } else { word.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use aws_sdk_route53::types::builders::HealthCheckConfigBuilder;
    use aws_sdk_route53::types::{
        AlarmIdentifier, CloudWatchRegion, HealthCheckConfig, HealthCheckType, InsufficientDataHealthStatus,
    };
    use serde_json::{Value, json};

    use super::super::common::tests::context;
    use super::*;

    fn normalized(config: HealthCheckConfigBuilder) -> Value {
        let check = Check::builder()
            .id("h-1")
            .caller_reference("r")
            .health_check_version(1)
            .health_check_config(config.build().unwrap());
        serde_json::to_value(normalize(&check.build().unwrap(), &context())).unwrap()
    }

    #[test]
    fn a_check_of_an_endpoint_says_what_it_asks_and_how_often() {
        let config = HealthCheckConfig::builder()
            .r#type(HealthCheckType::HttpsStrMatch)
            .fully_qualified_domain_name("East.example.com")
            .port(443)
            .resource_path("/health")
            .search_string("ok")
            .request_interval(10)
            .failure_threshold(2)
            .disabled(true);
        let expected = json!({
            "id": "arn:aws:route53:::healthcheck/h-1", "kind": "aws.route53.health-check", "name": "h-1",
            "place": {"account": "111122223333", "region": null},
            "health_check": {
                "enabled": false, "protocol": "https_str_match", "port": "443", "path": "/health",
                "interval_seconds": 10, "unhealthy_threshold": 2, "healthy_threshold": null, "host": "east.example.com",
                "inverted": false, "alarm_region": null, "alarm": null, "without_data": null, "children": [],
                "routing_control": null,
            },
            "origin": {"source": ""},
        });
        assert_eq!(normalized(config), expected);
    }

    #[test]
    fn alarms_and_children_decide_without_an_endpoint() {
        let alarm = AlarmIdentifier::builder().region(CloudWatchRegion::UsEast1).name("down").build().unwrap();
        let config = HealthCheckConfig::builder()
            .r#type(HealthCheckType::CloudwatchMetric)
            .alarm_identifier(alarm)
            .insufficient_data_health_status(InsufficientDataHealthStatus::LastKnownStatus);
        let facts = &normalized(config)["health_check"];
        let told = ["protocol", "alarm_region", "alarm", "without_data", "host", "interval_seconds"];
        assert_eq!(
            told.map(|name| facts[name].clone()),
            [
                json!("cloudwatch_metric"),
                json!("us-east-1"),
                json!("down"),
                json!("last_known_status"),
                json!(null),
                json!(null)
            ]
        );
        let config = HealthCheckConfig::builder()
            .r#type(HealthCheckType::Calculated)
            .child_health_checks("h-3")
            .child_health_checks("h-2");
        let resource = normalized(config);
        assert_eq!(resource["health_check"]["children"], json!(["h-2", "h-3"]));
        assert_eq!(resource["links"], json!([{"rel": "gated-by", "to": "h-2"}, {"rel": "gated-by", "to": "h-3"}]));
    }

    #[test]
    fn a_switch_decides_without_an_endpoint() {
        let arn = "arn:aws:route53-recovery-control::111122223333:controlpanel/p/routingcontrol/east";
        let config = HealthCheckConfig::builder()
            .r#type(HealthCheckType::RecoveryControl)
            .routing_control_arn(arn)
            .inverted(true);
        let resource = normalized(config);
        let facts = &resource["health_check"];
        let told = ["protocol", "routing_control", "inverted", "host"].map(|name| facts[name].clone());
        assert_eq!(told, [json!("recovery_control"), json!(arn), json!(true), json!(null)]);
        assert_eq!(resource["links"], json!([{"rel": "gated-by", "to": arn}]));
    }
}
