//! What a plan or state says of its own resources by what may be said of them elsewhere, too: parts, and settings in their
//! code.

use std::collections::HashMap;

use super::attrs::Attrs;
use super::built::Built;
use super::registry::Registry;
use super::world::World;

/// Something that is said of a resource where the resource is managed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Which of several plans or states says it.
    pub stack: Option<String>,
    /// Address of the resource.
    pub of: String,
    /// Address of what says it: of a part, or of the resource itself.
    pub by: String,
    /// Dotted paths of the facts that are decided by it. None is a list to which several could add.
    pub facts: &'static [&'static str],
}

/// What one of several says. Of one alone nothing is said elsewhere.
pub(super) fn claims(registry: &Registry, world: &World<'_>, built: &Built) -> Vec<Claim> {
    if world.stack.label.is_none() {
        return Vec::new();
    }
    let mut parts: HashMap<(usize, &str), usize> = HashMap::new();
    for (of, part) in &built.parts {
        parts.entry((*of, world.instance(*part).kind.name)).or_insert(*part);
    }
    let mut claims = Vec::new();
    for kind in registry.parts().filter(|kind| !kind.several) {
        for at in world.of_type(kind.of).into_iter().filter(|at| built.resources[*at].is_some()) {
            let attrs = Attrs::new(world, at);
            let is_inline = !kind.inline.is_empty() && attrs.declares(kind.inline) && attrs.sets(kind.inline);
            let by = if is_inline { Some(at) } else { parts.get(&(at, kind.part)).copied() };
            let address = |at: usize| world.instance(at).address.clone();
            let stack = || world.stack.label.clone();
            claims.extend(by.map(|by| Claim { stack: stack(), of: address(at), by: address(by), facts: kind.facts }));
        }
    }
    claims
}
