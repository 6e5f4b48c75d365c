//! Where the record of drills is kept, and reading and adding to it there.

use std::path::PathBuf;

use super::beside::next_to;
use super::error::Error;
use super::objects;
use crate::config::Loaded;
use crate::drill::{self, Book, DrillError, Entry};
use crate::result::Drill;

/// The record, where nothing else is said.
const FILE: &str = "drills.ndjson";

/// Where a record is kept.
pub(super) struct Record {
    place: Place,
    /// Somebody said so.
    is_named: bool,
}

enum Place {
    File(PathBuf),
    Object { bucket: String, key: String },
}

impl Record {
    /// The record that is asked for; else that of the configuration, else the file of the usual name beside it.
    pub(super) fn of(loaded: &Loaded, asked: Option<&str>) -> Self {
        let configured = loaded.config.drills.record.as_deref();
        let is_named = asked.or(configured).is_some();
        let object = |text: &str| {
            let (bucket, key) = text.strip_prefix("s3://")?.split_once('/')?;
            Some(Place::Object { bucket: bucket.to_owned(), key: key.to_owned() })
        };
        let place = match (asked, configured) {
            (Some(asked), _) => object(asked).unwrap_or_else(|| Place::File(PathBuf::from(asked))),
            (None, Some(text)) => object(text).unwrap_or_else(|| Place::File(next_to(loaded, text))),
            (None, None) => Place::File(next_to(loaded, FILE)),
        };
        Self { place, is_named }
    }

    /// As people read it.
    pub(super) fn name(&self) -> String {
        match &self.place {
            Place::File(file) => file.display().to_string(),
            Place::Object { bucket, key } => format!("s3://{bucket}/{key}"),
        }
    }

    /// What it tells. Without a record, and where an object cannot be read, that is not known.
    pub(super) fn book(&self) -> Result<Book, Error> {
        let text = match &self.place {
            Place::File(file) => drill::read(file)?,
            Place::Object { bucket, key } => match objects::read(bucket, key) {
                Ok(found) => found.map(|(text, _)| text),
                // Half a report with an open question is better than none.
                Err(error) => {
                    let drills = Err(format!("the record {} was not read: {error}", self.name()));
                    return Ok(Book { record: self.name(), drills, is_named: self.is_named });
                }
            },
        };
        Ok(Book::new(self.name(), text.as_deref(), self.is_named)?)
    }

    /// Adds what `make` says of the drills that are there.
    pub(super) fn append<T>(&self, make: impl Fn(&[Drill]) -> Result<(Entry, T), DrillError>) -> Result<T, Error> {
        match &self.place {
            Place::File(file) => Ok(drill::append(file, make)?),
            Place::Object { bucket, key } => objects::append(bucket, key, |text| {
                let (addition, made) = drill::added(&self.name(), text, &make)?;
                Ok((format!("{text}{addition}"), made))
            }),
        }
    }
}
