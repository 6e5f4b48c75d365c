//! Database instances, those of clusters too.

use aws_sdk_rds::types::{DbInstance, OptionGroupMembership};

use super::super::read::{moment, number, sorted};
use super::{beside, encryption, healthy, kind_of, lower, managed_secret, network, of_replica, resource, tags};
use crate::model::{
    Backup, Capacity, Database, Fact, Place, Protection, Redundancy, Rel, Replication, Resource, Shared, Status,
};
use crate::providers::aws::names::Arn;

pub(super) fn normalize(instance: &DbInstance, place: Place) -> Resource {
    let engine = lower(instance.engine());
    let kind = kind_of(engine.as_deref(), "instance");
    let mut resource = resource(kind, instance.db_instance_arn(), instance.db_instance_identifier(), place);
    resource.tags = tags(instance.tag_list());
    let state = lower(instance.db_instance_status());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(healthy)),
        state: Fact::from_known(state),
        created_at: moment(instance.instance_create_time()),
    }));
    let retention = number(instance.backup_retention_period());
    let enabled = retention.map(|days| days > 0);
    resource.backup = Some(Shared::from(Backup {
        enabled,
        retention_days: retention,
        point_in_time: enabled,
        latest_recovery_point: moment(instance.latest_restorable_time()),
        ..Backup::default()
    }));
    let cluster = instance.db_cluster_identifier().map(|name| beside(&resource, "cluster", name));
    resource.replication = Some(Shared::from(replication(instance, &mut resource)));
    resource.redundancy = Some(Shared::from(redundancy(instance, cluster.is_some(), &mut resource)));
    let (encrypted, how) = (instance.storage_encrypted(), instance.storage_encryption_type());
    resource.encryption = encryption(&mut resource, encrypted, how, instance.kms_key_id());
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::from_known(instance.deletion_protection()),
        ..Protection::default()
    }));
    resource.capacity = Some(Shared::from(Capacity {
        types: Fact::from_known(instance.db_instance_class().map(|class| vec![class.to_owned()])),
        ..Capacity::default()
    }));
    resource.link(Rel::MemberOf, cluster.clone());
    let group = instance.db_subnet_group().and_then(|group| group.db_subnet_group_name());
    resource.link(Rel::InSubnetGroup, group.map(|name| beside(&resource, "subgrp", name)));
    let port = instance.endpoint().and_then(|endpoint| endpoint.port()).or(instance.db_instance_port());
    let vpc = instance.db_subnet_group().and_then(|group| group.vpc_id());
    resource.network = network(&mut resource, vpc, instance.vpc_security_groups(), port);
    let parameters = instance.db_parameter_groups().first().and_then(|group| group.db_parameter_group_name());
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(engine),
        engine_version: Fact::from_known(instance.engine_version().map(str::to_owned)),
        parameter_group: Fact::from_known(parameters.map(str::to_owned)),
        option_group: option_group(instance, cluster.is_some()),
        cluster: Fact::from_read(cluster),
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group: Fact::from_read(group.map(str::to_owned)),
        endpoints: Fact::Known(
            instance.endpoint().and_then(|endpoint| endpoint.address()).map(str::to_owned).into_iter().collect(),
        ),
        managed_secret: Fact::Known(instance.master_user_secret().is_some()),
        ..Database::default()
    }));
    managed_secret(&mut resource, instance.master_user_secret());
    resource
}

