//! KMS: every key of the region, the provider's own included.
//!
//! A key policy may forbid the inventory role to look at a key. Such a key stays in the inventory: that it exists is
//! known, and what it is for is not.

mod access;

use std::collections::HashMap;

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{
    AliasListEntry, GrantListEntry, KeyListEntry, KeyManagerType, KeyMetadata, KeyState, MultiRegionKey, Tag,
};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, sorted, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Key, Kind, Place, Rel, Resource, Shared, Status};
use crate::providers::aws::documents::via_service_regions;

const KEY: &str = "aws.kms.key";

pub(crate) struct Kms;

impl Collector for Kms {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec { service: "kms", locality: Locality::Regional, kinds: &[KEY], actions: actions::KMS };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_kms);
            let pages = client.list_keys().into_paginator().items().send();
            let keys = out.listed(&[KEY], list("kms:ListKeys", pages).await)?;
            let pages = client.list_aliases().into_paginator().items().send();
            let aliases = list("kms:ListAliases", pages).await;
            let names = names_by_key(&aliases.items);
            let answers = together(keys.iter().map(|key| look(&client, key))).await;
            for (key, answer) in keys.iter().zip(answers) {
                let mut resource = normalize(key, &answer, &names, cx.place());
                if let Some(trouble) = &aliases.trouble {
                    resource.mark_unknown("key.aliases", trouble.to_string());
                }
                note_troubles(&mut resource, answer, out);
                out.push(resource);
            }
            out.gaps.extend(aliases.trouble);
            Ok(())
        }
        .boxed()
    }
}

/// What was found out about one key.
struct Answer {
    metadata: Result<KeyMetadata, Trouble>,
    policy: Result<Option<String>, Trouble>,
    grants: Result<Option<Vec<GrantListEntry>>, Trouble>,
    tags: Result<Vec<Tag>, Trouble>,
}

async fn look(client: &Client, key: &KeyListEntry) -> Answer {
    let id = key.key_arn().or(key.key_id()).unwrap_or_default();
    let metadata = match client.describe_key().key_id(id).send().await {
        Ok(answer) => answer.key_metadata.ok_or_else(|| Trouble::empty("kms:DescribeKey")),
        Err(error) => Err(Trouble::new("kms:DescribeKey", &error)),
    };
    let policy = client.get_key_policy().key_id(id).policy_name("default").send().await;
    let policy = policy.map(|it| it.policy).map_err(|error| Trouble::new("kms:GetKeyPolicy", &error));
    // Keys of the provider cannot be tagged, nor granted.
    let (tags, grants) = if metadata.as_ref().is_ok_and(|it| it.key_manager() == Some(&KeyManagerType::Aws)) {
        (Ok(Vec::new()), Ok(None))
    } else {
        let pages = client.list_resource_tags().key_id(id).into_paginator().items().send();
        (list("kms:ListResourceTags", pages).await.whole(), access::grants(client, key, &policy).await)
    };
    Answer { metadata, policy, grants, tags }
}

/// Alias names by the id of their key. An alias of a service that has not made its key yet has no target.
fn names_by_key(aliases: &[AliasListEntry]) -> HashMap<&str, Vec<&str>> {
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for alias in aliases {
        if let (Some(target), Some(name)) = (alias.target_key_id(), alias.alias_name()) {
            names.entry(target).or_default().push(name.strip_prefix("alias/").unwrap_or(name));
        }
    }
    names
}

fn normalize(key: &KeyListEntry, answer: &Answer, names: &HashMap<&str, Vec<&str>>, place: Place) -> Resource {
    let id = key.key_id().unwrap_or_default();
    let arn = key.key_arn().unwrap_or(id);
    let mut resource = Resource::new(Kind::of(KEY), arn, id, place);
    let mut facts = Key {
        aliases: Fact::Known(names.get(id).map(|names| sorted(names.iter().copied())).unwrap_or_default()),
        via_service_regions: match &answer.policy {
            Ok(policy) => Fact::from_known(policy.as_deref().and_then(via_service_regions)),
            Err(_) => Fact::Unknown,
        },
        ..Key::default()
    };
    if let Ok(metadata) = &answer.metadata {
        describe(&mut facts, metadata, arn);
        resource.status = Some(Shared::from(status(metadata)));
        if metadata.key_state() == Some(&KeyState::Creating) {
            resource.mark_unknown("status.healthy", "the key is just being created");
        }
        resource.link(Rel::ReplicaOf, facts.primary.text());
    }
    if facts.manager.text() != Some("provider") {
        resource.access = Some(Shared::from(access::access(arn, &answer.policy, &answer.grants)));
    }
    resource.key = Some(Shared::from(facts));
    if let Ok(list) = &answer.tags {
        resource.tags = tags(list.iter().map(|tag| (Some(tag.tag_key()), Some(tag.tag_value()))));
    }
    resource
}

