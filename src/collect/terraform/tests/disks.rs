//! Volumes, what takes snapshots of them, and file systems of FSx.

use serde_json::{Value, json};

use super::super::place::StatedPlaces;
use super::super::read_placed;
use super::created;
use crate::collect::stores;
use crate::model::{Resource, Timestamp};

fn one(address: &str, values: Value) -> Value {
    created(&[(address, values, json!({"arn": true, "id": true}), json!({}))])[address].clone()
}

#[test]
fn a_volume_of_code_has_no_snapshots_but_those_of_code() {
    let volume = || {
        let values = json!({"availability_zone": "us-east-1a", "encrypted": false, "final_snapshot": true});
        ("aws_ebs_volume.ledger", values, json!({"arn": true, "id": true}), json!({}))
    };
    let alone = created(&[volume()])["aws_ebs_volume.ledger"].clone();
    let facets = ["backup", "encryption", "protection", "redundancy", "unknown"].map(|facet| alone[facet].clone());
    let backup =
        json!({"enabled": false, "retention_days": null, "point_in_time": false, "latest_recovery_point": null});
    assert_eq!(
        facets,
        [
            backup,
            json!({"enabled": false, "key": null}),
            json!({"final_snapshot": true}),
            json!({"multi_zone": false, "zones": ["us-east-1a"]}),
            Value::Null,
        ]
    );
    let snapshot = (
        "aws_ebs_snapshot.ledger",
        json!({}),
        json!({"arn": true, "id": true, "volume_id": true, "encrypted": true, "kms_key_id": true}),
        json!({"volume_id": {"references": ["aws_ebs_volume.ledger.id", "aws_ebs_volume.ledger"]}}),
    );
    let with = created(&[volume(), snapshot]);
    let volume = &with["aws_ebs_volume.ledger"];
    assert_eq!(volume["backup"], json!({"retention_days": null, "point_in_time": false}));
    assert_eq!(volume["unknown"]["backup.enabled"], json!(stores::TAKEN_BY_SOMETHING));
    assert_eq!(with["aws_ebs_snapshot.ledger"]["recovery_point"]["source"], volume["id"]);
}

#[test]
fn where_nobody_else_has_code_nothing_takes_the_next_snapshot() {
    let row = |address: &str, values: Value| {
        let (kind, name) = address.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name,
            "change": {"actions": ["no-op"], "before": values, "after": values, "after_unknown": {}}})
    };
    let plan = json!({"format_version": "1.2", "complete": true, "resource_changes": [
        row("aws_ebs_volume.ledger", json!({"id": "vol-1", "arn": "arn:aws:ec2:us-east-1:111122223333:volume/vol-1"})),
        row("aws_ebs_snapshot.ledger", json!({"id": "snap-1", "volume_id": "vol-1"})),
    ]});
    let enabled = |all_in_code: bool| {
        let stated = StatedPlaces { all_in_code, ..StatedPlaces::default() };
        let bytes = plan.to_string().into_bytes();
        let inventory = read_placed(bytes, "p.json", Timestamp::UNIX_EPOCH, &stated, None).unwrap().inventory;
        let volume = inventory.resources.iter().find(|one| one.kind.name() == "aws.ec2.volume").unwrap();
        serde_json::to_value(&volume.backup).unwrap()["enabled"].clone()
    };
    assert_eq!([enabled(false), enabled(true)], [Value::Null, json!(false)]);
}

#[test]
fn a_lifecycle_policy_is_a_plan_and_one_that_copies_what_others_share_is_none() {
    let policy = |details: Value, state: &str| {
        let values = json!({"description": "nightly", "state": state, "policy_details": [details],
            "execution_role_arn": "arn:aws:iam::111122223333:role/dlm"});
        one("aws_dlm_lifecycle_policy.nightly", values)
    };
    let details = |create: Value, retain: Value| {
        json!({"resource_types": ["VOLUME"], "target_tags": {"backup": "yes"}, "schedule": [{"name": "nightly",
            "create_rule": [create], "retain_rule": [retain], "cross_region_copy_rule": [{"target": "us-west-2",
            "encrypted": true, "retain_rule": [{"interval": 1, "interval_unit": "MONTHS"}]}]}]})
    };
    let by_count = details(
        json!({"interval": 12, "cron_expression": ""}),
        json!({"count": 14, "interval": 0, "interval_unit": ""}),
    );
    let found = policy(by_count.clone(), "ENABLED");
    let rule = &found["plan"]["rules"][0];
    assert_eq!(
        json!([rule["schedule"], rule["delete_after_days"], rule["copies"], found["plan"]["selections"]]),
        json!([
            "rate(12 hours)",
            7,
            [{"vault": null, "region": "us-west-2", "delete_after_days": 30}],
            [{"name": null, "resources": null, "excluded": null, "tags": ["backup=yes"], "conditional": false, "conditions": null,
                "role": "arn:aws:iam::111122223333:role/dlm"}],
        ])
    );
    let by_age =
        details(json!({"cron_expression": "cron(0 5 * * ? *)"}), json!({"interval": 2, "interval_unit": "WEEKS"}));
    let found = policy(by_age, "ENABLED");
    let rule = &found["plan"]["rules"][0];
    assert_eq!(json!([rule["schedule"], rule["delete_after_days"]]), json!(["cron(0 5 * * ? *)", 14]));
    assert_eq!(policy(by_count, "DISABLED")["plan"]["selections"], json!([]));
    assert_eq!(policy(json!({"policy_type": "EVENT_BASED_POLICY"}), "ENABLED"), Value::Null);
}

