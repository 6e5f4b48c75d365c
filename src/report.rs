//! Reports: how a person or a machine reads the result. Every reporter gets the same immutable
//! [`Report`](crate::result::Report).
//!
//! Only this stage and `main.rs` write to a stream. Verdicts come sorted; a reporter never reorders by anything that
//! could differ between two runs over the same input, and never decides anything (no gate, no severity, no filter).

pub mod applications;
mod color;
mod columns;
mod csv;
mod digest;
pub mod drill;
mod github;
mod gitlab;
pub mod graph;
mod group;
mod html;
pub mod json;
mod junit;
mod markdown;
pub mod orchestrate;
mod page;
mod phrase;
pub mod readiness;
pub mod region_switch;
pub mod region_switch_code;
mod render;
mod reporter;
mod requirements;
#[cfg(test)]
mod sample;
mod sarif;
mod table;
#[cfg(test)]
mod tests;
pub mod verify;

pub use reporter::{Render, Reporter};

/// Every output format, by name.
pub static REPORTERS: &[&dyn Reporter] = &[
    &csv::Csv,
    &github::GitHub,
    &gitlab::GitLab,
    &html::Html,
    &json::Json,
    &junit::JUnit,
    &markdown::Markdown,
    &sarif::Sarif,
    &table::Table,
];

/// The format of that name.
pub fn reporter(name: &str) -> Option<&'static dyn Reporter> {
    REPORTERS.iter().copied().find(|reporter| reporter.name() == name)
}
