//! Auto Scaling groups.

mod launches;

use super::ec2::network;
use super::elbv2;
use super::iam::ASSUMED;
use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referents};
use crate::model::{Capacity, Fact, Redundancy, Rel, Resource, Shared, Tags};

const GROUPS: &[&str] = &["aws_autoscaling_group"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_autoscaling_group",
            kind: Some("aws.autoscaling.group"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("capacity.desired", "desired_capacity"),
                ("capacity.max", "max_size"),
                ("capacity.min", "min_size"),
                ("capacity.suspended", "suspended_processes"),
                ("capacity.types", "mixed_instances_policy.launch_template.override.instance_type"),
                ("network.security_groups", "launch_template"),
                ("network.subnets", "vpc_zone_identifier"),
                ("redundancy.multi_zone", "vpc_zone_identifier"),
                ("redundancy.zones", "vpc_zone_identifier"),
                ("workload.instance_profiles", "launch_template"),
                ("workload.launch_images", "launch_template"),
                ("workload.mentions", "launch_template"),
            ],
            reads: &[
                "availability_zones",
                "launch_configuration",
                "launch_template.id",
                "launch_template.name",
                "launch_template.version",
                "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id",
                "mixed_instances_policy.launch_template.launch_template_specification.launch_template_name",
                "mixed_instances_policy.launch_template.launch_template_specification.version",
                "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_id",
                "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_name",
                "mixed_instances_policy.launch_template.override.launch_template_specification.version",
                "service_linked_role_arn",
                "tag.key",
                "tag.value",
                "target_group_arns",
            ],
            ..TYPE
        },
        maps: Maps::Resource(scaling_group),
    },
    Mapping {
        of: Type {
            name: "aws_autoscaling_group_tag",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["autoscaling_group_name", "tag.key", "tag.value"],
            ..TYPE
        },
        maps: Maps::Part(group_tag, None),
    },
    Mapping {
        of: Type {
            name: "aws_autoscaling_attachment",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["autoscaling_group_name", "lb_target_group_arn"],
            ..TYPE
        },
        maps: Maps::Part(attachment, None),
    },
];

const PARTS: &[PartOf] = &[PartOf {
    part: "aws_autoscaling_group_tag",
    names: "autoscaling_group_name",
    of: GROUPS,
    inline: "",
    several: true,
    facts: &["tags"],
    clear: |group| group.tags = Fact::Unknown,
}];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES, launches::TYPES], parts: &[PARTS], finishers: &[], comparers: &[] };

fn scaling_group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let min = attrs.number("min_size");
    let desired = match attrs.number("desired_capacity") {
        Fact::Unknown if !attrs.is_set("desired_capacity") => min,
        desired => desired,
    };
    resource.capacity = Some(Shared::from(Capacity {
        min,
        desired,
        max: attrs.number("max_size"),
        suspended: match attrs.list("suspended_processes") {
            Fact::Absent => Fact::Known(Vec::new()),
            list => list,
        },
        ..Capacity::default()
    }));
    attrs.link(resource, Rel::Assumes, "", "service_linked_role_arn", ASSUMED);
    network(attrs, resource, "vpc_zone_identifier");
    launches::fill(attrs, resource);
    reached_by(resource, attrs.all_targets("target_group_arns", elbv2::GROUPS));
    if let Fact::Known(zones) = attrs.list("availability_zones")
        && !attrs.is_updated("vpc_zone_identifier")
    {
        resource.redundancy = Some(Shared::from(Redundancy {
            multi_zone: Fact::Known(zones.len() > 1),
            zones: Fact::Known(zones),
            ..Redundancy::default()
        }));
    }
    resource.redundancy.get_or_insert_default().automatic_failover = Fact::Absent;
    resource.tags = group_tags(attrs).map(Shared::from);
}

/// Tags of a group are blocks; the provider's default tags do not reach them.
fn group_tags(attrs: &Attrs<'_>) -> Fact<Tags> {
    match attrs.blocks("tag") {
        Fact::Known(blocks) => {
            let pair = |block: &Attrs<'_>| Some((block.text("key").into_known()?, text_or_empty(block.text("value"))?));
            Fact::from_known(blocks.iter().map(pair).collect())
        }
        Fact::Absent => Fact::Known(Tags::new()),
        Fact::Unknown => Fact::Unknown,
    }
}

/// A target group that is attached by itself.
fn attachment(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let own = attrs.targets("lb_target_group_arn", elbv2::GROUPS);
    part_of::set(attrs, "autoscaling_group_name", GROUPS, resources, |group| reached_by(group, own))
}

/// Links to the target groups that it registers with, where they are known.
fn reached_by(group: &mut Resource, targets: Referents) {
    for id in targets.ids().into_iter().filter(|_| targets.unknown.is_none()) {
        group.link(Rel::ReachedBy, Some(id));
    }
}

/// A tag that is declared by itself.
fn group_tag(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let (targets, own) = (attrs.targets("autoscaling_group_name", GROUPS), group_tags(attrs));
    for at in targets.here() {
        let Some(group) = &mut resources[at] else { continue };
        // Which group has the tag may depend on what is known only after apply.
        group.tags = match (std::mem::take(&mut group.tags), &own, &targets.unknown) {
            (Fact::Known(mut tags), Fact::Known(own), None) => {
                tags.extend(own.clone());
                Fact::Known(tags)
            }
            _ => Fact::Unknown,
        };
    }
    targets.here()
}

fn text_or_empty(text: Fact<String>) -> Option<String> {
    match text {
        Fact::Known(text) => Some(text),
        Fact::Absent => Some(String::new()),
        Fact::Unknown => None,
    }
}
