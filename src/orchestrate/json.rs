//! JSON with the line on which each value stands. Of two members with one key both are there.

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

/// Values in values that are looked at. Those of the framework nest less.
const MAX_DEPTH: usize = 32;

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// JSON pointer.
    pub pointer: String,
    /// From 1.
    pub line: u32,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    /// A number or a switch, as it is written.
    Bare(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a text is no JSON: the line, and the reason.
pub(super) type Trouble = (u32, String);

impl Node {
    pub(super) fn parse(text: &str) -> Result<Self, Trouble> {
        let root: &RawValue = serde_json::from_str(text).map_err(|error| {
            let said = error.to_string();
            let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
            (u32::try_from(error.line()).unwrap_or(u32::MAX), why.to_owned())
        })?;
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        Reader { text, ends }.node(root, String::new(), MAX_DEPTH)
    }

    /// The member of that key. The last one counts, as it does for Step Functions.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(members) => members.iter().rev().find(|(own, _)| own == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The same whatever the case of the key.
    pub(super) fn get_loosely(&self, keys: &[&str]) -> Option<&Self> {
        match &self.value {
            Value::Map(members) => keys.iter().find_map(|key| {
                let found = members.iter().rev().find(|(own, _)| own.eq_ignore_ascii_case(key));
                found.map(|(_, node)| node)
            }),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not below 0.
    pub(super) fn number(&self) -> Option<u64> {
        match &self.value {
            Value::Bare(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn map(&self) -> Option<&[(String, Self)]> {
        match &self.value {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }

    /// What it is, in words.
    pub(super) fn what(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bare(text) if text == "true" || text == "false" => "a switch",
            Value::Bare(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Where lines end.
    ends: Vec<usize>,
}

impl Reader<'_> {
    fn node(&self, raw: &RawValue, pointer: String, depth: usize) -> Result<Node, Trouble> {
        let text = raw.get();
        let at = (text.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let line = u32::try_from(self.ends.partition_point(|end| *end < at) + 1).unwrap_or(u32::MAX);
        let trouble = |error: serde_json::Error| (line, error.to_string());
        let deeper = || depth.checked_sub(1).ok_or((line, "values nest too deep".to_owned()));
        let value = match text.as_bytes().first() {
            Some(b'n') => Value::Null,
            Some(b'"') => Value::Text(serde_json::from_str(text).map_err(trouble)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(trouble)?;
                let depth = deeper()?;
                let items = items.into_iter().enumerate();
                Value::List(
                    items
                        .map(|(at, item)| self.node(item, format!("{pointer}/{at}"), depth))
                        .collect::<Result<_, _>>()?,
                )
            }
            Some(b'{') => {
                let members = serde_json::Deserializer::from_str(text).deserialize_map(Members).map_err(trouble)?;
                let depth = deeper()?;
                let of = |(key, value): (String, &RawValue)| {
                    let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    Ok((key, self.node(value, pointer, depth)?))
                };
                Value::Map(members.into_iter().map(of).collect::<Result<_, _>>()?)
            }
            _ => Value::Bare(text.to_owned()),
        };
        Ok(Node { pointer, line, value })
    }
}

/// All members of an object, in their order.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_knows_its_line_and_both_of_two_members_are_there() {
        let node = |pointer: &str, line, value| Node { pointer: pointer.to_owned(), line, value };
        let found = Node::parse("{\n \"a\": [1,\n  {\"b/~\": \"x\"}],\n \"a\": null}").unwrap();
        let inner = node("/a/1/b~1~0", 3, Value::Text("x".to_owned()));
        let list = Value::List(vec![
            node("/a/0", 2, Value::Bare("1".to_owned())),
            node("/a/1", 3, Value::Map(vec![("b/~".to_owned(), inner)])),
        ]);
        let expected =
            Value::Map(vec![("a".to_owned(), node("/a", 2, list)), ("a".to_owned(), node("/a", 4, Value::Null))]);
        assert_eq!(found, node("", 1, expected));
        assert_eq!(found.get("a"), Some(&node("/a", 4, Value::Null)));
    }

    #[test]
    fn what_is_no_json_or_nests_without_end_is_told_with_its_line() {
        assert_eq!(Node::parse("{\n\"a\" 1}"), Err((2, "expected `:`".to_owned())));
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(Node::parse(&deep), Err((1, "values nest too deep".to_owned())));
    }
}
