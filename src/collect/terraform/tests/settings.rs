//! Parameter and option groups: named, made by the code, or left to the service.

use serde_json::{Value, json};

use super::created;

/// The groups of every database and cache of a plan.
fn groups(blocks: &[(&str, Value, Value, Value)], address: &str) -> [Value; 2] {
    let database = &created(blocks)[address]["database"];
    ["parameter_group", "option_group"].map(|name| database.get(name).cloned().unwrap_or(json!("?")))
}

fn reference(to: &str) -> Value {
    json!({"references": [to]})
}

#[test]
fn a_group_is_known_by_its_name_or_by_where_the_code_makes_it() {
    let unknown = json!({"arn": true, "parameter_group_name": true, "option_group_name": true});
    let made = json!({"arn": true, "id": true, "name": true});
    let blocks = |to: &str, values: Value| {
        let expressions = json!({"parameter_group_name": reference(to), "option_group_name": reference("aws_db_instance.other.option_group_name")});
        [
            ("aws_db_parameter_group.named", json!({"name": "tuned"}), json!({"arn": true, "id": true}), json!({})),
            ("aws_db_parameter_group.made_up", json!({"name_prefix": "tuned-"}), made.clone(), json!({})),
            ("aws_db_instance.orders", values, unknown.clone(), expressions),
        ]
    };
    let of = |to: &str| groups(&blocks(to, json!({"identifier": "orders"})), "aws_db_instance.orders");
    assert_eq!(of("aws_db_parameter_group.named.id"), [json!("tuned"), json!("?")]);
    assert_eq!(of("aws_db_parameter_group.made_up.name"), [json!("aws_db_parameter_group.made_up"), json!("?")]);
    assert_eq!(of("aws_db_instance.other.parameter_group_name"), [json!("?"), json!("?")]);
    let values = json!({"identifier": "orders", "parameter_group_name": "pg16", "option_group_name": "audit"});
    assert_eq!(groups(&blocks("var.group", values), "aws_db_instance.orders"), [json!("pg16"), json!("audit")]);
}

#[test]
fn without_a_group_the_service_takes_its_own() {
    let unknown = json!({"arn": true, "parameter_group_name": true, "option_group_name": true});
    let of = |values: Value| {
        let expressions = json!({"identifier": {"constant_value": "orders"}});
        groups(&[("aws_db_instance.orders", values, unknown.clone(), expressions)], "aws_db_instance.orders")
    };
    let default = json!("default");
    assert_eq!(of(json!({"identifier": "orders"})), [default.clone(), default.clone()]);
    // It keeps the options of the snapshot, and not its parameters.
    assert_eq!(of(json!({"identifier": "orders", "snapshot_identifier": "last"})), [default, json!("?")]);
}

#[test]
fn a_replica_has_the_groups_of_its_source_in_its_region_only() {
    let source = "arn:aws:rds:us-east-1:111122223333:db:orders";
    let named = json!({"identifier": "orders", "arn": source, "parameter_group_name": "tuned",
        "option_group_name": "audit"});
    let unnamed = json!({"identifier": "orders", "arn": source});
    let chained = json!({"identifier": "orders", "arn": source, "replicate_source_db": "first"});
    let of = |source: &Value, of: &str, region: &str| {
        let replica = json!({"identifier": "replica", "replicate_source_db": of, "region": region});
        let source = (source.clone(), json!({}));
        let blocks = [
            ("aws_db_instance.orders", source.0, source.1, json!({})),
            ("aws_db_instance.replica", replica, json!({}), json!({})),
        ];
        groups(&blocks, "aws_db_instance.replica")
    };
    let unknown = || [json!("?"), json!("?")];
    assert_eq!(of(&named, "orders", "us-east-1"), [json!("tuned"), json!("audit")]);
    assert_eq!(of(&unnamed, "orders", "us-east-1"), [json!("default"), json!("default")]);
    assert_eq!(of(&chained, "orders", "us-east-1"), unknown());
    assert_eq!(of(&named, source, "us-west-2"), [json!("default"), json!("?")]);
    assert_eq!(of(&named, "elsewhere", "us-east-1"), unknown());
}

