//! Redshift clusters, and where their snapshots are copied to.

use super::ec2::reached;
use super::iam::ASSUMED;
use super::kms;
use super::provider::TYPE;
use crate::collect::caches::unreplicated;
use crate::collect::stores;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::{Reach, Type};
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{BackupCopy, Capacity, Database, Encryption, Fact, Protection, Redundancy, Rel, Resource, Shared};

const CLUSTERS: &[&str] = &["aws_redshift_cluster"];
const COPIES: &[&str] = &["aws_redshift_snapshot_copy"];
const GRANTS: &[&str] = &["aws_redshift_snapshot_copy_grant"];
/// The provider's own key, which is taken where the code names none.
const DEFAULT_KEY: &str = "alias/aws/redshift";
const COPIED_TO: &str = "backup.copied_to";

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_redshift_cluster",
            kind: Some("aws.redshift.cluster"),
            global_id: "arn",
            names: &["cluster_identifier"],
            facts: &[
                (COPIED_TO, "snapshot_copy"),
                ("backup.enabled", "automated_snapshot_retention_period"),
                ("backup.retention_days", "automated_snapshot_retention_period"),
                ("capacity.types", "node_type"),
                ("database.endpoints", "dns_name"),
                ("database.engine_version", "cluster_version"),
                ("database.managed_secret", "manage_master_password"),
                ("database.parameter_group", "cluster_parameter_group_name"),
                ("database.subnet_group", "cluster_subnet_group_name"),
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("network.ports", "port"),
                ("network.security_groups", "vpc_security_group_ids"),
                ("protection.final_snapshot", "skip_final_snapshot"),
                ("redundancy.automatic_failover", "multi_az"),
                ("redundancy.instances", "number_of_nodes"),
                ("redundancy.multi_zone", "multi_az"),
                ("redundancy.zones", "availability_zone"),
            ],
            reads: &[
                "iam_roles",
                "snapshot_arn",
                "snapshot_copy.destination_region",
                "snapshot_copy.grant_name",
                "snapshot_copy.retention_period",
                "snapshot_identifier",
            ],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_redshift_snapshot_copy",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["cluster_identifier", "destination_region", "retention_period", "snapshot_copy_grant_name"],
            ..TYPE
        },
        maps: Maps::Part(snapshot_copy, Some(no_snapshot_copy)),
    },
    Mapping {
        of: Type {
            name: "aws_redshift_snapshot_copy_grant",
            kind: None,
            global_id: "arn",
            names: &["snapshot_copy_grant_name"],
            // It stands where the snapshots are copied to.
            reach: Reach::Account,
            facts: &[],
            reads: &["kms_key_id"],
            ..TYPE
        },
        maps: Maps::Part(grant, None),
    },
];

