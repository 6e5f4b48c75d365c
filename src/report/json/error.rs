//! Why a stored result cannot be read.

use thiserror::Error;

use super::v1::SCHEMA;

/// Why something is not a stored result.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Another JSON file.
    #[error("this is no stored result of seaworthy: its JSON has no \"schema\" that begins with 'seaworthy.report/'")]
    Stranger,
    /// Another version of the format.
    #[error("the result has the schema '{0}', and this is a reader of '{SCHEMA}'")]
    Version(String),
    /// Not JSON, or not all of a result.
    #[error("the result cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A verdict without its policy.
    #[error("a verdict names the policy '{0}', and the result has no such policy")]
    Policy(String),
    /// A requirement without one of its policies.
    #[error("the requirement '{0}' names the policy '{1}', and the result has no such policy")]
    Requirement(String, String),
    /// Coverage of a kind that is not known here.
    #[error("the result names the kind '{0}', which is not known here")]
    Kind(String),
}
