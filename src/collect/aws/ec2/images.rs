//! Images of the account, with the snapshots that their disks are made from.

use std::collections::BTreeMap;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Image, Snapshot};

use super::super::launches::IMAGES;
use super::super::read::{list, sorted};
use super::super::{Context, Sink, Trouble};
use super::common::{IMAGE, resource, status};
use super::snapshots;
use crate::model::{Fact, ImageSnapshot, MachineImage, Place, Rel, Resource, Shared};

/// Those of other accounts are asked for where something names them: all that there are would be hundreds of thousands.
pub(super) async fn own(client: &Client, out: &mut Sink) -> Result<Vec<Image>, Trouble> {
    let call = client.describe_images().owners("self").include_deprecated(true).include_disabled(true);
    out.listed(&[IMAGE], list(IMAGES, call.into_paginator().items().send()).await)
}

/// `own`: the snapshots of the account, as far as they were read.
pub(super) async fn collect(
    cx: &Context,
    client: &Client,
    images: &[Image],
    own: &Result<BTreeMap<String, Snapshot>, Trouble>,
    out: &mut Sink,
) {
    let snapshots = match own {
        Ok(own) => shared(client, images, own).await,
        Err(trouble) => Err(trouble.clone()),
    };
    for image in images {
        let mut resource = normalize(image, snapshots.as_ref().ok(), cx.place());
        if let Err(trouble) = &snapshots {
            out.gap(&mut resource, "machine_image.snapshots", trouble.clone());
        }
        out.push(resource);
    }
}

/// The snapshots of the images that are there, with those of another account that an image was made of.
async fn shared(
    client: &Client,
    images: &[Image],
    own: &BTreeMap<String, Snapshot>,
) -> Result<BTreeMap<String, Snapshot>, Trouble> {
    let all = sorted(images.iter().flat_map(ids));
    let others: Vec<String> = all.iter().filter(|id| !own.contains_key(*id)).cloned().collect();
    let mut found = snapshots::by_id(client, &others).await?;
    found.extend(all.into_iter().filter_map(|id| Some((id.clone(), own.get(&id)?.clone()))));
    Ok(found)
}

fn ids(image: &Image) -> impl Iterator<Item = &str> {
    image.block_device_mappings().iter().filter_map(|disk| disk.ebs()?.snapshot_id())
}

pub(super) fn normalize(image: &Image, snapshots: Option<&BTreeMap<String, Snapshot>>, place: Place) -> Resource {
    let (region, id) = (place.region.clone(), image.image_id());
    let mut resource = resource(IMAGE, "image", id, image.owner_id(), image.tags(), place);
    let mut facts = status(image.state().map(|state| state.as_str()), "available");
    facts.created_at = time(image.creation_date());
    resource.status = Some(Shared::from(facts));
    let own = image.owner_id().map(str::to_owned);
    let text = |text: Option<&str>| Fact::from_read(text.map(str::to_owned));
    let of = |id: String| {
        let found = snapshots.and_then(|all| all.get(&id));
        ImageSnapshot {
            state: Fact::from_read(found.and_then(|it| it.state()).map(|state| state.as_str().to_owned())),
            key: Fact::from_read(found.and_then(|it| it.kms_key_id()).map(str::to_owned)),
            id: Fact::Known(id),
        }
    };
    let all: Vec<ImageSnapshot> = sorted(ids(image)).into_iter().map(of).collect();
    for snapshot in &all {
        resource.link(Rel::EncryptedBy, snapshot.key.text());
    }
    let source = text(image.source_image_id());
    resource.machine_image = Some(Shared::from(MachineImage {
        name: Fact::from_known(image.name().map(str::to_owned)),
        account: Fact::from_known(own),
        // What was copied before EC2 kept record of it has no source either.
        source_region: match image.source_image_region() {
            Some(other) => other.into(),
            None if source.is_known() => region,
            None => Fact::Absent,
        },
        source,
        architecture: Fact::from_known(image.architecture().map(|it| it.as_str().to_owned())),
        deprecated_at: time(image.deprecation_time()),
        snapshots: if snapshots.is_some() { Fact::Known(all) } else { Fact::Unknown },
    }));
    resource
}

fn time(text: Option<&str>) -> Fact<crate::model::Timestamp> {
    text.map_or(Fact::Absent, |text| Fact::from_known(text.parse().ok()))
}
