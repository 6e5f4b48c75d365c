//! Policy documents: what the policies and the trust of a role, and the policy of a key, say about regions.
//!
//! Documents come from people. `Statement`, `Action`, `Resource` and each condition may be one value or a list, and
//! anything may be of a shape that nobody foresaw: it is passed over, never a reason to fail.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

use super::arn::Arn;
use crate::model::{Fact, RegionPin, Role};

/// A policy that applies to a role.
pub(crate) struct Policy<'a> {
    /// For people: `inline policy 'app'`.
    pub name: String,
    /// The document. `None`: it could not be read.
    pub text: Option<&'a str>,
}

/// What the documents of a role say. `policies` are all that apply to it, the permissions boundary included.
///
/// All pins of one statement have the same [`at`](RegionPin::at), and a condition names all of its values in
/// [`value`](RegionPin::value): a role that may act in two regions has a pin for each, and is held to neither of them
/// alone. A pattern such as `us-*` names no region, so its condition is no pin.
pub(crate) fn role_facts(trust: Option<&str>, policies: &[Policy<'_>]) -> Role {
    let trust = trust.and_then(parse);
    let mut pins = Vec::new();
    for (at, statement) in trust.iter().flat_map(|trust| statements(trust, "trust policy")) {
        trust_pins(&statement, &at, &mut pins);
    }
    let mut complete = trust.is_some();
    for policy in policies {
        let Some(document) = policy.text.and_then(parse) else {
            complete = false;
            continue;
        };
        for (at, statement) in statements(&document, &policy.name) {
            condition_pins(&statement, &at, "condition", &mut pins);
            resource_pins(&statement, &at, &mut pins);
        }
    }
    let trusted = |kind| Fact::from_known(trust.as_ref().map(|trust| principals(trust, kind)));
    Role {
        service_linked: Fact::Unknown,
        trusted_services: trusted("Service"),
        trusted_issuers: trusted("Federated").map(|them| them.iter().filter_map(|it| issuer(it)).collect()),
        pins: Fact::Known(pins),
        policies_complete: Fact::Known(complete),
    }
}

/// The regions to which conditions on `kms:ViaService` hold a key policy, sorted. `None`: it is not readable.
pub(crate) fn via_service_regions(policy: &str) -> Option<Vec<String>> {
    let policy = parse(policy)?;
    let mut regions = BTreeSet::new();
    for (_, statement) in statements(&policy, "") {
        for condition in statement.restrictions() {
            if condition.is("kms:ViaService") {
                regions.extend(condition.values.iter().filter_map(|value| service_region(value)).map(str::to_owned));
            }
        }
    }
    Some(regions.into_iter().collect())
}

/// A document that is an object. Anything else says nothing.
fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_object)
}

/// One value or a list of them.
fn listed(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    listed(value).iter().filter_map(Value::as_str)
}

struct Statement<'a> {
    body: &'a Value,
    allow: bool,
}

/// A condition that narrows what its statement lets through.
struct Condition<'a> {
    key: &'a str,
    values: Vec<&'a str>,
}

/// The statements of a document, each with the words that tell where it stands.
fn statements<'a>(document: &'a Value, name: &'a str) -> impl Iterator<Item = (String, Statement<'a>)> {
    listed(document.get("Statement")).iter().enumerate().filter_map(move |(number, body)| {
        let allow = match body.get("Effect").and_then(Value::as_str) {
            Some("Allow") => true,
            Some("Deny") => false,
            _ => return None,
        };
        Some((format!("{name}, statement {}", number + 1), Statement { body, allow }))
    })
}

impl<'a> Statement<'a> {
    /// What it allows only if (`StringEquals`), or denies unless (`StringNotEquals`).
    fn restrictions(&self) -> impl Iterator<Item = Condition<'a>> {
        let allow = self.allow;
        let operators = self.body.get("Condition").and_then(Value::as_object).into_iter().flatten();
        operators.filter(move |(operator, _)| restricts(operator, allow)).flat_map(|(_, keys)| {
            keys.as_object()
                .into_iter()
                .flatten()
                .map(|(key, values)| Condition { key, values: strings(Some(values)).collect() })
        })
    }

    /// It is about nothing but services that live once an account, whose requests name a region that means nothing.
    fn is_global(&self) -> bool {
        let mut actions = strings(self.body.get("Action")).peekable();
        actions.peek().is_some() && actions.all(|action| action.split(':').next().is_some_and(is_global))
    }

    fn pin(&self, region: &str, at: &str, how: &str, value: &str) -> RegionPin {
        RegionPin {
            region: region.into(),
            at: at.into(),
            how: how.into(),
            value: value.into(),
            allow: Fact::Known(self.allow),
        }
    }
}

