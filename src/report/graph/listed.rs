//! The edges of resources for people, both ways; of a whole estate what leads nowhere.

use std::collections::{BTreeMap, HashMap};
use std::io;

use crate::result::{Graph, GraphEdge, GraphResource};
use crate::text::{clean, clip, count, thousands};

/// So many edges of a resource are listed in one direction, and so many that lead nowhere.
const LISTED: usize = 50;

/// So many of the resources that are asked for are listed.
const ASKED: usize = 20;

/// Where everything is, and how much room there is.
struct Page<'g> {
    by_id: HashMap<&'g str, &'g GraphResource>,
    width: usize,
}

pub(super) fn write(graph: &Graph, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let by_id = graph.resources.iter().map(|resource| (resource.id.as_str(), resource)).collect();
    let page = Page { by_id, width };
    if graph.asked.is_empty() {
        return page.whole(graph, out);
    }
    let (mut leads_to, mut led_to): (HashMap<&str, Vec<_>>, HashMap<&str, Vec<_>>) = Default::default();
    for edge in &graph.edges {
        leads_to.entry(&edge.from).or_default().push(edge);
        led_to.entry(&edge.to).or_default().push(edge);
    }
    let of = |edges: &HashMap<&str, Vec<_>>, id: &str| edges.get(id).cloned().unwrap_or_default();
    for (number, id) in graph.asked.iter().take(ASKED).enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        page.line(out, "", &page.named(id))?;
        page.line(out, "  ", id)?;
        page.section(out, "It leads to", &of(&leads_to, id), |edge| &edge.to)?;
        page.section(out, "It is led to by", &of(&led_to, id), |edge| &edge.from)?;
    }
    if graph.asked.len() > ASKED {
        writeln!(out, "\nand {} more: --format json has all of them", count(graph.asked.len() - ASKED, "resource"))?;
    }
    Ok(())
}

impl<'g> Page<'g> {
    /// How much there is, and what of it leads nowhere.
    fn whole(&self, graph: &'g Graph, out: &mut dyn io::Write) -> io::Result<()> {
        let edges = thousands(graph.edges.len());
        writeln!(out, "{} resources, {edges} edges", thousands(graph.resources.len()))?;
        let mut rels: BTreeMap<&str, usize> = BTreeMap::new();
        graph.edges.iter().for_each(|edge| *rels.entry(&edge.rel).or_default() += 1);
        let most = rels.keys().map(|rel| rel.len()).max().unwrap_or_default();
        for (rel, number) in &rels {
            writeln!(out, "  {rel:most$}  {:>7}", thousands(*number))?;
        }
        let is_gone = |edge: &&GraphEdge| edge.dangling.as_ref().is_some_and(|dangling| dangling.gone);
        let gone: Vec<_> = graph.edges.iter().filter(is_gone).collect();
        if gone.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nThey lead to what is gone")?;
        for edge in gone.iter().take(LISTED) {
            self.line(out, "  ", &format!("{} {} {}", self.named(&edge.from), edge.rel, self.end(edge, &edge.to)))?;
        }
        self.rest(out, gone.len())
    }

    fn section(
        &self,
        out: &mut dyn io::Write,
        title: &str,
        edges: &[&'g GraphEdge],
        end: fn(&GraphEdge) -> &String,
    ) -> io::Result<()> {
        if edges.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n  {title}")?;
        for edge in edges.iter().take(LISTED) {
            self.line(out, "    ", &format!("{}: {}", edge.rel, self.end(edge, end(edge))))?;
            self.line(out, "      ", &said(edge))?;
            if let Some(reason) = edge.dangling.as_ref().and_then(|dangling| dangling.reason.as_ref()) {
                self.line(out, "      ", reason)?;
            }
        }
        self.rest(out, edges.len())
    }

    fn rest(&self, out: &mut dyn io::Write, all: usize) -> io::Result<()> {
        match all.checked_sub(LISTED) {
            None | Some(0) => Ok(()),
            Some(more) => writeln!(out, "    and {} more: --format json has all of them", thousands(more)),
        }
    }

    /// The other end of an edge.
    fn end(&self, edge: &GraphEdge, id: &str) -> String {
        match edge.dangling.as_ref().filter(|_| edge.to == id) {
            None => self.named(id),
            Some(dangling) => {
                let what = dangling.what.as_deref().map(|what| format!("{what} ")).unwrap_or_default();
                format!("{what}{id}, {}", if dangling.gone { "gone" } else { "unknown" })
            }
        }
    }

    /// `ECS service api, us-east-1`
    fn named(&self, id: &str) -> String {
        let Some(resource) = self.by_id.get(id) else { return id.to_owned() };
        let place = if resource.region.is_empty() { String::new() } else { format!(", {}", resource.region) };
        format!("{} {}{place}", resource.title, resource.name)
    }

    /// A line that fits.
    fn line(&self, out: &mut dyn io::Write, indent: &str, text: &str) -> io::Result<()> {
        writeln!(out, "{indent}{}", clip(&clean(text), self.width.saturating_sub(indent.len()).max(20)))
    }
}

/// What says that there is an edge.
fn said(edge: &GraphEdge) -> String {
    let part = edge.part.as_deref().map(|part| format!(": {part}")).unwrap_or_default();
    format!("{} · {} · {}{part}", edge.class.word(), edge.confidence.word(), edge.field)
}
