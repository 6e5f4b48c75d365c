//! The Terraform types that are understood. To add one: a row here, and a function that fills the facets.

use super::attrs::Attrs;
use super::world::{Parts, World};
use super::{backup, compute, elasticache, iam, kms, rds, storage, tables};
use crate::model::{Kind, Resource};

/// How one Terraform type becomes a resource, or a part of one.
#[derive(Debug)]
pub(super) struct Type {
    pub name: &'static str,
    pub maps: Maps,
    /// The attribute that holds the ARN.
    pub arn: &'static str,
    /// Attributes by which others name it. The first that is known is its name.
    pub names: &'static [&'static str],
    /// Which attribute a fact comes from, for the finding that points at a line.
    pub facts: &'static [(&'static str, &'static str)],
    /// Other attributes that are read; those in blocks with a dot.
    pub reads: &'static [&'static str],
}

/// What a type is to the model.
#[derive(Debug)]
pub(super) enum Maps {
    /// A resource of that kind.
    Resource(&'static str, fn(&Attrs<'_>, &mut Resource)),
    /// It says something of other resources: it gives back which. If it is taken away, the second function says what
    /// that leaves.
    Part(fn(&Attrs<'_>, &mut Parts) -> Vec<usize>, Option<fn(&Attrs<'_>, &mut Parts)>),
}

/// Read of every type.
const COMMON: &[&str] = &["id", "region", "tags", "tags_all", "availability_zone"];

impl Type {
    /// The kind of resource that it becomes. `None`: it becomes a part of others.
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self.maps {
            Maps::Resource(kind, _) => Some(kind),
            Maps::Part(..) => None,
        }
    }

    /// It lives once an account.
    pub(super) fn is_global(&self) -> bool {
        self.kind().and_then(Kind::find).is_some_and(|kind| kind.info().global)
    }

    /// Its name means the same in every region: that of a bucket, or of what spans regions.
    pub(super) fn has_a_name_everywhere(&self) -> bool {
        const SPANNING: &[&str] = &["aws.s3.bucket", "aws.rds.global-cluster", "aws.elasticache.global-datastore"];
        self.is_global() || self.kind().is_some_and(|kind| SPANNING.contains(&kind))
    }

    /// The attributes by which others name it.
    pub(super) fn identities(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().copied().chain([self.arn, "id"]).filter(|name| !name.is_empty())
    }

    /// Every attribute that is read, those in blocks with a dot.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &'static str> {
        let facts = self.facts.iter().map(|(_, attribute)| *attribute);
        facts
            .chain(self.reads.iter().copied())
            .chain(self.names.iter().copied())
            .chain([self.arn])
            .filter(|name| !name.is_empty())
    }

    /// Whether an attribute is read, for itself or for something in it.
    pub(super) fn keeps(&self, name: &str) -> bool {
        COMMON.contains(&name) || self.attributes().any(|path| path.split('.').next() == Some(name))
    }

    /// Whether the mapping says that it reads that path.
    pub(super) fn declares(&self, path: &str) -> bool {
        COMMON.contains(&path)
            || self.attributes().any(|declared| {
                declared.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    }
}

/// The type of that name, if it is understood.
pub(super) fn find(name: &str) -> Option<&'static Type> {
    all().find(|kind| kind.name == name)
}

/// Every type that is understood.
pub(super) fn all() -> impl Iterator<Item = &'static Type> {
    let others = [
        backup::TYPES,
        compute::TYPES,
        elasticache::TYPES,
        elasticache::serverless::TYPES,
        iam::TYPES,
        kms::TYPES,
        storage::TYPES,
        tables::TYPES,
    ];
    rds::TYPES.iter().copied().chain(others).flatten()
}

/// The names of all types that become resources.
pub(super) fn resources() -> Vec<&'static str> {
    all().filter(|kind| kind.kind().is_some()).map(|kind| kind.name).collect()
}

/// Fills facts of a resource from others of the same side, once all of them are there.
pub(super) type Finisher = fn(&World<'_>, &mut Parts);

/// In the order in which they are to run.
pub(super) fn finishers() -> impl Iterator<Item = &'static Finisher> {
    let others = [compute::FINISHERS, elasticache::FINISHERS, iam::FINISHERS, storage::FINISHERS];
    [rds::FINISHERS, backup::FINISHERS].into_iter().chain(others).flatten()
}
