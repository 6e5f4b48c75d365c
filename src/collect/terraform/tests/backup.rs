//! AWS Backup: locks, how long copies are kept, air-gapped vaults, and what the service is switched off for. And keys: what
//! they are for.

use serde_json::{Value, json};

use super::created;

fn one(address: &str, values: Value) -> Value {
    created(&[(address, values, json!({"arn": true, "id": true}), json!({}))])[address].clone()
}

#[test]
fn a_lock_without_days_to_think_it_over_can_be_taken_off() {
    let lock = |days: Value, unknown: bool| {
        let lock = json!({"backup_vault_name": "main", "min_retention_days": 7, "changeable_for_days": days});
        let facts = created(&[
            ("aws_backup_vault.main", json!({"name": "main"}), json!({"arn": true}), json!({})),
            (
                "aws_backup_vault_lock_configuration.main",
                lock,
                json!({"backup_vault_arn": true, "changeable_for_days": unknown}),
                json!({"changeable_for_days": {"references": ["random_integer.days.result"]}}),
            ),
        ]);
        facts["aws_backup_vault.main"]["protection"].clone()
    };
    let protection = |mode: Value| json!({"force_destroy": false, "locked": true, "lock_mode": mode, "lock_min_days": 7, "lock_max_days": null});
    assert_eq!(lock(json!(3), false), protection("compliance".into()));
    assert_eq!(lock(Value::Null, false), protection("governance".into()));
    let mut unknown = protection(Value::Null);
    unknown.as_object_mut().unwrap().remove("lock_mode");
    assert_eq!(lock(Value::Null, true), unknown);
    let open = one("aws_backup_vault.main", json!({"name": "main"}));
    let none = json!({"force_destroy": false, "locked": false, "lock_mode": null, "lock_min_days": null,
        "lock_max_days": null});
    assert_eq!(open["protection"], none);
    let air_gapped = json!({"name": "gap", "min_retention_days": 7, "max_retention_days": 35});
    let locked = json!({"locked": true, "lock_mode": "compliance", "lock_min_days": 7, "lock_max_days": 35});
    assert_eq!(one("aws_backup_logically_air_gapped_vault.gap", air_gapped)["protection"], locked);
}

#[test]
fn the_policies_of_vaults_and_keys_say_whom_they_let_restore() {
    let policy = json!({"Statement": [{"Sid": "Lock", "Effect": "Deny", "Principal": "*", "Resource": "*",
        "Action": ["backup:DeleteRecoveryPoint", "backup:Start*"]}]});
    let with = |policy: Value, unknown: bool| {
        let part = json!({"backup_vault_name": "main", "policy": policy});
        let code = json!({"policy": {"references": ["data.aws_iam_policy_document.lock.json"]}});
        let facts = created(&[
            ("aws_backup_vault.main", json!({"name": "main"}), json!({"arn": true}), json!({})),
            ("aws_backup_vault_policy.main", part, json!({"backup_vault_arn": true, "policy": unknown}), code),
        ]);
        let vault = &facts["aws_backup_vault.main"];
        json!([vault["access"].get("statements"), vault["unknown"]["access.statements"]])
    };
    let statement = |name: &str, allow: bool, principal: &str, actions: &[&str]| {
        json!({"name": name, "allow": allow, "principals": [principal], "other_principals": false, "actions": actions,
            "resources": ["*"], "other_resources": false, "conditions": []})
    };
    let lock = statement("statement 'Lock'", false, "*", &["backup:StartRestoreJob"]);
    assert_eq!(with(json!(policy.to_string()), false), json!([[lock], null]));
    assert_eq!(with(Value::Null, true), json!([null, "known only after apply"]));
    let none = json!({"statements": null, "grants": null});
    assert_eq!(one("aws_backup_vault.main", json!({"name": "main"}))["access"], none);

    // A key that is made now without a policy is given the one that leaves it to its account.
    let made = statement(
        "statement 'Enable IAM User Permissions'",
        true,
        "account",
        &["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey"],
    );
    assert_eq!(one("aws_kms_key.main", json!({"description": "main"}))["access"], json!({"statements": [made]}));
    let own = json!({"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:role/r"}, "Action": "kms:Decrypt",
        "Resource": "*"}});
    let code = json!({"policy": {"constant_value": own.to_string()}});
    let facts = created(&[("aws_kms_key.main", json!({"policy": own.to_string()}), json!({"arn": true}), code)]);
    let statements = statement("statement 1", true, "arn:aws:iam::1:role/r", &["kms:Decrypt"]);
    assert_eq!(facts["aws_kms_key.main"]["access"], json!({"statements": [statements]}));
}

