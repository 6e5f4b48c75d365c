//! `--framework`: the report by requirement, as an auditor reads it.

use insta::assert_snapshot;

use crate::tool::Tool;

const DEMO: (&str, &str) = (
    include_str!("../../../fixtures/inventories/demo.ndjson"),
    include_str!("../../../fixtures/inventories/demo.yaml"),
);

/// A framework and a policy of an organization, over an estate with two databases.
const OWN: &str = "\
id: house-rules
title: House rules on recovery
requirements:
  - {id: H1, title: Names are those of the register, coverage: full}
  - {id: H2, title: Names are short, coverage: partial, rest: that they are good names}
  - {id: H3, title: Somebody is on call, coverage: manual}
";

const RULE: &str = "\
# METADATA
# title: The name is not in the register
# custom:
#   id: name-not-registered
#   severity: low
#   for: [database]
#   frameworks: {house-rules: [H1, H2]}
package mine.names.name_not_registered

deny contains \"it is too long\" if count(input.name) > 40
";

fn demo() -> Tool {
    Tool::new().file("estate.ndjson", DEMO.0).file("seaworthy.yaml", DEMO.1)
}

#[test]
fn the_report_by_requirement() {
    assert_snapshot!(Tool::new().run("demo --framework hipaa"));
    assert_snapshot!(Tool::new().run("demo --framework hipaa,pci-dss --compact"));
}

#[test]
fn a_plan_shows_a_part_of_the_estate() {
    let tool = Tool::new().file("plan.json", include_str!("../../../fixtures/plans/delete-replica/plan.json"));
    assert_snapshot!(tool.run("check plan.json --framework soc2"));
}

#[test]
fn the_frameworks_and_their_requirements_are_listed() {
    assert_snapshot!(Tool::new().run("policy frameworks"));
    assert_snapshot!(Tool::new().run("policy frameworks pci-dss"));
    assert_snapshot!(Tool::new().run("policy frameworks pci-dss -f json"));
}

#[test]
fn a_name_that_is_wrong_is_told_with_the_nearest() {
    assert_snapshot!(Tool::new().run("demo --framework nist-800-53"));
    assert_snapshot!(Tool::new().run("policy frameworks doar"));
}

#[test]
fn a_policy_that_was_left_out_proves_nothing() {
    let report = demo().run("check estate.ndjson --skip restore-not-tested,restore-test-failed,restore-test-does-not-cover --framework soc2");
    let from = report.find("A1.3").unwrap_or_default();
    assert_snapshot!(report[from..].lines().take(9).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_framework_of_ones_own() {
    let tool = demo().file("house.yaml", OWN).file("mine/names/name_not_registered.rego", RULE);
    let arguments = "--policies mine --select name-not-registered --framework house.yaml";
    assert_snapshot!(tool.run(&format!("check estate.ndjson {arguments}")));
    assert_snapshot!(tool.run("policy frameworks house.yaml --policies mine"));
    let tool = tool.file("house.yaml", OWN.replace("manual", "green"));
    assert_snapshot!(tool.run(&format!("check estate.ndjson {arguments}")));
}

#[test]
fn a_stored_result_is_told_by_its_frameworks_again() {
    let tool = demo();
    let direct = tool.run("check estate.ndjson --framework hipaa,dora");
    tool.run("check estate.ndjson --framework hipaa,dora -f json=result.json");
    let rendered = tool.run("report result.json");
    let body = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(body(&rendered), body(&direct));
    let only = tool.run("check estate.ndjson --framework hipaa");
    assert_eq!(body(&tool.run("report result.json --framework HIPAA")), body(&only));
    assert_snapshot!(tool.run("report result.json --framework soc2"));
}

#[test]
fn what_is_judged_and_the_gate_stay_what_they_are() {
    let last = |text: String| text.lines().rev().take(4).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(last(Tool::new().run("demo")), last(Tool::new().run("demo --framework dora")));
}

#[test]
fn it_is_the_same_with_any_number_of_threads() {
    let tool = demo();
    for format in ["table", "json", "sarif"] {
        let arguments = format!("check estate.ndjson --framework nist-800-53-r5,dora -f {format}");
        let one = tool.run(&format!("{arguments} --jobs 1")).replace(" --jobs 1", "");
        assert!(one == tool.run(&format!("{arguments} --jobs 4")).replace(" --jobs 4", ""), "{format}");
    }
}
