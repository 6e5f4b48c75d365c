//! Volumes: what selects them, and which snapshots are theirs.

use super::*;

const NO_DLM: &[(&str, &str, &str, &str)] = &[
    (ACCOUNT, "us-east-1", "ec2", "complete"),
    (ACCOUNT, "us-east-1", "backup", "complete"),
    (ACCOUNT, "us-west-2", "*", "complete"),
];

fn volume() -> Value {
    json!({
        "id": arn("ec2", "us-east-1", "volume/vol-1"), "kind": "aws.ec2.volume", "name": "ledger",
        "place": place("us-east-1"), "tags": {"backup": "yes"},
        "status": {"state": "in-use", "healthy": true, "created_at": "2026-01-01T00:00:00Z"},
        "backup": {"enabled": false},
        "replication": {"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": []},
    })
}

fn policy(tags: Value, conditional: bool) -> Value {
    json!({
        "id": arn("dlm", "us-east-1", "policy/policy-1"), "kind": "aws.dlm.policy", "name": "nightly",
        "place": place("us-east-1"), "tags": {},
        "plan": {
            "rules": [{
                "name": "nightly", "schedule": "rate(12 hours)", "timezone": null, "start_window_minutes": 60, "vault": null,
                "air_gapped_vault": null, "delete_after_days": 7, "continuous": false,
                "copies": [{"vault": null, "region": "us-west-2", "account": ACCOUNT, "delete_after_days": 14}],
            }],
            "selections": [{"name": null, "resources": null, "excluded": null, "tags": tags, "conditional": conditional,
                "role": null}],
            "switched_off": null,
        },
    })
}

fn snapshot(region: &str, source: Value) -> Value {
    let mut point = json!({"source_region": "us-east-1", "taken_at": "2026-02-01T00:00:00Z", "vault": null,
        "method": "manual", "infected": null});
    let mut links = json!([]);
    if let Some(source) = source.as_str() {
        point["source"] = json!(source);
        links = json!([{"rel": "backup-of", "to": source}]);
    }
    json!({
        "id": format!("arn:aws:ec2:{region}::snapshot/snap-9"), "kind": "aws.ec2.snapshot", "name": "snap-9",
        "place": place(region), "tags": {},
        "status": {"state": "completed", "healthy": true, "created_at": "2026-02-01T00:00:00Z"},
        "encryption": {"enabled": false, "key": null}, "recovery_point": point, "links": links,
    })
}

fn of_volume(others: Vec<Value>, seen: &[(&str, &str, &str, &str)], names: &[&str]) -> Value {
    let all = [vec![volume()], others].concat();
    facts(inventory(all, seen), &paired(), &arn("ec2", "us-east-1", "volume/vol-1"), names)
}

#[test]
fn a_policy_selects_volumes_by_tag_and_one_of_machines_may() {
    let plans = |policy: Value, seen: &[(&str, &str, &str, &str)]| {
        let joined = of_volume(vec![policy], seen, &["backup_plans"]);
        json!([joined["joined"]["backup_plans"], joined["unknown"].get("joined.backup_plans")])
    };
    assert_eq!(plans(policy(json!(["backup=yes", "x=y"]), false), ALL_SEEN), json!([["nightly"], null]));
    assert_eq!(plans(policy(json!(["backup=no"]), false), ALL_SEEN), json!([[], null]));
    let perhaps = "whether selection 'without a name' of plan 'nightly' selects it is not known";
    assert_eq!(plans(policy(json!([]), true), ALL_SEEN), json!([[], perhaps]));
    // Nobody asked for the policies of the region.
    let unread = plans(policy(json!(["backup=no"]), false), NO_DLM);
    assert_ne!(unread[1], Value::Null);
}

#[test]
fn a_policy_copies_as_often_as_it_runs_and_makes_no_chain_of_vaults() {
    let names = ["copy_interval_minutes", "backup_chain"];
    let joined = of_volume(vec![policy(json!(["backup=yes"]), false)], ALL_SEEN, &names);
    assert_eq!(joined["joined"], json!({"copy_interval_minutes": 720, "backup_chain": null}));
}

#[test]
fn no_fail_without_evidence_a_snapshot_of_nothing_known_may_be_of_any_volume() {
    let copies = |others: Vec<Value>| {
        let joined = of_volume(others, ALL_SEEN, &["copies"]);
        let all = joined["joined"]["copies"].as_array().unwrap().iter();
        let all: Vec<_> = all.map(|copy| json!([copy["mechanism"], copy["region"], copy["usable"]])).collect();
        json!([all, joined["unknown"].get("joined.copies")])
    };
    let own = arn("ec2", "us-east-1", "volume/vol-1");
    let other = arn("ec2", "us-east-1", "volume/vol-2");
    assert_eq!(copies(vec![snapshot("us-west-2", json!(own))]), json!([[["snapshot", "us-west-2", true]], null]));
    assert_eq!(copies(vec![snapshot("us-west-2", json!(other))]), json!([[], null]));
    let why = "what snap-9 is a backup of is not known";
    assert_eq!(copies(vec![snapshot("us-west-2", Value::Null)]), json!([[], why]));
    assert_eq!(copies(vec![snapshot("us-east-1", Value::Null)]), json!([[], null]));
}
