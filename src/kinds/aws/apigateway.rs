//! Amazon API Gateway: REST, HTTP and WebSocket APIs, and their domains.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.apigateway.api",
        service: "apigateway",
        title: "API",
        class: Class::Api,
        global: false,
        collected: true,
        edges: &[
            // By their ARNs, or by host names. Those behind a VPC link are named by it.
            (Rel::SendsTo, &["aws.lambda.function", "aws.elbv2.load-balancer", "aws.elbv2.listener"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.apigateway.domain",
        service: "apigateway",
        title: "API domain name",
        class: Class::Api,
        global: false,
        collected: true,
        edges: &[(Rel::SendsTo, &["aws.apigateway.api"]), (Rel::ShowsCertificate, &["aws.acm.certificate"])],
        counterpart: Rule::SameName,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
