//! Functions and what belongs to them, quotas, and an organization's policies.

use super::*;

/// The resource that became of one block of a plan that creates these.
fn one(blocks: &[(&str, Value, Value, Value)], address: &str) -> Value {
    created(blocks)[address].clone()
}

fn refers(to: &[&str]) -> Value {
    json!({"references": to})
}

#[test]
fn a_function_keeps_what_its_environment_names_and_not_what_it_says() {
    let function = (
        "aws_lambda_function.orders",
        json!({
            "function_name": "orders", "runtime": "python3.12", "role": "arn:aws:iam::111122223333:role/orders",
            "reserved_concurrent_executions": -1, "architectures": ["arm64"], "memory_size": 256,
            "source_code_hash": "aGFzaA==", "kms_key_arn": null, "layers": null, "image_uri": null,
            "environment": [{"variables": {"DB_HOST": "db.abc.us-east-1.rds.amazonaws.com", "PASSWORD": "hunter2"}}],
            "dead_letter_config": [{"target_arn": "arn:aws:sqs:us-east-1:111122223333:dead"}],
            "file_system_config": [], "snap_start": [], "vpc_config": [],
            "logging_config": [{"log_group": "/shop/orders"}],
        }),
        json!({"arn": true, "code_sha256": true}),
        json!({}),
    );
    let found = one(&[function], "aws_lambda_function.orders");
    let picked = json!({
        "capacity": found["capacity"], "workload": found["workload"], "network": found["network"],
        "encryption": found["encryption"], "links": found["links"], "unknown": found["unknown"],
    });
    let expected = json!({
        "capacity": {"desired": null, "max": null, "types": null, "suspended": null},
        "workload": {
            "family": "orders", "revision": null, "definition": null, "images": [],
            "mentions": [{
                "at": "environment DB_HOST", "what": "endpoint", "value": "db.abc.us-east-1.rds.amazonaws.com",
                "region": "us-east-1",
            }],
            "logs": [{"at": "function", "group": "/shop/orders", "creates": true}],
            "instance_profiles": null, "launch_images": null, "launch_types": ["python3.12"], "code_hash": "aGFzaA==",
            "architectures": ["arm64"], "memory_mib": 256, "cpu_units": null,
            "snap_start": false,
        },
        "network": {"vpc": null, "subnets": null, "security_groups": null, "ports": null},
        "encryption": {"enabled": true, "key": null},
        "links": [
            {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/orders"},
            {"rel": "sends-to", "to": "arn:aws:sqs:us-east-1:111122223333:dead", "at": "dead letters"},
            {"rel": "logs-to", "to": "/shop/orders"},
        ],
        "unknown": {"capacity.min": "it may be kept warm elsewhere"},
    });
    assert_eq!(picked, expected);
    assert!(!found.to_string().contains("hunter2"));
}

#[test]
fn aliases_lead_to_their_function_and_parts_fill_it() {
    let blocks = [
        ("aws_lambda_function.orders", json!({"function_name": "orders"}), json!({"arn": true}), json!({})),
        ("aws_lambda_function.failed", json!({"function_name": "failed"}), json!({"arn": true}), json!({})),
        (
            "aws_lambda_alias.live",
            json!({"name": "live", "function_name": "orders"}),
            json!({"arn": true}),
            json!({"function_name": refers(&["aws_lambda_function.orders.function_name", "aws_lambda_function.orders"])}),
        ),
        (
            "aws_lambda_event_source_mapping.table",
            json!({"enabled": false, "event_source_arn": "arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/2026"}),
            json!({"arn": true, "function_name": true, "uuid": true}),
            json!({"function_name": refers(&["aws_lambda_alias.live.arn", "aws_lambda_alias.live"])}),
        ),
        (
            "aws_lambda_provisioned_concurrency_config.live",
            json!({"function_name": "orders", "provisioned_concurrent_executions": 3}),
            json!({}),
            json!({"function_name": refers(&["aws_lambda_function.orders.function_name", "aws_lambda_function.orders"])}),
        ),
        (
            "aws_lambda_function_event_invoke_config.orders",
            json!({"function_name": "orders", "destination_config": [{"on_failure": [{}], "on_success": []}]}),
            json!({"destination_config": [{"on_failure": [{"destination": true}]}]}),
            json!({
                "function_name": refers(&["aws_lambda_function.orders.function_name", "aws_lambda_function.orders"]),
                "destination_config": [{"on_failure": [{
                    "destination": refers(&["aws_lambda_function.failed.arn", "aws_lambda_function.failed"]),
                }]}],
            }),
        ),
    ];
    let all = created(&blocks);
    let mapping = &all["aws_lambda_event_source_mapping.table"];
    assert_eq!(
        json!({"links": mapping["links"], "status": mapping["status"]}),
        json!({
            "links": [
                {"rel": "member-of", "to": "aws_lambda_function.orders"},
                {"rel": "consumes", "to": "arn:aws:dynamodb:us-east-1:111122223333:table/t"},
            ],
            "status": {"state": "disabled", "healthy": false, "created_at": null},
        })
    );
    let function = &all["aws_lambda_function.orders"];
    assert_eq!(function["capacity"]["min"], 3);
    assert_eq!(
        function["links"],
        json!([
            {"rel": "logs-to", "to": "/aws/lambda/orders"},
            {"rel": "sends-to", "to": "aws_lambda_function.failed", "at": "on failure"},
        ])
    );
}

#[test]
fn an_image_is_taken_apart_and_a_quota_and_a_policy_say_what_they_are() {
    let image = |uri: &str| {
        let function = json!({"function_name": "f", "image_uri": uri});
        let found = one(&[("aws_lambda_function.f", function, json!({}), json!({}))], "aws_lambda_function.f");
        found["workload"]["images"][0].clone()
    };
    let digest = format!("sha256:{}", "ab".repeat(32));
    let registry = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
    for (rest, tag, of_digest) in
        [(":v3", json!("v3"), Value::Null), ("", json!("latest"), Value::Null), ("@", Value::Null, json!(digest))]
    {
        let rest = if rest == "@" { format!("@{digest}") } else { rest.to_owned() };
        let uri = format!("{registry}/shop/orders{rest}");
        let expected = json!({
            "at": "function", "reference": uri, "region": "us-east-1", "account": "111122223333",
            "repository": "shop/orders", "tag": tag, "digest": of_digest,
        });
        assert_eq!(image(&uri), expected);
    }
    let quota = json!({"service_code": "rds", "quota_code": "L-7B6409FD", "value": 60.0});
    let unknown = json!({"arn": true, "adjustable": true, "id": true});
    let name = "aws_servicequotas_service_quota.instances";
    assert_eq!(
        one(&[(name, quota, unknown, json!({}))], name)["quota"],
        json!({
            "service": "rds", "code": "L-7B6409FD", "counts": "database instances", "value": 60, "is_default": false,
        })
    );
    let content = json!({"Statement": [{
        "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}},
    }]});
    let all = created(&[
        (
            "aws_organizations_policy.regions",
            json!({"name": "regions", "content": content.to_string()}),
            json!({"arn": true, "id": true}),
            json!({}),
        ),
        (
            "aws_organizations_policy_attachment.regions",
            json!({"target_id": "111122223333"}),
            json!({"policy_id": true}),
            json!({"policy_id": refers(&["aws_organizations_policy.regions.id", "aws_organizations_policy.regions"])}),
        ),
    ]);
    let policy = &all["aws_organizations_policy.regions"];
    assert_eq!(
        json!({"guard_rail": policy["guard_rail"], "unknown": policy["unknown"]}),
        json!({
            "guard_rail": {
                "form": "service-control-policy", "accounts": ["111122223333"],
                "regions": [{
                    "at": "policy 'regions', statement 1", "regions": ["us-east-1"], "shuts_out_named": false,
                    "services": ["*"], "spared": [], "unless": null, "value": "aws:RequestedRegion: us-east-1",
                }],
            },
            "unknown": {"guard_rail.accounts": "it may be attached elsewhere, too"},
        })
    );
}

#[test]
fn a_role_that_only_the_apply_tells_leaves_a_mark() {
    let roles = |role: Value| {
        let code = json!({"role": role, "task_role_arn": role});
        let unknown = json!({"arn": true, "role": true, "task_role_arn": true});
        let made = created(&[
            ("aws_lambda_function.a", json!({"function_name": "a"}), unknown.clone(), code.clone()),
            ("aws_ecs_task_definition.a", json!({"family": "a", "container_definitions": "[]"}), unknown, code),
            ("aws_iam_role.a", json!({"name": "a"}), json!({"arn": true, "id": true}), json!({})),
        ]);
        ["aws_lambda_function.a", "aws_ecs_task_definition.a"].map(|address| {
            let resource = &made[address];
            let links = resource["links"].as_array().into_iter().flatten();
            let role = links.into_iter().find(|link| link["rel"] == "assumes");
            json!([role, resource["unknown"]["links.assumes"]])
        })
    };
    let known = json!([{"rel": "assumes", "to": "aws_iam_role.a"}, null]);
    assert_eq!(roles(refers(&["aws_iam_role.a.arn", "aws_iam_role.a"])), [known.clone(), known]);
    let unknown = json!([null, "known only after apply"]);
    assert_eq!(roles(refers(&["random_pet.role.id", "random_pet.role"])), [unknown.clone(), unknown]);
}
