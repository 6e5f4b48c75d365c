//! Calls that are not made: those that would take too much room, and those that regorus would answer unlike OPA.

use regorus::Value;

use super::{MAX_ITEMS, MAX_TEXT};

/// Refuses what would take more room than a policy has a use for.
pub(super) fn too_much(name: &str, arguments: &[Value]) -> Result<(), String> {
    let text = |at: usize| match arguments.get(at) {
        Some(Value::String(text)) => text.len(),
        _ => 0,
    };
    // Whole numbers beyond what a float holds have no `as_f64`.
    let number = |at: usize| match arguments.get(at) {
        Some(number @ Value::Number(_)) => number.to_string().parse().unwrap_or(f64::INFINITY),
        _ => 0.0,
    };
    let most = f64::from(u32::try_from(MAX_ITEMS).unwrap_or(u32::MAX));
    let too_much = match name {
        "numbers.range" | "numbers.range_step" => (number(0) - number(1)).abs() > most,
        "bits.lsh" => number(1) > 4096.0,
        "replace" => text(1).max(1).saturating_mul(text(2)).saturating_mul(text(0) / text(1).max(1)) > MAX_TEXT,
        // The same text may be there many times.
        "concat" | "urlquery.encode_object" => arguments.iter().map(|one| room(one, text(0))).sum::<usize>() > MAX_TEXT,
        "array.concat" => arguments.iter().map(items).sum::<usize>() > MAX_ITEMS,
        "array.flatten" => match arguments {
            [Value::Array(all)] => all.iter().map(items).sum::<usize>() > MAX_ITEMS,
            _ => false,
        },
        _ => false,
    };
    let is_long = (0..arguments.len()).any(|at| text(at) > MAX_TEXT);
    if too_much || is_long { Err(format!("'{name}' would take too much room")) } else { Ok(()) }
}

fn items(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().count(),
        _ => 1,
    }
}

/// How much text there is in a collection and in those in it, and as much more for each item.
fn room(value: &Value, more: usize) -> usize {
    match value {
        Value::String(text) => text.len().saturating_add(more),
        Value::Array(items) => items.iter().map(|item| room(item, more)).fold(more, usize::saturating_add),
        Value::Set(members) => members.iter().map(|member| room(member, more)).fold(more, usize::saturating_add),
        Value::Object(members) => {
            let member = |(key, value): (&Value, &Value)| room(key, more).saturating_add(room(value, more));
            members.iter().map(member).fold(more, usize::saturating_add)
        }
        _ => more,
    }
}

/// Whether OPA, too, answers with nothing, and does not say that something is wrong.
pub(super) fn may_be_undefined(name: &str) -> bool {
    matches!(name, "max" | "min" | "uuid.parse")
}

/// Refuses an answer of regorus that is not the one of OPA.
pub(super) fn wrong(name: &str, answer: &Value) -> Result<(), String> {
    match (name, answer) {
        ("base64.decode" | "base64url.decode" | "hex.decode", Value::String(text)) if text.contains('\u{fffd}') => {
            Err("what is decoded is no text".to_owned())
        }
        _ => Ok(()),
    }
}

/// Refuses what regorus is known to answer otherwise than OPA.
pub(super) fn unlike(name: &str, arguments: &[Value]) -> Result<(), String> {
    let text = |at: usize| match arguments.get(at) {
        Some(Value::String(text)) => text.as_ref(),
        _ => "",
    };
    let is_whole = |at: usize| match arguments.get(at) {
        Some(Value::Number(number)) => number.is_integer() && number.as_i64().is_some_and(|n| n < i64::from(u32::MAX)),
        _ => true,
    };
    let why = match name {
        // For OPA, `floor(-0.5)` is 0 and `ceil(-0.5)` is 1.
        "ceil" | "floor" | "format_int" if is_small_fraction(arguments.first()) => "a fraction between -1 and 0 is odd",
        // OPA makes floats of them.
        "abs" | "ceil" | "floor" | "round" if is_beyond_float(arguments.first()) => "the number is too large",
        "indexof" | "indexof_n" if text(1).is_empty() => "what is looked for is empty",
        "replace" if text(1).is_empty() && !text(0).is_ascii() => "the empty text would be replaced within a character",
        "substring" if !is_whole(1) || !is_whole(2) => "the offset and the length have to be whole numbers",
        "graph.reachable" if !is_graph(arguments.first(), true) => "the nodes of a graph lead to arrays or sets",
        "graph.reachable_paths" if !is_graph(arguments.first(), false) => {
            "the nodes of a graph lead to arrays or sets, and none to itself"
        }
        "json.unmarshal" | "units.parse" if has_large_exponent(text(0)) => "the number is too large",
        "units.parse" if !is_unit(text(0)) => "the unit is not known",
        "uuid.parse" if !is_plain_uuid(text(0)) => "only versions 1 to 5 are sure",
        _ => return Ok(()),
    };
    Err(why.to_owned())
}

fn is_beyond_float(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Number(number)) if number.as_f64().is_none())
}

fn is_small_fraction(value: Option<&Value>) -> bool {
    let number = match value {
        Some(Value::Number(number)) => number.as_f64(),
        _ => None,
    };
    number.is_some_and(|number| number < 0.0 && number > -1.0)
}

fn is_graph(value: Option<&Value>, may_loop: bool) -> bool {
    let Some(Value::Object(nodes)) = value else { return true };
    nodes.iter().all(|(node, next)| match next {
        Value::Array(next) => may_loop || next.iter().all(|next| next != node),
        Value::Set(next) => may_loop || !next.contains(node),
        _ => false,
    })
}

/// Whether a number has an exponent of four digits: it would be written out. A text between other numbers may have one,
/// too, and is refused with them.
pub(super) fn has_large_exponent(text: &str) -> bool {
    text.split(['e', 'E']).skip(1).any(|exponent| {
        let digits = exponent.trim_start_matches(['+', '-']).trim_start_matches('0');
        digits.bytes().take_while(u8::is_ascii_digit).count() > 3
    })
}

fn is_unit(text: &str) -> bool {
    let unit = text.trim_start_matches(|char: char| char.is_ascii_digit() || "+-.".contains(char));
    let rest = unit.strip_prefix(['e', 'E']).unwrap_or(unit).trim_start_matches(|char: char| "+-".contains(char));
    let is_known = matches!(
        unit.to_ascii_lowercase().as_str(),
        "" | "k" | "ki" | "mi" | "g" | "gi" | "t" | "ti" | "p" | "pi" | "e" | "ei"
    );
    is_known || matches!(unit, "m" | "M") || (!rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whatever is no UUID at all is no answer in both.
fn is_plain_uuid(text: &str) -> bool {
    let is_braced = text.starts_with('{') && text.ends_with('}');
    if text.len() == 38 && !is_braced {
        return false;
    }
    let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
    // Of `urn:uuid:` the letters that are digits, too, come before the 32.
    let digits = digits.get(digits.len().saturating_sub(32)..).unwrap_or_default();
    let at = |at: usize| digits.get(at).and_then(|digit| digit.to_digit(16));
    match (at(12), at(16)) {
        (Some(version), Some(variant)) if digits.len() == 32 => {
            (1..=5).contains(&version) && (8..12).contains(&variant)
        }
        _ => true,
    }
}
