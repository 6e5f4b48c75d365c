//! Functions, what hands them events, and their layers: what stands in for them.

use super::*;

fn function(region: &str, name: &str, hash: &str, max: Value, state: &str) -> Value {
    json!({
        "id": arn("lambda", region, &format!("function:{name}")), "kind": "aws.lambda.function", "name": name,
        "place": place(region), "tags": {},
        "status": {"state": state, "healthy": state == "active", "created_at": null},
        "capacity": {"desired": null, "max": max, "types": null, "suspended": null},
        "workload": {"code_hash": hash, "mentions": []},
        "links": [{"rel": "uses-image", "to": arn("lambda", region, "layer:shared"), "at": "3"}],
    })
}

fn mapping(region: &str, id: &str, of: &str, source: &str, enabled: bool) -> Value {
    json!({
        "id": arn("lambda", region, &format!("event-source-mapping:{id}")), "kind": "aws.lambda.event-source-mapping",
        "name": id, "place": place(region), "tags": {},
        "status": {"state": if enabled { "enabled" } else { "disabled" }, "healthy": enabled, "created_at": null},
        "links": [
            {"rel": "member-of", "to": arn("lambda", region, &format!("function:{of}"))},
            {"rel": "consumes", "to": source},
        ],
    })
}

fn layer(region: &str) -> Value {
    json!({
        "id": arn("lambda", region, "layer:shared"), "kind": "aws.lambda.layer", "name": "shared", "place": place(region),
    })
}

fn queue(region: &str, name: &str) -> String {
    arn("sqs", region, name)
}

fn counterpart(id: String, how: &str, state: &str, usable: bool) -> Value {
    json!({
        "id": id, "how": how, "region": "us-west-2", "account": ACCOUNT, "state": state, "usable": usable,
    })
}

const FACTS: &[&str] = &["counterpart", "standby_code_hash", "standby_desired", "standby_max"];

const LAMBDA_DENIED: &[(&str, &str, &str, &str)] = &[
    (ACCOUNT, "", "*", "complete"),
    (ACCOUNT, "us-east-1", "*", "complete"),
    (ACCOUNT, "us-west-2", "lambda", "denied"),
];

#[test]
fn a_function_of_the_same_name_stands_in_with_its_code_and_concurrency() {
    let source = function("us-east-1", "orders-us-east-1", "new", Value::Null, "active");
    let there = function("us-west-2", "orders-us-west-2", "old", json!(0), "active");
    let id = source["id"].as_str().unwrap().to_owned();
    let found = facts(inventory(vec![source.clone(), there], ALL_SEEN), &paired(), &id, FACTS);
    let expected =
        counterpart(arn("lambda", "us-west-2", "function:orders-us-west-2"), "region-in-name", "active", true);
    assert_eq!(
        found,
        json!({
            "joined": {
                "counterpart": expected, "standby_code_hash": "old", "standby_desired": null, "standby_max": 0,
            },
            "unknown": {},
        })
    );
    // Another function of the region is none, however alone it is.
    let other = function("us-west-2", "billing", "old", Value::Null, "active");
    let nothing = json!({"counterpart": null, "standby_code_hash": null, "standby_desired": null, "standby_max": null});
    assert_eq!(
        facts(inventory(vec![source.clone(), other], ALL_SEEN), &paired(), &id, FACTS),
        json!({"joined": nothing, "unknown": {}})
    );
    let denied = "lambda:List denied in 111122223333 · us-west-2";
    assert_eq!(
        facts(inventory(vec![source], LAMBDA_DENIED), &paired(), &id, FACTS),
        json!({"joined": {}, "unknown": {"joined.counterpart": denied}})
    );
}

#[test]
fn events_come_from_a_source_of_the_same_name() {
    let functions = ["us-east-1", "us-west-2"].map(|region| function(region, "orders", "new", Value::Null, "active"));
    let source = mapping("us-east-1", "e1", "orders", &queue("us-east-1", "orders"), true);
    let id = source["id"].as_str().unwrap().to_owned();
    let found = |there: Vec<Value>, seen| {
        let all = functions.iter().cloned().chain([source.clone()]).chain(there);
        facts(inventory(all.collect(), seen), &paired(), &id, &["counterpart"])
    };
    let there = |enabled| mapping("us-west-2", "w1", "orders", &queue("us-west-2", "orders"), enabled);
    for (enabled, state) in [(true, "enabled"), (false, "disabled")] {
        let id = arn("lambda", "us-west-2", "event-source-mapping:w1");
        let expected = counterpart(id, "same-name", state, enabled);
        assert_eq!(found(vec![there(enabled)], ALL_SEEN), json!({"joined": {"counterpart": expected}, "unknown": {}}));
    }
    // One that is enabled serves better than one that is not.
    let second = mapping("us-west-2", "w2", "orders", &queue("us-west-2", "orders"), true);
    let expected = counterpart(arn("lambda", "us-west-2", "event-source-mapping:w2"), "same-name", "enabled", true);
    assert_eq!(
        found(vec![there(false), second], ALL_SEEN),
        json!({"joined": {"counterpart": expected}, "unknown": {}})
    );
    assert_eq!(found(vec![], ALL_SEEN), json!({"joined": {"counterpart": null}, "unknown": {}}));
    let other = mapping("us-west-2", "w3", "orders", &queue("us-west-2", "jobs"), true);
    assert_eq!(
        found(vec![other], ALL_SEEN),
        json!({
            "joined": {},
            "unknown": {"joined.counterpart": "w3 in us-west-2 takes from a source of another name"},
        })
    );
    let stream = mapping("us-west-2", "w4", "orders", &arn("kinesis", "us-west-2", "stream/orders"), true);
    assert_eq!(found(vec![stream], ALL_SEEN), json!({"joined": {"counterpart": null}, "unknown": {}}));
    let rows: Vec<_> = ALL_SEEN.iter().copied().chain([(ACCOUNT, "us-west-2", "lambda", "denied")]).collect();
    assert_eq!(
        found(vec![], &rows),
        json!({
            "joined": {},
            "unknown": {"joined.counterpart": "lambda:List denied in 111122223333 · us-west-2"},
        })
    );
}

#[test]
fn a_layer_is_used_by_functions_and_needs_one_of_its_name() {
    let source = function("us-east-1", "orders", "new", Value::Null, "active");
    let id = arn("lambda", "us-east-1", "layer:shared");
    let found = |more: Vec<Value>| {
        let all = [source.clone(), layer("us-east-1")].into_iter().chain(more).collect();
        facts(inventory(all, ALL_SEEN), &paired(), &id, &["counterpart", "unused", "used_by"])
    };
    let used_by = [arn("lambda", "us-east-1", "function:orders")];
    assert_eq!(
        found(vec![]),
        json!({"joined": {"counterpart": null, "unused": false, "used_by": used_by}, "unknown": {}})
    );
    let there = json!({
        "id": arn("lambda", "us-west-2", "layer:shared"), "how": "same-name", "region": "us-west-2",
        "account": ACCOUNT, "state": null, "usable": true,
    });
    assert_eq!(
        found(vec![layer("us-west-2")]),
        json!({"joined": {"counterpart": there, "unused": false, "used_by": used_by}, "unknown": {}})
    );
}
