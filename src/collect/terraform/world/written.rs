//! What an attribute refers to, as it is written.

use serde_json::Value;

/// An expression of the code, and the attribute that it is of, dotted.
#[derive(Clone, Copy)]
pub(crate) struct Written<'e> {
    pub path: &'e str,
    pub expression: &'e Value,
}
