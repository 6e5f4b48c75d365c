//! Subnets, Auto Scaling groups and Kubernetes clusters: what stands in zones.

use std::collections::BTreeSet;

use super::kms;
use crate::collect::kubernetes::{NO_POOLS, encrypts_by_itself};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Finisher, Mapping, Maps};
use crate::collect::terraform::world::{Parts, Target, World};
use crate::model::{Capacity, Encryption, Fact, Kubernetes, Network, Redundancy, Rel, Resource, Shared, Tags};

const SUBNETS: &[&str] = &["aws_subnet", "aws_default_subnet"];
const GROUPS: &[&str] = &["aws_autoscaling_group"];
const CLUSTERS: &[&str] = &["aws_eks_cluster"];
const ROLES: &[&str] = &["aws_iam_role", "aws_iam_service_linked_role"];

const SUBNET_FACTS: &[(&str, &str)] = &[
    ("network.vpc", "vpc_id"),
    ("redundancy.zone_ids", "availability_zone_id"),
    ("redundancy.zones", "availability_zone"),
];

pub(in crate::collect::terraform) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_subnet",
            kind: Some("aws.ec2.subnet"),
            arn: "arn",
            names: &["id"],
            facts: SUBNET_FACTS,
            reads: &[],
        },
        maps: Maps::Resource(subnet),
    },
    Mapping {
        of: Type {
            name: "aws_default_subnet",
            kind: Some("aws.ec2.subnet"),
            arn: "arn",
            names: &["id"],
            facts: SUBNET_FACTS,
            reads: &[],
        },
        maps: Maps::Resource(subnet),
    },
    Mapping {
        of: Type {
            name: "aws_autoscaling_group",
            kind: Some("aws.autoscaling.group"),
            arn: "arn",
            names: &["name"],
            facts: &[
                ("capacity.desired", "desired_capacity"),
                ("capacity.max", "max_size"),
                ("capacity.min", "min_size"),
                ("capacity.suspended", "suspended_processes"),
                ("network.subnets", "vpc_zone_identifier"),
                ("redundancy.multi_zone", "vpc_zone_identifier"),
                ("redundancy.zones", "vpc_zone_identifier"),
            ],
            reads: &["availability_zones", "service_linked_role_arn", "tag.key", "tag.value"],
        },
        maps: Maps::Resource(scaling_group),
    },
    Mapping {
        of: Type {
            name: "aws_autoscaling_group_tag",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["autoscaling_group_name", "tag.key", "tag.value"],
        },
        maps: Maps::Part(group_tag, None),
    },
    Mapping {
        of: Type {
            name: "aws_eks_cluster",
            kind: Some("aws.eks.cluster"),
            arn: "arn",
            names: &["name"],
            facts: &[
                ("encryption.key", "encryption_config.provider.key_arn"),
                ("kubernetes.auto_mode", "compute_config.enabled"),
                ("kubernetes.version", "version"),
                ("network.subnets", "vpc_config.subnet_ids"),
                ("redundancy.multi_zone", "vpc_config.subnet_ids"),
                ("redundancy.zones", "vpc_config.subnet_ids"),
            ],
            reads: &[
                "compute_config.node_pools",
                "compute_config.node_role_arn",
                "identity.oidc.issuer",
                "role_arn",
                "vpc_config.vpc_id",
            ],
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_eks_node_group",
            kind: Some("aws.eks.node-group"),
            arn: "arn",
            names: &["node_group_name"],
            facts: &[
                ("capacity.desired", "scaling_config.desired_size"),
                ("capacity.max", "scaling_config.max_size"),
                ("capacity.min", "scaling_config.min_size"),
                ("capacity.types", "instance_types"),
                ("kubernetes.cluster", "cluster_name"),
                ("kubernetes.version", "version"),
                ("network.subnets", "subnet_ids"),
                ("redundancy.multi_zone", "subnet_ids"),
                ("redundancy.zones", "subnet_ids"),
            ],
            reads: &["node_role_arn"],
        },
        maps: Maps::Resource(node_group),
    },
    Mapping {
        of: Type {
            name: "aws_eks_fargate_profile",
            kind: Some("aws.eks.fargate-profile"),
            arn: "arn",
            names: &["fargate_profile_name"],
            facts: &[
                ("kubernetes.cluster", "cluster_name"),
                ("network.subnets", "subnet_ids"),
                ("redundancy.multi_zone", "subnet_ids"),
                ("redundancy.zones", "subnet_ids"),
            ],
            reads: &["pod_execution_role_arn"],
        },
        maps: Maps::Resource(fargate_profile),
    },
];

