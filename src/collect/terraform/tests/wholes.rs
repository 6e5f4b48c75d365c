//! What a part begins with, where the code does not say: that of what it is a part of.

use serde_json::{Value, json};

use super::created;

fn refers(address: &str, attribute: &str) -> Value {
    json!({"references": [format!("{address}.{attribute}"), address]})
}

#[test]
fn an_instance_is_backed_up_as_its_cluster_is_and_has_its_version() {
    const CLUSTER: &str = "aws_rds_cluster.catalog";
    const INSTANCE: &str = "aws_rds_cluster_instance.catalog";
    let facts = |days: Value, version: Value| {
        let cluster = json!({
            "cluster_identifier": "catalog", "engine": "aurora-postgresql", "engine_version": "16.4",
            "backup_retention_period": days,
        });
        let instance = json!({"identifier": "catalog-1", "engine": "aurora-postgresql", "engine_version": version});
        let unknown = json!({"arn": true, "cluster_identifier": true, "engine_version": version.is_null()});
        let code = json!({"cluster_identifier": refers(CLUSTER, "id")});
        let made = created(&[
            (CLUSTER, cluster, json!({"arn": true, "id": true}), json!({})),
            (INSTANCE, instance, unknown, code),
        ]);
        let backup = &made[INSTANCE]["backup"];
        ["enabled", "point_in_time", "retention_days", "deleted_with_resource"]
            .map(|fact| backup[fact].clone())
            .into_iter()
            .chain([made[INSTANCE]["database"]["engine_version"].clone()])
            .collect::<Value>()
    };
    assert_eq!(facts(json!(8), Value::Null), json!([true, true, 8, null, "16.4"]));
    assert_eq!(facts(Value::Null, json!("16.3")), json!([true, true, 1, null, "16.3"]));
}

#[test]
fn a_node_group_begins_with_the_version_of_its_cluster() {
    const CLUSTER: &str = "aws_eks_cluster.shop";
    const NODES: &str = "aws_eks_node_group.shop";
    let version = |own: Value| {
        let nodes = json!({"node_group_name": "shop", "cluster_name": "shop", "version": own});
        let made = created(&[
            (CLUSTER, json!({"name": "shop", "version": "1.33"}), json!({"arn": true}), json!({})),
            (
                NODES,
                nodes,
                json!({"arn": true, "version": own.is_null()}),
                json!({"cluster_name": refers(CLUSTER, "name")}),
            ),
        ]);
        made[NODES]["kubernetes"]["version"].clone()
    };
    assert_eq!([Value::Null, json!("1.32")].map(version), ["1.33", "1.32"]);
}

#[test]
fn a_global_datastore_begins_as_the_group_that_it_is_made_from() {
    const GROUP: &str = "aws_elasticache_replication_group.carts";
    const STORE: &str = "aws_elasticache_global_replication_group.carts";
    let facts = |types: Value| {
        let group = json!({
            "replication_group_id": "carts", "engine": "redis", "engine_version": "7.1",
            "node_type": "cache.r6g.large", "num_cache_clusters": 2, "at_rest_encryption_enabled": "true",
        });
        let store = json!({"global_replication_group_id_suffix": "carts", "cache_node_type": types});
        let unknown = json!({
            "arn": true, "id": true, "global_replication_group_id": true, "primary_replication_group_id": true,
            "cache_node_type": types.is_null(),
            "engine": true, "engine_version": true, "engine_version_actual": true, "at_rest_encryption_enabled": true,
        });
        let made = created(&[
            (GROUP, group, json!({"arn": true, "id": true}), json!({})),
            (STORE, store, unknown, json!({"primary_replication_group_id": refers(GROUP, "id")})),
        ]);
        let of = |facet: &str, fact: &str| made[STORE][facet][fact].clone();
        json!([
            of("capacity", "types"),
            of("database", "engine"),
            of("database", "engine_version"),
            of("encryption", "enabled"),
        ])
    };
    assert_eq!(facts(Value::Null), json!([["cache.r6g.large"], "redis", "7.1", true]));
    assert_eq!(facts(json!("cache.r7g.large"))[0], json!(["cache.r7g.large"]));
}
