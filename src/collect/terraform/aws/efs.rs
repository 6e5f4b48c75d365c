//! EFS file systems.

use super::ec2::{SECURITY_GROUPS, SUBNETS};
use super::provider::TYPE;
use super::{kms, replicas};
use crate::collect::stores;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Encryption, Fact, Redundancy, Rel, Resource, Shared};

const FILE_SYSTEMS: &[&str] = &["aws_efs_file_system"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_efs_file_system",
            kind: Some("aws.efs.filesystem"),
            global_id: "arn",
            names: &["name", "creation_token"],
            // Its name is a tag, and several may have it.
            unique: "creation_token",
            facts: &[
                ("encryption.enabled", "encrypted"),
                ("encryption.key", "kms_key_id"),
                ("redundancy.multi_zone", "availability_zone_name"),
                ("redundancy.zones", "availability_zone_name"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(file_system),
    },
    Mapping {
        of: Type {
            name: "aws_efs_access_point",
            kind: None,
            global_id: "arn",
            names: &["id"],
            facts: &[],
            reads: &["file_system_id"],
            ..TYPE
        },
        maps: Maps::Part(access_point, None),
    },
    Mapping {
        of: Type {
            name: "aws_efs_mount_target",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["file_system_id", "security_groups", "subnet_id"],
            ..TYPE
        },
        maps: Maps::Part(mount_target, None),
    },
    Mapping {
        of: Type {
            name: "aws_efs_backup_policy",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["backup_policy.status", "file_system_id"],
            ..TYPE
        },
        maps: Maps::Part(backup_policy, Some(no_backup_policy)),
    },
    Mapping {
        of: Type {
            name: "aws_efs_replication_configuration",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["destination.region", "source_file_system_id"],
            ..TYPE
        },
        maps: Maps::Part(file_system_replication, Some(no_file_system_replication)),
    },
];

const PARTS: &[PartOf] = &[
    PartOf {
        part: "aws_efs_backup_policy",
        inline: "",
        names: "file_system_id",
        of: FILE_SYSTEMS,
        several: false,
        facts: &["backup.enabled"],
        clear: |system| system.backup.get_or_insert_default().enabled = Fact::Unknown,
    },
    PartOf {
        part: "aws_efs_replication_configuration",
        inline: "",
        names: "source_file_system_id",
        of: FILE_SYSTEMS,
        several: false,
        facts: &["replication.regions", "replication.role"],
        clear: part_of::no_replication,
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[PARTS], finishers: &[], comparers: &[] };

fn file_system(attrs: &Attrs<'_>, resource: &mut Resource) {
    let enabled = attrs.boolean_or("encrypted", false);
    let key = match (&enabled, attrs.state("kms_key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Null | State::Unset) => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/elasticfilesystem"));
            "alias/aws/elasticfilesystem".into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
    let zone = attrs.text_if_set("availability_zone_name");
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: match &zone {
            Fact::Known(_) => Fact::Known(false),
            Fact::Absent => Fact::Known(true),
            Fact::Unknown => Fact::Unknown,
        },
        zones: match zone {
            Fact::Known(zone) => Fact::Known(vec![zone]),
            _ => Fact::Unknown,
        },
        ..Redundancy::default()
    }));
    // A new file system is backed up and replicated by this plan or not at all; but a single-zone one is backed up
    // unless its policy says otherwise.
    let enabled = if attrs.has_all_parts() {
        replicas::to(resource, Fact::Known(Vec::new()), Vec::new());
        resource.redundancy.as_ref().map_or(Fact::Unknown, |facts| facts.multi_zone.as_ref().map(|all| !all))
    } else {
        resource.mark_unknown("backup.enabled", "its backup policy may be declared elsewhere");
        resource.mark_unknown("replication.regions", "its replication may be declared elsewhere");
        Fact::Unknown
    };
    resource.backup = Some(Shared::from(stores::file_system_backup(enabled)));
}

/// An access point is another name of its file system.
fn access_point(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("file_system_id", FILE_SYSTEMS).here()
}

/// The file system that an attribute names, by an access point of it.
pub(super) fn by_access_point(attrs: &Attrs<'_>, name: &str) -> Option<String> {
    let point = attrs.targets(name, &["aws_efs_access_point"]);
    match point.single() {
        Some(at) => Attrs::new(attrs.world, at).targets("file_system_id", FILE_SYSTEMS).id(),
        None => point.id(),
    }
}

/// Where it is mounted, and what filters that.
fn mount_target(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let subnet = attrs.targets("subnet_id", SUBNETS).id();
    let groups = attrs.all_targets("security_groups", SECURITY_GROUPS).ids();
    part_of::set(attrs, "file_system_id", FILE_SYSTEMS, resources, |system| {
        system.link(Rel::InSubnet, subnet);
        groups.into_iter().for_each(|group| system.link(Rel::FilteredBy, Some(group)));
    })
}

fn set_backup(attrs: &Attrs<'_>, resources: &mut Parts, enabled: Fact<bool>) -> Vec<usize> {
    part_of::set(attrs, "file_system_id", FILE_SYSTEMS, resources, |system| {
        system.unknown.remove("backup.enabled");
        system.backup.get_or_insert_default().enabled = enabled;
    })
}

fn backup_policy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let status = attrs.block("backup_policy").into_known().map(|policy| policy.text("status"));
    let enabled = status.map_or(Fact::Unknown, |status| status.map(|status| status.starts_with("ENABL")));
    set_backup(attrs, resources, enabled)
}

fn no_backup_policy(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_backup(attrs, resources, Fact::Known(false));
}

fn set_replication(attrs: &Attrs<'_>, resources: &mut Parts, regions: Fact<Vec<String>>) -> Vec<usize> {
    part_of::set(attrs, "source_file_system_id", FILE_SYSTEMS, resources, |system| {
        system.unknown.remove("replication.regions");
        if regions.is_unknown() {
            system.mark_unknown("replication.regions", "the region of its replica is not known");
        }
        replicas::to(system, regions, Vec::new());
    })
}

fn file_system_replication(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let region = attrs.block("destination").into_known().map(|destination| destination.text("region"));
    set_replication(attrs, resources, region.unwrap_or_default().map(|region| vec![region]))
}

fn no_file_system_replication(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_replication(attrs, resources, Fact::Known(Vec::new()));
}