#[test]
fn a_grant_of_the_code_is_one_of_several_that_there_may_be() {
    let granted = |operations: Value, unknown: bool, constraints: Value| {
        let values = json!({"key_id": "k-1", "grantee_principal": "arn:aws:iam::1:role/restore", "operations": operations,
            "constraints": constraints});
        let code = json!({"key_id": {"references": ["aws_kms_key.main.key_id"]}, "constraints": {},
            "operations": {"references": ["var.operations"]}});
        let facts = created(&[
            ("aws_kms_key.main", json!({}), json!({"arn": true, "key_id": true}), json!({})),
            ("aws_kms_grant.restore", values, json!({"key_id": true, "operations": unknown}), code),
        ]);
        let key = &facts["aws_kms_key.main"];
        json!([key["access"].get("grants"), key["unknown"].get("access.grants")])
    };
    let grant = |actions: Value, constrained: bool| {
        let mut grant =
            json!({"grantee": "arn:aws:iam::1:role/restore", "actions": actions, "constrained": constrained});
        if actions.is_null() {
            grant.as_object_mut().unwrap().remove("actions");
        }
        json!([grant])
    };
    let more = "others may be granted at any time";
    let all = json!(["DescribeKey", "Decrypt", "Encrypt"]);
    let needed = json!(["kms:Decrypt", "kms:DescribeKey"]);
    assert_eq!(granted(all.clone(), false, json!([])), json!([grant(needed.clone(), false), more]));
    let held = json!([{"encryption_context_equals": {"app": "shop"}}]);
    assert_eq!(granted(all, false, held), json!([grant(needed, true), more]));
    assert_eq!(granted(Value::Null, true, json!([])), json!([grant(Value::Null, false), more]));
    assert_eq!(granted(json!(["Encrypt"]), false, json!([])), json!([null, more]));
}

#[test]
fn a_vault_is_shared_by_what_puts_it_into_a_share_and_whom_that_is_for() {
    let shared = |principal: Value, unknown: bool| {
        let of_share = || {
            json!({"resource_share_arn": {"references": ["aws_ram_resource_share.gap.arn"]},
            "resource_arn": {"references": ["aws_backup_logically_air_gapped_vault.gap.arn"]},
            "principal": {"references": ["var.principal"]}})
        };
        let arn = json!({"arn": true, "id": true});
        let facts = created(&[
            (
                "aws_backup_logically_air_gapped_vault.gap",
                json!({"name": "gap", "min_retention_days": 7, "max_retention_days": 35}),
                arn.clone(),
                json!({}),
            ),
            ("aws_ram_resource_share.gap", json!({"name": "gap"}), arn, json!({})),
            (
                "aws_ram_resource_association.gap",
                json!({}),
                json!({"resource_arn": true, "resource_share_arn": true, "id": true}),
                of_share(),
            ),
            (
                "aws_ram_principal_association.gap",
                json!({"principal": principal}),
                json!({"principal": unknown, "resource_share_arn": true, "id": true}),
                of_share(),
            ),
        ]);
        let vault = &facts["aws_backup_logically_air_gapped_vault.gap"];
        json!([vault["vault"], vault["unknown"].get("vault.shared_with")])
    };
    let facts =
        |with: Value| json!({"air_gapped": true, "approval_team": null, "source_vault": null, "shared_with": with});
    assert_eq!(shared(json!("444455556666"), false), json!([facts(json!(["444455556666"])), null]));
    assert_eq!(shared(Value::Null, true), json!([facts(json!([])), "known only after apply"]));
    let alone = json!({"name": "gap", "min_retention_days": 7, "max_retention_days": 35});
    assert_eq!(one("aws_backup_logically_air_gapped_vault.gap", alone)["vault"], facts(json!([])));
    let ordinary = json!({"air_gapped": false, "approval_team": null, "source_vault": null, "shared_with": null});
    assert_eq!(one("aws_backup_vault.main", json!({"name": "main"}))["vault"], ordinary);
}

