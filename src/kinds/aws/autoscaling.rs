//! Amazon EC2 Auto Scaling.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.autoscaling.group",
        service: "autoscaling",
        title: "Auto Scaling group",
        class: Class::ScalingGroup,
        global: false,
        collected: true,
        edges: &[
            // Its service-linked role, and that of its machines by an instance profile.
            (Rel::Assumes, &["aws.iam.role"]),
            // What user data names.
            (Rel::ConnectsTo, &[]),
            // Of the volumes of its machines, which launch templates name.
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::ReachedBy, &["aws.elbv2.target-group"]),
            // The id of an image that is looked up when a machine starts.
            (Rel::ReadsSecret, &["aws.ssm.parameter"]),
            (Rel::RunsFrom, &["aws.ec2.launch-template", "aws.autoscaling.launch-configuration"]),
            (Rel::UsesImage, &["aws.ec2.image"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.autoscaling.launch-configuration",
        service: "autoscaling",
        title: "launch configuration",
        class: Class::LaunchTemplate,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::ConnectsTo, &[]),
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::ReadsSecret, &["aws.ssm.parameter"]),
            (Rel::UsesImage, &["aws.ec2.image"]),
        ],
        counterpart: Rule::Twin,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
