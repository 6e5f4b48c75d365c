//! Amazon DynamoDB.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.dynamodb.table",
    service: "dynamodb",
    title: "DynamoDB table",
    class: Class::Table,
    global: false,
    collected: true,
    edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::Replica,
    replicas: Replicas::Provider,
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "DynamoDB", a_name_is_enough: true }],
        arn: ArnForm { service: "dynamodb", name: "table/", has_place: true },
    }),
    mechanism: None,
}];
