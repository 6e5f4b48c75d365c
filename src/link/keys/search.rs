//! What is known of a key, and of one whose counterpart is searched.

use crate::model::{Fact, Resource};

/// What is known of a key whose counterpart is searched.
pub(super) struct Search<'s> {
    pub(super) of: Option<&'s Resource>,
    pub(super) name: &'s str,
    pub(super) alias: &'s Fact<String>,
    pub(super) manager: &'s Fact<String>,
    pub(super) of_copies: OfCopies<'s>,
    /// It encrypts data of a service, which only a symmetric key for encryption does.
    pub(super) encrypts: bool,
}

/// What is known of the keys of copies of the resource in the recovery place.
#[derive(Clone, Copy, Default)]
pub(super) struct OfCopies<'s> {
    /// That of the copy that says most.
    pub(super) key: Option<&'s str>,
    /// One copy has a key that is not known.
    pub(super) is_masked: bool,
    /// There may be other copies.
    pub(super) in_doubt: bool,
}

pub(super) const REPLICA: &str = "multi-region-replica";

pub(super) fn state(resource: &Resource) -> Fact<String> {
    resource.status.as_ref().map_or(Fact::Unknown, |status| status.state.clone())
}

/// A key can be used if its state lets it and it is not about to be deleted.
pub(super) fn usable(key: &Resource) -> Fact<bool> {
    if key.key.as_ref().is_some_and(|facts| facts.deletion_date.is_known()) {
        return Fact::Known(false);
    }
    key.status.as_ref().map_or(Fact::Unknown, |status| status.healthy)
}
