//! What a run was narrowed to.

use std::collections::BTreeSet;

use crate::model::{Coverage, Kind};

/// What a run was narrowed to, so that its answer is about less than there is.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    /// The filters, as they were given: `--app shop`.
    pub filter: Option<String>,
    /// Policies about blockers that were left out.
    pub policies: usize,
    /// Resources with a recovery place that decide the answer, but that the filters exclude where places were read.
    pub resources: usize,
    /// Resources that decide the answer and may or may not match the filters: the facts for that are unknown.
    pub doubtful: usize,
    /// Resources that decide the answer and that the plan cannot touch, so that they were not judged.
    pub aside: usize,
    /// Kinds of everything that was found, before anything was left out.
    pub found: BTreeSet<Kind>,
    /// Services that were not asked, and that no policy needs which is.
    pub services: BTreeSet<&'static str>,
}

impl Narrowed {
    /// Whether a service was left out that nothing which is asked needs: it is no gap.
    pub(super) fn leaves_out(&self, row: &Coverage) -> bool {
        row.is_not_needed() && self.services.contains(row.service.as_str())
    }
}