fn describe(facts: &mut Key, metadata: &KeyMetadata, arn: &str) {
    let regions = metadata.multi_region_configuration();
    let arn_of = |key: &MultiRegionKey| key.arn().map(str::to_owned);
    facts.manager = Fact::from_known(metadata.key_manager().map(|manager| {
        let word = if *manager == KeyManagerType::Aws { "provider" } else { "customer" };
        word.to_owned()
    }));
    facts.multi_region = Fact::from_known(metadata.multi_region());
    // The primary is told by its ARN, which cannot be mistaken; the type of the key repeats it in words.
    let primary = regions.and_then(|it| it.primary_key()).and_then(arn_of);
    let is_primary = primary.as_deref().is_some_and(|primary| primary == arn);
    facts.primary = Fact::from_read(primary.filter(|_| !is_primary));
    facts.replicas = Fact::Known(match regions {
        Some(regions) if is_primary => sorted(regions.replica_keys().iter().filter_map(arn_of)),
        _ => Vec::new(),
    });
    facts.origin = Fact::from_known(metadata.origin().map(|origin| origin.as_str().to_lowercase()));
    facts.valid_to = moment(metadata.valid_to());
    facts.deletion_date = moment(metadata.deletion_date());
    facts.usage = Fact::from_known(metadata.key_usage().map(|usage| usage.as_str().to_lowercase()));
    facts.spec = Fact::from_known(metadata.key_spec().map(|spec| spec.as_str().to_lowercase()));
}

fn status(metadata: &KeyMetadata) -> Status {
    let state = metadata.key_state();
    Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(state.and_then(usable)),
        created_at: moment(metadata.creation_date()),
    }
}

/// Whether a key in that state encrypts and decrypts. `None`: that is not decided yet, or not known.
fn usable(state: &KeyState) -> Option<bool> {
    match state {
        // A primary becomes a replica, or the other way round, and works on meanwhile.
        KeyState::Enabled | KeyState::Updating => Some(true),
        KeyState::Disabled
        | KeyState::PendingDeletion
        | KeyState::PendingImport
        | KeyState::PendingReplicaDeletion
        | KeyState::Unavailable => Some(false),
        // One that is just being created, or is in a state that nobody foresaw.
        _ => None,
    }
}

