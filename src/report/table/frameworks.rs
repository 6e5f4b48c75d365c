//! The report by requirement: how the estate stands by each, what that rests on, and what is left for a person.

use crate::report::page::Page;
use crate::report::requirements::{Listed, evidence, not_seen, open, said, title, unknown, verdicts, word};
use crate::result::{ChangeStatus, FrameworkReport, Outcome, Report, RequirementOutcome, RequirementReport};
use crate::text::{count, thousands};

/// As wide as `observed` and two blanks.
const LABEL: usize = 10;

pub(super) fn write(page: &mut Page, report: &Report) {
    let listed = Listed::of(report);
    for framework in &report.frameworks {
        heading(page, framework);
        let mut was_short = false;
        for requirement in &framework.requirements {
            let is_short = requirement.policies.is_empty() && requirement.left_out == 0;
            if !(is_short && was_short) {
                page.blank();
            }
            was_short = is_short;
            page.row(word(requirement.outcome), None, &format!("{}  {}", requirement.id, requirement.title));
            if !is_short {
                details(page, report, &listed, requirement);
            }
        }
    }
    page.blank();
    page.wrapped("", "", "every finding in full, with its fix: the same command without --framework");
}

/// A line a requirement.
pub(super) fn compact(page: &mut Page, report: &Report) {
    for framework in &report.frameworks {
        for requirement in &framework.requirements {
            let numbers = verdicts(requirement);
            let numbers = if numbers.is_empty() { numbers } else { format!(": {numbers}") };
            let text = format!("{}  {}  {}{numbers}", framework.id, requirement.id, requirement.title);
            page.row(word(requirement.outcome), None, &text);
        }
    }
}

/// What it is, and how many requirements have which outcome, with what that means.
fn heading(page: &mut Page, framework: &FrameworkReport) {
    page.blank();
    page.wrapped("", "  ", &format!("{}: {}", framework.id, title(framework)));
    for url in &framework.urls {
        // A part of an address is of no use; the other formats have all of them.
        if page.fits(url) {
            page.wrapped("", "", url);
        }
    }
    page.blank();
    page.entry("", &count(framework.requirements.len(), "requirement"));
    for (outcome, number) in framework.outcomes() {
        let first = format!("{:>8}  {:<LABEL$}", thousands(number), word(outcome));
        page.wrapped(&first, &" ".repeat(2 * LABEL), outcome.meaning());
    }
}

fn details(page: &mut Page, report: &Report, listed: &Listed<'_>, requirement: &RequirementReport) {
    let mut labelled = |label: &str, text: &str| {
        page.wrapped(&format!("{:LABEL$}{label:<LABEL$}", ""), &" ".repeat(2 * LABEL), text);
    };
    labelled("coverage", requirement.coverage.word());
    let numbers = verdicts(requirement);
    labelled("verdicts", if numbers.is_empty() { "none" } else { &numbers });
    for share in &requirement.evidence {
        labelled(share.kind.word(), &evidence(share, report.generated_at));
    }
    let mut not_known = Vec::new();
    for (outcome, group) in listed.for_requirement(requirement) {
        match outcome {
            Outcome::Unknown => not_known.push(group),
            Outcome::NotApplicable => labelled("n/a", &said(outcome, group)),
            Outcome::Pass if group.status == Some(ChangeStatus::Fixed) => labelled("fixed", &said(outcome, group)),
            outcome => labelled(outcome.word(), &said(outcome, group)),
        }
    }
    if !not_known.is_empty() {
        let (policies, reasons) = unknown(&not_known);
        labelled("unknown", &policies);
        reasons.iter().for_each(|reasons| labelled("because", reasons));
    }
    not_seen(requirement).iter().for_each(|text| labelled("not seen", text));
    open(requirement).iter().for_each(|text| labelled("open", text));
    if requirement.outcome != RequirementOutcome::NotApplicable {
        labelled("by hand", &requirement.rest);
    }
}
