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
        "place": place("us-east-1"), "tags": {}, "plan": {"rules": [], "selections": [whole], "switched_off": []},
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
fn conditions_are_held_against_tags() {
    let selects = |conditions: Value, tags: Value| {
        let selection = json!({"resources": ["*"], "conditional": true, "conditions": conditions});
        let mut database = orders(&[]);
        database["tags"] = tags;
        let id = arn("rds", "us-east-1", "db:orders");
        let found =
            facts(inventory(vec![database, plan("gold", selection)], ALL_SEEN), &paired(), &id, &["backup_plans"]);
        match (&found["joined"]["backup_plans"], found["unknown"].as_object().unwrap().is_empty()) {
            (Value::Array(plans), true) => Some(!plans.is_empty()),
            _ => None,
        }
    };
    let asks = |what: &str, value: &str| json!([{"what": what, "key": "app", "value": value}]);
    let tagged = |what: &str, value: &str| selects(asks(what, value), json!({"app": "shop-web"}));
    let cases = [
        ("equals", "shop-web", Some(true)),
        ("equals", "shop", Some(false)),
        ("like", "shop-*", Some(true)),
        ("like", "bill*", Some(false)),
        ("not-equals", "shop-web", Some(false)),
        ("not-equals", "other", Some(true)),
        ("not-like", "shop-*", Some(false)),
        ("not-like", "bill*", Some(true)),
        ("greater", "a", None),
    ];
    assert_eq!(cases.map(|(what, value, _)| tagged(what, value)), cases.map(|(.., expected)| expected));
    let both =
        json!([{"what": "like", "key": "app", "value": "shop-*"}, {"what": "equals", "key": "tier", "value": "1"}]);
    assert_eq!(selects(both.clone(), json!({"app": "shop-web", "tier": "1"})), Some(true));
    assert_eq!(selects(both.clone(), json!({"app": "shop-web"})), Some(false));
    assert_eq!(selects(both, json!({"app": "other", "tier": "1"})), Some(false));
    // What is not tagged.
    assert_eq!(selects(asks("equals", "a"), json!({})), Some(false));
    assert_eq!(selects(asks("not-equals", "a"), json!({})), None);
    assert_eq!(selects(asks("not-equals", "a"), json!({"team": "a"})), Some(true));
    assert_eq!(selects(asks("not-like", "a*"), json!({"team": "a"})), Some(true));
    assert_eq!(selects(json!([]), json!({"app": "a"})), None);
}

#[test]
fn what_the_service_is_switched_off_for_is_selected_by_name_only() {
    let found = |switched_off: Value, selection: Value| {
        let mut plan = plan("daily", selection);
        match switched_off {
            Value::String(reason) => {
                plan["plan"].as_object_mut().unwrap().remove("switched_off");
                plan["unknown"] = json!({"plan.switched_off": reason});
            }
            list => plan["plan"]["switched_off"] = list,
        }
        of_orders(vec![plan], ALL_SEEN, &["backup_plans"])
    };
    let selected = json!({"joined": {"backup_plans": ["daily"]}, "unknown": {}});
    let left_out = json!({"joined": {"backup_plans": []}, "unknown": {}});
    let by_tag = || json!({"tags": ["app=shop"]});
    let named = || json!({"resources": ["arn:aws:rds:*:*:db:*"], "tags": ["app=shop"]});
    assert_eq!(found(json!(["RDS"]), by_tag()), left_out);
    assert_eq!(found(json!(["RDS"]), json!({"resources": ["*"]})), left_out);
    assert_eq!(found(json!(["RDS"]), json!({"resources": ["arn:aws:*:*:*:*"]})), left_out);
    assert_eq!(found(json!(["RDS"]), json!({})), left_out);
    assert_eq!(found(json!(["RDS"]), named()), selected);
    assert_eq!(found(json!(["Aurora", "EFS"]), by_tag()), selected);
    // The code does not touch the setting.
    assert_eq!(found(Value::Null, by_tag()), selected);
    let reason = "daily: backup:DescribeRegionSettings denied";
    let unknown = json!({"joined": {"backup_plans": []}, "unknown": {"joined.backup_plans": reason}});
    assert_eq!(found(json!("backup:DescribeRegionSettings denied"), by_tag()), unknown);
    assert_eq!(found(json!("backup:DescribeRegionSettings denied"), named()), selected);
}

