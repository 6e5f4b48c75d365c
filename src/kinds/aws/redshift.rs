//! Amazon Redshift.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.redshift.cluster",
    service: "redshift",
    title: "Redshift cluster",
    class: Class::Database,
    global: false,
    collected: true,
    edges: &[
        (Rel::Assumes, &["aws.iam.role"]),
        (Rel::EncryptedBy, &["aws.kms.key"]),
        (Rel::FilteredBy, &["aws.ec2.security-group"]),
    ],
    counterpart: Rule::Replica,
    replicas: Replicas::None,
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "Redshift", a_name_is_enough: true }],
        arn: ArnForm { service: "redshift", name: "cluster:", has_place: true },
    }),
    mechanism: Some("snapshot-copy"),
}];
