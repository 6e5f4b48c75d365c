//! What doors say alike of stores of data.

use std::collections::BTreeSet;

use super::caches::unreplicated;
use crate::model::{
    Backup, BackupCopy, Capacity, Database, Encryption, Fact, Protection, Redundancy, Replication, Resource, Shared,
    Timestamp,
};
use crate::providers::aws::names::region_of;

/// Automatic backups of a file system. How long they are kept stands in the plan that takes them.
pub(crate) fn file_system_backup(enabled: Fact<bool>) -> Backup {
    Backup { enabled, retention_days: Fact::Absent, point_in_time: Fact::Known(false), ..Backup::default() }
}

/// Why it is not known whether a volume is backed up: a script may do that, too.
pub(crate) const TAKEN_BY_SOMETHING: &str = "there are snapshots of it, and what takes them is told by plans only";

/// EBS takes no snapshots by itself. Whatever took the newest one that is there may go on with it.
pub(crate) fn volume_backup(newest: Fact<Timestamp>) -> Backup {
    Backup {
        enabled: if newest.is_absent() { Fact::Known(false) } else { Fact::Unknown },
        retention_days: Fact::Absent,
        point_in_time: Fact::Known(false),
        latest_recovery_point: newest,
        ..Backup::default()
    }
}

/// Whether a file system of FSx stands in several zones: `MULTI_AZ_1`, `SINGLE_AZ_HA_2`, `PERSISTENT_2`.
pub(crate) fn spans_zones(deployment: &str) -> bool {
    deployment.starts_with("MULTI_AZ")
}

/// Backups that FSx takes once a day.
pub(crate) fn managed_file_system_backup(retention: Fact<u32>) -> Backup {
    const DAY: u64 = 24 * 60;
    let enabled = retention.map(|days| days > 0);
    let interval_minutes = match enabled {
        Fact::Known(true) => Fact::Known(DAY),
        Fact::Known(false) => Fact::Absent,
        _ => Fact::Unknown,
    };
    Backup {
        enabled,
        retention_days: retention,
        point_in_time: Fact::Known(false),
        interval_minutes,
        ..Backup::default()
    }
}

/// Why it is not known where a file system of ONTAP is copied to.
pub(crate) const SNAPMIRROR: &str =
    "what SnapMirror copies is told by ONTAP itself only, and backups are those of its volumes";

/// Why it is not known whether a file system of ONTAP is backed up.
pub(crate) const OF_VOLUMES: &str = "plans back up its volumes, which are not read";

/// ONTAP replicates by itself, and the backup service knows its volumes only.
pub(crate) fn of_ontap(resource: &mut Resource) {
    let backup = resource.backup.get_or_insert_default();
    if backup.enabled == Fact::Known(false) {
        backup.enabled = Fact::Unknown;
        resource.mark_unknown("backup.enabled", OF_VOLUMES);
    }
    let facts = resource.replication.get_or_insert_default();
    (facts.role, facts.regions, facts.replicas) = (Fact::Unknown, Fact::Unknown, Fact::Unknown);
    for path in ["replication.regions", "replication.replicas", "replication.role"] {
        resource.mark_unknown(path, SNAPMIRROR);
    }
}

/// Snapshots that a warehouse takes every few hours, or as a schedule says that is not read.
pub(crate) fn warehouse_backup(retention: Fact<u32>, copied_to: Fact<Vec<BackupCopy>>) -> Backup {
    Backup {
        enabled: retention.as_ref().map(|days| *days > 0),
        retention_days: retention,
        point_in_time: Fact::Known(false),
        versioned: Fact::Absent,
        copied_to,
        ..Backup::default()
    }
}

/// A serverless warehouse, in what all of them have alike: nobody chooses its zones, its capacity or a switch that protects
/// it, and it is encrypted in any case. It has a recovery point of each half hour for a day, which nobody can change.
pub(crate) fn serverless_warehouse(
    resource: &mut Resource,
    copied_to: Fact<Vec<BackupCopy>>,
    key: Fact<String>,
    managed_secret: Fact<bool>,
) {
    resource.backup = Some(Shared::from(Backup {
        enabled: Fact::Known(true),
        retention_days: Fact::Absent,
        point_in_time: Fact::Known(false),
        interval_minutes: Fact::Known(30),
        versioned: Fact::Absent,
        copied_to,
        ..Backup::default()
    }));
    resource.replication = Some(Shared::from(unreplicated()));
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.redundancy = Some(Shared::from(Redundancy { multi_zone: Fact::Known(true), ..Redundancy::default() }));
    resource.protection = Some(Shared::from(Protection { deletion_protection: Fact::Absent, ..Protection::default() }));
    resource.capacity = Some(Shared::from(Capacity { types: Fact::Absent, ..Capacity::default() }));
    resource.database = Some(Shared::from(Database {
        engine: "redshift".into(),
        engine_version: Fact::Absent,
        subnet_group: Fact::Absent,
        parameter_group: Fact::Absent,
        endpoints: Fact::Known(Vec::new()),
        managed_secret,
        ..warehouse("serverless")
    }));
}

/// A warehouse, in what all of them have alike. `mode`: `provisioned` or `serverless`.
pub(crate) fn warehouse(mode: &str) -> Database {
    Database {
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: mode.into(),
        option_group: Fact::Absent,
        durability: Fact::Absent,
        ..Database::default()
    }
}

/// A database that the service runs in several zones or regions, without anything to choose. It takes no backups by itself:
/// plans do.
pub(crate) fn distributed_sql(
    resource: &mut Resource,
    replication: Replication,
    key: Fact<String>,
    deletion_protection: Fact<bool>,
    endpoints: Fact<Vec<String>>,
) {
    resource.backup = Some(Shared::from(Backup {
        enabled: Fact::Known(false),
        retention_days: Fact::Absent,
        point_in_time: Fact::Known(false),
        versioned: Fact::Absent,
        copied_to: Fact::Absent,
        ..Backup::default()
    }));
    resource.replication = Some(Shared::from(replication));
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(true),
        automatic_failover: Fact::Known(true),
        ..Redundancy::default()
    }));
    resource.protection = Some(Shared::from(Protection { deletion_protection, ..Protection::default() }));
    resource.database = Some(Shared::from(Database {
        engine: "aurora-dsql".into(),
        engine_version: Fact::Absent,
        subnet_group: Fact::Absent,
        parameter_group: Fact::Absent,
        managed_secret: Fact::Known(false),
        endpoints,
        ..warehouse("serverless")
    }));
}

/// A key of AWS itself is no key of KMS that anybody could copy, share or delete.
pub(crate) fn key_of_customer(key: Option<&str>) -> Fact<String> {
    Fact::from_read(key.filter(|key| *key != "AWS_OWNED_KMS_KEY").map(str::to_owned))
}

/// A member of a group in which each takes writes, and has what the others take. `all`: ids (ARNs), its own may be among them.
pub(crate) fn peers(own: &str, all: Vec<String>, healthy: Fact<bool>) -> Replication {
    let others: BTreeSet<String> = all.into_iter().filter(|id| id != own).collect();
    let regions: BTreeSet<&str> = others.iter().filter_map(|id| region_of(id)).collect();
    Replication {
        role: if others.is_empty() { "none" } else { "primary" }.into(),
        source: Fact::Absent,
        healthy: if others.is_empty() { Fact::Absent } else { healthy },
        regions: Fact::Known(regions.into_iter().map(str::to_owned).collect()),
        replicas: Fact::Known(others.into_iter().collect()),
        partial_regions: Fact::Known(Vec::new()),
        global: Fact::Absent,
        ..Replication::default()
    }
}
