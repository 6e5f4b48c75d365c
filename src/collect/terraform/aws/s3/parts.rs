//! The parts of buckets and file systems, and what is unknown where it is not known of which one.

use super::{BUCKETS, FILE_SYSTEMS};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::model::{Fact, Rel};

pub(in crate::collect::terraform) const PARTS: &[PartOf] = &[
    PartOf {
        part: "aws_s3_bucket_versioning",
        inline: "versioning",
        names: "bucket",
        of: BUCKETS,
        several: false,
        facts: &["backup.versioned"],
        clear: |bucket| bucket.backup.get_or_insert_default().versioned = Fact::Unknown,
    },
    PartOf {
        part: "aws_s3_bucket_replication_configuration",
        inline: "replication_configuration",
        names: "bucket",
        of: BUCKETS,
        several: false,
        facts: &["replication.regions", "replication.role"],
        clear: part_of::no_replication,
    },
    PartOf {
        part: "aws_s3_bucket_object_lock_configuration",
        inline: "object_lock_configuration",
        names: "bucket",
        of: BUCKETS,
        several: false,
        facts: &["protection.locked"],
        clear: part_of::no_lock,
    },
    PartOf {
        part: "aws_s3_bucket_server_side_encryption_configuration",
        inline: "server_side_encryption_configuration",
        names: "bucket",
        of: BUCKETS,
        several: false,
        facts: &["encryption.key"],
        clear: |bucket| {
            bucket.links.retain(|link| link.rel != Rel::EncryptedBy);
            bucket.encryption.get_or_insert_default().key = Fact::Unknown;
        },
    },
    PartOf {
        part: "aws_efs_backup_policy",
        inline: "",
        names: "file_system_id",
        of: FILE_SYSTEMS,
        several: false,
        facts: &["backup.enabled"],
        clear: |system| system.backup.get_or_insert_default().enabled = Fact::Unknown,
    },
    PartOf {
        part: "aws_efs_replication_configuration",
        inline: "",
        names: "source_file_system_id",
        of: FILE_SYSTEMS,
        several: false,
        facts: &["replication.regions", "replication.role"],
        clear: part_of::no_replication,
    },
];
