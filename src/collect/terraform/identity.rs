//! What a provider knows a resource by.

use serde_json::Value;

use crate::providers::aws::names::Arn;

/// What the provider knows an object by, apart from its attributes: a bucket's ARN names no account, and its identity
/// does. From Terraform 1.12 and version 6 of the provider.
/// <https://developer.hashicorp.com/terraform/internals/json-format#change-representation>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
}

impl Identity {
    /// Of `before_identity`, `after_identity` or the identity to import by. Two that differ tell nothing.
    pub(super) fn of<'v>(identities: impl IntoIterator<Item = &'v Value>) -> Self {
        let (mut account, mut region) = (Learned::Nothing, Learned::Nothing);
        for identity in identities {
            let said = |name: &str| identity.get(name).and_then(Value::as_str).unwrap_or_default();
            let arn = Arn::parse(said("arn"));
            account.hear(said("account_id"));
            account.hear(arn.map_or("", |arn| arn.account));
            region.hear(said("region"));
            region.hear(arn.map_or("", |arn| arn.region));
        }
        Self { account: account.one(), region: region.one() }
    }
}

/// A word that everybody who said it agrees on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Learned {
    #[default]
    Nothing,
    One(String),
    Several,
}

impl Learned {
    pub(super) fn hear(&mut self, word: &str) {
        match self {
            _ if word.is_empty() => {}
            Self::Nothing => *self = Self::One(word.to_owned()),
            Self::One(known) if known == word => {}
            _ => *self = Self::Several,
        }
    }

    pub(super) fn one(self) -> Option<String> {
        if let Self::One(word) = self { Some(word) } else { None }
    }
}
