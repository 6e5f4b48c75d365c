//! What the reader has to know of a Terraform type. It is data: what is made of it is said in `maps.rs`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::provider::Provider;
use crate::model::Kind;

/// One Terraform type.
#[derive(Debug)]
pub(super) struct Type {
    pub provider: &'static Provider,
    pub name: &'static str,
    /// The kind of resource that it becomes. `None`: it becomes a part of others.
    pub kind: Option<&'static str>,
    /// The attribute that holds the global id.
    pub global_id: &'static str,
    /// Attributes by which others name it. The first that is known is its name.
    pub names: &'static [&'static str],
    /// Within what its name means one thing only.
    pub reach: Reach,
    /// The attribute that no two have alike within that. Empty: it is the first of its names.
    pub unique: &'static str,
    /// Which attribute a fact comes from, for the finding that points at a line.
    pub facts: &'static [(&'static str, &'static str)],
    /// Other attributes that are read; those in blocks with a dot.
    pub reads: &'static [&'static str],
}

/// Within what a name means one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// A region of an account.
    Region,
    /// All regions of an account.
    Account,
    /// All accounts.
    World,
}

impl Type {
    /// It lives once an account.
    pub(super) fn is_global(&self) -> bool {
        self.kind.and_then(Kind::find).is_some_and(|kind| kind.info().global)
    }

    /// Its name means the same in every region.
    pub(super) fn has_a_name_everywhere(&self) -> bool {
        self.is_global() || self.reach != Reach::Region
    }

    /// The attribute that no two have alike within the reach of their names.
    pub(super) fn unique_name(&self) -> Option<&'static str> {
        if self.unique.is_empty() { self.names.first().copied() } else { Some(self.unique) }
    }

    /// The attributes by which others name it.
    pub(super) fn identities(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().copied().chain([self.global_id, "id"]).filter(|name| !name.is_empty())
    }

    /// Every attribute that is read, those in blocks with a dot.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &'static str> {
        let facts = self.facts.iter().map(|(_, attribute)| *attribute);
        facts
            .chain(self.reads.iter().copied())
            .chain(self.names.iter().copied())
            .chain([self.global_id])
            .filter(|name| !name.is_empty())
    }

    /// Whether an attribute is read, for itself or for something in it.
    pub(super) fn keeps(&self, name: &str) -> bool {
        self.provider.common.contains(&name) || self.attributes().any(|path| path.split('.').next() == Some(name))
    }

    /// Whether the mapping says that it reads that path.
    pub(super) fn declares(&self, path: &str) -> bool {
        self.provider.common.contains(&path)
            || self.attributes().any(|declared| {
                declared.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    }
}

/// The types that are understood, and their providers. The reader is given them, and knows no provider itself.
#[derive(Debug)]
pub(super) struct Types {
    pub providers: Vec<&'static Provider>,
    pub by_name: HashMap<&'static str, &'static Type>,
}

impl Types {
    /// The type of that name, if it is understood.
    pub(super) fn find(&self, name: &str) -> Option<&'static Type> {
        self.by_name.get(name).copied()
    }

    /// The names of all types that become resources.
    pub(super) fn resources(&self) -> Vec<&'static str> {
        self.by_name.values().filter(|kind| kind.kind.is_some()).map(|kind| kind.name).collect()
    }

    /// The provider of that address or bare name, if its types are understood.
    pub(super) fn provider(&self, name: &str) -> Option<&'static Provider> {
        self.providers.iter().copied().find(|provider| provider.is_called(name))
    }

    /// The provider of a type, whether the type is understood or not.
    pub(super) fn provider_of(&self, terraform_type: &str) -> Option<&'static Provider> {
        self.providers.iter().copied().find(|provider| terraform_type.starts_with(provider.prefix))
    }

    /// Whether a block is a name and a value that a program is handed in its environment.
    pub(super) fn is_variable(&self, members: &Map<String, Value>) -> bool {
        self.providers.iter().any(|provider| (provider.is_variable)(members))
    }

    /// Whether a text is the global id of anything.
    pub(super) fn is_global_id(&self, text: &str) -> bool {
        self.providers.iter().any(|provider| (provider.is_global_id)(text))
    }
}
