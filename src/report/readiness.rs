//! The readiness of applications, for people and for other tools.

mod drawn;
mod graph;
mod html;
mod json;
mod markdown;
mod room;
mod table;
mod view;
mod words;

use std::io;

use super::reporter::Render;
use crate::result::Readiness;
pub use json::{Record, records};

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadinessFormat {
    /// For people at a terminal.
    Table,
    /// One document, with everything; it can be compared with later.
    Json,
    /// For a ticket, a pull request or a wiki.
    Markdown,
    /// One page that needs no script and nothing from elsewhere.
    Html,
    /// The sequence for Graphviz, a rank a layer.
    Dot,
    /// The sequence as Markdown of GitHub and GitLab draws it.
    Mermaid,
    /// The sequence as a picture.
    Svg,
}

/// Writes the readiness of all of them, escaped for its reader.
pub fn write(found: &[Readiness], format: ReadinessFormat, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        ReadinessFormat::Table => table::write(found, how, out),
        ReadinessFormat::Json => json::write(found, out),
        ReadinessFormat::Markdown => markdown::write(found, out),
        ReadinessFormat::Html => html::write(found, out),
        ReadinessFormat::Dot => drawn::dot(found, out),
        ReadinessFormat::Mermaid => drawn::mermaid(found, out),
        ReadinessFormat::Svg => drawn::picture(found, out),
    }
}
