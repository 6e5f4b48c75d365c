//! AWS Certificate Manager.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.acm.certificate",
    service: "acm",
    title: "ACM certificate",
    class: Class::Certificate,
    global: false,
    collected: true,
    edges: &[],
    counterpart: Rule::Certificate,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
