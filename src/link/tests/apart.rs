//! Copies beyond the account, copies that queue, and vaults that are shared.

use serde_json::json;

use super::chain::{VAULT, whole};
use super::*;

const OTHER: &str = "444455556666";

fn of_orders(change: &dyn Fn(&mut Value), config: &Config, seen: &[(&str, &str, &str, &str)], name: &str) -> Value {
    let mut estate = whole();
    estate["vault"]["vault"] =
        json!({"air_gapped": false, "approval_team": null, "source_vault": null, "shared_with": null});
    change(&mut estate);
    let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
    facts(inventory(resources, seen), config, &arn("rds", "us-east-1", "db:orders"), &[name])
}

fn beyond(change: &dyn Fn(&mut Value), seen: &[(&str, &str, &str, &str)]) -> Value {
    of_orders(change, &paired(), seen, "beyond_account")
}

/// The copy is in a vault of another account.
fn move_away(it: &mut Value) {
    let vault = VAULT.replace(ACCOUNT, OTHER);
    it["plan"]["plan"]["rules"][0]["copies"][0]["vault"] = json!(vault);
    it["plan"]["plan"]["rules"][0]["copies"][0]["account"] = json!(OTHER);
    it["vault"]["id"] = json!(vault);
    it["vault"]["place"]["account"] = json!(OTHER);
    it["point"]["place"]["account"] = json!(OTHER);
    it["point"]["links"][1]["to"] = json!(vault);
}

const BOTH_ACCOUNTS: &[(&str, &str, &str, &str)] = &[
    (ACCOUNT, "", "*", "complete"),
    (ACCOUNT, "us-east-1", "*", "complete"),
    (ACCOUNT, "us-west-2", "*", "complete"),
    (OTHER, "us-west-2", "*", "complete"),
];

#[test]
fn a_copy_in_another_account_or_behind_an_air_gap_is_beyond_it() {
    let said = |beyond: Value| json!({"joined": {"beyond_account": beyond}, "unknown": {}});
    assert_eq!(beyond(&|_| {}, ALL_SEEN), said(json!(false)));
    assert_eq!(beyond(&|it| it["vault"]["vault"]["air_gapped"] = json!(true), ALL_SEEN), said(json!(true)));
    assert_eq!(beyond(&move_away, BOTH_ACCOUNTS), said(json!(true)));
    // One that expired is none.
    let expired = |it: &mut Value| {
        move_away(it);
        it["point"]["status"]["state"] = json!("expired");
    };
    assert_eq!(beyond(&expired, BOTH_ACCOUNTS), said(json!(false)));
    let nothing = |it: &mut Value| {
        it["plan"] = Value::Null;
        it["point"] = Value::Null;
    };
    assert_eq!(beyond(&nothing, ALL_SEEN), said(Value::Null));
}

#[test]
fn what_is_copied_to_where_nobody_looked_is_not_known_whatever_a_job_says() {
    let unseen = |it: &mut Value| {
        move_away(it);
        it["vault"] = Value::Null;
        it["point"] = Value::Null;
    };
    let reason = "whether what gold copies beyond its account is there is not known";
    let open = json!({"joined": {}, "unknown": {"joined.beyond_account": reason}});
    assert_eq!(beyond(&unseen, ALL_SEEN), open);
    let copied = |it: &mut Value| {
        unseen(it);
        let vault = VAULT.replace(ACCOUNT, OTHER);
        it["job"] = json!({
            "id": "job", "kind": "aws.backup.copy-job", "name": "job", "place": place("us-east-1"), "tags": {},
            "job": {"source": arn("rds", "us-east-1", "db:orders"), "state": "completed", "destination": vault},
            "links": [{"rel": "backup-of", "to": arn("rds", "us-east-1", "db:orders")}],
        });
    };
    // What a job made may be gone since.
    let made = json!({"joined": {}, "unknown": {
        "joined.beyond_account": "whether what copy job job made is still there is not known"}});
    assert_eq!(beyond(&copied, ALL_SEEN), made);
    let yes = json!({"joined": {"beyond_account": true}, "unknown": {}});
    // By design.
    let declared = |it: &mut Value| {
        unseen(it);
        it["orders"]["origin"] = json!({"source": "terraform-plan"});
        it["plan"]["origin"] = json!({"source": "terraform-plan"});
    };
    assert_eq!(beyond(&declared, &[]), yes);
    // An older inventory does not say what type a vault is.
    let old = |it: &mut Value| drop(it["vault"].as_object_mut().unwrap().remove("vault"));
    let reason = "whether recovery point 1 is beyond its account is not known";
    assert_eq!(beyond(&old, ALL_SEEN), json!({"joined": {}, "unknown": {"joined.beyond_account": reason}}));
}

