//! What is sensitive, and what no policy needs, appears in no output: every secret here holds a canary.

use seaworthy::collect::terraform;
use seaworthy::model::Timestamp;

use super::*;

const CANARY: &str = "canary-0f3c1b";

/// A type, its attributes, and which of them are marked as sensitive. The others are secrets all the same.
fn secrets() -> Vec<(&'static str, Value, Value)> {
    let database = json!({
        "identifier": "orders", "password": CANARY, "master_user_password": CANARY, "backup_retention_period": 0,
        "tags": {"app": "orders", "token": CANARY}, "tags_all": {"app": "orders", "token": CANARY},
        "kms_key_id": CANARY, "region": CANARY,
    });
    let marks = json!({
        "password": true, "tags": {"token": true}, "tags_all": {"token": true}, "kms_key_id": true, "region": true,
    });
    vec![
        ("aws_db_instance", database, marks),
        ("aws_rds_cluster", json!({"cluster_identifier": CANARY, "master_password": CANARY}), json!(true)),
        (
            "aws_elasticache_replication_group",
            json!({"replication_group_id": "sessions", "auth_token": CANARY}),
            json!({"auth_token": true}),
        ),
        ("aws_secretsmanager_secret", json!({"name": "orders"}), json!({})),
        (
            "aws_secretsmanager_secret_version",
            json!({"secret_id": "orders", "secret_string": CANARY, "secret_binary": CANARY}),
            json!({"secret_string": true}),
        ),
        ("aws_ssm_parameter", json!({"name": "token", "value": CANARY}), json!({"value": true})),
        ("aws_lambda_function", json!({"environment": [{"variables": {"TOKEN": CANARY}}]}), json!({})),
        ("aws_launch_template", json!({"name": "web", "user_data": CANARY}), json!({})),
        ("aws_instance", json!({"user_data": CANARY, "user_data_base64": CANARY}), json!({})),
        ("aws_iam_role", json!({"name": "web", "assume_role_policy": CANARY}), json!({"assume_role_policy": true})),
        ("aws_kms_key", json!({"policy": CANARY, "description": CANARY}), json!({"policy": true, "description": true})),
    ]
}

/// The rows of `resource_changes` and `resource_drift`.
fn rows() -> Vec<Value> {
    let row = |(kind, values, sensitive): (&str, Value, Value)| {
        let mut row = named(kind, "orders");
        row["change"] = json!({
            "actions": ["update"], "before": values, "after": values, "after_unknown": {"arn": true},
            "before_sensitive": sensitive, "after_sensitive": sensitive,
        });
        row
    };
    let mut rows: Vec<_> = secrets().into_iter().map(row).collect();
    // What a change introduces is in every format.
    let mut created = rows[0].clone();
    created["address"] = json!("aws_db_instance.new");
    created["name"] = json!("new");
    (created["change"]["actions"], created["change"]["before"]) = (json!(["create"]), Value::Null);
    rows.push(created);
    rows
}

/// `values`, `planned_values` and those of `prior_state`.
fn shown() -> Value {
    let resource = |(kind, values, sensitive): (&str, Value, Value)| {
        let mut resource = named(kind, "orders");
        (resource["values"], resource["sensitive_values"]) = (values, sensitive);
        resource
    };
    let resources: Vec<_> = secrets().into_iter().map(resource).collect();
    json!({
        "outputs": {"password": {"sensitive": true, "type": "string", "value": CANARY}},
        "root_module": {"resources": resources},
    })
}

fn plan() -> Value {
    let code = secrets().into_iter().map(|(kind, _, _)| {
        let mut block = named(kind, "orders");
        block["provider_config_key"] = json!("aws");
        block["expressions"] = json!({"password": {"constant_value": CANARY}, "region": {"references": ["var.place"]}});
        block
    });
    let expressions = json!({
        "access_key": {"constant_value": CANARY}, "secret_key": {"constant_value": CANARY},
        "token": {"references": ["var.password"]}, "region": {"references": ["var.place"]},
        "assume_role": [{"external_id": {"constant_value": CANARY}}],
    });
    json!({
        "format_version": "1.2",
        "variables": {"password": {"value": CANARY}, "place": {"value": CANARY}},
        "planned_values": shown(),
        "resource_changes": rows(),
        "resource_drift": rows(),
        "output_changes": {"password": {"actions": ["create"], "after": CANARY, "after_sensitive": true}},
        "prior_state": {"format_version": "1.0", "values": shown()},
        "checks": [{"address": {"to_display": "check.it"}, "status": "fail", "problems": [{"message": CANARY}]}],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": PROVIDER, "expressions": expressions}},
            "root_module": {
                "outputs": {"password": {"sensitive": true, "expression": {"constant_value": CANARY}}},
                "resources": code.collect::<Vec<_>>(),
                "variables": {
                    "password": {"sensitive": true, "default": CANARY}, "place": {"sensitive": true, "default": CANARY},
                },
            },
        },
    })
}

