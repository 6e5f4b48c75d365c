//! What the reader has to know of a Terraform type. It is data: which provider has it, and what is made of it, is said in
//! the registry.

use crate::model::Kind;

/// The types that are understood. The reader is given it, and knows no provider itself.
#[derive(Debug)]
pub(super) struct Registry {
    /// The type of that name, if it is understood.
    pub find: fn(&str) -> Option<&'static Type>,
    /// The names of all types that become resources.
    pub resources: fn() -> Vec<&'static str>,
    /// Whether resources of that provider are understood, by its address, or by its bare name.
    pub is_provider: fn(&str) -> bool,
    /// How the names of the provider's types begin, those that are not understood included.
    pub prefix: &'static str,
}

/// One Terraform type.
#[derive(Debug)]
pub(super) struct Type {
    pub name: &'static str,
    /// The kind of resource that it becomes. `None`: it becomes a part of others.
    pub kind: Option<&'static str>,
    /// The attribute that holds the ARN.
    pub arn: &'static str,
    /// Attributes by which others name it. The first that is known is its name.
    pub names: &'static [&'static str],
    /// Which attribute a fact comes from, for the finding that points at a line.
    pub facts: &'static [(&'static str, &'static str)],
    /// Other attributes that are read; those in blocks with a dot.
    pub reads: &'static [&'static str],
}

/// Read of every type.
const COMMON: &[&str] = &["id", "region", "tags", "tags_all", "availability_zone"];

impl Type {
    /// It lives once an account.
    pub(super) fn is_global(&self) -> bool {
        self.kind.and_then(Kind::find).is_some_and(|kind| kind.info().global)
    }

    /// Its name means the same in every region: that of a bucket, or of what spans regions.
    pub(super) fn has_a_name_everywhere(&self) -> bool {
        const SPANNING: &[&str] = &["aws.s3.bucket", "aws.rds.global-cluster", "aws.elasticache.global-datastore"];
        self.is_global() || self.kind.is_some_and(|kind| SPANNING.contains(&kind))
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
