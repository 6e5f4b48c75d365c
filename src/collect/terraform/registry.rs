//! The Terraform types that are understood. To add one: a row in the file of its service, and a function that fills the
//! facets.

use super::aws::{backup, dynamodb, eks, elasticache, iam, kms, rds, s3};
use super::mapping::{Registry, Type};
use super::maps::{Finisher, Mapping, Maps};
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
    let others = [
        backup::TYPES,
        eks::TYPES,
        elasticache::TYPES,
        elasticache::serverless::TYPES,
        iam::TYPES,
        kms::TYPES,
        s3::TYPES,
        dynamodb::TYPES,
    ];
    rds::TYPES.iter().copied().chain(others).flatten()
}

/// The names of all types that become resources.
fn resources() -> Vec<&'static str> {
    all().map(|mapping| &mapping.of).filter(|kind| kind.kind.is_some()).map(|kind| kind.name).collect()
}

/// In the order in which they are to run.
pub(super) fn finishers() -> impl Iterator<Item = &'static Finisher> {
    let others = [eks::FINISHERS, elasticache::FINISHERS, iam::FINISHERS, s3::FINISHERS];
    [rds::FINISHERS, backup::FINISHERS].into_iter().chain(others).flatten()
}

/// The types of parts, and what they are a part of.
pub(super) fn parts() -> impl Iterator<Item = &'static PartOf> {
    [backup::PARTS, kms::PARTS, s3::PARTS, dynamodb::PARTS].into_iter().flatten()
}

/// AWS's provider, from Terraform's registry or OpenTofu's. Before version 0.13 a provider has a bare name.
fn is_aws(provider: &str) -> bool {
    matches!(provider, "aws" | "registry.terraform.io/hashicorp/aws" | "registry.opentofu.org/hashicorp/aws")
}
