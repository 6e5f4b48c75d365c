//! DynamoDB: tables, their replicas in other regions, and how far back they can be restored. Items are never read.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    ContinuousBackupsDescription, GlobalTable, PointInTimeRecoveryStatus, ReplicaDescription, ReplicaStatus,
    SseDescription, SseStatus, TableDescription, TableStatus, Tag,
};
use futures::FutureExt as _;
use futures::future::{BoxFuture, join3};

use super::read::{list, moment, number, pages, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, TroubleClass, client, replicas, values};
use crate::collect::actions;
use crate::model::{Backup, Encryption, Fact, Kind, Protection, Rel, Replication, Resource, Shared, Status};
use crate::providers::aws::names;

const TABLE: &str = "aws.dynamodb.table";

/// What there is where nobody chose.
const DAYS: u32 = 35;

pub(crate) struct DynamoDb;

impl Collector for DynamoDb {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "dynamodb", locality: Locality::Regional, kinds: &[TABLE], actions: actions::DYNAMODB };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_dynamodb);
            let pages = client.list_tables().into_paginator().items().send();
            let names = out.listed(&[TABLE], list("dynamodb:ListTables", pages).await)?;
            let answers = together(names.iter().map(|name| look(&client, cx, name))).await;
            let alone = |table: &TableDescription| table.replicas().is_empty();
            let legacy = match answers.iter().any(|(table, ..)| table.as_ref().is_ok_and(alone)) {
                true => legacy(&client).await,
                false => Ok(BTreeMap::new()),
            };
            for (name, (table, backups, tags)) in names.iter().zip(answers) {
                // Deleted since it was listed.
                if table.as_ref().is_err_and(|trouble| trouble.class == TroubleClass::NotFound) {
                    continue;
                }
                let mut resource = normalize(name, table.as_ref().ok(), backups.as_ref().ok(), cx);
                match (table, &legacy) {
                    (Ok(table), Ok(legacy)) if alone(&table) => {
                        if let Some(regions) = legacy.get(name) {
                            resource.replication = Some(Shared::from(of_legacy(regions, cx)));
                        }
                    }
                    (Ok(table), Err(trouble)) if alone(&table) => {
                        resource.replication = Some(Shared::default());
                        let paths = ["replication.regions", "replication.replicas", "replication.role"];
                        out.gap_at(&mut resource, &paths, trouble.clone());
                    }
                    (Ok(_), _) => {}
                    (Err(trouble), _) => out.gap_at(&mut resource, DESCRIBED, trouble),
                }
                if let Err(trouble) = backups {
                    out.gap_at(&mut resource, BACKED_UP, trouble);
                }
                let pairs = |tags: Vec<Tag>| values::tags(tags.iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
                out.tag(&mut resource, tags.map(pairs));
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// What is unknown of a table that may not be described.
const DESCRIBED: &[&str] = &[
    "encryption.enabled",
    "encryption.key",
    "protection.deletion_protection",
    "replication.regions",
    "replication.replicas",
    "replication.role",
    "status.created_at",
    "status.healthy",
    "status.state",
];

/// The same of its backups.
const BACKED_UP: &[&str] =
    &["backup.enabled", "backup.latest_recovery_point", "backup.point_in_time", "backup.retention_days"];

type Answers =
    (Result<TableDescription, Trouble>, Result<ContinuousBackupsDescription, Trouble>, Result<Vec<Tag>, Trouble>);

async fn look(client: &Client, cx: &Context, name: &str) -> Answers {
    let table = async {
        let answer = client.describe_table().table_name(name).send().await;
        let answer = answer.map_err(|error| Trouble::new("dynamodb:DescribeTable", &error))?;
        answer.table.ok_or_else(|| Trouble::empty("dynamodb:DescribeTable"))
    };
    let backups = async {
        let answer = client.describe_continuous_backups().table_name(name).send().await;
        let answer = answer.map_err(|error| Trouble::new("dynamodb:DescribeContinuousBackups", &error))?;
        answer.continuous_backups_description.ok_or_else(|| Trouble::empty("dynamodb:DescribeContinuousBackups"))
    };
    join3(table, backups, tags(client, &arn(cx, name))).await
}

/// Ten to a page, and fifty at most.
async fn tags(client: &Client, arn: &str) -> Result<Vec<Tag>, Trouble> {
    pages(|next| async move {
        let call = client.list_tags_of_resource().resource_arn(arn).set_next_token(next).send().await;
        let answer = call.map_err(|error| Trouble::new("dynamodb:ListTagsOfResource", &error))?;
        Ok((answer.tags.unwrap_or_default(), answer.next_token))
    })
    .await
    .whole()
}

/// Regions of the global tables of the first version (2017.11.29) by name: their tables do not say that they are global.
async fn legacy(client: &Client) -> Result<BTreeMap<String, Vec<String>>, Trouble> {
    let tables = pages(|next| async move {
        let call = client.list_global_tables().set_exclusive_start_global_table_name(next).send().await;
        let answer = call.map_err(|error| Trouble::new("dynamodb:ListGlobalTables", &error))?;
        Ok((answer.global_tables.unwrap_or_default(), answer.last_evaluated_global_table_name))
    });
    let regions = |table: GlobalTable| {
        let regions = table.replication_group().iter().filter_map(|replica| replica.region_name());
        (table.global_table_name().unwrap_or_default().to_owned(), sorted(regions))
    };
    Ok(tables.await.whole()?.into_iter().map(regions).collect())
}

/// Whether their replicas follow is not said.
fn of_legacy(regions: &[String], cx: &Context) -> Replication {
    let others = regions.iter().filter(|region| **region != cx.region).cloned().collect();
    replicas::gives(Vec::new(), others)
}

fn arn(cx: &Context, table: &str) -> String {
    format!("arn:{}:dynamodb:{}:{}:table/{table}", names::partition(&cx.region), cx.region, cx.account)
}

fn normalize(
    name: &str,
    table: Option<&TableDescription>,
    backups: Option<&ContinuousBackupsDescription>,
    cx: &Context,
) -> Resource {
    let mut resource = Resource::new(Kind::of(TABLE), arn(cx, name), name, cx.place());
    resource.backup = Some(Shared::from(
        backups
            .map(backup)
            .unwrap_or_else(|| Backup { replicas_without_point_in_time: Fact::Absent, ..Backup::default() }),
    ));
    let Some(table) = table else {
        resource.status = Some(Shared::default());
        resource.encryption = Some(Shared::default());
        resource.protection = Some(Shared::default());
        resource.replication = Some(Shared::default());
        return resource;
    };
    let state = table.table_status();
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(state.map(|state| matches!(state, TableStatus::Active | TableStatus::Updating))),
        created_at: moment(table.creation_date_time()),
    }));
    // Always encrypted; where nothing is said, with a key that DynamoDB itself owns, which is no key of KMS.
    let is_on = |sse: &&SseDescription| matches!(sse.status(), Some(SseStatus::Enabled | SseStatus::Updating));
    let key = table.sse_description().filter(is_on).and_then(SseDescription::kms_master_key_arn);
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::Known(table.deletion_protection_enabled() == Some(true)),
        ..Protection::default()
    }));
    resource.replication = Some(Shared::from(replication(table.replicas(), cx)));
    resource
}