/// The option group that stays. Members of clusters have one of the provider's, which nobody can change.
fn option_group(instance: &DbInstance, is_member: bool) -> Fact<String> {
    let goes = |group: &OptionGroupMembership| {
        group.status().is_some_and(|status| status == "removing" || status.ends_with("-removal"))
    };
    let stays = instance.option_group_memberships().iter().find(|group| !goes(group));
    match is_member {
        true => Fact::Absent,
        false => Fact::from_known(stays.and_then(|group| group.option_group_name()).map(str::to_owned)),
    }
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
        resource.mark_unknown("replication.healthy", "AWS did not report the state of its replication");
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
        resource.mark_unknown("redundancy.zones", "AWS did not report the standby's zone");
    }
    Redundancy {
        zones: if zones.is_empty() { Fact::Unknown } else { Fact::Known(zones) },
        automatic_failover: multi_zone,
        multi_zone,
        ..Redundancy::default()
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::{
        DbInstanceStatusInfo, DbParameterGroupStatus, DbSubnetGroup, Endpoint, MasterUserSecret, Tag,
        VpcSecurityGroupMembership,
    };
    use aws_smithy_types::DateTime;
    use serde_json::{Value, json};

    use super::*;

    const ORDERS: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";

    fn value(instance: &DbInstance, region: &str) -> Value {
        serde_json::to_value(normalize(instance, Place::new("111122223333", region))).unwrap()
    }

    fn group(id: &str, status: &str) -> VpcSecurityGroupMembership {
        VpcSecurityGroupMembership::builder().vpc_security_group_id(id).status(status).build()
    }

    fn options(name: &str, status: &str) -> OptionGroupMembership {
        OptionGroupMembership::builder().option_group_name(name).status(status).build()
    }

    #[test]
    fn an_instance_with_a_standby_a_replica_here_and_one_abroad() {
        let instance = DbInstance::builder()
            .db_instance_identifier("orders")
            .db_instance_arn(ORDERS)
            .db_instance_class("db.r6g.large")
            .db_instance_status("available")
            .instance_create_time(DateTime::from_secs(1_700_000_000))
            .engine("postgres")
            .engine_version("16.4")
            .multi_az(true)
            .availability_zone("us-east-1b")
            .secondary_availability_zone("us-east-1a")
            .backup_retention_period(7)
            .latest_restorable_time(DateTime::from_secs(1_700_003_600))
            .read_replica_db_instance_identifiers("orders-near")
            .read_replica_db_instance_identifiers("arn:aws:rds:us-west-2:111122223333:db:orders-far")
            .storage_encrypted(true)
            .kms_key_id("arn:aws:kms:us-east-1:111122223333:key/k1")
            .deletion_protection(true)
            .db_subnet_group(DbSubnetGroup::builder().db_subnet_group_name("private").vpc_id("vpc-1").build())
            .endpoint(Endpoint::builder().address("orders.example.us-east-1.rds.amazonaws.com").port(5432).build())
            .db_instance_port(0)
            .vpc_security_groups(group("sg-2", "active"))
            .vpc_security_groups(group("sg-1", "adding"))
            .vpc_security_groups(group("sg-3", "removing"))
            .db_parameter_groups(DbParameterGroupStatus::builder().db_parameter_group_name("orders-pg16").build())
            .option_group_memberships(options("default:postgres-16", "pending-removal"))
            .option_group_memberships(options("orders", "pending-apply"))
            .master_user_secret(MasterUserSecret::builder().secret_arn("arn:aws:secretsmanager:x").build())
            .tag_list(Tag::builder().key("app").value("shop").build())
            .build();
        assert_eq!(
            value(&instance, "us-east-1"),
            json!({
                "id": ORDERS,
                "kind": "aws.rds.instance",
                "name": "orders",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "tags": {"app": "shop"},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "backup": {
                    "enabled": true, "retention_days": 7, "point_in_time": true,
                    "latest_recovery_point": "2023-11-14T23:13:20Z",
                },
                "replication": {
                    "role": "primary", "source": null, "cross_region": null, "global": null,
                    "replicas": [
                        "arn:aws:rds:us-east-1:111122223333:db:orders-near",
                        "arn:aws:rds:us-west-2:111122223333:db:orders-far",
                    ],
                    "status": null, "healthy": null, "lag_seconds": null,
                },
                "redundancy": {
                    "zones": ["us-east-1a", "us-east-1b"], "multi_zone": true, "automatic_failover": true,
                },
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/k1"},
                "protection": {"deletion_protection": true},
                "capacity": {"types": ["db.r6g.large"]},
                "database": {
                    "engine": "postgres", "engine_version": "16.4", "cluster": null, "topology": null, "mode": null,
                    "subnet_group": "private", "parameter_group": "orders-pg16", "option_group": "orders",
                    "endpoints": ["orders.example.us-east-1.rds.amazonaws.com"],
                    "managed_secret": true,
                },
                "network": {"vpc": "vpc-1", "security_groups": ["sg-1", "sg-2"], "ports": [5432]},
                "links": [
                    {"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/k1"},
                    {"rel": "in-subnet-group", "to": "arn:aws:rds:us-east-1:111122223333:subgrp:private"},
                    {"rel": "filtered-by", "to": "sg-1"},
                    {"rel": "filtered-by", "to": "sg-2"},
                    {"rel": "reads-secret", "to": "arn:aws:secretsmanager:x", "at": "managed password"},
                ],
                "origin": {"source": ""},
            })
        );
    }

    fn replica() -> aws_sdk_rds::types::builders::DbInstanceBuilder {
        DbInstance::builder()
            .db_instance_identifier("orders-far")
            .db_instance_arn("arn:aws:rds:us-west-2:111122223333:db:orders-far")
            .engine("postgres")
            .read_replica_source_db_instance_identifier(ORDERS)
    }

    #[test]
    fn a_replica_says_whether_it_follows_its_source() {
        let broken =
            DbInstanceStatusInfo::builder().status_type("read replication").normal(false).status("Terminated").build();
        assert_eq!(
            value(&replica().status_infos(broken).build(), "us-west-2")["replication"],
            json!({
                "role": "replica", "source": ORDERS, "cross_region": true, "replicas": [], "global": null,
                "status": "terminated", "healthy": false,
            })
        );
    }

    #[test]
    fn a_replica_that_says_nothing_of_it_is_not_taken_for_healthy() {
        let silent = value(&replica().build(), "us-west-2");
        assert_eq!(
            (&silent["replication"], &silent["unknown"]),
            (
                &json!({"role": "replica", "source": ORDERS, "cross_region": true, "replicas": [], "global": null}),
                &json!({"replication.healthy": "AWS did not report the state of its replication"}),
            )
        );
    }

    #[test]
    fn an_answer_without_facts_leaves_them_unknown() {
        let bare =
            DbInstance::builder().db_instance_identifier("new").db_instance_arn("arn:aws:rds:x:1:db:new").build();
        let bare = value(&bare, "x");
        assert_eq!(
            [&bare["backup"], &bare["redundancy"], &bare["encryption"], &bare["protection"], &bare["capacity"]],
            [&json!({"latest_recovery_point": null}), &json!({}), &json!({}), &json!({}), &json!({})]
        );
    }

    #[test]
    fn members_of_clusters_and_other_engines_are_told_apart() {
        let member = |engine: &str| {
            let instance = DbInstance::builder()
                .db_instance_identifier("m-1")
                .db_instance_arn("arn:aws:rds:us-east-1:111122223333:db:m-1")
                .engine(engine)
                .multi_az(false)
                .availability_zone("us-east-1a")
                .db_cluster_identifier("m")
                .option_group_memberships(options("default:aurora-mysql-8-0", "in-sync"))
                .storage_encrypted(false)
                .kms_key_id("default_kms_key_id")
                .build();
            let value = value(&instance, "us-east-1");
            let database = json!([value["database"]["cluster"], value["database"]["option_group"]]);
            [&value["kind"], &value["redundancy"], &value["encryption"], &database, &value["links"]].map(Clone::clone)
        };
        let cluster = "arn:aws:rds:us-east-1:111122223333:cluster:m";
        let rest = [
            json!({"zones": ["us-east-1a"], "multi_zone": null, "automatic_failover": null}),
            json!({"enabled": false, "key": null}),
            json!([cluster, null]),
            json!([{"rel": "member-of", "to": cluster}]),
        ];
        for (engine, kind) in
            [("aurora-mysql", "aws.rds.instance"), ("docdb", "aws.docdb.instance"), ("neptune", "aws.neptune.instance")]
        {
            let [kind_found, facts @ ..] = member(engine);
            assert_eq!((kind_found, &facts), (json!(kind), &rest));
        }
    }
}
