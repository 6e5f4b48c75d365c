//! Routing controls of ARC: clusters, control panels, controls and the rules about them.

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Fact, Rel, Resource, Shared, Switch};

/// By the names of version 6.47 of the provider, too.
const CLUSTERS: &[&str] = &["aws_route53recoverycontrolconfig_cluster", "aws_route53_recoverycontrolconfig_cluster"];

const PANELS: &[&str] =
    &["aws_route53recoverycontrolconfig_control_panel", "aws_route53_recoverycontrolconfig_control_panel"];

pub(super) const CONTROLS: &[&str] =
    &["aws_route53recoverycontrolconfig_routing_control", "aws_route53_recoverycontrolconfig_routing_control"];

const RULES: &[&str] =
    &["aws_route53recoverycontrolconfig_safety_rule", "aws_route53_recoverycontrolconfig_safety_rule"];

const NAMED: Type = Type { global_id: "arn", names: &["name"], unique: "arn", ..TYPE };

const fn cluster_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.route53recoverycontrolconfig.cluster"),
            facts: &[("switch.regions", "cluster_endpoints")],
            reads: &["cluster_endpoints.region"],
            ..NAMED
        },
        maps: Maps::Resource(cluster),
    }
}

const fn panel_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.route53recoverycontrolconfig.control-panel"),
            reads: &["cluster_arn"],
            ..NAMED
        },
        maps: Maps::Resource(panel),
    }
}

const fn control_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.route53recoverycontrolconfig.routing-control"),
            reads: &["control_panel_arn"],
            ..NAMED
        },
        maps: Maps::Resource(control),
    }
}

const fn rule_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.route53recoverycontrolconfig.safety-rule"),
            facts: &[
                ("switch.controls", "asserted_controls"),
                ("switch.gates", "gating_controls"),
                ("switch.inverted", "rule_config.inverted"),
                ("switch.operator", "rule_config.type"),
                ("switch.rule", "asserted_controls"),
                ("switch.threshold", "rule_config.threshold"),
            ],
            reads: &["control_panel_arn", "target_controls"],
            ..NAMED
        },
        maps: Maps::Resource(rule),
    }
}

const TYPES: &[Mapping] = &[
    cluster_type(CLUSTERS[0]),
    cluster_type(CLUSTERS[1]),
    panel_type(PANELS[0]),
    panel_type(PANELS[1]),
    control_type(CONTROLS[0]),
    control_type(CONTROLS[1]),
    rule_type(RULES[0]),
    rule_type(RULES[1]),
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn cluster(attrs: &Attrs<'_>, resource: &mut Resource) {
    let endpoints = attrs.blocks("cluster_endpoints").into_known().unwrap_or_default();
    let regions: Option<Vec<String>> = endpoints.iter().map(|it| it.text("region").into_known()).collect();
    let regions = regions.filter(|all| !all.is_empty()).map(|mut all| {
        all.sort_unstable();
        all
    });
    resource.switch = Some(Shared::from(Switch { regions: Fact::from_known(regions), ..Switch::default() }));
}

fn panel(attrs: &Attrs<'_>, resource: &mut Resource) {
    attrs.link(resource, Rel::MemberOf, "", "cluster_arn", CLUSTERS);
}

/// Where the code names no panel, it is in the one that its cluster has from the start.
fn control(attrs: &Attrs<'_>, resource: &mut Resource) {
    attrs.link(resource, Rel::MemberOf, "", "control_panel_arn", PANELS);
}

fn rule(attrs: &Attrs<'_>, resource: &mut Resource) {
    attrs.link(resource, Rel::MemberOf, "", "control_panel_arn", PANELS);
    let asserts = attrs.is_set("asserted_controls");
    let config = attrs.block("rule_config").into_known();
    let about = if asserts { "asserted_controls" } else { "target_controls" };
    resource.switch = Some(Shared::from(Switch {
        rule: if asserts { "assertion" } else { "gating" }.into(),
        controls: controls(attrs, resource, about, "switch.controls"),
        gates: if asserts { Fact::Absent } else { controls(attrs, resource, "gating_controls", "switch.gates") },
        operator: config.as_ref().map_or(Fact::Unknown, |it| it.text("type").map(|word| word.to_lowercase())),
        threshold: config.as_ref().map_or(Fact::Unknown, |it| it.number("threshold")),
        inverted: config.as_ref().map_or(Fact::Unknown, |it| it.boolean("inverted")),
        ..Switch::default()
    }));
}

fn controls(attrs: &Attrs<'_>, resource: &mut Resource, name: &str, fact: &str) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, CONTROLS);
    if let Some(reason) = targets.unknown {
        resource.mark_unknown(fact, reason);
        return Fact::Unknown;
    }
    let mut ids = targets.ids();
    ids.sort_unstable();
    Fact::Known(ids)
}
