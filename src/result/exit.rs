//! The exit codes.

use std::process::ExitCode;

use super::{Decision, VerifiedAnswer};

/// How a run ended. The same for every output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The gate passed.
    Passed = 0,
    /// A failed policy counts.
    GateFailed = 1,
    /// Usage, configuration or a policy is wrong.
    Trouble = 2,
    /// No policy had anything to say.
    NothingToEvaluate = 3,
    /// Under `--strict`.
    EvidenceIncomplete = 4,
}

impl Exit {
    /// In words, for `demo` and the table in `--help`.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::GateFailed => "gate failed",
            Self::Trouble => "usage, configuration or policy error",
            Self::NothingToEvaluate => "nothing to judge",
            Self::EvidenceIncomplete => "evidence incomplete, under --strict",
        }
    }

    /// Of a report's gate.
    pub fn of(code: u8) -> Self {
        match code {
            0 => Self::Passed,
            1 => Self::GateFailed,
            3 => Self::NothingToEvaluate,
            4 => Self::EvidenceIncomplete,
            _ => Self::Trouble,
        }
    }
}

/// A GO that is not known to be one is none.
impl From<Decision> for Exit {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Go => Self::Passed,
            Decision::NoGo => Self::GateFailed,
            Decision::CannotTell => Self::EvidenceIncomplete,
        }
    }
}

/// What is not known to work is not verified.
impl From<VerifiedAnswer> for Exit {
    fn from(answer: VerifiedAnswer) -> Self {
        match answer {
            VerifiedAnswer::Verified => Self::Passed,
            VerifiedAnswer::Failed => Self::GateFailed,
            VerifiedAnswer::CannotTell => Self::EvidenceIncomplete,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
