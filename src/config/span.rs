//! Spans of time, as the configuration writes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A span of time, written `30s`, `15m`, `4h`, `7d` or `2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// How long it is.
    pub seconds: u64,
}

impl Span {
    /// So many days.
    pub const fn days(days: u64) -> Self {
        Self { seconds: days * 86_400 }
    }

    /// Whole minutes.
    pub fn in_minutes(self) -> u64 {
        self.seconds / 60
    }

    /// Whole days.
    pub fn in_days(self) -> u64 {
        self.seconds / 86_400
    }

    /// Reads `15m`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let trouble = || format!("'{text}' is no span of time: expected a number and s, m, h, d or w, as in '15m'");
        let text = text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at(digits);
        let number: u64 = number.parse().map_err(|_| trouble())?;
        let factor = match unit.trim() {
            "s" => 1,
            "m" | "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return Err(trouble()),
        };
        number.checked_mul(factor).map(|seconds| Self { seconds }).ok_or_else(trouble)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (factor, unit) = [(604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "m")]
            .into_iter()
            .find(|(factor, _)| self.seconds > 0 && self.seconds.is_multiple_of(*factor))
            .unwrap_or((1, "s"));
        write!(f, "{}{unit}", self.seconds / factor)
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Span {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]+ ?(s|m|min|h|d|w)$",
            "description": "a span of time: 30s, 15m, 4h, 7d, 2w"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written() {
        for (text, seconds) in [("30s", 30), ("15m", 900), ("4h", 14_400), ("7d", 604_800), ("3d", 259_200)] {
            assert_eq!(Span::parse(text), Ok(Span { seconds }));
        }
        assert_eq!(Span { seconds: 900 }.to_string(), "15m");
        assert_eq!(Span::days(7).to_string(), "1w");
        assert_eq!(
            Span::parse("soon").unwrap_err(),
            "'soon' is no span of time: expected a number and s, m, h, d or w, as in '15m'"
        );
    }
}
