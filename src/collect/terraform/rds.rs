//! RDS database instances. Clusters and what both have in common stand in files of their own.

use super::attrs::{Attrs, State};
use super::kms;
use super::types::{Maps, Type};
use super::world::{Parts, Target, World};
use crate::model::{Backup, Capacity, Database, Encryption, Fact, Protection, Redundancy, Rel, Replication, Resource};

mod clusters;

pub(super) use clusters::{TYPES as CLUSTER_TYPES, members};

const INSTANCES: &[&str] = &["aws_db_instance"];

pub(super) const TYPES: &[Type] = &[Type {
    name: "aws_db_instance",
    maps: Maps::Resource("aws.rds.instance", instance),
    arn: "arn",
    names: &["identifier"],
    facts: &[
        ("backup.enabled", "backup_retention_period"),
        ("backup.retention_days", "backup_retention_period"),
        ("backup.point_in_time", "backup_retention_period"),
        ("backup.deleted_with_resource", "delete_automated_backups"),
        ("redundancy.multi_zone", "multi_az"),
        ("redundancy.automatic_failover", "multi_az"),
        ("redundancy.zones", "availability_zone"),
        ("replication.source", "replicate_source_db"),
        ("replication.role", "replicate_source_db"),
        ("replication.replicas", "replicas"),
        ("encryption.enabled", "storage_encrypted"),
        ("encryption.key", "kms_key_id"),
        ("protection.deletion_protection", "deletion_protection"),
        ("protection.final_snapshot", "skip_final_snapshot"),
        ("capacity.types", "instance_class"),
        ("database.engine", "engine"),
        ("database.engine_version", "engine_version"),
        ("database.subnet_group", "db_subnet_group_name"),
        ("database.endpoints", "address"),
        ("database.managed_secret", "manage_master_user_password"),
    ],
    reads: &["engine_version_actual", "snapshot_identifier", "restore_to_point_in_time", "s3_import"],
}];

