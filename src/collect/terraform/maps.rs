//! What is made of a Terraform type.

use super::attrs::Attrs;
use super::mapping::Type;
use super::part_of::PartOf;
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

/// What is understood of a service.
#[derive(Debug)]
pub(super) struct Service {
    pub types: &'static [&'static [Mapping]],
    /// Which of its types are a part of others.
    pub parts: &'static [&'static [PartOf]],
    /// In the order in which they are to run.
    pub finishers: &'static [Finisher],
    /// Run once both sides of the change are built.
    pub comparers: &'static [Comparer],
}

/// Fills facts of a resource from others of the same side, once all of them are there.
pub(super) type Finisher = fn(&World<'_>, &mut Parts);

/// Corrects what resources were, by what they will be. The world is that before the change.
pub(super) type Comparer = fn(&World<'_>, &mut [Resource]);
