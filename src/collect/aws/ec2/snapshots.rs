//! Snapshots of EBS volumes, those of images and of the backup service, too, and what copies are copies of.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, Image, Snapshot, SnapshotState, StorageTier};

use super::super::launches::AT_MOST;
use super::super::read::{Listing, list, moment, sorted};
use super::super::{Context, Sink, Trouble, client, values};
use super::common::SNAPSHOT;
use crate::model::{Encryption, Fact, Kind, Place, RecoveryPoint, Rel, Resource, Shared, Status};
use crate::providers::aws::names::partition;

const ACTION: &str = "ec2:DescribeSnapshots";
/// Snapshots or volumes of a page, the most that there can be.
pub(super) const PAGE: i32 = 1000;
const FROM: [&str; 2] = ["recovery_point.source", "recovery_point.taken_at"];
/// The volume of what was copied, which is none.
const NO_VOLUME: &str = "vol-ffffffff";
/// Tags that Data Lifecycle Manager sets.
const BY_A_POLICY: &str = "aws:dlm:lifecycle-policy-id";
/// Set on what AWS Backup takes of volumes and machines.
const BY_BACKUP: &str = "aws:backup:source-resource";

/// The snapshots of the account.
pub(super) async fn own(client: &Client) -> Listing<Snapshot> {
    list(ACTION, client.describe_snapshots().owner_ids("self").max_results(PAGE).into_paginator().items().send()).await
}

/// Those of these ids that are there, by id. A filter leaves out those that are not; a list of ids would be refused.
pub(super) async fn by_id(client: &Client, ids: &[String]) -> Result<BTreeMap<String, Snapshot>, Trouble> {
    let mut found = BTreeMap::new();
    for ids in ids.chunks(AT_MOST) {
        let filter = Filter::builder().name("snapshot-id").set_values(Some(ids.to_vec())).build();
        let call = client.describe_snapshots().filters(filter);
        let some = list(ACTION, call.into_paginator().items().send()).await.whole()?;
        found.extend(some.into_iter().filter_map(|it| Some((it.snapshot_id.clone()?, it))));
    }
    Ok(found)
}

/// Originals by region, or why those of a region are not known.
type Originals = BTreeMap<String, Result<BTreeMap<String, Snapshot>, Trouble>>;

/// `images`: of the account in this place, which know where what they were copied from is.
pub(super) async fn collect(cx: &Context, snapshots: &[Snapshot], images: &[Image], out: &mut Sink) {
    let of_images = regions_of_images(images);
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for snapshot in snapshots {
        if let Some((region, id)) = original(snapshot, &of_images) {
            wanted.entry(region).or_default().insert(id);
        }
    }
    let mut originals = Originals::new();
    for (region, ids) in wanted {
        let there = cx.elsewhere(region);
        let found = by_id(&client!(there, aws_sdk_ec2), &sorted(ids)).await;
        originals.insert(region.to_owned(), found);
    }
    for snapshot in snapshots {
        let (mut resource, trouble) = normalize(snapshot, &of_images, &originals, cx.place());
        if let Some(trouble) = trouble {
            out.gap_at(&mut resource, &FROM, trouble);
        }
        out.push(resource);
    }
}

/// By snapshot of an image that is a copy, the region that it was copied from.
fn regions_of_images(images: &[Image]) -> BTreeMap<&str, &str> {
    let copied = images.iter().filter_map(|image| Some((image, image.source_image_region()?)));
    let disks = copied.flat_map(|(image, region)| image.block_device_mappings().iter().map(move |disk| (disk, region)));
    disks.filter_map(|(disk, region)| Some((disk.ebs()?.snapshot_id()?, region))).collect()
}

/// It is one of another snapshot. AWS says so in words only: the volume that a copy names is any.
/// <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html>
pub(super) fn is_copy(snapshot: &Snapshot) -> bool {
    let said = snapshot.description().unwrap_or_default();
    snapshot.volume_id().is_none_or(|of| of == NO_VOLUME)
        || snapshot.transfer_type().is_some()
        || said.starts_with(COPIED)
        || said.starts_with(COPIED_FOR_AN_IMAGE)
}

const COPIED: &str = "[Copied ";
const COPIED_FOR_AN_IMAGE: &str = "Copied for DestinationAmi ";

/// Region and id of what a snapshot is a copy of: `[Copied snap-0a from us-east-1]`, and of those of images `Copied for
/// DestinationAmi ami-0b from SourceAmi ami-0a for SourceSnapshot snap-0a.`
fn original<'s>(snapshot: &'s Snapshot, of_images: &BTreeMap<&'s str, &'s str>) -> Option<(&'s str, &'s str)> {
    let said = snapshot.description()?;
    if let Some(rest) = said.strip_prefix(COPIED) {
        let (id, region) = rest.split(']').next()?.split_once(" from ")?;
        return Some((region, id));
    }
    let rest = said.strip_prefix(COPIED_FOR_AN_IMAGE)?;
    let id = rest.split_once("SourceSnapshot ")?.1.split(['.', ' ']).next()?;
    Some((of_images.get(snapshot.snapshot_id()?)?, id))
}

