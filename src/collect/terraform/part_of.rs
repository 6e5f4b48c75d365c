//! A part of another resource, and what it decides.

use super::attrs::Attrs;
use super::world::{Parts, Referents, World};
use crate::model::{Fact, Resource};

/// A type of part, and what it says something of.
#[derive(Debug)]
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

impl PartOf {
    /// The resources that one of these parts may be of, where it is not known which.
    pub(super) fn possible(&self, world: &World<'_>, part: usize, targets: &Referents) -> Vec<usize> {
        match &targets.unknown {
            // An ARN may be of another region, as that of a replicated table always is.
            Some(_) if targets.here().is_empty() && self.names.ends_with("_arn") => world.of_type(self.of),
            _ => world.possible(part, targets, self.of),
        }
    }
}

/// Sets something of the one resource that a part names. Gives back all that it may be a part of.
#[track_caller]
pub(super) fn set(
    attrs: &Attrs<'_>,
    name: &str,
    types: &[&str],
    resources: &mut Parts,
    set: impl FnOnce(&mut Resource),
) -> Vec<usize> {
    let targets = attrs.targets(name, types);
    if let Some(resource) = targets.single().and_then(|at| resources[at].as_mut()) {
        set(resource);
    }
    targets.here()
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
