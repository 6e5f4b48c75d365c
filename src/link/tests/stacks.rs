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
    // A stack that has none of that name means the only one that there is, if both work in the same account.
    let shared = |account: Option<&str>| {
        let mut resources = vec![role("a", "app"), group("b", "app")];
        for resource in &mut resources {
            account.into_iter().for_each(|account| resource["place"]["account"] = json!(account));
        }
        used_by(resources, "a/aws_iam_role.app")
    };
    assert_eq!(shared(Some(ACCOUNT)), json!(["b/aws_autoscaling_group.app"]));
    assert_eq!(shared(None), json!([]));
}

#[test]
fn a_rule_writes_to_the_vault_of_its_own_stack() {
    let vault = |stack: &str| {
        let lock = json!({"protection": {"lock_min_days": null, "lock_max_days": null}});
        planned(stack, "aws_backup_vault.main", "aws.backup.vault", "main", lock)
    };
    let plan = |stack: &str| {
        let rule = json!({"name": "daily", "vault": "main", "air_gapped_vault": null, "delete_after_days": 7,
            "copies": []});
        let facts = json!({"plan": {"rules": [rule], "selections": [], "switched_off": null}});
        planned(stack, "aws_backup_plan.daily", "aws.backup.plan", "daily", facts)
    };
    let written = |resources: Vec<Value>| {
        facts(inventory(resources, ALL_SEEN), &paired(), "a/aws_backup_plan.daily", &["vaults"])
    };
    let rule = json!({"rule": "daily", "vault": "a/aws_backup_vault.main", "region": "us-east-1", "account": null,
        "exists": true, "delete_after_days": 7, "lock_min_days": null, "lock_max_days": null});
    let expected = json!({"joined": {"vaults": [rule]}, "unknown": {}});
    assert_eq!(written(vec![plan("a"), vault("a"), vault("b")]), expected);
    // One of another stack may be in another account.
    let found = written(vec![plan("a"), vault("b")]);
    assert_eq!(found["joined"]["vaults"][0].get("exists"), None);
    assert_eq!(found["unknown"]["joined.vaults.exists"], "its account is not known");
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
fn what_stands_in_for_another_is_in_an_account_that_is_known() {
    let group = |stack: &str, region: &str, account: Option<&str>| {
        let mut group = group(stack, "app");
        group["place"] =
            account.map_or_else(|| json!({"region": region}), |it| json!({"account": it, "region": region}));
        group
    };
    let found = |account: Option<&str>| {
        let groups = vec![group("a", "us-east-1", account), group("b", "us-west-2", account)];
        facts(inventory(groups, ALL_SEEN), &paired(), "a/aws_autoscaling_group.app", &["counterpart"])["joined"]
            ["counterpart"]["id"]
            .take()
    };
    assert_eq!(found(Some(ACCOUNT)), json!("b/aws_autoscaling_group.app"));
    assert_eq!(found(None), json!(null));
}

#[test]
fn members_of_a_global_cluster_are_of_one_account() {
    let member = |stack: &str, region: &str, role: &str, account: Option<&str>| {
        let facts = json!({"replication": {"role": role, "global": "orders"}});
        let mut member = planned(stack, "aws_rds_cluster.orders", "aws.rds.cluster", stack, facts);
        member["place"] =
            account.map_or_else(|| json!({"region": region}), |it| json!({"account": it, "region": region}));
        member
    };
    let found = |account: Option<&str>| {
        let members = vec![member("a", "us-east-1", "primary", account), member("b", "us-west-2", "replica", account)];
        let joined = facts(inventory(members, ALL_SEEN), &paired(), "a/aws_rds_cluster.orders", &["copies"]);
        let copies = joined["joined"]["copies"].as_array().cloned().unwrap_or_default();
        copies.into_iter().map(|mut copy| copy["id"].take()).collect::<Vec<_>>()
    };
    assert_eq!(found(Some(ACCOUNT)), [json!("b/aws_rds_cluster.orders")]);
    assert_eq!(found(None), Vec::<Value>::new());
}
