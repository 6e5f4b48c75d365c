//! How restores ended, and which plans restore for a test.

use serde_json::json;

use super::chain::{VAULT, whole};
use super::*;

/// A plan beside the vault of the recovery region that restores every database from every vault.
fn tests() -> Value {
    json!({
        "id": arn("backup", "us-west-2", "restore-testing-plan:weekly-0a1b2c3d"),
        "kind": "aws.backup.restore-testing-plan", "name": "weekly", "place": place("us-west-2"), "tags": {},
        "restore_testing": {
            "schedule": "cron(0 5 ? * SUN *)", "timezone": null, "start_window_hours": 24,
            "algorithm": "latest_within_window", "included_vaults": ["*"], "excluded_vaults": [],
            "point_types": ["snapshot"], "window_days": 30,
            "selections": [{"name": "databases", "resource_type": "RDS", "resources": ["*"], "tagged": [],
                "not_tagged": [], "role": "r", "validation_hours": 0, "overrides": []}],
        },
    })
}

/// A change, and what comes of it.
type Twin = (fn(&mut Value), &'static str);

const NAMES: &[&str] = &["restore_covered", "restore_misses"];

fn covered(change: impl Fn(&mut Value), seen: &[(&str, &str, &str, &str)]) -> Value {
    let mut estate = whole();
    estate["point"]["recovery_point"]["method"] = json!("snapshot");
    estate["tests"] = tests();
    change(&mut estate);
    let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
    facts(inventory(resources, seen), &paired(), &arn("rds", "us-east-1", "db:orders"), NAMES)
}

fn selection(estate: &mut Value) -> &mut Value {
    &mut estate["tests"]["restore_testing"]["selections"][0]
}

fn missed(why: &str) -> Value {
    json!({"joined": {"restore_covered": false, "restore_misses": [{"plan": "weekly", "why": why}]}, "unknown": {}})
}

fn open(why: &str) -> Value {
    json!({"joined": {"restore_misses": []}, "unknown": {"joined.restore_covered": why}})
}

#[test]
fn a_plan_that_selects_it_and_finds_a_recovery_point_of_it_covers_it() {
    let yes = json!({"joined": {"restore_covered": true, "restore_misses": []}, "unknown": {}});
    assert_eq!(covered(|_| {}, ALL_SEEN), yes);
    let same: &[fn(&mut Value)] = &[
        |it| selection(it)["resources"] = json!([arn("rds", "us-east-1", "db:orders")]),
        |it| selection(it)["tagged"] = json!(["app=shop"]),
        |it| selection(it)["not_tagged"] = json!(["app=lab"]),
        |it| it["tests"]["restore_testing"]["included_vaults"] = json!([VAULT]),
    ];
    for change in same {
        assert_eq!(covered(change, ALL_SEEN), yes);
    }
}

#[test]
fn a_twin_for_each_way_to_miss_it_says_why() {
    let none = "finds none of its recovery points in us-west-2 by vault, type and age";
    let twins: &[Twin] = &[
        (|it| selection(it)["resource_type"] = json!("Aurora"), "restores no RDS"),
        (
            |it| selection(it)["resources"] = json!([arn("rds", "us-east-1", "db:other")]),
            "restores others by name, and not it",
        ),
        (|it| selection(it)["tagged"] = json!(["app=lab"]), "restores what has other tags"),
        (|it| selection(it)["not_tagged"] = json!(["app=shop"]), "restores what has other tags"),
        (|it| it["tests"]["restore_testing"]["selections"] = json!([]), "restores nothing"),
        (|it| it["tests"]["restore_testing"]["excluded_vaults"] = json!([VAULT]), none),
        (|it| it["tests"]["restore_testing"]["included_vaults"] = json!([VAULT.replace("dr", "other")]), none),
        (|it| it["tests"]["restore_testing"]["point_types"] = json!(["continuous"]), none),
        (|it| it["point"]["recovery_point"]["taken_at"] = json!("2025-12-01T05:00:00Z"), none),
        (|it| it["point"]["status"]["state"] = json!("expired"), none),
        (|it| it["point"] = Value::Null, "finds no recovery point of it in us-west-2"),
    ];
    for (change, why) in twins {
        assert_eq!(covered(change, ALL_SEEN), missed(why), "{why}");
    }
}

#[test]
fn no_pass_and_no_fail_without_evidence() {
    let twins: &[Twin] = &[
        (
            |it| drop(selection(it).as_object_mut().unwrap().remove("tagged")),
            "whether its tags meet the conditions of selection 'databases' of weekly is not known",
        ),
        (
            |it| selection(it)["tagged"] = json!(["app=shop", "team=x"]),
            "whether its tags meet the conditions of selection 'databases' of weekly is not known",
        ),
        (
            |it| {
                drop(it["tests"]["restore_testing"].as_object_mut().unwrap().remove("selections"));
                it["tests"]["unknown"] =
                    json!({"restore_testing.selections": "backup:ListRestoreTestingSelections denied"});
            },
            "weekly: backup:ListRestoreTestingSelections denied",
        ),
        // An older inventory, which lacks all of it.
        (
            |it| drop(it["tests"].as_object_mut().unwrap().remove("restore_testing")),
            "weekly: what it selects for a test is not known",
        ),
        (
            |it| drop(it["point"]["recovery_point"].as_object_mut().unwrap().remove("method")),
            "whether weekly restores recovery point 1 is not known",
        ),
    ];
    for (change, why) in twins {
        assert_eq!(covered(change, ALL_SEEN), open(why), "{why}");
    }
    let unseen = &[
        (ACCOUNT, "", "*", "complete"),
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "backup", "denied"),
    ];
    let expected = open("backup:List denied in 111122223333 · us-west-2");
    assert_eq!(covered(|it| it["tests"] = Value::Null, unseen), expected);
}

