//! What both doors say alike of networks: protocols, ports, the order of rules and routes.

use std::cmp::Reverse;

use crate::model::{Fact, FirewallRule, Route};
use crate::providers::aws::names::is_region;

/// What a rule is about, as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    pub protocol: Fact<String>,
    pub from: Fact<i64>,
    pub to: Fact<i64>,
}

impl Traffic {
    fn tidy(self) -> (Fact<String>, Fact<u32>, Fact<u32>) {
        let protocol = self.protocol.map(|text| protocol(&text));
        let (from, to) = ports(protocol.text().unwrap_or_default(), self.from, self.to);
        (protocol, from, to)
    }
}

/// A protocol by its name, where it has one: `tcp` of `6`, `all` of `-1`.
fn protocol(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "-1" | "all" => "all".to_owned(),
        "1" => "icmp".to_owned(),
        "6" => "tcp".to_owned(),
        "17" => "udp".to_owned(),
        "58" => "icmpv6".to_owned(),
        other => other.to_owned(),
    }
}

/// The ports of a rule. Of any protocol, a rule has none, whatever stands there; -1 is all types of ICMP.
fn ports(protocol: &str, from: Fact<i64>, to: Fact<i64>) -> (Fact<u32>, Fact<u32>) {
    if protocol == "all" {
        return (Fact::Absent, Fact::Absent);
    }
    let port = |port: Fact<i64>| match port {
        Fact::Known(port) => Fact::from_read(u32::try_from(port).ok()),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    (port(from), port(to))
}

/// In one order, and of a security group as few as possible: one for each range of ports.
pub(crate) fn in_order(rules: Vec<FirewallRule>) -> Vec<FirewallRule> {
    let mut merged: Vec<FirewallRule> = Vec::with_capacity(rules.len());
    let same = |one: &FirewallRule, other: &FirewallRule| {
        one.number.is_absent()
            && (one.allow, one.number, &one.protocol, one.from_port, one.to_port)
                == (other.allow, other.number, &other.protocol, other.from_port, other.to_port)
            && is_whole(one)
            && is_whole(other)
    };
    for rule in rules {
        match merged.iter_mut().find(|have| same(have, &rule)) {
            Some(have) => {
                add(&mut have.cidrs, rule.cidrs);
                add(&mut have.groups, rule.groups);
                add(&mut have.prefix_lists, rule.prefix_lists);
            }
            None => merged.push(rule),
        }
    }
    merged.sort_by(|one, other| key(one).cmp(&key(other)));
    merged.dedup();
    merged
}

/// The rules without one that is taken away. Of a security group, only the other side of it is: the rest of a range of
/// ports stays.
pub(crate) fn without(rules: Vec<FirewallRule>, gone: &FirewallRule) -> Vec<FirewallRule> {
    let is_left = |rule: &FirewallRule| {
        [&rule.cidrs, &rule.groups, &rule.prefix_lists]
            .into_iter()
            .any(|list| list.known().is_none_or(|l| !l.is_empty()))
    };
    let ports = |rule: &FirewallRule| (rule.protocol.clone(), rule.from_port, rule.to_port);
    let mut left = Vec::with_capacity(rules.len());
    for mut rule in rules {
        if gone.number.is_known() {
            if rule.number != gone.number {
                left.push(rule);
            }
            continue;
        }
        if ports(&rule) == ports(gone) {
            take(&mut rule.cidrs, &gone.cidrs);
            take(&mut rule.groups, &gone.groups);
            take(&mut rule.prefix_lists, &gone.prefix_lists);
        }
        if is_left(&rule) {
            left.push(rule);
        }
    }
    left
}

/// A rule of a security group: its other side is ranges of addresses, groups and prefix lists.
pub(crate) fn group_rule(traffic: Traffic, sides: [Fact<Vec<String>>; 3]) -> FirewallRule {
    let (protocol, from_port, to_port) = traffic.tidy();
    let [cidrs, groups, prefix_lists] = sides.map(|side| match side {
        Fact::Absent => Fact::Known(Vec::new()),
        side => side.map(in_sequence),
    });
    let number = Fact::Absent;
    FirewallRule { allow: Fact::Known(true), number, protocol, from_port, to_port, cidrs, groups, prefix_lists }
}

/// A rule of a network ACL, which knows no groups.
pub(crate) fn acl_rule(number: Fact<u32>, allow: Fact<bool>, traffic: Traffic, cidr: Fact<String>) -> FirewallRule {
    FirewallRule { number, allow, ..group_rule(traffic, [cidr.map(|cidr| vec![cidr]), Fact::Absent, Fact::Absent]) }
}

/// All of it is known.
pub(crate) fn is_whole(rule: &FirewallRule) -> bool {
    rule.protocol.is_known()
        && !rule.from_port.is_unknown()
        && !rule.to_port.is_unknown()
        && [&rule.cidrs, &rule.groups, &rule.prefix_lists].into_iter().all(Fact::is_known)
}

/// What a route leads to, by how the ids of it begin.
pub(crate) fn via(target: &str) -> &'static str {
    match target.split('-').next().unwrap_or_default() {
        "local" => "local",
        "igw" => "internet-gateway",
        "nat" => "nat-gateway",
        "eigw" => "egress-only",
        "tgw" => "transit-gateway",
        "pcx" => "peering",
        "vpce" => "endpoint",
        "vgw" => "vpn-gateway",
        "i" => "instance",
        "eni" => "interface",
        _ => "other",
    }
}

