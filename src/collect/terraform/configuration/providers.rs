//! The provider blocks: in which account and region they work, and which tags they set.

use serde_json::Value;

use super::super::values;
use super::provider::ProviderBlock;
use super::{Configuration, MAX_HOPS};
use crate::model::Tags;

/// What a provider block says of its region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Written {
    /// Nothing: the environment decides.
    No,
    /// An expression that the plan does not give the value of.
    Unclear,
    /// A constant.
    Constant(String),
    /// What the only thing that the expression refers to is set to. What the expression makes of it, the plan hides.
    Reference(String),
}

impl Configuration {
    /// The region of a provider, by its key in `provider_config`, if it is written there.
    pub(in super::super) fn region(&self, key: &str) -> Written {
        match self.providers.get(key) {
            Some(block) => self.provider_region(key, block),
            None => self.only_word(key, |key, block| match self.provider_region(key, block) {
                Written::Constant(region) | Written::Reference(region) => Some(region),
                Written::No | Written::Unclear => None,
            }),
        }
    }

    /// What a variable of the root module is set to, if it is a text.
    pub(in super::super) fn text_of_variable(&self, name: &str) -> Option<String> {
        self.variable(name, "", MAX_HOPS).and_then(values::text)
    }

    /// The account of a provider, by its key in `provider_config`, if it is written there.
    pub(in super::super) fn account(&self, key: &str) -> Option<String> {
        match self.providers.get(key) {
            Some(block) => self.provider_account(block),
            None => match self.only_word(key, |_, block| self.provider_account(block)) {
                Written::Reference(account) => Some(account),
                _ => None,
            },
        }
    }

    /// Whether nothing in a provider leads into another account than the caller's: no role, no credentials of its own.
    pub(in super::super) fn is_in_the_callers_account(&self, key: &str) -> bool {
        let stays = |block: &ProviderBlock| !block.says.leads_elsewhere;
        let alike = |one: &ProviderBlock, other: &ProviderBlock| {
            one.of.name != other.of.name || one.says.credentials == other.says.credentials
        };
        let like_all = |one: &ProviderBlock| self.providers.values().all(|other| alike(one, other));
        match self.providers.get(key) {
            Some(block) => stays(block) && like_all(block),
            // A provider of a module, before version 1.1: it may be any of them.
            None if key.contains(':') => self.providers.values().all(|block| stays(block) && like_all(block)),
            None => true,
        }
    }

    /// Before version 1.1 a module's resources name a provider of the module even where it is handed down, and nothing
    /// says which one that is: a word is known only if all providers say the same.
    fn only_word(&self, key: &str, word: impl Fn(&str, &ProviderBlock) -> Option<String>) -> Written {
        let mut words: Vec<_> = self.providers.iter().map(|(key, block)| word(key, block)).collect();
        words.sort_unstable();
        words.dedup();
        match words.as_mut_slice() {
            _ if !key.contains(':') => Written::No,
            [Some(word)] => Written::Reference(std::mem::take(word)),
            _ => Written::Unclear,
        }
    }

    /// Whether a text that stands for the region of a provider is one.
    pub(in super::super) fn is_region(&self, key: &str, text: &str) -> bool {
        self.providers.get(key).is_some_and(|block| (block.of.is_region)(text))
    }

    fn provider_region(&self, key: &str, block: &ProviderBlock) -> Written {
        let Some(expression) = &block.says.region else { return Written::No };
        if expression.get("constant_value").is_some_and(Value::is_null) {
            return Written::No;
        }
        let region = self.value(expression, &block.module_address, MAX_HOPS).and_then(values::text);
        match region.filter(|region| (block.of.is_region)(region)) {
            Some(region) if expression.get("constant_value").is_some() => Written::Constant(region),
            Some(region) if !self.is_one_of_several(key, block, expression) => Written::Reference(region),
            _ => Written::Unclear,
        }
    }

    /// A plan shows what an expression refers to and hides the expression. Where an alias refers to nothing but what
    /// another provider of the same account refers to, it is hardly the same region again, but a choice made by it:
    /// `var.primary == "us-east-1" ? "us-west-2" : "us-east-1"`.
    fn is_one_of_several(&self, key: &str, block: &ProviderBlock, expression: &Value) -> bool {
        let same = |(other_key, other): (&String, &ProviderBlock)| {
            *other_key != key
                && other.of.name == block.of.name
                && other.module_address == block.module_address
                && other.says.region.as_ref() == Some(expression)
                && other.says.roles == block.says.roles
                && other.says.credentials == block.says.credentials
        };
        key.contains('.') && self.providers.iter().any(same)
    }

    /// The account that the first of its expressions tells that tells any.
    fn provider_account(&self, block: &ProviderBlock) -> Option<String> {
        let told = block.says.accounts.iter().find_map(|from| {
            let value = self.value(&from.expression, &block.module_address, MAX_HOPS)?;
            (from.read)(value)
        });
        told.filter(|account| (block.of.is_account)(account))
    }

    /// The default tags of a provider. `None`: they are not known.
    pub(in super::super) fn default_tags(&self, key: &str) -> Option<Tags> {
        let Some(tags) = &self.providers.get(key)?.says.default_tags else { return Some(Tags::new()) };
        let tags = tags.get("constant_value")?.as_object()?;
        tags.iter().map(|(name, value)| Some((name.clone(), values::text(value)?))).collect()
    }
}
