//! Images of machines that code makes or copies.

use super::super::provider::TYPE;
use super::moment;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Fact, MachineImage, Resource, Shared};

const fn image_type(name: &'static str, facts: &'static [(&'static str, &'static str)]) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.image"),
            global_id: "arn",
            names: &["id"],
            facts,
            reads: &["name", "owner_id"],
            ..TYPE
        },
        maps: Maps::Resource(image),
    }
}

const MADE: &[(&str, &str)] = &[
    ("machine_image.architecture", "architecture"),
    ("machine_image.deprecated_at", "deprecation_time"),
    ("machine_image.name", "name"),
];

const COPIED: &[(&str, &str)] = &[
    ("machine_image.architecture", "architecture"),
    ("machine_image.deprecated_at", "deprecation_time"),
    ("machine_image.name", "name"),
    ("machine_image.source", "source_ami_id"),
    ("machine_image.source_region", "source_ami_region"),
];

pub(super) const TYPES: &[Mapping] =
    &[image_type("aws_ami", MADE), image_type("aws_ami_copy", COPIED), image_type("aws_ami_from_instance", MADE)];

fn image(attrs: &Attrs<'_>, resource: &mut Resource) {
    let (source, source_region) = match attrs.declares("source_ami_id") {
        true => (super::image(attrs, "source_ami_id"), attrs.text("source_ami_region")),
        false => (Fact::Absent, Fact::Absent),
    };
    resource.machine_image = Some(Shared::from(MachineImage {
        name: attrs.text("name"),
        // What code makes belongs to its own account.
        account: match attrs.text("owner_id") {
            Fact::Known(owner) => Fact::Known(owner),
            _ => resource.place.account.clone(),
        },
        source,
        source_region,
        architecture: attrs.text("architecture"),
        deprecated_at: moment(attrs, "deprecation_time"),
        snapshots: Fact::Unknown,
    }));
    resource.mark_unknown("machine_image.snapshots", "code does not know them");
}
