//! A plan or a state of which somebody says that there is no other code.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::collect::terraform::{StatedPlaces, read_placed};
use crate::model::Timestamp;

fn row(address: &str, actions: &[&str], values: &Value, unknown: &Value) -> Value {
    let (kind, name) = address.split_once('.').unwrap();
    let before = if actions == ["create"] { Value::Null } else { values.clone() };
    json!({
        "address": address, "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {"actions": actions, "before": before, "after": values, "after_unknown": unknown},
    })
}

/// What may be declared elsewhere, by address and fact.
fn open(plan: &Value, stated: &StatedPlaces, stack: Option<&str>) -> BTreeMap<String, String> {
    let read = read_placed(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH, stated, stack).unwrap();
    let of = |resource: &crate::model::Resource| {
        let address = resource.origin.address.clone().unwrap();
        let marks = resource
            .unknown
            .iter()
            .filter(|(_, reason)| reason.ends_with("elsewhere") || reason.starts_with("which resource"));
        marks.map(|(fact, reason)| (format!("{address} {fact}"), reason.clone())).collect::<Vec<_>>()
    };
    read.inventory.resources.iter().flat_map(of).collect()
}

#[test]
fn parts_of_what_stands_alone_are_nowhere_else() {
    let arn = |of: &str| json!(format!("arn:aws:{of}"));
    let none = json!({});
    let rows = [
        row("aws_dynamodb_table.new", &["create"], &json!({"name": "orders"}), &none),
        row("aws_efs_file_system.old", &["no-op"], &json!({"id": "fs-1"}), &none),
        row("aws_secretsmanager_secret.old", &["no-op"], &json!({"name": "s"}), &none),
        row("aws_backup_plan.old", &["no-op"], &json!({"id": "p", "name": "p", "rule": []}), &none),
        row("aws_backup_vault.old", &["no-op"], &json!({"name": "v", "id": "v"}), &none),
        row("aws_vpc.old", &["no-op"], &json!({"id": "vpc-1", "cidr_block": "10.0.0.0/16"}), &none),
        row("aws_ec2_transit_gateway_route_table.old", &["no-op"], &json!({"id": "tgw-rtb-1"}), &none),
        row(
            "aws_lb_listener.old",
            &["no-op"],
            &json!({"arn": arn("elasticloadbalancing:us-east-1:1:listener/app/a/b/c")}),
            &none,
        ),
        row("aws_kms_key.old", &["no-op"], &json!({"arn": arn("kms:us-east-1:111111111111:key/a")}), &none),
    ];
    let plan = json!({"format_version": "1.2", "complete": true, "resource_changes": rows});
    let alone = || StatedPlaces { all_in_code: true, ..StatedPlaces::default() };
    let text = |open: BTreeMap<String, String>| -> String {
        open.into_iter().map(|(fact, reason)| format!("{fact}: {reason}\n")).collect()
    };
    let usual = text(open(&plan, &StatedPlaces::default(), None));
    assert_snapshot!(usual);
    // Nobody looks for parts of a key that leave open which one they are of.
    assert_snapshot!(text(open(&plan, &alone(), None)));
    // One of several has its parts in the others, too.
    assert_eq!(text(open(&plan, &alone(), Some("orders"))), usual);
    // So has one that leaves something out.
    let mut part = plan.clone();
    part["complete"] = json!(false);
    assert_eq!(text(open(&part, &alone(), None)), usual);
    // A part that may be of it still leaves it open.
    let mut doubtful = plan;
    let replica = row("aws_dynamodb_table_replica.west", &["create"], &none, &json!({"global_table_arn": true}));
    doubtful["resource_changes"].as_array_mut().unwrap().push(replica);
    let open = text(open(&doubtful, &alone(), None));
    assert!(open.contains("aws_dynamodb_table.new replication.regions: which resource"), "{open}");
}
