//! When to stop asking: a service that hangs must end as one that failed, however much of it is still to be read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use thiserror::Error;

/// Tries in a row without an answer after which nothing more is asked. It is above the number of calls that are made at
/// the same time, so that one short interruption ends nothing.
const LIMIT: usize = 16;

/// Why a call was not made.
#[derive(Debug, Error)]
#[error("it stopped answering")]
pub(super) struct Exhausted;

/// Counts the tries without an answer of one collector in one region, over all its clients.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patience {
    region: String,
    unanswered: Arc<Mutex<HashMap<String, usize>>>,
}

impl Patience {
    /// With another region, which may answer where this one does not.
    pub(super) fn elsewhere(&self, region: &str) -> Self {
        Self { region: region.to_owned(), unanswered: self.unanswered.clone() }
    }

    fn count<T>(&self, change: impl FnOnce(&mut usize) -> T) -> T {
        let mut unanswered = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        change(unanswered.entry(self.region.clone()).or_default())
    }
}

impl Intercept for Patience {
    fn name(&self) -> &'static str {
        "Patience"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.count(|unanswered| *unanswered >= LIMIT) { Err(Exhausted.into()) } else { Ok(()) }
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // An error of the service is an answer, too.
        let answered =
            context.output_or_error().is_some_and(|end| end.map_or_else(|it| it.is_operation_error(), |_| true));
        self.count(|unanswered| *unanswered = if answered { 0 } else { *unanswered + 1 });
        Ok(())
    }
}
