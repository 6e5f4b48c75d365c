//! APIs, their domains and URLs of functions, as places that requests go to.

use serde_json::{Value, json};

use super::*;

fn id(region: &str, rest: &str) -> String {
    format!("arn:aws:apigateway:{region}::/{rest}")
}

fn function(region: &str) -> String {
    arn("lambda", region, "function:orders")
}

fn host(region: &str) -> String {
    format!("abc.execute-api.{region}.amazonaws.com")
}

fn api(region: &str, calls: &[&str]) -> Value {
    let links: Vec<Value> = calls.iter().map(|to| json!({"rel": "sends-to", "to": to})).collect();
    json!({
        "id": id(region, "apis/abc"), "kind": "aws.apigateway.api", "name": format!("shop-{region}"), "tags": {},
        "place": place(region), "status": {"state": "deployed", "healthy": true}, "links": links,
        "traffic": {"protocol": "http", "scheme": "internet-facing", "dns_name": host(region)},
    })
}

fn domain(region: &str) -> Value {
    json!({
        "id": id(region, "domainnames/api.example.com"), "kind": "aws.apigateway.domain", "name": "api.example.com",
        "tags": {}, "place": place(region), "status": {"state": "available", "healthy": true},
        "links": [{"rel": "sends-to", "to": "abc"}],
        "traffic": {"scheme": "internet-facing", "dns_name": format!("d-1.execute-api.{region}.amazonaws.com")},
    })
}

fn of_functions(region: &str) -> Value {
    json!({
        "id": function(region), "kind": "aws.lambda.function", "name": "orders", "place": place(region), "tags": {},
        "traffic": {"dns_name": format!("f.lambda-url.{region}.on.aws"), "aliases": []},
        "workload": {"mentions": []},
    })
}

fn record(target: &str) -> Value {
    json!({
        "id": "Z1/api.example.com/A", "kind": "aws.route53.record", "name": "api.example.com A", "tags": {},
        "place": {"account": ACCOUNT, "region": null},
        "dns": {
            "name": "api.example.com", "zone": "Z1", "record_type": "A", "policy": "simple", "targets": [target],
            "health_check": null,
        },
    })
}

fn targets(more: Vec<Value>, target: &str, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let all = [more, vec![record(target)]].concat();
    facts(inventory(all, coverage), &paired(), "Z1/api.example.com/A", &["targets"])
}

#[test]
fn names_lead_to_domains_apis_and_functions_by_their_hosts() {
    let all = || vec![domain("us-east-1"), api("us-east-1", &[]), of_functions("us-east-1")];
    let cases = [
        ("d-1.execute-api.us-east-1.amazonaws.com", id("us-east-1", "domainnames/api.example.com")),
        ("abc.execute-api.us-east-1.amazonaws.com", id("us-east-1", "apis/abc")),
        ("f.lambda-url.us-east-1.on.aws", function("us-east-1")),
    ];
    for (name, id) in cases {
        let target = json!({"name": name, "id": id, "region": "us-east-1", "in_recovery_place": false});
        let expected = json!({"joined": {"targets": [target]}, "unknown": {}});
        assert_eq!(targets(all(), name, ALL_SEEN), expected);
    }
}

#[test]
fn a_host_that_nobody_has_is_gone_only_if_all_that_may_have_it_was_seen() {
    let denied = |region: &'static str, service: &'static str| {
        let mut coverage = ALL_SEEN.to_vec();
        coverage.push((ACCOUNT, region, service, "denied"));
        coverage
    };
    let api = "x.execute-api.us-east-1.amazonaws.com";
    let url = "x.lambda-url.us-east-1.on.aws";
    let edge = "dx.cloudfront.net";
    let other = "x.vpc-lattice-svcs.us-east-1.on.aws";
    let because = |service: &str, region: &str| json!(format!("{service}:List denied in {ACCOUNT} · {region}"));
    let cases = [
        (api, ALL_SEEN.to_vec(), Value::Null),
        (api, denied("us-east-1", "apigateway"), because("apigateway", "us-east-1")),
        (api, denied("us-west-2", "apigateway"), Value::Null),
        (url, ALL_SEEN.to_vec(), Value::Null),
        (url, denied("us-east-1", "lambda"), because("lambda", "us-east-1")),
        (edge, ALL_SEEN.to_vec(), Value::Null),
        (edge, denied("us-west-2", "apigateway"), because("apigateway", "us-west-2")),
        (other, ALL_SEEN.to_vec(), json!(format!("not everything that answers to such names as {other} is collected"))),
    ];
    for (name, coverage, reason) in cases {
        let found = targets(Vec::new(), name, &coverage);
        let gone = found["joined"]["targets"][0].get("id") == Some(&Value::Null);
        let said = found["unknown"].get("joined.targets.id").cloned().unwrap_or_default();
        assert_eq!((gone, &said), (reason.is_null(), &reason), "{name} {coverage:?}");
    }
}

