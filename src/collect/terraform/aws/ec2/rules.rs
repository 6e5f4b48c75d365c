//! Rules of security groups and network ACLs: those in blocks of their own, and those that are parts.

use super::super::provider::TYPE;
use super::{id, integer};
use crate::collect::network::{Traffic, in_order, is_whole, without};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::part_of;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Firewall, FirewallRule, Resource};

/// Which way traffic goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

pub(super) const BOTH: [Way; 2] = [Way::In, Way::Out];

impl Way {
    pub(super) fn block(self) -> &'static str {
        match self {
            Self::In => "ingress",
            Self::Out => "egress",
        }
    }

    fn fact(self) -> &'static str {
        match self {
            Self::In => "firewall.ingress",
            Self::Out => "firewall.egress",
        }
    }

    fn of(self, firewall: &mut Firewall) -> &mut Fact<Vec<FirewallRule>> {
        match self {
            Self::In => &mut firewall.ingress,
            Self::Out => &mut firewall.egress,
        }
    }
}

/// A part that is no resource of its own.
pub(super) const fn part_type(name: &'static str, reads: &'static [&'static str]) -> Type {
    Type { name, kind: None, global_id: "", names: &[], facts: &[], reads, ..TYPE }
}

/// Fills the rules that a resource has in its blocks.
///
/// The code that has blocks has all of them: Terraform takes away what else there is. Where it has none, the provider
/// shows what is there, which a plan has just read; but rules that are parts may be declared elsewhere.
pub(super) fn fill(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    stateful: bool,
    read: impl Fn(&Attrs<'_>, &[Attrs<'_>], &Resource, Way) -> Vec<FirewallRule>,
) {
    let mut firewall = Firewall { stateful: Fact::Known(stateful), ..Firewall::default() };
    for way in BOTH {
        let name = way.block();
        let state = attrs.state(name);
        let rules = match (attrs.blocks(name), state) {
            (Fact::Known(blocks), _) => Fact::Known(in_order(read(attrs, &blocks, resource, way))),
            // A new group starts with no rule at all: the provider takes away that which AWS makes.
            (Fact::Absent, _) => Fact::Known(Vec::new()),
            (Fact::Unknown, State::Unset) if attrs.is_created() => Fact::Known(Vec::new()),
            (Fact::Unknown, _) => Fact::Unknown,
        };
        let was_read = matches!(state, State::Known(_) | State::Null) && attrs.instance().change.is_some();
        if rules.is_known() && !attrs.sets(name) && !was_read && !attrs.world.stack.is_alone {
            resource.mark_unknown(way.fact(), "rules may be declared elsewhere");
        }
        if rules.known().is_some_and(|rules| !rules.iter().all(is_whole)) {
            resource.mark_unknown(way.fact(), "what a rule is about is known only after apply");
        }
        *way.of(&mut firewall) = rules;
    }
    resource.firewall = Some(firewall.into());
}

/// Adds the rule of a part.
pub(super) fn add(
    attrs: &Attrs<'_>,
    (names, types): (&str, &[&str]),
    resources: &mut Parts,
    way: Fact<Way>,
    rule: FirewallRule,
) -> Vec<usize> {
    part_of::set(attrs, names, types, resources, |resource| {
        let ways = way.known().map_or(&BOTH[..], std::slice::from_ref);
        for way in ways {
            if ways.len() > 1 || !is_whole(&rule) {
                let reason = format!("what {} lets through is known only after apply", attrs.instance().address);
                // That is the better reason, where more may be declared elsewhere, too.
                resource.unknown.insert(way.fact().to_owned(), reason);
            }
            let rules = way.of(resource.firewall.get_or_insert_default());
            if let (1, Fact::Known(all)) = (ways.len(), &mut *rules) {
                let mut all = std::mem::take(all);
                all.push(rule.clone());
                *rules = Fact::Known(in_order(all));
            }
        }
    })
}

/// Takes away the rule of a part that is deleted or changed.
pub(super) fn take(
    attrs: &Attrs<'_>,
    (names, types): (&str, &[&str]),
    resources: &mut Parts,
    way: Fact<Way>,
    rule: &FirewallRule,
) {
    part_of::set(attrs, names, types, resources, |resource| {
        let Some(firewall) = &mut resource.firewall else { return };
        if let Fact::Known(way) = way
            && let Fact::Known(all) = way.of(firewall)
        {
            *all = without(std::mem::take(all), rule);
        }
    });
}

/// Protocol and ports.
pub(super) fn traffic(attrs: &Attrs<'_>, protocol: &str) -> Traffic {
    Traffic { protocol: attrs.text(protocol), from: integer(attrs, "from_port"), to: integer(attrs, "to_port") }
}

/// The groups or prefix lists that a block lets through. Where they are not known yet, the code says which, if this is the
/// only block of which they are not, or if the code names only one.
pub(super) fn groups(
    attrs: &Attrs<'_>,
    blocks: &[Attrs<'_>],
    block: &Attrs<'_>,
    (way, attribute): (&str, &str),
    types: &[&str],
) -> Fact<Vec<String>> {
    if block.is_whole(attribute) {
        return block.list(attribute);
    }
    let open = blocks.iter().filter(|block| !block.is_whole(attribute)).count();
    let named = attrs.all_targets(way, types);
    let here = named.here();
    if named.unknown.is_some() || here.len() != named.found.len() || here.is_empty() || (open > 1 && here.len() > 1) {
        return Fact::Unknown;
    }
    Fact::Known(here.into_iter().map(|at| id(attrs, at)).collect())
}
