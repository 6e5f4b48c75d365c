//! Zones of what stands in subnets.

use serde_json::json;

use super::*;

fn subnet(name: &str, zone: &str) -> Value {
    json!({
        "id": arn("ec2", "us-east-1", &format!("subnet/{name}")), "kind": "aws.ec2.subnet", "name": name,
        "place": place("us-east-1"), "tags": {},
        "redundancy": {"zones": [zone], "zone_ids": [format!("id-{zone}")], "multi_zone": false},
    })
}

fn node_group(name: &str, subnets: &[&str]) -> Value {
    json!({
        "id": arn("eks", "us-east-1", &format!("nodegroup/shop/{name}/1")), "kind": "aws.eks.node-group", "name": name,
        "place": place("us-east-1"), "tags": {}, "kubernetes": {"cluster": "shop"}, "network": {"subnets": subnets},
    })
}

fn cluster() -> Value {
    json!({
        "id": arn("eks", "us-east-1", "cluster/shop"), "kind": "aws.eks.cluster", "name": "shop",
        "place": place("us-east-1"), "tags": {}, "kubernetes": {"cluster": null, "auto_mode": false},
    })
}

/// What is known of the zones of a resource after linking.
fn zones(mut inventory: Inventory, name: &str) -> Value {
    link(&mut inventory, &Config::default(), NOW.parse().unwrap());
    let resource = inventory.resources.iter().find(|resource| resource.name == name).unwrap();
    let of_zones = |path: &&String| path.starts_with("redundancy.") || path.as_str() == "joined.cluster_zones";
    json!({
        "redundancy": resource.redundancy,
        "cluster": serde_json::to_value(&resource.joined).unwrap().get("cluster_zones"),
        "unknown": resource.unknown.keys().filter(of_zones).collect::<Vec<_>>(),
    })
}

#[test]
fn node_groups_of_one_zone_each_spread_their_cluster_over_both() {
    let estate = || {
        let groups = [cluster(), node_group("a", &["s-a"]), node_group("b", &["s-b", "s-b2"])];
        let subnets = [subnet("s-a", "us-east-1a"), subnet("s-b", "us-east-1b"), subnet("s-b2", "us-east-1b")];
        inventory(groups.into_iter().chain(subnets).collect(), ALL_SEEN)
    };
    let both = json!(["us-east-1a", "us-east-1b"]);
    let a = json!({"zones": ["us-east-1a"], "zone_ids": ["id-us-east-1a"], "multi_zone": false});
    assert_eq!(zones(estate(), "a"), json!({"redundancy": a, "cluster": both, "unknown": []}));
    let b = json!({"zones": ["us-east-1b"], "zone_ids": ["id-us-east-1b"], "multi_zone": false});
    assert_eq!(zones(estate(), "b"), json!({"redundancy": b, "cluster": both, "unknown": []}));
    assert_eq!(zones(estate(), "shop"), json!({"redundancy": null, "cluster": both, "unknown": []}));
}

#[test]
fn no_pass_without_evidence_a_subnet_that_was_not_seen_is_in_no_zone() {
    let estate = || inventory(vec![cluster(), node_group("a", &["s-a", "s-x"]), subnet("s-a", "us-east-1a")], ALL_SEEN);
    let a = json!({"zones": ["us-east-1a"], "zone_ids": ["id-us-east-1a"]});
    let unknown = ["joined.cluster_zones", "redundancy.multi_zone", "redundancy.zone_ids", "redundancy.zones"];
    assert_eq!(zones(estate(), "a"), json!({"redundancy": a, "cluster": ["us-east-1a"], "unknown": unknown}));
}

#[test]
fn two_zones_are_two_zones_whatever_else_there_is() {
    let subnets = [subnet("s-a", "us-east-1a"), subnet("s-b", "us-east-1b")];
    let mut group = node_group("a", &[]);
    group["network"] = json!({});
    group["links"] = json!([{"rel": "in-subnet", "to": "s-a"}, {"rel": "in-subnet", "to": "s-b"}]);
    let estate = inventory([group].into_iter().chain(subnets).collect(), ALL_SEEN);
    let both = json!(["us-east-1a", "us-east-1b"]);
    let found = json!({"zones": both, "zone_ids": ["id-us-east-1a", "id-us-east-1b"], "multi_zone": true});
    let unknown = ["joined.cluster_zones", "redundancy.zone_ids", "redundancy.zones"];
    assert_eq!(zones(estate, "a"), json!({"redundancy": found, "cluster": both, "unknown": unknown}));
}

#[test]
fn no_pass_without_evidence_node_groups_that_were_not_listed_may_stand_anywhere() {
    let coverage = &[(ACCOUNT, "us-east-1", "ec2", "complete"), (ACCOUNT, "us-east-1", "eks", "denied")];
    let estate = |parts: Vec<Value>| {
        inventory([cluster(), subnet("s-a", "us-east-1a")].into_iter().chain(parts).collect(), coverage)
    };
    let unknown = ["joined.cluster_zones"];
    assert_eq!(
        zones(estate(vec![node_group("a", &["s-a"])]), "shop"),
        json!({"redundancy": null, "cluster": ["us-east-1a"], "unknown": unknown})
    );
    assert_eq!(zones(estate(Vec::new()), "shop"), json!({"redundancy": null, "cluster": null, "unknown": unknown}));
}

