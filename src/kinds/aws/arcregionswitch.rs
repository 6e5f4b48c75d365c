//! Region switch of ARC.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.arcregionswitch.quota-warning",
    service: "arcregionswitch",
    title: "quota warning of Region switch",
    class: Class::QuotaWarning,
    // One list an account has those of all regions of its plans.
    global: true,
    collected: true,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
