//! Small plans, each about one way in which Terraform says something.

mod alone;
mod apis;
mod artifacts;
mod backup;
mod caches;
mod clusters;
mod disks;
mod edge;
mod edges;
mod functions;
mod global;
mod lists;
mod machines;
mod network;
mod partial;
mod providers;
mod references;
mod settings;
mod warehouses;
mod wholes;

use serde_json::{Value, json};

use super::read;
use crate::model::{Action, Change, Fact, Resource, Timestamp};

/// The facts of every resource of a plan that creates these blocks, by address. A block has its values, the mask of
/// what is known after apply, and its expressions.
fn created(blocks: &[(&str, Value, Value, Value)]) -> Value {
    let named = |address: &str| {
        let (kind, name) = address.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws"})
    };
    let with = |mut row: Value, name: &str, value: Value| {
        row[name] = value;
        row
    };
    let changes: Vec<_> = blocks
        .iter()
        .map(|(address, after, unknown, _)| {
            let change = json!({"actions": ["create"], "before": null, "after": after, "after_unknown": unknown});
            with(named(address), "change", change)
        })
        .collect();
    let code: Vec<_> =
        blocks.iter().map(|(address, _, _, code)| with(named(address), "expressions", code.clone())).collect();
    let plan = json!({"resource_changes": changes, "configuration": {"root_module": {"resources": code}}});
    Value::Object(resources(&plan).into_iter().collect())
}

#[test]
fn zones_that_a_provider_derived_are_out_of_date_once_the_subnets_change() {
    let row = |address: &str, actions: &str, before: Value, after: Value| {
        let (kind, name) = address.split_once('.').unwrap();
        let change = json!({"actions": [actions], "before": before, "after": after, "after_unknown": {}});
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "change": change})
    };
    let subnet = |id: &str| {
        let values = json!({"id": format!("subnet-{id}"), "availability_zone": format!("us-east-1{id}")});
        row(&format!("aws_subnet.{id}"), "no-op", values.clone(), values)
    };
    let group = |name: &str, after: &[&str]| {
        let values = |subnets: &[&str]| {
            json!({
                "name": name, "vpc_zone_identifier": subnets, "availability_zones": ["us-east-1a", "us-east-1b"]
            })
        };
        row(&format!("aws_autoscaling_group.{name}"), "update", values(&["subnet-a", "subnet-b"]), values(after))
    };
    let changes = [
        subnet("a"),
        subnet("b"),
        group("fewer", &["subnet-a"]),
        group("other", &["subnet-elsewhere"]),
        group("same", &["subnet-a", "subnet-b"]),
    ];
    let plan = json!({"resource_changes": changes, "configuration": {"root_module": {}}});
    let input = read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
    let zones = |name: &str| {
        let group = input.inventory.resources.iter().find(|resource| resource.name == name).unwrap();
        let of = |resource: &Resource| resource.redundancy.as_ref().unwrap().zones.clone();
        (of(group.before.as_ref().unwrap()), of(group))
    };
    let both = Fact::Known(vec!["us-east-1a".to_owned(), "us-east-1b".to_owned()]);
    assert_eq!(zones("fewer"), (both.clone(), Fact::Known(vec!["us-east-1a".to_owned()])));
    assert_eq!(zones("other"), (both.clone(), Fact::Unknown));
    assert_eq!(zones("same"), (both.clone(), both));
}

