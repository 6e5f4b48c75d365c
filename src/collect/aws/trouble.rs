//! A call that did not give an answer.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::fmt;

/// What kind of trouble a call met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TroubleClass {
    /// The caller may not.
    Denied,
    /// Nobody knows the caller: no credentials, wrong ones, or ones that have expired.
    Credentials,
    /// The service kept refusing for load, after all retries.
    Throttled,
    /// No answer: connection, name, time-out, or an answer cut off.
    Unreachable,
    /// The service or the account says that this is not to be had here.
    NotAvailable,
    /// The thing asked for is not there (any more).
    NotFound,
    /// Anything else, server errors included.
    Failed,
}

/// A call that did not give an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// `rds:DescribeDBInstances`.
    pub action: &'static str,
    pub class: TroubleClass,
    /// In a few words, without request ids, so that it is the same in every run.
    pub reason: String,
}

impl Trouble {
    /// The call succeeded, and its answer lacks what it was made for.
    pub(crate) fn empty(action: &'static str) -> Self {
        Self { action, class: TroubleClass::Failed, reason: "the answer is empty".to_owned() }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.class == TroubleClass::Denied { "denied" } else { "failed" };
        write!(f, "{} {word}: {}", self.action, self.reason)
    }
}
