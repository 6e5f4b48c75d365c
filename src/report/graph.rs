//! The graph of an estate, for people and for other tools.

mod drawn;
mod lines;
mod listed;

use std::io;

use crate::result::Graph;
pub(super) use drawn::{in_dot, in_mermaid};

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFormat {
    /// For people: what a resource leads to, and what leads to it.
    Table,
    /// JSON, a line a resource and then a line an edge.
    Json,
    /// Graphviz.
    Dot,
    /// Mermaid, which Markdown of GitHub and GitLab draws.
    Mermaid,
}

/// Writes a graph, escaped for its reader. `width`: columns of the terminal.
pub fn write(graph: &Graph, format: GraphFormat, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        GraphFormat::Table => listed::write(graph, width, out),
        GraphFormat::Json => lines::write(graph, out),
        GraphFormat::Dot => drawn::dot(graph, out),
        GraphFormat::Mermaid => drawn::mermaid(graph, out),
    }
}
