//! What is referred to and is not there, and edges that two ends or two texts make.

use serde_json::{Value, json};

use super::{ACCOUNT, ALL_SEEN, NOW, arn, facts, inventory, paired, place};
use crate::link::{Joiner, prepare};
use crate::model::Inventory;

fn service(links: Value) -> Value {
    json!({
        "id": arn("ecs", "us-east-1", "service/shop/api"), "kind": "aws.ecs.service", "name": "api",
        "place": place("us-east-1"), "tags": {}, "links": links,
    })
}

fn group(id: &str) -> Value {
    json!({
        "id": arn("ec2", "us-east-1", &format!("security-group/{id}")), "kind": "aws.ec2.security-group", "name": id,
        "place": place("us-east-1"), "tags": {},
    })
}

fn gone(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("ecs", "us-east-1", "service/shop/api");
    facts(inventory(resources, coverage), &paired(), &id, &["gone"])
}

#[test]
fn what_is_not_among_all_that_was_listed_is_gone() {
    let links = json!([
        {"rel": "filtered-by", "to": "sg-1"}, {"rel": "filtered-by", "to": "sg-2"},
        // Nothing is read of queues, and code alone knows an address.
        {"rel": "in-subnet", "to": "aws_subnet.a"},
    ]);
    let missing =
        json!([{"rel": "filtered-by", "class": "permission", "what": "security group", "id": "sg-2", "at": null}]);
    let found = |gone: Value, unknown: Value| json!({"joined": {"gone": gone}, "unknown": unknown});
    let all = vec![service(links.clone()), group("sg-1")];
    assert_eq!(gone(all.clone(), ALL_SEEN), found(missing.clone(), json!({})));
    assert_eq!(gone(vec![service(links.clone()), group("sg-1"), group("sg-2")], ALL_SEEN), found(json!([]), json!({})));
    let denied = &[(ACCOUNT, "", "*", "complete"), (ACCOUNT, "us-east-1", "ec2", "denied")];
    let why = json!({"joined.gone": "ec2:List denied in 111122223333 · us-east-1"});
    assert_eq!(gone(all, denied), found(json!([]), why));
    // A group of another account may be shared with this one.
    let mut shared = group("sg-2");
    shared["place"]["account"] = json!("444455556666");
    shared["id"] = json!("arn:aws:ec2:us-east-1:444455556666:security-group/sg-2");
    let why = json!({"joined.gone": "sg-2 is there, in another place"});
    assert_eq!(gone(vec![service(links.clone()), group("sg-1"), shared], ALL_SEEN), found(json!([]), why));
    // What the plan takes away is gone, whatever else nobody has seen.
    let mut deleted = group("sg-2");
    deleted["change"] = json!({"action": "delete"});
    assert_eq!(gone(vec![service(links), group("sg-1"), deleted], denied), found(missing, json!({})));
}

#[test]
fn what_refers_to_nothing_of_that_has_no_such_fact() {
    let key = super::key("us-east-1", "east", &[], "enabled");
    let id = arn("kms", "us-east-1", "key/east");
    let found = facts(inventory(vec![key], ALL_SEEN), &paired(), &id, &["gone"]);
    assert_eq!(found, json!({"joined": {"gone": null}, "unknown": {}}));
}

/// From, type, to, class, confidence and field of every edge.
fn edges(mut inventory: Inventory) -> Vec<String> {
    prepare(&mut inventory);
    let config = paired();
    let joiner = Joiner::new(&inventory, &config, NOW.parse().unwrap());
    let name = |at: usize| &inventory.resources[at].name;
    let all = joiner.edges().into_iter().map(|(from, rel, to, said)| {
        let (class, confidence) = (rel.class().word(), said.confidence.word());
        format!("{} {} {}: {class}, {confidence}, {}", name(from), rel.word(), name(to), said.field)
    });
    all.collect()
}

