//! What a key is for: whether it can stand in for one that encrypts data.

use super::{REPLICA, Search, state, usable};
use crate::model::{Counterpart, Fact, Resource};

/// A key as the counterpart of another, found in that way.
pub(super) fn as_counterpart(search: &Search<'_>, key: &Resource, how: &str) -> Counterpart {
    // What is a replica of a key that encrypts, or encrypts a copy, shows thereby what it is for.
    let (fits, purpose) = if search.encrypts && !matches!(how, REPLICA | "key-of-copy") {
        encrypts(key)
    } else {
        (Fact::Known(true), String::new())
    };
    Counterpart {
        id: Fact::Known(key.id.clone()),
        how: how.into(),
        region: key.place.region.clone(),
        account: key.place.account.clone(),
        state: if fits == Fact::Known(false) { purpose.as_str().into() } else { state(key) },
        usable: Fact::all_of(&[usable(key), fits]),
    }
}

/// Whether data of services can be encrypted with a key; and what it is for if not.
fn encrypts(key: &Resource) -> (Fact<bool>, String) {
    let facts = key.key.as_deref();
    if facts.is_some_and(|facts| facts.manager.text() == Some("provider")) {
        return (Fact::Known(true), String::new());
    }
    match facts.map(|facts| (facts.usage.text(), facts.spec.text())) {
        Some((Some("encrypt_decrypt"), Some("symmetric_default"))) => (Fact::Known(true), String::new()),
        Some((Some("encrypt_decrypt"), Some(_))) => (Fact::Known(false), "asymmetric".to_owned()),
        Some((Some(usage), _)) if usage != "encrypt_decrypt" => (Fact::Known(false), format!("for {usage}")),
        _ => (Fact::Unknown, String::new()),
    }
}
