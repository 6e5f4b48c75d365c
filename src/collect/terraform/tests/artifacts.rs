//! What workloads need to start: secrets, parameters, images, log groups.

use serde_json::{Value, json};

use super::{created, resources};

fn one(address: &str, values: Value, unknown: Value, facets: &[&str]) -> Vec<Value> {
    let made = created(&[(address, values, unknown, json!({}))])[address].clone();
    facets.iter().map(|facet| made[*facet].clone()).collect()
}

#[test]
fn a_secret_has_its_replicas_and_is_rotated_by_a_part_of_it() {
    let secret = "aws_secretsmanager_secret.orders";
    let values = json!({"name": "orders/db", "recovery_window_in_days": 7, "replica": [
        {"region": "us-west-2", "kms_key_id": "arn:aws:kms:us-west-2:111122223333:key/1"}, {"region": "eu-west-1"},
    ]});
    let unknown = json!({"arn": true, "replica": [{"status": true, "status_message": true}, {"status": true}]});
    let rotation =
        json!({"secret_id": null, "rotation_lambda_arn": "arn:aws:lambda:us-east-1:111122223333:function:f"});
    let refers = json!({"secret_id": {"references": ["aws_secretsmanager_secret.orders.id", "aws_secretsmanager_secret.orders"]}});
    let made = |parts: &[(&str, Value, Value, Value)]| {
        let mut blocks = vec![(secret, values.clone(), unknown.clone(), json!({}))];
        blocks.extend_from_slice(parts);
        let made = created(&blocks)[secret].clone();
        ["kind", "name", "replication", "encryption", "secret", "links", "unknown"].map(|facet| made[facet].clone())
    };
    let expected = |rotated: bool, function: Value| {
        let mut links = json!([{"rel": "encrypted-by", "to": "alias/aws/secretsmanager"}]);
        if rotated {
            links.as_array_mut().unwrap().push(json!({"rel": "rotated-by", "to": function}));
        }
        [
            json!("aws.secretsmanager.secret"),
            json!("orders/db"),
            json!({"role": "primary", "source": null, "cross_region": false, "regions": ["eu-west-1", "us-west-2"],
                "partial_regions": []}),
            json!({"enabled": true, "key": "alias/aws/secretsmanager"}),
            json!({
                "primary_region": null,
                "replicas": [
                    {"region": "eu-west-1", "key": "alias/aws/secretsmanager"},
                    {"region": "us-west-2", "key": "arn:aws:kms:us-west-2:111122223333:key/1"},
                ],
                "rotated": rotated, "rotation_function": function, "owner": null, "deletion_date": null,
            }),
            links,
            Value::Null,
        ]
    };
    assert_eq!(made(&[]), expected(false, Value::Null));
    let part = ("aws_secretsmanager_secret_rotation.orders", rotation, json!({"secret_id": true}), refers);
    assert_eq!(made(&[part]), expected(true, json!("arn:aws:lambda:us-east-1:111122223333:function:f")));
}

#[test]
fn a_state_tells_how_replicas_are_and_not_whether_something_else_rotates_the_secret() {
    let values = json!({
        "arn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-AbCdEf", "name": "orders/db",
        "replica": [{"region": "us-west-2", "kms_key_id": "alias/orders", "status": "InSync", "status_message": ""}],
    });
    let state = json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [{
        "address": "aws_secretsmanager_secret.orders", "mode": "managed", "type": "aws_secretsmanager_secret",
        "name": "orders", "values": values,
    }]}}});
    let (_, facts) = resources(&state).remove(0);
    assert_eq!(
        [&facts["id"], &facts["secret"], &facts["unknown"]],
        [
            &json!("arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-AbCdEf"),
            &json!({
                "primary_region": null, "owner": null, "deletion_date": null,
                "replicas": [{"region": "us-west-2", "key": "alias/orders", "status": "in_sync", "reason": null}],
            }),
            &json!({
                "secret.rotated": "its rotation may be declared elsewhere",
                "secret.rotation_function": "its rotation may be declared elsewhere",
            }),
        ]
    );
}