#[test]
fn clusters_and_caches_name_theirs_in_words_of_their_own() {
    let of = |address: &str, attribute: &str| {
        let unknown = json!({"arn": true, attribute: true});
        let set = groups(&[(address, json!({attribute: "tuned"}), json!({"arn": true}), json!({}))], address);
        let unset = groups(&[(address, json!({}), unknown, json!({}))], address);
        (set, unset)
    };
    let expected = ([json!("tuned"), Value::Null], [json!("default"), Value::Null]);
    for (address, attribute) in [
        ("aws_rds_cluster.x", "db_cluster_parameter_group_name"),
        ("aws_rds_cluster_instance.x", "db_parameter_group_name"),
        ("aws_docdb_cluster.x", "db_cluster_parameter_group_name"),
        ("aws_neptune_cluster.x", "neptune_cluster_parameter_group_name"),
        ("aws_neptune_cluster_instance.x", "neptune_parameter_group_name"),
        ("aws_elasticache_replication_group.x", "parameter_group_name"),
        ("aws_elasticache_cluster.x", "parameter_group_name"),
    ] {
        assert_eq!(of(address, attribute), expected, "{address}");
    }
    // Nobody says that those of DocumentDB have one, and a secondary has a copy of that of its primary.
    let member =
        groups(&[("aws_docdb_cluster_instance.x", json!({}), json!({}), json!({}))], "aws_docdb_cluster_instance.x");
    assert_eq!(member, [json!("?"), Value::Null]);
    let secondary = json!({"global_replication_group_id": "ldgnf-carts"});
    let address = "aws_elasticache_replication_group.x";
    assert_eq!(groups(&[(address, secondary, json!({}), json!({}))], address), [json!("?"), Value::Null]);
}

#[test]
fn what_a_group_of_the_code_sets_is_what_its_database_runs_with() {
    let hash = "sha256:da482b3dd44ce012";
    let mut parameters = json!({
        "name": "tuned", "family": "postgres16", "parameter": [
            {"name": "work_mem", "value": "64", "apply_method": "immediate"},
            {"name": "log_line_prefix", "value": "%t:%r:%u@%d:[%p]:", "apply_method": "immediate"},
        ],
    });
    let options = json!({
        "name": "audit", "engine_name": "sqlserver-se", "major_engine_version": "15.00", "option": [{
            "option_name": "SQLSERVER_AUDIT", "option_settings": [
                {"name": "ENABLE_COMPRESSION", "value": "true"}, {"name": "KEY_PASSWORD", "value": "hunter2"},
            ],
        }],
    });
    let with = |parameters: &Value, unknown: Value| {
        let names = json!({"identifier": "orders", "parameter_group_name": "tuned", "option_group_name": "audit"});
        let blocks = [
            ("aws_db_parameter_group.tuned", parameters.clone(), unknown, json!({})),
            ("aws_db_option_group.audit", options.clone(), json!({}), json!({})),
            ("aws_db_instance.orders", names, json!({}), json!({})),
        ];
        let orders = &created(&blocks)["aws_db_instance.orders"];
        json!([
            orders["database"]["parameters"],
            orders["database"]["options"],
            orders["unknown"]["database.parameters.set"]
        ])
    };
    let audit = json!({"group": "audit", "family": "sqlserver-se 15.00", "set": [
        {"name": "SQLSERVER_AUDIT", "value": null},
        {"name": "SQLSERVER_AUDIT.ENABLE_COMPRESSION", "value": "true"},
        {"name": "SQLSERVER_AUDIT.KEY_PASSWORD"},
    ]});
    let set = json!([{"name": "log_line_prefix", "value": hash}, {"name": "work_mem", "value": "64"}]);
    let tuned = json!({"group": "tuned", "family": "postgres16", "set": set});
    assert_eq!(with(&parameters, json!({})), json!([tuned, audit, null]));
    let tuned = json!({"group": "tuned", "family": "postgres16"});
    parameters["parameter"][0].as_object_mut().unwrap().remove("value");
    let unknown = json!({"parameter": [{"value": true}, {}]});
    assert_eq!(with(&parameters, unknown), json!([tuned, audit, "known only after apply"]));
}

#[test]
fn a_database_changes_with_the_group_that_it_runs_with() {
    let row = |address: &str, action: &str, before: Value, after: Value| {
        let (kind, name) = address.split_once('.').unwrap();
        let change = json!({"actions": [action], "before": before, "after": after, "after_unknown": {}});
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "change": change})
    };
    let group =
        |value: &str| json!({"name": "tuned", "family": "postgres16", "parameter": [{"name": "x", "value": value}]});
    let same = || json!({"identifier": "orders", "parameter_group_name": "tuned"});
    let plan = json!({"configuration": {"root_module": {}}, "resource_changes": [
        row("aws_db_parameter_group.tuned", "update", group("1"), group("2")),
        row("aws_db_instance.orders", "no-op", same(), same()),
        row("aws_db_instance.other", "no-op", json!({"identifier": "other"}), json!({"identifier": "other"})),
    ]});
    let input = crate::collect::terraform::read(
        plan.to_string().into_bytes(),
        "plan.json",
        crate::model::Timestamp::UNIX_EPOCH,
    )
    .unwrap();
    let found: Vec<Value> = input
        .inventory
        .resources
        .iter()
        .map(|it| {
            let was = it.before.as_ref().map(|it| &it.database.as_ref().unwrap().parameters);
            json!([it.name, it.change.as_ref().unwrap().action, was])
        })
        .collect();
    let was = json!({"group": "tuned", "family": "postgres16", "set": [{"name": "x", "value": "1"}]});
    assert_eq!(found, [json!(["orders", "update", was]), json!(["other", "no-op", null])]);
}
