//! Amazon ElastiCache.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.elasticache.cluster",
        service: "elasticache",
        title: "ElastiCache cluster",
        class: Class::Cache,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::MemberOf, &["aws.elasticache.replication-group"]),
        ],
        counterpart: Rule::Cache,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.elasticache.global-datastore",
        service: "elasticache",
        title: "ElastiCache global datastore",
        class: Class::GlobalCluster,
        global: false,
        collected: true,
        edges: &[],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: Some("global-datastore"),
    },
    KindInfo {
        name: "aws.elasticache.replication-group",
        service: "elasticache",
        title: "ElastiCache replication group",
        class: Class::Cache,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::MemberOf, &["aws.elasticache.global-datastore"]),
            (Rel::ReplicaOf, &["aws.elasticache.replication-group"]),
        ],
        counterpart: Rule::Cache,
        replicas: Replicas::Live(&["aws.elasticache.replication-group"]),
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.elasticache.serverless-cache",
        service: "elasticache",
        title: "ElastiCache serverless cache",
        class: Class::Cache,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
        ],
        counterpart: Rule::Cache,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
