//! The framework where it is to be run.

use super::*;

/// Two that every step needs, and one that does a step. `None`: in no network of the account.
pub(super) fn functions(region: &str, subnet: Option<&str>) -> Vec<Value> {
    let names = ["lambda-get-exports-value", "lambda-send-success-token", "lambda-failover-rds-instance"];
    let of = |name: &str| {
        let id = arn("lambda", region, &format!("function:dr-orchestrator-{name}"));
        let network = json!({"subnets": subnet.map(|it| [it]), "security_groups": subnet.map(|_| ["sg-1"])});
        let links = subnet.map_or_else(
            || json!([]),
            |it| json!([{"rel": "in-subnet", "to": it}, {"rel": "filtered-by", "to": "sg-1"}]),
        );
        let facts = json!({"status": {"state": "active", "healthy": true}, "capacity": {"max": 5}, "network": network, "links": links});
        resource("aws.lambda.function", &id, Some(region), &facts)
    };
    names.map(of).into()
}

fn ec2(what: &str, id: &str, facts: &Value) -> Value {
    resource(&format!("aws.ec2.{what}"), &arn("ec2", WEST, &format!("{what}/{id}")), Some(WEST), facts)
}

fn endpoint(service: &str) -> Value {
    let network = json!({"vpc": "vpc-1", "subnets": ["subnet-1"], "security_groups": ["sg-1"], "service": service, "via": "interface",
        "private_dns": true, "policy": null});
    let links = json!([{"rel": "in-subnet", "to": "subnet-1"}, {"rel": "filtered-by", "to": "sg-1"}]);
    ec2("endpoint", &format!("vpce-{service}"), &json!({"network": network, "links": links}))
}

/// As its templates make it: all functions in a subnet without a way out, with endpoints for what they call.
fn deployed() -> Vec<Value> {
    let rule = |port: Value, cidrs: Value, groups: Value| {
        json!({"allow": true, "number": 100, "protocol": if port.is_null() { "all" } else { "tcp" }, "from_port": port, "to_port": port,
            "cidrs": cidrs, "groups": groups, "prefix_lists": []})
    };
    let own = json!([rule(json!(443), json!([]), json!(["sg-1"]))]);
    let all = json!([rule(Value::Null, json!(["0.0.0.0/0"]), json!([]))]);
    let in_network = |more: Value| {
        let mut network = json!({"vpc": "vpc-1"});
        network.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        network
    };
    let mut found = functions(WEST, Some("subnet-1"));
    found.extend(["states", "cloudformation", "rds", "elasticache"].map(endpoint));
    found.extend([
        ec2("vpc", "vpc-1", &json!({"network": {"vpc": "vpc-1", "cidrs": ["10.2.0.0/16"], "dns_support": true, "dns_hostnames": true}})),
        ec2(
            "subnet",
            "subnet-1",
            &json!({"network": in_network(json!({"cidrs": ["10.2.1.0/24"], "free_addresses": 200, "public_addresses": false})),
                "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "filtered-by", "to": "acl-1"}, {"rel": "routed-by", "to": "rtb-1"}]}),
        ),
        ec2("route-table", "rtb-1", &json!({"network": in_network(json!({})), "routing": {"routes": [], "main": false}})),
        ec2("network-acl", "acl-1", &json!({"firewall": {"ingress": all, "egress": all, "stateful": false}})),
        ec2("security-group", "sg-1", &json!({"network": in_network(json!({})), "firewall": {"ingress": own, "egress": all, "stateful": true}})),
    ]);
    found
}

fn with(edit: impl Fn(&mut Vec<Value>)) -> Preflight {
    let mut framework = deployed();
    edit(&mut framework);
    look_at(&payload(), &[estate(), framework].concat(), &Asked::default())
}

fn named<'v>(all: &'v mut [Value], name: &str) -> &'v mut Value {
    all.iter_mut().find(|it| it["name"] == name).unwrap()
}

#[test]
fn a_framework_in_which_all_is_well_lets_the_payload_run() {
    let found = with(|_| {});
    assert_eq!((said(&found), found.answer), (Vec::new(), Decision::Go));
}

#[test]
fn each_fault_of_the_framework_is_one_finding_and_without_evidence_nobody_can_tell() {
    type Edit = fn(&mut Vec<Value>);
    const RESOLVER: &str = "dr-orchestrator-lambda-get-exports-value";
    let cases: &[(&str, &str, Edit)] = &[
        ("fatal framework-not-there", "'dr-orchestrator-lambda-get-exports-value'", |all| {
            all.retain(|it| it["name"] != RESOLVER)
        }),
        ("fatal framework-not-there", "those that do a step", |all| {
            all.retain(|it| it["name"] != "dr-orchestrator-lambda-failover-rds-instance")
        }),
        ("fatal function-not-active", RESOLVER, |all| {
            named(all, RESOLVER)["status"] = json!({"state": "inactive", "healthy": false})
        }),
        ("unknown fact-not-known", RESOLVER, |all| named(all, RESOLVER)["status"] = json!({})),
        ("fatal no-concurrency", RESOLVER, |all| named(all, RESOLVER)["capacity"]["max"] = json!(0)),
        ("fatal no-free-address", "subnet-1", |all| named(all, "subnet-1")["network"]["free_addresses"] = json!(0)),
        ("unknown fact-not-known", "the number of free addresses", |all| {
            named(all, "subnet-1")["network"].as_object_mut().unwrap().remove("free_addresses");
        }),
        ("fatal service-not-reached", "does not get to states", |all| all.retain(|it| it["name"] != "vpce-states")),
        ("fatal service-not-reached", "does not get to elasticache", |all| {
            named(all, "vpce-elasticache")["network"]["private_dns"] = json!(false)
        }),
        ("unknown fact-not-known", "gets to rds is not known", |all| {
            named(all, "vpce-rds")["network"].as_object_mut().unwrap().remove("private_dns");
        }),
    ];
    for (expected, word, edit) in cases {
        let found = with(edit);
        assert_eq!(said(&found), [format!("{expected} ")], "{word}");
        assert!(found.findings[0].message.contains(word), "{:?}", found.findings[0].message);
    }
    // Of a subnet that is not there, nobody can tell where it leads, either.
    let elsewhere = with(|all| {
        all.iter_mut().filter(|it| it["kind"] == "aws.lambda.function").for_each(|it| {
            it["network"]["subnets"] = json!(["subnet-1", "subnet-2"]);
        });
    });
    let unclear = "unknown fact-not-known ";
    assert_eq!(said(&elsewhere), ["fatal not-there ", unclear, unclear, unclear]);
    assert!(elsewhere.findings.iter().all(|it| it.message.contains("subnet-2")), "{:?}", elsewhere.findings);
    // Nothing is imported, so that nobody asks for exports.
    assert_eq!(said(&with(|all| all.retain(|it| it["name"] != "vpce-cloudformation"))), Vec::<String>::new());
}

#[test]
fn where_lambda_was_not_seen_nobody_knows_whether_the_framework_is_there() {
    let mut inventory = inventory(&estate());
    let row = |service: &str| crate::model::Coverage { service: service.to_owned(), ..inventory.coverage[2].clone() };
    let denied = crate::model::Coverage { status: crate::model::CoverageStatus::Denied, ..row("lambda") };
    inventory.coverage.push(denied);
    let now = inventory.collected_at;
    let found = check(&payload().to_string(), &Asked::default(), &config(), Some((inventory, now)));
    assert_eq!((said(&found), found.answer), (vec!["unknown framework-not-seen ".to_owned()], Decision::CannotTell));
}
