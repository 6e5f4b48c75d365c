//! What the builtins have in common.

use regorus::Value;

/// The answer, or why there is none.
pub(in crate::policy::rego::builtins) type Function = fn(&[Value]) -> Result<Value, String>;

/// Name, number of arguments, function.
pub(super) type Entry = (&'static str, usize, Function);

pub(super) fn text<'a>(value: &'a Value, what: &str) -> Result<&'a str, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("{what} has to be a text, and is {other}")),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        hex.push_str(&format!("{byte:02x}"));
        hex
    })
}

/// A whole number as OPA writes it. Of others, OPA keeps the text that they were read from (`1.50`), and computes with
/// more bits than a float has, all of which it writes: 33.33 * 3 is 99.990000000000000005.
pub(super) fn number(value: &Value) -> Result<String, String> {
    let Value::Number(number) = value else { return Err(format!("{value} is no number")) };
    let text = number.format_decimal();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit()) && text != "-0";
    // 1e21 is longer than anybody writes it.
    let is_short = digits.len() <= 20 || !digits.ends_with("000000000000000");
    if is_whole && is_short { Ok(text) } else { Err(format!("how OPA would write {text} is not sure")) }
}
