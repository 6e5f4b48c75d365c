//! What is said of one bucket, each setting by a call of its own.

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_bucket_versioning::GetBucketVersioningOutput;
use aws_sdk_s3::types::{
    BucketVersioningStatus, ObjectLockConfiguration, ObjectLockRetentionMode, ReplicationRule, ServerSideEncryption,
    ServerSideEncryptionByDefault, Tag,
};
use futures::join;

use super::super::read::number;
use super::super::{Sink, Trouble, TroubleClass, values};
use super::replication::{destination, is_on, replicate};
use crate::model::{Backup, Encryption, Fact, Protection, Rel, Resource, Shared};

/// The key of a bucket that names none.
const DEFAULT_KEY: &str = "alias/aws/s3";

/// The answers. `None` where the service says that nobody set it.
pub(super) struct Settings {
    versioning: Result<Option<GetBucketVersioningOutput>, Trouble>,
    replication: Result<Option<Vec<ReplicationRule>>, Trouble>,
    encryption: Result<Option<ServerSideEncryptionByDefault>, Trouble>,
    lock: Result<Option<ObjectLockConfiguration>, Trouble>,
    tags: Result<Option<Vec<Tag>>, Trouble>,
}

impl Settings {
    pub(super) async fn read(client: &Client, bucket: &str) -> Self {
        let (versioning, replication, encryption, lock, tags) = join!(
            client.get_bucket_versioning().bucket(bucket).send(),
            client.get_bucket_replication().bucket(bucket).send(),
            client.get_bucket_encryption().bucket(bucket).send(),
            client.get_object_lock_configuration().bucket(bucket).send(),
            client.get_bucket_tagging().bucket(bucket).send(),
        );
        let replication = replication.map(|answer| answer.replication_configuration.map(|it| it.rules));
        let encryption = encryption.map(|answer| {
            let rules = answer.server_side_encryption_configuration.map(|it| it.rules).unwrap_or_default();
            rules.into_iter().find_map(|rule| rule.apply_server_side_encryption_by_default)
        });
        Self {
            versioning: versioning.map(Some).map_err(|error| Trouble::new("s3:GetBucketVersioning", &error)),
            replication: set(replication.map_err(|error| Trouble::new("s3:GetReplicationConfiguration", &error))),
            encryption: set(encryption.map_err(|error| Trouble::new("s3:GetEncryptionConfiguration", &error))),
            lock: set(lock
                .map(|answer| answer.object_lock_configuration)
                .map_err(|error| Trouble::new("s3:GetBucketObjectLockConfiguration", &error))),
            tags: set(tags
                .map(|answer| Some(answer.tag_set))
                .map_err(|error| Trouble::new("s3:GetBucketTagging", &error))),
        }
    }

    /// The bucket was deleted since it was listed: only then this call does not find it.
    pub(super) fn are_gone(&self) -> bool {
        self.versioning.as_ref().is_err_and(|trouble| trouble.class == TroubleClass::NotFound)
    }

    /// Names of the buckets that its rules replicate to.
    pub(super) fn destinations(&self) -> Vec<String> {
        let rules = self.replication.iter().flatten().flatten();
        rules.filter(|rule| is_on(rule)).filter_map(destination).map(str::to_owned).collect()
    }

    /// Fills the facts. `regions`: of the destinations.
    pub(super) fn tell(
        self,
        regions: &BTreeMap<String, Result<String, Trouble>>,
        bucket: &mut Resource,
        out: &mut Sink,
    ) {
        let mut noted = |bucket: &mut Resource, paths: &[&str], trouble| out.gap_at(bucket, paths, trouble);
        let key = self.encryption.as_ref().map_or(Fact::Unknown, |default| key(default.as_ref()));
        bucket.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key: key.clone() }));
        bucket.link(Rel::EncryptedBy, key.text());
        bucket.backup = Some(Shared::from(Backup {
            versioned: match &self.versioning {
                Ok(answer) => {
                    let status = answer.as_ref().and_then(|answer| answer.status());
                    Fact::Known(status == Some(&BucketVersioningStatus::Enabled))
                }
                Err(_) => Fact::Unknown,
            },
            ..Backup::default()
        }));
        bucket.protection = Some(Shared::from(Protection::default()));
        match &self.lock {
            Ok(lock) => lock_of(lock.as_ref(), bucket),
            Err(trouble) => noted(bucket, &["protection.locked", "protection.lock_min_days"], trouble.clone()),
        }
        match &self.replication {
            Ok(rules) => replicate(rules.as_deref().unwrap_or_default(), &key, regions, bucket, &mut noted),
            Err(trouble) => {
                bucket.replication = Some(Shared::default());
                noted(
                    bucket,
                    &["replication.partial_regions", "replication.regions", "replication.replicas", "replication.role"],
                    trouble.clone(),
                );
            }
        }
        if let Err(trouble) = self.versioning {
            noted(bucket, &["backup.versioned"], trouble);
        }
        if let Err(trouble) = self.encryption {
            noted(bucket, &["encryption.key"], trouble);
        }
        let pairs = |tags: Option<Vec<Tag>>| {
            values::tags(tags.iter().flatten().map(|tag| (Some(tag.key()), Some(tag.value()))))
        };
        out.tag(bucket, self.tags.map(pairs));
    }
}

