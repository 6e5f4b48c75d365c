//! How much of a report a page lists.

use std::io;

/// How much is listed.
pub(in crate::report) struct Limits {
    /// Resources of a policy.
    pub rows: usize,
    /// Policies, and items of any other list.
    pub groups: usize,
    /// Code that fixes it.
    pub code: bool,
}

/// The page with as much as fits into so many bytes: that of the first limits that do, else of the last.
pub(in crate::report) fn fitting<L>(
    ladder: &[L],
    most: usize,
    page: impl Fn(&L) -> io::Result<String>,
) -> io::Result<String> {
    let mut text = String::new();
    for limits in ladder {
        text = page(limits)?;
        if text.len() <= most {
            break;
        }
    }
    Ok(text)
}
