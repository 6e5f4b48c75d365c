//! Amazon Neptune, which the API of RDS serves.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.neptune.cluster",
        service: "rds",
        title: "Neptune cluster",
        class: Class::Database,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnetGroup, &["aws.rds.subnet-group"]),
            (Rel::MemberOf, &["aws.rds.global-cluster"]),
            (Rel::ReplicaOf, &["aws.neptune.cluster"]),
        ],
        counterpart: Rule::Replica,
        replicas: Replicas::Live(&["aws.neptune.cluster"]),
        copies: &["aws.rds.cluster-snapshot", "aws.rds.automated-backup"],
        backup: Some(Backup {
            opt_in: &[OptIn { topology: None, word: "Neptune", a_name_is_enough: false }],
            arn: ArnForm { service: "rds", name: "cluster:", has_place: true },
        }),
        mechanism: None,
    },
    KindInfo {
        name: "aws.neptune.instance",
        service: "rds",
        title: "Neptune instance",
        class: Class::DatabaseMember,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnetGroup, &["aws.rds.subnet-group"]),
            (Rel::MemberOf, &["aws.neptune.cluster"]),
            (Rel::ReplicaOf, &["aws.neptune.instance"]),
        ],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
