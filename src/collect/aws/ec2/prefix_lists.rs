//! Prefix lists: rules and routes tell their ids only, which are others in each region.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{ManagedPrefixList, PrefixListEntry};

use super::super::read::{list, sorted};
use super::super::{Context, Sink, Trouble, values};
use super::common::{PREFIX_LIST, status};
use crate::model::{Fact, Kind, Network, Place, Resource, Shared};

/// Who owns the lists of the addresses of services.
const PROVIDER: &str = "AWS";

pub(super) async fn collect(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    let pages = client.describe_managed_prefix_lists().into_paginator().items().send();
    for prefixes in out.listed(&[PREFIX_LIST], list("ec2:DescribeManagedPrefixLists", pages).await)? {
        let mut resource = normalize(&prefixes, cx.place());
        if prefixes.owner_id() != Some(PROVIDER) {
            let call = client.get_managed_prefix_list_entries().set_prefix_list_id(prefixes.prefix_list_id.clone());
            let pages = call.into_paginator().items().send();
            match list("ec2:GetManagedPrefixListEntries", pages).await.whole() {
                Ok(found) => resource.network = Some(Shared::from(entries(&found))),
                Err(trouble) => out.gap(&mut resource, "network.cidrs", trouble),
            }
        }
        out.push(resource);
    }
    Ok(())
}

pub(super) fn normalize(list: &ManagedPrefixList, place: Place) -> Resource {
    let id = list.prefix_list_id().unwrap_or_default();
    let name = list.prefix_list_name().unwrap_or(id);
    // Those of AWS have no account in their ARNs, and are the same for all.
    let arn = list.prefix_list_arn().unwrap_or(id);
    let mut resource = Resource::new(Kind::of(PREFIX_LIST), arn, name, place);
    resource.tags = values::tags(list.tags().iter().map(|tag| (tag.key(), tag.value())));
    if list.owner_id() == Some(PROVIDER) {
        resource.mark_unknown("network.cidrs", "the entries of the lists of AWS are not read");
    }
    if let Some(state) = list.state() {
        let state = &state.as_str().to_lowercase();
        let is_failed = state.ends_with("failed") || state.starts_with("delete");
        resource.status = Some(Shared::from(status(Some(state), if is_failed { "" } else { state })));
    }
    resource
}

pub(super) fn entries(all: &[PrefixListEntry]) -> Network {
    Network { cidrs: Fact::Known(sorted(all.iter().filter_map(|entry| entry.cidr()))), ..Network::default() }
}