/// Each replica is a table of its own in its region, with backups of its own.
fn backup(answer: &ContinuousBackupsDescription) -> Backup {
    let recovery = answer.point_in_time_recovery_description();
    let status = recovery.and_then(|it| it.point_in_time_recovery_status());
    let is_on = Fact::from_known(status.map(|status| *status == PointInTimeRecoveryStatus::Enabled));
    Backup {
        point_in_time: is_on,
        enabled: is_on,
        retention_days: match is_on {
            Fact::Known(false) => Fact::Known(0),
            Fact::Known(true) => recovery
                .and_then(|it| it.recovery_period_in_days())
                .map_or(Fact::Known(DAYS), |days| number(Some(days))),
            _ => Fact::Unknown,
        },
        latest_recovery_point: moment(recovery.and_then(|it| it.latest_restorable_date_time())),
        replicas_without_point_in_time: Fact::Absent,
        ..Backup::default()
    }
}

/// All replicas take writes. One in another account is named by its ARN.
fn replication(replicas: &[ReplicaDescription], cx: &Context) -> Replication {
    // One that is being taken away is none any more.
    let others = || {
        let kept = replicas.iter().filter(|it| it.replica_status() != Some(&ReplicaStatus::Deleting));
        kept.filter_map(|it| Some((it, it.region_name().filter(|region| *region != cx.region)?)))
    };
    let elsewhere = |it: &ReplicaDescription| {
        let arn = it.replica_arn().and_then(names::Arn::parse);
        arn.is_some_and(|arn| arn.account != cx.account)
    };
    let own = others().filter(|(it, _)| !elsewhere(it)).map(|(_, region)| region);
    let foreign = others().filter(|(it, _)| elsewhere(it)).filter_map(|(it, _)| it.replica_arn());
    let broken = others().filter(|(it, _)| !follows(it)).map(|(_, region)| region);
    Replication { broken_regions: Fact::Known(sorted(broken)), ..replicas::gives(sorted(foreign), sorted(own)) }
}

