//! Amazon S3.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.s3.bucket",
    service: "s3",
    title: "S3 bucket",
    class: Class::Bucket,
    global: false,
    collected: true,
    edges: &[
        (Rel::EncryptedBy, &["aws.kms.key"]),
        // What it tells of new objects.
        (Rel::SendsTo, &["aws.lambda.function"]),
    ],
    counterpart: Rule::Replica,
    replicas: Replicas::Provider,
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "S3", a_name_is_enough: true }],
        arn: ArnForm { service: "s3", name: "", has_place: false },
    }),
    mechanism: None,
}];
