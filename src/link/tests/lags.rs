//! How far copies are behind: by what CloudWatch measured at the replica or its source, or by what a service says itself.

use serde_json::{Value, json};

use super::{ACCOUNT, ALL_SEEN, arn, facts, inventory, orders, orders_replica, paired, place};

const NOTHING: &str = "CloudWatch has no value of the last 3 hours";

fn metric(measures: &str, of: &str, to: Value, value: Value, newest: Value) -> Value {
    let region = if of.contains("us-west-2") { "us-west-2" } else { "us-east-1" };
    json!({
        "id": format!("{measures} of {of}, {to}, {value}"), "kind": "aws.cloudwatch.metric", "name": measures,
        "place": place(region), "tags": null,
        "measurement": {"metric": "M", "measures": measures, "of": of, "to": to, "value": value, "newest": newest,
            "at": "2026-01-09T23:40:00Z", "period_minutes": 180},
    })
}

fn lag(measures: &str, of: &str, seconds: f64, newest: f64) -> Value {
    metric(measures, of, Value::Null, json!(seconds), json!(newest))
}

/// Of the replica of the database: seconds, whether it stopped, and why something is not known.
fn of_replica(measured: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("rds", "us-west-2", "db:orders-replica");
    let estate = inventory([vec![orders(&[&id]), orders_replica()], measured].concat(), coverage);
    let found = facts(estate, &paired(), &arn("rds", "us-east-1", "db:orders"), &["lags"]);
    let lag = &found["joined"]["lags"][0];
    assert_eq!(
        json!([lag["id"], lag["region"], lag["in_recovery_place"], lag["usable"]]),
        json!([id, "us-west-2", true, true])
    );
    json!([lag["seconds"], lag["stopped"], lag["period_minutes"], found["unknown"]])
}

#[test]
fn a_replica_is_as_far_behind_as_the_greatest_of_what_was_measured_at_it() {
    let id = arn("rds", "us-west-2", "db:orders-replica");
    let other = arn("rds", "us-west-2", "db:other");
    let measured = vec![lag("lag", &id, 12.5, 2.0), lag("lag", &id, 3.0, 3.0), lag("lag", &other, 900.0, 900.0)];
    assert_eq!(of_replica(measured, ALL_SEEN), json!([12.5, false, 180, {}]));
    // It says so by less than nothing.
    assert_eq!(of_replica(vec![lag("lag", &id, 12.5, -1.0)], ALL_SEEN), json!([12.5, true, 180, {}]));
    // It was stopped all the time.
    let stopped = vec![metric("lag", &id, Value::Null, Value::Null, json!(-1.0))];
    let reason = json!({"joined.lags.seconds": "CloudWatch has no measurement of it"});
    assert_eq!(of_replica(stopped, ALL_SEEN), json!([null, true, 180, reason]));
}

#[test]
fn what_nobody_measured_is_not_known() {
    let unknown = |reason: &str| {
        json!([null, null, null, {
            "joined.lags.period_minutes": reason, "joined.lags.seconds": reason, "joined.lags.stopped": reason,
        }])
    };
    assert_eq!(of_replica(Vec::new(), ALL_SEEN), unknown(NOTHING));
    let denied: &[(&str, &str, &str, &str)] = &[
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "*", "complete"),
        (ACCOUNT, "us-west-2", "cloudwatch", "denied"),
    ];
    assert_eq!(of_replica(Vec::new(), denied), unknown("cloudwatch:List denied in 111122223333 · us-west-2"));
    // What was read before the list broke off may not be all.
    let id = arn("rds", "us-west-2", "db:orders-replica");
    let part = of_replica(vec![lag("lag", &id, 1.0, 1.0)], denied);
    let reason = "cloudwatch:List denied in 111122223333 · us-west-2";
    assert_eq!(part, json!([null, null, 180, {"joined.lags.seconds": reason, "joined.lags.stopped": reason}]));
}

#[test]
fn a_service_that_tells_by_itself_is_believed() {
    let told = |lag: Value| {
        let mut replica = orders_replica();
        replica["replication"]["lag_seconds"] = lag;
        let id = arn("rds", "us-west-2", "db:orders-replica");
        let estate = inventory(vec![orders(&[&id]), replica], ALL_SEEN);
        let found = facts(estate, &paired(), &arn("rds", "us-east-1", "db:orders"), &["lags"]);
        found["joined"]["lags"][0]["seconds"].clone()
    };
    assert_eq!([told(json!(2.5)), told(json!(-1))], [json!(2.5), Value::Null]);
}

/// Of the copy of a table or a bucket in the recovery region.
fn of_source(source: Value, measured: Vec<Value>) -> Value {
    let id = source["id"].as_str().unwrap().to_owned();
    let estate = inventory([vec![source], measured].concat(), ALL_SEEN);
    let found = facts(estate, &paired(), &id, &["lags"]);
    let lag = &found["joined"]["lags"][0];
    json!([lag["seconds"], lag["pending"], lag["failed"], found["unknown"]["joined.lags.seconds"]])
}

fn source(kind: &str, id: &str, replicas: Value) -> Value {
    json!({
        "id": id, "kind": kind, "name": "orders", "place": place("us-east-1"), "tags": {},
        "status": {"state": "active", "healthy": true}, "backup": {"versioned": true},
        "replication": {"role": "primary", "source": null, "replicas": replicas, "regions": ["us-west-2"],
            "partial_regions": [], "broken_regions": [], "global": null},
    })
}

#[test]
fn a_table_is_measured_where_it_is_written_by_the_region_that_gets_it() {
    let id = arn("dynamodb", "us-east-1", "table/orders");
    let table = source("aws.dynamodb.table", &id, json!([]));
    let to = |region: &str, seconds: f64| metric("lag", &id, json!(region), json!(seconds), json!(seconds));
    let measured = vec![to("us-west-2", 0.8), to("eu-west-1", 900.0)];
    assert_eq!(of_source(table.clone(), measured), json!([0.8, null, null, null]));
    let reason = "CloudWatch has no value of the last 3 hours: nothing was written, or nothing arrives";
    assert_eq!(of_source(table, vec![to("eu-west-1", 900.0)]), json!([null, null, null, reason]));
}

#[test]
fn a_bucket_tells_what_waits_and_what_was_given_up() {
    let (id, there) = ("arn:aws:s3:::orders", "arn:aws:s3:::there");
    let of = |measures: &str, to: &str, value: f64| metric(measures, id, json!(to), json!(value), json!(value));
    let bucket = source("aws.s3.bucket", id, json!([there]));
    let all = |to: &str| vec![of("lag", to, 60.0), of("pending", to, 3.0), of("failed", to, 2.0)];
    assert_eq!(of_source(bucket.clone(), all(there)), json!([60.0, 3, 2, null]));
    // Two rules to one bucket: each of them may leave something behind.
    let more = [all(there), vec![of("failed", there, 5.0), of("pending", there, 9.0)]].concat();
    assert_eq!(of_source(bucket.clone(), more), json!([60.0, 9, 7, null]));
    let reason = "CloudWatch has no value of the last 3 hours: nothing was written, or its rule keeps no metrics";
    assert_eq!(of_source(bucket, Vec::new()), json!([null, null, null, reason]));
}
