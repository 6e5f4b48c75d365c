//! A provider block. Only what places resources is read: credentials stand there too.

use serde::Deserialize;
use serde_json::Value;

/// A provider block. Only what places resources is read: credentials stand there too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Provider {
    pub(super) name: String,
    pub(super) full_name: String,
    pub(super) module_address: String,
    pub(super) expressions: ProviderExpressions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProviderExpressions {
    pub(super) region: Option<Value>,
    pub(super) default_tags: Option<Value>,
    pub(super) assume_role: Vec<AssumeRole>,
    pub(super) assume_role_with_web_identity: Value,
    pub(super) allowed_account_ids: Option<Value>,
    /// A name of a profile is no secret. It is only ever compared.
    pub(super) profile: Option<Value>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct AssumeRole {
    pub(super) role_arn: Option<Value>,
}