#[test]
fn rules_routes_rotation_copies_and_delegations_are_edges() {
    let resource = |kind: &str, id: &str, name: &str, facts: Value| {
        let mut resource = json!({"id": id, "kind": kind, "name": name, "place": place("us-east-1"), "tags": {}});
        resource.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        resource
    };
    let ec2 = |what: &str| arn("ec2", "us-east-1", what);
    let rule = json!({"allow": true, "number": null, "protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidrs": [],
        "groups": ["sg-web", format!("{ACCOUNT}/sg-peer"), "sg-db"], "prefix_lists": ["pl-1"]});
    let zone = |id: &str, name: &str| {
        let facts = json!({"place": {"account": ACCOUNT, "region": null},
            "dns": {"name": name, "zone": null, "private": false}});
        resource("aws.route53.zone", &format!("arn:aws:route53:::hostedzone/{id}"), name, facts)
    };
    let servers = |zone: &str, name: &str| {
        let facts = json!({"place": {"account": ACCOUNT, "region": null},
            "dns": {"name": name, "zone": zone, "record_type": "NS"}, "links": [{"rel": "member-of", "to": zone}]});
        resource("aws.route53.record", &format!("{zone}/{name}/NS"), &format!("{name} NS"), facts)
    };
    let attached = json!({"network": {"vpc": "vpc-1", "via": "transit-gateway", "peers": ["tgw-1"]}});
    let routes = json!({"network": {"vpc": "vpc-1"}, "routing": {"main": false, "routes": [
        {"destination": "10.0.0.0/8", "via": "transit-gateway", "target": "tgw-1", "active": true},
        {"destination": "pl-2", "via": "endpoint", "target": "vpce-1", "active": true},
    ]}});
    let secret = json!({"secret": {"rotation_function": arn("lambda", "us-east-1", "function:rotate")}});
    let copy = json!({"machine_image": {"source": "ami-1", "source_region": "us-west-2"}});
    let mut image = resource("aws.ec2.image", &arn("ec2", "us-west-2", "image/ami-1"), "ami-1", json!({}));
    image["place"] = place("us-west-2");
    let resources = vec![
        resource(
            "aws.ec2.security-group",
            &ec2("security-group/sg-db"),
            "sg-db",
            json!({"firewall": {"ingress": [rule]}}),
        ),
        resource("aws.ec2.security-group", &ec2("security-group/sg-web"), "sg-web", json!({})),
        resource("aws.ec2.security-group", &ec2("security-group/sg-peer"), "sg-peer", json!({})),
        resource("aws.ec2.prefix-list", &ec2("prefix-list/pl-1"), "pl-1", json!({})),
        resource(
            "aws.ec2.transit-gateway-attachment",
            &ec2("transit-gateway-attachment/tgw-attach-1"),
            "out",
            attached,
        ),
        resource("aws.ec2.endpoint", &ec2("vpc-endpoint/vpce-1"), "vpce-1", json!({})),
        resource("aws.ec2.route-table", &ec2("route-table/rtb-1"), "rtb-1", routes),
        resource("aws.secretsmanager.secret", &arn("secretsmanager", "us-east-1", "secret:db-AbCdEf"), "db", secret),
        resource("aws.lambda.function", &arn("lambda", "us-east-1", "function:rotate"), "rotate", json!({})),
        image,
        resource("aws.ec2.image", &ec2("image/ami-2"), "ami-2", copy),
        zone("Z1", "example.com"),
        zone("Z2", "shop.example.com"),
        servers("Z1", "shop.example.com"),
        servers("Z1", "example.com"),
    ];
    assert_eq!(
        edges(inventory(resources, ALL_SEEN)),
        [
            "sg-db lets-through sg-web: permission, declared, firewall.ingress",
            "sg-db lets-through sg-peer: permission, declared, firewall.ingress",
            "sg-db lets-through pl-1: permission, declared, firewall.ingress",
            "rtb-1 routed-by out: data-flow, matched, routing.routes",
            "rtb-1 routed-by vpce-1: data-flow, declared, routing.routes",
            "db rotated-by rotate: observability, declared, secret.rotation_function",
            "ami-2 copy-of ami-1: continuity, declared, machine_image.source",
            "shop.example.com NS member-of example.com: containment, declared, links",
            "shop.example.com NS delegates-to shop.example.com: data-flow, matched, dns.name",
            "example.com NS member-of example.com: containment, declared, links",
        ]
    );
}
