//! Invariants of the built-in policies: what a newcomer forgets fails here.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use super::engine::{Backend, Compiled};
use super::testing::{inputs, run_tests};
use super::*;

fn built_in() -> PolicySet {
    PolicySet::from_sources(Source::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_policy_passes_its_tests_and_every_line_is_reached() {
    let run = run_tests(&Source::built_in()).unwrap_or_else(|error| panic!("{error}"));
    let failed: Vec<_> =
        run.files.iter().flat_map(|file| file.failed.iter().map(move |test| (&file.path, test))).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(run.not_covered, Vec::new());
    assert_eq!(run.untested, Vec::<String>::new());
}

#[test]
fn every_policy_has_a_fail_a_pass_and_an_unknown_case() {
    let run = run_tests(&Source::built_in()).unwrap();
    for file in run.files.iter().filter(|file| !file.path.starts_with("policies/lib/")) {
        for prefix in ["test_fail", "test_pass", "test_unknown"] {
            assert!(file.passed.iter().any(|name| name.starts_with(prefix)), "{} has no {prefix}_… case", file.path);
        }
    }
}

#[test]
fn both_engines_say_the_same_of_every_tested_input() {
    let set = built_in();
    let inputs = inputs(&Source::built_in()).unwrap();
    assert!(inputs.len() >= 3 * set.policies().len(), "only {} inputs could be taken from the tests", inputs.len());
    for policy in set.policies() {
        let mut compiled = Compiled::new(policy, &set, Backend::Compiled).unwrap();
        let mut interpreted = Compiled::new(policy, &set, Backend::Interpreter).unwrap();
        assert!(compiled.is_compiled(), "{} cannot be compiled, so it would be slow", policy.id());
        let test = policy.module.path.replace(".rego", "_test.rego");
        for (_, input) in inputs.iter().filter(|(path, _)| *path == test) {
            compiled.set_input(input);
            interpreted.set_input(input);
            for question in policy.questions() {
                // A builtin that fails (the count of null) is an error in the interpreter and nothing in the machine.
                let silent = [Ok(Value::Undefined), Ok(Value::new_set())];
                match (compiled.ask(question), interpreted.ask(question)) {
                    (said, Err(_)) => assert!(silent.contains(&said), "{} on {input}: {said:?}", question.entry),
                    (said, expected) => assert_eq!(said, expected, "{} on {input}", question.entry),
                }
            }
        }
    }
}

#[test]
fn a_file_is_named_after_its_id_and_its_package_after_the_file() {
    for policy in built_in().policies() {
        let name = policy.id().replace('-', "_");
        assert_eq!(policy.module.path, format!("policies/{}/{name}.rego", policy.area()));
        let package = format!("package seaworthy.{}.{name}", policy.area());
        assert!(policy.module.text.lines().any(|line| line == package), "{}: expected '{package}'", policy.module.path);
    }
}

#[test]
fn every_header_says_what_a_reader_needs() {
    for info in built_in().policies().iter().map(Policy::info) {
        let id = &info.id;
        assert!(!info.title.ends_with('.') && info.title.len() <= 100, "{id}: title");
        assert!(!info.title.starts_with("Ensure"), "{id}: a title states the problem");
        assert!(info.description.len() >= 40, "{id}: description");
        assert!(!info.remediation.summary.is_empty() && !info.remediation.summary.contains('\n'), "{id}: summary");
        assert!(!info.remediation.console.is_empty() && !info.remediation.cli.is_empty(), "{id}: remediation");
        assert!(!info.references.is_empty(), "{id}: related_resources");
        assert!(!info.frameworks.is_empty(), "{id}: frameworks");
    }
}

#[test]
fn every_control_that_a_policy_maps_to_stands_in_its_framework() {
    #[derive(serde::Deserialize)]
    struct Framework {
        id: String,
        controls: Vec<Control>,
    }
    #[derive(serde::Deserialize)]
    struct Control {
        id: String,
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/frameworks");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let framework: Framework = serde_saphyr::from_str(&text).unwrap();
        known.insert(framework.id, framework.controls.into_iter().map(|control| control.id).collect());
    }
    for policy in built_in().policies() {
        for (framework, controls) in policy.frameworks() {
            for control in controls {
                assert!(
                    known.get(framework).is_some_and(|all| all.contains(control)),
                    "{}: no control '{control}' in reports/frameworks/{framework}.yaml",
                    policy.id()
                );
            }
        }
    }
}
