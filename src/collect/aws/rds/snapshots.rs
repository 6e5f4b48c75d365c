//! Snapshots of instances and of clusters, those of the backup service too.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot};
use aws_smithy_types::DateTime;

use super::super::read::{list, moment};
use super::super::{Context, Sink, Trouble, TroubleClass, client};
use super::{CLUSTER_SNAPSHOT, SNAPSHOT, encryption, lower, resource, tags};
use crate::model::{Database, Fact, Kind, Place, RecoveryPoint, Rel, Resource, Shared, Status};
use crate::providers::aws::names::Arn;

const OF_CLUSTERS: &str = "rds:DescribeDBClusterSnapshots";
const BY_BACKUP: &str = "awsbackup";
const TAKEN_AT: &str = "recovery_point.taken_at";

pub(super) async fn collect(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    // Without a type the lists have the automated and the manual ones.
    for which in [None, Some(BY_BACKUP)].map(|which| which.map(str::to_owned)) {
        let call = client.describe_db_snapshots().set_snapshot_type(which.clone()).into_paginator().items();
        for snapshot in out.listed(&[SNAPSHOT], list("rds:DescribeDBSnapshots", call.send()).await)? {
            out.push(of_instance(&snapshot, cx.place()));
        }
        let call = client.describe_db_cluster_snapshots().set_snapshot_type(which).into_paginator().items();
        for snapshot in out.listed(&[CLUSTER_SNAPSHOT], list(OF_CLUSTERS, call.send()).await)? {
            let mut resource = of_cluster(&snapshot, cx.place());
            // The backup service says itself how old its copies are.
            if snapshot.snapshot_type() != Some(BY_BACKUP)
                && let Some(source) = copied_from(&snapshot)
            {
                let original = original(cx, source).await;
                date(&mut resource, original, out);
            }
            out.push(resource);
        }
    }
    Ok(())
}

fn of_instance(snapshot: &DbSnapshot, place: Place) -> Resource {
    let (arn, name) = (snapshot.db_snapshot_arn(), snapshot.db_snapshot_identifier());
    let mut resource = resource(Kind::of(SNAPSHOT), arn, name, place);
    resource.tags = tags(snapshot.tag_list());
    resource.status = Some(status(snapshot.status(), snapshot.snapshot_create_time()));
    let (encrypted, how) = (snapshot.encrypted(), snapshot.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, snapshot.kms_key_id());
    resource.database = Some(engine(snapshot.engine(), snapshot.engine_version()));
    let of = snapshot.db_instance_identifier().map(|name| format!("db:{name}"));
    let from = Origin { snapshot: snapshot.source_db_snapshot_identifier(), region: snapshot.source_region(), of };
    // `SnapshotCreateTime` is that of the copy, where this is one.
    let taken_at = snapshot.snapshot_database_time().or(snapshot.original_snapshot_create_time());
    recovery_point(&mut resource, &from, snapshot.snapshot_type(), taken_at);
    resource
}

fn of_cluster(snapshot: &DbClusterSnapshot, place: Place) -> Resource {
    let (arn, name) = (snapshot.db_cluster_snapshot_arn(), snapshot.db_cluster_snapshot_identifier());
    let mut resource = resource(Kind::of(CLUSTER_SNAPSHOT), arn, name, place);
    resource.tags = tags(snapshot.tag_list());
    resource.status = Some(status(snapshot.status(), snapshot.snapshot_create_time()));
    let (encrypted, how) = (snapshot.storage_encrypted(), snapshot.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, snapshot.kms_key_id());
    resource.database = Some(engine(snapshot.engine(), snapshot.engine_version()));
    let of = snapshot.db_cluster_identifier().map(|name| format!("cluster:{name}"));
    let from = Origin { snapshot: copied_from(snapshot), region: None, of };
    recovery_point(&mut resource, &from, snapshot.snapshot_type(), own_moment(snapshot));
    resource
}

/// When the data of a cluster snapshot is from. It has one moment only, which is that of the copy where it is one.
fn own_moment(snapshot: &DbClusterSnapshot) -> Option<&DateTime> {
    if copied_from(snapshot).is_none() { snapshot.snapshot_create_time() } else { None }
}

