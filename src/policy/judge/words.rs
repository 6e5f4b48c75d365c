//! What a policy says of a resource, in words and with its evidence.

use regorus::Value;
use serde_json::{Map, Value as Json};

use super::Said;
use crate::model::{Linked, title};
use crate::policy::Policy;
use crate::policy::rules::Rules;
use crate::policy::schema::Schema;
use crate::result::{Evidence, Missing};

/// Facts that a sentence names.
const MOST_NAMED: usize = 20;

/// Puts it into a sentence and evidence.
pub(super) fn words(
    said: Said,
    policy: &Policy,
    rules: &Rules,
    resource: Linked<'_>,
    input: &Value,
) -> (String, Evidence) {
    match said {
        Said::Fail(findings) | Said::Warn(findings) => fail_words(policy, findings),
        Said::Unknown(nodes) => {
            let mut missing: Vec<_> = nodes.iter().map(|node| missing(*node, resource)).collect();
            missing.sort();
            missing.dedup();
            // What is missing because the whole is missing adds nothing.
            let whole = missing.clone();
            missing.retain(|one| {
                let below =
                    |other: &Missing| one.fact.strip_prefix(&other.fact).is_some_and(|rest| rest.starts_with('.'));
                !whole.iter().any(|other| below(other) && other.reason == one.reason)
            });
            missing_words(missing)
        }
        Said::Pass => {
            let details = facts_read(rules, input);
            (format!("not found: {}", lower_first(&policy.header.title)), Evidence { details, ..Evidence::default() })
        }
        Said::ForTheRunning => ("only the running estate can answer this".to_owned(), Evidence::default()),
        Said::NotApplicable => ("the question does not arise here".to_owned(), Evidence::default()),
        Said::Error(error) => (error, Evidence::default()),
    }
}

/// Says what would have to be known.
pub(super) fn missing_words(missing: Vec<Missing>) -> (String, Evidence) {
    let named = missing.iter().take(MOST_NAMED).map(|one| format!("{} ({})", title(&one.fact), one.reason));
    let mut named: Vec<String> = named.collect();
    if missing.len() > MOST_NAMED {
        named.push(format!("and {} more", missing.len() - MOST_NAMED));
    }
    (format!("not known: {}", named.join("; ")), Evidence { missing, ..Evidence::default() })
}

pub(super) fn fail_words(policy: &Policy, findings: Vec<Value>) -> (String, Evidence) {
    let mut sentences = Vec::new();
    let mut evidences = Vec::new();
    for finding in findings {
        let json = serde_json::to_value(&finding).unwrap_or(Json::Null);
        let (sentence, evidence) = match json {
            Json::Object(mut fields) => {
                let mut text = |name: &str| match fields.remove(name) {
                    Some(Json::String(text)) => Some(text),
                    _ => None,
                };
                let sentence =
                    text("message").or_else(|| text("msg")).unwrap_or_else(|| lower_first(&policy.header.title));
                let fact = text("fact");
                let (actual, required) = (fields.remove("actual"), fields.remove("required"));
                let mut details = match fields.remove("details") {
                    Some(Json::Object(details)) => details,
                    _ => Map::new(),
                };
                details.extend(fields);
                (sentence, Evidence { fact, actual, required, details, ..Evidence::default() })
            }
            Json::String(text) => (text, Evidence::default()),
            _ => (lower_first(&policy.header.title), Evidence::default()),
        };
        sentences.push(sentence);
        evidences.push(evidence);
    }
    let mut rest = evidences.into_iter();
    let mut first = rest.next().unwrap_or_default();
    let rest = rest.filter(|evidence| *evidence != Evidence::default());
    let also: Vec<_> = rest.filter_map(|evidence| serde_json::to_value(evidence).ok()).collect();
    if !also.is_empty() {
        first.details.insert("also".to_owned(), Json::Array(also));
    }
    (sentences.join("; "), first)
}

pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    // An abbreviation keeps its capitals.
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The scalar facts that a policy read, which are the evidence of a pass.
fn facts_read(rules: &Rules, input: &Value) -> Map<String, Json> {
    let mut facts = Map::new();
    for node in rules.questions().flat_map(|question| question.reads.named.iter()) {
        let schema = Schema::of_resource();
        if let Some(value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_))) =
            schema.value_of(*node, input)
            && let Ok(json) = serde_json::to_value(value)
        {
            facts.insert(schema.nodes[*node].path.clone(), json);
        }
    }
    facts
}

/// Names the fact, and why it is not known: by its own entry, else by the nearest one above or below.
fn missing(node: usize, resource: Linked<'_>) -> Missing {
    let fact = Schema::of_resource().nodes[node].path.clone();
    let related = |path: &str| {
        // A fact in a list has its index in the path: `plan.rules.0.vault`.
        let names: Vec<_> = path.split('.').filter(|name| !name.bytes().all(|byte| byte.is_ascii_digit())).collect();
        let path = names.join(".");
        let path = path.as_str();
        path == fact
            || fact.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
            || path.strip_prefix(fact.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    let nearest = || resource.unknown().rfind(|(path, _)| related(path)).map(|(_, reason)| reason);
    let reason = resource.reason(&fact).or_else(nearest).unwrap_or_else(|| nobody_said(resource));
    Missing { reason: reason.to_owned(), fact }
}

/// Why a fact is not known that nobody gives a reason for.
fn nobody_said(resource: Linked<'_>) -> &'static str {
    match resource.resource.origin.source.as_str() {
        "terraform-plan" => "a plan does not say",
        "terraform-state" => "a state does not say",
        _ => "it was not collected",
    }
}
