//! Amazon ECS.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.ecs.cluster",
        service: "ecs",
        title: "ECS cluster",
        class: Class::ContainerCluster,
        global: false,
        collected: true,
        edges: &[
            // By a capacity provider.
            (Rel::RunsOn, &["aws.autoscaling.group"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.ecs.service",
        service: "ecs",
        title: "ECS service",
        class: Class::ContainerService,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::ConnectsTo, &[]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::ReachedBy, &["aws.elbv2.target-group"]),
            (Rel::RunsFrom, &["aws.ecs.task-definition"]),
            // Not as a member: services of many applications share a cluster.
            (Rel::RunsOn, &["aws.ecs.cluster"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.ecs.task-definition",
        service: "ecs",
        title: "ECS task definition",
        class: Class::ContainerDefinition,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::ConnectsTo, &[]),
            (Rel::LogsTo, &["aws.logs.group"]),
            (Rel::Mounts, &["aws.efs.filesystem"]),
            (Rel::ReadsSecret, &["aws.secretsmanager.secret", "aws.ssm.parameter"]),
            (Rel::UsesImage, &["aws.ecr.repository"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
