//! The first line: go, no go, or cannot tell; and what to do so that it can be told.

use std::collections::BTreeSet;

use super::loss::is_more;
use super::view::View;
use crate::model::{Coverage, CoverageStatus, Severity};
use crate::result::{AnswerKind, Data, Decision, Outcome, Problem, Report, Step, StepState};
use crate::text::count;

pub(super) fn decide(
    view: &View<'_>,
    report: &Report,
    (blockers, risks): (&[Problem], &[Problem]),
    steps: &[Step],
    data: &Data,
) -> (Decision, String) {
    let place = if view.to.is_empty() { String::new() } else { format!(" in {}", view.to) };
    let about = format!("{}{place}", view.application);
    if !blockers.is_empty() {
        let stopped = steps.iter().filter(|step| step.state == StepState::Blocked || !step.behind.is_empty()).count();
        let behind = match stopped {
            0 => String::new(),
            stopped => format!("; stopped: {stopped} of {}", count(steps.len(), "step")),
        };
        let waived = match blockers.iter().filter(|problem| problem.waived_by.is_some()).count() {
            0 => String::new(),
            waived => format!(" ({waived} waived)"),
        };
        let blockers = count(blockers.len(), "blocker");
        return (Decision::NoGo, format!("NO-GO for {about}: {blockers}{waived}{behind}"));
    }
    let cannot = |why: &str| (Decision::CannotTell, format!("CANNOT TELL for {about}: {why}"));
    if steps.is_empty() {
        return cannot(match view.to.is_empty() {
            true => "no recovery region is configured for anything of it",
            false => "nothing of it is to come back",
        });
    }
    if report.answer.kind != AnswerKind::Recoverable {
        let sentence = &report.answer.sentence;
        return cannot(sentence.split_once(": ").map_or(sentence.as_str(), |(_, why)| why));
    }
    let unknown = steps.iter().filter(|step| step.state == StepState::Unknown).count();
    if unknown > 0 {
        return cannot(&format!("no blocker was found, but how {} can be made cannot be told", count(unknown, "step")));
    }
    let allowed = data.objective_seconds;
    let counted = || data.resources.iter().filter(|row| !row.disposable);
    let open = counted().filter(|row| {
        allowed.map_or_else(|| is_more(&row.floor, u64::MAX) != Some(false), |it| is_more(&row.floor, it).is_none())
    });
    match open.count() {
        0 => {}
        open => {
            let open = count(open, "resource");
            let whether = if allowed.is_some() {
                "is not known"
            } else {
                "nothing bounds, and no objective says how much may be"
            };
            return cannot(&format!("no blocker was found, but how much of {open} is lost {whether}"));
        }
    }
    let todo = steps.iter().filter(|step| step.state != StepState::Ready).count();
    let missing = steps.iter().filter(|step| step.state == StepState::Missing).count();
    let todo = match (todo, missing) {
        (0, _) => format!("all of {} are ready", count(steps.len(), "step")),
        (todo, 0) => format!("something is to be done for {todo} of {}", count(steps.len(), "step")),
        (todo, missing) => {
            format!("something is to be done for {todo} of {}, for {missing} by hand", count(steps.len(), "step"))
        }
    };
    let risks =
        risks.iter().filter(|problem| problem.outcome == Outcome::Fail && problem.severity >= Severity::High).count();
    let risks = if risks > 0 { format!("; {} of high severity or above", count(risks, "risk")) } else { String::new() };
    (Decision::Go, format!("GO for {about}: no blocker, {todo}{risks}"))
}

/// What to grant or to run, in words.
pub(super) fn to_do(view: &View<'_>, report: &Report) -> Vec<String> {
    let places: BTreeSet<(&str, &str)> = view
        .members
        .iter()
        .flat_map(|at| {
            let resource = view.resource(*at);
            let account = resource.account().unwrap_or_default();
            let joined = resource.joined.as_ref();
            let there = joined.and_then(|joined| joined.recovery_account.text()).unwrap_or(account);
            [(account, resource.region().unwrap_or_default()), (there, view.to), (account, ""), (there, "")]
        })
        .collect();
    let is_near = |row: &&Coverage| {
        let account = places.iter().any(|(account, _)| *account == row.account);
        row.account.is_empty()
            || (account && row.region.is_empty())
            || places.contains(&(row.account.as_str(), row.region.as_str()))
    };
    let gaps = report.coverage.iter().filter(|row| row.status != CoverageStatus::Complete && !row.is_not_needed());
    let told: BTreeSet<String> = gaps.filter(is_near).map(what_to_do).collect();
    let mut told: Vec<String> = told.into_iter().collect();
    if report.sources.iter().all(|source| source.starts_with("terraform")) {
        told.insert(0, format!("look at what runs: seaworthy ready {} without --estate", view.application));
    }
    told
}

fn what_to_do(row: &Coverage) -> String {
    match (row.status, &row.action) {
        (CoverageStatus::Denied | CoverageStatus::Partial, Some(action)) => {
            format!("grant {action}: {}", row.sentence())
        }
        (CoverageStatus::Failed, _) => format!("collect again: {}", row.sentence()),
        _ => format!("look: {}", row.sentence()),
    }
}
