//! Database instances that stand alone.

use super::super::ec2::{reached, usual_port};
use super::super::provider::TYPE;
use super::super::settings;
use super::names::REPLICATED as SOURCE;
use super::{arn_beside, backup, beside, cross_region, encryption, engine_version, lower, protection, subnet_group};
use super::{groups, refused};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Capacity, Database, Fact, Redundancy, Rel, Replication, Resource, Shared};
use crate::providers::aws::names::Arn;

const KEY: &str = "kms_key_id";

pub(super) const INSTANCES: &[&str] = &["aws_db_instance"];

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_db_instance",
        kind: Some("aws.rds.instance"),
        global_id: "arn",
        names: &["identifier"],
        facts: &[
            ("backup.deleted_with_resource", "delete_automated_backups"),
            ("backup.enabled", "backup_retention_period"),
            ("backup.point_in_time", "backup_retention_period"),
            ("backup.retention_days", "backup_retention_period"),
            ("capacity.types", "instance_class"),
            ("database.endpoints", "address"),
            ("database.engine", "engine"),
            ("database.engine_version", "engine_version"),
            ("database.managed_secret", "manage_master_user_password"),
            ("database.option_group", "option_group_name"),
            ("database.parameter_group", "parameter_group_name"),
            ("database.subnet_group", "db_subnet_group_name"),
            ("encryption.enabled", "storage_encrypted"),
            ("encryption.key", KEY),
            ("network.ports", "port"),
            ("network.security_groups", "vpc_security_group_ids"),
            ("protection.deletion_protection", "deletion_protection"),
            ("protection.final_snapshot", "skip_final_snapshot"),
            ("redundancy.automatic_failover", "multi_az"),
            ("redundancy.multi_zone", "multi_az"),
            ("redundancy.zones", "availability_zone"),
            ("replication.cross_region", SOURCE),
            ("replication.role", SOURCE),
            ("replication.source", SOURCE),
        ],
        reads: &["engine_version_actual", "replicas", "restore_to_point_in_time", "s3_import", "snapshot_identifier"],
        ..TYPE
    },
    maps: Maps::Resource(instance),
}];

fn instance(attrs: &Attrs<'_>, resource: &mut Resource) {
    let is_replica = attrs.is_set(SOURCE);
    let source = if is_replica { replica(attrs, resource) } else { None };
    if !is_replica {
        resource.replication = Some(Shared::from(not_a_replica()));
    }
    // What is restored takes over the settings of its snapshot where the code does not name them.
    let restored = is_restored(attrs);
    resource.backup = backup(attrs, (!restored).then_some(0));
    let multi_zone = if restored { attrs.boolean("multi_az") } else { attrs.boolean_or("multi_az", false) };
    let zones = attrs.text("availability_zone").map(|zone| vec![zone]);
    if zones.is_known() && multi_zone != Fact::Known(false) {
        resource.mark_unknown("redundancy.zones", "Terraform does not record the zone of the standby");
    }
    resource.redundancy =
        Some(Shared::from(Redundancy { zones, automatic_failover: multi_zone, multi_zone, ..Redundancy::default() }));
    let of_source = |at: Option<usize>| at.map(|at| Attrs::new(attrs.world, at));
    // A replica is encrypted if its source is, and what is restored if its snapshot is, whatever the code says.
    let encrypted = match attrs.boolean_or("storage_encrypted", false) {
        Fact::Known(false) if is_replica => {
            of_source(source).map_or(Fact::Unknown, |source| source.boolean_or("storage_encrypted", false))
        }
        Fact::Known(false) if restored => Fact::Unknown,
        own => own,
    };
    // Beside its source, a replica takes the key of it.
    let lies_beside = resource.replication.as_ref().is_some_and(|facts| facts.cross_region == Fact::Known(false));
    let keyed = of_source(source).filter(|_| lies_beside && !attrs.is_set(KEY));
    resource.encryption = match &keyed {
        Some(source) => encryption(source, resource, encrypted, KEY, !source.is_set(SOURCE) && !is_restored(source)),
        None => encryption(attrs, resource, encrypted, KEY, !is_replica && !restored),
    };
    refused::without_key(attrs, resource, KEY);
    resource.protection = protection(attrs);
    resource.capacity = Some(Shared::from(Capacity {
        types: attrs.text("instance_class").map(|class| vec![class]),
        ..Capacity::default()
    }));
    let engine = match attrs.text("engine") {
        Fact::Known(engine) => Fact::Known(engine),
        _ => of_source(source).map_or(Fact::Unknown, |source| source.text("engine")),
    };
    let engine = lower(engine);
    let port = usual_port(&engine).filter(|_| !is_replica && !restored);
    reached(attrs, resource, "vpc_security_group_ids", port);
    let crosses = resource.replication.as_ref().and_then(|facts| facts.cross_region.known().copied());
    let [parameters, options] = groups::of_instance(attrs, of_source(source).as_ref(), crosses, restored);
    let mut database = Database {
        engine,
        engine_version: engine_version(attrs),
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group: subnet_group(attrs, resource, "db_subnet_group_name"),
        endpoints: attrs.text("address").map(|address| vec![address]),
        managed_secret: attrs.boolean_or("manage_master_user_password", false),
        ..Database::default()
    };
    parameters.parameters_of(&mut database);
    options.options_of(&mut database);
    resource.database = Some(Shared::from(database));
    settings::say(resource);
}

