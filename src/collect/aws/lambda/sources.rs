//! Event source mappings: which queue, stream or topic a function takes events from.

use aws_sdk_lambda::types::EventSourceMappingConfiguration;

use super::super::Context;
use super::MAPPING;
use crate::model::{Fact, Kind, Rel, Resource, Shared, Status};
use crate::providers::aws::lambda::{source, unqualified};
use crate::providers::aws::names::partition;

pub(super) fn normalize(mapping: &EventSourceMappingConfiguration, cx: &Context) -> Resource {
    let uuid = mapping.uuid().unwrap_or_default();
    let id = mapping.event_source_mapping_arn().map_or_else(|| arn(uuid, cx), str::to_owned);
    let mut resource = Resource::new(Kind::of(MAPPING), id, uuid, cx.place());
    let state = mapping.state().map(str::to_lowercase);
    let healthy = match state.as_deref() {
        Some("enabled" | "enabling") => Fact::Known(true),
        Some("updating") => {
            resource.mark_unknown("status.healthy", "it is being updated");
            Fact::Unknown
        }
        Some(_) => Fact::Known(false),
        None => Fact::Unknown,
    };
    resource.status = Some(Shared::from(Status { state: Fact::from_known(state), healthy, created_at: Fact::Absent }));
    resource.link(Rel::MemberOf, mapping.function_arn().map(unqualified));
    // Brokers that somebody runs by himself have no ARN.
    resource.link(Rel::Consumes, mapping.event_source_arn().map(source));
    resource
}

/// Older answers leave the ARN out.
fn arn(uuid: &str, cx: &Context) -> String {
    format!("arn:{}:lambda:{}:{}:event-source-mapping:{uuid}", partition(&cx.region), cx.region, cx.account)
}
