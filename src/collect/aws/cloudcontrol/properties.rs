//! The properties of a resource, as CloudFormation calls them.

use serde_json::{Map, Value};

use super::super::read::sorted;
use super::super::values;
use crate::model::{Fact, TagFact};

/// The properties of a resource, or of a part of it.
#[derive(Clone, Copy)]
pub(in super::super) struct Properties<'p>(&'p Map<String, Value>);

impl<'p> Properties<'p> {
    pub(in super::super) fn of(values: &'p Map<String, Value>) -> Self {
        Self(values)
    }

    /// A text. An empty one is none.
    pub(in super::super) fn text(self, name: &str) -> Option<&'p str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// A text in lower case; unknown where there is none.
    pub(in super::super) fn lower(self, name: &str) -> Fact<String> {
        Fact::from_known(self.text(name).map(str::to_lowercase))
    }

    /// A switch; unknown where there is none.
    pub(in super::super) fn flag(self, name: &str) -> Fact<bool> {
        Fact::from_known(self.0.get(name).and_then(Value::as_bool))
    }

    /// A number that is not negative. Some schemas have texts of numbers.
    pub(in super::super) fn number(self, name: &str) -> Option<u32> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_u64()?.try_into().ok(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Texts of a list, sorted, each once.
    pub(in super::super) fn texts(self, name: &str) -> Vec<String> {
        sorted(self.items(name).filter_map(Value::as_str))
    }

    /// A part with properties of its own.
    pub(in super::super) fn part(self, name: &str) -> Option<Self> {
        self.0.get(name)?.as_object().map(Self)
    }

    /// Parts of a list.
    pub(in super::super) fn parts(self, name: &str) -> impl Iterator<Item = Self> {
        self.items(name).filter_map(Value::as_object).map(Self)
    }

    pub(in super::super) fn tags(self) -> TagFact {
        let pairs = self.parts("Tags").map(|tag| (tag.text("Key"), tag.text("Value"))).collect::<Vec<_>>();
        values::tags(pairs)
    }

    fn items(self, name: &str) -> impl Iterator<Item = &'p Value> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten()
    }
}
