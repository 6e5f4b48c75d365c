//! Types of values, as far as comparisons need them.

use serde_json::Value as Json;

/// A set of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const NUMBER: Self = Self(4);
    pub(crate) const TEXT: Self = Self(8);
    pub(crate) const LIST: Self = Self(16);
    pub(crate) const SET: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ANY: Self = Self(127);

    /// Of a place in a JSON schema. What the schema does not tell can be anything.
    pub(super) fn in_schema(json: &Json, nullable: bool) -> Self {
        let named = |name: &Json| match name.as_str() {
            Some("null") => Self::NULL,
            Some("boolean") => Self::BOOLEAN,
            Some("integer" | "number") => Self::NUMBER,
            Some("string") => Self::TEXT,
            Some("array") => Self::LIST,
            Some("object") => Self::OBJECT,
            _ => Self::ANY,
        };
        let types = match (json.get("type"), json.get("oneOf").and_then(Json::as_array)) {
            (Some(Json::Array(names)), _) => names.iter().map(named).reduce(Self::or),
            (Some(name), _) => Some(named(name)),
            (None, Some(choices)) => choices.iter().map(|choice| Self::in_schema(choice, false)).reduce(Self::or),
            (None, None) => None,
        };
        let types = types.unwrap_or(Self::ANY);
        if nullable { types.or(Self::NULL) } else { types }
    }

    /// Of a value.
    pub(crate) fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::NULL,
            Json::Bool(_) => Self::BOOLEAN,
            Json::Number(_) => Self::NUMBER,
            Json::String(_) => Self::TEXT,
            Json::Array(_) => Self::LIST,
            Json::Object(_) => Self::OBJECT,
        }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a value can be of both.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::fmt::Display for Types {
    /// `text`, or `list or null`: null only where it is all there is, because most facts can be absent.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = [
            (Self::BOOLEAN, "a boolean"),
            (Self::NUMBER, "a number"),
            (Self::TEXT, "a text"),
            (Self::LIST, "a list"),
            (Self::SET, "a set"),
            (Self::OBJECT, "an object"),
        ];
        let names: Vec<_> = all.iter().filter(|(one, _)| self.meets(*one)).map(|(_, name)| *name).collect();
        f.write_str(&if names.is_empty() { "null".to_owned() } else { names.join(" or ") })
    }
}
