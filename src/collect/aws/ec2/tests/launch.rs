//! What machines are started from, and whether they can be.

use std::collections::BTreeMap;

use aws_sdk_ec2::primitives::DateTime;
use aws_sdk_ec2::types::{
    BlockDeviceMapping, CapacityReservation, CapacityReservationState, EbsBlockDevice, Image, ImageState,
    InstanceMatchCriteria, InstanceType, InstanceTypeOffering, Snapshot, SnapshotState,
};
use serde_json::json;

use super::super::{capacity, images};
use super::{place, value};

#[test]
fn an_image_says_where_it_is_from_and_what_its_disks_are_made_from() {
    let disk = |id: &str| BlockDeviceMapping::builder().ebs(EbsBlockDevice::builder().snapshot_id(id).build()).build();
    let image = Image::builder()
        .image_id("ami-1")
        .name("web-2026-01-01")
        .owner_id("111122223333")
        .state(ImageState::Available)
        .creation_date("2026-01-01T10:00:00.000Z")
        .deprecation_time("2028-01-01T10:00:00.000Z")
        .architecture(aws_sdk_ec2::types::ArchitectureValues::Arm64)
        .source_image_id("ami-0")
        .source_image_region("eu-west-1")
        .block_device_mappings(disk("snap-2"))
        .block_device_mappings(disk("snap-1"))
        .block_device_mappings(BlockDeviceMapping::builder().virtual_name("ephemeral0").build())
        .build();
    let key = "arn:aws:kms:us-east-1:111122223333:key/1";
    let snapshot = Snapshot::builder().snapshot_id("snap-1").state(SnapshotState::Completed).kms_key_id(key).build();
    let found: BTreeMap<String, Snapshot> = [("snap-1".to_owned(), snapshot)].into();
    let expected = |snapshots: serde_json::Value, links: serde_json::Value| {
        let mut expected = json!({
            "id": "arn:aws:ec2:us-east-1:111122223333:image/ami-1", "kind": "aws.ec2.image", "name": "ami-1",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
            "status": {"state": "available", "healthy": true, "created_at": "2026-01-01T10:00:00Z"},
            "machine_image": {
                "name": "web-2026-01-01", "account": "111122223333", "source": "ami-0", "source_region": "eu-west-1",
                "architecture": "arm64", "deprecated_at": "2028-01-01T10:00:00Z", "snapshots": snapshots,
            },
            "links": links,
            "origin": {"source": ""},
        });
        expected.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        expected["machine_image"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
        expected
    };
    // One of them is gone.
    let both =
        json!([{"id": "snap-1", "state": "completed", "key": key}, {"id": "snap-2", "state": null, "key": null}]);
    let links = json!([{"rel": "encrypted-by", "to": key}]);
    assert_eq!(value(images::normalize(&image, Some(&found), place())), expected(both, links));
    let unread = value(images::normalize(&image, None, place()));
    assert_eq!(unread, expected(json!(null), json!(null)));
}

#[test]
fn types_are_told_by_the_zones_that_offer_them() {
    let offering = |machine: InstanceType, zone: &str| {
        InstanceTypeOffering::builder().instance_type(machine).location(zone).build()
    };
    let offered = [
        offering(InstanceType::M7gLarge, "us-east-1b"),
        offering(InstanceType::M7gLarge, "us-east-1a"),
        offering(InstanceType::C5Large, "us-east-1a"),
        offering(InstanceType::T3Micro, "us-east-1b"),
        offering(InstanceType::T3Micro, "us-east-1a"),
    ];
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:111122223333:instance-types", "kind": "aws.ec2.instance-types",
        "name": "us-east-1", "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
        "machine_types": {"engine": null, "engine_version": null, "asked": null, "offered": [
            {"zones": ["us-east-1a"], "types": ["c5.large"]},
            {"zones": ["us-east-1a", "us-east-1b"], "types": ["m7g.large", "t3.micro"]},
        ]},
        "origin": {"source": ""},
    });
    assert_eq!(value(capacity::types(&offered, place())), expected);
}

#[test]
fn a_reservation_says_how_much_of_it_is_free_and_one_that_ended_is_none() {
    let reservation = |state: CapacityReservationState| {
        CapacityReservation::builder()
            .capacity_reservation_id("cr-1")
            .owner_id("111122223333")
            .instance_type("m7g.large")
            .availability_zone("us-east-1a")
            .total_instance_count(4)
            .available_instance_count(3)
            .instance_match_criteria(InstanceMatchCriteria::Targeted)
            .state(state)
            .create_date(DateTime::from_secs(1_700_000_000))
            .end_date(DateTime::from_secs(1_800_000_000))
            .build()
    };
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:111122223333:capacity-reservation/cr-1", "kind": "aws.ec2.capacity-reservation",
        "name": "cr-1", "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
        "status": {"state": "active", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
        "reservation": {
            "machine": "m7g.large", "zone": "us-east-1a", "total": 4, "free": 3, "open": false,
            "ends_at": "2027-01-15T08:00:00Z",
        },
        "origin": {"source": ""},
    });
    assert_eq!(value(capacity::reservation(&reservation(CapacityReservationState::Active), place())), expected);
    let states = [
        (CapacityReservationState::Active, true),
        (CapacityReservationState::Scheduled, true),
        (CapacityReservationState::Cancelled, false),
        (CapacityReservationState::Expired, false),
    ];
    for (state, is_there) in states {
        assert_eq!(capacity::is_there(&reservation(state.clone())), is_there, "{state}");
    }
}
