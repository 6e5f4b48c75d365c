//! Parts of which it is not known what they are a part of: what they would set is unknown for whatever they may mean.

use std::collections::BTreeSet;

use super::attrs::Attrs;
use super::part_of::PartOf;
use super::world::{Parts, World};
use crate::model::Action;

/// Marks as unknown every fact that a part may decide whose resource cannot be resolved. With `former`, the world is
/// the one before the change and the resources are those after it: only parts that the plan deletes or points elsewhere
/// count.
pub(super) fn apply(
    parts: impl Iterator<Item = &'static PartOf>,
    world: &World<'_>,
    former: bool,
    resources: &mut Parts,
) {
    for kind in parts {
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
            let mut possible = kind.possible(world, *at, targets);
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
