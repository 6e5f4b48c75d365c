//! Whether what runs in one network reaches a database in another, by transit gateways.

use super::reach::{reach, with};
use super::*;

fn resource(kind: &str, what: &str, name: &str) -> Value {
    json!({
        "id": arn("ec2", "us-west-2", &format!("{what}/{name}")), "kind": kind, "name": name,
        "place": place("us-west-2"), "tags": {},
    })
}

fn route(destination: &str, via: &str, target: &str) -> Value {
    json!({"destination": destination, "via": via, "target": target, "active": true})
}

fn table(kind: &str, name: &str, routes: &[Value]) -> Value {
    let mut table = resource(kind, kind.rsplit('.').next().unwrap(), name);
    table["routing"] = json!({"routes": routes});
    table
}

/// An attachment of a network, or the end of a peering, by the gateway and its table.
fn attachment(name: &str, of: Option<(&str, &str)>, gateways: &[&str], links: &[&str]) -> Value {
    let mut attachment = resource("aws.ec2.transit-gateway-attachment", "transit-gateway-attachment", name);
    attachment["status"] = json!({"state": "available", "healthy": true});
    let routed = links.iter().map(|to| json!({"rel": "routed-by", "to": to}));
    let mut links: Vec<Value> = routed.collect();
    attachment["network"] = json!({"via": "transit-gateway", "peers": gateways, "vpc": null, "subnets": null});
    if let Some((vpc, subnet)) = of {
        attachment["network"]["vpc"] = json!(vpc);
        attachment["network"]["subnets"] = json!([subnet]);
        links.extend([json!({"rel": "in-network", "to": vpc}), json!({"rel": "in-subnet", "to": subnet})]);
    }
    attachment["links"] = json!(links);
    attachment
}

const TABLE: &str = "aws.ec2.transit-gateway-route-table";

/// The service in one network, the database in another, and a gateway between.
fn attached() -> Vec<Value> {
    let stands = |it: &mut Value, vpc: &str, zone: &str| {
        it["network"]["vpc"] = json!(vpc);
        it["redundancy"] = json!({"zones": [zone]});
        it["links"].as_array_mut().unwrap().push(json!({"rel": "in-network", "to": vpc}));
    };
    let mut all = with("subnet-db", |it| stands(it, "vpc-2", "us-west-2b"));
    all.iter_mut().filter(|it| it["name"] == "subnet-api").for_each(|it| stands(it, "vpc-1", "us-west-2a"));
    all.extend(["vpc-1", "vpc-2"].map(|vpc| resource("aws.ec2.vpc", "vpc", vpc)));
    all.extend([
        table("aws.ec2.route-table", "rtb-1", &[route("10.2.0.0/16", "transit-gateway", "tgw-1")]),
        attachment("a", Some(("vpc-1", "subnet-api")), &["tgw-1"], &["gateway"]),
        attachment("b", Some(("vpc-2", "subnet-db")), &["tgw-1"], &["gateway"]),
        table(TABLE, "gateway", &[route("10.2.1.0/24", "vpc", "a"), route("10.2.2.0/24", "vpc", "b")]),
    ]);
    all
}

fn but(name: &str, change: impl Fn(&mut Value)) -> Vec<Value> {
    let mut all = attached();
    all.iter_mut().filter(|it| it["name"] == name).for_each(change);
    all
}

/// The database is attached to a second gateway, which is peered with the first.
fn peered(change: impl Fn(&mut Value)) -> Vec<Value> {
    let mut all = but("b", |it| *it = attachment("b", Some(("vpc-2", "subnet-db")), &["tgw-2"], &["second"]));
    for it in all.iter_mut().filter(|it| it["name"] == "gateway") {
        it["routing"]["routes"][1] = route("10.2.2.0/24", "peering", "p");
    }
    let second = table("aws.ec2.route-table", "rtb-2", &[route("10.2.0.0/16", "transit-gateway", "tgw-2")]);
    for it in all.iter_mut().filter(|it| it["name"] == "subnet-db") {
        it["links"][1]["to"] = json!("rtb-2");
    }
    all.extend([
        second,
        attachment("p", None, &["tgw-1", "tgw-2"], &["gateway", "q"]),
        attachment("q", None, &["tgw-1", "tgw-2"], &["second"]),
        table(TABLE, "second", &[route("10.2.2.0/24", "vpc", "b"), route("10.2.1.0/24", "peering", "q")]),
    ]);
    all.iter_mut().for_each(change);
    all
}

