//! Clusters: Aurora, Multi-AZ, DocumentDB and Neptune. Their zones and types are those of their members, because the
//! zones that the API gives are those of the storage.

use std::collections::BTreeMap;

use aws_sdk_rds::types::{DbCluster, DbInstance, GlobalCluster, GlobalClusterMember};

use super::super::read::{moment, number, sorted};
use super::{beside, encryption, healthy, kind_of, lower, managed_secret, network, of_replica, resource, tags};
use crate::model::{
    Backup, Capacity, Database, Fact, Place, Protection, Redundancy, Rel, Replication, Resource, Shared, Status,
};
use crate::providers::aws::names::Arn;

/// A list of the same region, with the reason if there may be more than it has.
pub(super) struct Listed<T> {
    pub items: T,
    pub gap: Option<String>,
}

/// What a cluster takes from an instance of it.
pub(super) struct Member<'a> {
    zone: Option<&'a str>,
    class: Option<&'a str>,
}

pub(super) fn member(instance: &DbInstance) -> Option<(&str, Member<'_>)> {
    let member = Member { zone: instance.availability_zone(), class: instance.db_instance_class() };
    Some((instance.db_instance_identifier()?, member))
}

pub(super) fn normalize(
    cluster: &DbCluster,
    members: &Listed<BTreeMap<&str, Member<'_>>>,
    globals: &Listed<Vec<GlobalCluster>>,
    place: Place,
) -> Resource {
    let engine = lower(cluster.engine());
    let kind = kind_of(engine.as_deref(), "cluster");
    let mut resource = resource(kind, cluster.db_cluster_arn(), cluster.db_cluster_identifier(), place);
    resource.tags = tags(cluster.tag_list());
    let state = lower(cluster.status());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(healthy)),
        state: Fact::from_known(state),
        created_at: moment(cluster.cluster_create_time()),
    }));
    let retention = number(cluster.backup_retention_period());
    let enabled = retention.map(|days| days > 0);
    resource.backup = Some(Shared::from(Backup {
        enabled,
        retention_days: retention,
        point_in_time: enabled,
        latest_recovery_point: moment(cluster.latest_restorable_time()),
        ..Backup::default()
    }));
    resource.replication = Some(Shared::from(replication(cluster, globals, &mut resource)));
    let (encrypted, how) = (cluster.storage_encrypted(), cluster.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, cluster.kms_key_id());
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::from_known(cluster.deletion_protection()),
        ..Protection::default()
    }));
    standing(cluster, members, &mut resource);
    let group = cluster.db_subnet_group();
    resource.link(Rel::InSubnetGroup, group.map(|name| beside(&resource, "subgrp", name)));
    resource.network = network(&mut resource, None, cluster.vpc_security_groups(), cluster.port());
    // Everything but the plain engines of RDS has storage that all instances share.
    let shared = engine.as_deref().map(|engine| {
        let shared = ["aurora", "docdb", "neptune"].iter().any(|family| engine.starts_with(family));
        if shared { "aurora" } else { "multi-az" }.to_owned()
    });
    let endpoints = cluster.endpoint().into_iter().chain(cluster.reader_endpoint());
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(engine),
        engine_version: Fact::from_known(cluster.engine_version().map(str::to_owned)),
        cluster: Fact::Absent,
        topology: Fact::from_known(shared),
        mode: Fact::from_read(lower(cluster.engine_mode())),
        subnet_group: Fact::from_read(group.map(str::to_owned)),
        parameter_group: Fact::from_known(cluster.db_cluster_parameter_group().map(str::to_owned)),
        // What the answer names is one of the provider's, which nobody can change.
        option_group: Fact::Absent,
        endpoints: Fact::Known(endpoints.map(str::to_owned).collect()),
        managed_secret: Fact::Known(cluster.master_user_secret().is_some()),
        ..Database::default()
    }));
    managed_secret(&mut resource, cluster.master_user_secret());
    resource
}

/// Fills what it takes from its members: how many there are, in which zones, of which types.
fn standing(cluster: &DbCluster, members: &Listed<BTreeMap<&str, Member<'_>>>, resource: &mut Resource) {
    let names: Vec<&str> =
        cluster.db_cluster_members().iter().filter_map(|member| member.db_instance_identifier()).collect();
    let found: Vec<&Member<'_>> = names.iter().filter_map(|name| members.items.get(name)).collect();
    let mut zones = Fact::Known(sorted(found.iter().filter_map(|member| member.zone)));
    let mut types =
        Fact::Known(sorted(found.iter().filter_map(|member| member.class).chain(cluster.db_cluster_instance_class())));
    if found.len() < names.len() || found.iter().any(|member| member.zone.is_none()) {
        let reason = members.gap.as_deref().unwrap_or("an instance of it was not listed");
        for (path, fact) in [("redundancy.zones", &mut zones), ("capacity.types", &mut types)] {
            resource.mark_unknown(path, reason);
            if fact.known().is_some_and(Vec::is_empty) {
                *fact = Fact::Unknown;
            }
        }
    }
    resource.redundancy = Some(Shared::from(Redundancy {
        zones,
        instances: number(Some(names.len())),
        multi_zone: Fact::from_known(cluster.multi_az()),
        automatic_failover: Fact::Known(names.len() > 1),
        ..Redundancy::default()
    }));
    resource.capacity = Some(Shared::from(Capacity { types, ..Capacity::default() }));
}

