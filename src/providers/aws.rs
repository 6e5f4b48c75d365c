//! AWS.

pub(crate) mod documents;
pub(crate) mod names;
