//! How many questions a plan leaves open, and why: counted, so that it can only get better.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use serde_json::Value;

use crate::tool::Tool;

const PAIR: &str = "recovery:\n  - {from: us-east-1, to: us-west-2}\n";

/// As it is where one run has the whole estate, and its region.
const ALL_IN_CODE: &str = "estate: {all-in-code: true}\n";

/// Verdicts by outcome, questions that were left to the running estate, and the causes of what is unknown.
fn census(plans: &[PathBuf], configuration: &str, region: Option<&str>) -> String {
    census_over(plans, configuration, region, None)
}

fn census_over(plans: &[PathBuf], configuration: &str, region: Option<&str>, live: Option<&Path>) -> String {
    let tool = Tool::new().file("seaworthy.yaml", configuration);
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let mut causes: BTreeMap<(String, String), u64> = BTreeMap::new();
    for plan in plans {
        let mut command = tool.command("check -f json --show all --fail-on never");
        region.map(|region| command.env("AWS_REGION", region));
        live.map(|live| command.arg("--against").arg(live));
        let output = command.arg(plan).output().unwrap();
        // What is no plan at all is another test's.
        let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else { continue };
        for verdict in report["verdicts"].as_array().unwrap() {
            if verdict["change"]["status"] == "fixed" {
                continue;
            }
            let outcome = verdict["verdict"].as_str().unwrap();
            *outcomes.entry(outcome.to_owned()).or_default() += 1;
            if outcome == "unknown" {
                let missing = verdict["evidence"]["missing"].as_array().unwrap();
                let reason = missing[0]["reason"].as_str().unwrap().to_owned();
                *causes.entry((reason, verdict["policy"].as_str().unwrap().to_owned())).or_default() += 1;
            }
        }
        for (word, number) in [("not asked of code", "for_the_running"), ("passes that rest on code", "declared")] {
            *outcomes.entry(word.to_owned()).or_default() += report["summary"][number].as_u64().unwrap();
        }
    }
    let of = |word: &str| outcomes.get(word).copied().unwrap_or_default();
    let asked = of("pass") + of("fail") + of("unknown") + of("waived") + of("error");
    let share = of("unknown") * 1000 / asked.max(1);
    let mut text = format!("unknown: {}.{} % of {asked}\n\n", share / 10, share % 10);
    for (outcome, number) in &outcomes {
        text.push_str(&format!("{number:>5} {outcome}\n"));
    }
    text.push('\n');
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by(|(a, many), (b, other)| other.cmp(many).then_with(|| a.cmp(b)));
    for ((reason, policy), number) in causes {
        text.push_str(&format!("{number:>5} {policy}: {reason}\n"));
    }
    text
}

#[test]
fn the_plans_of_the_fixtures_leave_few_questions_open() {
    assert_snapshot!(census(&of_the_fixtures(), PAIR, None));
}

#[test]
fn the_plans_of_the_fixtures_leave_fewer_open_where_all_of_the_estate_is_in_code() {
    assert_snapshot!(census(&of_the_fixtures(), &format!("{PAIR}{ALL_IN_CODE}"), Some("us-east-1")));
}

/// What is planned and the estate are those of the same minute. The application has two regions; what is left is what the
/// emulator made up: an image that is not there, and types of machines that only the provider knows.
#[test]
fn a_plan_over_its_live_twin_leaves_next_to_nothing_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans/taken-away");
    let configuration = std::fs::read_to_string(folder.join("seaworthy.yaml")).unwrap();
    let over =
        |plan: &str| census_over(&[folder.join(plan)], &configuration, None, Some(&folder.join("estate.ndjson")));
    let unchanged = over("then/as-it-was/plan.json");
    let share: f64 = unchanged.split(' ').nth(1).unwrap().parse().unwrap();
    assert!(share < 3.0, "{unchanged}");
    let (gone, down) = (over("plan.json"), over("then/turned-down/plan.json"));
    assert_snapshot!(format!("AS IT WAS\n{unchanged}\nGONE\n{gone}\nTURNED DOWN\n{down}"));
}

fn of_the_fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans");
    let mut plans: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("plan.json")).collect();
    plans.retain(|plan| plan.is_file());
    plans.sort();
    plans
}

#[test]
fn the_plans_of_others_leave_few_questions_open() {
    let Some(plans) = of_others() else { return };
    assert_snapshot!(census(&plans, PAIR, None));
}

#[test]
fn the_plans_of_others_leave_fewer_open_where_all_of_the_estate_is_in_code() {
    let Some(plans) = of_others() else { return };
    assert_snapshot!(census(&plans, &format!("{PAIR}{ALL_IN_CODE}"), Some("us-east-1")));
}

fn of_others() -> Option<Vec<PathBuf>> {
    let corpus = crate::corpus::corpus()?;
    let mut plans = crate::corpus::files(&corpus.join("plans"));
    plans.retain(|plan| plan.extension().is_some_and(|extension| extension == "json"));
    Some(plans)
}
