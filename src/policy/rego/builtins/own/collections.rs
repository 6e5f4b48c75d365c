//! Sums, orders and parts of collections.

use regorus::Value;
use regorus::unstable::ArithOp;

use super::Entry;
use crate::policy::rego::builtins::arithmetic;
use crate::policy::rego::builtins::order::sorted;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("array.flatten", 1, flatten),
    ("max", 1, |arguments| Ok(all(arguments)?.pop().cloned().unwrap_or(Value::Undefined))),
    ("min", 1, |arguments| Ok(all(arguments)?.first().copied().cloned().unwrap_or(Value::Undefined))),
    ("sort", 1, |arguments| Ok(Value::from(all(arguments)?.into_iter().cloned().collect::<Vec<_>>()))),
    ("sum", 1, sum),
    ("product", 1, product),
    ("object.subset", 2, subset),
];

fn all(arguments: &[Value]) -> Result<Vec<&Value>, String> {
    match arguments {
        [collection @ (Value::Array(_) | Value::Set(_))] => Ok(sorted(collection)),
        [other, ..] => Err(format!("an array or a set is needed, and this is {other}")),
        [] => Err("one argument is needed".to_owned()),
    }
}

/// The numbers in the order in which they are added.
fn sum(arguments: &[Value]) -> Result<Value, String> {
    match arguments {
        [Value::Array(items)] => super::sum::sum(&items.iter().collect::<Vec<_>>()),
        other => super::sum::sum(&all(other)?),
    }
}

/// OPA rounds products here otherwise than in `*`: only what needs no rounding is sure.
fn product(arguments: &[Value]) -> Result<Value, String> {
    let numbers = all(arguments)?;
    let is_fraction = |value: &&Value| matches!(value, Value::Number(number) if !number.is_integer());
    let is_binary = |value: &&Value| match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| (number * 1024.0).fract() == 0.0),
        _ => true,
    };
    if numbers.iter().any(is_fraction) && !numbers.iter().all(is_binary) {
        return Err("how OPA would round the product is not sure".to_owned());
    }
    let is_exact = !numbers.iter().any(is_fraction);
    numbers.iter().try_fold(Value::from(1), |so_far, one| {
        let next = arithmetic(&ArithOp::Mul, &so_far, one)?;
        // More digits than these are rounded in a float, and OPA rounds otherwise.
        let digits = next.to_string().bytes().filter(u8::is_ascii_digit).count();
        if is_exact || digits <= 15 { Ok(next) } else { Err(format!("how OPA would round {next} is not sure")) }
    })
}

/// The items of the arrays in an array, and what else there is.
fn flatten(arguments: &[Value]) -> Result<Value, String> {
    let [Value::Array(items)] = arguments else { return Err("an array is needed".to_owned()) };
    let mut flat = Vec::new();
    for item in items.iter() {
        match item {
            Value::Array(items) => flat.extend(items.iter().cloned()),
            item => flat.push(item.clone()),
        }
    }
    Ok(Value::from(flat))
}

/// Whether one object, set or array is part of another.
fn subset(arguments: &[Value]) -> Result<Value, String> {
    let is_part = match arguments {
        [Value::Array(all), Value::Set(part)] if all.is_empty() && part.is_empty() => false,
        [Value::Array(all), Value::Set(part)] => part.iter().all(|one| all.iter().any(|other| other == one)),
        [all, part] => within(all, part)
            .ok_or_else(|| format!("both have to be of the same type, or an array and a set: {all} and {part}"))?,
        _ => return Err("two arguments are needed".to_owned()),
    };
    Ok(Value::Bool(is_part))
}

/// Whether a part of something known is in it, or is the same where neither has parts.
pub(in crate::policy::rego::builtins) fn is_within(all: &Value, part: &Value) -> bool {
    within(all, part).unwrap_or_else(|| all == part)
}

fn within(all: &Value, part: &Value) -> Option<bool> {
    match (all, part) {
        (Value::Object(all), Value::Object(part)) => {
            Some(part.iter().all(|(key, wanted)| all.get(key).is_some_and(|there| is_within(there, wanted))))
        }
        (Value::Set(all), Value::Set(part)) => Some(part.is_subset(all)),
        (Value::Array(all), Value::Array(part)) => {
            let (all, part): (Vec<_>, Vec<_>) = (all.iter().collect(), part.iter().collect());
            Some(part.is_empty() || all.windows(part.len()).any(|window| window == part))
        }
        _ => None,
    }
}