/// It takes what is written elsewhere: it is not still being made, shut off with its region, or without its key.
fn follows(replica: &ReplicaDescription) -> bool {
    matches!(replica.replica_status(), Some(ReplicaStatus::Active | ReplicaStatus::Updating))
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::primitives::DateTime;
    use aws_sdk_dynamodb::types::{ContinuousBackupsStatus, PointInTimeRecoveryDescription, SseType};
    use serde_json::{Value, json};

    use super::*;

    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    fn cx() -> Context {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        Context::new("111122223333", "us-east-1", now, aws_config::SdkConfig::builder().build())
    }

    fn replica(region: &str, status: ReplicaStatus) -> ReplicaDescription {
        ReplicaDescription::builder().region_name(region).replica_status(status).build()
    }

    fn backups(recovery: PointInTimeRecoveryDescription) -> ContinuousBackupsDescription {
        ContinuousBackupsDescription::builder()
            .continuous_backups_status(ContinuousBackupsStatus::Enabled)
            .point_in_time_recovery_description(recovery)
            .build()
            .unwrap()
    }

    #[test]
    fn a_table_knows_its_replicas_and_how_far_back_it_goes() {
        let sse = SseDescription::builder().status(SseStatus::Enabled).sse_type(SseType::Kms).kms_master_key_arn(KEY);
        let abroad = "arn:aws:dynamodb:eu-west-1:444455556666:table/orders";
        let table = TableDescription::builder()
            .table_status(TableStatus::Active)
            .creation_date_time(DateTime::from_secs(1_700_000_000))
            .deletion_protection_enabled(true)
            .sse_description(sse.build())
            .replicas(replica("us-west-2", ReplicaStatus::InaccessibleEncryptionCredentials))
            .replicas(replica("us-east-1", ReplicaStatus::Active))
            .replicas(replica("ca-central-1", ReplicaStatus::Active))
            .replicas(replica("eu-north-1", ReplicaStatus::Deleting))
            .replicas(ReplicaDescription::builder().region_name("eu-west-1").replica_arn(abroad).build())
            .build();
        let recovery = PointInTimeRecoveryDescription::builder()
            .point_in_time_recovery_status(PointInTimeRecoveryStatus::Enabled)
            .recovery_period_in_days(7)
            .latest_restorable_date_time(DateTime::from_secs(1_700_000_300));
        assert_eq!(
            serde_json::to_value(normalize("orders", Some(&table), Some(&backups(recovery.build())), &cx())).unwrap(),
            json!({
                "id": "arn:aws:dynamodb:us-east-1:111122223333:table/orders", "kind": "aws.dynamodb.table",
                "name": "orders", "place": {"account": "111122223333", "region": "us-east-1"},
                "status": {"state": "active", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "backup": {
                    "enabled": true, "retention_days": 7, "point_in_time": true,
                    "replicas_without_point_in_time": null, "latest_recovery_point": "2023-11-14T22:18:20Z",
                },
                "replication": {
                    "role": "primary", "source": null, "replicas": [abroad], "regions": ["ca-central-1", "us-west-2"],
                    "partial_regions": [], "broken_regions": ["eu-west-1", "us-west-2"],
                },
                "encryption": {"enabled": true, "key": KEY},
                "protection": {"deletion_protection": true},
                "links": [{"rel": "encrypted-by", "to": KEY}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn recovery_that_is_off_keeps_nothing_and_one_without_a_number_the_most() {
        let of = |recovery: PointInTimeRecoveryDescription| serde_json::to_value(backup(&backups(recovery))).unwrap();
        let status = |status| PointInTimeRecoveryDescription::builder().point_in_time_recovery_status(status).build();
        let off = json!({"enabled": false, "retention_days": 0, "point_in_time": false,
                         "replicas_without_point_in_time": null, "latest_recovery_point": null});
        assert_eq!(of(status(PointInTimeRecoveryStatus::Disabled)), off);
        let on = json!({"enabled": true, "retention_days": 35, "point_in_time": true,
                        "replicas_without_point_in_time": null, "latest_recovery_point": null});
        assert_eq!(of(status(PointInTimeRecoveryStatus::Enabled)), on);
    }

    #[test]
    fn a_global_table_of_the_first_version_says_where_and_not_whether_it_follows() {
        let of = |regions: &[&str]| -> Value {
            let regions: Vec<String> = regions.iter().map(|region| (*region).to_owned()).collect();
            serde_json::to_value(of_legacy(&regions, &cx())).unwrap()
        };
        assert_eq!(
            of(&["us-east-1", "us-west-2"]),
            json!({"role": "primary", "source": null, "replicas": [], "regions": ["us-west-2"], "partial_regions": []})
        );
        assert_eq!(
            of(&["us-east-1"]),
            json!({"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": []})
        );
    }
}
