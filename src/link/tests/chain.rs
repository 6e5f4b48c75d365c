//! Whole backup chains: one that holds, and for each link twins that break there, or of which it is not known.

use serde_json::json;

use super::*;

pub(super) const VAULT: &str = "arn:aws:backup:us-west-2:111122223333:backup-vault:dr";
const KEY: &str = "arn:aws:kms:us-west-2:111122223333:key/west";

/// Everything of a chain that holds, by name, so that a twin can change one thing.
pub(super) fn whole() -> Value {
    json!({
        "orders": orders(&[]),
        "plan": {
            "id": arn("backup", "us-east-1", "backup-plan:gold"), "kind": "aws.backup.plan", "name": "gold",
            "place": place("us-east-1"), "tags": {},
            "plan": {
                "rules": [{"name": "daily", "schedule": "cron(0 5 ? * * *)", "timezone": null,
                    "start_window_minutes": 480, "vault": "main", "air_gapped_vault": null, "delete_after_days": 35,
                    "copies": [{"vault": VAULT, "region": "us-west-2", "account": ACCOUNT, "delete_after_days": 35}]}],
                "selections": [{"name": "all", "resources": [], "excluded": [], "tags": ["app=shop"],
                    "conditional": false}],
                "switched_off": [],
            },
        },
        "vault": {
            "id": VAULT, "kind": "aws.backup.vault", "name": "dr", "place": place("us-west-2"), "tags": {},
            "encryption": {"enabled": true, "key": KEY},
            "protection": {"locked": true, "lock_min_days": 7, "lock_max_days": 365},
            "access": {"statements": null, "grants": null},
            "links": [{"rel": "encrypted-by", "to": KEY}],
        },
        "key": {
            "id": KEY, "kind": "aws.kms.key", "name": "west", "place": place("us-west-2"), "tags": {},
            "status": {"state": "enabled", "healthy": true}, "key": {"manager": "customer", "aliases": ["backup"],
                "usage": "encrypt_decrypt", "spec": "symmetric_default"},
            "access": {"statements": [allow(&format!("arn:aws:iam::{ACCOUNT}:root"), &KEY_ACTIONS)]},
        },
        "point": {
            "id": arn("backup", "us-west-2", "recovery-point:1"), "kind": "aws.backup.recovery-point", "name": "1",
            "place": place("us-west-2"), "tags": {}, "status": {"state": "completed", "healthy": true},
            "encryption": {"enabled": true, "key": KEY},
            "recovery_point": {"source": arn("rds", "us-east-1", "db:orders"), "taken_at": "2026-01-09T05:00:00Z",
                "vault": "dr", "infected": false},
            "links": [{"rel": "backup-of", "to": arn("rds", "us-east-1", "db:orders")},
                {"rel": "stored-in", "to": VAULT}],
        },
    })
}

pub(super) const KEY_ACTIONS: [&str; 3] = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey"];

pub(super) fn statement(name: &str, allow: bool, principal: &str, actions: &[&str]) -> Value {
    json!({"name": name, "allow": allow, "principals": [principal], "other_principals": false, "actions": actions,
        "resources": ["*"], "other_resources": false, "conditions": []})
}

pub(super) fn allow(principal: &str, actions: &[&str]) -> Value {
    statement("statement 1", true, principal, actions)
}

/// The policy of the vault denies something to everybody.
fn lock_vault(estate: &mut Value, action: &str) {
    estate["vault"]["access"]["statements"] = json!([statement("statement 'Lock'", false, "*", &[action])]);
}

fn job(completed_at: &str, state: &str, reason: Value) -> Value {
    json!({
        "id": completed_at, "kind": "aws.backup.copy-job", "name": "job", "place": place("us-east-1"), "tags": {},
        "job": {"source": arn("rds", "us-east-1", "db:orders"), "state": state, "completed_at": completed_at,
            "destination": VAULT, "reason": reason},
        "links": [{"rel": "backup-of", "to": arn("rds", "us-east-1", "db:orders")}, {"rel": "copies-to", "to": VAULT}],
    })
}

