//! What is declared of a function by itself.

use super::aliases::function_of;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Rel};

/// An alias is another name of its function.
pub(super) fn alias(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    function_of(attrs, "function_name").here()
}

/// Where what came of an event is sent.
pub(super) fn destinations(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let functions = function_of(attrs, "function_name").here();
    let Fact::Known(config) = attrs.block("destination_config") else { return functions };
    for (name, at) in [("on_failure", "on failure"), ("on_success", "on success")] {
        let Fact::Known(block) = config.block(name) else { continue };
        for id in block.targets("destination", &["aws_lambda_function"]).ids() {
            for function in &functions {
                if let Some(resource) = &mut resources[*function] {
                    resource.link_from(Rel::SendsTo, Some(&id), Some(at));
                }
            }
        }
    }
    functions
}

/// How much of it is kept warm.
pub(super) fn kept_warm(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let functions = function_of(attrs, "function_name").here();
    for function in &functions {
        if let Some(capacity) = resources[*function].as_mut().and_then(|resource| resource.capacity.as_mut()) {
            capacity.min = attrs.number("provisioned_concurrent_executions");
        }
    }
    functions
}
