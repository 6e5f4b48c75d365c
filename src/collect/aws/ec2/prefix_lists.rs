//! Prefix lists, by their names: rules and routes tell their ids only, which are others in each region.

use aws_sdk_ec2::types::ManagedPrefixList;

use super::super::values;
use super::common::{PREFIX_LIST, status};
use crate::model::{Kind, Place, Resource, Shared};

pub(super) fn normalize(list: &ManagedPrefixList, place: Place) -> Resource {
    let id = list.prefix_list_id().unwrap_or_default();
    let name = list.prefix_list_name().unwrap_or(id);
    // Those of AWS have no account in their ARNs, and are the same for all.
    let arn = list.prefix_list_arn().unwrap_or(id);
    let mut resource = Resource::new(Kind::of(PREFIX_LIST), arn, name, place);
    resource.tags = values::tags(list.tags().iter().map(|tag| (tag.key(), tag.value())));
    if let Some(state) = list.state() {
        let state = &state.as_str().to_lowercase();
        let is_failed = state.ends_with("failed") || state.starts_with("delete");
        resource.status = Some(Shared::from(status(Some(state), if is_failed { "" } else { state })));
    }
    resource
}
