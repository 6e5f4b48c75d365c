//! Policy documents: what the policies and the trust of a role, and the policy of a key, say about regions.
//!
//! Documents come from people. `Statement`, `Action`, `Resource` and each condition may be one value or a list, and
//! anything may be of a shape that nobody foresaw: it is passed over, never a reason to fail.

mod access;
mod guard;
#[cfg(test)]
mod tests;
mod through;

use std::collections::BTreeSet;

use serde_json::Value;

use super::names::{self, Arn, is_region};
use crate::model::{Fact, RegionPin, Role};
#[cfg(feature = "aws")]
pub(crate) use access::is_given_to_account;
pub(crate) use access::{
    Answer, Ask, COPY_FROM, COPY_INTO, OF_KEY, OF_VAULT, TO_RESTORE, Whose, access_statements, default_of_key, denies,
};
#[cfg(feature = "aws")]
pub(crate) use guard::Guard;
pub(crate) use guard::guard;
pub(crate) use through::{lets_through, policy_of_endpoint};

/// How the name of a permissions boundary begins.
pub(crate) const BOUNDARY: &str = "permissions boundary";

/// A policy that applies to a role.
pub(crate) struct Policy<'a> {
    /// For people: `inline policy 'app'`. That of a boundary begins with [`BOUNDARY`].
    pub name: String,
    /// The document. `None`: it could not be read.
    pub text: Option<&'a str>,
}

/// What was read, and what of it the documents alone do not decide.
pub(crate) struct Reading {
    pub role: Role,
    /// Why the role may be held to a region by more than its pins say.
    pub doubt: Option<String>,
}