#[test]
fn a_file_system_of_fsx_is_deployed_and_backed_up_as_its_type_is() {
    let of = |kind: &str, values: Value| {
        let found = one(&format!("aws_fsx_{kind}_file_system.shares"), values);
        json!([
            found["redundancy"].get("multi_zone"),
            found["backup"]["retention_days"],
            found["backup"].get("enabled")
        ])
    };
    assert_eq!(of("windows", json!({"subnet_ids": ["subnet-1"]})), json!([false, 7, true]));
    let zones = json!({"deployment_type": "MULTI_AZ_1", "automatic_backup_retention_days": 0});
    assert_eq!(of("windows", zones), json!([true, 0, false]));
    assert_eq!(of("openzfs", json!({"deployment_type": "SINGLE_AZ_HA_2"})), json!([false, 0, false]));
    assert_eq!(of("lustre", json!({"deployment_type": "PERSISTENT_2"})), json!([false, 0, false]));
    // ONTAP is backed up by volumes, and scratch is not made to last.
    assert_eq!(of("ontap", json!({"deployment_type": "MULTI_AZ_2"})), json!([true, 0, null]));
    assert_eq!(one("aws_fsx_lustre_file_system.scratch", json!({"deployment_type": null})), Value::Null);
}

/// The switch of a region may be in other code, unless somebody answers for it that there is none.
#[test]
fn a_volume_that_says_nothing_is_encrypted_where_the_region_says_so() {
    let plan = |more: &[Value]| {
        let volume = |name: &str, encrypted: bool| {
            let values = if encrypted { json!({"encrypted": true}) } else { json!({}) };
            let unknown =
                if encrypted { json!({"kms_key_id": true}) } else { json!({"encrypted": true, "kms_key_id": true}) };
            json!({"address": format!("aws_ebs_volume.{name}"), "mode": "managed", "type": "aws_ebs_volume", "name": name,
                "provider_config_key": "aws", "expressions": if encrypted { json!({"encrypted": {"constant_value": true}}) } else { json!({}) },
                "change": {"actions": ["create"], "before": null, "after": values, "after_unknown": unknown}})
        };
        let rows: Vec<Value> =
            [volume("plain", false), volume("sealed", true)].into_iter().chain(more.iter().cloned()).collect();
        json!({"format_version": "1.2", "complete": true, "resource_changes": rows,
            "configuration": {"root_module": {"resources": rows}}})
    };
    let read = |plan: &Value, all_in_code: bool| {
        let stated = StatedPlaces { all_in_code, ..StatedPlaces::default() };
        let bytes = plan.to_string().into_bytes();
        let inventory = read_placed(bytes, "p.json", Timestamp::UNIX_EPOCH, &stated, None).unwrap().inventory;
        let facts = |resource: &Resource| serde_json::to_value(&resource.encryption).unwrap();
        inventory.resources.iter().map(facts).collect::<Vec<_>>()
    };
    let open = vec![json!({}), json!({"enabled": true})];
    let decided = vec![json!({"enabled": false, "key": null}), json!({"enabled": true, "key": "alias/aws/ebs"})];
    assert_eq!(read(&plan(&[]), false), open);
    assert_eq!(read(&plan(&[]), true), decided);
    let switch = json!({"address": "aws_ebs_encryption_by_default.on", "mode": "managed", "type": "aws_ebs_encryption_by_default",
        "name": "on", "provider_config_key": "aws", "expressions": {},
        "change": {"actions": ["create"], "before": null, "after": {"enabled": true}, "after_unknown": {}}});
    assert_eq!(read(&plan(&[switch]), true), open);
}
