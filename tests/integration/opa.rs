//! The real OPA, on the policies that are built in and on the answers that the rules of users are held to.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use seaworthy::config::Loaded;
use seaworthy::link::link;
use seaworthy::model::Inventory;
use seaworthy::policy::{Backend, Options, PolicySet, Source, judge};
use seaworthy::result::Outcome;
use serde_json::{Map, Value, json};

use crate::python;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/opa");

#[test]
fn the_answers_on_record_are_those_of_opa() {
    let said = python::run(Command::new(python::opa()).args([&format!("{SCRIPTS}/record.py"), "--check"]));
    assert!(said.contains(" 0 otherwise than on record"), "{said}");
}

/// The demo estate as the policies see it, the built-in policies and their tests, all judged by OPA.
#[test]
fn the_built_in_policies_say_under_opa_what_they_say_here() {
    let estate = include_bytes!("../../fixtures/inventories/demo.ndjson");
    let config = Loaded::parse("demo.yaml", include_str!("../../fixtures/inventories/demo.yaml")).unwrap().config;
    let mut inventory = Inventory::parse(estate).unwrap();
    let now = inventory.collected_at;
    link(&mut inventory, &config, now);
    let set = PolicySet::from_sources(Source::built_in()).unwrap();
    let files: Map<_, _> = Source::built_in().into_iter().map(|file| (file.path, file.text.into())).collect();
    let parameters: Map<_, _> =
        set.policies().iter().map(|policy| (policy.id().to_owned(), json!(policy.info().parameters))).collect();
    let resources: Map<_, _> =
        inventory.resources.iter().map(|one| (one.id.clone(), serde_json::to_value(one).unwrap())).collect();
    let asked = json!({ "policies": files, "parameters": parameters, "resources": resources });
    let mut opa = Command::new(python::opa())
        .arg(format!("{SCRIPTS}/policies.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    opa.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let said: Value = serde_json::from_slice(&opa.wait_with_output().unwrap().stdout).unwrap();

    let tests = said["tests"].as_object().unwrap();
    let failed: Vec<_> = tests.iter().filter(|(_, value)| **value != json!(true)).collect();
    assert_eq!(failed, Vec::new());
    assert!(tests.len() > 400, "only {} tests ran", tests.len());

    let options =
        Options { jobs: 0, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
    let judged = judge(&set, &inventory.resources, &options).unwrap();
    let mut compared: BTreeMap<Outcome, usize> = BTreeMap::new();
    for verdict in &judged.verdicts {
        let policy = &set.policies()[verdict.policy];
        let resource = &inventory.resources[verdict.resource];
        let package = format!("{}.{}", policy.area(), policy.id().replace('-', "_"));
        let answer = &said["verdicts"][&package][&resource.id];
        let (applies, fails) = (answer[1] != json!(false), answer[2] == json!(true));
        let is_right = match verdict.outcome {
            Outcome::Fail => applies && fails,
            Outcome::Pass => !(applies && fails),
            // What is not known is no question to OPA, and severities by pattern are none of its business.
            _ => continue,
        };
        assert!(is_right, "{} of {}: we {:?}, OPA {answer}", policy.id(), resource.id, verdict.outcome);
        *compared.entry(verdict.outcome).or_default() += 1;
    }
    assert!(compared[&Outcome::Fail] > 20 && compared[&Outcome::Pass] > 100, "only {compared:?} could be compared");
}
