//! ElastiCache: replication groups, clusters that stand alone, and global datastores.

mod common;
mod datastores;
mod serverless;
mod subnet_groups;

use super::ec2::{reached, usual_port};
use super::provider::TYPE;
use super::settings::{Group, OWN, parameter_group};
use super::{kms, settings};
use crate::collect::caches::unreplicated;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::{Reach, Type};
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Backup, Capacity, Database, Encryption, Fact, Redundancy, Rel, Resource, Shared};
use common::instances;
use common::{GROUPS, backup, failover};
use subnet_groups::subnet_group;

/// The attribute that names the parameter group.
const PARAMETERS: &str = "parameter_group_name";

const PARAMETER_GROUPS: &[&str] = &["aws_elasticache_parameter_group"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_elasticache_replication_group",
            kind: Some("aws.elasticache.replication-group"),
            global_id: "arn",
            names: &["replication_group_id"],
            facts: &[
                ("backup.enabled", "snapshot_retention_limit"),
                ("backup.retention_days", "snapshot_retention_limit"),
                ("capacity.types", "node_type"),
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("database.parameter_group", PARAMETERS),
                ("database.subnet_group", "subnet_group_name"),
                ("encryption.enabled", "at_rest_encryption_enabled"),
                ("encryption.key", "kms_key_id"),
                ("network.ports", "port"),
                ("network.security_groups", "security_group_ids"),
                ("redundancy.automatic_failover", "automatic_failover_enabled"),
                ("redundancy.instances", "num_cache_clusters"),
                ("redundancy.multi_zone", "multi_az_enabled"),
                ("redundancy.zones", "preferred_cache_cluster_azs"),
                ("replication.global", "global_replication_group_id"),
            ],
            reads: &[
                "availability_zones",
                "cluster_mode.num_node_groups",
                "cluster_mode.replicas_per_node_group",
                "configuration_endpoint_address",
                "engine_version_actual",
                "num_node_groups",
                "number_cache_clusters",
                "primary_endpoint_address",
                "reader_endpoint_address",
                "replicas_per_node_group",
            ],
            ..TYPE
        },
        maps: Maps::Resource(group),
    },
    Mapping {
        of: Type {
            name: "aws_elasticache_cluster",
            kind: Some("aws.elasticache.cluster"),
            global_id: "arn",
            names: &["cluster_id"],
            facts: &[
                ("backup.enabled", "snapshot_retention_limit"),
                ("backup.retention_days", "snapshot_retention_limit"),
                ("capacity.types", "node_type"),
                ("database.cluster", "replication_group_id"),
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("database.parameter_group", PARAMETERS),
                ("database.subnet_group", "subnet_group_name"),
                ("network.ports", "port"),
                ("network.security_groups", "security_group_ids"),
                ("redundancy.instances", "num_cache_nodes"),
                ("redundancy.multi_zone", "az_mode"),
                ("redundancy.zones", "preferred_availability_zones"),
            ],
            reads: &["cache_nodes.availability_zone", "engine_version_actual"],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_elasticache_global_replication_group",
            kind: Some("aws.elasticache.global-datastore"),
            global_id: "arn",
            names: &["global_replication_group_id"],
            reach: Reach::Account,
            facts: &[
                ("capacity.types", "cache_node_type"),
                ("database.engine_version", "engine_version"),
                ("global.members", "primary_replication_group_id"),
                ("redundancy.automatic_failover", "automatic_failover_enabled"),
            ],
            reads: &[
                "at_rest_encryption_enabled",
                "engine",
                "engine_version_actual",
                "global_replication_group_id_suffix",
            ],
            ..TYPE
        },
        maps: Maps::Resource(global),
    },
    parameter_group("aws_elasticache_parameter_group"),
];

pub(super) const SERVICE: Service = Service {
    types: &[TYPES, serverless::TYPES, subnet_groups::TYPES],
    parts: &[],
    finishers: &[datastores::members, only_alone],
    comparers: &[],
};

