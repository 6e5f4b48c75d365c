//! Each planted fault yields exactly its finding, and with its evidence taken away nobody can tell.

mod back;
mod faults;
mod framework;
mod making;

use serde_json::{Value, json};

use super::*;
use crate::config::Loaded;
use crate::result::{Decision, Orchestration, Weight};

pub(super) const EAST: &str = "us-east-1";
pub(super) const WEST: &str = "us-west-2";
pub(super) const ACCOUNT: &str = "111122223333";

pub(super) fn arn(service: &str, region: &str, rest: &str) -> String {
    format!("arn:aws:{service}:{region}:{ACCOUNT}:{rest}")
}

fn key(region: &str) -> String {
    arn("kms", region, "key/k")
}

pub(super) fn resource(kind: &str, id: &str, region: Option<&str>, facts: &Value) -> Value {
    let name = id.rsplit([':', '/']).next().unwrap();
    let mut resource = json!({"id": id, "kind": kind, "name": name, "tags": {"app": "shop"}, "place": {"account": ACCOUNT,
        "region": region}, "status": {"state": "available", "healthy": true}});
    resource.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    resource
}

fn instance(region: &str, name: &str, replication: &Value, cluster: Option<String>) -> Value {
    let facts = json!({"replication": replication, "backup": {"enabled": true, "retention_days": 7},
        "encryption": {"enabled": true, "key": key(region)}, "capacity": {"types": ["db.r6g.large"]},
        "redundancy": {"multi_zone": true}, "protection": {"deletion_protection": false},
        "network": {"security_groups": ["sg-1"], "ports": [5432]},
        "database": {"engine": "postgres", "cluster": cluster, "topology": null, "parameter_group": "tuned",
            "subnet_group": "data", "managed_secret": false}});
    resource("aws.rds.instance", &arn("rds", region, &format!("db:{name}")), Some(region), &facts)
}

fn cluster(region: &str, name: &str, role: &str) -> Value {
    let facts = json!({"replication": {"role": role, "replicas": [], "global": arn("rds", "", "global-cluster:all")},
        "encryption": {"enabled": true, "key": key(region)}, "redundancy": {"instances": 1},
        "backup": {"enabled": true, "retention_days": 7}, "protection": {"deletion_protection": false},
        "capacity": {"types": ["db.r6g.large"]}, "network": {"security_groups": ["sg-1"], "ports": [5432]},
        "database": {"engine": "aurora-postgresql", "engine_version": "16.4", "cluster": null, "topology": "aurora",
            "subnet_group": "data"}});
    resource("aws.rds.cluster", &arn("rds", region, &format!("cluster:{name}")), Some(region), &facts)
}

fn group(region: &str, name: &str) -> Value {
    let facts = json!({"replication": {"global": arn("elasticache", "", "globalreplicationgroup:ld-carts")},
        "encryption": {"enabled": true, "key": key(region)}});
    resource(
        "aws.elasticache.replication-group",
        &arn("elasticache", region, &format!("replicationgroup:{name}")),
        Some(region),
        &facts,
    )
}

fn global(kind: &str, id: &str, members: [(&str, String); 2], status: &str) -> Value {
    let [here, far] = members;
    let member = |(region, id): (&str, String), writer: bool| json!({"id": id, "region": region, "writer": writer, "status": status});
    let facts = json!({"global": {"members": [member(here, true), member(far, false)]},
        "protection": {"deletion_protection": false}});
    resource(kind, id, None, &facts)
}

