//! What security groups and network ACLs let through.

use std::collections::HashMap;

use ipnet::IpNet;

use super::Hop;
use crate::model::{FirewallRule, Resource};
use crate::providers::aws::names::tail;

/// One side of a connection, as the filters of the other see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Side<'a> {
    /// Its security groups.
    pub groups: Vec<&'a Resource>,
    /// The ranges of addresses that it may stand in.
    pub ranges: Vec<IpNet>,
    /// The entries of the prefix lists that the rules of its groups name, where they are known.
    pub lists: HashMap<&'a str, Vec<IpNet>>,
}

/// The first and the last of some ports.
pub(super) type Ports = (u32, u32);

/// Ports that answers go to: those that Linux takes for clients.
/// https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html (`ip_local_port_range`)
pub(super) const ANSWERS: Ports = (32768, 60999);

/// Ports that answers to what a NAT gateway has sent go to.
/// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
pub(super) const ANSWERS_TO_NAT: Ports = (1024, 65535);

/// Every address, in two halves: rules that spare the default route are written so.
pub(super) fn internet() -> Vec<IpNet> {
    ["0.0.0.0/1", "128.0.0.0/1"].iter().filter_map(|half| half.parse().ok()).collect()
}

/// Which way a packet goes, seen from a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

impl Way {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::In => ("in", "from"),
            Self::Out => ("out", "to"),
        }
    }

    /// The rules for it, and the fact that holds them.
    fn rules(self, filter: &Resource) -> (Option<&[FirewallRule]>, &'static str) {
        let rules = filter.firewall.as_ref();
        match self {
            Self::In => (rules.and_then(|it| it.ingress.known()).map(Vec::as_slice), "firewall.ingress"),
            Self::Out => (rules.and_then(|it| it.egress.known()).map(Vec::as_slice), "firewall.egress"),
        }
    }
}

/// Whether any of a resource's security groups lets it through: one is enough.
pub(super) fn groups(own: &Side<'_>, way: Way, other: &Side<'_>, port: u32, whose: &str) -> Hop {
    let mut doubt = None;
    let mut left = other.ranges.clone();
    for group in &own.groups {
        let (rules, path) = way.rules(group);
        // A rule that is not known can only let through more.
        if rules.is_none()
            || group
                .unknown
                .keys()
                .any(|unknown| unknown.starts_with("firewall") && (unknown == "firewall" || unknown.starts_with(path)))
        {
            let reason = group.unknown.get(path).or_else(|| group.unknown.get("firewall"));
            doubt.get_or_insert_with(|| {
                reason.cloned().unwrap_or_else(|| format!("the rules of {} are not known", group.name))
            });
        }
        let rules = rules.unwrap_or_default();
        if rules.iter().any(|rule| is_half_read(rule) || rule.groups.is_unknown()) {
            doubt.get_or_insert_with(|| format!("a rule of {} was not read in full", group.name));
        }
        let has_ports = |rule: &&FirewallRule| !rule.from_port.is_unknown() && !rule.to_port.is_unknown();
        for rule in rules.iter().filter(has_ports).filter(|rule| fits(rule, (port, port))) {
            if rule.groups.known().into_iter().flatten().any(|named| other.groups.iter().any(|group| is(group, named)))
            {
                return Hop::Open;
            }
            let lists = || rule.prefix_lists.known().into_iter().flatten();
            if let Some(list) = lists().find(|list| !own.lists.contains_key(list.as_str())) {
                doubt.get_or_insert_with(|| {
                    format!("{} names the prefix list {list}, whose entries are not known", group.name)
                });
            }
            let entries: Vec<IpNet> =
                lists().filter_map(|list| own.lists.get(list.as_str())).flatten().copied().collect();
            left.retain(|range| !covers(rule, range) && !entries.iter().any(|entry| entry.contains(range)));
            let meets = |range: &IpNet| overlaps(rule, range) || entries.iter().any(|entry| is_met(entry, range));
            if left.iter().any(meets) {
                let what = if left.iter().any(is_half) { "the internet" } else { "a subnet" };
                doubt.get_or_insert_with(|| format!("{} lets a part of {what} through", group.name));
            }
        }
    }
    if left.is_empty() && !other.ranges.is_empty() {
        return Hop::Open;
    }
    if let Some(reason) = doubt {
        return Hop::Unclear(reason);
    }
    let (direction, preposition) = way.words();
    match own.groups.as_slice() {
        [] => Hop::Unclear(format!("the security groups of {whose} are not known")),
        _ if left.len() < other.ranges.len() => {
            Hop::Unclear(format!("only a part of the subnets is let {direction} on port {port} {preposition} {whose}"))
        }
        [first, ..] => {
            let names: Vec<&str> = own.groups.iter().map(|group| group.name.as_str()).collect();
            let subject = if names.len() == 1 { "security group" } else { "security groups" };
            let verb = if names.len() == 1 { "lets" } else { "let" };
            let why =
                format!("{subject} {} {verb} nothing {direction} on port {port} {preposition} it", names.join(", "));
            Hop::Shut(first.id.clone(), why)
        }
    }
}