/// What a change of the whole makes of its chain: the links, and where one does not hold, why.
fn links(change: impl Fn(&mut Value), seen: &[(&str, &str, &str, &str)]) -> Value {
    let mut estate = whole();
    change(&mut estate);
    let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
    let found = joined(inventory(resources, seen), &paired(), &arn("rds", "us-east-1", "db:orders"));
    let Some(chain) = found["joined"]["backup_chain"].as_array() else {
        return json!({"chain": found["joined"].get("backup_chain"), "unknown": found["unknown"]["joined.backup_chain"]});
    };
    let said = |link: &Value| match link.get("holds") {
        Some(Value::Bool(true)) => link["label"].clone(),
        Some(_) => json!(format!("✗ {}: {}", link["label"].as_str().unwrap(), link["why"].as_str().unwrap())),
        None => json!(format!("? {}: {}", link["label"].as_str().unwrap(), link["why"].as_str().unwrap())),
    };
    chain.iter().map(said).collect()
}

const LINKS: [&str; 10] = [
    "plan gold",
    "RDS switched on",
    "rule daily",
    "copy us-west-2",
    "vault dr",
    "lock",
    "key west",
    "recovery point",
    "clean",
    "open",
];

/// The links before the one that is told, and that one. `and` those that come after it all the same.
fn until(number: usize, broken: &str, and: &[&str]) -> Value {
    LINKS[..number].iter().copied().chain([broken]).chain(and.iter().copied()).collect()
}

#[test]
fn a_chain_that_holds() {
    assert_eq!(links(|_| {}, ALL_SEEN), json!(LINKS));
}

/// A twin, in words and as a change; how many links hold before the one that breaks; what is said of it; what follows.
type Twin = (&'static str, fn(&mut Value), usize, &'static str, &'static [&'static str]);

