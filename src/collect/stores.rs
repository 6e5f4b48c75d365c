//! What doors say alike of stores of data.

use crate::model::{Backup, Fact, Resource, Timestamp};

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