#[test]
fn a_restore_testing_plan_has_the_selections_that_name_it() {
    let plan = json!({"name": "weekly", "schedule_expression": "cron(0 5 ? * SUN *)",
        "recovery_point_selection": [{"algorithm": "LATEST_WITHIN_WINDOW", "include_vaults": ["*"],
            "recovery_point_types": ["SNAPSHOT"]}]});
    let computed = json!({"arn": true, "schedule_expression_timezone": true, "start_window_hours": true,
        "recovery_point_selection": [{"exclude_vaults": true, "selection_window_days": true}]});
    let code = json!({"name": {"constant_value": "weekly"}, "recovery_point_selection": [{
        "algorithm": {"constant_value": "LATEST_WITHIN_WINDOW"}, "include_vaults": {"constant_value": ["*"]},
        "recovery_point_types": {"constant_value": ["SNAPSHOT"]}}]});
    let selection = json!({"name": "tables", "restore_testing_plan_name": "weekly", "protected_resource_type": "DynamoDB",
        "iam_role_arn": "arn:aws:iam::1:role/restore", "restore_metadata_overrides": {"encryptionType": "canary"},
        "protected_resource_conditions": [{"string_equals": [{"key": "aws:ResourceTag/app", "value": "shop"}],
            "string_not_equals": []}]});
    let of_plan = json!({"restore_testing_plan_name": {"references": ["aws_backup_restore_testing_plan.weekly.name"]},
        "protected_resource_conditions": [{"string_equals": [{"key": {"constant_value": "aws:ResourceTag/app"},
            "value": {"constant_value": "shop"}}]}]});
    let left = json!({"protected_resource_arns": true, "validation_window_hours": true});
    let facts = created(&[
        ("aws_backup_restore_testing_plan.weekly", plan.clone(), computed.clone(), code.clone()),
        ("aws_backup_restore_testing_selection.tables", selection, left, of_plan),
    ]);
    let expected = |selections: Value| {
        json!({
            "schedule": "cron(0 5 ? * SUN *)", "timezone": null, "start_window_hours": 24,
            "algorithm": "latest_within_window", "included_vaults": ["*"], "excluded_vaults": [],
            "point_types": ["snapshot"], "window_days": 30, "selections": selections,
        })
    };
    let tables = json!([{"name": "tables", "resource_type": "DynamoDB", "resources": [], "tagged": ["app=shop"],
        "not_tagged": [], "role": "arn:aws:iam::1:role/restore", "validation_hours": 0,
        "overrides": ["encryptionType"]}]);
    assert_eq!(facts["aws_backup_restore_testing_plan.weekly"]["restore_testing"], expected(tables));
    let alone = created(&[("aws_backup_restore_testing_plan.weekly", plan, computed, code)]);
    assert_eq!(alone["aws_backup_restore_testing_plan.weekly"]["restore_testing"], expected(json!([])));
}