pub(in crate::collect::terraform) const FINISHERS: &[Finisher] = &[cluster_parts];

fn subnet(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.network = Some(Box::new(Network { vpc: attrs.text("vpc_id"), ..Network::default() }));
    resource.redundancy = Some(Box::new(Redundancy {
        zones: attrs.text("availability_zone").map(|zone| vec![zone]),
        zone_ids: attrs.text("availability_zone_id").map(|zone| vec![zone]),
        multi_zone: Fact::Known(false),
        ..Redundancy::default()
    }));
}

/// The subnets that an attribute names, with links to them. Their zones are filled in where they are all known.
///
/// Where the code names a whole resource, which of its subnets are meant is not known. Then there is no link, because
/// two that are meant could look like three; but if all of them are in one zone, what is meant is in that zone.
pub(super) fn in_subnets(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, SUBNETS);
    let zone = |target: &Target| match target {
        Target::Here(at, _) => Attrs::new(attrs.world, *at).text("availability_zone").into_known(),
        Target::Elsewhere(_) => None,
    };
    let zones: Option<BTreeSet<String>> = targets.found.iter().map(zone).collect();
    let zones = zones.filter(|zones| !zones.is_empty() && (targets.unknown.is_none() || zones.len() == 1));
    if let Some(zones) = zones {
        let facts = resource.redundancy.get_or_insert_default();
        facts.multi_zone = Fact::Known(zones.len() > 1);
        facts.zones = Fact::Known(zones.into_iter().collect());
    }
    if let Some(reason) = &targets.unknown {
        resource.mark_unknown("network.subnets", reason.clone());
        return Fact::Unknown;
    }
    let mut subnets = Vec::new();
    for target in &targets.found {
        let (id, name) = match target {
            Target::Here(at, id) => (id, Attrs::new(attrs.world, *at).text("id").into_known()),
            Target::Elsewhere(id) => (id, None),
        };
        resource.link(Rel::InSubnet, Some(id));
        subnets.push(name.unwrap_or_else(|| id.clone()));
    }
    subnets.sort_unstable();
    subnets.dedup();
    if subnets.is_empty() { Fact::Absent } else { Fact::Known(subnets) }
}

fn network(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) {
    let subnets = in_subnets(attrs, resource, name);
    resource.network = Some(Box::new(Network { subnets, ..Network::default() }));
}