/// `ForAnyValue:StringEqualsIfExists` is a `StringEquals` to us: it still holds requests that have the key.
fn restricts(operator: &str, allow: bool) -> bool {
    let operator = operator.rsplit(':').next().unwrap_or(operator);
    let operator = operator.strip_suffix("IfExists").unwrap_or(operator);
    match operator {
        "StringEquals" | "StringEqualsIgnoreCase" | "StringLike" | "ArnEquals" | "ArnLike" => allow,
        "StringNotEquals" | "StringNotEqualsIgnoreCase" | "StringNotLike" | "ArnNotEquals" | "ArnNotLike" => !allow,
        _ => false,
    }
}

fn trust_pins(statement: &Statement<'_>, at: &str, pins: &mut Vec<RegionPin>) {
    condition_pins(statement, at, "trust", pins);
    if statement.allow {
        for service in strings(statement.body.get("Principal").and_then(|it| it.get("Service"))) {
            if let Some(region) = service_region(service) {
                add(pins, statement.pin(region, at, "trust", service));
            }
        }
    }
}

fn condition_pins(statement: &Statement<'_>, at: &str, how: &str, pins: &mut Vec<RegionPin>) {
    for condition in statement.restrictions() {
        // One value without a region opens the condition to other regions.
        let regions: Option<BTreeSet<_>> = condition.values.iter().map(|value| condition.region(value)).collect();
        for region in regions.into_iter().flatten() {
            if region == GLOBAL_REGION && condition.is("aws:RequestedRegion") && statement.is_global() {
                continue;
            }
            let value = format!("{}: {}", condition.key, condition.values.join(", "));
            add(pins, statement.pin(region, at, how, &value));
        }
    }
}

impl Condition<'_> {
    /// Keys of conditions are the same in any case.
    fn is(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }

    fn region<'v>(&self, value: &'v str) -> Option<&'v str> {
        if self.is("aws:RequestedRegion") || self.is("ec2:Region") {
            return Some(value).filter(|value| is_region(value));
        }
        if self.is("kms:ViaService") {
            return service_region(value);
        }
        arn_region(value)
    }
}

/// `Resource` of what is allowed; `NotResource` of what is denied, for that is what stays allowed.
fn resource_pins(statement: &Statement<'_>, at: &str, pins: &mut Vec<RegionPin>) {
    let resources = statement.body.get(if statement.allow { "Resource" } else { "NotResource" });
    for resource in strings(resources) {
        if let Some(region) = arn_region(resource) {
            add(pins, statement.pin(region, at, "resource", resource));
        }
    }
}

fn add(pins: &mut Vec<RegionPin>, pin: RegionPin) {
    if !pins.contains(&pin) {
        pins.push(pin);
    }
}

/// Principals of one type that a trust policy allows, sorted.
fn principals(trust: &Value, kind: &str) -> Vec<String> {
    let names: BTreeSet<_> = statements(trust, "")
        .filter(|(_, statement)| statement.allow)
        .flat_map(|(_, statement)| strings(statement.body.get("Principal").and_then(|it| it.get(kind))))
        .map(str::to_owned)
        .collect();
    names.into_iter().collect()
}

/// Host and path of an OIDC provider, from its ARN. SAML providers are none.
fn issuer(principal: &str) -> Option<String> {
    match Arn::parse(principal) {
        Some(arn) => arn.resource.strip_prefix("oidc-provider/").map(str::to_owned),
        None => Some(principal.to_owned()),
    }
}

/// The region of `rds.us-east-1.amazonaws.com`.
fn service_region(host: &str) -> Option<&str> {
    let name = host.strip_suffix(".cn").unwrap_or(host).strip_suffix(".amazonaws.com")?;
    name.rsplit('.').next().filter(|region| is_region(region))
}

fn arn_region(text: &str) -> Option<&str> {
    let arn = Arn::parse(text)?;
    let means_nothing = is_global(arn.service) || (arn.service == "wafv2" && arn.resource.starts_with("global/"));
    Some(arn.region).filter(|region| is_region(region) && !means_nothing)
}

/// The region that global services sign their requests for.
const GLOBAL_REGION: &str = "us-east-1";

/// Services of which there is one an account, by the names that actions and ARNs have for them.
fn is_global(service: &str) -> bool {
    matches!(
        service,
        "account"
            | "billing"
            | "budgets"
            | "ce"
            | "cloudfront"
            | "cur"
            | "globalaccelerator"
            | "health"
            | "iam"
            | "networkmanager"
            | "organizations"
            | "route53"
            | "route53domains"
            | "savingsplans"
            | "shield"
            | "support"
            | "trustedadvisor"
            | "waf"
    )
}

/// `us-east-1`, `us-gov-west-1`: words, and a number at the end.
fn is_region(text: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    words.contains('-') && words.split('-').all(is_word) && matches!(number.as_bytes(), [b'0'..=b'9'])
}
