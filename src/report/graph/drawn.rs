//! Graphs that other tools draw. Names are written by others, so that nothing of them may end a label or begin a link.

use std::collections::HashMap;
use std::io;

use crate::model::EdgeClass;
use crate::result::{Graph, GraphEdge};
use crate::text::clean;

/// A node: what it is called in the drawing, and what stands in it.
struct Node {
    label: String,
    /// It is not among the resources.
    is_missing: bool,
}

/// Nodes in their order, and the number of each end of an edge.
fn nodes(graph: &Graph) -> (Vec<Node>, HashMap<&str, usize>) {
    let mut nodes = Vec::new();
    let mut numbers = HashMap::new();
    for resource in &graph.resources {
        numbers.insert(resource.id.as_str(), nodes.len());
        let place = if resource.region.is_empty() { String::new() } else { format!("\n{}", resource.region) };
        nodes.push(Node { label: format!("{}\n{}{place}", resource.title, resource.name), is_missing: false });
    }
    for edge in &graph.edges {
        let next = nodes.len();
        if *numbers.entry(edge.to.as_str()).or_insert(next) == next {
            nodes.push(Node { label: missing(edge), is_missing: true });
        }
    }
    (nodes, numbers)
}

fn missing(edge: &GraphEdge) -> String {
    match &edge.dangling {
        Some(dangling) => {
            let what = dangling.what.as_deref().map(|what| format!("{what}\n")).unwrap_or_default();
            format!("{what}{}\n{}", edge.to, if dangling.gone { "gone" } else { "unknown" })
        }
        None => edge.to.clone(),
    }
}

/// What a line looks like: what orders a recovery is drawn through.
fn is_dashed(edge: &GraphEdge) -> bool {
    matches!(edge.class, EdgeClass::Continuity | EdgeClass::Observability)
}

pub(super) fn dot(graph: &Graph, out: &mut dyn io::Write) -> io::Result<()> {
    let (nodes, numbers) = nodes(graph);
    writeln!(out, "digraph estate {{\n  rankdir=LR;\n  node [shape=box];")?;
    for (number, node) in nodes.iter().enumerate() {
        let style = if node.is_missing { ", style=dashed" } else { "" };
        writeln!(out, "  n{number} [label=\"{}\"{style}];", lines(&node.label, "\\n", in_dot))?;
    }
    for (edge, [from, to]) in ends(graph, &numbers) {
        let style = if is_dashed(edge) { ", style=dashed" } else { "" };
        writeln!(out, "  n{from} -> n{to} [label=\"{}\"{style}];", in_dot(&edge.rel))?;
    }
    writeln!(out, "}}")
}

pub(super) fn mermaid(graph: &Graph, out: &mut dyn io::Write) -> io::Result<()> {
    let (nodes, numbers) = nodes(graph);
    writeln!(out, "flowchart LR")?;
    for (number, node) in nodes.iter().enumerate() {
        let class = if node.is_missing { ":::missing" } else { "" };
        writeln!(out, "  n{number}[\"{}\"]{class}", lines(&node.label, "<br>", in_mermaid))?;
    }
    for (edge, [from, to]) in ends(graph, &numbers) {
        let arrow = if is_dashed(edge) { "-.->" } else { "-->" };
        writeln!(out, "  n{from} {arrow}|\"{}\"| n{to}", in_mermaid(&edge.rel))?;
    }
    writeln!(out, "  classDef missing stroke-dasharray: 5 5")
}

fn ends<'g>(graph: &'g Graph, numbers: &'g HashMap<&str, usize>) -> impl Iterator<Item = (&'g GraphEdge, [usize; 2])> {
    let number = |id: &str| numbers.get(id).copied();
    graph.edges.iter().filter_map(move |edge| Some((edge, [number(&edge.from)?, number(&edge.to)?])))
}

fn lines(label: &str, between: &str, escape: fn(&str) -> String) -> String {
    label.split('\n').map(escape).collect::<Vec<_>>().join(between)
}

pub(in crate::report) fn in_dot(text: &str) -> String {
    // What `clean` writes has backslashes, too.
    clean(text).replace('\\', "\\\\").replace('"', "\\\"")
}

/// Mermaid takes entities, without the `&`.
pub(in crate::report) fn in_mermaid(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' | '_' | '/' | ':' | '.' | ',' => escaped.push(c),
            c if c.is_alphanumeric() => escaped.push(c),
            c => escaped.push_str(&format!("#{};", u32::from(c))),
        }
    }
    escaped
}
