//! Caches without nodes, caches that keep what is written, and clusters whose nodes come from elsewhere.

use serde_json::{Value, json};

use super::created;

fn one(address: &str, values: Value, unknown: Value) -> Value {
    created(&[(address, values, unknown, json!({}))])[address].clone()
}

#[test]
fn a_serverless_cache_is_a_resource_of_its_own() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/1";
    let cache = |key: Value, retention: Value| {
        let values = json!({"name": "queue", "engine": "Valkey", "major_engine_version": "8", "kms_key_id": key,
            "snapshot_retention_limit": retention, "subnet_ids": ["subnet-b", "subnet-a"]});
        let unknown = json!({"arn": true, "endpoint": true, "full_engine_version": true, "security_group_ids": true});
        let facts = one("aws_elasticache_serverless_cache.queue", values, unknown);
        ["kind", "backup", "redundancy", "encryption", "protection", "database", "network", "links"]
            .map(|facet| facts[facet].clone())
    };
    let expected = |enabled: bool, key: Value| {
        let interval = if enabled { json!(1440) } else { Value::Null };
        let stands = ["subnet-b", "subnet-a"].map(|subnet| json!({"rel": "in-subnet", "to": subnet}));
        let encrypted = json!({"rel": "encrypted-by", "to": key});
        let links: Vec<Value> = stands.into_iter().chain(Some(encrypted).filter(|_| !key.is_null())).collect();
        [
            json!("aws.elasticache.serverless-cache"),
            json!({"enabled": enabled, "retention_days": if enabled { 7 } else { 0 }, "point_in_time": false,
                "interval_minutes": interval, "versioned": null}),
            json!({"multi_zone": true, "automatic_failover": true}),
            json!({"enabled": true, "key": key}),
            json!({"final_snapshot": false}),
            json!({"engine": "valkey", "engine_version": "8", "cluster": null, "topology": null, "mode": "serverless",
                "subnet_group": null, "parameter_group": null, "option_group": null, "managed_secret": false,
                "durability": null}),
            json!({"subnets": ["subnet-a", "subnet-b"]}),
            json!(links),
        ]
    };
    assert_eq!(cache(json!(key), json!(7)), expected(true, json!(key)));
    assert_eq!(cache(Value::Null, Value::Null), expected(false, Value::Null));
}

#[test]
fn only_valkey_from_version_9_on_may_keep_what_is_written() {
    let durability = |engine: Value, version: &str| {
        let values = json!({"replication_group_id": "carts", "engine": engine, "engine_version": version});
        let group = one("aws_elasticache_replication_group.carts", values, json!({"arn": true}));
        (group["database"].get("durability").cloned(), group["unknown"].get("database.durability").cloned())
    };
    let never = (Some(Value::Null), None);
    assert_eq!(durability(json!("redis"), "7.1"), never);
    assert_eq!(durability(Value::Null, "7.1"), never);
    assert_eq!(durability(json!("valkey"), "8.1"), never);
    let reason = json!("the provider has no attribute for it");
    assert_eq!(durability(json!("valkey"), "9.0"), (None, Some(reason)));
}

#[test]
fn nodes_of_auto_mode_come_from_its_node_pools_or_from_those_in_the_cluster() {
    let auto_mode = |compute: Value| {
        let values = json!({"name": "shop", "compute_config": compute});
        let cluster = one("aws_eks_cluster.shop", values, json!({"arn": true}));
        (cluster["kubernetes"].get("auto_mode").cloned(), cluster["unknown"].get("kubernetes.auto_mode").cloned())
    };
    let known = |mode: bool| (Some(json!(mode)), None);
    assert_eq!(auto_mode(json!([{"enabled": true, "node_pools": ["system"]}])), known(true));
    assert_eq!(auto_mode(json!([{"enabled": false, "node_pools": []}])), known(false));
    assert_eq!(auto_mode(json!([])), known(false));
    let unknown = (None, Some(json!("its node pools stand in the cluster, which is not read")));
    assert_eq!(auto_mode(json!([{"enabled": true, "node_pools": []}])), unknown);
    assert_eq!(auto_mode(json!([{"enabled": true, "node_pools": null}])), unknown);
}

