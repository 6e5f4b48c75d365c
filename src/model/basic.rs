//! The simplest words of the model.

use std::collections::BTreeMap;

/// A moment, UTC, RFC 3339 in text.
pub type Timestamp = jiff::Timestamp;

/// Tag names and values.
pub type Tags = BTreeMap<String, String>;
