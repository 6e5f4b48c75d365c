//! One page for a meeting: it needs no script, asks nothing of any other place, and can be printed.

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};

use super::view::View;
use crate::result::Readiness;
use crate::text::{clean, clip};

/// Longest text, in characters.
const LONGEST: usize = 600;

pub(super) fn write(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let mut environment = Environment::new();
    let whitespace = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(whitespace.map_err(io::Error::other)?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => {
            // What only a command has are lines, and nothing else may turn the page around.
            let lines: Vec<_> = text.split('\n').map(clean).collect();
            let text = lines.join("\n");
            minijinja::escape_formatter(out, state, &clip(&text, LONGEST).into_owned().into())
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    let template = environment
        .template_from_named_str("readiness.html", include_str!("../../../reports/templates/readiness.html.j2"))
        .map_err(io::Error::other)?;
    let page = template.render(Serde(View::new(found))).map_err(io::Error::other)?;
    out.write_all(page.as_bytes())
}
