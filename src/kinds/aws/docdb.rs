//! Amazon DocumentDB, which the API of RDS serves.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.docdb.cluster",
        service: "rds",
        title: "DocumentDB cluster",
        class: Class::Database,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnetGroup, &["aws.rds.subnet-group"]),
            (Rel::MemberOf, &["aws.rds.global-cluster"]),
            (Rel::ReadsSecret, &["aws.secretsmanager.secret"]),
            (Rel::ReplicaOf, &["aws.docdb.cluster"]),
        ],
        counterpart: Rule::Replica,
        replicas: Replicas::Live(&["aws.docdb.cluster"]),
        copies: &["aws.rds.cluster-snapshot", "aws.rds.automated-backup"],
        backup: Some(Backup {
            opt_in: &[OptIn { topology: None, word: "DocumentDB", a_name_is_enough: false }],
            arn: ArnForm { service: "rds", name: "cluster:", has_place: true },
        }),
        mechanism: None,
    },
    KindInfo {
        name: "aws.docdb.instance",
        service: "rds",
        title: "DocumentDB instance",
        class: Class::DatabaseMember,
        global: false,
        collected: true,
        edges: &[
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnetGroup, &["aws.rds.subnet-group"]),
            (Rel::MemberOf, &["aws.docdb.cluster"]),
            (Rel::ReplicaOf, &["aws.docdb.instance"]),
        ],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
