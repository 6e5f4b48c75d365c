//! Listeners, with the rules and the certificates that are declared by themselves.

use super::super::acm;
use super::super::provider::TYPE;
use super::common::{BALANCERS, GROUPS, joined};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referents};
use crate::model::{Fact, Rel, Resource, Shared, Traffic};

pub(in super::super) const LISTENERS: &[&str] = &["aws_lb_listener", "aws_alb_listener"];

const LISTENER: Type = Type {
    kind: Some("aws.elbv2.listener"),
    global_id: "arn",
    names: &[],
    facts: &[
        ("traffic.certificates", "certificate_arn"),
        ("traffic.port", "port"),
        ("traffic.protocol", "protocol"),
        ("traffic.target_groups", "default_action"),
    ],
    reads: &["default_action.forward.target_group.arn", "default_action.target_group_arn", "load_balancer_arn"],
    ..TYPE
};

const RULE: Type =
    Type { reads: &["action.forward.target_group.arn", "action.target_group_arn", "listener_arn"], ..TYPE };

const CERTIFICATE: Type = Type { reads: &["certificate_arn", "listener_arn"], ..TYPE };

pub(in super::super) const TYPES: &[Mapping] = &[
    Mapping { of: Type { name: "aws_lb_listener", ..LISTENER }, maps: Maps::Resource(listener) },
    Mapping { of: Type { name: "aws_alb_listener", ..LISTENER }, maps: Maps::Resource(listener) },
    Mapping { of: Type { name: "aws_lb_listener_rule", ..RULE }, maps: Maps::Part(rule, None) },
    Mapping { of: Type { name: "aws_alb_listener_rule", ..RULE }, maps: Maps::Part(rule, None) },
    Mapping { of: Type { name: "aws_lb_listener_certificate", ..CERTIFICATE }, maps: Maps::Part(certificate, None) },
    Mapping { of: Type { name: "aws_alb_listener_certificate", ..CERTIFICATE }, maps: Maps::Part(certificate, None) },
];

const RULES: PartOf = PartOf {
    part: "",
    inline: "",
    names: "listener_arn",
    of: LISTENERS,
    several: true,
    facts: &["traffic.target_groups"],
    clear: |_| {},
};

const CERTIFICATES: PartOf = PartOf { facts: &["traffic.certificates"], ..RULES };

/// A part that is of one of several listeners leaves what their own code says.
pub(in super::super) const PARTS: &[PartOf] = &[
    PartOf { part: "aws_lb_listener_rule", ..RULES },
    PartOf { part: "aws_alb_listener_rule", ..RULES },
    PartOf { part: "aws_lb_listener_certificate", ..CERTIFICATES },
    PartOf { part: "aws_alb_listener_certificate", ..CERTIFICATES },
];

fn listener(attrs: &Attrs<'_>, resource: &mut Resource) {
    attrs.link(resource, Rel::MemberOf, "", "load_balancer_arn", BALANCERS);
    let certificate = linked(resource, Rel::ShowsCertificate, acm::targets(attrs, "certificate_arn"));
    let groups = groups(attrs, resource, "default_action");
    if !attrs.world.stack.is_alone {
        resource.mark_unknown("traffic.certificates", "more certificates may be declared elsewhere");
        resource.mark_unknown("traffic.target_groups", "rules may be declared elsewhere");
    }
    resource.traffic = Some(Shared::from(Traffic {
        port: attrs.number("port"),
        protocol: attrs.text("protocol").map(|protocol| protocol.to_lowercase()),
        certificates: certificate,
        target_groups: groups,
        ..Traffic::default()
    }));
}

/// The ids of what was found, with links to it. Unknown if any is.
fn linked(resource: &mut Resource, rel: Rel, targets: Referents) -> Fact<Vec<String>> {
    if targets.unknown.is_some() {
        return Fact::Unknown;
    }
    for id in targets.ids() {
        resource.link(rel, Some(id));
    }
    Fact::Known(targets.ids())
}

/// The target groups that the actions send to.
fn groups(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<Vec<String>> {
    let Fact::Known(actions) = attrs.blocks(name) else { return Fact::Unknown };
    let mut all = Fact::Known(Vec::new());
    for action in &actions {
        let own = linked(resource, Rel::SendsTo, action.targets("target_group_arn", GROUPS));
        all = joined(all, own);
        for forward in action.blocks_if_set("forward").into_known().unwrap_or_default() {
            for group in forward.blocks("target_group").into_known().unwrap_or_default() {
                let own = linked(resource, Rel::SendsTo, group.targets("arn", GROUPS));
                all = joined(all, own);
            }
        }
    }
    all
}

fn rule(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, "listener_arn", LISTENERS, resources, |listener| {
        let own = groups(attrs, listener, "action");
        if let Some(facts) = &mut listener.traffic {
            facts.target_groups = joined(std::mem::take(&mut facts.target_groups), own);
        }
    })
}

fn certificate(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let targets = acm::targets(attrs, "certificate_arn");
    part_of::set(attrs, "listener_arn", LISTENERS, resources, |listener| {
        let own = linked(listener, Rel::ShowsCertificate, targets);
        if let Some(facts) = &mut listener.traffic {
            facts.certificates = joined(std::mem::take(&mut facts.certificates), own);
        }
    })
}
