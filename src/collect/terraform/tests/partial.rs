//! Plans that are not everything, and what one does beside its changes.

use serde_json::{Value, json};

use super::super::place::StatedPlaces;
use super::super::{LooseParts, TerraformInput, read, read_placed};
use crate::collect::source::Code;
use crate::model::{Action, Fact, Timestamp};

fn input(document: &Value) -> TerraformInput {
    read(document.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap()
}

/// A managed resource as rows, states and the configuration write it, with more members.
fn named(address: &str, more: &[(&str, Value)]) -> Value {
    let (kind, name) = address.split_once('.').unwrap();
    let mut named = json!({
        "address": address, "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws", "provider_config_key": "aws",
    });
    for (member, value) in more {
        named[*member] = value.clone();
    }
    named
}

fn row(address: &str, actions: &[&str], before: &Value, after: &Value) -> Value {
    let change = json!({"actions": actions, "before": before, "after": after, "after_unknown": {}});
    named(address, &[("change", change)])
}

fn in_state(address: &str, values: &Value) -> Value {
    named(address, &[("values", values.clone())])
}

/// Address, action, and facts after the change, of every resource.
fn resources(input: &TerraformInput, pointer: &str) -> Vec<(String, Option<Action>, Option<Value>)> {
    let of = |resource: &crate::model::Resource| {
        let action = resource.change.as_ref().map(|change| change.action);
        let facts = serde_json::to_value(resource).unwrap();
        (resource.origin.address.clone().unwrap(), action, facts.pointer(pointer).cloned())
    };
    input.inventory.resources.iter().map(of).collect()
}

fn database(days: u32) -> Value {
    json!({
        "identifier": "orders", "arn": "arn:aws:rds:us-east-1:111111111111:db:orders", "backup_retention_period": days
    })
}

#[test]
fn a_plan_that_only_refreshes_is_about_what_changed_outside() {
    let other = json!({"identifier": "other", "arn": "arn:aws:rds:us-east-1:111111111111:db:other"});
    let input = input(&json!({
        "format_version": "1.2", "complete": true, "planned_values": {"root_module": {}},
        "resource_drift": [row("aws_db_instance.orders", &["update"], &database(14), &database(0))],
        "prior_state": {"values": {"root_module": {"resources": [
            in_state("aws_db_instance.orders", &database(0)), in_state("aws_db_instance.other", &other),
        ]}}},
        "configuration": {"root_module": {}},
    }));
    let days = "/backup/retention_days";
    assert_eq!(
        resources(&input, days),
        [
            ("aws_db_instance.orders".to_owned(), Some(Action::Update), Some(json!(0))),
            ("aws_db_instance.other".to_owned(), Some(Action::NoOp), Some(json!(0))),
        ]
    );
    assert_eq!(resources(&input, "/before/backup/retention_days")[0].2, Some(json!(14)));
    let only = "the plan only refreshes: what changed outside of Terraform is judged as its change";
    assert!(input.notes.iter().any(|note| note == only), "{:?}", input.notes);
}

#[test]
fn what_a_plan_with_a_target_leaves_out_is_unknown_and_said() {
    let bucket = json!({"bucket": "reports"});
    let code = |address: &str, expressions: Value| named(address, &[("expressions", expressions)]);
    let of_bucket = json!({"bucket": {"references": ["aws_s3_bucket.reports.id", "aws_s3_bucket.reports"]}});
    let plan = |complete: bool| {
        input(&json!({
            "format_version": "1.2", "complete": complete,
            "resource_changes": [row("aws_s3_bucket.reports", &["create"], &Value::Null, &bucket)],
            "prior_state": {"values": {"root_module": {"resources": [in_state("aws_db_instance.orders", &database(7))]}}},
            "configuration": {"root_module": {"resources": [
                code("aws_s3_bucket.reports", json!({})),
                code("aws_s3_bucket_versioning.reports", of_bucket.clone()),
                code("aws_db_instance.orders", json!({})),
            ]}},
        }))
    };
    let whole = plan(true);
    let versioned = "/backup/versioned";
    let bucket = |known: Option<Value>| ("aws_s3_bucket.reports".to_owned(), Some(Action::Create), known);
    assert_eq!(resources(&whole, versioned), [bucket(Some(json!(false)))]);
    assert_eq!(whole.incomplete, [""; 0]);
    let partial = plan(false);
    // What is there already is seen all the same.
    let there = ("aws_db_instance.orders".to_owned(), Some(Action::NoOp), None);
    assert_eq!(resources(&partial, versioned), [there, bucket(None)]);
    assert_eq!(
        partial.inventory.resources[1].unknown["backup.versioned"],
        "the plan is not complete, and leaves out aws_s3_bucket_versioning.reports"
    );
    assert_eq!(
        partial.incomplete,
        [
            "the plan is not complete, as with -target or with deferred changes: it leaves out 1 block of the code, first of \
          all aws_s3_bucket_versioning.reports"
        ]
    );
}

#[test]
fn no_pass_without_evidence_a_replica_that_a_plan_leaves_out_may_not_be_recoverable() {
    let table = json!({"name": "carts", "point_in_time_recovery": [{"enabled": true}]});
    let of_table =
        json!({"global_table_arn": {"references": ["aws_dynamodb_table.carts.arn", "aws_dynamodb_table.carts"]}});
    let read = input(&json!({
        "format_version": "1.2", "complete": false,
        "resource_changes": [row("aws_dynamodb_table.carts", &["create"], &Value::Null, &table)],
        "configuration": {"root_module": {"resources": [
            named("aws_dynamodb_table.carts", &[("expressions", json!({}))]),
            named("aws_dynamodb_table_replica.west", &[("expressions", of_table)]),
        ]}},
    }));
    let reason = "the plan is not complete, and leaves out aws_dynamodb_table_replica.west";
    let unknown = &read.inventory.resources[0].unknown;
    for fact in ["replication.regions", "backup.replicas_without_point_in_time"] {
        assert_eq!(unknown[fact], reason, "{fact}");
    }
}

#[test]
fn no_pass_without_evidence_a_global_table_that_a_plan_leaves_out_may_have_replicas() {
    let of_table = json!({"name": {"references": ["aws_dynamodb_table.carts.name", "aws_dynamodb_table.carts"]}});
    for name in [of_table, json!({"name": {"constant_value": "carts"}})] {
        let read = input(&json!({
            "format_version": "1.2", "complete": false,
            "resource_changes": [row("aws_dynamodb_table.carts", &["create"], &Value::Null, &json!({"name": "carts"}))],
            "configuration": {"root_module": {"resources": [
                named("aws_dynamodb_table.carts", &[("expressions", json!({}))]),
                named("aws_dynamodb_global_table.carts", &[("expressions", name)]),
            ]}},
        }));
        let table = &read.inventory.resources[0];
        let reason = "the plan is not complete, and leaves out aws_dynamodb_global_table.carts";
        assert_eq!(table.unknown["replication.regions"], reason);
        assert_eq!(table.replication.as_ref().unwrap().role, Fact::Unknown);
    }
}

#[test]
fn no_pass_without_evidence_a_tag_that_a_plan_leaves_out_may_make_a_group_part_of_an_application() {
    let of_group = json!({"autoscaling_group_name": {"references": ["aws_autoscaling_group.web.name", "aws_autoscaling_group.web"]}});
    let group = |complete: bool| {
        let web = json!({"name": "web", "tag": [{"key": "team", "value": "a"}]});
        let read = input(&json!({
            "format_version": "1.2", "complete": complete,
            "resource_changes": [row("aws_autoscaling_group.web", &["create"], &Value::Null, &web)],
            "configuration": {"root_module": {"resources": [
                named("aws_autoscaling_group.web", &[("expressions", json!({}))]),
                named("aws_autoscaling_group_tag.app", &[("expressions", of_group.clone())]),
            ]}},
        }));
        let group = &read.inventory.resources[0];
        (group.tags.is_known(), group.unknown.get("tags").cloned())
    };
    let reason = "the plan is not complete, and leaves out aws_autoscaling_group_tag.app".to_owned();
    assert_eq!(group(false), (false, Some(reason)));
    assert_eq!(group(true), (true, None));
}

#[test]
fn no_pass_without_evidence_settings_of_a_region_that_a_plan_leaves_out_may_switch_its_plans_off() {
    let found = |complete: bool, provider: &str| {
        let mut settings = named("aws_backup_region_settings.this", &[("expressions", json!({}))]);
        settings["provider_config_key"] = json!(provider);
        let read = input(&json!({
            "format_version": "1.2", "complete": complete,
            "resource_changes": [row("aws_backup_plan.daily", &["create"], &Value::Null, &json!({"name": "daily"}))],
            "configuration": {
                "provider_config": {
                    "aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}},
                    "aws.west": {"name": "aws", "alias": "west", "expressions": {"region": {"constant_value": "us-west-2"}}},
                },
                "root_module": {"resources": [
                    named("aws_backup_plan.daily", &[("expressions", json!({}))]), settings,
                ]},
            },
        }));
        let plan = &read.inventory.resources[0];
        (plan.plan.as_ref().unwrap().switched_off.clone(), plan.unknown.get("plan.switched_off").cloned())
    };
    let reason = "the plan is not complete, and leaves out aws_backup_region_settings.this".to_owned();
    assert_eq!(found(false, "aws"), (Fact::Unknown, Some(reason)));
    assert_eq!(found(false, "aws.west"), (Fact::Absent, None));
    assert_eq!(found(true, "aws"), (Fact::Absent, None));
}

#[test]
fn no_pass_without_evidence_a_lock_that_a_plan_leaves_out_says_nothing_of_its_vault() {
    let of_vault =
        json!({"backup_vault_name": {"references": ["aws_backup_vault.main.name", "aws_backup_vault.main"]}});
    let read = input(&json!({
        "format_version": "1.2", "complete": false,
        "resource_changes": [row("aws_backup_vault.main", &["create"], &Value::Null, &json!({"name": "main"}))],
        "configuration": {"root_module": {"resources": [
            named("aws_backup_vault.main", &[("expressions", json!({}))]),
            named("aws_backup_vault_lock_configuration.main", &[("expressions", of_vault)]),
        ]}},
    }));
    let vault = serde_json::to_value(&read.inventory.resources[0]).unwrap();
    let reason = "the plan is not complete, and leaves out aws_backup_vault_lock_configuration.main";
    assert_eq!(vault["protection"], json!({"force_destroy": false}));
    assert_eq!(
        vault["unknown"],
        json!({
            "protection.lock_max_days": reason, "protection.lock_min_days": reason, "protection.lock_mode": reason,
            "protection.locked": reason,
        })
    );
}

#[test]
fn deferred_changes_and_actions_are_said_and_the_changes_judged() {
    let action = json!({"address": "action.aws_lambda_invoke.empty", "type": "aws_lambda_invoke", "name": "empty"});
    let input = input(&json!({
        "format_version": "1.2", "complete": false, "applyable": false,
        "resource_changes": [],
        "deferred_changes": [{
            "reason": "provider_config_unknown",
            "resource_change": row("aws_db_instance.orders", &["update"], &database(14), &database(0)),
        }],
        "action_invocations": [action],
        "deferred_action_invocations": [{"reason": "x", "action_invocation": action}],
        "checks": [
            {"address": {"to_display": "check.health"}, "status": "fail"},
            {"address": {"to_display": "check.later"}, "status": "unknown"},
            {"address": {"to_display": "check.fine"}, "status": "pass"},
        ],
        "configuration": {"root_module": {}},
    }));
    assert_eq!(
        resources(&input, "/backup/retention_days"),
        [("aws_db_instance.orders".to_owned(), Some(Action::Update), Some(json!(0)))]
    );
    let what = "first of all action.aws_lambda_invoke.empty: what that does is not judged";
    assert_eq!(
        input.incomplete,
        [
            "the plan is not complete, as with -target or with deferred changes".to_owned(),
            "1 change is deferred to the next plan, and judged as far as known".to_owned(),
            format!("the plan runs 1 action, {what}"),
            format!("the plan defers 1 action, {what}"),
            "the plan says of itself that it cannot be applied".to_owned(),
        ]
    );
    let checks: Vec<_> = input.notes.iter().filter(|note| note.contains("check")).collect();
    assert_eq!(
        checks,
        [
            "1 check of the plan failed, first of all check.health",
            "1 check of the plan known only after apply, first of all check.later",
        ]
    );
}

#[test]
fn changes_of_types_that_are_not_understood_are_counted_by_themselves() {
    let topic = json!({"name": "t"});
    let input = input(&json!({
        "format_version": "1.2",
        "resource_changes": [
            row("aws_sns_topic.a", &["create"], &Value::Null, &topic),
            row("aws_sns_topic.b", &["no-op"], &topic, &topic),
        ],
        "configuration": {"root_module": {}},
    }));
    assert_eq!((input.not_understood["aws_sns_topic"], input.planned.not_understood.values().sum::<usize>()), (2, 1));
}

#[test]
fn an_object_that_an_interrupted_replacement_left_is_deleted_with_its_data() {
    let mut deposed = row("aws_db_instance.orders", &["delete"], &database(7), &Value::Null);
    deposed["deposed"] = json!("1a2b3c4d");
    let new = json!({"identifier": "orders-2", "arn": "arn:aws:rds:us-east-1:111111111111:db:orders-2"});
    let input = input(&json!({
        "format_version": "1.2",
        "resource_changes": [row("aws_db_instance.orders", &["no-op"], &new, &new), deposed],
        "configuration": {"root_module": {}},
    }));
    assert_eq!(
        resources(&input, "/before/backup/retention_days"),
        [
            ("aws_db_instance.orders (deposed object 1a2b3c4d)".to_owned(), Some(Action::Delete), Some(json!(7))),
            ("aws_db_instance.orders".to_owned(), Some(Action::NoOp), None),
        ]
    );
}

#[test]
fn what_is_forgotten_for_a_new_one_keeps_its_data() {
    let new = json!({"identifier": "orders"});
    for actions in [["create", "forget"], ["forget", "create"]] {
        let input = input(&json!({
            "format_version": "1.2",
            "resource_changes": [row("aws_db_instance.orders", &actions, &database(7), &new)],
            "configuration": {"root_module": {}},
        }));
        assert_eq!(
            resources(&input, "/backup/retention_days"),
            [
                ("aws_db_instance.orders (forgotten object)".to_owned(), Some(Action::Forget), Some(json!(7))),
                ("aws_db_instance.orders".to_owned(), Some(Action::Create), Some(json!(0))),
            ]
        );
    }
}

#[test]
fn a_state_says_the_same_through_both_doors() {
    let bucket = json!({"id": "b", "bucket": "b", "arn": "arn:aws:s3:::b", "region": "us-east-1"});
    let versioning = json!({"id": "b", "bucket": "b", "versioning_configuration": [{"status": "Enabled"}]});
    let vault = |region: &str| {
        let arn = format!("arn:aws:backup:{region}:111111111111:backup-vault:main");
        json!({"id": "main", "name": "main", "arn": arn})
    };
    let lock = json!({"id": "main", "backup_vault_name": "main", "min_retention_days": 7});
    let all = [
        ("aws_backup_vault.east", "", vault("us-east-1"), vec![]),
        ("aws_backup_vault.west", ".west", vault("us-west-2"), vec![]),
        ("aws_backup_vault_lock_configuration.west", ".west", lock, vec!["aws_backup_vault.west"]),
        ("aws_s3_bucket.b", "", bucket, vec![]),
        ("aws_s3_bucket_versioning.b", "", versioning, vec!["aws_s3_bucket.b"]),
    ];
    let shown: Vec<_> = all
        .iter()
        .map(|(address, _, values, after)| named(address, &[("values", values.clone()), ("depends_on", json!(after))]))
        .collect();
    let shown = input(&json!({"format_version": "1.0", "values": {"root_module": {"resources": shown}}}));
    let raw: Vec<_> = all
        .iter()
        .map(|(address, alias, values, after)| {
            let provider = format!("provider[\"registry.terraform.io/hashicorp/aws\"]{alias}");
            let instance = json!({"attributes": values, "dependencies": after});
            named(address, &[("provider", json!(provider)), ("instances", json!([instance]))])
        })
        .collect();
    let raw = input(&json!({"version": 4, "resources": raw}));
    assert_eq!(shown.inventory.resources, raw.inventory.resources);
    let locked = resources(&shown, "/protection/locked");
    assert_eq!([&locked[0].2, &locked[1].2], [&None, &Some(json!(true))]);
    let versioned = resources(&shown, "/backup/versioned");
    assert_eq!(versioned[2].2, Some(json!(true)));
}

#[test]
fn the_code_tells_what_a_plan_hides_of_its_expressions() {
    let dir = tempfile::tempdir().unwrap();
    let code = r#"
resource "aws_efs_file_system" "plain" {
  kms_key_id = aws_kms_key.k.arn
}
resource "aws_efs_file_system" "derived" {
  kms_key_id = replace(aws_kms_key.k.arn, "us-east-1", "us-west-2")
}
resource "aws_dynamodb_table" "unset" {
}
resource "aws_dynamodb_table" "dynamic" {
  dynamic "point_in_time_recovery" {
    for_each = local.recovery
    content {
      enabled = true
    }
  }
}
"#;
    std::fs::write(dir.path().join("main.tf"), code).unwrap();
    let key = json!({"kms_key_id": {"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}});
    let rows = [
        ("aws_kms_key.k", json!({}), json!({"arn": true, "key_id": true}), json!({})),
        ("aws_efs_file_system.plain", json!({"encrypted": true}), json!({"kms_key_id": true}), key.clone()),
        ("aws_efs_file_system.derived", json!({"encrypted": true}), json!({"kms_key_id": true}), key),
        ("aws_dynamodb_table.unset", json!({}), json!({"point_in_time_recovery": true}), json!({})),
        ("aws_dynamodb_table.dynamic", json!({}), json!({"point_in_time_recovery": true}), json!({})),
    ];
    let changes = rows.iter().map(|(address, after, unknown, _)| {
        let mut row = row(address, &["create"], &Value::Null, after);
        row["change"]["after_unknown"] = unknown.clone();
        row
    });
    let changes: Vec<_> = changes.collect();
    let blocks: Vec<_> =
        rows.iter().map(|(address, _, _, code)| named(address, &[("expressions", code.clone())])).collect();
    let plan = json!({"resource_changes": changes, "configuration": {"root_module": {"resources": blocks}}});
    let read = |code: Option<Code>| {
        let stated = StatedPlaces { code, ..StatedPlaces::default() };
        let input =
            read_placed(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH, &stated, None).unwrap();
        let fact = |address: &str, pointer: &str| {
            resources(&input, pointer).into_iter().find(|(found, ..)| found == address).unwrap().2
        };
        [
            fact("aws_efs_file_system.plain", "/encryption/key"),
            fact("aws_efs_file_system.derived", "/encryption/key"),
            fact("aws_dynamodb_table.unset", "/backup/enabled"),
            fact("aws_dynamodb_table.dynamic", "/backup/enabled"),
        ]
    };
    let (key, off) = (Some(json!("aws_kms_key.k")), Some(json!(false)));
    let at = dir.path().to_owned();
    let code = Code { here: at.clone(), base: at, search: false };
    assert_eq!(read(Some(code)), [key.clone(), None, off.clone(), None]);
    // Without the code a reference is taken for what it refers to, and a block that is not there for one that is not set.
    assert_eq!(read(None), [key.clone(), key, off.clone(), off]);
}

/// OpenTofu, and older Terraform, leave out what was not targeted and do not say so.
#[test]
fn no_pass_without_evidence_a_block_without_a_row_was_left_out() {
    let bucket = json!({"bucket": "reports"});
    let said = |versioning: Value, module: Value| {
        let read = input(&json!({
            "format_version": "1.2",
            "resource_changes": [
                row("aws_s3_bucket.reports", &["create"], &Value::Null, &bucket),
                row("null_resource.done", &["no-op"], &json!({}), &json!({})),
            ],
            "configuration": {"root_module": {
                "resources": [
                    named("aws_s3_bucket.reports", &[("expressions", json!({}))]),
                    named("null_resource.done", &[("expressions", json!({}))]),
                    versioning,
                ],
                "module_calls": {"more": module},
            }},
        }));
        (resources(&read, "/backup/versioned")[0].2.clone(), read.incomplete.len())
    };
    let of_bucket = json!({"bucket": {"references": ["aws_s3_bucket.reports.id", "aws_s3_bucket.reports"]}});
    let versioning = |more: &[(&str, Value)]| {
        let all = [&[("expressions", of_bucket.clone())], more].concat();
        named("aws_s3_bucket_versioning.reports", &all)
    };
    let data = || {
        let mut data = named("aws_s3_bucket.other", &[("expressions", json!({}))]);
        data["mode"] = json!("data");
        data
    };
    let module = |more: &[(&str, Value)]| {
        let mut call = json!({"module": {"resources": [named("aws_s3_bucket.inner", &[("expressions", json!({}))])]}});
        for (member, value) in more {
            call[*member] = value.clone();
        }
        call
    };
    let (off, counted) = (Some(json!(false)), [("count_expression", json!({"constant_value": 0}))]);
    assert_eq!(said(versioning(&[]), json!({})), (None, 1));
    assert_eq!(said(versioning(&counted), json!({})), (off.clone(), 0));
    assert_eq!(said(data(), json!({})), (off.clone(), 0));
    assert_eq!(said(data(), module(&[])).1, 1);
    assert_eq!(said(data(), module(&[("for_each_expression", json!({}))])), (off, 0));
}

#[test]
fn no_pass_without_evidence_parts_of_what_the_plan_does_not_manage_are_not_judged() {
    let lock = |vault: &str| json!({"backup_vault_name": vault, "changeable_for_days": 3});
    let said = |actions: &[&str], vault: &str| {
        let (before, after) = match actions {
            ["delete"] => (lock(vault), Value::Null),
            ["create"] => (Value::Null, lock(vault)),
            _ => (lock(vault), lock(vault)),
        };
        let read = input(&json!({
            "format_version": "1.2", "complete": true,
            "resource_changes": [
                row("aws_backup_vault.own", &["no-op"], &json!({"id": "own", "name": "own"}), &json!({"id": "own", "name": "own"})),
                row("aws_backup_vault_lock_configuration.dr", actions, &before, &after),
            ],
        }));
        (LooseParts::told(&read.loose), read.incomplete)
    };
    let told = "aws_backup_vault_lock_configuration.dr is part of something that this plan does not manage: what becomes of \
                that is not judged";
    for actions in [["delete"], ["create"], ["update"]] {
        assert_eq!(said(&actions, "elsewhere"), (Some(told.to_owned()), vec![]), "{actions:?}");
        assert_eq!(said(&actions, "own"), (None, vec![]), "{actions:?}");
    }
    assert_eq!(said(&["no-op"], "elsewhere"), (None, vec![]));
}

/// A table's replica is always in another region than the table.
#[test]
fn what_may_be_a_part_of_something_here_is_of_nothing_elsewhere() {
    let table = json!({"name": "carts", "arn": "arn:aws:dynamodb:us-east-1:111111111111:table/carts"});
    let mut replica = row("aws_dynamodb_table_replica.west", &["create"], &Value::Null, &json!({}));
    replica["change"]["after_unknown"] = json!({"global_table_arn": true});
    let code = |address: &str, provider: &str, expressions: Value| {
        let mut block = named(address, &[("expressions", expressions)]);
        block["provider_config_key"] = json!(provider);
        block
    };
    let provider = |region: &str| json!({"name": "aws", "expressions": {"region": {"constant_value": region}}});
    let read = input(&json!({
        "format_version": "1.2", "complete": true,
        "resource_changes": [row("aws_dynamodb_table.carts", &["update"], &table, &table), replica],
        "configuration": {
            "provider_config": {"aws": provider("us-east-1"), "aws.west": provider("us-west-2")},
            "root_module": {"resources": [
                code("aws_dynamodb_table.carts", "aws", json!({})),
                code("aws_dynamodb_table_replica.west", "aws.west", json!({"global_table_arn": {"references": ["local.arn"]}})),
            ]},
        },
    }));
    let reason = "which resource aws_dynamodb_table_replica.west belongs to is not known";
    assert_eq!(read.inventory.resources[0].unknown["replication.regions"], reason);
    assert_eq!((read.incomplete, read.loose), (vec![], vec![]));
}

/// The bucket goes on existing, without what the plan takes off it.
#[test]
fn no_pass_without_evidence_what_is_forgotten_loses_the_parts_that_are_deleted() {
    let bucket = json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let said = |part: &str, after: &Value| {
        let read = input(&json!({
            "format_version": "1.2", "complete": true,
            "resource_changes": [
                row("aws_s3_bucket.data", &["forget"], &bucket, &Value::Null),
                row("aws_s3_bucket_versioning.data", &[part], &versioning, after),
            ],
        }));
        resources(&read, "/backup/versioned").remove(0)
    };
    let of = |action, versioned: bool| ("aws_s3_bucket.data".to_owned(), Some(action), Some(json!(versioned)));
    assert_eq!(said("delete", &Value::Null), of(Action::Update, false));
    assert_eq!(said("forget", &Value::Null), of(Action::Forget, true));
    assert_eq!(said("no-op", &versioning), of(Action::Forget, true));
}
