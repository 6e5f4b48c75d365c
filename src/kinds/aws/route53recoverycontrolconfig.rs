//! Routing controls of Amazon Application Recovery Controller (ARC).

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

const ARC: KindInfo = KindInfo {
    name: "",
    service: "route53recoverycontrolconfig",
    title: "",
    class: Class::TrafficSwitch,
    global: true,
    collected: true,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
};

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo { name: "aws.route53recoverycontrolconfig.cluster", title: "ARC cluster", ..ARC },
    KindInfo {
        name: "aws.route53recoverycontrolconfig.control-panel",
        title: "ARC control panel",
        edges: &[(Rel::MemberOf, &["aws.route53recoverycontrolconfig.cluster"])],
        ..ARC
    },
    KindInfo {
        name: "aws.route53recoverycontrolconfig.routing-control",
        title: "ARC routing control",
        edges: &[(Rel::MemberOf, &["aws.route53recoverycontrolconfig.control-panel"])],
        ..ARC
    },
    KindInfo {
        name: "aws.route53recoverycontrolconfig.safety-rule",
        title: "ARC safety rule",
        edges: &[(Rel::MemberOf, &["aws.route53recoverycontrolconfig.control-panel"])],
        ..ARC
    },
];
