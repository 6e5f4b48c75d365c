//! Endpoints, by which a network reaches services without the internet.

use super::super::provider::TYPE;
use super::groups::{GROUPS, filtered_by};
use super::routes::TABLES;
use super::rules::part_type;
use super::subnets::SUBNETS;
use super::{VPCS, id, in_subnets, linked};
use crate::collect::network::{in_sequence, service};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Network, PolicyStatement, Rel, Resource, Shared};
use crate::providers::aws::documents::policy_of_endpoint;

const ENDPOINTS: &[&str] = &["aws_vpc_endpoint"];

const OF: &str = "vpc_endpoint_id";

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_vpc_endpoint",
            kind: Some("aws.ec2.endpoint"),
            global_id: "arn",
            names: &["id"],
            facts: &[
                ("network.policy", "policy"),
                ("network.private_dns", "private_dns_enabled"),
                ("network.security_groups", "security_group_ids"),
                ("network.service", "service_name"),
                ("network.subnets", "subnet_ids"),
                ("network.via", "vpc_endpoint_type"),
                ("network.vpc", "vpc_id"),
            ],
            reads: &["route_table_ids"],
            ..TYPE
        },
        maps: Maps::Resource(endpoint),
    },
    Mapping {
        of: part_type("aws_vpc_endpoint_policy", &[OF, "policy"]),
        maps: Maps::Part(own_policy, Some(no_policy)),
    },
    Mapping {
        of: part_type("aws_vpc_endpoint_subnet_association", &[OF, "subnet_id"]),
        maps: Maps::Part(subnet, None),
    },
    Mapping {
        of: part_type("aws_vpc_endpoint_security_group_association", &[OF, "security_group_id"]),
        maps: Maps::Part(group, None),
    },
    Mapping {
        of: part_type("aws_vpc_endpoint_route_table_association", &["route_table_id", OF]),
        maps: Maps::Part(table, None),
    },
];

const fn part(part: &'static str, facts: &'static [&'static str]) -> PartOf {
    // What is known of the others stays: the list is marked as one that may be longer.
    PartOf { part, inline: "", names: OF, of: ENDPOINTS, several: true, facts, clear: |_| {} }
}

pub(super) const PARTS: &[PartOf] = &[
    part("aws_vpc_endpoint_security_group_association", &["network.security_groups"]),
    part("aws_vpc_endpoint_subnet_association", &["network.subnets"]),
];

fn endpoint(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    let via = attrs.text_or("vpc_endpoint_type", "Gateway").map(|kind| kind.to_lowercase());
    let is_gateway = via.text() == Some("gateway");
    let (subnets, security_groups) = if is_gateway {
        (Fact::Absent, Fact::Absent)
    } else {
        let subnets =
            if attrs.is_set("subnet_ids") { in_subnets(attrs, resource, "subnet_ids") } else { Fact::Unknown };
        (subnets, filtered_by(attrs, resource, "security_group_ids"))
    };
    for table in attrs.all_targets("route_table_ids", TABLES).ids() {
        resource.link(Rel::RoutedBy, Some(table));
    }
    resource.redundancy = None;
    resource.network = Some(Shared::from(Network {
        vpc,
        subnets,
        security_groups,
        service: attrs.text("service_name").map(|name| service(&name)),
        via,
        policy: policy(attrs),
        private_dns: if is_gateway { Fact::Known(false) } else { attrs.boolean("private_dns_enabled") },
        ..Network::default()
    }));
}

/// What an endpoint lets through. Without a policy in the code it is given one that lets everything through.
fn policy(attrs: &Attrs<'_>) -> Fact<Vec<PolicyStatement>> {
    match attrs.text_if_set("policy") {
        Fact::Known(text) => policy_of_endpoint(&text),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}

fn own_policy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, OF, ENDPOINTS, resources, |endpoint| {
        let policy = policy(attrs);
        if policy.is_unknown() {
            endpoint.mark_unknown("network.policy", AFTER_APPLY);
        }
        endpoint.network.get_or_insert_default().policy = policy;
    })
}

/// It is given the policy again that lets everything through.
fn no_policy(attrs: &Attrs<'_>, resources: &mut Parts) {
    part_of::set(attrs, OF, ENDPOINTS, resources, |endpoint| {
        endpoint.network.get_or_insert_default().policy = Fact::Absent;
    });
}

fn subnet(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let subnet = attrs.targets("subnet_id", SUBNETS);
    let to = subnet.ids().into_iter().next().filter(|_| subnet.unknown.is_none());
    let own = subnet.single().map(|at| id(attrs, at)).or_else(|| to.clone());
    part_of::set(attrs, OF, ENDPOINTS, resources, |endpoint| {
        endpoint.link(Rel::InSubnet, to);
        let list = &mut endpoint.network.get_or_insert_default().subnets;
        add(list, own);
    })
}

fn group(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let group = attrs.targets("security_group_id", GROUPS);
    let to = group.ids().into_iter().next().filter(|_| group.unknown.is_none());
    let own = group.single().map(|at| id(attrs, at)).or_else(|| to.clone());
    part_of::set(attrs, OF, ENDPOINTS, resources, |endpoint| {
        endpoint.link(Rel::FilteredBy, to);
        let list = &mut endpoint.network.get_or_insert_default().security_groups;
        add(list, own);
    })
}

fn table(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let table = attrs.targets("route_table_id", TABLES);
    let to = table.ids().into_iter().next().filter(|_| table.unknown.is_none());
    part_of::set(attrs, OF, ENDPOINTS, resources, |endpoint| endpoint.link(Rel::RoutedBy, to))
}

fn add(list: &mut Fact<Vec<String>>, own: Option<String>) {
    *list = match (std::mem::take(list), own) {
        (Fact::Known(mut all), Some(own)) => {
            all.push(own);
            Fact::Known(in_sequence(all))
        }
        (_, Some(own)) => Fact::Known(vec![own]),
        (_, None) => Fact::Unknown,
    };
}
