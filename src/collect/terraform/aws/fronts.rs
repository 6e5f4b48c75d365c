//! What takes requests under a host name: where records and the origins of edges lead.

use super::apigateway::{APIS, DOMAINS, STAGES};
use super::elbv2::BALANCERS;
use super::globalaccelerator::ACCELERATORS;
use super::lambda::{URLS, function_of};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::{Referent, Referents};

/// The types of it, and those of its parts that have its host name.
pub(super) fn types() -> Vec<&'static str> {
    [BALANCERS, ACCELERATORS, APIS, DOMAINS, STAGES, URLS].concat()
}

/// What takes the requests, where a part of it is named.
pub(super) fn of_parts(attrs: &Attrs<'_>, targets: Referents) -> Referents {
    let mut followed = Referents { unknown: targets.unknown, among: targets.among, ..Referents::default() };
    for target in targets.found {
        let Referent::Here(at, _) = &target else {
            followed.found.push(target);
            continue;
        };
        let part = Attrs::new(attrs.world, *at);
        let of = match part.instance().kind.name {
            "aws_lambda_function_url" => function_of(&part, "function_name"),
            "aws_api_gateway_stage" => part.targets("rest_api_id", APIS),
            "aws_apigatewayv2_stage" => part.targets("api_id", APIS),
            _ => {
                followed.found.push(target);
                continue;
            }
        };
        followed.unknown = followed.unknown.or(of.unknown);
        followed.found.extend(of.found);
    }
    followed
}
