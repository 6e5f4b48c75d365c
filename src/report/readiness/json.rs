//! One document, with everything.

use std::io;

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;
use crate::result::{Decision, Readiness};

/// The version of the document. It goes up when a reader of the version before would read it wrongly.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    /// It tells the file from others.
    seaworthy: &'static str,
    version: u32,
    applications: &'a [Readiness],
}

pub(super) fn write(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let document = Written { seaworthy: "readiness", version: VERSION, applications: found };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// What is compared of an earlier document.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Record {
    /// As the configuration calls it.
    pub application: String,
    /// Where it is to come back.
    pub recovery_region: String,
    /// When it was made.
    pub generated_at: Timestamp,
    /// What it said.
    pub decision: Decision,
    /// What stood in the way.
    pub blockers: Vec<RecordedBlocker>,
}

/// A blocker of an earlier document.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct RecordedBlocker {
    /// Stable over runs.
    pub fingerprint: String,
    /// One sentence.
    pub message: String,
}

/// Reads an earlier document. The error is a sentence.
pub fn records(bytes: &[u8]) -> Result<Vec<Record>, String> {
    #[derive(Deserialize)]
    struct Kind {
        seaworthy: String,
        version: u32,
    }
    #[derive(Deserialize)]
    struct Read {
        applications: Vec<Record>,
    }
    let kind: Kind = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    match (kind.seaworthy.as_str(), kind.version) {
        ("readiness", VERSION) => {}
        ("readiness", version) => {
            return Err(format!("it has version {version}, and this is a reader of version {VERSION}"));
        }
        (other, _) => return Err(format!("it is of the kind '{other}'")),
    }
    serde_json::from_slice(bytes).map(|read: Read| read.applications).map_err(|error| error.to_string())
}
