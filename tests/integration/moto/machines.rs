//! Machines, collected from moto: what groups start, and whether it is where they are to come back.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::server::{Moto, SHOP};
use crate::live::{collected, coverage, live, report, verdicts};
use crate::tool::Tool;

/// The estate of seed_machines.py, made once.
fn moto() -> &'static Moto {
    static MOTO: OnceLock<Moto> = OnceLock::new();
    MOTO.get_or_init(|| {
        let moto = Moto::start();
        moto.run("seed_machines.py");
        moto
    })
}

const KINDS: [&str; 3] = ["aws.autoscaling.", "aws.ec2.image", "aws.ec2.launch-template"];

/// The words for ids that moto makes up in every run, in the order in which they are met.
fn without_chance(text: &str) -> String {
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let mut plain = text.to_owned();
    for prefix in ["ami-", "lt-", "sg-", "snap-", "vpc-", "subnet-"] {
        let ids: Vec<String> = text
            .match_indices(prefix)
            .map(|(at, _)| text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
            .filter(|id: &String| id[prefix.len()..].bytes().all(|byte| byte.is_ascii_hexdigit()) && id.len() > 12)
            .collect();
        for id in ids {
            let number = words.len();
            words.entry(id).or_insert_with(|| format!("{prefix}{number}"));
        }
    }
    for (id, word) in &words {
        plain = plain.replace(id, word);
    }
    plain
}

#[test]
fn groups_start_what_their_version_says() {
    let tool = Tool::new().file("seaworthy.yaml", SHOP);
    let resources = collected(&tool, &moto().url, ("testing", "testing"));
    let ours =
        resources.iter().skip(1).filter(|it| KINDS.iter().any(|kind| it["kind"].as_str().unwrap().starts_with(kind)));
    let (load, rest): (Vec<&Value>, Vec<&Value>) =
        ours.partition(|resource| resource["name"].as_str().unwrap().starts_with("load-"));
    assert_eq!(load.len(), 20);
    let mut groups: Vec<String> = rest
        .iter()
        .filter(|resource| resource["kind"] == "aws.autoscaling.group")
        .map(|group| {
            let workload = &group["workload"];
            let image = &workload["launch_images"][0];
            let told: Vec<&str> =
                workload["mentions"].as_array().unwrap().iter().map(|it| it["value"].as_str().unwrap()).collect();
            format!(
                "{} {}: {} {} available {}, types {}, profiles {}, told {told:?}",
                group["place"]["region"].as_str().unwrap(),
                group["name"].as_str().unwrap(),
                image["at"].as_str().unwrap(),
                image.get("name").unwrap_or(&Value::Null),
                image["available"],
                group["capacity"]["types"],
                workload["instance_profiles"],
            )
        })
        .collect();
    // Their ids are made up, and so is their order.
    groups.sort();
    insta::assert_snapshot!("machines-groups", groups.join("\n"));
    let kinds = rest.iter().fold(BTreeMap::new(), |mut kinds: BTreeMap<String, usize>, resource| {
        let key = format!("{} {}", resource["kind"].as_str().unwrap(), resource["place"]["region"].as_str().unwrap());
        *kinds.entry(key).or_default() += 1;
        kinds
    });
    insta::assert_json_snapshot!("machines-kinds", kinds);
}

#[test]
fn an_image_or_a_role_that_is_gone_or_was_not_copied_is_found() {
    let tool = Tool::new().file("seaworthy.yaml", SHOP);
    let select = "launch-template-image-gone,image-missing-in-recovery-region,instance-type-not-offered,capacity-not-reserved,\
         role-does-not-exist";
    let line = format!("scan -f json=out.json --show all --select {select}");
    let done = live(&tool, &moto().url, ("testing", "testing"), &line);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{done:?}");
    let report = report(&tool);
    let names = BTreeMap::from([("123456789012".to_owned(), "own".to_owned())]);
    let verdicts: Vec<String> = verdicts(&report, &names).into_iter().filter(|line| !line.contains("load-")).collect();
    insta::assert_snapshot!("machines-verdicts", without_chance(&verdicts.join("\n")));
    let ours = |line: &String| [" ec2:", " autoscaling:"].iter().any(|service| line.contains(service));
    insta::assert_snapshot!(
        "machines-coverage",
        coverage(&report, &names).into_iter().filter(ours).collect::<Vec<_>>().join("\n")
    );
}
