//! One page for a meeting: it needs no script, asks nothing of any other place, and can be printed and sent.

use std::io;

use super::room::LADDER;
use super::view::View;
use crate::report::digest::fitting;
use crate::report::html::PAGE;
use crate::report::render::markup;
use crate::result::Readiness;

pub(super) fn write(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let template = include_str!("../../../reports/templates/readiness.html.j2");
    let page = fitting(&LADDER, PAGE, |room| markup("readiness.html", template, &View::new(found, room)?))?;
    out.write_all(page.as_bytes())
}
