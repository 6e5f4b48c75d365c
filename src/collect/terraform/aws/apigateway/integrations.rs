//! What APIs call: functions, load balancers, hosts.

use super::super::elbv2::{BALANCERS, LISTENERS};
use super::super::lambda::function_among;
use super::super::provider::TYPE;
use super::common::{HTTP, REST};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referents};
use crate::model::{Fact, Rel, Resource};
use crate::providers::aws::apigateway::{Called, called};
use crate::providers::aws::lambda::unqualified;

const LINKS: &[&str] = &["aws_api_gateway_vpc_link"];

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_api_gateway_integration",
            reads: &["connection_id", "connection_type", "integration_target", "rest_api_id", "uri"],
            ..TYPE
        },
        maps: Maps::Part(of_rest, None),
    },
    Mapping {
        of: Type { name: "aws_apigatewayv2_integration", reads: &["api_id", "integration_uri"], ..TYPE },
        maps: Maps::Part(of_http, None),
    },
    Mapping {
        of: Type { name: "aws_api_gateway_vpc_link", global_id: "arn", reads: &["target_arns"], ..TYPE },
        maps: Maps::Part(link, None),
    },
];

const INTEGRATIONS: PartOf =
    PartOf { part: "", inline: "", names: "", of: &[], several: true, facts: &["links"], clear: |_| {} };

pub(super) const PARTS: &[PartOf] = &[
    PartOf { part: "aws_api_gateway_integration", names: "rest_api_id", of: REST, ..INTEGRATIONS },
    PartOf { part: "aws_apigatewayv2_integration", names: "api_id", of: HTTP, ..INTEGRATIONS },
];

/// Ids and hosts that are called, or why they are not known.
type Calls = Result<Vec<String>, String>;

fn of_rest(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let is_private = attrs.text("connection_type").text() == Some("VPC_LINK");
    let calls = if is_private { by_link(attrs) } else { by_address(attrs, "uri") };
    part_of::set(attrs, "rest_api_id", REST, resources, |api| lead(api, calls))
}

fn of_http(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let calls = by_address(attrs, "integration_uri");
    part_of::set(attrs, "api_id", HTTP, resources, |api| lead(api, calls))
}

/// Nothing is kept of it but the load balancers behind it, where an integration names it.
fn link(_: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    Vec::new()
}

/// What an address calls.
pub(super) fn by_address(attrs: &Attrs<'_>, name: &str) -> Calls {
    match attrs.text(name) {
        Fact::Known(address) => match called(&address) {
            Called::This(what) => Ok(vec![what]),
            Called::Nothing => Ok(Vec::new()),
            Called::Variable => Err("a variable of a stage or of the request says what it calls".to_owned()),
        },
        Fact::Absent => Ok(Vec::new()),
        Fact::Unknown => ids(function_among(attrs, name, &[BALANCERS, LISTENERS].concat())),
    }
}

/// By a VPC link it calls the load balancers behind that: its address is only what they are told.
fn by_link(attrs: &Attrs<'_>) -> Calls {
    let target = attrs.targets("integration_target", BALANCERS);
    if target.id().is_some() {
        return ids(target);
    }
    let link = attrs.targets("connection_id", LINKS);
    match link.single() {
        Some(at) => ids(Attrs::new(attrs.world, at).all_targets("target_arns", BALANCERS)),
        None => Err(link.unknown.unwrap_or_else(|| "its VPC link was not found".to_owned())),
    }
}

fn ids(targets: Referents) -> Calls {
    let ids = targets.ids();
    targets.unknown.map_or(Ok(ids), Err)
}

pub(super) fn lead(api: &mut Resource, calls: Calls) {
    match calls {
        Ok(ids) => ids.iter().for_each(|id| api.link(Rel::SendsTo, Some(unqualified(id)))),
        Err(reason) => api.mark_unknown("links", reason),
    }
}
