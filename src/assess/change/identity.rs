//! What stays the same of a resource while a plan changes it.

use crate::model::{Action, Resource};

/// A stack, where there are several, and an address in it.
pub(super) type Identity<'a> = (&'a str, &'a str);

/// What stays the same when a plan replaces a resource or learns its ARN.
pub(super) fn identity(resource: &Resource) -> Identity<'_> {
    (stack(resource), resource.origin.address.as_deref().unwrap_or(&resource.id))
}

pub(super) fn stack(resource: &Resource) -> &str {
    resource.origin.stack.as_deref().unwrap_or_default()
}

/// Its identity before the change. None: it was not there, although another one may have had its address.
pub(super) fn former_identity(resource: &Resource) -> Option<Identity<'_>> {
    match &resource.change {
        Some(change) if change.action == Action::Create => None,
        Some(change) => {
            Some(change.moved_from.as_deref().map_or_else(|| identity(resource), |from| (stack(resource), from)))
        }
        None => Some(identity(resource)),
    }
}
