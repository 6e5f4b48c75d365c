//! The record of drills: what is typed in the heat of one, and what it is worth afterwards.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::tool::Tool;

const ESTATE: &str = include_str!("../../fixtures/inventories/demo.ndjson");
const CONFIG: &str = include_str!("../../fixtures/inventories/demo.yaml");

fn tool() -> Tool {
    Tool::new().file("seaworthy.yaml", CONFIG).file("estate.ndjson", ESTATE)
}

/// Runs it at that time of 2026-01-10, and gives what was typed, stdout, stderr and the exit code.
fn run(folder: &Path, time: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_seaworthy"))
        .args(arguments)
        .args(["--now", &format!("2026-01-10T{time}Z")])
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let typed: Vec<String> = arguments
        .iter()
        .map(|word| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() })
        .collect();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!(
        "{time} $ seaworthy {}\n{}{}[exit {}]\n",
        typed.join(" "),
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap()
    )
}

#[test]
fn a_drill_from_its_start_to_what_it_is_worth() {
    let tool = tool();
    let typed: [(&str, &[&str]); 20] = [
        ("09:00:00", &["drill", "show", "shop"]),
        ("09:00:00", &["drill", "mark", "shop", "1"]),
        ("09:00:00", &["drill", "start", "shpo", "--no-estate"]),
        (
            "09:00:00",
            &[
                "drill",
                "start",
                "shop",
                "--estate",
                "estate.ndjson",
                "--lost-at",
                "5m",
                "--by",
                "anna",
                "--note",
                "exercise",
            ],
        ),
        ("09:01:00", &["drill", "start", "shop", "--no-estate"]),
        ("09:04:00", &["drill", "mark", "shop", "sessions", "--begun"]),
        ("09:09:00", &["drill", "mark", "shop", "sessions", "--newest-data", "1m"]),
        ("09:10:00", &["drill", "mark", "shop", "custmers-db"]),
        ("09:10:00", &["drill", "mark", "shop", "19", "--failed", "--note", "no quota"]),
        ("09:12:00", &["drill", "show", "shop"]),
        ("09:20:00", &["drill", "stop", "shop", "--passed"]),
        (
            "09:20:00",
            &["drill", "mark", "shop", "customers-db", "--at", "2026-01-10T09:15:00Z", "--newest-data", "20m"],
        ),
        ("09:21:00", &["drill", "mark", "shop", "warm the cache", "--new"]),
        ("09:22:00", &["drill", "mark", "shop", "orders-db", "--at", "09:30"]),
        ("09:22:00", &["drill", "mark", "shop", "orders-db", "--at", "2026-01-10T09:30:00Z"]),
        ("09:30:00", &["drill", "mark", "shop"]),
        ("09:40:00", &["drill", "stop", "shop", "--passed", "--recovered-at", "10m"]),
        ("09:40:00", &["drill", "stop", "shop", "--passed"]),
        ("10:00:00", &["drill", "show"]),
        ("10:00:00", &["check", "estate.ndjson", "--select", "drills", "--app", "shop"]),
    ];
    let transcript: Vec<String> = typed.iter().map(|(time, typed)| run(tool.path(), time, typed)).collect();
    insta::assert_snapshot!("from-start-to-worth", transcript.join("\n"));
    let record = std::fs::read_to_string(tool.path().join("drills.ndjson")).unwrap();
    let events: Vec<Value> = record.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    insta::assert_snapshot!("record", events.iter().map(Value::to_string).collect::<Vec<_>>().join("\n"));
}

/// What the record shows is measured, and what it does not show is not made up.
#[test]
fn readiness_takes_from_the_record_what_was_measured() {
    let tool = tool().file("drills.ndjson", include_str!("../../fixtures/inventories/demo-drills.ndjson"));
    let typed = ["ready", "shop", "--estate", "estate.ndjson", "-f", "json", "-o", "ready.json"];
    run(tool.path(), "09:00:00", &typed);
    let text = std::fs::read_to_string(tool.path().join("ready.json")).unwrap();
    let ready: Value = serde_json::from_str(&text).unwrap();
    let ready = &ready["applications"][0];
    let measured = [&ready["time"]["measured"], &ready["data"]["measured"]];
    let drill = |seconds: u64| serde_json::json!({"by": "drill", "id": "shop-20251211T080000Z", "at": "2025-12-11T09:30:00Z", "seconds": seconds, "whole": true});
    assert_eq!(measured, [&drill(2_760), &drill(1_320)]);
    let steps: Vec<String> = ready["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["basis"].as_str().is_some_and(|basis| basis.contains("drill")))
        .map(|step| format!("{}: {} s, {}", step["resource"]["name"].as_str().unwrap(), step["seconds"], step["basis"]))
        .collect();
    insta::assert_snapshot!("measured-steps", steps.join("\n"));
}

#[test]
fn a_record_that_is_broken_ends_the_run_and_one_of_code_is_not_asked_for() {
    let tool = tool().file("drills.ndjson", "{\"drill\": 1}\n");
    for typed in [&["check", "estate.ndjson"][..], &["drill", "show"], &["drill", "start", "shop", "--no-estate"]] {
        let said = run(tool.path(), "09:00:00", typed);
        let error = "error: drills.ndjson:1: this is no entry: invalid type: integer `1`, expected a string\n\
                     help: each line is one JSON object, as 'seaworthy drill' writes it\n[exit 2]\n";
        assert!(said.ends_with(error), "{said}");
    }
    // What a plan changes is not what was tried.
    let plan = include_str!("../../fixtures/plans/delete-replica/plan.json");
    let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("plan.json", plan);
    let said = run(tool.path(), "09:00:00", &["check", "plan.json", "--select", "drills", "--show", "all"]);
    assert!(!said.contains("drill-overdue"), "{said}");
}
