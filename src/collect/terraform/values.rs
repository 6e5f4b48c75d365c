//! Values as Terraform writes them: only the attributes that are mapped are ever kept, and what is sensitive never is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::mapping::Type;

/// Stands in the mask of unknowns where a value was taken away because it is sensitive.
pub(super) const SENSITIVE: &str = "sensitive";

/// Stands there where a value was taken away because it is too long.
pub(super) const TOO_LONG: &str = "too long";

/// Stands there for everything, where there are no attributes at all.
pub(super) const MISSING: &str = "missing";

/// Longest text that is taken, in bytes. The longest documents of a provider have half of it, and whatever is taken may
/// come to stand in every output.
pub(super) const LONGEST: usize = 65_536;

/// Reads an object of attributes, or null, and keeps those that the type's mapping reads. Passwords and their like are
/// skipped over in the text, and are never in memory as values.
pub(super) fn read(raw: Option<&RawValue>, kind: &'static Type) -> serde_json::Result<Value> {
    match mask(raw, kind)? {
        Value::Bool(word) => Err(serde::de::Error::invalid_type(Unexpected::Bool(word), &Attributes(kind))),
        attributes => Ok(attributes),
    }
}

/// Reads what is said of attributes: it has their shape, or is one word for all of them.
pub(super) fn mask(raw: Option<&RawValue>, kind: &'static Type) -> serde_json::Result<Value> {
    let Some(raw) = raw else { return Ok(Value::Null) };
    Attributes(kind).deserialize(&mut serde_json::Deserializer::from_str(raw.get()))
}

struct Attributes(&'static Type);

impl<'de> DeserializeSeed<'de> for Attributes {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Attributes {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of attributes")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, all: bool) -> Result<Value, E> {
        Ok(Value::Bool(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        /// Borrowed where the text allows it.
        #[derive(Deserialize)]
        struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

        let mut kept = Map::new();
        while let Some(Name(name)) = map.next_key()? {
            if self.0.keeps(&name) {
                kept.insert(name.into_owned(), map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(kept))
    }
}

/// If an existing resource has no attributes, gives it an empty set and marks all of them as unknown.
pub(super) fn fill(value: &mut Value, unknown: &mut Value) {
    if value.is_null() {
        *value = Value::Object(Map::new());
        if !matches!(unknown, Value::Bool(true) | Value::String(_)) {
            *unknown = Value::from(MISSING);
        }
    }
}

/// Takes away what is marked as sensitive, or too long, and marks it unknown. `sensitive` has the shape of `value`, with
/// `true` where a value, or everything below it, is sensitive.
pub(super) fn redact(value: &mut Value, unknown: &mut Value, sensitive: &Value) {
    if value.is_object() && *sensitive == Value::Bool(true) {
        // The resource is there all the same.
        (*value, *unknown) = (Value::Object(Map::new()), Value::from(SENSITIVE));
    }
    take(value, unknown, sensitive, SENSITIVE);
    if is_too_long(value) {
        let mask = too_long(value);
        take(value, unknown, &mask, TOO_LONG);
    }
}

fn is_too_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() > LONGEST,
        Value::Array(items) => items.iter().any(is_too_long),
        Value::Object(items) => items.iter().any(|(name, item)| name.len() > LONGEST || is_too_long(item)),
        _ => false,
    }
}

/// The mask of what is too long. A name that is too long takes away what it is a name in.
fn too_long(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(too_long).collect(),
        Value::Object(items) if items.keys().all(|name| name.len() <= LONGEST) => {
            Value::Object(items.iter().map(|(name, item)| (name.clone(), too_long(item))).collect())
        }
        other => Value::Bool(is_too_long(other)),
    }
}

fn take(value: &mut Value, unknown: &mut Value, mask: &Value, why: &str) {
    match (mask, value) {
        (Value::Bool(true), value) => {
            *value = Value::Null;
            *unknown = Value::from(why);
        }
        (Value::Object(marks), Value::Object(values)) => {
            for (name, mark) in marks.iter().filter(|(_, mark)| is_marked(mark)) {
                let Some(value) = values.get_mut(name) else { continue };
                if !unknown.is_object() {
                    *unknown = Value::Object(Map::new());
                }
                if let Value::Object(unknowns) = unknown {
                    take(value, unknowns.entry(name.clone()).or_insert(Value::Null), mark, why);
                }
            }
        }
        (Value::Array(marks), Value::Array(values)) => {
            if marks.iter().any(is_marked) && unknown.as_array().is_none_or(|unknowns| unknowns.len() < values.len()) {
                let mut unknowns = unknown.as_array().cloned().unwrap_or_default();
                unknowns.resize(values.len(), Value::Null);
                *unknown = Value::Array(unknowns);
            }
            if let Value::Array(unknowns) = unknown {
                for ((value, unknown), mark) in values.iter_mut().zip(unknowns).zip(marks) {
                    take(value, unknown, mark, why);
                }
            }
        }
        _ => {}
    }
}

/// Whether anything in a mask is marked.
pub(super) fn is_marked(mask: &Value) -> bool {
    match mask {
        Value::Bool(marked) => *marked,
        Value::String(_) => true,
        Value::Array(items) => items.iter().any(is_marked),
        Value::Object(items) => items.values().any(is_marked),
        Value::Null | Value::Number(_) => false,
    }
}

/// A text, and a number or a boolean as one.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A number, also written as text: old states hold nothing but text.
pub(super) fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => {
            let whole =
                number.as_u64().or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as u64));
            whole.and_then(|number| u32::try_from(number).ok())
        }
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A boolean, also written as text: some attributes of the provider are.
pub(super) fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(boolean) => Some(*boolean),
        Value::String(text) => match text.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The items of a list, or the one value.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Nested blocks are lists of objects, also where there can be but one; old states and a few tools write the object.
pub(super) fn blocks(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).collect(),
        Value::Object(_) => vec![value],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_sensitive_is_taken_away_and_marked() {
        let mut value =
            json!({"identifier": "canary", "tags": {"a": "canary", "b": "c"}, "rule": [{"name": "canary", "id": 1}]});
        let mut unknown = json!({"arn": true});
        let sensitive = json!({"identifier": true, "password": true, "tags": {"a": true}, "rule": [{"name": true}]});
        redact(&mut value, &mut unknown, &sensitive);
        assert_eq!(
            value,
            json!({"identifier": null, "tags": {"a": null, "b": "c"}, "rule": [{"name": null, "id": 1}]})
        );
        assert_eq!(
            unknown,
            json!({"arn": true, "identifier": "sensitive", "tags": {"a": "sensitive"}, "rule": [{"name": "sensitive"}]})
        );
    }

    #[test]
    fn numbers_and_booleans_may_be_text() {
        assert_eq!([number(&json!(7)), number(&json!("7")), number(&json!(7.0))], [Some(7); 3]);
        assert_eq!([number(&json!(-1)), number(&json!("x")), number(&json!(7.5)), number(&json!(1e30))], [None; 4]);
        assert_eq!([boolean(&json!(true)), boolean(&json!("true")), boolean(&json!("1"))], [Some(true); 3]);
        assert_eq!([boolean(&json!("")), boolean(&json!(1)), boolean(&json!(null))], [None; 3]);
    }
}
