//! Whether a service in the recovery place reaches the database that takes over there, what it is told of the region that is
//! lost, and what stands behind it.

use serde_json::{Value, json};

use super::super::{Dependent, Joiner, prepare};
use super::*;

const HOST: &str = "orders.x.us-east-1.rds.amazonaws.com";

fn subnet(region: &str, id: &str, vpc: &str, cidr: &str) -> Value {
    json!({
        "id": arn("ec2", region, &format!("subnet/{id}")), "kind": "aws.ec2.subnet", "name": id, "place": place(region),
        "tags": {}, "network": {"vpc": vpc, "cidrs": [cidr]},
        "links": [{"rel": "filtered-by", "to": "acl-1"}, {"rel": "routed-by", "to": "rtb-1"}],
    })
}

/// A rule for TCP: ports, ranges and groups of the other side.
fn rule(ports: (u32, u32), cidrs: &[&str], groups: &[&str]) -> Value {
    json!({
        "allow": true, "number": null, "protocol": "tcp", "from_port": ports.0, "to_port": ports.1, "cidrs": cidrs,
        "groups": groups, "prefix_lists": [],
    })
}

fn group(id: &str, ingress: Vec<Value>, egress: Vec<Value>) -> Value {
    json!({
        "id": arn("ec2", "us-west-2", &format!("security-group/{id}")), "kind": "aws.ec2.security-group", "name": id,
        "place": place("us-west-2"), "tags": {}, "firewall": {"ingress": ingress, "egress": egress, "stateful": true},
    })
}

/// A network ACL with rules of number, allow and ports for everything, either way.
fn acl(ingress: &[(u32, bool, u32, u32)], egress: &[(u32, bool, u32, u32)]) -> Value {
    let rules = |rules: &[(u32, bool, u32, u32)]| -> Vec<Value> {
        let one = |(number, allow, from, to): &(u32, bool, u32, u32)| {
            let mut rule = rule((*from, *to), &["0.0.0.0/0"], &[]);
            rule["number"] = json!(number);
            rule["allow"] = json!(allow);
            rule
        };
        rules.iter().map(one).collect()
    };
    json!({
        "id": arn("ec2", "us-west-2", "network-acl/acl-1"), "kind": "aws.ec2.network-acl", "name": "acl-1",
        "place": place("us-west-2"), "tags": {},
        "firewall": {"ingress": rules(ingress), "egress": rules(egress), "stateful": false},
    })
}

const ALL_PORTS: &[(u32, bool, u32, u32)] = &[(100, true, 0, 65535)];

fn service(region: &str) -> Value {
    let definition = arn("ecs", region, "task-definition/api:1");
    json!({
        "id": arn("ecs", region, "service/shop/api"), "kind": "aws.ecs.service", "name": "api", "place": place(region),
        "tags": {}, "status": {"state": "active", "healthy": true}, "capacity": {"desired": 1},
        "network": {"subnets": ["subnet-api"], "security_groups": ["sg-api"]},
        "workload": {"definition": definition},
        "links": [
            {"rel": "in-subnet", "to": "subnet-api"}, {"rel": "filtered-by", "to": "sg-api"},
            {"rel": "runs-from", "to": definition},
        ],
    })
}

fn definition(region: &str, host: &str, of: &str) -> Value {
    json!({
        "id": arn("ecs", region, "task-definition/api:1"), "kind": "aws.ecs.task-definition", "name": "api",
        "place": place(region), "tags": {},
        "workload": {"family": "api", "images": [], "logs": [], "mentions": [
            {"at": "container api, environment DB_HOST", "what": "endpoint", "value": host, "region": of},
        ]},
    })
}

