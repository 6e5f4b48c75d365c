//! One page for a meeting.

use std::io;

use crate::result::Readiness;

pub(super) fn write(_: &[Readiness], _: &mut dyn io::Write) -> io::Result<()> {
    Ok(())
}
