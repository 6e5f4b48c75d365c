//! What is made of a Terraform type.

use super::attrs::Attrs;
use super::mapping::Type;
use super::world::{Parts, World};
use crate::model::Resource;

/// How one Terraform type becomes a resource, or a part of one.
#[derive(Debug)]
pub(super) struct Mapping {
    pub of: Type,
    pub maps: Maps,
}

/// What a type is to the model.
#[derive(Debug)]
pub(super) enum Maps {
    /// A resource of the type's kind.
    Resource(fn(&Attrs<'_>, &mut Resource)),
    /// It says something of other resources: it gives back which. If it is taken away, the second function says what
    /// that leaves.
    Part(fn(&Attrs<'_>, &mut Parts) -> Vec<usize>, Option<fn(&Attrs<'_>, &mut Parts)>),
}

/// Fills facts of a resource from others of the same side, once all of them are there.
pub(super) type Finisher = fn(&World<'_>, &mut Parts);
