//! Fingerprints: what makes two findings the same, and two states of a resource.

use std::borrow::Cow;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::model::Resource;

/// What makes a finding the same finding tomorrow: policy, resource and violating fact. Neither line nor message, which
/// change with every edit. The resource is its ARN where that is known, so that a plan and the live estate agree; else
/// its Terraform address.
pub fn fingerprint(policy: &str, resource: &Resource, fact: Option<&str>) -> String {
    let resource = canonical(resource);
    hash(&[policy, &resource, fact.unwrap_or_default()].join("\0"))
}

/// ARN, else Terraform address (with its stack where there are several), else whatever id there is.
pub(super) fn canonical(resource: &Resource) -> Cow<'_, str> {
    match resource.origin.scoped_address() {
        Some(address) if !resource.id.starts_with("arn:") => address,
        _ => Cow::Borrowed(&resource.id),
    }
}

/// Facts that do not decide whether an accepted problem is still the same: identity, what the link stage and a plan
/// add, and what changes by itself over time.
const VOLATILE: &[&str] = &[
    "id",
    "name",
    "place",
    "tags",
    "status",
    "links",
    "unknown",
    "origin",
    "change",
    "before",
    "joined",
    "backup.latest_recovery_point",
    "replication.status",
    "replication.healthy",
    "replication.lag_seconds",
    "redundancy.instances",
    "capacity.desired",
    "database.engine_version",
    "database.endpoints",
    "global.members.status",
    "global.members.writer",
    "recovery_point.taken_at",
    "recovery_point.deleted_at",
    "job.completed_at",
    "job.seconds",
    "job.reason",
    "network.free_addresses",
];

/// What a resource is like for recovery: a hash of its facts without those that change by themselves. Entries of version
/// 1 of the baseline have it.
pub fn facts(resource: &Resource) -> String {
    // Facts always have a form in JSON; if that ever fails, the entry matches nothing, which is the safe side.
    let mut value = serde_json::to_value(resource).unwrap_or_default();
    for path in VOLATILE {
        remove(&mut value, path);
    }
    value.sort_all_objects();
    hash(&value.to_string())
}

fn remove(value: &mut Value, path: &str) {
    match (value, path.split_once('.')) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| remove(item, path)),
        (Value::Object(members), Some((name, rest))) => {
            if let Some(member) = members.get_mut(name) {
                remove(member, rest);
            }
        }
        (Value::Object(members), None) => {
            members.remove(path);
        }
        _ => {}
    }
}

/// 128 bits of SHA-256, hexadecimal.
fn hash(text: &str) -> String {
    let mut text = format!("{:x}", Sha256::digest(text));
    text.truncate(32);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Place};

    fn instance(id: &str, address: Option<&str>) -> Resource {
        let mut resource = Resource::new(Kind::of("aws.rds.instance"), id, "orders", Place::default());
        resource.origin.address = address.map(str::to_owned);
        resource
    }

    const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";
    const ADDRESS: &str = "module.db.aws_db_instance.orders[\"a\"]";

    #[test]
    fn a_fingerprint_is_of_policy_resource_and_fact() {
        let live = fingerprint("backup-disabled", &instance(ARN, None), Some("backup.retention_days"));
        assert_eq!(live, "e9629d5e387ad435a186bc7166daf8d7");
        let planned = fingerprint("backup-disabled", &instance(ARN, Some(ADDRESS)), Some("backup.retention_days"));
        assert_eq!(planned, live);
        let others = [
            fingerprint("backup-disabled", &instance(ADDRESS, Some(ADDRESS)), Some("backup.retention_days")),
            fingerprint("backup-disabled", &instance(ARN, None), None),
            fingerprint("backup-retention-too-short", &instance(ARN, None), Some("backup.retention_days")),
        ];
        assert_eq!(
            others,
            [
                "ffa38c809592c2534c02f05b43346112",
                "78a74fd299892fa74feab79095517fd1",
                "b7f3047930befc963a6c641815e04b9b"
            ]
        );
    }

    /// A resource with every fact that changes by itself.
    const RESTLESS: &str = r#"{
        "id": "a", "kind": "aws.rds.cluster", "name": "n", "place": {"region": "us-east-1"}, "tags": {"t": "1"},
        "status": {"state": "available"}, "links": [{"rel": "assumes", "to": "r"}], "unknown": {"a": "b"},
        "origin": {"source": "aws"}, "change": {"action": "update"}, "before": {"id": "a", "kind": "aws.rds.cluster", "name": "n"},
        "joined": {"rpo_minutes": 5},
        "backup": {"retention_days": 0, "latest_recovery_point": "2026-11-22T00:00:00Z"},
        "replication": {"role": "primary", "status": "s", "healthy": true, "lag_seconds": 0.5},
        "redundancy": {"zones": ["a"], "instances": 2}, "capacity": {"min": 1, "desired": 2},
        "database": {"engine": "mysql", "engine_version": "8.0.1", "endpoints": ["e"]},
        "global": {"members": [{"id": "x", "status": "s", "writer": true}]},
        "recovery_point": {"vault": "v", "taken_at": "2026-11-22T00:00:00Z", "deleted_at": null},
        "job": {"state": "failed", "completed_at": "2026-11-22T00:00:00Z", "seconds": 3, "reason": "r"},
        "network": {"vpc": "v", "free_addresses": 7}
    }"#;

    const AT_REST: &str = r#"{
        "id": "b", "kind": "aws.rds.cluster", "name": "m",
        "backup": {"retention_days": 0}, "replication": {"role": "primary"}, "redundancy": {"zones": ["a"]},
        "capacity": {"min": 1}, "database": {"engine": "mysql"}, "global": {"members": [{"id": "x"}]},
        "recovery_point": {"vault": "v"}, "job": {"state": "failed"}, "network": {"vpc": "v"}
    }"#;

    #[test]
    fn facts_that_change_by_themselves_do_not_end_an_entry() {
        let of = |text: &str| facts(&serde_json::from_str(text).unwrap());
        assert_eq!(of(RESTLESS), of(AT_REST));
        assert_ne!(of(AT_REST), of(&AT_REST.replace("\"retention_days\": 0", "\"retention_days\": 1")));
        // Every path is one of the model's: the sample has them all, and the model refuses what it does not know.
        let sample: Value = serde_json::from_str(RESTLESS).unwrap();
        let missing: Vec<_> = VOLATILE
            .iter()
            .filter(|path| {
                let mut without = sample.clone();
                remove(&mut without, path);
                without == sample
            })
            .collect();
        assert_eq!(missing, Vec::<&&str>::new());
    }
}