#[test]
fn a_url_may_be_that_of_a_function_whose_urls_were_not_read() {
    let mut unread = of_functions("us-east-1");
    unread["traffic"] = json!({});
    unread["unknown"] = json!({"traffic.dns_name": "denied"});
    let name = "x.lambda-url.us-east-1.on.aws";
    let target = json!({"name": name, "region": "us-east-1", "in_recovery_place": false});
    let expected = json!({"joined": {"targets": [target]}, "unknown": {"joined.targets.id": "denied"}});
    assert_eq!(targets(vec![unread.clone()], name, ALL_SEEN), expected);
    // Those of another region have other hosts.
    unread["place"] = place("us-west-2");
    assert_eq!(targets(vec![unread], name, ALL_SEEN)["joined"]["targets"][0]["id"], Value::Null);
}

fn counterpart(resources: Vec<Value>, id: &str, coverage: &[(&str, &str, &str, &str)]) -> Value {
    facts(inventory(resources, coverage), &paired(), id, &["counterpart"])
}

#[test]
fn an_api_and_its_domain_have_namesakes_in_the_recovery_region() {
    let (own, named) = (id("us-east-1", "apis/abc"), id("us-east-1", "domainnames/api.example.com"));
    let east = || vec![api("us-east-1", &[]), domain("us-east-1")];
    let both = || [east(), vec![api("us-west-2", &[]), domain("us-west-2")]].concat();
    let there = |rest: &str, how: &str, state: &str| {
        let there = json!({
            "id": id("us-west-2", rest), "how": how, "region": "us-west-2", "account": ACCOUNT, "state": state,
            "usable": true,
        });
        json!({"joined": {"counterpart": there}, "unknown": {}})
    };
    assert_eq!(counterpart(both(), &own, ALL_SEEN), there("apis/abc", "region-in-name", "deployed"));
    let domain = there("domainnames/api.example.com", "same-name", "available");
    assert_eq!(counterpart(both(), &named, ALL_SEEN), domain);
    let none = json!({"joined": {"counterpart": null}, "unknown": {}});
    let denied = [ALL_SEEN, &[(ACCOUNT, "us-west-2", "apigateway", "denied")]].concat();
    let why = json!({"joined.counterpart": format!("apigateway:List denied in {ACCOUNT} · us-west-2")});
    for id in [&own, &named] {
        assert_eq!(counterpart(east(), id, ALL_SEEN), none);
        assert_eq!(counterpart(east(), id, &denied), json!({"joined": {}, "unknown": why}));
    }
    // One that holds sockets open takes no requests.
    let mut sockets = both();
    sockets[2]["traffic"]["protocol"] = json!("websocket");
    assert_eq!(counterpart(sockets, &own, ALL_SEEN), none);
}

#[test]
fn what_an_api_calls_is_there_or_gone_and_may_be_in_the_region_that_is_lost() {
    let far = function("us-east-1");
    let gone = arn("lambda", "us-west-2", "function:gone");
    let calls = [far.as_str(), &gone, "shop.us-east-1.elb.amazonaws.com", "partner.example.com"];
    let all = || vec![api("us-west-2", &calls), of_functions("us-east-1")];
    let found = |resources: Vec<Value>| {
        facts(inventory(resources, ALL_SEEN), &paired(), &id("us-west-2", "apis/abc"), &["gone", "hard_wired"])
    };
    let wired =
        |what: &str, value: &str| json!({"at": "integration", "what": what, "value": value, "region": "us-east-1"});
    let expected = json!({
        "gone": [
            {"rel": "sends-to", "class": "data-flow", "what": "Lambda function", "id": gone, "at": null},
        ],
        "hard_wired": [wired("arn", &far), wired("endpoint", "shop.us-east-1.elb.amazonaws.com")],
    });
    assert_eq!(found(all()), json!({"joined": expected, "unknown": {}}));
    let mut partly = all();
    partly[0]["unknown"] = json!({"links": "denied"});
    let unknown = json!({"joined.gone": "denied", "joined.hard_wired": "denied"});
    assert_eq!(found(partly), json!({"joined": expected, "unknown": unknown}));
    // In the region itself there is nothing to ask.
    let own = facts(
        inventory(vec![api("us-east-1", &[])], ALL_SEEN),
        &paired(),
        &id("us-east-1", "apis/abc"),
        &["hard_wired"],
    );
    assert_eq!(own, json!({"joined": {"hard_wired": null}, "unknown": {}}));
}

#[test]
fn what_an_api_calls_belongs_to_the_application_of_its_domain() {
    let mut named = domain("us-east-1");
    named["tags"] = json!({"app": "shop"});
    let all = [named, api("us-east-1", &[&function("us-east-1")]), of_functions("us-east-1")];
    assert_eq!(applications_of(&all, &function("us-east-1")), json!(["shop"]));
}
