//! Texts, character by character as Go sees them.

use regorus::Value;

use super::regex::is_settled;
use super::{Entry, text};
use crate::policy::rego::builtins::MAX_TEXT;
use crate::policy::rego::builtins::order::members;
use crate::policy::rego::builtins::refuse::has_large_exponent;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("count", 1, count),
    ("lower", 1, |arguments| mapped(arguments, lower)),
    ("upper", 1, |arguments| mapped(arguments, upper)),
    ("strings.count", 2, occurrences),
    ("strings.replace_n", 2, replace_n),
    ("to_number", 1, to_number),
    ("semver.compare", 2, super::semver::compare),
    ("semver.is_valid", 1, super::semver::is_valid),
];

/// Characters of a text: regorus counts its UTF-16 units.
fn count(arguments: &[Value]) -> Result<Value, String> {
    let count = match arguments {
        [Value::String(text)] => text.chars().count(),
        [Value::Array(items)] => items.iter().count(),
        [Value::Set(members)] => members.len(),
        [Value::Object(members)] => members.len(),
        [other, ..] => return Err(format!("only a text or a collection has a count, and this is {other}")),
        [] => 0,
    };
    Ok(Value::from(count))
}

fn mapped(arguments: &[Value], map: fn(char) -> char) -> Result<Value, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    let value = text(value, "the argument")?;
    let mapped: String = value.chars().map(map).collect();
    if is_settled(value) && is_settled(&mapped) {
        Ok(Value::from(mapped))
    } else {
        Err("the text has characters that are too new to be sure of".to_owned())
    }
}

/// One character for one, as Go maps them: where Unicode has more than one, there is often none.
fn lower(char: char) -> char {
    let mut lower = char.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ if char == 'İ' => 'i',
        _ => char,
    }
}

fn upper(char: char) -> char {
    let mut upper = char.to_uppercase();
    if let (Some(only), None) = (upper.next(), upper.next()) {
        return only;
    }
    // Greek with an iota below has a title case of its own.
    let title = match char {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => 8,
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => 9,
        _ => 0,
    };
    u32::from(char).checked_add(title).and_then(char::from_u32).unwrap_or(char)
}

/// How often a text is in another, without overlap; the empty one is before every character, and at the end.
fn occurrences(arguments: &[Value]) -> Result<Value, String> {
    let [value, wanted] = arguments else { return Err("two arguments are needed".to_owned()) };
    let (value, wanted) = (text(value, "the text")?, text(wanted, "what is counted")?);
    Ok(Value::from(value.matches(wanted).count()))
}

/// All at once: at every place the first that fits, in the order of the texts to be replaced.
fn replace_n(arguments: &[Value]) -> Result<Value, String> {
    let [object @ Value::Object(_), value] = arguments else {
        return Err("an object and a text are needed".to_owned());
    };
    let mut pairs = Vec::new();
    for (old, new) in members(object) {
        pairs.push((text(old, "what is replaced")?, text(new, "a replacement")?));
    }
    if pairs.iter().any(|(old, _)| old.is_empty()) {
        return Err("the empty text cannot be replaced".to_owned());
    }
    let (mut rest, mut made) = (text(value, "the text")?, String::new());
    while let Some(char) = rest.chars().next() {
        if let Some((old, new)) = pairs.iter().find(|(old, _)| rest.starts_with(old)) {
            made.push_str(new);
            rest = rest.get(old.len()..).unwrap_or_default();
        } else {
            made.push(char);
            rest = rest.get(char.len_utf8()..).unwrap_or_default();
        }
        if made.len() > MAX_TEXT {
            return Err("the text would be too long".to_owned());
        }
    }
    Ok(Value::from(made))
}

/// A text has to be a number and nothing but a number.
fn to_number(arguments: &[Value]) -> Result<Value, String> {
    match arguments {
        [Value::Null | Value::Bool(false)] => Ok(Value::from(0)),
        [Value::Bool(true)] => Ok(Value::from(1)),
        [number @ Value::Number(_)] => Ok(number.clone()),
        [Value::String(text)] => {
            let is_number =
                !has_large_exponent(text) && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            match Value::from_json_str(text) {
                Ok(number @ Value::Number(_)) if is_number => Ok(number),
                _ => Err(format!("'{text}' is no number")),
            }
        }
        [other, ..] => Err(format!("{other} cannot be made a number")),
        [] => Err("one argument is needed".to_owned()),
    }
}
