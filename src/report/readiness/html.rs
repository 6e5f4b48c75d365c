//! One page for a meeting: it needs no script, asks nothing of any other place, and can be printed.

use std::io;

use super::view::View;
use crate::report::render::markup;
use crate::result::Readiness;

pub(super) fn write(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let template = include_str!("../../../reports/templates/readiness.html.j2");
    out.write_all(markup("readiness.html", template, &View::new(found)?)?.as_bytes())
}
