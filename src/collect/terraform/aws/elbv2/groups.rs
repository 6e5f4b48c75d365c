//! Target groups, and what is attached to them.

use std::net::IpAddr;

use super::super::lambda::function_of;
use super::super::provider::TYPE;
use super::common::{BALANCERS, GROUPS};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, HealthCheck, Network, Rel, Resource, Shared, Traffic};
use crate::providers::aws::lambda::unqualified;

const GROUP: Type = Type {
    kind: Some("aws.elbv2.target-group"),
    global_id: "arn",
    names: &["name"],
    facts: &[
        ("health_check.enabled", "health_check.enabled"),
        ("health_check.healthy_threshold", "health_check.healthy_threshold"),
        ("health_check.interval_seconds", "health_check.interval"),
        ("health_check.path", "health_check.path"),
        ("health_check.port", "health_check.port"),
        ("health_check.protocol", "health_check.protocol"),
        ("health_check.unhealthy_threshold", "health_check.unhealthy_threshold"),
        ("network.vpc", "vpc_id"),
        ("traffic.cross_zone", "load_balancing_cross_zone_enabled"),
        ("traffic.port", "port"),
        ("traffic.protocol", "protocol"),
        ("traffic.target_type", "target_type"),
    ],
    ..TYPE
};

const ATTACHMENT: Type = Type { reads: &["target_group_arn", "target_id"], ..TYPE };

pub(in super::super) const TYPES: &[Mapping] = &[
    Mapping { of: Type { name: "aws_lb_target_group", ..GROUP }, maps: Maps::Resource(group) },
    Mapping { of: Type { name: "aws_alb_target_group", ..GROUP }, maps: Maps::Resource(group) },
    Mapping { of: Type { name: "aws_lb_target_group_attachment", ..ATTACHMENT }, maps: Maps::Part(attachment, None) },
    Mapping { of: Type { name: "aws_alb_target_group_attachment", ..ATTACHMENT }, maps: Maps::Part(attachment, None) },
];

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = attrs.text("vpc_id");
    attrs.link(resource, Rel::InNetwork, "", "vpc_id", &["aws_vpc", "aws_default_vpc"]);
    resource.network = Some(Shared::from(Network { vpc, ..Network::default() }));
    let kind = attrs.text_or("target_type", "instance");
    let cross_zone = attrs.text_or("load_balancing_cross_zone_enabled", "use_load_balancer_configuration");
    resource.traffic = Some(Shared::from(Traffic {
        cross_zone: match cross_zone.text() {
            Some("true") => Fact::Known(true),
            Some("false") => Fact::Known(false),
            Some("use_load_balancer_configuration") => Fact::Absent,
            _ => Fact::Unknown,
        },
        port: attrs.number("port"),
        protocol: attrs.text("protocol").map(|protocol| protocol.to_lowercase()),
        target_type: kind.clone(),
        ..Traffic::default()
    }));
    resource.health_check = Some(Shared::from(match attrs.block_if_set("health_check") {
        Fact::Known(check) => HealthCheck {
            enabled: check.boolean_or("enabled", true),
            protocol: check.text("protocol").map(|protocol| protocol.to_lowercase()),
            port: check.text("port"),
            path: check.text("path"),
            interval_seconds: check.number("interval"),
            unhealthy_threshold: check.number("unhealthy_threshold"),
            healthy_threshold: check.number("healthy_threshold"),
            ..HealthCheck::default()
        },
        // Functions alone are not checked where the code does not ask for it.
        Fact::Absent => HealthCheck { enabled: kind.map(|kind| kind != "lambda"), ..HealthCheck::default() },
        Fact::Unknown => HealthCheck::default(),
    }));
}

/// What is attached is counted by nobody: others may be attached elsewhere. A load balancer and a function are links.
fn attachment(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let balancer = attrs.targets("target_id", BALANCERS).single().map(|at| attrs.world.id(at).to_owned());
    let function = || function_of(attrs, "target_id").id().filter(|id| !is_machine(id));
    let target = balancer.or_else(function);
    part_of::set(attrs, "target_group_arn", GROUPS, resources, |group| {
        group.link(Rel::SendsTo, target.as_deref().map(unqualified));
    })
}

/// An address or a machine, neither of which is a resource here.
fn is_machine(target: &str) -> bool {
    target.starts_with("i-") || target.parse::<IpAddr>().is_ok()
}
