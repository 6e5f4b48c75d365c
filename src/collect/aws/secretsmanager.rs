//! Secrets Manager: what secrets there are, and where they are replicated. Their values are never asked for.

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use aws_sdk_secretsmanager::types::{ReplicationStatusType, SecretListEntry, StatusType};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::model::{Encryption, Fact, Kind, Place, Rel, Replication, Resource, Secret, SecretReplica, Shared, Status};
use crate::providers::aws::names;

const SECRET: &str = "aws.secretsmanager.secret";

/// The key of a secret that names none.
const DEFAULT_KEY: &str = "alias/aws/secretsmanager";

pub(crate) struct SecretsManager;

impl Collector for SecretsManager {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "secretsmanager",
            locality: Locality::Regional,
            kinds: &[SECRET],
            actions: actions::SECRETSMANAGER,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_secretsmanager);
            // One that is about to be deleted cannot be read any more, and still stands in the way of a new one.
            let pages = client.list_secrets().include_planned_deletion(true).into_paginator().send();
            let listing = list("secretsmanager:ListSecrets", pages).await;
            let secrets = out.listed(&[SECRET], listing.each(|page| page.secret_list.unwrap_or_default()))?;
            // Only the single answer says where its replicas are.
            let answers = together(secrets.iter().map(|secret| {
                client.describe_secret().secret_id(secret.arn().or(secret.name()).unwrap_or_default()).send()
            }));
            for (secret, answer) in secrets.iter().zip(answers.await) {
                let answer = answer.map_err(|error| Trouble::new("secretsmanager:DescribeSecret", &error));
                let mut resource = normalize(secret, answer.as_ref().ok(), cx.place());
                if let Err(trouble) = answer {
                    let paths = ["replication.regions", "replication.role", "secret.primary_region", "secret.replicas"];
                    out.gap_at(&mut resource, &paths, trouble);
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

fn normalize(secret: &SecretListEntry, answer: Option<&DescribeSecretOutput>, place: Place) -> Resource {
    let name = secret.name().unwrap_or_default();
    let region = place.region.clone();
    let mut resource = Resource::new(Kind::of(SECRET), secret.arn().unwrap_or(name), name, place);
    resource.tags = values::tags(secret.tags().iter().map(|tag| (tag.key(), tag.value())));
    let deletion_date = moment(secret.deleted_date());
    let is_kept = deletion_date.is_absent();
    resource.status = Some(Shared::from(Status {
        state: if is_kept { "available" } else { "pendingdeletion" }.into(),
        healthy: Fact::Known(is_kept),
        created_at: moment(secret.created_date()),
    }));
    let key = secret.kms_key_id().unwrap_or(DEFAULT_KEY);
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key: key.into() }));
    resource.link(Rel::EncryptedBy, Some(key));
    let mut facts = Secret {
        // An answer without it says that nothing rotates the secret.
        rotated: Fact::Known(secret.rotation_enabled() == Some(true)),
        rotation_function: Fact::from_read(secret.rotation_lambda_arn().map(str::to_owned)),
        owner: Fact::from_read(secret.owning_service().map(str::to_owned)),
        deletion_date,
        ..Secret::default()
    };
    if let Some(answer) = answer {
        let primary = answer.primary_region().filter(|primary| region.text() != Some(*primary));
        facts.primary_region = Fact::from_read(primary.map(str::to_owned));
        // A replica has none of its own.
        let listed = if primary.is_none() { answer.replication_status() } else { &[] };
        let mut replicas: Vec<SecretReplica> = listed.iter().map(replica).collect();
        replicas.sort_by(|a, b| a.region.cmp(&b.region));
        resource.replication = Some(Shared::from(replication(&resource, primary, &replicas)));
        facts.replicas = Fact::Known(replicas);
    } else {
        resource.replication = Some(Shared::default());
    }
    resource.secret = Some(Shared::from(facts));
    resource
}

fn replication(resource: &Resource, primary: Option<&str>, replicas: &[SecretReplica]) -> Replication {
    let role = match (primary, replicas) {
        (Some(_), _) => "replica",
        (None, []) => "none",
        (None, [_, ..]) => "primary",
    };
    Replication {
        role: role.into(),
        // Its ARN is that of the replica, but for the region.
        source: Fact::from_read(primary.and_then(|region| names::in_region(&resource.id, region))),
        cross_region: Fact::Known(primary.is_some()),
        regions: Fact::Known(sorted(replicas.iter().filter_map(|replica| replica.region.text()))),
        partial_regions: Fact::Known(Vec::new()),
        ..Replication::default()
    }
}