fn engine_version(attrs: &Attrs<'_>) -> Fact<String> {
    let actual = attrs.text("engine_version_actual");
    if actual.is_known() { actual } else { attrs.text("engine_version") }
}

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let in_global = attrs.is_set("global_replication_group_id");
    let engine = attrs.text_or("engine", "redis");
    resource.backup = Some(backup(attrs).into());
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: zones(attrs),
        instances: instances(attrs),
        multi_zone: attrs.boolean_or("multi_az_enabled", false),
        automatic_failover: failover(attrs, attrs.boolean_or("automatic_failover_enabled", false)),
        ..Redundancy::default()
    }));
    // A secondary takes these over from the primary.
    let enabled = match (attrs.boolean("at_rest_encryption_enabled"), engine.text()) {
        (own @ Fact::Known(_), _) => own,
        (_, Some("redis")) if !attrs.is_set("at_rest_encryption_enabled") && !in_global => Fact::Known(false),
        _ => Fact::Unknown,
    };
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) | (Fact::Known(true), State::Null | State::Unset) => Fact::Absent,
        (Fact::Unknown, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
    let node_type = attrs.text("node_type").map(|node| vec![node]);
    resource.capacity = Some(Shared::from(Capacity { types: node_type, ..Capacity::default() }));
    let endpoints = ["primary_endpoint_address", "reader_endpoint_address", "configuration_endpoint_address"];
    let endpoints: Vec<String> = endpoints.iter().filter_map(|name| attrs.text(name).into_known()).collect();
    let durability = durability(&engine, &engine_version(attrs));
    if durability.is_unknown() {
        resource.mark_unknown("database.durability", "the provider has no attribute for it");
    }
    let subnet_group = subnet_group(attrs, resource);
    let mut database = Database {
        engine: engine.map(|engine| engine.to_lowercase()),
        engine_version: engine_version(attrs),
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group,
        option_group: Fact::Absent,
        endpoints: if endpoints.is_empty() { Fact::Unknown } else { Fact::Known(endpoints) },
        managed_secret: Fact::Known(false),
        durability,
        ..Database::default()
    };
    // A secondary gets a copy of the group of its primary.
    parameters(attrs, if in_global { Group::default() } else { OWN.into() }).parameters_of(&mut database);
    resource.database = Some(Shared::from(database));
    settings::say(resource);
    let port = usual_port(&attrs.text_or("engine", "redis")).filter(|_| !in_global);
    reached(attrs, resource, "security_group_ids", port);
    // Its part in a global datastore waits for the other members.
    resource.replication = Some(Shared::from(unreplicated()));
}

fn parameters(attrs: &Attrs<'_>, unset: Group) -> Group {
    settings::group(attrs, PARAMETERS, PARAMETER_GROUPS, unset)
}

/// Only Valkey from version 9 on can keep what is written to it, and code does not say whether it does.
fn durability(engine: &Fact<String>, version: &Fact<String>) -> Fact<String> {
    let major = version.text().and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    match (engine.text(), major) {
        (Some("valkey"), Some(..9)) => Fact::Absent,
        (Some("valkey") | None, _) => Fact::Unknown,
        (Some(_), _) => Fact::Absent,
    }
}

