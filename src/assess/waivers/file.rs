//! `waivers.yaml`: a list of waivers, each checked before it counts.

use std::collections::{BTreeMap, HashMap};
use std::io;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::rules::Rules;
use crate::collect::source::without_indexes;
use crate::config::OneOrMany;
use crate::config::yaml::{self, LineMap, YamlError};
use crate::model::Resource;
use crate::text::{self, wildcard};

/// What can be wrong with a file of waivers.
#[derive(Debug, Error)]
pub enum WaiverError {
    /// There is no such file, or it cannot be opened.
    #[error("cannot read the waivers '{file}': {source}")]
    Read {
        /// As it was given.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It does not follow the rules.
    #[error("{file}:{}{message}", line.map(|line| format!("{line}: ")).unwrap_or_else(|| " ".to_owned()))]
    Invalid {
        /// As it was given.
        file: String,
        /// None: the parser does not say.
        line: Option<u64>,
        /// What is wrong.
        message: String,
    },
}

impl WaiverError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } => None,
            Self::Invalid { .. } => Some("seaworthy schema waivers describes every key"),
        }
    }
}

/// A waiver.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    /// Id of the policy that may fail, or that is answered for, or a list of ids.
    policy: OneOrMany,
    /// What it does: `waive` accepts a failure, `attest` answers for what nobody could look at.
    #[serde(default)]
    effect: Effect,
    /// On which resources. All selectors that are given must match.
    #[serde(rename = "match")]
    matching: Match,
    /// Why it is acceptable, or what was seen.
    reason: String,
    /// Who answers for it.
    owner: String,
    /// Where it was decided.
    #[serde(default)]
    ticket: Option<String>,
    /// The last day on which it counts, at most the configuration's `waivers.max-horizon` from today.
    #[serde(deserialize_with = "date")]
    expires: Date,
    /// What makes up for it in the meantime.
    #[serde(default)]
    compensating_control: Option<String>,
}

/// What an entry does to a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Effect {
    /// A failure is accepted.
    #[default]
    Waive,
    /// What is unknown passes on somebody's word. A failure stays one.
    Attest,
}

/// Which resources a waiver is for. In texts, `*` stands for any text and `?` for one character.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(extend("minProperties" = 1))]
pub(super) struct Match {
    /// Its ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<OneOrMany>,
    /// Its Terraform address, with or without indexes.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<OneOrMany>,
    /// Tag name → values, any of which matches.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, OneOrMany>,
    /// Its account.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<OneOrMany>,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<OneOrMany>,
    /// An application of the configuration that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<OneOrMany>,
    /// Every resource: nothing else may stand beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    all: bool,
}

impl Match {
    /// Whether every selector matches. What is not known about a resource matches nothing.
    pub(super) fn covers(&self, resource: &Resource) -> bool {
        let text = |wanted: &Option<OneOrMany>, found: &[&str]| {
            wanted.as_ref().is_none_or(|wanted| found.iter().any(|found| matches(wanted, found)))
        };
        let arn = Some(resource.id.as_str()).filter(|id| id.starts_with("arn:"));
        let address = resource.origin.address.as_deref();
        let stripped = address.map(without_indexes);
        let scoped = resource.origin.scoped_address();
        // A plan has no address, and is named by what it is called.
        let plan = Some(resource.id.as_str()).filter(|_| address.is_none() && resource.kind.is_of_code());
        let addresses: Vec<_> =
            address.into_iter().chain(stripped.as_deref()).chain(scoped.as_deref()).chain(plan).collect();
        let applications = resource.joined.as_ref().and_then(|joined| joined.applications.known());
        let applications: Vec<_> = applications.into_iter().flatten().map(String::as_str).collect();
        let tags = resource.tags.known();
        text(&self.arn, arn.as_slice())
            && text(&self.address, &addresses)
            && text(&self.account, resource.account().as_slice())
            && text(&self.region, resource.region().as_slice())
            && text(&self.application, &applications)
            && self
                .tags
                .iter()
                .all(|(name, wanted)| tags.and_then(|tags| tags.get(name)).is_some_and(|found| matches(wanted, found)))
    }
}

fn matches(wanted: &OneOrMany, found: &str) -> bool {
    wanted.as_slice().iter().any(|pattern| wildcard::matches(pattern, found))
}

