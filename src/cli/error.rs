//! Everything that can end a run, and what helps against it.

use thiserror::Error;

use super::input::InputError;
use crate::assess::baseline::BaselineError;
#[cfg(feature = "aws")]
use crate::collect::aws::AwsError;
use crate::config::ConfigError;
use crate::drill::DrillError;
use crate::output::OutputError;
use crate::pipeline::PipelineError;
use crate::policy::PolicyError;
use crate::report::json::ReadError;
use crate::result::Exit;

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
    Drill(#[from] DrillError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
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
    #[cfg(any(feature = "aws", feature = "verify"))]
    #[error("cannot start to ask: {0}")]
    Runtime(#[source] std::io::Error),
    #[error("{message}")]
    Usage { message: String, help: Option<String> },
    #[error("this build has no AWS support: it reads files only")]
    NoAws,
    #[error("this build makes no checks: it can list them only")]
    NoChecks,
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
            Self::Drill(error) => error.help(),
            Self::Pipeline(error) => error.help(),
            Self::Baseline(error) => Some(error.help().to_owned()),
            Self::Report { .. } => Some("seaworthy check -f json=FILE writes a result that can be rendered".to_owned()),
            #[cfg(feature = "aws")]
            Self::Aws(error) | Self::NoDiagnosis(error) => error.help(),
            #[cfg(any(feature = "aws", feature = "verify"))]
            Self::Runtime(_) => None,
            Self::Output(_) => None,
            Self::Usage { help, .. } => help.clone(),
            Self::NoAws => Some("build it with the feature 'aws', which is on by default".to_owned()),
            Self::NoChecks => Some("build it with the feature 'verify', which is on by default".to_owned()),
        }
    }
}
