//! A plan or a state as the policies of others expect it: all that `terraform show -json` writes, with what is secret
//! taken away and what is known only after apply marked.
//!
//! ```text
//! text ──► JSON ──► sections ──► parts, with gaps
//! ```
//!
//! Secret is what Terraform marks, what a name tells (`master_password`), what a program is handed in its environment,
//! and a text with a credential in it. A policy finds a gap there and no other value, so it cannot be wrong about it.

mod address;
mod echoes;
mod former;
mod place;
mod reader;
mod secrets;
mod sections;
mod stand_ins;
mod taken;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::mapping::Types;
use super::text;
use super::values::{LONGEST, SENSITIVE, TOO_LONG, is_marked};
use crate::collect::terraform::error::TerraformError;
use crate::model::{Document, Gap, Inventory, Part};
use address::address;
use place::Hush;
use place::Place;
use reader::Reader;

/// Gaps that are told apart. All others of a greater plan are one.
const MOST_GAPS: usize = 4096;

const AFTER_APPLY: &str = "known only after apply";

/// The document of a plan or a state that was read. What stands for it and for its resources that are none of the model
/// is added to the inventory.
pub(super) fn document(
    bytes: &[u8],
    name: &str,
    stack: Option<&str>,
    inventory: &mut Inventory,
    types: &'static Types,
) -> Result<Document, TerraformError> {
    let text = text::decode(bytes.to_vec(), name)?;
    let json: Value = serde_json::from_str(&text).map_err(TerraformError::Json)?;
    let Value::Object(members) = json else {
        return Err(TerraformError::Unrecognised("it is no object as they write it"));
    };
    if members.contains_key("lineage") && !members.contains_key("format_version") {
        return Err(TerraformError::RawState { name: name.to_owned() });
    }
    let (id, addresses) = stand_ins::add(&members, stack, inventory);
    let relative = stand_ins::relative(&members);
    let changed = stand_ins::changed(&members);
    let former = members.contains_key("resource_changes").then(|| former::before(&members));
    let mut reader = Reader::new(types);
    let root = reader.sections(members);
    let before = former.map(|members| reader.sections(members));
    let [root, before] = reader.without_echoes([Some(root), before]);
    let root = root.unwrap_or(Part::Known(Value::Null));
    Ok(Document {
        id,
        stack: stack.map(str::to_owned),
        addresses,
        changed,
        relative,
        root,
        before,
        unknown: reader.gaps,
    })
}

/// What is said beside a value, in its shape.
#[derive(Clone, Copy)]
struct Masks<'a> {
    unknown: &'a Value,
    sensitive: &'a Value,
}

impl<'a> Masks<'a> {
    const NONE: Self = Self { unknown: &Value::Null, sensitive: &Value::Null };

    fn member(self, name: &str) -> Self {
        let of = |mask: &'a Value| mask.get(name).unwrap_or(&Value::Null);
        Self { unknown: of(self.unknown), sensitive: of(self.sensitive) }
    }

    fn item(self, at: usize) -> Self {
        let of = |mask: &'a Value| mask.get(at).unwrap_or(&Value::Null);
        Self { unknown: of(self.unknown), sensitive: of(self.sensitive) }
    }
}

impl Reader {
    fn gap(&mut self, place: &Place<'_>, reason: &'static str) -> usize {
        let mut gap = Gap { fact: place.words(), reason };
        if self.numbers.len() >= MOST_GAPS && !self.numbers.contains_key(&gap) {
            gap = Gap { fact: "another value".to_owned(), reason };
        }
        *self.numbers.entry(gap.clone()).or_insert_with(|| {
            self.gaps.push(gap);
            self.gaps.len() - 1
        })
    }

    fn unknown(&mut self, place: &Place<'_>, reason: &'static str) -> Part {
        Part::Unknown(self.gap(place, reason))
    }

    /// A value with what is not known and what is secret in it marked.
    fn part(&mut self, value: Value, masks: Masks<'_>, place: &Place<'_>) -> Part {
        if *masks.unknown == Value::Bool(true) {
            return self.unknown(place, AFTER_APPLY);
        }
        if *masks.sensitive == Value::Bool(true) {
            return self.sensitive(value, place);
        }
        match value {
            Value::String(text) => self.text(text, place),
            Value::Array(items) => {
                let block = place.of_block();
                let item = |(at, item): (usize, Value)| {
                    let place = if item.is_object() { &block } else { place };
                    self.part(item, masks.item(at), place)
                };
                Part::list(items.into_iter().enumerate().map(item).collect())
            }
            Value::Object(members) => {
                let whole = members.contains_key("constant_value") || is_plain(&members);
                let place = if whole { *place } else { place.of_block() };
                self.members(members, masks, &place)
            }
            Value::Number(_) if place.hush > Hush::No => self.unknown(place, SENSITIVE),
            Value::Bool(_) if place.hush == Hush::Marked => self.unknown(place, SENSITIVE),
            known => Part::Known(known),
        }
    }

    /// What Terraform calls sensitive. That there is nothing is no secret.
    fn sensitive(&mut self, value: Value, place: &Place<'_>) -> Part {
        match value {
            Value::Null => Part::Known(Value::Null),
            Value::String(text) if text.is_empty() => Part::Known(Value::String(text)),
            Value::String(text) => {
                self.taken.marked(&text);
                self.taken.marked(text.trim());
                if let Some(inside) = echoes::inside(&text) {
                    self.take_all(&inside, place.name);
                }
                Part::Secret { gap: self.gap(place, SENSITIVE), inside: None }
            }
            other => {
                match &other {
                    Value::Number(number) => self.taken.marked(&number.to_string()),
                    _ => self.take_all(&other, place.name),
                }
                self.unknown(place, SENSITIVE)
            }
        }
    }

