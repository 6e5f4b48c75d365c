//! The applications of an estate, for people and for other tools.

use std::io;

use super::columns::columns;
use crate::result::{ApplicationSize, Applications, Unassigned};
use crate::text::{clean, clip, count, thousands};

/// So many resources that belong to no application are listed.
const LISTED: usize = 50;

/// Writes them as a table, escaped for the terminal. `width`: its columns.
pub fn table(found: &Applications, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    if found.applications.is_empty() {
        writeln!(out, "no applications are configured: seaworthy.yaml, 'applications'")?;
    } else {
        rows(&found.applications, width, out)?;
    }
    let empty: Vec<_> = found.applications.iter().filter(|application| application.resources == 0).collect();
    if !empty.is_empty() {
        writeln!(out)?;
    }
    empty.iter().try_for_each(|empty| writeln!(out, "{} selects nothing that was seen", clean(&empty.name)))?;
    let (perhaps, none): (Vec<_>, Vec<_>) = found.unassigned.iter().partition(|one| one.perhaps.is_some());
    section(out, width, &none, ["holds data and belongs to no application", "hold data and belong to no application"])?;
    section(out, width, &perhaps, ["holds data and may belong to one", "hold data and may belong to one"])
}

fn rows(applications: &[ApplicationSize], width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let header = ["application", "pattern", "RPO", "RTO", "resources", "stateful", "shared"];
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let row = |one: &ApplicationSize| {
        let [pattern, rpo, rto] = [&one.pattern, &one.rpo, &one.rto].map(or_dash);
        let [resources, stateful, shared] = [one.resources, one.stateful, one.shared].map(thousands);
        [clean(&one.name).into_owned(), pattern, rpo, rto, resources, stateful, shared]
    };
    let lines = columns(header, applications.iter().map(row), 2);
    lines.iter().try_for_each(|line| writeln!(out, "{}", clip(line, width.max(20))))
}

/// What one of them does, and what several do.
fn section(out: &mut dyn io::Write, width: usize, found: &[&Unassigned], [one, several]: [&str; 2]) -> io::Result<()> {
    let what = match found.len() {
        0 => return Ok(()),
        1 => one,
        _ => several,
    };
    writeln!(out, "\n{} {what}", count(found.len(), "resource"))?;
    for Unassigned { resource, perhaps } in found.iter().take(LISTED) {
        let place = [&resource.account, &resource.region].map(String::as_str);
        let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
        let place = if place.is_empty() { String::new() } else { format!(", {}", place.join(" · ")) };
        let line = format!("{} {}{place}", resource.title, resource.name);
        writeln!(out, "  {}", clip(&clean(&line), width.saturating_sub(2).max(20)))?;
        if let Some(reason) = perhaps {
            writeln!(out, "    {}", clip(&clean(reason), width.saturating_sub(4).max(20)))?;
        }
    }
    match found.len().checked_sub(LISTED) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(out, "  and {} more: --format json has all of them", thousands(more)),
    }
}

/// Writes them as one JSON document.
pub fn json(found: &Applications, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, found)?;
    writeln!(out)
}
