//! Which policies there are.

use super::{OwnPolicies, PipelineError};
use crate::config::Loaded;
use crate::policy::{PolicyError, PolicySet};

/// The built-in policies and those of the folders, set up by the configuration.
pub fn policies(own: &OwnPolicies, loaded: &Loaded) -> Result<PolicySet, PipelineError> {
    let mut set = PolicySet::load(&own.paths, &own.data, own.expects)?;
    set.configure(&loaded.config.parameters, &loaded.config.severity).map_err(|error| at_line(error, loaded))?;
    Ok(set)
}

/// An error about what the configuration says of policies, with its line.
fn at_line(error: PolicyError, loaded: &Loaded) -> PipelineError {
    let message = error.to_string();
    let found = match &error {
        PolicyError::UnknownPolicy { id, .. } | PolicyError::NamedTwice { id, .. } => {
            ["parameters", "severity"].into_iter().map(|key| vec![key, id.as_str()]).find(|path| loaded.has(path))
        }
        PolicyError::UnknownParameter { id, name, .. }
        | PolicyError::ParameterType { id, name, .. }
        | PolicyError::ParameterRange { id, name, .. } => Some(vec!["parameters", id.as_str(), name.as_str()]),
        _ => None,
    };
    match found {
        Some(path) => loaded.error_at(&path, message).into(),
        None => error.into(),
    }
}
