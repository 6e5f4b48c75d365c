//! JSON as Go writes it, and parts of objects by path.

use std::collections::BTreeMap;

use regorus::Value;
use serde_json::value::RawValue;

use super::{Entry, text};
use crate::policy::rego::builtins::MAX_TEXT;
use crate::policy::rego::builtins::order::sorted;
use crate::policy::rego::builtins::own::common::number;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("json.filter", 2, |arguments| paths(arguments, filter)),
    ("json.is_valid", 1, is_valid),
    ("json.marshal", 1, marshal),
    ("json.marshal_with_options", 2, marshal_with_options),
    ("json.remove", 2, |arguments| paths(arguments, |value, tree| remove(value, tree).unwrap_or(Value::Undefined))),
];

fn is_valid(arguments: &[Value]) -> Result<Value, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    let is_valid = serde_json::from_str::<&RawValue>(text(value, "the argument")?).is_ok();
    Ok(Value::Bool(is_valid))
}

/// How JSON is set out.
struct Layout {
    prefix: String,
    indent: String,
}

fn marshal(arguments: &[Value]) -> Result<Value, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    let mut json = String::new();
    write(value, None, 0, &mut json)?;
    Ok(Value::from(json))
}

fn marshal_with_options(arguments: &[Value]) -> Result<Value, String> {
    let [value, Value::Object(options)] = arguments else {
        return Err("a value and an object of options are needed".to_owned());
    };
    let mut layout = Layout { prefix: String::new(), indent: "\t".to_owned() };
    let mut is_pretty = None;
    let mut is_laid_out = false;
    for (key, option) in options.iter() {
        match (text(key, "the name of an option")?, option) {
            ("pretty", Value::Bool(pretty)) => is_pretty = Some(*pretty),
            ("prefix", option) => text(option, "the prefix")?.clone_into(&mut layout.prefix),
            ("indent", option) => text(option, "the indent")?.clone_into(&mut layout.indent),
            (name, _) => return Err(format!("'{name}' is no option, or has not this value")),
        }
        is_laid_out |= *key != Value::from("pretty");
    }
    let layout = is_pretty.unwrap_or(is_laid_out).then_some(&layout);
    let mut json = layout.map_or_else(String::new, |layout| layout.prefix.clone());
    write(value, layout, 0, &mut json)?;
    Ok(Value::from(json))
}

fn write(value: &Value, layout: Option<&Layout>, depth: usize, json: &mut String) -> Result<(), String> {
    if json.len() > MAX_TEXT {
        return Err("the text would be too long".to_owned());
    }
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(bool) => json.push_str(&format!("{bool}")),
        Value::Number(_) => json.push_str(&number(value)?),
        Value::String(text) => quote(text, json),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| (None, item)).collect();
            list('[', &items, ']', layout, depth, json)?;
        }
        Value::Set(_) => {
            let items: Vec<_> = sorted(value).into_iter().map(|item| (None, item)).collect();
            list('[', &items, ']', layout, depth, json)?;
        }
        Value::Object(object) => {
            let mut members = BTreeMap::new();
            for (key, value) in object.iter() {
                let key = match key {
                    Value::String(key) => key.to_string(),
                    Value::Number(_) => number(key)?,
                    other => return Err(format!("{other} is no key in JSON")),
                };
                if members.insert(key, value).is_some() {
                    return Err("two keys are the same in JSON".to_owned());
                }
            }
            let members: Vec<_> = members.iter().map(|(key, value)| (Some(key.as_str()), *value)).collect();
            list('{', &members, '}', layout, depth, json)?;
        }
        Value::Undefined => return Err("nothing cannot be written".to_owned()),
    }
    Ok(())
}

