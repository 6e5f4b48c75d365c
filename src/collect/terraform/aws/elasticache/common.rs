//! What the caches have in common.

use crate::collect::caches::snapshots;
use crate::collect::terraform::attrs::Attrs;
use crate::model::{Backup, Fact};

pub(super) const GROUPS: &[&str] = &["aws_elasticache_replication_group"];

pub(super) const GLOBALS: &[&str] = &["aws_elasticache_global_replication_group"];

pub(super) fn backup(attrs: &Attrs<'_>) -> Backup {
    snapshots(attrs.number_or("snapshot_retention_limit", 0))
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

/// Nodes of all shards.
pub(super) fn instances(attrs: &Attrs<'_>) -> Fact<u32> {
    for name in ["num_cache_clusters", "number_cache_clusters"] {
        if let Fact::Known(number) = attrs.number(name) {
            return Fact::Known(number);
        }
    }
    let shards = |attrs: &Attrs<'_>, default: Option<u32>| {
        let number = |name: &str| attrs.number(name).into_known().or(default.filter(|_| !attrs.is_set(name)));
        let replicas = attrs.number("replicas_per_node_group").into_known()?;
        number("num_node_groups")?.checked_mul(replicas.checked_add(1)?)
    };
    let mode = attrs.block("cluster_mode").into_known();
    Fact::from_known(shards(attrs, Some(1)).or_else(|| shards(&mode?, None)))
}

pub(super) fn asks_for_replicas(attrs: &Attrs<'_>) -> bool {
    let of = |attrs: &Attrs<'_>| attrs.is_set("replicas_per_node_group");
    of(attrs) || attrs.block("cluster_mode").known().is_some_and(of)
}

/// Nodes that each shard has beside its primary.
pub(super) fn replicas(attrs: &Attrs<'_>) -> Option<u32> {
    let of = |attrs: &Attrs<'_>| attrs.number("replicas_per_node_group").into_known();
    let of_block = || of(&attrs.block("cluster_mode").into_known()?);
    // A single node has none, in however few shards.
    let of_single = || instances(attrs).known().filter(|nodes| **nodes == 1).map(|_| 0);
    of(attrs).or_else(of_block).or_else(of_single)
}
