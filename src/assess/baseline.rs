//! The baseline: failed policies that were there when Seaworthy came, and that do not fail the gate until their
//! resource changes.

mod fingerprint;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::Resource;
use crate::report::WaiverRef;

use fingerprint::canonical;
pub use fingerprint::{facts, fingerprint};

/// Where the baseline is looked for.
pub const FILE: &str = "seaworthy-baseline.json";

/// Version of the file. It goes up when a reader of the version before would read it wrongly.
pub const VERSION: u32 = 1;

/// A finding that is known and does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id of the policy. This and the next two are for people, and for the order.
    pub policy: String,
    /// ARN or Terraform address.
    pub resource: String,
    /// Path of the violating fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// [`fingerprint`] of the three.
    pub fingerprint: String,
    /// [`facts`] of the resource: the entry ends when they change.
    pub facts: String,
}

impl Entry {
    /// Of a policy that fails on a resource because of a fact.
    pub fn new(policy: &str, resource: &Resource, fact: Option<&str>) -> Self {
        Self {
            policy: policy.to_owned(),
            resource: canonical(resource).to_owned(),
            fact: fact.map(str::to_owned),
            fingerprint: fingerprint(policy, resource, fact),
            facts: facts(resource),
        }
    }
}

/// What can be wrong with a baseline.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// There is no such file, or it cannot be opened.
    #[error("cannot read the baseline '{file}': {source}")]
    Read {
        /// As it was given.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It is no baseline.
    #[error("{file}:{}: {message}", source.line(), message = plain(source))]
    Json {
        /// As it was given.
        file: String,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// Another version of the tool wrote it.
    #[error("{file}: the baseline has version {found}, and this is a reader of version {VERSION}")]
    Version {
        /// As it was given.
        file: String,
        /// The version that it has.
        found: u32,
    },
}

impl BaselineError {
    /// What the user can do about it.
    pub fn help(&self) -> &'static str {
        "seaworthy baseline write makes a new one"
    }
}

/// The message of an error without its place.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned()
}

/// The findings that do not count, by fingerprint and facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<(String, String), Entry>,
}

impl FromIterator<Entry> for Baseline {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let entries = entries.into_iter();
        Self { entries: entries.map(|entry| ((entry.fingerprint.clone(), entry.facts.clone()), entry)).collect() }
    }
}

impl Baseline {
    /// Reads the file.
    pub fn load(path: &Path) -> Result<Self, BaselineError> {
        let file = path.display().to_string();
        let text = std::fs::read(path).map_err(|source| BaselineError::Read { file: file.clone(), source })?;
        Self::parse(&file, &text)
    }

