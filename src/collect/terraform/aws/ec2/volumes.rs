//! EBS volumes that stand for themselves, and snapshots that code takes or copies.

use super::super::provider::TYPE;
use super::super::{kms, replicas, snapshots};
use crate::collect::stores;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Encryption, Fact, Protection, Redundancy, Rel, Resource, Shared};

const VOLUMES: &[&str] = &["aws_ebs_volume"];
const SNAPSHOTS: &[&str] = &["aws_ebs_snapshot", "aws_ebs_snapshot_copy"];

/// What decides for volumes that say nothing.
const DEFAULTS: &[&str] = &["aws_ebs_default_kms_key", "aws_ebs_encryption_by_default"];

/// The key of volumes that name none, where the region has no other.
const PROVIDERS_KEY: &str = "alias/aws/ebs";

const fn default_of_region(name: &'static str) -> Mapping {
    Mapping {
        of: Type { name, kind: None, global_id: "id", names: &[], facts: &[], reads: &[], ..TYPE },
        maps: Maps::Part(|_, _| Vec::new(), None),
    }
}

pub(super) const TYPES: &[Mapping] = &[
    default_of_region(DEFAULTS[0]),
    default_of_region(DEFAULTS[1]),
    Mapping {
        of: Type {
            name: "aws_ebs_volume",
            kind: Some("aws.ec2.volume"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("protection.final_snapshot", "final_snapshot"),
                ("redundancy.zones", "availability_zone"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(volume),
    },
    Mapping {
        of: Type {
            name: "aws_ebs_snapshot",
            kind: Some("aws.ec2.snapshot"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.source", "volume_id"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(snapshot),
    },
    Mapping {
        of: Type {
            name: "aws_ebs_snapshot_copy",
            kind: Some("aws.ec2.snapshot"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("recovery_point.source", "source_snapshot_id"),
                ("recovery_point.source_region", "source_region"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(copy),
    },
];

fn volume(attrs: &Attrs<'_>, resource: &mut Resource) {
    // Without a word of it the account decides, by a switch of the region.
    encrypt(attrs, resource);
    encrypt_by_default(attrs, resource);
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(false),
        zones: attrs.text("availability_zone").map(|zone| vec![zone]),
        ..Redundancy::default()
    }));
    resource.protection = Some(Shared::from(Protection {
        final_snapshot: attrs.boolean_or("final_snapshot", false),
        ..Protection::default()
    }));
    replicas::none(resource);
    let newest = if attrs.has_all_parts() {
        Fact::Absent
    } else {
        resource.mark_unknown("backup.enabled", "what takes snapshots of it may be declared elsewhere");
        Fact::Unknown
    };
    resource.backup = Some(Shared::from(stores::volume_backup(newest)));
}

/// What code takes a snapshot of has one, and may have more. Where nobody else has code, nothing takes the next one.
pub(super) fn snapshots_taken(world: &World<'_>, resources: &mut Parts) {
    if world.stack.is_alone {
        return;
    }
    for at in world.of_type(&["aws_ebs_snapshot"]) {
        let volume = Attrs::new(world, at).targets("volume_id", VOLUMES).single();
        if let Some(volume) = volume.and_then(|at| resources[at].as_mut()) {
            volume.backup = Some(Shared::from(stores::volume_backup(Fact::Unknown)));
            volume.mark_unknown("backup.enabled", stores::TAKEN_BY_SOMETHING);
        }
    }
}

fn encrypt(attrs: &Attrs<'_>, resource: &mut Resource) {
    let enabled = attrs.boolean("encrypted");
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        // The region has a key for what names none.
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
}

/// Where nobody else has code, and none switches it on or names a key, volumes are not encrypted unless they say so, and then
/// with the key of the provider.
fn encrypt_by_default(attrs: &Attrs<'_>, resource: &mut Resource) {
    let [names_none, has_no_key] =
        ["encrypted", "kms_key_id"].map(|name| matches!(attrs.state(name), State::Unset | State::Null));
    if !attrs.world.stack.is_alone || attrs.world.everywhere(DEFAULTS).next().is_some() {
        return;
    }
    let Some(encryption) = &mut resource.encryption else { return };
    if encryption.enabled.is_unknown() && names_none {
        (encryption.enabled, encryption.key) = (Fact::Known(false), Fact::Absent);
    } else if encryption.enabled == Fact::Known(true) && has_no_key {
        encryption.key = PROVIDERS_KEY.into();
        resource.link(Rel::EncryptedBy, Some(PROVIDERS_KEY));
    }
}

fn snapshot(attrs: &Attrs<'_>, resource: &mut Resource) {
    encrypt(attrs, resource);
    let (source, region) = (attrs.targets("volume_id", VOLUMES), resource.place.region.clone());
    snapshots::taken(attrs, resource, source, region, snapshots::BY_HAND.into());
}

/// A copy of a snapshot, of what that one is a snapshot of.
fn copy(attrs: &Attrs<'_>, resource: &mut Resource) {
    encrypt(attrs, resource);
    let original = attrs.targets("source_snapshot_id", SNAPSHOTS).single();
    let original = original.map(|at| Attrs::new(attrs.world, at));
    let source = snapshots::of_original(original, "volume_id", VOLUMES);
    snapshots::taken(attrs, resource, source, attrs.text("source_region"), snapshots::BY_HAND.into());
}