/// The most specific first: prefix lists, then the longest prefix.
pub(crate) fn by_precision(mut routes: Vec<Route>) -> Vec<Route> {
    let length = |route: &Route| {
        let destination = route.destination.text().unwrap_or_default();
        destination.rsplit_once('/').and_then(|(_, bits)| bits.parse::<u8>().ok()).unwrap_or(u8::MAX)
    };
    routes.sort_by(|one, other| {
        let key = |route: &Route| (Reverse(length(route)), route.destination.clone(), route.target.clone());
        key(one).cmp(&key(other))
    });
    routes.dedup();
    routes
}

/// The service that an endpoint leads to: `s3` of `com.amazonaws.us-east-1.s3`. What is no service of AWS stays as it is.
pub(crate) fn service(name: &str) -> String {
    let words: Vec<&str> = name.split('.').collect();
    let at = words.iter().position(|word| is_region(word));
    match at.and_then(|at| words.get(at + 1..)) {
        Some(rest) if !rest.is_empty() && !name.contains("vpce-svc-") => rest.join("."),
        _ => name.to_owned(),
    }
}

/// Sorted, each once.
pub(crate) fn in_sequence(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names.dedup();
    names
}

fn add(to: &mut Fact<Vec<String>>, more: Fact<Vec<String>>) {
    if let (Fact::Known(have), Fact::Known(more)) = (to, more) {
        have.extend(more);
        have.sort_unstable();
        have.dedup();
    }
}

fn take(from: &mut Fact<Vec<String>>, gone: &Fact<Vec<String>>) {
    if let (Fact::Known(have), Fact::Known(gone)) = (from, gone) {
        have.retain(|name| !gone.contains(name));
    }
}

