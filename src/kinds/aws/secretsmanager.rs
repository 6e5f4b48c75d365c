//! AWS Secrets Manager.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.secretsmanager.secret",
    service: "secretsmanager",
    title: "secret",
    class: Class::Secret,
    global: false,
    collected: false,
    edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::None,
    replicas: Replicas::Provider,
    copies: &[],
    backup: None,
    mechanism: None,
}];
