//! FSx file systems of its four types, and the backups that code takes of them.

use super::ec2::SUBNETS;
use super::provider::TYPE;
use super::{kms, replicas};
use crate::collect::stores;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Encryption, Fact, RecoveryPoint, Redundancy, Rel, Resource, Shared};

const LUSTRE: &[&str] = &["aws_fsx_lustre_file_system"];
const FILE_SYSTEMS: &[&str] = &[
    "aws_fsx_lustre_file_system",
    "aws_fsx_ontap_file_system",
    "aws_fsx_openzfs_file_system",
    "aws_fsx_windows_file_system",
];
/// The provider's own key, which is taken where the code names none.
const DEFAULT_KEY: &str = "alias/aws/fsx";

const fn file_system(name: &'static str, map: fn(&Attrs<'_>, &mut Resource)) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.fsx.filesystem"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("backup.enabled", "automatic_backup_retention_days"),
                ("backup.retention_days", "automatic_backup_retention_days"),
                ("encryption.key", "kms_key_id"),
                ("redundancy.multi_zone", "deployment_type"),
            ],
            reads: &["subnet_ids"],
            ..TYPE
        },
        maps: Maps::Resource(map),
    }
}

const TYPES: &[Mapping] = &[
    file_system("aws_fsx_lustre_file_system", lustre),
    file_system("aws_fsx_ontap_file_system", ontap),
    file_system("aws_fsx_openzfs_file_system", openzfs),
    file_system("aws_fsx_windows_file_system", windows),
    Mapping {
        of: Type {
            name: "aws_fsx_backup",
            kind: Some("aws.fsx.backup"),
            global_id: "arn",
            names: &["id"],
            facts: &[("encryption.key", "kms_key_id"), ("recovery_point.source", "file_system_id")],
            reads: &["volume_id"],
            ..TYPE
        },
        maps: Maps::Resource(backup),
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[only_to_last], comparers: &[] };

fn lustre(attrs: &Attrs<'_>, resource: &mut Resource) {
    common(attrs, resource, attrs.text_or("deployment_type", "SCRATCH_1"), 0);
}

fn windows(attrs: &Attrs<'_>, resource: &mut Resource) {
    common(attrs, resource, attrs.text_or("deployment_type", "SINGLE_AZ_1"), 7);
}

fn openzfs(attrs: &Attrs<'_>, resource: &mut Resource) {
    common(attrs, resource, attrs.text("deployment_type"), 0);
}

fn ontap(attrs: &Attrs<'_>, resource: &mut Resource) {
    common(attrs, resource, attrs.text("deployment_type"), 0);
    stores::of_ontap(resource);
}

/// `days`: for how long automatic backups are kept where the code does not say.
fn common(attrs: &Attrs<'_>, resource: &mut Resource, deployment: Fact<String>, days: u32) {
    encrypt(attrs, resource);
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: deployment.map(|kind| stores::spans_zones(&kind)),
        ..Redundancy::default()
    }));
    let retention = attrs.number_or("automatic_backup_retention_days", days);
    resource.backup = Some(Shared::from(stores::managed_file_system_backup(retention)));
    for subnet in attrs.all_targets("subnet_ids", SUBNETS).ids() {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    replicas::none(resource);
}

fn encrypt(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.state("kms_key_id") {
        State::Null | State::Unset => {
            resource.link(Rel::EncryptedBy, Some(DEFAULT_KEY));
            DEFAULT_KEY.into()
        }
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
}

fn backup(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = kms::encrypted_by(attrs, resource, "kms_key_id");
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    // Of ONTAP it is one of a volume, of which the file system has others.
    let source = match attrs.is_set("volume_id") {
        true => Fact::Unknown,
        false => attrs.link(resource, Rel::BackupOf, "recovery_point.source", "file_system_id", FILE_SYSTEMS),
    };
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source,
        source_region: resource.place.region.clone(),
        vault: Fact::Absent,
        // What Terraform takes is taken by hand.
        method: "manual".into(),
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    }));
}

/// The others are for what can be computed anew.
fn only_to_last(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(LUSTRE) {
        let deployment = Attrs::new(world, at).text_or("deployment_type", "SCRATCH_1");
        let is_scratch = deployment.text().is_some_and(|kind| kind.starts_with("SCRATCH"));
        resources[at] = resources[at].take().filter(|_| !is_scratch);
    }
}