#[test]
fn a_way_through_transit_gateways_is_followed_or_the_hop_that_is_shut_is_named() {
    let routes = |routes: Vec<Value>| move |it: &mut Value| it["routing"]["routes"] = json!(routes);
    let (back, there) = (|| route("10.2.1.0/24", "vpc", "a"), || route("10.2.2.0/24", "vpc", "b"));
    let mut hole = route("10.2.2.0/24", "vpc", "b");
    hole["active"] = json!(false);
    let behind = |it: &mut Value| it["network"] = json!({"via": "transit-gateway", "peers": ["tgw-1"], "vpc": "vpc-3"});
    let alone = |name: &'static str| {
        move |it: &mut Value| {
            if it["name"] == name {
                it["links"] = json!([{"rel": "routed-by", "to": "gateway"}]);
            }
        }
    };
    let cases = [
        ("as it is", attached()),
        ("a black hole", but("gateway", routes(vec![back(), hole, route("0.0.0.0/0", "vpc", "b")]))),
        ("no way there", but("gateway", routes(vec![back()]))),
        ("no way back", but("gateway", routes(vec![there()]))),
        ("the most specific", but("gateway", routes(vec![back(), there(), route("10.2.2.0/23", "vpn", "v")]))),
        ("by a VPN", but("gateway", routes(vec![back(), route("0.0.0.0/0", "vpn", "v")]))),
        ("by what was not found", but("gateway", routes(vec![back(), route("10.2.2.0/24", "vpc", "c")]))),
        ("more routes", but("gateway", |it| it["unknown"] = json!({"routing.routes": "it has more"}))),
        (
            "routes denied",
            but("gateway", |it| {
                it["routing"] = json!({});
                it["unknown"] = json!({"routing.routes": "denied"});
            }),
        ),
        ("not accepted", but("b", |it| it["status"] = json!({"state": "pendingacceptance", "healthy": false}))),
        ("nobody knows how", but("b", |it| it["status"] = json!({}))),
        (
            "the gateway of others",
            but("a", |it| {
                it["links"].as_array_mut().unwrap().remove(0);
            }),
        ),
        ("not attached", but("a", |it| it["kind"] = json!("aws.ec2.peering"))),
        (
            "another zone",
            but("a", |it| {
                it["network"]["subnets"] = json!(["subnet-db"]);
                it["links"][2]["to"] = json!("subnet-db");
            }),
        ),
        (
            "by a third network",
            but("b", |it| {
                behind(it);
                it["links"] = json!([]);
            }),
        ),
        ("peered gateways", peered(|_| {})),
        (
            "peered, and the other end is not found",
            peered(|it| {
                if it["name"] == "p" || it["name"] == "q" {
                    alone("p")(it);
                }
            }),
        ),
        (
            "peered, in a circle",
            peered(|it| {
                if it["name"] == "second" {
                    it["routing"]["routes"][0] = route("10.2.2.0/24", "peering", "q");
                }
            }),
        ),
    ];
    let found: Vec<String> = cases.into_iter().map(|(what, all)| format!("{what}: {}", reach(all, ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    as it is: orders-replica on 5432
    a black hole: the route of the transit gateway route table gateway to subnet-db is a black hole
    no way there: the transit gateway route table gateway has no way to subnet-db
    no way back: the transit gateway route table gateway has no way to subnet-api
    the most specific: orders-replica on 5432
    by a VPN: unknown: gateway leads to a vpn, and what lies behind that is not known
    by what was not found: unknown: the transit gateway attachment c was not found
    more routes: unknown: gateway: it has more
    routes denied: unknown: gateway: denied
    not accepted: the transit gateway attachment b is pendingacceptance
    nobody knows how: unknown: whether the transit gateway attachment b is available is not known
    the gateway of others: unknown: the transit gateway route table that a goes by is not known
    not attached: unknown: the attachment of subnet-api to the transit gateway tgw-1 was not found
    another zone: the transit gateway attachment a has no subnet in the zone of subnet-api
    by a third network: unknown: what lies behind b, in another network, is not known
    peered gateways: orders-replica on 5432
    peered, and the other end is not found: unknown: the other end of the peering p was not found
    peered, in a circle: unknown: the way to subnet-db leads through transit gateways in a circle
    ");
}

/// Both attachments have a subnet of their own, with a network ACL of its own.
fn apart(change: impl Fn(&mut Value)) -> Vec<Value> {
    let mut all = attached();
    for (name, vpc, zone, at) in [("a", "vpc-1", "us-west-2a", 2), ("b", "vpc-2", "us-west-2b", 2)] {
        let (subnet, filter) = (format!("subnet-{name}"), format!("acl-{name}"));
        let mut own = resource("aws.ec2.subnet", "subnet", &subnet);
        own["network"] = json!({"vpc": vpc, "cidrs": ["10.2.9.0/28"]});
        own["redundancy"] = json!({"zones": [zone]});
        own["links"] = json!([{"rel": "filtered-by", "to": filter}, {"rel": "in-network", "to": vpc}]);
        let mut acl = resource("aws.ec2.network-acl", "network-acl", &filter);
        acl["firewall"] = json!({"ingress": [all_tcp()], "egress": [all_tcp()], "stateful": false});
        for attachment in all.iter_mut().filter(|it| it["name"] == name) {
            attachment["network"]["subnets"] = json!([subnet]);
            attachment["links"][at]["to"] = json!(subnet);
        }
        all.extend([own, acl]);
    }
    all.iter_mut().for_each(change);
    all
}

fn all_tcp() -> Value {
    json!({
        "allow": true, "number": 100, "protocol": "tcp", "from_port": 0, "to_port": 65535, "cidrs": ["0.0.0.0/0"],
        "groups": [], "prefix_lists": [],
    })
}

#[test]
fn the_network_acls_of_the_subnets_of_attachments_let_through_or_are_the_hop_that_is_shut() {
    let but = |name: &'static str, way: &'static str, rules: Value| {
        move |it: &mut Value| {
            if it["name"] == name {
                it["firewall"][way] = rules.clone();
            }
        }
    };
    let requests_only = || {
        let mut rule = all_tcp();
        (rule["from_port"], rule["to_port"]) = (json!(5432), json!(5432));
        json!([rule])
    };
    let second = |it: &mut Value| {
        if it["name"] == "b" {
            it["network"]["subnets"] = json!(["subnet-b", "subnet-db"]);
            it["links"].as_array_mut().unwrap().push(json!({"rel": "in-subnet", "to": "subnet-db"}));
        }
    };
    let unread = |it: &mut Value| {
        if it["name"] == "acl-b" {
            it["firewall"] = json!({});
            it["unknown"] = json!({"firewall": "denied"});
        }
    };
    let without_acl = |it: &mut Value| {
        if it["name"] == "subnet-a" {
            it["links"].as_array_mut().unwrap().remove(0);
        }
    };
    let mut in_part = apart(second);
    in_part.iter_mut().for_each(but("acl-b", "egress", json!([])));
    let cases = [
        ("all is let through", apart(|_| {})),
        ("nothing comes in", apart(but("acl-a", "ingress", json!([])))),
        ("nothing goes out to the database", apart(but("acl-b", "egress", json!([])))),
        ("no answers come in", apart(but("acl-b", "ingress", json!([])))),
        ("no answers go out", apart(but("acl-a", "egress", requests_only()))),
        ("what comes back is not asked on its way in", apart(but("acl-a", "ingress", requests_only()))),
        ("only one of two subnets lets it out", in_part),
        ("not read", apart(unread)),
        ("not found", apart(without_acl)),
    ];
    let found: Vec<String> = cases.into_iter().map(|(what, all)| format!("{what}: {}", reach(all, ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    all is let through: orders-replica on 5432
    nothing comes in: network ACL acl-a lets nothing on port 5432 in from 10.2.1.0/24
    nothing goes out to the database: network ACL acl-b lets nothing on port 5432 out to 10.2.2.0/24
    no answers come in: network ACL acl-b lets no answers in from 10.2.2.0/24
    no answers go out: network ACL acl-a lets no answers out to 10.2.1.0/24
    what comes back is not asked on its way in: orders-replica on 5432
    only one of two subnets lets it out: unknown: not all subnets of the transit gateway attachment b let it through
    not read: unknown: the rules of acl-b are not known
    not found: unknown: the network ACL of subnet-a is not known
    ");
}
