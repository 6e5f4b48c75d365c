//! `orchestrate`: a payload of the AWS DR Orchestrator Framework is looked at, or made of the estate.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

/// What could be run against the bundled estate, with a fault of each weight.
const PAYLOAD: &str = r#"{
  "StatePayload": [
    {"layer": 1, "resources": [
      {"resourceType": "PromoteRDSReadReplica", "resourceName": "orders\u001b[31m", "parameters": {
        "RDSInstanceIdentifier": "orders-db-replica",
        "TargetClusterIdentifier": "!Import orders-global-arn"}},
      {"resourceType": "UnplannedFailoverAurora", "resourceName": "catalog", "parameters": {}}
    ]},
    {"layer": 2, "resources": [
      {"resourceType": "FailoverElastiCacheCluster", "resourceName": "sessions", "parameters": {
        "GlobalReplicationGroupId": "!Import sessions-id",
        "TargetRegion": "us-west-2",
        "TargetReplicationGroupId": "sessions-west"}}
    ]}
  ]
}
"#;

/// As an article has it.
const ARTICLE: &str = r#"{"StatePayload": {"Layers": [
  {"LayerOrder": 2, "Resources": [{"ResourceType": "ElastiCache", "Action": "Failover", "Region": "us-west-2"}]},
  {"LayerOrder": 1, "Resources": [{"ResourceType": "RDS", "Action": "PromoteReadReplica", "DBInstanceIdentifier": "orders-db-replica"}]}
]}}
"#;

fn tool() -> Tool {
    let exports = json!({"Exports": [{"Name": "sessions-id", "Value": "ldgnf-sessions", "ExportingStackId": "x"}]});
    Tool::new().file("payload.json", PAYLOAD).file("article.json", ARTICLE).file("exports.json", exports.to_string())
}

fn json_of(tool: &Tool, arguments: &str) -> Value {
    serde_json::from_slice(&tool.command(arguments).output().unwrap().stdout).unwrap()
}

#[test]
fn a_payload_is_looked_at_before_it_is_run() {
    let tool = tool();
    assert_snapshot!("check", tool.run("orchestrate --check payload.json --demo -q"));
    assert_snapshot!("article", tool.run("orchestrate --check article.json --no-estate -o fixed.json"));
    let found = json_of(&tool, "orchestrate --check payload.json --demo -q -f json --exports exports.json");
    let ids: Vec<&str> = found["findings"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(
        (&found["answer"], &found["machine"], &found["region"], &found["unknown"], ids),
        (
            &json!("no-go"),
            &json!("FAILOVER"),
            &json!("us-west-2"),
            &json!(0),
            vec![
                "framework-not-there",
                "no-backups",
                "one-zone",
                "other-class",
                "import-nobody-reads",
                "misspelt-type"
            ],
        )
    );
    let fixed: Value = serde_json::from_slice(&std::fs::read(tool.path().join("fixed.json")).unwrap()).unwrap();
    let step = |kind: &str, name: &str, parameters: Value| json!({"resourceType": kind, "resourceName": name, "parameters": parameters});
    let expected = json!({"StatePayload": [
        {"layer": 1, "resources": [
            step("PromoteRDSReadReplica", "orders-db-replica", json!({"RDSInstanceIdentifier": "orders-db-replica"}))]},
        {"layer": 2, "resources": [
            step("FailoverElastiCacheCluster", "us-west-2", json!({"TargetRegion": "us-west-2"}))]},
    ]});
    assert_eq!(fixed, expected);
}

#[test]
fn a_payload_is_made_of_the_bundled_estate() {
    let tool = tool();
    assert_snapshot!("make", tool.run("orchestrate shop --demo -o made.json"));
    assert_snapshot!("make-partial", tool.run("orchestrate shop --demo --partial -q -o made.json"));
    assert_eq!(tool.files(), ["article.json", "exports.json", "made.json", "payload.json"]);
    // What was made is looked at as any other.
    let found = json_of(&tool, "orchestrate --check made.json --demo -q -f json");
    // The bundled estate has no framework, which is no fault of the payload.
    let fatal: Vec<&Value> =
        found["findings"].as_array().unwrap().iter().filter(|it| it["weight"] == "fatal").collect();
    assert_eq!((&found["answer"], &found["fatal"], &found["steps"]), (&json!("no-go"), &json!(1), &json!(2)));
    assert_eq!(fatal[0]["id"], "framework-not-there");
    assert_eq!(tool.command("orchestrate --check made.json --demo -q").output().unwrap().status.code(), Some(1));
    assert_snapshot!("failback", tool.run("orchestrate shop --demo --failback -q"));
}

#[test]
fn what_is_asked_wrongly_is_said() {
    let tool = tool().file("broken.json", "{\n  \"StatePayload\": [,\n").file("none.json", "{}");
    assert_snapshot!("no-json", tool.run("orchestrate --check broken.json --no-estate"));
    assert_snapshot!("no-exports", tool.run("orchestrate --check none.json --exports none.json --no-estate"));
    assert_snapshot!("no-application", tool.run("orchestrate shpo --demo -q"));
    assert_snapshot!("no-region", tool.run("orchestrate shop --demo -q --to us-wset-2"));
    assert_snapshot!("nothing-asked", tool.run("orchestrate --demo"));
}