#[test]
fn a_parameter_is_encrypted_only_if_it_is_a_secure_string() {
    let read = |format: &str, key: Value| {
        let values = json!({"name": "/orders/host", "type": format, "key_id": key, "value": "canary"});
        let unknown = json!({"arn": true, "tier": true});
        one("aws_ssm_parameter.host", values, unknown, &["kind", "name", "encryption", "parameter", "links"])
    };
    let expected = |format: &str, encryption: Value, links: Value| {
        vec![
            json!("aws.ssm.parameter"),
            json!("/orders/host"),
            encryption,
            json!({"format": format, "tier": "standard", "policies": []}),
            links,
        ]
    };
    assert_eq!(read("String", Value::Null), expected("string", json!({"enabled": false, "key": null}), Value::Null));
    let of_key = |key: &str| (json!({"enabled": true, "key": key}), json!([{"rel": "encrypted-by", "to": key}]));
    let (own, own_links) = of_key("alias/aws/ssm");
    assert_eq!(read("SecureString", Value::Null), expected("securestring", own, own_links));
    let (named, named_links) = of_key("alias/orders");
    assert_eq!(read("SecureString", json!("alias/orders")), expected("securestring", named, named_links));
}

#[test]
fn a_repository_has_mutable_tags_by_default_and_no_code_knows_its_images() {
    let read = |values: Value| {
        let mut all = values;
        all["name"] = json!("team/shop");
        one(
            "aws_ecr_repository.shop",
            all,
            json!({"arn": true}),
            &["encryption", "protection", "repository", "unknown"],
        )
    };
    let why = json!({"repository.images": "code does not know what is in it"});
    assert_eq!(
        read(json!({"image_tag_mutability": null})),
        [
            json!({"enabled": true, "key": null}),
            json!({"force_destroy": false}),
            json!({"tags_mutable": true, "tag_exceptions": []}),
            why.clone(),
        ]
    );
    let encryption = json!([{"encryption_type": "KMS", "kms_key": null}]);
    assert_eq!(
        read(json!({"image_tag_mutability": "IMMUTABLE_WITH_EXCLUSION", "force_delete": true,
            "encryption_configuration": encryption})),
        [
            json!({"enabled": true, "key": "alias/aws/ecr"}),
            json!({"force_destroy": true}),
            json!({"tags_mutable": false}),
            why,
        ]
    );
}

#[test]
fn a_registry_replicates_to_the_destinations_of_its_rules() {
    let rule = |destinations: Value, filters: Value| json!({"destination": destinations, "repository_filter": filters});
    let there = json!({"region": "us-west-2", "registry_id": "111122223333"});
    let other = json!({"region": "us-west-2", "registry_id": "444455556666"});
    let values = json!({"replication_configuration": [{"rule": [
        rule(json!([there, other]), json!([])),
        rule(json!([there]), json!([{"filter": "b/", "filter_type": "PREFIX_MATCH"}, {"filter": "a/", "filter_type": "PREFIX_MATCH"}])),
    ]}]});
    let facts =
        one("aws_ecr_replication_configuration.all", values, json!({"registry_id": true}), &["name", "registry"]);
    let expected =
        |account: &str, prefixes: &[&str]| json!({"region": "us-west-2", "account": account, "prefixes": prefixes});
    assert_eq!(
        facts,
        [
            json!("registry"),
            json!({"rules": [
                expected("111122223333", &[]), expected("444455556666", &[]), expected("111122223333", &["a/", "b/"]),
            ]}),
        ]
    );
}

#[test]
fn a_log_group_keeps_logs_for_ever_unless_it_says_for_how_long() {
    let read = |values: Value| {
        let mut all = values;
        all["name"] = json!("/ecs/shop");
        let unknown = json!({"arn": true, "log_group_class": true});
        one("aws_cloudwatch_log_group.shop", all, unknown, &["encryption", "protection", "log"])
    };
    assert_eq!(
        read(json!({"retention_in_days": 0})),
        [
            json!({"enabled": true, "key": null}),
            json!({"deletion_protection": false}),
            json!({"retention_days": null, "class": "standard", "kept_when_deleted": false}),
        ]
    );
    let key = "arn:aws:kms:us-east-1:111122223333:key/1";
    assert_eq!(
        read(
            json!({"retention_in_days": 30, "skip_destroy": true, "kms_key_id": key, "deletion_protection_enabled": true})
        ),
        [
            json!({"enabled": true, "key": key}),
            json!({"deletion_protection": true}),
            json!({"retention_days": 30, "class": "standard", "kept_when_deleted": true}),
        ]
    );
}
