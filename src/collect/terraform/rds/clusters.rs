//! Clusters of RDS, and their instances.

use std::collections::BTreeSet;

use super::super::attrs::{Attrs, State};
use super::super::kms;
use super::super::types::{Maps, Type};
use super::super::world::{Parts, World};
use super::{engine_version, of_type};
use crate::model::{Backup, Capacity, Database, Encryption, Fact, Protection, Redundancy, Rel, Resource};

const CLUSTERS: &[&str] = &["aws_rds_cluster"];
const MEMBERS: &[&str] = &["aws_rds_cluster_instance"];

pub(in super::super) const TYPES: &[Type] = &[
    Type {
        name: "aws_rds_cluster",
        maps: Maps::Resource("aws.rds.cluster", cluster),
        arn: "arn",
        names: &["cluster_identifier"],
        facts: &[
            ("backup.enabled", "backup_retention_period"),
            ("backup.retention_days", "backup_retention_period"),
            ("backup.point_in_time", "backup_retention_period"),
            ("backup.deleted_with_resource", "delete_automated_backups"),
            ("encryption.enabled", "storage_encrypted"),
            ("encryption.key", "kms_key_id"),
            ("protection.deletion_protection", "deletion_protection"),
            ("protection.final_snapshot", "skip_final_snapshot"),
            ("database.engine", "engine"),
            ("database.engine_version", "engine_version"),
            ("database.mode", "engine_mode"),
            ("database.subnet_group", "db_subnet_group_name"),
            ("database.endpoints", "endpoint"),
            ("database.managed_secret", "manage_master_user_password"),
            ("redundancy.instances", "cluster_members"),
        ],
        reads: &[
            "engine_version_actual",
            "reader_endpoint",
            "db_cluster_instance_class",
            "snapshot_identifier",
            "restore_to_point_in_time",
            "s3_import",
            "replication_source_identifier",
            "global_cluster_identifier",
        ],
    },
    Type {
        name: "aws_rds_cluster_instance",
        maps: Maps::Resource("aws.rds.instance", member),
        arn: "arn",
        names: &["identifier"],
        facts: &[
            ("capacity.types", "instance_class"),
            ("database.cluster", "cluster_identifier"),
            ("database.engine", "engine"),
            ("database.engine_version", "engine_version"),
            ("database.subnet_group", "db_subnet_group_name"),
            ("database.endpoints", "endpoint"),
            ("redundancy.zones", "availability_zone"),
        ],
        reads: &["engine_version_actual"],
    },
];

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let restored = ["snapshot_identifier", "restore_to_point_in_time", "s3_import", "replication_source_identifier"]
        .iter()
        .any(|name| !matches!(attrs.state(name), State::Null | State::Unset) && !attrs.text(name).is_absent());
    let retention =
        if restored { attrs.number("backup_retention_period") } else { attrs.number_or("backup_retention_period", 1) };
    let enabled = retention.as_ref().map(|days| *days > 0);
    resource.backup = Some(Box::new(Backup {
        point_in_time: enabled.clone(),
        enabled,
        retention_days: retention,
        deleted_with_resource: attrs.boolean_or("delete_automated_backups", true),
        ..Backup::default()
    }));
    let enabled = attrs.boolean("storage_encrypted");
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Unset | State::Null) if !restored => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/rds"));
            "alias/aws/rds".into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Box::new(Encryption { enabled, key }));
    resource.protection = Some(Box::new(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection", false),
        final_snapshot: attrs.boolean_or("skip_final_snapshot", false).map(|skip| !skip),
        ..Protection::default()
    }));
    let engine = attrs.text("engine").map(|engine| engine.to_lowercase());
    let topology = engine.as_ref().map(|engine| {
        let word = if engine.starts_with("aurora") { "aurora" } else { "multi-az" };
        word.to_owned()
    });
    resource.capacity = Some(Box::new(Capacity {
        types: attrs.text_if_set("db_cluster_instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
    resource.database = Some(Box::new(Database {
        engine,
        engine_version: engine_version(attrs),
        cluster: Fact::Absent,
        topology,
        mode: attrs.text("engine_mode"),
        subnet_group: attrs.text("db_subnet_group_name"),
        endpoints: endpoints(attrs),
        managed_secret: attrs.boolean_or("manage_master_user_password", false),
    }));
}

fn endpoints(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    match (attrs.text("endpoint"), attrs.text("reader_endpoint")) {
        (Fact::Known(writer), Fact::Known(reader)) => Fact::Known(vec![writer, reader]),
        (Fact::Known(writer), Fact::Absent) => Fact::Known(vec![writer]),
        _ => Fact::Unknown,
    }
}

fn member(attrs: &Attrs<'_>, resource: &mut Resource) {
    let cluster = attrs.link(resource, Rel::MemberOf, "database.cluster", "cluster_identifier", CLUSTERS);
    resource.capacity = Some(Box::new(Capacity {
        types: attrs.text("instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
    resource.database = Some(Box::new(Database {
        engine: attrs.text("engine").map(|engine| engine.to_lowercase()),
        engine_version: engine_version(attrs),
        cluster,
        subnet_group: attrs.text("db_subnet_group_name"),
        endpoints: attrs.text("endpoint").map(|endpoint| vec![endpoint]),
        ..Database::default()
    }));
    resource.redundancy = Some(Box::new(Redundancy {
        zones: attrs.text("availability_zone").map(|zone| vec![zone]),
        multi_zone: Fact::Absent,
        ..Redundancy::default()
    }));
}

/// Fills how many instances a cluster has, and in which zones.
pub(in super::super) fn members(world: &World<'_>, resources: &mut Parts) {
    let mut by_cluster: Vec<Vec<usize>> = vec![Vec::new(); resources.len()];
    let mut adrift = false;
    for at in of_type(world, MEMBERS) {
        let targets = Attrs::new(world, at).targets("cluster_identifier", CLUSTERS);
        match (&targets.here()[..], &targets.unknown) {
            ([cluster], None) => by_cluster[*cluster].push(at),
            (_, Some(_)) => adrift = true,
            _ => {}
        }
    }
    for at in of_type(world, CLUSTERS) {
        let members = std::mem::take(&mut by_cluster[at]);
        let zones: Vec<Fact<String>> =
            members.iter().map(|member| Attrs::new(world, *member).text("availability_zone")).collect();
        let Some(resource) = &mut resources[at] else { continue };
        let mut facts = Redundancy::default();
        if resource.database.as_ref().and_then(|database| database.topology.text()) == Some("multi-az") {
            // Three instances in three zones is what it is.
            facts.instances = Fact::Known(3);
            facts.multi_zone = Fact::Known(true);
        } else {
            if !members.is_empty() && !adrift {
                facts.instances = Fact::from_known(u32::try_from(members.len()).ok());
            } else {
                resource.mark_unknown("redundancy.instances", "its instances may be declared elsewhere");
            }
            let known: BTreeSet<String> = zones.iter().filter_map(|zone| zone.known().cloned()).collect();
            let all = !zones.is_empty() && !adrift && zones.iter().all(Fact::is_known);
            facts.multi_zone = match (known.len(), members.len()) {
                (2.., _) => Fact::Known(true),
                (_, 1) if !adrift => Fact::Known(false),
                (1, _) if all => Fact::Known(false),
                _ => Fact::Unknown,
            };
            if !all {
                resource.mark_unknown("redundancy.zones", "the provider chooses the zones of its instances");
                if facts.multi_zone.is_unknown() {
                    resource.mark_unknown("redundancy.multi_zone", "the provider chooses the zones of its instances");
                }
            }
            if !known.is_empty() {
                facts.zones = Fact::Known(known.into_iter().collect());
            }
        }
        resource.redundancy = Some(Box::new(facts));
    }
}
