//! Live scans of an AWS that this project did not write, through the real binary.

mod doors;
mod server;

use std::collections::BTreeMap;
use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value;

use crate::tool::Tool;
use server::Moto;

/// The estate of seed_estate.py, made once; its server ends with the tests.
struct Estate {
    moto: Moto,
    /// Names by account id, which moto makes up.
    names: BTreeMap<String, String>,
}

fn estate() -> &'static Estate {
    static ESTATE: OnceLock<Estate> = OnceLock::new();
    ESTATE.get_or_init(|| {
        let moto = Moto::start();
        let accounts: BTreeMap<String, String> = serde_json::from_str(&moto.run("seed_estate.py")).unwrap();
        Estate { moto, names: accounts.into_iter().map(|(name, id)| (id, name)).collect() }
    })
}

const CONFIG: &str = "\
organization:
  role-name: seaworthy
  management-account: skip
accounts:
  - id: '333344445555'
    role: arn:aws:iam::333344445555:role/seaworthy
    external-id: from-outside
regions: [us-east-1, us-west-2, eu-west-1]
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop:
    tags: {app: shop}
    pattern: pilot-light
    rpo: 15m
    retention: 7d
  billing:
    tags: {app: billing}
    pattern: backup-restore
";

fn scan(tool: &Tool, endpoint: &str, key: (&str, &str), arguments: &str) -> Output {
    live(tool, endpoint, key, &format!("scan {arguments}"))
}

/// Runs a command that asks AWS.
fn live(tool: &Tool, endpoint: &str, key: (&str, &str), command: &str) -> Output {
    tool.command(command)
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_ACCESS_KEY_ID", key.0)
        .env("AWS_SECRET_ACCESS_KEY", key.1)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap()
}

fn report(tool: &Tool) -> Value {
    serde_json::from_slice(&std::fs::read(tool.path().join("out.json")).unwrap()).unwrap()
}

/// Every verdict in a line; accounts by their names, because their ids differ from run to run.
fn verdicts(report: &Value, estate: &Estate) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines: Vec<String> = report["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| {
            let resource = &verdict["resource"];
            let account = estate.names.get(resource["account"].as_str().unwrap_or_default());
            let mut place = account.cloned().unwrap_or_default();
            if let Some(region) = resource["region"].as_str().filter(|region| !region.is_empty()) {
                place = format!("{place} {region}");
            }
            // Keys and subnets have made-up ids; what they are called is in their evidence.
            let name = text(&resource["name"]);
            let name = if name.len() == 36 || name.starts_with("mrk-") { "(made-up id)".to_owned() } else { name };
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

fn coverage(report: &Value, names: &BTreeMap<String, String>) -> Vec<String> {
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

#[test]
fn an_organization_and_an_account_by_role_over_three_regions() {
    let estate = estate();
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let done = scan(&tool, &estate.moto.url, ("testing", "testing"), "-f json=out.json --show all");
    let errors = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{errors}");
    let report = report(&tool);
    let all = verdicts(&report, estate);
    let (load, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|line| line.contains(": load-"));
    insta::assert_snapshot!("organization-verdicts", rest.join("\n"));
    insta::assert_snapshot!("organization-coverage", coverage(&report, &estate.names).join("\n"));

    // 255 databases are three pages, and all of them are judged alike.
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for line in load {
        *kinds.entry(line.split(": load-").next().unwrap().to_owned()).or_default() += 1;
    }
    insta::assert_snapshot!(
        "organization-load",
        kinds.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect::<Vec<_>>().join("\n")
    );
    let canary = std::fs::read_to_string(tool.path().join("out.json")).unwrap();
    assert!(!canary.contains("canary"), "a password is in the report");
}

#[test]
fn what_is_collected_now_can_be_checked_later() {
    let estate = estate();
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let collected = live(&tool, &estate.moto.url, ("testing", "testing"), "collect -o estate.ndjson.zst");
    assert_eq!(collected.status.code(), Some(0), "{}", String::from_utf8_lossy(&collected.stderr));
    let scanned = scan(&tool, &estate.moto.url, ("testing", "testing"), "-f json=out.json --show all");
    assert_eq!(scanned.status.code(), Some(1));
    let live = verdicts(&report(&tool), estate);
    let checked = tool.command("check estate.ndjson.zst -f json=out.json --show all").output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(verdicts(&report(&tool), estate), live);
}

/// A user who may read databases only, with moto checking every signature and policy.
fn guarded() -> &'static (Moto, String, String) {
    static GUARDED: OnceLock<(Moto, String, String)> = OnceLock::new();
    GUARDED.get_or_init(|| {
        let moto = Moto::start();
        let key: Value = serde_json::from_str(&moto.run("seed_denied.py")).unwrap();
        (moto, key["id"].as_str().unwrap().to_owned(), key["secret"].as_str().unwrap().to_owned())
    })
}

#[test]
fn what_is_denied_is_unknown_and_said() {
    let (moto, id, secret) = guarded();
    let config = "regions: [us-east-1]\nrecovery:\n  - {from: us-east-1, to: us-west-2}\naccounts:\n  - id: '123456789012'\n  - id: '444455556666'\n    role: arn:aws:iam::444455556666:role/locked\n";
    let tool = Tool::new().file("seaworthy.yaml", config);
    let done = scan(&tool, &moto.url, (id, secret), "-f json=out.json --show all");
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let report = report(&tool);
    insta::assert_snapshot!("denied-coverage", coverage(&report, &BTreeMap::new()).join("\n"));
    let mine = Estate { moto: Moto::start(), names: [("123456789012".to_owned(), "mine".to_owned())].into() };
    insta::assert_snapshot!("denied-verdicts", verdicts(&report, &mine).join("\n"));
}

#[test]
fn wrong_credentials_are_named_as_such() {
    let (moto, _, _) = guarded();
    let done = scan(&Tool::new(), &moto.url, ("AKIAWRONGWRONGWRONG0", "wrong"), "--region us-east-1");
    let errors = String::from_utf8_lossy(&done.stderr).replace(&moto.url, "[endpoint]");
    insta::assert_snapshot!("wrong-credentials", format!("{errors}[exit {}]", done.status.code().unwrap()));
}

#[test]
fn an_unreachable_endpoint_is_named_as_such() {
    let done = scan(&Tool::new(), "http://127.0.0.1:9", ("testing", "testing"), "--region us-east-1");
    let errors = String::from_utf8_lossy(&done.stderr);
    insta::assert_snapshot!("unreachable-endpoint", format!("{errors}[exit {}]", done.status.code().unwrap()));
}
