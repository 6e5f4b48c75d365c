//! Automated backups that are replicated to another region. There, the list says where they came from; where they are
//! stands only in their ARN.

use aws_sdk_rds::types::{DbInstance, DbInstanceAutomatedBackup};

use super::super::read::{list, moment, number};
use super::super::{Context, Sink, Trouble, TroubleClass, client};
use super::{AUTOMATED_BACKUP, encryption, lower, resource, tags};
use crate::model::{Backup, Database, Fact, Kind, Place, RecoveryPoint, Rel, Resource, Shared, Status};
use crate::providers::aws::names::Arn;

const ACTION: &str = "rds:DescribeDBInstanceAutomatedBackups";

/// Reads those that are kept in this region, and looks up by ARN those that instances of this region name: the list of
/// the other region does not always have them, and it may be one that is not collected.
pub(super) async fn collect(
    cx: &Context,
    client: &aws_sdk_rds::Client,
    instances: &[DbInstance],
    out: &mut Sink,
) -> Result<(), Trouble> {
    let pages = client.describe_db_instance_automated_backups().into_paginator().items().send();
    for backup in out.listed(&[AUTOMATED_BACKUP], list(ACTION, pages).await)? {
        out.resources.extend(normalize(&backup, &cx.account));
    }
    for instance in instances {
        let copies = instance.db_instance_automated_backups_replications().iter();
        for arn in copies.filter_map(|copy| copy.db_instance_automated_backups_arn()) {
            let Some(region) = Arn::parse(arn).map(|arn| arn.region) else { continue };
            let there = cx.elsewhere(region);
            let call = client!(there, aws_sdk_rds).describe_db_instance_automated_backups();
            let call = call.db_instance_automated_backups_arn(arn).into_paginator().items().send();
            let found = list(ACTION, call).await;
            out.resources.extend(found.items.iter().filter_map(|backup| normalize(backup, &cx.account)));
            // What is not found is not there any more; what could not be asked for is there as far as we know.
            if let Some(trouble) = found.trouble.filter(|trouble| trouble.class != TroubleClass::NotFound) {
                let mut backup = named(arn, instance, Place::new(&cx.account, region));
                out.gap(&mut backup, "recovery_point.taken_at", trouble);
                out.push(backup);
            }
        }
    }
    Ok(())
}

/// `None` for the backups of an instance of this region: the instance tells of them itself.
fn normalize(backup: &DbInstanceAutomatedBackup, account: &str) -> Option<Resource> {
    let arn = backup.db_instance_automated_backups_arn()?;
    let region = Arn::parse(arn)?.region;
    let from = backup.region().or_else(|| Some(Arn::parse(backup.db_instance_arn()?)?.region))?;
    if from == region {
        return None;
    }
    let kind = Kind::of(AUTOMATED_BACKUP);
    let mut resource = resource(kind, Some(arn), backup.db_instance_identifier(), Place::new(account, region));
    resource.tags = tags(backup.tag_list());
    let state = lower(backup.status());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| ["active", "replicating"].contains(&state))),
        state: Fact::from_known(state),
        ..Status::default()
    }));
    resource.backup =
        Some(Shared::from(Backup { retention_days: number(backup.backup_retention_period()), ..Backup::default() }));
    let (encrypted, how) = (backup.encrypted(), backup.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, backup.kms_key_id());
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(lower(backup.engine())),
        engine_version: Fact::from_known(backup.engine_version().map(str::to_owned)),
        ..Database::default()
    }));
    resource.link(Rel::BackupOf, backup.db_instance_arn());
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: Fact::from_known(backup.db_instance_arn().map(str::to_owned)),
        source_region: from.into(),
        taken_at: moment(backup.restore_window().and_then(|window| window.latest_time())),
        vault: Fact::Absent,
        deleted_at: Fact::Absent,
        method: "automated".into(),
        // Backups of RDS are not scanned.
        infected: Fact::Absent,
    }));
    Some(resource)
}

/// A backup of which only the source tells.
fn named(arn: &str, of: &DbInstance, place: Place) -> Resource {
    let mut resource = resource(Kind::of(AUTOMATED_BACKUP), Some(arn), of.db_instance_identifier(), place);
    resource.link(Rel::BackupOf, of.db_instance_arn());
    let source_region = of.db_instance_arn().and_then(Arn::parse).map(|arn| arn.region.to_owned());
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: Fact::from_known(of.db_instance_arn().map(str::to_owned)),
        source_region: Fact::from_known(source_region),
        method: "automated".into(),
        // Backups of RDS are not scanned.
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::RestoreWindow;
    use aws_smithy_types::DateTime;
    use serde_json::json;

    use super::*;

    const SOURCE: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";
    const COPY: &str = "arn:aws:rds:us-west-2:111122223333:auto-backup:ab-x";

    #[test]
    fn a_replicated_backup_is_where_its_arn_says_and_comes_from_its_region() {
        let backup = DbInstanceAutomatedBackup::builder()
            .db_instance_automated_backups_arn(COPY)
            .db_instance_arn(SOURCE)
            .db_instance_identifier("orders")
            .region("us-east-1")
            .status("replicating")
            .backup_retention_period(14)
            .encrypted(true)
            .kms_key_id("arn:aws:kms:us-west-2:111122223333:key/k2")
            .engine("postgres")
            .engine_version("16.4")
            .restore_window(RestoreWindow::builder().latest_time(DateTime::from_secs(1_700_000_000)).build())
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&backup, "111122223333").unwrap()).unwrap(),
            json!({
                "id": COPY,
                "kind": "aws.rds.automated-backup",
                "name": "orders",
                "place": {"account": "111122223333", "region": "us-west-2"},
                "tags": {},
                "status": {"state": "replicating", "healthy": true},
                "backup": {"retention_days": 14},
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-west-2:111122223333:key/k2"},
                "database": {"engine": "postgres", "engine_version": "16.4"},
                "recovery_point": {
                    "source": SOURCE, "source_region": "us-east-1", "taken_at": "2023-11-14T22:13:20Z",
                    "vault": null, "deleted_at": null, "method": "automated", "infected": null,
                },
                "links": [
                    {"rel": "encrypted-by", "to": "arn:aws:kms:us-west-2:111122223333:key/k2"},
                    {"rel": "backup-of", "to": SOURCE},
                ],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn the_backups_of_an_instance_of_the_same_region_are_no_copy() {
        let local = DbInstanceAutomatedBackup::builder()
            .db_instance_automated_backups_arn("arn:aws:rds:us-east-1:111122223333:auto-backup:ab-x")
            .db_instance_arn(SOURCE)
            .region("us-east-1")
            .build();
        assert_eq!(normalize(&local, "111122223333"), None);
    }

    #[test]
    fn a_backup_that_may_not_be_looked_at_is_there_all_the_same() {
        let instance = DbInstance::builder().db_instance_arn(SOURCE).db_instance_identifier("orders").build();
        assert_eq!(
            serde_json::to_value(named(COPY, &instance, Place::new("111122223333", "us-west-2"))).unwrap(),
            json!({
                "id": COPY,
                "kind": "aws.rds.automated-backup",
                "name": "orders",
                "place": {"account": "111122223333", "region": "us-west-2"},
                "recovery_point": {
                    "source": SOURCE, "source_region": "us-east-1", "method": "automated", "infected": null,
                },
                "links": [{"rel": "backup-of", "to": SOURCE}],
                "origin": {"source": ""},
            })
        );
    }
}
