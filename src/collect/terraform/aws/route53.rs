//! Route 53 zones, records and health checks.

mod common;
mod records;

use super::provider::TYPE;
use super::route53recoverycontrolconfig::CONTROLS;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of;
use crate::collect::terraform::world::Parts;
use crate::model::{Dns, DnsNetwork, Fact, HealthCheck, Rel, Resource, Shared};
use crate::providers::aws::names;
use common::{CHECKS, ZONES};

const NETWORKS: &[&str] = &["aws_vpc", "aws_default_vpc"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_route53_zone",
            kind: Some("aws.route53.zone"),
            global_id: "arn",
            names: &["name", "zone_id"],
            // A public and a private zone may have the same name.
            unique: "zone_id",
            facts: &[("dns.name", "name"), ("dns.networks", "vpc"), ("dns.private", "vpc")],
            reads: &["vpc.vpc_id", "vpc.vpc_region"],
            ..TYPE
        },
        maps: Maps::Resource(zone),
    },
    Mapping {
        of: Type { name: "aws_route53_zone_association", reads: &["vpc_id", "vpc_region", "zone_id"], ..TYPE },
        maps: Maps::Part(association, None),
    },
    Mapping {
        of: Type {
            name: "aws_route53_health_check",
            kind: Some("aws.route53.health-check"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("health_check.alarm", "cloudwatch_alarm_name"),
                ("health_check.alarm_region", "cloudwatch_alarm_region"),
                ("health_check.children", "child_healthchecks"),
                ("health_check.enabled", "disabled"),
                ("health_check.host", "fqdn"),
                ("health_check.interval_seconds", "request_interval"),
                ("health_check.inverted", "invert_healthcheck"),
                ("health_check.path", "resource_path"),
                ("health_check.port", "port"),
                ("health_check.protocol", "type"),
                ("health_check.routing_control", "routing_control_arn"),
                ("health_check.unhealthy_threshold", "failure_threshold"),
                ("health_check.without_data", "insufficient_data_health_status"),
            ],
            reads: &["ip_address"],
            ..TYPE
        },
        maps: Maps::Resource(check),
    },
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES, records::TYPES], parts: &[], finishers: &[], comparers: &[] };

fn zone(attrs: &Attrs<'_>, resource: &mut Resource) {
    let name = attrs.text("name").map(|name| names::host(&name));
    resource.name = name.text().map_or_else(|| resource.name.clone(), str::to_owned);
    let blocks = attrs.blocks_if_set("vpc");
    let networks = match &blocks {
        Fact::Known(blocks) => {
            resource.mark_unknown("dns.networks", "other networks may be associated elsewhere");
            Fact::Known(blocks.iter().map(|block| network(block, resource)).collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    resource.dns = Some(Shared::from(Dns {
        name,
        zone: Fact::Absent,
        private: match blocks {
            Fact::Known(_) => Fact::Known(true),
            Fact::Absent => Fact::Known(false),
            Fact::Unknown => Fact::Unknown,
        },
        networks,
        ..Dns::default()
    }));
}

/// A network of a private zone. Where the code names no region it is that of the network, or of the provider.
fn network(attrs: &Attrs<'_>, zone: &mut Resource) -> DnsNetwork {
    let targets = attrs.targets("vpc_id", NETWORKS);
    let of_network = targets.single().map(|at| attrs.world.place(at).region.clone());
    let id = attrs.link_to(zone, Rel::InNetwork, "", targets);
    let region = match attrs.text("vpc_region") {
        Fact::Known(region) => Fact::Known(region),
        _ => of_network.unwrap_or_default(),
    };
    DnsNetwork { id, region }
}

fn association(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, "zone_id", ZONES, resources, |zone| {
        let own = network(attrs, zone);
        let Some(Fact::Known(networks)) = zone.dns.as_mut().map(|facts| &mut facts.networks) else { return };
        if !networks.contains(&own) {
            networks.push(own);
            networks.sort_by(|a, b| a.id.text().cmp(&b.id.text()));
        }
    })
}

fn check(attrs: &Attrs<'_>, resource: &mut Resource) {
    let children = attrs.all_targets("child_healthchecks", CHECKS);
    for child in children.ids() {
        resource.link(Rel::GatedBy, Some(child));
    }
    let mut ids = children.ids();
    ids.sort_unstable();
    let host = match attrs.text_if_set("fqdn") {
        Fact::Absent => attrs.text_if_set("ip_address"),
        host => host,
    };
    let alarm_region = attrs.text_if_set("cloudwatch_alarm_region");
    let routing_control = match attrs.text_if_set("routing_control_arn") {
        Fact::Absent => Fact::Absent,
        _ => attrs.link(resource, Rel::GatedBy, "health_check.routing_control", "routing_control_arn", CONTROLS),
    };
    resource.health_check = Some(Shared::from(HealthCheck {
        enabled: attrs.boolean_or("disabled", false).map(|disabled| !disabled),
        protocol: attrs.text("type").map(|kind| kind.to_lowercase()),
        port: attrs.number("port").map(|port| port.to_string()),
        path: attrs.text("resource_path"),
        interval_seconds: attrs.number("request_interval"),
        unhealthy_threshold: attrs.number("failure_threshold"),
        healthy_threshold: Fact::Absent,
        host: host.map(|host| names::host(&host)),
        inverted: attrs.boolean_or("invert_healthcheck", false),
        alarm_region,
        alarm: attrs.text_if_set("cloudwatch_alarm_name"),
        without_data: attrs
            .text_if_set("insufficient_data_health_status")
            .map(|word| if word == "LastKnownStatus" { "last_known_status".to_owned() } else { word.to_lowercase() }),
        children: Fact::from_known(children.unknown.is_none().then_some(ids)),
        routing_control,
    }));
}