fn is_restored(attrs: &Attrs<'_>) -> bool {
    ["snapshot_identifier", "restore_to_point_in_time", "s3_import"].iter().any(|name| attrs.is_set(name))
}

/// Its role waits for its replicas.
pub(super) fn not_a_replica() -> Replication {
    Replication {
        source: Fact::Absent,
        cross_region: Fact::Absent,
        global: Fact::Absent,
        status: Fact::Absent,
        healthy: Fact::Absent,
        lag_seconds: Fact::Absent,
        ..Replication::default()
    }
}

/// Fills the replication of a replica, and gives back the source if it is managed here.
fn replica(attrs: &Attrs<'_>, resource: &mut Resource) -> Option<usize> {
    let targets = beside(resource, "db", attrs.targets(SOURCE, INSTANCES));
    let here = targets.here().first().copied().filter(|_| targets.unknown.is_none());
    // A source in another region can be named by its ARN only.
    let is_beside = attrs.text(SOURCE).text().is_some_and(|name| Arn::parse(name).is_none());
    resource.replication = Some(Shared::from(Replication {
        role: "replica".into(),
        cross_region: if is_beside { Fact::Known(false) } else { cross_region(attrs.world, resource, &targets) },
        source: attrs.link_to(resource, Rel::ReplicaOf, "replication.source", targets),
        global: Fact::Absent,
        ..Replication::default()
    }));
    here
}

/// Fills which replicas there are: those that the provider lists, and those that are managed here, less what the plan
/// takes away.
pub(super) fn replicas(world: &World<'_>, resources: &mut Parts) {
    let mut by_source: Vec<Vec<String>> = vec![Vec::new(); resources.len()];
    for at in world.of_type(INSTANCES) {
        let targets = Attrs::new(world, at).targets(SOURCE, INSTANCES);
        let is_refused = resources[at].as_ref().is_some_and(refused::is_refused);
        if let ([source], None, false) = (&targets.here()[..], &targets.unknown, is_refused) {
            by_source[*source].push(world.id(at).to_owned());
        }
    }
    for at in world.of_type(INSTANCES) {
        let attrs = Attrs::new(world, at);
        let Some(resource) = &mut resources[at] else { continue };
        let listed = attrs.list("replicas");
        let mut replicas = std::mem::take(&mut by_source[at]);
        for name in listed.known().into_iter().flatten() {
            match world.named(at, name, INSTANCES).here[..] {
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
