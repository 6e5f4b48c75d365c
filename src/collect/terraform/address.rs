//! Terraform addresses and references: `module.db["a"].type.name[0].attribute`.

use serde_json::Value;

/// A name between two dots, and the index that follows it in brackets, as it is written: `0`, `"a"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub name: &'a str,
    pub key: Option<&'a str>,
}

/// The names of an address. Dots and brackets in quoted keys separate nothing.
pub(super) fn segments(address: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let end = end_of_segment(rest);
        let (segment, tail) = rest.split_at(end);
        found.push(match segment.split_once('[') {
            Some((name, key)) => Segment { name, key: Some(key.strip_suffix(']').unwrap_or(key)) },
            None => Segment { name: segment, key: None },
        });
        rest = tail.strip_prefix('.').unwrap_or_default();
    }
    found
}

fn end_of_segment(text: &str) -> usize {
    let (mut quoted, mut escaped, mut depth) = (false, false, 0usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' if !quoted => depth += 1,
            b']' if !quoted => depth = depth.saturating_sub(1),
            b'.' if !quoted && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// An instance key as it is written in an address.
pub(super) fn key(index: &Value) -> Option<String> {
    match index {
        Value::Number(_) | Value::String(_) => Some(index.to_string()),
        _ => None,
    }
}

/// The calls of a module address: `module.a["x"].module.b` is `a` with its key, then `b`.
pub(super) fn calls(module: &str) -> Vec<Segment<'_>> {
    segments(module).into_iter().filter(|segment| segment.name != "module").collect()
}

/// The module that a module instance is called from, that call's name, and its key.
pub(super) fn parent(module: &str) -> Option<(&str, Segment<'_>)> {
    let call = calls(module).pop()?;
    let length = "module.".len() + call.name.len() + call.key.map_or(0, |key| key.len() + 2);
    let parent = module.get(..module.len().checked_sub(length)?)?;
    Some((parent.strip_suffix('.').unwrap_or(parent), call))
}

/// The module address without its keys, by which the configuration knows it: `a.b`.
pub(super) fn path(module: &str) -> String {
    calls(module).iter().map(|call| call.name).collect::<Vec<_>>().join(".")
}

/// The address of a module that is called from `module`.
pub(super) fn child(module: &str, call: &str, key: Option<&str>) -> String {
    let dot = if module.is_empty() { "" } else { "." };
    match key {
        Some(key) => format!("{module}{dot}module.{call}[{key}]"),
        None => format!("{module}{dot}module.{call}"),
    }
}

/// Whether `shorter` is `longer` without some of its last names or keys.
pub(super) fn is_prefix(shorter: &str, longer: &str) -> bool {
    longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_hold_dots_brackets_and_quotes() {
        let names: Vec<_> =
            segments(r#"module.a["x.y"].aws_kms_key.k["]\".z"].arn"#).iter().map(|s| (s.name, s.key)).collect();
        assert_eq!(
            names,
            [
                ("module", None),
                ("a", Some(r#""x.y""#)),
                ("aws_kms_key", None),
                ("k", Some(r#""]\".z""#)),
                ("arn", None)
            ]
        );
    }

    #[test]
    fn a_module_knows_its_parent() {
        let module = r#"module.a["x.y"].module.b[0]"#;
        assert_eq!(parent(module), Some((r#"module.a["x.y"]"#, Segment { name: "b", key: Some("0") })));
        assert_eq!(parent("module.b"), Some(("", Segment { name: "b", key: None })));
        assert_eq!(parent(""), None);
        assert_eq!(path(module), "a.b");
        assert_eq!(child("module.a", "b", Some("0")), "module.a.module.b[0]");
    }

    #[test]
    fn a_broken_address_is_survived() {
        for address in ["module", "a[", "[", "..", "\"", "a[\"", "module.module.module", "]"] {
            assert_eq!(parent(address).map(|(module, _)| module.len() <= address.len()), parent(address).map(|_| true));
        }
    }
}
