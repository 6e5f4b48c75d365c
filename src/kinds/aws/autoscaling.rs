//! Amazon EC2 Auto Scaling.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.autoscaling.group",
    service: "autoscaling",
    title: "Auto Scaling group",
    class: Class::ScalingGroup,
    global: false,
    collected: true,
    edges: &[
        (Rel::Assumes, &["aws.iam.role"]),
        // Of the volumes of its machines, which launch templates name.
        (Rel::EncryptedBy, &["aws.kms.key"]),
        (Rel::InSubnet, &["aws.ec2.subnet"]),
        (Rel::ReachedBy, &["aws.elbv2.target-group"]),
    ],
    counterpart: Rule::StandIn,
    replicas: Replicas::None,
    copies: &[],
    backup: None,
    mechanism: None,
}];
