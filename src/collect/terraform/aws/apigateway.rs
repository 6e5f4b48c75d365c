//! REST, HTTP and WebSocket APIs, what they call, and the domains that lead to them. Of integrations the address alone is
//! read, and of stages which API they are of: their credentials, templates, parameters and variables may be secret.

mod common;
mod domains;
mod integrations;

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Resource, Shared, Traffic};
use crate::providers::aws::apigateway::{host, host_of};
pub(super) use common::{APIS, DOMAINS, STAGES};
use common::{HTTP, REST, scheme};

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_api_gateway_rest_api",
            kind: Some("aws.apigateway.api"),
            global_id: "arn",
            names: &["name"],
            // Several APIs may have one name.
            unique: "id",
            facts: &[
                ("traffic.dns_name", "disable_execute_api_endpoint"),
                ("traffic.scheme", "endpoint_configuration.types"),
            ],
            reads: &["body"],
            ..TYPE
        },
        maps: Maps::Resource(rest),
    },
    Mapping {
        of: Type {
            name: "aws_api_gateway_stage",
            kind: None,
            global_id: "arn",
            names: &["invoke_url"],
            facts: &[],
            reads: &["rest_api_id"],
            ..TYPE
        },
        maps: Maps::Part(stage_of_rest, None),
    },
    Mapping {
        of: Type {
            name: "aws_apigatewayv2_api",
            kind: Some("aws.apigateway.api"),
            global_id: "arn",
            names: &["name", "api_endpoint"],
            unique: "id",
            facts: &[("traffic.dns_name", "api_endpoint"), ("traffic.protocol", "protocol_type")],
            reads: &["body", "disable_execute_api_endpoint", "target"],
            ..TYPE
        },
        maps: Maps::Resource(http),
    },
    Mapping {
        of: Type {
            name: "aws_apigatewayv2_stage",
            kind: None,
            global_id: "arn",
            names: &["invoke_url"],
            facts: &[],
            reads: &["api_id"],
            ..TYPE
        },
        maps: Maps::Part(stage_of_http, None),
    },
];

pub(super) const SERVICE: Service = Service {
    types: &[TYPES, domains::TYPES, integrations::TYPES],
    parts: &[domains::PARTS, integrations::PARTS],
    finishers: &[],
    comparers: &[],
};

fn rest(attrs: &Attrs<'_>, resource: &mut Resource) {
    let region = resource.place.region.clone();
    resource.traffic = Some(Shared::from(Traffic {
        protocol: "rest".into(),
        scheme: match attrs.block_if_set("endpoint_configuration") {
            Fact::Known(configuration) => scheme(&configuration.list("types")),
            Fact::Absent => "internet-facing".into(),
            Fact::Unknown => Fact::Unknown,
        },
        dns_name: match attrs.boolean_or("disable_execute_api_endpoint", false) {
            Fact::Known(true) => Fact::Absent,
            _ => Fact::from_known(attrs.text("id").text().zip(region.text()).map(|(id, region)| host(id, region))),
        },
        ..Traffic::default()
    }));
    by_document(attrs, resource);
}

fn http(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.traffic = Some(Shared::from(Traffic {
        protocol: attrs.text("protocol_type").map(|protocol| protocol.to_lowercase()),
        scheme: "internet-facing".into(),
        dns_name: match attrs.boolean_or("disable_execute_api_endpoint", false) {
            Fact::Known(true) => Fact::Absent,
            _ => attrs.text("api_endpoint").map(|address| host_of(&address)),
        },
        ..Traffic::default()
    }));
    integrations::lead(resource, integrations::by_address(attrs, "target"));
    by_document(attrs, resource);
}

/// The document may hold what an integration is to tell, too, and is not read.
fn by_document(attrs: &Attrs<'_>, resource: &mut Resource) {
    if attrs.is_set("body") {
        resource.mark_unknown("links", "its OpenAPI document says what it calls, and is not read");
    }
}

fn stage_of_rest(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("rest_api_id", REST).here()
}

fn stage_of_http(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("api_id", HTTP).here()
}