#[test]
fn a_file_system_that_is_only_made_now_is_backed_up_here_or_not_at_all() {
    let unknown = json!({"arn": true, "id": true});
    let id = |name: &str| json!({"references": [format!("aws_efs_file_system.{name}.id")]});
    let facts = created(&[
        ("aws_efs_file_system.plain", json!({}), unknown.clone(), json!({})),
        ("aws_efs_file_system.one_zone", json!({"availability_zone_name": "us-east-1a"}), unknown.clone(), json!({})),
        ("aws_efs_file_system.with_policy", json!({}), unknown.clone(), json!({})),
        (
            "aws_efs_backup_policy.with_policy",
            json!({"backup_policy": [{"status": "ENABLED"}]}),
            json!({"file_system_id": true}),
            json!({"file_system_id": id("with_policy")}),
        ),
        ("aws_efs_file_system.replicated", json!({}), unknown, json!({})),
        (
            "aws_efs_replication_configuration.replicated",
            json!({"destination": [{"region": "us-west-2"}]}),
            json!({"source_file_system_id": true}),
            json!({"source_file_system_id": id("replicated")}),
        ),
    ]);
    let of = |name: &str| {
        let system = &facts[format!("aws_efs_file_system.{name}")];
        (system["backup"].clone(), system["replication"].clone())
    };
    let backup = |enabled: bool| json!({"enabled": enabled, "retention_days": null, "point_in_time": false});
    let none = json!({"role": "none", "replicas": [], "regions": [], "partial_regions": []});
    assert_eq!(of("plain"), (backup(false), none.clone()));
    assert_eq!(of("one_zone"), (backup(true), none.clone()));
    assert_eq!(of("with_policy"), (backup(true), none));
    assert_eq!(
        of("replicated"),
        (backup(false), json!({"role": "primary", "regions": ["us-west-2"], "partial_regions": []}))
    );
}

#[test]
fn a_selection_may_name_what_is_not_understood_beside_what_is() {
    let selection = |references: Value| {
        let plan = json!({"references": ["aws_backup_plan.daily.id"]});
        let facts = created(&[
            ("aws_backup_plan.daily", json!({"name": "daily"}), json!({"arn": true, "id": true}), json!({})),
            ("aws_db_instance.orders", json!({"identifier": "orders"}), json!({"arn": true}), json!({})),
            (
                "aws_backup_selection.all",
                json!({"name": "all"}),
                json!({"plan_id": true, "resources": true}),
                json!({"plan_id": plan, "resources": {"references": references}}),
            ),
        ]);
        facts["aws_backup_plan.daily"]["plan"]["selections"][0]["resources"].clone()
    };
    assert_eq!(
        selection(json!(["aws_db_instance.orders.arn", "aws_storagegateway_gateway.data.arn"])),
        json!(["aws_db_instance.orders"])
    );
    // Which of them it is depends on a condition.
    assert_eq!(
        selection(json!(["var.all", "aws_db_instance.orders.arn", "aws_storagegateway_gateway.data.arn"])),
        Value::Null
    );
    assert_eq!(selection(json!(["aws_db_instance.orders.arn", "aws_storagegateway_gateway.data.tags"])), Value::Null);
}

#[test]
fn a_cache_cluster_outside_of_a_group_is_no_member_and_not_encrypted() {
    let facts = created(&[(
        "aws_elasticache_cluster.pages",
        json!({"cluster_id": "pages", "engine": "redis", "engine_version": "7.1", "num_cache_nodes": 1}),
        json!({"arn": true, "replication_group_id": true}),
        json!({}),
    )]);
    let cluster = &facts["aws_elasticache_cluster.pages"];
    assert_eq!(cluster["encryption"], json!({"enabled": false, "key": null}));
    assert_eq!(cluster["database"]["cluster"], Value::Null);
    let groups = "not set: the provider takes the default group of the network";
    assert_eq!(cluster["unknown"], json!({"network.security_groups": groups}));
}

#[test]
fn a_source_that_is_named_without_an_arn_is_in_the_same_region() {
    let cross_region = |source: Value| {
        let replica = json!({"identifier": "reader", "replicate_source_db": source});
        let unknown = json!({"arn": true});
        let code = json!({"replicate_source_db": {"constant_value": source}});
        created(&[("aws_db_instance.reader", replica, unknown, code)])["aws_db_instance.reader"]["replication"].clone()
    };
    let replica = |cross_region: Option<bool>, source: &str| {
        let mut expected = json!({"role": "replica", "source": source, "global": null});
        if let Some(crosses) = cross_region {
            expected["cross_region"] = crosses.into();
        }
        expected
    };
    assert_eq!(cross_region(json!("orders")), replica(Some(false), "orders"));
    // Here the region of the reader is not known.
    let arn = "arn:aws:rds:us-east-1:123456789012:db:orders";
    assert_eq!(cross_region(json!(arn)), replica(None, arn));
}

