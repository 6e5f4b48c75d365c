//! The provider blocks: in which account and region they work, and which tags they set.

use serde::Deserialize;
use serde_json::Value;

use super::super::{is_aws, values};
use super::{Configuration, MAX_HOPS};
use crate::model::Tags;
use crate::providers::aws::names::Arn;

/// A provider block. Only what places resources is read: credentials stand there too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Provider {
    name: String,
    full_name: String,
    pub(super) module_address: String,
    expressions: ProviderExpressions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ProviderExpressions {
    region: Option<Value>,
    default_tags: Option<Value>,
    assume_role: Vec<AssumeRole>,
    assume_role_with_web_identity: Value,
    allowed_account_ids: Option<Value>,
    /// A name of a profile is no secret. It is only ever compared.
    profile: Option<Value>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct AssumeRole {
    role_arn: Option<Value>,
}

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
            Some(provider) => self.provider_region(key, provider),
            None => self.only_word(key, |key, provider| match self.provider_region(key, provider) {
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
            Some(provider) => self.provider_account(provider),
            None => match self.only_word(key, |_, provider| self.provider_account(provider)) {
                Written::Reference(account) => Some(account),
                _ => None,
            },
        }
    }

    /// Whether nothing in a provider leads into another account than the caller's: no role, no profile of its own.
    pub(in super::super) fn is_in_the_callers_account(&self, key: &str) -> bool {
        let profile = |provider: &Provider| provider.expressions.profile.clone();
        let plain = |provider: &Provider| {
            let ProviderExpressions { assume_role, assume_role_with_web_identity, allowed_account_ids, .. } =
                &provider.expressions;
            assume_role.is_empty() && is_nothing(assume_role_with_web_identity) && allowed_account_ids.is_none()
        };
        let mut all = self.providers.values().filter(|provider| provider.is_aws()).peekable();
        let first = all.peek().map(|provider| profile(provider));
        match self.providers.get(key) {
            Some(provider) => plain(provider) && all.all(|other| Some(profile(other)) == first),
            // A provider of a module, before version 1.1: it may be any of them.
            None if key.contains(':') => all.all(|other| plain(other) && Some(profile(other)) == first),
            None => true,
        }
    }

    /// Before version 1.1 a module's resources name a provider of the module even where it is handed down, and nothing
    /// says which one that is: a word is known only if all providers say the same.
    fn only_word(&self, key: &str, word: impl Fn(&str, &Provider) -> Option<String>) -> Written {
        let aws = self.providers.iter().filter(|(_, provider)| provider.is_aws());
        let mut words: Vec<_> = aws.map(|(key, provider)| word(key, provider)).collect();
        words.sort_unstable();
        words.dedup();
        match words.as_mut_slice() {
            _ if !key.contains(':') => Written::No,
            [Some(word)] => Written::Reference(std::mem::take(word)),
            _ => Written::Unclear,
        }
    }

    fn provider_region(&self, key: &str, provider: &Provider) -> Written {
        let Some(expression) = &provider.expressions.region else { return Written::No };
        if expression.get("constant_value").is_some_and(Value::is_null) {
            return Written::No;
        }
        let region = self.value(expression, &provider.module_address, MAX_HOPS).and_then(values::text);
        match region.filter(|region| region.contains('-')) {
            Some(region) if expression.get("constant_value").is_some() => Written::Constant(region),
            Some(region) if !self.is_one_of_several(key, provider, expression) => Written::Reference(region),
            _ => Written::Unclear,
        }
    }

    /// A plan shows what an expression refers to and hides the expression. Where an alias refers to nothing but what
    /// another provider of the same account refers to, it is hardly the same region again, but a choice made by it:
    /// `var.primary == "us-east-1" ? "us-west-2" : "us-east-1"`.
    fn is_one_of_several(&self, key: &str, provider: &Provider, expression: &Value) -> bool {
        let says = |provider: &Provider| {
            let ProviderExpressions { assume_role, assume_role_with_web_identity, profile, .. } = &provider.expressions;
            (assume_role.clone(), assume_role_with_web_identity.clone(), profile.clone())
        };
        let same = |(other_key, other): &(&String, &Provider)| {
            *other_key != key
                && other.is_aws()
                && other.module_address == provider.module_address
                && other.expressions.region.as_ref() == Some(expression)
                && says(other) == says(provider)
        };
        key.contains('.') && self.providers.iter().any(|other| same(&other))
    }

    /// The account of the role that the provider takes on last, or else the only one that it may work in.
    fn provider_account(&self, provider: &Provider) -> Option<String> {
        let value = |expression| self.value(expression, &provider.module_address, MAX_HOPS);
        let expressions = &provider.expressions;
        let role = expressions.assume_role.last().and_then(|role| value(role.role_arn.as_ref()?)?.as_str());
        let account = match role.and_then(Arn::parse) {
            Some(arn) => arn.account.to_owned(),
            // A text is one item of a list that may have others.
            None => match &value(expressions.allowed_account_ids.as_ref()?)?.as_array()?[..] {
                [account] => values::text(account)?,
                _ => return None,
            },
        };
        (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
    }

    /// The default tags of a provider. `None`: they are not known.
    pub(in super::super) fn default_tags(&self, key: &str) -> Option<Tags> {
        let Some(block) = &self.providers.get(key)?.expressions.default_tags else { return Some(Tags::new()) };
        let tags = values::blocks(block).into_iter().next()?.get("tags")?.get("constant_value")?.as_object()?;
        tags.iter().map(|(name, value)| Some((name.clone(), values::text(value)?))).collect()
    }
}

fn is_nothing(block: &Value) -> bool {
    block.is_null() || block.as_array().is_some_and(Vec::is_empty)
}

impl Provider {
    fn is_aws(&self) -> bool {
        if self.full_name.is_empty() { self.name == "aws" } else { is_aws(&self.full_name) }
    }
}
