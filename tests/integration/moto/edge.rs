//! Distributions in front of two regions, collected from moto and judged.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::server::Moto;
use crate::live::{collected, live, report};
use crate::tool::Tool;

const CONFIG: &str = "\
regions: [us-east-1, us-west-2]
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop: {tags: {app: shop}, pattern: warm-standby}
";

#[test]
fn a_distribution_in_front_of_one_region_is_found_and_one_in_front_of_both_is_not() {
    let moto = Moto::start();
    moto.run("seed_edge.py");
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let key = ("testing", "testing");
    let lines = collected(&tool, &moto.url, key).into_iter();
    let found: Vec<Value> = lines.filter(|line| line["kind"] == "aws.cloudfront.distribution").collect();
    // Ids and hosts are made up by moto.
    let name = |it: &Value| it["traffic"]["aliases"][0].as_str().unwrap().to_owned();
    let names: BTreeMap<String, String> =
        found.iter().map(|it| (it["id"].as_str().unwrap().to_owned(), name(it))).collect();
    assert_eq!(names.values().collect::<Vec<_>>().len(), 3);
    assert!(found.iter().all(|it| it["tags"] == json!({"app": "shop"})));

    let done = live(&tool, &moto.url, key, "scan -f json=out.json --show all");
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let report = report(&tool);
    let verdicts = report["verdicts"].as_array().unwrap().iter();
    let mut said: Vec<String> = verdicts
        .filter_map(|verdict| {
            let name = names.get(verdict["resource"]["id"].as_str()?)?;
            let text = |name: &str| verdict[name].as_str().unwrap_or_default();
            Some(format!("{name} {} {} {}", text("policy"), text("verdict"), text("message")))
        })
        .collect();
    said.sort();
    insta::assert_snapshot!(said.join("\n"));
}