/// Zones that the code asks for. The provider chooses where it asks for none.
fn zones(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    let asked = attrs.list("preferred_cache_cluster_azs");
    let asked = if asked.is_known() { asked } else { attrs.list("availability_zones") };
    match asked {
        Fact::Known(zones) if !zones.is_empty() => Fact::Known(zones),
        _ => Fact::Unknown,
    }
}

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let engine = attrs.text("engine").map(|engine| engine.to_lowercase());
    resource.backup = Some(Shared::from(match engine.text() {
        // It has nothing to back up.
        Some("memcached") => Backup {
            enabled: Fact::Absent,
            retention_days: Fact::Absent,
            point_in_time: Fact::Absent,
            interval_minutes: Fact::Absent,
            latest_recovery_point: Fact::Absent,
            versioned: Fact::Absent,
            deleted_with_resource: Fact::Absent,
            ..Backup::default()
        },
        _ => backup(attrs),
    }));
    let nodes = attrs.number("num_cache_nodes");
    let listed = attrs.blocks("cache_nodes").into_known().unwrap_or_default();
    let listed: Option<std::collections::BTreeSet<String>> =
        listed.iter().map(|node| node.text("availability_zone").into_known()).collect();
    let zones = match (listed.filter(|zones| !zones.is_empty()), attrs.list("preferred_availability_zones")) {
        (Some(zones), _) => Fact::Known(zones.into_iter().collect()),
        (None, Fact::Known(zones)) if !zones.is_empty() => Fact::Known(zones),
        _ => attrs.text("availability_zone").map(|zone| vec![zone]),
    };
    let multi_zone = match (attrs.text("az_mode").text(), nodes.known()) {
        (Some("cross-az"), _) => Fact::Known(true),
        (Some("single-az"), _) | (_, Some(1)) => Fact::Known(false),
        _ if !attrs.is_set("az_mode") => Fact::Known(false),
        _ => Fact::Unknown,
    };
    resource.redundancy = Some(Shared::from(Redundancy {
        zones,
        instances: nodes,
        multi_zone,
        automatic_failover: Fact::Known(false),
        ..Redundancy::default()
    }));
    resource.replication = Some(Shared::from(unreplicated()));
    let node_type = attrs.text("node_type").map(|node| vec![node]);
    resource.capacity = Some(Shared::from(Capacity { types: node_type, ..Capacity::default() }));
    // Only replication groups can be encrypted; what is a member of one is taken out in the end.
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(false), key: Fact::Absent }));
    reached(attrs, resource, "security_group_ids", usual_port(&engine));
    let group = if attrs.is_set("replication_group_id") {
        attrs.link(resource, Rel::MemberOf, "database.cluster", "replication_group_id", GROUPS)
    } else {
        Fact::Absent
    };
    let subnet_group = subnet_group(attrs, resource);
    let mut database = Database {
        engine,
        engine_version: engine_version(attrs),
        cluster: group,
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group,
        option_group: Fact::Absent,
        managed_secret: Fact::Known(false),
        durability: Fact::Absent,
        ..Database::default()
    };
    parameters(attrs, OWN.into()).parameters_of(&mut database);
    resource.database = Some(Shared::from(database));
    settings::say(resource);
}

fn global(attrs: &Attrs<'_>, resource: &mut Resource) {
    // It belongs to no region, whichever one its provider works in.
    resource.place.region = Fact::Absent;
    if let (Fact::Unknown, Fact::Known(suffix)) =
        (attrs.text("global_replication_group_id"), attrs.text("global_replication_group_id_suffix"))
    {
        resource.name = suffix;
    }
    resource.redundancy = Some(Shared::from(Redundancy {
        automatic_failover: attrs.boolean("automatic_failover_enabled"),
        ..Redundancy::default()
    }));
    let node_type = attrs.text("cache_node_type").map(|node| vec![node]);
    resource.capacity = Some(Shared::from(Capacity { types: node_type, ..Capacity::default() }));
    resource.encryption =
        Some(Shared::from(Encryption { enabled: attrs.boolean("at_rest_encryption_enabled"), key: Fact::Absent }));
    resource.database = Some(Shared::from(Database {
        engine: attrs.text("engine").map(|engine| engine.to_lowercase()),
        engine_version: engine_version(attrs),
        ..Database::default()
    }));
}

/// Takes out the clusters that are parts of a replication group.
fn only_alone(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(&["aws_elasticache_cluster"]) {
        let stands_alone =
            |resource: &Resource| resource.database.as_ref().is_some_and(|database| database.cluster.is_absent());
        resources[at] = resources[at].take().filter(stands_alone);
    }
}