/// What a snapshot is of: the moment of its data, its volume, and where that is. In error why it is not known.
type Origin = Result<(Fact<crate::model::Timestamp>, String, String), String>;

fn normalize(
    snapshot: &Snapshot,
    of_images: &BTreeMap<&str, &str>,
    originals: &Originals,
    place: Place,
) -> (Resource, Option<Trouble>) {
    let id = snapshot.snapshot_id().unwrap_or_default();
    let region = place.region.text().unwrap_or_default().to_owned();
    let arn = format!("arn:{}:ec2:{region}::snapshot/{id}", partition(&region));
    let mut resource = Resource::new(Kind::of(SNAPSHOT), arn, id, place);
    resource.tags = values::tags(snapshot.tags().iter().map(|tag| (tag.key(), tag.value())));
    let is_archived =
        snapshot.storage_tier() == Some(&StorageTier::Archive) && snapshot.restore_expiry_time().is_none();
    let state = snapshot.state().map(|state| if is_archived { "archived" } else { state.as_str() });
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.map(|state| state == SnapshotState::Completed.as_str())),
        state: Fact::from_known(state.map(str::to_owned)),
        created_at: moment(snapshot.start_time()),
    }));
    let key = snapshot.kms_key_id();
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(snapshot.encrypted()),
        key: Fact::from_read(key.map(str::to_owned)),
    }));
    resource.link(Rel::EncryptedBy, key);
    let mut trouble = None;
    let from: Origin = if !is_copy(snapshot) {
        let volume = |of| arn_of_volume(&region, snapshot.owner_id(), of);
        let of = snapshot.volume_id().map(volume).unwrap_or_default();
        Ok((moment(snapshot.start_time()), of, region))
    } else {
        match original(snapshot, of_images).map(|(region, id)| (region, id, originals.get(region))) {
            Some((region, id, Some(Ok(found)))) => copied(found.get(id), region),
            Some((_, _, Some(Err(error)))) => {
                trouble = Some(error.clone());
                Err(String::new())
            }
            _ => Err("it is a copy, and nobody says of what".to_owned()),
        }
    };
    let has = |name: &str| snapshot.tags().iter().any(|tag| tag.key() == Some(name));
    let mut point = RecoveryPoint {
        vault: Fact::Absent,
        method: if has(BY_BACKUP) {
            "awsbackup"
        } else if has(BY_A_POLICY) {
            "automated"
        } else {
            "manual"
        }
        .into(),
        // The answer says nothing of scans.
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    };
    match from {
        Ok((taken_at, of, region)) => {
            resource.link(Rel::BackupOf, Some(&of));
            (point.source, point.source_region, point.taken_at) = (Fact::Known(of), Fact::Known(region), taken_at);
        }
        Err(reason) if trouble.is_none() => FROM.iter().for_each(|path| resource.mark_unknown(path, reason.clone())),
        Err(_) => {}
    }
    resource.recovery_point = Some(Shared::from(point));
    (resource, trouble)
}

/// What is known of a copy by its original in that region.
fn copied(original: Option<&Snapshot>, region: &str) -> Origin {
    let Some(original) = original else {
        return Err("it is a copy, and its original is not there any more".to_owned());
    };
    let of = original.volume_id().filter(|_| !is_copy(original));
    let Some(of) = of else { return Err("it is a copy of a copy".to_owned()) };
    Ok((moment(original.start_time()), arn_of_volume(region, original.owner_id(), of), region.to_owned()))
}

