//! Subnets: what stands in for which, and whether what is to grow in them finds addresses.

use serde_json::{Value, json};

use super::*;

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";

fn vpc(region: &str, name: &str) -> Value {
    json!({
        "id": arn("ec2", region, &format!("vpc/vpc-{region}")), "kind": "aws.ec2.vpc", "name": format!("vpc-{region}"),
        "place": place(region), "tags": {"Name": name}, "network": {"cidrs": ["10.0.0.0/16"]},
    })
}

/// A subnet by id, name and letter of its zone.
fn subnet(region: &str, id: &str, name: &str, letter: &str) -> Value {
    let tags = if name.is_empty() { json!({}) } else { json!({"Name": name}) };
    json!({
        "id": arn("ec2", region, &format!("subnet/subnet-{id}")), "kind": "aws.ec2.subnet",
        "name": format!("subnet-{id}"), "place": place(region), "tags": tags,
        "redundancy": {"zones": [format!("{region}{letter}")], "multi_zone": false},
        "network": {"vpc": format!("vpc-{region}"), "cidrs": [format!("10.0.{}.0/24", id.len())]},
        "links": [{"rel": "in-network", "to": format!("vpc-{region}")}, {"rel": "routed-by", "to": format!("rtb-{name}{region}")}],
    })
}

fn table(region: &str, name: &str, via: Option<&str>) -> Value {
    let routes = via.map(|via| json!({"destination": "0.0.0.0/0", "via": via, "target": "x", "active": true}));
    let id = format!("rtb-{name}{region}");
    json!({
        "id": arn("ec2", region, &format!("route-table/{id}")), "kind": "aws.ec2.route-table", "name": id,
        "place": place(region), "tags": {}, "routing": {"routes": routes.into_iter().collect::<Vec<_>>(), "main": false},
    })
}

