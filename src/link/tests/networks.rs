//! Networks and what filters in them: what stands in for which, and what differs.

use serde_json::{Value, json};

use super::*;

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";

fn resource(what: &str, region: &str, id: &str, own: Value) -> Value {
    let mut all = json!({
        "id": format!("arn:aws:ec2:{region}:{ACCOUNT}:{what}/{id}"), "kind": format!("aws.ec2.{what}"), "name": id,
        "place": place(region),
    });
    all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    all
}

fn vpc(region: &str, id: &str, name: &str, cidrs: &[&str]) -> Value {
    let status = json!({"state": "available", "healthy": true});
    resource("vpc", region, id, json!({"tags": {"Name": name}, "status": status, "network": {"cidrs": cidrs}}))
}

fn rule(port: u32, cidrs: &[&str], groups: &[&str], lists: &[&str]) -> Value {
    json!({
        "allow": true, "number": null, "protocol": "tcp", "from_port": port, "to_port": port, "cidrs": cidrs,
        "groups": groups, "prefix_lists": lists,
    })
}

fn group(region: &str, id: &str, name: &str, vpc: &str, ingress: &[Value]) -> Value {
    let firewall = json!({"ingress": ingress, "egress": [], "stateful": true});
    let links = json!([{"rel": "in-network", "to": vpc}]);
    let mut group = resource("security-group", region, id, json!({"firewall": firewall, "links": links}));
    group["name"] = json!(name);
    group
}

fn list(region: &str, id: &str) -> Value {
    let mut list = resource("prefix-list", region, id, json!({}));
    list["name"] = json!(format!("com.amazonaws.{region}.s3"));
    list
}

/// Two networks with a database and an application in each, and what the database lets in.
fn estate(here: &[Value], there: &[Value]) -> Vec<Value> {
    vec![
        group(EAST, "sg-db", "shop-us-east-1-db", "vpc-east", here),
        group(WEST, "sg-db-w", "shop-us-west-2-db", "vpc-west", there),
        group(EAST, "sg-app", "app", "vpc-east", &[]),
        group(WEST, "sg-app-w", "app", "vpc-west", &[]),
        vpc(EAST, "vpc-east", "shop-us-east-1", &["10.0.0.0/16"]),
        vpc(WEST, "vpc-west", "shop-us-west-2", &["10.50.0.0/16"]),
        vpc(WEST, "vpc-other", "other", &["10.60.0.0/16"]),
        list(EAST, "pl-1"),
        list(WEST, "pl-2"),
    ]
}

/// A few joined facts, and beside them why they are not known, or not in full.
fn found(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)], id: &str, names: &[&str]) -> Value {
    let all = facts(inventory(resources, coverage), &paired(), id, names);
    let mut facts = all["joined"].clone();
    if all["unknown"].as_object().is_some_and(|unknown| !unknown.is_empty()) {
        facts["unknown"] = all["unknown"].clone();
    }
    facts
}

fn missing(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = resources[0]["id"].as_str().unwrap().to_owned();
    found(resources, coverage, &id, &["missing_rules"])
}

#[test]
fn rules_are_compared_by_what_they_mean() {
    let here = [
        rule(5432, &["10.0.7.0/24"], &["sg-app"], &[]),
        rule(443, &["10.0.0.0/16", "192.168.0.0/24"], &["sg-db"], &["pl-1"]),
    ];
    let same = [
        rule(5432, &["10.50.0.0/16"], &["sg-app-w"], &[]),
        rule(443, &["10.50.0.0/16", "192.168.0.0/24"], &["sg-db-w"], &["pl-2"]),
    ];
    assert_eq!(missing(estate(&here, &same), ALL_SEEN), json!({"missing_rules": []}));
    // Addresses of the lost region, and another application.
    let copied = [rule(5432, &["10.0.7.0/24"], &["sg-db-w"], &[]), rule(443, &["10.50.0.0/16"], &[], &[])];
    let lacks = json!([
        "tcp 5432 from 10.0.7.0/24",
        "tcp 5432 from group app",
        "tcp 443 from 192.168.0.0/24",
        "tcp 443 from group shop-us-east-1-db",
        "tcp 443 from prefix list com.amazonaws.us-east-1.s3",
    ]);
    assert_eq!(missing(estate(&here, &copied), ALL_SEEN), json!({"missing_rules": lacks}));
    let everything = json!({
        "allow": true, "number": null, "protocol": "all", "from_port": null, "to_port": null,
        "cidrs": ["0.0.0.0/0"], "groups": ["sg-app-w", "sg-db-w"], "prefix_lists": ["pl-2"],
    });
    assert_eq!(missing(estate(&here, &[everything]), ALL_SEEN), json!({"missing_rules": []}));
}

