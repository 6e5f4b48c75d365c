//! `explain` and `policy`.

use insta::assert_snapshot;

use crate::tool::Tool;

const RULE: &str = r#"# METADATA
# title: A key does not rotate
# description: |
#   A key that never changes
#   is a key that leaks once.
#
#   Second paragraph.
# related_resources:
#   - ref: https://example.com/rotation
# custom:
#   id: key-never-rotates
#   severity: {default: low, backup-restore: medium, pilot-light: none}
#   blocker: true
#   kinds: [aws.kms.key]
#   parameters:
#     max_days: {default: 365, description: days between two rotations}
#   remediation:
#     summary: enable_key_rotation = true
#     cli: aws kms enable-key-rotation --key-id ID
#     terraform: |
#       resource "aws_kms_key" "NAME" {
#         enable_key_rotation = true
#       }
#   frameworks:
#     soc2: [A1.2]
#   aliases: [key-rotation-off]
package seaworthy.encryption.key_never_rotates

deny contains {"message": "imported material does not rotate"} if {
	input.key.origin == "external"
	data.parameters["key-never-rotates"].max_days == 365
}
"#;

const TEST: &str = r#"package seaworthy.encryption.key_never_rotates_test

import data.seaworthy.encryption.key_never_rotates

test_fail_external if count(key_never_rotates.deny) == 1 with input as {"key": {"origin": "external"}}

test_pass_other if count(key_never_rotates.deny) == 1 with input as {"key": {"origin": "aws_kms"}}
"#;

fn with_rule() -> Tool {
    Tool::new().file("mine/encryption/key_never_rotates.rego", RULE)
}

