//! Replicated automated backups, and snapshots.

use super::super::provider::TYPE;
use super::super::snapshots;
use super::instances::INSTANCES;
use super::names::CLUSTERS;
use super::{beside, encryption, engine_version, lower, region_of};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Backup, Database, Fact, RecoveryPoint, Rel, Resource, Shared};

const SNAPSHOTS: &[&str] = &["aws_db_snapshot", "aws_db_snapshot_copy"];
const CLUSTER_SNAPSHOTS: &[&str] = &[
    "aws_db_cluster_snapshot",
    "aws_docdb_cluster_snapshot",
    "aws_neptune_cluster_snapshot",
    "aws_rds_cluster_snapshot_copy",
];

const fn snapshot_of_cluster(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.rds.cluster-snapshot"),
            global_id: "db_cluster_snapshot_arn",
            names: &["db_cluster_snapshot_identifier"],
            facts: &[
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("encryption.enabled", "storage_encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.method", "snapshot_type"),
                ("recovery_point.source", "db_cluster_identifier"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(of_cluster),
    }
}

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            // It lives where its provider works, which is where the copy is kept.
            name: "aws_db_instance_automated_backups_replication",
            kind: Some("aws.rds.automated-backup"),
            global_id: "id",
            names: &[],
            facts: &[
                ("backup.retention_days", "retention_period"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.source", "source_db_instance_arn"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(automated),
    },
    Mapping {
        of: Type {
            name: "aws_db_snapshot",
            kind: Some("aws.rds.snapshot"),
            global_id: "db_snapshot_arn",
            names: &["db_snapshot_identifier"],
            facts: &[
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.method", "snapshot_type"),
                ("recovery_point.source", "db_instance_identifier"),
            ],
            reads: &["source_region"],
            ..TYPE
        },
        maps: Maps::Resource(of_instance),
    },
    snapshot_of_cluster("aws_db_cluster_snapshot"),
    snapshot_of_cluster("aws_docdb_cluster_snapshot"),
    snapshot_of_cluster("aws_neptune_cluster_snapshot"),
    Mapping {
        of: Type {
            name: "aws_db_snapshot_copy",
            kind: Some("aws.rds.snapshot"),
            global_id: "db_snapshot_arn",
            names: &["target_db_snapshot_identifier"],
            facts: &[
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.source", "source_db_snapshot_identifier"),
            ],
            reads: &["destination_region"],
            ..TYPE
        },
        maps: Maps::Resource(copy),
    },
    Mapping {
        of: Type {
            name: "aws_rds_cluster_snapshot_copy",
            kind: Some("aws.rds.cluster-snapshot"),
            global_id: "db_cluster_snapshot_arn",
            names: &["target_db_cluster_snapshot_identifier"],
            facts: &[
                ("database.engine", "engine"),
                ("database.engine_version", "engine_version"),
                ("encryption.enabled", "storage_encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.source", "source_db_cluster_snapshot_identifier"),
            ],
            reads: &["destination_region"],
            ..TYPE
        },
        maps: Maps::Resource(copy),
    },
];

fn automated(attrs: &Attrs<'_>, resource: &mut Resource) {
    let targets = attrs.targets("source_db_instance_arn", INSTANCES);
    let source = targets.single().map(|at| Attrs::new(attrs.world, at));
    if let Some(name) = source.as_ref().and_then(|source| source.text("identifier").into_known()) {
        resource.name = name;
    }
    let region = region_of(attrs.world, resource, &targets);
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: attrs.link_to(resource, Rel::BackupOf, "recovery_point.source", targets),
        source_region: region,
        vault: Fact::Absent,
        deleted_at: Fact::Absent,
        method: "automated".into(),
        // Backups of RDS are not scanned.
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    }));
    resource.backup =
        Some(Shared::from(Backup { retention_days: attrs.number_or("retention_period", 7), ..Backup::default() }));
    let encrypted = match attrs.is_set("kms_key_id") {
        true => Fact::Known(true),
        false => source.as_ref().map_or(Fact::Unknown, |source| source.boolean_or("storage_encrypted", false)),
    };
    resource.encryption = encryption(attrs, resource, encrypted, "kms_key_id", false);
    resource.database = source.map(|source| {
        Shared::from(Database {
            engine: lower(source.text("engine")),
            engine_version: engine_version(&source),
            ..Database::default()
        })
    });
}

fn of_instance(attrs: &Attrs<'_>, resource: &mut Resource) {
    taken(attrs, resource, "encrypted", ("db_instance_identifier", "db", INSTANCES));
}

fn of_cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    taken(attrs, resource, "storage_encrypted", ("db_cluster_identifier", "cluster", CLUSTERS));
}

/// A snapshot that was taken of what `of` names: an attribute, what its ARN calls it, and its types.
fn taken(attrs: &Attrs<'_>, resource: &mut Resource, encrypted: &str, of: (&str, &str, &[&str])) {
    let (name, what, types) = of;
    common(attrs, resource, encrypted);
    let targets = beside(resource, what, attrs.targets(name, types));
    let source_region = match attrs.declares("source_region") {
        true => attrs.text_if_set("source_region"),
        false => Fact::Absent,
    };
    let region = if source_region.is_known() { source_region } else { region_of(attrs.world, resource, &targets) };
    let method = match attrs.text("snapshot_type") {
        Fact::Unknown => snapshots::BY_HAND.into(),
        known => lower(known),
    };
    snapshots::taken(attrs, resource, targets, region, method);
}

/// A copy of a snapshot: of what that one is a snapshot of. It lives in the region that it names.
fn copy(attrs: &Attrs<'_>, resource: &mut Resource) {
    if let Fact::Known(region) = attrs.text_if_set("destination_region") {
        resource.place.region = Fact::Known(region);
    }
    let (of_cluster, name, types) = match attrs.declares("source_db_snapshot_identifier") {
        true => (false, "source_db_snapshot_identifier", SNAPSHOTS),
        false => (true, "source_db_cluster_snapshot_identifier", CLUSTER_SNAPSHOTS),
    };
    common(attrs, resource, if of_cluster { "storage_encrypted" } else { "encrypted" });
    let copied = attrs.targets(name, types);
    let region = region_of(attrs.world, resource, &copied);
    let original = copied.single().map(|at| Attrs::new(attrs.world, at));
    let source = match of_cluster {
        true => snapshots::of_original(original, "db_cluster_identifier", CLUSTERS),
        false => snapshots::of_original(original, "db_instance_identifier", INSTANCES),
    };
    snapshots::taken(attrs, resource, source, region, snapshots::BY_HAND.into());
}

fn common(attrs: &Attrs<'_>, resource: &mut Resource, encrypted: &str) {
    resource.encryption = encryption(attrs, resource, attrs.boolean(encrypted), "kms_key_id", false);
    resource.database = Some(Shared::from(Database {
        engine: lower(attrs.text("engine")),
        engine_version: engine_version(attrs),
        ..Database::default()
    }));
}