    /// Notes the secrets in what is taken away whole. An output that is sensitive because of one has names, regions and
    /// ids in it, too, which are none.
    fn take_all(&mut self, value: &Value, name: &str) {
        match value {
            Value::String(text) if secrets::is_secret(name) || self.looks_random(text) => self.taken.marked(text),
            Value::Number(number) if secrets::is_secret(name) => self.taken.marked(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.take_all(item, name)),
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                if self.looks_random(name) {
                    self.taken.marked(name);
                }
                self.take_all(value, name);
            }),
            _ => {}
        }
    }

    /// Whether a text is like what a generator makes, and no id.
    fn looks_random(&self, text: &str) -> bool {
        !self.types.is_global_id(text) && secrets::looks_random(text)
    }

    fn text(&mut self, text: String, place: &Place<'_>) -> Part {
        if text.len() > LONGEST {
            return Part::Secret { gap: self.gap(place, TOO_LONG), inside: None };
        }
        // The name of a secret is none.
        if place.hush == Hush::Marked {
            return self.sensitive(Value::String(text), place);
        }
        let handed = place.environment && text.contains('=');
        if (handed || place.hush == Hush::Named) && !text.is_empty() && !self.types.is_global_id(&text) {
            return Part::Secret { gap: self.gap(place, SENSITIVE), inside: None };
        }
        if let Some(inside) = echoes::inside(&text) {
            return match self.part(inside, Masks::NONE, place) {
                Part::Known(_) => Part::Known(Value::String(text)),
                inside => Part::Secret { gap: self.gap(place, SENSITIVE), inside: Some(Box::new(inside)) },
            };
        }
        if secrets::holds_credential(&text) {
            return Part::Secret { gap: self.gap(place, SENSITIVE), inside: None };
        }
        Part::Known(Value::String(text))
    }

    fn members(&mut self, members: Map<String, Value>, masks: Masks<'_>, place: &Place<'_>) -> Part {
        // A name and its value, in two members.
        let named = NAMES.iter().find_map(|name| members.get(*name)).is_some_and(|name| {
            place.environment || self.types.is_variable(&members) || name.as_str().is_some_and(secrets::is_secret)
        });
        let of_kubernetes = members.get("kind").and_then(Value::as_str) == Some("Secret");
        // Names and values that are handed to a program, and nothing that says how it runs.
        let is_constant = members.contains_key("constant_value");
        let handed = place.environment && !named && !is_constant && is_plain(&members);
        let mut parts = BTreeMap::new();
        if let Value::Object(marks) = masks.unknown {
            for (name, _) in marks.iter().filter(|(name, mark)| !members.contains_key(*name) && is_marked(mark)) {
                parts.insert(name.clone(), self.unknown(&place.member(name), AFTER_APPLY));
            }
        }
        for (name, value) in members {
            let is_value =
                (named && VALUES.contains(&name.as_str())) || (of_kubernetes && DATA.contains(&name.as_str()));
            let below = place.member(&name).hush(if handed || is_value { Hush::Named } else { Hush::No });
            let part = self.part(value, masks.member(&name), &below);
            parts.insert(name, part);
        }
        Part::map(parts)
    }
}

/// Where the name and the value of a pair stand.
const NAMES: [&str; 7] = ["name", "Name", "key", "Key", "ParameterKey", "OptionName", "parameter_key"];
const VALUES: [&str; 4] = ["value", "Value", "ParameterValue", "parameter_value"];

/// Where a Secret of Kubernetes has its data.
const DATA: [&str; 4] = ["data", "stringData", "string_data", "binary_data"];

/// The mask of a resource, with what its type marks. What is marked in an attribute stands in its copies without the
/// mark.
fn whole_mask(types: &Types, mask: &Value, terraform_type: &str) -> Value {
    let mut mask = mask.clone();
    let attributes = secrets::of_type(types, terraform_type);
    if !attributes.is_empty() && mask != Value::Bool(true) {
        let mut marks = mask.as_object().cloned().unwrap_or_default();
        marks.extend(attributes.iter().map(|name| ((*name).to_owned(), Value::Bool(true))));
        mask = Value::Object(marks);
    }
    let Value::Object(marks) = &mut mask else { return mask };
    for (from, to) in types.providers.iter().flat_map(|provider| provider.copies) {
        let Some(own) = marks.get(*from).filter(|own| is_marked(own)).cloned() else { continue };
        match (marks.entry(*to).or_insert(Value::Null), own) {
            (Value::Object(copy), Value::Object(own)) => {
                copy.extend(own.into_iter().filter(|(_, mark)| is_marked(mark)));
            }
            // All of it is marked already.
            (Value::Bool(true), _) => {}
            (copy, own) => *copy = own,
        }
    }
    mask
}

/// A map of names and plain values. Blocks have lists and blocks in them.
fn is_plain(members: &Map<String, Value>) -> bool {
    members.values().all(|value| !value.is_array() && !value.is_object()) && members.values().any(Value::is_string)
}

#[cfg(test)]
mod tests;
