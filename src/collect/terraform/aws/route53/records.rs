//! Records.

use super::super::cloudfront::DISTRIBUTIONS;
use super::super::fronts;
use super::super::provider::TYPE;
use super::common::{CHECKS, ZONES};
use crate::collect::dns;
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Dns, Fact, Rel, Resource, Shared};
use crate::providers::aws::names;

pub(in super::super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_route53_record",
        kind: Some("aws.route53.record"),
        global_id: "",
        names: &["fqdn"],
        // Several records may have one name.
        unique: "id",
        facts: &[
            ("dns.alias", "alias"),
            ("dns.evaluates_target_health", "alias.evaluate_target_health"),
            ("dns.failover", "failover_routing_policy"),
            ("dns.health_check", "health_check_id"),
            ("dns.latency_region", "latency_routing_policy"),
            ("dns.name", "name"),
            ("dns.policy", "set_identifier"),
            ("dns.record_type", "type"),
            ("dns.set_id", "set_identifier"),
            ("dns.targets", "records"),
            ("dns.ttl_seconds", "ttl"),
            ("dns.weight", "weighted_routing_policy"),
            ("dns.zone", "zone_id"),
        ],
        reads: &[
            "alias.name",
            "cidr_routing_policy",
            "failover_routing_policy.type",
            "geolocation_routing_policy",
            "geoproximity_routing_policy",
            "latency_routing_policy.region",
            "multivalue_answer_routing_policy",
            "weighted_routing_policy.weight",
        ],
        ..TYPE
    },
    maps: Maps::Resource(record),
}];

fn record(attrs: &Attrs<'_>, resource: &mut Resource) {
    let zone = attrs.targets("zone_id", ZONES);
    let zone_name = zone.single().map(|at| Attrs::new(attrs.world, at).text("name"));
    attrs.link_to(resource, Rel::MemberOf, "dns.zone", zone);
    attrs.link(resource, Rel::GatedBy, "dns.health_check", "health_check_id", CHECKS);
    let alias = attrs.block_if_set("alias");
    let kind = attrs.text("type");
    let targets = match (&alias, kind.text().is_some_and(dns::leads_somewhere)) {
        (_, false) if kind.is_known() => Fact::Absent,
        (Fact::Known(alias), _) => leads_to(alias, resource, "name"),
        _ => leads_to(attrs, resource, "records"),
    };
    let facts = Dns {
        name: name(attrs, zone_name),
        zone: attrs.text("zone_id"),
        record_type: kind,
        policy: policy(attrs).into(),
        failover: of_block(attrs, "failover_routing_policy", |block| block.text("type"))
            .map(|role| role.to_lowercase()),
        set_id: attrs.text_if_set("set_identifier"),
        weight: of_block(attrs, "weighted_routing_policy", |block| block.number("weight")),
        latency_region: of_block(attrs, "latency_routing_policy", |block| block.text("region")),
        ttl_seconds: attrs.number("ttl"),
        alias: match &alias {
            Fact::Known(_) => Fact::Known(true),
            Fact::Absent => Fact::Known(false),
            Fact::Unknown => Fact::Unknown,
        },
        targets,
        evaluates_target_health: match &alias {
            Fact::Known(alias) => alias.boolean("evaluate_target_health"),
            other => other.as_ref().map(|_| false),
        },
        health_check: attrs.text_if_set("health_check_id"),
        ..Dns::default()
    };
    if facts.name.is_known() {
        resource.name = dns::Named::of(&facts).title();
        // Both doors call it the same.
        if facts.zone.is_known() {
            resource.id = dns::Named::of(&facts).id();
        }
    }
    resource.dns = Some(Shared::from(facts));
}

/// A fact of the one block of that name. Absent: there is no such block.
fn of_block<T>(attrs: &Attrs<'_>, name: &str, fact: impl FnOnce(&Attrs<'_>) -> Fact<T>) -> Fact<T> {
    match attrs.block_if_set(name) {
        Fact::Known(block) => fact(&block),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}

/// What it leads to: host names and addresses where they are known, else the load balancer or the edge that the code refers
/// to.
fn leads_to(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<Vec<String>> {
    let known = if name == "name" { attrs.text("name").map(|name| vec![name]) } else { attrs.list("records") };
    if known.is_unknown() {
        let types = [fronts::types().as_slice(), DISTRIBUTIONS].concat();
        let targets = fronts::of_parts(attrs, attrs.all_targets(name, &types));
        resource.mark_unknown("dns.targets", targets.unknown.clone().unwrap_or_else(|| AFTER_APPLY.to_owned()));
        if targets.unknown.is_none() {
            for id in targets.ids() {
                resource.link(Rel::SendsTo, Some(id));
            }
        }
    }
    known.map(|mut all| {
        all.iter_mut().for_each(|target| *target = names::host(target));
        all.sort_unstable();
        all
    })
}

/// Its full name: the code may leave out that of the zone.
fn name(attrs: &Attrs<'_>, zone: Option<Fact<String>>) -> Fact<String> {
    if let Fact::Known(full) = attrs.text("fqdn") {
        return Fact::Known(dns::unescaped(&names::host(&full)));
    }
    let (name, zone) = match (attrs.text("name"), zone) {
        (Fact::Known(name), Some(Fact::Known(zone))) => (names::host(&name), names::host(&zone)),
        (Fact::Absent, Some(Fact::Known(zone))) => return Fact::Known(names::host(&zone)),
        _ => return Fact::Unknown,
    };
    let is_full = name == zone || name.strip_suffix(&zone).is_some_and(|rest| rest.ends_with('.'));
    Fact::Known(if is_full { name } else { format!("{name}.{zone}") })
}

fn policy(attrs: &Attrs<'_>) -> &'static str {
    let by_block = [
        ("failover_routing_policy", "failover"),
        ("weighted_routing_policy", "weighted"),
        ("latency_routing_policy", "latency"),
        ("geolocation_routing_policy", "geolocation"),
        ("geoproximity_routing_policy", "geoproximity"),
        ("cidr_routing_policy", "cidr"),
    ];
    let is_there = |name: &str| attrs.blocks_if_set(name).is_known();
    match by_block.iter().find(|(name, _)| is_there(name)) {
        Some((_, word)) => word,
        None if attrs.boolean_or("multivalue_answer_routing_policy", false) == Fact::Known(true) => "multivalue",
        None => "simple",
    }
}
