//! What ends a collection before it began. Everything else is coverage.

use thiserror::Error;

use super::classify::NO_CREDENTIALS;
use super::{Trouble, TroubleClass};

/// Why nothing at all could be collected.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AwsError {
    #[error("no AWS credentials were found")]
    NoCredentials,
    #[error("AWS does not accept the credentials: {reason}")]
    Credentials { reason: String },
    #[error("AWS could not be reached: {action} {reason}")]
    Unreachable { action: &'static str, reason: String },
    #[error("AWS does not say who the caller is: {action} {reason}")]
    Identity { action: &'static str, reason: String },
    #[error("the accounts of the organization could not be listed: {action} {reason}")]
    Organization { action: &'static str, reason: String },
    #[error("no account of the configuration is called '{name}'{hint}")]
    NoSuchAccount { name: String, hint: String },
    #[error("'{name}' is none of the regions of the configuration{hint}")]
    NoSuchRegion { name: String, hint: String },
}

impl AwsError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NoCredentials => Some("set AWS_PROFILE or AWS_ACCESS_KEY_ID, or run 'aws sso login'"),
            Self::Credentials { .. } => Some("they are wrong or have expired; try 'aws sts get-caller-identity'"),
            Self::Unreachable { .. } => Some("check the network, HTTPS_PROXY, AWS_REGION and AWS_ENDPOINT_URL"),
            Self::Organization { .. } => {
                Some("run it in the management account or a delegated administrator, or list accounts under 'accounts'")
            }
            Self::Identity { .. } | Self::NoSuchAccount { .. } | Self::NoSuchRegion { .. } => None,
        }
    }

    /// The caller's identity could not be read.
    pub(super) fn identity(trouble: Trouble) -> Self {
        let Trouble { action, class, reason } = trouble;
        match class {
            TroubleClass::Credentials if reason == NO_CREDENTIALS => Self::NoCredentials,
            TroubleClass::Credentials => Self::Credentials { reason },
            TroubleClass::Unreachable => Self::Unreachable { action, reason },
            _ => Self::Identity { action, reason },
        }
    }
}
