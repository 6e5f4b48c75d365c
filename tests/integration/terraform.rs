//! Terraform plans and states: the fixtures, and whatever stands in the corpus.

use std::path::{Path, PathBuf};

use seaworthy::collect::terraform::{self, TerraformInput};
use seaworthy::model::Timestamp;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans").join(name).join("plan.json")
}

fn read(path: &Path) -> TerraformInput {
    terraform::read(std::fs::read(path).unwrap(), "plan.json", Timestamp::UNIX_EPOCH).unwrap()
}

/// The resources as the inventory's file holds them, without its header.
fn lines(input: &TerraformInput) -> Vec<serde_json::Value> {
    let mut text = Vec::new();
    input.inventory.write(&mut text).unwrap();
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect()
}

#[test]
fn two_regions() {
    let input = read(&fixture("two-regions"));
    insta::assert_json_snapshot!(lines(&input));
}

/// Every plan and state of the corpus is read, or refused with a message of one line.
#[test]
fn corpus() {
    let Some(corpus) = std::env::var_os("SEAWORTHY_CORPUS") else {
        println!("skipped: SEAWORTHY_CORPUS is not set");
        return;
    };
    let mut refused = Vec::new();
    let mut kinds = std::collections::BTreeMap::<_, usize>::new();
    for path in ["plans", "states", "format-edge"].iter().flat_map(|folder| files(&Path::new(&corpus).join(folder))) {
        match terraform::read(std::fs::read(&path).unwrap(), "plan.json", Timestamp::UNIX_EPOCH) {
            Ok(input) => {
                for resource in &input.inventory.resources {
                    *kinds.entry(resource.kind).or_default() += 1;
                }
            }
            Err(error) => refused.push(format!("{}: {error}", path.strip_prefix(&corpus).unwrap().display())),
        }
    }
    println!("{kinds:#?}");
    println!("{refused:#?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn delete_replica() {
    let input = read(&fixture("delete-replica"));
    insta::assert_json_snapshot!(lines(&input));
}

#[test]
fn weaken() {
    let input = read(&fixture("weaken"));
    insta::assert_json_snapshot!(lines(&input));
}

#[test]
fn modules() {
    let input = read(&fixture("modules"));
    insta::assert_json_snapshot!(lines(&input));
}