fn list(
    open: char,
    items: &[(Option<&str>, &Value)],
    close: char,
    layout: Option<&Layout>,
    depth: usize,
    json: &mut String,
) -> Result<(), String> {
    let line = |depth: usize, json: &mut String| {
        if let Some(layout) = layout {
            json.push('\n');
            json.push_str(&layout.prefix);
            (0..depth).for_each(|_| json.push_str(&layout.indent));
        }
    };
    json.push(open);
    for (at, (key, value)) in items.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        line(depth + 1, json);
        if let Some(key) = key {
            quote(key, json);
            json.push_str(if layout.is_some() { ": " } else { ":" });
        }
        write(value, layout, depth + 1, json)?;
    }
    if !items.is_empty() {
        line(depth, json);
    }
    json.push(close);
    Ok(())
}

fn quote(text: &str, json: &mut String) {
    json.push('"');
    for char in text.chars() {
        match char {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '<' | '>' | '&' | '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                json.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            char => json.push(char),
        }
    }
    json.push('"');
}

/// Paths by their parts. A leaf is where a path ends.
#[derive(Default)]
struct Tree {
    is_leaf: bool,
    below: BTreeMap<Value, Self>,
}

fn paths(arguments: &[Value], apply: fn(&Value, &Tree) -> Value) -> Result<Value, String> {
    let [object @ Value::Object(_), paths @ (Value::Array(_) | Value::Set(_))] = arguments else {
        return Err("an object, and an array or a set of paths, are needed".to_owned());
    };
    let mut root = Tree::default();
    for path in sorted(paths) {
        let parts: Vec<Value> = match path {
            Value::String(path) => {
                let path = path.trim_start_matches('/');
                let parts = if path.is_empty() { Vec::new() } else { path.split('/').collect() };
                parts.into_iter().map(|part| Value::from(part.replace("~1", "/").replace("~0", "~"))).collect()
            }
            Value::Array(parts) => parts.iter().cloned().collect(),
            other => return Err(format!("a path is a text or an array, and this is {other}")),
        };
        if parts.is_empty() {
            continue;
        }
        let mut at = &mut root;
        for part in parts {
            at = at.below.entry(part).or_default();
        }
        at.is_leaf = true;
    }
    Ok(apply(object, &root))
}

fn index(at: usize) -> Value {
    Value::from(at.to_string())
}

fn filter(value: &Value, tree: &Tree) -> Value {
    match value {
        _ if tree.is_leaf => value.clone(),
        Value::Array(items) => {
            let kept =
                items.iter().enumerate().filter_map(|(at, item)| Some(filter(item, tree.below.get(&index(at))?)));
            Value::from(kept.collect::<Vec<_>>())
        }
        Value::Set(set) => {
            let kept = set.iter().filter_map(|member| Some(filter(member, tree.below.get(member)?)));
            Value::from(kept.collect::<std::collections::BTreeSet<_>>())
        }
        Value::Object(object) => {
            let kept =
                object.iter().filter_map(|(key, value)| Some((key.clone(), filter(value, tree.below.get(key)?))));
            Value::from(kept.collect::<BTreeMap<_, _>>())
        }
        other => other.clone(),
    }
}

/// `None`: nothing is left.
fn remove(value: &Value, tree: &Tree) -> Option<Value> {
    let below = |value: &Value, key: &Value| match tree.below.get(key) {
        Some(tree) => remove(value, tree),
        None => Some(value.clone()),
    };
    Some(match value {
        _ if tree.is_leaf => return None,
        Value::Array(items) => {
            let kept = items.iter().enumerate().filter_map(|(at, item)| below(item, &index(at)));
            Value::from(kept.collect::<Vec<_>>())
        }
        Value::Set(set) => {
            let kept = set.iter().filter_map(|member| below(member, member));
            Value::from(kept.collect::<std::collections::BTreeSet<_>>())
        }
        Value::Object(object) => {
            let kept = object.iter().filter_map(|(key, value)| Some((key.clone(), below(value, key)?)));
            Value::from(kept.collect::<BTreeMap<_, _>>())
        }
        other => other.clone(),
    })
}
