use serde_json::json;

use super::*;

fn pins_of(statement: Value) -> Value {
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let policies = [Policy { name: "inline policy 'app'".to_owned(), text: Some(&text) }];
    serde_json::to_value(role_facts(None, &policies).pins).unwrap()
}

fn pin(region: &str, statement: u32, how: &str, value: &str, allow: bool) -> Value {
    let at = format!("inline policy 'app', statement {statement}");
    json!({"region": region, "at": at, "how": how, "value": value, "allow": allow})
}

#[test]
fn conditions_on_the_region_are_pins() {
    let found = pins_of(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Deny", "NotAction": ["iam:*"], "Resource": "*",
         "Condition": {"StringNotEqualsIfExists": {"AWS:requestedregion": ["us-east-1", "eu-west-1"]}}},
        {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
         "Condition": {"ForAnyValue:StringLike": {"kms:ViaService": "rds.us-east-1.amazonaws.com"}}},
        {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*",
         "Condition": {"ArnLike": {"ecs:cluster": "arn:aws:ecs:us-east-1:111122223333:cluster/*"}}},
    ]));
    let expected = json!([
        pin("us-east-1", 1, "condition", "aws:RequestedRegion: us-east-1", true),
        pin("eu-west-1", 2, "condition", "AWS:requestedregion: us-east-1, eu-west-1", false),
        pin("us-east-1", 2, "condition", "AWS:requestedregion: us-east-1, eu-west-1", false),
        pin("us-east-1", 3, "condition", "kms:ViaService: rds.us-east-1.amazonaws.com", true),
        pin("us-east-1", 4, "condition", "ecs:cluster: arn:aws:ecs:us-east-1:111122223333:cluster/*", true),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_leaves_other_regions_open_is_no_pin() {
    let found = pins_of(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringLike": {"aws:RequestedRegion": "us-*"}}},
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringLike": {"aws:RequestedRegion": ["us-east-1", "*"]}}},
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Deny", "Action": "*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "ap-southeast-1"}}},
        {"Effect": "Allow", "Action": ["iam:*", "cloudfront:*"], "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}},
    ]));
    assert_eq!(found, json!([]));
}

#[test]
fn arns_with_a_region_are_pins_unless_their_service_is_global() {
    let queue = "arn:aws:sqs:us-east-1:111122223333:orders";
    let copy = "arn:aws:sqs:us-west-2:111122223333:orders";
    let found = pins_of(json!([
        {"Effect": "Allow", "Action": "sqs:*", "Resource": [queue, copy, queue]},
        {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::bucket", "*", "arn:aws:sqs:*:*:orders"]},
        {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:cur:us-east-1:111122223333:definition/*"},
        {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1"},
        {"Effect": "Deny", "Action": "sqs:*", "Resource": queue},
        {"Effect": "Deny", "Action": "sqs:*", "NotResource": queue},
    ]));
    let expected = json!([
        pin("us-east-1", 1, "resource", queue, true),
        pin("us-west-2", 1, "resource", copy, true),
        pin("us-east-1", 6, "resource", queue, false),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn the_trust_tells_who_may_take_the_role_on_and_from_where() {
    let trust = json!({"Statement": {
        "Effect": "Allow",
        "Principal": {
            "Service": ["states.us-east-1.amazonaws.com", "ec2.amazonaws.com"],
            "Federated": [
                "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC",
                "arn:aws:iam::111122223333:saml-provider/corp",
                "accounts.google.com",
            ],
            "AWS": "111122223333",
        },
        "Action": "sts:AssumeRole",
        "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:states:us-east-1:111122223333:stateMachine:x"}},
    }});
    let expected = json!({
        "trusted_services": ["ec2.amazonaws.com", "states.us-east-1.amazonaws.com"],
        "trusted_issuers": ["accounts.google.com", "oidc.eks.us-east-1.amazonaws.com/id/ABC"],
        "pins": [
            {"region": "us-east-1", "at": "trust policy, statement 1", "how": "trust", "allow": true,
             "value": "aws:SourceArn: arn:aws:states:us-east-1:111122223333:stateMachine:x"},
            {"region": "us-east-1", "at": "trust policy, statement 1", "how": "trust", "allow": true,
             "value": "states.us-east-1.amazonaws.com"},
        ],
        "policies_complete": true,
    });
    assert_eq!(serde_json::to_value(role_facts(Some(&trust.to_string()), &[])).unwrap(), expected);
}

#[test]
fn a_document_that_cannot_be_read_leaves_the_policies_incomplete() {
    for text in [None, Some("{"), Some("[]"), Some("3"), Some("")] {
        let trust = r#"{"Statement": []}"#;
        let facts = role_facts(Some(trust), &[Policy { name: "managed policy 'a'".to_owned(), text }]);
        let expected = json!(
            {"trusted_services": [], "trusted_issuers": [], "pins": [], "policies_complete": false}
        );
        assert_eq!(serde_json::to_value(facts).unwrap(), expected, "{text:?}");
    }
}

#[test]
fn odd_shapes_are_passed_over() {
    for statement in [
        json!(null),
        json!("Allow"),
        json!([[], 3, null, {"Effect": ["Allow"]}]),
        json!({"Effect": "Allow", "Resource": {"a": 1}, "Action": 7, "Condition": "x", "Principal": "*"}),
        json!({"Effect": "Allow", "Condition": {"StringEquals": ["aws:RequestedRegion"]}}),
        json!({"Effect": "Allow", "Condition": {"StringEquals": {"aws:RequestedRegion": {"us-east-1": 1}}}}),
        json!({"Effect": "Allow", "Condition": {"StringEquals": {"aws:RequestedRegion": []}}}),
    ] {
        let text = json!({ "Statement": statement }).to_string();
        let expected = json!({"trusted_services": [], "trusted_issuers": [], "pins": [], "policies_complete": true});
        let policies = [Policy { name: "p".to_owned(), text: Some(&text) }];
        assert_eq!(serde_json::to_value(role_facts(Some(&text), &policies)).unwrap(), expected, "{statement}");
    }
}

#[test]
fn a_key_policy_tells_the_regions_that_services_may_use_it_in() {
    let policy = json!({"Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {
            "StringEquals": {"kms:ViaService": ["rds.us-west-2.amazonaws.com", "ec2.us-east-1.amazonaws.com"]}}},
        {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {
            "StringNotLike": {"kms:viaservice": "secretsmanager.cn-north-1.amazonaws.com.cn"}}},
        {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {
            "StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}},
    ]});
    let expected = ["cn-north-1", "us-east-1", "us-west-2"].map(str::to_owned).to_vec();
    assert_eq!(via_service_regions(&policy.to_string()), Some(expected));
    assert_eq!(via_service_regions("not JSON"), None);
}
