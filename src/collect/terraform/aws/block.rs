//! A block of the AWS provider. Only what places resources is read: credentials stand there, too.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::collect::terraform::provider::{AccountFrom, Says};
use crate::collect::terraform::values;
use crate::providers::aws::names::Arn;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Expressions {
    region: Option<Value>,
    default_tags: Option<Value>,
    assume_role: Vec<AssumeRole>,
    assume_role_with_web_identity: Value,
    allowed_account_ids: Option<Value>,
    profile: Option<Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AssumeRole {
    role_arn: Option<Value>,
}

/// The account is that of the role that the provider takes on last, or else the only one that it may work in.
pub(super) fn says(expressions: &RawValue) -> serde_json::Result<Says> {
    let Expressions { region, default_tags, assume_role, assume_role_with_web_identity, allowed_account_ids, profile } =
        serde_json::from_str(expressions.get())?;
    let leads_elsewhere =
        !assume_role.is_empty() || !is_nothing(&assume_role_with_web_identity) || allowed_account_ids.is_some();
    let roles: Vec<Option<Value>> = assume_role.into_iter().map(|role| role.role_arn).collect();
    let last = roles.last().cloned().flatten().map(|expression| AccountFrom { expression, read: of_role });
    let only = allowed_account_ids.map(|expression| AccountFrom { expression, read: only_one });
    Ok(Says {
        region,
        accounts: last.into_iter().chain(only).collect(),
        roles: json!([roles, assume_role_with_web_identity]),
        credentials: profile,
        leads_elsewhere,
        default_tags: default_tags.map(|block| {
            let first = values::blocks(&block).into_iter().next();
            first.and_then(|block| block.get("tags")).cloned().unwrap_or_default()
        }),
    })
}

/// What is no ARN of a role tells nothing.
fn of_role(arn: &Value) -> Option<String> {
    Arn::parse(arn.as_str()?).map(|arn| arn.account.to_owned())
}

/// A text is one item of a list that may have others.
fn only_one(accounts: &Value) -> Option<String> {
    match &accounts.as_array()?[..] {
        [account] => values::text(account),
        _ => None,
    }
}

fn is_nothing(block: &Value) -> bool {
    block.is_null() || block.as_array().is_some_and(Vec::is_empty)
}
