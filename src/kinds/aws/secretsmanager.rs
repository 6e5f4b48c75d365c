//! AWS Secrets Manager.

use super::super::info::{Duty, KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.secretsmanager.secret",
    service: "secretsmanager",
    title: "secret",
    duty: Duty::Other,
    global: false,
    collected: false,
    edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::None,
    replicas: Replicas::Provider,
    copies: &[],
    backup: None,
    mechanism: None,
}];
