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

/// The inventory as its file holds it, a JSON document a line.
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
