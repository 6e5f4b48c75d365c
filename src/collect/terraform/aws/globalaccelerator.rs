//! Accelerators of Global Accelerator, their listeners and groups of endpoints.

mod common;
mod groups;
mod listeners;

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Fact, Resource, Shared, Traffic};
use crate::providers::aws::names;
pub(super) use common::ACCELERATORS;

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_globalaccelerator_accelerator",
        kind: Some("aws.globalaccelerator.accelerator"),
        global_id: "arn",
        names: &["name", "dns_name"],
        // Several accelerators may have one name.
        unique: "arn",
        facts: &[("traffic.aliases", "ip_sets"), ("traffic.dns_name", "dns_name"), ("traffic.enabled", "enabled")],
        reads: &["dual_stack_dns_name", "ip_sets.ip_addresses"],
        ..TYPE
    },
    maps: Maps::Resource(accelerator),
}];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES, groups::TYPES, listeners::TYPES], parts: &[], finishers: &[], comparers: &[] };

fn accelerator(attrs: &Attrs<'_>, resource: &mut Resource) {
    let sets = attrs.blocks("ip_sets").into_known().unwrap_or_default();
    let addresses: Option<Vec<Vec<String>>> = sets.iter().map(|set| set.list("ip_addresses").into_known()).collect();
    let aliases = addresses.filter(|all| !all.is_empty()).map(|all| {
        let named = attrs.text("dual_stack_dns_name").into_known().map(|name| names::host(&name));
        let mut all: Vec<String> = all.into_iter().flatten().chain(named).collect();
        all.sort_unstable();
        all
    });
    resource.traffic = Some(Shared::from(Traffic {
        enabled: attrs.boolean_or("enabled", true),
        dns_name: attrs.text("dns_name").map(|name| names::host(&name)),
        aliases: Fact::from_known(aliases),
        certificates: Fact::Known(Vec::new()),
        // Its listeners and their groups say where it leads.
        routes: Fact::Absent,
        weighted_targets: Fact::Absent,
        ..Traffic::default()
    }));
}