#[test]
fn a_twin_for_each_link_is_broken_just_there() {
    let twins: &[Twin] = &[
        (
            "the type is switched off",
            |it| it["plan"]["plan"]["switched_off"] = json!(["RDS"]),
            1,
            "✗ RDS switched on: the backup service is switched off for RDS in us-east-1",
            &LINKS[2..],
        ),
        ("no vault", |it| it["vault"] = Value::Null, 4, "✗ vault dr: it does not exist", &[]),
        (
            "a vault of another name",
            |it| it["vault"]["id"] = json!(VAULT.replace("dr", "other")),
            4,
            "✗ vault dr: it does not exist",
            &[],
        ),
        (
            "a vault of another account",
            |it| {
                it["vault"]["id"] = json!(VAULT.replace(ACCOUNT, "444455556666"));
                it["vault"]["place"]["account"] = json!("444455556666");
            },
            4,
            "✗ vault dr: it does not exist",
            &[],
        ),
        (
            "kept for less than the lock asks",
            |it| it["vault"]["protection"]["lock_min_days"] = json!(36),
            5,
            "✗ lock: it takes at least 36 days, the copy is kept 35 days",
            &LINKS[6..],
        ),
        (
            "kept for longer than the lock takes",
            |it| it["vault"]["protection"]["lock_max_days"] = json!(34),
            5,
            "✗ lock: it takes at most 34 days, the copy is kept 35 days",
            &LINKS[6..],
        ),
        (
            "kept for ever",
            |it| copy(it)["delete_after_days"] = Value::Null,
            5,
            "✗ lock: it takes at most 365 days, the copy is kept for ever",
            &LINKS[6..],
        ),
        (
            "kept for a day",
            |it| copy(it)["delete_after_days"] = json!(1),
            5,
            "✗ lock: it takes at least 7 days, the copy is kept 1 days",
            &LINKS[6..],
        ),
        (
            "the key is disabled",
            |it| it["key"]["status"] = json!({"state": "disabled", "healthy": false}),
            6,
            "✗ key west: it cannot be used",
            &["recovery point", "clean", "✗ open: key west cannot be used"],
        ),
        (
            "the key is about to be deleted",
            |it| it["key"]["status"] = json!({"state": "pendingdeletion", "healthy": false}),
            6,
            "✗ key west: it cannot be used",
            &["recovery point", "clean", "✗ open: key west cannot be used"],
        ),
        (
            "the key is gone",
            |it| it["key"] = Value::Null,
            6,
            "✗ key west: it cannot be used",
            &["recovery point", "clean", "✗ open: key west cannot be used"],
        ),
        ("no recovery point", |it| it["point"] = Value::Null, 7, "✗ recovery point: none of it is there", &[]),
        (
            "a recovery point in another vault",
            |it| {
                it["point"]["links"][1]["to"] = json!(VAULT.replace("dr", "other"));
                it["point"]["recovery_point"]["vault"] = json!("other");
            },
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point of another",
            |it| {
                it["point"]["links"][0]["to"] = json!("arn:aws:rds:us-east-1:1:db:b");
                it["point"]["recovery_point"]["source"] = json!("arn:aws:rds:us-east-1:1:db:b");
            },
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point of a predecessor",
            |it| {
                it["point"]["recovery_point"]["taken_at"] = json!("2023-12-01T00:00:00Z");
            },
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a key of the region that is lost",
            |it| {
                it["vault"]["encryption"]["key"] = json!(KEY.replace("us-west-2", "us-east-1"));
                it["vault"]["links"] = json!([]);
            },
            6,
            "✗ key west: it is in us-east-1, and not where the vault is",
            &LINKS[7..],
        ),
        (
            "a recovery point that is partial",
            |it| it["point"]["status"]["state"] = json!("partial"),
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point that expired",
            |it| it["point"]["status"]["state"] = json!("expired"),
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point that is being deleted",
            |it| it["point"]["status"]["state"] = json!("deleting"),
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point that is still made",
            |it| it["point"]["status"]["state"] = json!("creating"),
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a recovery point past its deletion",
            |it| it["point"]["recovery_point"]["deleted_at"] = json!("2026-01-09T06:00:00Z"),
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a copy that failed",
            |it| {
                it["point"] = Value::Null;
                it["before"] = job("2026-01-08T05:00:00Z", "completed", Value::Null);
                it["job"] = job("2026-01-09T05:00:00Z", "failed", json!("Access denied to the key"));
            },
            7,
            "✗ recovery point: none of it is there, the last copy job is failed: Access denied to the key",
            &[],
        ),
        (
            "a copy that runs",
            |it| {
                it["point"] = Value::Null;
                it["job"] = job("2026-01-09T05:00:00Z", "running", Value::Null);
            },
            7,
            "✗ recovery point: none of it is there, the last copy job is running",
            &[],
        ),
        (
            "a copy that succeeded and is gone",
            |it| {
                it["point"] = Value::Null;
                it["job"] = job("2026-01-09T05:00:00Z", "completed", Value::Null);
            },
            7,
            "✗ recovery point: none of it is there",
            &[],
        ),
        (
            "a vault that lets no copies in",
            |it| {
                lock_vault(it, "backup:CopyIntoBackupVault");
                it["point"] = Value::Null;
            },
            6,
            "✗ vault policy: statement 'Lock' of vault dr denies backup:CopyIntoBackupVault to account 111122223333",
            &["key west", "✗ recovery point: none of it is there"],
        ),
        (
            "a vault that lets nobody restore",
            |it| lock_vault(it, "backup:StartRestoreJob"),
            9,
            "✗ open: statement 'Lock' of vault dr denies backup:StartRestoreJob to account 111122223333",
            &[],
        ),
        (
            "a vault that shows its recovery points to nobody",
            |it| lock_vault(it, "backup:DescribeRecoveryPoint"),
            9,
            "✗ open: statement 'Lock' of vault dr denies backup:DescribeRecoveryPoint to account 111122223333",
            &[],
        ),
        (
            "a key that is for somebody else",
            |it| {
                it["key"]["access"] = json!({"grants": [],
                    "statements": [allow("arn:aws:iam::444455556666:root", &KEY_ACTIONS)]});
            },
            9,
            "✗ open: no statement of key west gives kms:CreateGrant to account 111122223333",
            &[],
        ),
        (
            "a key that decrypts for nobody",
            |it| {
                let deny = statement("statement 2", false, "*", &["kms:Decrypt"]);
                it["key"]["access"]["statements"].as_array_mut().unwrap().push(deny);
            },
            9,
            "✗ open: statement 2 of key west denies kms:Decrypt to account 111122223333",
            &[],
        ),
        (
            "malware",
            |it| it["point"]["recovery_point"]["infected"] = json!(true),
            8,
            "✗ clean: a scan found malware in every recovery point there",
            &[],
        ),
    ];
    for (name, change, number, broken, and) in twins {
        assert_eq!(links(change, ALL_SEEN), until(*number, broken, and), "{name}");
    }
}

