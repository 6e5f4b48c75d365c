//! Collecting from recorded answers: what moto lacks (recovery points, selections, jobs and restore testing of the backup
//! service, global datastores, replicated automated backups), what is denied in the middle of it, and what goes wrong
//! on the wire.

mod cbor;
mod clusters;
mod edge;
mod limits;
mod server;
mod wire;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::live::{collected, coverage, live, report, verdicts};
use crate::matrix::assert_facets_of_their_class;
use crate::tool::Tool;
pub(crate) use server::Recorded;

const CONFIG: &str = "\
regions: [us-east-1, us-west-2]
recovery:
  - {from: us-east-1, to: us-west-2}
";

const KEY: (&str, &str) = ("recorded", "recorded");

/// The inventory file, a line each.
fn collect(recorded: &Recorded) -> Vec<Value> {
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let lines = collected(&tool, &recorded.url, KEY);
    assert_facets_of_their_class(&lines[1..]);
    lines
}

/// The report of a scan, whatever the gate says.
fn scan(recorded: &Recorded) -> Value {
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let done = live(&tool, &recorded.url, KEY, "scan -f json=out.json --show all --quiet");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    report(&tool)
}

fn names() -> BTreeMap<String, String> {
    [("111122223333".to_owned(), "own".to_owned())].into()
}

/// The kinds of one service, a resource a line.
fn of_service(lines: &[Value], service: &str) -> String {
    let prefix = format!("aws.{service}.");
    let resources = lines.iter().filter(|line| line["kind"].as_str().is_some_and(|kind| kind.starts_with(&prefix)));
    resources.map(|line| serde_json::to_string_pretty(line).unwrap()).collect::<Vec<_>>().join("\n")
}

fn rows(lines: &[Value], service: &str) -> String {
    let rows = lines[0]["coverage"].as_array().unwrap();
    let rows = rows.iter().filter(|row| row["service"] == service);
    rows.map(|row| serde_json::to_string_pretty(row).unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn backups_keys_and_global_datastores_over_two_regions() {
    let lines = collect(&Recorded::serve("recovery"));
    for service in ["backup", "elasticache", "kms", "rds"] {
        insta::assert_snapshot!(format!("{service}-resources"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage"), rows(&lines, service));
    }
}

#[test]
fn what_is_recorded_is_judged() {
    let report = scan(&Recorded::serve("recovery"));
    insta::assert_snapshot!("recovery-verdicts", verdicts(&report, &names()).join("\n"));
    insta::assert_snapshot!("recovery-coverage", coverage(&report, &names()).join("\n"));
}
