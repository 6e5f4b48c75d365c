//! Every kind, of all providers.

use std::sync::LazyLock;

use super::info::KindInfo;
use super::{aws, drills, terraform};

/// Every kind, sorted by name (looked up by binary search).
pub static KINDS: LazyLock<Vec<KindInfo>> = LazyLock::new(|| {
    [drills::KINDS]
        .into_iter()
        .chain(aws::SERVICES.iter().copied())
        .chain([terraform::KINDS])
        .flatten()
        .copied()
        .collect()
});
