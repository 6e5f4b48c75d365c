//! Global clusters, and the part that clusters play in them.

use super::super::attrs::{Attrs, State};
use super::super::types::{Maps, Type};
use super::super::world::{Parts, World};
use super::clusters::CLUSTERS;
use super::instances::not_a_replica;
use super::{engine_version, lower};
use crate::collect::arn::Arn;
use crate::model::{Database, Encryption, Fact, Global, GlobalMember, Protection, Rel, Replication, Resource};

pub(super) const GLOBALS: &[&str] =
    &["aws_rds_global_cluster", "aws_docdb_global_cluster", "aws_neptune_global_cluster"];

const FACTS: &[(&str, &str)] = &[
    ("database.engine", "engine"),
    ("database.engine_version", "engine_version"),
    ("encryption.enabled", "storage_encrypted"),
    ("global.members", "global_cluster_members"),
    ("protection.deletion_protection", "deletion_protection"),
];

const READS: &[&str] =
    &["global_cluster_members.db_cluster_arn", "global_cluster_members.is_writer", "source_db_cluster_identifier"];

const fn global_type(name: &'static str, reads: &'static [&'static str]) -> Type {
    Type {
        name,
        maps: Maps::Resource("aws.rds.global-cluster", global),
        arn: "arn",
        names: &["global_cluster_identifier"],
        facts: FACTS,
        reads,
    }
}

pub(super) const TYPES: &[Type] = &[
    global_type(
        "aws_rds_global_cluster",
        &[
            "engine_version_actual",
            "global_cluster_members.db_cluster_arn",
            "global_cluster_members.is_writer",
            "source_db_cluster_identifier",
        ],
    ),
    global_type("aws_docdb_global_cluster", READS),
    global_type("aws_neptune_global_cluster", READS),
];

fn global(attrs: &Attrs<'_>, resource: &mut Resource) {
    // It belongs to no region, whichever one its provider works in.
    resource.place.region = Fact::Absent;
    resource.encryption = Some(Box::new(Encryption { enabled: attrs.boolean("storage_encrypted"), key: Fact::Absent }));
    resource.protection = Some(Box::new(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection", false),
        ..Protection::default()
    }));
    resource.database = Some(Box::new(Database {
        engine: lower(attrs.text("engine")),
        engine_version: engine_version(attrs),
        ..Database::default()
    }));
}

/// Which part a cluster plays in its global cluster. A secondary cluster has no user of its own in the code: it has the
/// primary's.
pub(super) fn role(attrs: &Attrs<'_>) -> Fact<String> {
    let Some(global) = attrs.targets("global_cluster_identifier", GLOBALS).single() else { return Fact::Unknown };
    let global = Attrs::new(attrs.world, global);
    let listed = global.blocks("global_cluster_members").into_known().unwrap_or_default();
    let own = attrs.text("arn").into_known();
    let is_own = |member: &&Attrs<'_>| own.is_some() && member.text("db_cluster_arn").into_known() == own;
    if let Some(writes) = listed.iter().find(is_own).and_then(|member| member.boolean("is_writer").into_known()) {
        return if writes { "primary".into() } else { "replica".into() };
    }
    if global.targets("source_db_cluster_identifier", CLUSTERS).single() == Some(attrs.at) {
        return "primary".into();
    }
    if !attrs.declares("master_username") || !listed.is_empty() {
        return Fact::Unknown;
    }
    match attrs.state("master_username") {
        State::Known(_) => "primary".into(),
        State::Null | State::Unset => "replica".into(),
        State::Unknown(_) => Fact::Unknown,
    }
}

