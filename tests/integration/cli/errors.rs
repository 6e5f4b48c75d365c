//! What is wrong is said once, with its place and what helps.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::tool::Tool;

#[test]
fn an_unknown_format_is_answered_with_all_formats() {
    assert_snapshot!(Tool::new().run("check -f tabel x"), @"
    $ seaworthy check -f tabel x
    [stderr]
    error: invalid value 'tabel' for '--format <FORMAT[=FILE]>'
      [possible values: csv, github, gitlab, html, json, junit, markdown, sarif, table]

      tip: a similar value exists: 'table'

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn a_configuration_with_a_typo() {
    let tool = Tool::new().file("seaworthy.yaml", "# mine\nregoins: [us-east-1]\n");
    assert_snapshot!(tool.run("policy list"), @"
    $ seaworthy policy list
    [stderr]
    error: seaworthy.yaml:2: unknown key 'regoins' (did you mean 'regions'?)
    help: seaworthy schema config describes every key
    [exit 2]
    ");
}

#[test]
fn a_configuration_of_an_unknown_policy_or_parameter() {
    let tool = Tool::new().file("seaworthy.yaml", "severity:\n  backup-disbled: low\n");
    assert_snapshot!(tool.run("policy list"), @"
    $ seaworthy policy list
    [stderr]
    error: seaworthy.yaml:2: no policy is called 'backup-disbled' (did you mean 'backup-disabled'?)
    help: seaworthy schema config describes every key
    [exit 2]
    ");
    let tool = Tool::new().file("other.yaml", "parameters:\n  backup-retention-too-short:\n    min_dys: 3\n");
    assert_snapshot!(tool.run("policy list -c other.yaml"), @"
    $ seaworthy policy list -c other.yaml
    [stderr]
    error: other.yaml:3: policy 'backup-retention-too-short' has no parameter 'min_dys' (did you mean 'min_days'?)
    help: seaworthy schema config describes every key
    [exit 2]
    ");
    let tool = Tool::new().file("other.yaml", "parameters:\n  backup-retention-too-short:\n    min_days: many\n");
    assert_snapshot!(tool.run("policy list -c other.yaml"), @r#"
    $ seaworthy policy list -c other.yaml
    [stderr]
    error: other.yaml:3: parameter 'min_days' of policy 'backup-retention-too-short' is "many", but has to be of the type of its default, 7
    help: seaworthy schema config describes every key
    [exit 2]
    "#);
}

#[test]
fn a_configuration_that_is_not_there() {
    assert_snapshot!(Tool::new().run("policy list -c missing.yaml"), @"
    $ seaworthy policy list -c missing.yaml
    [stderr]
    error: cannot read the configuration 'missing.yaml': No such file or directory (os error 2)
    help: seaworthy init writes a configuration to start from, --no-config works without one
    [exit 2]
    ");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let tool = Tool::new();
    let mut child =
        tool.command("policy list --format json").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}