#[test]
fn without_the_evidence_for_a_link_it_is_not_known() {
    let denied = |service: &'static str, region: &'static str| {
        let others = ALL_SEEN.iter().copied().filter(move |(_, of, ..)| *of != region);
        others.chain([(ACCOUNT, region, service, "denied"), (ACCOUNT, region, "*", "complete")]).collect::<Vec<_>>()
    };
    let twins: &[(Twin, Vec<_>)] = &[
        (
            (
                "the settings",
                |it| it["plan"]["plan"].as_object_mut().unwrap().remove("switched_off").map_or((), drop),
                0,
                "",
                &[],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "the vaults",
                |it| it["vault"] = Value::Null,
                4,
                "? vault dr: backup:List denied in 111122223333 · us-west-2",
                &[],
            ),
            denied("backup", "us-west-2"),
        ),
        (
            (
                "the lock",
                |it| it["vault"]["protection"] = json!({}),
                5,
                "? lock: the minimum retention of the lock is not known",
                &LINKS[6..],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "how long it is kept",
                |it| drop(copy(it).as_object_mut().unwrap().remove("delete_after_days")),
                5,
                "? lock: how long the copy is kept is not known",
                &LINKS[6..],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "the key of the vault",
                |it| it["vault"]["encryption"] = json!({"enabled": true}),
                6,
                "? key of the vault: its encryption key is not known",
                &LINKS[7..],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "the keys",
                |it| it["key"] = Value::Null,
                6,
                "? key west: kms:List denied in 111122223333 · us-west-2",
                &["recovery point", "clean", "? open: kms:List denied in 111122223333 · us-west-2"],
            ),
            denied("kms", "us-west-2"),
        ),
        (
            (
                "the recovery points",
                |it| it["point"] = Value::Null,
                7,
                "? recovery point: backup:List denied in 111122223333 · us-west-2",
                &[],
            ),
            denied("backup", "us-west-2"),
        ),
        (
            (
                "the state of the recovery point",
                |it| it["point"]["status"] = json!({}),
                7,
                "? recovery point: its state is not known",
                &[],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "the scans",
                |it| drop(it["point"]["recovery_point"].as_object_mut().unwrap().remove("infected")),
                8,
                "? clean: whether a scan found malware is not known",
                &LINKS[9..],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "a list of scans that broke off",
                |it| it["point"]["unknown"] = json!({"recovery_point.infected": "backup:ListScanJobs throttled"}),
                8,
                "? clean: whether a scan found malware is not known",
                &LINKS[9..],
            ),
            ALL_SEEN.to_vec(),
        ),
        (
            (
                "a list of scans that broke off, where there was no scan yet",
                |it| {
                    it["point"]["recovery_point"]["infected"] = Value::Null;
                    it["point"]["unknown"] = json!({"recovery_point.infected": "backup:ListScanJobs throttled"});
                },
                8,
                "? clean: whether a scan found malware is not known",
                &LINKS[9..],
            ),
            ALL_SEEN.to_vec(),
        ),
    ];
    let told: &[Twin] = &[
        (
            "the policy of the vault",
            |it| it["vault"]["access"] = json!({}),
            9,
            "? open: dr: what its policy lets whom do is not known",
            &[],
        ),
        (
            "the policy of the vault, and no point that came in",
            |it| {
                it["vault"]["access"] = json!({});
                it["point"] = Value::Null;
            },
            6,
            "? vault policy: dr: what its policy lets whom do is not known",
            &["key west", "✗ recovery point: none of it is there"],
        ),
        (
            "the policy of the key",
            |it| it["key"]["access"] = json!({}),
            9,
            "? open: west: what its policy lets whom do is not known",
            &[],
        ),
        (
            "the grants of a key that no statement gives",
            |it| it["key"]["access"] = json!({"statements": []}),
            9,
            "? open: no statement of key west gives kms:CreateGrant to account 111122223333, and the grants of the key are not known",
            &[],
        ),
        (
            "for whom a grant is",
            |it| {
                let grant =
                    json!({"grantee": arn("iam", "", "role/restore"), "actions": KEY_ACTIONS, "constrained": false});
                it["key"]["access"] = json!({"statements": [], "grants": [grant]});
            },
            9,
            "? open: whether a grant of key west is for account 111122223333 is not known",
            &[],
        ),
        (
            "whether a condition holds",
            |it| {
                lock_vault(it, "backup:StartRestoreJob");
                let condition = json!([{"operator": "StringNotEquals", "key": "aws:PrincipalOrgID", "values": null}]);
                it["vault"]["access"]["statements"][0]["conditions"] = condition;
            },
            9,
            "? open: statement 'Lock' of vault dr has conditions of which nobody knows whether they hold",
            &[],
        ),
        (
            "who restores",
            |it| it["key"]["access"]["statements"] = json!([allow(&arn("iam", "", "role/restore"), &KEY_ACTIONS)]),
            9,
            "? open: statement 1 of key west is about some of its roles only, and which one restores is not configured",
            &[],
        ),
    ];
    for (name, change, number, open, and) in told {
        assert_eq!(links(change, ALL_SEEN), until(*number, open, and), "{name}");
    }
    for ((name, change, number, open, and), seen) in &twins[1..] {
        assert_eq!(links(change, seen), until(*number, open, and), "{name}");
    }
    let ((_, settings, ..), seen) = &twins[0];
    assert_eq!(
        links(settings, seen),
        json!({"chain": null, "unknown": "gold: the types that AWS Backup is switched off for are not known"})
    );
}

