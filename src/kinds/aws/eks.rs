//! Amazon EKS.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.eks.cluster",
        service: "eks",
        title: "EKS cluster",
        class: Class::KubernetesCluster,
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
        class: Class::ServerlessNodes,
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
        class: Class::NodeGroup,
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
