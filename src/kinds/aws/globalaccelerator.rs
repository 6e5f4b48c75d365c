//! AWS Global Accelerator.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.globalaccelerator.accelerator",
        service: "globalaccelerator",
        title: "accelerator",
        class: Class::Edge,
        global: true,
        collected: true,
        edges: &[],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.globalaccelerator.endpoint-group",
        service: "globalaccelerator",
        title: "accelerator endpoint group",
        class: Class::TargetGroup,
        // It is listed once an account, and stands in the region of its endpoints.
        global: true,
        collected: true,
        edges: &[(Rel::MemberOf, &["aws.globalaccelerator.listener"]), (Rel::SendsTo, &["aws.elbv2.load-balancer"])],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.globalaccelerator.listener",
        service: "globalaccelerator",
        title: "accelerator listener",
        class: Class::Listener,
        global: true,
        collected: true,
        edges: &[(Rel::MemberOf, &["aws.globalaccelerator.accelerator"])],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
