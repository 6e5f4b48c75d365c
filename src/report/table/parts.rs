//! What the table and its short form have in common.

use super::super::group::{Group, gaps};
use super::super::phrase;
use crate::model::GateScope;
use crate::report::page::Page;
use crate::result::{ChangeStatus, Finding, Outcome, Report};
use crate::text::count;

/// What could not be told before the change either is not what the reader of a change asks.
pub(super) fn is_old_question(report: &Report, outcome: Outcome, group: &Group<'_>) -> bool {
    let only_introduced = report.gate.scope == GateScope::Introduced;
    outcome == Outcome::Unknown && only_introduced && group.status == Some(ChangeStatus::Existing)
}

/// Takes out what is unknown only because the rest of the estate was not given: it has one cause, and is told once.
pub(super) fn for_want_of_the_estate<'r>(groups: &mut Vec<Group<'r>>) -> Vec<Group<'r>> {
    let mut taken = Vec::new();
    for group in groups.iter_mut() {
        // What passed before the change is a loss, whatever the cause.
        let is_one = |finding: &&Finding| {
            finding.outcome == Outcome::Unknown && !finding.is_lost() && phrase::wants_the_estate(finding)
        };
        let (elsewhere, rest) = std::mem::take(&mut group.findings).into_iter().partition(is_one);
        group.findings = rest;
        taken.push(Group { findings: elsewhere, ..*group });
    }
    groups.retain(|group| !group.findings.is_empty());
    taken.retain(|group| !group.findings.is_empty());
    taken
}

/// One line for verdicts that are unknown for one cause.
pub(super) fn in_one_line(page: &mut Page, groups: &[Group<'_>], why: &str) {
    if groups.is_empty() {
        return;
    }
    let number: usize = groups.iter().map(|group| group.findings.len()).sum();
    let policies: Vec<_> =
        groups.iter().map(|group| format!("{} ({})", group.policy.id, group.findings.len())).collect();
    page.blank();
    page.entry("unknown", &format!("{} {why}: {}", count(number, "verdict"), policies.join(", ")));
}

/// The word in front of a group.
pub(super) fn outcome_word(outcome: Outcome, group: &Group<'_>) -> &'static str {
    match (outcome, group.status) {
        (Outcome::Fail, _) => group.severity.word(),
        (Outcome::Pass, Some(status @ ChangeStatus::Fixed)) => status.word(),
        (Outcome::NotApplicable, _) => "n/a",
        _ => outcome.word(),
    }
}

/// What could not be seen, and what was seen and is not understood.
pub(super) fn unseen(report: &Report) -> Vec<(&'static str, String)> {
    let mut texts = gaps(&report.coverage);
    let types = &report.summary.not_understood;
    if !types.is_empty() {
        let mut most: Vec<_> = types.iter().collect();
        most.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
        let mut named: Vec<_> = most.iter().take(10).map(|(name, number)| format!("{name} ({number})")).collect();
        if let Some(more @ 1..) = most.len().checked_sub(10) {
            named.push(format!("and {}", count(more, "more type")));
        }
        let number = count(types.values().sum(), "resource");
        texts.push(format!("{number} of types that the model does not have: {}", named.join(", ")));
    }
    texts.into_iter().map(|text| ("not seen", text)).collect()
}
