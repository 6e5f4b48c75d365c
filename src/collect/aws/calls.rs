//! Which calls a collector really made, as `seaworthy doctor` wants to know.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// Names of the operations that were called: `DescribeDBInstances`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(Arc<Mutex<BTreeSet<String>>>);

impl Calls {
    /// Whether the operation of that IAM action was called.
    pub(super) fn has(&self, action: &str) -> bool {
        let (_, operation) = action.split_once(':').unwrap_or(("", action));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(operation)
    }

    /// What was called although none of these actions says so.
    pub(super) fn beyond(&self, actions: &[&str]) -> Vec<String> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let declared =
            |call: &&String| actions.iter().any(|action| action.split_once(':').is_some_and(|(_, it)| it == *call));
        calls.iter().filter(|call| !declared(call)).cloned().collect()
    }
}

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "Calls"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(call) = config.load::<Metadata>() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(call.name().to_owned());
        }
        Ok(())
    }
}
