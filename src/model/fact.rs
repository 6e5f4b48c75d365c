//! `Fact<T>`: a value that is known, known to be absent, or not known.
//!
//! The three must never be confused: a pass needs evidence. A fact is written as its bare value when known, as `null`
//! when it is known that there is none, and not at all when it is unknown. So whatever a collector forgot, was denied
//! or could not know yet is unknown by construction: `Default` is `Unknown`, never `Absent`. The reason for an unknown
//! fact stands beside it, in [`Resource::unknown`](super::Resource::unknown), under the fact's path.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One thing that recovery asks of a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact<T> {
    /// It was read, and this is it.
    Known(T),
    /// It was read, and there is none.
    Absent,
    /// It was not read: denied, not collected, or known only after apply.
    #[default]
    Unknown,
}

impl<T> Fact<T> {
    /// `None` means that the provider answered and left the field out: there is none.
    pub fn from_read(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Known)
    }

    /// `None` means that nobody looked, or that the answer does not say.
    pub fn from_known(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }

    /// The value, if known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown => None,
        }
    }

    /// The value, if known.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown => None,
        }
    }

    /// It was read, and there is a value.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// It was read, and there is none.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// It was not read.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The same, but that there is none is not known either.
    #[must_use]
    pub fn or_unknown(self) -> Self {
        match self {
            Self::Known(value) => Self::Known(value),
            Self::Absent | Self::Unknown => Self::Unknown,
        }
    }

    /// Maps the value, if known.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Known(value) => Fact::Known(f(value)),
            Self::Absent => Fact::Absent,
            Self::Unknown => Fact::Unknown,
        }
    }

    /// The same, with the value borrowed.
    pub fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Known(value) => Fact::Known(value),
            Self::Absent => Fact::Absent,
            Self::Unknown => Fact::Unknown,
        }
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl From<&str> for Fact<String> {
    fn from(value: &str) -> Self {
        Self::Known(value.to_owned())
    }
}

impl Fact<bool> {
    /// Whether all of them hold. One that is false decides it, whatever is not known of the others.
    pub(crate) fn all_of(facts: &[Self]) -> Self {
        if facts.contains(&Self::Known(false)) {
            return Self::Known(false);
        }
        Self::from_known(facts.iter().all(|fact| *fact == Self::Known(true)).then_some(true))
    }
}

impl Fact<String> {
    /// The text, if known.
    pub fn text(&self) -> Option<&str> {
        self.known().map(String::as_str)
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Absent | Self::Unknown => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from_read)
    }
}

impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Fact_of_{}", T::schema_name()))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
}

/// Declares a struct of facts: every field is a [`Fact`], left out when it is unknown. The doc comment of each field
/// gives its meaning, its unit, and where it comes from: the API's field, and the Terraform attribute.
macro_rules! facts {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "Fact::is_unknown")]
                pub $field: Fact<$type>,
            )*
        }

        impl $crate::model::fact::Doubted for $name {
            fn is_absent(&self, fact: &str) -> bool {
                match fact {
                    $(stringify!($field) => self.$field.is_absent(),)*
                    _ => false,
                }
            }

            fn doubt(&mut self, fact: &str) {
                match fact {
                    $(stringify!($field) => self.$field = Fact::Unknown,)*
                    _ => {}
                }
            }
        }
    )* };
}
pub(crate) use facts;

/// Facts by their names.
pub(crate) trait Doubted {
    /// Whether it is known that there is none.
    fn is_absent(&self, fact: &str) -> bool;

    /// Nobody knows it.
    fn doubt(&mut self, fact: &str);
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro declares public structs, and that of the test is not")]
mod tests {
    use super::*;

    facts! {
        /// For the test.
        Sample {
            /// Days.
            days: u32,
            /// Zones.
            zones: Vec<String>,
        }
    }

    #[test]
    fn unknown_is_left_out_absent_is_null_and_both_come_back() {
        let sample = Sample { days: Fact::Absent, zones: Fact::Unknown };
        let text = serde_json::to_string(&sample).unwrap();
        assert_eq!(text, r#"{"days":null}"#);
        assert_eq!(serde_json::from_str::<Sample>(&text).unwrap(), sample);
        assert_eq!(serde_json::from_str::<Sample>("{}").unwrap(), Sample::default());
    }

    #[test]
    fn a_misspelt_fact_is_an_error() {
        let error = serde_json::from_str::<Sample>(r#"{"dyas": 1}"#).unwrap_err().to_string();
        assert_eq!(error, "unknown field `dyas`, expected `days` or `zones` at line 1 column 7");
    }
}
