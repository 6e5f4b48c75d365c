//! The vaults that a backup plan writes to, and keys that nothing uses.

use serde_json::json;

use super::*;

const OTHER: &str = "444455556666";

fn vault(region: &str, name: &str, min: Value, max: Value) -> Value {
    json!({
        "id": arn("backup", region, &format!("backup-vault:{name}")), "kind": "aws.backup.vault", "name": name,
        "place": place(region), "tags": {}, "protection": {"lock_min_days": min, "lock_max_days": max},
        "access": {"statements": null, "grants": null},
    })
}

fn copy(vault: &str, account: &str) -> Value {
    json!({"vault": vault, "region": "us-west-2", "account": account, "delete_after_days": 7})
}

/// The vaults of a plan with one rule.
fn vaults(rule: Value, others: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("backup", "us-east-1", "backup-plan:1");
    let mut whole =
        json!({"name": "daily", "vault": "main", "air_gapped_vault": null, "delete_after_days": 35, "copies": []});
    whole.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
    let plan = json!({
        "id": id, "kind": "aws.backup.plan", "name": "daily", "place": place("us-east-1"), "tags": {},
        "plan": {"rules": [whole], "selections": [], "switched_off": []},
    });
    let resources = [plan].into_iter().chain(others).collect();
    facts(inventory(resources, coverage), &paired(), &id, &["vaults", "copy_vaults"])
}

#[test]
fn vaults_of_a_plan_tell_whether_they_are_there_and_what_their_locks_take() {
    let gap = arn("backup", "us-east-1", "backup-vault:gap");
    let west = arn("backup", "us-west-2", "backup-vault:dr");
    let gone = arn("backup", "us-west-2", "backup-vault:gone");
    let rule = json!({"air_gapped_vault": gap, "copies": [copy(&west, ACCOUNT), copy(&gone, ACCOUNT)]});
    let others = vec![
        vault("us-east-1", "main", Value::Null, Value::Null),
        vault("us-east-1", "gap", 14.into(), 365.into()),
        vault("us-west-2", "dr", 30.into(), Value::Null),
    ];
    let own = |vault: &str, min: Value, max: Value| {
        json!({"rule": "daily", "vault": vault, "region": "us-east-1", "account": null, "exists": true,
            "delete_after_days": 35, "lock_min_days": min, "lock_max_days": max})
    };
    let copied = |vault: &str, exists: bool, min: Value| {
        json!({"rule": "daily", "vault": vault, "region": "us-west-2", "account": ACCOUNT, "exists": exists,
            "delete_after_days": 7, "lock_min_days": min, "lock_max_days": null})
    };
    let main = arn("backup", "us-east-1", "backup-vault:main");
    let expected = json!({
        "joined": {
            "vaults": [own(&main, Value::Null, Value::Null), own(&gap, 14.into(), 365.into())],
            "copy_vaults": [copied(&west, true, 30.into()), copied(&gone, false, Value::Null)],
        },
        "unknown": {},
    });
    assert_eq!(vaults(rule, others, ALL_SEEN), expected);
}

#[test]
fn no_pass_without_evidence_a_vault_of_an_account_that_was_not_seen() {
    let there = format!("arn:aws:backup:us-west-2:{OTHER}:backup-vault:dr");
    let mut main = vault("us-east-1", "main", Value::Null, Value::Null);
    main["protection"] = json!({});
    main["unknown"] = json!({"protection.lock_min_days": "its lock may be declared elsewhere"});
    let found = vaults(json!({"copies": [copy(&there, OTHER)]}), vec![main], ALL_SEEN);
    let reason = format!("backup in {OTHER} · us-west-2 was not collected");
    let expected = json!({
        "joined": {
            "vaults": [{"rule": "daily", "vault": arn("backup", "us-east-1", "backup-vault:main"),
                "region": "us-east-1", "account": null, "exists": true, "delete_after_days": 35}],
            "copy_vaults": [{"rule": "daily", "vault": there, "region": "us-west-2", "account": OTHER,
                "delete_after_days": 7}],
        },
        "unknown": {
            "joined.vaults.lock_min_days": "its lock may be declared elsewhere",
            "joined.vaults.lock_max_days": "its lock may be declared elsewhere",
            "joined.copy_vaults.exists": reason,
            "joined.copy_vaults.lock_min_days": reason,
            "joined.copy_vaults.lock_max_days": reason,
        },
    });
    assert_eq!(found, expected);
}

