//! What came of the functional checks of an application.

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;

/// What would be asked of an application, before anything is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckPlan {
    /// As the configuration calls it.
    pub application: String,
    /// The region in which it is to be up. Absent: none is configured, and no check needs one.
    pub region: Option<String>,
    /// In the order of the configuration. Those that were not asked for are not there.
    pub checks: Vec<PlannedCheck>,
}

/// A check that will be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedCheck {
    /// As the configuration calls it.
    pub name: String,
    /// What it asks: `http`, `database`.
    pub kind: &'static str,
    /// What would be contacted, without anything secret.
    pub target: String,
    /// How long it is tried, seconds.
    pub within_seconds: u64,
    /// What the caller has to be allowed in AWS.
    pub actions: &'static [&'static str],
    /// Why it is not made in this region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

/// The checks of one application in one region, made at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verified {
    /// Version of the tool that asked.
    pub tool_version: String,
    /// As the configuration calls it.
    pub application: String,
    /// The region in which it was to be up. Absent: none is configured, and no check needs one.
    pub region: Option<String>,
    /// When the first check began.
    pub started: Timestamp,
    /// From the first try to the last, seconds, to the millisecond.
    pub seconds: f64,
    /// Whether it works.
    pub answer: VerifiedAnswer,
    /// The same in one line.
    pub sentence: String,
    /// In the order of the configuration. Those that were not asked for are not there.
    pub checks: Vec<CheckResult>,
}

/// Whether an application works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerifiedAnswer {
    /// Every check passed.
    Verified,
    /// No check failed, and one at least could not be made.
    CannotTell,
    /// A check failed until its time was over.
    Failed,
}

impl VerifiedAnswer {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::CannotTell => "CANNOT TELL",
            Self::Failed => "FAILED",
        }
    }
}

/// What came of one check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckResult {
    /// As the configuration calls it.
    pub name: String,
    /// What it asks: `http`, `database`.
    pub kind: String,
    /// What was contacted, without anything secret.
    pub target: String,
    /// What came of it.
    pub outcome: CheckOutcome,
    /// How often it was tried.
    pub tries: u32,
    /// From the first try until it passed, or until the last one ended: seconds, to the millisecond.
    pub seconds: f64,
    /// What was seen last, in one sentence without a full stop. It may hold what a server sent.
    pub seen: String,
}

/// What came of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// The last try passed.
    Passed,
    /// It was tried until its time was over, and something else than was wanted was seen.
    Failed,
    /// It could not be made: no credentials, denied, a variable that is not set, no time left.
    Unknown,
    /// It is not for this region. It counts for nothing.
    Skipped,
}

impl CheckOutcome {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
        }
    }
}
