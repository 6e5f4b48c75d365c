//! Policies that expect a Terraform plan as their input: bundles as they are written for Conftest.

use insta::assert_snapshot;
use serde_json::json;

use crate::tool::Tool;

const SECRETS: &str = include_str!("../../../fixtures/plans/secrets/plan.json");
const CODE: &str = include_str!("../../../fixtures/plans/secrets/main.tf");

fn tool(policy: &str) -> Tool {
    Tool::new().file("plan.json", SECRETS).file("main.tf", CODE).file("mine/rules.rego", policy)
}

/// Verdict, resource, place and message of each verdict.
fn verdicts(tool: &Tool, arguments: &str) -> String {
    let printed = tool.run(&format!("check {arguments} --policies mine --input terraform --show all -f json=out.json"));
    let Ok(report) =
        serde_json::from_slice::<serde_json::Value>(&std::fs::read(tool.path().join("out.json")).unwrap_or_default())
    else {
        return printed;
    };
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |one: &serde_json::Value| {
        let resource = &one["resource"];
        let line = resource["location"]["line"].as_u64().map(|line| format!(" line {line}")).unwrap_or_default();
        let status = text(&one["change"]["status"]);
        format!("{} {}{line} {status}: {}\n", text(&one["verdict"]), text(&resource["id"]), text(&one["message"]))
    };
    report["verdicts"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn findings_belong_to_the_resources_that_they_are_about() {
    let tool = tool(
        r#"package main

of_type(type) := [row | some row in input.resource_changes; row.type == type]

# The address stands in the message.
deny contains msg if {
	some row in of_type("aws_instance")
	row.change.after.metadata_options[_].http_tokens != "required"
	msg := sprintf("%s: requires no tokens", [row.address])
}

# It stands in a member of the finding.
deny contains {"msg": "holds a password", "resource": row.address} if {
	some row in input.resource_changes
	row.change.after.password
}

# Nothing says it but the row that the rule goes through.
deny contains "a container is privileged" if {
	some row in of_type("aws_ecs_task_definition")
	some container in json.unmarshal(row.change.after.container_definitions)
	container.privileged
	some variable in container.environment
	variable.name == "TOKEN"
}

# It is about no resource.
deny contains "there are too many resources" if count(input.resource_changes) > 3
"#,
    );
    assert_snapshot!(verdicts(&tool, "plan.json --select main"), @"
    fail aws_db_instance.main line 37 introduced: holds a password
    fail aws_ecs_task_definition.web line 62 introduced: a container is privileged
    fail aws_instance.batch line 73 introduced: aws_instance.batch: requires no tokens
    fail terraform-plan introduced: there are too many resources
    ");
    assert_snapshot!(tool.run("check plan.json --policies mine --input terraform --select main"), @"
    $ seaworthy check plan.json --policies mine --input terraform --select main
    this change adds orders, whose recovery has a gap: holds a password (main.tf:37); 3 more problems are introduced
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    medium    main                                                               4 resources, introduced
      aws_db_instance.main  main.tf:37  aws.rds.instance  us-east-1
        holds a password
      aws_ecs_task_definition.web  main.tf:62  aws.ecs.task-definition  us-east-1
        a container is privileged
      aws_instance.batch  main.tf:73  terraform.resource
        aws_instance.batch: requires no tokens
      plan  terraform.plan
        there are too many resources

    not seen  the estate is only partly seen: a plan sees its own workspace only
              3 resources of types that the model does not have: aws_codebuild_project (1), aws_instance (1),
                aws_secretsmanager_secret_version (1)

    verdicts  0 pass · 4 fail · 0 unknown
    seen      10 resources · 0 accounts · 1 region
    change    4 introduced · 0 fixed · 0 existing
    plan      9 to create: 8 judged, 1 as parts of others
    score     mine 0

    this change adds orders, whose recovery has a gap: holds a password (main.tf:37); 3 more problems are introduced
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}

#[test]
fn what_is_secret_or_not_known_yet_is_unknown_where_it_decides() {
    let tool = tool(
        r#"package main

databases := [row | some row in input.resource_changes; row.type == "aws_db_instance"]

deny contains "its key is not known" if {
	some row in databases
	not row.change.after.kms_key_id
}

deny contains "its password is guessed" if {
	some row in databases
	row.change.after.password in {"changeme", "secret"}
}

deny contains "a variable is handed that pins a region" if {
	some row in input.resource_changes
	some container in json.unmarshal(row.change.after.container_definitions)
	some variable in container.environment
	contains(variable.value, "us-east-1")
}

# Known for certain: the plan itself says whether it is known.
deny contains "never" if {
	some row in databases
	not row.change.after.kms_key_id
	not row.change.after_unknown.kms_key_id
}

deny contains "never, because it is a text and not empty" if {
	some row in databases
	row.change.after.password in {"", null, false}
}
"#,
    );
    assert_snapshot!(verdicts(&tool, "plan.json --select main"), @"
    unknown aws_db_instance.main line 37 introduced: not known: aws_db_instance.main.kms_key_id (known only after apply); aws_db_instance.main.password (sensitive)
    unknown aws_ecs_task_definition.web line 62 introduced: not known: aws_ecs_task_definition.web.container_definitions.environment.value (sensitive)
    ");
}

#[test]
fn all_sections_are_there() {
    let tool = tool(
        r#"package main

facts contains ["region", input.configuration.provider_config.aws.expressions.region.constant_value]

facts contains ["plain", input.variables.plain.value]

facts contains ["planned", row.values.instance_class] if {
	some row in input.planned_values.root_module.resources
	row.type == "aws_db_instance"
}

facts contains ["below", row.values.family] if {
	some module in input.planned_values.root_module.child_modules
	some row in module.resources
}

facts contains ["reference", reference] if {
	some row in input.configuration.root_module.resources
	some reference in row.expressions.secret_id.references
}

facts contains ["build", row.change.after.environment[0].image] if some row in input.resource_changes

facts contains ["outputs", name] if some name, _ in input.output_changes

facts contains ["names", sort(names)] if {
	some row in input.resource_changes
	names := object.keys(row.change.after.environment[0].variables)
}

deny contains concat(" ", [fact[0], json.marshal(fact[1])]) if some fact in facts
"#,
    );
    assert_snapshot!(verdicts(&tool, "plan.json --select main"), @r#"
    fail aws_secretsmanager_secret.key line 89 introduced: reference "aws_secretsmanager_secret.key"
    fail terraform-plan introduced: below "postgres16"; build "aws/codebuild/standard:7.0"; names ["DB_HOST","DB_PASS"]; outputs "endpoint"; outputs "marked"; outputs "token"; plain "nothing to hide"; planned "db.m6g.large"; reference "aws_secretsmanager_secret.key.id"; region "us-east-1"
    "#);
}

/// Whatever a policy does with what it is given, and whatever writes it down.
#[test]
fn no_secret_of_a_plan_reaches_a_report() {
    let tool = tool(
        r#"package leak

deny contains sprintf("%v: %v", [path, value]) if {
	walk(input, [path, value])
	not is_object(value)
	not is_array(value)
}

deny contains sprintf("inside: %v", [value]) if {
	walk(input, [_, text])
	is_string(text)
	json.is_valid(text)
	walk(json.unmarshal(text), [_, value])
}

deny contains {"msg": "all of it", "details": {"row": row}} if some row in input.resource_changes

deny contains {"msg": "code", "details": input.configuration}

deny contains {"msg": "values", "details": input.planned_values}

deny contains {"msg": "variables", "details": input.variables}

deny contains json.marshal(row.change.after) if some row in input.resource_changes

deny contains base64.encode(row.change.after.user_data) if some row in input.resource_changes
"#,
    );
    let canaries: Vec<&str> = SECRETS.match_indices("canary").filter_map(|(at, _)| SECRETS.get(at..at + 6)).collect();
    assert_eq!(canaries.len(), 45);
    for format in ["json", "table", "sarif", "markdown", "csv", "junit", "gitlab", "github"] {
        let said = tool
            .run(&format!("check plan.json --policies mine --input terraform --select leak --show all -f {format}"));
        assert!(said.contains("leak"), "{format} says nothing: {said}");
        assert!(!said.contains("canary"), "{format} has a secret: {said}");
        assert!(!said.contains("Y2FuYXJ5"), "{format} has a secret in base64");
    }
}

#[test]
fn several_plans_are_judged_each_for_itself() {
    let policy = "package main\n\ndeny contains row.type if {\n\tsome row in input.resource_changes\n\tstartswith(row.type, \"aws_db_\")\n}\n";
    let tool =
        tool(policy).file("stacks/keys/plan.json", include_str!("../../../fixtures/plans/two-regions/plan.json"));
    assert_snapshot!(verdicts(&tool, "plan.json stacks/keys/plan.json --select main"), @"
    fail plan/aws_db_instance.main line 37 introduced: aws_db_instance
    fail plan/module.db.aws_db_parameter_group.main introduced: aws_db_parameter_group
    fail stacks/keys/aws_db_instance.legacy introduced: aws_db_instance
    fail stacks/keys/aws_db_instance.orders introduced: aws_db_instance
    fail stacks/keys/aws_db_instance.orders_replica introduced: aws_db_instance
    ");
}

#[test]
fn what_a_plan_leaves_as_it_is_was_so_before() {
    let policy = "package main\n\ndeny contains row.address if some row in input.resource_changes\n";
    let tool = tool(policy).file("weaken.json", include_str!("../../../fixtures/plans/weaken/plan.json"));
    assert_snapshot!(verdicts(&tool, "weaken.json --select main"), @"
    fail arn:aws:backup:us-east-1:123456789012:backup-plan:9ca107a0-a32c-4bfc-9017-3193f4838b5c existing: aws_backup_plan.daily
    fail arn:aws:backup:us-east-1:123456789012:backup-vault:main existing: aws_backup_vault.main
    fail arn:aws:backup:us-west-2:123456789012:backup-vault:recovery existing: aws_backup_vault.recovery
    fail arn:aws:dynamodb:us-east-1:123456789012:table/orders existing: aws_dynamodb_table.orders
    fail arn:aws:kms:eu-west-1:123456789012:key/19f04921-09f9-450b-b0a0-d4e07997dec2 existing: aws_kms_key.second
    fail arn:aws:kms:eu-west-1:123456789012:key/a4ec0f13-b214-4f0a-af52-eb5c8c3478e2 existing: aws_kms_key.ledger
    fail arn:aws:kms:us-east-1:123456789012:key/b58d9778-3eaf-4224-a7e4-f7101061bf6d existing: aws_kms_key.orders
    fail arn:aws:rds:us-east-1:123456789012:db:orders-db existing: aws_db_instance.orders
    fail arn:aws:s3:::orders-files existing: aws_s3_bucket.files
    fail arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-HDphMV existing: aws_secretsmanager_secret.orders
    fail aws_backup_vault_lock_configuration.main existing: aws_backup_vault_lock_configuration.main
    fail aws_db_instance.ledger existing: aws_db_instance.ledger
    fail aws_s3_bucket_versioning.files existing: aws_s3_bucket_versioning.files
    ");
    assert_snapshot!(tool.run("check weaken.json --policies mine --input terraform --select main --compact"), @"
    $ seaworthy check weaken.json --policies mine --input terraform --select main --compact
    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    medium    existing  main  aws_backup_plan.daily  aws_backup_plan.daily
    medium    existing  main  aws_backup_vault.main  aws_backup_vault.main
    medium    existing  main  aws_backup_vault.recovery  aws_backup_vault.recovery
    medium    existing  main  aws_dynamodb_table.orders  aws_dynamodb_table.orders
    medium    existing  main  aws_kms_key.second  aws_kms_key.second
    medium    existing  main  aws_kms_key.ledger  aws_kms_key.ledger
    medium    existing  main  aws_kms_key.orders  aws_kms_key.orders
    medium    existing  main  aws_db_instance.orders  aws_db_instance.orders
    medium    existing  main  aws_s3_bucket.files  aws_s3_bucket.files
    medium    existing  main  aws_secretsmanager_secret.orders  aws_secretsmanager_secret.orders
    medium    existing  main  aws_backup_vault_lock_configuration.main  aws_backup_vault_lock_configuration.main
    medium    existing  main  aws_db_instance.ledger  aws_db_instance.ledger
    medium    existing  main  aws_s3_bucket_versioning.files  aws_s3_bucket_versioning.files
    not seen  the estate is only partly seen: a plan sees its own workspace only
    note      account 123456789012 of 2 resources is taken from other resources and data sources of the same provider
    note      no code of these resources was found in '.', so findings have no file and no line: --source DIR names the
              directory of the root module

    this change introduces no problem for recovery
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}

#[test]
fn a_header_tells_that_a_policy_is_about_plans() {
    let policy = r#"# METADATA
# title: A password stands in the code
# custom:
#   id: password-in-code
#   severity: high
#   kinds: [terraform.plan]
#   remediation:
#     summary: Let RDS manage the password, and take it out of the code
package mine.password

deny contains {"message": "its password stands in the code", "resource": row.address} if {
	some row in input.resource_changes
	row.change.after.password
}
"#;
    let tool = tool(policy)
        .file("mine/rules_test.rego", "package mine.password_test\n\nimport data.mine.password\n\ntest_fails if count(password.deny) == 1 with input as {\"resource_changes\": [{\"address\": \"a\", \"change\": {\"after\": {\"password\": \"x\"}}}]}\n");
    assert_snapshot!(tool.run("check plan.json --policies mine --select password-in-code --compact"), @"
    $ seaworthy check plan.json --policies mine --select password-in-code --compact
    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    high      introduced  password-in-code  aws_db_instance.main (main.tf:37)  its password stands in the code
    not seen  the estate is only partly seen: a plan sees its own workspace only
    not seen  3 resources of types that the model does not have: aws_codebuild_project (1), aws_instance (1),
              aws_secretsmanager_secret_version (1)

    this change adds orders, whose recovery has a gap: its password stands in the code (main.tf:37)
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate failed: 1 high introduced (--fail-on high), exit 1
    [exit 1]
    ");
    assert_snapshot!(tool.run("policy test mine"), @"
    $ seaworthy policy test mine
    pass  mine/rules_test.rego  1 test
    1 test passed, 100% of lines covered
    [exit 0]
    ");
}

#[test]
fn what_expects_a_plan_says_so() {
    let policy = "package main\n\ndeny contains \"x\" if some row in input.resource_changes\n";
    let state =
        r#"{"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "a", "outputs": {}, "resources": []}"#;
    let tool = tool(policy)
        .file("terraform.tfstate", state)
        .file("misspelt/a.rego", "package main\n\ndeny contains \"x\" if some row in input.resource_change\n")
        .file("model/a.rego", "package main\n\ndeny contains \"x\" if input.backup.enabled == false\n")
        .file("mixed/a.rego", "# METADATA\n# title: T\n# custom:\n#   id: a\n#   severity: low\n#   kinds: [terraform.plan, aws.rds.instance]\npackage a\n\ndeny contains \"x\" if input.kind\n");
    let said: String = [
        "check plan.json --policies mine",
        "check terraform.tfstate --policies mine --input terraform",
        "check plan.json --policies misspelt --input terraform",
        "check plan.json --policies model --input terraform",
        "check plan.json --policies mixed",
        "check plan.json --policies mine --input plan",
        "policy test mine",
        "policy test mine --input terraform",
    ]
    .map(|arguments| tool.run(arguments))
    .concat();
    assert_snapshot!(said, @"
    $ seaworthy check plan.json --policies mine
    [stderr]
    error: mine/rules.rego:3: 'input.resource_changes' is not in the model
    help: policies that expect a Terraform plan are given it by: --input terraform
    [exit 2]
    $ seaworthy check terraform.tfstate --policies mine --input terraform
    [stderr]
    error: 'terraform.tfstate' cannot be checked: policies that read Terraform's JSON need what `terraform show -json` writes, and 'terraform.tfstate' is a stored state
    help: terraform show -json terraform.tfstate > state.json
    [exit 2]
    $ seaworthy check plan.json --policies misspelt --input terraform
    [stderr]
    error: misspelt/a.rego:3: 'input.resource_change' is not in a Terraform plan (did you mean 'input.resource_changes'?)
    help: a plan is as 'terraform show -json' writes it; policies about resources of the model have a header with 'for'
    [exit 2]
    $ seaworthy check plan.json --policies model --input terraform
    [stderr]
    error: model/a.rego:3: 'input.backup' is not in a Terraform plan
    help: a plan is as 'terraform show -json' writes it; policies about resources of the model have a header with 'for'
    [exit 2]
    $ seaworthy check plan.json --policies mixed
    [stderr]
    error: mixed/a.rego:6: 'terraform.plan' cannot stand here: a policy about plans has 'kinds: [terraform.plan]'
    help: seaworthy policy new AREA/ID writes a policy with every key that a header needs
    [exit 2]
    $ seaworthy check plan.json --policies mine --input plan
    [stderr]
    error: invalid value 'plan' for '--input <WHAT>'
      [possible values: resource, terraform]

    For more information, try '--help'.
    [exit 2]
    $ seaworthy policy test mine
    [stderr]
    error: mine/rules.rego:3: 'input.resource_changes' is not in the model
    help: policies that expect a Terraform plan are given it by: --input terraform
    [exit 2]
    $ seaworthy policy test mine --input terraform
    no tests  mine/rules.rego
    there are no tests
    [exit 3]
    ");
}

/// A row of a plan: address, actions, values after and before, and what of them is sensitive or known only after apply.
fn row(address: &str, action: &str, after: &serde_json::Value, marks: [serde_json::Value; 2]) -> serde_json::Value {
    let [sensitive, unknown] = marks;
    let block = address.rsplit("module.m.").next().unwrap();
    let (of_type, name) = block.split_once('.').unwrap();
    let before = if action == "create" { serde_json::Value::Null } else { after.clone() };
    json!({"address": address, "mode": "managed", "type": of_type, "name": name, "change": {
        "actions": [action], "before": before, "after": after, "after_unknown": unknown,
        "before_sensitive": sensitive, "after_sensitive": sensitive}})
}

fn plan(rows: &[serde_json::Value]) -> String {
    json!({"format_version": "1.2", "terraform_version": "1.11.0", "resource_changes": rows}).to_string()
}

#[test]
fn what_is_taken_away_takes_nothing_else_with_it() {
    let none = || json!({});
    let rows = [
        row(
            "aws_db_instance.db",
            "create",
            &json!({"username": "backup", "backup_retention_period": 0, "password": "s3cret!", "engine": "backup",
                "tags": {"short": "s3cret!"}, "tags_all": {"short": "s3cret!", "pin": "a-s3cret!-b"}}),
            [json!({"username": true, "password": true}), none()],
        ),
        row(
            "aws_vault_role.v",
            "create",
            &json!({"token_bound_cidrs": ["0.0.0.0/0"], "secret_id": "orders", "volume": [{"secret": [{"secret_name": "orders-api",
                "default_mode": 420}]}], "pin_password": 12345678}),
            [none(), none()],
        ),
        row("aws_security_group.open", "create", &json!({"cidr": "0.0.0.0/0", "name": "orders"}), [none(), none()]),
        row(
            "helm_release.h",
            "create",
            &json!({"set": [{"name": "a", "value": "Can&aryHelm1"}], "metadata": [{"values": "{\"a\":\"Can\\u0026aryHelm1\",\"b\":1}"}]}),
            [json!({"set": [{"value": true}]}), none()],
        ),
    ];
    let tool = tool(
        r#"package main

deny contains {"msg": "backups are off", "address": row.address} if {
	some row in input.resource_changes
	row.change.after.backup_retention_period == 0
}

deny contains {"msg": "open", "address": row.address} if {
	some row in input.resource_changes
	row.change.after.cidr == "0.0.0.0/0"
}

deny contains sprintf("%v: %v", [path, value]) if {
	walk(input.resource_changes, [path, value])
	not is_object(value)
	not is_array(value)
	path[count(path) - 1] in {"short", "pin", "pin_password", "secret_name", "default_mode", "engine"}
}

deny contains sprintf("inside: %v", [value]) if {
	walk(input.resource_changes, [_, text])
	is_string(text)
	json.is_valid(text)
	walk(json.unmarshal(text), [_, value])
}
"#,
    )
    .file("small.json", plan(&rows));
    assert_snapshot!(verdicts(&tool, "small.json --select main"), @r#"
    fail aws_db_instance.db introduced: backups are off
    fail aws_security_group.open introduced: open
    fail terraform-plan introduced: [0, "change", "after", "tags", "short"]: (not known); [0, "change", "after", "tags_all", "pin"]: (not known); [0, "change", "after", "tags_all", "short"]: (not known); [0, "change", "after", "engine"]: backup; [1, "change", "after", "volume", 0, "secret", 0, "default_mode"]: 420; [1, "change", "after", "volume", 0, "secret", 0, "secret_name"]: orders-api
    unknown aws_vault_role.v introduced: not known: aws_vault_role.v.pin_password (sensitive); aws_vault_role.v.secret_id (sensitive)
    unknown helm_release.h introduced: not known: helm_release.h.change.after.metadata.values (sensitive); helm_release.h.set.value (sensitive)
    "#);
}

#[test]
fn a_finding_of_two_resources_is_new_if_one_of_them_is() {
    let none = || [json!({}), json!({})];
    let module = json!({"resources": [{"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q",
            "expressions": {"name": {"constant_value": "bad"}}}]});
    let mut small: serde_json::Value = serde_json::from_str(&plan(&[
        row("aws_vpc.main", "no-op", &json!({"id": "v"}), none()),
        row("aws_subnet.pub", "create", &json!({"public": true}), none()),
        row("aws_s3_bucket.logs", "no-op", &json!({"bucket": "logs"}), none()),
        row("aws_s3_bucket.new", "create", &json!({"bucket": "new"}), none()),
        row("aws_sqs_queue.q", "no-op", &json!({"name": "good"}), none()),
        row("module.m.aws_sqs_queue.q", "create", &json!({"name": "bad"}), none()),
        row("aws_iam_role.r[\"a b\"]", "create", &json!({"name": "ab"}), none()),
    ]))
    .unwrap();
    small["configuration"] = json!({"root_module": {
        "resources": [{"address": "aws_subnet.pub", "mode": "managed", "type": "aws_subnet", "name": "pub", "expressions": {"public": {"constant_value": true}}}],
        "module_calls": {"m": {"source": "./m", "module": module}},
    }});
    let tool = tool(
        r#"package main

deny contains "a public subnet in a VPC" if {
	some vpc in input.resource_changes
	vpc.type == "aws_vpc"
	some subnet in input.resource_changes
	subnet.change.after.public
}

deny contains sprintf("bucket %s does not log to aws_s3_bucket.logs", [row.name]) if {
	some row in input.resource_changes
	row.change.after.bucket == "new"
}

deny contains sprintf("%s is badly named in the code", [row.address]) if {
	walk(input.configuration, [_, row])
	row.expressions.name.constant_value == "bad"
}

deny contains sprintf("%s is public in the code", [row.address]) if {
	walk(input.configuration, [_, row])
	row.expressions.public.constant_value
}

names := concat("", ["[", "aws_iam_role.r[\"a b\"]", "]"])

deny contains sprintf("roles %s, and aws_vpc.main_too.", [names])
"#,
    )
    .file("small.json", small.to_string());
    assert_snapshot!(verdicts(&tool, "small.json --select main"), @r#"
    fail aws_iam_role.r["a b"] introduced: roles [aws_iam_role.r["a b"]], and aws_vpc.main_too.
    fail aws_s3_bucket.new introduced: bucket new does not log to aws_s3_bucket.logs
    fail aws_subnet.pub introduced: a public subnet in a VPC; aws_subnet.pub is public in the code
    fail terraform-plan introduced: aws_sqs_queue.q is badly named in the code
    "#);
}

#[test]
fn what_is_not_set_is_undefined_and_an_error_loses_no_finding() {
    let none = || json!({});
    let rows = [
        row("aws_s3_bucket.a", "create", &json!({"bucket": "public-a"}), [none(), none()]),
        row("aws_s3_bucket.b", "create", &json!({"bucket": null}), [none(), none()]),
        row("aws_s3_bucket.c", "create", &json!({}), [none(), json!({"bucket": true})]),
    ];
    let tool = tool(
        r#"package main

deny contains sprintf("%s: bucket %v is public", [row.address, row.change.after.bucket]) if {
	some row in input.resource_changes
	startswith(row.change.after.bucket, "public")
}

deny contains sprintf("%s is there, as %v", [row.address, row.change.after.bucket]) if some row in input.resource_changes

warn contains "broken" if {
	some row in input.resource_changes
	to_number(row.type) > 1
}
"#,
    )
    .file("small.json", plan(&rows));
    assert_snapshot!(verdicts(&tool, "small.json --select main"), @"
    fail aws_s3_bucket.a introduced: aws_s3_bucket.a is there, as public-a; aws_s3_bucket.a: bucket public-a is public
    fail aws_s3_bucket.b introduced: aws_s3_bucket.b is there, as null
    fail aws_s3_bucket.c introduced: aws_s3_bucket.c is there, as (not known)
    error terraform-plan introduced: mine/rules.rego:12: 'to_number': 'aws_s3_bucket' is no number
    ");
}

#[test]
fn filters_and_waivers_know_plans() {
    let none = || json!({});
    let rows = [
        row("aws_db_instance.db", "create", &json!({"tags": {"app": "orders"}, "bad": true}), [none(), none()]),
        row("aws_db_instance.other", "create", &json!({"tags": {}, "bad": true}), [none(), none()]),
        row("null_resource.n", "create", &json!({"bad": true}), [none(), none()]),
    ];
    let policy = r#"package main

deny contains sprintf("%s is bad", [row.address]) if {
	some row in input.resource_changes
	row.change.after.bad
}

warn contains "there are many" if count(input.resource_changes) > 2
"#;
    let tool = tool(policy)
        .file("small.json", plan(&rows))
        .file("seaworthy.yaml", "applications: {orders: {tags: {app: orders}}}\n")
        .file("waivers.yaml", "- policy: main\n  match: {address: terraform-plan}\n  reason: so it is\n  owner: jane\n  expires: 2026-12-31\n");
    assert_snapshot!(verdicts(&tool, "small.json --select main"), @"
    fail aws_db_instance.db introduced: aws_db_instance.db is bad
    fail aws_db_instance.other introduced: aws_db_instance.other is bad
    fail null_resource.n introduced: null_resource.n is bad
    waived terraform-plan introduced: there are many
    ");
    assert_snapshot!(verdicts(&tool, "small.json --select main --app orders"), @"
    fail aws_db_instance.db introduced: aws_db_instance.db is bad
    fail null_resource.n introduced: null_resource.n is bad
    waived terraform-plan introduced: there are many
    ");
    assert_snapshot!(tool.run("check small.json --policies mine --input terraform --select main --fail-on medium --no-waivers --compact"), @"
    $ seaworthy check small.json --policies mine --input terraform --select main --fail-on medium --no-waivers --compact
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one
    medium    introduced  main  aws_db_instance.db  aws_db_instance.db is bad
    medium    introduced  main  aws_db_instance.other  aws_db_instance.other is bad
    medium    introduced  main  null_resource.n  null_resource.n is bad
    low       introduced  main  plan  there are many
    not seen  the estate is only partly seen: a plan sees its own workspace only
    not seen  1 resource of types that the model does not have: null_resource (1)
    note      no code of these resources was found in '.', so findings have no file and no line: --source DIR names the
              directory of the root module

    this change adds db, whose recovery has a gap: aws_db_instance.db is bad; 3 more problems are introduced
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate failed: 3 medium introduced (--fail-on medium), exit 1
    [exit 1]
    ");
}

#[test]
fn a_baseline_keeps_what_a_plan_still_takes_away() {
    let none = || [json!({}), json!({})];
    let rows = [
        row("aws_s3_bucket.a", "delete", &json!({"bucket": "a"}), none()),
        row("aws_s3_bucket.b", "create", &json!({"bucket": "b"}), none()),
    ];
    let policy = "package main\n\ndeny contains sprintf(\"%s goes\", [row.address]) if {\n\tsome row in input.resource_changes\n\t\"delete\" in row.change.actions\n}\n\ndeny contains sprintf(\"%s comes\", [row.address]) if {\n\tsome row in input.resource_changes\n\trow.change.actions == [\"create\"]\n}\n";
    let tool = tool(policy)
        .file("small.json", plan(&rows))
        .file("removed.json", include_str!("../../../fixtures/plans/delete-replica/plan.json"))
        .file("fixed.json", plan(&[rows[0].clone(), row("aws_s3_bucket.b", "no-op", &json!({"bucket": "b"}), none())]));
    let said: String = [
        "baseline write small.json --policies mine --input terraform --select main",
        "baseline prune small.json --policies mine --input terraform --select main",
        "check small.json --policies mine --input terraform --select main --fail-on low --quiet",
        "baseline prune fixed.json --policies mine --input terraform --select main",
        "baseline write removed.json --select replica-removed",
        "baseline prune removed.json --select replica-removed",
    ]
    .map(|arguments| tool.run(arguments))
    .concat();
    assert_snapshot!(said, @"
    $ seaworthy baseline write small.json --policies mine --input terraform --select main
    wrote seaworthy-baseline.json: 2 entries
    [exit 0]
    $ seaworthy baseline prune small.json --policies mine --input terraform --select main
    wrote seaworthy-baseline.json: 2 entries
    [exit 0]
    $ seaworthy check small.json --policies mine --input terraform --select main --fail-on low --quiet
    this change introduces 2 problems for recovery, all in the baseline
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate passed: nothing of low severity or above failed (--fail-on low), exit 0
    [exit 0]
    $ seaworthy baseline prune fixed.json --policies mine --input terraform --select main
    fixed   main  aws_s3_bucket.b
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    $ seaworthy baseline write removed.json --select replica-removed
    wrote seaworthy-baseline.json: 1 entry; 1 that it had before are not in it
    [exit 0]
    $ seaworthy baseline prune removed.json --select replica-removed
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
}

/// What the plan would show if it did nothing is asked, too, and a new sentence beside an old one is new.
#[test]
fn what_was_so_before_is_found_in_the_plan_that_does_nothing() {
    let none = || [json!({}), json!({})];
    let mut suspended =
        row("aws_s3_bucket_versioning.u", "update", &json!({"bucket": "u", "status": "Suspended"}), none());
    suspended["change"]["before"]["status"] = json!("Enabled");
    let mut retagged =
        row("aws_s3_bucket.t", "update", &json!({"bucket": "t", "tags": {"a": "1"}, "public": true}), none());
    retagged["change"]["before"] = json!({"bucket": "t", "tags": {}, "public": true});
    let mut opened = row("aws_s3_bucket.o", "update", &json!({"bucket": "o", "public": true, "acl": "public"}), none());
    opened["change"]["before"] = json!({"bucket": "o", "public": true, "acl": "private"});
    let mut read = row("data.aws_iam_policy_document.p", "create", &json!({"star": true}), none());
    (read["mode"], read["type"], read["name"]) = (json!("data"), json!("aws_iam_policy_document"), json!("p"));
    read["change"]["actions"] = json!(["read"]);
    let rows = [
        row("aws_s3_bucket.u", "no-op", &json!({"bucket": "u"}), none()),
        suspended,
        retagged,
        opened,
        read,
        row("azurerm_storage.old", "no-op", &json!({"id": "s"}), none()),
        row("azurerm_rules.new", "create", &json!({"of": "s", "open": true}), none()),
    ];
    let tool = tool(
        r#"package main

deny contains sprintf("%s: suspended by %s", [bucket.address, versioning.name]) if {
	some versioning in input.resource_changes
	versioning.change.after.status == "Suspended"
	some bucket in input.resource_changes
	bucket.type == "aws_s3_bucket"
	bucket.change.after.bucket == versioning.change.after.bucket
}

deny contains "public" if {
	some row in input.resource_changes
	row.change.after.public
}

deny contains "open to all" if {
	some row in input.resource_changes
	row.change.after.acl == "public"
}

deny contains "everything is allowed" if {
	some row in input.resource_changes
	row.change.after.star
}

is_open(id) if {
	some row in input.resource_changes
	row.change.after.of == id
	row.change.after.open
}

deny contains "open by its rules" if {
	some row in input.resource_changes
	row.type == "azurerm_storage"
	is_open(row.change.after.id)
}

deny contains "not a text" if {
	some row in input.resource_changes
	json.is_valid(row.change.before) == false
	row.change.after.nothing + 1 > 0
}
"#,
    )
    .file("small.json", plan(&rows));
    assert_snapshot!(verdicts(&tool, "small.json --select main"), @"
    fail aws_s3_bucket.o introduced: open to all; public
    fail aws_s3_bucket.t existing: public
    fail aws_s3_bucket_versioning.u introduced: aws_s3_bucket.u: suspended by u
    fail azurerm_storage.old introduced: open by its rules
    fail data.aws_iam_policy_document.p introduced: everything is allowed
    ");
}

/// Where no plan is given, nothing was asked: that is no pass.
#[test]
fn without_a_plan_no_policy_about_plans_passes() {
    let estate = r#"{"seaworthy":"inventory","version":1,"collected_at":"2026-11-21T12:00:00Z","sources":["hand-made"],"coverage":[],"resources":1}
{"id":"a","kind":"aws.rds.instance","name":"orders","place":{"account":"111122223333","region":"us-east-1"},"origin":{"source":"aws"}}
"#;
    let policy = "package main\n\ndeny contains \"x\" if some row in input.resource_changes\n";
    let tool = tool(policy).file("estate.ndjson", estate);
    assert_snapshot!(tool.run("check estate.ndjson --policies mine --input terraform --select main --quiet"), @"
    $ seaworthy check estate.ndjson --policies mine --input terraform --select main --quiet
    CANNOT TELL: no resource was found to which a blocker policy applies
    gate failed: there is no Terraform plan: 1 policy about plans not asked, exit 2
    [exit 2]
    ");
}
