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
    collected: true,
    edges: &[
        (Rel::EncryptedBy, &["aws.kms.key"]),
        (Rel::ReplicaOf, &["aws.secretsmanager.secret"]),
        (Rel::RotatedBy, &["aws.lambda.function"]),
    ],
    counterpart: Rule::ReplicaOrSameName,
    replicas: Replicas::Provider,
    copies: &[],
    backup: None,
    mechanism: None,
}];