/// Whether a rule of a resource's security groups names that prefix list, for what goes out on that port.
pub(super) fn names_list(own: &Side<'_>, port: u32, is_meant: impl Fn(&str) -> bool) -> bool {
    let rules = own.groups.iter().filter_map(|group| Way::Out.rules(group).0).flatten();
    let mut lists =
        rules.filter(|rule| fits(rule, (port, port))).filter_map(|rule| rule.prefix_lists.known()).flatten();
    lists.any(|list| is_meant(list))
}

/// Whether a network ACL lets one range through on all of those ports. The first rule that fits decides.
pub(super) fn acl(filter: &Resource, way: Way, other: &IpNet, ports: Ports) -> Hop {
    let (Some(rules), path) = way.rules(filter) else {
        return Hop::Unclear(format!("the rules of {} are not known", filter.name));
    };
    if let Some(reason) = filter.unknown.get(path).or_else(|| filter.unknown.get("firewall")) {
        return Hop::Unclear(reason.clone());
    }
    let mut rules: Vec<&FirewallRule> = rules.iter().collect();
    rules.sort_by_key(|rule| rule.number.known().copied().unwrap_or(u32::MAX));
    let (direction, preposition) = way.words();
    if rules.iter().any(|rule| rule.number.is_unknown() && may_touch(rule, ports, other)) {
        return Hop::Unclear(format!("which rule of {} comes first is not known", filter.name));
    }
    for rule in rules {
        let touches = touches(rule, ports) && overlaps(rule, other);
        if may_touch(rule, ports, other) {
            return Hop::Unclear(format!("a rule of {} was not read in full", filter.name));
        }
        if !touches {
            continue;
        }
        if !(fits(rule, ports) && covers(rule, other)) {
            return Hop::Unclear(format!("{} treats a part of the addresses or ports in another way", filter.name));
        }
        if rule.allow.known() == Some(&true) {
            return Hop::Open;
        }
        break;
    }
    let what = if ports.0 == ports.1 { format!("nothing on port {}", ports.0) } else { "no answers".to_owned() };
    let whom = if is_half(other) { "the internet".to_owned() } else { other.to_string() };
    Hop::Shut(filter.id.clone(), format!("network ACL {} lets {what} {direction} {preposition} {whom}", filter.name))
}

fn is_tcp(rule: &FirewallRule) -> bool {
    matches!(rule.protocol.text(), Some("tcp" | "all" | "6"))
}

/// The ports of a rule; all of them where it names none.
fn ports_of(rule: &FirewallRule) -> (u32, u32) {
    let from = rule.from_port.known().copied().unwrap_or(0);
    (from, rule.to_port.known().copied().unwrap_or(65535))
}

/// A rule is for TCP and all of those ports.
fn fits(rule: &FirewallRule, ports: (u32, u32)) -> bool {
    let (from, to) = ports_of(rule);
    is_tcp(rule) && from <= ports.0 && ports.1 <= to
}

/// A rule is for TCP and some of those ports.
fn touches(rule: &FirewallRule, ports: (u32, u32)) -> bool {
    let (from, to) = ports_of(rule);
    is_tcp(rule) && from <= ports.1 && ports.0 <= to
}

/// Of a rule that was not read in full: what is known of it does not leave it out.
fn may_touch(rule: &FirewallRule, ports: Ports, range: &IpNet) -> bool {
    let FirewallRule { protocol, cidrs, allow, number, .. } = rule;
    let (from, to) = ports_of(rule);
    (is_half_read(rule) || allow.is_unknown() || number.is_unknown())
        && (protocol.is_unknown() || is_tcp(rule))
        && (from <= ports.1 && ports.0 <= to)
        && (cidrs.is_unknown() || overlaps(rule, range))
}

/// What it is about is not known in full.
fn is_half_read(rule: &FirewallRule) -> bool {
    let FirewallRule { protocol, from_port, to_port, cidrs, .. } = rule;
    protocol.is_unknown() || from_port.is_unknown() || to_port.is_unknown() || cidrs.is_unknown()
}

fn ranges(rule: &FirewallRule) -> impl Iterator<Item = IpNet> {
    rule.cidrs.known().into_iter().flatten().filter_map(|text| text.parse().ok())
}

fn covers(rule: &FirewallRule, range: &IpNet) -> bool {
    ranges(rule).any(|own| own.contains(range))
}

/// What is on the internet has no private address.
fn overlaps(rule: &FirewallRule, range: &IpNet) -> bool {
    ranges(rule).any(|own| is_met(&own, range))
}

fn is_met(own: &IpNet, range: &IpNet) -> bool {
    own.contains(range) || (range.contains(own) && !(is_half(range) && is_private(own)))
}

fn is_half(range: &IpNet) -> bool {
    range.prefix_len() == 1
}

/// https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc6598
fn is_private(range: &IpNet) -> bool {
    let blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
    blocks.iter().filter_map(|block| block.parse::<IpNet>().ok()).any(|block| block.contains(range))
}

/// A rule names a group by its bare id, with the account in front where it is another's, or by its address in code.
fn is(group: &Resource, named: &str) -> bool {
    group.id == named || tail(&group.id) == tail(named) || group.origin.scoped_address().as_deref() == Some(named)
}