#[test]
fn a_copy_that_says_nothing_of_it_is_kept_as_long_as_its_source() {
    let dr = "arn:aws:backup:us-west-2:111122223333:backup-vault:dr";
    let days = |own: Value, copied: Value| {
        let copy = json!({"destination_vault_arn": dr, "lifecycle": copied});
        let rule = json!({"rule_name": "daily", "target_vault_name": "main", "lifecycle": own, "copy_action": [copy]});
        let plan = one("aws_backup_plan.daily", json!({"name": "daily", "rule": [rule]}));
        let rule = &plan["plan"]["rules"][0];
        (rule["delete_after_days"].clone(), rule["copies"][0]["delete_after_days"].clone())
    };
    let after = |days: i64| json!([{"delete_after": days, "cold_storage_after": 0}]);
    assert_eq!(days(after(7), after(35)), (json!(7), json!(35)));
    assert_eq!(days(after(7), after(-1)), (json!(7), json!(7)));
    assert_eq!(days(after(7), after(0)), (json!(7), json!(7)));
    assert_eq!(days(after(7), json!([])), (json!(7), json!(7)));
    assert_eq!(days(json!([]), json!([])), (Value::Null, Value::Null));
    assert_eq!(days(after(-1), after(35)), (Value::Null, json!(35)));
}

#[test]
fn a_rule_may_write_to_an_air_gapped_vault_as_well() {
    let gap = "arn:aws:backup:us-east-1:111122223333:backup-vault:gap";
    let rule = |vault: Value| {
        let mut rule = json!({"rule_name": "daily", "target_vault_name": "main"});
        rule["target_logically_air_gapped_backup_vault_arn"] = vault;
        let plan = one("aws_backup_plan.daily", json!({"name": "daily", "rule": [rule]}));
        (plan["plan"]["rules"][0]["air_gapped_vault"].clone(), plan["links"].clone())
    };
    let main = json!({"rel": "stored-in", "to": "main"});
    assert_eq!(rule(gap.into()), (json!(gap), json!([main, {"rel": "stored-in", "to": gap}])));
    assert_eq!(rule("".into()), (Value::Null, json!([main])));
    assert_eq!(rule(Value::Null), (Value::Null, json!([main])));
}

#[test]
fn settings_of_a_region_count_for_its_plans() {
    let settings = |types: Value, unknown: Value| {
        let facts = created(&[
            ("aws_backup_plan.daily", json!({"name": "daily"}), json!({"arn": true, "id": true}), json!({})),
            (
                "aws_backup_region_settings.this",
                json!({"resource_type_opt_in_preference": types}),
                json!({"id": true, "resource_type_opt_in_preference": unknown}),
                json!({"resource_type_opt_in_preference": {"references": ["var.types"]}}),
            ),
        ]);
        let plan = &facts["aws_backup_plan.daily"]["plan"];
        plan.get("switched_off").cloned().unwrap_or_else(|| json!("unknown"))
    };
    let types = json!({"DynamoDB": false, "Aurora": true, "EFS": false});
    assert_eq!(settings(types, json!({})), json!(["DynamoDB", "EFS"]));
    assert_eq!(settings(json!({"Aurora": true}), json!({"DynamoDB": true})), json!("unknown"));
    assert_eq!(settings(Value::Null, json!(true)), json!("unknown"));
    assert_eq!(one("aws_backup_plan.daily", json!({"name": "daily"}))["plan"]["switched_off"], Value::Null);
}

/// The provider only forgets them: what is switched off stays off.
#[test]
fn no_pass_without_evidence_settings_of_a_region_outlive_their_code() {
    let row = |address: &str, action: &str, before: Value, after: Value| {
        let (kind, name) = address.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws",
            "expressions": {}, "change": {"actions": [action], "before": before, "after": after, "after_unknown": {}}})
    };
    let plan = json!({"name": "daily", "id": "p", "arn": "arn:aws:backup:us-east-1:111122223333:backup-plan:p"});
    let off = json!({"id": "111122223333", "resource_type_opt_in_preference": {"EBS": false}});
    let rows = [
        row("aws_backup_plan.daily", "no-op", plan.clone(), plan),
        row("aws_backup_region_settings.this", "delete", off, Value::Null),
    ];
    let region = json!({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}}});
    let document = json!({"format_version": "1.2", "complete": true, "resource_changes": rows,
        "configuration": {"provider_config": region, "root_module": {"resources": rows}}});
    let read = super::super::read(document.to_string().into_bytes(), "p.json", crate::model::Timestamp::UNIX_EPOCH);
    let resources = read.unwrap().inventory.resources;
    let plan = resources.iter().find(|one| one.kind.name() == "aws.backup.plan").unwrap();
    assert_eq!(serde_json::to_value(&plan.plan).unwrap()["switched_off"], json!(["EBS"]));
}

