//! No answer without evidence: an estate that can be recovered, and everything that may be missing from what was seen
//! of it. Whatever is missing, the answer is not that it can be recovered.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ACCOUNT: &str = "111122223333";
const REGIONS: [&str; 2] = ["us-east-1", "us-west-2"];
const SERVICES: [&str; 17] = [
    "acm",
    "apigateway",
    "autoscaling",
    "backup",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "elbv2",
    "kms",
    "lambda",
    "logs",
    "rds",
    "secretsmanager",
    "servicequotas",
    "ssm",
];

/// What is read once an account.
const GLOBAL: [&str; 7] =
    ["account", "cloudfront", "globalaccelerator", "iam", "organizations", "route53", "route53recoverycontrolconfig"];

const CONFIG: &str = "
recovery: [{from: us-east-1, to: us-west-2}]
estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}
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
            "managed_secret": false, "parameter_group": "tuned", "option_group": null},
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

/// A group of instances in two zones.
fn group(region: &str, name: &str, desired: u32) -> Value {
    json!({
        "id": format!("arn:aws:autoscaling:{region}:{ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/{name}"),
        "kind": "aws.autoscaling.group", "name": name, "place": place(region), "tags": {"app": "shop"},
        "status": {"state": null, "healthy": true},
        "redundancy": {"zones": ["a", "b"], "multi_zone": true},
        "capacity": {"min": desired, "desired": desired, "max": 4, "types": ["m7g.large"], "suspended": []},
        "workload": {
            "architectures": null, "code_hash": null, "definition": null, "family": null, "images": null,
            "last_update": null, "launch_types": null, "logs": null, "memory_mib": null, "revision": null,
            "snap_start": null, "mentions": [], "instance_profiles": [],
            "launch_images": [{"at": "launch template web, version 1", "reference": "ami-1", "name": "web",
                "account": ACCOUNT, "available": true}],
        },
        "network": {"subnets": [], "security_groups": null},
    })
}

/// The types of machines that a region offers.
fn types(region: &str) -> Value {
    json!({
        "id": format!("arn:aws:ec2:{region}:{ACCOUNT}:instance-types"), "kind": "aws.ec2.instance-types", "name": region,
        "place": place(region), "tags": null,
        "machine_types": {"offered": [{"zones": ["a", "b"], "types": ["m7g.large"]}]},
    })
}

/// A cache in two zones, with or without snapshots.
fn cache(region: &str, name: &str, snapshots: bool) -> Value {
    json!({
        "id": format!("arn:aws:elasticache:{region}:{ACCOUNT}:replicationgroup:{name}"),
        "kind": "aws.elasticache.replication-group", "name": name, "place": place(region), "tags": {"app": "shop"},
        "status": {"state": "available", "healthy": true},
        "backup": {"enabled": snapshots, "retention_days": if snapshots { 7 } else { 0 }, "point_in_time": false},
        "replication": {"role": "none", "source": null, "cross_region": null, "replicas": [], "regions": null,
            "global": null, "status": null, "healthy": null},
        "redundancy": {"zones": ["a", "b"], "instances": 2, "multi_zone": true, "automatic_failover": true},
        "encryption": {"enabled": false, "key": null}, "capacity": {"types": ["cache.r7g.large"]},
        "database": {"engine": "valkey", "engine_version": "8.0", "cluster": null},
    })
}

/// The role of the application, which may use queues in these regions.
fn role(regions: &[&str]) -> Value {
    let pin = |region: &&str| {
        json!({"region": region, "at": "inline policy 'queues', statement 1", "how": "resource", "allow": true,
            "value": format!("arn:aws:sqs:{region}:{ACCOUNT}:orders"), "excludes": false, "services": ["sqs"]})
    };
    json!({
        "id": format!("arn:aws:iam::{ACCOUNT}:role/shop"), "kind": "aws.iam.role", "name": "shop",
        "place": {"account": ACCOUNT, "region": null}, "tags": {"app": "shop"},
        "role": {"service_linked": false, "trusted_services": ["ec2.amazonaws.com"], "trusted_issuers": [],
            "pins": regions.iter().map(pin).collect::<Vec<_>>(), "instance_profiles": [],
            "policies_complete": true},
    })
}

