//! `table`: for people at a terminal, in a log, or with a screen reader. The answer first, then what to do, worst first;
//! then what could not be seen; then the numbers, and the gate at the end.
//!
//! Names, ids and places are never cut: what does not fit the width goes to its own line, or past the edge.

mod page;

use std::io;

use self::page::Page;
use super::group::{Group, gaps, groups, together};
use super::{ChangeStatus, Finding, NoticeLevel, Render, Report, Reporter, WaiverRef};
use crate::config::Severity;
use crate::text::{clean, count, first_sentence, thousands};
use crate::verdict::Outcome;

/// The `table` reporter.
pub(crate) struct Table;

/// A group lists so many of its resources, and says how many more there are.
const LISTED: usize = 20;

impl Reporter for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "for people: the answer, what to do, what was not seen, the numbers"
    }

    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut page = Page::new(how);
        if let Some(change) = &report.change {
            page.wrapped("", "", &change.sentence);
        }
        page.wrapped("", "", &report.answer.sentence);
        if !how.quiet {
            for outcome in Outcome::ALL {
                for group in groups(report, outcome) {
                    verdicts(&mut page, outcome, &group);
                }
            }
            page.list("not seen", &gaps(&report.coverage));
            for (level, word) in [(NoticeLevel::Warning, "warning"), (NoticeLevel::Note, "note")] {
                let texts: Vec<_> = report.notices.iter().filter(|notice| notice.level == level).collect();
                page.list(word, &texts.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>());
            }
            numbers(&mut page, report);
        }
        page.wrapped("", "", &report.gate.sentence);
        out.write_all(page.text().as_bytes())
    }
}

/// What one policy says: the resources, why it matters, and the fix.
fn verdicts(page: &mut Page, outcome: Outcome, group: &Group<'_>) {
    let fails = outcome == Outcome::Fail;
    let mut about = count(group.findings.len(), "resource");
    if group.findings.iter().any(|finding| finding.blocker) {
        about.push_str(", blocker");
    }
    match group.status {
        Some(ChangeStatus::Introduced) if fails => about.push_str(", introduced by this change"),
        Some(status) => about = format!("{about}, {}", status.word()),
        None => {}
    }
    let severity = (fails || outcome == Outcome::Unknown).then_some(group.severity);
    page.heading(outcome, severity, &group.policy.id, &about);

    let listed = group.findings.iter().copied().take(LISTED);
    for (notes, findings) in together(listed, |finding| notes(outcome, finding)) {
        page.columns(&findings.iter().map(|finding| place(finding)).collect::<Vec<_>>());
        for note in notes {
            page.wrapped("    ", "      ", &note);
        }
    }
    if let Some(more @ 1..) = group.findings.len().checked_sub(LISTED) {
        page.wrapped("  ", "  ", &format!("and {} more; the json format lists all", thousands(more)));
    }
    if fails {
        page.labelled("why", &first_sentence(&group.policy.description));
        page.labelled("fix", &group.policy.remediation.summary);
        page.labelled("more", &format!("seaworthy explain {}", group.policy.id));
    }
}

/// Columns that say which resource it is: name or address, kind, place, line of code.
fn place(finding: &Finding) -> Vec<String> {
    let resource = &finding.resource;
    let place = [&resource.account, &resource.region];
    let place =
        place.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect::<Vec<_>>().join(" · ");
    let mut columns = vec![
        clean(resource.address.as_deref().unwrap_or(&resource.name)).into_owned(),
        clean(&resource.kind).into_owned(),
        place,
        resource.applications.iter().map(|name| clean(name)).collect::<Vec<_>>().join(", "),
    ];
    columns.extend(resource.location.as_ref().map(|at| format!("{}:{}", clean(&at.file), at.line)));
    columns
}

/// What is said of a resource, below it.
fn notes(outcome: Outcome, finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    if matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Waived) {
        notes.push(finding.message.clone());
        notes.extend(evidence(finding));
    }
    notes.extend(finding.evidence.missing.iter().map(|missing| format!("{}: {}", missing.fact, missing.reason)));
    if outcome == Outcome::Unknown && notes.is_empty() {
        notes.push(finding.message.clone());
    }
    notes.extend(finding.waiver.as_ref().map(waiver));
    notes
}

