//! How much of a report a page of Markdown lists.

/// How much is listed.
pub(super) struct Limits {
    /// Resources of a policy.
    pub rows: usize,
    /// Policies, and items of any other list.
    pub groups: usize,
    /// Code that fixes it.
    pub code: bool,
}