#[test]
fn a_vault_that_the_plan_takes_away_is_not_there() {
    let west = arn("backup", "us-west-2", "backup-vault:dr");
    let mut gone = vault("us-west-2", "dr", Value::Null, Value::Null);
    gone["change"] = json!({"action": "delete"});
    let main = vault("us-east-1", "main", Value::Null, Value::Null);
    let found = vaults(json!({"copies": [copy(&west, ACCOUNT)]}), vec![gone, main], &[]);
    assert_eq!(found["joined"]["copy_vaults"][0]["exists"], json!(false));
    assert_eq!(found["unknown"], json!({}));
}

#[test]
fn rules_that_were_not_read_leave_the_vaults_unknown() {
    let id = arn("backup", "us-east-1", "backup-plan:1");
    let plan = json!({
        "id": id, "kind": "aws.backup.plan", "name": "daily", "place": place("us-east-1"), "tags": {},
        "plan": {"selections": []}, "unknown": {"plan.rules": "backup:GetBackupPlan denied"},
    });
    let found = facts(inventory(vec![plan], ALL_SEEN), &paired(), &id, &["vaults", "copy_vaults"]);
    let reason = "backup:GetBackupPlan denied";
    let unknown = json!({"joined.vaults": reason, "joined.copy_vaults": reason});
    assert_eq!(found, json!({"joined": {}, "unknown": unknown}));
}

#[test]
fn a_key_is_unused_only_where_every_user_would_have_been_seen() {
    let unused = |others: Vec<Value>, coverage| {
        let resources = [key("us-east-1", "east", &[], "disabled")].into_iter().chain(others).collect();
        let found = facts(inventory(resources, coverage), &paired(), &arn("kms", "us-east-1", "key/east"), &["unused"]);
        found["joined"]["unused"].clone()
    };
    assert_eq!(unused(Vec::new(), ALL_SEEN), json!(true));
    assert_eq!(unused(vec![orders(&[])], ALL_SEEN), json!(false));
    let denied = &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-east-1", "rds", "denied")];
    assert_eq!(unused(Vec::new(), denied), json!(false));
}

#[test]
fn a_copy_with_malware_in_it_is_no_copy() {
    let copies = |infected: Value, unknown: Value| {
        let mut point = json!({
            "id": arn("backup", "us-west-2", "recovery-point:1"), "kind": "aws.backup.recovery-point", "name": "1",
            "place": place("us-west-2"), "tags": {}, "status": {"state": "completed", "healthy": true},
            "encryption": {"enabled": true, "key": null},
            "recovery_point": {"source": arn("rds", "us-east-1", "db:orders"), "taken_at": NOW, "deleted_at": null,
                "infected": infected, "vault": "dr"},
            "unknown": unknown,
        });
        if infected == "unread" {
            point["recovery_point"].as_object_mut().unwrap().remove("infected");
        }
        let found = facts(
            inventory(vec![orders(&[]), vault("us-west-2", "dr", Value::Null, Value::Null), point], ALL_SEEN),
            &paired(),
            &arn("rds", "us-east-1", "db:orders"),
            &["copies"],
        );
        let copy = &found["joined"]["copies"][0];
        (copy["state"].clone(), copy["usable"].clone(), found["unknown"].clone())
    };
    assert_eq!(copies(true.into(), json!({})), (json!("infected"), json!(false), json!({})));
    assert_eq!(copies(false.into(), json!({})), (json!("completed"), json!(true), json!({})));
    assert_eq!(copies(Value::Null, json!({})), (json!("completed"), json!(true), json!({})));
    let reason = "what its scan found is not understood";
    let unknown = json!({"joined.copies.usable": reason});
    assert_eq!(
        copies(Value::Null, json!({"recovery_point.infected": reason})),
        (json!("completed"), Value::Null, unknown)
    );
    // No pass without evidence: whoever wrote the inventory did not look for a scan.
    let unknown = json!({"joined.copies.usable": "whether malware was found in it is not known"});
    assert_eq!(copies("unread".into(), json!({})), (json!("completed"), Value::Null, unknown));
}
