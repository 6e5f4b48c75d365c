//! What a report says of a resource.

use crate::model::Resource;
use crate::result::ResourceRef;

/// What a report says of the resource; the location is the line of the fact, else the block's.
pub(super) fn reference(resource: &Resource, fact: Option<&str>) -> ResourceRef {
    let applications = resource.joined.as_ref().and_then(|joined| joined.applications.known().cloned());
    ResourceRef {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        name: resource.name.clone(),
        account: resource.account().unwrap_or_default().to_owned(),
        region: resource.region().unwrap_or_default().to_owned(),
        applications: applications.unwrap_or_default(),
        stack: resource.origin.stack.clone(),
        address: resource.origin.address.clone(),
        location: resource.location_of(fact),
    }
}
