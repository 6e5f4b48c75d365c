//! What the state of a backup and the scans of it say.

use crate::model::{Fact, Resource};

pub(super) const INFECTED: &str = "recovery_point.infected";

/// Whether a backup is free of malware, as far as scans say.
pub(in crate::link) fn clean(point: &Resource) -> Fact<bool> {
    match point.recovery_point.as_ref().map_or(Fact::Unknown, |facts| facts.infected) {
        Fact::Known(true) => Fact::Known(false),
        // The list of scans broke off: one that was not read may have found something.
        _ if point.unknown.contains_key(INFECTED) => Fact::Unknown,
        // Where the service says that no scan has an answer, that is one: nobody found anything.
        Fact::Known(false) | Fact::Absent => Fact::Known(true),
        Fact::Unknown => Fact::Unknown,
    }
}

/// Words of the states in which something can be restored from.
const RESTORABLE: &[&str] = &["active", "available", "completed", "replicating", "retained"];

/// Words of the states in which it cannot, or not yet.
const NOT_RESTORABLE: &[&str] = &[
    "archived",
    "copying",
    "creating",
    "deleting",
    "error",
    "expired",
    "failed",
    "partial",
    "pending",
    "recoverable",
    "recovering",
    "stopped",
];

/// Whether something in that state can be restored from. A word that nobody foresaw says nothing.
pub(super) fn allows(state: &Fact<String>) -> Fact<bool> {
    match state.text() {
        Some(state) if RESTORABLE.contains(&state) => Fact::Known(true),
        Some(state) if NOT_RESTORABLE.contains(&state) => Fact::Known(false),
        _ => Fact::Unknown,
    }
}
