//! Versions, read as OPA reads them: a leading `v` and leading zeros are no matter.

use std::cmp::Ordering;

use regorus::Value;

use super::text;

struct Version<'a> {
    numbers: [i64; 3],
    pre: &'a str,
}

fn parse(version: &str) -> Option<Version<'_>> {
    let rest = version.strip_prefix('v').unwrap_or(version);
    let (rest, metadata) = rest.split_once('+').unwrap_or((rest, ""));
    let (rest, pre) = rest.split_once('-').unwrap_or((rest, ""));
    let mut parts = rest.split('.');
    let mut number = || {
        let part = parts.next()?;
        if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
    };
    let numbers = [number()?, number()?, number()?];
    let is_named = |name: &str| {
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        name.is_empty() || name.split('.').all(is_part)
    };
    let is_whole = parts.next().is_none() && is_named(pre) && is_named(metadata);
    is_whole.then_some(Version { numbers, pre })
}

pub(super) fn is_valid(arguments: &[Value]) -> Result<Value, String> {
    let is_valid = matches!(arguments, [Value::String(version)] if parse(version).is_some());
    Ok(Value::Bool(is_valid))
}

pub(super) fn compare(arguments: &[Value]) -> Result<Value, String> {
    let [one, two] = arguments else { return Err("two arguments are needed".to_owned()) };
    let version = |value| {
        let version = text(value, "a version")?;
        parse(version).ok_or_else(|| format!("'{version}' is no version"))
    };
    let (one, two) = (version(one)?, version(two)?);
    let order = one.numbers.cmp(&two.numbers).then_with(|| pre(one.pre, two.pre));
    Ok(Value::from(match order {
        Ordering::Less => -1_i64,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }))
}

/// A version before a release comes before it; numbers come before names, and are compared as numbers.
fn pre(one: &str, two: &str) -> Ordering {
    if one.is_empty() || two.is_empty() {
        return one.is_empty().cmp(&two.is_empty());
    }
    let number = |part: &str| part.parse::<u64>().ok();
    let (mut one, mut two) = (one.split('.'), two.split('.'));
    loop {
        let order = match (one.next(), two.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(two)) => match (number(one), number(two)) {
                (Some(one), Some(two)) => one.cmp(&two),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => one.cmp(two),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}
