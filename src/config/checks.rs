//! Functional checks of an application, for `seaworthy verify`: what is to answer, and how, once it was recovered.
//!
//! To add a kind: its struct in `checks/kinds.rs`, and here its field and its row in [`Check::what`].

mod faults;
mod kinds;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use kinds::{
    DatabaseCheck, DnsCheck, HttpCheck, HttpMethod, RecordKind, RoleCheck, SecretCheck, Statuses, TcpCheck, TlsCheck,
    WriterCheck,
};
#[cfg(feature = "verify")]
pub(crate) use kinds::{server_address, shown};

use super::Span;
use crate::text::did_you_mean;
use kinds::REGION;

/// A functional check of an application: one of the kinds, and for how long it may take to pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// What it is called, once an application.
    pub name: String,
    /// How long it is tried before it has failed. Default: 5m.
    #[serde(default = "within")]
    pub within: Span,
    /// How long to wait after a try that failed. Default: 10s.
    #[serde(default = "every")]
    pub every: Span,
    /// Only where the application came back in one of these regions. Default: in all.
    #[serde(default)]
    pub only_in: Vec<String>,
    /// A page answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpCheck>,
    /// A port takes connections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tcp: Option<TcpCheck>,
    /// A certificate is for the name, is trusted, and is valid for long enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsCheck>,
    /// A name leads where it should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<DnsCheck>,
    /// A database answers `SELECT 1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<DatabaseCheck>,
    /// A secret of Secrets Manager is there, and its key can be used. Its value is never read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretCheck>,
    /// A role of IAM may do what it has to, as IAM simulates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleCheck>,
    /// A database of RDS or Aurora takes writes, as the API of RDS says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<WriterCheck>,
}

fn within() -> Span {
    Span { seconds: 300 }
}

fn every() -> Span {
    Span { seconds: 10 }
}

