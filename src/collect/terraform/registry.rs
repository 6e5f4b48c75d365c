//! The types that are understood, and what is made of them.

use std::collections::HashMap;

use super::attrs::Attrs;
use super::mapping::{Type, Types};
use super::maps::{Comparer, Finisher, Mapping, Maps, Understood};
use super::part_of::PartOf;
use crate::model::{Fact, Tags};

/// What is understood of all providers.
#[derive(Debug)]
pub(super) struct Registry {
    providers: &'static [Understood],
    by_name: HashMap<&'static str, &'static Mapping>,
    /// What the reader is given.
    pub types: Types,
}

impl Registry {
    pub(super) fn new(providers: &'static [Understood]) -> Self {
        let services = providers.iter().flat_map(|provider| provider.services);
        let mappings = services.flat_map(|service| service.types).copied().flatten();
        let by_name: HashMap<_, _> = mappings.map(|mapping| (mapping.of.name, mapping)).collect();
        let types = Types {
            providers: providers.iter().map(|understood| understood.provider).collect(),
            by_name: by_name.iter().map(|(name, mapping)| (*name, &mapping.of)).collect(),
        };
        Self { providers, by_name, types }
    }

    /// What is made of a type.
    pub(super) fn maps(&self, kind: &Type) -> Option<&'static Maps> {
        self.by_name.get(kind.name).map(|mapping| &mapping.maps)
    }

    /// The tags of a resource, the provider's default ones among them.
    pub(super) fn tags(&self, attrs: &Attrs<'_>) -> Fact<Tags> {
        let own = attrs.instance().kind.provider;
        let understood = self.providers.iter().find(|understood| understood.provider.name == own.name);
        understood.map_or(Fact::Unknown, |understood| (understood.tags)(attrs))
    }

    /// In the order in which they are to run.
    pub(super) fn finishers(&self) -> impl Iterator<Item = &'static Finisher> {
        self.providers.iter().flat_map(|provider| provider.services).flat_map(|service| service.finishers)
    }

    /// Run once both sides of the change are built.
    pub(super) fn comparers(&self) -> impl Iterator<Item = &'static Comparer> {
        self.providers.iter().flat_map(|provider| provider.services).flat_map(|service| service.comparers)
    }

    /// The types of parts, and what they are a part of.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'static PartOf> {
        let services = self.providers.iter().flat_map(|provider| provider.services);
        services.flat_map(|service| service.parts).copied().flatten()
    }
}
