//! AWS IAM.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.iam.role",
    service: "iam",
    title: "IAM role",
    class: Class::Role,
    global: true,
    collected: true,
    edges: &[(Rel::TrustsIssuer, &[])],
    counterpart: Rule::Role,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
