//! S3 buckets, whose settings stand in resources of their own since version 4 of the provider, and EFS file systems.

mod common;
mod parts;
mod replication;

use super::kms;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Finisher, Mapping, Maps};
use crate::collect::terraform::world::Parts;
use crate::model::{Backup, Encryption, Fact, Protection, Redundancy, Rel, Resource};

use common::{BUCKETS, FILE_SYSTEMS, of, of_bucket};
pub(in crate::collect::terraform) use parts::PARTS;

pub(in crate::collect::terraform) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_s3_bucket",
            kind: Some("aws.s3.bucket"),
            arn: "arn",
            names: &["bucket"],
            facts: &[
                ("backup.versioned", "versioning"),
                ("encryption.key", "server_side_encryption_configuration"),
                ("protection.force_destroy", "force_destroy"),
                ("protection.locked", "object_lock_configuration"),
                ("replication.partial_regions", "replication_configuration"),
                ("replication.regions", "replication_configuration"),
            ],
            reads: &[
                "object_lock_configuration.rule.default_retention.days",
                "object_lock_configuration.rule.default_retention.years",
                "object_lock_enabled",
                "replication_configuration.rules.destination.bucket",
                "replication_configuration.rules.filter.prefix",
                "replication_configuration.rules.filter.tags",
                "replication_configuration.rules.prefix",
                "replication_configuration.rules.source_selection_criteria.sse_kms_encrypted_objects.enabled",
                "replication_configuration.rules.status",
                "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
                "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm",
                "versioning.enabled",
            ],
        },
        maps: Maps::Resource(bucket),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_versioning",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["bucket", "versioning_configuration.status"],
        },
        maps: Maps::Part(versioning, Some(no_versioning)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_replication_configuration",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &[
                "bucket",
                "rule.destination.bucket",
                "rule.filter.and.prefix",
                "rule.filter.and.tags",
                "rule.filter.prefix",
                "rule.filter.tag",
                "rule.prefix",
                "rule.source_selection_criteria.sse_kms_encrypted_objects.status",
                "rule.status",
            ],
        },
        maps: Maps::Part(replication::declared, Some(replication::taken_away)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_object_lock_configuration",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["bucket", "rule.default_retention.days", "rule.default_retention.years"],
        },
        maps: Maps::Part(object_lock, Some(no_object_lock)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_server_side_encryption_configuration",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &[
                "bucket",
                "rule.apply_server_side_encryption_by_default.kms_master_key_id",
                "rule.apply_server_side_encryption_by_default.sse_algorithm",
            ],
        },
        maps: Maps::Part(bucket_encryption, Some(no_bucket_encryption)),
    },
    Mapping {
        of: Type {
            name: "aws_efs_file_system",
            kind: Some("aws.efs.filesystem"),
            arn: "arn",
            names: &["name", "creation_token"],
            facts: &[
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("redundancy.multi_zone", "availability_zone_name"),
                ("redundancy.zones", "availability_zone_name"),
            ],
            reads: &[],
        },
        maps: Maps::Resource(file_system),
    },
    Mapping {
        of: Type {
            name: "aws_efs_backup_policy",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["backup_policy.status", "file_system_id"],
        },
        maps: Maps::Part(backup_policy, Some(no_backup_policy)),
    },
    Mapping {
        of: Type {
            name: "aws_efs_replication_configuration",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["destination.region", "source_file_system_id"],
        },
        maps: Maps::Part(file_system_replication, Some(no_file_system_replication)),
    },
];

pub(in crate::collect::terraform) const FINISHERS: &[Finisher] = &[replication::finish];

