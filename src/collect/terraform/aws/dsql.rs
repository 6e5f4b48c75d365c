//! Aurora DSQL clusters, and those that they are one with in other regions.

use std::collections::BTreeSet;

use super::kms;
use super::provider::TYPE;
use crate::collect::stores;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referent, Referents};
use crate::model::{Fact, Replication, Resource, Shared};
use crate::providers::aws::names::region_of;

const CLUSTERS: &[&str] = &["aws_dsql_cluster"];
const REGIONS: &str = "replication.regions";

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_dsql_cluster",
            kind: Some("aws.dsql.cluster"),
            global_id: "arn",
            names: &["identifier"],
            facts: &[
                ("encryption.key", "kms_encryption_key"),
                ("protection.deletion_protection", "deletion_protection_enabled"),
                (REGIONS, "multi_region_properties"),
                ("replication.role", "multi_region_properties"),
            ],
            reads: &["multi_region_properties.clusters"],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_dsql_cluster_peering",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["clusters", "identifier"],
            ..TYPE
        },
        maps: Maps::Part(peering, Some(no_peering)),
    },
];

const PARTS: &[PartOf] = &[PartOf {
    part: "aws_dsql_cluster_peering",
    inline: "",
    names: "identifier",
    of: CLUSTERS,
    several: false,
    facts: &[REGIONS, "replication.role"],
    clear: part_of::no_replication,
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[PARTS], finishers: &[], comparers: &[] };

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let replication = replication(attrs, resource);
    let key = kms::of_customer(attrs, resource, "kms_encryption_key");
    let deletion_protection = attrs.boolean_or("deletion_protection_enabled", false);
    stores::distributed_sql(resource, replication, key, deletion_protection, Fact::Unknown);
}

/// One without a witness stays alone. One with a witness has those that it is peered with, by a part of it.
fn replication(attrs: &Attrs<'_>, resource: &mut Resource) -> Replication {
    let own = resource.id.as_str();
    let block = match attrs.block_if_set("multi_region_properties") {
        Fact::Known(block) => block,
        Fact::Absent => return stores::peers(own, Vec::new(), Fact::Absent),
        Fact::Unknown => return Replication::default(),
    };
    match block.list("clusters") {
        Fact::Known(all) if !attrs.is_created() => stores::peers(own, all, Fact::Unknown),
        _ if attrs.has_all_parts() => stores::peers(own, Vec::new(), Fact::Absent),
        _ => {
            resource.mark_unknown(REGIONS, "its peers may be declared elsewhere");
            Replication::default()
        }
    }
}

fn set_peers(attrs: &Attrs<'_>, resources: &mut Parts, facts: Replication) -> Vec<usize> {
    part_of::set(attrs, "identifier", CLUSTERS, resources, |cluster| {
        cluster.unknown.remove(REGIONS);
        if facts.regions.is_unknown() {
            cluster.mark_unknown(REGIONS, "the region of a peer is not known");
        }
        cluster.replication = Some(Shared::from(facts));
    })
}

fn peering(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let targets = attrs.all_targets("clusters", CLUSTERS);
    let own = attrs.targets("identifier", CLUSTERS).single().map(|at| attrs.world.id(at).to_owned());
    let facts = Replication {
        regions: regions(attrs, &targets),
        ..stores::peers(own.as_deref().unwrap_or_default(), targets.ids(), Fact::Unknown)
    };
    set_peers(attrs, resources, facts)
}

/// Where the peers are. Those that are only made now have no ARN yet.
fn regions(attrs: &Attrs<'_>, peers: &Referents) -> Fact<Vec<String>> {
    if peers.unknown.is_some() {
        return Fact::Unknown;
    }
    let region = |peer: &Referent| match peer {
        Referent::Here(at, _) => attrs.world.place(*at).region.text().map(str::to_owned),
        Referent::Elsewhere(id) => region_of(id).map(str::to_owned),
    };
    let all: Option<BTreeSet<String>> = peers.found.iter().map(region).collect();
    Fact::from_known(all.map(|all| all.into_iter().collect()))
}

fn no_peering(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_peers(attrs, resources, stores::peers("", Vec::new(), Fact::Absent));
}
