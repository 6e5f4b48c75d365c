//! What kind of evidence a fact can be: code declares what will be, and only the running estate shows what is.

/// Facts that no code declares: how something runs, how far behind it is, when it was last backed up or restored. A
/// question about them is for the running estate. Lists add nothing to a path.
pub const SEEN_RUNNING_ONLY: &[&str] = &[
    "backup.latest_recovery_point",
    "certificate.in_use_by",
    "job",
    "joined.age_days",
    // That no copy is beyond its account, no code says.
    "joined.beyond_account",
    "joined.copies.age_minutes",
    "joined.copies.state",
    "joined.copy_queue",
    "joined.counterpart.state",
    "joined.counterpart_key.state",
    "joined.images",
    "joined.keys.counterpart.state",
    "joined.keys.state",
    "joined.lags",
    "joined.newest_restore",
    // What AWS offers somewhere, no code says.
    "joined.offering.missing",
    "joined.offering.offered",
    "joined.point_gap",
    "joined.replicas.healthy",
    "joined.replicas.state",
    "joined.restore_seconds",
    "joined.restore_test_age_days",
    "joined.source.healthy",
    "joined.source.state",
    "joined.untested_days",
    "network.free_addresses",
    "recovery_point",
    "replication.broken_regions",
    "replication.healthy",
    "replication.lag_seconds",
    "replication.status",
    "repository.images",
    "secret.replicas.reason",
    "secret.replicas.status",
    "status",
    "workload.last_update",
    "traffic.balancers",
    "traffic.healthy_targets",
    "traffic.targets",
];

/// Facts that were measured: by a restore, a drill or the replication itself.
pub const MEASURED: &[&str] =
    &["drills", "joined.lags", "joined.restore_seconds", "joined.restore_test_age_days", "replication.lag_seconds"];
