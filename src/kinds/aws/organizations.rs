//! AWS Organizations.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

const fn row(name: &'static str, title: &'static str) -> KindInfo {
    KindInfo {
        name,
        service: "organizations",
        title,
        class: Class::GuardRail,
        global: true,
        collected: true,
        edges: &[],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    }
}

pub(super) const KINDS: &[KindInfo] = &[
    // Says which accounts its policies could be attached above.
    row("aws.organizations.organization", "organization"),
    row("aws.organizations.policy", "organization policy"),
];
