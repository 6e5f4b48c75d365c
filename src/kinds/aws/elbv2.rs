//! Elastic Load Balancing: application, network and gateway load balancers.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.elbv2.listener",
        service: "elbv2",
        title: "load balancer listener",
        class: Class::Listener,
        global: false,
        collected: true,
        edges: &[
            (Rel::MemberOf, &["aws.elbv2.load-balancer"]),
            (Rel::SendsTo, &["aws.elbv2.target-group"]),
            (Rel::ShowsCertificate, &["aws.acm.certificate"]),
        ],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.elbv2.load-balancer",
        service: "elbv2",
        title: "load balancer",
        class: Class::LoadBalancer,
        global: false,
        collected: true,
        edges: &[
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InNetwork, &["aws.ec2.vpc"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.elbv2.target-group",
        service: "elbv2",
        title: "target group",
        class: Class::TargetGroup,
        global: false,
        collected: true,
        edges: &[
            (Rel::InNetwork, &["aws.ec2.vpc"]),
            (Rel::SendsTo, &["aws.elbv2.load-balancer", "aws.lambda.function"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