fn copy_job(id: &str, state: &str, created: &str, seconds: Value) -> Value {
    json!({
        "id": id, "kind": "aws.backup.copy-job", "name": id, "place": place("us-east-1"), "tags": {},
        "job": {"source": arn("rds", "us-east-1", "db:orders"), "state": state, "created_at": created,
            "destination": VAULT, "seconds": seconds},
        "links": [{"rel": "backup-of", "to": arn("rds", "us-east-1", "db:orders")}],
    })
}

#[test]
fn copies_that_wait_and_how_long_the_others_took_are_told() {
    let queue = |jobs: &[Value], seen: &[(&str, &str, &str, &str)]| {
        let change = |it: &mut Value| {
            for (number, job) in jobs.iter().enumerate() {
                it[format!("job {number}")] = job.clone();
            }
        };
        of_orders(&change, &paired(), seen, "copy_queue")
    };
    let jobs = [
        copy_job("1", "completed", "2026-01-01T00:00:00Z", json!(600)),
        copy_job("2", "completed", "2026-01-02T00:00:00Z", json!(7200)),
        copy_job("3", "completed", "2026-01-03T00:00:00Z", json!(1200)),
        copy_job("4", "failed", "2026-01-04T00:00:00Z", json!(99999)),
        copy_job("5", "running", "2026-01-08T00:00:00Z", Value::Null),
        copy_job("6", "created", "2026-01-09T00:00:00Z", Value::Null),
    ];
    let expected = json!({"waiting": 2, "oldest_minutes": 2880, "usual_minutes": 20});
    assert_eq!(queue(&jobs, ALL_SEEN), json!({"joined": {"copy_queue": expected}, "unknown": {}}));
    assert_eq!(queue(&[], ALL_SEEN), json!({"joined": {"copy_queue": null}, "unknown": {}}));
    let unseen = &[(ACCOUNT, "us-east-1", "backup", "failed"), (ACCOUNT, "us-west-2", "*", "complete")];
    let reason = "backup failed in 111122223333 · us-east-1";
    assert_eq!(queue(&[], unseen), json!({"joined": {}, "unknown": {"joined.copy_queue": reason}}));
    let mut old = copy_job("7", "running", "", Value::Null);
    old["job"].as_object_mut().unwrap().remove("created_at");
    let reason = "how copy job 7 comes on is not known";
    assert_eq!(queue(&[old], ALL_SEEN), json!({"joined": {}, "unknown": {"joined.copy_queue": reason}}));
}

#[test]
fn a_vault_behind_an_air_gap_has_to_be_shared_with_whom_restores_from_it() {
    let mut config = paired();
    config.recovery[0].to_account = Some(OTHER.to_owned());
    let shared = |facts: Value, unknown: Value| {
        let mut estate = whole();
        estate["vault"]["vault"] = facts;
        estate["vault"]["unknown"] = unknown;
        let resources = estate.as_object().unwrap().values().cloned().collect();
        super::facts(inventory(resources, ALL_SEEN), &config, VAULT, &["unshared_with"])
    };
    let gap = |team: Value, with: Value| json!({"air_gapped": true, "approval_team": team, "source_vault": null, "shared_with": with});
    let said = |accounts: Value| json!({"joined": {"unshared_with": accounts}, "unknown": {}});
    assert_eq!(shared(gap(Value::Null, json!([])), json!({})), said(json!([OTHER])));
    assert_eq!(shared(gap(Value::Null, json!([OTHER])), json!({})), said(json!([])));
    assert_eq!(shared(gap(json!("team"), json!([])), json!({})), said(json!([])));
    let open = |path: &str| json!({"joined": {"unshared_with": []}, "unknown": {"joined.unshared_with": format!("dr: {path}")}});
    let of_the_organization = json!(["arn:aws:organizations::999900001111:organization/o-abc"]);
    assert_eq!(
        shared(gap(Value::Null, of_the_organization), json!({})),
        open("whom the vault is shared with is not known")
    );
    let denied = json!({"vault.shared_with": "ram:ListResources denied"});
    let facts = json!({"air_gapped": true, "approval_team": null, "source_vault": null});
    assert_eq!(shared(facts, denied), open("ram:ListResources denied"));
    // An older inventory.
    let old = json!({"joined": {}, "unknown": {"joined.unshared_with": "dr: whether the vault is logically air-gapped is not known"}});
    assert_eq!(shared(json!({}), json!({})), old);
    let ordinary = json!({"air_gapped": false, "approval_team": null, "source_vault": null, "shared_with": null});
    assert_eq!(shared(ordinary, json!({})), said(Value::Null));
}