/// Says at each fact that is missing which call did not give it.
fn note_troubles(resource: &mut Resource, answer: Answer, out: &mut Sink) {
    const DESCRIBED: [&str; 12] = [
        "status.state",
        "status.healthy",
        "status.created_at",
        "key.manager",
        "key.multi_region",
        "key.primary",
        "key.replicas",
        "key.origin",
        "key.valid_to",
        "key.deletion_date",
        "key.usage",
        "key.spec",
    ];
    if let Err(trouble) = answer.metadata {
        out.gap_at(resource, &DESCRIBED, trouble);
    }
    if let Err(trouble) = answer.policy {
        out.gap_at(resource, &["key.via_service_regions", "access.statements"], trouble);
    }
    if let Err(trouble) = answer.grants {
        out.gap(resource, "access.grants", trouble);
    }
    if let Err(trouble) = answer.tags {
        out.gap(resource, "tags", trouble);
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::primitives::DateTime;
    use aws_sdk_kms::types::{KeySpec, KeyUsageType, MultiRegionConfiguration, MultiRegionKeyType, OriginType};
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;

    const EAST: &str = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";
    const WEST: &str = "arn:aws:kms:us-west-2:111122223333:key/mrk-1";

    fn resource(arn: &str, answer: Answer, sink: &mut Sink) -> serde_json::Value {
        let key = KeyListEntry::builder().key_id("mrk-1").key_arn(arn).build();
        let alias = |name: &str| AliasListEntry::builder().alias_name(name).target_key_id("mrk-1").build();
        let aliases =
            [alias("alias/orders"), alias("alias/a"), AliasListEntry::builder().alias_name("alias/x").build()];
        let mut resource = normalize(&key, &answer, &names_by_key(&aliases), Place::new("111122223333", "us-east-1"));
        note_troubles(&mut resource, answer, sink);
        serde_json::to_value(resource).unwrap()
    }

    fn metadata(arn: &str) -> KeyMetadata {
        let region_key = |arn: &str| MultiRegionKey::builder().arn(arn).build();
        KeyMetadata::builder()
            .key_id("mrk-1")
            .arn(arn)
            .key_manager(KeyManagerType::Customer)
            .key_state(KeyState::PendingDeletion)
            .origin(OriginType::External)
            .key_usage(KeyUsageType::SignVerify)
            .key_spec(KeySpec::Rsa2048)
            .multi_region(true)
            .creation_date(DateTime::from_secs(1_700_000_000))
            .deletion_date(DateTime::from_secs(1_800_000_000))
            .multi_region_configuration(
                MultiRegionConfiguration::builder()
                    .multi_region_key_type(MultiRegionKeyType::Replica)
                    .primary_key(region_key(EAST))
                    .replica_keys(region_key(WEST))
                    .build(),
            )
            .build()
            .unwrap()
    }

    fn answer(arn: &str) -> Answer {
        let policy = r#"{"Statement": {"Effect": "Allow", "Condition":
            {"StringEquals": {"kms:ViaService": "rds.us-east-1.amazonaws.com"}}}}"#;
        Answer {
            metadata: Ok(metadata(arn)),
            policy: Ok(Some(policy.to_owned())),
            grants: Ok(None),
            tags: Ok(vec![Tag::builder().tag_key("app").tag_value("orders").build().unwrap()]),
        }
    }

    #[test]
    fn a_primary_is_told_from_its_replica_by_arn_whatever_its_type_says() {
        let mut sink = Sink::default();
        let mut expected = json!({
            "id": EAST, "kind": "aws.kms.key", "name": "mrk-1",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "orders"},
            "status": {"state": "pendingdeletion", "healthy": false, "created_at": "2023-11-14T22:13:20Z"},
            "key": {
                "manager": "customer", "aliases": ["a", "orders"], "multi_region": true, "primary": null,
                "replicas": [WEST], "origin": "external", "valid_to": null, "deletion_date": "2027-01-15T08:00:00Z",
                "via_service_regions": ["us-east-1"], "usage": "sign_verify", "spec": "rsa_2048",
            },
            "access": {"statements": []},
            "origin": {"source": ""},
        });
        assert_eq!(resource(EAST, answer(EAST), &mut sink), expected);

        expected["id"] = json!(WEST);
        expected["key"]["primary"] = json!(EAST);
        expected["key"]["replicas"] = json!([]);
        expected["links"] = json!([{"rel": "replica-of", "to": EAST}]);
        assert_eq!(resource(WEST, answer(WEST), &mut sink), expected);
        assert_eq!(sink.gaps, []);
    }

    #[test]
    fn a_state_that_passes_is_no_fault() {
        let found = |state: KeyState| {
            let mut answer = answer(EAST);
            answer.metadata = answer.metadata.map(|mut it| {
                it.key_state = Some(state);
                it
            });
            let resource = resource(EAST, answer, &mut Sink::default());
            json!({"status": resource["status"], "unknown": resource["unknown"]})
        };
        let said = |state: &str, healthy: Option<bool>, unknown: serde_json::Value| {
            let mut status = json!({"state": state, "created_at": "2023-11-14T22:13:20Z"});
            if let Some(healthy) = healthy {
                status["healthy"] = healthy.into();
            }
            json!({"status": status, "unknown": unknown})
        };
        let nothing = serde_json::Value::Null;
        assert_eq!(found(KeyState::Updating), said("updating", Some(true), nothing.clone()));
        let reason = json!({"status.healthy": "the key is just being created"});
        assert_eq!(found(KeyState::Creating), said("creating", None, reason));
        for (state, word) in [
            (KeyState::Disabled, "disabled"),
            (KeyState::PendingImport, "pendingimport"),
            (KeyState::PendingReplicaDeletion, "pendingreplicadeletion"),
            (KeyState::Unavailable, "unavailable"),
        ] {
            assert_eq!(found(state), said(word, Some(false), nothing.clone()));
        }
        // No fail without evidence: a word that nobody foresaw says nothing.
        assert_eq!(found(KeyState::from("Rotating")), said("rotating", None, nothing));
    }

    #[test]
    fn a_key_that_may_not_be_looked_at_stays_with_its_reasons() {
        let denied =
            |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDeniedException".to_owned() };
        let answer = Answer {
            metadata: Err(denied("kms:DescribeKey")),
            policy: Err(denied("kms:GetKeyPolicy")),
            grants: Ok(None),
            tags: Err(denied("kms:ListResourceTags")),
        };
        let mut sink = Sink::default();
        let described = "kms:DescribeKey denied: AccessDeniedException";
        let expected = json!({
            "id": EAST, "kind": "aws.kms.key", "name": "mrk-1",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "key": {"aliases": ["a", "orders"]}, "access": {},
            "unknown": {
                "status.state": described, "status.healthy": described, "status.created_at": described,
                "key.manager": described, "key.multi_region": described, "key.primary": described,
                "key.replicas": described, "key.origin": described, "key.valid_to": described,
                "key.deletion_date": described, "key.usage": described, "key.spec": described,
                "key.via_service_regions": "kms:GetKeyPolicy denied: AccessDeniedException",
                "access.statements": "kms:GetKeyPolicy denied: AccessDeniedException",
                "tags": "kms:ListResourceTags denied: AccessDeniedException",
            },
            "origin": {"source": ""},
        });
        assert_eq!(resource(EAST, answer, &mut sink), expected);
        assert_eq!(sink.gaps, [denied("kms:DescribeKey"), denied("kms:GetKeyPolicy"), denied("kms:ListResourceTags")]);
    }
}
