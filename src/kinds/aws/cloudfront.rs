//! Amazon CloudFront.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.cloudfront.distribution",
    service: "cloudfront",
    title: "CloudFront distribution",
    class: Class::Edge,
    global: true,
    collected: true,
    edges: &[
        // By the host names of its origins; functions that it calls for each request.
        (
            Rel::SendsTo,
            &[
                "aws.elbv2.load-balancer",
                "aws.s3.bucket",
                "aws.globalaccelerator.accelerator",
                "aws.lambda.function",
                "aws.apigateway.api",
                "aws.apigateway.domain",
            ],
        ),
        (Rel::ShowsCertificate, &["aws.acm.certificate"]),
    ],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
