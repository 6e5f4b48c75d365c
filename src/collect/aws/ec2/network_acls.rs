//! Network ACLs: what gets into subnets and out of them.

use aws_sdk_ec2::types::{NetworkAcl, NetworkAclEntry, RuleAction};

use super::super::read::number;
use super::common::{NETWORK_ACL, resource};
use crate::collect::network::{Traffic, acl_rule, in_order};
use crate::model::{Fact, Firewall, FirewallRule, Network, Place, Rel, Resource, Shared};

/// The number of the last rule of each ACL, which shuts out what no other rule fits.
const LAST: i32 = 32767;

pub(super) fn normalize(acl: &NetworkAcl, place: Place) -> Resource {
    let mut resource = resource(NETWORK_ACL, "network-acl", acl.network_acl_id(), acl.owner_id(), acl.tags(), place);
    let rules = |egress: bool| {
        let own = acl.entries().iter().filter(|it| it.egress() == Some(egress) && it.rule_number() != Some(LAST));
        in_order(own.map(rule).collect())
    };
    resource.firewall = Some(Shared::from(Firewall {
        ingress: Fact::Known(rules(false)),
        egress: Fact::Known(rules(true)),
        stateful: Fact::Known(false),
    }));
    resource.network =
        Some(Shared::from(Network { vpc: Fact::from_known(acl.vpc_id().map(str::to_owned)), ..Network::default() }));
    resource.link(Rel::InNetwork, acl.vpc_id());
    resource
}

fn rule(entry: &NetworkAclEntry) -> FirewallRule {
    let ports = entry.port_range().map(|range| (range.from(), range.to()));
    let icmp = entry.icmp_type_code().map(|icmp| (icmp.r#type(), icmp.code()));
    let (from, to) = ports.or(icmp).unwrap_or_default();
    acl_rule(
        number(entry.rule_number()),
        Fact::from_known(entry.rule_action().map(|action| *action == RuleAction::Allow)),
        Traffic {
            protocol: Fact::from_known(entry.protocol().map(str::to_owned)),
            from: Fact::from_read(from.map(i64::from)),
            to: Fact::from_read(to.map(i64::from)),
        },
        Fact::from_read(entry.cidr_block().or(entry.ipv6_cidr_block()).map(str::to_owned)),
    )
}
