//! Event source mappings: which queue, stream or topic a function takes events from.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::EventSourceMappingConfiguration;

use super::super::{Context, Sink, Trouble};
use super::common::{MAPPING, tags};
use crate::model::{Fact, Kind, Rel, Resource, Shared, Status, TagFact};
use crate::providers::aws::lambda::{source, unqualified};
use crate::providers::aws::names::partition;

/// A mapping, and what only another call tells.
pub(super) struct Looked {
    mapping: EventSourceMappingConfiguration,
    tags: Result<TagFact, Trouble>,
}

pub(super) async fn look(client: &Client, mapping: EventSourceMappingConfiguration, cx: &Context) -> Looked {
    let tags = tags(client, &arn(&mapping, cx)).await;
    Looked { mapping, tags }
}

pub(super) fn normalize(looked: Looked, cx: &Context, out: &mut Sink) -> Resource {
    let Looked { mapping, tags } = looked;
    let uuid = mapping.uuid().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(MAPPING), arn(&mapping, cx), uuid, cx.place());
    out.tag(&mut resource, tags);
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
fn arn(mapping: &EventSourceMappingConfiguration, cx: &Context) -> String {
    let made = || {
        let uuid = mapping.uuid().unwrap_or_default();
        format!("arn:{}:lambda:{}:{}:event-source-mapping:{uuid}", partition(&cx.region), cx.region, cx.account)
    };
    mapping.event_source_mapping_arn().map_or_else(made, str::to_owned)
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use serde_json::json;

    use super::*;
    use crate::model::{Tags, Timestamp};

    #[test]
    fn a_mapping_says_what_it_takes_for_which_function() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let mapping = EventSourceMappingConfiguration::builder()
            .uuid("e1")
            .state("Disabled")
            .function_arn("arn:aws:lambda:us-east-1:111122223333:function:orders:live")
            .event_source_arn("arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000")
            .build();
        let expected = json!({
            "id": "arn:aws:lambda:us-east-1:111122223333:event-source-mapping:e1",
            "kind": "aws.lambda.event-source-mapping", "name": "e1",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {"state": "disabled", "healthy": false, "created_at": null},
            "links": [
                {"rel": "member-of", "to": "arn:aws:lambda:us-east-1:111122223333:function:orders"},
                {"rel": "consumes", "to": "arn:aws:dynamodb:us-east-1:111122223333:table/orders"},
            ],
            "origin": {"source": ""},
        });
        let tags = Ok(Fact::Known(Tags::from_iter([("app".to_owned(), "shop".to_owned())]).into()));
        let resource = normalize(Looked { mapping, tags }, &cx, &mut Sink::default());
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }
}