/// What a change of the database's group closes.
fn closed(before: &[Value], after: &[Value], amend: impl Fn(&mut Vec<Value>)) -> Value {
    let mut resources = estate(after, &[]);
    let group = group(EAST, "sg-db", "shop-us-east-1-db", "vpc-east", before);
    resources[0]["change"] = json!({"action": "update"});
    resources[0]["before"] = group;
    amend(&mut resources);
    let id = resources[0]["id"].as_str().unwrap().to_owned();
    found(resources, ALL_SEEN, &id, &["closed_rules"])
}

#[test]
fn what_a_change_closes_is_told_by_what_the_rules_mean() {
    let nothing = |_: &mut Vec<Value>| {};
    let rules = |all: &[&str]| json!({"closed_rules": all});
    let app = [rule(5432, &[], &["sg-app"], &[])];
    assert_eq!(closed(&app, &[], nothing), rules(&["tcp 5432 from group app"]));
    assert_eq!(closed(&app, &app, nothing), rules(&[]));
    assert_eq!(closed(&[], &app, nothing), rules(&[]));
    // One rule of another form lets the same through; a narrower one does not.
    let network = [rule(5432, &["10.0.0.0/16"], &[], &[])];
    let halves = [rule(5432, &["10.0.0.0/8", "192.0.2.0/24"], &[], &[])];
    assert_eq!(closed(&network, &halves, nothing), rules(&[]));
    assert_eq!(
        closed(&network, &[rule(5432, &["10.0.7.0/24"], &[], &[])], nothing),
        rules(&["tcp 5432 from 10.0.0.0/16"])
    );
    // Everybody, and then somebody.
    let everybody = [rule(443, &["0.0.0.0/0"], &[], &[])];
    assert_eq!(closed(&everybody, &[rule(443, &["10.0.0.0/8"], &[], &[])], nothing), rules(&[]));
    assert_eq!(closed(&everybody, &[rule(80, &["10.0.0.0/8"], &[], &[])], nothing), rules(&["tcp 443 from 0.0.0.0/0"]));
    // Whoever it was for goes, too.
    let gone = |all: &mut Vec<Value>| all[2]["change"] = json!({"action": "delete"});
    assert_eq!(closed(&app, &[], gone), rules(&[]));
    // No plan changes it.
    let unchanged = |all: &mut Vec<Value>| all[0]["change"] = json!({"action": "no-op"});
    assert_eq!(closed(&app, &app, unchanged), json!({"closed_rules": null}));
}

#[test]
fn no_fail_without_evidence_what_is_closed_may_stand_in_a_rule_that_nobody_has_seen() {
    let app = [rule(5432, &[], &["sg-app"], &[])];
    let unseen =
        |all: &mut Vec<Value>| all[0]["unknown"] = json!({"firewall.ingress": "rules may be declared elsewhere"});
    let reason = json!({"unknown": {"joined.closed_rules": "rules may be declared elsewhere"}});
    assert_eq!(closed(&app, &[], unseen), reason);
    let mut later = rule(5432, &[], &[], &[]);
    later.as_object_mut().unwrap().remove("groups");
    let reason = json!({"unknown": {"joined.closed_rules": "what a rule is about is known only after apply"}});
    assert_eq!(closed(&app, &[later], |_| {}), reason);
}

#[test]
fn a_prefix_list_is_as_good_as_its_entries() {
    let of = |region: &str, id: &str, entries: Value| {
        let mut list = resource("prefix-list", region, id, json!({"network": {"cidrs": entries}}));
        list["name"] = json!("offices");
        list
    };
    let found = |here: &[Value], there: &[Value], entries: [Value; 2]| {
        let [east, west] = entries;
        let mut all = estate(here, there);
        all.extend([of(EAST, "pl-8", east), of(WEST, "pl-9", west)]);
        missing(all, ALL_SEEN)
    };
    let by_list = |list: &str| [rule(443, &[], &[], &[list])];
    let two = || json!(["10.9.0.0/16", "192.0.2.0/24"]);
    let lists = |west: Value| found(&by_list("pl-8"), &by_list("pl-9"), [two(), west]);
    assert_eq!(lists(json!(["192.0.2.0/24", "10.0.0.0/8"])), json!({"missing_rules": []}));
    assert_eq!(lists(json!(["10.9.0.0/16"])), json!({"missing_rules": ["tcp 443 from prefix list offices"]}));
    let unread = "prefix list offices: the entries of a prefix list are not known";
    assert_eq!(lists(Value::Null), json!({"unknown": {"joined.missing_rules": unread}}));
    // Addresses are as good as a list of them.
    let addresses = [rule(443, &["10.9.0.0/16", "192.0.2.0/24"], &[], &[])];
    assert_eq!(found(&by_list("pl-8"), &addresses, [two(), json!([])]), json!({"missing_rules": []}));
    assert_eq!(found(&addresses, &by_list("pl-9"), [json!([]), two()]), json!({"missing_rules": []}));
}

