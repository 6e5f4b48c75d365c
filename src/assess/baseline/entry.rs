//! An entry of a baseline: a failed policy that is known, as it was when it was written down.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::fingerprint::{canonical, facts, fingerprint};
use crate::model::Resource;
use crate::result::Verdict;

/// A finding that is known and does not count, as long as it does not get worse.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id of the policy.
    pub policy: String,
    /// ARN or Terraform address.
    pub resource: String,
    /// Path of the violating fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// [`fingerprint`] of the three.
    pub fingerprint: String,
    /// Kind, account and region of the resource, where they are known: whether an input would show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// See `kind`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// See `kind`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// What the fact was. `null` is a value here: nothing was there.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub actual: Option<Value>,
    /// What it had to be.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub required: Option<Value>,
    /// What else the finding names: which key, which copy.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub details: Map<String, Value>,
    /// What the policy said, where it names no actual value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Of an entry of version 1 only: [`facts`] of the resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
}

/// Facts that grow by themselves once they are above what is required: nobody made them worse.
const AGES: &[&str] = &[
    "joined.copies",
    "joined.lags",
    "joined.lags.seconds",
    "joined.restore_test_age_days",
    "joined.untested_days",
    "replication.lag_seconds",
];

impl Entry {
    /// Of a policy that fails on a resource.
    pub fn new(policy: &str, resource: &Resource, verdict: &Verdict) -> Self {
        let evidence = &verdict.evidence;
        let fact = evidence.fact.as_deref();
        Self {
            policy: policy.to_owned(),
            resource: canonical(resource).into_owned(),
            fact: evidence.fact.clone(),
            fingerprint: fingerprint(policy, resource, fact),
            kind: Some(resource.kind.name().to_owned()),
            account: resource.account().map(str::to_owned),
            region: resource.region().map(str::to_owned),
            actual: evidence.actual.clone(),
            required: evidence.required.clone(),
            details: evidence.details.clone(),
            message: evidence.actual.is_none().then(|| verdict.message.clone()),
            facts: None,
        }
    }

    /// Whether it answers for a failed verdict with its fingerprint: that is the same, or no worse.
    pub(super) fn covers(&self, resource: &Resource, verdict: &Verdict) -> bool {
        if let Some(was) = &self.facts {
            return *was == facts(resource);
        }
        let now = &verdict.evidence;
        self.details == now.details
            && match (&self.actual, &now.actual) {
                (Some(was), Some(actual)) => !is_worse(self.fact.as_deref(), was, actual, now.required.as_ref()),
                (None, None) => self.message.as_ref() == Some(&verdict.message),
                _ => false,
            }
    }

    /// In this order they stand in the file.
    pub(super) fn key(&self) -> impl Ord + use<> {
        let values = serde_json::to_string(&(&self.actual, &self.details, &self.facts)).unwrap_or_default();
        (self.policy.clone(), self.resource.clone(), self.fact.clone(), values, self.message.clone())
    }
}

/// A number is worse if it is further from what is required, and a list if something is gone from it. Any other value
/// that is another one is something that nobody accepted.
fn is_worse(fact: Option<&str>, was: &Value, now: &Value, required: Option<&Value>) -> bool {
    if was == now {
        return false;
    }
    let size = |value: &Value| match value {
        Value::Array(items) => Some(items.len() as f64),
        other => other.as_f64(),
    };
    if let (Some(required), Some(was), Some(now)) = (required.and_then(Value::as_f64), size(was), size(now)) {
        let grows = fact.is_some_and(|fact| AGES.contains(&fact)) && was > required && now > required;
        return !grows && (now - required).abs() > (was - required).abs();
    }
    let (Value::Array(was), Value::Array(now)) = (was, now) else { return true };
    let lacks = |some: &[Value], others: &[Value]| others.iter().any(|other| !some.contains(other));
    match required {
        // Nothing is to be in it.
        Some(Value::Array(required)) if required.is_empty() => lacks(was, now),
        Some(Value::Array(_) | Value::String(_)) => lacks(now, was),
        _ => lacks(was, now) || lacks(now, was),
    }
}

/// A value that is there, `null` included.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_further_from_the_requirement_is_worse() {
        let cases = [
            // fact, was, now, required, worse
            ("backup.retention_days", json!(3), json!(3), json!(7), false),
            ("backup.retention_days", json!(3), json!(5), json!(7), false),
            ("backup.retention_days", json!(3), json!(1), json!(7), true),
            ("joined.restore_seconds", json!(90), json!(80), json!(60), false),
            ("joined.restore_seconds", json!(90), json!(91), json!(60), true),
            ("joined.untested_days", json!(200), json!(201), json!(90), false),
            ("joined.copies", json!(1), json!(0), json!(2), true),
            ("redundancy.zones", json!(["a"]), json!(["b"]), json!(2), false),
            ("redundancy.zones", json!(["a"]), json!([]), json!(2), true),
            ("joined.copies", json!(["eu-west-1"]), json!(["ca-west-1", "eu-west-1"]), json!("us-west-2"), false),
            ("joined.copies", json!(["eu-west-1"]), json!([]), json!("us-west-2"), true),
            ("x", json!(["Launch"]), json!(["Launch", "Terminate"]), json!([]), true),
            ("x", json!(["Launch", "Terminate"]), json!(["Launch"]), json!([]), false),
            ("status.state", json!("disabled"), json!("pending-deletion"), json!("enabled"), true),
            ("joined.keys", json!(null), json!("disabled"), json!("enabled"), true),
            ("backup.retention_days", json!(3), json!(null), json!(7), true),
        ];
        for (fact, was, now, required, worse) in cases {
            assert_eq!(is_worse(Some(fact), &was, &now, Some(&required)), worse, "{fact}: {was} -> {now}");
        }
        assert!(is_worse(None, &json!(["a"]), &json!(["a", "b"]), None));
    }
}