#[test]
fn of_several_ways_the_one_counts_that_holds_furthest() {
    let second = |it: &mut Value| {
        let mut rule = it["plan"]["plan"]["rules"][0].clone();
        rule["name"] = json!("hourly");
        rule["copies"][0]["vault"] = json!(VAULT.replace("dr", "gone"));
        it["plan"]["plan"]["rules"].as_array_mut().unwrap().insert(0, rule);
    };
    assert_eq!(links(second, ALL_SEEN), json!(LINKS));
    let both_broken = |it: &mut Value| {
        second(it);
        it["point"] = Value::Null;
    };
    assert_eq!(links(both_broken, ALL_SEEN), until(7, "✗ recovery point: none of it is there", &[]));
    let clean_beside = |it: &mut Value| {
        it["infected"] = it["point"].clone();
        it["infected"]["id"] = json!("arn:aws:backup:us-west-2:111122223333:recovery-point:2");
        it["infected"]["recovery_point"]["infected"] = json!(true);
    };
    assert_eq!(links(clean_beside, ALL_SEEN), json!(LINKS));
}

#[test]
fn the_rule_that_copies_most_often_counts() {
    let minutes = |change: &dyn Fn(&mut Value)| {
        let mut estate = whole();
        change(&mut estate);
        let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
        let id = arn("rds", "us-east-1", "db:orders");
        facts(inventory(resources, ALL_SEEN), &paired(), &id, &["copy_interval_minutes"])
    };
    let known = |minutes: Value| json!({"joined": {"copy_interval_minutes": minutes}, "unknown": {}});
    let more = |it: &mut Value, schedule: Value| {
        let mut rule = it["plan"]["plan"]["rules"][0].clone();
        rule["schedule"] = schedule;
        it["plan"]["plan"]["rules"].as_array_mut().unwrap().push(rule);
    };
    assert_eq!(minutes(&|_| {}), known(json!(1440)));
    assert_eq!(minutes(&|it| more(it, json!("rate(6 hours)"))), known(json!(360)));
    assert_eq!(minutes(&|it| it["plan"]["plan"]["rules"][0]["timezone"] = json!("Europe/Berlin")), known(json!(1500)));
    assert_eq!(minutes(&|it| it["plan"]["plan"]["rules"][0]["schedule"] = Value::Null), known(Value::Null));
    assert_eq!(minutes(&|it| it["plan"] = Value::Null), known(Value::Null));
    let reason = "gold: the schedule 'every day' is not understood";
    assert_eq!(
        minutes(&|it| more(it, json!("every day"))),
        json!({"joined": {}, "unknown": {"joined.copy_interval_minutes": reason}})
    );
}

