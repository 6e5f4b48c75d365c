//! Kubernetes clusters, the node groups and Fargate profiles that their pods run on, their add-ons, and who may use them.

use super::ec2::{SECURITY_GROUPS, TEMPLATES, network};
use super::iam::ASSUMED;
use super::kms;
use super::provider::TYPE;
use crate::collect::kubernetes::{NO_POOLS, encrypts_by_itself};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Capacity, Encryption, Fact, Kubernetes, Rel, Resource, Shared};
use crate::providers::aws::eks::principal_name;

const CLUSTERS: &[&str] = &["aws_eks_cluster"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_eks_cluster",
            kind: Some("aws.eks.cluster"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("encryption.key", "encryption_config.provider.key_arn"),
                ("kubernetes.authentication_mode", "access_config.authentication_mode"),
                ("kubernetes.auto_mode", "compute_config.enabled"),
                ("kubernetes.security_group", "vpc_config.cluster_security_group_id"),
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
                "vpc_config.security_group_ids",
                "vpc_config.vpc_id",
            ],
            ..TYPE
        },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_eks_node_group",
            kind: Some("aws.eks.node-group"),
            global_id: "arn",
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
            reads: &[
                "launch_template.id",
                "launch_template.name",
                "launch_template.version",
                "node_role_arn",
                "resources.autoscaling_groups.name",
            ],
            ..TYPE
        },
        maps: Maps::Resource(node_group),
    },
    Mapping {
        of: Type {
            name: "aws_eks_fargate_profile",
            kind: Some("aws.eks.fargate-profile"),
            global_id: "arn",
            names: &["fargate_profile_name"],
            facts: &[
                ("kubernetes.cluster", "cluster_name"),
                ("network.subnets", "subnet_ids"),
                ("redundancy.multi_zone", "subnet_ids"),
                ("redundancy.zones", "subnet_ids"),
            ],
            reads: &["pod_execution_role_arn"],
            ..TYPE
        },
        maps: Maps::Resource(fargate_profile),
    },
    Mapping {
        of: Type {
            name: "aws_eks_addon",
            kind: Some("aws.eks.add-on"),
            global_id: "arn",
            names: &["addon_name"],
            facts: &[
                ("kubernetes.cluster", "cluster_name"),
                ("kubernetes.kept_when_deleted", "preserve"),
                ("kubernetes.role", "service_account_role_arn"),
                ("kubernetes.version", "addon_version"),
            ],
            ..TYPE
        },
        maps: Maps::Resource(add_on),
    },
    Mapping {
        of: Type {
            name: "aws_eks_access_entry",
            kind: Some("aws.eks.access-entry"),
            global_id: "access_entry_arn",
            names: &["principal_arn"],
            facts: &[
                ("kubernetes.access_type", "type"),
                ("kubernetes.cluster", "cluster_name"),
                ("kubernetes.principal", "principal_arn"),
            ],
            ..TYPE
        },
        maps: Maps::Resource(access_entry),
    },
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES], parts: &[], finishers: &[cluster_parts], comparers: &[] };

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
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
    let mut security_group = Fact::Unknown;
    if let Fact::Known(config) = attrs.block("vpc_config") {
        security_group = config.text("cluster_security_group_id");
        network(&config, resource, "subnet_ids");
        let own = config.targets("cluster_security_group_id", SECURITY_GROUPS).id();
        for group in config.all_targets("security_group_ids", SECURITY_GROUPS).ids().into_iter().chain(own) {
            resource.link(Rel::FilteredBy, Some(group));
        }
        if let Some(network) = &mut resource.network {
            network.vpc = config.text("vpc_id");
        }
    }
    attrs.link(resource, Rel::Assumes, "", "role_arn", ASSUMED);
    let auto_mode = match attrs.block("compute_config") {
        Fact::Known(config) => {
            config.link(resource, Rel::Assumes, "", "node_role_arn", ASSUMED);
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
    let mode = attrs.block("access_config").into_known().map(|config| config.text("authentication_mode"));
    let issuer = attrs.block("identity").into_known().and_then(|identity| identity.block("oidc").into_known());
    let issuer = issuer.map_or(Fact::Unknown, |oidc| oidc.text("issuer"));
    resource.kubernetes = Some(Shared::from(Kubernetes {
        version: attrs.text("version"),
        cluster: Fact::Absent,
        auto_mode,
        authentication_mode: mode.unwrap_or_default().map(|mode| mode.to_lowercase()),
        security_group,
        issuer: issuer.map(|issuer| issuer.strip_prefix("https://").unwrap_or(&issuer).to_owned()),
        ..Kubernetes::default()
    }));
}

fn node_group(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    attrs.link(resource, Rel::Assumes, "", "node_role_arn", ASSUMED);
    network(attrs, resource, "subnet_ids");
    let scaling = attrs.block("scaling_config");
    let size = |name: &str| scaling.known().map_or(Fact::Unknown, |scaling| scaling.number(name));
    resource.capacity = Some(Shared::from(Capacity {
        min: size("min_size"),
        desired: size("desired_size"),
        max: size("max_size"),
        types: attrs.list("instance_types"),
        suspended: Fact::Absent,
    }));
    // It begins with the version of its cluster.
    let of_cluster =
        || Some(Attrs::new(attrs.world, attrs.targets("cluster_name", CLUSTERS).single()?).text("version"));
    let version = match attrs.state("version") {
        State::Unset => of_cluster().filter(|_| attrs.is_created()).unwrap_or_default(),
        _ => attrs.text("version"),
    };
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.version = version;
    }
    machines(attrs, resource);
}

