//! Security groups, with their rules in all three styles: in blocks, as `aws_security_group_rule`, and as one resource for
//! each rule.

use super::super::provider::TYPE;
use super::prefix_lists::LISTS;
use super::rules::{Way, add, fill, groups, part_type, take, traffic};
use super::{VPCS, id, linked};
use crate::collect::network::group_rule;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, FirewallRule, Network, Rel, Resource, Shared};

pub(in super::super) const GROUPS: &[&str] = &["aws_security_group", "aws_default_security_group"];

/// The attribute by which a rule names its group.
const OF: (&str, &[&str]) = ("security_group_id", GROUPS);

const fn group_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.security-group"),
            global_id: "arn",
            names: &["name", "id"],
            unique: "id",
            facts: &[("firewall.egress", "egress"), ("firewall.ingress", "ingress"), ("network.vpc", "vpc_id")],
            reads: &[
                "egress.cidr_blocks",
                "egress.from_port",
                "egress.ipv6_cidr_blocks",
                "egress.prefix_list_ids",
                "egress.protocol",
                "egress.security_groups",
                "egress.self",
                "egress.to_port",
                "ingress.cidr_blocks",
                "ingress.from_port",
                "ingress.ipv6_cidr_blocks",
                "ingress.prefix_list_ids",
                "ingress.protocol",
                "ingress.security_groups",
                "ingress.self",
                "ingress.to_port",
            ],
            ..TYPE
        },
        maps: Maps::Resource(group),
    }
}

const RULE: &[&str] = &[
    "cidr_blocks",
    "from_port",
    "ipv6_cidr_blocks",
    "prefix_list_ids",
    "protocol",
    "security_group_id",
    "self",
    "source_security_group_id",
    "to_port",
    "type",
];

const ONE_RULE: &[&str] = &[
    "cidr_ipv4",
    "cidr_ipv6",
    "from_port",
    "ip_protocol",
    "prefix_list_id",
    "referenced_security_group_id",
    "security_group_id",
    "to_port",
];

pub(super) const TYPES: &[Mapping] = &[
    group_type("aws_security_group"),
    group_type("aws_default_security_group"),
    Mapping {
        of: part_type("aws_security_group_rule", RULE),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, way(attrs), rule(attrs)),
            Some(|attrs, resources| take(attrs, OF, resources, way(attrs), &rule(attrs))),
        ),
    },
    Mapping {
        of: part_type("aws_vpc_security_group_ingress_rule", ONE_RULE),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, Fact::Known(Way::In), one_rule(attrs)),
            Some(|attrs, resources| take(attrs, OF, resources, Fact::Known(Way::In), &one_rule(attrs))),
        ),
    },
    Mapping {
        of: part_type("aws_vpc_security_group_egress_rule", ONE_RULE),
        maps: Maps::Part(
            |attrs, resources| add(attrs, OF, resources, Fact::Known(Way::Out), one_rule(attrs)),
            Some(|attrs, resources| take(attrs, OF, resources, Fact::Known(Way::Out), &one_rule(attrs))),
        ),
    },
];

const fn part(part: &'static str, facts: &'static [&'static str]) -> PartOf {
    // What is known of the others stays: the list is marked as one that may be longer.
    PartOf { part, inline: "", names: OF.0, of: GROUPS, several: true, facts, clear: |_| {} }
}

pub(super) const PARTS: &[PartOf] = &[
    part("aws_security_group_rule", &["firewall.egress", "firewall.ingress"]),
    part("aws_vpc_security_group_egress_rule", &["firewall.egress"]),
    part("aws_vpc_security_group_ingress_rule", &["firewall.ingress"]),
];

fn group(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    resource.network = Some(Shared::from(Network { vpc, ..Network::default() }));
    fill(attrs, resource, true, |attrs, blocks, resource, way| {
        blocks.iter().map(|block| of_block(attrs, blocks, block, resource, way)).collect()
    });
}

fn of_block(attrs: &Attrs<'_>, blocks: &[Attrs<'_>], block: &Attrs<'_>, resource: &Resource, way: Way) -> FirewallRule {
    let named = groups(attrs, blocks, block, (way.block(), "security_groups"), GROUPS);
    let lists = groups(attrs, blocks, block, (way.block(), "prefix_list_ids"), LISTS);
    let own = attrs.text("id").into_known().unwrap_or_else(|| resource.id.clone());
    let cidrs = both(block.list("cidr_blocks"), block.list("ipv6_cidr_blocks"));
    group_rule(traffic(block, "protocol"), [cidrs, and_itself(named, block.boolean("self"), own), lists])
}

/// Which way an `aws_security_group_rule` is for.
fn way(attrs: &Attrs<'_>) -> Fact<Way> {
    match attrs.text("type") {
        Fact::Known(text) => Fact::from_known(match text.as_str() {
            "ingress" => Some(Way::In),
            "egress" => Some(Way::Out),
            _ => None,
        }),
        _ => Fact::Unknown,
    }
}

