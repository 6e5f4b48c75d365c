//! Amazon EKS.

use super::super::info::{Duty, KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.eks.cluster",
        service: "eks",
        title: "EKS cluster",
        duty: Duty::Runs,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.eks.fargate-profile",
        service: "eks",
        title: "EKS Fargate profile",
        duty: Duty::Runs,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::MemberOf, &["aws.eks.cluster"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.eks.node-group",
        service: "eks",
        title: "EKS node group",
        duty: Duty::Runs,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            // Of the volumes of its machines, which launch templates name.
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::MemberOf, &["aws.eks.cluster"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