/// An estate in which all is well. Positions are named below.
fn estate() -> Vec<Value> {
    let orders = arn("rds", EAST, "db:orders");
    let alive = json!({"key": {"aliases": []}});
    vec![
        instance(
            EAST,
            "orders",
            &json!({"role": "primary", "replicas": [arn("rds", WEST, "db:orders-west")], "source": null, "global": null}),
            None,
        ),
        instance(
            WEST,
            "orders-west",
            &json!({"role": "replica", "source": orders, "cross_region": true, "replicas": [], "global": null,
            "status": "replicating", "healthy": true, "lag_seconds": 2.0}),
            None,
        ),
        resource("aws.kms.key", &key(EAST), Some(EAST), &alive),
        resource("aws.kms.key", &key(WEST), Some(WEST), &alive),
        cluster(EAST, "all", "primary"),
        cluster(WEST, "all-west", "replica"),
        instance(
            WEST,
            "all-west-1",
            &json!({"role": "none", "replicas": [], "global": null}),
            Some(arn("rds", WEST, "cluster:all-west")),
        ),
        global(
            "aws.rds.global-cluster",
            &arn("rds", "", "global-cluster:all"),
            [(EAST, arn("rds", EAST, "cluster:all")), (WEST, arn("rds", WEST, "cluster:all-west"))],
            "connected",
        ),
        group(EAST, "carts"),
        group(WEST, "carts-west"),
        global(
            "aws.elasticache.global-datastore",
            &arn("elasticache", "", "globalreplicationgroup:ld-carts"),
            [(EAST, "carts".to_owned()), (WEST, "carts-west".to_owned())],
            "associated",
        ),
    ]
}

const REPLICA: usize = 1;
const WEST_KEY: usize = 3;
const WEST_CLUSTER: usize = 5;
const GLOBAL: usize = 7;
const DATASTORE: usize = 10;

pub(super) fn inventory(resources: &[Value]) -> Inventory {
    let at = "2026-11-22T06:00:00Z";
    let row =
        |region: &str| json!({"account": ACCOUNT, "region": region, "service": "*", "status": "complete", "at": at});
    let header = json!({"seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"],
        "resources": resources.len(), "coverage": [row(""), row(EAST), row(WEST)]});
    let lines: String = std::iter::once(&header).chain(resources).map(|line| format!("{line}\n")).collect();
    Inventory::parse(lines.as_bytes()).unwrap()
}

fn config() -> Config {
    let text = format!(
        "recovery: [{{from: {EAST}, to: {WEST}}}]\napplications: {{shop: {{tags: {{app: shop}}, rpo: 15m}}}}\n"
    );
    Loaded::parse("seaworthy.yaml", &text).unwrap().config
}

/// A payload that fails over all of it.
fn payload() -> Value {
    let step = |kind: &str, name: &str, parameters: Value| json!({"resourceType": kind, "resourceName": name, "parameters": parameters});
    json!({"StatePayload": [
        {"layer": 1, "resources": [
            step("PromoteRDSReadReplica", "orders", json!({"RDSInstanceIdentifier": "orders-west"})),
            step("UnPlannedFailoverAurora", "all", json!({"GlobalClusterIdentifier": "all",
                "DBClusterIdentifier": arn("rds", WEST, "cluster:all-west"), "ClusterRegion": WEST})),
        ]},
        {"layer": 2, "resources": [
            step("FailoverElastiCacheCluster", "carts", json!({"GlobalReplicationGroupId": "ld-carts", "TargetRegion": WEST,
                "TargetReplicationGroupId": "carts-west"})),
        ]},
    ]})
}

/// Beside the framework, in both regions.
fn look(payload: &Value, resources: &[Value], asked: &Asked) -> Preflight {
    look_at(payload, &[resources, &framework::functions(EAST, None), &framework::functions(WEST, None)].concat(), asked)
}

fn look_at(payload: &Value, resources: &[Value], asked: &Asked) -> Preflight {
    let inventory = inventory(resources);
    let now = inventory.collected_at;
    check(&payload.to_string(), asked, &config(), Some((inventory, now)))
}

/// `fatal misspelt-type /StatePayload/0/…`, of each finding.
fn said(preflight: &Preflight) -> Vec<String> {
    let of = |it: &crate::result::PayloadFinding| format!("{} {} {}", it.weight.word(), it.id, it.pointer);
    preflight.findings.iter().map(of).collect()
}

fn wanted() -> Wanted {
    Wanted { application: "shop".to_owned(), ..Wanted::default() }
}

