//! For a ticket, a pull request or a wiki.

use std::io;

use minijinja::value::Serde;

use super::room::LADDER;
use super::view::View;
use crate::report::digest::fitting;
use crate::report::markdown::{COMMENT, environment};
use crate::result::Readiness;

pub(super) fn write(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let environment = environment()?;
    let template = environment
        .template_from_named_str("readiness.md", include_str!("../../../reports/templates/readiness.md.j2"))
        .map_err(io::Error::other)?;
    let page =
        fitting(&LADDER, COMMENT, |room| template.render(Serde(View::new(found, room)?)).map_err(io::Error::other))?;
    out.write_all(page.trim_start().as_bytes())
}
