//! Groups of endpoints, each in one region.

use super::super::elbv2::BALANCERS;
use super::super::provider::TYPE;
use super::common::{LISTENERS, accelerator_name, accelerators};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, HealthCheck, Rel, Resource, Shared, Traffic};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_globalaccelerator_endpoint_group",
        kind: Some("aws.globalaccelerator.endpoint-group"),
        global_id: "arn",
        names: &[],
        facts: &[
            ("health_check.healthy_threshold", "threshold_count"),
            ("health_check.interval_seconds", "health_check_interval_seconds"),
            ("health_check.path", "health_check_path"),
            ("health_check.port", "health_check_port"),
            ("health_check.protocol", "health_check_protocol"),
            ("health_check.unhealthy_threshold", "threshold_count"),
            ("traffic.balancers", "listener_arn"),
            ("traffic.dial_percent", "traffic_dial_percentage"),
            ("traffic.targets", "endpoint_configuration"),
            ("traffic.weighted_targets", "endpoint_configuration.weight"),
        ],
        reads: &["endpoint_configuration.endpoint_id", "endpoint_group_region"],
        ..TYPE
    },
    maps: Maps::Resource(group),
}];

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let listener = attrs.targets("listener_arn", LISTENERS);
    let of_listener = listener.single().map(|at| Attrs::new(attrs.world, at));
    let accelerator = of_listener.as_ref().map(accelerator_name).unwrap_or_default();
    let balancers = of_listener.as_ref().map(accelerators).unwrap_or_default();
    attrs.link_to(resource, Rel::MemberOf, "", listener);
    // The provider takes its own region where the code names none.
    let region = attrs.text("endpoint_group_region");
    if let (Fact::Known(name), Fact::Known(region)) = (&accelerator, &region) {
        resource.name = format!("{name} {region}");
    }
    resource.place.region = if region.is_known() { region } else { Fact::Unknown };
    let (targets, weighted_targets) = endpoints(attrs, resource);
    resource.traffic = Some(Shared::from(Traffic {
        // Its load balancers decide that, and it has endpoints instead of routes.
        cross_zone: Fact::Absent,
        routes: Fact::Absent,
        balancers,
        targets,
        weighted_targets,
        dial_percent: attrs.number_or("traffic_dial_percentage", 100),
        ..Traffic::default()
    }));
    let threshold = attrs.number_or("threshold_count", 3);
    let protocol = attrs.text_or("health_check_protocol", "TCP").map(|protocol| protocol.to_lowercase());
    // A connection has no path, and a request without one is for the root.
    let path = match (attrs.state("health_check_path"), protocol.text()) {
        (State::Unset | State::Null, Some("tcp")) => Fact::Absent,
        (State::Unset | State::Null, Some(_)) => "/".into(),
        _ => attrs.text("health_check_path"),
    };
    resource.health_check = Some(Shared::from(HealthCheck {
        // There is always one; that of a load balancer is the load balancer's own.
        enabled: Fact::Known(true),
        protocol,
        port: attrs.number("health_check_port").map(|port| port.to_string()),
        path,
        interval_seconds: attrs.number_or("health_check_interval_seconds", 30),
        unhealthy_threshold: threshold,
        healthy_threshold: threshold,
        ..HealthCheck::default()
    }));
}

/// How many endpoints there are, and how many of them are sent to. Without a weight in the code the provider sends 128
/// before its version 5.2, and 0 from there on.
fn endpoints(attrs: &Attrs<'_>, resource: &mut Resource) -> (Fact<u32>, Fact<u32>) {
    let blocks = match attrs.blocks_if_set("endpoint_configuration") {
        Fact::Known(blocks) => blocks,
        Fact::Absent => return (Fact::Known(0), Fact::Known(0)),
        Fact::Unknown => return (Fact::Unknown, Fact::Unknown),
    };
    let mut weighted = Some(0);
    for block in &blocks {
        for endpoint in block.targets("endpoint_id", BALANCERS).found {
            // Addresses and machines, which have no ARN here, are not collected.
            let is_balancer = matches!(&endpoint, Referent::Here(..)) || is_arn(&endpoint);
            let (Referent::Here(_, id) | Referent::Elsewhere(id)) = endpoint;
            resource.link(Rel::SendsTo, Some(id).filter(|_| is_balancer));
        }
        weighted = match block.number("weight") {
            Fact::Known(weight) => weighted.map(|count| count + u32::from(weight > 0)),
            _ => None,
        };
    }
    if weighted.is_none() {
        let reason = "a weight that the code leaves out depends on the version of the provider";
        resource.mark_unknown("traffic.weighted_targets", reason);
    }
    (Fact::from_known(u32::try_from(blocks.len()).ok()), Fact::from_known(weighted))
}

fn is_arn(endpoint: &Referent) -> bool {
    matches!(endpoint, Referent::Elsewhere(id) if id.starts_with("arn:"))
}
