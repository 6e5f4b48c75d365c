//! What resources of one plan are to each other before any of them has an ARN.

use serde_json::{Value, json};

use super::created;

fn refers_to(address: &str, attribute: &str) -> Value {
    json!({"references": [format!("{address}.{attribute}"), address]})
}

/// The links of a resource of a plan in which all of these are made.
fn links(blocks: &[(&str, Value, Value, Value)], address: &str) -> Value {
    created(blocks)[address]["links"].clone()
}

fn function(name: &str) -> (&'static str, Value, Value, Value) {
    ("aws_lambda_function.work", json!({"function_name": name}), json!({"arn": true, "qualified_arn": true}), json!({}))
}

#[test]
fn a_node_group_leads_to_its_template_and_its_groups() {
    let template = json!({"launch_template": [{"version": "3"}], "cluster_name": "shop", "node_group_name": "nodes",
        "resources": [{"autoscaling_groups": [{"name": "eks-nodes-1"}]}]});
    let code = json!({"launch_template": [{"id": refers_to("aws_launch_template.nodes", "id")}]});
    let blocks = [
        ("aws_launch_template.nodes", json!({"name": "nodes"}), json!({"id": true, "arn": true}), json!({})),
        ("aws_eks_node_group.nodes", template, json!({"arn": true, "launch_template": [{"id": true}]}), code),
    ];
    assert_eq!(
        links(&blocks, "aws_eks_node_group.nodes"),
        json!([
            {"rel": "member-of", "to": "shop"},
            {"rel": "runs-from", "to": "aws_launch_template.nodes", "at": "version 3"},
            {"rel": "runs-on", "to": "eks-nodes-1"},
        ])
    );
}

#[test]
fn a_secret_leads_to_the_function_that_rotates_it() {
    let code = json!({
        "secret_id": refers_to("aws_secretsmanager_secret.db", "id"),
        "rotation_lambda_arn": refers_to("aws_lambda_function.work", "arn"),
    });
    let unknown = json!({"secret_id": true, "rotation_lambda_arn": true});
    let blocks = [
        function("rotate"),
        ("aws_secretsmanager_secret.db", json!({"name": "db"}), json!({"arn": true, "id": true}), json!({})),
        ("aws_secretsmanager_secret_rotation.db", json!({}), unknown, code),
    ];
    assert_eq!(
        links(&blocks, "aws_secretsmanager_secret.db"),
        json!([
            {"rel": "encrypted-by", "to": "alias/aws/secretsmanager"},
            {"rel": "rotated-by", "to": "aws_lambda_function.work"},
        ])
    );
}

#[test]
fn a_bucket_and_a_target_group_lead_to_the_functions_that_they_call() {
    let told = json!({
        "bucket": refers_to("aws_s3_bucket.files", "id"),
        "lambda_function": [{"lambda_function_arn": refers_to("aws_lambda_function.work", "arn")}],
    });
    let attached = json!({
        "target_group_arn": refers_to("aws_lb_target_group.calls", "arn"),
        "target_id": refers_to("aws_lambda_function.work", "arn"),
    });
    let blocks = [
        function("work"),
        ("aws_s3_bucket.files", json!({"bucket": "files"}), json!({"arn": true, "id": true}), json!({})),
        (
            "aws_s3_bucket_notification.files",
            json!({"lambda_function": [{}]}),
            json!({"bucket": true, "lambda_function": [{"lambda_function_arn": true}]}),
            told,
        ),
        (
            "aws_lb_target_group.calls",
            json!({"name": "calls", "target_type": "lambda"}),
            json!({"arn": true}),
            json!({}),
        ),
        (
            "aws_lb_target_group_attachment.calls",
            json!({}),
            json!({"target_group_arn": true, "target_id": true}),
            attached,
        ),
    ];
    let called = |at: Value| json!([at]);
    assert_eq!(
        [links(&blocks, "aws_s3_bucket.files"), links(&blocks, "aws_lb_target_group.calls")],
        [
            called(json!({"rel": "sends-to", "to": "aws_lambda_function.work", "at": "notification"})),
            called(json!({"rel": "sends-to", "to": "aws_lambda_function.work"})),
        ]
    );
}

#[test]
fn a_function_mounts_the_file_system_of_its_access_point() {
    let system = json!({"file_system_id": refers_to("aws_efs_file_system.data", "id")});
    let (address, mut values, mut unknown, _) = function("work");
    values["file_system_config"] = json!([{"local_mount_path": "/mnt/data"}]);
    unknown["file_system_config"] = json!([{"arn": true}]);
    let code = json!({"file_system_config": [{"arn": refers_to("aws_efs_access_point.data", "arn")}]});
    let mut mounted = system.clone();
    mounted["subnet_id"] = json!({"constant_value": "subnet-1"});
    mounted["security_groups"] = json!({"constant_value": ["sg-1"]});
    let blocks = [
        (address, values, unknown, code),
        ("aws_efs_file_system.data", json!({"creation_token": "data"}), json!({"arn": true, "id": true}), json!({})),
        ("aws_efs_access_point.data", json!({}), json!({"arn": true, "file_system_id": true}), system),
        (
            "aws_efs_mount_target.data",
            json!({"subnet_id": "subnet-1", "security_groups": ["sg-1"]}),
            json!({"file_system_id": true}),
            mounted,
        ),
    ];
    assert_eq!(
        [links(&blocks, "aws_lambda_function.work"), links(&blocks, "aws_efs_file_system.data")],
        [
            json!([
                {"rel": "mounts", "to": "aws_efs_file_system.data", "at": "/mnt/data"},
                {"rel": "logs-to", "to": "/aws/lambda/work"},
            ]),
            json!([{"rel": "in-subnet", "to": "subnet-1"}, {"rel": "filtered-by", "to": "sg-1"}]),
        ]
    );
}

#[test]
fn a_distribution_calls_functions_by_their_versions() {
    let arn = "arn:aws:lambda:us-east-1:111122223333:function:headers";
    let called = |event: &str| json!([{"event_type": event, "lambda_arn": format!("{arn}:3")}]);
    let values = json!({
        "enabled": true,
        "default_cache_behavior": [{"target_origin_id": "web", "lambda_function_association": called("viewer-request")}],
        "ordered_cache_behavior": [
            {"path_pattern": "/api/*", "target_origin_id": "web", "lambda_function_association": called("origin-request")},
        ],
    });
    let blocks = [("aws_cloudfront_distribution.web", values, json!({"arn": true}), json!({}))];
    assert_eq!(
        links(&blocks, "aws_cloudfront_distribution.web"),
        json!([
            {"rel": "sends-to", "to": arn, "at": "viewer-request"},
            {"rel": "sends-to", "to": arn, "at": "origin-request"},
        ])
    );
}
