//! Readiness: whole applications that can be recovered, one for each pattern, and what becomes of the answer where one thing
//! of them is broken, or was not seen.

mod faults;
mod properties;
mod shown;

use std::path::Path;
use std::sync::OnceLock;

use seaworthy::config::Loaded;
use seaworthy::model::Inventory;
use seaworthy::pipeline::{Input, Pipeline, Request};
use seaworthy::result::{Decision, Problem, Readiness};
use serde_json::Value;

use crate::tool::NOW;

pub(crate) const PATTERNS: [&str; 4] = ["backup-restore", "pilot-light", "warm-standby", "active-active"];

/// The text of a fixture.
pub(crate) fn fixture(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/applications").join(name);
    std::fs::read_to_string(file).unwrap()
}

/// Header and resources of an estate.
fn estate(pattern: &str) -> Vec<Value> {
    fixture(&format!("{pattern}.ndjson")).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pipeline(configuration: &str) -> Pipeline {
    let loaded = Loaded::parse("seaworthy.yaml", configuration).unwrap();
    Pipeline::new(Request::new(loaded, NOW.parse().unwrap())).unwrap()
}

/// That of the pattern, made once.
fn pipeline_of(pattern: &str) -> &'static Pipeline {
    static MADE: OnceLock<Vec<Pipeline>> = OnceLock::new();
    let made = MADE.get_or_init(|| PATTERNS.map(|one| pipeline(&fixture(&format!("{one}.yaml")))).into());
    &made[PATTERNS.iter().position(|one| *one == pattern).unwrap()]
}

fn ready(pipeline: &Pipeline, estate: &[Value]) -> Readiness {
    let mut lines = estate.to_vec();
    lines[0]["resources"] = (estate.len() - 1).into();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let inventory = Inventory::parse(text.as_bytes()).unwrap();
    let mut found = pipeline.ready(Input::from(inventory), &[], None).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// `id at name`, each once.
fn told(ready: &Readiness, problems: &[Problem]) -> Vec<String> {
    let mut told: Vec<String> = problems
        .iter()
        .map(|problem| {
            let step = problem.step.and_then(|step| ready.steps.iter().find(|one| one.number == step));
            let at = step.map_or("no step".to_owned(), |step| format!("{} {}", step.class, step.resource.name));
            format!("{} at {at}", problem.id)
        })
        .collect();
    told.sort();
    told.dedup();
    told
}

#[test]
fn an_application_of_each_pattern_can_be_recovered() {
    let said = PATTERNS.map(|pattern| {
        let ready = ready(pipeline_of(pattern), &estate(pattern));
        let states: Vec<String> = ready
            .steps
            .iter()
            .map(|step| format!("{} {} {}: {}", step.layer, step.class, step.resource.name, step.state.word()))
            .collect();
        assert_eq!(ready.decision, Decision::Go, "{pattern}");
        assert_eq!(ready.implemented.pattern.as_deref(), Some(pattern));
        format!("{pattern}: {}\n{}\n", ready.sentence, states.join("\n"))
    });
    insta::assert_snapshot!("ready-patterns", said.join("\n"));
}

/// Whoever sees less knows less: no order of the lines, and no number of threads, changes a byte.
#[test]
fn the_order_of_the_inventory_does_not_matter() {
    for pattern in PATTERNS {
        let lines = estate(pattern);
        let mut other = lines.clone();
        other[1..].reverse();
        let pipeline = pipeline_of(pattern);
        let [one, two] = [lines, other].map(|lines| serde_json::to_value(ready(pipeline, &lines)).unwrap());
        assert_eq!(one, two, "{pattern}");
    }
}
