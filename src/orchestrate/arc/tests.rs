//! Each planted fault of a plan or of its estate yields exactly its finding, and with its evidence taken away nobody can tell.

mod estates;
mod evaluation;
mod faults;
mod making;
mod recovery;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::tests::{ACCOUNT, EAST, WEST, arn, inventory, resource};
use super::super::wanted::Wanted;
use super::{check, is_plan, make};
use crate::config::{Config, Loaded};
use crate::result::{Decision, PlanPreflight, Readiness, StepState};

const PLAN: &str = "arn:aws:arc-region-switch::111122223333:plan/shop:abc123";

fn role(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

fn group(region: &str) -> String {
    arn("autoscaling", region, "autoScalingGroup:11111111-1111-1111-1111-111111111111:autoScalingGroupName/web")
}

fn mapping(region: &str) -> String {
    arn("lambda", region, "event-source-mapping:11111111-1111-1111-1111-111111111111")
}

fn control(name: &str) -> String {
    format!("arn:aws:route53-recovery-control::{ACCOUNT}:controlpanel/p/routingcontrol/{name}")
}

/// A step of that name, type and configuration.
fn step(name: &str, kind: &str, member: &str, configuration: Value) -> Value {
    json!({"name": name, "executionBlockType": kind, "executionBlockConfiguration": {member: configuration}})
}

fn clusters(name: &str) -> Value {
    json!([arn("rds", EAST, &format!("cluster:{name}")), arn("rds", WEST, &format!("cluster:{name}-west"))])
}

fn clusters_by_region(name: &str) -> Value {
    json!({EAST: arn("rds", EAST, &format!("cluster:{name}")), WEST: arn("rds", WEST, &format!("cluster:{name}-west"))})
}

/// Steps of nearly all types, one after the other.
fn steps() -> Vec<Value> {
    let database = |name: &str| json!({"dbInstanceArnMap": {EAST: arn("rds", EAST, &format!("db:{name}")), WEST: arn("rds", WEST, &format!("db:{name}-west"))}});
    let global = |name: &str| {
        json!({"behavior": "switchoverOnly", "ungraceful": {"ungraceful": "failover"}, "globalClusterIdentifier": name,
        "databaseClusterArns": clusters(name)})
    };
    let item = |region: &str| json!({"clusterArn": arn("ecs", region, "cluster/shop"), "serviceArn": arn("ecs", region, "service/shop/api")});
    vec![
        step(
            "approve",
            "ManualApproval",
            "executionApprovalConfig",
            json!({"approvalRole": role("approver"), "timeoutMinutes": 10}),
        ),
        step("aurora", "AuroraGlobalDatabase", "globalAuroraConfig", global("all")),
        step(
            "side by side",
            "Parallel",
            "parallelConfig",
            json!({"steps": [
                step("promote", "RdsPromoteReadReplica", "rdsPromoteReadReplicaConfig", database("orders")),
                step("oracle", "RdsSwitchoverReadReplica", "rdsSwitchoverReadReplicaConfig", database("books")),
                step("documents", "DocumentDb", "documentDbConfig", global("docs")),
                step("graph", "NeptuneGlobalDatabase", "neptuneGlobalDatabaseConfig", json!({"behavior": "failover", "globalClusterIdentifier": "graph",
                    "regionDatabaseClusterArns": clusters_by_region("graph")})),
            ]}),
        ),
        step(
            "groups",
            "EC2AutoScaling",
            "ec2AsgCapacityIncreaseConfig",
            json!({"asgs": [{"arn": group(EAST)}, {"arn": group(WEST)}], "targetPercent": 50}),
        ),
        step(
            "services",
            "ECSServiceScaling",
            "ecsCapacityIncreaseConfig",
            json!({"services": [item(EAST), item(WEST)]}),
        ),
        step(
            "events",
            "LambdaEventSourceMapping",
            "lambdaEventSourceMappingConfig",
            json!({"action": "enable",
            "regionEventSourceMappings": {EAST: {"arn": mapping(EAST)}, WEST: {"arn": mapping(WEST)}}}),
        ),
        step(
            "warm",
            "CustomActionLambda",
            "customActionLambdaConfig",
            json!({"regionToRun": "activatingRegion", "retryIntervalMinutes": 1,
            "lambdas": [{"arn": arn("lambda", EAST, "function:warm")}, {"arn": arn("lambda", WEST, "function:warm")}]}),
        ),
        step(
            "others",
            "ARCRegionSwitchPlan",
            "regionSwitchPlanConfig",
            json!({"arn": PLAN.replace("abc123", "def456")}),
        ),
        step(
            "controls",
            "ARCRoutingControl",
            "arcRoutingControlConfig",
            json!({"regionAndRoutingControls": {
            EAST: [{"routingControlArn": control("east"), "state": "On"}], WEST: [{"routingControlArn": control("west"), "state": "On"}]}}),
        ),
        step(
            "names",
            "Route53HealthCheck",
            "route53HealthCheckConfig",
            json!({"hostedZoneId": "Z1", "recordName": "shop.example.com.",
            "recordSets": [{"recordSetIdentifier": "east", "region": EAST}, {"recordSetIdentifier": "west", "region": WEST}]}),
        ),
    ]
}

/// A plan in which all is well, as `create-plan` takes it.
fn plan() -> Value {
    json!({
        "name": "shop", "executionRole": role("switch"), "regions": [EAST, WEST], "recoveryApproach": "activePassive", "primaryRegion": EAST,
        "recoveryTimeObjectiveMinutes": 60,
        "associatedAlarms": {"health": {"alarmType": "applicationHealth", "resourceIdentifier": arn("cloudwatch", WEST, "alarm:health")}},
        "triggers": [{"action": "activate", "targetRegion": WEST, "minDelayMinutesBetweenExecutions": 30,
            "conditions": [{"associatedAlarmName": "health", "condition": "red"}]}],
        "reportConfiguration": {"reportOutput": [{"s3Configuration": {"bucketPath": "reports/shop", "bucketOwner": ACCOUNT}}]},
        "workflows": [
            {"workflowTargetAction": "activate", "workflowTargetRegion": WEST, "steps": steps()},
            {"workflowTargetAction": "activate", "workflowTargetRegion": EAST, "steps": steps()},
            {"workflowTargetAction": "postRecovery", "steps": [step("replicate", "RdsCreateCrossRegionReplica",
                "rdsCreateCrossRegionReadReplicaConfig", json!({"dbInstanceArnMap": {EAST: arn("rds", EAST, "db:orders"),
                    WEST: arn("rds", WEST, "db:orders-west")}}))]},
        ],
    })
}

fn config() -> Config {
    let text = format!(
        "recovery: [{{from: {EAST}, to: {WEST}}}]\napplications: {{shop: {{tags: {{app: shop}}, pattern: warm-standby, rto: 1h}}}}\n"
    );
    Loaded::parse("seaworthy.yaml", &text).unwrap().config
}

/// A recovery in which there is nothing to do.
fn nobody(_: &[String], _: &str) -> Vec<Readiness> {
    vec![recovery::recovery(&[])]
}

fn look(plan: &Value, resources: &[Value]) -> PlanPreflight {
    let inventory = inventory(resources);
    let now = inventory.collected_at;
    check(&plan.to_string(), &config(), Some((inventory, now)), &nobody)
}

/// `fatal too-small /workflows/…`, of each finding.
fn said(preflight: &PlanPreflight) -> BTreeSet<String> {
    preflight.findings.iter().map(|it| format!("{} {} {}", it.weight.word(), it.id, it.pointer)).collect()
}

/// What is said of the one and not of the other.
fn more(one: &PlanPreflight, other: &PlanPreflight) -> Vec<String> {
    said(one).difference(&said(other)).cloned().collect()
}
