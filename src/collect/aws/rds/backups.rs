//! Automated backups that are replicated to another region. There, the list says where they came from; where they are
//! stands only in their ARN.

use aws_sdk_rds::types::{DbInstance, DbInstanceAutomatedBackup};

use super::super::read::{list, moment, number};
use super::super::{Context, Sink, Trouble, TroubleClass, client, connect};
use super::{AUTOMATED_BACKUP, encryption, lower, resource, tags};
use crate::collect::arn::Arn;
use crate::model::{Backup, Database, Fact, Kind, Place, RecoveryPoint, Rel, Resource, Status};

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
            let there = Context {
                account: cx.account.clone(),
                region: region.to_owned(),
                config: connect::in_region(&cx.config, region),
            };
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
    resource.status = Some(Box::new(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| ["active", "replicating"].contains(&state))),
        state: Fact::from_known(state),
        ..Status::default()
    }));
    resource.backup =
        Some(Box::new(Backup { retention_days: number(backup.backup_retention_period()), ..Backup::default() }));
    let (encrypted, how) = (backup.encrypted(), backup.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, backup.kms_key_id());
    resource.database = Some(Box::new(Database {
        engine: Fact::from_known(lower(backup.engine())),
        engine_version: Fact::from_known(backup.engine_version().map(str::to_owned)),
        ..Database::default()
    }));
    resource.link(Rel::BackupOf, backup.db_instance_arn());
    resource.recovery_point = Some(Box::new(RecoveryPoint {
        source: Fact::from_known(backup.db_instance_arn().map(str::to_owned)),
        source_region: from.into(),
        taken_at: moment(backup.restore_window().and_then(|window| window.latest_time())),
        vault: Fact::Absent,
        deleted_at: Fact::Absent,
        method: "automated".into(),
    }));
    Some(resource)
}

/// A backup of which only the source tells.
fn named(arn: &str, of: &DbInstance, place: Place) -> Resource {
    let mut resource = resource(Kind::of(AUTOMATED_BACKUP), Some(arn), of.db_instance_identifier(), place);
    resource.link(Rel::BackupOf, of.db_instance_arn());
    let source_region = of.db_instance_arn().and_then(Arn::parse).map(|arn| arn.region.to_owned());
    resource.recovery_point = Some(Box::new(RecoveryPoint {
        source: Fact::from_known(of.db_instance_arn().map(str::to_owned)),
        source_region: Fact::from_known(source_region),
        method: "automated".into(),
        ..RecoveryPoint::default()
    }));
    resource
}
