//! One fault at a time: the blocker that tells it, the step that it stops, and the headline. And the same thing where nobody
//! could see it: then the answer is not GO.

use std::fmt::Write as _;

use seaworthy::result::Decision;
use serde_json::{Value, json};

use super::{estate, fixture, pipeline, pipeline_of, ready, told};

const HERE: &str = "us-east-1";
const THERE: &str = "us-west-2";

/// What is broken.
enum Fault {
    /// It is not there: kind, region and the end of its name.
    Gone(&'static str, &'static str, &'static str),
    /// A fact of it, by pointer, is another one.
    Is(&'static str, &'static str, &'static str, &'static str, Value),
    /// Several faults that come together.
    All(Vec<Self>),
    /// Something is there that was not.
    New(Value),
}
use Fault::{All, Gone, Is, New};

fn is_it(resource: &Value, kind: &str, region: &str, name: &str) -> bool {
    let region_is = resource["place"]["region"].as_str().unwrap_or_default();
    resource["kind"].as_str().unwrap().ends_with(kind)
        && region_is == region
        && resource["name"].as_str().unwrap().ends_with(name)
}

impl Fault {
    fn make(&self, estate: &mut Vec<Value>) {
        match self {
            Gone(kind, region, name) => {
                let before = estate.len();
                estate.retain(|line| line.get("kind").is_none() || !is_it(line, kind, region, name));
                assert!(estate.len() < before, "{kind} {region} {name}");
            }
            Is(kind, region, name, pointer, value) => {
                let mut found = 0;
                for line in estate.iter_mut().skip(1).filter(|line| is_it(line, kind, region, name)) {
                    *line.pointer_mut(pointer).unwrap_or_else(|| panic!("{kind} {name} {pointer}")) = value.clone();
                    found += 1;
                }
                assert!(found > 0, "{kind} {region} {name}");
            }
            All(faults) => faults.iter().for_each(|fault| fault.make(estate)),
            New(resource) => estate.push(resource.clone()),
        }
    }