fn arn_of_volume(region: &str, owner: Option<&str>, id: &str) -> String {
    format!("arn:{}:ec2:{region}:{}:volume/{id}", partition(region), owner.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::primitives::DateTime;
    use aws_sdk_ec2::types::{BlockDeviceMapping, EbsBlockDevice, Tag};
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;

    fn snapshot(id: &str, of: &str, description: &str) -> aws_sdk_ec2::types::builders::SnapshotBuilder {
        Snapshot::builder()
            .snapshot_id(id)
            .volume_id(of)
            .owner_id("111122223333")
            .description(description)
            .state(SnapshotState::Completed)
            .start_time(DateTime::from_secs(1_700_000_000))
            .encrypted(false)
    }

    fn facts(snapshot: &Snapshot, images: &[Image], originals: &Originals) -> Value {
        let place = Place::new("111122223333", "us-west-2");
        let (resource, trouble) = normalize(snapshot, &regions_of_images(images), originals, place);
        json!([resource.recovery_point, resource.unknown, trouble.map(|trouble| trouble.to_string())])
    }

    fn there(found: Vec<Snapshot>) -> Originals {
        let found = found.into_iter().map(|it| (it.snapshot_id().unwrap().to_owned(), it)).collect();
        Originals::from([("us-east-1".to_owned(), Ok(found))])
    }

    const COPY: &str = "[Copied snap-0a from us-east-1] Created for policy: policy-1 schedule: nightly";

    #[test]
    fn a_snapshot_is_of_its_volume_and_not_there_yet_while_it_is_archived() {
        let key = "arn:aws:kms:us-west-2:111122223333:key/1";
        let tag = Tag::builder().key(BY_A_POLICY).value("policy-1").build();
        let archived = snapshot("snap-1", "vol-1", "").encrypted(true).kms_key_id(key).tags(tag);
        let archived = archived.storage_tier(StorageTier::Archive);
        let place = || Place::new("111122223333", "us-west-2");
        let (resource, _) = normalize(&archived.clone().build(), &BTreeMap::new(), &Originals::new(), place());
        let of = "arn:aws:ec2:us-west-2:111122223333:volume/vol-1";
        assert_eq!(
            serde_json::to_value(resource).unwrap(),
            json!({
                "id": "arn:aws:ec2:us-west-2::snapshot/snap-1", "kind": "aws.ec2.snapshot", "name": "snap-1",
                "place": {"account": "111122223333", "region": "us-west-2"}, "tags": {BY_A_POLICY: "policy-1"},
                "status": {"state": "archived", "healthy": false, "created_at": "2023-11-14T22:13:20Z"},
                "encryption": {"enabled": true, "key": key},
                "recovery_point": {
                    "source": of, "source_region": "us-west-2", "taken_at": "2023-11-14T22:13:20Z", "vault": null,
                    "method": "automated", "infected": null,
                },
                "links": [{"rel": "encrypted-by", "to": key}, {"rel": "backup-of", "to": of}],
                "origin": {"source": ""},
            })
        );
        let restored = archived.restore_expiry_time(DateTime::from_secs(1_800_000_000)).build();
        let (resource, _) = normalize(&restored, &BTreeMap::new(), &Originals::new(), place());
        assert_eq!(resource.status.unwrap().state, "completed".into());
    }

    #[test]
    fn a_copy_is_as_old_as_its_original_and_of_its_volume() {
        let copy = snapshot("snap-9", NO_VOLUME, COPY).start_time(DateTime::from_secs(1_800_000_000)).build();
        let known = json!({
            "source": "arn:aws:ec2:us-east-1:111122223333:volume/vol-1", "source_region": "us-east-1",
            "taken_at": "2023-11-14T22:13:20Z", "vault": null, "method": "manual", "infected": null,
        });
        assert_eq!(facts(&copy, &[], &there(vec![snapshot("snap-0a", "vol-1", "").build()])), json!([known, {}, null]));
        // Of an image that says where it was copied from, the text says the rest.
        let text =
            "Copied for DestinationAmi ami-9 from SourceAmi ami-1 for SourceSnapshot snap-0a. Task created on 1.";
        let disk = BlockDeviceMapping::builder().ebs(EbsBlockDevice::builder().snapshot_id("snap-9").build()).build();
        let image = Image::builder().source_image_region("us-east-1").block_device_mappings(disk).build();
        let copy = snapshot("snap-9", NO_VOLUME, text).build();
        let originals = there(vec![snapshot("snap-0a", "vol-1", "Created by CreateImage(i-1) for ami-1").build()]);
        assert_eq!(facts(&copy, std::slice::from_ref(&image), &originals), json!([known, {}, null]));
        let why = "it is a copy, and nobody says of what";
        assert_eq!(facts(&copy, &[], &originals)[1], json!({FROM[0]: why, FROM[1]: why}));
    }

    #[test]
    fn a_copy_whose_original_cannot_be_told_is_of_nothing_known() {
        let copy = |description: &str| snapshot("snap-9", NO_VOLUME, description).build();
        let open = json!({"vault": null, "method": "manual", "infected": null});
        for (copy, originals, why) in [
            (copy(COPY), there(vec![]), "it is a copy, and its original is not there any more"),
            (copy(COPY), there(vec![snapshot("snap-0a", NO_VOLUME, "").build()]), "it is a copy of a copy"),
            (copy("nightly"), Originals::new(), "it is a copy, and nobody says of what"),
        ] {
            assert_eq!(facts(&copy, &[], &originals), json!([open, {FROM[0]: why, FROM[1]: why}, null]));
        }
        let denied = Trouble { action: ACTION, class: TroubleClass::Denied, reason: "no".to_owned() };
        let originals = Originals::from([("us-east-1".to_owned(), Err(denied))]);
        assert_eq!(facts(&copy(COPY), &[], &originals), json!([open, {}, "ec2:DescribeSnapshots denied: no"]));
    }
}
