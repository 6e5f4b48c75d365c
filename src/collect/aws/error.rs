//! What ends a collection before it began. Everything else is coverage.

use thiserror::Error;

use super::classify::NO_CREDENTIALS;
use super::{Trouble, TroubleClass};

/// Why nothing at all could be collected.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AwsError {
    /// No provider of the SDK's chain had any.
    #[error("no AWS credentials were found{why}")]
    NoCredentials {
        /// What was in their way, if the chain came to one that should have had some.
        why: String,
    },
    /// They are wrong, or have expired.
    #[error("AWS does not accept the credentials: {reason}")]
    Credentials {
        /// AWS's own word.
        reason: String,
    },
    /// No answer to the first call.
    #[error("AWS could not be reached: {action} {reason}")]
    Unreachable {
        /// The call.
        action: &'static str,
        /// What became of it.
        reason: String,
    },
    /// An answer to the first call that is of no use.
    #[error("AWS does not say who the caller is: {action} {reason}")]
    Identity {
        /// The call.
        action: &'static str,
        /// What became of it.
        reason: String,
    },
    /// Which accounts there are is not known, or not in full.
    #[error("the accounts of the organization could not be listed: {action} {reason}")]
    Organization {
        /// The call.
        action: &'static str,
        /// What became of it.
        reason: String,
    },
    /// A filter names an account that is not configured.
    #[error("no account of the configuration is called '{name}'{hint}")]
    NoSuchAccount {
        /// As it was typed.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// A filter names a region that is not configured.
    #[error("'{name}' is none of the regions of the configuration{hint}")]
    NoSuchRegion {
        /// As it was typed.
        name: String,
        /// What may have been meant.
        hint: String,
    },
}

impl AwsError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NoCredentials { .. } => Some("set AWS_PROFILE or AWS_ACCESS_KEY_ID, or run 'aws sso login'"),
            Self::Credentials { .. } => Some("they are wrong or have expired; try 'aws sts get-caller-identity'"),
            Self::Unreachable { .. } => Some("check the network, HTTPS_PROXY, AWS_REGION and AWS_ENDPOINT_URL"),
            Self::Organization { .. } => {
                Some("run it in the management account or a delegated administrator, or list accounts under 'accounts'")
            }
            Self::Identity { .. } | Self::NoSuchAccount { .. } | Self::NoSuchRegion { .. } => None,
        }
    }

    /// The caller's identity could not be read. That needs no permission, so a refusal is one of the credentials.
    pub(super) fn identity(trouble: Trouble) -> Self {
        let Trouble { action, class, reason } = trouble;
        match class {
            TroubleClass::Credentials | TroubleClass::Denied => match reason.strip_prefix(NO_CREDENTIALS) {
                Some(why) => Self::NoCredentials { why: why.to_owned() },
                None => Self::Credentials { reason },
            },
            TroubleClass::Unreachable => Self::Unreachable { action, reason },
            _ => Self::Identity { action, reason },
        }
    }
}
