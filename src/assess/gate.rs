//! The gate: does the run pass? One place for exit codes; the format of the output never changes them.

use std::collections::BTreeMap;

use super::Settings;
use crate::model::{Coverage, CoverageStatus, GateScope, Severity};
use crate::result::{ChangeStatus, Finding, Gate, GateStatus, Outcome, Summary};
use crate::text;

pub(super) fn gate(
    summary: &Summary,
    findings: &[Finding],
    coverage: &[Coverage],
    is_change: bool,
    settings: &Settings<'_>,
) -> Gate {
    let only_introduced = is_change && settings.scope == GateScope::Introduced;
    let counts = |finding: &&Finding| {
        !only_introduced || finding.change.as_ref().is_none_or(|change| change.status == ChangeStatus::Introduced)
    };
    let mut failed: BTreeMap<Severity, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.outcome == Outcome::Fail).filter(counts) {
        if settings.fail_on.severity().is_some_and(|least| finding.severity >= least) {
            *failed.entry(finding.severity).or_default() += 1;
        }
    }
    let outcome = |outcome| summary.outcomes.get(&outcome).copied().unwrap_or_default();
    let (errors, unknown) = (outcome(Outcome::Error), outcome(Outcome::Unknown));
    // Each plan or state sees only its own workspace. A verdict that depends on another one is unknown, and counts.
    let gaps = coverage.iter().filter(|row| row.status != CoverageStatus::Complete && !row.is_of_a_workspace());
    let gaps = gaps.filter(|row| !settings.narrowed.leaves_out(row)).count();
    let judged: usize = summary.outcomes.values().sum();
    let flag = format!("(--fail-on {})", settings.fail_on.word());
    let introduced = if only_introduced { " introduced" } else { "" };
    let (exit_code, what) = if let Some(trouble) = &settings.trouble {
        (2, trouble.clone())
    } else if errors > 0 {
        (2, format!("{} ended in an error", text::count(errors, "verdict")))
    } else if judged == 0 && !(settings.strict && gaps + settings.incomplete.len() > 0) {
        let what = if is_change {
            "the change touches nothing that a policy judges"
        } else {
            "nothing was found that a policy judges"
        };
        (3, what.to_owned())
    } else if !failed.is_empty() {
        let parts: Vec<_> =
            failed.iter().rev().map(|(severity, count)| format!("{count} {}", severity.word())).collect();
        (1, format!("{}{introduced} {flag}", text::list(&parts)))
    } else if let Some(trouble) = &settings.waiver_trouble {
        (1, trouble.clone())
    } else if settings.strict && unknown + gaps + settings.incomplete.len() > 0 {
        let open = settings.incomplete.len();
        let parts = [(unknown, "unknown verdict"), (gaps, "gap in coverage"), (open, "gap in the plan")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| {
                if noun.starts_with("gap") && count > 1 {
                    format!("{count} gaps{}", noun.trim_start_matches("gap"))
                } else {
                    text::count(count, noun)
                }
            })
            .collect::<Vec<_>>();
        (4, format!("evidence is incomplete: {} (--strict)", text::list(&parts)))
    } else {
        let least = settings.fail_on.severity().map(|least| match least {
            Severity::Critical => "nothing critical failed".to_owned(),
            other => format!("nothing of {} severity or above failed", other.word()),
        });
        (0, format!("{} {flag}", least.unwrap_or_else(|| "failures are reported only".to_owned())))
    };
    let status = GateStatus::of(exit_code);
    Gate {
        passed: status == GateStatus::Passed,
        status,
        exit_code,
        fail_on: settings.fail_on,
        strict: settings.strict,
        scope: settings.scope,
        sentence: format!("{}: {what}, exit {exit_code}", status.words()),
    }
}
