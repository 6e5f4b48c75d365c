//! What stands in for compute and caches, and which roles are needed: by names, by applications, and where neither tells.

use serde_json::{Value, json};

use super::*;
use crate::config::Application;

/// us-east-1 comes back in us-west-2; what is tagged with `shop` or `billing` is of that application.
fn applications() -> Config {
    let of = |name: &str| Application {
        tags: [("app".to_owned(), crate::config::OneOrMany::One(name.to_owned()))].into(),
        ..Application::default()
    };
    Config { applications: ["shop", "billing"].map(|name| (name.to_owned(), of(name))).into(), ..paired() }
}

fn group(region: &str, name: &str, app: &str, desired: u32) -> Value {
    json!({
        "id": format!("{region}/{name}"), "kind": "aws.autoscaling.group", "name": name, "place": place(region),
        "tags": {"app": app}, "status": {"state": null, "healthy": true},
        "capacity": {"min": 0, "desired": desired, "max": 4, "suspended": []},
    })
}

/// How the stand-in of the first was found, which it is, and how much of it runs; or why that is not known.
fn stand_in(resources: Vec<Value>, config: &Config, coverage: &[(&str, &str, &str, &str)]) -> String {
    let id = resources[0]["id"].as_str().unwrap().to_owned();
    let found = joined(inventory(resources, coverage), config, &id);
    let unknown =
        |fact: &str| found["unknown"].get(format!("joined.{fact}")).and_then(Value::as_str).map(str::to_owned);
    if let Some(reason) = unknown("counterpart") {
        return format!("unknown: {reason}");
    }
    let counterpart = &found["joined"]["counterpart"];
    let Some(how) = counterpart["how"].as_str() else { return "none".to_owned() };
    let size = match unknown("standby_desired") {
        Some(reason) => format!("unknown: {reason}"),
        None => format!("{} of {}", found["joined"]["standby_desired"], found["joined"]["standby_max"]),
    };
    format!("{how} {}, {size}", counterpart["id"].as_str().unwrap())
}

