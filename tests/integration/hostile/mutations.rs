//! The genuine plans with one value after the other replaced by an odd one: never a panic, always a result or an error
//! of one line that does not repeat what it met.

use std::path::Path;

use seaworthy::collect::terraform;
use seaworthy::config::Config;
use seaworthy::link::link;
use seaworthy::model::Timestamp;

use super::*;

/// So many values of each plan are replaced, evenly spread over it.
const NODES: usize = 30;

/// What comes in place of a value.
fn odd() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("canary\u{1b}[31m\n::error::"),
        json!("arn:aws:::::"),
        json!([]),
        json!([null, [[{}]]]),
        json!({}),
        json!({"constant_value": {"references": ["var.a", "each.key", ""]}}),
    ]
}

/// The path of every value within.
fn paths(value: &Value, here: &str, into: &mut Vec<String>) {
    into.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| paths(item, &format!("{here}/{at}"), into));
        }
        Value::Object(items) => items.iter().for_each(|(name, item)| {
            paths(item, &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), into);
        }),
        _ => {}
    }
}

#[test]
fn an_odd_value_anywhere_is_a_result_or_a_clear_error() {
    let (mut results, mut errors) = (0, 0);
    for fixture in ["both-doors", "delete-replica", "modules", "secrets", "two-regions", "weaken"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans").join(fixture).join("plan.json");
        let mut plan: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        // What is planned and what was there before are read for little else than to be counted.
        for part in ["planned_values", "relevant_attributes"] {
            plan.as_object_mut().unwrap().remove(part);
        }
        let mut all = Vec::new();
        paths(&plan, "", &mut all);
        for (number, path) in all.iter().step_by(all.len().div_ceil(NODES)).enumerate() {
            let place = plan.pointer_mut(path).unwrap();
            let genuine = place.clone();
            // Two values a place: over all places, every one has its turn.
            for value in odd().into_iter().cycle().skip(number * 2).take(2) {
                *plan.pointer_mut(path).unwrap() = value.clone();
                match terraform::read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH) {
                    Ok(mut input) => {
                        results += 1;
                        // Policies that are asked about plans as a whole read more of it.
                        let bytes = plan.to_string().into_bytes();
                        terraform::document(&bytes, "plan.json", None, &mut input.inventory).unwrap();
                        link(&mut input.inventory, &Config::default(), Timestamp::UNIX_EPOCH);
                    }
                    Err(error) => {
                        errors += 1;
                        let text = error.to_string();
                        let is_plain = !text.contains(['\n', '\u{1b}']) && !text.contains("canary");
                        assert!(is_plain || path == "/format_version", "{fixture}{path} = {value}: {text:?}");
                    }
                }
            }
            *plan.pointer_mut(path).unwrap() = genuine;
        }
    }
    // Both ends are met.
    assert!(results > 100 && errors > 25, "{results} results, {errors} errors");
}
