//! SDK errors, classified once for all collectors.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::{Trouble, TroubleClass};

/// Tells denied from throttled from unreachable from failed.
pub(super) fn classify<E>(action: &'static str, error: &SdkError<E, HttpResponse>) -> Trouble
where
    E: ProvideErrorMetadata,
{
    let trouble = |class, reason: String| Trouble { action, class, reason };
    match error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            let code = context.err().code().unwrap_or_default();
            trouble(by_code(code, status), if code.is_empty() { format!("HTTP {status}") } else { code.to_owned() })
        }
        SdkError::TimeoutError(_) => trouble(TroubleClass::Unreachable, "timed out".to_owned()),
        SdkError::DispatchFailure(_) => trouble(TroubleClass::Unreachable, "endpoint could not be reached".to_owned()),
        SdkError::ResponseError(context) => {
            let status = context.raw().status().as_u16();
            trouble(TroubleClass::Unreachable, format!("the answer could not be read (HTTP {status})"))
        }
        _ => trouble(TroubleClass::Failed, "the request could not be made".to_owned()),
    }
}

fn by_code(code: &str, status: u16) -> TroubleClass {
    let has = |words: &[&str]| words.iter().any(|word| code.contains(word));
    if has(&["AccessDenied", "UnauthorizedOperation", "AuthFailure", "NotAuthorized", "Forbidden"]) {
        TroubleClass::Denied
    } else if has(&["Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown"]) {
        TroubleClass::Throttled
    } else if has(&["OptInRequired", "InvalidClientTokenId", "UnrecognizedClient", "SubscriptionRequired"]) {
        TroubleClass::NotAvailable
    } else if has(&["NotFound", "NoSuch"]) {
        TroubleClass::NotFound
    } else if status == 403 {
        TroubleClass::Denied
    } else {
        TroubleClass::Failed
    }
}
