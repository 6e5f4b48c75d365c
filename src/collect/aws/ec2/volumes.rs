//! EBS volumes that outlive the machine they are attached to. What they hold is never read.

use std::collections::BTreeMap;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Snapshot, SnapshotState, Volume, VolumeState};

use super::super::read::{list, moment};
use super::super::{Context, Sink, Trouble, replicas};
use super::common::{VOLUME, resource, status};
use super::snapshots::{PAGE, is_copy};
use crate::collect::stores;
use crate::model::{Encryption, Fact, Place, Redundancy, Rel, Resource, Shared, Timestamp};

const BACKUP: [&str; 2] = ["backup.enabled", "backup.latest_recovery_point"];

/// `snapshots`: all of the place, as far as they were read.
pub(super) async fn collect(
    cx: &Context,
    client: &Client,
    snapshots: &Result<BTreeMap<String, Snapshot>, Trouble>,
    out: &mut Sink,
) -> Result<(), Trouble> {
    let call = client.describe_volumes().max_results(PAGE).into_paginator().items();
    let volumes = out.listed(&[VOLUME], list("ec2:DescribeVolumes", call.send()).await)?;
    let newest = snapshots.as_ref().map(newest);
    for volume in volumes.iter().filter(|volume| outlives_its_machine(volume)) {
        let mut resource = normalize(volume, cx.place());
        match &newest {
            Ok(newest) => {
                let found = newest.get(volume.volume_id().unwrap_or_default()).copied();
                resource.backup = Some(Shared::from(stores::volume_backup(Fact::from_read(found))));
                if found.is_some() {
                    resource.mark_unknown(BACKUP[0], stores::TAKEN_BY_SOMETHING);
                }
            }
            Err(trouble) => {
                resource.backup = Some(Shared::from(stores::volume_backup(Fact::Unknown)));
                out.gap_at(&mut resource, &BACKUP, (*trouble).clone());
            }
        }
        out.push(resource);
    }
    Ok(())
}

/// What is deleted with its machine is a part of it, as machines of a group have by the thousand.
fn outlives_its_machine(volume: &Volume) -> bool {
    let attachments = volume.attachments();
    attachments.is_empty() || attachments.iter().any(|it| it.delete_on_termination() != Some(true))
}

/// The moment of the newest snapshot of each volume that can be restored from.
fn newest(snapshots: &BTreeMap<String, Snapshot>) -> BTreeMap<&str, Timestamp> {
    let mut newest: BTreeMap<&str, Timestamp> = BTreeMap::new();
    let whole = snapshots.values().filter(|it| it.state() == Some(&SnapshotState::Completed) && !is_copy(it));
    for snapshot in whole {
        if let (Some(of), Fact::Known(taken)) = (snapshot.volume_id(), moment(snapshot.start_time())) {
            let seen = newest.entry(of).or_insert(taken);
            *seen = taken.max(*seen);
        }
    }
    newest
}

fn normalize(volume: &Volume, place: Place) -> Resource {
    let mut resource = resource(VOLUME, "volume", volume.volume_id(), None, volume.tags(), place);
    let called = volume.tags().iter().find(|tag| tag.key() == Some("Name")).and_then(|tag| tag.value());
    if let Some(name) = called.filter(|name| !name.is_empty()) {
        resource.name = name.to_owned();
    }
    let mut facts = status(volume.state().map(VolumeState::as_str), "in-use");
    // Nobody has attached it now.
    if volume.state() == Some(&VolumeState::Available) {
        facts.healthy = Fact::Known(true);
    }
    facts.created_at = moment(volume.create_time());
    resource.status = Some(Shared::from(facts));
    let key = volume.kms_key_id();
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(volume.encrypted()),
        key: Fact::from_read(key.map(str::to_owned)),
    }));
    resource.link(Rel::EncryptedBy, key);
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(false),
        zones: Fact::from_known(volume.availability_zone().map(|zone| vec![zone.to_owned()])),
        ..Redundancy::default()
    }));
    // Nothing of EBS follows it.
    resource.replication = Some(Shared::from(replicas::gives(Vec::new(), Vec::new())));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::primitives::DateTime;
    use aws_sdk_ec2::types::{Tag, VolumeAttachment};
    use serde_json::json;

    use super::*;

    fn attached(deleted: bool) -> VolumeAttachment {
        VolumeAttachment::builder().instance_id("i-1").delete_on_termination(deleted).build()
    }

    #[test]
    fn a_volume_is_called_by_its_tag_and_stands_in_one_zone() {
        let key = "arn:aws:kms:us-east-1:111122223333:key/1";
        let volume = Volume::builder()
            .volume_id("vol-1")
            .state(VolumeState::Available)
            .create_time(DateTime::from_secs(1_700_000_000))
            .encrypted(true)
            .kms_key_id(key)
            .availability_zone("us-east-1a")
            .tags(Tag::builder().key("Name").value("ledger").build())
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&volume, Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": "arn:aws:ec2:us-east-1:111122223333:volume/vol-1", "kind": "aws.ec2.volume", "name": "ledger",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"Name": "ledger"},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "redundancy": {"multi_zone": false, "zones": ["us-east-1a"]},
                "replication": {"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": []},
                "encryption": {"enabled": true, "key": key},
                "links": [{"rel": "encrypted-by", "to": key}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn what_goes_with_its_machine_is_a_part_of_it() {
        let volume = |attachments: &[bool]| {
            let attachments = attachments.iter().map(|deleted| attached(*deleted)).collect();
            Volume::builder().set_attachments(Some(attachments)).build()
        };
        let kept = [&[][..], &[true], &[false], &[true, false]].map(|all| outlives_its_machine(&volume(all)));
        assert_eq!(kept, [true, false, true, true]);
    }

    #[test]
    fn the_newest_whole_snapshot_of_a_volume_counts_and_no_copy_of_another() {
        let snapshot = |of: &str, state: SnapshotState, seconds: i64, description: &str| {
            let at = DateTime::from_secs(seconds);
            Snapshot::builder().volume_id(of).state(state).start_time(at).description(description).build()
        };
        let all = [
            snapshot("vol-1", SnapshotState::Completed, 100, ""),
            snapshot("vol-1", SnapshotState::Completed, 300, ""),
            snapshot("vol-1", SnapshotState::Pending, 400, ""),
            snapshot("vol-ffffffff", SnapshotState::Completed, 500, "[Copied snap-0a from us-west-2]"),
        ];
        let all = all.into_iter().enumerate().map(|(number, it)| (number.to_string(), it)).collect();
        assert_eq!(newest(&all), BTreeMap::from([("vol-1", Timestamp::from_second(300).unwrap())]));
    }
}