fn bucket(attrs: &Attrs<'_>, resource: &mut Resource) {
    let versioned = match attrs.block_if_set("versioning") {
        Fact::Known(versioning) => versioning.boolean_or("enabled", false),
        Fact::Absent => Fact::Known(false),
        Fact::Unknown => Fact::Unknown,
    };
    resource.backup = Some(Box::new(Backup { versioned, ..Backup::default() }));
    resource.protection =
        Some(Box::new(Protection { force_destroy: attrs.boolean_or("force_destroy", false), ..Protection::default() }));
    let retention = match attrs.block_if_set("object_lock_configuration") {
        Fact::Known(lock) => lock.block("rule"),
        other => other,
    };
    match (retention, attrs.boolean_or("object_lock_enabled", false)) {
        (Fact::Known(rule), _) => locked_by(&rule, resource),
        (Fact::Absent, Fact::Known(false)) => not_locked(resource),
        _ => resource.mark_unknown("protection.locked", "object lock is on, and its default is not known"),
    }
    match attrs.block_if_set("server_side_encryption_configuration") {
        Fact::Known(configuration) => encrypted(&configuration, resource),
        Fact::Absent => own_encryption(resource),
        Fact::Unknown => {
            resource.encryption = Some(Box::new(Encryption { enabled: Fact::Known(true), ..Encryption::default() }))
        }
    }
    match attrs.block_if_set("replication_configuration") {
        Fact::Known(configuration) => replication::replicated(&configuration, "rules", resource),
        Fact::Absent => replication::to(resource, Fact::Known(Vec::new()), Vec::new()),
        Fact::Unknown => {}
    }
}

fn versioning(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let status = attrs.block("versioning_configuration").into_known().map(|block| block.text("status"));
    let versioned = status.map_or(Fact::Unknown, |status| status.map(|status| status == "Enabled"));
    of_bucket(attrs, resources, |bucket| bucket.backup.get_or_insert_default().versioned = versioned)
}

fn no_versioning(attrs: &Attrs<'_>, resources: &mut Parts) {
    of_bucket(attrs, resources, |bucket| bucket.backup.get_or_insert_default().versioned = Fact::Known(false));
}

fn object_lock(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let rule = attrs.block("rule");
    of_bucket(attrs, resources, |bucket| match rule {
        Fact::Known(rule) => locked_by(&rule, bucket),
        _ => {
            let protection = bucket.protection.get_or_insert_default();
            protection.locked = Fact::Unknown;
            bucket.mark_unknown("protection.locked", "object lock is on, without a default retention");
        }
    })
}

fn no_object_lock(attrs: &Attrs<'_>, resources: &mut Parts) {
    of_bucket(attrs, resources, not_locked);
}

fn locked_by(rule: &Attrs<'_>, bucket: &mut Resource) {
    let days = match rule.block("default_retention") {
        Fact::Known(retention) => match (retention.number("days"), retention.number("years")) {
            (Fact::Known(days), _) if days > 0 => Fact::Known(days),
            (_, Fact::Known(years)) => Fact::Known(years.saturating_mul(365)),
            _ => Fact::Unknown,
        },
        _ => Fact::Unknown,
    };
    let protection = bucket.protection.get_or_insert_default();
    protection.locked = Fact::Known(true);
    protection.lock_min_days = days;
    bucket.unknown.remove("protection.locked");
}

fn not_locked(bucket: &mut Resource) {
    let protection = bucket.protection.get_or_insert_default();
    protection.locked = Fact::Known(false);
    protection.lock_min_days = Fact::Absent;
    protection.lock_max_days = Fact::Absent;
}

fn bucket_encryption(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    of_bucket(attrs, resources, |bucket| encrypted(attrs, bucket))
}

fn no_bucket_encryption(attrs: &Attrs<'_>, resources: &mut Parts) {
    of_bucket(attrs, resources, own_encryption);
}

/// S3 encrypts everything; where no key is named, with one of its own, which is no key of KMS.
fn own_encryption(bucket: &mut Resource) {
    bucket.links.retain(|link| link.rel != Rel::EncryptedBy);
    bucket.encryption = Some(Box::new(Encryption { enabled: Fact::Known(true), key: Fact::Absent }));
}

