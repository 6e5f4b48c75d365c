//! Everything that can end a run, what helps against it, and the exit codes.

use std::process::ExitCode;

use thiserror::Error;

use crate::assess::baseline::BaselineError;
use crate::assess::waivers::WaiverError;
use crate::cli::InputError;
#[cfg(feature = "aws")]
use crate::collect::aws::AwsError;
use crate::config::ConfigError;
use crate::output::OutputError;
use crate::policy::PolicyError;
use crate::report::json::ReadError;

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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What ended a run.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum Error {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    Input(#[from] InputError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Waivers(#[from] WaiverError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error("'{file}' cannot be rendered: {source}")]
    Report { file: String, source: ReadError },
    #[cfg(feature = "aws")]
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The doctor came to no account at all, which is what it is asked about.
    #[cfg(feature = "aws")]
    #[error(transparent)]
    NoDiagnosis(AwsError),
    #[cfg(feature = "aws")]
    #[error("cannot start to collect: {0}")]
    Runtime(#[source] std::io::Error),
    #[error("{message}")]
    Usage { message: String, help: Option<String> },
    #[error("this build has no AWS support: it reads files only")]
    NoAws,
}

impl Error {
    /// A wrong call, and what to do instead.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }

    /// How the run ends by it.
    pub fn exit(&self) -> Exit {
        match self {
            #[cfg(feature = "aws")]
            Self::NoDiagnosis(_) => Exit::EvidenceIncomplete,
            _ => Exit::Trouble,
        }
    }

    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Config(error) => error.help(),
            Self::Policy(error) => error.help(),
            Self::Input(error) => error.help(),
            Self::Waivers(error) => error.help().map(str::to_owned),
            Self::Baseline(error) => Some(error.help().to_owned()),
            Self::Report { .. } => Some("seaworthy check -f json=FILE writes a result that can be rendered".to_owned()),
            #[cfg(feature = "aws")]
            Self::Aws(error) | Self::NoDiagnosis(error) => error.help(),
            #[cfg(feature = "aws")]
            Self::Runtime(_) => None,
            Self::Output(_) => None,
            Self::Usage { help, .. } => help.clone(),
            Self::NoAws => Some("build it with the feature 'aws', which is on by default".to_owned()),
        }
    }
}
