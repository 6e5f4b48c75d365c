//! What the caches have in common.

use super::super::attrs::Attrs;
use crate::collect::terraform::elasticache::asks_for_replicas;
use crate::collect::terraform::elasticache::replicas;
use crate::model::Backup;
use crate::model::Fact;
use crate::model::Replication;

pub(super) const GROUPS: &[&str] = &["aws_elasticache_replication_group"];

pub(super) const GLOBALS: &[&str] = &["aws_elasticache_global_replication_group"];

pub(super) fn backup(attrs: &Attrs<'_>) -> Box<Backup> {
    const DAY: u64 = 24 * 60;
    let retention = attrs.number_or("snapshot_retention_limit", 0);
    let enabled = retention.as_ref().map(|days| *days > 0);
    Box::new(Backup {
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
    })
}

/// It takes part in no global datastore.
pub(super) fn unreplicated() -> Replication {
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

/// Where failover is on, it takes a second node in each shard to fail over to.
pub(super) fn failover(attrs: &Attrs<'_>, is_on: Fact<bool>) -> Fact<bool> {
    match (is_on, replicas(attrs)) {
        (Fact::Known(true), Some(0)) => Fact::Known(false),
        // The code asks for a number that is not known yet, and it may be none.
        (Fact::Known(true), None) if asks_for_replicas(attrs) => Fact::Unknown,
        (is_on, _) => is_on,
    }
}