impl Estate {
    /// A database with a replica and a key for each, and a group with one that can be started, all of it seen.
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
                group("us-east-1", "web", 2),
                group("us-west-2", "web", 0),
                types("us-east-1"),
                types("us-west-2"),
            ],
            coverage: services.chain(GLOBAL.iter().map(|service| row(ACCOUNT, "", service, "complete"))).collect(),
            collected_at: "2026-11-22T11:00:00Z".to_owned(),
        }
    }

    /// The same, with everything there that an active-active estate needs in both regions.
    fn paired() -> Self {
        Self::sound().with(|it| {
            it.set("orders-far", "/backup", json!({"enabled": true, "retention_days": 14, "point_in_time": true}));
            it.resources.retain(|resource| resource["name"] != "web");
            it.resources.extend(REGIONS.map(|region| group(region, &format!("web-{region}"), 2)));
            it.resources.extend(REGIONS.map(|region| cache(region, "cart", false)));
            it.resources.push(role(&REGIONS));
        })
    }

    fn drop(&mut self, region: &str, name: &str) {
        self.resources.retain(|resource| resource["name"] != name || resource["place"]["region"] != region);
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
    answers_under(CONFIG, estates, arguments)
}

fn answers_under(config: &str, estates: &[(&str, Estate)], arguments: &str) -> String {
    let answer = |(name, estate): &(&str, Estate)| {
        let tool = Tool::new().file("seaworthy.yaml", config).file("estate.ndjson", estate.text());
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
        ("no row of the backups there", without("us-west-2", "backup")),
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
        (
            "collected in the future",
            sound.with(|it| {
                it.collected_at = "2027-11-22T11:00:00Z".to_owned();
                it.coverage.iter_mut().for_each(|row| row["at"] = "2027-11-22T11:00:00Z".into());
            }),
        ),
    ];
    assert_snapshot!(answers(&estates, ""), @r"
    everything was seen: RECOVERABLE in us-west-2: no blocker in 14 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    keys there denied: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    databases here failed: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    caches here skipped: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    roles skipped: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    snapshots there in part: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the databases here: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the caches here: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the backups there: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no row of the recovery region: CANNOT TELL in us-west-2: no blocker was found, but 4 services in places were not seen completely
    no row at all: CANNOT TELL in us-west-2: no blocker was found, but 8 services in places were not seen completely
    another account denied: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    no resource: CANNOT TELL: no resource was found to which a blocker policy applies
    collected a year ago: CANNOT TELL in us-west-2: no blocker was found, but what was seen is 365 days old
    one region a year ago: CANNOT TELL in us-west-2: no blocker was found, but what was seen is 365 days old
    collected in the future: CANNOT TELL in us-west-2: no blocker was found, but what was seen is dated later than now
    ");
}

/// What each pattern promises has to be there; what it does not promise has to be answered for, or is not told.
#[test]
fn what_was_left_aside_shows_nothing_of_the_rest() {
    let sound = Estate::sound();
    let nothing_stated =
        CONFIG.replace("estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}\n", "");
    let skipped = |account: &str, region: &str| sound.with(|it| it.coverage.push(row(account, region, "*", "skipped")));
    let estates = [
        ("an account of the organization is suspended", skipped("444455556666", "")),
        ("a region is not enabled", skipped(ACCOUNT, "eu-west-3")),
    ];
    assert_snapshot!(answers_under(&nothing_stated, &estates, ""), @"
    an account of the organization is suspended: CANNOT TELL in us-west-2: no blocker was found, but dsql, dynamodb, efs, fsx, redshift, redshiftserverless and s3 were
    a region is not enabled: CANNOT TELL in us-west-2: no blocker was found, but dsql, dynamodb, efs, fsx, redshift, redshiftserverless and s3 were
    ");
    let elsewhere = sound.with(|it| {
        it.resources.push(group("eu-west-1", "api", 3));
        it.coverage.extend(SERVICES.map(|service| row(ACCOUNT, "eu-west-1", service, "complete")));
    });
    assert_snapshot!(answers(&[("compute runs in a region without a pair", elsewhere)], ""), @"
    compute runs in a region without a pair: CANNOT TELL in us-west-2: no blocker was found, but not every region has a recovery region configured
    ");
}

#[test]
fn what_code_declares_makes_nothing_recoverable() {
    let sound = Estate::sound();
    let declared = |name: &'static str| {
        sound.with(|it| {
            let resource = it.resources.iter_mut().find(|resource| resource["name"] == name).unwrap();
            resource["origin"] = json!({"source": "terraform-plan"});
            resource.as_object_mut().unwrap().remove("status");
        })
    };
    let estates = ["orders", "orders-far", "us-east-1", "us-west-2", "web"].map(|name| (name, declared(name)));
    assert_snapshot!(answers(&estates, ""), @r"
    orders: CANNOT TELL in us-west-2: no blocker was found, but 5 verdicts rest on what code declares and nobody has seen run
    orders-far: CANNOT TELL in us-west-2: no blocker was found, but 3 verdicts rest on what code declares and nobody has seen run
    us-east-1: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    us-west-2: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    web: CANNOT TELL in us-west-2: no blocker was found, but 4 verdicts rest on what code declares and nobody has seen run
    ");
}

#[test]
fn what_a_pattern_promises_has_to_be_there() {
    let paired = Estate::paired();
    let west = "us-west-2";
    let estates = [
        ("all paired", paired.clone()),
        ("no compute there", paired.with(|it| it.drop(west, "web-us-west-2"))),
        ("compute there runs nothing", paired.with(|it| it.set("web-us-west-2", "/capacity/desired", 0.into()))),
        ("compute there may run nothing", paired.with(|it| it.set("web-us-west-2", "/capacity/max", 0.into()))),
        ("compute there was not read", paired.with(|it| it.forget("web-us-west-2", "capacity.desired", "denied"))),
        (
            "which compute is not told",
            paired.with(|it| {
                it.set("web-us-west-2", "/name", "blue".into());
                it.resources.push(group(west, "green", 2));
            }),
        ),
        ("no cache there", paired.with(|it| it.drop(west, "cart"))),
        (
            "no cache there, snapshots on",
            paired.with(|it| {
                it.drop(west, "cart");
                it.set("cart", "/backup/enabled", true.into());
            }),
        ),
        ("role pinned", paired.with(|it| it.set("shop", "/role/pins", role(&["us-east-1"])["role"]["pins"].clone()))),
        ("role not read", paired.with(|it| it.forget("shop", "role.pins", "iam:GetRolePolicy denied"))),
        (
            "no compute at all",
            paired.with(|it| {
                it.drop("us-east-1", "web-us-east-1");
                it.drop(west, "web-us-west-2");
            }),
        ),
    ];
    let patterns = ["active-active", "warm-standby", "pilot-light", "backup-restore"];
    let all = patterns
        .map(|pattern| format!("{pattern}\n{}", answers_under(&CONFIG.replace("pilot-light", pattern), &estates, "")));
    assert_snapshot!(all.concat(), @r"
    active-active
    all paired: RECOVERABLE in us-west-2: no blocker in 17 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no compute there: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there runs nothing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there may run nothing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there was not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    which compute is not told: CANNOT TELL in us-west-2: 3 questions about blockers cannot be answered
    no cache there: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    no cache there, snapshots on: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role pinned: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    no compute at all: CANNOT TELL in us-west-2: no blocker was found, but no compute was found that could come back
    warm-standby
    all paired: RECOVERABLE in us-west-2: no blocker in 17 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no compute there: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there runs nothing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there may run nothing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there was not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    which compute is not told: CANNOT TELL in us-west-2: 3 questions about blockers cannot be answered
    no cache there: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    no cache there, snapshots on: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role pinned: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    no compute at all: CANNOT TELL in us-west-2: no blocker was found, but no compute was found that could come back
    pilot-light
    all paired: RECOVERABLE in us-west-2: no blocker in 16 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no compute there: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there runs nothing: RECOVERABLE in us-west-2: no blocker in 16 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    compute there may run nothing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    compute there was not read: RECOVERABLE in us-west-2: no blocker in 16 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    which compute is not told: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    no cache there: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no cache there, snapshots on: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    role pinned: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    no compute at all: CANNOT TELL in us-west-2: no blocker was found, but no compute was found that could come back
    backup-restore
    all paired: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no compute there: CANNOT TELL in us-west-2: no blocker was found, but nothing shows how compute comes back: 1 resource without a known
    compute there runs nothing: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    compute there may run nothing: CANNOT TELL in us-west-2: no blocker was found, but nothing shows how compute comes back: 1 resource without a known
    compute there was not read: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    which compute is not told: CANNOT TELL in us-west-2: no blocker was found, but nothing shows how compute comes back: 1 resource without a known
    no cache there: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    no cache there, snapshots on: RECOVERABLE in us-west-2: no blocker in 15 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    role pinned: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    role not read: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    no compute at all: CANNOT TELL in us-west-2: no blocker was found, but no compute was found that could come back
    ");
}

/// The whole verdicts of what the first answer of the field got wrong: compute, cache and role in one region.
#[test]
fn an_estate_in_one_region_is_named_with_its_blockers() {
    let one_region = Estate::paired().with(|it| {
        it.drop("us-west-2", "web-us-west-2");
        it.drop("us-west-2", "cart");
        it.set("shop", "/role/pins", role(&["us-east-1"])["role"]["pins"].clone());
    });
    let tool = Tool::new()
        .file("seaworthy.yaml", CONFIG.replace("pilot-light", "active-active"))
        .file("estate.ndjson", one_region.text());
    assert_snapshot!(tool.run("check estate.ndjson --fail-on critical"), @"
    $ seaworthy check estate.ndjson --fail-on critical
    NOT RECOVERABLE in us-west-2: 3 blockers stand in the way of 1 of 1 application

    critical  cache-missing-in-recovery-region                                       1 resource, blocker
      cart  aws.elasticache.replication-group  111122223333 · us-east-1  in shop
        no cache stands in for it in us-west-2, where one is required
      why   Warm standby and active-active promise that what runs goes on running.
      fix   a cache of the same engine in the recovery region, best as a member of a global datastore
      more  seaworthy explain cache-missing-in-recovery-region

    critical  compute-missing-in-recovery-region                                     1 resource, blocker
      web-us-east-1  aws.autoscaling.group  111122223333 · us-east-1  in shop
        nothing stands in for it in us-west-2, where something that can be started is required
      why   The data is there, and nothing serves it.
      fix   the same group or cluster in the recovery region, from the same code
      more  seaworthy explain compute-missing-in-recovery-region

    critical  role-pinned-to-region                                                  1 resource, blocker
      shop  aws.iam.role  111122223333  in shop
        inline policy 'queues', statement 1 holds it to us-east-1 by resource, us-west-2 is required too
      why   What takes the role on in the recovery region is refused, and that looks like a fault of the application.
      fix   the recovery region beside the source region in conditions and ARNs
      more  seaworthy explain role-pinned-to-region

    medium    cache-data-in-one-region                                                        1 resource
      cart  aws.elasticache.replication-group  111122223333 · us-east-1  in shop
        no usable copy of its data exists outside its region: 0 found, at least 1 is required
      why   A cache that starts in another region starts empty.
      fix   a secondary of a global datastore in the recovery region, or nothing in it that must last
      more  seaworthy explain cache-data-in-one-region

    medium    restore-not-tested                                                              1 resource
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        no successful restore test in the last 400 days, which is as far back as jobs are read, one within 90 days is
          required
      why   A backup that was never restored is a hope.
      fix   a restore testing plan of AWS Backup that selects it
      more  seaworthy explain restore-not-tested

    low       cache-backup-disabled                                                           1 resource
      cart  aws.elasticache.replication-group  111122223333 · us-east-1  in shop
        automatic backups are off, they are required to be on
      why   Whatever is kept only in the cache (sessions, carts, queues, counters) is lost with the cluster.
      fix   snapshot_retention_limit = 7
      more  seaworthy explain cache-backup-disabled

    low       vault-and-data-in-one-account                                                   1 resource
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        all copies of its data are in its own account, one in another account or an air-gapped vault is required
      why   Whoever takes over the account, or deletes by mistake with its administrator's rights, gets at the data and at
            every copy of it.
      fix   a copy action to a vault of another account, or a logically air-gapped vault
      more  seaworthy explain vault-and-data-in-one-account

    unknown   image-missing-in-recovery-region                                      1 resource, critical
      web-us-east-1  aws.autoscaling.group  111122223333 · us-east-1  in shop
        needs where the images that it runs are in the recovery region: ami-1 was not found, and what it was called is not
          known

    unknown   replication-lag-exceeds-objective                                         1 resource, high
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs how far its live copies are behind: cloudwatch in 111122223333 · us-west-2 was not collected

    unknown   restore-slower-than-objective                                             1 resource, high
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs the time that its last restore took: no restore succeeded in the last 400 days, and older jobs are not read

    unknown   drill-overdue                                                           1 resource, medium
      shop  application.drills  us-west-2  in shop
        needs how long ago its newest drill that passed ended: there is no record of drills (drills.ndjson)

    note      the configuration says that the estate is without dsql, dynamodb, efs, fsx, redshift, redshiftserverless and
                s3: nobody looked

    application  resources  blockers  fail  unknown
    shop                 7         3     7        4

    verdicts  32 pass · 7 fail · 4 unknown
    seen      9 resources · 1 account · 2 regions
    score     backup 40 (83% decided) · compute 100 · drills none (0% decided) · encryption 100 · identity 50 ·
              network 100 · protection 100 · redundancy 71 · replication 90 (83% decided)

    NOT RECOVERABLE in us-west-2: 3 blockers stand in the way of 1 of 1 application
    gate failed: 3 critical (--fail-on critical), exit 1
    [exit 1]
    ");
}

/// Turning snapshots of a cache on brings no verdict that was not there.
#[test]
fn snapshots_of_a_cache_make_nothing_worse() {
    let failed = |snapshots: bool, pattern: &str| -> Vec<String> {
        let estate = Estate::paired().with(|it| {
            it.drop("us-west-2", "cart");
            it.drop("us-east-1", "cart");
            it.resources.push(cache("us-east-1", "cart", snapshots));
        });
        let config = CONFIG.replace("pilot-light", pattern);
        let tool = Tool::new().file("seaworthy.yaml", config).file("estate.ndjson", estate.text());
        let said = tool.run("check estate.ndjson --format csv");
        said.lines().filter(|line| line.contains("replicationgroup:cart")).map(str::to_owned).collect()
    };
    for pattern in ["backup-restore", "pilot-light", "warm-standby", "active-active"] {
        let (on, off) = (failed(true, pattern), failed(false, pattern));
        assert!(!off.is_empty(), "{pattern}");
        let added: Vec<_> = on.iter().filter(|line| !off.contains(line)).collect();
        assert_eq!(added, [""; 0], "{pattern}");
    }
}

/// What nobody looked at is answered for by name, or the answer is that it cannot be told.
#[test]
fn what_was_not_looked_at_is_answered_for_by_name() {
    let sound = Estate::sound();
    let table = |it: &mut Estate| {
        it.resources.push(json!({
            "id": format!("arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/carts"), "kind": "aws.dynamodb.table",
            "name": "carts", "place": place("us-east-1"), "tags": {},
        }));
    };
    let said = |statement: &str, estate: &Estate, arguments: &str| {
        let config = CONFIG
            .replace("estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}", statement);
        answers_under(&config, &[(format!("{statement} {arguments}").trim(), estate.clone())], arguments)
    };
    let lines = [
        said("", &sound, ""),
        said("estate: {without: [dynamodb]}", &sound, ""),
        said("estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}", &sound, ""),
        said(
            "estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}",
            &sound.with(table),
            "--app shop",
        ),
        said(
            "estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}",
            &sound,
            "--select replication",
        ),
        said(
            "estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}",
            &sound,
            "--select redundancy",
        ),
        said(
            "estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}",
            &sound,
            "--skip role-pinned-to-region",
        ),
    ];
    assert_snapshot!(lines.concat(), @r"
    : CANNOT TELL in us-west-2: no blocker was found, but dsql, dynamodb, efs, fsx, redshift, redshiftserverless and s3 were
    estate: {without: [dynamodb]}: CANNOT TELL in us-west-2: no blocker was found, but dsql, efs, fsx, redshift, redshiftserverless and s3 were not looked
    estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]}: RECOVERABLE in us-west-2: no blocker in 14 verdicts; stated, not seen: the estate is without dsql, dynamodb, efs, fsx,
    estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]} --app shop: CANNOT TELL in us-west-2: no blocker was found, but dynamodb was not looked at
    estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]} --select replication: CANNOT TELL in us-west-2: no blocker was found, but 27 policies about blockers were left out
    estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]} --select redundancy: CANNOT TELL in us-west-2: no blocker was found, but 26 policies about blockers were left out
    estate: {without: [dsql, dynamodb, efs, fsx, redshift, redshiftserverless, s3]} --skip role-pinned-to-region: CANNOT TELL in us-west-2: no blocker was found, but 1 policy about blockers was left out
    ");
    let tool = Tool::new().file("seaworthy.yaml", CONFIG.replace("efs", "esf")).file("e.ndjson", sound.text());
    assert_snapshot!(tool.run("check e.ndjson"), @"
    $ seaworthy check e.ndjson
    [stderr]
    error: seaworthy.yaml:3: 'esf' is no service that is read (did you mean 'efs'?)
    help: seaworthy schema config describes every key
    [exit 2]
    ");
    let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("e.ndjson", sound.with(table).text());
    assert_snapshot!(tool.run("check e.ndjson --select single-zone-database"), @"
    $ seaworthy check e.ndjson --select single-zone-database
    CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies

    warning   the configuration says that the estate is without dynamodb, but a resource of aws.dynamodb.table was found
    note      the configuration says that the estate is without dsql, efs, fsx, redshift, redshiftserverless and s3: nobody
                looked

    application  resources  blockers  fail  unknown
    shop                 6         0     0        0

    verdicts  1 pass · 0 fail · 0 unknown
    seen      9 resources · 1 account · 2 regions
    score     redundancy 100
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}

#[test]
fn what_is_not_known_is_not_recoverable() {
    let sound = Estate::sound();
    let forgotten = |name: &'static str, path: &'static str| sound.with(|it| it.forget(name, path, "it was denied"));
    // Whether it is healthy would tell that it can be used, whatever its state is called.
    let stateless = |key: &'static str| {
        sound
            .with(|it| ["status.state", "status.healthy"].iter().for_each(|fact| it.forget(key, fact, "it was denied")))
    };
    let estates = [
        ("retention", forgotten("orders", "backup.retention_days")),
        ("role", forgotten("orders", "replication.role")),
        ("key", forgotten("orders", "encryption.key")),
        ("region", sound.with(|it| it.set("orders", "/place", json!({"account": ACCOUNT})))),
        ("account", sound.with(|it| it.set("orders", "/place", json!({"region": "us-east-1"})))),
        ("health of the replica", forgotten("orders-far", "status.healthy")),
        ("replication of the replica", forgotten("orders-far", "replication.healthy")),
        ("state of the key here", stateless("us-east-1")),
        ("state of the key there", stateless("us-west-2")),
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
    assert_snapshot!(answers(&estates, ""), @r"
    retention: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    role: CANNOT TELL in us-west-2: 4 questions about blockers cannot be answered
    key: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    region: CANNOT TELL in us-west-2: 4 questions about blockers cannot be answered
    account: CANNOT TELL in us-west-2: no blocker was found, but 1 service in a place was not seen completely
    health of the replica: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    replication of the replica: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    state of the key here: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    state of the key there: CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    everything: CANNOT TELL: 26 questions about blockers cannot be answered
    everything but the place: CANNOT TELL in us-west-2: 18 questions about blockers cannot be answered
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
    broken --region us-west-2: CANNOT TELL: no blocker was found, but 2 resources were left out by the filters
    broken --account 111122223333: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --account 444455556666: CANNOT TELL: no resource was found to which a blocker policy applies
    broken --app shop: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application
    broken --skip backup-disabled: CANNOT TELL in us-west-2: no blocker was found, but 1 policy about blockers was left out
    broken --select protection: CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies
    untagged --app shop: CANNOT TELL in us-west-2: no blocker was found, but 1 resource is perhaps meant by the filters
    unplaced --region us-east-1: CANNOT TELL in us-west-2: no blocker was found, but 1 resource is perhaps meant by the filters
    sound --app shop: RECOVERABLE in us-west-2: no blocker in 14 verdicts (--app shop); stated, not seen: the estate is without dsql,
    sound --region us-east-1 --region us-west-2: RECOVERABLE in us-west-2: no blocker in 14 verdicts (--region us-east-1 --region us-west-2); stated, not seen: the
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

/// Somebody's word makes a pass of what is unknown, for a while, and no answer about an outage rests on it.
#[test]
fn what_somebody_attests_passes_and_makes_nothing_recoverable() {
    let entry = |policy: &str, expires: &str| {
        format!(
            "- policy: {policy}\n  effect: attest\n  match: {{arn: \"*:db:orders\"}}\n  reason: the drill of 2026-10-12 came back in 40 minutes\n  owner: jane\n  expires: {expires}\n"
        )
    };
    let estate = Estate::sound().with(|it| it.forget("orders", "encryption.key", "rds:DescribeDBInstances denied"));
    let run_on = |estate: &Estate, waivers: &str, arguments: &str| {
        let tool = Tool::new()
            .file("seaworthy.yaml", CONFIG)
            .file("estate.ndjson", estate.text())
            .file("waivers.yaml", waivers);
        tool.run(&format!("check estate.ndjson {arguments}"))
    };
    let run = |waivers: &str, arguments: &str| run_on(&estate, waivers, arguments);
    let slow = entry("restore-slower-than-objective", "2026-12-31");
    let key = entry("key-missing-in-recovery-region", "2026-12-31");
    assert_snapshot!(run("[]", "--quiet --strict"), @"
    $ seaworthy check estate.ndjson --quiet --strict
    CANNOT TELL in us-west-2: 2 questions about blockers cannot be answered
    gate failed: evidence is incomplete: 5 unknown verdicts (--strict), exit 4
    [exit 4]
    ");
    assert_snapshot!(run(&(slow + &key), "--show pass,unknown --select encryption,restore-slower-than-objective"), @r"
    $ seaworthy check estate.ndjson --show pass,unknown --select encryption,restore-slower-than-objective
    CANNOT TELL in us-west-2: 1 question about blockers cannot be answered

    unknown   data-key-not-usable                                                   1 resource, critical
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs its keys and their counterparts: rds:DescribeDBInstances denied

    pass      data-key-not-usable                                                             1 resource
      orders-far  aws.rds.instance  111122223333 · us-west-2  in shop
        not found: data is encrypted with a key that cannot be used

    pass      key-missing-in-recovery-region                                                  1 resource
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs its keys and their counterparts: rds:DescribeDBInstances denied
        attested until 2026-12-31 by jane (waivers.yaml:7): the drill of 2026-10-12 came back in 40 minutes

    pass      key-pending-deletion                                                           2 resources
      us-east-1  aws.kms.key  111122223333 · us-east-1
      us-west-2  aws.kms.key  111122223333 · us-west-2  in shop
        not found: a key is scheduled for deletion

    pass      key-not-usable                                                                 2 resources
      us-east-1  aws.kms.key  111122223333 · us-east-1
      us-west-2  aws.kms.key  111122223333 · us-west-2  in shop
        not found: a key cannot be used

    pass      restore-slower-than-objective                                                   1 resource
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs the time that its last restore took: no restore succeeded in the last 400 days, and older jobs are not read
        attested until 2026-12-31 by jane (waivers.yaml:1): the drill of 2026-10-12 came back in 40 minutes

    note      the configuration says that the estate is without dsql, dynamodb, efs, fsx, redshift, redshiftserverless and
                s3: nobody looked

    application  resources  blockers  fail  unknown
    shop                 5         0     0        1

    verdicts  7 pass · 0 fail · 1 unknown
    attested  2 passes rest on somebody's word: nobody could look
    seen      8 resources · 1 account · 2 regions
    score     backup 100 · encryption 100 (85% decided)

    CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    let usable = entry("data-key-not-usable", "2026-12-31");
    assert_snapshot!(run(&(key + &usable), "--quiet"), @"
    $ seaworthy check estate.ndjson --quiet
    CANNOT TELL in us-west-2: no blocker was found, but 2 verdicts rest on somebody's word
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    // What is over counts no more, and what fails all the same is no pass.
    let over = entry("restore-slower-than-objective", "2026-11-21");
    assert_snapshot!(run(&over, "--show pass,unknown --select restore-slower-than-objective"), @r"
    $ seaworthy check estate.ndjson --show pass,unknown --select restore-slower-than-objective
    CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies

    unknown   restore-slower-than-objective                                             1 resource, high
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        needs the time that its last restore took: no restore succeeded in the last 400 days, and older jobs are not read
        attestation expired on 2026-11-21 by jane (waivers.yaml:1): the drill of 2026-10-12 came back in 40 minutes

    warning   1 waiver is over and does not count: waivers.yaml:1 (2026-11-21)
    note      the configuration says that the estate is without dsql, dynamodb, efs, fsx, redshift, redshiftserverless and
                s3: nobody looked

    application  resources  blockers  fail  unknown
    shop                 5         0     0        1

    verdicts  0 pass · 0 fail · 1 unknown
    seen      8 resources · 1 account · 2 regions
    score     backup none (0% decided)
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
    let fails = entry("deletion-protection-off", "2026-12-31");
    let off = estate.with(|it| it.set("orders", "/protection/deletion_protection", json!(false)));
    assert_snapshot!(run_on(&off, &fails, "--select deletion-protection-off"), @r"
    $ seaworthy check estate.ndjson --select deletion-protection-off
    CANNOT TELL in us-west-2: no resource was found to which a blocker policy applies

    medium    deletion-protection-off                                                         1 resource
      orders  aws.rds.instance  111122223333 · us-east-1  in shop
        deletion protection is off, it is required to be on
      why   One call, one wrong terraform destroy or one stolen key is enough to delete it, often with its automatic
            backups.
      fix   deletion_protection = true
      more  seaworthy explain deletion-protection-off

    warning   1 waiver matches nothing: waivers.yaml:1
    note      the configuration says that the estate is without dsql, dynamodb, efs, fsx, redshift, redshiftserverless and
                s3: nobody looked

    application  resources  blockers  fail  unknown
    shop                 5         0     1        0

    verdicts  1 pass · 1 fail · 0 unknown
    seen      8 resources · 1 account · 2 regions
    score     protection 50
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}
