use serde_json::json;

use super::*;

fn read(statement: Value) -> (Value, Option<String>) {
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let policies = [Policy { name: "inline policy 'app'".to_owned(), text: Some(&text) }];
    let reading = role_facts(None, &policies);
    (serde_json::to_value(reading.role.pins).unwrap(), reading.doubt)
}

fn pins_of(statement: Value) -> Value {
    let (pins, doubt) = read(statement);
    assert_eq!(doubt, None);
    pins
}

fn pin(region: &str, statement: u32, how: &str, value: &str, allow: bool, service: &str) -> Value {
    let at = format!("inline policy 'app', statement {statement}");
    json!({"region": region, "at": at, "how": how, "value": value, "allow": allow, "excludes": false,
        "services": [service]})
}

fn shut(region: &str, statement: u32, value: &str, allow: bool) -> Value {
    let mut pin = pin(region, statement, "condition", value, allow, "*");
    pin["excludes"] = json!(true);
    pin
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
        pin("us-east-1", 1, "condition", "aws:RequestedRegion: us-east-1", true, "*"),
        pin("eu-west-1", 2, "condition", "AWS:requestedregion: us-east-1, eu-west-1", false, "*"),
        pin("us-east-1", 2, "condition", "AWS:requestedregion: us-east-1, eu-west-1", false, "*"),
        pin("us-east-1", 3, "condition", "kms:ViaService: rds.us-east-1.amazonaws.com", true, "kms"),
        pin("us-east-1", 4, "condition", "ecs:cluster: arn:aws:ecs:us-east-1:111122223333:cluster/*", true, "ecs"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_leaves_other_regions_open_is_no_pin() {
    let found = pins_of(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringLike": {"aws:RequestedRegion": ["us-east-1", "*"]}}},
        {"Effect": "Allow", "Action": ["iam:*", "cloudfront:*"], "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}},
    ]));
    assert_eq!(found, json!([]));
}

#[test]
fn patterns_and_regions_that_are_shut_out_are_pins() {
    let found = pins_of(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"ForAllValues:StringLike": {"aws:RequestedRegion": ["us-*", "global"]}}},
        {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Deny", "Action": "*", "Resource": "*",
         "Condition": {"StringEqualsIfExists": {"aws:RequestedRegion": "ap-southeast-1"}}},
        {"Effect": "Deny", "Action": "*", "Resource": "*",
         "Condition": {"StringLike": {"aws:RequestedRegion": "*"}}},
        {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
         "Condition": {"StringLike": {"kms:ViaService": "rds.eu-*.amazonaws.com"}}},
        {"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-*:111122223333:orders"},
    ]));
    let expected = json!([
        pin("us-*", 1, "condition", "aws:RequestedRegion: us-*, global", true, "*"),
        shut("us-east-1", 2, "aws:RequestedRegion: us-east-1", true),
        shut("ap-southeast-1", 3, "aws:RequestedRegion: ap-southeast-1", false),
        shut("*", 4, "aws:RequestedRegion: *", false),
        pin("eu-*", 5, "condition", "kms:ViaService: rds.eu-*.amazonaws.com", true, "kms"),
        pin("eu-*", 6, "resource", "arn:aws:sqs:eu-*:111122223333:orders", true, "sqs"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_is_allowed_everywhere_too_is_no_pin() {
    let pinned = json!({"Effect": "Allow", "Action": ["sqs:Send*", "SQS:ReceiveMessage"],
        "Resource": "arn:aws:sqs:us-east-1:111122223333:orders"});
    let with = |other: Value| pins_of(json!([pinned, other]));
    let orders = "arn:aws:sqs:us-east-1:111122223333:orders";
    let pins = json!([pin("us-east-1", 1, "resource", orders, true, "sqs")]);
    for open in [
        json!({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}),
        json!({"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:Send*"], "Resource": ["*"]}),
        json!({"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*"}),
    ] {
        assert_eq!(with(open.clone()), json!([]), "{open}");
    }
    for narrow in [
        json!({"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "sns:*", "Resource": "*"}),
        json!({"Effect": "Allow", "NotAction": ["sqs:SendMessage"], "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::bucket"}),
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}}),
    ] {
        assert_eq!(with(narrow.clone()), pins, "{narrow}");
    }
}

#[test]
fn a_boundary_and_the_policies_within_it_do_not_widen_each_other() {
    let policy = |region: &str| {
        json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": region}}}})
    };
    let open = json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}).to_string();
    let pins = |boundary: &str, inline: &str| {
        let policies = [("permissions boundary 'b'", boundary), ("inline policy 'app'", inline)];
        let policies = policies.map(|(name, text)| Policy { name: name.to_owned(), text: Some(text) });
        serde_json::to_value(role_facts(None, &policies).role.pins).unwrap()
    };
    let value = "aws:RequestedRegion: us-east-1";
    let inline = pin("us-east-1", 1, "condition", value, true, "*");
    let mut boundary = pin("us-east-1", 1, "boundary", value, true, "*");
    boundary["at"] = json!("permissions boundary 'b', statement 1");
    let east = policy("us-east-1").to_string();
    assert_eq!(pins(&open, &east), json!([inline]));
    assert_eq!(pins(&east, &open), json!([boundary]));
}

#[test]
fn what_the_document_alone_does_not_decide_is_in_doubt() {
    let doubt = Some("inline policy 'app', statement 1: what it says of regions depends on the request".to_owned());
    for (effect, condition) in [
        ("Allow", json!({"StringEquals": {"aws:RequestedRegion": "${aws:PrincipalTag/region}"}})),
        ("Deny", json!({"StringNotEquals": {"aws:RequestedRegion": "us-*"}})),
        ("Allow", json!({"StringGreaterThan": {"aws:RequestedRegion": "us"}})),
        (
            "Deny",
            json!({"StringNotEquals": {"aws:RequestedRegion": "us-east-1"},
            "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}),
        ),
    ] {
        let statement = json!({"Effect": effect, "Action": "*", "Resource": "*", "Condition": condition});
        assert_eq!(read(statement.clone()).1, doubt, "{statement}");
    }
    let always = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"Null": {"aws:RequestedRegion": "false"}}});
    assert_eq!(read(always), (json!([]), None));
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
        pin("us-east-1", 1, "resource", queue, true, "sqs"),
        pin("us-west-2", 1, "resource", copy, true, "sqs"),
        pin("us-east-1", 6, "resource", queue, false, "sqs"),
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
             "excludes": false, "services": ["sts"], "value": "aws:SourceArn: arn:aws:states:us-east-1:111122223333:stateMachine:x"},
            {"region": "us-east-1", "at": "trust policy, statement 1", "how": "trust", "allow": true,
             "excludes": false, "services": ["states"], "value": "states.us-east-1.amazonaws.com"},
        ],
        "policies_complete": true,
    });
    assert_eq!(serde_json::to_value(role_facts(Some(&trust.to_string()), &[]).role).unwrap(), expected);
}

#[test]
fn a_document_that_cannot_be_read_leaves_the_policies_incomplete() {
    for text in [None, Some("{"), Some("[]"), Some("3"), Some("")] {
        let trust = r#"{"Statement": []}"#;
        let facts = role_facts(Some(trust), &[Policy { name: "managed policy 'a'".to_owned(), text }]);
        let expected = json!(
            {"trusted_services": [], "trusted_issuers": [], "pins": [], "policies_complete": false}
        );
        assert_eq!(serde_json::to_value(facts.role).unwrap(), expected, "{text:?}");
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
        assert_eq!(serde_json::to_value(role_facts(Some(&text), &policies).role).unwrap(), expected, "{statement}");
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
