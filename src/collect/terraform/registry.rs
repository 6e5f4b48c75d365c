//! The Terraform types that are understood. To add one: a row in the file of its service, and a function that fills the
//! facets.

use super::aws::SERVICES;
use super::mapping::{Registry, Type};
use super::maps::{Comparer, Finisher, Mapping, Maps};
use super::part_of::PartOf;

/// What the reader is given.
pub(super) static REGISTRY: Registry = Registry { find, resources, is_provider: is_aws, prefix: "aws_" };

/// The type of that name, if it is understood.
fn find(name: &str) -> Option<&'static Type> {
    all().map(|mapping| &mapping.of).find(|kind| kind.name == name)
}

/// What is made of a type.
pub(super) fn maps(kind: &Type) -> Option<&'static Maps> {
    all().find(|mapping| mapping.of.name == kind.name).map(|mapping| &mapping.maps)
}

/// Every type that is understood.
pub(super) fn all() -> impl Iterator<Item = &'static Mapping> {
    SERVICES.iter().flat_map(|service| service.types).copied().flatten()
}

/// The names of all types that become resources.
fn resources() -> Vec<&'static str> {
    all().map(|mapping| &mapping.of).filter(|kind| kind.kind.is_some()).map(|kind| kind.name).collect()
}

/// In the order in which they are to run.
pub(super) fn finishers() -> impl Iterator<Item = &'static Finisher> {
    SERVICES.iter().flat_map(|service| service.finishers)
}

/// Run once both sides of the change are built.
pub(super) fn comparers() -> impl Iterator<Item = &'static Comparer> {
    SERVICES.iter().flat_map(|service| service.comparers)
}

/// The types of parts, and what they are a part of.
pub(super) fn parts() -> impl Iterator<Item = &'static PartOf> {
    SERVICES.iter().flat_map(|service| service.parts).copied().flatten()
}

/// AWS's provider, from Terraform's registry or OpenTofu's. Before version 0.13 a provider has a bare name.
fn is_aws(provider: &str) -> bool {
    matches!(provider, "aws" | "registry.terraform.io/hashicorp/aws" | "registry.opentofu.org/hashicorp/aws")
}