#[test]
fn a_group_is_told_by_its_name_but_for_the_region_or_as_the_only_one_of_its_application() {
    let (east, west) = ("us-east-1", "us-west-2");
    let all = |first: Value, rest: Vec<Value>| stand_in([vec![first], rest].concat(), &applications(), ALL_SEEN);
    let cases = [
        ("same name", all(group(east, "web", "shop", 2), vec![group(west, "web", "", 1)])),
        ("region in the name", all(group(east, "web-us-east-1", "shop", 2), vec![group(west, "web-us-west-2", "", 0)])),
        ("region in one name", all(group(east, "web", "shop", 2), vec![group(west, "usw2-web", "", 1)])),
        (
            "best of two",
            all(group(east, "web", "shop", 2), vec![group(west, "web", "", 0), group(west, "web-usw2", "", 1)]),
        ),
        ("only one of the application", all(group(east, "web", "shop", 2), vec![group(west, "front", "shop", 1)])),
        (
            "two there",
            all(group(east, "web", "shop", 2), vec![group(west, "a", "shop", 1), group(west, "b", "shop", 1)]),
        ),
        (
            "five there",
            all(
                group(east, "web", "shop", 2),
                ["e", "b", "d", "a", "c"].map(|name| group(west, name, "shop", 1)).into(),
            ),
        ),
        (
            "two here",
            all(group(east, "web", "shop", 2), vec![group(east, "jobs", "shop", 1), group(west, "a", "shop", 1)]),
        ),
        (
            "the other has its own",
            all(group(east, "web", "shop", 2), vec![group(east, "jobs", "shop", 1), group(west, "jobs", "shop", 1)]),
        ),
        ("of another application", all(group(east, "web", "shop", 2), vec![group(west, "front", "billing", 1)])),
        ("of no application", all(group(east, "web", "", 2), vec![group(west, "front", "", 1)])),
        ("nothing there", all(group(east, "web", "shop", 2), vec![])),
        ("not seen there", stand_in(vec![group(east, "web", "shop", 2)], &applications(), &ALL_SEEN[..2])),
    ];
    let said: String = cases.into_iter().map(|(name, said)| format!("{name}: {said}\n")).collect();
    insta::assert_snapshot!(said, @"
    same name: same-name us-west-2/web, 1 of 4
    region in the name: region-in-name us-west-2/web-us-west-2, 0 of 4
    region in one name: region-in-name us-west-2/usw2-web, 1 of 4
    best of two: region-in-name us-west-2/web-usw2, 1 of 4
    only one of the application: same-application us-west-2/front, 1 of 4
    two there: unknown: a, b in us-west-2: neither name nor application says whether it stands in
    five there: unknown: a, b, c and 2 more in us-west-2: neither name nor application says whether it stands in
    two here: unknown: a in us-west-2: neither name nor application says whether it stands in
    the other has its own: none
    of another application: none
    of no application: unknown: front in us-west-2: neither name nor application says whether it stands in
    nothing there: none
    not seen there: unknown: autoscaling in 111122223333 · us-west-2 was not collected
    ");
}

fn cluster(region: &str, auto_mode: bool) -> Value {
    json!({
        "id": arn("eks", region, "cluster/shop"), "kind": "aws.eks.cluster", "name": "shop", "place": place(region),
        "tags": {"app": "shop"}, "status": {"state": "active", "healthy": true},
        "kubernetes": {"version": "1.34", "cluster": null, "auto_mode": auto_mode},
    })
}

fn nodes(region: &str, kind: &str, name: &str, desired: u32) -> Value {
    json!({
        "id": arn("eks", region, &format!("{name}/1")), "kind": kind, "name": name, "place": place(region), "tags": {},
        "kubernetes": {"cluster": "shop"}, "capacity": {"min": 0, "desired": desired, "max": 3, "suspended": null},
        "links": [{"rel": "member-of", "to": arn("eks", region, "cluster/shop")}],
    })
}

#[test]
fn a_cluster_runs_what_its_groups_run() {
    let (east, west, group) = ("us-east-1", "us-west-2", "aws.eks.node-group");
    let there = |auto_mode: bool, parts: Vec<Value>| {
        let resources = [vec![cluster(east, false), cluster(west, auto_mode)], parts].concat();
        stand_in(resources, &applications(), ALL_SEEN)
    };
    let mut own = nodes(west, "aws.autoscaling.group", "own", 2);
    own["tags"] = json!({"kubernetes.io/cluster/shop": "owned"});
    let mut managed = own.clone();
    managed["tags"]["eks:nodegroup-name"] = "a".into();
    let mut unread = nodes(west, group, "a", 0);
    unread.as_object_mut().unwrap().remove("capacity");
    unread["unknown"] = json!({"capacity.desired": "eks:DescribeNodegroup denied"});
    let cases = [
        ("no nodes", there(false, vec![])),
        ("empty groups", there(false, vec![nodes(west, group, "a", 0), nodes(west, group, "b", 0)])),
        ("two groups", there(false, vec![nodes(west, group, "a", 1), nodes(west, group, "b", 2)])),
        ("nodes of its own", there(false, vec![own])),
        ("the group behind a group", there(false, vec![nodes(west, group, "a", 0), managed])),
        ("nodes here do not count", there(false, vec![nodes(east, group, "a", 2)])),
        (
            "fargate beside groups at zero",
            there(false, vec![nodes(west, "aws.eks.fargate-profile", "f", 0), nodes(west, group, "a", 0)]),
        ),
        (
            "fargate beside groups",
            there(false, vec![nodes(west, "aws.eks.fargate-profile", "f", 0), nodes(west, group, "a", 2)]),
        ),
        ("fargate", there(false, vec![nodes(west, "aws.eks.fargate-profile", "f", 0)])),
        ("auto mode", there(true, vec![])),
        ("one group not read", there(false, vec![unread.clone()])),
        ("one group not read, one runs", there(false, vec![unread, nodes(west, group, "b", 1)])),
    ];
    let said: String = cases.into_iter().map(|(name, said)| format!("{name}: {said}\n")).collect();
    insta::assert_snapshot!(said, @"
    no nodes: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 0 of 0
    empty groups: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 0 of 6
    two groups: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 3 of 6
    nodes of its own: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 2 of 3
    the group behind a group: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 0 of 3
    nodes here do not count: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 0 of 0
    fargate beside groups at zero: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, unknown: f: what of the cluster it runs is not known
    fargate beside groups: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 2 of 3
    fargate: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, null of null
    auto mode: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, null of null
    one group not read: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, unknown: a: eks:DescribeNodegroup denied
    one group not read, one runs: same-name arn:aws:eks:us-west-2:111122223333:cluster/shop, 1 of 3
    ");
}

#[test]
fn node_groups_of_two_clusters_with_one_name_are_told_apart() {
    let (east, west, kind) = ("us-east-1", "us-west-2", "aws.eks.node-group");
    let mut other = nodes(west, kind, "general", 5);
    other["id"] = "other".into();
    other["kubernetes"]["cluster"] = "batch".into();
    let resources = vec![nodes(east, kind, "general", 2), nodes(west, kind, "general", 1), other];
    assert_eq!(
        stand_in(resources, &applications(), ALL_SEEN),
        "same-name arn:aws:eks:us-west-2:111122223333:general/1, 1 of 3"
    );
}

fn cache(region: &str, name: &str, app: &str, engine: &str) -> Value {
    json!({
        "id": format!("{region}/{name}"), "kind": "aws.elasticache.replication-group", "name": name,
        "place": place(region), "tags": {"app": app}, "status": {"state": "available", "healthy": true},
        "replication": {"role": "none", "source": null, "replicas": [], "global": null},
        "database": {"engine": engine, "cluster": null},
    })
}

#[test]
fn any_cache_of_the_application_takes_the_load() {
    let (east, west) = ("us-east-1", "us-west-2");
    let there = |rest: Vec<Value>, coverage: &[(&str, &str, &str, &str)]| {
        let said = stand_in([vec![cache(east, "cart", "shop", "redis")], rest].concat(), &applications(), coverage);
        said.trim_end_matches(", null of null").to_owned()
    };
    let mut node = cache(west, "cart-001", "shop", "redis");
    node["kind"] = "aws.elasticache.cluster".into();
    node["database"]["cluster"] = "cart".into();
    let mut alone = node.clone();
    alone["database"]["cluster"] = Value::Null;
    let cases = [
        ("same name", there(vec![cache(west, "cart", "", "valkey")], ALL_SEEN)),
        ("of the application", there(vec![cache(west, "other", "shop", "valkey")], ALL_SEEN)),
        ("of another kind", there(vec![alone], ALL_SEEN)),
        ("a node of a group", there(vec![node], ALL_SEEN)),
        ("of another protocol", there(vec![cache(west, "cart", "shop", "memcached")], ALL_SEEN)),
        ("of another application", there(vec![cache(west, "other", "billing", "redis")], ALL_SEEN)),
        ("nothing there", there(vec![], ALL_SEEN)),
        ("not seen there", there(vec![], &ALL_SEEN[..2])),
    ];
    let said: String = cases.into_iter().map(|(name, said)| format!("{name}: {said}\n")).collect();
    insta::assert_snapshot!(said, @"
    same name: same-name us-west-2/cart
    of the application: same-application us-west-2/other
    of another kind: same-application us-west-2/cart-001
    a node of a group: none
    of another protocol: none
    of another application: none
    nothing there: none
    not seen there: unknown: elasticache in 111122223333 · us-west-2 was not collected
    ");
}

fn role(name: &str, app: &str) -> Value {
    json!({
        "id": format!("arn:aws:iam::{ACCOUNT}:role/{name}"), "kind": "aws.iam.role", "name": name,
        "place": {"account": ACCOUNT, "region": null}, "tags": {"app": app}, "role": {"service_linked": false},
    })
}

fn taking_on(mut resource: Value, role: &str) -> Value {
    resource["links"] = json!([{"rel": "assumes", "to": format!("arn:aws:iam::{ACCOUNT}:role/{role}")}]);
    resource
}

#[test]
fn a_role_is_needed_by_what_comes_back_and_has_no_other() {
    let (east, west) = ("us-east-1", "us-west-2");
    let needed = |role: Value, rest: Vec<Value>, coverage: &[(&str, &str, &str, &str)]| {
        let id = role["id"].as_str().unwrap().to_owned();
        let found = joined(inventory([vec![role], rest].concat(), coverage), &applications(), &id);
        match found["unknown"].get("joined.needed_in_recovery") {
            Some(reason) => format!("unknown: {}", reason.as_str().unwrap()),
            None => found["joined"]["needed_in_recovery"].to_string(),
        }
    };
    let group = |region: &str, role: &str| taking_on(group(region, "web", "", 2), role);
    let mut linked = role("app", "shop");
    linked["role"]["service_linked"] = true.into();
    let cases = [
        ("used by what comes back", needed(role("app", ""), vec![group(east, "app")], ALL_SEEN)),
        ("used there already", needed(role("app", ""), vec![group(east, "app"), group(west, "app")], ALL_SEEN)),
        (
            "another is used there",
            needed(role("app", ""), vec![role("app-west", ""), group(east, "app"), group(west, "app-west")], ALL_SEEN),
        ),
        ("used in the recovery region only", needed(role("app", ""), vec![group(west, "app")], ALL_SEEN)),
        ("used by nothing", needed(role("app", ""), vec![], ALL_SEEN)),
        ("of an application", needed(role("app", "shop"), vec![], ALL_SEEN)),
        (
            "of an application with a twin",
            needed(role("app-us-east-1", "shop"), vec![role("app-us-west-2", "shop")], ALL_SEEN),
        ),
        ("made by a service", needed(linked, vec![], ALL_SEEN)),
        ("its users were not all seen", needed(role("app", ""), vec![], &ALL_SEEN[..1])),
    ];
    let said: String = cases.into_iter().map(|(name, said)| format!("{name}: {said}\n")).collect();
    insta::assert_snapshot!(said, @"
    used by what comes back: true
    used there already: true
    another is used there: false
    used in the recovery region only: false
    used by nothing: false
    of an application: true
    of an application with a twin: false
    made by a service: false
    its users were not all seen: unknown: none of its regions was collected
    ");
}

#[test]
fn no_pass_without_evidence_a_stand_in_of_which_a_part_was_not_read() {
    let names = &["standby_desired", "counterpart"];
    let told = |amend: &dyn Fn(&mut Value)| {
        let group = |region: &str| {
            json!({
                "id": arn("autoscaling", region, "autoScalingGroup:1:autoScalingGroupName/web"),
                "kind": "aws.autoscaling.group", "name": "web", "place": place(region), "tags": {},
                "status": {"state": null, "healthy": true}, "redundancy": {"instances": 0},
                "capacity": {"min": 1, "desired": 2, "max": 4, "types": [], "suspended": []},
            })
        };
        let mut there = group("us-west-2");
        amend(&mut there);
        let found = facts(
            inventory(vec![group("us-east-1"), there], ALL_SEEN),
            &paired(),
            &arn("autoscaling", "us-east-1", "autoScalingGroup:1:autoScalingGroupName/web"),
            names,
        );
        let unknown = found["unknown"].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
        (found["joined"]["standby_desired"].clone(), found["joined"]["counterpart"]["usable"].clone(), unknown)
    };
    let without = |name: &'static str| move |there: &mut Value| drop(there.as_object_mut().unwrap().remove(name));
    let known = String::new;
    assert_eq!(told(&|_| {}), (json!(2), json!(true), known()));
    assert_eq!(told(&without("capacity")), (Value::Null, json!(true), "joined.standby_desired".to_owned()));
    assert_eq!(told(&without("status")), (json!(2), Value::Null, "joined.counterpart.usable".to_owned()));
    // Where it cannot launch, what runs counts, and not what is asked for.
    assert_eq!(told(&|there| there["capacity"]["suspended"] = json!(["Launch"])), (json!(0), json!(true), known()));
    let unread = |there: &mut Value| drop(there["capacity"].as_object_mut().unwrap().remove("suspended"));
    assert_eq!(told(&unread), (Value::Null, json!(true), "joined.standby_desired".to_owned()));
}
