//! What a change takes away of what each policy wants, and which policy tells it: `reports/changes.csv`, written by hand. A
//! case names a plan of `fixtures/plans/taken-away` and an address in it: the plan is judged, and each policy of the row
//! has to find there what it did not find before.

mod by_hand;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use seaworthy::policy::{PolicySet, Source};
use serde::Deserialize;
use serde_json::Value;

use crate::tool::Tool;

/// A row of the table.
#[derive(Deserialize)]
struct Row {
    /// The policy that asks for it.
    policy: String,
    /// What a plan takes away.
    takes_away: String,
    /// Ids of the policies that tell it, with blanks between them.
    told: String,
    /// Plan and address, or empty.
    case: String,
    /// Why nothing tells it, or why there is no case.
    why: String,
}

/// The plans, by what cases call them.
fn plans() -> [(&'static str, String); 5] {
    [
        ("gone", include_str!("../../fixtures/plans/taken-away/plan.json").to_owned()),
        ("down", include_str!("../../fixtures/plans/taken-away/then/turned-down/plan.json").to_owned()),
        ("weaken", include_str!("../../fixtures/plans/weaken/plan.json").to_owned()),
        ("delete-replica", include_str!("../../fixtures/plans/delete-replica/plan.json").to_owned()),
        ("by-hand", by_hand::plan()),
    ]
}

const CONFIG: &str = include_str!("../../fixtures/plans/taken-away/seaworthy.yaml");

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/changes.csv");
    csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap()
}

/// What a plan introduces.
struct Introduced {
    /// Policy and address of every failure.
    failures: BTreeSet<(String, String)>,
    /// The same of what policies about changes do not know.
    doubts: BTreeSet<(String, String)>,
}

fn introduced(plan: &str) -> Introduced {
    let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("plan.json", plan);
    let done = tool.command("check plan.json -f json=out.json --show all").output().unwrap();
    let report = std::fs::read(tool.path().join("out.json"));
    let report = report.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)));
    let report: Value = serde_json::from_slice(&report).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let verdicts = report["verdicts"].as_array().unwrap();
    let of = |verdict: &str| {
        let new = verdicts.iter().filter(|it| it["verdict"] == verdict && it["change"]["status"] == "introduced");
        new.map(|it| (text(&it["policy"]), text(&it["resource"]["address"]))).collect()
    };
    Introduced { failures: of("fail"), doubts: of("unknown") }
}

#[test]
fn what_a_plan_takes_away_of_what_a_policy_wants_is_told_or_there_is_a_reason() {
    let set = PolicySet::from_sources(Source::built_in()).unwrap_or_else(|error| panic!("{error}"));
    let areas: BTreeMap<&str, &str> = set.policies().iter().map(|policy| (policy.id(), policy.area())).collect();
    let found: BTreeMap<&str, Introduced> = plans().into_iter().map(|(name, plan)| (name, introduced(&plan))).collect();
    let (mut wrong, mut with_row) = (Vec::new(), BTreeSet::new());
    // What a plan takes away stands in its state, so that nothing about it is unknown.
    for (plan, (id, address)) in found.iter().flat_map(|(plan, it)| it.doubts.iter().map(move |one| (plan, one))) {
        if areas.get(id.as_str()) == Some(&"change") {
            wrong.push(format!("{id} does not know at {plan}:{address}"));
        }
    }
    let rows = rows();
    for Row { policy, takes_away, told, case, why } in &rows {
        with_row.insert(policy.as_str());
        if areas.get(policy.as_str()).is_none_or(|area| *area == "change") {
            wrong.push(format!("{policy}: no policy that judges what is there"));
        }
        let told: Vec<&str> = told.split_whitespace().collect();
        wrong
            .extend(told.iter().filter(|id| !areas.contains_key(**id)).map(|id| format!("{policy}: no policy '{id}'")));
        if (told.is_empty() || case.is_empty()) && why.is_empty() {
            wrong.push(format!("{policy}: neither a case nor a reason: {takes_away}"));
        }
        let Some((plan, address)) = case.split_once(':') else { continue };
        let Some(found) = found.get(plan) else {
            wrong.push(format!("{policy}: no plan '{plan}'"));
            continue;
        };
        let is_told = |id: &&str| found.failures.contains(&((*id).to_owned(), address.to_owned()));
        wrong.extend(
            told.iter().filter(|id| !is_told(id)).map(|id| format!("{policy}: {id} does not tell it at {case}")),
        );
    }
    let standing = areas.iter().filter(|(_, area)| **area != "change").map(|(id, _)| *id);
    wrong.extend(standing.filter(|id| !with_row.contains(id)).map(|id| format!("{id}: no row in reports/changes.csv")));
    // A policy about changes that no row names is there for something that no other policy wants.
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| row.told.split_whitespace()).collect();
    let about_changes = areas.iter().filter(|(_, area)| **area == "change").map(|(id, _)| *id);
    wrong.extend(about_changes.filter(|id| !named.contains(id)).map(|id| format!("{id}: no row names it")));
    assert_eq!(wrong, Vec::<String>::new());
}