/// What the documents of a role say. `policies` are all that apply to it, the permissions boundary included.
///
/// All pins of one statement have the same [`at`](RegionPin::at), and a condition names all of its values in
/// [`value`](RegionPin::value): a role that may act in two regions has a pin for each, and is held to neither of them
/// alone. What is also allowed without any condition is no pin.
pub(crate) fn role_facts(trust: Option<&str>, policies: &[Policy<'_>]) -> Reading {
    let trust = trust.and_then(parse);
    let mut pins = Vec::new();
    let mut doubt = None;
    for (at, statement) in trust.iter().flat_map(|trust| statements(trust, "trust policy")) {
        doubt = doubt.or_else(|| statement.doubt(&at));
        trust_pins(&statement, &at, &mut pins);
    }
    let documents: Vec<_> = policies.iter().filter_map(|policy| Some((policy, policy.text.and_then(parse)?))).collect();
    let is_boundary = |policy: &Policy<'_>| policy.name.starts_with(BOUNDARY);
    for (policy, document) in &documents {
        // What a boundary allows and what the other policies allow are needed both: neither widens the other.
        let beside = documents.iter().filter(|(other, _)| is_boundary(other) == is_boundary(policy));
        let beside: Vec<_> = beside.flat_map(|(_, document)| statements(document, "")).map(|(_, it)| it).collect();
        for (at, statement) in statements(document, &policy.name) {
            if statement.allow && statement.is_allowed_by(&beside) {
                continue;
            }
            doubt = doubt.or_else(|| statement.doubt(&at));
            condition_pins(&statement, &at, if is_boundary(policy) { "boundary" } else { "condition" }, &mut pins);
            resource_pins(&statement, &at, if is_boundary(policy) { "boundary" } else { "resource" }, &mut pins);
        }
    }
    let trusted = |kind| Fact::from_known(trust.as_ref().map(|trust| principals(trust, kind)));
    let role = Role {
        service_linked: Fact::Unknown,
        trusted_services: trusted("Service"),
        trusted_issuers: trusted("Federated").map(|them| them.iter().filter_map(|it| issuer(it)).collect()),
        pins: Fact::Known(pins),
        instance_profiles: Fact::Unknown,
        policies_complete: Fact::Known(trust.is_some() && documents.len() == policies.len()),
    };
    Reading { role, doubt }
}

/// The regions to which conditions on `kms:ViaService` hold a key policy, sorted. `None`: it is not readable.
pub(crate) fn via_service_regions(policy: &str) -> Option<Vec<String>> {
    let policy = parse(policy)?;
    let mut regions = BTreeSet::new();
    for (_, statement) in statements(&policy, "") {
        for condition in statement.restrictions().filter(|it| it.is("kms:ViaService") && !it.excludes) {
            let named = condition.values.iter().filter_map(|value| service_region(value));
            regions.extend(named.filter(|region| is_region(region)).map(str::to_owned));
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
    /// It takes its values out. False: it leaves nothing but them.
    excludes: bool,
    /// Stars in its values stand for any text.
    like: bool,
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
    /// Every condition: operator, key and values.
    fn conditions(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a Value)> {
        let operators = self.body.get("Condition").and_then(Value::as_object).into_iter().flatten();
        operators.flat_map(|(operator, keys)| {
            let keys = keys.as_object().into_iter().flatten();
            keys.map(move |(key, values)| (operator.as_str(), key.as_str(), values))
        })
    }

    /// Each condition as a limit (allow if equal, deny unless equal) or as an exclusion (the opposite pairs).
    fn restrictions(&self) -> impl Iterator<Item = Condition<'a>> {
        let allow = self.allow;
        self.conditions().filter_map(move |(operator, key, values)| {
            let (negated, like) = compares(operator)?;
            Some(Condition { key, values: strings(Some(values)).collect(), excludes: negated == allow, like })
        })
    }

    /// Why the document alone does not decide to which regions it holds.
    fn doubt(&self, at: &str) -> Option<String> {
        let about_regions = |key: &str| REGION_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key));
        let about: Vec<_> = self.conditions().filter(|(_, key, _)| about_regions(key)).collect();
        let is_unclear = |(operator, _, values): &(&str, &str, &Value)| match compares(operator) {
            Some((_, like)) => {
                strings(Some(*values)).any(|value| value.contains("${") || (!like && value.contains(['*', '?'])))
            }
            None => *operator != "Null",
        };
        let unclear = about.iter().any(is_unclear) || (!about.is_empty() && self.denies_at_times());
        unclear.then(|| format!("{at}: what it says of regions depends on the request"))
    }

    /// It denies only if several conditions hold at once, so that none of them tells what is denied.
    fn denies_at_times(&self) -> bool {
        !self.allow && self.conditions().nth(1).is_some()
    }

    /// Whether others allow all of it everywhere.
    fn is_allowed_by(&self, others: &[Self]) -> bool {
        let actions: Vec<&str> = match self.body.get("NotAction") {
            Some(_) => vec!["*"],
            None => strings(self.body.get("Action")).collect(),
        };
        let open = |other: &&Self| {
            let everywhere = strings(other.body.get("Resource")).any(|it| it == "*");
            other.allow && everywhere && other.conditions().next().is_none()
        };
        let open: Vec<_> = others.iter().filter(open).collect();
        !actions.is_empty() && actions.iter().all(|action| open.iter().any(|other| other.includes(action)))
    }

    /// The action is one of those that it names.
    fn includes(&self, action: &str) -> bool {
        match self.body.get("NotAction") {
            Some(left_out) => !strings(Some(left_out)).any(|it| covers(it, action) || covers(action, it)),
            None => strings(self.body.get("Action")).any(|it| covers(it, action)),
        }
    }

    /// The services that its actions are of, sorted; `*` where it names none.
    fn services(&self) -> Vec<String> {
        let of = |action: &str| action.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let services: BTreeSet<_> = strings(self.body.get("Action")).map(of).collect();
        if services.is_empty() { vec!["*".to_owned()] } else { services.into_iter().collect() }
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
            excludes: Fact::Known(false),
            services: Fact::Known(self.services()),
        }
    }
}

/// `ForAnyValue:StringEqualsIfExists` is a `StringEquals` to us: it still holds requests that have the key.
///
/// Says whether it is negated, and whether it takes patterns.
fn compares(operator: &str) -> Option<(bool, bool)> {
    let operator = operator.rsplit(':').next().unwrap_or(operator);
    let operator = operator.strip_suffix("IfExists").unwrap_or(operator);
    Some(match operator {
        "StringEquals" | "StringEqualsIgnoreCase" => (false, false),
        "StringLike" | "ArnEquals" | "ArnLike" => (false, true),
        "StringNotEquals" | "StringNotEqualsIgnoreCase" => (true, false),
        "StringNotLike" | "ArnNotEquals" | "ArnNotLike" => (true, true),
        _ => return None,
    })
}

