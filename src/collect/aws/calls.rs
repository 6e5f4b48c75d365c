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

/// Calls that have another name than what permits them, which stands in front.
const CALLED: [(&str, &str); 13] = [
    ("apigateway:GET", "GetApiMappings"),
    ("apigateway:GET", "GetApis"),
    ("apigateway:GET", "GetBasePathMappings"),
    ("apigateway:GET", "GetDomainNames"),
    ("apigateway:GET", "GetIntegrations"),
    ("apigateway:GET", "GetResources"),
    ("apigateway:GET", "GetRestApis"),
    ("apigateway:GET", "GetStages"),
    ("apigateway:GET", "GetVpcLinks"),
    ("s3:GetBucketObjectLockConfiguration", "GetObjectLockConfiguration"),
    ("s3:GetEncryptionConfiguration", "GetBucketEncryption"),
    ("s3:GetReplicationConfiguration", "GetBucketReplication"),
    ("s3:ListAllMyBuckets", "ListBuckets"),
];

/// Whether an IAM action permits an operation.
fn permits(action: &str, operation: &str) -> bool {
    let mut called = CALLED.iter().filter(|(permission, _)| *permission == action).peekable();
    match called.peek() {
        Some(_) => called.any(|(_, own)| *own == operation),
        None => action.split_once(':').is_some_and(|(_, own)| own == operation),
    }
}

impl Calls {
    /// Whether an operation of that IAM action was called.
    pub(super) fn has(&self, action: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|call| permits(action, call))
    }

    /// What was called although none of these actions says so.
    pub(super) fn beyond(&self, actions: &[&str]) -> Vec<String> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let declared = |call: &&String| actions.iter().any(|action| permits(action, call));
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
