//! Amazon EFS.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.efs.filesystem",
    service: "efs",
    title: "EFS file system",
    class: Class::FileSystem,
    global: false,
    collected: true,
    edges: &[
        (Rel::EncryptedBy, &["aws.kms.key"]),
        // Its mount targets.
        (Rel::FilteredBy, &["aws.ec2.security-group"]),
        (Rel::InSubnet, &["aws.ec2.subnet"]),
        (Rel::ReplicaOf, &["aws.efs.filesystem"]),
    ],
    counterpart: Rule::Replica,
    replicas: Replicas::Live(&["aws.efs.filesystem"]),
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "EFS", a_name_is_enough: true }],
        arn: ArnForm { service: "elasticfilesystem", name: "file-system/", has_place: true },
    }),
    mechanism: None,
}];