/// The template that its machines start from, and the group that the service makes of them.
fn machines(attrs: &Attrs<'_>, resource: &mut Resource) {
    if let Fact::Known(template) = attrs.block_if_set("launch_template") {
        let by = if template.is_set("id") { "id" } else { "name" };
        let version = template.text("version").into_known().map(|version| format!("version {version}"));
        resource.link_from(Rel::RunsFrom, template.targets(by, TEMPLATES).id(), version.as_deref());
    }
    let made = attrs.blocks("resources").into_known().unwrap_or_default();
    for group in made.iter().flat_map(|made| made.blocks("autoscaling_groups").into_known().unwrap_or_default()) {
        resource.link(Rel::RunsOn, group.text("name").text());
    }
}

fn fargate_profile(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    attrs.link(resource, Rel::Assumes, "", "pod_execution_role_arn", ASSUMED);
    network(attrs, resource, "subnet_ids");
}

fn add_on(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    let role = attrs.link(resource, Rel::Assumes, "kubernetes.role", "service_account_role_arn", ASSUMED);
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.role = role;
        kubernetes.version = attrs.text("addon_version");
        kubernetes.kept_when_deleted = attrs.boolean_or("preserve", false);
    }
}

fn access_entry(attrs: &Attrs<'_>, resource: &mut Resource) {
    part_of_cluster(attrs, resource);
    let role = attrs.targets("principal_arn", ASSUMED);
    let principal = attrs.text("principal_arn");
    let name = match (&principal, role.single()) {
        (Fact::Known(arn), _) => principal_name(arn),
        (_, Some(role)) => Attrs::new(attrs.world, role).text("name").known().map(|name| format!("role/{name}")),
        _ => None,
    };
    resource.name = name.unwrap_or_else(|| resource.name.clone());
    // Users and other principals are no roles.
    if resource.name.starts_with("role/") || principal.is_unknown() {
        attrs.link_to(resource, Rel::Admits, "", role);
    }
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.principal = principal;
        kubernetes.access_type = attrs.text_or("type", "STANDARD").map(|of| of.to_lowercase());
    }
}

fn part_of_cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let targets = attrs.targets("cluster_name", CLUSTERS);
    let name = match (attrs.text("cluster_name"), targets.single()) {
        (Fact::Unknown, Some(cluster)) => Attrs::new(attrs.world, cluster).text("name"),
        (name, _) => name,
    };
    attrs.link_to(resource, Rel::MemberOf, "kubernetes.cluster", targets);
    resource.kubernetes = Some(Shared::from(Kubernetes { cluster: name, ..Kubernetes::default() }));
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
