//! How much a builtin may be given or make.

/// Longest text that a builtin may be given or make, and most items.
pub(super) const MAX_TEXT: usize = 4 * 1024 * 1024;

pub(super) const MAX_ITEMS: usize = 1_000_000;
