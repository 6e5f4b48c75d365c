//! The order that OPA has between values: regorus puts sets before objects.

use std::cmp::Ordering;

use regorus::Value;

/// Which of two values comes first: null, booleans, numbers, texts, arrays, objects, sets.
pub(in crate::policy::rego) fn order(one: &Value, two: &Value) -> Ordering {
    match (one, two) {
        (Value::Array(one), Value::Array(two)) => lexical(one.iter(), two.iter(), order),
        (Value::Set(_), Value::Set(_)) => lexical(sorted(one).into_iter(), sorted(two).into_iter(), order),
        (Value::Object(_), Value::Object(_)) => {
            lexical(members(one).into_iter(), members(two).into_iter(), |(key, value), (other, beside)| {
                order(key, other).then_with(|| order(value, beside))
            })
        }
        _ if rank(one) == rank(two) => one.cmp(two),
        _ => rank(one).cmp(&rank(two)),
    }
}

fn lexical<T>(
    mut one: impl Iterator<Item = T>,
    mut two: impl Iterator<Item = T>,
    order: impl Fn(T, T) -> Ordering,
) -> Ordering {
    loop {
        match (one.next(), two.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(one), Some(two)) => match order(one, two) {
                Ordering::Equal => {}
                other => return other,
            },
        }
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Undefined => 0,
        Value::Null => 1,
        Value::Bool(_) => 2,
        Value::Number(_) => 3,
        Value::String(_) => 4,
        Value::Array(_) => 5,
        Value::Object(_) => 6,
        Value::Set(_) => 7,
    }
}

/// The members of a set or the items of an array, in order..
pub(in crate::policy::rego) fn sorted(collection: &Value) -> Vec<&Value> {
    let mut all: Vec<&Value> = match collection {
        Value::Array(items) => items.iter().collect(),
        Value::Set(members) => members.iter().collect(),
        _ => Vec::new(),
    };
    all.sort_by(|one, two| order(one, two));
    all
}

/// The members of an object, in the order of their keys.
pub(super) fn members(object: &Value) -> Vec<(&Value, &Value)> {
    let Value::Object(object) = object else { return Vec::new() };
    let mut all: Vec<_> = object.iter().collect();
    all.sort_by(|(one, _), (two, _)| order(one, two));
    all
}