#[test]
fn a_plan_from_code_takes_the_setting_of_the_region_from_another_plan() {
    let mut from_code = plan("from-code", json!({"tags": ["app=shop"]}));
    from_code["plan"]["switched_off"] = Value::Null;
    let mut seen = plan("seen", json!({"resources": ["arn:aws:rds:*:*:cluster:*"]}));
    seen["plan"]["switched_off"] = json!(["RDS"]);
    let expected = json!({"joined": {"backup_plans": []}, "unknown": {}});
    assert_eq!(of_orders(vec![from_code.clone(), seen.clone()], ALL_SEEN, &["backup_plans"]), expected);
    // No pass without evidence: that other plan was denied the setting.
    seen["plan"].as_object_mut().unwrap().remove("switched_off");
    seen["unknown"] = json!({"plan.switched_off": "backup:DescribeRegionSettings denied"});
    let found = of_orders(vec![from_code, seen], ALL_SEEN, &["backup_plans"]);
    let reason = "from-code: the types that AWS Backup is switched off for are not known";
    assert_eq!(found, json!({"joined": {"backup_plans": []}, "unknown": {"joined.backup_plans": reason}}));
}

#[test]
fn the_first_plan_of_a_region_takes_the_setting_that_was_read_there() {
    let mut from_code = plan("from-code", json!({"tags": ["app=shop"]}));
    from_code["plan"]["switched_off"] = Value::Null;
    let found = |switched_off: Option<&str>| {
        let settings = switched_off.map(|off| {
            json!({
                "id": format!("region-settings/{ACCOUNT}/us-east-1"), "kind": "aws.backup.region-settings",
                "name": "region-settings", "place": place("us-east-1"), "tags": null, "plan": {"switched_off": [off]},
            })
        });
        let resources = [orders(&[]), from_code.clone()].into_iter().chain(settings).collect();
        let mut estate = inventory(resources, ALL_SEEN);
        if switched_off.is_none() {
            let row = json!({
                "account": ACCOUNT, "region": "us-east-1", "service": "backup", "status": "partial", "at": NOW,
                "incomplete": ["aws.backup.region-settings"], "action": "backup:DescribeRegionSettings",
            });
            estate.coverage.push(serde_json::from_value(row).unwrap());
        }
        facts(estate, &paired(), &arn("rds", "us-east-1", "db:orders"), &["backup_plans"])
    };
    assert_eq!(found(Some("RDS")), json!({"joined": {"backup_plans": []}, "unknown": {}}));
    assert_eq!(found(Some("EFS")), json!({"joined": {"backup_plans": ["from-code"]}, "unknown": {}}));
    // No pass without evidence: they were denied.
    let reason = "from-code: the types that AWS Backup is switched off for are not known";
    assert_eq!(found(None), json!({"joined": {"backup_plans": []}, "unknown": {"joined.backup_plans": reason}}));
}

#[test]
fn settings_of_one_stack_count_for_the_plans_of_others_where_the_place_is_known_to_be_theirs() {
    let daily = plan("daily", json!({"tags": ["app=shop"]}));
    let found = |place: Value, off: &str| {
        let settings = json!({
            "id": "aws_backup_region_settings.this", "kind": "aws.backup.region-settings", "name": "region-settings",
            "place": place, "tags": null, "plan": {"switched_off": [off]},
            "origin": {"source": "terraform-plan", "stack": "account"},
        });
        of_orders(vec![daily.clone(), settings], ALL_SEEN, &["backup_plans"])
    };
    let selected = json!({"joined": {"backup_plans": ["daily"]}, "unknown": {}});
    let left_out = json!({"joined": {"backup_plans": []}, "unknown": {}});
    // Whatever the plan was told when it was collected.
    assert_eq!(found(place("us-east-1"), "RDS"), left_out);
    assert_eq!(found(place("us-east-1"), "EFS"), selected);
    assert_eq!(found(place("us-west-2"), "RDS"), selected);
    // No pass and no fail without evidence: whose account it is, is not known.
    let nobody_knows = json!({"region": "us-east-1"});
    let reason = "daily: the types that AWS Backup is switched off for are not known";
    let unknown = json!({"joined": {"backup_plans": []}, "unknown": {"joined.backup_plans": reason}});
    assert_eq!(found(nobody_knows.clone(), "RDS"), unknown);
    assert_eq!(found(nobody_knows, "EFS"), selected);
    assert_eq!(found(json!({"region": "us-west-2"}), "RDS"), selected);
}

#[test]
fn no_fail_without_evidence_a_plan_whose_account_is_not_known_may_select() {
    let found = |place: Value, pattern: &str| {
        let mut from_code = plan("from-code", json!({"resources": [pattern]}));
        from_code["place"] = place;
        of_orders(vec![from_code], ALL_SEEN, &["backup_plans"])
    };
    let none = json!({"joined": {"backup_plans": []}, "unknown": {}});
    let because = |reason: &str| json!({"joined": {"backup_plans": []}, "unknown": {"joined.backup_plans": reason}});
    let databases = "arn:aws:rds:*:*:db:*";
    assert_eq!(found(json!({"region": "us-east-1"}), databases), because("from-code: its account is not known"));
    assert_eq!(found(json!({"account": ACCOUNT}), databases), because("from-code: its region is not known"));
    assert_eq!(found(json!({"region": "us-west-2"}), databases), none);
    assert_eq!(found(json!({"region": "us-east-1"}), "arn:aws:rds:*:*:cluster:*"), none);
}