#[test]
fn explain_says_everything_about_a_policy() {
    assert_snapshot!(with_rule().run("explain key-rotation-off --policies mine"), @r#"
    $ seaworthy explain key-rotation-off --policies mine
    key-never-rotates: A key does not rotate
    formerly key-rotation-off

    What it means for recovery
      A key that never changes is a key that leaks once.

      Second paragraph.

    Severity
      low, where no pattern is stated
      backup-restore: medium
      pilot-light: does not apply
      warm-standby: low
      active-active: low
      a blocker: recovery is impossible, not merely slower

    Applies to
      aws.kms.key (KMS key)

    Parameters
      max_days = 365: days between two rotations

    Fix
      enable_key_rotation = true

    On the command line
      aws kms enable-key-rotation --key-id ID

    In Terraform
      resource "aws_kms_key" "NAME" {
        enable_key_rotation = true
      }

    Frameworks
      soc2: A1.2

    Read on
      https://example.com/rotation
    [exit 0]
    "#);
}

#[test]
fn a_policy_says_by_class_and_facet_what_it_is_about() {
    let about = |lines: &str| {
        let header = "# METADATA\n# title: T\n# custom:\n#   id: mine\n#   severity: low\n";
        Tool::new().file(
            "mine/rule.rego",
            format!("{header}{lines}package mine\n\ndeny contains \"x\" if input.backup.enabled == false\n"),
        )
    };
    let tool = about("#   for: [cache, {facet: kubernetes}]\n#   except: [aws.elasticache.cluster]\n");
    assert_snapshot!(tool.run("explain mine --policies mine"), @r"
    $ seaworthy explain mine --policies mine
    mine: T

    Severity
      low

    Applies to
      aws.eks.access-entry (EKS access entry)
      aws.eks.add-on (EKS add-on)
      aws.eks.cluster (EKS cluster)
      aws.eks.fargate-profile (EKS Fargate profile)
      aws.eks.node-group (EKS node group)
      aws.elasticache.replication-group (ElastiCache replication group)
      aws.elasticache.serverless-cache (ElastiCache serverless cache)
    [exit 0]
    ");
    assert_snapshot!(about("#   for: [cahce]\n").run("explain mine --policies mine"), @"
    $ seaworthy explain mine --policies mine
    [stderr]
    error: mine/rule.rego:6: unknown class 'cahce' (did you mean 'cache'?)
    help: seaworthy policy new AREA/ID writes a policy with every key that a header needs
    [exit 2]
    ");
    assert_snapshot!(about("#   for: [cache]\n#   except: [backup]\n").run("explain mine --policies mine"), @"
    $ seaworthy explain mine --policies mine
    [stderr]
    error: mine/rule.rego:7: 'backup' is a facet and no class: write '{facet: backup}'
    help: seaworthy policy new AREA/ID writes a policy with every key that a header needs
    [exit 2]
    ");
    assert_snapshot!(about("#   for: [laptop]\n").run("explain mine --policies mine"), @"
    $ seaworthy explain mine --policies mine
    [stderr]
    error: mine/rule.rego:6: unknown class 'laptop': expected one of stateful, compute, database, database-member, global-cluster, cache, table, bucket, file-system, volume, secret, parameter, key, role, recovery-point, vault, backup-plan, backup-settings, backup-job, restore-test, scaling-group, kubernetes-cluster, node-group, serverless-nodes, cluster-add-on, cluster-access, image-repository, image-registry, log-group, function, code-layer, event-source, region, quota, quota-warning, switch-plan, measurement, guard-rail, launch-template, machine-image, machine-types, capacity-reservation, container-cluster, container-service, container-definition, network, virtual-network, security-group, network-acl, route-table, gateway, private-endpoint, network-connection, prefix-list, load-balancer, listener, target-group, api, certificate, dns-zone, dns-record, health-check, edge, traffic-switch, drill-record
    help: seaworthy policy new AREA/ID writes a policy with every key that a header needs
    [exit 2]
    ");
}

#[test]
fn explain_suggests_what_may_be_meant() {
    assert_snapshot!(Tool::new().run("explain backup-disbled"), @"
    $ seaworthy explain backup-disbled
    [stderr]
    error: no policy is called 'backup-disbled' (did you mean 'backup-disabled'?)
    help: seaworthy policy list names all policies, seaworthy explain their parameters
    [exit 2]
    ");
}

#[test]
fn tests_of_policies_are_run_with_coverage() {
    assert_snapshot!(with_rule().run("policy test mine"), @"
    $ seaworthy policy test mine
    no tests  mine/encryption/key_never_rotates.rego
    there are no tests
    [exit 3]
    ");
    let tool = with_rule().file("mine/encryption/key_never_rotates_test.rego", TEST);
    assert_snapshot!(tool.run("policy test mine"), @r#"
    $ seaworthy policy test mine
    FAIL  mine/encryption/key_never_rotates_test.rego  1 of 2 tests
          test_pass_other: it is undefined, not true
    1 of 2 tests failed, 100% of lines covered
    [exit 1]
    "#);
    assert_snapshot!(Tool::new().run("policy test missing"), @"
    $ seaworthy policy test missing
    [stderr]
    error: cannot read policies in 'missing': No such file or directory (os error 2)
    [exit 2]
    ");
}

#[test]
fn a_new_policy_passes_its_own_tests() {
    let tool = Tool::new();
    assert_snapshot!(tool.run("policy new backup/vault-unlocked --dir mine"), @"
    $ seaworthy policy new backup/vault-unlocked --dir mine
    wrote mine/backup/vault_unlocked.rego
    wrote mine/backup/vault_unlocked_test.rego
    next: seaworthy policy test mine
    [exit 0]
    ");
    assert_snapshot!(tool.run("policy test mine"), @"
    $ seaworthy policy test mine
    pass  mine/backup/vault_unlocked_test.rego  4 tests
    4 tests passed, 100% of lines covered
    [exit 0]
    ");
    assert_snapshot!(tool.run("policy new backup/vault-unlocked --dir mine"), @"
    $ seaworthy policy new backup/vault-unlocked --dir mine
    [stderr]
    error: 'mine/backup/vault_unlocked.rego' is there already, and is not overwritten
    help: choose another id, or remove it first
    [exit 2]
    ");
    assert_snapshot!(tool.run("policy new backup/backup-disabled"), @"
    $ seaworthy policy new backup/backup-disabled
    [stderr]
    error: the id 'backup-disabled' is taken by a built-in policy
    help: seaworthy explain backup-disabled says what it does
    [exit 2]
    ");
    assert_snapshot!(tool.run("policy new Backup"), @"
    $ seaworthy policy new Backup
    [stderr]
    error: invalid value 'Backup' for '<AREA/ID>': expected an area and a kebab-case id, as in backup/vault-not-locked

    For more information, try '--help'.
    [exit 2]
    ");
    assert_eq!(tool.files(), ["mine/backup/vault_unlocked.rego", "mine/backup/vault_unlocked_test.rego"]);
}

#[test]
fn policies_that_cannot_be_used_are_errors_before_anything_is_read() {
    let tool = Tool::new()
        .file("broken/rule.rego", "package a.b\n\ndeny contains msg if {\n\tinput.backup.enabled ==\n}\n")
        .file("unknown/rule.rego", "package a.b\n\ndeny contains \"x\" if no_such(input.name)\n")
        .file("empty/notes.md", "none");
    assert_snapshot!(tool.run("check missing.ndjson --policies broken"), @r"
    $ seaworthy check missing.ndjson --policies broken
    [stderr]
    error: broken/rule.rego: 
    --> broken/rule.rego:5:1
      |
    5 | }
      | ^
    error: expecting expression
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    [exit 2]
    ");
    assert_snapshot!(tool.run("check missing.ndjson --policies unknown"), @"
    $ seaworthy check missing.ndjson --policies unknown
    [stderr]
    error: unknown/rule.rego:3: there is no function 'no_such'
    help: policies are Rego v1; test them with: seaworthy policy test DIR
    [exit 2]
    ");
    assert_snapshot!(tool.run("check missing.ndjson --policies empty"), @"
    $ seaworthy check missing.ndjson --policies empty
    [stderr]
    error: 'empty' holds no policies (.rego files with a deny rule)
    help: write one with: seaworthy policy new backup/my-rule
    [exit 2]
    ");
}
