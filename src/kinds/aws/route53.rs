//! Amazon Route 53.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.route53.health-check",
        service: "route53",
        title: "Route 53 health check",
        class: Class::HealthCheck,
        global: true,
        collected: true,
        edges: &[
            // Those that it counts, or the switch that decides it.
            (Rel::GatedBy, &["aws.route53.health-check", "aws.route53recoverycontrolconfig.routing-control"]),
        ],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.route53.record",
        service: "route53",
        title: "Route 53 record",
        class: Class::DnsRecord,
        global: true,
        collected: true,
        edges: &[
            // By the name of a record of name servers.
            (Rel::DelegatesTo, &["aws.route53.zone"]),
            (Rel::GatedBy, &["aws.route53.health-check"]),
            (Rel::MemberOf, &["aws.route53.zone"]),
            // By the host names that they answer to.
            (
                Rel::SendsTo,
                &[
                    "aws.elbv2.load-balancer",
                    "aws.cloudfront.distribution",
                    "aws.globalaccelerator.accelerator",
                    "aws.apigateway.domain",
                    "aws.apigateway.api",
                    "aws.lambda.function",
                ],
            ),
        ],
        counterpart: Rule::Record,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.route53.zone",
        service: "route53",
        title: "Route 53 hosted zone",
        class: Class::DnsZone,
        global: true,
        collected: true,
        edges: &[(Rel::InNetwork, &["aws.ec2.vpc"])],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
