//! What ends a collection before it began. Everything else is coverage.

use thiserror::Error;

use super::classify::NO_CREDENTIALS;
use super::{Trouble, TroubleClass};
use crate::text::{did_you_mean, some};

/// Why nothing at all could be collected.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AwsError {
    /// No provider of the SDK's chain had any.
    #[error("no AWS credentials were found{why}")]
    NoCredentials {
        /// What was in their way, if the chain came to one that should have had some.
        why: String,
        /// What helps.
        help: String,
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
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::NoCredentials { help, .. } => help,
            Self::Credentials { reason } if is_expired(reason) => {
                "log in again: aws sso login, or whatever gave you the session"
            }
            Self::Credentials { .. } => "they are wrong or have expired; try 'aws sts get-caller-identity'",
            Self::Unreachable { .. } => "check the network, HTTPS_PROXY, AWS_REGION and AWS_ENDPOINT_URL",
            Self::Organization { .. } => {
                "run it in the management account or a delegated administrator, or list accounts under 'accounts'"
            }
            Self::Identity { .. } | Self::NoSuchAccount { .. } | Self::NoSuchRegion { .. } => return None,
        };
        Some(text.to_owned())
    }

    /// The caller's identity could not be read. That needs no permission, so a refusal is one of the credentials.
    pub(super) fn identity(trouble: Trouble, caller: &Environment) -> Self {
        let Trouble { action, class, reason } = trouble;
        match class {
            TroubleClass::Credentials | TroubleClass::Denied => match reason.strip_prefix(NO_CREDENTIALS) {
                Some(why) => caller.no_credentials(why),
                None => Self::Credentials { reason: caller.with_profile(reason) },
            },
            TroubleClass::Unreachable => Self::Unreachable { action, reason: caller.with_endpoint(reason) },
            _ => Self::Identity { action, reason },
        }
    }
}

fn is_expired(reason: &str) -> bool {
    reason.contains("Expired") || reason.contains("expired")
}

/// Where the caller's credentials and endpoint come from, for those who have to mend it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Environment {
    /// `AWS_PROFILE`, if it is set.
    pub profile: Option<String>,
    /// Profiles of the AWS files. `None`: they could not be read.
    pub profiles: Option<Vec<String>>,
    /// The region that is asked.
    pub region: String,
    /// `AWS_ENDPOINT_URL`, if it is set.
    pub endpoint: Option<String>,
}

impl Environment {
    fn no_credentials(&self, why: &str) -> AwsError {
        let usual = "set AWS_PROFILE or AWS_ACCESS_KEY_ID, or run 'aws sso login'";
        let (why, help) = match (&self.profile, &self.profiles) {
            (Some(name), Some(there)) if !there.contains(name) => {
                let hint = did_you_mean(name, there.iter().map(String::as_str));
                let help = match there.as_slice() {
                    [] => "~/.aws/config and ~/.aws/credentials have no profiles".to_owned(),
                    there => format!("the profiles of ~/.aws/config and ~/.aws/credentials are {}", some(there, NAMED)),
                };
                (format!(": there is no profile '{name}', which AWS_PROFILE names{hint}"), help)
            }
            (Some(name), _) => {
                let why = why.trim_start_matches(": ");
                let more = if why.is_empty() { String::new() } else { format!(": {why}") };
                (
                    format!(" in profile '{name}', which AWS_PROFILE names{more}"),
                    format!("aws sso login --profile {name}"),
                )
            }
            (None, Some(there)) if !there.is_empty() => {
                (why.to_owned(), format!("{usual}; the profiles that there are: {}", some(there, NAMED)))
            }
            _ => (why.to_owned(), usual.to_owned()),
        };
        AwsError::NoCredentials { why, help }
    }

    fn with_profile(&self, reason: String) -> String {
        match &self.profile {
            Some(name) => format!("{reason} (profile '{name}')"),
            None => reason,
        }
    }

    fn with_endpoint(&self, reason: String) -> String {
        match &self.endpoint {
            Some(endpoint) => format!("{reason} (AWS_ENDPOINT_URL is {endpoint})"),
            None => format!("{reason} (in region {})", self.region),
        }
    }
}

/// So many names of a list that may be long are shown.
const NAMED: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn said(environment: &Environment, class: TroubleClass, reason: &str) -> (String, Option<String>) {
        let trouble = Trouble { action: "sts:GetCallerIdentity", class, reason: reason.to_owned() };
        let error = AwsError::identity(trouble, environment);
        (error.to_string(), error.help())
    }

    fn environment(profile: Option<&str>, profiles: &[&str]) -> Environment {
        Environment {
            profile: profile.map(str::to_owned),
            profiles: Some(profiles.iter().map(|name| (*name).to_owned()).collect()),
            region: "us-wset-2".to_owned(),
            endpoint: None,
        }
    }

    #[test]
    fn a_profile_that_is_not_there_is_named_with_those_that_are() {
        let environment = environment(Some("prdo"), &["default", "prod"]);
        let (error, help) = said(&environment, TroubleClass::Credentials, NO_CREDENTIALS);
        assert_eq!(
            error,
            "no AWS credentials were found: there is no profile 'prdo', which AWS_PROFILE names (did you mean 'prod'?)"
        );
        assert_eq!(help.unwrap(), "the profiles of ~/.aws/config and ~/.aws/credentials are default, prod");
    }

    #[test]
    fn the_other_ways_to_have_no_credentials() {
        let credentials = TroubleClass::Credentials;
        let (error, help) =
            said(&environment(Some("prod"), &["prod"]), credentials, "no credentials: the token expired");
        assert_eq!(
            error,
            "no AWS credentials were found in profile 'prod', which AWS_PROFILE names: the token expired"
        );
        assert_eq!(help.unwrap(), "aws sso login --profile prod");
        let (error, help) = said(&environment(None, &["prod"]), credentials, NO_CREDENTIALS);
        assert_eq!(error, "no AWS credentials were found");
        assert_eq!(
            help.unwrap(),
            "set AWS_PROFILE or AWS_ACCESS_KEY_ID, or run 'aws sso login'; the profiles that there are: prod"
        );
        let (error, help) = said(&environment(Some("prod"), &["prod"]), credentials, "ExpiredToken");
        assert_eq!(error, "AWS does not accept the credentials: ExpiredToken (profile 'prod')");
        assert_eq!(help.unwrap(), "log in again: aws sso login, or whatever gave you the session");
        let (error, _) = said(&environment(None, &[]), TroubleClass::Unreachable, "timed out");
        assert_eq!(error, "AWS could not be reached: sts:GetCallerIdentity timed out (in region us-wset-2)");
    }
}
