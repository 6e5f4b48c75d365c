//! Amazon ECR.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.ecr.registry",
        service: "ecr",
        title: "container registry",
        class: Class::ImageRegistry,
        global: false,
        collected: true,
        edges: &[],
        // Every account has one in every region.
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.ecr.repository",
        service: "ecr",
        title: "image repository",
        class: Class::ImageRepository,
        global: false,
        collected: true,
        edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
        counterpart: Rule::SameName,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
