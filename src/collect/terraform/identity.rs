//! What a provider knows a resource by.

use serde_json::Value;

use super::provider::{Provider, Told};

/// What the provider knows an object by, apart from its attributes: `before_identity`, `after_identity` or the identity to
/// import by. Two that differ tell nothing.
pub(super) fn of<'v>(provider: &Provider, identities: impl IntoIterator<Item = &'v Value>) -> Told<String> {
    let (mut account, mut region) = (Learned::Nothing, Learned::Nothing);
    for told in identities.into_iter().flat_map(provider.identity) {
        account.hear(told.account.unwrap_or_default());
        region.hear(told.region.unwrap_or_default());
    }
    Told { account: account.one(), region: region.one() }
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