/// Codes like `ReplicationConfigurationNotFoundError` and `NoSuchTagSet` say that nobody set it. So does `NoSuchBucket`,
/// which the caller sees by another call.
fn set<T>(answer: Result<Option<T>, Trouble>) -> Result<Option<T>, Trouble> {
    match answer {
        Err(trouble) if trouble.class == TroubleClass::NotFound => Ok(None),
        other => other,
    }
}

/// S3 encrypts everything; where no key is named, with one of its own, which is no key of KMS.
fn key(default: Option<&ServerSideEncryptionByDefault>) -> Fact<String> {
    match default {
        None => Fact::Absent,
        Some(default) if *default.sse_algorithm() == ServerSideEncryption::Aes256 => Fact::Absent,
        Some(default) => default.kms_master_key_id().filter(|key| !key.is_empty()).unwrap_or(DEFAULT_KEY).into(),
    }
}

fn lock_of(lock: Option<&ObjectLockConfiguration>, bucket: &mut Resource) {
    let retention = lock.and_then(|lock| lock.rule()).and_then(|rule| rule.default_retention());
    let protection = bucket.protection.get_or_insert_default();
    match (lock, retention) {
        (None, _) => {
            protection.locked = Fact::Known(false);
            protection.lock_min_days = Fact::Absent;
            protection.lock_max_days = Fact::Absent;
            protection.lock_mode = Fact::Absent;
        }
        (Some(_), Some(retention)) => {
            protection.locked = Fact::Known(true);
            protection.lock_min_days = match (retention.days(), retention.years()) {
                (Some(days), _) if days > 0 => number(Some(days)),
                (_, Some(years)) => number(Some(years.saturating_mul(365))),
                _ => Fact::Unknown,
            };
            protection.lock_mode = match retention.mode() {
                Some(ObjectLockRetentionMode::Compliance) => "compliance".into(),
                Some(ObjectLockRetentionMode::Governance) => "governance".into(),
                _ => Fact::Unknown,
            };
        }
        (Some(_), None) => {
            bucket.mark_unknown("protection.locked", "object lock is on, without a default retention");
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{
        DefaultRetention, Destination, ObjectLockEnabled, ObjectLockRule, ReplicationRuleStatus,
        SourceSelectionCriteria, SseKmsEncryptedObjects, SseKmsEncryptedObjectsStatus,
    };
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Kind, Place};

    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    fn nothing() -> Settings {
        Settings {
            versioning: Ok(Some(GetBucketVersioningOutput::builder().build())),
            replication: Ok(None),
            encryption: Ok(None),
            lock: Ok(None),
            tags: Ok(None),
        }
    }

    fn denied(action: &'static str) -> Trouble {
        Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() }
    }

    fn told(settings: Settings, sink: &mut Sink) -> Value {
        let regions = [
            ("west".to_owned(), Ok("us-west-2".to_owned())),
            ("central".to_owned(), Ok("ca-central-1".to_owned())),
            ("foreign".to_owned(), Err(denied("s3:GetBucketLocation"))),
        ];
        let place = Place::new("111122223333", "us-east-1");
        let mut bucket = Resource::new(Kind::of("aws.s3.bucket"), "arn:aws:s3:::orders", "orders", place);
        settings.tell(&BTreeMap::from(regions), &mut bucket, sink);
        serde_json::to_value(bucket).unwrap()
    }

    fn rule(to: &str, status: ReplicationRuleStatus) -> aws_sdk_s3::types::builders::ReplicationRuleBuilder {
        let destination = Destination::builder().bucket(format!("arn:aws:s3:::{to}")).build().unwrap();
        ReplicationRule::builder().status(status).destination(destination)
    }

    fn by_key() -> ServerSideEncryptionByDefault {
        ServerSideEncryptionByDefault::builder()
            .sse_algorithm(ServerSideEncryption::AwsKms)
            .kms_master_key_id(KEY)
            .build()
            .unwrap()
    }

    #[test]
    fn a_bucket_of_which_nobody_set_anything() {
        assert_eq!(
            told(nothing(), &mut Sink::default()),
            json!({
                "id": "arn:aws:s3:::orders", "kind": "aws.s3.bucket", "name": "orders",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
                "backup": {"versioned": false},
                "replication": {"role": "none", "replicas": [], "regions": [], "partial_regions": []},
                "encryption": {"enabled": true, "key": null},
                "protection": {"locked": false, "lock_mode": null, "lock_min_days": null, "lock_max_days": null},
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn a_bucket_of_which_everything_is_set() {
        let retention = DefaultRetention::builder().mode(ObjectLockRetentionMode::Compliance).years(1).build();
        let lock = ObjectLockConfiguration::builder()
            .object_lock_enabled(ObjectLockEnabled::Enabled)
            .rule(ObjectLockRule::builder().default_retention(retention).build());
        let encrypted =
            SseKmsEncryptedObjects::builder().status(SseKmsEncryptedObjectsStatus::Enabled).build().unwrap();
        let criteria = SourceSelectionCriteria::builder().sse_kms_encrypted_objects(encrypted).build();
        let whole = rule("west", ReplicationRuleStatus::Enabled).source_selection_criteria(criteria).build().unwrap();
        let settings = Settings {
            versioning: Ok(Some(GetBucketVersioningOutput::builder().status(BucketVersioningStatus::Enabled).build())),
            replication: Ok(Some(vec![whole])),
            encryption: Ok(Some(by_key())),
            lock: Ok(Some(lock.build())),
            tags: Ok(Some(vec![Tag::builder().key("app").value("orders").build().unwrap()])),
        };
        assert_eq!(
            told(settings, &mut Sink::default()),
            json!({
                "id": "arn:aws:s3:::orders", "kind": "aws.s3.bucket", "name": "orders",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "orders"},
                "backup": {"versioned": true},
                "replication": {
                    "role": "primary", "replicas": ["arn:aws:s3:::west"], "regions": ["us-west-2"], "partial_regions": [],
                },
                "encryption": {"enabled": true, "key": KEY},
                "protection": {"locked": true, "lock_mode": "compliance", "lock_min_days": 365},
                "links": [{"rel": "encrypted-by", "to": KEY}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn a_destination_that_nobody_may_ask_about_is_in_a_region_that_nobody_knows() {
        let to = |name: &str| rule(name, ReplicationRuleStatus::Enabled).build().unwrap();
        let mut sink = Sink::default();
        let only = told(Settings { replication: Ok(Some(vec![to("foreign")])), ..nothing() }, &mut sink);
        let reason = "s3:GetBucketLocation denied: AccessDenied";
        assert_eq!(
            [&only["replication"], &only["unknown"]],
            [
                &json!({"role": "primary", "replicas": ["arn:aws:s3:::foreign"], "partial_regions": []}),
                &json!({"replication.regions": reason, "replication.partial_regions": reason}),
            ]
        );
        assert_eq!(sink.gaps, [denied("s3:GetBucketLocation")]);
        let both = told(
            Settings { replication: Ok(Some(vec![to("foreign"), to("central")])), ..nothing() },
            &mut Sink::default(),
        );
        // One that is known stays, and there may be more.
        assert_eq!(
            [&both["replication"]["regions"], &both["unknown"]["replication.regions"]],
            [&json!(["ca-central-1"]), &json!(reason)]
        );
    }

    #[test]
    fn what_is_denied_is_unknown_and_says_why() {
        let mut sink = Sink::default();
        let settings = Settings {
            versioning: Err(denied("s3:GetBucketVersioning")),
            replication: Err(denied("s3:GetReplicationConfiguration")),
            encryption: Err(denied("s3:GetEncryptionConfiguration")),
            lock: Err(denied("s3:GetBucketObjectLockConfiguration")),
            tags: Err(denied("s3:GetBucketTagging")),
        };
        assert_eq!(
            told(settings, &mut sink),
            json!({
                "id": "arn:aws:s3:::orders", "kind": "aws.s3.bucket", "name": "orders",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "backup": {}, "replication": {}, "encryption": {"enabled": true}, "protection": {},
                "unknown": {
                    "backup.versioned": "s3:GetBucketVersioning denied: AccessDenied",
                    "encryption.key": "s3:GetEncryptionConfiguration denied: AccessDenied",
                    "protection.locked": "s3:GetBucketObjectLockConfiguration denied: AccessDenied",
                    "protection.lock_min_days": "s3:GetBucketObjectLockConfiguration denied: AccessDenied",
                    "replication.partial_regions": "s3:GetReplicationConfiguration denied: AccessDenied",
                    "replication.regions": "s3:GetReplicationConfiguration denied: AccessDenied",
                    "replication.replicas": "s3:GetReplicationConfiguration denied: AccessDenied",
                    "replication.role": "s3:GetReplicationConfiguration denied: AccessDenied",
                    "tags": "s3:GetBucketTagging denied: AccessDenied",
                },
                "origin": {"source": ""},
            })
        );
        let actions: Vec<&str> = sink.gaps.iter().map(|trouble| trouble.action).collect();
        assert_eq!(
            actions,
            [
                "s3:GetBucketObjectLockConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:GetBucketVersioning",
                "s3:GetEncryptionConfiguration",
                "s3:GetBucketTagging",
            ]
        );
    }
}