#[test]
fn what_nobody_saw_is_not_missing() {
    let here = [rule(5432, &["10.0.0.0/16"], &["sg-app"], &[])];
    let mut resources = estate(&here, &[]);
    resources[1]["unknown"] = json!({"firewall.ingress": "rules may be declared elsewhere"});
    let reason = "shop-us-west-2-db: rules may be declared elsewhere";
    assert_eq!(missing(resources, ALL_SEEN), json!({"unknown": {"joined.missing_rules": reason}}));
    // The one that is there lets it through, whatever else there may be.
    let there = [rule(5432, &["10.50.0.0/16"], &["sg-app-w"], &[])];
    let mut resources = estate(&here, &there);
    resources[1]["unknown"] = json!({"firewall.ingress": "rules may be declared elsewhere"});
    assert_eq!(missing(resources, ALL_SEEN), json!({"missing_rules": []}));
    // There is no group for it, or nobody looked.
    let mut resources = estate(&here, &[]);
    resources.remove(1);
    assert_eq!(missing(resources.clone(), ALL_SEEN), json!({"missing_rules": null}));
    let unseen = missing(resources, &ALL_SEEN[..2]);
    assert!(unseen["unknown"]["joined.missing_rules"].is_string(), "{unseen}");
}

#[test]
fn networks_that_are_connected_may_share_addresses() {
    let of = |ranges: &[&str], more: Vec<Value>| {
        let both = vec![
            vpc(EAST, "vpc-east", "shop-us-east-1", ranges),
            vpc(WEST, "vpc-west", "shop-us-west-2", &["10.0.0.0/16"]),
        ];
        let id = format!("arn:aws:ec2:{EAST}:{ACCOUNT}:vpc/vpc-east");
        let names = ["overlapping", "connected"];
        found([both, more].concat(), ALL_SEEN, &id, &names)
    };
    let arn = |region: &str, id: &str| format!("arn:aws:ec2:{region}:{ACCOUNT}:vpc/{id}");
    let links = json!([
        {"rel": "in-network", "to": arn(EAST, "vpc-east")},
        {"rel": "in-network", "to": arn(WEST, "vpc-west")},
    ]);
    let peering = resource("peering", EAST, "pcx-1", json!({"links": links}));
    assert_eq!(of(&["10.9.0.0/16"], vec![]), json!({"overlapping": [], "connected": false}));
    let hit = json!({"overlapping": ["10.0.128.0/17"], "connected": true});
    assert_eq!(of(&["10.9.0.0/16", "10.0.128.0/17"], vec![peering]), hit);
}

#[test]
fn subnets_of_two_zones_may_leave_by_one() {
    let subnet = |zone: &str, table: &str| {
        let links = json!([{"rel": "in-network", "to": "vpc-east"}, {"rel": "routed-by", "to": table}]);
        resource("subnet", EAST, &format!("subnet-{zone}"), json!({"redundancy": {"zones": [zone]}, "links": links}))
    };
    let table = |id: &str, gateway: &str| {
        let route = json!({"destination": "0.0.0.0/0", "via": "nat-gateway", "target": gateway, "active": true});
        resource("route-table", EAST, id, json!({"routing": {"routes": [route], "main": false}}))
    };
    let gateway = |id: &str, zone: &str| {
        let subnet = format!("subnet-{zone}");
        let links = json!([{"rel": "in-network", "to": "vpc-east"}, {"rel": "in-subnet", "to": subnet}]);
        resource("nat-gateway", EAST, id, json!({"network": {"subnets": [subnet]}, "links": links}))
    };
    let of = |second: &str, coverage: &[(&str, &str, &str, &str)]| {
        let resources = vec![
            vpc(EAST, "vpc-east", "shop", &["10.0.0.0/16"]),
            subnet("a", "rtb-a"),
            subnet("b", "rtb-b"),
            table("rtb-a", "nat-a"),
            table("rtb-b", second),
            gateway("nat-a", "a"),
            gateway("nat-b", "b"),
        ];
        let id = format!("arn:aws:ec2:{EAST}:{ACCOUNT}:vpc/vpc-east");
        found(resources, coverage, &id, &["nat_zones", "zones_behind_nat"])
    };
    assert_eq!(of("nat-a", ALL_SEEN), json!({"nat_zones": ["a"], "zones_behind_nat": ["a", "b"]}));
    assert_eq!(of("nat-b", ALL_SEEN), json!({"nat_zones": ["a", "b"], "zones_behind_nat": ["a", "b"]}));
    let gone = "a NAT gateway that its subnets use was not found";
    let expected = json!({
        "nat_zones": ["a"], "zones_behind_nat": ["a", "b"],
        "unknown": {"joined.nat_zones": gone, "joined.zones_behind_nat": gone},
    });
    assert_eq!(of("nat-c", ALL_SEEN), expected);
}
