//! The requirements of frameworks as a table, as far as the limits allow.

use serde::Serialize;

use super::limits::Limits;
use crate::report::requirements::{all_evidence, not_seen, open, outcomes, title, verdicts};
use crate::result::{FrameworkReport, Outcome, Report, RequirementOutcome, RequirementReport};
use crate::text::thousands;

#[derive(Serialize)]
pub(super) struct Framework {
    title: String,
    outcomes: String,
    meanings: Vec<String>,
    rows: Vec<Row>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    outcome: &'static str,
    coverage: String,
    verdicts: String,
    notes: Vec<String>,
}

impl Framework {
    pub(super) fn new(report: &Report, framework: &FrameworkReport, limits: &Limits) -> Self {
        // What is for a person says no more than its title, and goes first where there is no room.
        let is_told = |one: &&RequirementReport| limits.code || one.outcome != RequirementOutcome::Manual;
        let told = framework.requirements.iter().filter(is_told).take(limits.groups);
        let rows: Vec<_> = told.map(|requirement| Row::new(report, requirement, limits)).collect();
        let left_out = framework.requirements.len() - rows.len();
        let used = framework.outcomes();
        Self {
            title: format!("{}: {}", framework.id, title(framework)),
            outcomes: outcomes(framework),
            meanings: used.keys().map(|outcome| format!("{}: {}", outcome.word(), outcome.meaning())).collect(),
            more: (left_out > 0).then(|| thousands(left_out)),
            rows,
        }
    }
}

impl Row {
    fn new(report: &Report, requirement: &RequirementReport, limits: &Limits) -> Self {
        let mut notes = all_evidence(requirement, report.generated_at);
        if limits.rows > 1 {
            notes.extend(policies(report, requirement));
            notes.extend(not_seen(requirement).map(|text| format!("not seen: {text}")));
            notes.extend(open(requirement));
        }
        if limits.code && !requirement.rest.is_empty() {
            notes.push(format!("by hand: {}", requirement.rest));
        }
        Self {
            id: requirement.id.clone(),
            title: requirement.title.clone(),
            outcome: requirement.outcome.word(),
            coverage: requirement.coverage.word().to_owned(),
            verdicts: verdicts(requirement),
            notes,
        }
    }
}

/// The policies that keep it from passing, by outcome.
fn policies(report: &Report, requirement: &RequirementReport) -> Vec<String> {
    let of = |outcome: Outcome| {
        let mut ids: Vec<_> = report
            .verdicts
            .iter()
            .filter(|finding| finding.outcome == outcome && requirement.policies.contains(&finding.policy))
            .map(|finding| report.policy(finding).id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then(|| format!("{}: {}", outcome.word(), ids.join(", ")))
    };
    [Outcome::Fail, Outcome::Unknown, Outcome::Error, Outcome::Waived].into_iter().filter_map(of).collect()
}
