//! `regex.…` with the answers of Go's RE2.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::{Captures, Regex, RegexBuilder};
use regorus::Value;

use super::re2::{Refusal, translate};
use super::{Entry, text};
use crate::policy::rego::builtins::{MAX_ITEMS, MAX_TEXT};

pub(super) const FUNCTIONS: &[Entry] = &[
    ("regex.find_all_string_submatch_n", 3, find_all),
    ("regex.find_n", 3, find_n),
    ("regex.is_valid", 1, is_valid),
    ("regex.match", 2, is_match),
    ("regex.replace", 3, replace),
    ("regex.split", 2, split),
    ("regex.template_match", 4, template_match),
];

/// Compiled patterns that are kept.
const KEPT: usize = 256;

thread_local! {
    static COMPILED: RefCell<BTreeMap<String, Regex>> = const { RefCell::new(BTreeMap::new()) };
}

/// Compiles a pattern of the `regex` crate, or finds it compiled.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned()) {
        return Ok(regex);
    }
    let regex = RegexBuilder::new(pattern).build().map_err(|error| {
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned()
    })?;
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}

/// Whether all characters are older than what Go and we may differ in: Unicode 15.
pub(super) fn is_settled(text: &str) -> bool {
    text.is_ascii() || compile(r"^[\p{Age=15.0}\pC]*$").is_ok_and(|regex| regex.is_match(text))
}

fn pattern(value: &Value) -> Result<Regex, String> {
    compile(&translate(text(value, "the pattern")?).map_err(Refusal::message)?)
}

/// What is searched: which characters a pattern means must not depend on how new they are.
fn subject(value: &Value) -> Result<&str, String> {
    let subject = text(value, "the text")?;
    if is_settled(subject) { Ok(subject) } else { Err("the text has characters that are too new".to_owned()) }
}

fn is_valid(arguments: &[Value]) -> Result<Value, String> {
    let [Value::String(pattern)] = arguments else { return Err("a text is needed".to_owned()) };
    match translate(pattern) {
        Ok(pattern) => compile(&pattern).map(|_| Value::Bool(true)),
        Err(Refusal::Invalid(_)) => Ok(Value::Bool(false)),
        Err(Refusal::Unsure(message)) => Err(message),
    }
}

fn is_match(arguments: &[Value]) -> Result<Value, String> {
    let [regex, value] = arguments else { return Err("two arguments are needed".to_owned()) };
    Ok(Value::Bool(pattern(regex)?.is_match(subject(value)?)))
}

/// How many are wanted: all, if it is less than none.
fn most(value: &Value) -> Result<usize, String> {
    match value {
        Value::Number(number) if number.is_integer() => match number.as_i64() {
            Some(number) if number < 0 => Ok(MAX_ITEMS),
            Some(number) => Ok(usize::try_from(number).unwrap_or(MAX_ITEMS).min(MAX_ITEMS)),
            None => Err(format!("{value} is no number of matches")),
        },
        other => Err(format!("{other} is no number of matches")),
    }
}

fn find_n(arguments: &[Value]) -> Result<Value, String> {
    let [regex, value, number] = arguments else { return Err("three arguments are needed".to_owned()) };
    let regex = pattern(regex)?;
    let found = regex.find_iter(subject(value)?).take(most(number)?);
    Ok(Value::from(found.map(|found| Value::from(found.as_str())).collect::<Vec<_>>()))
}

fn find_all(arguments: &[Value]) -> Result<Value, String> {
    let [regex, value, number] = arguments else { return Err("three arguments are needed".to_owned()) };
    let (regex, value) = (pattern(regex)?, subject(value)?);
    if value.len().saturating_mul(regex.captures_len()) > MAX_TEXT {
        return Err("there would be too many matches".to_owned());
    }
    let groups = |found: Captures<'_>| {
        let groups = found.iter().map(|group| Value::from(group.map_or("", |group| group.as_str())));
        Value::from(groups.collect::<Vec<_>>())
    };
    Ok(Value::from(regex.captures_iter(value).take(most(number)?).map(groups).collect::<Vec<_>>()))
}

