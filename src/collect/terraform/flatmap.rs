//! The attributes of states before version 4: a flat map of texts, `rule.#`, `rule.0.name`, `tags.%`, `tags.team`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::mapping::Type;
use super::values;

/// No attribute of the provider is nested deeper.
const MAX_DEPTH: usize = 16;

/// The attributes of a resource, nested, those that its mapping reads.
pub(super) fn expand(flat: BTreeMap<String, Value>, kind: &Type) -> Value {
    let flat: BTreeMap<String, String> = flat
        .into_iter()
        .filter(|(name, _)| name.split('.').next().is_some_and(|name| kind.keeps(name)))
        .filter_map(|(name, value)| Some((name, values::text(&value)?)))
        .collect();
    let names = names(&flat, "");
    Value::Object(names.into_iter().map(|name| (name.to_owned(), nested(&flat, name, MAX_DEPTH))).collect())
}

fn nested(flat: &BTreeMap<String, String>, path: &str, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if let Some(text) = flat.get(path) {
        return Value::from(text.clone());
    }
    let prefix = format!("{path}.");
    if flat.contains_key(&format!("{prefix}%")) {
        let entries = below(flat, &prefix).filter(|(name, _)| *name != "%");
        return Value::Object(entries.map(|(name, text)| (name.to_owned(), Value::from(text))).collect());
    }
    let mut names: Vec<_> = names(flat, &prefix);
    let is_list = flat.contains_key(&format!("{prefix}#"));
    names.retain(|name| *name != "#");
    let child = |name: &&str| nested(flat, &format!("{prefix}{name}"), depth);
    // Version 1 counts the entries of a map like those of a list.
    if is_list && names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
        names.sort_by_key(|name| name.parse::<u64>().unwrap_or(u64::MAX));
        return Value::Array(names.iter().map(child).collect());
    }
    Value::Object(names.iter().map(|name| ((*name).to_owned(), child(name))).collect::<Map<_, _>>())
}

/// The next names below a prefix, each once.
fn names<'f>(flat: &'f BTreeMap<String, String>, prefix: &str) -> Vec<&'f str> {
    let mut names: Vec<_> = below(flat, prefix).filter_map(|(rest, _)| rest.split('.').next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn below<'f>(flat: &'f BTreeMap<String, String>, prefix: &str) -> impl Iterator<Item = (&'f str, &'f str)> {
    let entries = flat.range(prefix.to_owned()..);
    let entries = entries.map_while(move |(name, text)| Some((name.strip_prefix(prefix)?, text.as_str())));
    entries.collect::<Vec<_>>().into_iter()
}
