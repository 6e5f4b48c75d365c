//! The baseline: failed policies that were there when Seaworthy came, and that do not fail the gate until they get
//! worse.

mod entry;
mod fingerprint;
mod prune;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;
use thiserror::Error;

use crate::model::{Notice, Resource};
use crate::result::{Verdict, WaiverRef};

pub use entry::Entry;
pub use fingerprint::{facts, fingerprint};
pub use prune::{Left, Pruned};

/// Where the baseline is looked for.
pub const FILE: &str = "seaworthy-baseline.json";

/// Version of the file. It goes up when a reader of the version before would read it wrongly. Version 1 is read, too: its
/// entries have a hash of all facts of their resource, and end when any of them changes.
pub const VERSION: u32 = 2;

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
    #[error("{file}: the baseline has version {found}, and this is a reader of versions 1 to {VERSION}")]
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

/// The findings that do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By fingerprint. A policy may fail several times because of one fact of a resource.
    entries: BTreeMap<String, Vec<Entry>>,
}

impl FromIterator<Entry> for Baseline {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut by_fingerprint: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            let same = by_fingerprint.entry(entry.fingerprint.clone()).or_default();
            if !same.contains(&entry) {
                same.push(entry);
            }
        }
        Self { entries: by_fingerprint }
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
        if !(1..=VERSION).contains(&version) {
            return Err(BaselineError::Version { file: file.to_owned(), found: version });
        }
        let document: Document = serde_json::from_slice(text).map_err(invalid)?;
        Ok(document.entries.into_iter().collect())
    }

    /// What a failed verdict says of itself if it is in the baseline, and no worse than it was.
    pub fn matching(&self, fingerprint: &str, resource: &Resource, verdict: &Verdict) -> Option<WaiverRef> {
        let entries = self.entries.get(fingerprint)?;
        entries.iter().any(|entry| entry.covers(resource, verdict)).then(|| WaiverRef {
            attests: false,
            reason: "it was there when the baseline was written".to_owned(),
            owner: String::new(),
            ticket: None,
            compensating_control: None,
            expires: None,
            expired: false,
            from: "baseline".to_owned(),
        })
    }

    /// What the reader of a report should know of it.
    pub fn notice(&self) -> Option<Notice> {
        let old = self.entries.values().flatten().filter(|entry| entry.facts.is_some()).count();
        let text = format!(
            "the baseline has {} of version 1, and any change of its resource ends such a one; seaworthy baseline prune \
             writes them anew",
            crate::text::count(old, "entry")
        );
        (old > 0).then(|| Notice::note(text))
    }

    /// The entries, by policy, resource and fact.
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<_> = self.entries.values().flatten().collect();
        entries.sort_by_cached_key(|entry| entry.key());
        entries
    }

    /// Entries that another one has and this one lacks.
    pub fn missing_of(&self, other: &Self) -> usize {
        let lacks = |entry: &&Entry| !self.entries.contains_key(&entry.fingerprint);
        other.entries.values().flatten().filter(lacks).count()
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
