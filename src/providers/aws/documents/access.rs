//! What the policy of a vault or a key says of what a copy or a restore needs, and whom it lets do that.

mod ask;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::names::Arn;
use super::{Statement, parse, statements, strings};
use crate::model::{AccessCondition, AccessStatement, Fact};
use crate::text::wildcard::matches;
use ask::OWN;
pub(crate) use ask::{Answer, Ask, Whose, denies};

/// What a copy or a restore needs of a vault.
pub(crate) const OF_VAULT: &[&str] = &[COPY_FROM, COPY_INTO, "backup:DescribeRecoveryPoint", "backup:StartRestoreJob"];

/// What is asked of the vault that is copied from.
pub(crate) const COPY_FROM: &str = "backup:CopyFromBackupVault";

/// What is asked of the vault that is copied to.
pub(crate) const COPY_INTO: &str = "backup:CopyIntoBackupVault";

/// What a restore needs of the vault.
pub(crate) const TO_RESTORE: &[&str] = &["backup:DescribeRecoveryPoint", "backup:StartRestoreJob"];

/// What a restore needs of the key.
pub(crate) const OF_KEY: &[&str] = &["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey"];

/// The statements of a policy in an account about any of those actions, in order. Unknown: it is not readable.
pub(crate) fn access_statements(text: &str, account: Option<&str>, actions: &[&str]) -> Fact<Vec<AccessStatement>> {
    let Some(document) = parse(text) else { return Fact::Unknown };
    let read = |(at, statement): (String, Statement<'_>)| read(&statement, &at, account, actions);
    Fact::Known(statements(&document, "").filter_map(read).collect())
}

/// What a key has where nobody gives it a policy: its account has a say.
pub(crate) fn default_of_key() -> Vec<AccessStatement> {
    vec![AccessStatement {
        name: "statement 'Enable IAM User Permissions'".into(),
        allow: Fact::Known(true),
        principals: Fact::Known(vec![OWN.to_owned()]),
        other_principals: Fact::Known(false),
        actions: Fact::Known(OF_KEY.iter().map(|action| (*action).to_owned()).collect()),
        resources: Fact::Known(vec!["*".to_owned()]),
        other_resources: Fact::Known(false),
        conditions: Fact::Known(Vec::new()),
    }]
}

/// Whether a policy of a key leaves it to the policies of its account who may use it, whatever the grants say.
#[cfg(feature = "aws")]
pub(crate) fn is_given_to_account(statements: &[AccessStatement], key: &str) -> bool {
    let account = Arn::parse(key).and_then(|arn| arn.known_account());
    let whose = Whose { account, id: Some(key) };
    let ask = |action| Ask { account, is_own: true, action, whose, ..Ask::default() };
    OF_KEY.iter().all(|action| matches!(ask(action).of(statements), Answer::Allowed))
}

/// A statement, as far as it is about those actions. Nothing: it is about none of them, or about services only.
fn read(statement: &Statement<'_>, at: &str, account: Option<&str>, asked: &[&str]) -> Option<AccessStatement> {
    let body = statement.body;
    let is_named = |name: &str, action: &str| {
        strings(body.get(name)).any(|pattern| matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase()))
    };
    let is_about = |action: &&&str| match body.get("NotAction") {
        Some(_) => !is_named("NotAction", action),
        None => is_named("Action", action),
    };
    let actions: BTreeSet<String> = asked.iter().filter(is_about).map(|action| (*action).to_owned()).collect();
    let (principals, other_principals) = match body.get("NotPrincipal") {
        Some(others) => (people(others, account), true),
        None => (people(body.get("Principal")?, account), false),
    };
    if actions.is_empty() || (principals.is_empty() && !other_principals) {
        return None;
    }
    let (resources, other_resources) = match body.get("NotResource") {
        Some(others) => (strings(Some(others)).map(str::to_owned).collect(), true),
        None => (strings(body.get("Resource")).map(str::to_owned).collect::<BTreeSet<_>>(), false),
    };
    let name = match body.get("Sid").and_then(Value::as_str).filter(|sid| !sid.is_empty()) {
        Some(sid) => format!("statement '{sid}'"),
        None => at.trim_start_matches([',', ' ']).to_owned(),
    };
    Some(AccessStatement {
        name: Fact::Known(name),
        allow: Fact::Known(statement.allow),
        principals: Fact::Known(principals.into_iter().collect()),
        other_principals: Fact::Known(other_principals),
        actions: Fact::Known(actions.into_iter().collect()),
        resources: Fact::Known(resources.into_iter().collect()),
        other_resources: Fact::Known(other_resources),
        conditions: Fact::Known(statement.conditions().map(condition).collect()),
    })
}

/// Accounts, roles and users of a principal, and everybody. A service restores nothing by itself.
fn people(principal: &Value, account: Option<&str>) -> BTreeSet<String> {
    let named = match principal {
        Value::Object(kinds) => kinds.get("AWS"),
        everybody => Some(everybody),
    };
    let is_own = |name: &str| {
        let arn = Arn::parse(name).filter(|arn| arn.resource == "root");
        account.is_some() && arn.map_or(Some(name), |arn| arn.known_account()) == account
    };
    strings(named).map(|name| if is_own(name) { OWN.to_owned() } else { name.to_owned() }).collect()
}

/// Values are kept of keys only that a request is sure to have: others may hold anything.
fn condition((operator, key, values): (&str, &str, &Value)) -> AccessCondition {
    let texts = |value: &Value| match value {
        Value::Bool(on) => Some(on.to_string()),
        value => value.as_str().map(str::to_owned),
    };
    let is_foreseen = ask::KEYS.iter().any(|known| known.eq_ignore_ascii_case(key));
    let values = is_foreseen.then(|| super::listed(Some(values)).iter().filter_map(texts).collect());
    AccessCondition { operator: operator.into(), key: key.into(), values: Fact::from_read(values) }
}
