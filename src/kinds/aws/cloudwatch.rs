//! Amazon CloudWatch: what it measured of replication.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.cloudwatch.metric",
    service: "cloudwatch",
    title: "metric of a replication",
    class: Class::Measurement,
    global: false,
    collected: true,
    // What it is measured of it names in its facet: a metric outlives what was measured by two weeks.
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
