//! Data Lifecycle Manager of EBS.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.dlm.policy",
    service: "dlm",
    title: "snapshot lifecycle policy",
    class: Class::BackupPlan,
    global: false,
    collected: true,
    edges: &[(Rel::Assumes, &["aws.iam.role"])],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
