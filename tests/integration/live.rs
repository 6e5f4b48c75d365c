//! Commands that ask AWS, and what their reports say, a line each.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use serde_json::Value;

use crate::tool::Tool;

/// A command that asks AWS at this endpoint.
pub(crate) fn command(tool: &Tool, endpoint: &str, key: (&str, &str), arguments: &str) -> Command {
    let mut command = tool.command(arguments);
    command
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_ACCESS_KEY_ID", key.0)
        .env("AWS_SECRET_ACCESS_KEY", key.1)
        .env("AWS_REGION", "us-east-1")
        // Half of a scan was waiting to ask once more for what an emulator does not have.
        .env("AWS_MAX_ATTEMPTS", "1")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// Runs a command that asks AWS.
pub(crate) fn live(tool: &Tool, endpoint: &str, key: (&str, &str), arguments: &str) -> Output {
    command(tool, endpoint, key, arguments).output().unwrap()
}

/// Collects, and gives the lines of the inventory: its header, then its resources. What is secret in an estate of a test is
/// called canary.
pub(crate) fn collected(tool: &Tool, endpoint: &str, key: (&str, &str)) -> Vec<Value> {
    read_collected(tool, &mut command(tool, endpoint, key, "collect -o estate.ndjson --quiet"))
}

/// The same, of a command that was changed.
pub(crate) fn read_collected(tool: &Tool, collect: &mut Command) -> Vec<Value> {
    let done = collect.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = std::fs::read_to_string(tool.path().join("estate.ndjson")).unwrap();
    assert!(!text.contains("canary"), "something secret is in the inventory");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn report(tool: &Tool) -> Value {
    serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap()
}

/// Every verdict in a line; accounts by their names, because the ids that are made up differ from run to run.
pub(crate) fn verdicts(report: &Value, names: &BTreeMap<String, String>) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines: Vec<String> = report["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| {
            let resource = &verdict["resource"];
            let account = names.get(resource["account"].as_str().unwrap_or_default());
            let mut place = account.cloned().unwrap_or_default();
            if let Some(region) = resource["region"].as_str().filter(|region| !region.is_empty()) {
                place = format!("{place} {region}");
            }
            // Keys and subnets have made-up ids; what they are called is in their evidence.
            let name = text(&resource["name"]);
            let name = if is_made_up(&name) { "(made-up id)".to_owned() } else { name };
            format!(
                "{} {} {}: {name} ({place})",
                text(&verdict["verdict"]),
                text(&verdict["severity"]),
                text(&verdict["policy"])
            )
        })
        .collect();
    lines.sort();
    lines
}

/// An id that the emulator makes up: of a key, or as EC2 has them.
fn is_made_up(name: &str) -> bool {
    let of_ec2 = name
        .split_once('-')
        .is_some_and(|(word, id)| word.len() <= 8 && id.len() == 17 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    of_ec2 || name.len() == 36 || name.starts_with("mrk-")
}

/// Every row of the coverage in a line.
pub(crate) fn coverage(report: &Value, names: &BTreeMap<String, String>) -> Vec<String> {
    let mut lines: Vec<String> = report["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let account = names.get(&text("account")).cloned().unwrap_or_else(|| text("account"));
            format!(
                "{account} {} {}: {} {} {}",
                text("region"),
                text("service"),
                text("status"),
                text("action"),
                text("reason")
            )
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
        })
        .collect();
    lines.sort();
    lines
}