    /// Reads the text of the file of that name.
    pub fn parse(file: &str, text: &[u8]) -> Result<Self, BaselineError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            #[serde(rename = "version")]
            _version: u32,
            entries: Vec<Entry>,
        }
        let invalid = |source| BaselineError::Json { file: file.to_owned(), source };
        // The version is looked at first: a file of another version may well have other keys.
        let Version { version } = serde_json::from_slice(text).map_err(invalid)?;
        if version != VERSION {
            return Err(BaselineError::Version { file: file.to_owned(), found: version });
        }
        let document: Document = serde_json::from_slice(text).map_err(invalid)?;
        Ok(document.entries.into_iter().collect())
    }

    /// Whether a finding is in it, and its resource is as it was.
    pub fn contains(&self, fingerprint: &str, facts: &str) -> bool {
        self.entries.contains_key(&(fingerprint.to_owned(), facts.to_owned()))
    }

    /// What a finding says of itself if it is in the baseline, and its resource is as it was.
    pub fn matching(&self, fingerprint: &str, resource: &Resource) -> Option<WaiverRef> {
        // Most findings are in no baseline, and to hash the facts of a resource is dear.
        let mut from = self.entries.range((fingerprint.to_owned(), String::new())..);
        from.next().filter(|((first, _), _)| first == fingerprint)?;
        self.contains(fingerprint, &facts(resource)).then(|| WaiverRef {
            reason: "it was there when the baseline was written".to_owned(),
            owner: String::new(),
            ticket: None,
            compensating_control: None,
            expires: Date::MAX,
            expired: false,
            from: "baseline".to_owned(),
        })
    }

    /// Drops what is not among the failed findings of today any more, and returns it, sorted.
    pub fn prune(&mut self, today: &Self) -> Vec<Entry> {
        let entries = std::mem::take(&mut self.entries).into_iter();
        let (kept, gone) = entries.partition(|(key, _)| today.entries.contains_key(key));
        self.entries = kept;
        let mut gone: Vec<Entry> = gone.into_values().collect();
        gone.sort();
        gone
    }

    /// The entries, by policy, resource and fact.
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<_> = self.entries.values().collect();
        entries.sort();
        entries
    }

    /// Writes it, an entry a line, so that a reviewer sees what comes and goes.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"version\": {VERSION}, \"entries\": [")?;
        for (at, entry) in self.entries().into_iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, entry)?;
        }
        out.write_all(b"\n]}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Backup, Kind, Place};

    fn database(retention: u32) -> Resource {
        let arn = "arn:aws:rds:us-east-1:111122223333:db:orders";
        let mut resource = Resource::new(Kind::of("aws.rds.instance"), arn, "orders", Place::default());
        resource.backup = Some(Box::new(Backup { retention_days: retention.into(), ..Backup::default() }));
        resource
    }

    fn entry(policy: &str, retention: u32) -> Entry {
        Entry::new(policy, &database(retention), Some("backup.retention_days"))
    }

    #[test]
    fn a_baseline_is_written_a_line_an_entry_and_comes_back() {
        let baseline: Baseline = [entry("b", 0), entry("a", 0), entry("a", 0)].into_iter().collect();
        let mut text = Vec::new();
        baseline.write(&mut text).unwrap();
        insta::assert_snapshot!(String::from_utf8(text.clone()).unwrap(), @r#"
        {"version": 1, "entries": [
        {"policy":"a","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"a326126be762465c2e2e2f9ff92a404a","facts":"60ec4c6e515b53211ebbfc0f74147a72"},
        {"policy":"b","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"efa67a9644114c57f35f13af4deed768","facts":"60ec4c6e515b53211ebbfc0f74147a72"}
        ]}
        "#);
        assert_eq!(Baseline::parse("b.json", &text).unwrap(), baseline);
        let mut empty = Vec::new();
        Baseline::default().write(&mut empty).unwrap();
        assert_eq!(String::from_utf8(empty.clone()).unwrap(), "{\"version\": 1, \"entries\": [\n]}\n");
        assert_eq!(Baseline::parse("b.json", &empty).unwrap(), Baseline::default());
    }

    #[test]
    fn an_entry_ends_when_the_resource_changes() {
        let mut baseline: Baseline = [entry("a", 0), entry("b", 0)].into_iter().collect();
        let from = |retention| {
            let found = baseline.matching(&entry("a", 0).fingerprint, &database(retention));
            found.map(|waiver| (waiver.from, waiver.expired))
        };
        assert_eq!([from(0), from(1)], [Some(("baseline".to_owned(), false)), None]);
        let today: Baseline = [entry("a", 1), entry("b", 0), entry("c", 0)].into_iter().collect();
        assert_eq!(baseline.prune(&today), [entry("a", 0)]);
        assert_eq!(baseline, [entry("b", 0)].into_iter().collect());
    }

    #[test]
    fn a_bad_baseline_is_named_with_its_line() {
        let error = |text: &str| Baseline::parse("b.json", text.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            [
                error("{\"version\": 2, \"findings\": []}"),
                error("{\"version\": 1, \"entries\": [\n{\"plicy\": \"a\"}\n]}"),
                error("{\"version\": 1,\n<<<<<<< HEAD"),
                Baseline::load(Path::new("no/such.json")).unwrap_err().to_string(),
            ],
            [
                "b.json: the baseline has version 2, and this is a reader of version 1",
                "b.json:2: unknown field `plicy`, expected one of `policy`, `resource`, `fact`, `fingerprint`, `facts`",
                "b.json:2: key must be a string",
                "cannot read the baseline 'no/such.json': No such file or directory (os error 2)",
            ]
        );
    }
}