#[test]
fn clusters_are_backed_up_only_where_their_engine_is_switched_on() {
    let found = |kind: &str, topology: &str, off: &str| {
        let id = arn("rds", "us-east-1", "cluster:catalog");
        let cluster = json!({
            "id": id, "kind": kind, "name": "catalog", "place": place("us-east-1"), "tags": {},
            "database": {"topology": topology},
        });
        let mut plan = plan("daily", json!({"resources": [id]}));
        plan["plan"]["switched_off"] = json!([off]);
        let found = facts(inventory(vec![cluster, plan], ALL_SEEN), &paired(), &id, &["backup_plans"]);
        found["joined"]["backup_plans"].clone()
    };
    assert_eq!(found("aws.rds.cluster", "aurora", "Aurora"), json!([]));
    assert_eq!(found("aws.rds.cluster", "aurora", "RDS"), json!(["daily"]));
    assert_eq!(found("aws.rds.cluster", "multi-az", "RDS"), json!(["daily"]));
    assert_eq!(found("aws.docdb.cluster", "aurora", "DocumentDB"), json!([]));
    assert_eq!(found("aws.neptune.cluster", "aurora", "Neptune"), json!([]));
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
    let mut untimed = jobs.clone();
    untimed[1]["job"]["seconds"] = Value::Null;
    let known = json!({"restore_test_age_days": 8.5, "untested_days": null});
    let unknown = json!({"joined.restore_seconds": "restore job valid does not tell"});
    assert_eq!(of_orders(untimed, ALL_SEEN, names), json!({"joined": known, "unknown": unknown}));
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
        "joined": {"untested_days": 400, "age_days": 730},
        "unknown": {
            "joined.restore_test_age_days": "no restore succeeded in the last 400 days, and older jobs are not read",
            "joined.restore_seconds": "no restore succeeded in the last 400 days, and older jobs are not read",
        },
    });
    assert_eq!(of_orders(Vec::new(), ALL_SEEN, RESTORES), expected);
}

const RESTORES: &[&str] = &["restore_test_age_days", "untested_days", "age_days", "restore_seconds"];

/// Of a database that was created then; `None`: it is not known when.
fn created(at: Option<&str>, jobs: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let mut database = orders(&[]);
    match at {
        Some(at) => database["status"]["created_at"] = at.into(),
        None => _ = database["status"].as_object_mut().unwrap().remove("created_at"),
    }
    let resources = std::iter::once(database).chain(jobs).collect();
    facts(inventory(resources, coverage), &paired(), &arn("rds", "us-east-1", "db:orders"), RESTORES)
}

#[test]
fn a_database_is_untested_for_no_longer_than_it_exists() {
    let never = "no restore of it succeeded since it was created";
    let expected = |days: u32| {
        json!({
            "joined": {"restore_test_age_days": null, "untested_days": days, "age_days": days},
            "unknown": {"joined.restore_seconds": never},
        })
    };
    assert_eq!(created(Some("2026-01-09T23:50:00Z"), Vec::new(), ALL_SEEN), expected(0));
    assert_eq!(created(Some("2026-01-06T12:00:00Z"), Vec::new(), ALL_SEEN), expected(3));
    // What was restored before it was made is of another that had its name.
    let jobs = vec![restore("namesake", "2026-01-01T00:00:00Z", "completed", Value::Null)];
    assert_eq!(created(Some("2026-01-06T12:00:00Z"), jobs, ALL_SEEN), expected(3));
}

#[test]
fn no_fail_without_evidence_how_long_it_is_untested_hangs_on_when_it_was_created() {
    let none = "no restore succeeded in the last 400 days, and older jobs are not read";
    let expected = json!({
        "joined": {},
        "unknown": {
            "joined.age_days": "when it was created is not known",
            "joined.restore_seconds": none,
            "joined.restore_test_age_days": none,
            "joined.untested_days": "when it was created is not known, and no restore of it is on record",
        },
    });
    assert_eq!(created(None, Vec::new(), ALL_SEEN), expected);
    // Its age is known, whoever did not look for jobs.
    let reason = "backup:List denied in 111122223333 · us-west-2";
    let denied = &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "backup", "denied")];
    let expected = json!({
        "joined": {"age_days": 3},
        "unknown": {
            "joined.restore_seconds": reason, "joined.restore_test_age_days": reason, "joined.untested_days": reason,
        },
    });
    assert_eq!(created(Some("2026-01-06T12:00:00Z"), Vec::new(), denied), expected);
}
