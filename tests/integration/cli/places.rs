//! Where a plan lives: accounts, regions, and its code.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

/// A plan that creates a table, by a provider that says nothing of its account and its region.
fn plan() -> String {
    let table = json!({"address": "module.shop.aws_dynamodb_table.carts", "module_address": "module.shop",
        "mode": "managed", "type": "aws_dynamodb_table", "name": "carts", "provider_config_key": "aws", "expressions": {},
        "change": {"actions": ["create"], "before": null, "after": {"name": "carts"}, "after_unknown": {"arn": true}}});
    json!({
        "format_version": "1.2",
        "resource_changes": [table],
        "configuration": {
            "provider_config": {"aws": {"name": "aws"}},
            "root_module": {"module_calls": {"shop": {"source": "./shop", "module": {"resources": [table]}}}},
        },
    })
    .to_string()
}

fn estate() -> String {
    let at = "2026-11-22T06:00:00Z";
    let row =
        json!({"account": "111122223333", "region": "us-east-1", "service": "rds", "status": "complete", "at": at});
    json!({"seaworthy": "inventory", "version": 1, "collected_at": at, "sources": ["aws"], "coverage": [row], "resources": 0})
        .to_string()
}

/// Place and file of the table, and the notes about them.
fn told(tool: &Tool, arguments: &str, variables: &[(&str, &str)]) -> String {
    let arguments = format!("check plan.json {arguments} -f json --show all --select deletion-protection-off");
    let output = tool.command(&arguments).envs(variables.iter().copied()).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let resource = &report["verdicts"][0]["resource"];
    let mut told = format!("{} {} {}\n", resource["account"], resource["region"], resource["location"]["file"]);
    let notices = report["notices"].as_array().unwrap().iter().map(|notice| notice["text"].as_str().unwrap());
    for text in notices.filter(|text| ["taken from", "code", "names provider"].iter().any(|word| text.contains(word))) {
        told.push_str(&format!("  {text}\n"));
    }
    told
}

#[test]
fn an_account_and_a_region_come_from_whoever_states_them() {
    let tool = Tool::new()
        .file("plan.json", plan())
        .file("estate.ndjson", estate())
        .file("one.yaml", "accounts:\n  - id: '444455556666'\n")
        .file("two.yaml", "accounts:\n  - id: '444455556666'\n  - id: '777788889999'\n")
        .file("plans.yaml", "plans:\n  aws: {account: '777788889999', region: eu-west-1}\n")
        .file("main.tf", "module \"shop\" {\n  source = \"./shop\"\n}\n")
        .file("shop/main.tf", "resource \"aws_dynamodb_table\" \"carts\" {\n}\n");
    let cases: [(&str, &[(&str, &str)]); 8] = [
        ("", &[]),
        ("", &[("AWS_DEFAULT_REGION", "eu-north-1"), ("AWS_REGION", "eu-south-1")]),
        ("--against estate.ndjson", &[]),
        ("-c one.yaml", &[]),
        ("-c two.yaml", &[]),
        ("-c plans.yaml --against estate.ndjson", &[("AWS_REGION", "eu-south-1")]),
        ("--plan-account 123456789012 --plan-region us-west-2 -c plans.yaml", &[]),
        ("--plan-account west=123456789012 --plan-region west=us-west-2", &[]),
    ];
    let all: String = cases
        .iter()
        .map(|(arguments, variables)| format!("{arguments} {variables:?}\n{}", told(&tool, arguments, variables)))
        .collect();
    assert_snapshot!(all);
}

#[test]
fn code_is_found_below_the_root_of_the_repository() {
    let module = "module \"shop\" {\n  source = \"../../modules/shop\"\n}\n";
    let at = |folders: &[&str]| {
        let tool = Tool::new()
            .file(".git/HEAD", "")
            .file("ci/plan.json", plan())
            .file("plan.json", plan())
            .file("modules/shop/main.tf", "resource \"aws_dynamodb_table\" \"carts\" {\n}\n");
        folders.iter().fold(tool, |tool, folder| tool.file(&format!("{folder}/main.tf"), module))
    };
    let none = at(&["infra/.terraform", "node_modules/x"]);
    let one = at(&["infra/prod"]);
    let several = at(&["infra/prod", "infra/dev"]);
    let told =
        [told(&none, "", &[]), told(&one, "", &[]), told(&several, "", &[]), told(&several, "--source infra/dev", &[])];
    assert_snapshot!(told.join("\n"));
}

#[test]
fn what_cannot_be_meant_is_an_error() {
    let tool = Tool::new().file("plan.json", plan()).file("estate.ndjson", estate());
    let all: Vec<_> = [
        "check plan.json --against plan.json",
        "check plan.json --against estate.ndjson --against plan.json",
        "check plan.json --source infra",
        "check plan.json --source plan.json",
        "check plan.json --plan-account shop",
        "check plan.json --plan-region west=frankfurt",
    ]
    .iter()
    .map(|arguments| tool.run(arguments))
    .collect();
    assert_snapshot!(all.join("\n"));
    let wrong = Tool::new().file("plan.json", plan()).file("seaworthy.yaml", "plans:\n  west: {region: us-west-2}\n");
    assert_snapshot!(wrong.run("check plan.json"));
}

#[test]
fn a_region_that_is_a_local_is_read_from_the_code() {
    let mut local: Value = serde_json::from_str(&plan()).unwrap();
    local["configuration"]["provider_config"]["aws"]["expressions"] =
        json!({"region": {"references": ["local.region"]}});
    local["variables"] = json!({"region": {"value": "eu-west-3"}});
    let at = |locals: &str| {
        let code = format!(
            "provider \"aws\" {{\n  region = local.region\n}}\nmodule \"shop\" {{\n  source = \"./shop\"\n}}\n{locals}"
        );
        let tool = Tool::new()
            .file("plan.json", local.to_string())
            .file("main.tf", code)
            .file("shop/main.tf", "resource \"aws_dynamodb_table\" \"carts\" {\n}\n");
        format!("{locals}{}", told(&tool, "", &[]))
    };
    let told = [
        at("locals {\n  region = \"eu-west-1\"\n}\n"),
        at("locals {\n  region = local.home\n}\nlocals {\n  home = var.region\n}\n"),
        at("locals {\n  region = local.region\n}\n"),
        at("locals {\n  region = var.dr ? \"eu-west-1\" : \"eu-west-2\"\n}\n"),
    ];
    assert_snapshot!(told.join("\n"));
}
