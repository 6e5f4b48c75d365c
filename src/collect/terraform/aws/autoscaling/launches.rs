//! What groups start: launch templates by version, overrides of them, and launch configurations.

use super::super::ec2::{TEMPLATES, groups_of, image, is_newest, launch, together};
use super::super::iam;
use super::super::provider::TYPE;
use crate::collect::machines::{self, Launch};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Rel, Resource};

const CONFIGURATIONS: &[&str] = &["aws_launch_configuration"];

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_launch_configuration",
        kind: Some("aws.autoscaling.launch-configuration"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("capacity.types", "instance_type"),
            ("network.security_groups", "security_groups"),
            ("workload.instance_profiles", "iam_instance_profile"),
            ("workload.launch_images", "image_id"),
            ("workload.mentions", "user_data_base64"),
        ],
        reads: &["user_data"],
        ..TYPE
    },
    maps: Maps::Resource(configuration),
}];

fn configuration(attrs: &Attrs<'_>, resource: &mut Resource) {
    machines::template(of_configuration(attrs), resource, |_| None);
}

fn of_configuration(attrs: &Attrs<'_>) -> Launch {
    let name = attrs.text("name").into_known().unwrap_or_else(|| attrs.instance().address.clone());
    let (profile, role) = iam::profile(attrs, "iam_instance_profile");
    Launch {
        at: format!("launch configuration {name}"),
        image: image(attrs, "image_id"),
        types: attrs.text_if_set("instance_type").map(|one| vec![one]),
        groups: groups_of(attrs, "security_groups"),
        profile,
        role,
        keys: Vec::new(),
        // The provider keeps only a hash of what is not given in base64.
        user_data: match attrs.text_if_set("user_data_base64") {
            Fact::Absent if attrs.is_set("user_data") => Fact::Unknown,
            other => other,
        },
        is_gone: false,
    }
}

/// Fills what a group starts, with the types that it may start.
pub(super) fn fill(attrs: &Attrs<'_>, resource: &mut Resource) {
    let mut all = Launches::default();
    all.configuration(attrs, resource);
    if let Fact::Known(own) = attrs.block_if_set("launch_template") {
        all.template(&own, ("id", "name"), resource);
    }
    let mixed = attrs.block_if_set("mixed_instances_policy").into_known();
    let mixed = mixed.and_then(|policy| policy.block_if_set("launch_template").into_known());
    let mut types: Fact<Vec<String>> = Fact::Absent;
    if let Some(mixed) = mixed {
        const NAMES: (&str, &str) = ("launch_template_id", "launch_template_name");
        if let Fact::Known(own) = mixed.block_if_set("launch_template_specification") {
            all.template(&own, NAMES, resource);
        }
        let overrides = mixed.blocks_if_set("override");
        for one in overrides.as_ref().into_known().into_iter().flatten() {
            if let Fact::Known(own) = one.block_if_set("launch_template_specification") {
                all.template(&own, NAMES, resource);
            }
        }
        types = match overrides {
            Fact::Known(all) => {
                let named = all.iter().map(|one| one.text_if_set("instance_type"));
                let named: Option<Vec<String>> = named.map(Fact::into_known).collect();
                Fact::from_known(named)
            }
            other => other.map(|_| Vec::new()),
        };
    }
    let types = match types {
        Fact::Absent => together(all.found.iter().map(|launch| launch.types.clone())),
        types => together([types].into_iter()),
    };
    resource.capacity.get_or_insert_default().types = Fact::from_known(types.into_known());
    for reason in all.doubts {
        for path in machines::SAID.into_iter().chain(["capacity.types"]) {
            resource.mark_unknown(path, reason.clone());
        }
    }
    machines::fill(&all.found, resource, |_| None);
}

/// What was found so far.
#[derive(Default)]
struct Launches {
    found: Vec<Launch>,
    /// Why there is more.
    doubts: Vec<String>,
}

impl Launches {
    fn configuration(&mut self, attrs: &Attrs<'_>, resource: &mut Resource) {
        if !attrs.is_set("launch_configuration") {
            return;
        }
        let targets = attrs.targets("launch_configuration", CONFIGURATIONS);
        match (&targets.unknown, targets.found.first()) {
            (None, Some(Referent::Here(at, id))) => {
                resource.link(Rel::RunsFrom, Some(id));
                self.found.push(of_configuration(&Attrs::new(attrs.world, *at)));
            }
            (None, Some(Referent::Elsewhere(name))) => {
                resource.link(Rel::RunsFrom, Some(name));
                self.doubts.push(format!("launch configuration {name} is not in the code"));
            }
            (None, None) => {}
            (Some(reason), _) => self.doubts.push(format!("which launch configuration it uses is {reason}")),
        }
    }

    /// A block that names a template, by id or by name.
    fn template(&mut self, block: &Attrs<'_>, (id, name): (&str, &str), resource: &mut Resource) {
        let by = if block.is_set(id) { id } else { name };
        let targets = block.targets(by, TEMPLATES);
        match (&targets.unknown, targets.found.first()) {
            (None, Some(Referent::Here(at, id))) => {
                resource.link(Rel::RunsFrom, Some(id));
                let template = Attrs::new(block.world, *at);
                if is_newest(&template, block) {
                    self.found.push(launch(&template));
                } else {
                    self.doubts.push(
                        "the code does not say what the version of the launch template is that it uses".to_owned(),
                    );
                }
            }
            (None, Some(Referent::Elsewhere(name))) => {
                resource.link(Rel::RunsFrom, Some(name));
                self.doubts.push(format!("launch template {name} is not in the code"));
            }
            (None, None) => {}
            (Some(reason), _) => self.doubts.push(format!("which launch template it uses is {reason}")),
        }
    }
}
