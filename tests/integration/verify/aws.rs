//! What is asked of AWS: of recorded answers, and of moto.

use std::sync::{Arc, Mutex};

use insta::assert_snapshot;

use super::{redacted, tool};
use crate::live::command;
use crate::moto::server::Moto;
use crate::recorded::Recorded;
use crate::tool::Tool;

fn run(tool: &Tool, endpoint: &str, arguments: &str) -> String {
    let mut command = command(tool, endpoint, ("testing", "testing"), arguments);
    let output = command.env("AWS_REGION", "us-west-2").output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    redacted(&format!("$ seaworthy {arguments}\n{said}[exit {}]\n", output.status.code().unwrap()), &[])
}

fn of(kind: &str, field: &str, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("{{name: {field} {name}, {kind}: {{{field}: {name}}}}}")).collect()
}

#[test]
fn secrets_roles_and_writers_are_as_aws_describes_them() {
    let arn = "arn:aws:secretsmanager:us-west-2:111122223333:secret";
    let mut checks = of("secret", "secret", &["good", "plain", "deleted", "disabled", "denied", "gone"]);
    checks.push(format!("{{name: other account, secret: {{secret: '{}:x'}}}}", arn.replace("1111", "9999")));
    for role in ["may", "may-not", "depends", "never"] {
        let arn = format!("arn:aws:iam::111122223333:role/{role}");
        checks.push(format!("{{name: {role}, role: {{role: '{arn}', actions: ['s3:GetObject', 'kms:Decrypt']}}}}"));
    }
    checks.extend(of("writer", "cluster", &["alone", "second", "follower", "starting", "headless", "gone"]));
    checks.extend(of("writer", "instance", &["promoted", "replica", "alone-1", "alone-2"]));
    checks.extend(of("writer", "global-cluster", &["shop", "moved"]));
    let tool = tool(&checks);
    let calls: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = calls.clone();
    let recorded = Recorded::serve_but("verify", move |request| {
        seen.lock().unwrap().push(request.called());
        let gone = ["SecretId", "DBClusterIdentifier"].iter().any(|name| request.parameter(name) == Some("gone"));
        gone.then_some((
            404,
            if request.called().starts_with("rds") { "DBClusterNotFoundFault" } else { "ResourceNotFoundException" },
        ))
    });
    assert_snapshot!("aws", run(&tool, &recorded.url, "verify shop --once"));
    let mut calls = std::mem::take(&mut *calls.lock().unwrap());
    calls.sort();
    calls.dedup();
    // Nothing else is called, and none of it reads a secret or changes anything.
    assert_eq!(
        calls,
        [
            "iam SimulatePrincipalPolicy",
            "kms DescribeKey",
            "rds DescribeDBClusters",
            "rds DescribeDBInstances",
            "rds DescribeGlobalClusters",
            "secretsmanager DescribeSecret",
            "sts GetCallerIdentity",
        ]
    );
}

#[test]
fn without_credentials_or_an_answer_nothing_can_be_told() {
    let tool = tool(&of("secret", "secret", &["good"]));
    let mut command = tool.command("verify shop --once");
    let output = command.env("AWS_EC2_METADATA_DISABLED", "true").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_snapshot!("no-credentials", redacted(&format!("{said}[exit {}]\n", output.status.code().unwrap()), &[]));
    assert_snapshot!("no-answer", run(&tool, "http://127.0.0.1:1", "verify shop --once"));
}

#[test]
fn what_moto_has_is_found() {
    let moto = Moto::start();
    moto.run("seed_verify.py");
    let mut checks = of("secret", "secret", &["orders", "unwanted", "gone"]);
    checks.extend(of("writer", "cluster", &["orders", "gone"]));
    checks.extend(of("writer", "instance", &["billing", "billing-replica", "gone"]));
    let tool = tool(&checks);
    assert_snapshot!("moto", run(&tool, &moto.url, "verify shop --once"));
}
