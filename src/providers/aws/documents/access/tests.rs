//! What policies answer, and what of them is kept.

use serde_json::{Value, json};

use super::*;
use crate::model::AccessGrant;

const POINT: &str = "arn:aws:rds:us-west-2:111122223333:snapshot:awsbackup:1";
const ROOT: &str = "arn:aws:iam::111122223333:root";
const ROLE: &str = "arn:aws:iam::111122223333:role/ops/restore";
const OTHER: &str = "arn:aws:iam::111122223333:role/other";

/// The account that asks, and its own policy.
fn ask(action: &str) -> Ask<'_> {
    let account = Some("111122223333");
    let whose = Whose { account, id: Some(POINT) };
    Ask { account, is_own: true, action, whose, region: Some("us-west-2"), service: Some("rds"), ..Ask::default() }
}

fn statement(effect: &str, principal: Value, rest: Value) -> Value {
    let mut statement = json!({"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*"});
    statement.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    statement
}

fn allow(principal: &str, rest: Value) -> Value {
    statement("Allow", json!({"AWS": principal}), rest)
}

fn deny(principal: &str, rest: Value) -> Value {
    statement("Deny", json!({"AWS": principal}), rest)
}

fn read_all(statements: &[Value], of: &[&str]) -> Vec<AccessStatement> {
    access_statements(&json!({"Statement": statements}).to_string(), None, of).into_known().unwrap()
}

/// What statements say to that, as somebody of the account, and as one role of it.
fn said(statements: &[Value], action: &str) -> [String; 2] {
    let of: Vec<&str> = OF_VAULT.iter().chain(OF_KEY).copied().collect();
    let statements = read_all(statements, &of);
    [None, Some(ROLE)].map(|role| match (Ask { role, ..ask(action) }).of(&statements) {
        Answer::Allowed => "yes".to_owned(),
        Answer::Denied(by) => format!("no: {by}"),
        Answer::Silent => "silent".to_owned(),
        Answer::Unclear(by, _) => format!("unclear: {by}"),
    })
}

#[test]
fn a_denial_decides_and_what_may_deny_leaves_it_open() {
    let when = |operator: &str, key: &str, value: Value| json!({"Condition": {operator: {key: value}}});
    let not = |value: Value| json!({"NotPrincipal": {"AWS": value}});
    let everybody_but = |but: Value| {
        let mut statement = deny("*", not(but));
        statement.as_object_mut().unwrap().remove("Principal");
        statement
    };
    let none = || json!({});
    let yes = || allow(ROOT, none());
    let cases: Vec<(&str, Vec<Value>, [&str; 2])> = vec![
        ("nothing", vec![], ["silent"; 2]),
        ("the root", vec![yes()], ["yes"; 2]),
        ("the account by its number", vec![allow("111122223333", none())], ["yes"; 2]),
        ("everybody", vec![statement("Allow", json!("*"), none())], ["yes"; 2]),
        ("another account", vec![allow("arn:aws:iam::999988887777:root", none())], ["silent"; 2]),
        ("the role", vec![allow(ROLE, none())], ["unclear: statement 1", "yes"]),
        ("another role", vec![allow(OTHER, none())], ["unclear: statement 1", "silent"]),
        (
            "a session",
            vec![allow("arn:aws:sts::111122223333:assumed-role/restore/me", none())],
            ["unclear: statement 1", "yes"],
        ),
        (
            "a service-linked role",
            vec![allow("arn:aws:iam::111122223333:role/aws-service-role/backup.amazonaws.com/B", none())],
            ["silent"; 2],
        ),
        ("a service", vec![statement("Allow", json!({"Service": "backup.amazonaws.com"}), none())], ["silent"; 2]),
        ("all are denied", vec![yes(), deny("*", json!({"Sid": "Lock"}))], ["no: statement 'Lock'"; 2]),
        ("the role is denied", vec![yes(), deny(ROLE, none())], ["yes", "no: statement 2"]),
        ("another role is denied", vec![yes(), deny(OTHER, none())], ["yes"; 2]),
        ("all but the root", vec![yes(), everybody_but(json!([ROOT]))], ["yes"; 2]),
        ("all but a role", vec![yes(), everybody_but(json!([ROLE]))], ["unclear: statement 2", "yes"]),
        ("all but another account", vec![yes(), everybody_but(json!(["999988887777"]))], ["no: statement 2"; 2]),
        ("of another action", vec![yes(), deny("*", json!({"Action": "backup:Delete*"}))], ["yes"; 2]),
        ("in another case", vec![yes(), deny("*", json!({"Action": ["BACKUP:*RestoreJob"]}))], ["no: statement 2"; 2]),
        ("all but that action", vec![yes(), deny("*", json!({"NotAction": "backup:Start*"}))], ["yes"; 2]),
        ("of tables", vec![yes(), deny("*", json!({"Resource": "arn:aws:dynamodb:*"}))], ["yes"; 2]),
        (
            "of databases",
            vec![yes(), deny("*", json!({"Resource": "arn:aws:rds:*:snapshot:*"}))],
            ["no: statement 2"; 2],
        ),
        ("but of databases", vec![yes(), deny("*", json!({"NotResource": "arn:aws:rds:*"}))], ["yes"; 2]),
        ("without TLS", vec![yes(), deny("*", when("Bool", "aws:SecureTransport", json!("false")))], ["yes"; 2]),
        (
            "another account is meant",
            vec![yes(), deny("*", when("StringNotEquals", "aws:PrincipalAccount", json!(["111122223333"])))],
            ["yes"; 2],
        ),
        (
            "the account is meant",
            vec![yes(), deny("*", when("StringNotEquals", "aws:PrincipalAccount", json!("999988887777")))],
            ["no: statement 2"; 2],
        ),
        (
            "but for a role",
            vec![yes(), deny("*", when("ArnNotLike", "aws:PrincipalArn", json!("arn:aws:iam::*:role/ops/*")))],
            ["unclear: statement 2", "yes"],
        ),
        (
            "outside an organization",
            vec![yes(), deny("*", when("StringNotEquals", "aws:PrincipalOrgID", json!("o-1")))],
            ["unclear: statement 2"; 2],
        ),
        (
            "within an organization",
            vec![statement("Allow", json!("*"), when("StringEquals", "aws:PrincipalOrgID", json!("o-1")))],
            ["unclear: statement 1"; 2],
        ),
        (
            "whoever is tagged so",
            vec![yes(), deny("*", when("StringEquals", "aws:PrincipalAccount", json!("${aws:PrincipalTag/a}")))],
            ["unclear: statement 2"; 2],
        ),
        (
            "elsewhere",
            vec![yes(), deny("*", when("StringNotEquals", "aws:RequestedRegion", json!("us-west-2")))],
            ["yes"; 2],
        ),
        (
            "an address",
            vec![yes(), deny("*", when("NotIpAddress", "aws:SourceIp", json!("10.0.0.0/8")))],
            ["unclear: statement 2"; 2],
        ),
    ];
    for (name, statements, expected) in cases {
        assert_eq!(said(&statements, "backup:StartRestoreJob"), expected.map(str::to_owned), "{name}");
    }
}