    /// The same, where nobody could see it.
    fn hide(&self, estate: &mut Vec<Value>) {
        match self {
            Gone(kind, region, name) => {
                let it = estate.iter().skip(1).find(|line| is_it(line, kind, region, name)).unwrap();
                let service = it["kind"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
                self.make(estate);
                let rows = estate[0]["coverage"].as_array_mut().unwrap();
                for row in rows.iter_mut().filter(|row| row["region"] == *region && row["service"] == service.as_str())
                {
                    row["status"] = "denied".into();
                    row["reason"] = "not authorized".into();
                }
            }
            Is(kind, region, name, pointer, _) => {
                // A list is known as a whole, or not.
                let is_list = |above: &(&str, &str)| above.1.parse::<usize>().is_ok();
                let pointer = pointer.rsplit_once('/').filter(is_list).map_or(*pointer, |(list, _)| list);
                let path = pointer.trim_start_matches('/').replace('/', ".");
                for line in estate.iter_mut().skip(1).filter(|line| is_it(line, kind, region, name)) {
                    let (above, fact) = pointer.rsplit_once('/').unwrap();
                    let holder = line.pointer_mut(above).unwrap();
                    if let Some(holder) = holder.as_object_mut() {
                        holder.remove(fact);
                    }
                    line["unknown"][&path] = "not authorized".into();
                }
            }
            All(faults) => faults.iter().for_each(|fault| fault.hide(estate)),
            New(_) => {}
        }
    }
}

fn faults() -> Vec<(&'static str, &'static str, Fault)> {
    let failed = |state: &str| json!({"state": state, "healthy": false, "created_at": "2026-01-05T08:00:00Z"});
    let db = "rds.instance";
    let quota = json!({
        "id": "arn:aws:servicequotas:us-west-2:111122223333:rds/L-7B6409FD", "kind": "aws.servicequotas.quota",
        "name": "rds/L-7B6409FD", "place": {"account": "111122223333", "region": THERE}, "tags": null,
        "quota": {"service": "rds", "code": "L-7B6409FD", "counts": "DB instances", "value": 0, "adjustable": true,
            "is_default": true}, "origin": {"source": "aws"},
    });
    vec![
        ("warm-standby", "the key there is gone", Gone("kms.key", THERE, "")),
        (
            "warm-standby",
            "the key there is pending deletion",
            Is("kms.key", THERE, "", "/status", failed("pendingdeletion")),
        ),
        ("warm-standby", "the key there is disabled", Is("kms.key", THERE, "", "/status", failed("disabled"))),
        ("warm-standby", "the key here is disabled", Is("kms.key", HERE, "", "/status", failed("disabled"))),
        (
            "warm-standby",
            "the replica is gone",
            All(vec![Gone(db, THERE, "shop-replica"), Is(db, HERE, "shop", "/replication/replicas", json!([]))]),
        ),
        (
            "warm-standby",
            "the replica does not follow",
            Is(db, THERE, "shop-replica", "/replication/healthy", json!(false)),
        ),
        ("warm-standby", "the replica is broken", Is(db, THERE, "shop-replica", "/status", failed("storage-full"))),
        (
            "warm-standby",
            "the replica is ten minutes behind",
            Is("cloudwatch.metric", THERE, "", "/measurement/value", json!(600.0)),
        ),
        (
            "warm-standby",
            "the replica has stopped",
            Is("cloudwatch.metric", THERE, "", "/measurement/newest", json!(-1.0)),
        ),
        (
            "warm-standby",
            "the replica keeps no backups",
            Is(
                db,
                THERE,
                "shop-replica",
                "/backup",
                json!({"enabled": false, "retention_days": 0, "point_in_time": false, "interval_minutes": null}),
            ),
        ),
        (
            "warm-standby",
            "the replica has another version",
            Is(db, THERE, "shop-replica", "/database/engine_version", json!("15.2")),
        ),
        (
            "warm-standby",
            "the replica is in one zone",
            Is(db, THERE, "shop-replica", "/redundancy/multi_zone", json!(false)),
        ),
        (
            "warm-standby",
            "backups are off",
            Is(
                db,
                HERE,
                "shop",
                "/backup",
                json!({"enabled": false, "retention_days": 0, "point_in_time": false, "interval_minutes": null}),
            ),
        ),
        ("warm-standby", "backups are kept for a week", Is(db, HERE, "shop", "/backup/retention_days", json!(7))),
        (
            "warm-standby",
            "the database can be deleted",
            Is(db, HERE, "shop", "/protection/deletion_protection", json!(false)),
        ),
        (
            "warm-standby",
            "the service keeps the password",
            Is(db, HERE, "shop", "/database/managed_secret", json!(true)),
        ),
        (
            "warm-standby",
            "the secret is here only",
            All(vec![
                Gone("secret", THERE, ""),
                Is("secret", HERE, "", "/secret/replicas", json!([])),
                Is("secret", HERE, "", "/replication/regions", json!([])),
            ]),
        ),
        (
            "warm-standby",
            "the secret's replica has failed",
            Is("secret", HERE, "", "/secret/replicas/0/status", json!("failed")),
        ),
        ("warm-standby", "the service there is gone", Gone("ecs.service", THERE, "")),
        ("warm-standby", "the service there does not run", Is("ecs.service", THERE, "", "/capacity/desired", json!(0))),
        ("warm-standby", "the service there is inactive", Is("ecs.service", THERE, "", "/status", failed("inactive"))),
        (
            "warm-standby",
            "the service there is in one zone",
            Is(
                "ecs.service",
                THERE,
                "",
                "/redundancy",
                json!({"zones": ["us-west-2a"], "multi_zone": false, "instances": 2}),
            ),
        ),
        (
            "warm-standby",
            "the endpoint is hard-wired",
            Is(
                "task-definition",
                THERE,
                "",
                "/workload/mentions/0",
                json!({"at": "container api, environment DATABASE_HOST", "what": "endpoint",
                "value": "shop.abcdefghij.us-east-1.rds.amazonaws.com", "region": HERE}),
            ),
        ),
        (
            "warm-standby",
            "the secret is read across regions",
            Is(
                "task-definition",
                THERE,
                "",
                "/workload/mentions/1",
                json!({"at": "container api, secret DATABASE_PASSWORD", "what": "arn",
                "value": "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/database-AbCdEf", "region": HERE}),
            ),
        ),
        ("warm-standby", "the image is not there", Is("ecr.repository", THERE, "", "/repository/images", json!([]))),
        ("warm-standby", "the repository there is gone", Gone("ecr.repository", THERE, "")),
        ("warm-standby", "the log group there is gone", Gone("logs.group", THERE, "")),
        ("warm-standby", "the cluster there is gone", Gone("ecs.cluster", THERE, "")),
        (
            "warm-standby",
            "the role is pinned to the region that is lost",
            Is(
                "iam.role",
                "",
                "shop-api",
                "/role/pins",
                json!([{"region": HERE, "at": "policy 'data', statement 1", "how": "condition", "allow": true, "value": HERE,
                "excludes": false, "services": ["secretsmanager"]}]),
            ),
        ),
        ("warm-standby", "the role is gone", Gone("iam.role", "", "shop-api")),
        (
            "warm-standby",
            "the load balancer there is gone",
            All(vec![Gone("load-balancer", THERE, ""), Gone("elbv2.listener", THERE, "")]),
        ),
        ("warm-standby", "the listener there is gone", Gone("elbv2.listener", THERE, "")),
        (
            "warm-standby",
            "no target there is healthy",
            Is("target-group", THERE, "", "/traffic/healthy_targets", json!(0)),
        ),
        (
            "warm-standby",
            "the load balancer there is in one zone",
            Is("load-balancer", THERE, "", "/redundancy", json!({"zones": ["us-west-2a"], "multi_zone": false})),
        ),
        ("warm-standby", "the certificate there is gone", Gone("acm.certificate", THERE, "")),
        (
            "warm-standby",
            "the certificate there is for another name",
            Is("acm.certificate", THERE, "", "/certificate/names", json!(["www.example.com"])),
        ),
        (
            "warm-standby",
            "the certificate there has expired",
            Is("acm.certificate", THERE, "", "/certificate/not_after", json!("2026-11-01T00:00:00Z")),
        ),
        (
            "warm-standby",
            "the network there is gone",
            All(vec![Gone("ec2.vpc", THERE, ""), Gone("ec2.subnet", THERE, "")]),
        ),
        (
            "warm-standby",
            "the database's group there does not let the service in",
            Is("security-group", THERE, "shop-db", "/firewall/ingress", json!([])),
        ),
        (
            "warm-standby",
            "the service's group there lets nothing out",
            Is("security-group", THERE, "shop-api", "/firewall/egress", json!([])),
        ),
        (
            "warm-standby",
            "the network ACL there shuts all out",
            Is("network-acl", THERE, "", "/firewall/ingress", json!([])),
        ),
        (
            "warm-standby",
            "there is no way out of a subnet there",
            Is(
                "route-table",
                THERE,
                "rtb-2a",
                "/routing/routes",
                json!([{"destination": "10.2.0.0/16", "via": "local", "target": "local", "active": true}]),
            ),
        ),
        ("warm-standby", "the gateway there is gone", Gone("internet-gateway", THERE, "")),
        (
            "warm-standby",
            "the ranges of both networks overlap",
            Is("ec2.vpc", THERE, "", "/network/cidrs", json!(["10.1.0.0/16"])),
        ),
        (
            "warm-standby",
            "the subnets there are full",
            Is("ec2.subnet", THERE, "", "/network/free_addresses", json!(0)),
        ),
        ("warm-standby", "the subnet group there is gone", Gone("rds.subnet-group", THERE, "")),
        ("warm-standby", "no record leads there", Gone("route53.record", "", "(secondary)")),
        (
            "warm-standby",
            "the health check is off",
            Is("route53.health-check", "", "primary", "/health_check/enabled", json!(false)),
        ),
        (
            "warm-standby",
            "the primary has no health check",
            Is("route53.record", "", "(primary)", "/dns/health_check", json!(null)),
        ),
        (
            "warm-standby",
            "the alias does not look at its target",
            Is("route53.record", "", "(primary)", "/dns/evaluates_target_health", json!(false)),
        ),
        (
            "warm-standby",
            "the recovery region is not enabled",
            Is(
                "account.region",
                THERE,
                "",
                "/status",
                json!({"state": "disabled", "healthy": false, "created_at": null}),
            ),
        ),
        ("warm-standby", "a quota there is too low", New(quota)),
        ("backup-restore", "no recovery point is there", Gone("recovery-point", THERE, "")),
        (
            "backup-restore",
            "the points there are infected",
            Is("recovery-point", THERE, "", "/recovery_point/infected", json!(true)),
        ),
        (
            "backup-restore",
            "the points there cannot be used",
            Is("recovery-point", THERE, "", "/status", failed("partial")),
        ),
        (
            "backup-restore",
            "the points there are a week old",
            Is("recovery-point", THERE, "", "/recovery_point/taken_at", json!("2026-11-15T10:20:00Z")),
        ),
        ("backup-restore", "the vault there is gone", Gone("backup.vault", THERE, "")),
        ("backup-restore", "the key there is gone", Gone("kms.key", THERE, "")),
        ("backup-restore", "nobody may use the key there", Is("kms.key", THERE, "", "/access/statements", json!([]))),
        ("backup-restore", "the plan copies nothing", Is("backup.plan", HERE, "", "/plan/rules/0/copies", json!([]))),
        (
            "backup-restore",
            "the plan copies each day",
            Is("backup.plan", HERE, "", "/plan/rules/0/schedule", json!("cron(0 5 * * ? *)")),
        ),
        (
            "backup-restore",
            "the plan selects something else",
            Is("backup.plan", HERE, "", "/plan/selections/0/tags", json!(["app=other"])),
        ),
        ("backup-restore", "the role of the plan is gone", Gone("iam.role", "", "backup")),
        ("backup-restore", "the newest restore failed", Is("restore-job", THERE, "", "/job/state", json!("failed"))),
        ("backup-restore", "a restore takes two days", Is("restore-job", THERE, "", "/job/seconds", json!(172_800))),
        ("backup-restore", "nothing was ever restored", Gone("restore-job", THERE, "")),
        (
            "backup-restore",
            "the type is not to be had there",
            Is("instance-type", THERE, "", "/machine_types/offered", json!([])),
        ),
        ("backup-restore", "the subnet group there is gone", Gone("rds.subnet-group", THERE, "")),
        ("backup-restore", "the service there is gone", Gone("ecs.service", THERE, "")),
        ("pilot-light", "the service there is gone", Gone("ecs.service", THERE, "")),
        (
            "pilot-light",
            "the replica is gone",
            All(vec![Gone(db, THERE, "shop-replica"), Is(db, HERE, "shop", "/replication/replicas", json!([]))]),
        ),
        ("active-active", "the table is here only", Is("dynamodb.table", HERE, "", "/replication/regions", json!([]))),
        (
            "active-active",
            "the table's copy does not take writes",
            Is("dynamodb.table", HERE, "", "/replication/broken_regions", json!([THERE])),
        ),
        (
            "active-active",
            "the table cannot be restored to a point in time",
            Is("dynamodb.table", HERE, "", "/backup/point_in_time", json!(false)),
        ),
        (
            "active-active",
            "the service there does not run",
            Is("ecs.service", THERE, "", "/capacity/desired", json!(0)),
        ),
        (
            "active-active",
            "half of the service runs there",
            Is("ecs.service", THERE, "", "/capacity/desired", json!(2)),
        ),
    ]
}

#[test]
fn each_fault_is_told_at_its_step_and_is_no_go_or_a_risk_and_unseen_it_is_never_go_where_it_decides() {
    let mut said = String::new();
    let mut wrong = Vec::new();
    for (pattern, name, fault) in faults() {
        let pipeline = pipeline_of(pattern);
        let sound = ready(pipeline, &estate(pattern));
        let (mut broken, mut hidden) = (estate(pattern), estate(pattern));
        fault.make(&mut broken);
        fault.hide(&mut hidden);
        let (broken, hidden) = (ready(pipeline, &broken), ready(pipeline, &hidden));
        let stopped = broken.steps.iter().filter(|step| !step.behind.is_empty()).count();
        writeln!(said, "{pattern}, {name}: {}, {stopped} behind", broken.decision.word()).unwrap();
        for text in told(&broken, &broken.blockers) {
            writeln!(said, "    blocker {text}").unwrap();
        }
        let known = told(&sound, &sound.risks);
        for text in told(&broken, &broken.risks).iter().filter(|text| !known.contains(text)) {
            writeln!(said, "    risk {text}").unwrap();
        }
        if !matches!(fault, New(_)) {
            writeln!(said, "    unseen: {}", hidden.sentence).unwrap();
            if broken.decision == Decision::NoGo && hidden.decision == Decision::Go {
                wrong.push(format!("{pattern}, {name}"));
            }
        }
    }
    insta::assert_snapshot!("ready-faults", said);
    // How long a restore takes is never promised: the answer names the steps of which nothing tells.
    assert_eq!(wrong, ["backup-restore, a restore takes two days"]);
}

/// Objectives that the configuration of the estate cannot meet, though each of its resources is in order.
#[test]
fn an_objective_that_cannot_be_met_is_a_blocker_of_the_application() {
    let asked = [
        ("warm-standby", "rto: 1h", "rto: 1m"),
        ("warm-standby", "rpo: 5m", "rpo: 0m"),
        ("backup-restore", "rpo: 4h", "rpo: 30m"),
        ("backup-restore", "rto: 24h", "rto: 30m"),
        ("pilot-light", "pattern: pilot-light", "pattern: active-active"),
        ("warm-standby", "pattern: warm-standby", "pattern: backup-restore"),
    ];
    let said = asked.map(|(pattern, was, now)| {
        let configuration = fixture(&format!("{pattern}.yaml"));
        assert!(configuration.contains(was));
        let ready = ready(&pipeline(&configuration.replace(was, now)), &estate(pattern));
        let own = ready.blockers.iter().chain(&ready.risks).map(|one| format!("    {}: {}\n", one.id, one.message));
        format!("{pattern}, {now}: {}\n{}", ready.sentence, own.collect::<String>())
    });
    insta::assert_snapshot!("ready-objectives", said.concat());
}