#[test]
fn the_longest_time_without_a_recovery_point_is_told() {
    let gap = |days: &[&str], change: &dyn Fn(&mut Value), seen: &[(&str, &str, &str, &str)]| {
        let mut estate = whole();
        let point = estate["point"].take();
        for day in days {
            let mut point = point.clone();
            point["id"] = json!(arn("backup", "us-west-2", &format!("recovery-point:{day}")));
            point["recovery_point"]["taken_at"] = json!(format!("2026-01-{day}T05:00:00Z"));
            estate[format!("point {day}")] = point;
        }
        change(&mut estate);
        let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
        let id = arn("rds", "us-east-1", "db:orders");
        facts(inventory(resources, seen), &paired(), &id, &["point_gap"])
    };
    let found = |from: &str, to: Value, minutes: u32| {
        let gap = json!({"from": from, "to": to, "minutes": minutes, "promised_minutes": 1920});
        json!({"joined": {"point_gap": gap}, "unknown": {}})
    };
    let (fourth, fifth, ninth) = ("2026-01-04T05:00:00Z", "2026-01-05T05:00:00Z", "2026-01-09T05:00:00Z");
    assert_eq!(
        gap(&["05", "06", "07", "08", "09"], &|_| {}, ALL_SEEN),
        found("2026-01-08T05:00:00Z", json!(ninth), 1440)
    );
    assert_eq!(gap(&["04", "05", "09"], &|_| {}, ALL_SEEN), found(fifth, json!(ninth), 4 * 1440));
    // Nothing since.
    assert_eq!(gap(&["03", "04"], &|_| {}, ALL_SEEN), found(fourth, Value::Null, 6 * 1440 - 300));
    // One that cannot be restored from fills no gap.
    let failed = |it: &mut Value| it["point 07"]["status"]["state"] = json!("partial");
    assert_eq!(gap(&["05", "07", "09"], &failed, ALL_SEEN), found(fifth, json!(ninth), 4 * 1440));
    // One of which that is not known, or when it was taken, may fill any.
    let unread = |why: &str| json!({"joined": {}, "unknown": {"joined.point_gap": why}});
    let stateless = |it: &mut Value| it["point 07"]["status"] = json!({});
    assert_eq!(gap(&["05", "07", "09"], &stateless, ALL_SEEN), unread("its state is not known"));
    let undated = |it: &mut Value| drop(it["point 07"]["recovery_point"].as_object_mut().unwrap().remove("taken_at"));
    assert_eq!(gap(&["05", "07", "09"], &undated, ALL_SEEN), unread("when the recovery point was taken is not known"));
    let none = json!({"joined": {"point_gap": null}, "unknown": {}});
    assert_eq!(gap(&[], &|_| {}, ALL_SEEN), none);
    assert_eq!(gap(&["05"], &|it| it["plan"]["plan"]["rules"][0]["schedule"] = Value::Null, ALL_SEEN), none);
    let elsewhere = ALL_SEEN.iter().copied().filter(|(_, region, ..)| *region != "us-west-2");
    let there = [(ACCOUNT, "us-west-2", "backup", "failed"), (ACCOUNT, "us-west-2", "*", "complete")];
    let partial: Vec<_> = elsewhere.chain(there).collect();
    assert_eq!(
        gap(&["05"], &|_| {}, &partial),
        json!({"joined": {}, "unknown": {"joined.point_gap": "backup failed in 111122223333 · us-west-2"}})
    );
}

#[test]
fn what_no_plan_copies_there_has_no_chain() {
    let none = json!({"chain": null, "unknown": null});
    let cases: &[fn(&mut Value)] = &[
        |it| it["plan"] = Value::Null,
        |it| it["plan"]["plan"]["selections"][0]["tags"] = json!(["app=wiki"]),
        |it| it["plan"]["plan"]["rules"][0]["copies"] = json!([]),
        |it| copy(it)["region"] = json!("eu-west-1"),
    ];
    for change in cases {
        assert_eq!(links(change, ALL_SEEN), none);
    }
}

#[test]
fn a_vault_without_lock_and_key_has_fewer_links() {
    let open = |it: &mut Value| {
        it["vault"]["protection"] = json!({"locked": false, "lock_min_days": null, "lock_max_days": null});
        it["vault"]["encryption"] = json!({"enabled": true, "key": null});
    };
    let expected =
        ["plan gold", "RDS switched on", "rule daily", "copy us-west-2", "vault dr", "recovery point", "clean", "open"];
    assert_eq!(links(open, ALL_SEEN), json!(expected));
}

pub(super) fn copy(estate: &mut Value) -> &mut Value {
    &mut estate["plan"]["plan"]["rules"][0]["copies"][0]
}
