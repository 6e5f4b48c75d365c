//! Invariants of the built-in policies: what a newcomer forgets fails here.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use serde_json::json;

use super::schema::Schema;
use super::testing::{inputs, run_tests};
use super::*;
use crate::model::Fact;
use crate::policy::compiled::{Backend, Compiled};

pub(super) fn built_in() -> PolicySet {
    PolicySet::from_sources(Source::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_policy_passes_its_tests_and_every_line_is_reached() {
    let run = run_tests(&Source::built_in(), &json!({}), Expects::default()).unwrap_or_else(|error| panic!("{error}"));
    let failed: Vec<_> =
        run.files.iter().flat_map(|file| file.failed.iter().map(move |test| (&file.path, test))).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(run.not_covered, Vec::new());
    assert_eq!(run.untested, Vec::<String>::new());
}

/// Rego is told the classes by a file, so that the policies run under OPA as they are.
#[test]
fn what_rego_knows_of_classes_is_what_the_kinds_say() {
    let rows: String = Kind::all()
        .filter(|kind| !kind.is_of_code())
        .map(|kind| format!("\t\"{kind}\": \"{}\",\n", kind.info().class.word()))
        .collect();
    let text = format!(
        "# The class of a resource: what it is, in a word that every provider's kinds share. Written by a test from the rows \
         of\n# the kinds, with SEAWORTHY_BLESS=1.\npackage seaworthy.lib.kind\n\nclass := _classes[input.kind]\n\n\
         _classes := {{\n{rows}}}\n"
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/policies/lib/kind.rego");
    if std::env::var_os("SEAWORTHY_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == text, "policies/lib/kind.rego is stale: SEAWORTHY_BLESS=1 cargo test what_rego_knows");
}

#[test]
fn every_policy_has_a_fail_a_pass_and_an_unknown_case() {
    let run = run_tests(&Source::built_in(), &json!({}), Expects::default()).unwrap();
    for file in run.files.iter().filter(|file| !file.path.starts_with("policies/lib/")) {
        for prefix in ["test_fail", "test_pass", "test_unknown"] {
            assert!(file.passed.iter().any(|name| name.starts_with(prefix)), "{} has no {prefix}_… case", file.path);
        }
    }
}

/// The verdicts of the built-in policies come from regorus' machine and an analysis of what rules read; those of users
/// from rules that are run over what is known in part. The same policies have to get the same verdicts both ways.
#[test]
fn judged_as_a_users_they_say_the_same() {
    let set = built_in();
    let mine =
        Source::built_in().into_iter().map(|source| Source { built_in: source.path.contains("/lib/"), ..source });
    let as_users = PolicySet::from_sources(mine.collect()).unwrap_or_else(|error| panic!("{error}"));
    let (mut inventory, config) = demo();
    let now = inventory.collected_at;
    crate::link::link(&mut inventory, &config, now);
    let (changed, _) = forgetful(&set, &inventory.resources);
    // A fact that has a value and is marked as unknown is in doubt for the one and known to the other: lists are, in part.
    let whole = changed.into_iter().skip(1).step_by(2);
    let resources: Vec<_> = inventory.resources.into_iter().chain(whole).collect();
    let options = Options {
        jobs: 2,
        keep: crate::result::Outcome::ALL.to_vec(),
        backend: Backend::Compiled,
        documents: Default::default(),
    };
    let judged = judge(&set, &resources, &options).unwrap();
    let again = judge(&as_users, &resources, &options).unwrap();
    assert_eq!(judged.verdicts.len(), again.verdicts.len());
    let (mut other, mut careful, mut more_careful) = (Vec::new(), 0, 0);
    for (one, two) in judged.verdicts.iter().zip(&again.verdicts) {
        assert_eq!((one.policy, one.resource), (two.policy, two.resource));
        let unknown = crate::result::Outcome::Unknown;
        if one.outcome != two.outcome && one.outcome != unknown && two.outcome != unknown {
            let (policy, name) = (set.policies()[one.policy].id(), &resources[one.resource].name);
            other.push(format!("{policy} on {name}: {} / {}", one.message, two.message));
        }
        careful += usize::from(one.outcome != unknown && two.outcome == unknown);
        more_careful += usize::from(one.outcome == unknown && two.outcome != unknown);
    }
    assert_eq!(other, Vec::<String>::new());
    assert!(careful * 200 < judged.verdicts.len(), "unknown as a user's only: {careful} of {}", judged.verdicts.len());
    assert!(
        more_careful * 200 < judged.verdicts.len(),
        "as a user's only: {more_careful} of {}",
        judged.verdicts.len()
    );
}

/// A rule that goes through a list asks nothing more where the list is known to have no element for it.
#[test]
fn what_would_be_asked_of_an_element_is_not_open_where_there_is_none() {
    let set = built_in();
    let gone = |rel: &str| crate::model::GoneReference {
        rel: rel.into(),
        class: "observability".into(),
        what: "log group".into(),
        id: "/orders".into(),
        at: Fact::Absent,
    };
    let said = |references: Vec<crate::model::GoneReference>| {
        let place = crate::model::Place::new("1", "us-east-1");
        let mut service = crate::model::Resource::new(Kind::of("aws.ecs.service"), "arn:service", "orders", place);
        let joined = crate::model::Joined { gone: Fact::Known(references), ..Default::default() };
        service.joined = Some(std::sync::Arc::new(joined));
        service.mark_unknown("joined.is_recovery_side", "its place is not known");
        outcomes(&set, &[service])
            .into_iter()
            .find_map(|((_, policy), outcome)| (set.policies()[policy].id() == "reference-gone").then_some(outcome))
    };
    use crate::result::Outcome::{Fail, Pass, Unknown};
    // Only what it logs to depends on whether it waits for a recovery.
    let cases = [vec![], vec![gone("runs-on")], vec![gone("logs-to")], vec![gone("gated-by"), gone("logs-to")]];
    assert_eq!(cases.map(said), [Some(Pass), Some(Pass), Some(Unknown), Some(Fail)]);
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
        let test = policy.source.path.replace(".rego", "_test.rego");
        for (_, input) in inputs.iter().filter(|(path, _)| *path == test) {
            compiled.set_input(input);
            interpreted.set_input(input);
            for question in policy.rules(&set).unwrap().questions() {
                // A builtin that fails (the count of null) is an error in the interpreter and nothing in the machine.
                let silent = [Ok(Value::Undefined), Ok(Value::new_set())];
                match (compiled.evaluate(question), interpreted.evaluate(question)) {
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
        assert_eq!(policy.source.path, format!("policies/{}/{name}.rego", policy.area()));
        let package = format!("package seaworthy.{}.{name}", policy.area());
        assert!(policy.source.text.lines().any(|line| line == package), "{}: expected '{package}'", policy.source.path);
    }
}

#[test]
fn every_file_but_the_libraries_is_a_policy() {
    let is_policy = |source: &Source| !source.is_test() && !source.path.starts_with("policies/lib/");
    let files: BTreeSet<_> = Source::built_in().into_iter().filter(is_policy).map(|source| source.path).collect();
    let loaded: BTreeSet<_> = built_in().policies().iter().map(|policy| policy.source.path.clone()).collect();
    assert_eq!(loaded, files);
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

/// The demo estate as the policies see it.
pub(super) fn demo() -> (crate::model::Inventory, crate::config::Config) {
    let text = include_bytes!("../../fixtures/inventories/demo.ndjson");
    let config =
        crate::config::Loaded::parse("demo.yaml", include_str!("../../fixtures/inventories/demo.yaml")).unwrap();
    (crate::model::Inventory::parse(text).unwrap(), config.config)
}

/// Outcomes by policy and resource.
fn outcomes(set: &PolicySet, resources: &[crate::model::Resource]) -> BTreeMap<(usize, usize), crate::result::Outcome> {
    let keep = crate::result::Outcome::ALL.to_vec();
    let judged =
        judge(set, resources, &Options { jobs: 0, keep, backend: Backend::Compiled, documents: Default::default() })
            .unwrap();
    judged.verdicts.iter().map(|verdict| ((verdict.resource, verdict.policy), verdict.outcome)).collect()
}

/// What is read of a resource, in every way that a fact can go missing: it was not read, or not in full.
fn forgotten(resource: &crate::model::Resource, path: &str) -> [crate::model::Resource; 2] {
    let mut in_part = resource.clone();
    in_part.mark_unknown(path, "forgotten");
    let mut whole = serde_json::to_value(&in_part).unwrap();
    if let Some((facet, fact)) = path.rsplit_once('.')
        && let Some(holder) = whole.pointer_mut(&format!("/{}", facet.replace('.', "/"))).and_then(Json::as_object_mut)
    {
        holder.remove(fact);
    }
    [in_part, serde_json::from_value(whole).unwrap()]
}

/// The resources with each fact forgotten in turn that a policy reads, and for each which resource and fact it was.
fn forgetful(
    set: &PolicySet,
    resources: &[crate::model::Resource],
) -> (Vec<crate::model::Resource>, Vec<(usize, &'static String)>) {
    let (mut changed, mut from) = (Vec::new(), Vec::new());
    for (at, resource) in resources.iter().enumerate() {
        let mut read: BTreeSet<usize> = BTreeSet::new();
        for policy in set.by_kind[resource.kind.index()].iter().map(|at| &set.policies[*at]) {
            read.extend(policy.rules(set).unwrap().questions().flat_map(|question| question.reads.named.iter()));
        }
        for node in read.into_iter().map(|node| &Schema::of_resource().nodes[node]).filter(|node| node.fact) {
            changed.extend(forgotten(resource, &node.path));
            from.extend([(at, &node.path); 2]);
        }
    }
    (changed, from)
}

/// Answers from memory are those of the interpreter, which has none: over the demo as it is and with facts forgotten,
/// so that most questions come again.
#[test]
fn what_is_answered_from_memory_is_what_the_interpreter_says() {
    let set = built_in();
    let (mut inventory, config) = demo();
    let now = inventory.collected_at;
    crate::link::link(&mut inventory, &config, now);
    let (changed, _) = forgetful(&set, &inventory.resources);
    // One of several, since the interpreter takes its time: all kinds of facts are among them.
    let resources: Vec<_> = inventory.resources.iter().cloned().chain(changed.into_iter().step_by(7)).collect();
    let judged = |backend| {
        let keep = crate::result::Outcome::ALL.to_vec();
        judge(&set, &resources, &Options { jobs: 2, keep, backend, documents: Default::default() }).unwrap().verdicts
    };
    let (remembered, interpreted) = (judged(Backend::Compiled), judged(Backend::Interpreter));
    assert_eq!(remembered.len(), interpreted.len());
    // A builtin that fails is an error in the interpreter and nothing in the machine.
    let decided =
        remembered.iter().zip(&interpreted).filter(|(_, other)| other.outcome != crate::result::Outcome::Error);
    let mut other = Vec::new();
    for (one, two) in decided.filter(|(one, two)| one != two) {
        let (policy, resource) = (set.policies()[one.policy].id(), &resources[one.resource].name);
        other.push(format!("{policy} on {resource}: {} / {}", one.message, two.message));
    }
    assert_eq!(other, Vec::<String>::new());
}

/// The invariant of three-valued logic: forgetting a fact may turn a verdict into unknown, or leave it as it is where
/// what is still known decides it. It never turns a pass into a fail, or a fail into a pass, or either into a question
/// that does not arise; nor does a question arise that did not.
#[test]
fn forgetting_a_fact_never_turns_a_verdict_into_another() {
    let set = built_in();
    let (mut inventory, config) = demo();
    let now = inventory.collected_at;
    crate::link::link(&mut inventory, &config, now);
    let known = outcomes(&set, &inventory.resources);
    let (changed, from) = forgetful(&set, &inventory.resources);
    let now = outcomes(&set, &changed);
    for ((at, policy), outcome) in &now {
        let (was_at, path) = from[*at];
        let was = known[&(was_at, *policy)];
        assert!(
            *outcome == was || *outcome == crate::result::Outcome::Unknown,
            "{} of {}: {was:?} became {outcome:?} without {path}",
            set.policies[*policy].id(),
            changed[*at].name
        );
    }
    assert!(now.len() > 1_000, "only {} verdicts were tried", now.len());
}

/// What says otherwise without a row of coverage, and without what `lose` takes away with it: policy, resource, and a sentence.
fn losing_looks(
    set: &PolicySet,
    lose: impl Fn(&mut crate::model::Inventory, &crate::model::Coverage),
) -> Vec<(usize, String, crate::result::Outcome, String)> {
    let (inventory, config) = demo();
    let now = inventory.collected_at;
    let linked = |mut inventory: crate::model::Inventory| -> BTreeMap<(String, usize), crate::result::Outcome> {
        crate::link::link(&mut inventory, &config, now);
        let found = outcomes(set, &inventory.resources);
        found.into_iter().map(|((at, policy), it)| ((inventory.resources[at].id.clone(), policy), it)).collect()
    };
    let known = linked(inventory.clone());
    let mut others = Vec::new();
    for lost in 0..inventory.coverage.len() {
        let mut less = inventory.clone();
        let row = less.coverage.remove(lost);
        lose(&mut less, &row);
        for (at, outcome) in linked(less) {
            let was = known[&at];
            if outcome != was && outcome != crate::result::Outcome::Unknown {
                let place = format!("{} in {} {}", row.service, row.account, row.region);
                let (resource, policy) = at;
                let id = set.policies[policy].id();
                let said = format!("{id} of {resource}: {was:?} became {outcome:?} without {place}");
                others.push((policy, resource, outcome, said));
            }
        }
    }
    others
}

/// The same of what was not looked at: without a row of coverage no verdict turns into another, only into unknown.
#[test]
fn losing_a_look_never_turns_a_verdict_into_another() {
    assert_eq!(losing_looks(&built_in(), |_, _| {}), []);
}

/// What a list holds, with one item less: the search for the rest was not complete.
fn shortened(resource: &crate::model::Resource, path: &str) -> Vec<crate::model::Resource> {
    let mut in_part = resource.clone();
    in_part.mark_unknown(path, "forgotten");
    let whole = serde_json::to_value(&in_part).unwrap();
    let pointer = format!("/{}", path.replace('.', "/"));
    let items = whole.pointer(&pointer).and_then(Json::as_array).map_or(0, Vec::len);
    let without = |item: usize| {
        let mut whole = whole.clone();
        whole.pointer_mut(&pointer).and_then(Json::as_array_mut).unwrap().remove(item);
        serde_json::from_value(whole).unwrap()
    };
    (0..items).map(without).collect()
}

/// The question does not arise of what was found, and another policy answers for what was not: `arises` says so.
fn is_left_to_another(set: &PolicySet, policy: usize, outcome: crate::result::Outcome) -> bool {
    let text = &set.policies[policy].source.text;
    outcome == crate::result::Outcome::NotApplicable && text.contains("\narises if")
}

/// The same of an item of a list that was not found.
#[test]
fn losing_an_item_of_a_list_never_turns_a_verdict_into_another() {
    let set = built_in();
    let (mut inventory, config) = demo();
    let now = inventory.collected_at;
    crate::link::link(&mut inventory, &config, now);
    let known = outcomes(&set, &inventory.resources);
    let (mut changed, mut from) = (Vec::new(), Vec::new());
    let facts: Vec<&String> =
        Schema::of_resource().nodes.iter().filter(|node| node.fact).map(|node| &node.path).collect();
    for (at, resource) in inventory.resources.iter().enumerate() {
        for path in &facts {
            let shorter = shortened(resource, path);
            from.extend(std::iter::repeat_n((at, *path), shorter.len()));
            changed.extend(shorter);
        }
    }
    let mut others = BTreeSet::new();
    for ((at, policy), outcome) in outcomes(&set, &changed) {
        let (was_at, path) = from[at];
        let was = known[&(was_at, policy)];
        if outcome != was && outcome != crate::result::Outcome::Unknown && !is_left_to_another(&set, policy, outcome) {
            let (id, name) = (set.policies[policy].id(), &changed[at].name);
            others.insert(format!("{id} of {name}: {was:?} became {outcome:?} without an item of {path}"));
        }
    }
    assert_eq!(others, BTreeSet::new());
    assert!(changed.len() > 300, "only {} lists were tried", changed.len());
}

/// What was not looked at is not there either, in a real collection. One exception: where nobody saw the copy, nobody knows
/// of its key, and that of the provider is in the recovery place in any case.
#[test]
fn losing_what_a_look_would_find_never_turns_a_verdict_into_another() {
    let set = built_in();
    let mut others = losing_looks(&set, |less, row| {
        less.resources.retain(|it| {
            it.kind.info().service != row.service
                || it.account().unwrap_or_default() != row.account
                || it.region().unwrap_or_default() != row.region
        });
    });
    others.retain(|(policy, resource, outcome, _)| {
        let is_by_another_key = set.policies[*policy].id() == "key-missing-in-recovery-region"
            && resource == "arn:aws:rds:us-east-1:444455556666:db:reports-db";
        !is_by_another_key && !is_left_to_another(&set, *policy, *outcome)
    });
    assert_eq!(others, []);
}
