//! What is declared of a function by itself.

use super::aliases::function_of;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Rel};
use crate::providers::aws::apigateway::host_of;

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

/// A URL of it, or of one of its versions and aliases.
pub(super) fn url(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let functions = function_of(attrs, "function_name").here();
    let host = attrs.text("function_url").map(|url| host_of(&url));
    let is_own = !attrs.is_set("qualifier");
    for function in &functions {
        let Some(traffic) = resources[*function].as_mut().map(|resource| resource.traffic.get_or_insert_default())
        else {
            continue;
        };
        match &host {
            host if is_own => traffic.dns_name = host.clone(),
            Fact::Known(host) => {
                let mut all = traffic.aliases.known().cloned().unwrap_or_default();
                all.push(host.clone());
                traffic.aliases = Fact::Known(all);
            }
            _ => {}
        }
    }
    functions
}