fn scaling_group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let min = attrs.number("min_size");
    let desired = match attrs.number("desired_capacity") {
        Fact::Unknown if !attrs.is_set("desired_capacity") => min,
        desired => desired,
    };
    resource.capacity = Some(Box::new(Capacity {
        min,
        desired,
        max: attrs.number("max_size"),
        suspended: match attrs.list("suspended_processes") {
            Fact::Absent => Fact::Known(Vec::new()),
            list => list,
        },
        ..Capacity::default()
    }));
    attrs.link(resource, Rel::Assumes, "", "service_linked_role_arn", ROLES);
    network(attrs, resource, "vpc_zone_identifier");
    if let Fact::Known(zones) = attrs.list("availability_zones")
        && !attrs.is_updated("vpc_zone_identifier")
    {
        resource.redundancy = Some(Box::new(Redundancy {
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

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.block("encryption_config") {
        Fact::Known(config) => match config.block("provider") {
            Fact::Known(provider) => kms::encrypted_by(&provider, resource, "key_arn"),
            other => other.map(|_| String::new()),
        },
        other => other.map(|_| String::new()),
    };
    let enabled = match &key {
        Fact::Known(_) => Fact::Known(true),
        // Where the code names no version it is the newest.
        Fact::Absent => match attrs.text_if_set("version") {
            Fact::Known(version) => encrypts_by_itself(Some(&version)),
            Fact::Absent => Fact::Known(true),
            Fact::Unknown => Fact::Unknown,
        },
        Fact::Unknown => Fact::Unknown,
    };
    resource.encryption = Some(Box::new(Encryption { enabled, key }));
    if let Fact::Known(config) = attrs.block("vpc_config") {
        network(&config, resource, "subnet_ids");
        if let Some(network) = &mut resource.network {
            network.vpc = config.text("vpc_id");
        }
    }
    attrs.link(resource, Rel::Assumes, "", "role_arn", ROLES);
    let auto_mode = match attrs.block("compute_config") {
        Fact::Known(config) => {
            config.link(resource, Rel::Assumes, "", "node_role_arn", ROLES);
            match (config.boolean_or("enabled", false), config.list("node_pools")) {
                (Fact::Known(true), Fact::Known(pools)) if !pools.is_empty() => Fact::Known(true),
                (Fact::Known(true), pools) => {
                    let reason = if pools.is_unknown() { AFTER_APPLY } else { NO_POOLS };
                    resource.mark_unknown("kubernetes.auto_mode", reason);
                    Fact::Unknown
                }
                (enabled, _) => enabled,
            }
        }
        Fact::Absent => Fact::Known(false),
        Fact::Unknown => Fact::Unknown,
    };
    let issuer = attrs.block("identity").into_known().and_then(|identity| identity.block("oidc").into_known());
    let issuer = issuer.map_or(Fact::Unknown, |oidc| oidc.text("issuer"));
    resource.kubernetes = Some(Box::new(Kubernetes {
        version: attrs.text("version"),
        cluster: Fact::Absent,
        auto_mode,
        issuer: issuer.map(|issuer| issuer.strip_prefix("https://").unwrap_or(&issuer).to_owned()),
        ..Kubernetes::default()
    }));
}

fn node_group(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    attrs.link(resource, Rel::Assumes, "", "node_role_arn", ROLES);
    network(attrs, resource, "subnet_ids");
    let scaling = attrs.block("scaling_config");
    let size = |name: &str| scaling.known().map_or(Fact::Unknown, |scaling| scaling.number(name));
    resource.capacity = Some(Box::new(Capacity {
        min: size("min_size"),
        desired: size("desired_size"),
        max: size("max_size"),
        types: attrs.list("instance_types"),
        suspended: Fact::Absent,
    }));
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.version = attrs.text("version");
    }
}

fn fargate_profile(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    attrs.link(resource, Rel::Assumes, "", "pod_execution_role_arn", ROLES);
    network(attrs, resource, "subnet_ids");
}

fn part_of_cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let targets = attrs.targets("cluster_name", CLUSTERS);
    let name = match (attrs.text("cluster_name"), targets.single()) {
        (Fact::Unknown, Some(cluster)) => Attrs::new(attrs.world, cluster).text("name"),
        (name, _) => name,
    };
    attrs.link_to(resource, Rel::MemberOf, "kubernetes.cluster", targets);
    resource.kubernetes = Some(Box::new(Kubernetes { cluster: name, ..Kubernetes::default() }));
}

/// Fills how many parts a cluster has, where some are managed here: others may be elsewhere, so that none is no number.
fn cluster_parts(world: &World<'_>, resources: &mut Parts) {
    let mut counts = vec![(0u32, 0u32); resources.len()];
    for at in world.of_type(&["aws_eks_node_group", "aws_eks_fargate_profile"]) {
        let attrs = Attrs::new(world, at);
        if let Some(cluster) = attrs.targets("cluster_name", CLUSTERS).single() {
            counts[cluster].0 += 1;
            counts[cluster].1 += u32::from(attrs.instance().kind.name == "aws_eks_fargate_profile");
        }
    }
    for at in world.of_type(CLUSTERS) {
        let Some(resource) = &mut resources[at] else { continue };
        let (parts, profiles) = counts[at];
        let Some(facts) = &mut resource.kubernetes else { continue };
        if parts > 0 {
            facts.node_groups = Fact::Known(parts);
        }
        if profiles > 0 {
            facts.fargate_profiles = Fact::Known(profiles);
        }
        for path in ["kubernetes.node_groups", "kubernetes.fargate_profiles"] {
            resource.mark_unknown(path, "parts of the cluster may be declared elsewhere");
        }
    }
}
