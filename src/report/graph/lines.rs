//! JSON, a line a resource and then a line an edge, each in a member that says which.

use std::io;

use serde_json::json;

use crate::result::Graph;

pub(super) fn write(graph: &Graph, out: &mut dyn io::Write) -> io::Result<()> {
    for resource in &graph.resources {
        writeln!(out, "{}", json!({"resource": resource}))?;
    }
    for edge in &graph.edges {
        writeln!(out, "{}", json!({"edge": edge}))?;
    }
    Ok(())
}
