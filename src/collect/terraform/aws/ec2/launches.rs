//! Launch templates, and what others read of them.

use std::collections::BTreeSet;

use super::super::provider::TYPE;
use super::super::{iam, kms};
use super::groups::GROUPS;
use super::{id, image};
use crate::collect::machines::{self, Launch};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Resource};

pub(in crate::collect::terraform::aws) const TEMPLATES: &[&str] = &["aws_launch_template"];

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_launch_template",
        kind: Some("aws.ec2.launch-template"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("capacity.types", "instance_type"),
            ("network.security_groups", "vpc_security_group_ids"),
            ("workload.instance_profiles", "iam_instance_profile"),
            ("workload.launch_images", "image_id"),
            ("workload.mentions", "user_data"),
            ("workload.revision", "latest_version"),
        ],
        reads: &[
            "block_device_mappings.ebs.kms_key_id",
            "default_version",
            "iam_instance_profile.arn",
            "iam_instance_profile.name",
            "instance_requirements",
            "network_interfaces.security_groups",
            "security_group_names",
            "update_default_version",
        ],
        ..TYPE
    },
    maps: Maps::Resource(template),
}];

fn template(attrs: &Attrs<'_>, resource: &mut Resource) {
    machines::template(launch(attrs), resource, |_| None);
    resource.workload.get_or_insert_default().revision = attrs.number("latest_version");
}

/// What the newest version of a template says.
pub(in crate::collect::terraform::aws) fn launch(attrs: &Attrs<'_>) -> Launch {
    let name = attrs.text("name").into_known().unwrap_or_else(|| attrs.instance().address.clone());
    let version = attrs.number("latest_version").into_known().map(|it| format!(", version {it}"));
    let interfaces = attrs.blocks_if_set("network_interfaces");
    let of_interfaces = match &interfaces {
        Fact::Known(all) => all.iter().map(|it| groups(it, "security_groups")).collect(),
        Fact::Absent => Vec::new(),
        Fact::Unknown => vec![Fact::Unknown],
    };
    // The ids of groups that are named by their names are not told.
    let by_name = attrs.is_set("security_group_names").then_some(Fact::Unknown);
    let all = [groups(attrs, "vpc_security_group_ids")].into_iter().chain(of_interfaces).chain(by_name);
    let disks = attrs.blocks_if_set("block_device_mappings").into_known().unwrap_or_default();
    let disks = disks.iter().filter_map(|disk| disk.block_if_set("ebs").into_known());
    let profile = attrs.block_if_set("iam_instance_profile").map(|own| match iam::profile(&own, "name") {
        (Fact::Absent, _) => iam::profile(&own, "arn"),
        by_name => by_name,
    });
    let (profile, role) = match profile {
        Fact::Known(own) => own,
        other => (other.map(|_| String::new()), None),
    };
    Launch {
        at: format!("launch template {name}{}", version.unwrap_or_default()),
        image: image(attrs, "image_id"),
        types: match attrs.text_if_set("instance_type") {
            // Whatever has what it asks for may be started.
            Fact::Absent if !attrs.blocks_if_set("instance_requirements").is_absent() => Fact::Unknown,
            one => one.map(|one| vec![one]),
        },
        groups: together(all),
        profile,
        role,
        keys: disks.filter_map(|disk| kms::named(&disk, "kms_key_id").into_known()).collect(),
        user_data: attrs.text_if_set("user_data"),
        is_gone: false,
    }
}

/// The security groups that an attribute names.
pub(in crate::collect::terraform::aws) fn groups(attrs: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    if !attrs.is_set(name) {
        return Fact::Absent;
    }
    let targets = attrs.all_targets(name, GROUPS);
    if targets.unknown.is_some() {
        return Fact::Unknown;
    }
    let own = |target: &Referent| match target {
        Referent::Here(at, _) => id(attrs, *at),
        Referent::Elsewhere(text) => text.clone(),
    };
    Fact::Known(targets.found.iter().map(own).collect())
}

/// All of them, sorted. Unknown where one list is.
pub(in crate::collect::terraform::aws) fn together(all: impl Iterator<Item = Fact<Vec<String>>>) -> Fact<Vec<String>> {
    let mut named = BTreeSet::new();
    for one in all {
        match one {
            Fact::Known(list) => named.extend(list),
            Fact::Absent => {}
            Fact::Unknown => return Fact::Unknown,
        }
    }
    if named.is_empty() { Fact::Absent } else { Fact::Known(named.into_iter().collect()) }
}

/// Whether a block that names a template and a version starts what the code of the template says now.
pub(in crate::collect::terraform::aws) fn is_newest(template: &Attrs<'_>, block: &Attrs<'_>) -> bool {
    let newest = template.number("latest_version");
    let is_default = || match (template.is_created(), newest, template.number("default_version")) {
        (true, ..) => true,
        (_, Fact::Known(newest), Fact::Known(default)) => newest == default,
        _ => template.boolean("update_default_version") == Fact::Known(true),
    };
    match block.state("version") {
        State::Null | State::Unset => is_default(),
        // What the template itself will say of its versions is that of the newest.
        State::Unknown(reason) => reason == AFTER_APPLY && block.is_taken_from("version", template.at),
        State::Known(value) => match value.as_str() {
            Some("$Latest") => true,
            Some("$Default") => is_default(),
            Some(number) => {
                let number = number.parse::<u32>().ok();
                number.is_some() && (newest.known().copied() == number || (template.is_created() && number == Some(1)))
            }
            None => false,
        },
    }
}