/// What a check asks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'a> {
    Http(&'a HttpCheck),
    Tcp(&'a TcpCheck),
    Tls(&'a TlsCheck),
    Dns(&'a DnsCheck),
    Database(&'a DatabaseCheck),
    Secret(&'a SecretCheck),
    Role(&'a RoleCheck),
    Writer(&'a WriterCheck),
}

/// The words of all kinds.
const KINDS: [&str; 8] = ["http", "tcp", "tls", "dns", "database", "secret", "role", "writer"];

impl Check {
    /// What it asks. More or fewer than one are a fault.
    fn whats(&self) -> impl Iterator<Item = What<'_>> {
        [
            self.http.as_ref().map(What::Http),
            self.tcp.as_ref().map(What::Tcp),
            self.tls.as_ref().map(What::Tls),
            self.dns.as_ref().map(What::Dns),
            self.database.as_ref().map(What::Database),
            self.secret.as_ref().map(What::Secret),
            self.role.as_ref().map(What::Role),
            self.writer.as_ref().map(What::Writer),
        ]
        .into_iter()
        .flatten()
    }

    /// What it asks. A configuration that was loaded has one each.
    pub(crate) fn what(&self) -> Option<What<'_>> {
        self.whats().next()
    }

    /// The same check with a region in the place of `{region}`, in every text but its name.
    pub(crate) fn in_region(&self, region: &str) -> Self {
        fn put(value: &mut serde_json::Value, region: &str) {
            match value {
                serde_json::Value::String(text) => *text = text.replace(REGION, region),
                serde_json::Value::Array(items) => items.iter_mut().for_each(|item| put(item, region)),
                serde_json::Value::Object(fields) => fields.values_mut().for_each(|field| put(field, region)),
                _ => {}
            }
        }
        // What was read can be written and read again, so a kind that is added is not forgotten here.
        let changed = serde_json::to_value(self).ok().and_then(|mut value| {
            put(&mut value, region);
            serde_json::from_value(value).ok()
        });
        changed.map_or_else(|| self.clone(), |changed: Self| Self { name: self.name.clone(), ..changed })
    }

    /// Whether it can be made only where a region is known.
    pub(crate) fn needs_region(&self) -> bool {
        self.texts().iter().any(|text| text.contains(REGION))
            || matches!(self.what(), Some(What::Secret(_) | What::Role(_) | What::Writer(_)))
    }

    /// All texts of it but its name.
    fn texts(&self) -> Vec<String> {
        fn take(value: &serde_json::Value, into: &mut Vec<String>) {
            match value {
                serde_json::Value::String(text) => into.push(text.clone()),
                serde_json::Value::Array(items) => items.iter().for_each(|item| take(item, into)),
                serde_json::Value::Object(fields) => fields.values().for_each(|field| take(field, into)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        let fields = serde_json::to_value(self).unwrap_or_default();
        fields
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "name")
            .for_each(|(_, it)| take(it, &mut found));
        found
    }

    /// What its types cannot say: where it stands below the check, and the sentence.
    pub(super) fn fault(&self) -> Option<(Vec<&'static str>, String)> {
        let at = |path: &[&'static str], message: &str| Some((path.to_vec(), message.to_owned()));
        if self.name.trim().is_empty() {
            return at(&["name"], "a check needs a name");
        }
        let whats: Vec<What<'_>> = self.whats().collect();
        let [what] = whats.as_slice() else {
            let kinds = KINDS.join(", ");
            let message = match whats.as_slice() {
                [] => format!("check '{}' asks nothing: give it one of {kinds}", self.name),
                several => {
                    let words: Vec<&str> = several.iter().map(|what| what.word()).collect();
                    format!("check '{}' can be of one kind only, and has {}", self.name, words.join(" and "))
                }
            };
            return at(&[], &message);
        };
        if self.within.seconds == 0 {
            return at(&["within"], "within 0s nothing can answer: leave it out, or say how long it may take");
        }
        if self.every.seconds == 0 {
            return at(&["every"], "every 0s leaves no time between two tries: the least is 1s");
        }
        if let Some(hint) = self.texts().iter().find_map(|text| misspelt(text)) {
            return at(
                &[],
                &format!("a text of check '{}' has a placeholder that stands for nothing{hint}", self.name),
            );
        }
        what.fault().map(|(field, message)| (vec![what.word(), field], message))
    }
}

/// What is in braces and was to be the region. Other braces are none of ours: an answer may be JSON.
fn misspelt(text: &str) -> Option<String> {
    let words = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| format!("{{{word}}}"));
    words.filter(|word| word != REGION).map(|word| did_you_mean(&word, [REGION])).find(|hint| !hint.is_empty())
}

impl What<'_> {
    /// The word in the configuration.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Http(_) => "http",
            Self::Tcp(_) => "tcp",
            Self::Tls(_) => "tls",
            Self::Dns(_) => "dns",
            Self::Database(_) => "database",
            Self::Secret(_) => "secret",
            Self::Role(_) => "role",
            Self::Writer(_) => "writer",
        }
    }

    /// What would be contacted, without anything secret.
    pub(crate) fn target(self) -> String {
        match self {
            Self::Http(it) => it.target(),
            Self::Tcp(it) => it.target(),
            Self::Tls(it) => it.target(),
            Self::Dns(it) => it.target(),
            Self::Database(it) => it.target(),
            Self::Secret(it) => it.target(),
            Self::Role(it) => it.target(),
            Self::Writer(it) => it.target(),
        }
    }

    /// The field that is wrong, and why.
    fn fault(self) -> Option<(&'static str, String)> {
        match self {
            Self::Http(it) => it.fault(),
            Self::Tcp(it) => it.fault(),
            Self::Tls(it) => it.fault(),
            Self::Dns(it) => it.fault(),
            Self::Database(it) => it.fault(),
            Self::Secret(it) => it.fault(),
            Self::Role(it) => it.fault(),
            Self::Writer(it) => it.fault(),
        }
    }
}

/// The first name that stands twice.
pub(super) fn twice(checks: &[Check]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    checks.iter().position(|check| !seen.insert(check.name.as_str()))
}
