//! Clusters of RDS, DocumentDB and Neptune, and their instances.

use super::super::ec2::{reached, usual_port};
use super::super::provider::TYPE;
use super::super::settings::{self, Group};
use super::instances::not_a_replica;
use super::listed;
use super::names::{CLUSTER, CLUSTERS, SOURCE, is_restored};
use super::{backup, beside, cross_region, encryption, engine_version, lower, protection, subnet_group};
use super::{groups, refused, roles};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Backup, Capacity, Database, Fact, Redundancy, Rel, Replication, Resource, Shared};

/// The attribute that names the security groups.
const GROUPS: &str = "vpc_security_group_ids";

/// What clusters call their parameter group, the usual word and that of Neptune.
const PARAMETERS: [&str; 2] = ["db_cluster_parameter_group_name", "neptune_cluster_parameter_group_name"];

/// What every cluster has; `$key`, `$group` and `$parameters` are spelt differently by Neptune.
macro_rules! cluster_facts {
    ($key:literal, $group:literal, $parameters:literal $(, $more:expr)*) => {
        &[
            ("backup.enabled", "backup_retention_period"),
            ("backup.point_in_time", "backup_retention_period"),
            ("backup.retention_days", "backup_retention_period"),
            ("database.endpoints", "endpoint"),
            ("database.engine", "engine"),
            ("database.engine_version", "engine_version"),
            ("database.parameter_group", $parameters),
            ("database.subnet_group", $group),
            ("encryption.enabled", "storage_encrypted"),
            ("encryption.key", $key),
            ("network.ports", "port"),
            ("network.security_groups", "vpc_security_group_ids"),
            ("protection.deletion_protection", "deletion_protection"),
            ("protection.final_snapshot", "skip_final_snapshot"),
            ("redundancy.instances", "cluster_members"),
            ("replication.global", "global_cluster_identifier"),
            $($more,)*
        ]
    };
}

macro_rules! member_facts {
    ($key:literal, $group:literal $(, $parameters:literal)?) => {
        &[
            ("capacity.types", "instance_class"),
            ("database.cluster", "cluster_identifier"),
            ("database.endpoints", "endpoint"),
            ("database.engine", "engine"),
            ("database.engine_version", "engine_version"),
            $(("database.parameter_group", $parameters),)?
            ("database.subnet_group", $group),
            ("encryption.enabled", "storage_encrypted"),
            ("encryption.key", $key),
            ("redundancy.zones", "availability_zone"),
        ]
    };
}

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_rds_cluster",
            kind: Some("aws.rds.cluster"),
            global_id: "arn",
            names: &["cluster_identifier"],
            facts: cluster_facts!(
                "kms_key_id",
                "db_subnet_group_name",
                "db_cluster_parameter_group_name",
                ("backup.deleted_with_resource", "delete_automated_backups"),
                ("capacity.types", "db_cluster_instance_class"),
                ("database.managed_secret", "manage_master_user_password"),
                ("database.mode", "engine_mode"),
                ("replication.source", SOURCE)
            ),
            reads: &[
                "engine_version_actual",
                "master_username",
                "reader_endpoint",
                "restore_to_point_in_time",
                "s3_import",
                "snapshot_identifier",
            ],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_docdb_cluster",
            kind: Some("aws.docdb.cluster"),
            global_id: "arn",
            names: &["cluster_identifier"],
            facts: cluster_facts!(
                "kms_key_id",
                "db_subnet_group_name",
                "db_cluster_parameter_group_name",
                ("database.managed_secret", "manage_master_user_password")
            ),
            reads: &["master_username", "reader_endpoint", "restore_to_point_in_time", "snapshot_identifier"],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_neptune_cluster",
            kind: Some("aws.neptune.cluster"),
            global_id: "arn",
            names: &["cluster_identifier"],
            facts: cluster_facts!(
                "kms_key_arn",
                "neptune_subnet_group_name",
                "neptune_cluster_parameter_group_name",
                ("replication.source", SOURCE)
            ),
            reads: &["reader_endpoint", "snapshot_identifier"],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_rds_cluster_instance",
            kind: Some("aws.rds.instance"),
            global_id: "arn",
            names: &["identifier"],
            facts: member_facts!("kms_key_id", "db_subnet_group_name", "db_parameter_group_name"),
            reads: &["engine_version_actual"],
            ..TYPE
        },
        maps: Maps::Resource(member),
    },
    Mapping {
        of: Type {
            name: "aws_docdb_cluster_instance",
            kind: Some("aws.docdb.instance"),
            global_id: "arn",
            names: &["identifier"],
            facts: member_facts!("kms_key_id", "db_subnet_group_name"),
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(member),
    },
    Mapping {
        of: Type {
            name: "aws_neptune_cluster_instance",
            kind: Some("aws.neptune.instance"),
            global_id: "arn",
            names: &["identifier"],
            facts: member_facts!("kms_key_arn", "neptune_subnet_group_name", "neptune_parameter_group_name"),
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(member),
    },
];

/// What Neptune calls otherwise.
fn spelt(attrs: &Attrs<'_>, names: [&'static str; 2]) -> &'static str {
    let [usual, neptune] = names;
    if attrs.declares(usual) { usual } else { neptune }
}

