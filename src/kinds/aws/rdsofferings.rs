//! What Amazon RDS offers in the regions in which databases are to come back. The same API answers for DocumentDB and Neptune.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.rdsofferings.instance-type",
    service: "rdsofferings",
    title: "type of database instance that is looked for",
    class: Class::MachineTypes,
    global: false,
    collected: true,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
