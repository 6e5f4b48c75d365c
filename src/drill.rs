//! The record of drills: one line of JSON for each thing that happened, only ever added to. It is evidence, so that a line that
//! cannot be right is an error with its number, and nothing is guessed.

mod entry;
mod facts;
mod file;
mod replay;
#[cfg(test)]
mod tests;
mod which;

pub use entry::{Entry, Marked, What, WhatStep, moment};
pub use facts::{Book, resources};
pub use file::{added, append, read};
pub use replay::{drills, next_id};
pub use which::{running, step, target};

use thiserror::Error;

/// What is wrong with a record, or with what is to be added to it.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum DrillError {
    #[error("cannot read the record '{file}': {source}")]
    Read { file: String, source: std::io::Error },
    #[error("cannot add to the record '{file}': {source}")]
    Write { file: String, source: std::io::Error },
    #[error("{file}:{line}: {message}")]
    Invalid { file: String, line: usize, message: String },
    #[error("{message}")]
    Refused { message: String, help: String },
}

impl DrillError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Read { .. } | Self::Write { .. } => None,
            Self::Invalid { .. } => Some("each line is one JSON object, as 'seaworthy drill' writes it".to_owned()),
            Self::Refused { help, .. } => Some(help.clone()),
        }
    }

    fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: help.into() }
    }
}