const PARTS: &[PartOf] = &[PartOf {
    part: "aws_redshift_snapshot_copy",
    inline: "snapshot_copy",
    names: "cluster_identifier",
    of: CLUSTERS,
    several: false,
    facts: &[COPIED_TO],
    clear: |cluster| cluster.backup.get_or_insert_default().copied_to = Fact::Unknown,
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[PARTS], finishers: &[], comparers: &[] };

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let copied_to = match attrs.block_if_set("snapshot_copy") {
        Fact::Known(block) => Fact::Known(vec![copy(&block, "grant_name")]),
        Fact::Absent if attrs.has_all_parts() => Fact::Known(Vec::new()),
        Fact::Absent => {
            resource.mark_unknown(COPIED_TO, "the copying of its snapshots may be declared elsewhere");
            Fact::Unknown
        }
        Fact::Unknown => Fact::Unknown,
    };
    let retention = attrs.number_or("automated_snapshot_retention_period", 1);
    resource.backup = Some(Shared::from(stores::warehouse_backup(retention, copied_to)));
    resource.replication = Some(Shared::from(unreplicated()));
    // What is restored is encrypted as its snapshot is, where the code does not say more.
    let is_restored = attrs.is_set("snapshot_identifier") || attrs.is_set("snapshot_arn");
    let enabled = match attrs.boolean_or("encrypted", false) {
        Fact::Known(false) if is_restored => Fact::Unknown,
        enabled => enabled,
    };
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Null | State::Unset) if !is_restored => {
            resource.link(Rel::EncryptedBy, Some(DEFAULT_KEY));
            DEFAULT_KEY.into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
    let multi_zone = attrs.boolean_or("multi_az", false);
    let zones = match multi_zone {
        Fact::Known(false) => attrs.text("availability_zone").map(|zone| vec![zone]),
        _ => {
            resource.mark_unknown("redundancy.zones", "Terraform does not record the zone of the standby");
            Fact::Unknown
        }
    };
    resource.redundancy = Some(Shared::from(Redundancy {
        zones,
        instances: attrs.number_or("number_of_nodes", 1),
        automatic_failover: multi_zone,
        multi_zone,
        ..Redundancy::default()
    }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::Absent,
        final_snapshot: attrs.boolean_or("skip_final_snapshot", false).map(|skip| !skip),
        ..Protection::default()
    }));
    let types = attrs.text("node_type").map(|node| vec![node]);
    resource.capacity = Some(Shared::from(Capacity { types, ..Capacity::default() }));
    resource.database = Some(Shared::from(Database {
        engine: "redshift".into(),
        engine_version: attrs.text_or("cluster_version", "1.0"),
        subnet_group: attrs.text("cluster_subnet_group_name"),
        parameter_group: attrs.text("cluster_parameter_group_name"),
        endpoints: attrs.text("dns_name").map(|host| vec![host]),
        managed_secret: attrs.boolean_or("manage_master_password", false),
        ..stores::warehouse("provisioned")
    }));
    reached(attrs, resource, "vpc_security_group_ids", Some(5439));
    for role in attrs.all_targets("iam_roles", ASSUMED).ids() {
        resource.link(Rel::Assumes, Some(role));
    }
}

/// Copies as a block or a part says. `grant`: the attribute that names the grant.
fn copy(attrs: &Attrs<'_>, grant: &str) -> BackupCopy {
    let named = attrs.text_if_set(grant);
    BackupCopy {
        region: attrs.text("destination_region"),
        retention_days: attrs.number_or("retention_period", 7),
        key: match named {
            Fact::Absent => Fact::Absent,
            _ => key_of(attrs, grant),
        },
        grant: named,
    }
}

/// The key that a grant is for.
fn key_of(attrs: &Attrs<'_>, grant: &str) -> Fact<String> {
    let Some(at) = attrs.targets(grant, GRANTS).single() else { return Fact::Unknown };
    let grant = Attrs::new(attrs.world, at);
    match grant.state("kms_key_id") {
        State::Null | State::Unset => DEFAULT_KEY.into(),
        _ => kms::named(&grant, "kms_key_id"),
    }
}

fn set_copies(attrs: &Attrs<'_>, resources: &mut Parts, copied_to: Vec<BackupCopy>) -> Vec<usize> {
    part_of::set(attrs, "cluster_identifier", CLUSTERS, resources, |cluster| {
        cluster.unknown.remove(COPIED_TO);
        cluster.backup.get_or_insert_default().copied_to = Fact::Known(copied_to);
    })
}

fn snapshot_copy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let copy = copy(attrs, "snapshot_copy_grant_name");
    set_copies(attrs, resources, vec![copy])
}

fn no_snapshot_copy(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_copies(attrs, resources, Vec::new());
}

/// A grant is a part of the clusters whose snapshots are copied by it.
fn grant(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    let world = attrs.world;
    let names_it = |by: &Attrs<'_>, name: &str| by.targets(name, GRANTS).single() == Some(attrs.at);
    let inline = world.of_type(CLUSTERS).into_iter().filter(|at| {
        let block = Attrs::new(world, *at).block_if_set("snapshot_copy");
        block.known().is_some_and(|block| names_it(block, "grant_name"))
    });
    let copies = world.of_type(COPIES).into_iter().map(|at| Attrs::new(world, at));
    let copies = copies.filter(|copy| names_it(copy, "snapshot_copy_grant_name"));
    inline.chain(copies.flat_map(|copy| copy.targets("cluster_identifier", CLUSTERS).here())).collect()
}