fn rule(attrs: &Attrs<'_>) -> FirewallRule {
    let cidrs = both(attrs.list("cidr_blocks"), attrs.list("ipv6_cidr_blocks"));
    let own = attrs.targets(OF.0, OF.1).single().map(|at| id(attrs, at)).or_else(|| attrs.text(OF.0).into_known());
    let itself = if own.is_some() { attrs.boolean("self") } else { Fact::Unknown };
    // The provider takes addresses or groups, and says of the others only after apply that there are none.
    let named = match &cidrs {
        Fact::Known(addresses) if !addresses.is_empty() => Fact::Absent,
        _ => and_itself(other(attrs, "source_security_group_id"), itself, own.unwrap_or_default()),
    };
    group_rule(traffic(attrs, "protocol"), [cidrs, named, lists(attrs, "prefix_list_ids")])
}

fn one_rule(attrs: &Attrs<'_>) -> FirewallRule {
    let one = |fact: Fact<String>| fact.map(|text| vec![text]);
    let cidrs = both(one(attrs.text("cidr_ipv4")), one(attrs.text("cidr_ipv6")));
    let groups = other(attrs, "referenced_security_group_id");
    group_rule(traffic(attrs, "ip_protocol"), [cidrs, groups, lists(attrs, "prefix_list_id")])
}

/// The prefix lists that a rule names.
fn lists(attrs: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, LISTS);
    let own = |target: &Referent| match target {
        Referent::Here(at, _) => id(attrs, *at),
        Referent::Elsewhere(id) => id.clone(),
    };
    match (&targets.unknown, targets.found.is_empty()) {
        (Some(_), _) => Fact::Unknown,
        (None, true) => Fact::Known(Vec::new()),
        (None, false) => Fact::Known(targets.found.iter().map(own).collect()),
    }
}

/// The group that a rule names.
fn other(attrs: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    let targets = attrs.targets(name, GROUPS);
    match (&targets.unknown, targets.found.first()) {
        (None, Some(Referent::Here(at, _))) => Fact::Known(vec![id(attrs, *at)]),
        (None, Some(Referent::Elsewhere(id))) => Fact::Known(vec![id.clone()]),
        (None, None) => Fact::Absent,
        // A group itself is what the provider shows in both attributes.
        (Some(_), _) if attrs.declares("self") && attrs.boolean("self") == Fact::Known(true) => Fact::Absent,
        (Some(_), _) => Fact::Unknown,
    }
}

fn and_itself(groups: Fact<Vec<String>>, itself: Fact<bool>, own: String) -> Fact<Vec<String>> {
    match (groups, itself) {
        (Fact::Unknown, _) | (_, Fact::Unknown) => Fact::Unknown,
        (groups, Fact::Known(true)) => {
            let mut groups = groups.into_known().unwrap_or_default();
            groups.push(own);
            Fact::Known(groups)
        }
        (groups, _) => groups,
    }
}

fn both(one: Fact<Vec<String>>, other: Fact<Vec<String>>) -> Fact<Vec<String>> {
    match (one, other) {
        (Fact::Unknown, _) | (_, Fact::Unknown) => Fact::Unknown,
        (one, other) => {
            let (one, other) = (one.into_known().unwrap_or_default(), other.into_known().unwrap_or_default());
            Fact::Known(one.into_iter().chain(other).collect())
        }
    }
}

/// Who may reach something, and on which ports. A port that the code does not set is that of the engine.
pub(in crate::collect::terraform::aws) fn reached(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    groups: &str,
    port: Option<u32>,
) {
    let ports = match attrs.number("port") {
        Fact::Known(port) => Fact::Known(port),
        _ if !attrs.is_set("port") => Fact::from_known(port),
        _ => Fact::Unknown,
    };
    let security_groups = filtered_by(attrs, resource, groups);
    let network = resource.network.get_or_insert_default();
    network.security_groups = security_groups;
    network.ports = ports.map(|port| vec![port]);
}

/// The port of an engine where nobody chooses another.
pub(in crate::collect::terraform::aws) fn usual_port(engine: &Fact<String>) -> Option<u32> {
    let ports = [
        ("mysql", 3306),
        ("mariadb", 3306),
        ("postgres", 5432),
        ("oracle", 1521),
        ("sqlserver", 1433),
        ("db2", 50000),
        ("docdb", 27017),
        ("neptune", 8182),
        ("redis", 6379),
        ("valkey", 6379),
        ("memcached", 11211),
    ];
    let engine = engine.text()?.to_lowercase();
    let engine = engine.strip_prefix("aurora-").unwrap_or(&engine);
    ports.into_iter().find(|(family, _)| engine.starts_with(family)).map(|(_, port)| port)
}

/// The security groups that an attribute names, with links to them. Where the code names none, the provider takes the
/// default one of the network.
pub(in crate::collect::terraform::aws) fn filtered_by(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    name: &str,
) -> Fact<Vec<String>> {
    const FACT: &str = "network.security_groups";
    if !attrs.is_set(name) {
        resource.mark_unknown(FACT, "not set: the provider takes the default group of the network");
        return Fact::Unknown;
    }
    let targets = attrs.all_targets(name, GROUPS);
    let mut named = Vec::new();
    for target in &targets.found {
        let (to, own) = match target {
            Referent::Here(at, to) => (to, id(attrs, *at)),
            Referent::Elsewhere(to) => (to, to.clone()),
        };
        if targets.unknown.is_none() {
            resource.link(Rel::FilteredBy, Some(to));
        }
        named.push(own);
    }
    if let Some(reason) = targets.unknown {
        resource.mark_unknown(FACT, reason);
        return Fact::Unknown;
    }
    Fact::Known(crate::collect::network::in_sequence(named))
}
