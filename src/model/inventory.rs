//! The inventory and its file: NDJSON, a header line and then a line a resource; zstd by content.

mod line;
mod stream;

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead, BufReader, Read, Write};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Coverage, CoverageStatus, Resource, Timestamp};

/// Version of the inventory file. It goes up when a reader of the version before would read it wrongly.
pub const SCHEMA_VERSION: u32 = 1;

/// The first line of an inventory file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always `inventory`: it tells the file from others.
    pub seaworthy: String,
    /// [`SCHEMA_VERSION`].
    pub version: u32,
    /// When the collection ended.
    pub collected_at: Timestamp,
    /// What it was collected from: `aws`, `terraform-plan plan.json`.
    pub sources: Vec<String>,
    /// What was seen, and what was not.
    pub coverage: Vec<Coverage>,
    /// How many resource lines follow. A file with fewer was cut off.
    pub resources: usize,
}

/// Everything collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Inventory {
    /// In the order of their ids, once [sorted](Self::sort).
    pub resources: Vec<Resource>,
    /// What was seen, and what was not.
    pub coverage: Vec<Coverage>,
    /// When the collection ended.
    pub collected_at: Timestamp,
    /// What it was collected from.
    pub sources: Vec<String>,
}

/// What can be wrong with an inventory file.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum InventoryError {
    #[error("the file is empty")]
    Empty,
    #[error("line 1 is no inventory header: {0}")]
    Header(#[source] serde_json::Error),
    #[error("the inventory has version {found}, and this is a reader of version {SCHEMA_VERSION}")]
    Version { found: u32 },
    #[error("line {line}: {source}")]
    Line { line: usize, source: serde_json::Error },
    #[error("the file is cut off: {found} of {expected} resources are there")]
    Truncated { found: usize, expected: usize },
    #[error("line {line}: '{id}' was on line {first} already")]
    Duplicate { line: usize, first: usize, id: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Inventory {
    /// An empty inventory of that source.
    pub fn new(source: &str, collected_at: Timestamp) -> Self {
        Self { resources: Vec::new(), coverage: Vec::new(), collected_at, sources: vec![source.to_owned()] }
    }

    /// Sorts resources by id and coverage by place, so that the same estate gives the same bytes.
    pub fn sort(&mut self) {
        self.resources.par_sort_by(|a, b| a.id.cmp(&b.id));
        self.coverage.sort();
        self.coverage.dedup();
    }

    /// Writes it, a line a resource.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let header = Header {
            seaworthy: "inventory".to_owned(),
            version: SCHEMA_VERSION,
            collected_at: self.collected_at,
            sources: self.sources.clone(),
            coverage: self.coverage.clone(),
            resources: self.resources.len(),
        };
        serde_json::to_writer(&mut *out, &header)?;
        out.write_all(b"\n")?;
        for resource in &self.resources {
            serde_json::to_writer(&mut *out, resource)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn header(line: &[u8]) -> Result<Header, InventoryError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        // The version is looked at first: a header of another version may well have other fields.
        let Version { version } = serde_json::from_slice(line).map_err(InventoryError::Header)?;
        if version != SCHEMA_VERSION {
            return Err(InventoryError::Version { found: version });
        }
        serde_json::from_slice(line).map_err(InventoryError::Header)
    }

    /// Whether a line is the header of an inventory, to tell the file from a plan or a state.
    pub fn is_header(line: &[u8]) -> bool {
        #[derive(Deserialize)]
        struct Probe {
            seaworthy: String,
        }
        serde_json::from_slice::<Probe>(line).is_ok_and(|probe| probe.seaworthy == "inventory")
    }

    /// Lays another inventory beside this one. Where both saw the same account, region and service, the one that
    /// was collected later wins, row by row; the returned sentences say which rows were replaced.
    pub fn merge(&mut self, other: Self) -> Vec<String> {
        let mut notes = Vec::new();
        let key = |row: &Coverage| (row.account.clone(), row.region.clone(), row.service.clone());
        let mine: BTreeMap<_, _> = self.coverage.iter().map(|row| (key(row), row.at)).collect();
        let theirs: BTreeMap<_, _> = other.coverage.iter().map(|row| (key(row), row.at)).collect();
        let newer = |at: &(String, String, String)| match (mine.get(at), theirs.get(at)) {
            (Some(mine), Some(theirs)) => theirs > mine,
            (None, _) => true,
            (Some(_), None) => false,
        };
        for at in theirs.keys().filter(|at| mine.contains_key(*at)) {
            let (account, region, service) = at;
            let kept = if newer(at) { theirs[at] } else { mine[at] };
            notes.push(format!("{service} of {account} {region} was collected twice: the newest, of {kept}, is used"));
        }
        let scope = |resource: &Resource| {
            let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
            (part(resource.account()), part(resource.region()), resource.kind.info().service.to_owned())
        };
        self.coverage.retain(|row| !(theirs.contains_key(&key(row)) && newer(&key(row))));
        // What is seen from other places (a global cluster) has no row of its own: the later of the two files counts.
        let later = other.collected_at > self.collected_at;
        let again: HashSet<&str> = other.resources.iter().map(|resource| resource.id.as_str()).collect();
        self.resources.retain(|resource| {
            let at = scope(resource);
            let replaced = theirs.contains_key(&at) && newer(&at);
            let seen_later = later && !mine.contains_key(&at) && again.contains(resource.id.as_str());
            !replaced && !seen_later
        });
        let have: HashSet<String> = self.resources.iter().map(|resource| resource.id.clone()).collect();
        self.coverage.extend(other.coverage.into_iter().filter(|row| newer(&key(row))));
        self.resources.extend(
            other.resources.into_iter().filter(|resource| newer(&scope(resource)) && !have.contains(&resource.id)),
        );
        self.collected_at = self.collected_at.max(other.collected_at);
        for source in other.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        self.sort();
        notes
    }

    /// Rows that are not complete.
    pub fn gaps(&self) -> impl Iterator<Item = &Coverage> {
        self.coverage.iter().filter(|row| row.status != CoverageStatus::Complete)
    }
}

/// A reader of what stands in a file, undoing zstd where the bytes say so.
pub fn unpacked<'r>(mut input: impl Read + Send + 'r) -> io::Result<Box<dyn BufRead + Send + 'r>> {
    let mut magic = Vec::new();
    input.by_ref().take(4).read_to_end(&mut magic)?;
    let is_packed = magic == [0x28, 0xb5, 0x2f, 0xfd];
    let whole = io::Cursor::new(magic).chain(input);
    Ok(match is_packed {
        true => Box::new(BufReader::with_capacity(1 << 16, zstd::Decoder::new(whole)?)),
        false => Box::new(BufReader::with_capacity(1 << 16, whole)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Place};

    #[test]
    fn what_has_no_row_of_its_own_is_taken_from_the_later_file() {
        let at = |day: &str| format!("2026-11-{day}T00:00:00Z").parse::<Timestamp>().unwrap();
        let seen = |day: &str, name: &str| {
            let mut inventory = Inventory::new("aws", at(day));
            let place = Place::global("111122223333");
            inventory.resources.push(Resource::new(Kind::of("aws.rds.global-cluster"), "global", name, place));
            inventory
        };
        let mut merged = seen("01", "then");
        merged.merge(seen("02", "now"));
        assert_eq!(merged, seen("02", "now"));
        merged.merge(seen("01", "then"));
        assert_eq!(merged, seen("02", "now"));
    }
}
