//! Types of API Gateway that others name.

use crate::model::Fact;

pub(super) const REST: &[&str] = &["aws_api_gateway_rest_api"];

pub(super) const HTTP: &[&str] = &["aws_apigatewayv2_api"];

pub(in super::super) const APIS: &[&str] = &["aws_api_gateway_rest_api", "aws_apigatewayv2_api"];

pub(in super::super) const STAGES: &[&str] = &["aws_api_gateway_stage", "aws_apigatewayv2_stage"];

pub(in super::super) const DOMAINS: &[&str] = &["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"];

/// Who can reach an endpoint of those types.
pub(super) fn scheme(types: &Fact<Vec<String>>) -> Fact<String> {
    let is_private = |types: &Vec<String>| types.iter().any(|one| one == "PRIVATE");
    types.as_ref().map(|types| if is_private(types) { "internal" } else { "internet-facing" }.to_owned())
}
