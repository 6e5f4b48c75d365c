//! Ways out of a subnet against those of its counterpart.

use serde_json::{Value, json};

use super::*;

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";

/// What makes another estate of one.
type Change<'c> = &'c dyn Fn(&mut Vec<Value>);

fn of(what: &str, region: &str, id: &str, own: Value) -> Value {
    let mut all = json!({
        "id": arn("ec2", region, &format!("{what}/{id}")), "kind": format!("aws.ec2.{what}"), "name": id,
        "place": place(region), "tags": {},
    });
    all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    all
}

fn vpc(region: &str, id: &str, cidr: &str) -> Value {
    of("vpc", region, id, json!({"tags": {"Name": id.replace(region, "")}, "network": {"cidrs": [cidr]}}))
}

fn subnet(region: &str) -> Value {
    let links = json!([{"rel": "in-network", "to": format!("shop-{region}")}, {"rel": "routed-by", "to": format!("rtb-{region}")}]);
    let network = json!({"vpc": format!("shop-{region}"), "cidrs": ["10.0.1.0/24"], "public_addresses": false});
    let zones = json!({"zones": [format!("{region}a")]});
    let own = json!({"tags": {"Name": "app"}, "network": network, "links": links, "redundancy": zones});
    of("subnet", region, &format!("subnet-{region}"), own)
}

/// Routes as `10.0.0.0/8 transit-gateway`; `!` before it: no longer in force; `?`: not known.
fn table(region: &str, routes: &[&str]) -> Value {
    let routes: Vec<Value> = routes
        .iter()
        .map(|text| {
            let (destination, via) = text.trim_start_matches('!').split_once(' ').unwrap();
            let mut route = json!({"target": "x", "active": !text.starts_with('!')});
            for (fact, word) in [("destination", destination), ("via", via)].iter().filter(|(_, word)| *word != "?") {
                route[*fact] = json!(word);
            }
            route
        })
        .collect();
    of("route-table", region, &format!("rtb-{region}"), json!({"routing": {"routes": routes, "main": false}}))
}

fn list(region: &str, id: &str, name: &str) -> Value {
    let mut list = of("prefix-list", region, id, json!({}));
    list["name"] = json!(name);
    list
}

fn service() -> Value {
    json!({
        "id": arn("ecs", EAST, "service/shop/api"), "kind": "aws.ecs.service", "name": "api", "place": place(EAST),
        "tags": {}, "links": [{"rel": "in-subnet", "to": "subnet-us-east-1"}],
    })
}

fn estate(here: &[&str], there: &[&str]) -> Vec<Value> {
    vec![
        subnet(EAST),
        subnet(WEST),
        table(EAST, here),
        table(WEST, there),
        vpc(EAST, "shop-us-east-1", "10.0.0.0/16"),
        vpc(WEST, "shop-us-west-2", "10.50.0.0/16"),
        vpc(EAST, "data", "10.1.0.0/16"),
        service(),
        list(EAST, "pl-1", "offices-us-east-1"),
        list(WEST, "pl-2", "offices-us-west-2"),
        list(WEST, "pl-3", "partners"),
    ]
}

fn found(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = resources[0]["id"].as_str().unwrap().to_owned();
    let mut all = facts(inventory(resources, coverage), &paired(), &id, &["ways_out"]);
    json!({"ways_out": all["joined"]["ways_out"].take(), "unknown": all["unknown"].take()})
}

