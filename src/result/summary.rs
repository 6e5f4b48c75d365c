//! The numbers of a run.

use std::collections::BTreeMap;

use super::Outcome;
use crate::model::Severity;

/// The numbers. They cover every verdict, shown or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Resources that were judged.
    pub resources: usize,
    /// Accounts in which there are any.
    pub accounts: usize,
    /// Regions in which there are any.
    pub regions: usize,
    /// Number of verdicts by outcome; every outcome is there.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Number of failed verdicts by severity; every severity is there.
    pub failed: BTreeMap<Severity, usize>,
    /// By area, sorted.
    pub areas: Vec<AreaScore>,
    /// Resources that no collector or mapping understands, by type: `aws_foo` → 3.
    pub not_understood: BTreeMap<String, usize>,
    /// Verdicts that pass because code declares it: nobody has seen it run.
    pub declared: usize,
    /// Verdicts that pass because somebody answers for it.
    pub attested: usize,
    /// Questions that were not asked because only the running estate can answer them. They count as not applicable.
    pub for_the_running: usize,
}

/// How one area stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaScore {
    /// The folder of its policies.
    pub area: String,
    /// Verdicts that pass.
    pub pass: usize,
    /// Verdicts that fail.
    pub fail: usize,
    /// Verdicts that are unknown.
    pub unknown: usize,
    /// Verdicts that are waived.
    pub waived: usize,
    /// pass / (pass + fail + waived), percent, rounded down. None: nothing was decided.
    pub score: Option<u8>,
    /// (pass + fail + waived) / (pass + fail + waived + unknown), percent, rounded down: how much of the area the score
    /// speaks of. None: nothing was judged.
    pub decided: Option<u8>,
}

impl AreaScore {
    /// Score and share that is decided. An unknown verdict is neither a success nor a failure: it lowers the share that is
    /// decided, not the score.
    pub(crate) fn shares(pass: usize, fail: usize, unknown: usize, waived: usize) -> (Option<u8>, Option<u8>) {
        let decided = pass + fail + waived;
        (percent(pass, decided), percent(decided, decided + unknown))
    }
}

/// Rounded down, so that 100 means all. `None` of nothing.
fn percent(part: usize, whole: usize) -> Option<u8> {
    (part * 100).checked_div(whole).and_then(|percent| u8::try_from(percent).ok())
}

/// How one application stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationResult {
    /// As the configuration calls it.
    pub name: String,
    /// Its resources.
    pub resources: usize,
    /// Failed policies that make its recovery impossible.
    pub blockers: usize,
    /// Failed policies, blockers included.
    pub failed: usize,
    /// Verdicts that are unknown.
    pub unknown: usize,
}
