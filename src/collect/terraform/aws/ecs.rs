//! Clusters, services and task definitions of ECS, and how far services may scale.

mod definitions;

use std::collections::BTreeSet;

use super::ec2::{filtered_by, in_subnets};
use super::iam::ASSUMED;
use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::Parts;
use crate::model::{Capacity, Fact, Network, Rel, Resource, Shared, Workload};
use crate::providers::aws::names::tail;

const CLUSTERS: &[&str] = &["aws_ecs_cluster"];
const SERVICES: &[&str] = &["aws_ecs_service"];
const DEFINITIONS: &[&str] = &["aws_ecs_task_definition"];
const PROVIDERS: &[&str] = &["aws_ecs_capacity_provider"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type { name: "aws_ecs_cluster", kind: Some("aws.ecs.cluster"), global_id: "arn", names: &["name"], ..TYPE },
        maps: Maps::Resource(cluster),
    },
    Mapping {
        of: Type {
            name: "aws_ecs_service",
            kind: Some("aws.ecs.service"),
            global_id: "id",
            names: &["name"],
            facts: &[
                ("capacity.desired", "desired_count"),
                ("network.public_addresses", "network_configuration.assign_public_ip"),
                ("network.security_groups", "network_configuration.security_groups"),
                ("network.subnets", "network_configuration.subnets"),
                ("redundancy.multi_zone", "network_configuration.subnets"),
                ("redundancy.zones", "network_configuration.subnets"),
                ("workload.definition", "task_definition"),
                ("workload.launch_types", "launch_type"),
            ],
            reads: &[
                "capacity_provider_strategy.capacity_provider",
                "cluster",
                "iam_role",
                "load_balancer.target_group_arn",
                "scheduling_strategy",
            ],
            ..TYPE
        },
        maps: Maps::Resource(service),
    },
    Mapping {
        of: Type {
            name: "aws_ecs_capacity_provider",
            global_id: "arn",
            names: &["name"],
            reads: &["auto_scaling_group_provider.auto_scaling_group_arn"],
            ..TYPE
        },
        maps: Maps::Part(|_, _| Vec::new(), None),
    },
    Mapping {
        of: Type { name: "aws_ecs_cluster_capacity_providers", reads: &["capacity_providers", "cluster_name"], ..TYPE },
        maps: Maps::Part(cluster_providers, None),
    },
    Mapping {
        of: Type {
            name: "aws_appautoscaling_target",
            reads: &["max_capacity", "min_capacity", "resource_id", "service_namespace"],
            ..TYPE
        },
        maps: Maps::Part(scalable_target, None),
    },
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES, definitions::TYPES], parts: &[], finishers: &[], comparers: &[] };

fn cluster(_: &Attrs<'_>, _: &mut Resource) {}

fn service(attrs: &Attrs<'_>, resource: &mut Resource) {
    let is_daemon = attrs.text("scheduling_strategy").text() == Some("DAEMON");
    resource.capacity = Some(Shared::from(Capacity {
        desired: if is_daemon { Fact::Absent } else { attrs.number_or("desired_count", 0) },
        types: Fact::Absent,
        suspended: Fact::Absent,
        ..Capacity::default()
    }));
    for path in ["capacity.max", "capacity.min"] {
        resource.mark_unknown(path, "a scalable target may be declared elsewhere");
    }
    resource.network = Some(Shared::from(match attrs.block_if_set("network_configuration") {
        Fact::Known(config) => Network {
            subnets: in_subnets(&config, resource, "subnets"),
            security_groups: filtered_by(&config, resource, "security_groups"),
            public_addresses: config.boolean_or("assign_public_ip", false),
            ..Network::default()
        },
        // Tasks have the network of the machines that they are put on.
        Fact::Absent => Network {
            subnets: Fact::Absent,
            security_groups: Fact::Absent,
            public_addresses: Fact::Absent,
            ..Network::default()
        },
        Fact::Unknown => Network::default(),
    }));
    let definition = attrs.link(resource, Rel::RunsFrom, "workload.definition", "task_definition", DEFINITIONS);
    // Its definition has what it is told.
    resource.workload = Some(Shared::from(Workload {
        definition,
        launch_types: launch_types(attrs),
        images: Fact::Absent,
        logs: Fact::Absent,
        mentions: Fact::Absent,
        ..Workload::default()
    }));
    attrs.link(resource, Rel::RunsOn, "", "cluster", CLUSTERS);
    attrs.link(resource, Rel::Assumes, "", "iam_role", ASSUMED);
    for balancer in attrs.blocks_if_set("load_balancer").into_known().unwrap_or_default() {
        balancer.link(
            resource,
            Rel::ReachedBy,
            "",
            "target_group_arn",
            &["aws_lb_target_group", "aws_alb_target_group"],
        );
    }
}

/// Without either, the cluster decides.
fn launch_types(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    let lower = |text: String| text.to_lowercase();
    match attrs.blocks_if_set("capacity_provider_strategy") {
        Fact::Known(blocks) => {
            let names: Option<BTreeSet<String>> =
                blocks.iter().map(|block| block.text("capacity_provider").into_known().map(lower)).collect();
            Fact::from_known(names.map(|names| names.into_iter().collect()))
        }
        Fact::Absent => attrs.text("launch_type").map(|word| vec![lower(word)]),
        Fact::Unknown => Fact::Unknown,
    }
}

/// Which scaling groups a cluster runs on, by its capacity providers.
fn cluster_providers(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let clusters = attrs.targets("cluster_name", CLUSTERS).here();
    let providers = attrs.all_targets("capacity_providers", PROVIDERS).here();
    for provider in providers.into_iter().map(|at| Attrs::new(attrs.world, at)) {
        let Fact::Known(group) = provider.block("auto_scaling_group_provider") else { continue };
        let groups = group.targets("auto_scaling_group_arn", &["aws_autoscaling_group"]).ids();
        for at in &clusters {
            let Some(cluster) = &mut resources[*at] else { continue };
            groups.iter().for_each(|group| cluster.link(Rel::RunsOn, Some(group)));
        }
    }
    clusters
}

/// How far a service may scale: `resource_id` is `service/CLUSTER/SERVICE`.
fn scalable_target(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    if attrs.text("service_namespace").text().is_some_and(|word| word != "ecs") {
        return Vec::new();
    }
    let found: Vec<usize> = match attrs.text("resource_id") {
        Fact::Known(id) => {
            let named = |at: &usize| Attrs::new(attrs.world, *at).text("name").text() == Some(tail(&id));
            attrs.world.of_type(SERVICES).into_iter().filter(named).collect()
        }
        _ => attrs.all_targets("resource_id", SERVICES).here(),
    };
    // Two clusters may have services of one name.
    if let [one] = found.as_slice()
        && let Some(service) = &mut resources[*one]
        && let Some(capacity) = &mut service.capacity
    {
        (capacity.min, capacity.max) = (attrs.number("min_capacity"), attrs.number("max_capacity"));
        // Once a target has its bounds, the service is scaled into them, whatever its code asks for.
        capacity.desired = match (capacity.desired, capacity.min, capacity.max) {
            (Fact::Known(desired), Fact::Known(min), Fact::Known(max)) => Fact::Known(desired.max(min).min(max)),
            (desired, ..) => desired,
        };
        for (path, is_known) in [("capacity.max", capacity.max.is_known()), ("capacity.min", capacity.min.is_known())] {
            if is_known {
                service.unknown.remove(path);
            }
        }
    }
    found
}
