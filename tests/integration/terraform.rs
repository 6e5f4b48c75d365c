//! Terraform plans: the fixtures.

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