#[test]
fn no_pass_without_evidence_settings_of_a_region_that_may_be_that_of_a_plan() {
    let settings = |provider: &str, regions: [Option<&str>; 2]| {
        let row = |address: &str, provider: &str, after: Value| {
            let (kind, name) = address.split_once('.').unwrap();
            let change = json!({"actions": ["create"], "before": null, "after": after, "after_unknown": {}});
            json!({"address": address, "mode": "managed", "type": kind, "name": name, "change": change,
                "provider_config_key": provider})
        };
        let provider_of = |region: Option<&str>| match region {
            Some(region) => json!({"region": {"constant_value": region}}),
            None => json!({"region": {"references": ["var.region"]}}),
        };
        let named = |address: &str, provider: &str| {
            let (kind, name) = address.split_once('.').unwrap();
            json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": provider,
                "expressions": {}})
        };
        let facts = super::resources(&json!({
            "resource_changes": [
                row("aws_backup_plan.daily", "aws", json!({"name": "daily"})),
                row("aws_backup_region_settings.this", provider, json!({"resource_type_opt_in_preference": {"EFS": false}})),
            ],
            "configuration": {
                "provider_config": {
                    "aws": {"name": "aws", "expressions": provider_of(regions[0])},
                    "aws.west": {"name": "aws", "alias": "west", "expressions": provider_of(regions[1])},
                },
                "root_module": {"resources": [
                    named("aws_backup_plan.daily", "aws"), named("aws_backup_region_settings.this", provider),
                ]},
            },
        }));
        let (_, plan) = facts.iter().find(|(address, _)| address == "aws_backup_plan.daily").unwrap();
        (plan["plan"].get("switched_off").cloned(), plan["unknown"].get("plan.switched_off").cloned())
    };
    let off = (Some(json!(["EFS"])), None);
    assert_eq!(settings("aws", [None, None]), off);
    assert_eq!(settings("aws.west", [Some("us-east-1"), Some("us-east-1")]), off);
    assert_eq!(settings("aws.west", [Some("us-east-1"), Some("us-west-2")]), (Some(Value::Null), None));
    let reason = json!("whether the settings of a region are those of its own is not known");
    assert_eq!(settings("aws.west", [Some("us-east-1"), None]), (None, Some(reason)));
}

#[test]
fn a_key_tells_what_it_is_for() {
    let purpose = |address: &str, values: Value| {
        let key = &one(address, values)["key"];
        [key["usage"].clone(), key["spec"].clone()]
    };
    let symmetric = [json!("encrypt_decrypt"), json!("symmetric_default")];
    assert_eq!(purpose("aws_kms_key.data", json!({})), symmetric);
    assert_eq!(purpose("aws_kms_external_key.data", json!({"key_usage": "ENCRYPT_DECRYPT"})), symmetric);
    let signs = json!({"key_usage": "SIGN_VERIFY", "customer_master_key_spec": "RSA_2048"});
    assert_eq!(purpose("aws_kms_key.data", signs), [json!("sign_verify"), json!("rsa_2048")]);
    let signs = json!({"key_usage": "SIGN_VERIFY", "key_spec": "ECC_NIST_P256"});
    assert_eq!(purpose("aws_kms_replica_key.data", signs), [json!("sign_verify"), json!("ecc_nist_p256")]);
}
