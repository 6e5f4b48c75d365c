//! A provider block.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::mapping::Types;
use super::super::provider::{Provider, Says};

/// A provider block, as a plan has it.
#[derive(Default, Deserialize)]
#[serde(default, expecting = "struct Provider")]
pub(super) struct ProviderFile<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    full_name: Cow<'a, str>,
    module_address: String,
    #[serde(borrow)]
    expressions: Option<&'a RawValue>,
}

impl ProviderFile<'_> {
    /// Which provider it is of, if that is understood. Without a name, its key begins with it.
    pub(super) fn provider(&self, key: &str, types: &Types) -> Option<&'static Provider> {
        let of_key = key.rsplit(':').next().and_then(|name| name.split('.').next());
        let names = [Some(&*self.full_name), Some(&*self.name), of_key];
        types.provider(names.into_iter().flatten().find(|name| !name.is_empty())?)
    }
}

/// A block of a provider that is understood.
#[derive(Debug)]
pub(super) struct ProviderBlock {
    pub(super) of: &'static Provider,
    pub(super) module_address: String,
    pub(super) says: Says,
}

impl ProviderBlock {
    pub(super) fn new(of: &'static Provider, file: ProviderFile<'_>) -> serde_json::Result<Self> {
        let says = file.expressions.map(of.block).transpose()?.unwrap_or_default();
        Ok(Self { of, module_address: file.module_address, says })
    }
}
