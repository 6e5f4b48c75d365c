//! What a report says of a resource.

use crate::model::{Location, Resource};
use crate::result::ResourceRef;

/// The line of a fact, else the block's.
pub(super) fn location(resource: &Resource, fact: Option<&str>) -> Option<Box<Location>> {
    resource.location_of(fact).map(Box::new)
}

/// What a report says of the resource. Whose plan says the fact is the one that counts.
pub(super) fn reference(resource: &Resource, fact: Option<&str>) -> ResourceRef {
    let origin = resource.said_at(fact);
    let applications = resource.joined.as_ref().and_then(|joined| joined.applications.known().cloned());
    ResourceRef {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        name: resource.name.clone(),
        account: resource.account().unwrap_or_default().to_owned(),
        region: resource.region().unwrap_or_default().to_owned(),
        applications: applications.unwrap_or_default(),
        stack: origin.stack.clone(),
        address: origin.address.clone(),
    }
}