#[test]
fn a_replica_whose_source_the_plan_leaves_out_is_no_original() {
    let deleted = json!({
        "address": "aws_db_instance.reader", "mode": "managed", "type": "aws_db_instance", "name": "reader",
        "change": {"actions": ["delete"], "before": {"identifier": "reader", "skip_final_snapshot": true}, "after": null},
    });
    let values = json!({"identifier": "orders"});
    let source = json!({
        "address": "aws_db_instance.orders", "mode": "managed", "type": "aws_db_instance", "name": "orders",
        "change": {"actions": ["no-op"], "before": values, "after": values, "after_unknown": {}},
    });
    let code = json!([
        {"address": "aws_db_instance.orders", "type": "aws_db_instance", "name": "orders", "mode": "managed",
         "expressions": {"identifier": {"constant_value": "orders"}}},
        {"address": "aws_db_instance.reader", "type": "aws_db_instance", "name": "reader", "mode": "managed",
         "expressions": {"replicate_source_db": {"references": ["aws_db_instance.orders.arn", "aws_db_instance.orders"]}}},
    ]);
    let plan = json!({
        "resource_changes": [source, deleted], "configuration": {"root_module": {"resources": code}},
    });
    let replication = |plan: &Value| {
        let all = resources(plan);
        let (_, reader) = all.into_iter().find(|(address, _)| address == "aws_db_instance.reader").unwrap();
        reader["before"]["replication"].clone()
    };
    let known = json!({"role": "replica", "source": "aws_db_instance.orders", "global": null});
    assert_eq!(replication(&plan), known);
    // What is null is told: then it was none, whatever the code says now.
    let mut told = plan;
    told["resource_changes"][1]["change"]["before"]["replicate_source_db"] = Value::Null;
    assert_eq!(replication(&told)["role"], "none");
}

#[test]
fn shards_in_a_block_of_older_providers_are_counted() {
    let instances = |mode: Value, unknown_mode: Value| {
        let values = json!({"replication_group_id": "pages", "engine": "redis", "cluster_mode": mode});
        let unknown = json!({
            "arn": true, "cluster_mode": unknown_mode, "num_cache_clusters": true, "num_node_groups": true,
            "number_cache_clusters": true, "replicas_per_node_group": true,
        });
        let code = json!({"cluster_mode": [{}]});
        let facts = created(&[("aws_elasticache_replication_group.pages", values, unknown, code)]);
        facts["aws_elasticache_replication_group.pages"]["redundancy"]["instances"].clone()
    };
    let mode = json!([{"num_node_groups": 3, "replicas_per_node_group": 2}]);
    assert_eq!(instances(mode, json!([{}])), json!(9));
    let shards = json!([{"num_node_groups": 3}]);
    assert_eq!(instances(shards, json!([{"replicas_per_node_group": true}])), Value::Null);
}