/// `backup.retention_days is 0, required 7`, unless the message says it already.
fn evidence(finding: &Finding) -> Option<String> {
    let evidence = &finding.evidence;
    let word = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (fact, actual) = (evidence.fact.as_ref()?, word(evidence.actual.as_ref()?));
    let required = evidence.required.as_ref().map(word);
    if finding.message.contains(&actual) && required.as_ref().is_none_or(|required| finding.message.contains(required))
    {
        return None;
    }
    Some(match required {
        Some(required) => format!("{fact} is {actual}, required is {required}"),
        None => format!("{fact} is {actual}"),
    })
}

/// Who answers for it, until when, and why.
fn waiver(waiver: &WaiverRef) -> String {
    let WaiverRef { reason, owner, expires, from, .. } = waiver;
    let verb = if waiver.expired { "waiver expired on" } else { "waived until" };
    let ticket = waiver.ticket.as_ref().map(|ticket| format!(", {ticket}")).unwrap_or_default();
    let control =
        waiver.compensating_control.as_ref().map(|control| format!("; instead: {control}")).unwrap_or_default();
    format!("{verb} {expires} by {owner}{ticket} ({from}): {reason}{control}")
}

/// The counts, the applications, and the score by area.
fn numbers(page: &mut Page, report: &Report) {
    let summary = &report.summary;
    let outcomes = [Outcome::Pass, Outcome::Fail, Outcome::Unknown, Outcome::Waived, Outcome::Error];
    let number = |outcome| summary.outcomes.get(&outcome).copied().unwrap_or_default();
    let outcomes = outcomes
        .into_iter()
        .filter(|outcome| number(*outcome) > 0 || matches!(outcome, Outcome::Pass | Outcome::Fail | Outcome::Unknown))
        .map(|outcome| format!("{} {}", thousands(number(outcome)), outcome.word()))
        .collect::<Vec<_>>();
    let seen = [(summary.resources, "resource"), (summary.accounts, "account"), (summary.regions, "region")];
    let seen = seen.map(|(number, noun)| count(number, noun)).join(" · ");
    page.applications(&report.applications);
    if !summary.not_understood.is_empty() {
        let types = summary.not_understood.iter().map(|(name, number)| format!("{name} ({number})"));
        page.list("no rules", &[types.collect::<Vec<_>>().join(", ")]);
    }
    page.blank();
    page.side_by_side(&outcomes.join(" · "), &seen);
    if let Some(change) = &report.change {
        let findings = [(change.introduced, "introduced"), (change.fixed, "fixed"), (change.existing, "existing")];
        let findings = findings.map(|(number, word)| format!("{} {word}", thousands(number))).join(" · ");
        page.side_by_side(&findings, &actions(report));
    }
    let scores = summary.areas.iter().filter_map(|area| Some(format!("{} {}", area.area, area.score?)));
    page.side_by_side(&scores.collect::<Vec<_>>().join(" · "), "");
}

/// `plan: 2 create · 1 delete`.
fn actions(report: &Report) -> String {
    let actions = report.change.iter().flat_map(|change| &change.actions);
    let words = actions.map(|(action, number)| {
        let word = serde_json::to_value(action).ok().and_then(|word| word.as_str().map(str::to_owned));
        format!("{} {}", thousands(*number), word.unwrap_or_default())
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// Colour is for the severity's word only.
pub(crate) fn color(severity: Severity) -> anstyle::Style {
    use anstyle::AnsiColor::{Cyan, Red, Yellow};
    match severity {
        Severity::Critical => anstyle::Style::new().fg_color(Some(Red.into())).bold(),
        Severity::High => anstyle::Style::new().fg_color(Some(Red.into())),
        Severity::Medium => anstyle::Style::new().fg_color(Some(Yellow.into())),
        Severity::Low => anstyle::Style::new().fg_color(Some(Cyan.into())),
    }
}
