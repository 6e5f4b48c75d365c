//! AWS KMS.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.kms.key",
    service: "kms",
    title: "KMS key",
    class: Class::Key,
    global: false,
    collected: true,
    edges: &[(Rel::ReplicaOf, &["aws.kms.key"])],
    counterpart: Rule::Key,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
