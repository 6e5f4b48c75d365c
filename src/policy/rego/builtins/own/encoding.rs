//! Texts in other writings: query strings, base64, bytes.

use std::collections::BTreeMap;

use regorus::Value;
use rust_decimal::Decimal;

use super::{Entry, text};
use crate::policy::rego::builtins::order::{members, sorted};

pub(super) const FUNCTIONS: &[Entry] = &[
    ("base64.is_valid", 1, is_base64),
    ("units.parse_bytes", 1, parse_bytes),
    ("urlquery.decode", 1, |arguments| Ok(Value::from(decode(only(arguments)?)?))),
    ("urlquery.decode_object", 1, decode_object),
    ("urlquery.encode", 1, |arguments| Ok(Value::from(encode(only(arguments)?)))),
    ("urlquery.encode_object", 1, encode_object),
];

fn only(arguments: &[Value]) -> Result<&str, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    text(value, "the argument")
}

/// Line ends are no matter to Go, and neither are the bits that are left over.
fn is_base64(arguments: &[Value]) -> Result<Value, String> {
    let text: Vec<u8> = only(arguments)?.bytes().filter(|byte| !b"\r\n".contains(byte)).collect();
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = text.get(..text.len() - padding).unwrap_or_default();
    let are_digits = digits.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte));
    Ok(Value::Bool(text.len().is_multiple_of(4) && padding <= 2 && are_digits))
}

fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn decode(text: &str) -> Result<String, String> {
    let (mut decoded, mut bytes) = (Vec::new(), text.bytes());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
                let (Some(high), Some(low)) = (digit(), digit()) else {
                    return Err(format!("'{text}' has a '%' without two digits behind it"));
                };
                u8::try_from(high * 16 + low).unwrap_or_default()
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).map_err(|_| format!("'{text}' is no text when it is decoded"))
}

fn encode_object(arguments: &[Value]) -> Result<Value, String> {
    let [object @ Value::Object(_)] = arguments else { return Err("an object is needed".to_owned()) };
    let mut parts = Vec::new();
    for (key, value) in members(object) {
        let key = encode(text(key, "a key")?);
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            Value::Set(_) => sorted(value),
            value => vec![value],
        };
        for value in values {
            parts.push(format!("{key}={}", encode(text(value, "a value")?)));
        }
    }
    Ok(Value::from(parts.join("&")))
}

fn decode_object(arguments: &[Value]) -> Result<Value, String> {
    let query = only(arguments)?;
    if query.contains(';') {
        return Err("';' does not separate the parts of a query".to_owned());
    }
    let mut object: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        object.entry(Value::from(decode(key)?)).or_default().push(Value::from(decode(value)?));
    }
    let object: BTreeMap<Value, Value> = object.into_iter().map(|(key, values)| (key, Value::from(values))).collect();
    Ok(Value::from(object))
}

/// `1.5GiB`: whole bytes, what is left of one is cut off.
fn parse_bytes(arguments: &[Value]) -> Result<Value, String> {
    let text = only(arguments)?;
    let at = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(at).unwrap_or((text, ""));
    let (base, power): (u32, u32) = match unit.to_ascii_lowercase().as_str() {
        "" => (1000, 0),
        "k" | "kb" => (1000, 1),
        "m" | "mb" => (1000, 2),
        "g" | "gb" => (1000, 3),
        "t" | "tb" => (1000, 4),
        "p" | "pb" => (1000, 5),
        "e" | "eb" => (1000, 6),
        "ki" | "kib" => (1024, 1),
        "mi" | "mib" => (1024, 2),
        "gi" | "gib" => (1024, 3),
        "ti" | "tib" => (1024, 4),
        "pi" | "pib" => (1024, 5),
        "ei" | "eib" => (1024, 6),
        _ => return Err(format!("'{text}' is no number of bytes")),
    };
    let bytes = number.parse::<Decimal>().ok().and_then(|number| {
        let unit = (0..power).try_fold(Decimal::ONE, |so_far, _| so_far.checked_mul(Decimal::from(base)))?;
        number.checked_mul(unit)
    });
    let bytes = bytes.ok_or_else(|| format!("'{text}' is no number of bytes"))?;
    // OPA multiplies as floats: what is a whole number in truth may be one less.
    let is_exact = number.parse::<f64>().is_ok_and(|number| (number * 1024.0).fract() == 0.0);
    if bytes.is_integer() && !is_exact {
        return Err(format!("how many bytes '{text}' is to OPA is not sure"));
    }
    Value::from_numeric_string(&bytes.trunc().normalize().to_string()).map_err(|error| error.to_string())
}