/// A scaling group of nodes, in its zones.
fn nodes(name: &str, tags: Value, zones: &[&str]) -> Value {
    json!({
        "id": arn("autoscaling", "us-east-1", &format!("autoScalingGroup:1:autoScalingGroupName/{name}")),
        "kind": "aws.autoscaling.group", "name": name, "place": place("us-east-1"), "tags": tags,
        "redundancy": {"zones": zones, "multi_zone": zones.len() > 1},
    })
}

#[test]
fn scaling_groups_of_nodes_are_parts_of_their_cluster() {
    let groups = || {
        vec![
            cluster(),
            node_group("a", &["s-a"]),
            subnet("s-a", "us-east-1a"),
            nodes("own", json!({"kubernetes.io/cluster/shop": "owned"}), &["us-east-1b"]),
            nodes("behind", json!({"kubernetes.io/cluster/shop": "owned", "eks:nodegroup-name": "a"}), &["us-east-1a"]),
            nodes("web", json!({"app": "web"}), &["us-east-1c"]),
        ]
    };
    let found = |name: &str| facts_of_cluster(inventory(groups(), ALL_SEEN), name);
    let both = json!({"cluster_zones": ["us-east-1a", "us-east-1b"], "unknown": null});
    assert_eq!((found("a"), found("own")), (both.clone(), both));
    let none = json!({"cluster_zones": null, "unknown": null});
    assert_eq!((found("behind"), found("web")), (none.clone(), none));
}

#[test]
fn no_fail_by_ignorance_nodes_may_stand_where_nobody_looked() {
    let groups = |cluster: Value, tags: Value| {
        let others = nodes("others", tags, &["us-east-1b"]);
        vec![cluster, node_group("a", &["s-a"]), subnet("s-a", "us-east-1a"), others]
    };
    let found = |cluster, tags| facts_of_cluster(inventory(groups(cluster, tags), ALL_SEEN), "a");
    let one = |reason: Value| json!({"cluster_zones": ["us-east-1a"], "unknown": reason});
    assert_eq!(found(cluster(), json!({})), one(Value::Null));
    let mut silent = cluster();
    silent["kubernetes"] = json!({"cluster": null});
    silent["unknown"] = json!({"kubernetes.auto_mode": "eks:DescribeCluster denied"});
    assert_eq!(found(silent, json!({})), one("eks:DescribeCluster denied".into()));
    let elsewhere = key("us-east-1", "no-cluster", &[], "enabled");
    assert_eq!(found(elsewhere, json!({})), one("the cluster 'shop' was not found".into()));
    let mut unread = groups(cluster(), json!({}));
    unread[3].as_object_mut().unwrap().remove("tags");
    unread[3]["unknown"] = json!({"tags": "not read"});
    assert_eq!(facts_of_cluster(inventory(unread, ALL_SEEN), "a"), one("others: not read".into()));
    let unseen = &[(ACCOUNT, "us-east-1", "eks", "complete"), (ACCOUNT, "us-east-1", "autoscaling", "denied")];
    let reason = "autoscaling:List denied in 111122223333 · us-east-1";
    assert_eq!(facts_of_cluster(inventory(groups(cluster(), json!({})), unseen), "a"), one(reason.into()));
}

fn facts_of_cluster(mut inventory: Inventory, name: &str) -> Value {
    link(&mut inventory, &Config::default(), NOW.parse().unwrap());
    let resource = inventory.resources.iter().find(|resource| resource.name == name).unwrap();
    let zones = serde_json::to_value(&resource.joined).unwrap()["cluster_zones"].clone();
    json!({"cluster_zones": zones, "unknown": resource.unknown.get("joined.cluster_zones")})
}

#[test]
fn a_function_has_the_zones_of_its_subnets_and_one_without_any_has_none() {
    let estate = |subnets: Value| {
        let function = json!({
            "id": arn("lambda", "us-east-1", "function:resize"), "kind": "aws.lambda.function", "name": "resize",
            "place": place("us-east-1"), "tags": {}, "network": {"subnets": subnets},
        });
        inventory(vec![function, subnet("s-a", "us-east-1a"), subnet("s-b", "us-east-1b")], ALL_SEEN)
    };
    let found = |redundancy: Value| json!({"redundancy": redundancy, "cluster": null, "unknown": []});
    let one = json!({"zones": ["us-east-1a"], "zone_ids": ["id-us-east-1a"], "multi_zone": false});
    assert_eq!(zones(estate(json!(["s-a"])), "resize"), found(one));
    let two = json!({
        "zones": ["us-east-1a", "us-east-1b"], "zone_ids": ["id-us-east-1a", "id-us-east-1b"], "multi_zone": true,
    });
    assert_eq!(zones(estate(json!(["s-a", "s-b"])), "resize"), found(two));
    assert_eq!(zones(estate(Value::Null), "resize"), found(Value::Null));
}