/// A database in us-east-1, its replica in us-west-2, and a service in both that is told of the first.
pub(super) fn shop() -> Vec<Value> {
    let mut database = orders(&[&arn("rds", "us-west-2", "db:orders-replica")]);
    database["database"]["endpoints"] = json!([HOST]);
    let mut replica = orders_replica();
    replica["network"] = json!({"security_groups": ["sg-db"], "ports": [5432]});
    replica["links"] = json!([{"rel": "filtered-by", "to": "sg-db"}, {"rel": "in-subnet-group", "to": "west"}]);
    let subnets = json!({
        "id": arn("rds", "us-west-2", "subgrp:west"), "kind": "aws.rds.subnet-group", "name": "west",
        "place": place("us-west-2"), "tags": {}, "network": {"subnets": ["subnet-db"]},
        "links": [{"rel": "in-subnet", "to": "subnet-db"}],
    });
    vec![
        database,
        replica,
        subnets,
        subnet("us-west-2", "subnet-api", "vpc-1", "10.2.1.0/24"),
        subnet("us-west-2", "subnet-db", "vpc-1", "10.2.2.0/24"),
        group("sg-api", vec![], vec![rule((5432, 5432), &[], &["sg-db"])]),
        group("sg-db", vec![rule((5432, 5432), &[], &["sg-api"])], vec![]),
        acl(ALL_PORTS, ALL_PORTS),
        service("us-east-1"),
        definition("us-east-1", HOST, "us-east-1"),
        service("us-west-2"),
        definition("us-west-2", HOST, "us-east-1"),
    ]
}