#[test]
fn a_cluster_is_encrypted_from_1_28_on() {
    let encryption = |version: Value| {
        let cluster = one("aws_eks_cluster.shop", json!({"name": "shop", "version": version}), json!({"arn": true}));
        cluster["encryption"].clone()
    };
    assert_eq!(encryption(json!("1.27")), json!({"enabled": false, "key": null}));
    assert_eq!(encryption(json!("1.33")), json!({"enabled": true, "key": null}));
    assert_eq!(encryption(Value::Null), json!({"enabled": true, "key": null}));
}

#[test]
fn no_pass_without_evidence_failover_to_replicas_of_which_the_number_is_not_known_yet() {
    let failover = |replicas: Value, code: Value| {
        let address = "aws_elasticache_replication_group.carts";
        let values = json!({"replication_group_id": "carts", "automatic_failover_enabled": true, "num_node_groups": 2,
            "replicas_per_node_group": replicas});
        let unknown = json!({"arn": true, "replicas_per_node_group": replicas.is_null()});
        let group = &created(&[(address, values, unknown, code)])[address];
        group["redundancy"].get("automatic_failover").cloned()
    };
    let asked = || json!({"replicas_per_node_group": {"references": ["random_integer.replicas.result"]}});
    assert_eq!(failover(json!(1), asked()), Some(json!(true)));
    assert_eq!(failover(json!(0), asked()), Some(json!(false)));
    assert_eq!(failover(Value::Null, asked()), None);
    // The provider has a number of its own, and refuses failover without a replica.
    assert_eq!(
        failover(Value::Null, json!({"automatic_failover_enabled": {"constant_value": true}})),
        Some(json!(true))
    );
}

#[test]
fn a_cache_stands_where_its_subnet_group_does() {
    let refers = |address: &str| json!({"references": [format!("{address}.name"), address]});
    let subnet = |zone: &str| json!({"vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24", "availability_zone": zone});
    let found = created(&[
        ("aws_subnet.a", subnet("us-east-1a"), json!({"id": true, "arn": true}), json!({})),
        (
            "aws_elasticache_subnet_group.caches",
            json!({"name": "caches"}),
            json!({"arn": true, "subnet_ids": true, "vpc_id": true}),
            json!({"subnet_ids": {"references": ["aws_subnet.a.id", "aws_subnet.a"]}}),
        ),
        (
            "aws_elasticache_replication_group.carts",
            json!({"replication_group_id": "carts", "subnet_group_name": "caches"}),
            json!({"arn": true}),
            json!({"subnet_group_name": refers("aws_elasticache_subnet_group.caches")}),
        ),
        (
            "aws_elasticache_cluster.queue",
            json!({"cluster_id": "queue", "engine": "memcached", "subnet_group_name": "elsewhere"}),
            json!({"arn": true}),
            json!({}),
        ),
    ]);
    let group = &found["aws_elasticache_subnet_group.caches"];
    assert_eq!(group["kind"], "aws.elasticache.subnet-group");
    assert_eq!(group["redundancy"], json!({"zones": ["us-east-1a"], "multi_zone": false}));
    assert_eq!(group["network"], json!({"subnets": ["aws_subnet.a"]}));
    assert_eq!(group["links"], json!([{"rel": "in-subnet", "to": "aws_subnet.a"}]));
    let carts = &found["aws_elasticache_replication_group.carts"];
    assert_eq!(carts["database"]["subnet_group"], "caches");
    assert_eq!(carts["links"], json!([{"rel": "in-subnet-group", "to": "aws_elasticache_subnet_group.caches"}]));
    assert_eq!(found["aws_elasticache_cluster.queue"]["database"]["subnet_group"], "elsewhere");
}

#[test]
fn a_cluster_tells_the_group_of_its_nodes_once_it_has_one() {
    let group = |id: Value, unknown: Value| {
        let values = json!({"name": "shop", "vpc_config": [{"subnet_ids": [], "cluster_security_group_id": id}]});
        let cluster = one("aws_eks_cluster.shop", values, unknown);
        cluster["kubernetes"].get("security_group").cloned()
    };
    assert_eq!(group(json!("sg-1"), json!({})), Some(json!("sg-1")));
    assert_eq!(group(Value::Null, json!({"vpc_config": [{"cluster_security_group_id": true}]})), None);
}
