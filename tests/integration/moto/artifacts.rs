//! What workloads need to start, collected from moto: secrets, parameters, image repositories, log groups.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::server::{Moto, SHOP};
use crate::live::{collected, coverage, live, report, verdicts};
use crate::tool::Tool;

/// The estate of seed_artifacts.py, made once.
fn moto() -> &'static Moto {
    static MOTO: OnceLock<Moto> = OnceLock::new();
    MOTO.get_or_init(|| {
        let moto = Moto::start();
        moto.run("seed_artifacts.py");
        moto
    })
}

const SERVICES: [&str; 4] = ["ecr", "logs", "secretsmanager", "ssm"];

fn is_ours(resource: &Value) -> bool {
    SERVICES.iter().any(|service| resource["kind"].as_str().unwrap().split('.').nth(1) == Some(service))
}

/// What is made up by moto in every run, or by the time of it.
fn without_chance(mut resource: Value) -> Value {
    if let Some(status) = resource.get_mut("status").and_then(Value::as_object_mut) {
        status.remove("created_at");
    }
    if let Some(date) = resource.pointer_mut("/secret/deletion_date").filter(|date| date.is_string()) {
        *date = "(a date)".into();
    }
    let text = resource.to_string();
    let suffixes = text.match_indices(":secret:").filter_map(|(at, _)| text[at..].split('"').next());
    let mut plain = text.clone();
    for arn in suffixes.collect::<Vec<_>>() {
        plain = plain.replace(arn, &format!("{}-(made up)", &arn[..arn.len() - 7]));
    }
    serde_json::from_str(&plain).unwrap()
}

#[test]
fn everything_is_collected_to_its_last_page_and_no_value_is() {
    let tool = Tool::new().file("seaworthy.yaml", SHOP);
    let resources = collected(&tool, &moto().url, ("testing", "testing")).into_iter().skip(1);
    let (load, rest): (Vec<_>, Vec<_>) = resources
        .filter(is_ours)
        .partition(|resource| resource["name"].as_str().unwrap().trim_start_matches('/').starts_with("load/"));
    let rest: Vec<Value> = rest.into_iter().map(without_chance).collect();
    insta::assert_json_snapshot!("artifacts", rest);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in &load {
        *kinds.entry(resource["kind"].as_str().unwrap()).or_default() += 1;
    }
    let expected = [
        ("aws.ecr.repository", 120),
        ("aws.logs.group", 60),
        ("aws.secretsmanager.secret", 130),
        ("aws.ssm.parameter", 60),
    ];
    assert_eq!(kinds, expected.into());
}

/// Verdicts on what the shop has, without those of which there are many, and the coverage of our services.
fn scanned() -> (String, String) {
    let tool = Tool::new().file("seaworthy.yaml", SHOP);
    let done = live(&tool, &moto().url, ("testing", "testing"), "scan -f json=out.json --show all");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{done:?}");
    let report = report(&tool);
    let names = BTreeMap::from([("123456789012".to_owned(), "own".to_owned())]);
    let of_shop = |line: &String| line.contains(": shop/") || line.contains(": /shop/");
    let verdicts: Vec<String> = verdicts(&report, &names).into_iter().filter(of_shop).collect();
    let ours = |line: &String| SERVICES.iter().any(|service| line.contains(&format!(" {service}:")));
    let coverage: Vec<String> = coverage(&report, &names).into_iter().filter(ours).collect();
    (verdicts.join("\n"), coverage.join("\n"))
}

#[test]
fn a_secret_or_a_parameter_that_is_here_only_is_missed_in_the_recovery_region() {
    let (verdicts, coverage) = scanned();
    insta::assert_snapshot!("artifacts-verdicts", verdicts);
    insta::assert_snapshot!("artifacts-coverage", coverage);
}