fn replica(replica: &ReplicationStatusType) -> SecretReplica {
    let status = replica.status().map(|status| match status {
        StatusType::InSync => "in_sync".to_owned(),
        StatusType::InProgress => "in_progress".to_owned(),
        other => other.as_str().to_lowercase(),
    });
    SecretReplica {
        region: Fact::from_known(replica.region().map(str::to_owned)),
        status: Fact::from_known(status),
        key: Fact::from_read(replica.kms_key_id().map(str::to_owned)),
        reason: Fact::from_read(replica.status_message().filter(|text| !text.is_empty()).map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_secretsmanager::primitives::DateTime;
    use aws_sdk_secretsmanager::types::Tag;
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-AbCdEf";
    const THERE: &str = "arn:aws:secretsmanager:us-west-2:111122223333:secret:orders/db-AbCdEf";

    fn entry(arn: &str) -> aws_sdk_secretsmanager::types::builders::SecretListEntryBuilder {
        SecretListEntry::builder().arn(arn).name("orders/db").created_date(DateTime::from_secs(1_700_000_000))
    }

    fn status(region: &str, status: StatusType) -> ReplicationStatusType {
        ReplicationStatusType::builder().region(region).status(status).build()
    }

    #[test]
    fn a_primary_knows_its_replicas() {
        let secret = entry(ARN)
            .kms_key_id("arn:aws:kms:us-east-1:111122223333:key/1")
            .rotation_enabled(true)
            .rotation_lambda_arn("arn:aws:lambda:us-east-1:111122223333:function:rotate")
            .tags(Tag::builder().key("app").value("orders").build())
            .build();
        let failed = ReplicationStatusType::builder()
            .region("us-west-2")
            .kms_key_id("alias/orders")
            .status(StatusType::Failed)
            .status_message("Secret with this simple name already exists in this region.")
            .build();
        let answer = DescribeSecretOutput::builder()
            .replication_status(failed)
            .replication_status(status("eu-west-1", StatusType::InSync))
            .replication_status(status("ca-central-1", StatusType::from("Detached")))
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&secret, Some(&answer), Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": ARN, "kind": "aws.secretsmanager.secret", "name": "orders/db",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "tags": {"app": "orders"},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "replication": {
                    "role": "primary", "source": null, "cross_region": false,
                    "regions": ["ca-central-1", "eu-west-1", "us-west-2"], "partial_regions": [],
                },
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/1"},
                "secret": {
                    "primary_region": null, "rotated": true,
                    "rotation_function": "arn:aws:lambda:us-east-1:111122223333:function:rotate",
                    "owner": null, "deletion_date": null,
                    "replicas": [
                        {"region": "ca-central-1", "status": "detached", "key": null, "reason": null},
                        {"region": "eu-west-1", "status": "in_sync", "key": null, "reason": null},
                        {"region": "us-west-2", "status": "failed", "key": "alias/orders",
                         "reason": "Secret with this simple name already exists in this region."},
                    ],
                },
                "links": [{"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/1"}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn a_replica_names_its_source_and_one_to_be_deleted_serves_nobody() {
        let secret = entry(THERE).deleted_date(DateTime::from_secs(1_800_000_000)).owning_service("rds").build();
        let answer = DescribeSecretOutput::builder()
            .primary_region("us-east-1")
            .replication_status(status("us-west-2", StatusType::InSync))
            .build();
        let resource = normalize(&secret, Some(&answer), Place::new("111122223333", "us-west-2"));
        let read = serde_json::to_value(resource).unwrap();
        assert_eq!(
            [&read["status"], &read["replication"], &read["secret"], &read["encryption"]],
            [
                &json!({"state": "pendingdeletion", "healthy": false, "created_at": "2023-11-14T22:13:20Z"}),
                &json!({"role": "replica", "source": ARN, "cross_region": true, "regions": [], "partial_regions": []}),
                &json!({"primary_region": "us-east-1", "replicas": [], "rotated": false, "rotation_function": null,
                    "owner": "rds", "deletion_date": "2027-01-15T08:00:00Z"}),
                &json!({"enabled": true, "key": "alias/aws/secretsmanager"}),
            ]
        );
    }

    #[test]
    fn without_the_single_answer_nothing_is_known_of_replicas() {
        let read = normalize(&entry(ARN).build(), None, Place::new("111122223333", "us-east-1"));
        let read = serde_json::to_value(read).unwrap();
        assert_eq!(
            [&read["replication"], &read["secret"]],
            [&json!({}), &json!({"rotated": false, "rotation_function": null, "owner": null, "deletion_date": null})]
        );
    }
}
