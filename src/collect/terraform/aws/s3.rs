//! S3 buckets, whose settings stand in resources of their own since version 4 of the provider.

mod common;
mod replication;

use super::lambda::function_of;
use super::provider::TYPE;
use super::{kms, replicas};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::{Reach, Type};
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Backup, Encryption, Fact, Protection, Rel, Resource, Shared};
use crate::providers::aws::lambda::unqualified;
use common::{BUCKETS, of_bucket};

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_s3_bucket",
            kind: Some("aws.s3.bucket"),
            global_id: "arn",
            names: &["bucket", "bucket_domain_name", "bucket_regional_domain_name"],
            reach: Reach::World,
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
                "object_lock_configuration.rule.default_retention.mode",
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
            ..TYPE
        },
        maps: Maps::Resource(bucket),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_notification",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["bucket", "lambda_function.lambda_function_arn"],
            ..TYPE
        },
        maps: Maps::Part(notification, None),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_versioning",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["bucket", "versioning_configuration.status"],
            ..TYPE
        },
        maps: Maps::Part(versioning, Some(no_versioning)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_replication_configuration",
            kind: None,
            global_id: "",
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
            ..TYPE
        },
        maps: Maps::Part(replication::declared, Some(replication::taken_away)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_object_lock_configuration",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &[
                "bucket",
                "rule.default_retention.days",
                "rule.default_retention.mode",
                "rule.default_retention.years",
            ],
            ..TYPE
        },
        maps: Maps::Part(object_lock, Some(no_object_lock)),
    },
    Mapping {
        of: Type {
            name: "aws_s3_bucket_server_side_encryption_configuration",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &[
                "bucket",
                "rule.apply_server_side_encryption_by_default.kms_master_key_id",
                "rule.apply_server_side_encryption_by_default.sse_algorithm",
            ],
            ..TYPE
        },
        maps: Maps::Part(bucket_encryption, Some(no_bucket_encryption)),
    },
];

const PARTS: &[PartOf] = &[
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
        facts: &["replication.regions", "replication.replicas", "replication.role"],
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
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES], parts: &[PARTS], finishers: &[replication::finish], comparers: &[] };

fn bucket(attrs: &Attrs<'_>, resource: &mut Resource) {
    let versioned = match attrs.block_if_set("versioning") {
        Fact::Known(versioning) => versioning.boolean_or("enabled", false),
        Fact::Absent => Fact::Known(false),
        Fact::Unknown => Fact::Unknown,
    };
    resource.backup = Some(Shared::from(Backup { versioned, ..Backup::default() }));
    resource.protection = Some(Shared::from(Protection {
        force_destroy: attrs.boolean_or("force_destroy", false),
        ..Protection::default()
    }));
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
            resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), ..Encryption::default() }))
        }
    }
    match attrs.block_if_set("replication_configuration") {
        Fact::Known(configuration) => replication::replicated(&configuration, "rules", resource),
        Fact::Absent => replicas::to(resource, Fact::Known(Vec::new()), Vec::new()),
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

/// The functions that it tells of new objects. Queues and topics are no resources here.
fn notification(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let told = attrs.blocks_if_set("lambda_function").into_known().unwrap_or_default();
    let functions: Vec<String> = told.iter().filter_map(|told| function_of(told, "lambda_function_arn").id()).collect();
    of_bucket(attrs, resources, |bucket| {
        for function in &functions {
            bucket.link_from(Rel::SendsTo, Some(unqualified(function)), Some("notification"));
        }
    })
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
    let mode = rule.block("default_retention").into_known().map(|retention| retention.text("mode"));
    let protection = bucket.protection.get_or_insert_default();
    protection.locked = Fact::Known(true);
    protection.lock_mode = mode.map_or(Fact::Unknown, |mode| mode.map(|mode| mode.to_lowercase()));
    protection.lock_min_days = days;
    bucket.unknown.remove("protection.locked");
}

fn not_locked(bucket: &mut Resource) {
    let protection = bucket.protection.get_or_insert_default();
    protection.locked = Fact::Known(false);
    protection.lock_mode = Fact::Absent;
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
    bucket.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::Absent }));
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
    bucket.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
}
