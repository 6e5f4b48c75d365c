//! Database instances, those of clusters too.

use aws_sdk_rds::types::DbInstance;

use super::super::read::{moment, number, sorted};
use super::{beside, encryption, healthy, kind_of, lower, of_replica, resource, tags};
use crate::collect::arn::Arn;
use crate::model::{
    Backup, Capacity, Database, Fact, Place, Protection, Redundancy, Rel, Replication, Resource, Status,
};

pub(super) fn normalize(instance: &DbInstance, place: Place) -> Resource {
    let engine = lower(instance.engine());
    let kind = kind_of(engine.as_deref(), "instance");
    let mut resource = resource(kind, instance.db_instance_arn(), instance.db_instance_identifier(), place);
    resource.tags = tags(instance.tag_list());
    let state = lower(instance.db_instance_status());
    resource.status = Some(Box::new(Status {
        healthy: Fact::from_known(state.as_deref().map(healthy)),
        state: Fact::from_known(state),
        created_at: moment(instance.instance_create_time()),
    }));
    let retention = number(instance.backup_retention_period());
    let enabled = retention.clone().map(|days| days > 0);
    resource.backup = Some(Box::new(Backup {
        enabled: enabled.clone(),
        retention_days: retention,
        point_in_time: enabled,
        latest_recovery_point: moment(instance.latest_restorable_time()),
        ..Backup::default()
    }));
    let cluster = instance.db_cluster_identifier().map(|name| beside(&resource, "cluster", name));
    resource.replication = Some(Box::new(replication(instance, &mut resource)));
    resource.redundancy = Some(Box::new(redundancy(instance, cluster.is_some(), &mut resource)));
    let (encrypted, how) = (instance.storage_encrypted(), instance.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, instance.kms_key_id());
    resource.protection = Some(Box::new(Protection {
        deletion_protection: Fact::from_known(instance.deletion_protection()),
        ..Protection::default()
    }));
    resource.capacity = Some(Box::new(Capacity {
        types: Fact::from_known(instance.db_instance_class().map(|class| vec![class.to_owned()])),
        ..Capacity::default()
    }));
    resource.link(Rel::MemberOf, cluster.clone());
    let group = instance.db_subnet_group().and_then(|group| group.db_subnet_group_name());
    resource.link(Rel::InSubnetGroup, group.map(|name| beside(&resource, "subgrp", name)));
    resource.database = Some(Box::new(Database {
        engine: Fact::from_known(engine),
        engine_version: Fact::from_known(instance.engine_version().map(str::to_owned)),
        cluster: Fact::from_read(cluster),
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group: Fact::from_read(group.map(str::to_owned)),
        endpoints: Fact::Known(
            instance.endpoint().and_then(|endpoint| endpoint.address()).map(str::to_owned).into_iter().collect(),
        ),
        managed_secret: Fact::Known(instance.master_user_secret().is_some()),
    }));
    resource
}

fn replication(instance: &DbInstance, resource: &mut Resource) -> Replication {
    let source = match (
        instance.read_replica_source_db_instance_identifier(),
        instance.read_replica_source_db_cluster_identifier(),
    ) {
        (Some(name), _) => Some(beside(resource, "db", name)),
        (None, Some(name)) => Some(beside(resource, "cluster", name)),
        (None, None) => None,
    };
    // A replica of the same region is named by its identifier, one of another region by its ARN.
    let instances = instance.read_replica_db_instance_identifiers().iter().map(|name| beside(resource, "db", name));
    let clusters = instance.read_replica_db_cluster_identifiers().iter().map(|name| beside(resource, "cluster", name));
    let replicas = sorted(instances.chain(clusters));
    let role = match &source {
        Some(_) => "replica",
        None if replicas.is_empty() => "none",
        None => "primary",
    };
    resource.link(Rel::ReplicaOf, source.clone());
    let cross_region = source
        .as_deref()
        .map(|source| Fact::from_known(Arn::parse(source).map(|source| Some(source.region) != resource.region())));
    let state = instance.status_infos().iter().find(|info| info.status_type() == Some("read replication"));
    if source.is_some() && state.is_none() {
        resource.mark_unknown("replication.healthy", "the answer says nothing of the replication");
    }
    Replication {
        role: role.into(),
        cross_region: cross_region.unwrap_or(Fact::Absent),
        replicas: Fact::Known(replicas),
        global: Fact::Absent,
        status: of_replica(source.is_some(), lower(state.and_then(|state| state.status()))),
        healthy: of_replica(source.is_some(), state.and_then(|state| state.normal())),
        lag_seconds: of_replica(source.is_some(), None),
        source: Fact::from_read(source),
        ..Replication::default()
    }
}

fn redundancy(instance: &DbInstance, is_member: bool, resource: &mut Resource) -> Redundancy {
    let zones = sorted(instance.availability_zone().into_iter().chain(instance.secondary_availability_zone()));
    let multi_zone = if is_member { Fact::Absent } else { Fact::from_known(instance.multi_az()) };
    if multi_zone == Fact::Known(true) && zones.len() == 1 {
        resource.mark_unknown("redundancy.zones", "the answer does not name the standby's zone");
    }
    Redundancy {
        zones: if zones.is_empty() { Fact::Unknown } else { Fact::Known(zones) },
        automatic_failover: multi_zone.clone(),
        multi_zone,
        ..Redundancy::default()
    }
}
