//! What was seen, as far as a configuration can name it.

use std::collections::BTreeSet;

use crate::model::Resource;
use crate::providers::aws::names::known_partition;

/// What was seen, as far as a configuration can name it.
pub(super) struct Sight<'a> {
    /// Without what a plan takes away.
    pub(super) resources: Vec<&'a Resource>,
    /// In which something is, or at least was looked for.
    pub(super) regions: BTreeSet<&'a str>,
    pub(super) accounts: BTreeSet<&'a str>,
    /// It is a part of an estate only.
    pub(super) is_part: bool,
}

/// A region that is not known has a notice of its own.
pub(super) fn is_known(region: &str) -> bool {
    known_partition(region).is_some()
}
