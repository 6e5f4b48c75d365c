//! Several plans side by side: what is meant within one, and what across them.

use serde_json::json;

use super::*;

/// A resource of a plan, in an account that nobody knows.
fn planned(stack: &str, address: &str, kind: &str, name: &str, more: Value) -> Value {
    let mut resource = json!({
        "id": format!("{stack}/{address}"), "kind": kind, "name": name, "tags": {},
        "place": {"region": if kind == "aws.iam.role" { None } else { Some("us-east-1") }},
        "origin": {"source": "terraform-plan", "address": address, "stack": stack},
    });
    resource.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    resource
}

fn role(stack: &str, name: &str) -> Value {
    planned(stack, "aws_iam_role.app", "aws.iam.role", name, json!({"role": {"service_linked": false}}))
}

fn group(stack: &str, role: &str) -> Value {
    let links = json!({"links": [{"rel": "assumes", "to": role}], "redundancy": {"zones": []}});
    planned(stack, "aws_autoscaling_group.app", "aws.autoscaling.group", "app", links)
}

fn used_by(resources: Vec<Value>, id: &str) -> Value {
    facts(inventory(resources, ALL_SEEN), &paired(), id, &["used_by"])["joined"]["used_by"].take()
}

#[test]
fn a_name_is_of_its_own_stack_first() {
    let both = || vec![role("a", "app"), group("a", "app"), role("b", "app"), group("b", "app")];
    assert_eq!(used_by(both(), "a/aws_iam_role.app"), json!(["a/aws_autoscaling_group.app"]));
    assert_eq!(used_by(both(), "b/aws_iam_role.app"), json!(["b/aws_autoscaling_group.app"]));
    // A stack that has none of that name means the only one that there is, but not one of several.
    let shared = vec![role("a", "app"), group("b", "app")];
    assert_eq!(used_by(shared, "a/aws_iam_role.app"), json!(["b/aws_autoscaling_group.app"]));
    let several = vec![role("a", "app"), role("c", "app"), group("b", "app")];
    assert_eq!(used_by(several, "a/aws_iam_role.app"), json!([]));
}

#[test]
fn an_address_is_of_its_own_stack_only() {
    let both = || vec![role("a", "one"), role("b", "two"), group("b", "b/aws_iam_role.app")];
    assert_eq!(used_by(both(), "b/aws_iam_role.app"), json!(["b/aws_autoscaling_group.app"]));
    assert_eq!(used_by(both(), "a/aws_iam_role.app"), json!([]));
}

#[test]
fn an_arn_finds_what_another_stack_is_to_make() {
    let arn = format!("arn:aws:iam::{ACCOUNT}:role/app");
    let at = |account: &str| {
        let mut role = role("a", "app");
        role["place"] = json!({"account": account, "region": null});
        used_by(vec![role, group("b", &arn)], "a/aws_iam_role.app")
    };
    assert_eq!(at(ACCOUNT), json!(["b/aws_autoscaling_group.app"]));
    assert_eq!(at("444455556666"), json!([]));
}

#[test]
fn an_alias_in_two_accounts_that_nobody_knows_is_no_evidence() {
    let key = |stack: &str, alias: &str| {
        planned(stack, "aws_kms_key.data", "aws.kms.key", "data", json!({"key": {"aliases": [alias]}}))
    };
    let database = planned(
        "c",
        "aws_db_instance.data",
        "aws.rds.instance",
        "data",
        json!({"encryption": {"enabled": true, "key": "alias/data"}}),
    );
    let found = |keys: [Value; 2]| {
        let resources = keys.into_iter().chain([database.clone()]).collect();
        used_by(resources, "a/aws_kms_key.data")
    };
    assert_eq!(found([key("a", "data"), key("b", "other")]), json!(["c/aws_db_instance.data"]));
    assert_eq!(found([key("a", "data"), key("b", "data")]), json!([]));
}
