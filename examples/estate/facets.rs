//! Facets of the synthetic estate.

use seaworthy::model::*;

/// The facets that all data has. No key: it is not encrypted.
pub(super) fn data(resource: &mut Resource, engine: &str, version: &str, key: &str, retention_days: u32) {
    resource.backup = Some(Shared::from(Backup {
        enabled: (retention_days > 0).into(),
        retention_days: retention_days.into(),
        point_in_time: (retention_days > 0).into(),
        ..Backup::default()
    }));
    let key = if key.is_empty() { Fact::Absent } else { Fact::from(key) };
    resource.encryption = Some(Shared::from(Encryption { enabled: key.is_known().into(), key }));
    resource.protection = Some(Shared::from(Protection { deletion_protection: true.into(), ..Protection::default() }));
    resource.capacity =
        Some(Shared::from(Capacity { types: vec!["db.r6g.large".to_owned()].into(), ..Capacity::default() }));
    resource.database = Some(Shared::from(Database {
        parameters: Fact::Absent,
        options: Fact::Absent,
        engine: engine.into(),
        engine_version: version.into(),
        cluster: Fact::Absent,
        topology: if engine.starts_with("aurora") { "aurora".into() } else { Fact::Absent },
        mode: "provisioned".into(),
        subnet_group: "data".into(),
        parameter_group: format!("{engine}-tuned").into(),
        option_group: Fact::Absent,
        endpoints: vec![format!("{}.example.internal", resource.name)].into(),
        managed_secret: false.into(),
        durability: Fact::Absent,
    }));
}

pub(super) fn redundancy(region: &str, instances: usize, multi_zone: bool) -> Shared<Redundancy> {
    let zones = ["a", "b", "c"].iter().take(instances).map(|zone| format!("{region}{zone}"));
    Shared::from(Redundancy {
        zones: Fact::Known(zones.collect()),
        instances: u32::try_from(instances).unwrap_or_default().into(),
        multi_zone: multi_zone.into(),
        automatic_failover: multi_zone.into(),
        ..Redundancy::default()
    })
}

pub(super) fn replication(
    role: &str,
    source: Fact<String>,
    replicas: Vec<String>,
    global: Fact<String>,
) -> Shared<Replication> {
    Shared::from(Replication {
        role: role.into(),
        cross_region: (source.is_known() || !replicas.is_empty() || global.is_known()).into(),
        source,
        replicas: replicas.into(),
        regions: vec![].into(),
        partial_regions: vec![].into(),
        broken_regions: Fact::Unknown,
        global,
        status: if role == "replica" { "replicating".into() } else { Fact::Absent },
        healthy: if role == "replica" { true.into() } else { Fact::Absent },
        lag_seconds: Fact::Unknown,
    })
}
