//! Templates in which every value is text, and nothing else.

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use crate::model::Timestamp;
use crate::text::{clean, clip};

/// What pages look like, on a screen, on a phone and on paper.
pub(super) const STYLE: &str = include_str!("../../reports/templates/style.css");

/// Longest text, in characters.
const LONGEST: usize = 2_000;

/// Where templates are rendered. What leads a line of a template leaves none behind.
pub(super) fn environment() -> io::Result<Environment<'static>> {
    let mut environment = Environment::new();
    let whitespace = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(whitespace.map_err(io::Error::other)?);
    Ok(environment)
}

/// What stands below a page: the tool, when it was made, when it was seen, and what was judged.
pub(super) fn footer(version: &str, [made, seen]: [Timestamp; 2], sources: &[String]) -> String {
    let [made, seen] = [made, seen].map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    format!("seaworthy {version} · made {made} · seen {seen} · {}", sources.join(", "))
}

/// Renders a template of HTML or of SVG.
pub(super) fn markup(name: &str, template: &str, context: &impl Serialize) -> io::Result<String> {
    let mut environment = environment()?;
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => {
            // Only a command has lines, and nothing else may turn the page around.
            let lines: Vec<_> = text.split('\n').map(clean).collect();
            let text = lines.join("\n");
            minijinja::escape_formatter(out, state, &clip(&text, LONGEST).into_owned().into())
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    let template = environment.template_from_named_str(name, template).map_err(io::Error::other)?;
    template.render(Serde(context)).map_err(io::Error::other)
}
