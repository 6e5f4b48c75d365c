//! What can be wrong with a request.

use thiserror::Error;

use crate::assess::baseline::BaselineError;
use crate::assess::waivers::WaiverError;
use crate::config::ConfigError;
use crate::policy::PolicyError;

/// Why a run cannot start.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum PipelineError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    Waivers(#[from] WaiverError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error("no policy, area, framework or control is called '{word}'{hint}")]
    UnknownPolicies { word: String, hint: String },
    #[error("the configuration has no application '{name}'{hint}")]
    UnknownApplication { name: String, hint: String },
    #[error("'{name}' does not come back in {to}: it comes back in {targets}")]
    NotRecoveredThere { name: String, to: String, targets: String },
    #[error("no resource has the id, the name or the address '{name}'{hint}")]
    UnknownResource { name: String, hint: String },
}

impl PipelineError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Config(error) => return error.help(),
            Self::Policy(error) => return error.help(),
            Self::Waivers(error) => return error.help().map(str::to_owned),
            Self::Baseline(error) => error.help(),
            Self::UnknownPolicies { .. } => {
                "seaworthy policy list names ids and areas; --format json adds frameworks and their controls"
            }
            Self::UnknownResource { .. } => "seaworthy graph FILE --format json lists all of them",
            Self::NotRecoveredThere { .. } => "where a region comes back is stated in seaworthy.yaml, under 'recovery'",
            Self::UnknownApplication { .. } => "applications are stated in seaworthy.yaml, under 'applications'",
        };
        Some(text.to_owned())
    }
}
