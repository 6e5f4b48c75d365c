//! What is made of a Terraform type.

use super::attrs::Attrs;
use super::mapping::Type;
use super::part_of::PartOf;
use super::provider::Provider;
use super::world::{Parts, World};
use crate::model::{Fact, Resource, Tags};

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
    /// A setting of other resources, such as bucket versioning. The first function applies it and returns their
    /// indexes; the second runs when the plan deletes it.
    Part(fn(&Attrs<'_>, &mut Parts) -> Vec<usize>, Option<fn(&Attrs<'_>, &mut Parts)>),
    /// A resource by which others of its place go, too, in other stacks as well. The second function applies it to those
    /// of its own, and returns their indexes.
    Both(fn(&Attrs<'_>, &mut Resource), fn(&Attrs<'_>, &mut Parts) -> Vec<usize>),
}

/// A provider, and what is made of its types.
#[derive(Debug)]
pub(super) struct Understood {
    pub provider: &'static Provider,
    pub services: &'static [Service],
    /// The tags of a resource, the provider's default ones among them.
    pub tags: fn(&Attrs<'_>) -> Fact<Tags>,
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