#[test]
fn where_nothing_is_restored_for_a_test_there_is_nothing_to_cover() {
    let none = json!({"joined": {"restore_covered": null, "restore_misses": []}, "unknown": {}});
    assert_eq!(covered(|it| it["tests"] = Value::Null, ALL_SEEN), none);
    let far = |it: &mut Value| {
        it["tests"]["place"] = place("eu-west-1");
        it["tests"]["id"] = json!(arn("backup", "eu-west-1", "restore-testing-plan:weekly-0a1b2c3d"));
    };
    assert_eq!(covered(far, ALL_SEEN), none);
}

#[test]
fn code_alone_is_judged_by_the_vaults_that_it_declares() {
    let declare = |it: &mut Value| {
        for name in ["orders", "plan", "vault", "tests"] {
            it[name]["origin"] = json!({"source": "terraform-plan"});
        }
        let links = json!([{"rel": "copies-to", "to": VAULT}]);
        it["plan"]["links"] = links;
        it["point"] = Value::Null;
        it["tests"]["restore_testing"]["included_vaults"] = json!([VAULT]);
    };
    let yes = json!({"joined": {"restore_covered": true, "restore_misses": []}, "unknown": {}});
    assert_eq!(covered(declare, &[]), yes);
    let other = |it: &mut Value| {
        declare(it);
        it["tests"]["restore_testing"]["included_vaults"] = json!([VAULT.replace("dr", "other")]);
    };
    assert_eq!(covered(other, &[]), missed("restores from no vault that it is backed up to: dr"));
}

fn restore(id: &str, completed_at: Value, state: &str, validation: Value) -> Value {
    json!({
        "id": id, "kind": "aws.backup.restore-job", "name": id, "place": place("us-west-2"), "tags": {},
        "job": {"source": arn("rds", "us-east-1", "db:orders"), "state": state, "completed_at": completed_at,
            "seconds": 600, "validation": validation, "validation_reason": null, "reason": "no such subnet group",
            "testing_plan": arn("backup", "us-west-2", "restore-testing-plan:weekly-0a1b2c3d")},
        "links": [{"rel": "backup-of", "to": arn("rds", "us-east-1", "db:orders")}],
    })
}

fn newest(jobs: Vec<Value>, seen: &[(&str, &str, &str, &str)]) -> Value {
    let resources = [orders(&[])].into_iter().chain(jobs).collect();
    let names = ["newest_restore", "restore_trouble"];
    facts(inventory(resources, seen), &paired(), &arn("rds", "us-east-1", "db:orders"), &names)
}

#[test]
fn the_newest_restore_that_ended_counts_and_a_later_success_heals() {
    let good = |day: u32| {
        restore(&format!("good-{day}"), json!(format!("2026-01-{day:02}T00:00:00Z")), "completed", json!("successful"))
    };
    let bad = restore("bad", json!("2026-01-07T00:00:00Z"), "failed", Value::Null);
    let broken_off = restore("off", json!("2026-01-09T00:00:00Z"), "aborted", Value::Null);
    let failed = json!({
        "joined": {
            "newest_restore": {"job": "bad", "plan": "weekly", "succeeded": false,
                "why": "failed: no such subnet group", "age_days": 3.0},
            "restore_trouble": "failed",
        },
        "unknown": {},
    });
    assert_eq!(newest(vec![good(5), bad.clone(), broken_off], ALL_SEEN), failed);
    let healed = json!({
        "joined": {
            "newest_restore": {"job": "good-8", "plan": "weekly", "succeeded": true, "why": null, "age_days": 2.0},
            "restore_trouble": null,
        },
        "unknown": {},
    });
    assert_eq!(newest(vec![good(8), bad], ALL_SEEN), healed);
    let none = json!({"joined": {"newest_restore": null, "restore_trouble": null}, "unknown": {}});
    assert_eq!(newest(Vec::new(), ALL_SEEN), none);
    // No pass without evidence: a newer one may be where nobody looked.
    let open = restore("open", Value::Null, "failed", Value::Null);
    let doubt = json!({
        "joined": {"restore_trouble": null},
        "unknown": {"joined.newest_restore": "the end of restore job open is not known"},
    });
    assert_eq!(newest(vec![open], ALL_SEEN), doubt);
}