/// A waiver of the file that follows the rules.
pub(super) struct Written {
    pub policies: Vec<String>,
    pub effect: Effect,
    pub matching: Match,
    pub reason: String,
    pub owner: String,
    pub ticket: Option<String>,
    pub compensating_control: Option<String>,
    pub expires: Date,
    /// `waivers.yaml:12`.
    pub from: String,
}

pub(super) fn read(rules: &Rules<'_>, file: &str, text: &str) -> Result<Vec<Written>, WaiverError> {
    let invalid = |YamlError { line, message }| WaiverError::Invalid { file: file.to_owned(), line, message };
    let text = text.trim_start_matches('\u{feff}');
    let entries: Vec<Entry> = yaml::read(text).map_err(invalid)?;
    let lines = LineMap::of(text);
    let mut seen: HashMap<(String, Match, Effect), u64> = HashMap::new();
    let mut waivers = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        let at = at.to_string();
        let line = lines.find(&[&at]);
        let trouble = |path: &[&str], message| {
            let path: Vec<_> = std::iter::once(at.as_str()).chain(path.iter().copied()).collect();
            invalid(YamlError { line: lines.find(&path), message })
        };
        for (key, value) in [("reason", &entry.reason), ("owner", &entry.owner)] {
            if value.trim().is_empty() {
                return Err(trouble(&[key], format!("'{key}' is empty")));
            }
        }
        rules.horizon(entry.expires).map_err(|message| trouble(&["expires"], message))?;
        check(rules, &entry.matching).map_err(|(key, message)| trouble(&["match", key], message))?;
        let mut policies = Vec::new();
        for (at, id) in entry.policy.as_slice().iter().enumerate() {
            let at = at.to_string();
            let trouble = |message| trouble(&["policy", &at], message);
            let policy = rules.policy(id).map_err(trouble)?;
            if let Some(first) =
                seen.insert((policy.clone(), entry.matching.clone(), entry.effect), line.unwrap_or_default())
            {
                let word = match entry.effect {
                    Effect::Waive => "waived",
                    Effect::Attest => "attested",
                };
                return Err(trouble(format!("'{id}' is {word} on line {first} already, with the same match")));
            }
            policies.push(policy);
        }
        if policies.is_empty() {
            return Err(trouble(&["policy"], "'policy' is empty".to_owned()));
        }
        waivers.push(Written {
            policies,
            effect: entry.effect,
            matching: entry.matching,
            reason: entry.reason,
            owner: entry.owner,
            ticket: entry.ticket,
            compensating_control: entry.compensating_control,
            expires: entry.expires,
            from: line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}")),
        });
    }
    Ok(waivers)
}

/// What is wrong with the selectors: the key, and why.
fn check(rules: &Rules<'_>, matching: &Match) -> Result<(), (&'static str, String)> {
    let others = Match { all: false, ..matching.clone() };
    match (matching.all, others == Match::default()) {
        (false, true) => {
            return Err(("", "'match' is empty: give a selector, or 'all: true' for every resource".to_owned()));
        }
        (true, false) => return Err(("all", "'all: true' stands beside other selectors".to_owned())),
        _ => {}
    }
    let lists = [
        ("arn", &matching.arn),
        ("address", &matching.address),
        ("account", &matching.account),
        ("region", &matching.region),
        ("application", &matching.application),
    ];
    for (key, list) in lists {
        if list.as_ref().is_some_and(|list| list.as_slice().iter().all(String::is_empty)) {
            return Err((key, format!("'{key}' is empty")));
        }
    }
    let exact = |list: &'_ Option<OneOrMany>| -> Vec<String> {
        let texts = list.as_ref().map(OneOrMany::as_slice).unwrap_or_default();
        texts.iter().filter(|text| !text.contains(['*', '?'])).cloned().collect()
    };
    for account in exact(&matching.account) {
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(("account", format!("'{account}' is no account id: expected twelve digits")));
        }
    }
    for name in exact(&matching.application) {
        let known = &rules.config.applications;
        if !known.contains_key(&name) {
            let hint = text::did_you_mean(&name, known.keys().map(String::as_str));
            return Err(("application", format!("unknown application '{name}'{hint}")));
        }
    }
    Ok(())
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        serde::de::Error::custom(format!("'{text}' is no date: expected year, month and day, as in 2027-01-31"))
    })
}

pub(super) fn schema() -> Schema {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<Vec<Entry>>();
    schema.insert("title".to_owned(), "Seaworthy waivers".into());
    schema
}
