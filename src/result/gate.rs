//! Whether a run passed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{FailOn, GateScope};

/// Whether the run passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The exit code is 0.
    pub passed: bool,
    /// What came of it, in a word.
    pub status: GateStatus,
    /// 0 passed, 1 gate failed, 2 a policy errored or the command line was wrong, 3 nothing to judge, 4 evidence incomplete under `--strict`.
    pub exit_code: u8,
    /// From which severity on a failed policy fails it.
    pub fail_on: FailOn,
    /// Unknown verdicts and incomplete coverage fail it too.
    pub strict: bool,
    /// Which failed policies of a change count.
    pub scope: GateScope,
    /// `gate failed: 1 critical and 9 high (--fail-on high), exit 1`.
    pub sentence: String,
}

/// What came of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateStatus {
    /// Nothing that counts failed.
    Passed,
    /// Something did, or the evidence is incomplete where it may not be, or a policy errored.
    Failed,
    /// No policy had anything to judge, so nothing passed and nothing failed.
    NothingToJudge,
}

impl GateStatus {
    /// Of an exit code.
    pub fn of(exit_code: u8) -> Self {
        match exit_code {
            0 => Self::Passed,
            3 => Self::NothingToJudge,
            _ => Self::Failed,
        }
    }

    /// What the gate's sentence begins with.
    pub fn words(self) -> &'static str {
        match self {
            Self::Passed => "gate passed",
            Self::Failed => "gate failed",
            Self::NothingToJudge => "nothing to judge",
        }
    }
}
