//! SDK errors, classified once for all collectors.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::patience::Exhausted;
use super::{Trouble, TroubleClass};

/// How the reason begins where no provider of credentials could give any.
pub(super) const NO_CREDENTIALS: &str = "no credentials";

impl Trouble {
    /// Classifies an SDK error of the call `action`.
    pub(crate) fn new<E>(action: &'static str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata,
    {
        classify(action, error)
    }
}

/// Tells denied from throttled from unreachable from failed.
fn classify<E>(action: &'static str, error: &SdkError<E, HttpResponse>) -> Trouble
where
    E: ProvideErrorMetadata,
{
    let trouble = |class, reason: &str| Trouble { action, class, reason: reason.to_owned() };
    match error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            match context.err().code() {
                Some(code) => trouble(by_code(code, status), code),
                None => trouble(by_code("", status), &format!("HTTP {status}")),
            }
        }
        SdkError::TimeoutError(_) => trouble(TroubleClass::Unreachable, "timed out"),
        SdkError::DispatchFailure(context) => match context.as_connector_error() {
            Some(error) if let Some(reason) = no_credentials(error) => trouble(TroubleClass::Credentials, &reason),
            Some(error) if chain(error).any(|error| error.is::<Exhausted>()) => {
                trouble(TroubleClass::Unreachable, &Exhausted.to_string())
            }
            Some(error) if error.is_timeout() => trouble(TroubleClass::Unreachable, "timed out"),
            _ => trouble(TroubleClass::Unreachable, "the endpoint could not be reached"),
        },
        SdkError::ResponseError(context) => {
            let status = context.raw().status().as_u16();
            // Whatever stands in it, it is a refusal: of a proxy, say.
            if status == 403 {
                return trouble(TroubleClass::Denied, "HTTP 403");
            }
            trouble(TroubleClass::Unreachable, &format!("the answer could not be read (HTTP {status})"))
        }
        _ => trouble(TroubleClass::Failed, "the request could not be made"),
    }
}

fn by_code(code: &str, status: u16) -> TroubleClass {
    let has = |words: &[&str]| words.iter().any(|word| code.contains(word));
    if has(&["AuthFailure", "InvalidClientTokenId", "UnrecognizedClient", "ExpiredToken", "InvalidAccessKeyId"])
        || has(&["SignatureDoesNotMatch", "IncompleteSignature", "InvalidSignature", "MissingAuthenticationToken"])
    {
        TroubleClass::Credentials
    } else if has(&["AccessDenied", "UnauthorizedOperation", "NotAuthorized", "Forbidden"]) {
        TroubleClass::Denied
    } else if has(&["Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown"]) {
        TroubleClass::Throttled
    } else if has(&["OptInRequired", "SubscriptionRequired"]) {
        TroubleClass::NotAvailable
    } else if has(&["NotFound", "NoSuch"]) {
        TroubleClass::NotFound
    } else if status == 403 {
        TroubleClass::Denied
    } else {
        TroubleClass::Failed
    }
}

/// An error, and what is behind it.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Why nobody could say as whom to ask, if that is why the request was never sent.
fn no_credentials(error: &(dyn Error + 'static)) -> Option<String> {
    let mut chain = chain(error);
    let found = chain.find_map(|error| error.downcast_ref::<CredentialsError>())?;
    if let CredentialsError::CredentialsNotLoaded(_) = found {
        return Some(NO_CREDENTIALS.to_owned());
    }
    let why = chain.last().map_or_else(|| found.to_string(), ToString::to_string);
    Some(format!("{NO_CREDENTIALS}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_all_protocols_fall_into_their_class() {
        let cases = [
            ("AccessDenied", 403, TroubleClass::Denied),
            ("AccessDeniedException", 400, TroubleClass::Denied),
            ("UnauthorizedOperation", 403, TroubleClass::Denied),
            ("AuthFailure", 401, TroubleClass::Credentials),
            ("InvalidClientTokenId", 403, TroubleClass::Credentials),
            ("UnrecognizedClientException", 400, TroubleClass::Credentials),
            ("ExpiredToken", 400, TroubleClass::Credentials),
            ("ThrottlingException", 400, TroubleClass::Throttled),
            ("OptInRequired", 403, TroubleClass::NotAvailable),
            ("DBInstanceNotFound", 404, TroubleClass::NotFound),
            ("", 403, TroubleClass::Denied),
            ("", 500, TroubleClass::Failed),
            ("InternalFailure", 500, TroubleClass::Failed),
        ];
        for (code, status, class) in cases {
            assert_eq!(by_code(code, status), class, "{code} {status}");
        }
    }
}
