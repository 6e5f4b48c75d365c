//! Code itself, which policies of users are asked about.

use super::class::Class;
use super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "terraform.plan",
        service: "terraform",
        title: "Terraform plan",
        class: Class::Code,
        global: false,
        collected: false,
        edges: &[],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "terraform.resource",
        service: "terraform",
        title: "Terraform resource",
        class: Class::Code,
        global: false,
        collected: false,
        edges: &[],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
