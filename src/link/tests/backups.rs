//! Backup plans and restore tests.

use serde_json::json;

use super::*;

fn plan(name: &str, selection: Value) -> Value {
    let mut whole = json!({"name": "all", "resources": [], "excluded": [], "tags": [], "conditional": false});
    for (fact, value) in selection.as_object().unwrap() {
        whole[fact] = value.clone();
    }
    json!({
        "id": arn("backup", "us-east-1", &format!("backup-plan:{name}")), "kind": "aws.backup.plan", "name": name,
        "place": place("us-east-1"), "tags": {}, "plan": {"rules": [], "selections": [whole]},
    })
}

fn restore(id: &str, completed_at: &str, state: &str, validation: Value) -> Value {
    json!({
        "id": id, "kind": "aws.backup.restore-job", "name": id, "place": place("us-west-2"), "tags": {},
        "job": {"source": arn("rds", "us-east-1", "db:orders"), "state": state, "completed_at": completed_at,
            "seconds": 600, "validation": validation},
    })
}

fn of_orders(others: Vec<Value>, coverage: &[(&str, &str, &str, &str)], names: &[&str]) -> Value {
    let resources = [orders(&[])].into_iter().chain(others).collect();
    facts(inventory(resources, coverage), &paired(), &arn("rds", "us-east-1", "db:orders"), names)
}

#[test]
fn plans_select_by_pattern_and_by_tag_and_leave_out_what_they_exclude() {
    let plans = vec![
        plan("by-pattern", json!({"resources": ["arn:aws:rds:*:*:db:ord*"]})),
        plan("by-tag", json!({"tags": ["team=x", "app=shop"]})),
        plan("by-nothing", json!({})),
        plan("other-pattern", json!({"resources": ["arn:aws:rds:*:*:cluster:*"], "tags": ["app=wiki"]})),
        plan("excluded", json!({"resources": ["*"], "excluded": ["*:db:orders"]})),
    ];
    let expected = json!({"joined": {"backup_plans": ["by-nothing", "by-pattern", "by-tag"]}, "unknown": {}});
    assert_eq!(of_orders(plans, ALL_SEEN, &["backup_plans"]), expected);
}

#[test]
fn a_pattern_of_everything_of_a_type_selects_what_has_no_arn_yet() {
    let mut new = orders(&[]);
    new["id"] = json!("aws_db_instance.orders");
    let names = |pattern: &str| {
        let plans = vec![plan("p", json!({"resources": [pattern]}))];
        let resources = [new.clone()].into_iter().chain(plans).collect();
        facts(inventory(resources, ALL_SEEN), &paired(), "aws_db_instance.orders", &["backup_plans"])
    };
    let selected = json!({"joined": {"backup_plans": ["p"]}, "unknown": {}});
    for pattern in ["arn:aws:rds:*:*:db:*", "arn:aws:rds:us-east-1:*:*", "*"] {
        assert_eq!(names(pattern), selected, "{pattern}");
    }
    let in_doubt = json!({
        "joined": {"backup_plans": []},
        "unknown": {"joined.backup_plans": "whether selection 'all' of plan 'p' selects it is not known"},
    });
    for pattern in ["arn:aws:rds:*:*:db:ord*", "arn:aws:rds:*:*:cluster:*", "arn:aws:rds:eu-west-1:*:db:*"] {
        assert_eq!(names(pattern), in_doubt, "{pattern}");
    }
}

#[test]
fn no_pass_without_evidence_a_selection_by_conditions_may_select_or_not() {
    let plans = vec![plan("conditional", json!({"resources": ["*"], "conditional": true}))];
    let expected = json!({
        "joined": {"backup_plans": []},
        "unknown": {"joined.backup_plans": "whether selection 'all' of plan 'conditional' selects it is not known"},
    });
    assert_eq!(of_orders(plans, ALL_SEEN, &["backup_plans"]), expected);
    let unseen = &[(ACCOUNT, "us-east-1", "backup", "failed")];
    let expected = json!({
        "joined": {"backup_plans": []},
        "unknown": {"joined.backup_plans": "backup failed in 111122223333 · us-east-1"},
    });
    assert_eq!(of_orders(Vec::new(), unseen, &["backup_plans"]), expected);
}

#[test]
fn the_newest_restore_that_succeeded_counts() {
    let jobs = vec![
        restore("old", "2025-12-01T00:00:00Z", "completed", Value::Null),
        restore("valid", "2026-01-01T12:00:00Z", "completed", "successful".into()),
        restore("invalid", "2026-01-02T00:00:00Z", "completed", "failed".into()),
        restore("failed", "2026-01-03T00:00:00Z", "failed", Value::Null),
    ];
    let names = &["restore_test_age_days", "untested_days", "restore_seconds"];
    let known = json!({"restore_test_age_days": 8.5, "untested_days": null, "restore_seconds": 600});
    assert_eq!(of_orders(jobs.clone(), ALL_SEEN, names), json!({"joined": known, "unknown": {}}));
    // A newer one may be where nobody looked.
    let reason = "backup:List denied in 111122223333 · us-west-2";
    let denied = &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "backup", "denied")];
    let unknown = json!({"joined.restore_test_age_days": reason, "joined.restore_seconds": reason});
    let found = json!({"joined": {"restore_test_age_days": 8.5, "untested_days": null}, "unknown": unknown});
    assert_eq!(of_orders(jobs, denied, names), found);
    let mut nothing = json!({"joined": {}, "unknown": unknown});
    nothing["unknown"]["joined.untested_days"] = reason.into();
    assert_eq!(of_orders(Vec::new(), denied, names), nothing);
}

#[test]
fn what_was_restored_before_jobs_are_read_is_neither_a_test_nor_the_lack_of_one() {
    let expected = json!({
        "joined": {"untested_days": 400, "restore_seconds": null},
        "unknown": {
            "joined.restore_test_age_days": "no restore succeeded in the last 400 days, and older jobs are not read",
        },
    });
    let names = &["restore_test_age_days", "untested_days", "restore_seconds"];
    assert_eq!(of_orders(Vec::new(), ALL_SEEN, names), expected);
}
