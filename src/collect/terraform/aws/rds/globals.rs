//! Global clusters, and the part that clusters play in them.

use super::super::global;
use super::listed::of;
use super::listed::{GLOBALS, Listed, listed, source_of};
use super::names::CLUSTERS;
use super::roles::{leaves, roles};
use super::{engine_version, lower};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Database, Encryption, Fact, Global, GlobalMember, Protection, Rel, Resource, Shared};
use crate::providers::aws::names::Arn;

const FACTS: &[(&str, &str)] = &[
    ("database.engine", "engine"),
    ("database.engine_version", "engine_version"),
    ("encryption.enabled", "storage_encrypted"),
    ("global.members", "global_cluster_members"),
    ("protection.deletion_protection", "deletion_protection"),
];

const READS: &[&str] =
    &["global_cluster_members.db_cluster_arn", "global_cluster_members.is_writer", "source_db_cluster_identifier"];

const fn global_type(name: &'static str, reads: &'static [&'static str]) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.rds.global-cluster"),
            arn: "arn",
            names: &["global_cluster_identifier"],
            facts: FACTS,
            reads,
        },
        maps: Maps::Resource(global_cluster),
    }
}

pub(super) const TYPES: &[Mapping] = &[
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

fn global_cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    // It belongs to no region, whichever one its provider works in.
    resource.place.region = Fact::Absent;
    resource.encryption =
        Some(Shared::from(Encryption { enabled: attrs.boolean("storage_encrypted"), key: Fact::Absent }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection", false),
        ..Protection::default()
    }));
    resource.database = Some(Shared::from(Database {
        engine: lower(attrs.text("engine")),
        engine_version: engine_version(attrs),
        ..Database::default()
    }));
}

/// Fills which members a global cluster has, and with them the roles, the replicas and the sources of its clusters.
pub(super) fn members(world: &World<'_>, resources: &mut Parts) {
    let mut by_global: Vec<Vec<usize>> = vec![Vec::new(); resources.len()];
    for at in world.of_type(CLUSTERS) {
        let attrs = Attrs::new(world, at);
        if let Some(global) = of(&attrs).single().filter(|_| !leaves(&attrs)) {
            by_global[global].push(at);
        }
    }
    for at in world.of_type(GLOBALS) {
        let attrs = Attrs::new(world, at);
        if let Some(source) = source_of(&attrs)
            && !by_global[at].contains(&source)
        {
            by_global[at].push(source);
            join_around(world, resources, source, at);
        }
        let clusters = std::mem::take(&mut by_global[at]);
        roles(&attrs, resources, &clusters);
        let members = listed_and_planned(world, resources, &attrs, &clusters);
        global::link_members(world, resources, &clusters);
        link_listed(resources, &clusters, &members);
        let Some(resource) = &mut resources[at] else { continue };
        if !(attrs.blocks("global_cluster_members").is_known() && attrs.instance().change.is_some()) {
            resource.mark_unknown("global.members", "members may be declared elsewhere");
        }
        if !members.is_empty() {
            resource.global = Some(Shared::from(Global { members: Fact::Known(members) }));
        }
    }
    for at in world.of_type(CLUSTERS) {
        let Some(resource) = &mut resources[at] else { continue };
        if resource.replication.as_ref().is_some_and(|facts| facts.role.is_unknown()) {
            resource.mark_unknown("replication.role", "its global cluster is not managed here");
        }
    }
}

/// The cluster from which a global cluster is made is a member of it, though its own code does not say so.
fn join_around(world: &World<'_>, resources: &mut Parts, cluster: usize, global: usize) {
    let Some(resource) = &mut resources[cluster] else { return };
    resource.link(Rel::MemberOf, Some(world.id(global)));
    if let Some(facts) = &mut resource.replication {
        facts.global = world.id(global).into();
    }
}

/// Links the members that are managed here with those that are only listed.
fn link_listed(resources: &mut Parts, clusters: &[usize], members: &[GlobalMember]) {
    let is_here = |member: &&GlobalMember| {
        clusters.iter().any(|at| resources[*at].as_ref().map(|resource| resource.id.as_str()) == member.id.text())
    };
    let (writers, others): (Vec<_>, Vec<_>) =
        members.iter().filter(|member| !is_here(member)).partition(|member| member.writer == Fact::Known(true));
    for at in clusters {
        let Some(resource) = &mut resources[*at] else { continue };
        let own_region = resource.region().map(str::to_owned);
        let Some(facts) = &mut resource.replication else { continue };
        match (facts.role.text(), &writers[..]) {
            (Some("primary"), _) if !others.is_empty() => {
                let mut replicas = std::mem::take(&mut facts.replicas).into_known().unwrap_or_default();
                replicas.extend(others.iter().filter_map(|member| member.id.known().cloned()));
                facts.replicas = Fact::Known(replicas);
            }
            (Some("replica"), [writer]) if facts.source.is_unknown() => {
                let regions = own_region.zip(writer.region.text());
                facts.cross_region = Fact::from_known(regions.map(|(own, source)| own != source));
                facts.source = writer.id.clone();
                resource.link(Rel::ReplicaOf, writer.id.text());
            }
            _ => {}
        }
    }
}

fn listed_and_planned(
    world: &World<'_>,
    resources: &Parts,
    global: &Attrs<'_>,
    clusters: &[usize],
) -> Vec<GlobalMember> {
    let mut members: Vec<GlobalMember> = clusters
        .iter()
        .map(|at| GlobalMember {
            id: world.id(*at).into(),
            region: world.place(*at).region.clone(),
            writer: Fact::from_known(global::role(resources, *at).map(|role| role == "primary")),
            status: Fact::Unknown,
        })
        .collect();
    let own: Vec<_> = world.of_type(CLUSTERS).into_iter().map(|at| world.id(at)).collect();
    for Listed { arn, writer } in listed(global).unwrap_or_default() {
        // Of what is managed here the code says whether it stays.
        if own.contains(&arn.as_str()) || world.is_gone(global.at, &arn, CLUSTERS) {
            continue;
        }
        members.push(GlobalMember {
            region: Fact::from_known(Arn::parse(&arn).map(|arn| arn.region.to_owned())),
            writer,
            status: Fact::Unknown,
            id: Fact::Known(arn),
        });
    }
    members.sort_by(|a, b| a.id.cmp(&b.id));
    members
}
