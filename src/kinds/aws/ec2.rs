//! Amazon EC2 and VPC.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.ec2.subnet",
    service: "ec2",
    title: "subnet",
    class: Class::Network,
    global: false,
    collected: true,
    edges: &[],
    counterpart: Rule::None,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
