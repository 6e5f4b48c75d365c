//! Log groups.

use super::kms;
use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Encryption, Fact, Log, Protection, Resource, Shared};

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_cloudwatch_log_group",
        kind: Some("aws.logs.group"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("encryption.key", "kms_key_id"),
            ("log.class", "log_group_class"),
            ("log.kept_when_deleted", "skip_destroy"),
            ("log.retention_days", "retention_in_days"),
            ("protection.deletion_protection", "deletion_protection_enabled"),
        ],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Resource(group),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    // Without a key of KMS they are encrypted all the same.
    let key = if attrs.is_set("kms_key_id") { kms::encrypted_by(attrs, resource, "kms_key_id") } else { Fact::Absent };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection_enabled", false),
        ..Protection::default()
    }));
    resource.log = Some(Shared::from(Log {
        // 0 is for ever.
        retention_days: match attrs.number_or("retention_in_days", 0) {
            Fact::Known(0) => Fact::Absent,
            days => days,
        },
        class: attrs.text_or("log_group_class", "STANDARD").map(|class| class.to_lowercase()),
        kept_when_deleted: attrs.boolean_or("skip_destroy", false),
    }));
}
