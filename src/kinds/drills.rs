//! What people show by recovering.

use super::class::Class;
use super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "application.drills",
    service: "drills",
    title: "drills of an application",
    class: Class::DrillRecord,
    global: false,
    collected: false,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
