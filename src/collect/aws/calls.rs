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

/// Calls of S3 that have another name than what permits them, which stands in front.
const CALLED: [(&str, &str); 4] = [
    ("s3:GetBucketObjectLockConfiguration", "GetObjectLockConfiguration"),
    ("s3:GetEncryptionConfiguration", "GetBucketEncryption"),
    ("s3:GetReplicationConfiguration", "GetBucketReplication"),
    ("s3:ListAllMyBuckets", "ListBuckets"),
];

/// The operation that an IAM action permits.
fn operation(action: &str) -> &str {
    let called = CALLED.iter().find(|(permission, _)| *permission == action).map(|(_, operation)| *operation);
    called.unwrap_or_else(|| action.split_once(':').map_or(action, |(_, operation)| operation))
}

impl Calls {
    /// Whether the operation of that IAM action was called.
    pub(super) fn has(&self, action: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(operation(action))
    }

    /// What was called although none of these actions says so.
    pub(super) fn beyond(&self, actions: &[&str]) -> Vec<String> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let declared = |call: &&String| actions.iter().any(|action| operation(action) == *call);
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