fn replication(cluster: &DbCluster, globals: &Listed<Vec<GlobalCluster>>, resource: &mut Resource) -> Replication {
    let own = cluster.db_cluster_arn();
    let is_own = |member: &&GlobalClusterMember| member.db_cluster_arn().is_some() && member.db_cluster_arn() == own;
    let found = globals.items.iter().find_map(|global| {
        let member = global.global_cluster_members().iter().find(is_own)?;
        Some((global, member))
    });
    let mut replicas = sorted(cluster.read_replica_identifiers().iter().map(|name| beside(resource, "db", name)));
    let mut source = cluster.replication_source_identifier().map(|name| beside(resource, "cluster", name));
    let mut role = match &source {
        Some(_) => Fact::from("replica"),
        None if replicas.is_empty() => "none".into(),
        None => "primary".into(),
    };
    let mut global_id = Fact::Absent;
    let mut status = None;
    if let Some((global, member)) = found {
        let others = global.global_cluster_members().iter().filter(|member| !is_own(member));
        let writer = others.clone().find(|other| other.is_writer() == Some(true));
        match (member.is_writer(), writer) {
            (Some(true), _) => {
                role = "primary".into();
                replicas =
                    sorted(replicas.iter().map(String::as_str).chain(others.filter_map(|it| it.db_cluster_arn())));
            }
            (_, Some(writer)) => {
                role = "replica".into();
                source = source.or_else(|| writer.db_cluster_arn().map(str::to_owned));
            }
            _ => {
                role = Fact::Unknown;
                resource.mark_unknown("replication.role", "no member of the global cluster takes writes");
            }
        }
        global_id = Fact::from_known(global.global_cluster_arn().map(str::to_owned));
        status = lower(member.synchronization_status().map(|status| status.as_str()));
        resource.link(Rel::MemberOf, global.global_cluster_arn());
    } else if let Some(gap) = globals.gap.as_deref().or(named_only(cluster)) {
        role = Fact::Unknown;
        global_id = Fact::Unknown;
        resource.mark_unknown("replication.role", gap);
        resource.mark_unknown("replication.global", gap);
    }
    resource.link(Rel::ReplicaOf, source.clone());
    let is_replica = role != Fact::from("primary") && role != Fact::from("none");
    let cross_region = source
        .as_deref()
        .map(|source| Fact::from_known(Arn::parse(source).map(|source| Some(source.region) != resource.region())));
    Replication {
        cross_region: cross_region.unwrap_or(if is_replica { Fact::Unknown } else { Fact::Absent }),
        replicas: Fact::Known(replicas),
        global: global_id,
        healthy: of_replica(is_replica, status.as_deref().map(|status| status == "connected")),
        status: of_replica(is_replica, status),
        lag_seconds: of_replica(is_replica, None),
        source: of_replica(is_replica, source),
        role,
        ..Replication::default()
    }
}