/// The resources of a document, each with its address.
fn resources(document: &Value) -> Vec<(String, Value)> {
    let input = read(document.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
    let of = |resource: &crate::model::Resource| {
        (resource.origin.address.clone().unwrap(), serde_json::to_value(resource).unwrap())
    };
    input.inventory.resources.iter().map(of).collect()
}

#[test]
fn a_row_that_tells_nothing_of_its_resource_is_a_resource_of_which_nothing_is_known() {
    let row = |actions: &[&str], change: Value| {
        let mut row = json!({
            "address": "aws_db_instance.orders", "mode": "managed", "type": "aws_db_instance", "name": "orders",
            "change": change,
        });
        row["change"]["actions"] = json!(actions);
        resources(&json!({"resource_changes": [row]})).into_iter().map(|(_, resource)| resource).next()
    };
    let nothing = json!({"before": null, "after": null});
    let action = |actions: &[&str]| row(actions, nothing.clone()).map(|resource| resource["change"]["action"].clone());
    for (actions, done) in [
        (vec!["create"], "create"),
        (vec!["update"], "update"),
        (vec!["delete"], "delete"),
        (vec!["forget"], "forget"),
        (vec!["delete", "create"], "replace"),
    ] {
        assert_eq!(action(&actions), Some(json!(done)), "{actions:?}");
    }
    // What is gone already is planned so.
    assert_eq!(action(&["no-op"]), None);
    // All of it is unknown, and nothing is absent.
    let unknown = json!({"backup": {}, "protection": {}, "encryption": {}});
    let facts = |resource: Value| {
        json!({
            "backup": resource["backup"], "protection": resource["protection"], "encryption": resource["encryption"],
        })
    };
    let told = row(&["create"], json!({"after": null, "after_unknown": {"arn": true}})).map(facts);
    assert_eq!(told, Some(unknown));
}

#[test]
fn a_region_that_comes_from_a_sensitive_variable_is_unknown() {
    let place = |root: bool, module: bool| {
        let named = json!({"mode": "managed", "type": "aws_db_instance", "name": "orders"});
        let mut row = named.clone();
        row["address"] = json!("module.db.aws_db_instance.orders");
        row["module_address"] = json!("module.db");
        row["change"] = json!({"actions": ["create"], "before": null, "after": {}, "after_unknown": {"arn": true}});
        let mut code = named;
        code["provider_config_key"] = json!("db:aws");
        let call = json!({
            "expressions": {"where": {"references": ["var.region"]}},
            "module": {"resources": [code], "variables": {"where": {"sensitive": module}}},
        });
        let provider = json!({
            "name": "aws", "module_address": "module.db", "expressions": {"region": {"references": ["var.where"]}},
        });
        let plan = json!({
            "variables": {"region": {"value": "eu-west-1"}},
            "resource_changes": [row],
            "configuration": {
                "provider_config": {"db:aws": provider},
                "root_module": {"module_calls": {"db": call}, "variables": {"region": {"sensitive": root}}},
            },
        });
        resources(&plan).into_iter().map(|(_, resource)| resource["place"]["region"].clone()).next()
    };
    assert_eq!(place(false, false), Some(json!("eu-west-1")));
    assert_eq!(place(true, false), Some(Value::Null));
    assert_eq!(place(false, true), Some(Value::Null));
}

#[test]
fn tables_of_a_global_table_are_replicas_of_one_another() {
    let table = |name: &str, region: &str| {
        let values = if region.is_empty() { json!({"name": name}) } else { json!({"name": name, "region": region}) };
        (values, json!({"arn": true}), json!({}))
    };
    let global = json!({"name": "orders", "replica": [{"region_name": "us-east-1"}, {"region_name": "us-west-2"}]});
    let alone = json!({"name": "carts", "replica": [{"region_name": "us-east-1"}]});
    let blocks = [
        ("aws_dynamodb_table.east", table("orders", "us-east-1")),
        ("aws_dynamodb_table.west", table("orders", "us-west-2")),
        ("aws_dynamodb_table.third_region", table("orders", "eu-west-1")),
        ("aws_dynamodb_table.somewhere", table("orders", "")),
        ("aws_dynamodb_table.alone", table("carts", "us-east-1")),
        ("aws_dynamodb_global_table.orders", (global, json!({"arn": true}), json!({}))),
        ("aws_dynamodb_global_table.alone", (alone, json!({"arn": true}), json!({}))),
    ];
    let facts = created(&blocks.map(|(address, (values, unknown, code))| (address, values, unknown, code)));
    let replication = |name: &str| facts[format!("aws_dynamodb_table.{name}")]["replication"].clone();
    let none = json!({"role": "none", "replicas": [], "regions": [], "partial_regions": []});
    assert_eq!(
        replication("east"),
        json!({"role": "primary", "replicas": [], "regions": ["us-west-2"], "partial_regions": []})
    );
    assert_eq!(
        replication("west"),
        json!({"role": "primary", "replicas": [], "regions": ["us-east-1"], "partial_regions": []})
    );
    assert_eq!(replication("third_region"), none);
    assert_eq!(replication("somewhere"), json!({"role": "primary", "replicas": [], "partial_regions": []}));
    assert_eq!(replication("alone"), none);
}

#[test]
fn a_tag_of_a_group_may_be_declared_by_itself() {
    let tags = |tag: Value, name: Value| {
        let group = json!({"name": "web", "tag": [{"key": "team", "value": "shop"}]});
        let part = json!({"autoscaling_group_name": name, "tag": [tag]});
        let unknown = json!({"autoscaling_group_name": name.is_null(), "tag": [{"value": tag.get("value").is_none()}]});
        let group_name =
            json!({"autoscaling_group_name": {"references": ["var.all", "aws_autoscaling_group.web.name"]}});
        let facts = created(&[
            ("aws_autoscaling_group.web", group, json!({"arn": true}), json!({})),
            ("aws_autoscaling_group_tag.tier", part, unknown, group_name),
        ]);
        facts["aws_autoscaling_group.web"]["tags"].clone()
    };
    let tier = json!({"key": "tier", "value": "critical"});
    assert_eq!(tags(tier.clone(), json!("web")), json!({"team": "shop", "tier": "critical"}));
    assert_eq!(tags(tier.clone(), json!("other")), json!({"team": "shop"}));
    assert_eq!(tags(tier, Value::Null), Value::Null);
    assert_eq!(tags(json!({"key": "tier"}), json!("web")), Value::Null);
}

#[test]
fn a_role_changes_with_the_lists_of_all_its_policies() {
    for kind in ["aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive"] {
        let row = |kind: &str, action: &str, values: Value| {
            json!({"address": format!("{kind}.x"), "mode": "managed", "type": kind, "name": "x",
                "change": {"actions": [action], "before": values, "after": values, "after_unknown": {}}})
        };
        let role = row("aws_iam_role", "no-op", json!({"name": "deploy", "assume_role_policy": "{}"}));
        let plan = json!({"resource_changes": [role, row(kind, "update", json!({"role_name": "deploy"}))]});
        let input = read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
        let changes: Vec<_> = input.inventory.resources.iter().map(|role| (&*role.name, role.change.clone())).collect();
        let change = Change { action: Action::Update, replace_paths: Vec::new(), importing: false, moved_from: None };
        assert_eq!(changes, [("deploy", Some(Box::new(change)))], "{kind}");
    }
}

#[test]
fn a_policy_in_a_key_tells_the_regions_that_it_may_be_used_in() {
    let regions = |policy: Value, unknown: bool| {
        let values = json!({"policy": policy});
        let code = json!({"policy": {"references": ["data.aws_iam_policy_document.key.json"]}});
        let facts = created(&[("aws_kms_key.data", values, json!({"arn": true, "policy": unknown}), code)]);
        facts["aws_kms_key.data"]["key"]["via_service_regions"].clone()
    };
    let policy = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*",
        "Condition": {"StringEquals": {"kms:ViaService": "rds.us-east-1.amazonaws.com"}}}]});
    assert_eq!(regions(json!(policy.to_string()), false), json!(["us-east-1"]));
    assert_eq!(regions(json!(r#"{"Statement": []}"#), false), json!([]));
    // It is not written yet, and it is not readable.
    assert_eq!([regions(Value::Null, true), regions(json!("{"), false)], [Value::Null, Value::Null]);
}