/// A raw state. Its marks are paths.
fn state() -> Value {
    let paths = |sensitive: &Value| -> Vec<Value> {
        let path = |name: &String| json!([{"type": "get_attr", "value": name}]);
        sensitive.as_object().map(|marks| marks.keys().map(path).collect()).unwrap_or_default()
    };
    // No state marks a resource as a whole.
    let secrets = secrets().into_iter().filter(|(_, _, sensitive)| sensitive.is_object());
    let resources = secrets.map(|(kind, values, sensitive)| {
        json!({
            "mode": "managed", "type": kind, "name": "orders", "provider": format!("provider[\"{PROVIDER}\"]"),
            "instances": [{"attributes": values, "sensitive_attributes": paths(&sensitive), "private": CANARY}],
        })
    });
    json!({
        "version": 4,
        "outputs": {"password": {"value": CANARY, "type": "string", "sensitive": true}},
        "resources": resources.collect::<Vec<_>>(),
    })
}

/// A raw state from before there were marks: what no mapping reads.
fn old_state() -> Value {
    let primary = json!({
        "id": "orders",
        "attributes": {"identifier": "orders", "password": CANARY, "environment.0.variables.TOKEN": CANARY},
        "meta": {"private": CANARY},
    });
    let resources =
        json!({"aws_db_instance.orders": {"type": "aws_db_instance", "provider": "provider.aws", "primary": primary}});
    let outputs = json!({"password": {"sensitive": true, "type": "string", "value": CANARY}});
    json!({"version": 3, "modules": [{"path": ["root"], "outputs": outputs, "resources": resources}]})
}

fn inputs() -> [(&'static str, Value); 4] {
    let shown = json!({"format_version": "1.0", "values": shown()});
    [("plan.json", plan()), ("shown.json", shown), ("state.json", state()), ("old.json", old_state())]
}

/// Code that holds the same secrets, some of it broken.
fn with_code() -> Tool {
    let block =
        format!("resource \"aws_db_instance\" \"orders\" {{\n  identifier = \"orders\"\n  password = \"{CANARY}\"\n");
    Tool::new()
        .file("main.tf", format!("{block}}}\n"))
        .file("broken.tf", format!("{block}  tags = {{ a = \"{CANARY}\n"))
        .file("terraform.tfvars", format!("password = \"{CANARY}\"\n"))
}

#[test]
fn no_format_and_no_log_shows_a_secret() {
    for (file, document) in inputs() {
        let tool = with_code().file(file, document.to_string());
        for (format, text) in rendered(&tool, file) {
            assert!(!text.contains("canary"), "{file} as {format}: {text}");
            assert!(text.contains("orders"), "{file} as {format} says nothing: {text}");
        }
        let log = tool.run(&format!("check {file} --show all -v -v"));
        assert!(log.contains("orders"), "{log}");
        assert!(!log.contains("canary"), "{file}: {log}");
    }
}

#[test]
fn no_inventory_holds_a_secret() {
    for (file, document) in inputs() {
        let input = terraform::read(document.to_string().into_bytes(), file, Timestamp::UNIX_EPOCH).unwrap();
        let mut inventory = Vec::new();
        input.inventory.write(&mut inventory).unwrap();
        let inventory = String::from_utf8(inventory).unwrap();
        assert!(inventory.contains("orders"), "{file}: {inventory}");
        assert!(!inventory.contains("canary"), "{file}: {inventory}");
    }
}

#[test]
fn no_error_quotes_a_secret() {
    let broken = |pointer: &str, value: Value| {
        let mut plan = plan();
        *plan.pointer_mut(pointer).unwrap() = value;
        plan.to_string()
    };
    let wrong = [
        "/variables",
        "/planned_values",
        "/resource_changes",
        "/prior_state/values",
        "/configuration",
        "/resource_changes/0/change",
        "/resource_changes/0/change/after",
        "/resource_changes/0/change/actions",
        "/configuration/provider_config/aws",
        "/configuration/root_module/variables/password/sensitive",
    ];
    let mut said = Vec::new();
    for pointer in wrong {
        let transcript = Tool::new().file("plan.json", broken(pointer, json!(CANARY))).run("check plan.json -v -v");
        assert!(!transcript.contains("canary"), "{transcript}");
        let error = transcript.lines().find(|line| line.starts_with("error: ")).unwrap_or("is read");
        said.push(format!("{pointer}: {error}"));
    }
    insta::assert_snapshot!(said.join("\n"));
    let whole = plan().to_string();
    for (at, _) in whole.match_indices(CANARY).step_by(20) {
        let transcript = Tool::new().file("plan.json", &whole[..at + CANARY.len()]).run("check plan.json -v -v");
        assert!(transcript.contains("error: 'plan.json' cannot be checked: it is no JSON: EOF"), "{transcript}");
        assert!(!transcript.contains("canary"), "{transcript}");
    }
}
