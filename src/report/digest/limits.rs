//! How much of a report a page lists.

/// How much is listed.
pub(in crate::report) struct Limits {
    /// Resources of a policy.
    pub rows: usize,
    /// Policies, and items of any other list.
    pub groups: usize,
    /// Code that fixes it.
    pub code: bool,
}
