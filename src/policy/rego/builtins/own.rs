//! Builtins of OPA that regorus lacks, or answers otherwise.

mod collections;
mod crypto;
mod encoding;
mod format;
mod glob;
mod json;
mod layout;
mod net;
mod parse;
mod re2;
mod regex;
mod semver;
mod sum;
mod text;
mod time;

pub(super) use collections::is_within;
use regorus::Value;
use regorus::unstable::BUILTINS;

/// The answer, or why there is none.
pub(super) type Function = fn(&[Value]) -> Result<Value, String>;
/// Name, number of arguments, function.
type Entry = (&'static str, usize, Function);

const OWN: &[&[Entry]] = &[
    collections::FUNCTIONS,
    crypto::FUNCTIONS,
    encoding::FUNCTIONS,
    format::FUNCTIONS,
    glob::FUNCTIONS,
    json::FUNCTIONS,
    net::FUNCTIONS,
    regex::FUNCTIONS,
    text::FUNCTIONS,
    time::FUNCTIONS,
    &[("print", 1, |_| Ok(Value::Bool(true)))],
];

pub(super) fn find(name: &str) -> Option<Entry> {
    OWN.iter().copied().flatten().find(|(own, ..)| *own == name).copied()
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OWN.iter().copied().flatten().map(|(name, ..)| *name).filter(|name| !BUILTINS.contains_key(name))
}

fn text<'a>(value: &'a Value, what: &str) -> Result<&'a str, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("{what} has to be a text, and is {other}")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        hex.push_str(&format!("{byte:02x}"));
        hex
    })
}

/// A whole number as OPA writes it. Of others, OPA keeps the text that they were read from (`1.50`), and computes with
/// more bits than a float has, all of which it writes: 33.33 * 3 is 99.990000000000000005.
fn number(value: &Value) -> Result<String, String> {
    let Value::Number(number) = value else { return Err(format!("{value} is no number")) };
    let text = number.format_decimal();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit()) && text != "-0";
    // 1e21 is longer than anybody writes it.
    let is_short = digits.len() <= 20 || !digits.ends_with("000000000000000");
    if is_whole && is_short { Ok(text) } else { Err(format!("how OPA would write {text} is not sure")) }
}

/// A text between quotes, as Go quotes.
fn quoted(text: &str) -> Result<String, String> {
    let mut quoted = "\"".to_owned();
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            ' '..='~' => quoted.push(char),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\0'..='\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(char))),
            _ if !is_settled(char.encode_utf8(&mut [0; 4])) => {
                return Err("the text has characters that are too new to be sure of".to_owned());
            }
            _ if regex::compile(r"^[\pL\pM\pN\pP\pS]$")?.is_match(char.encode_utf8(&mut [0; 4])) => quoted.push(char),
            '\u{80}'..='\u{ffff}' => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(char))),
        }
    }
    quoted.push('"');
    Ok(quoted)
}

/// Whether all characters are older than what Go and we may differ in: Unicode 15.
fn is_settled(text: &str) -> bool {
    text.is_ascii() || regex::compile(r"^[\p{Age=15.0}\pC]*$").is_ok_and(|regex| regex.is_match(text))
}