/// What comes of each way, in words, and what is not known.
fn words(found: &Value) -> String {
    let text = |way: &Value, fact: &str| match way.get(fact) {
        None => "?".to_owned(),
        Some(Value::Null) => "nothing".to_owned(),
        Some(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    let ways = found["ways_out"].as_array().into_iter().flatten().map(|way| {
        let missing = match way.get("missing") {
            Some(Value::Bool(true)) => "missing",
            Some(Value::Bool(false)) => "there",
            _ => "unknown",
        };
        format!("{} {} -> {}: {missing}", text(way, "destination"), text(way, "via"), text(way, "there"))
    });
    let unknown = found["unknown"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(fact, why)| format!("{fact}: {}", why.as_str().unwrap()));
    let all: Vec<String> = ways.chain(unknown).collect();
    if all.is_empty() { "no ways out".to_owned() } else { all.join("; ") }
}

fn compared(cases: &[(&[&str], &[&str])]) -> String {
    cases.iter().map(|(here, there)| words(&found(estate(here, there), ALL_SEEN))).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_way_there_is_a_way_whatever_it_leads_through() {
    let expected = json!({
        "ways_out": [{"destination": "0.0.0.0/0", "via": "nat-gateway", "there": null, "missing": true}],
        "unknown": {},
    });
    assert_eq!(found(estate(&["0.0.0.0/0 nat-gateway"], &["10.50.0.0/16 local"]), ALL_SEEN), expected);
    let cases: &[(&[&str], &[&str])] = &[
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 nat-gateway"]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 transit-gateway"]),
        (&["0.0.0.0/0 nat-gateway"], &["!0.0.0.0/0 nat-gateway"]),
        (&["!0.0.0.0/0 nat-gateway"], &[]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 peering"]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/1 endpoint", "128.0.0.0/1 nat-gateway"]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/1 endpoint"]),
        (&["::/0 egress-only"], &["0.0.0.0/0 nat-gateway"]),
        (&["::/0 egress-only"], &["::/0 internet-gateway"]),
    ];
    insta::assert_snapshot!(compared(cases), @r"
    0.0.0.0/0 nat-gateway -> nat-gateway: there
    0.0.0.0/0 nat-gateway -> transit-gateway: there
    0.0.0.0/0 nat-gateway -> nothing: missing
    no ways out
    0.0.0.0/0 nat-gateway -> nothing: missing
    0.0.0.0/0 nat-gateway -> endpoint: there
    0.0.0.0/0 nat-gateway -> nothing: missing
    ::/0 egress-only -> nothing: missing
    ::/0 egress-only -> internet-gateway: there
    ");
}

#[test]
fn a_public_subnet_has_a_public_one_for_its_counterpart() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["0.0.0.0/0 internet-gateway"], &["0.0.0.0/0 internet-gateway"]),
        (&["0.0.0.0/0 internet-gateway"], &["0.0.0.0/0 nat-gateway"]),
        (&["0.0.0.0/0 internet-gateway"], &["0.0.0.0/1 internet-gateway", "128.0.0.0/1 nat-gateway"]),
        (&["0.0.0.0/0 internet-gateway"], &["0.0.0.0/0 endpoint"]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 internet-gateway"]),
    ];
    insta::assert_snapshot!(compared(cases), @r"
    0.0.0.0/0 internet-gateway -> internet-gateway: there
    0.0.0.0/0 internet-gateway -> nat-gateway: missing
    0.0.0.0/0 internet-gateway -> nat-gateway: missing
    0.0.0.0/0 internet-gateway -> endpoint: unknown; joined.ways_out.missing: whether calls come in by the endpoint that rtb-us-west-2 leads to is not known
    0.0.0.0/0 nat-gateway -> internet-gateway: missing
    ");
    // What is started there gets a public address, or nobody knows.
    let mut resources = estate(&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 internet-gateway"]);
    resources[1]["network"]["public_addresses"] = json!(true);
    let with = words(&found(resources.clone(), ALL_SEEN));
    resources[1]["network"].as_object_mut().unwrap().remove("public_addresses");
    insta::assert_snapshot!([with, words(&found(resources, ALL_SEEN))].join("\n"), @r"
    0.0.0.0/0 nat-gateway -> internet-gateway: there
    0.0.0.0/0 nat-gateway -> internet-gateway: unknown; joined.ways_out.missing: subnet-us-west-2: whether it gets public addresses is not known
    ");
}

#[test]
fn routes_into_other_networks_are_compared_by_where_they_lead() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["10.0.0.0/16 local", "10.0.9.0/24 interface", "10.1.0.0/16 peering", "pl-9 endpoint"], &[]),
        (&["192.168.0.0/16 vpn-gateway"], &["192.168.0.0/16 transit-gateway"]),
        (&["192.168.7.0/24 vpn-gateway"], &["192.168.0.0/16 vpn-gateway"]),
        (&["192.168.7.0/24 vpn-gateway"], &["192.168.0.0/16 vpn-gateway", "!192.168.7.0/24 transit-gateway"]),
        // The internet does not know it.
        (&["192.168.0.0/16 vpn-gateway"], &["0.0.0.0/0 nat-gateway"]),
        (&["192.168.0.0/16 vpn-gateway"], &["192.168.0.0/16 nat-gateway"]),
        (&["192.168.0.0/16 vpn-gateway"], &["0.0.0.0/0 transit-gateway"]),
        (&["52.94.0.0/22 nat-gateway"], &["0.0.0.0/0 nat-gateway"]),
        // A network of the lost region, the one that stands in for its own, and one that neither is.
        (&["10.1.0.0/16 transit-gateway"], &[]),
        (&["10.1.0.0/16 vpn-gateway"], &[]),
        (&["10.50.0.0/16 transit-gateway"], &["10.50.0.0/16 local"]),
        (&["10.7.0.0/16 transit-gateway"], &[]),
        // Prefix lists go by their names.
        (&["pl-1 transit-gateway"], &["pl-2 vpn-gateway"]),
        (&["pl-1 transit-gateway"], &["!pl-2 vpn-gateway", "0.0.0.0/0 transit-gateway"]),
        (&["pl-1 transit-gateway"], &["pl-3 transit-gateway", "0.0.0.0/0 nat-gateway"]),
        (&["pl-1 transit-gateway"], &["0.0.0.0/0 transit-gateway"]),
    ];
    insta::assert_snapshot!(compared(cases), @r"
    no ways out
    192.168.0.0/16 vpn-gateway -> transit-gateway: there
    192.168.7.0/24 vpn-gateway -> vpn-gateway: there
    192.168.7.0/24 vpn-gateway -> nothing: missing
    192.168.0.0/16 vpn-gateway -> nothing: missing
    192.168.0.0/16 vpn-gateway -> nat-gateway: there
    192.168.0.0/16 vpn-gateway -> transit-gateway: there
    52.94.0.0/22 nat-gateway -> nat-gateway: there
    no ways out
    10.1.0.0/16 vpn-gateway -> nothing: missing
    10.50.0.0/16 transit-gateway -> local: there
    10.7.0.0/16 transit-gateway -> nothing: missing
    offices-us-east-1 transit-gateway -> vpn-gateway: there
    offices-us-east-1 transit-gateway -> nothing: missing
    offices-us-east-1 transit-gateway -> nothing: missing
    offices-us-east-1 transit-gateway -> transit-gateway: there
    ");
}

#[test]
fn a_way_that_nobody_has_seen_is_not_missing() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["0.0.0.0/0 ?"], &["0.0.0.0/0 nat-gateway"]),
        (&["0.0.0.0/0 nat-gateway"], &["0.0.0.0/0 ?"]),
        (&["? nat-gateway"], &[]),
        (&["0.0.0.0/0 nat-gateway"], &["? nat-gateway"]),
        (&["pl-9 transit-gateway"], &[]),
        (&["pl-1 transit-gateway"], &["pl-9 transit-gateway"]),
    ];
    insta::assert_snapshot!(compared(cases), @r"
    0.0.0.0/0 ? -> ?: unknown; joined.ways_out.missing: what the route to 0.0.0.0/0 goes through is not known; joined.ways_out.there: what the route to 0.0.0.0/0 goes through is not known
    0.0.0.0/0 nat-gateway -> ?: unknown; joined.ways_out.missing: what a route of rtb-us-west-2 goes through is not known; joined.ways_out.there: what a route of rtb-us-west-2 goes through is not known
    joined.ways_out: where a route of rtb-us-east-1 leads is not known
    0.0.0.0/0 nat-gateway -> ?: unknown; joined.ways_out.missing: where a route of rtb-us-west-2 leads is not known; joined.ways_out.there: where a route of rtb-us-west-2 leads is not known
    pl-9 transit-gateway -> ?: unknown; joined.ways_out.missing: the prefix list pl-9 was not found; joined.ways_out.there: the prefix list pl-9 was not found
    offices-us-east-1 transit-gateway -> ?: unknown; joined.ways_out.missing: the prefix list pl-9 was not found; joined.ways_out.there: the prefix list pl-9 was not found
    ");
    let changed = |change: Change<'_>| {
        let mut resources = estate(&["0.0.0.0/0 nat-gateway", "10.7.0.0/16 transit-gateway"], &[]);
        change(&mut resources);
        words(&found(resources, ALL_SEEN))
    };
    let unsure = |at: usize| {
        move |all: &mut Vec<Value>| all[at]["unknown"] = json!({"routing.routes": "routes may be declared elsewhere"})
    };
    let no_table = |at: usize| move |all: &mut Vec<Value>| drop(all[at]["links"].as_array_mut().unwrap().remove(1));
    let unread = |at: usize| move |all: &mut Vec<Value>| all[at]["routing"] = json!({"main": false});
    let cases: [Change<'_>; 6] = [&unsure(2), &unsure(3), &no_table(0), &no_table(1), &unread(2), &unread(3)];
    insta::assert_snapshot!(cases.map(changed).join("\n"), @r"
    0.0.0.0/0 nat-gateway -> nothing: missing; 10.7.0.0/16 transit-gateway -> nothing: missing; joined.ways_out: rtb-us-east-1: routes may be declared elsewhere
    0.0.0.0/0 nat-gateway -> ?: unknown; 10.7.0.0/16 transit-gateway -> ?: unknown; joined.ways_out.missing: rtb-us-west-2: routes may be declared elsewhere; joined.ways_out.there: rtb-us-west-2: routes may be declared elsewhere
    joined.ways_out: the route table of subnet-us-east-1 is not known
    joined.ways_out: the route table of subnet-us-west-2 is not known
    joined.ways_out: rtb-us-east-1: its routes are not known
    joined.ways_out: rtb-us-west-2: its routes are not known
    ");
    // Networks of the region that nobody has listed may be where it leads.
    let resources = estate(&["10.7.0.0/16 transit-gateway", "192.168.0.0/16 vpn-gateway"], &[]);
    let partly = [ALL_SEEN, &[("999988887777", EAST, "ec2", "denied")]].concat();
    insta::assert_snapshot!(words(&found(resources, &partly)), @"10.7.0.0/16 transit-gateway -> nothing: unknown; 192.168.0.0/16 vpn-gateway -> nothing: missing; joined.ways_out.missing: it may be a network of the region: ec2:List denied in 999988887777 · us-east-1");
}

#[test]
fn only_where_something_goes_out_the_ways_matter() {
    let with = |user: Option<Value>, there: &[&str], coverage: &[(&str, &str, &str, &str)]| {
        let mut resources = estate(&["0.0.0.0/0 nat-gateway"], there);
        resources.remove(7);
        resources.extend(user);
        found(resources, coverage)
    };
    let group = json!({
        "id": arn("rds", EAST, "subgrp:db"), "kind": "aws.rds.subnet-group", "name": "db", "place": place(EAST),
        "tags": {}, "links": [{"rel": "in-subnet", "to": "subnet-us-east-1"}],
    });
    let none = json!({"ways_out": [], "unknown": {}});
    assert_eq!(with(None, &[], ALL_SEEN), none);
    assert_eq!(with(Some(group), &[], ALL_SEEN), none);
    let denied = [ALL_SEEN, &[(ACCOUNT, EAST, "ecs", "denied")]].concat();
    let same = words(&with(None, &["0.0.0.0/0 nat-gateway"], &denied));
    insta::assert_snapshot!([words(&with(None, &[], &denied)), same].join("\n"), @r"
    joined.ways_out: ecs:List denied in 111122223333 · us-east-1
    0.0.0.0/0 nat-gateway -> nat-gateway: there
    ");
    // Nothing stands in for it, or nowhere.
    let mut alone = estate(&["0.0.0.0/0 nat-gateway"], &[]);
    alone.remove(1);
    assert_eq!(found(alone.clone(), ALL_SEEN), none);
    insta::assert_snapshot!(words(&found(alone.clone(), &ALL_SEEN[..2])), @"joined.ways_out: ec2 in 111122223333 · us-west-2 was not collected");
    // Without a way out of its own it lacks none, whatever stands in for it.
    let mut inner = estate(&["10.0.0.0/16 local"], &[]);
    inner.remove(1);
    assert_eq!(found(inner, &ALL_SEEN[..2]), none);
    let id = arn("ec2", EAST, "subnet/subnet-us-east-1");
    let unpaired = facts(inventory(alone, ALL_SEEN), &Config::default(), &id, &["ways_out"]);
    assert_eq!(unpaired["joined"], json!({"ways_out": []}));
}
