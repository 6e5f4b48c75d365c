//! Amazon FSx.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.fsx.backup",
        service: "fsx",
        title: "FSx backup",
        class: Class::RecoveryPoint,
        global: false,
        collected: true,
        edges: &[(Rel::BackupOf, &["aws.fsx.filesystem"]), (Rel::EncryptedBy, &["aws.kms.key"])],
        counterpart: Rule::None,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: Some("snapshot"),
    },
    KindInfo {
        name: "aws.fsx.filesystem",
        service: "fsx",
        title: "FSx file system",
        class: Class::FileSystem,
        global: false,
        collected: true,
        edges: &[(Rel::EncryptedBy, &["aws.kms.key"]), (Rel::InSubnet, &["aws.ec2.subnet"])],
        counterpart: Rule::Replica,
        replicas: Replicas::None,
        copies: &["aws.fsx.backup"],
        backup: Some(Backup {
            opt_in: &[OptIn { topology: None, word: "FSx", a_name_is_enough: true }],
            arn: ArnForm { service: "fsx", name: "file-system/", has_place: true },
        }),
        mechanism: None,
    },
];
