//! Security groups, with their rules.

use aws_sdk_ec2::types::{IpPermission, SecurityGroup, UserIdGroupPair};

use super::common::{SECURITY_GROUP, resource};
use crate::collect::network::{Traffic, group_rule, in_order};
use crate::model::{Fact, Firewall, FirewallRule, Network, Place, Rel, Resource, Shared};

pub(super) fn normalize(group: &SecurityGroup, place: Place) -> Resource {
    let mut resource =
        resource(SECURITY_GROUP, "security-group", group.group_id(), group.owner_id(), group.tags(), place);
    if let Some(arn) = group.security_group_arn() {
        arn.clone_into(&mut resource.id);
    }
    if let Some(name) = group.group_name() {
        name.clone_into(&mut resource.name);
    }
    let rules = |all: &[IpPermission]| in_order(all.iter().map(|it| rule(it, group.owner_id())).collect());
    resource.firewall = Some(Shared::from(Firewall {
        ingress: Fact::Known(rules(group.ip_permissions())),
        egress: Fact::Known(rules(group.ip_permissions_egress())),
        stateful: Fact::Known(true),
    }));
    resource.network =
        Some(Shared::from(Network { vpc: Fact::from_read(group.vpc_id().map(str::to_owned)), ..Network::default() }));
    resource.link(Rel::InNetwork, group.vpc_id());
    resource
}

fn rule(permission: &IpPermission, owner: Option<&str>) -> FirewallRule {
    let ranges = permission.ip_ranges().iter().filter_map(|it| it.cidr_ip());
    let sixth = permission.ipv6_ranges().iter().filter_map(|it| it.cidr_ipv6());
    let lists = permission.prefix_list_ids().iter().filter_map(|it| it.prefix_list_id());
    let groups = permission.user_id_group_pairs().iter().filter_map(|pair| named(pair, owner));
    let port = |port: Option<i32>| Fact::from_read(port.map(i64::from));
    let traffic = Traffic {
        protocol: Fact::from_known(permission.ip_protocol().map(str::to_owned)),
        from: port(permission.from_port()),
        to: port(permission.to_port()),
    };
    let cidrs = ranges.chain(sixth).map(str::to_owned).collect();
    group_rule(traffic, [cidrs, groups.collect(), lists.map(str::to_owned).collect()].map(Fact::Known))
}

/// A group of another account has that account in front, as Terraform writes it.
fn named(pair: &UserIdGroupPair, owner: Option<&str>) -> Option<String> {
    let id = pair.group_id()?;
    Some(match pair.user_id() {
        Some(account) if owner.is_some_and(|owner| owner != account) => format!("{account}/{id}"),
        _ => id.to_owned(),
    })
}