type Key<'a> = (Fact<u32>, Option<&'a str>, Fact<u32>, Fact<u32>, [Option<&'a Vec<String>>; 3]);

fn key(rule: &FirewallRule) -> Key<'_> {
    let lists = [rule.cidrs.known(), rule.groups.known(), rule.prefix_lists.known()];
    (rule.number, rule.protocol.text(), rule.from_port, rule.to_port, lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traffic(protocol: &str, port: i64) -> Traffic {
        Traffic { protocol: protocol.into(), from: Fact::Known(port), to: Fact::Known(port) }
    }

    fn tcp(port: i64, cidr: &str, groups: Option<&[&str]>) -> FirewallRule {
        let groups = groups.map(|groups| groups.iter().map(|group| (*group).to_owned()).collect());
        let cidrs = if cidr.is_empty() { Fact::Absent } else { Fact::Known(vec![cidr.to_owned()]) };
        group_rule(traffic("6", port), [cidrs, Fact::from_known(groups), Fact::Absent])
    }

    #[test]
    fn one_rule_for_each_range_of_ports_however_many_were_written() {
        let rules = vec![
            tcp(5432, "10.1.0.0/16", Some(&["sg-2"])),
            tcp(443, "10.0.0.0/16", Some(&[])),
            tcp(5432, "10.0.0.0/16", Some(&["sg-1", "sg-2"])),
        ];
        let mut both = tcp(5432, "", Some(&["sg-1", "sg-2"]));
        both.cidrs = Fact::Known(vec!["10.0.0.0/16".to_owned(), "10.1.0.0/16".to_owned()]);
        assert_eq!(in_order(rules), [tcp(443, "10.0.0.0/16", Some(&[])), both]);
        // What one lets in is not known: it stays apart.
        let open = vec![tcp(443, "10.0.0.0/16", Some(&[])), tcp(443, "", None)];
        assert_eq!(in_order(open).len(), 2);
    }

    #[test]
    fn a_rule_that_is_taken_away_leaves_the_others_of_its_ports() {
        let rules = in_order(vec![tcp(443, "10.0.0.0/16", Some(&[])), tcp(443, "10.1.0.0/16", Some(&[]))]);
        let left = without(rules.clone(), &tcp(443, "10.0.0.0/16", Some(&[])));
        assert_eq!(left, [tcp(443, "10.1.0.0/16", Some(&[]))]);
        assert_eq!(without(left, &tcp(443, "10.1.0.0/16", Some(&[]))), []);
        assert_eq!(without(rules.clone(), &tcp(80, "10.0.0.0/16", Some(&[]))), rules);
        let acl = |number| acl_rule(Fact::Known(number), Fact::Known(true), traffic("-1", 0), "0.0.0.0/0".into());
        assert_eq!(without(vec![acl(100), acl(200)], &acl(100)), [acl(200)]);
    }

    #[test]
    fn any_protocol_has_no_ports_and_any_type_of_icmp_no_number() {
        let ports = |protocol, from, to| ports(protocol, Fact::Known(from), Fact::Known(to));
        assert_eq!(ports("all", 0, 0), (Fact::Absent, Fact::Absent));
        assert_eq!(ports("icmp", -1, -1), (Fact::Absent, Fact::Absent));
        assert_eq!(ports("icmp", 8, 0), (Fact::Known(8), Fact::Known(0)));
        assert_eq!(ports("tcp", 0, 65535), (Fact::Known(0), Fact::Known(65535)));
    }

    #[test]
    fn an_endpoint_leads_to_a_service_whatever_its_region() {
        let names = [
            ("com.amazonaws.us-east-1.s3", "s3"),
            ("com.amazonaws.eu-west-1.ecr.dkr", "ecr.dkr"),
            ("cn.com.amazonaws.cn-north-1.ecs", "ecs"),
            ("aws.sagemaker.us-east-1.notebook", "notebook"),
            ("com.amazonaws.vpce.us-east-1.vpce-svc-1", "com.amazonaws.vpce.us-east-1.vpce-svc-1"),
            ("com.amazonaws.s3-global.accesspoint", "com.amazonaws.s3-global.accesspoint"),
        ];
        assert_eq!(names.map(|(name, _)| service(name)), names.map(|(_, service)| service.to_owned()));
    }

    #[test]
    fn prefix_lists_and_small_ranges_come_first() {
        let route = |destination: &str| Route { destination: destination.into(), ..Route::default() };
        let order = by_precision(["0.0.0.0/0", "10.0.0.0/16", "pl-1", "10.0.0.0/8"].map(route).to_vec());
        assert_eq!(order, ["pl-1", "10.0.0.0/16", "10.0.0.0/8", "0.0.0.0/0"].map(route));
    }
}
