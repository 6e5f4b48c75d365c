//! Listeners of accelerators.

use super::super::provider::TYPE;
use super::common::{ACCELERATORS, accelerator_name};
use crate::collect::routes::port_range;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Fact, Rel, Resource, Shared, Traffic};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_globalaccelerator_listener",
        kind: Some("aws.globalaccelerator.listener"),
        global_id: "arn",
        names: &[],
        facts: &[("traffic.port_ranges", "port_range"), ("traffic.protocol", "protocol")],
        reads: &["accelerator_arn", "port_range.from_port", "port_range.to_port"],
        ..TYPE
    },
    maps: Maps::Resource(listener),
}];

fn listener(attrs: &Attrs<'_>, resource: &mut Resource) {
    attrs.link(resource, Rel::MemberOf, "", "accelerator_arn", ACCELERATORS);
    let protocol = attrs.text("protocol").map(|protocol| protocol.to_lowercase());
    let ranges = attrs.blocks("port_range").into_known().unwrap_or_default();
    let ranges: Option<Vec<String>> = ranges
        .iter()
        .map(|range| port_range(range.number("from_port").into_known()?, range.number("to_port").into_known()?))
        .collect();
    let ranges = ranges.filter(|all| !all.is_empty()).map(|mut all| {
        all.sort_unstable();
        all
    });
    if let (Fact::Known(name), Some(protocol), Some(ranges)) = (accelerator_name(attrs), protocol.text(), &ranges) {
        resource.name = format!("{name} {protocol} {}", ranges.join(","));
    }
    resource.traffic = Some(Shared::from(Traffic {
        protocol,
        port_ranges: Fact::from_known(ranges),
        certificates: Fact::Known(Vec::new()),
        ..Traffic::default()
    }));
}
