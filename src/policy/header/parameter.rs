//! A parameter of a policy.

use serde::Deserialize;

/// A parameter of a policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameter {
    pub default: serde_json::Value,
    /// Meaning and unit.
    pub description: String,
    /// The least number that makes sense. Default: 0, unless its own default is below that.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// The greatest number that makes sense.
    #[serde(default)]
    pub maximum: Option<f64>,
}

impl Parameter {
    /// The range that a number is out of, in words.
    pub(crate) fn misses(&self, value: &serde_json::Value) -> Option<String> {
        let (value, default) = (value.as_f64()?, self.default.as_f64()?);
        let least = self.minimum.or_else(|| (default >= 0.0).then_some(0.0));
        if let Some(least) = least.filter(|least| value < *least) {
            return Some(format!("at least {least}"));
        }
        self.maximum.filter(|most| value > *most).map(|most| format!("at most {most}"))
    }
}