fn made(resources: &[Value], wanted: &Wanted) -> Orchestration {
    let inventory = inventory(resources);
    let now = inventory.collected_at;
    make(inventory, &config(), now, wanted).unwrap()
}

/// Old and new as they are after a failover: the replica stands alone, the cluster is out of the global one.
fn after_failover() -> Vec<Value> {
    let mut resources = estate();
    let alone = json!({"role": "none", "source": null, "replicas": [], "global": null});
    for number in [0, REPLICA, WEST_CLUSTER] {
        resources[number]["replication"] = alone.clone();
    }
    resources[GLOBAL]["global"]["members"].as_array_mut().unwrap().pop();
    let inside = json!({"network": {"vpc": "vpc-1"}, "links": []});
    let offered = |engine: &str| {
        let types = json!({"machine_types": {"engine": engine, "engine_version": "16.4", "asked": ["db.r6g.large"],
            "offered": [{"zones": ["us-east-1a"], "types": ["db.r6g.large"]}]}});
        resource(
            "aws.rdsofferings.instance-type",
            &arn("rds", EAST, &format!("instance-type:{engine}")),
            Some(EAST),
            &types,
        )
    };
    resources.extend([
        instance(EAST, "all-1", &alone, Some(arn("rds", EAST, "cluster:all"))),
        resource("aws.rds.subnet-group", &arn("rds", EAST, "subgrp:data"), Some(EAST), &inside),
        resource("aws.ec2.security-group", "sg-1", Some(EAST), &inside),
        resource("aws.iam.role", &format!("arn:aws:iam::{ACCOUNT}:role/rds-monitoring-role"), None, &json!({})),
        resource("aws.rds.cluster-snapshot", &arn("rds", EAST, "cluster-snapshot:kept"), Some(EAST), &json!({"recovery_point":
            {"method": "manual", "taken_at": "2026-11-21T00:00:00Z"}, "links": [{"rel": "backup-of", "to": arn("rds", EAST, "cluster:all")}]})),
        offered("postgres"),
        offered("aurora-postgresql"),
    ]);
    resources
}

fn failback() -> Value {
    let role = format!("arn:aws:iam::{ACCOUNT}:role/rds-monitoring-role");
    json!({"StatePayload": [{"layer": 1, "resources": [
        {"resourceType": "CreateRDSReadReplica", "resourceName": "orders", "parameters": {
            "RDSInstanceIdentifier": "orders", "SourceRDSInstanceIdentifier": "orders-west", "SourceRegion": WEST, "MultiAZ": "True",
            "DBInstanceClass": "db.r6g.large", "DBSubnetGroup": "data", "DBSecurityGroup": "sg-1", "KmsKeyId": key(EAST),
            "MonitoringInterval": "60", "EnableIAMDatabaseAuthentication": "", "CopyTagsToSnapshot": "True",
            "AutoMinorVersionUpgrade": "True", "Port": "5432", "MonitoringRoleArn": role}},
        {"resourceType": "CreateAuroraSecondaryDBCluster", "resourceName": "all", "parameters": {
            "GlobalClusterIdentifier": "all", "DBClusterIdentifier": arn("rds", EAST, "cluster:all"), "DBClusterName": "all",
            "SourceDBClusterIdentifier": arn("rds", WEST, "cluster:all-west"), "DBInstanceIdentifier": "all-1", "Port": "5432",
            "DBInstanceClass": "db.r6g.large", "DBSubnetGroupName": "data", "VpcSecurityGroupIds": "sg-1",
            "Engine": "aurora-postgresql", "EngineVersion": "16.4", "KmsKeyId": key(EAST), "SourceRegion": WEST,
            "ClusterRegion": EAST, "BackupRetentionPeriod": "7", "MonitoringInterval": "60", "StorageEncrypted": "True",
            "EnableIAMDatabaseAuthentication": "", "DeletionProtection": "", "CopyTagsToSnapshot": "True",
            "AutoMinorVersionUpgrade": "True", "MonitoringRoleArn": role}},
    ]}]})
}