fn copied_from(snapshot: &DbClusterSnapshot) -> Option<&str> {
    snapshot.source_db_cluster_snapshot_arn().filter(|arn| !arn.is_empty())
}

/// The snapshot that one is a copy of, where that one is. `None`: it is not there any more.
async fn original(cx: &Context, arn: &str) -> Result<Option<DbClusterSnapshot>, Trouble> {
    let region = Arn::parse(arn).map_or(cx.region.as_str(), |arn| arn.region);
    let there = cx.elsewhere(region);
    let call = client!(there, aws_sdk_rds).describe_db_cluster_snapshots().db_cluster_snapshot_identifier(arn);
    match call.include_shared(true).send().await {
        Ok(answer) => {
            let found = answer.db_cluster_snapshots.unwrap_or_default();
            Ok(found.into_iter().find(|snapshot| snapshot.db_cluster_snapshot_arn() == Some(arn)))
        }
        Err(error) => {
            let trouble = Trouble::new(OF_CLUSTERS, &error);
            if trouble.class == TroubleClass::NotFound { Ok(None) } else { Err(trouble) }
        }
    }
}

/// Takes the age of a copy from its original.
fn date(copy: &mut Resource, original: Result<Option<DbClusterSnapshot>, Trouble>, out: &mut Sink) {
    match original {
        Ok(original) => match original.as_ref().and_then(own_moment) {
            Some(at) => {
                if let Some(point) = &mut copy.recovery_point {
                    point.taken_at = moment(Some(at));
                }
            }
            None => copy.mark_unknown(TAKEN_AT, "it is a copy, and its original is not there any more"),
        },
        Err(trouble) => out.gap(copy, TAKEN_AT, trouble),
    }
}

fn status(state: Option<&str>, created_at: Option<&DateTime>) -> Shared<Status> {
    let state = lower(state);
    Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "available")),
        state: Fact::from_known(state),
        created_at: moment(created_at),
    })
}

fn engine(engine: Option<&str>, version: Option<&str>) -> Shared<Database> {
    Shared::from(Database {
        engine: Fact::from_known(lower(engine)),
        engine_version: Fact::from_known(version.map(str::to_owned)),
        ..Database::default()
    })
}

/// Where a snapshot comes from.
struct Origin<'a> {
    /// The snapshot that it is a copy of: an ARN, if that one is elsewhere.
    snapshot: Option<&'a str>,
    region: Option<&'a str>,
    /// `db:orders`, `cluster:orders`.
    of: Option<String>,
}

