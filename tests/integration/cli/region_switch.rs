//! `orchestrate --as region-switch`: a plan of ARC Region switch is looked at, or made of the estate.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::tool::Tool;

const ROLE: &str = "arn:aws:iam::111122223333:role/switch";

/// An application of `fixtures/applications` with a role that Region switch may take on.
fn application(pattern: &str) -> Tool {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/applications");
    let text = std::fs::read_to_string(folder.join(format!("{pattern}.ndjson"))).unwrap();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines[0]["resources"] = json!(lines[0]["resources"].as_u64().unwrap() + 1);
    lines.push(json!({"id": ROLE, "kind": "aws.iam.role", "name": "switch", "place": {"account": "111122223333", "region": null}, "tags": {},
        "status": {"state": null, "healthy": true, "created_at": "2026-01-05T08:00:00Z"},
        "role": {"service_linked": false, "trusted_services": ["arc-region-switch.amazonaws.com"], "trusted_issuers": [], "pins": [],
            "instance_profiles": [], "policies_complete": true}, "origin": {"source": "aws"}}));
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let config = std::fs::read_to_string(folder.join(format!("{pattern}.yaml"))).unwrap();
    Tool::new().file("estate.ndjson", text).file("seaworthy.yaml", config)
}

fn json_of(tool: &Tool, arguments: &str) -> Value {
    serde_json::from_slice(&tool.command(arguments).output().unwrap().stdout).unwrap()
}

const ESTATE: &str = "--estate estate.ndjson";

#[test]
fn each_pattern_gets_a_plan_that_passes_its_own_check() {
    for pattern in ["pilot-light", "warm-standby", "active-active", "backup-restore"] {
        let tool = application(pattern);
        let make =
            format!("orchestrate shop --as region-switch {ESTATE} --set executionRole={ROLE} --partial -o plan.json");
        assert_snapshot!(format!("make-{pattern}"), tool.run(&make));
        let written = std::fs::read_to_string(tool.path().join("plan.json")).unwrap();
        assert_snapshot!(format!("plan-{pattern}"), written);
        let found = json_of(&tool, &format!("orchestrate --check plan.json {ESTATE} -q -f json"));
        assert_eq!(
            (&found["answer"], &found["fatal"], &found["target"]),
            (&json!("go"), &json!(0), &json!("region-switch")),
            "{pattern}: {found:#}"
        );
    }
}

#[test]
fn a_plan_is_looked_at_beside_the_recovery_of_its_application() {
    let tool = application("pilot-light");
    tool.run(&format!("orchestrate shop --as region-switch {ESTATE} --set executionRole={ROLE} -q -o plan.json"));
    let text = std::fs::read_to_string(tool.path().join("plan.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    // The service is scaled first, and nobody promotes the database.
    plan["workflows"][0]["steps"].as_array_mut().unwrap().remove(0);
    plan["workflows"].as_array_mut().unwrap().truncate(1);
    plan["recoveryTimeObjectiveMinutes"] = json!(300);
    plan["workflows"][0]["steps"][0]["executionBlockType"] = json!("EcsServiceScaling");
    let tool = tool.file("broken.json", serde_json::to_string_pretty(&plan).unwrap());
    assert_snapshot!("check", tool.run(&format!("orchestrate --check broken.json {ESTATE}")));
    assert_snapshot!("check-alone", tool.run("orchestrate --check broken.json --no-estate --as region-switch"));
}

#[test]
fn a_plan_is_written_as_code() {
    let tool = application("warm-standby");
    let make = format!("orchestrate shop --as region-switch {ESTATE} --set executionRole={ROLE} -f terraform -q");
    assert_snapshot!("terraform-lacks", tool.run(&make));
    assert_snapshot!(
        "terraform",
        tool.run(&format!("{make} --set capacityMonitoringApproach=sampledMaxInLast24Hours"))
    );
}

#[test]
fn the_bundled_estate_has_what_cannot_be_switched() {
    let tool = Tool::new();
    assert_snapshot!(
        "demo",
        tool.run(&format!("orchestrate shop --demo --as region-switch --set executionRole={ROLE}"))
    );
    assert_snapshot!("demo-lacks", tool.run("orchestrate shop --demo --as region-switch -q --partial"));
    assert_snapshot!("unfit", tool.run("orchestrate shop --demo --as region-switch --failback"));
    assert_snapshot!("unfit-format", tool.run("orchestrate shop --demo -f terraform"));
    assert_snapshot!("unfit-setting", tool.run("orchestrate shop --demo --as region-switch --set exectionRole=x -q"));
}
