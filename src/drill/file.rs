//! The record as a file. Nothing in it is ever changed.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::entry::Entry;
use super::{DrillError, replay};
use crate::result::Drill;

/// The text of the record. `None`: there is no such file.
pub fn read(file: &Path) -> Result<Option<String>, DrillError> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(DrillError::Read { file: file.display().to_string(), source }),
    }
}

/// Adds what `make` says, once it has seen all drills of the record. Nobody else adds to it meanwhile, so that two people who
/// start a drill at the same time start one.
pub fn append<T>(file: &Path, make: impl Fn(&[Drill]) -> Result<(Entry, T), DrillError>) -> Result<T, DrillError> {
    let name = file.display().to_string();
    let wrong = |source| DrillError::Write { file: name.clone(), source };
    // What is refused leaves no empty record behind, which would look like one without a drill.
    if !file.exists() {
        added(&name, "", &make)?;
    }
    let open = || -> std::io::Result<(File, String)> {
        let mut record = OpenOptions::new().read(true).append(true).create(true).open(file)?;
        record.lock()?;
        let mut text = String::new();
        record.seek(SeekFrom::Start(0))?;
        record.read_to_string(&mut text)?;
        Ok((record, text))
    };
    let (mut record, text) = open().map_err(wrong)?;
    let (addition, made) = added(&name, &text, make)?;
    record.write_all(addition.as_bytes()).and_then(|()| record.sync_all()).map_err(wrong)?;
    Ok(made)
}

/// What has to be added to the text of a record of that name.
pub fn added<T>(
    name: &str,
    text: &str,
    make: impl FnOnce(&[Drill]) -> Result<(Entry, T), DrillError>,
) -> Result<(String, T), DrillError> {
    let (entry, made) = make(&replay::drills(name, text)?)?;
    let line = serde_json::to_string(&entry)
        .map_err(|error| DrillError::Write { file: name.to_owned(), source: error.into() })?;
    // A line that lost its end, as editors leave it, stays a line of its own.
    let begin = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    // What the record would be is read once more before it is written: no entry makes it unreadable.
    replay::drills(name, &format!("{text}{begin}{line}")).map_err(|error| match error {
        // The line is none of the record yet.
        DrillError::Invalid { message, .. } => {
            DrillError::refused(message, "seaworthy drill show tells what is recorded")
        }
        other => other,
    })?;
    Ok((format!("{begin}{line}\n"), made))
}
