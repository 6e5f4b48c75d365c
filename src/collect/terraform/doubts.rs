//! Parts of which it is not known what they are a part of: what they would set is unknown for whatever they may mean.

use std::collections::BTreeSet;

use super::attrs::Attrs;
use super::world::{Parts, World};
use super::{backup, kms, storage, tables};
use crate::model::{Action, Fact, Resource};

/// A type of part, and what it says something of.
pub(super) struct PartOf {
    pub part: &'static str,
    /// The attribute that names the resource.
    pub names: &'static str,
    /// The types of the resource.
    pub of: &'static [&'static str],
    /// The attribute of the resource itself that says the same. Where the code sets it, no part does.
    pub inline: &'static str,
    /// A resource may have several of these parts.
    pub several: bool,
    /// The facts that the part decides.
    pub facts: &'static [&'static str],
    /// Takes away what is known of them.
    pub clear: fn(&mut Resource),
}

fn all() -> impl Iterator<Item = &'static PartOf> {
    [backup::PARTS, kms::PARTS, storage::PARTS, tables::PARTS].into_iter().flatten()
}

/// Leaves out of the resources what a part may decide that is not resolved. `former`: the world is that before the change
/// and the resources are those after it, so that only parts count that the change takes away or points at something else.
pub(super) fn apply(world: &World<'_>, former: bool, resources: &mut Parts) {
    for kind in all() {
        let parts = world.of_type(&[kind.part]);
        let targets: Vec<_> =
            parts.iter().map(|at| (*at, Attrs::new(world, *at).targets(kind.names, kind.of))).collect();
        // What has its part already has no other of the same type.
        let alone = targets.iter().filter(|_| !kind.several);
        let settled: BTreeSet<usize> =
            alone.filter(|(at, _)| !world.instance(*at).left_out).filter_map(|(_, targets)| targets.single()).collect();
        for (at, targets) in &targets {
            if former && matches!(world.instance(*at).action(), None | Some(Action::NoOp)) {
                continue;
            }
            let left_out = world.instance(*at).left_out;
            let mut possible = world.possible(*at, targets, kind.of);
            if left_out && targets.unknown.is_none() {
                possible = targets.here();
            }
            for of in possible {
                let set_here = |name: &str| !name.is_empty() && Attrs::new(world, of).sets(name);
                if settled.contains(&of) || set_here(kind.inline) {
                    continue;
                }
                let Some(resource) = resources[of].as_mut() else { continue };
                (kind.clear)(resource);
                let address = &world.instance(*at).address;
                let reason = match left_out {
                    true => format!("the plan is not complete, and leaves out {address}"),
                    false => format!("which resource {address} belongs to is not known"),
                };
                for fact in kind.facts {
                    resource.unknown.insert((*fact).to_owned(), reason.clone());
                }
            }
        }
    }
}

/// The role and the regions of a replication are not known.
pub(super) fn no_replication(resource: &mut Resource) {
    let facts = resource.replication.get_or_insert_default();
    (facts.role, facts.regions) = (Fact::Unknown, Fact::Unknown);
}

/// Whether it is locked is not known.
pub(super) fn no_lock(resource: &mut Resource) {
    let facts = resource.protection.get_or_insert_default();
    (facts.locked, facts.lock_mode) = (Fact::Unknown, Fact::Unknown);
    (facts.lock_min_days, facts.lock_max_days) = (Fact::Unknown, Fact::Unknown);
}
