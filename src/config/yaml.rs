//! Reading YAML files that people write: what is wrong is said with its line, and with what was expected.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DefaultMessageFormatter, Error, MessageFormatter as _, Spanned};

use crate::text::did_you_mean;

/// What is wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// From 1. `None` where the parser does not say.
    pub line: Option<u64>,
    pub message: String,
}

/// Reads a document. One that holds nothing but comments has every default.
pub(crate) fn read<T: DeserializeOwned + Default>(text: &str) -> Result<T, YamlError> {
    if text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---") {
        return Ok(T::default());
    }
    serde_saphyr::from_str(text).map_err(|error| trouble(&error))
}

fn trouble(error: &Error) -> YamlError {
    let line = error.location().map(|at| at.line()).filter(|line| *line > 0);
    YamlError { line, message: message(error.without_snippet()) }
}

/// The error in our words. The parser's own speak to the developer of a program.
fn message(error: &Error) -> String {
    match error {
        Error::AliasError { error, .. } => message(error),
        Error::SerdeUnknownField { field, expected, .. } => {
            format!("unknown key '{field}'{}", suggestion(field, expected, "known here: "))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            format!("'{variant}' is not allowed here{}", suggestion(variant, expected, "expected "))
        }
        Error::SerdeMissingField { field, .. } => format!("the key '{field}' is missing"),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key '{key}' stands here twice"),
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            format!("expected {expected}, found {}", unexpected.replace('`', "'"))
        }
        Error::InvalidScalar { ty: "boolean", .. } => "expected true or false".to_owned(),
        Error::InvalidScalar { ty: "u16", .. } => "expected a number from 0 to 65535".to_owned(),
        Error::InvalidScalar { ty, .. } => format!("expected {ty}"),
        Error::Unexpected { expected: "sequence start", .. } => "expected a list".to_owned(),
        Error::Unexpected { expected: "mapping start", .. } => "expected keys with values".to_owned(),
        other => match DefaultMessageFormatter.format_message(other) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        },
    }
}

fn suggestion(typed: &str, expected: &[&'static str], introduction: &str) -> String {
    let hint = did_you_mean(typed, expected.iter().copied());
    if hint.is_empty() && !expected.is_empty() {
        return format!(" ({introduction}{})", expected.join(", "));
    }
    hint
}

/// Where everything stands in a document, for errors that are found only after it was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineMap(Node);

#[derive(Clone, Debug, Default)]
enum Node {
    #[default]
    Leaf,
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl LineMap {
    /// A document that was read without an error has its lines; for any other there are none.
    pub(crate) fn of(text: &str) -> Self {
        Self(serde_saphyr::from_str(text).unwrap_or_default())
    }

    /// The line of the key, or of the item, that a path of keys and positions leads to; if it leads nowhere, that of
    /// its nearest parent.
    pub(crate) fn find(&self, path: &[&str]) -> Option<u64> {
        self.steps(path).last()
    }

    /// Whether a path of keys and positions leads to something.
    pub(crate) fn has(&self, path: &[&str]) -> bool {
        self.steps(path).count() == path.len()
    }

    /// The lines along a path, as far as it leads.
    fn steps(&self, path: &[&str]) -> impl Iterator<Item = u64> {
        let mut node = &self.0;
        path.iter().map_while(move |part| {
            let next = match node {
                Node::Leaf => None,
                Node::List(items) => {
                    part.parse().ok().and_then(|at: usize| items.get(at)).map(|item| (item.referenced, &item.value))
                }
                Node::Map(entries) => {
                    let entry = entries.iter().find(|(key, _)| key.value == *part);
                    entry.map(|(key, value)| (key.referenced, &value.value))
                }
            };
            let (at, value) = next?;
            node = value;
            Some(at.line())
        })
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Positions;

        impl<'de> Visitor<'de> for Positions {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_str<E>(self, _: &str) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    map.push(entry);
                }
                Ok(Node::Map(map))
            }
        }

        deserializer.deserialize_any(Positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# comment\nregions:\n  - us-east-1\n  - us-west-2\nrecovery:\n  - from: us-east-1\n    to: us-west-2\ndefaults: {rpo: 4h}\n";

    #[test]
    fn lines_are_found_by_path_or_by_the_nearest_parent() {
        let lines = LineMap::of(TEXT);
        let found = |path: &[&str]| lines.find(path);
        assert_eq!(
            [
                found(&["regions"]),
                found(&["regions", "1"]),
                found(&["recovery", "0", "to"]),
                found(&["recovery", "0", "keys"]),
                found(&["defaults", "rpo"]),
                found(&["gate"]),
            ],
            [Some(2), Some(4), Some(7), Some(6), Some(8), None]
        );
    }
}
