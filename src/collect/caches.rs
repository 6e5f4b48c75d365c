//! What both doors say alike of caches.

use crate::model::{Backup, Fact, Replication};

/// Snapshots are taken once a day, and nothing between two of them can be restored.
pub(crate) fn snapshots(retention: Fact<u32>) -> Backup {
    const DAY: u64 = 24 * 60;
    let enabled = retention.map(|days| days > 0);
    Backup {
        interval_minutes: match enabled {
            Fact::Known(true) => Fact::Known(DAY),
            Fact::Known(false) => Fact::Absent,
            _ => Fact::Unknown,
        },
        enabled,
        retention_days: retention,
        point_in_time: Fact::Known(false),
        versioned: Fact::Absent,
        ..Backup::default()
    }
}

/// It takes part in no global datastore.
pub(crate) fn unreplicated() -> Replication {
    Replication {
        role: "none".into(),
        source: Fact::Absent,
        cross_region: Fact::Absent,
        replicas: Fact::Known(Vec::new()),
        regions: Fact::Absent,
        global: Fact::Absent,
        status: Fact::Absent,
        healthy: Fact::Absent,
        lag_seconds: Fact::Absent,
        ..Replication::default()
    }
}
