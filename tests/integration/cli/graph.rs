//! `graph`: what resources are to each other, what leads nowhere, and how that is written for others.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ACCOUNT: &str = "111122223333";

fn arn(service: &str, rest: &str) -> String {
    format!("arn:aws:{service}:us-east-1:{ACCOUNT}:{rest}")
}

fn resource(kind: &str, id: &str, name: &str, facts: Value) -> Value {
    let place = json!({"account": ACCOUNT, "region": "us-east-1"});
    let mut resource = json!({"id": id, "kind": kind, "name": name, "place": place, "tags": {}});
    resource.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    resource
}

/// A service behind a group that is there and one that is not, and a group whose name is meant to do harm.
fn estate() -> String {
    let at = "2026-11-22T06:00:00Z";
    let row =
        |region: &str| json!({"account": ACCOUNT, "region": region, "service": "*", "status": "complete", "at": at});
    let host = "orders.abc.us-east-1.rds.amazonaws.com";
    let mention =
        json!({"at": "container api, environment DB_HOST", "what": "endpoint", "value": host, "region": "us-east-1"});
    let links = json!([
        {"rel": "runs-from", "to": arn("ecs", "task-definition/api:1")},
        {"rel": "filtered-by", "to": "sg-1"},
        {"rel": "filtered-by", "to": "sg-2"},
    ]);
    let dead = json!([{"rel": "sends-to", "to": arn("sqs", "dead"), "at": "dead letters"}]);
    let rule = json!({"allow": true, "number": null, "protocol": "all", "from_port": null, "to_port": null, "cidrs": [],
        "groups": ["sg-1"], "prefix_lists": []});
    let hostile = "db\"]; click n0 \"javascript:alert(1)\"\u{1b}[31m<b>";
    let resources = [
        resource("aws.ec2.security-group", &arn("ec2", "security-group/sg-1"), "web", json!({})),
        resource(
            "aws.ec2.security-group",
            &arn("ec2", "security-group/sg-9"),
            hostile,
            json!({"firewall": {"ingress": [rule]}}),
        ),
        resource("aws.ecs.service", &arn("ecs", "service/shop/api"), "api", json!({"links": links})),
        resource(
            "aws.ecs.task-definition",
            &arn("ecs", "task-definition/api:1"),
            "api:1",
            json!({"workload": {"mentions": [mention]}}),
        ),
        resource("aws.lambda.function", &arn("lambda", "function:mail"), "mail", json!({"links": dead})),
        resource("aws.rds.instance", &arn("rds", "db:orders"), "orders", json!({"database": {"endpoints": [host]}})),
    ];
    let header = json!({
        "seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"],
        "coverage": [row(""), row("us-east-1")], "resources": resources.len(),
    });
    [header].iter().chain(&resources).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_edges_of_a_resource_are_listed_both_ways() {
    let tool = Tool::new().file("estate.ndjson", estate());
    assert_snapshot!(tool.run("graph estate.ndjson --of api --of sg-1 --of *:function:mail"));
}

#[test]
fn of_a_whole_estate_there_is_a_summary() {
    let tool = Tool::new().file("estate.ndjson", estate());
    assert_snapshot!(tool.run("graph estate.ndjson"));
}

#[test]
fn other_tools_get_all_of_it_and_nothing_that_could_do_harm() {
    let tool = Tool::new().file("estate.ndjson", estate());
    for format in ["json", "dot", "mermaid"] {
        assert_snapshot!(format!("graph-{format}"), tool.run(&format!("graph estate.ndjson --format {format}")));
    }
    let around = tool.run("graph estate.ndjson --of orders --steps 2 --format mermaid");
    assert!(around.contains("api:1") && !around.contains("mail"), "{around}");
}

#[test]
fn a_name_that_nothing_has_is_an_error() {
    let tool = Tool::new().file("estate.ndjson", estate());
    assert_snapshot!(tool.run("graph estate.ndjson --of ordres"), @r"
    $ seaworthy graph estate.ndjson --of ordres
    [stderr]
    error: no resource has the id, the name or the address 'ordres' (did you mean 'orders'?)
    help: seaworthy graph FILE --format json lists all of them
    [exit 2]
    ");
}

/// A plan that destroys one of the groups of a service, which names it by its id.
fn plan(keeps: bool) -> String {
    let row = |kind: &str, name: &str, actions: &str, values: &Value| {
        let after = if actions == "delete" { &Value::Null } else { values };
        json!({"address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "provider_config_key": "aws", "expressions": {},
            "change": {"actions": [actions], "before": values, "after": after, "after_unknown": {}}})
    };
    let group = json!({"id": "sg-1", "arn": arn("ec2", "security-group/sg-1"), "name": "web", "vpc_id": "vpc-1"});
    let service = json!({"id": arn("ecs", "service/shop/api"), "name": "api", "cluster": "shop", "desired_count": 1,
        "network_configuration": [{"subnets": [], "security_groups": ["sg-1"], "assign_public_ip": false}]});
    let resources = [
        row("aws_security_group", "web", if keeps { "no-op" } else { "delete" }, &group),
        row("aws_ecs_service", "api", "no-op", &service),
    ];
    let provider = json!({"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}});
    json!({
        "format_version": "1.2", "resource_changes": resources,
        "configuration": {"provider_config": {"aws": provider}, "root_module": {"resources": resources}},
    })
    .to_string()
}

#[test]
fn a_plan_that_takes_away_what_something_refers_to_is_told() {
    let tool = Tool::new().file("keep.json", plan(true)).file("delete.json", plan(false));
    let verdicts = |file: &str| -> Vec<Value> {
        let arguments = format!("check {file} --plan-account {ACCOUNT} --select reference-gone --show all -f json");
        let output = tool.command(&arguments).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let all = report["verdicts"].as_array().unwrap().iter();
        let service = all.filter(|verdict| verdict["resource"]["kind"] == "aws.ecs.service");
        service.map(|verdict| json!([verdict["verdict"], verdict["message"], verdict["change"]["status"]])).collect()
    };
    let gone = "security group sg-1, which it refers to, does not exist";
    assert_eq!(verdicts("delete.json"), [json!(["fail", gone, "introduced"])]);
    // The plan keeps the group, and does not know of the cluster.
    let unknown = "not known: what it refers to and that does not exist (the estate is only partly seen: a plan sees its own \
                   workspace only)";
    assert_eq!(verdicts("keep.json"), [json!(["unknown", unknown, "existing"])]);
}

/// The name of an application in the place of a file: the same sequence as `ready` draws.
#[test]
fn an_application_is_drawn_in_the_layers_of_its_recovery() {
    let tool = Tool::new().file("estate.ndjson", estate());
    for format in ["dot", "mermaid", "svg", "json", "table"] {
        let text = |command: &str| {
            let output = tool.command(&format!("{command} shop --demo -f {format}")).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let drawn = text("graph");
        assert_eq!(drawn, text("ready"), "{format}");
        assert!(drawn.contains("orders-db"), "{format}: {drawn}");
    }
    let said = |arguments: &str| tool.run(arguments);
    assert_snapshot!(
        [
            said("graph shopp --demo -f svg"),
            said("graph estate.ndjson -f svg"),
            said("graph shop --demo --of orders"),
            said("graph estate.ndjson shop --demo"),
            said("graph shop"),
        ]
        .join("\n")
    );
}