#[test]
fn a_key_may_be_for_services_and_for_grants_to_them_only() {
    let when = |operator: &str, key: &str, value: &str| json!({"Condition": {operator: {key: value}}});
    let via = |host: &str| vec![allow("*", when("StringEquals", "kms:ViaService", host))];
    assert_eq!(said(&via("rds.us-west-2.amazonaws.com"), "kms:Decrypt"), ["yes"; 2]);
    assert_eq!(said(&via("rds.us-east-1.amazonaws.com"), "kms:Decrypt"), ["silent"; 2]);
    let granted = [allow(ROOT, when("Bool", "kms:GrantIsForAWSResource", "true"))];
    assert_eq!(said(&granted, "kms:CreateGrant"), ["yes"; 2]);
    assert_eq!(said(&granted, "kms:Decrypt"), ["unclear: statement 1"; 2]);
}

#[test]
fn nobody_knows_whom_a_policy_means_of_an_account_that_nobody_knows() {
    let unplaced = Ask { account: None, whose: Whose::default(), ..ask("kms:Decrypt") };
    assert!(matches!(unplaced.of(&read_all(&[allow(ROOT, json!({}))], OF_KEY)), Answer::Unclear("statement 1", _)));
    assert_eq!(unplaced.of(&default_of_key()), Answer::Allowed);
    assert_eq!(unplaced.of(&read_all(&[allow("*", json!({}))], OF_KEY)), Answer::Allowed);
    let some = read_all(&[deny("*", json!({"Resource": "arn:aws:rds:*"}))], OF_KEY);
    assert!(matches!(unplaced.of(&some), Answer::Unclear("statement 1", _)));
    let elsewhere = Ask { account: Some("999988887777"), is_own: false, ..ask("kms:Decrypt") };
    assert_eq!(elsewhere.of(&default_of_key()), Answer::Silent);
}

#[test]
fn a_grant_gives_what_no_statement_does() {
    let grant = |grantee: &str, constrained: bool| AccessGrant {
        grantee: grantee.into(),
        actions: Fact::Known(vec!["kms:Decrypt".to_owned()]),
        constrained: Fact::Known(constrained),
    };
    let given =
        |grants: &[AccessGrant]| [None, Some(ROLE)].map(|role| Ask { role, ..ask("kms:Decrypt") }.is_granted(grants));
    assert_eq!(given(&[grant(ROLE, false)]), [None, Some(true)]);
    assert_eq!(given(&[grant(ROLE, true)]), [None, None]);
    assert_eq!(given(&[grant(OTHER, false)]), [None, Some(false)]);
    assert_eq!(given(&[grant("rds.us-west-2.amazonaws.com", false)]), [Some(false); 2]);
    assert_eq!(given(&[]), [Some(false); 2]);
    assert_eq!(ask("kms:DescribeKey").is_granted(&[grant(ROLE, false)]), Some(false));
}

#[test]
fn what_a_restore_does_not_ask_for_is_not_kept() {
    let secret = json!({"StringEquals": {"kms:EncryptionContext:token": "s3cr3t", "aws:PrincipalAccount": ["1"]}});
    let statements = [
        deny("*", json!({"Action": "kms:ScheduleKeyDeletion"})),
        allow("1", json!({"Action": ["kms:De*"], "Condition": secret})),
    ];
    let condition = |key: &str, values: Value| json!({"operator": "StringEquals", "key": key, "values": values});
    let expected = json!([{
        "name": "statement 2", "allow": true, "principals": ["1"], "other_principals": false,
        "actions": ["kms:Decrypt", "kms:DescribeKey"], "resources": ["*"], "other_resources": false,
        "conditions": [
            condition("aws:PrincipalAccount", json!(["1"])),
            condition("kms:EncryptionContext:token", Value::Null),
        ],
    }]);
    assert_eq!(json!(read_all(&statements, OF_KEY)), expected);
    let own = json!({"Statement": [allow(ROOT, json!({})), allow("999988887777", json!({}))]}).to_string();
    let principals = access_statements(&own, Some("111122223333"), OF_KEY).into_known().unwrap();
    let principals: Vec<_> = principals.iter().map(|it| it.principals.known().unwrap().join(", ")).collect();
    assert_eq!(principals, ["account", "999988887777"]);
    assert_eq!(access_statements("{", None, OF_KEY), Fact::Unknown);
}
