//! An estate in which all that the plan names is there and in order.

use super::*;

fn key(region: &str) -> String {
    arn("kms", region, "key/k")
}

fn instance(region: &str, name: &str, engine: &str, replication: &Value, cluster: Option<String>) -> Value {
    let facts = json!({"replication": replication, "backup": {"enabled": true, "retention_days": 7},
        "encryption": {"enabled": true, "key": key(region)}, "capacity": {"types": ["db.r6g.large"]}, "redundancy": {"multi_zone": true},
        "database": {"engine": engine, "engine_version": "19.1", "cluster": cluster, "topology": null, "parameter_group": "tuned",
            "option_group": format!("only-{name}"), "managed_secret": false}});
    resource("aws.rds.instance", &arn("rds", region, &format!("db:{name}")), Some(region), &facts)
}

fn pair(name: &str, engine: &str) -> [Value; 2] {
    let (own, other) = (arn("rds", EAST, &format!("db:{name}")), arn("rds", WEST, &format!("db:{name}-west")));
    let replica = json!({"role": "replica", "source": own, "cross_region": true, "replicas": [], "global": null, "status": "replicating",
        "healthy": true});
    [
        instance(
            EAST,
            name,
            engine,
            &json!({"role": "primary", "replicas": [other], "source": null, "global": null}),
            None,
        ),
        instance(WEST, &format!("{name}-west"), engine, &replica, None),
    ]
}

fn cluster(kind: &str, region: &str, name: &str, global: &str, role: &str) -> Value {
    let facts = json!({"replication": {"role": role, "replicas": [], "global": arn("rds", "", &format!("global-cluster:{global}"))},
        "encryption": {"enabled": true, "key": key(region)}, "redundancy": {"instances": 1}, "capacity": {"types": ["db.r6g.large"]},
        "backup": {"enabled": true, "retention_days": 7},
        "database": {"engine": "x", "engine_version": "16.4", "cluster": null, "topology": "aurora"}});
    resource(kind, &arn("rds", region, &format!("cluster:{name}")), Some(region), &facts)
}

fn global(kind: &str, name: &str) -> [Value; 3] {
    let (own, other) =
        (arn("rds", EAST, &format!("cluster:{name}")), arn("rds", WEST, &format!("cluster:{name}-west")));
    let facts = json!({"global": {"members": [{"id": own, "region": EAST, "writer": true, "status": "connected"},
        {"id": other, "region": WEST, "writer": false, "status": "connected"}]}});
    [
        cluster(kind, EAST, name, name, "primary"),
        cluster(kind, WEST, &format!("{name}-west"), name, "replica"),
        resource("aws.rds.global-cluster", &arn("rds", "", &format!("global-cluster:{name}")), None, &facts),
    ]
}

fn scaled(kind: &str, id: &str, region: &str, desired: u32, max: u32) -> Value {
    resource(kind, id, Some(region), &json!({"capacity": {"min": 0, "desired": desired, "max": max, "suspended": []}}))
}

fn service(region: &str, desired: u32) -> Value {
    let mut service = scaled("aws.ecs.service", &arn("ecs", region, "service/shop/api"), region, desired, 4);
    service["links"] = json!([{"rel": "runs-on", "to": arn("ecs", region, "cluster/shop")}]);
    service
}

fn record(id: &str, region: &str) -> Value {
    let facts = json!({"dns": {"name": "shop.example.com", "zone": "Z1", "record_type": "A", "policy": "latency", "failover": null, "set_id": id,
        "weight": null, "latency_region": region, "ttl_seconds": null, "alias": true,
        "targets": [format!("shop-1.{region}.elb.amazonaws.com")], "evaluates_target_health": true, "health_check": id},
        "links": [{"rel": "member-of", "to": "Z1"}, {"rel": "gated-by", "to": id}]});
    resource("aws.route53.record", &format!("Z1/shop.example.com/A/{id}"), None, &facts)
}

/// What Region switch found in a plan, and what it runs.
pub(super) fn switch_plan(id: &str, facts: &Value) -> Value {
    let mut all = json!({"version": "3", "regions": [EAST, WEST], "primary_region": EAST, "approach": "activepassive", "rto_minutes": 60,
        "execution_role": role("switch"), "children": [], "evaluation": "passed", "evaluated_at": "2026-11-22T05:50:00Z",
        "evaluated_version": "3", "warnings": []});
    all.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    resource("aws.arcregionswitch.plan", id, None, &json!({"switch_plan": all}))
}

pub(super) fn estate() -> Vec<Value> {
    let trusted = |service: &str| {
        json!({"role": {"service_linked": false, "trusted_services": [service], "trusted_issuers": [], "pins": [],
        "instance_profiles": [], "policies_complete": true}})
    };
    let mut all = vec![
        resource("aws.iam.role", &role("switch"), None, &trusted("arc-region-switch.amazonaws.com")),
        resource("aws.iam.role", &role("approver"), None, &trusted("sso.amazonaws.com")),
        resource("aws.s3.bucket", "arn:aws:s3:::reports", Some(WEST), &json!({})),
        resource("aws.route53.zone", "Z1", None, &json!({})),
        record("east", EAST),
        record("west", WEST),
        switch_plan(&PLAN.replace("abc123", "def456"), &json!({})),
    ];
    for region in [EAST, WEST] {
        let (east, function) = (region == EAST, arn("lambda", region, "function:warm"));
        all.extend([
            resource("aws.kms.key", &key(region), Some(region), &json!({"key": {"aliases": []}})),
            scaled(
                "aws.autoscaling.group",
                &group(region),
                region,
                if east { 6 } else { 0 },
                if east { 12 } else { 3 },
            ),
            resource("aws.ecs.cluster", &arn("ecs", region, "cluster/shop"), Some(region), &json!({})),
            service(region, if east { 4 } else { 1 }),
            resource("aws.lambda.function", &function, Some(region), &json!({"capacity": {"min": 0, "max": null}})),
            resource(
                "aws.lambda.event-source-mapping",
                &mapping(region),
                Some(region),
                &json!({"status": {"state": if east { "enabled" } else { "disabled" }, "healthy": east}, "links": [
                    {"rel": "member-of", "to": function}, {"rel": "consumes", "to": arn("sqs", region, "orders")}]}),
            ),
            resource(
                "aws.route53recoverycontrolconfig.routing-control",
                &control(if east { "east" } else { "west" }),
                None,
                &json!({}),
            ),
        ]);
    }
    all.extend(pair("orders", "postgres"));
    all.extend(pair("books", "oracle-ee"));
    all.extend(global("aws.rds.cluster", "all"));
    all.extend(global("aws.docdb.cluster", "docs"));
    all.extend(global("aws.neptune.cluster", "graph"));
    all
}

/// Position of what has that id.
pub(super) fn at(resources: &[Value], id: &str) -> usize {
    resources.iter().position(|it| it["id"] == id).unwrap()
}
