//! Amazon Redshift Serverless.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.redshiftserverless.namespace",
    service: "redshiftserverless",
    title: "Redshift Serverless namespace",
    class: Class::Database,
    global: false,
    collected: true,
    edges: &[(Rel::Assumes, &["aws.iam.role"]), (Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::Replica,
    replicas: Replicas::None,
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "Redshift Serverless", a_name_is_enough: true }],
        arn: ArnForm { service: "redshift-serverless", name: "namespace/", has_place: true },
    }),
    mechanism: Some("snapshot-copy"),
}];
