//! What a release is made of, and what it needs to be built.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::yaml;

const WORKFLOWS: [&str; 2] = [".github/workflows/ci.yml", ".github/workflows/release.yml"];

/// 1.85 is 1.85.0.
fn rust(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version.split('.').map(|number| number.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

/// Whether the code uses more of the language than it says is known to the compiler of that version alone, which CI on GitHub
/// asks; `clippy` knows it of the standard library.
#[test]
fn no_dependency_needs_a_newer_rust_than_the_package_says() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--all-features", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let newer: Vec<_> = packages
        .iter()
        .filter(|package| {
            package["rust_version"].as_str().is_some_and(|version| rust(version) > rust(env!("CARGO_PKG_RUST_VERSION")))
        })
        .map(|package| format!("{} {} needs {}", package["name"], package["version"], package["rust_version"]))
        .collect();
    assert_eq!(newer, Vec::<String>::new(), "Rust {} is what we say", env!("CARGO_PKG_RUST_VERSION"));
}

/// A tag can be moved to other code.
#[test]
fn workflows_name_the_actions_of_others_by_their_commits() {
    for name in WORKFLOWS {
        for job in yaml(name)["jobs"].as_object().unwrap().values() {
            for uses in job["steps"].as_array().unwrap().iter().filter_map(|step| step["uses"].as_str()) {
                let commit = uses.split_once('@').unwrap().1;
                assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{uses} in {name}");
            }
        }
    }
}

#[test]
fn the_pipelines_look_for_the_releases_that_are_made() {
    let release = yaml(WORKFLOWS[1]);
    let made = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let made: BTreeSet<_> = made.iter().map(|row| row["target"].as_str().unwrap()).collect();
    let action = yaml("action.yml");
    let script = action["runs"]["steps"][0]["run"].as_str().unwrap();
    let taken = script.lines().filter_map(|line| line.split_once(") target=")?.1.strip_suffix(" ;;")).collect();
    assert_eq!(made, taken);

    let gitlab = yaml("templates/gitlab-ci.yml");
    assert_eq!(gitlab["seaworthy"]["variables"]["SEAWORTHY_VERSION"], env!("CARGO_PKG_VERSION"));
}
