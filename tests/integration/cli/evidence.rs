//! No answer without evidence: an estate that can be recovered, and everything that may be missing from what was seen
//! of it. Whatever is missing, the answer is not that it can be recovered.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ACCOUNT: &str = "111122223333";
const REGIONS: [&str; 2] = ["us-east-1", "us-west-2"];
const SERVICES: [&str; 7] = ["autoscaling", "backup", "ec2", "eks", "elasticache", "kms", "rds"];

const CONFIG: &str = "
recovery: [{from: us-east-1, to: us-west-2}]
applications:
  shop: {tags: {app: shop}, pattern: pilot-light, rpo: 1h, rto: 4h}
";

/// What was seen of an estate.
#[derive(Clone)]
struct Estate {
    resources: Vec<Value>,
    coverage: Vec<Value>,
    collected_at: String,
}

fn row(account: &str, region: &str, service: &str, status: &str) -> Value {
    json!({"account": account, "region": region, "service": service, "status": status, "at": "2026-11-22T11:00:00Z"})
}

fn place(region: &str) -> Value {
    json!({"account": ACCOUNT, "region": region})
}

fn database(region: &str, name: &str, replication: &Value) -> Value {
    json!({
        "id": format!("arn:aws:rds:{region}:{ACCOUNT}:db:{name}"), "kind": "aws.rds.instance", "name": name,
        "place": place(region), "tags": {"app": "shop"},
        "status": {"state": "available", "healthy": true, "created_at": "2024-03-11T08:20:00Z"},
        "backup": {"enabled": true, "retention_days": 14, "point_in_time": true},
        "replication": replication, "redundancy": {"zones": ["a", "b"], "multi_zone": true, "automatic_failover": true},
        "encryption": {"enabled": true, "key": format!("arn:aws:kms:{region}:{ACCOUNT}:key/{region}")},
        "protection": {"deletion_protection": true}, "capacity": {"types": ["db.r6g.large"]},
        "database": {"engine": "postgres", "engine_version": "16.4", "cluster": null, "topology": null, "mode": null,
            "managed_secret": false},
    })
}

fn key(region: &str) -> Value {
    json!({
        "id": format!("arn:aws:kms:{region}:{ACCOUNT}:key/{region}"), "kind": "aws.kms.key", "name": region,
        "place": place(region), "tags": {}, "status": {"state": "enabled", "healthy": true},
        "key": {"manager": "customer", "aliases": ["shop"], "multi_region": false, "primary": null, "replicas": [],
            "deletion_date": null},
    })
}

