//! Collecting from recorded answers: what moto lacks (recovery points, selections, jobs and restore testing of the backup
//! service, global datastores), and what is denied in the middle of it.

mod server;

use serde_json::Value;

use crate::tool::Tool;
use server::Recorded;

fn collect(case: &str, regions: &str) -> Vec<Value> {
    let recorded = Recorded::serve(case);
    let tool = Tool::new().file("seaworthy.yaml", format!("regions: [{regions}]\n"));
    let done = tool
        .command("collect -o estate.ndjson --quiet")
        .env("AWS_ENDPOINT_URL", &recorded.url)
        .env("AWS_ACCESS_KEY_ID", "recorded")
        .env("AWS_SECRET_ACCESS_KEY", "recorded")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = std::fs::read_to_string(tool.path().join("estate.ndjson")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The kinds of one service, a resource a line.
fn of_service(lines: &[Value], service: &str) -> String {
    let prefix = format!("aws.{service}.");
    let resources = lines.iter().filter(|line| line["kind"].as_str().is_some_and(|kind| kind.starts_with(&prefix)));
    resources.map(|line| serde_json::to_string_pretty(line).unwrap()).collect::<Vec<_>>().join("\n")
}

fn coverage(lines: &[Value], service: &str) -> String {
    let rows = lines[0]["coverage"].as_array().unwrap();
    let rows = rows.iter().filter(|row| row["service"] == service);
    rows.map(|row| serde_json::to_string_pretty(row).unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn backups_and_global_datastores_over_two_regions() {
    let lines = collect("recovery", "us-east-1, us-west-2");
    for service in ["backup", "elasticache"] {
        insta::assert_snapshot!(format!("{service}-resources"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage"), coverage(&lines, service));
    }
}
