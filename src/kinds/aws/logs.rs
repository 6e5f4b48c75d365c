//! Amazon CloudWatch Logs.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.logs.group",
    service: "logs",
    title: "log group",
    class: Class::LogGroup,
    global: false,
    collected: true,
    edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::SameName,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