fn instance(attrs: &Attrs<'_>, resource: &mut Resource) {
    let source = replica_source(attrs, resource);
    // What is restored takes over settings that the code does not name.
    let restored = ["snapshot_identifier", "restore_to_point_in_time", "s3_import"]
        .iter()
        .any(|name| !matches!(attrs.state(name), State::Null | State::Unset) && !attrs.blocks(name).is_absent());
    let retention = match restored {
        true => attrs.number("backup_retention_period"),
        false => attrs.number_or("backup_retention_period", 0),
    };
    let enabled = retention.as_ref().map(|days| *days > 0);
    resource.backup = Some(Box::new(Backup {
        point_in_time: enabled.clone(),
        enabled,
        retention_days: retention,
        deleted_with_resource: attrs.boolean_or("delete_automated_backups", true),
        ..Backup::default()
    }));
    let multi_zone = if restored { attrs.boolean("multi_az") } else { attrs.boolean_or("multi_az", false) };
    let zone = attrs.text("availability_zone").map(|zone| vec![zone]);
    if zone.is_known() && multi_zone != Fact::Known(false) {
        resource.mark_unknown("redundancy.zones", "the zone of the standby is not an attribute");
    }
    resource.redundancy = Some(Box::new(Redundancy {
        zones: zone,
        automatic_failover: multi_zone.clone(),
        multi_zone,
        ..Redundancy::default()
    }));
    encryption(attrs, resource, source, restored);
    resource.protection = Some(Box::new(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection", false),
        final_snapshot: attrs.boolean_or("skip_final_snapshot", false).map(|skip| !skip),
        ..Protection::default()
    }));
    resource.capacity = Some(Box::new(Capacity {
        types: attrs.text("instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
    let of_source = |name: &str| source.map_or(Fact::Unknown, |source| Attrs::new(attrs.world, source).text(name));
    resource.database = Some(Box::new(Database {
        engine: first_known([attrs.text("engine"), of_source("engine")]).map(|engine| engine.to_lowercase()),
        engine_version: engine_version(attrs),
        cluster: Fact::Absent,
        subnet_group: attrs.text("db_subnet_group_name"),
        endpoints: attrs.text("address").map(|address| vec![address]),
        managed_secret: attrs.boolean_or("manage_master_user_password", false),
        ..Database::default()
    }));
}

/// The exact version: what is asked for may leave out the minor one.
fn engine_version(attrs: &Attrs<'_>) -> Fact<String> {
    first_known([attrs.text("engine_version_actual"), attrs.text("engine_version")])
}

fn first_known<T>(facts: [Fact<T>; 2]) -> Fact<T> {
    let [first, second] = facts;
    if first.is_known() { first } else { second }
}

/// Fills the replication, and gives back the source if it is managed here.
fn replica_source(attrs: &Attrs<'_>, resource: &mut Resource) -> Option<usize> {
    const SOURCE: &str = "replicate_source_db";
    let mut facts = Replication { source: Fact::Absent, ..Replication::default() };
    let mut here = None;
    if !matches!(attrs.state(SOURCE), State::Null | State::Unset) {
        let targets = attrs.targets(SOURCE, INSTANCES);
        here = targets.here().first().copied().filter(|_| targets.unknown.is_none());
        let mut targets = targets;
        if let [Target::Elsewhere(name)] = targets.found.as_mut_slice() {
            *name = arn_beside(resource, "db", name);
        }
        let region = match (targets.found.first(), here) {
            (_, Some(source)) => attrs.world.place(source).region.clone(),
            (Some(Target::Elsewhere(arn)), _) => {
                let region = super::place::Arn::parse(arn).map(|arn| arn.region.to_owned());
                // A bare identifier is one of the same region.
                region.map_or(resource.place.region.clone(), Fact::Known)
            }
            _ => Fact::Unknown,
        };
        facts.source = attrs.link_to(resource, Rel::ReplicaOf, "replication.source", targets);
        facts.role = "replica".into();
        facts.cross_region = Fact::from_known(region.known().zip(resource.region()).map(|(source, own)| source != own));
    } else {
        facts.cross_region = Fact::Absent;
        facts.status = Fact::Absent;
        facts.healthy = Fact::Absent;
        facts.lag_seconds = Fact::Absent;
    }
    resource.replication = Some(Box::new(facts));
    here
}

/// The ARN of a database that is named by its bare identifier: it is in the same place.
fn arn_beside(resource: &Resource, what: &str, name: &str) -> String {
    match (resource.account(), resource.region()) {
        (Some(account), Some(region)) if !name.starts_with("arn:") => {
            format!("arn:{}:rds:{region}:{account}:{what}:{name}", partition(region))
        }
        _ => name.to_owned(),
    }
}

fn partition(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

fn encryption(attrs: &Attrs<'_>, resource: &mut Resource, source: Option<usize>, restored: bool) {
    let is_replica = !matches!(attrs.state("replicate_source_db"), State::Null | State::Unset);
    let own = attrs.boolean_or("storage_encrypted", false);
    // A replica is encrypted if its source is, and what is restored if its snapshot is, whatever the code says.
    let enabled = match (own, is_replica, source) {
        (Fact::Known(false), true, Some(source)) => {
            Attrs::new(attrs.world, source).boolean_or("storage_encrypted", false)
        }
        (Fact::Known(false), true, None) => Fact::Unknown,
        (Fact::Known(false), false, _) if restored => Fact::Unknown,
        (own, _, _) => own,
    };
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Unset | State::Null) if !is_replica && !restored => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/rds"));
            "alias/aws/rds".into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Box::new(Encryption { enabled, key }));
}

/// Fills which replicas there are: those that the provider lists, and those that are managed here, less what the plan
/// takes away.
pub(super) fn replicas(world: &World<'_>, resources: &mut Parts) {
    let mut by_source: Vec<Vec<String>> = vec![Vec::new(); resources.len()];
    for at in of_type(world, INSTANCES) {
        let targets = Attrs::new(world, at).targets("replicate_source_db", INSTANCES);
        if let ([source], None) = (&targets.here()[..], &targets.unknown) {
            by_source[*source].push(world.id(at).to_owned());
        }
    }
    for at in of_type(world, INSTANCES) {
        let attrs = Attrs::new(world, at);
        let Some(resource) = &mut resources[at] else { continue };
        let listed = attrs.list("replicas");
        let mut replicas = std::mem::take(&mut by_source[at]);
        for name in listed.known().into_iter().flatten() {
            match world.named(at, name, INSTANCES)[..] {
                [replica] => replicas.push(world.id(replica).to_owned()),
                _ if world.is_gone(at, name, INSTANCES) => {}
                _ => replicas.push(arn_beside(resource, "db", name)),
            }
        }
        replicas.sort_unstable();
        replicas.dedup();
        // A state is as old as its last refresh; a plan has just refreshed.
        let complete = listed.is_known() && attrs.instance().change.is_some();
        if !complete {
            resource.mark_unknown("replication.replicas", "replicas may be declared elsewhere");
        }
        let Some(facts) = &mut resource.replication else { continue };
        if facts.role.is_unknown() {
            facts.role = if replicas.is_empty() { "none".into() } else { "primary".into() };
        }
        if complete || !replicas.is_empty() {
            facts.replicas = Fact::Known(replicas);
        }
    }
}

/// Instances of those types that are there on this side.
fn of_type(world: &World<'_>, types: &[&str]) -> Vec<usize> {
    world.present().filter(|at| types.contains(&world.instance(*at).kind.name)).collect()
}