fn key_name(attrs: &Attrs<'_>) -> &'static str {
    spelt(attrs, ["kms_key_id", "kms_key_arn"])
}

fn group_name(attrs: &Attrs<'_>) -> &'static str {
    spelt(attrs, ["db_subnet_group_name", "neptune_subnet_group_name"])
}

/// The parameter group of an instance of a cluster; those of DocumentDB have none.
fn parameters_of_member(attrs: &Attrs<'_>) -> Group {
    let name = spelt(attrs, ["db_parameter_group_name", "neptune_parameter_group_name"]);
    if attrs.declares(name) { groups::parameters(attrs, name) } else { Group::default() }
}

/// A restored cluster, or one that follows another, inherits the settings that the code does not set.
fn takes_over(attrs: &Attrs<'_>) -> bool {
    is_restored(attrs) || (attrs.declares(SOURCE) && attrs.is_set(SOURCE))
}

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let inherits = takes_over(attrs);
    resource.replication = Some(Shared::from(replication(attrs, resource)));
    resource.backup = backup(attrs, (!inherits).then_some(1));
    let is_rds = attrs.instance().kind.name == "aws_rds_cluster";
    // What RDS does where the code does not say changes with time; DocumentDB and Neptune do not encrypt then.
    let encrypted = match is_rds || inherits {
        true => attrs.boolean("storage_encrypted"),
        false => attrs.boolean_or("storage_encrypted", false),
    };
    let in_global = attrs.is_set("global_cluster_identifier");
    resource.encryption = encryption(attrs, resource, encrypted, key_name(attrs), !inherits && !in_global);
    refused::without_key(attrs, resource, key_name(attrs));
    resource.protection = protection(attrs);
    let engine = match attrs.text("engine") {
        Fact::Absent if !is_rds => attrs.instance().kind.name.split('_').nth(1).map_or(Fact::Unknown, Fact::from),
        engine => lower(engine),
    };
    reached(attrs, resource, GROUPS, usual_port(&engine).filter(|_| !inherits));
    // Everything but the plain engines of RDS has storage that all instances share.
    let topology = match is_rds {
        true => engine.as_ref().map(|it| if it.starts_with("aurora") { "aurora" } else { "multi-az" }.to_owned()),
        false => "aurora".into(),
    };
    let mut database = Database {
        engine,
        engine_version: engine_version(attrs),
        cluster: Fact::Absent,
        topology,
        mode: if is_rds { attrs.text("engine_mode") } else { Fact::Unknown },
        subnet_group: subnet_group(attrs, resource, group_name(attrs)),
        option_group: Fact::Absent,
        endpoints: endpoints(attrs),
        managed_secret: match attrs.declares("manage_master_user_password") {
            true => attrs.boolean_or("manage_master_user_password", false),
            false => Fact::Known(false),
        },
        ..Database::default()
    };
    groups::parameters(attrs, spelt(attrs, PARAMETERS)).parameters_of(&mut database);
    resource.database = Some(Shared::from(database));
    settings::say(resource);
}

fn endpoints(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    match (attrs.text("endpoint"), attrs.text("reader_endpoint")) {
        (Fact::Known(writer), Fact::Known(reader)) => Fact::Known(vec![writer, reader]),
        (Fact::Known(writer), Fact::Absent) => Fact::Known(vec![writer]),
        _ => Fact::Unknown,
    }
}

/// Its part in a global cluster waits for the other members.
fn replication(attrs: &Attrs<'_>, resource: &mut Resource) -> Replication {
    if roles::leaves(attrs) {
        return Replication { role: "none".into(), ..not_a_replica() };
    }
    let global = attrs.link_to(resource, Rel::MemberOf, "replication.global", listed::of(attrs));
    let facts = if attrs.declares(SOURCE) && attrs.is_set(SOURCE) {
        let targets = beside(resource, "cluster", attrs.targets(SOURCE, CLUSTERS));
        Replication {
            role: "replica".into(),
            cross_region: cross_region(attrs.world, resource, &targets),
            source: attrs.link_to(resource, Rel::ReplicaOf, "replication.source", targets),
            ..Replication::default()
        }
    } else if attrs.is_set("global_cluster_identifier") {
        Replication::default()
    } else {
        Replication { role: "none".into(), ..not_a_replica() }
    };
    Replication { global, ..facts }
}

/// What becomes of its backups when it is deleted is no matter of one instance.
fn backup_of_member(cluster: &Attrs<'_>) -> Option<Shared<Backup>> {
    let mut facts = backup(cluster, (!takes_over(cluster)).then_some(1))?;
    facts.deleted_with_resource = Fact::Unknown;
    Some(facts)
}

fn member(attrs: &Attrs<'_>, resource: &mut Resource) {
    let targets = beside(resource, "cluster", attrs.targets(CLUSTER, CLUSTERS));
    let of_cluster = match (&targets.here()[..], &targets.unknown) {
        ([cluster], None) => Some(Attrs::new(attrs.world, *cluster)),
        _ => None,
    };
    // It is a member, of whichever cluster.
    let cluster = match targets.unknown.clone() {
        Some(reason) => Fact::Known(format!("({reason})")),
        None => attrs.link_to(resource, Rel::MemberOf, "database.cluster", targets),
    };
    resource.capacity = Some(Shared::from(Capacity {
        types: attrs.text("instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
    resource.replication = Some(Shared::from(Replication { role: "none".into(), ..not_a_replica() }));
    // An instance is backed up as its cluster is, and has its version.
    resource.backup = of_cluster.as_ref().and_then(backup_of_member);
    let version = match (engine_version(attrs), &of_cluster) {
        (Fact::Unknown, Some(cluster)) if attrs.state("engine_version") == State::Unset => engine_version(cluster),
        (own, _) => own,
    };
    // An instance is encrypted as its cluster is.
    resource.encryption = match (attrs.boolean("storage_encrypted"), &of_cluster) {
        (Fact::Unknown, Some(cluster)) => {
            encryption(cluster, resource, cluster.boolean("storage_encrypted"), key_name(cluster), false)
        }
        (own, _) => encryption(attrs, resource, own, key_name(attrs), false),
    };
    let engine = match (attrs.text("engine"), &of_cluster) {
        (Fact::Known(engine), _) => Fact::Known(engine),
        (_, Some(cluster)) => cluster.text("engine"),
        _ => Fact::Unknown,
    };
    let engine = lower(engine);
    // It is reached as its cluster is.
    if let Some(cluster) = &of_cluster {
        reached(cluster, resource, GROUPS, usual_port(&engine).filter(|_| !takes_over(cluster)));
    }
    resource.database = Some(Shared::from(Database {
        engine,
        engine_version: version,
        cluster,
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group: subnet_group(attrs, resource, group_name(attrs)),
        parameter_group: parameters_of_member(attrs).name,
        option_group: Fact::Absent,
        endpoints: attrs.text("endpoint").map(|endpoint| vec![endpoint]),
        managed_secret: Fact::Known(false),
        ..Database::default()
    }));
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: attrs.text("availability_zone").map(|zone| vec![zone]),
        multi_zone: Fact::Absent,
        automatic_failover: Fact::Absent,
        ..Redundancy::default()
    }));
}