/// The cluster says that it is in a global cluster which the list does not have.
fn named_only(cluster: &DbCluster) -> Option<&'static str> {
    let named = cluster.global_cluster_identifier().is_some_and(|name| !name.is_empty());
    named.then_some("its global cluster was not listed")
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::{DbClusterMember, GlobalClusterMemberSynchronizationStatus as Sync};
    use serde_json::{Value, json};

    use super::*;

    const HERE: &str = "arn:aws:rds:us-east-1:111122223333:cluster:shop";
    const FAR: &str = "arn:aws:rds:us-west-2:111122223333:cluster:shop-far";
    const GLOBAL: &str = "arn:aws:rds::111122223333:global-cluster:shop";

    fn cluster(arn: &str, members: &[&str]) -> DbCluster {
        let members = members.iter().map(|name| DbClusterMember::builder().db_instance_identifier(*name).build());
        DbCluster::builder()
            .db_cluster_identifier("shop")
            .db_cluster_arn(arn)
            .engine("aurora-postgresql")
            .engine_mode("provisioned")
            .engine_version("16.4")
            .status("available")
            .availability_zones("us-east-1a")
            .availability_zones("us-east-1b")
            .availability_zones("us-east-1c")
            .multi_az(members.len() > 1)
            .backup_retention_period(1)
            .storage_encrypted(true)
            .kms_key_id("k1")
            .deletion_protection(false)
            .db_subnet_group("private")
            .db_cluster_parameter_group("shop-tuned")
            .endpoint("shop.cluster-x")
            .reader_endpoint("shop.cluster-ro-x")
            .set_db_cluster_members(Some(members.collect()))
            .build()
    }

    fn global(writer: Option<&str>) -> GlobalCluster {
        let member = |arn: &str| {
            GlobalClusterMember::builder()
                .db_cluster_arn(arn)
                .is_writer(writer == Some(arn))
                .synchronization_status(Sync::Connected)
                .build()
        };
        GlobalCluster::builder()
            .global_cluster_arn(GLOBAL)
            .global_cluster_members(member(HERE))
            .global_cluster_members(member(FAR))
            .build()
    }

    fn all<T>(items: T) -> Listed<T> {
        Listed { items, gap: None }
    }

    fn lost<T>(items: T) -> Listed<T> {
        Listed { items, gap: Some("the list was denied".to_owned()) }
    }

    fn two() -> BTreeMap<&'static str, Member<'static>> {
        let member = |zone| Member { zone: Some(zone), class: Some("db.r6g.large") };
        [("shop-1", member("us-east-1b")), ("shop-2", member("us-east-1b"))].into()
    }

    fn value(
        cluster: &DbCluster,
        members: &Listed<BTreeMap<&str, Member<'_>>>,
        globals: &Listed<Vec<GlobalCluster>>,
    ) -> Value {
        let region = Arn::parse(cluster.db_cluster_arn().unwrap()).unwrap().region;
        serde_json::to_value(normalize(cluster, members, globals, Place::new("111122223333", region))).unwrap()
    }

    #[test]
    fn the_zones_of_a_cluster_are_those_of_its_instances_not_of_its_storage() {
        assert_eq!(
            value(&cluster(HERE, &["shop-1", "shop-2"]), &all(two()), &all(vec![])),
            json!({
                "id": HERE,
                "kind": "aws.rds.cluster",
                "name": "shop",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "tags": {},
                "status": {"state": "available", "healthy": true, "created_at": null},
                "backup": {"enabled": true, "retention_days": 1, "point_in_time": true, "latest_recovery_point": null},
                "replication": {
                    "role": "none", "source": null, "cross_region": null, "replicas": [], "global": null,
                    "status": null, "healthy": null, "lag_seconds": null,
                },
                "redundancy": {
                    "zones": ["us-east-1b"], "instances": 2, "multi_zone": true, "automatic_failover": true,
                },
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/k1"},
                "protection": {"deletion_protection": false},
                "capacity": {"types": ["db.r6g.large"]},
                "database": {
                    "engine": "aurora-postgresql", "engine_version": "16.4", "cluster": null, "topology": "aurora",
                    "mode": "provisioned", "subnet_group": "private", "parameter_group": "shop-tuned",
                    "option_group": null,
                    "endpoints": ["shop.cluster-x", "shop.cluster-ro-x"], "managed_secret": false,
                },
                "network": {"security_groups": []},
                "links": [
                    {"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/k1"},
                    {"rel": "in-subnet-group", "to": "arn:aws:rds:us-east-1:111122223333:subgrp:private"},
                ],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn instances_that_were_not_listed_leave_the_zones_open() {
        let known = value(&cluster(HERE, &["shop-1", "shop-3"]), &lost(two()), &all(vec![]));
        assert_eq!(
            (&known["redundancy"]["zones"], &known["capacity"], &known["unknown"]),
            (
                &json!(["us-east-1b"]),
                &json!({"types": ["db.r6g.large"]}),
                &json!({"redundancy.zones": "the list was denied", "capacity.types": "the list was denied"}),
            )
        );
        let none = value(&cluster(HERE, &["shop-3"]), &lost(BTreeMap::new()), &all(vec![]));
        assert_eq!(
            (&none["redundancy"], &none["capacity"]),
            (&json!({"instances": 1, "multi_zone": false, "automatic_failover": false}), &json!({}))
        );
    }

    #[test]
    fn a_global_cluster_tells_who_writes_and_who_follows() {
        let globals = all(vec![global(Some(HERE))]);
        let none = all(BTreeMap::new());
        assert_eq!(
            value(&cluster(HERE, &[]), &none, &globals)["replication"],
            json!({
                "role": "primary", "source": null, "cross_region": null, "replicas": [FAR], "global": GLOBAL,
                "status": "connected", "healthy": true, "lag_seconds": null,
            })
        );
        let far = value(&cluster(FAR, &[]), &none, &globals);
        assert_eq!(
            (&far["replication"], &far["redundancy"]),
            (
                &json!({
                    "role": "replica", "source": HERE, "cross_region": true, "replicas": [], "global": GLOBAL,
                    "status": "connected", "healthy": true,
                }),
                &json!({"zones": [], "instances": 0, "multi_zone": false, "automatic_failover": false}),
            )
        );
    }

    #[test]
    fn who_writes_is_not_guessed() {
        let none = all(BTreeMap::new());
        let leaderless = value(&cluster(FAR, &[]), &none, &all(vec![global(None)]));
        assert_eq!(
            (&leaderless["replication"], &leaderless["unknown"]),
            (
                &json!({"replicas": [], "global": GLOBAL, "status": "connected", "healthy": true}),
                &json!({"replication.role": "no member of the global cluster takes writes"}),
            )
        );
        let unlisted = value(&cluster(FAR, &[]), &none, &lost(vec![]));
        assert_eq!(
            (&unlisted["replication"], &unlisted["unknown"]),
            (
                &json!({"replicas": []}),
                &json!({"replication.role": "the list was denied", "replication.global": "the list was denied"}),
            )
        );
    }
}