fn replace(arguments: &[Value]) -> Result<Value, String> {
    let [value, regex, template] = arguments else { return Err("three arguments are needed".to_owned()) };
    let (value, regex, template) = (subject(value)?, pattern(regex)?, text(template, "the replacement")?);
    let (mut made, mut at) = (String::new(), 0);
    for found in regex.captures_iter(value) {
        let Some(all) = found.get(0) else { continue };
        made.push_str(value.get(at..all.start()).unwrap_or_default());
        expand(template, &found, &mut made);
        at = all.end();
        if made.len() > MAX_TEXT {
            return Err("the text would be too long".to_owned());
        }
    }
    made.push_str(value.get(at..).unwrap_or_default());
    Ok(Value::from(made))
}

/// `$1`, `${1}`, `$name` and `$$`; what is none of them stays, and a group that there is not is empty.
fn expand(template: &str, found: &Captures<'_>, made: &mut String) {
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('$') {
        made.push_str(before);
        if let Some(behind) = behind.strip_prefix('$') {
            made.push('$');
            rest = behind;
            continue;
        }
        let is_name = |char: char| char.is_alphanumeric() || char == '_';
        let (name, after) = match behind.strip_prefix('{') {
            Some(inner) => inner.split_once('}').unwrap_or_default(),
            None => {
                let end = behind.find(|char| !is_name(char)).unwrap_or(behind.len());
                behind.split_at_checked(end).unwrap_or_default()
            }
        };
        if name.is_empty() || !name.chars().all(is_name) {
            made.push('$');
            rest = behind;
            continue;
        }
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit()) && (name == "0" || !name.starts_with('0'));
        let group = match name.parse::<usize>() {
            Ok(number) if is_number => found.get(number),
            _ => found.name(name),
        };
        made.push_str(group.map_or("", |group| group.as_str()));
        rest = after;
    }
    made.push_str(rest);
}

/// Go's `Split`: an empty match at the beginning or at the end splits nothing off.
fn split(arguments: &[Value]) -> Result<Value, String> {
    let [regex, value] = arguments else { return Err("two arguments are needed".to_owned()) };
    let is_empty_pattern = *regex == Value::from("");
    let (regex, value) = (pattern(regex)?, subject(value)?);
    if value.is_empty() {
        let parts = if is_empty_pattern { Vec::new() } else { vec![Value::from("")] };
        return Ok(Value::from(parts));
    }
    let (mut parts, mut begin, mut end) = (Vec::new(), 0, 0);
    for found in regex.find_iter(value).take(MAX_ITEMS) {
        end = found.start();
        if found.end() != 0 {
            parts.push(Value::from(value.get(begin..end).unwrap_or_default()));
        }
        begin = found.end();
    }
    if end != value.len() {
        parts.push(Value::from(value.get(begin..).unwrap_or_default()));
    }
    Ok(Value::from(parts))
}

/// A text in which patterns stand between delimiters.
fn template_match(arguments: &[Value]) -> Result<Value, String> {
    let [template, value, open, close] = arguments else { return Err("four arguments are needed".to_owned()) };
    let (template, value) = (text(template, "the template")?, subject(value)?);
    let delimiter = |value| match text(value, "a delimiter")?.as_bytes() {
        [byte] => Ok(char::from(*byte)),
        _ => Err("a delimiter is one character".to_owned()),
    };
    let (open, close) = (delimiter(open)?, delimiter(close)?);
    if open == close {
        return Err("the delimiters have to differ".to_owned());
    }
    let (mut made, mut depth, mut inner) = ("^".to_owned(), 0_usize, String::new());
    for char in template.chars() {
        match (char, depth) {
            (char, 0) if char == open => depth = 1,
            (char, 0) if char == close => return Err("the delimiters do not match".to_owned()),
            (char, 0) => made.push_str(&regex::escape(&char.to_string())),
            (char, 1) if char == close => {
                depth = 0;
                made.push_str(&format!("({})", translate(&inner).map_err(Refusal::message)?));
                inner.clear();
            }
            _ => {
                depth = if char == open { depth + 1 } else { depth - usize::from(char == close) };
                inner.push(char);
            }
        }
    }
    if depth > 0 {
        return Err("the delimiters do not match".to_owned());
    }
    Ok(Value::Bool(compile(&(made + "$"))?.is_match(value)))
}