/// Fills which members a global cluster has, and with them the replicas and sources of its clusters.
pub(super) fn members(world: &World<'_>, resources: &mut Parts) {
    let mut by_global: Vec<Vec<usize>> = vec![Vec::new(); resources.len()];
    for at in world.of_type(CLUSTERS) {
        let attrs = Attrs::new(world, at);
        if let Some(global) = attrs.targets("global_cluster_identifier", GLOBALS).single() {
            by_global[global].push(at);
        }
    }
    for at in world.of_type(GLOBALS) {
        let attrs = Attrs::new(world, at);
        if let Some(source) = attrs.targets("source_db_cluster_identifier", CLUSTERS).single()
            && !by_global[at].contains(&source)
        {
            by_global[at].push(source);
            join_around(world, resources, source, at);
        }
        let clusters = std::mem::take(&mut by_global[at]);
        let members = listed_and_planned(world, resources, &attrs, &clusters);
        link_members(world, resources, &clusters);
        let Some(resource) = &mut resources[at] else { continue };
        if !(attrs.blocks("global_cluster_members").is_known() && attrs.instance().change.is_some()) {
            resource.mark_unknown("global.members", "members may be declared elsewhere");
        }
        if !members.is_empty() {
            resource.global = Some(Box::new(Global { members: Fact::Known(members) }));
        }
    }
}

/// The cluster from which a global cluster is made is its primary, though its own code does not say so.
fn join_around(world: &World<'_>, resources: &mut Parts, cluster: usize, global: usize) {
    let Some(resource) = &mut resources[cluster] else { return };
    resource.link(Rel::MemberOf, Some(world.id(global)));
    if let Some(facts) = &mut resource.replication {
        facts.role = "primary".into();
        facts.global = world.id(global).into();
    }
}

fn listed_and_planned(
    world: &World<'_>,
    resources: &Parts,
    global: &Attrs<'_>,
    clusters: &[usize],
) -> Vec<GlobalMember> {
    let role = |at: usize| resources[at].as_ref().and_then(|resource| resource.replication.as_ref()?.role.text());
    let mut members: Vec<GlobalMember> = clusters
        .iter()
        .map(|at| GlobalMember {
            id: world.id(*at).into(),
            region: world.place(*at).region.clone(),
            writer: Fact::from_known(role(*at).map(|role| role == "primary")),
            status: Fact::Unknown,
        })
        .collect();
    for listed in global.blocks("global_cluster_members").into_known().unwrap_or_default() {
        let Some(arn) = listed.text("db_cluster_arn").into_known() else { continue };
        let has_left = |at: &usize| !Attrs::new(world, *at).is_set("global_cluster_identifier");
        if members.iter().any(|member| member.id.text() == Some(&arn))
            || world.is_gone(global.at, &arn, CLUSTERS)
            || world.named(global.at, &arn, CLUSTERS).here.iter().any(has_left)
        {
            continue;
        }
        members.push(GlobalMember {
            region: Fact::from_known(Arn::parse(&arn).map(|arn| arn.region.to_owned())),
            writer: listed.boolean("is_writer"),
            status: Fact::Unknown,
            id: Fact::Known(arn),
        });
    }
    members.sort_by(|a, b| a.id.cmp(&b.id));
    members
}

/// The primary names its replicas, and each replica its source.
fn link_members(world: &World<'_>, resources: &mut Parts, clusters: &[usize]) {
    let with_role = |resources: &Parts, wanted: &str| -> Vec<usize> {
        let role = |at: &usize| resources[*at].as_ref()?.replication.as_ref()?.role.text();
        clusters.iter().filter(|at| role(at) == Some(wanted)).copied().collect()
    };
    let (primaries, replicas) = (with_role(resources, "primary"), with_role(resources, "replica"));
    let [primary] = primaries[..] else { return };
    let region = world.place(primary).region.clone();
    for at in &replicas {
        let Some(resource) = &mut resources[*at] else { continue };
        let crosses = resource.region().zip(region.text()).map(|(own, source)| own != source);
        if let Some(facts) = resource.replication.as_mut().filter(|facts| facts.source.is_unknown()) {
            facts.source = world.id(primary).into();
            facts.cross_region = Fact::from_known(crosses);
            resource.link(Rel::ReplicaOf, Some(world.id(primary)));
        }
    }
    let Some(resource) = &mut resources[primary] else { return };
    resource.mark_unknown("replication.replicas", "replicas may be declared elsewhere");
    if let Some(facts) = &mut resource.replication {
        let (role, global) = (std::mem::take(&mut facts.role), std::mem::take(&mut facts.global));
        **facts = Replication { role, global, ..not_a_replica() };
        if !replicas.is_empty() {
            facts.replicas = Fact::Known(replicas.iter().map(|at| world.id(*at).to_owned()).collect());
        }
    }
}