impl Estate {
    /// A database with a replica, and a key for each, all of it seen.
    fn sound() -> Self {
        let source = format!("arn:aws:rds:us-east-1:{ACCOUNT}:db:orders");
        let replica = format!("arn:aws:rds:us-west-2:{ACCOUNT}:db:orders-far");
        let primary = json!({"role": "primary", "source": null, "cross_region": null, "replicas": [replica], "global": null,
            "status": null, "healthy": null, "lag_seconds": null});
        let follows = json!({"role": "replica", "source": source, "cross_region": true, "replicas": [], "global": null,
            "status": "replicating", "healthy": true});
        let services =
            SERVICES.iter().flat_map(|service| REGIONS.map(|region| row(ACCOUNT, region, service, "complete")));
        Self {
            resources: vec![
                database("us-east-1", "orders", &primary),
                database("us-west-2", "orders-far", &follows),
                key("us-east-1"),
                key("us-west-2"),
            ],
            coverage: services.chain([row(ACCOUNT, "", "iam", "complete")]).collect(),
            collected_at: "2026-11-22T11:00:00Z".to_owned(),
        }
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    /// Changes a fact of the resource of that name.
    fn set(&mut self, name: &str, pointer: &str, value: Value) {
        let resource = self.resources.iter_mut().find(|resource| resource["name"] == name).unwrap();
        *resource.pointer_mut(pointer).unwrap() = value;
    }

    /// Says of a fact that it is not known.
    fn forget(&mut self, name: &str, path: &str, reason: &str) {
        let resource = self.resources.iter_mut().find(|resource| resource["name"] == name).unwrap();
        let (facet, fact) = path.split_once('.').unwrap_or(("", path));
        let holder = if facet.is_empty() { resource } else { &mut resource[facet] };
        assert!(holder.as_object_mut().unwrap().remove(fact).is_some(), "{path}");
        let resource = self.resources.iter_mut().find(|resource| resource["name"] == name).unwrap();
        resource["unknown"][path] = reason.into();
    }

    fn rows(&mut self, region: &str, service: &str) -> impl Iterator<Item = &mut Value> {
        let meant = move |row: &&mut Value| row["region"] == region && (service == "*" || row["service"] == service);
        self.coverage.iter_mut().filter(meant)
    }

    fn text(&self) -> String {
        let header = json!({
            "seaworthy": "inventory", "version": 1, "collected_at": self.collected_at, "sources": ["aws"],
            "coverage": self.coverage, "resources": self.resources.len(),
        });
        [&header].into_iter().chain(&self.resources).map(|line| format!("{line}\n")).collect()
    }
}

/// The answer to each estate, a line each.
fn answers(estates: &[(&str, Estate)], arguments: &str) -> String {
    let answer = |(name, estate): &(&str, Estate)| {
        let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("estate.ndjson", estate.text());
        let transcript = tool.run(&format!("check estate.ndjson --quiet {arguments}"));
        format!("{name}: {}\n", transcript.lines().nth(1).unwrap_or_default())
    };
    estates.iter().map(answer).collect()
}

#[test]
fn what_was_not_seen_is_not_recoverable() {
    let sound = Estate::sound();
    let ended = |status: &'static str, region: &'static str, service: &'static str| {
        sound.with(|it| it.rows(region, service).for_each(|row| row["status"] = status.into()))
    };
    let without = |region: &'static str, service: &'static str| {
        sound.with(|it| {
            it.coverage.retain(|row| row["region"] != region || (service != "*" && row["service"] != service))
        })
    };
    let estates = [
        ("everything was seen", sound.clone()),
        ("keys there denied", ended("denied", "us-west-2", "kms")),
        ("databases here failed", ended("failed", "us-east-1", "rds")),
        ("caches here skipped", ended("skipped", "us-east-1", "elasticache")),
        ("roles skipped", ended("skipped", "", "iam")),
        (
            "snapshots there in part",
            sound.with(|it| {
                it.rows("us-west-2", "rds").for_each(|row| {
                    row["status"] = "partial".into();
                    row["incomplete"] = json!(["aws.rds.snapshot"]);
                });
            }),
        ),
        ("no row of the databases here", without("us-east-1", "rds")),
        ("no row of the caches here", without("us-east-1", "elasticache")),
        ("no row of the recovery region", without("us-west-2", "*")),
        ("no row at all", sound.with(|it| it.coverage.clear())),
        ("another account denied", sound.with(|it| it.coverage.push(row("444455556666", "", "*", "denied")))),
        ("no resource", sound.with(|it| it.resources.clear())),
        (
            "collected a year ago",
            sound.with(|it| {
                it.collected_at = "2025-11-22T11:00:00Z".to_owned();
                it.coverage.iter_mut().for_each(|row| row["at"] = "2025-11-22T11:00:00Z".into());
            }),
        ),
        (
            "one region a year ago",
            sound.with(|it| {
                it.rows("us-west-2", "*").for_each(|row| row["at"] = "2025-11-22T11:00:00Z".into());
            }),
        ),
    ];
    assert_snapshot!(answers(&estates, ""), @"
    everything was seen: RECOVERABLE in us-west-2: no blocker in 6 verdicts; dynamodb, efs and s3 were not looked at
    keys there denied: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    databases here failed: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    caches here skipped: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    roles skipped: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    snapshots there in part: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the databases here: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the caches here: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the recovery region: CANNOT TELL in us-west-2: no blocker was found, but 2 services in places were not seen completely
    no row at all: CANNOT TELL in us-west-2: no blocker was found, but 4 services in places were not seen completely
    another account denied: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no resource: CANNOT TELL: nothing was found that a blocker could be looked for in
    collected a year ago: CANNOT TELL in us-west-2: no blocker was found, but what was seen is 365 days old
    one region a year ago: CANNOT TELL in us-west-2: no blocker was found, but what was seen is 365 days old
    ");
}

#[test]
fn what_is_not_known_is_not_recoverable() {
    let sound = Estate::sound();
    let forgotten = |name: &'static str, path: &'static str| sound.with(|it| it.forget(name, path, "it was denied"));
    let estates = [
        ("retention", forgotten("orders", "backup.retention_days")),
        ("role", forgotten("orders", "replication.role")),
        ("key", forgotten("orders", "encryption.key")),
        ("region", sound.with(|it| it.set("orders", "/place", json!({"account": ACCOUNT})))),
        ("account", sound.with(|it| it.set("orders", "/place", json!({"region": "us-east-1"})))),
        ("health of the replica", forgotten("orders-far", "status.healthy")),
        ("replication of the replica", forgotten("orders-far", "replication.healthy")),
        ("state of the key here", forgotten("us-east-1", "status.state")),
        ("state of the key there", forgotten("us-west-2", "status.state")),
        (
            "everything",
            sound.with(|it| {
                for resource in &mut it.resources {
                    resource.as_object_mut().unwrap().retain(|name, _| ["id", "kind", "name"].contains(&name.as_str()));
                    resource["place"] = json!({});
                }
            }),
        ),
        (
            "everything but the place",
            sound.with(|it| {
                for resource in &mut it.resources {
                    resource
                        .as_object_mut()
                        .unwrap()
                        .retain(|name, _| ["id", "kind", "name", "place"].contains(&name.as_str()));
                }
            }),
        ),
    ];
    assert_snapshot!(answers(&estates, ""), @"
    retention: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    role: CANNOT TELL in us-west-2: 4 questions about blockers cannot be answered
    key: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    region: CANNOT TELL in us-west-2: 4 questions about blockers cannot be answered
    account: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    health of the replica: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    replication of the replica: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    state of the key here: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    state of the key there: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    everything: CANNOT TELL: 12 questions about blockers cannot be answered
    everything but the place: CANNOT TELL in us-west-2: 7 questions about blockers cannot be answered
    ");
}

#[test]
fn a_filter_hides_no_blocker() {
    let broken = Estate::sound().with(|it| it.set("orders", "/backup", json!({"enabled": false, "retention_days": 0})));
    let untagged = Estate::sound().with(|it| {
        it.resources.push(database("us-east-1", "legacy", &json!({"role": "none", "source": null, "replicas": []})));
        it.forget("legacy", "tags", "rds:ListTagsForResource denied");
    });
    let unplaced = Estate::sound().with(|it| it.set("orders", "/place", json!({"account": ACCOUNT})));
    let said = |name: &str, estate: &Estate, arguments: &str| {
        answers(&[(format!("{name} {arguments}").trim(), estate.clone())], arguments)
    };
    let lines = [
        said("broken", &broken, ""),
        said("broken", &broken, "--region us-east-1"),
        said("broken", &broken, "--region us-west-2"),
        said("broken", &broken, "--account 111122223333"),
        said("broken", &broken, "--account 444455556666"),
        said("broken", &broken, "--app shop"),
        said("broken", &broken, "--skip backup-disabled"),
        said("broken", &broken, "--select protection"),
        said("untagged", &untagged, "--app shop"),
        said("unplaced", &unplaced, "--region us-east-1"),
        said("sound", &Estate::sound(), "--app shop"),
        said("sound", &Estate::sound(), "--region us-east-1 --region us-west-2"),
    ];
    assert_snapshot!(lines.concat(), @"
    broken: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --region us-east-1: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --region us-west-2: CANNOT TELL: no blocker was found, but 1 resource was left out by the filters
    broken --account 111122223333: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --account 444455556666: CANNOT TELL: nothing was found that a blocker could be looked for in
    broken --app shop: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --skip backup-disabled: CANNOT TELL in us-west-2: no blocker was found, but 1 policy about blockers was left out
    broken --select protection: CANNOT TELL in us-west-2: nothing was found that a blocker could be looked for in
    untagged --app shop: CANNOT TELL in us-west-2: no blocker was found, but 1 resource is perhaps meant by the filters
    unplaced --region us-east-1: CANNOT TELL in us-west-2: nothing was found that a blocker could be looked for in
    sound --app shop: RECOVERABLE in us-west-2: no blocker in 6 verdicts (--app shop); dynamodb, efs and s3 were not looked at
    sound --region us-east-1 --region us-west-2: RECOVERABLE in us-west-2: no blocker in 6 verdicts (--region us-east-1 --region us-west-2); dynamodb, efs and s3 were
    ");
}

#[test]
fn a_waiver_makes_nothing_recoverable() {
    let broken = Estate::sound().with(|it| it.set("orders", "/backup", json!({"enabled": false, "retention_days": 0})));
    let waivers = "- {policy: backup-disabled, match: {all: true}, reason: known, owner: shop, expires: 2026-12-31}\n";
    let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("waivers.yaml", waivers).file("e.ndjson", broken.text());
    assert_snapshot!(tool.run("check e.ndjson --quiet"), @"
    $ seaworthy check e.ndjson --quiet
    NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 resource, 1 of them waived
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}