/// What the service in us-west-2 reaches, in words.
pub(super) fn reach(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> String {
    let id = arn("ecs", "us-west-2", "service/shop/api");
    let found = joined(inventory(resources, coverage), &paired(), &id);
    let unknown = |fact: &str| found["unknown"].get(fact).and_then(Value::as_str).map(|why| format!("unknown: {why}"));
    let one = |way: &Value| match way.get("reached").and_then(Value::as_bool) {
        Some(true) => format!("{} on {}", way["name"].as_str().unwrap(), way["port"]),
        Some(false) => way["why"].as_str().unwrap().to_owned(),
        None => unknown("joined.reach.reached").unwrap(),
    };
    let ways = found["joined"]["reach"].as_array().into_iter().flatten().map(one);
    ways.chain(unknown("joined.reach")).collect::<Vec<_>>().join("; ")
}

/// The shop with one resource changed, found by its name.
pub(super) fn with(name: &str, change: impl Fn(&mut Value)) -> Vec<Value> {
    let mut all = shop();
    all.iter_mut().filter(|it| it["name"] == name && it["place"]["region"] == "us-west-2").for_each(change);
    all
}

#[test]
fn a_service_reaches_the_replica_or_the_hop_that_is_shut_is_named() {
    let rules = |way: &'static str, rules: Vec<Value>| move |it: &mut Value| it["firewall"][way] = json!(rules);
    let all_but_answers: &[(u32, bool, u32, u32)] = &[(100, true, 0, 1023), (110, true, 5432, 5432)];
    let elsewhere = |routes: Value| {
        let mut all = with("subnet-db", |it| it["network"]["vpc"] = json!("vpc-2"));
        all.push(json!({
            "id": arn("ec2", "us-west-2", "route-table/rtb-1"), "kind": "aws.ec2.route-table", "name": "rtb-1",
            "place": place("us-west-2"), "tags": {}, "routing": {"routes": routes, "main": false},
        }));
        all
    };
    let route = |destination: &str, via: &str, target: &str| json!({"destination": destination, "via": via, "target": target, "active": true});
    let local = || route("10.2.2.0/24", "local", "local");
    let peered = || json!([route("10.2.0.0/16", "peering", "pcx-1"), local()]);
    let peering = |peers: &[&str], healthy: Value| {
        let mut all = elsewhere(peered());
        all.push(json!({
            "id": arn("ec2", "us-west-2", "vpc-peering-connection/pcx-1"), "kind": "aws.ec2.peering", "name": "pcx-1",
            "place": place("us-west-2"), "tags": {}, "network": {"via": "peering", "peers": peers},
            "status": {"healthy": healthy},
        }));
        all
    };
    let both = &["vpc-1", "vpc-2"];
    let gateway = json!([route("10.2.0.0/16", "peering", "pcx-1"), route("10.2.2.0/24", "transit-gateway", "tgw-1")]);
    let by_list = |entries: Value| {
        let mut named = rule((5432, 5432), &[], &[]);
        named["prefix_lists"] = json!(["pl-1"]);
        let mut all = with("sg-db", rules("ingress", vec![named]));
        all.push(json!({
            "id": arn("ec2", "us-west-2", "prefix-list/pl-1"), "kind": "aws.ec2.prefix-list", "name": "pl-1",
            "place": place("us-west-2"), "tags": {}, "network": {"cidrs": entries},
        }));
        all
    };
    let cases = [
        ("as it is", shop()),
        ("by addresses", with("sg-api", rules("egress", vec![rule((0, 65535), &["10.2.0.0/16"], &[])]))),
        ("nothing out", with("sg-api", rules("egress", vec![rule((443, 443), &["0.0.0.0/0"], &[])]))),
        ("nothing in", with("sg-db", rules("ingress", vec![rule((5432, 5432), &["10.1.0.0/16"], &[])]))),
        ("in from a part", with("sg-db", rules("ingress", vec![rule((5432, 5432), &["10.2.1.0/25"], &[])]))),
        ("in by a list", by_list(json!(["10.2.0.0/16"]))),
        ("in by a list of others", by_list(json!(["10.9.0.0/16"]))),
        ("in by a list that is not read", by_list(Value::Null)),
        ("rules not read", with("sg-db", |it| it["firewall"] = json!({"stateful": true}))),
        ("no answers", with("acl-1", |it| *it = acl(all_but_answers, ALL_PORTS))),
        ("denied first", with("acl-1", |it| *it = acl(&[(50, false, 5432, 5432), (100, true, 0, 65535)], ALL_PORTS))),
        (
            "denied too late",
            with("acl-1", |it| *it = acl(&[(100, true, 0, 65535), (200, false, 5432, 5432)], ALL_PORTS)),
        ),
        ("no network ACL", with("acl-1", |it| it["kind"] = json!("aws.ec2.vpc"))),
        ("another network", elsewhere(json!([]))),
        ("peered", peering(both, json!(true))),
        ("peered, nobody knows how", peering(both, json!(null))),
        ("peered, not accepted", peering(both, json!(false))),
        ("peered with another", peering(&["vpc-1", "vpc-3"], json!(true))),
        ("peered by what was not found", elsewhere(peered())),
        ("by a transit gateway, which is more specific", elsewhere(gateway)),
        ("peered, but for a black hole that is more specific", {
            let mut hole = route("10.2.2.0/24", "peering", "pcx-2");
            hole["active"] = json!(false);
            let mut all = peering(both, json!(true));
            let table = all.iter_mut().find(|it| it["name"] == "rtb-1").unwrap();
            table["routing"]["routes"] = json!([route("10.2.0.0/16", "peering", "pcx-1"), hole, local()]);
            all
        }),
        ("addresses not known", with("subnet-db", |it| it["network"] = json!({"vpc": "vpc-1"}))),
        ("own endpoint", {
            let mut all = with("api", |it| {
                if it["kind"] == "aws.ecs.task-definition" {
                    *it = definition("us-west-2", "replica.x.us-west-2.rds.amazonaws.com", "us-west-2");
                }
            });
            all[1]["database"]["endpoints"] = json!(["replica.x.us-west-2.rds.amazonaws.com"]);
            all
        }),
        ("told after apply", {
            with("api", |it| {
                if it["kind"] == "aws.ecs.task-definition" {
                    it["workload"] = json!({"family": "api"});
                    it["unknown"] = json!({"workload.mentions": "known only after apply"});
                }
            })
        }),
        ("no replica", shop().into_iter().filter(|it| it["name"] != "orders-replica").collect()),
    ];
    let found: Vec<String> = cases.into_iter().map(|(what, all)| format!("{what}: {}", reach(all, ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    as it is: orders-replica on 5432
    by addresses: orders-replica on 5432
    nothing out: security group sg-api lets nothing out on port 5432 to it
    nothing in: security group sg-db lets nothing in on port 5432 from it
    in from a part: unknown: sg-db lets a part of a subnet through
    in by a list: orders-replica on 5432
    in by a list of others: security group sg-db lets nothing in on port 5432 from it
    in by a list that is not read: unknown: sg-db names the prefix list pl-1, whose entries are not known
    rules not read: unknown: the rules of sg-db are not known
    no answers: network ACL acl-1 lets no answers in from 10.2.2.0/24
    denied first: network ACL acl-1 lets nothing on port 5432 in from 10.2.1.0/24
    denied too late: orders-replica on 5432
    no network ACL: unknown: the network ACL of subnet-api is not known
    another network: route table rtb-1 has no way from subnet-api to subnet-db
    peered: orders-replica on 5432
    peered, nobody knows how: unknown: whether the peering pcx-1 is active is not known
    peered, not accepted: the peering pcx-1 is not active
    peered with another: the peering pcx-1 does not lead to the network of subnet-db
    peered by what was not found: unknown: the peering pcx-1 was not found
    by a transit gateway, which is more specific: unknown: the attachment of subnet-api to the transit gateway tgw-1 was not found
    peered, but for a black hole that is more specific: the route of rtb-1 to pcx-2 is a black hole
    addresses not known: unknown: the addresses of subnet-db are not known
    own endpoint: orders-replica on 5432
    told after apply: orders-replica on 5432; unknown: known only after apply
    no replica:
    ");
}

/// On either side: what may stand in a subnet that nobody saw may be out of reach there.
#[test]
fn no_pass_without_evidence_a_subnet_that_nobody_saw_may_be_out_of_reach() {
    let other = json!({"rel": "in-subnet", "to": "subnet-other"});
    let beside = |name: &str, kind: &str| {
        let push = |it: &mut Value| {
            if it["kind"] == kind {
                it["links"].as_array_mut().unwrap().push(other.clone());
            }
        };
        reach(with(name, push), ALL_SEEN)
    };
    let unseen = "unknown: subnet subnet-other was not seen";
    assert_eq!(reach(shop(), ALL_SEEN), "orders-replica on 5432");
    assert_eq!(beside("api", "aws.ecs.service"), unseen);
    assert_eq!(beside("west", "aws.rds.subnet-group"), unseen);
}

#[test]
fn groups_that_let_a_service_in_tell_what_it_talks_to_where_no_text_does() {
    let mut all: Vec<Value> = shop();
    for it in all.iter_mut().filter(|it| it["kind"] == "aws.ecs.task-definition") {
        it["workload"]["mentions"] = json!([]);
    }
    assert_eq!(reach(all, ALL_SEEN), "orders-replica on 5432");
}

/// The shop, in which another kind of compute runs in place of the service, in both regions.
fn run_by(kind: &str, own: &Value) -> Vec<Value> {
    let mut all = shop();
    for it in all.iter_mut().filter(|it| it["kind"] == "aws.ecs.service") {
        it["kind"] = json!(kind);
        let it = it.as_object_mut().unwrap();
        it.remove("workload");
        it.remove("links");
        let region = it["place"]["region"].as_str().unwrap().to_owned();
        let own = serde_json::from_str::<Value>(&own.to_string().replace("REGION", &region)).unwrap();
        it.extend(own.as_object().unwrap().clone());
    }
    all.retain(|it| it["kind"] != "aws.ecs.task-definition");
    in_both(all)
}

/// What is in us-west-2 only, and filters or makes compute, is in us-east-1, too.
fn in_both(mut all: Vec<Value>) -> Vec<Value> {
    let is_one = |it: &&Value| {
        it["name"] == "sg-api" || it["name"] == "template" || (it["kind"] == "aws.eks.cluster" && it["name"] == "shop")
    };
    let east = all.iter().filter(is_one).map(|it| it.to_string().replace("us-west-2", "us-east-1"));
    let east: Vec<Value> = east.map(|text| serde_json::from_str(&text).unwrap()).collect();
    all.extend(east);
    all
}

#[test]
fn functions_machines_and_nodes_reach_it_by_their_groups_too() {
    let stands = json!({"rel": "in-subnet", "to": "subnet-api"});
    let filtered = json!({"rel": "filtered-by", "to": "arn:aws:ec2:REGION:111122223333:security-group/sg-api"});
    let mentions = json!([{"at": "environment DB_HOST", "what": "endpoint", "value": HOST, "region": "us-east-1"}]);
    let function = |network: Value, links: &[&Value]| {
        let workload = json!({"mentions": mentions, "images": [], "logs": []});
        run_by("aws.lambda.function", &json!({"network": network, "workload": workload, "links": links}))
    };
    let in_network = json!({"subnets": ["subnet-api"], "security_groups": ["sg-api"]});
    let filtered_there = json!({"rel": "filtered-by", "to": arn("ec2", "us-west-2", "security-group/sg-api")});
    let template = |groups: &[&Value]| {
        let id = arn("ecs", "us-west-2", "task-definition/template:1");
        let kind = "aws.ecs.task-definition";
        json!({"id": id, "kind": kind, "name": "template", "place": place("us-west-2"), "tags": {}, "links": groups})
    };
    let runs_from = json!({"rel": "runs-from", "to": "arn:aws:ecs:REGION:111122223333:task-definition/template:1"});
    let group = |links: &[&Value], more: Vec<Value>| {
        let own = json!({"network": {"subnets": ["subnet-api"]}, "links": links});
        [run_by("aws.autoscaling.group", &own), in_both(more)].concat()
    };
    let cluster = |kubernetes: Value| {
        let id = arn("eks", "us-west-2", "cluster/shop");
        json!({
            "id": id, "kind": "aws.eks.cluster", "name": "shop", "place": place("us-west-2"), "tags": {},
            "kubernetes": kubernetes,
        })
    };
    let nodes = |more: Vec<Value>| {
        let own = json!({
            "network": {"subnets": ["subnet-api"]}, "kubernetes": {"cluster": "shop"},
            "links": [stands, {"rel": "member-of", "to": "shop"}],
        });
        [run_by("aws.eks.node-group", &own), in_both(more)].concat()
    };
    let auto = |auto_mode: Option<bool>| {
        let mut kubernetes = json!({"cluster": null, "security_group": "sg-api"});
        if let Some(auto_mode) = auto_mode {
            kubernetes["auto_mode"] = json!(auto_mode);
        }
        run_by(
            "aws.eks.cluster",
            &json!({"network": {"subnets": ["subnet-api"]}, "kubernetes": kubernetes, "links": [stands]}),
        )
    };
    let shut = |mut all: Vec<Value>| {
        all.iter_mut().filter(|it| it["name"] == "sg-api").for_each(|it| it["firewall"]["egress"] = json!([]));
        all
    };
    let nobody = json!({"subnets": null, "security_groups": null});
    let cases = [
        ("function", function(in_network.clone(), &[&stands, &filtered])),
        ("function, shut", shut(function(in_network, &[&stands, &filtered]))),
        ("function outside", function(nobody, &[])),
        ("group", group(&[&stands, &runs_from], vec![template(&[&filtered_there])])),
        ("group, shut", shut(group(&[&stands, &runs_from], vec![template(&[&filtered_there])]))),
        ("group without a template", group(&[&stands], vec![])),
        ("nodes", nodes(vec![cluster(json!({"security_group": "sg-api"}))])),
        ("nodes, shut", shut(nodes(vec![cluster(json!({"security_group": "sg-api"}))]))),
        ("nodes of a cluster that tells no group", nodes(vec![cluster(json!({}))])),
        ("nodes that the provider adds", auto(Some(true))),
        ("a cluster whose nodes are groups", auto(Some(false))),
        ("a cluster that may add nodes", auto(None)),
    ];
    let found: Vec<String> = cases.into_iter().map(|(what, all)| format!("{what}: {}", reach(all, ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    function: orders-replica on 5432
    function, shut: security group sg-api lets nothing out on port 5432 to it
    function outside: unknown: api stands in no network of its account
    group: orders-replica on 5432
    group, shut: security group sg-api lets nothing out on port 5432 to it
    group without a template: 
    nodes: orders-replica on 5432
    nodes, shut: security group sg-api lets nothing out on port 5432 to it
    nodes of a cluster that tells no group: 
    nodes that the provider adds: orders-replica on 5432
    a cluster whose nodes are groups: 
    a cluster that may add nodes: 
    ");
}

#[test]
fn a_place_in_the_region_that_is_lost_is_hard_wired_and_a_peer_is_not() {
    let id = arn("ecs", "us-west-2", "task-definition/api:1");
    let of = |mentions: Value, region: &str| {
        let mut one = definition(region, "", "");
        one["workload"]["mentions"] = mentions;
        let id = id.replace("us-west-2", region);
        facts(inventory(vec![one], ALL_SEEN), &paired(), &id, &["hard_wired"])
    };
    let mentions = json!([
        {"at": "container api, environment DB_HOST", "what": "endpoint", "value": HOST, "region": "us-east-1"},
        {"at": "container api, environment AWS_REGION", "what": "region", "value": "us-east-1", "region": "us-east-1"},
        {"at": "container api, environment PEER", "what": "region", "value": "us-east-1", "region": "us-east-1"},
        {"at": "container api, environment OWN", "what": "endpoint", "value": "x.us-west-2.rds.amazonaws.com", "region": "us-west-2"},
    ]);
    let expected = json!({"joined": {"hard_wired": [
        {"at": "container api, environment AWS_REGION", "what": "region", "value": "us-east-1", "region": "us-east-1"},
        {"at": "container api, environment DB_HOST", "what": "endpoint", "value": HOST, "region": "us-east-1"},
    ]}, "unknown": {}});
    assert_eq!(of(mentions.clone(), "us-west-2"), expected);
    assert_eq!(of(mentions, "us-east-1"), json!({"joined": {"hard_wired": null}, "unknown": {}}));
    let named = json!([
        {"at": "container api, secret KEY", "what": "region", "value": "us-east-1", "region": "us-east-1"},
    ]);
    let expected = json!({"joined": {"hard_wired": [
        {"at": "container api, secret KEY", "what": "region", "value": "us-east-1", "region": "us-east-1"},
    ]}, "unknown": {}});
    assert_eq!(of(named, "us-west-2"), expected);
    let unread = json!({"joined": {"hard_wired": []}, "unknown": {"joined.hard_wired": "the places that it is told of are not known"}});
    let mut one = definition("us-west-2", "", "");
    one["workload"] = json!({"family": "api", "images": [], "logs": []});
    assert_eq!(facts(inventory(vec![one], ALL_SEEN), &paired(), &id, &["hard_wired"]), unread);
}

#[test]
fn a_reference_to_a_secret_is_hard_wired_unless_the_secret_is_replicated_here() {
    let secret = arn("secretsmanager", "us-east-1", "secret:shop/db-AbCdEf");
    let of = |regions: Value| {
        let mut one = definition("us-west-2", "", "");
        one["workload"] = json!({"family": "api", "images": [], "logs": []});
        one["links"] = json!([{"rel": "reads-secret", "to": secret, "at": "container_definitions"}]);
        let other = json!({
            "id": secret, "kind": "aws.secretsmanager.secret", "name": "shop/db", "place": place("us-east-1"),
            "tags": {}, "replication": {"regions": regions},
        });
        let id = arn("ecs", "us-west-2", "task-definition/api:1");
        let found = facts(inventory(vec![one, other], ALL_SEEN), &paired(), &id, &["hard_wired"]);
        found["joined"]["hard_wired"].clone()
    };
    let named = json!([
        {"at": "container definitions", "what": "reference", "value": "shop/db", "region": "us-east-1"},
    ]);
    assert_eq!([of(json!([])), of(json!(["eu-west-1"]))], [named.clone(), named]);
    assert_eq!(of(json!(["eu-west-1", "us-west-2"])), json!([]));
}

#[test]
fn a_reference_to_an_image_is_hard_wired_only_where_no_copy_of_it_comes_here() {
    let of = |rules: Value, others: Vec<Value>| {
        let mut one = definition("us-west-2", "", "");
        one["workload"] = json!({"family": "api", "mentions": [], "logs": []});
        let id = arn("ecr", "us-east-1", "repository/shop/api");
        one["links"] = json!([{"rel": "uses-image", "to": id, "at": "container_definitions"}]);
        let repository = json!({"id": id, "kind": "aws.ecr.repository", "name": "shop/api", "place": place("us-east-1"),
            "tags": {}});
        let registry = json!({"id": format!("registry/{ACCOUNT}/us-east-1"), "kind": "aws.ecr.registry",
            "name": "registry", "place": place("us-east-1"), "tags": {}, "registry": rules});
        let id = arn("ecs", "us-west-2", "task-definition/api:1");
        let all = [one, repository, registry].into_iter().chain(others).collect();
        let found = facts(inventory(all, ALL_SEEN), &paired(), &id, &["hard_wired"]);
        // The text itself is not known.
        assert_eq!(found["unknown"]["joined.hard_wired"], "the images that it runs are not known");
        found["joined"]["hard_wired"].clone()
    };
    let rule = |region: &str, prefixes: Value| json!({"region": region, "account": ACCOUNT, "prefixes": prefixes});
    let named = json!([
        {"at": "container definitions", "what": "reference", "value": "shop/api", "region": "us-east-1"},
    ]);
    assert_eq!(of(json!({"rules": []}), vec![]), named);
    assert_eq!(of(json!({"rules": [rule("eu-west-1", json!([]))]}), vec![]), named);
    assert_eq!(of(json!({"rules": [rule("us-west-2", json!(["batch/"]))]}), vec![]), named);
    // It may be, or comes, under the same name.
    assert_eq!(of(json!({}), vec![]), json!([]));
    assert_eq!(of(json!({"rules": [rule("us-west-2", json!([]))]}), vec![]), json!([]));
    assert_eq!(of(json!({"rules": [rule("us-west-2", json!(["shop/"]))]}), vec![]), json!([]));
    let here = json!({"id": arn("ecr", "us-west-2", "repository/shop/api"), "kind": "aws.ecr.repository",
        "name": "shop/api", "place": place("us-west-2"), "tags": {}});
    assert_eq!(of(json!({"rules": []}), vec![here]), json!([]));
}

#[test]
fn what_needs_a_resource_stands_behind_it_the_nearest_first() {
    let of_network = |what: &str, kind: &str, id: &str, own: Value| {
        let mut resource = json!({
            "id": arn("ec2", "us-west-2", &format!("{what}/{id}")), "kind": kind, "name": id,
            "place": place("us-west-2"), "tags": {},
        });
        resource.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        resource
    };
    let routes = json!([{"destination": "0.0.0.0/0", "via": "nat-gateway", "target": "nat-1", "active": true}]);
    let mut all = shop();
    all.push(of_network("route-table", "aws.ec2.route-table", "rtb-1", json!({"routing": {"routes": routes}})));
    all.push(of_network("natgateway", "aws.ec2.nat-gateway", "nat-1", json!({})));
    let mut estate = inventory(all, ALL_SEEN);
    prepare(&mut estate);
    let config = paired();
    let joiner = Joiner::new(&estate, &config, NOW.parse().unwrap());
    let behind = |name: &str, region: &str| {
        let is_it = |it: &&Resource| it.name == name && it.region() == Some(region);
        let at = estate.resources.iter().position(|it| is_it(&it)).unwrap();
        let found = joiner.behind(at);
        let named = |it: &Dependent<'_>| {
            let [resource, near] = [it.at, it.waits_for].map(|at| {
                let it = &estate.resources[at];
                format!("{} {} {}", it.kind, it.name, it.region().unwrap_or_default())
            });
            let Some((rel, said)) = &it.by else { return format!("{resource} comes back as {near}") };
            let says = format!("{rel:?}, {:?}, {} {}", said.confidence, said.field, said.part.unwrap_or_default());
            if it.is_start {
                format!("{resource} to {near}: {says}")
            } else {
                format!("{near} from {resource}: {says}")
            }
        };
        (found.count, found.nearest.iter().map(named).collect::<Vec<_>>())
    };
    let of_database = [
        "aws.ecs.task-definition api us-east-1 to aws.rds.instance orders us-east-1: \
         ConnectsTo, Matched, workload.mentions container api, environment DB_HOST",
        "aws.ecs.task-definition api us-west-2 to aws.rds.instance orders us-east-1: \
         ConnectsTo, Matched, workload.mentions container api, environment DB_HOST",
        "aws.ecs.service api us-east-1 to aws.ecs.task-definition api us-east-1: RunsFrom, Declared, links ",
        "aws.ecs.service api us-west-2 to aws.ecs.task-definition api us-west-2: RunsFrom, Declared, links ",
    ];
    assert_eq!(behind("orders", "us-east-1"), (4, of_database.map(str::to_owned).to_vec()));
    let of_group = [
        "aws.ecs.service api us-west-2 to aws.ec2.security-group sg-api us-west-2: FilteredBy, Declared, links ",
        "aws.ecs.service api us-east-1 comes back as aws.ecs.service api us-west-2",
    ];
    assert_eq!(behind("sg-api", "us-west-2"), (2, of_group.map(str::to_owned).to_vec()));
    let of_gateway = ["aws.ec2.route-table rtb-1 us-west-2 to aws.ec2.nat-gateway nat-1 us-west-2: \
         RoutedBy, Declared, routing.routes 0.0.0.0/0"];
    let (count, nearest) = behind("nat-1", "us-west-2");
    assert_eq!(nearest.first().map(String::as_str), Some(of_gateway[0]));
    assert_eq!(
        (count, nearest.iter().any(|it| it.contains("aws.ecs.service api us-west-2"))),
        (10, true),
        "{nearest:#?}"
    );
}

#[test]
fn a_volume_in_the_region_that_is_lost_is_hard_wired() {
    let volumes = ["fs-1", "fs-2", "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1"];
    let system = |region: &str, id: &str| {
        json!({
            "id": arn("elasticfilesystem", region, &format!("file-system/{id}")), "kind": "aws.efs.filesystem",
            "name": id, "place": place(region), "tags": {},
        })
    };
    let mut one = definition("us-west-2", "", "");
    one["workload"]["mentions"] = json!([]);
    let link = |(number, to)| json!({"rel": "mounts", "to": to, "at": format!("volume {number}")});
    one["links"] = volumes.iter().enumerate().map(link).collect();
    let mut all = vec![one, system("us-east-1", "fs-1"), system("us-west-2", "fs-2")];
    let id = arn("ecs", "us-west-2", "task-definition/api:1");
    let place = |at: &str, value: &str| json!({"at": at, "what": "volume", "value": value, "region": "us-east-1"});
    let expected =
        json!({"joined": {"hard_wired": [place("volume 0", "fs-1"), place("volume 2", volumes[2])]}, "unknown": {}});
    assert_eq!(facts(inventory(all.clone(), ALL_SEEN), &paired(), &id, &["hard_wired"]), expected);
    // One that was not found may lie anywhere, unless all of them were listed.
    all[0]["links"] = json!([{"rel": "mounts", "to": "fs-3", "at": "volume 3"}]);
    let none = json!({"joined": {"hard_wired": []}, "unknown": {}});
    assert_eq!(facts(inventory(all.clone(), ALL_SEEN), &paired(), &id, &["hard_wired"]), none);
    let denied: Vec<_> = ALL_SEEN.iter().copied().chain([(ACCOUNT, "us-west-2", "efs", "denied")]).collect();
    let why = format!("where the volume fs-3 lies is not known: efs:List denied in {ACCOUNT} · us-west-2");
    let unknown = json!({"joined": {"hard_wired": []}, "unknown": {"joined.hard_wired": why}});
    assert_eq!(facts(inventory(all, &denied), &paired(), &id, &["hard_wired"]), unknown);
}

#[test]
fn a_private_name_is_followed_through_records_to_what_it_stands_for() {
    let record = |name: &str, target: &str| {
        json!({
            "id": format!("arn:aws:route53:::hostedzone/Z1/{name}"), "kind": "aws.route53.record", "name": name,
            "place": {"account": "111122223333", "region": null}, "tags": {},
            "dns": {"zone": "Z1", "record_type": "CNAME", "name": name, "targets": [target]},
        })
    };
    let mut all = with("api", |it| {
        if it["kind"] == "aws.ecs.task-definition" {
            *it = definition("us-west-2", "db.shop.internal", "us-east-1");
            it["workload"]["mentions"][0]["region"] = Value::Null;
        }
    });
    all.retain(|it| it["place"]["region"] != "us-east-1" || it["kind"] == "aws.rds.instance");
    // Else it is taken for a client because its group is let in.
    let db = all.iter_mut().find(|it| it["name"] == "sg-db").unwrap();
    db["firewall"]["ingress"] = json!([rule((5432, 5432), &["10.2.0.0/16"], &[])]);
    assert_eq!(reach(all.clone(), ALL_SEEN), "");
    all.extend([record("db.shop.internal", "writer.shop.internal"), record("writer.shop.internal", HOST)]);
    assert_eq!(reach(all, ALL_SEEN), "orders-replica on 5432");
}