fn recovery_point(resource: &mut Resource, from: &Origin<'_>, method: Option<&str>, taken_at: Option<&DateTime>) {
    let method = lower(method);
    let copied = from.snapshot.and_then(Arn::parse);
    let own = Arn::parse(&resource.id);
    let region = from.region.filter(|region| !region.is_empty()).or(copied.map(|arn| arn.region));
    let region = region.or(own.map(|arn| arn.region));
    let source = from.of.as_deref().zip(own).zip(region).map(|((of, own), region)| {
        let account = copied.map_or(own.account, |arn| arn.account);
        format!("arn:{}:{}:{region}:{account}:{of}", own.partition, own.service)
    });
    let point = RecoveryPoint {
        source: Fact::from_known(source.clone()),
        source_region: Fact::from_known(region.map(str::to_owned)),
        taken_at: if taken_at.is_some() { moment(taken_at) } else { Fact::Unknown },
        vault: if method.as_deref() == Some(BY_BACKUP) { Fact::Unknown } else { Fact::Absent },
        deleted_at: Fact::Unknown,
        method: Fact::from_known(method),
        // Snapshots of RDS are not scanned.
        infected: Fact::Absent,
    };
    resource.link(Rel::BackupOf, source);
    resource.recovery_point = Some(Shared::from(point));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COPY: &str = "arn:aws:rds:us-west-2:111122223333:snapshot:orders-copy";
    const CLUSTER_COPY: &str = "arn:aws:rds:us-west-2:111122223333:cluster-snapshot:shop-copy";
    const CLUSTER_ORIGINAL: &str = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:shop";

    fn at(days: i64) -> DateTime {
        DateTime::from_secs(1_700_000_000 + days * 86_400)
    }

    #[test]
    fn a_copy_is_as_old_as_its_data_and_of_the_instance_in_the_region_it_came_from() {
        let snapshot = DbSnapshot::builder()
            .db_snapshot_arn(COPY)
            .db_snapshot_identifier("orders-copy")
            .db_instance_identifier("orders")
            .snapshot_type("manual")
            .status("available")
            .snapshot_create_time(at(9))
            .original_snapshot_create_time(at(1))
            .snapshot_database_time(at(0))
            .source_region("us-east-1")
            .source_db_snapshot_identifier("arn:aws:rds:us-east-1:111122223333:snapshot:orders")
            .encrypted(true)
            .kms_key_id("arn:aws:kms:us-west-2:111122223333:key/k2")
            .engine("postgres")
            .engine_version("16.4")
            .build();
        assert_eq!(
            serde_json::to_value(of_instance(&snapshot, Place::new("111122223333", "us-west-2"))).unwrap(),
            json!({
                "id": COPY,
                "kind": "aws.rds.snapshot",
                "name": "orders-copy",
                "place": {"account": "111122223333", "region": "us-west-2"},
                "tags": {},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-23T22:13:20Z"},
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-west-2:111122223333:key/k2"},
                "database": {"engine": "postgres", "engine_version": "16.4"},
                "recovery_point": {
                    "source": "arn:aws:rds:us-east-1:111122223333:db:orders", "source_region": "us-east-1",
                    "taken_at": "2023-11-14T22:13:20Z", "vault": null, "method": "manual", "infected": null,
                },
                "links": [
                    {"rel": "encrypted-by", "to": "arn:aws:kms:us-west-2:111122223333:key/k2"},
                    {"rel": "backup-of", "to": "arn:aws:rds:us-east-1:111122223333:db:orders"},
                ],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn a_snapshot_that_does_not_say_how_old_its_data_is_is_not_taken_for_fresh() {
        let copied = DbSnapshot::builder().db_snapshot_arn(COPY).snapshot_create_time(at(9)).build();
        let point = of_instance(&copied, Place::new("111122223333", "us-west-2")).recovery_point.unwrap();
        assert_eq!(point.taken_at, Fact::Unknown);
    }

    fn cluster_copy() -> DbClusterSnapshot {
        DbClusterSnapshot::builder()
            .db_cluster_snapshot_arn(CLUSTER_COPY)
            .db_cluster_snapshot_identifier("shop-copy")
            .db_cluster_identifier("shop")
            .snapshot_type("manual")
            .snapshot_create_time(at(9))
            .source_db_cluster_snapshot_arn(CLUSTER_ORIGINAL)
            .build()
    }

    fn point(original: Result<Option<DbClusterSnapshot>, Trouble>) -> serde_json::Value {
        let mut resource = of_cluster(&cluster_copy(), Place::new("111122223333", "us-west-2"));
        let mut sink = Sink::default();
        date(&mut resource, original, &mut sink);
        json!({"point": resource.recovery_point, "unknown": resource.unknown, "gaps": sink.gaps.len()})
    }

    #[test]
    fn the_copy_of_a_cluster_snapshot_is_as_old_as_its_original() {
        let original = DbClusterSnapshot::builder().snapshot_create_time(at(0)).build();
        let known = json!({
            "source": "arn:aws:rds:us-east-1:111122223333:cluster:shop", "source_region": "us-east-1",
            "taken_at": "2023-11-14T22:13:20Z", "vault": null, "method": "manual", "infected": null,
        });
        assert_eq!(point(Ok(Some(original))), json!({"point": known, "unknown": {}, "gaps": 0}));

        let mut open = known;
        open.as_object_mut().unwrap().remove("taken_at");
        let unknown = json!({TAKEN_AT: "it is a copy, and its original is not there any more"});
        assert_eq!(point(Ok(None)), json!({"point": open, "unknown": unknown, "gaps": 0}));

        let denied = Trouble { action: OF_CLUSTERS, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let unknown = json!({TAKEN_AT: "rds:DescribeDBClusterSnapshots denied: AccessDenied"});
        assert_eq!(point(Err(denied)), json!({"point": open, "unknown": unknown, "gaps": 1}));
    }
}
