//! `--select` narrows the collection: no service is asked for what no selected policy needs, and what the selected ones
//! say is what they say of all of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::watch::{CONFIG, Watched, actions, is_behind};
use crate::live::{coverage, report};
use crate::tool::Tool;

const SELECTIONS: [&str; 7] = [
    "backup-disabled",
    "certificate-expires",
    "encryption",
    "role-pinned-to-region",
    "limits",
    "subnet-group-missing-in-recovery-region",
    "traffic",
];

/// Whole verdicts, without what is told of everything behind them: that is told as far as it was looked at.
fn verdicts(report: &Value, of: &BTreeSet<&str>) -> Vec<Value> {
    let mut all = report["verdicts"].as_array().unwrap().clone();
    all.retain(|verdict| of.contains(verdict["policy"].as_str().unwrap()));
    for verdict in &mut all {
        verdict.as_object_mut().unwrap().remove("behind");
    }
    all
}

#[test]
fn only_what_the_selected_policies_need_is_asked() {
    let watched = Watched::new();
    // Without applications, which much of an estate could bring others along to.
    let config = CONFIG.split("applications:").next().unwrap();
    let tool = || Tool::new().file("seaworthy.yaml", config);
    let all = tool();
    watched.called(&all, "scan -f json=out.json --show all", &json!({}));
    let whole = report(&all);
    let mut table = String::new();
    for selection in SELECTIONS {
        let tool = tool();
        let scan = format!("scan --select {selection} -f json=out.json --show all");
        let (_, calls) = watched.called(&tool, &scan, &json!({}));
        let narrow = report(&tool);
        let selected: BTreeSet<&str> =
            narrow["policies"].as_array().unwrap().iter().map(|policy| policy["id"].as_str().unwrap()).collect();
        let [mine, theirs] = [&narrow, &whole].map(|report| verdicts(report, &selected));
        assert!(!mine.is_empty(), "{selection}");
        assert_eq!(mine, theirs, "{selection}");
        let asked: BTreeSet<&str> =
            actions(&calls).into_iter().filter(|action| *action != "ec2:DescribeRegions").map(service).collect();
        let granted = permissions(&tool, selection);
        let is_called = |it: &&str| *it != "ec2:DescribeRegions" && !is_behind(it);
        let granted: BTreeSet<&str> = granted.iter().map(String::as_str).filter(is_called).map(service).collect();
        assert_eq!(asked, granted, "{selection}");
        writeln!(table, "{selection}: {}", asked.into_iter().collect::<Vec<_>>().join(" ")).unwrap();
    }
    insta::assert_snapshot!("asked", table);
}

fn service(action: &str) -> &str {
    action.split(':').next().unwrap()
}

fn permissions(tool: &Tool, selection: &str) -> Vec<String> {
    let done = tool.command(&format!("iam --select {selection}")).output().unwrap();
    let document: Value = serde_json::from_slice(&done.stdout).unwrap();
    let statements = document["Statement"].as_array().unwrap().iter();
    let actions = statements.filter_map(|statement| statement["Action"].as_array()).flatten();
    actions.map(|action| action.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_left_out_is_said_and_is_no_gap_to_those_who_do_not_need_it() {
    let watched = Watched::new();
    let tool = Tool::new().file("seaworthy.yaml", "regions: [us-east-1]\n");
    let (exit, _) = watched.called(&tool, "collect --select certificate-expires -o estate.ndjson", &json!({}));
    assert_eq!(exit, Some(0));
    let checks = ["certificate-expires", "backup-disabled,certificate-expires"].map(|selection| {
        let check = format!("check estate.ndjson --strict --select {selection} -f json=out.json");
        let exit = tool.command(&check).output().unwrap().status.code();
        let report = report(&tool);
        let names = [("123456789012".to_owned(), "mine".to_owned())].into();
        let gate = report["gate"]["sentence"].as_str().unwrap();
        format!("{}\n{gate} [exit {}]\n", coverage(&report, &names).join("\n"), exit.unwrap())
    });
    insta::assert_snapshot!("left-out", checks.join("\n"));
}