/// Whether what the pattern of actions names is all of what the other names.
fn covers(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    match pattern.split_once('*') {
        Some((start, "")) => action.starts_with(start),
        _ => pattern == action,
    }
}

fn trust_pins(statement: &Statement<'_>, at: &str, pins: &mut Vec<RegionPin>) {
    condition_pins(statement, at, "trust", pins);
    if statement.allow {
        for service in strings(statement.body.get("Principal").and_then(|it| it.get("Service"))) {
            if let Some(region) = service_region(service) {
                let name = service.split('.').next().unwrap_or_default().to_owned();
                let pin = statement.pin(region, at, "trust", service);
                add(pins, RegionPin { services: Fact::Known(vec![name]), ..pin });
            }
        }
    }
}

fn condition_pins(statement: &Statement<'_>, at: &str, how: &str, pins: &mut Vec<RegionPin>) {
    if statement.denies_at_times() {
        return;
    }
    for condition in statement.restrictions() {
        for region in condition.regions() {
            if region == GLOBAL_REGION && condition.is("aws:RequestedRegion") && statement.is_global() {
                continue;
            }
            let value = format!("{}: {}", condition.key, condition.values.join(", "));
            let pin = statement.pin(region, at, how, &value);
            add(pins, RegionPin { excludes: Fact::Known(condition.excludes), ..pin });
        }
    }
}

/// Keys whose values are about regions and nothing else.
const REGION_KEYS: &[&str] = &["aws:RequestedRegion", "ec2:Region", "kms:ViaService"];

impl Condition<'_> {
    /// Keys of conditions are the same in any case.
    fn is(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }

    /// The regions that it names, or patterns of them, sorted. None: it leaves all regions open, or is of no region.
    fn regions(&self) -> BTreeSet<&str> {
        if self.is("aws:RequestedRegion") || self.is("ec2:Region") {
            let is_any = |value: &&str| value.bytes().all(|byte| byte == b'*');
            if self.like && !self.excludes && self.values.iter().any(is_any) {
                return BTreeSet::new();
            }
            let names = |value: &&str| is_region(value) || (self.like && value.contains(['*', '?']));
            return self.values.iter().copied().filter(names).collect();
        }
        if self.excludes {
            return BTreeSet::new();
        }
        let of = if self.is("kms:ViaService") { service_region } else { arn_region };
        // One value without a region opens the condition to other regions.
        let regions: Option<BTreeSet<_>> = self.values.iter().map(|value| of(value)).collect();
        regions.unwrap_or_default()
    }
}

/// `Resource` of what is allowed; `NotResource` of what is denied, for that is what stays allowed.
fn resource_pins(statement: &Statement<'_>, at: &str, how: &str, pins: &mut Vec<RegionPin>) {
    let resources = statement.body.get(if statement.allow { "Resource" } else { "NotResource" });
    for resource in strings(resources) {
        if let (Some(region), Some(arn)) = (arn_region(resource), Arn::parse(resource)) {
            let pin = statement.pin(region, at, how, resource);
            add(pins, RegionPin { services: Fact::Known(vec![arn.service.to_owned()]), ..pin });
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
    let name = names::service_of_host(host)?;
    name.rsplit('.').next().filter(|region| is_region(region) || is_region_pattern(region))
}

fn arn_region(text: &str) -> Option<&str> {
    let arn = Arn::parse(text)?;
    let means_nothing = is_global(arn.service) || (arn.service == "wafv2" && arn.resource.starts_with("global/"));
    Some(arn.region).filter(|region| (is_region(region) || is_region_pattern(region)) && !means_nothing)
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

/// `us-*`: some regions, not all.
fn is_region_pattern(text: &str) -> bool {
    text.contains(['*', '?']) && text.bytes().any(|byte| byte.is_ascii_lowercase())
}