/// What stands in for the subnet `e`, and how we know; or why that is not known.
fn counterpart(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> String {
    let both = [vec![vpc(EAST, "shop-us-east-1"), vpc(WEST, "shop-us-west-2")], resources].concat();
    let found = joined(inventory(both, coverage), &paired(), &arn("ec2", EAST, "subnet/subnet-e"));
    let text = |fact: &str| found["joined"]["counterpart"][fact].as_str().map(str::to_owned);
    let unknown = found["unknown"]["joined.counterpart"].as_str().map(|why| format!("unknown: {why}"));
    let there = text("id").map(|id| format!("{} {}", id.rsplit('/').next().unwrap(), text("how").unwrap()));
    unknown.or(there).unwrap_or_else(|| "none".to_owned())
}

#[test]
fn a_subnet_stands_in_for_one_of_its_name_in_the_same_position_among_the_zones() {
    let named = |name: &str, letter: &str| subnet(EAST, "e", name, letter);
    let private = |id: &str, letter: &str| subnet(WEST, id, &format!("shop-private-us-west-2{letter}"), letter);
    let own = |letter: &str| subnet(EAST, "other", &format!("shop-private-us-east-1{letter}"), letter);
    let three = || vec![private("c", "c"), private("aa", "a"), private("bbb", "b")];
    let unnamed = |region: &str, id: &str, letter: &str| {
        let mut subnet = subnet(region, id, "", letter);
        subnet["links"][1]["to"] = json!(format!("rtb-{region}"));
        subnet
    };
    let tables = |east: Option<&str>, west: Option<&str>| vec![table(EAST, "", east), table(WEST, "", west)];
    let nat = || tables(Some("nat-gateway"), Some("nat-gateway"));
    let cases = [
        ("the only one", vec![named("private", "a"), subnet(WEST, "w", "private", "c")]),
        ("in the same zone", [vec![named("shop-private-us-east-1b", "b"), own("a")], three()].concat()),
        ("in the second zone of others", [vec![named("shop-private-us-east-1d", "d"), own("b")], three()].concat()),
        ("in a zone that is missing", vec![named("shop-private-us-east-1b", "b"), own("a"), private("w", "a")]),
        ("of another name", vec![named("data", "a"), subnet(WEST, "w", "shop-private", "a")]),
        (
            "of no name, for the same traffic",
            [
                vec![
                    unnamed(EAST, "e", "b"),
                    unnamed(EAST, "f", "a"),
                    unnamed(WEST, "w", "a"),
                    unnamed(WEST, "x", "c"),
                ],
                nat(),
            ]
            .concat(),
        ),
        (
            "of no name, for other traffic",
            [
                vec![unnamed(EAST, "e", "a"), unnamed(WEST, "w", "a")],
                tables(Some("nat-gateway"), Some("internet-gateway")),
            ]
            .concat(),
        ),
        (
            "of no name, several in a zone",
            [vec![unnamed(EAST, "e", "a"), unnamed(WEST, "w", "a"), unnamed(WEST, "x", "a")], nat()].concat(),
        ),
    ];
    let found: Vec<String> =
        cases.iter().map(|(what, all)| format!("{what}: {}", counterpart(all.clone(), ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    the only one: subnet-w same-name
    in the same zone: subnet-bbb region-in-name
    in the second zone of others: subnet-bbb region-in-name
    in a zone that is missing: none
    of another name: unknown: none there is called so, and where its traffic goes is not known
    of no name, for the same traffic: subnet-x same-zone
    of no name, for other traffic: none
    of no name, several in a zone: unknown: several subnets of a zone are alike, and their names do not say which stands in for which
    ");
    // Nobody looked whether there is one.
    let unseen = counterpart(cases[3].1.clone(), &ALL_SEEN[..2]);
    assert!(unseen.starts_with("unknown: "), "{unseen}");
}

fn service(region: &str, name: &str, desired: Value, subnets: &[&str]) -> Value {
    let links: Vec<Value> = subnets.iter().map(|id| json!({"rel": "in-subnet", "to": id})).collect();
    json!({
        "id": arn("ecs", region, &format!("service/shop/{name}")), "kind": "aws.ecs.service", "name": name,
        "place": place(region), "tags": {}, "status": {"state": "active", "healthy": true},
        "capacity": {"desired": desired, "suspended": null}, "network": {"subnets": subnets}, "links": links,
    })
}

/// A subnet of the recovery place with so many free addresses.
fn west(id: &str, letter: &str, free: Option<u32>) -> Value {
    let mut subnet = subnet(WEST, id, id, letter);
    subnet["network"]["free_addresses"] = json!(free);
    if free.is_none() {
        subnet["network"].as_object_mut().unwrap().remove("free_addresses");
        subnet["network"]["cidrs"] = json!(["10.0.1.0/28"]);
    }
    subnet
}

/// The room in subnet `a`.
fn room(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let found = facts(inventory(resources, coverage), &paired(), &arn("ec2", WEST, "subnet/subnet-a"), &["room"]);
    match found["unknown"]["joined.room"].as_str() {
        Some(why) => json!(why),
        None => found["joined"]["room"].clone(),
    }
}

#[test]
fn what_grows_in_the_recovery_place_takes_addresses_of_all_its_subnets_together() {
    let both = ["subnet-a", "subnet-b"];
    let east = |desired: u32| service(EAST, "api", json!(desired), &["subnet-e"]);
    let estate = |more: Vec<Value>, free: [Option<u32>; 2]| {
        [vec![service(WEST, "api", json!(2), &both), west("a", "a", free[0]), west("b", "b", free[1])], more].concat()
    };
    let of = |needed: u32, free: u32, zones: [Option<u32>; 2]| {
        let zone = |letter: &str, free: Option<u32>| match free {
            Some(free) => json!({"zone": format!("{WEST}{letter}"), "free": free}),
            None => json!({"zone": format!("{WEST}{letter}")}),
        };
        json!({
            "subnets": both, "needed": needed, "free": free, "zones": [zone("a", zones[0]), zone("b", zones[1])],
        })
    };
    let seen = [Some(20), Some(18)];
    // 40 are to run, and 2 do already.
    assert_eq!(room(estate(vec![east(40)], seen), ALL_SEEN), of(38, 38, seen));
    assert_eq!(room(estate(vec![east(41)], seen), ALL_SEEN), of(39, 38, seen));
    // Nothing is to grow: what shrinks takes nothing, and nobody asks about what stands in for nothing.
    assert_eq!(room(estate(vec![east(1)], seen), ALL_SEEN), of(0, 38, seen));
    assert_eq!(room(estate(vec![], seen), ALL_SEEN), json!(null));
    // Of a plan, 16 addresses less 5 are the most there can be, for what runs there, too.
    assert_eq!(room(estate(vec![east(23)], [None, None]), ALL_SEEN), of(23, 22, [None, None]));
    assert_eq!(
        room(estate(vec![east(22)], [None, None]), ALL_SEEN),
        json!("subnet-a: the number of free addresses is not known")
    );
    // What nobody has seen can only take more.
    let denied = [ALL_SEEN, &[(ACCOUNT, EAST, "ecs", "denied")]].concat();
    assert_eq!(room(estate(vec![east(41)], seen), &denied), of(39, 38, seen));
    assert_eq!(room(estate(vec![east(40)], seen), &denied), json!("ecs:List denied in 111122223333 · us-east-1"));
    // How many the source runs is not known.
    let mut open = east(1);
    open["capacity"] = json!({"suspended": null});
    let reason = "api: its desired capacity is not known";
    assert_eq!(room(estate(vec![open], seen), ALL_SEEN), json!(reason));
}

#[test]
fn of_the_sets_of_subnets_that_one_is_in_the_tightest_counts() {
    let all = |wide: u32, narrow: u32| {
        let resources = vec![
            service(EAST, "api", json!(wide), &["subnet-e"]),
            service(EAST, "batch", json!(narrow), &["subnet-e"]),
            service(WEST, "api", json!(0), &["subnet-a", "subnet-b"]),
            service(WEST, "batch", json!(0), &["subnet-a"]),
            west("a", "a", Some(10)),
            west("b", "b", Some(100)),
        ];
        let room = room(resources, ALL_SEEN);
        json!([room["subnets"], room["needed"], room["free"]])
    };
    // Together they find room, and the one that may not choose does not.
    assert_eq!(all(50, 11), json!([["subnet-a"], 11, 10]));
    assert_eq!(all(50, 9), json!([["subnet-a"], 9, 10]));
    assert_eq!(all(105, 9), json!([["subnet-a", "subnet-b"], 114, 110]));
}
