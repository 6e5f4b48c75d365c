//! What a row is about.

use serde_json::Value;

/// The address of a row.
pub(super) fn address(row: &Value) -> Option<String> {
    row.get("address").and_then(Value::as_str).map(str::to_owned)
}
