//! Region switch of ARC.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

const SWITCH: KindInfo = KindInfo {
    name: "",
    service: "arcregionswitch",
    title: "",
    class: Class::SwitchPlan,
    // One list an account has those of all regions.
    global: true,
    collected: true,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
};

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo { name: "aws.arcregionswitch.plan", title: "plan of Region switch", ..SWITCH },
    KindInfo {
        name: "aws.arcregionswitch.quota-warning",
        title: "quota warning of Region switch",
        class: Class::QuotaWarning,
        ..SWITCH
    },
];
