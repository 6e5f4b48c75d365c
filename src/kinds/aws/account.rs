//! What an AWS account is allowed: its regions.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.account.region",
    service: "account",
    title: "region of an account",
    class: Class::Region,
    // One list an account has all of them, those that are not enabled included.
    global: true,
    collected: true,
    edges: &[],
    counterpart: Rule::Region,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
