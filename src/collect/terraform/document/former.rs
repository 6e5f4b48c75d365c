//! The document of what was there before: what the plan would show if it did nothing. By it a finding is new or was there.

use serde_json::{Map, Value};

/// Rows without what is created or read anew, each as it was, and the values of the state before.
pub(super) fn before(members: &Map<String, Value>) -> Map<String, Value> {
    let mut before = members.clone();
    // How the code was, and what it was given, nobody says: what is found of it counts as new.
    for section in ["configuration", "variables", "checks", "relevant_attributes"] {
        before.remove(section);
    }
    for section in ["resource_changes", "resource_drift"] {
        if let Some(Value::Array(rows)) = before.get_mut(section) {
            *rows = std::mem::take(rows).into_iter().filter_map(row).collect();
        }
    }
    for section in ["deferred_changes", "action_invocations", "deferred_action_invocations"] {
        if let Some(rows) = before.get_mut(section) {
            *rows = Value::Array(Vec::new());
        }
    }
    if let Some(Value::Object(outputs)) = before.get_mut("output_changes") {
        outputs.retain(|_, change| !change.get("before").is_none_or(Value::is_null));
        outputs.values_mut().for_each(as_it_was);
    }
    if before.contains_key("planned_values") {
        let values = members.get("prior_state").and_then(|state| state.get("values"));
        let nothing = || serde_json::json!({ "root_module": {} });
        before.insert("planned_values".to_owned(), values.cloned().unwrap_or_else(nothing));
    }
    before
}

fn row(mut row: Value) -> Option<Value> {
    let change = row.get_mut("change")?;
    if change.get("before").is_none_or(Value::is_null) {
        return None;
    }
    as_it_was(change);
    // It had its former address.
    if let Some(former) = row.get("previous_address").filter(|former| former.is_string()).cloned()
        && let Some(address) = row.get_mut("address")
    {
        *address = former;
    }
    Some(row)
}

fn as_it_was(change: &mut Value) {
    let Value::Object(change) = change else { return };
    for (after, before) in [("after", "before"), ("after_sensitive", "before_sensitive")] {
        let was = change.get(before).cloned().unwrap_or_default();
        change.insert(after.to_owned(), was);
    }
    change.insert("after_unknown".to_owned(), Value::Object(Map::new()));
    change.insert("actions".to_owned(), serde_json::json!(["no-op"]));
}
