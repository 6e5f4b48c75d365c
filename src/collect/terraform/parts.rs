//! The parts of the document, not looked into yet.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::TerraformError;

/// The members of every format that tell which it is, and that are read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Document<'a> {
    pub(super) format_version: Option<String>,
    pub(super) errored: Option<bool>,
    pub(super) complete: Option<bool>,
    pub(super) applyable: Option<bool>,
    #[serde(borrow)]
    pub(super) resource_changes: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) resource_drift: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) deferred_changes: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) action_invocations: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) deferred_action_invocations: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) checks: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) planned_values: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) configuration: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) variables: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) prior_state: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) values: Option<&'a RawValue>,
    pub(super) version: Option<u64>,
    #[serde(borrow)]
    pub(super) resources: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) modules: Option<&'a RawValue>,
    #[serde(borrow, rename = "@level")]
    pub(super) level: Option<&'a RawValue>,
}

/// Parses a part of the document.
pub(super) fn parse<'a, T: Deserialize<'a>>(part: &str, raw: &'a RawValue) -> Result<T, TerraformError> {
    serde_json::from_str(raw.get()).map_err(|source| TerraformError::Part { part: part.to_owned(), source })
}

impl Document<'_> {
    pub(super) fn is_plan(&self) -> bool {
        [self.resource_changes, self.planned_values, self.configuration, self.resource_drift]
            .iter()
            .any(Option::is_some)
    }
}