fn encrypted(attrs: &Attrs<'_>, bucket: &mut Resource) {
    own_encryption(bucket);
    let rule = attrs.block("rule").into_known();
    let default = rule.and_then(|rule| rule.block("apply_server_side_encryption_by_default").into_known());
    let Some(default) = default else { return };
    let key = match (default.text("sse_algorithm").text(), default.state("kms_master_key_id")) {
        (Some("AES256"), _) => Fact::Absent,
        (Some(_), State::Null | State::Unset) => "alias/aws/s3".into(),
        (Some(_), State::Known(text)) if text == "" => "alias/aws/s3".into(),
        (Some(_), _) => kms::encrypted_by(&default, bucket, "kms_master_key_id"),
        (None, _) => Fact::Unknown,
    };
    if key.text() == Some("alias/aws/s3") {
        bucket.link(Rel::EncryptedBy, Some("alias/aws/s3"));
    }
    bucket.encryption = Some(Box::new(Encryption { enabled: Fact::Known(true), key }));
}

fn file_system(attrs: &Attrs<'_>, resource: &mut Resource) {
    let enabled = attrs.boolean_or("encrypted", false);
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Null | State::Unset) => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/elasticfilesystem"));
            "alias/aws/elasticfilesystem".into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Box::new(Encryption { enabled, key }));
    let zone = attrs.text_if_set("availability_zone_name");
    resource.redundancy = Some(Box::new(Redundancy {
        multi_zone: match &zone {
            Fact::Known(_) => Fact::Known(false),
            Fact::Absent => Fact::Known(true),
            Fact::Unknown => Fact::Unknown,
        },
        zones: match zone {
            Fact::Known(zone) => Fact::Known(vec![zone]),
            _ => Fact::Unknown,
        },
        ..Redundancy::default()
    }));
    // What is only made now is backed up and replicated here or not at all; but one in a single zone is backed up unless
    // its policy says otherwise.
    let enabled = if attrs.is_created() {
        replication::to(resource, Fact::Known(Vec::new()), Vec::new());
        resource.redundancy.as_ref().map_or(Fact::Unknown, |facts| facts.multi_zone.as_ref().map(|all| !all))
    } else {
        resource.mark_unknown("backup.enabled", "its backup policy may be declared elsewhere");
        resource.mark_unknown("replication.regions", "its replication may be declared elsewhere");
        Fact::Unknown
    };
    // How long its backups are kept stands in the plan that takes them.
    resource.backup = Some(Box::new(Backup {
        enabled,
        retention_days: Fact::Absent,
        point_in_time: Fact::Known(false),
        ..Backup::default()
    }));
}

fn set_backup(attrs: &Attrs<'_>, resources: &mut Parts, enabled: Fact<bool>) -> Vec<usize> {
    of(attrs, "file_system_id", FILE_SYSTEMS, resources, |system| {
        system.unknown.remove("backup.enabled");
        system.backup.get_or_insert_default().enabled = enabled;
    })
}

fn backup_policy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let status = attrs.block("backup_policy").into_known().map(|policy| policy.text("status"));
    let enabled = status.map_or(Fact::Unknown, |status| status.map(|status| status.starts_with("ENABL")));
    set_backup(attrs, resources, enabled)
}

fn no_backup_policy(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_backup(attrs, resources, Fact::Known(false));
}

fn set_replication(attrs: &Attrs<'_>, resources: &mut Parts, regions: Fact<Vec<String>>) -> Vec<usize> {
    of(attrs, "source_file_system_id", FILE_SYSTEMS, resources, |system| {
        system.unknown.remove("replication.regions");
        replication::to(system, regions, Vec::new());
    })
}

fn file_system_replication(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let region = attrs.block("destination").into_known().map(|destination| destination.text("region"));
    set_replication(attrs, resources, region.unwrap_or_default().map(|region| vec![region]))
}

fn no_file_system_replication(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_replication(attrs, resources, Fact::Known(Vec::new()));
}
