//! `table`: for people at a terminal, in a log, or with a screen reader. The answer first, then what is odd about the
//! configuration that it was judged by, because every verdict hangs on that; then what to do, worst first;
//! then what could not be seen; then the numbers, and the gate at the end.
//!
//! Names, ids and places are never cut: what does not fit the width goes to its own line, or past the edge.

mod compact;
mod frameworks;
mod parts;

use std::io;

use super::group::{Group, groups, together};
use super::page::Page;
use super::phrase;
use crate::model::Notice;
use crate::report::reporter::{Render, Reporter};
use crate::result::{ChangeStatus, Finding, Outcome, Report};
use crate::text::{clean, count, first_sentence, thousands};
use parts::{for_want_of_the_estate, in_one_line, is_old_question, outcome_word, unseen};

/// The `table` reporter.
pub(crate) struct Table;

/// From so many lines on, the first ones have left the screen when the last one is there.
const SCREEN: usize = 20;

/// A group of that outcome lists so many of its resources, and says how many more there are. What is unknown is so for
/// few reasons and many resources.
fn listed(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Fail | Outcome::Error | Outcome::Waived => 20,
        Outcome::Unknown | Outcome::Pass | Outcome::NotApplicable => 5,
    }
}

impl Reporter for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "for people: the answer, what to do, what was not seen, the numbers"
    }

    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut page = Page::new(how);
        if how.compact && !how.quiet {
            // Whoever reads a log reads its end.
            match report.frameworks.is_empty() {
                true => compact::write(&mut page, report),
                false => frameworks::compact(&mut page, report),
            }
            page.blank();
            answer(&mut page, report, false);
            page.wrapped("", "", &report.gate.sentence);
            return out.write_all(page.text().as_bytes());
        }
        answer(&mut page, report, false);
        if !how.quiet {
            notices(&mut page, &report.configuration);
            match report.frameworks.is_empty() {
                true => by_policy(&mut page, report),
                false => frameworks::write(&mut page, report),
            }
            page.blank();
            for (at, (word, text)) in unseen(report).iter().enumerate() {
                page.entry(if at == 0 { word } else { "" }, text);
            }
            notices(&mut page, &report.notices);
            numbers(&mut page, report);
        }
        if page.lines() > SCREEN {
            page.blank();
            answer(&mut page, report, true);
        }
        page.wrapped("", "", &report.gate.sentence);
        out.write_all(page.text().as_bytes())
    }
}

/// The verdicts, a policy after the other.
fn by_policy(page: &mut Page, report: &Report) {
    for outcome in Outcome::ALL {
        let (old, mut told): (Vec<_>, Vec<_>) =
            groups(report, outcome).into_iter().partition(|group| is_old_question(report, outcome, group));
        let elsewhere = for_want_of_the_estate(&mut told);
        for group in told {
            verdicts(page, outcome, &group);
        }
        in_one_line(page, &elsewhere, "for want of the live estate (--against estate.ndjson.zst)");
        in_one_line(page, &old, "before the change, too");
    }
}

/// What a change does, and the answer. What each plan does is said once only.
fn answer(page: &mut Page, report: &Report, is_again: bool) {
    if let Some(change) = &report.change {
        page.wrapped("", "", &change.sentence);
        if !is_again {
            phrase::plans(change).iter().for_each(|line| page.wrapped("  ", "    ", line));
        }
    }
    page.wrapped("", "", &report.answer.sentence);
}

/// What one policy says: the resources, why it matters, and the fix.
fn verdicts(page: &mut Page, outcome: Outcome, group: &Group<'_>) {
    let fails = outcome == Outcome::Fail;
    let mut about = vec![count(group.findings.len(), "resource")];
    if outcome == Outcome::Unknown {
        about.push(group.severity.word().to_owned());
    }
    if fails && group.is_blocker() {
        about.push("blocker".to_owned());
    }
    let fixed = group.status == Some(ChangeStatus::Fixed);
    let status = match group.status {
        Some(_) if group.lost => Some("passed before"),
        // As the numbers of the change call it: only what fails is introduced.
        Some(ChangeStatus::Introduced) if outcome == Outcome::Unknown => Some("newly unknown"),
        status => status.filter(|_| !fixed).map(ChangeStatus::word),
    };
    about.extend(status.map(str::to_owned));
    page.heading(outcome_word(outcome, group), fails.then_some(group.severity), &group.policy.id, &about.join(", "));

    let most = listed(outcome);
    for (notes, findings) in
        together(group.findings.iter().copied().take(most), |finding| notes(outcome, group, finding))
    {
        page.columns(&findings.iter().map(|finding| place(finding)).collect::<Vec<_>>());
        for note in notes {
            page.wrapped("    ", "      ", &note);
        }
    }
    if let Some(more @ 1..) = group.findings.len().checked_sub(most) {
        page.wrapped("  ", "  ", &format!("and {} more; the json format lists all", thousands(more)));
    }
    if fails {
        page.labelled("why", &first_sentence(&group.policy.description));
        if let Some(fix) = group.fix_said_once() {
            page.labelled("fix", fix);
        }
        // Of one that was written for another tool there is nothing more to say.
        if !group.policy.description.is_empty() {
            page.labelled("more", &format!("seaworthy explain {}", group.policy.id));
        }
    }
}

/// Columns that say which resource it is: name or address, line of code, kind, place, applications.
fn place(finding: &Finding) -> Vec<String> {
    let resource = &finding.resource;
    let applications = resource.applications.iter().map(|name| clean(name)).collect::<Vec<_>>().join(", ");
    vec![
        phrase::name(resource).into_owned(),
        finding.location.as_deref().map(|at| format!("{}:{}", clean(&at.file), at.line)).unwrap_or_default(),
        clean(&resource.kind).into_owned(),
        phrase::place(resource),
        if applications.is_empty() { applications } else { format!("in {applications}") },
    ]
}

/// What is said of a resource, below it.
fn notes(outcome: Outcome, group: &Group<'_>, finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    if matches!(outcome, Outcome::Fail | Outcome::Error | Outcome::Waived) {
        notes.push(finding.message.clone());
        notes.extend(phrase::evidence(finding));
    }
    if outcome == Outcome::Fail {
        notes.extend(group.own_fix(finding));
        notes.extend(phrase::behind(finding));
    }
    notes.extend(phrase::needs(finding));
    if notes.is_empty() {
        notes.push(finding.message.clone());
    }
    notes.extend(finding.waiver.as_deref().map(phrase::waiver));
    notes
}

fn notices(page: &mut Page, notices: &[Notice]) {
    page.blank();
    for notice in notices {
        page.entry(notice.level.word(), &notice.text);
    }
}

/// The applications, the counts, and the score by area.
fn numbers(page: &mut Page, report: &Report) {
    let summary = &report.summary;
    page.applications(&report.applications);
    page.blank();
    let outcomes = [Outcome::Pass, Outcome::Fail, Outcome::Unknown, Outcome::Waived, Outcome::Error];
    let outcomes = outcomes.map(|outcome| (summary.outcomes.get(&outcome).copied().unwrap_or_default(), outcome));
    let always = [Outcome::Pass, Outcome::Fail, Outcome::Unknown];
    let outcomes = outcomes.iter().filter(|(number, outcome)| *number > 0 || always.contains(outcome));
    page.list("verdicts", &numbered(outcomes.map(|(number, outcome)| (*number, outcome.word()))));
    phrase::declared(report).iter().for_each(|text| page.entry("declared", text));
    phrase::attested(report).iter().for_each(|text| page.entry("attested", text));
    phrase::for_the_running(report).iter().for_each(|text| page.entry("not asked", text));
    let seen = [(summary.resources, "resource"), (summary.accounts, "account"), (summary.regions, "region")];
    page.list("seen", &seen.map(|(number, noun)| count(number, noun)).join(" · "));
    if let Some(change) = &report.change {
        page.list("change", &phrase::changed(change));
        page.list("plan", &phrase::planned(change));
    }
    let scores = summary.areas.iter().filter_map(|area| {
        let score = area.score.map_or_else(|| "none".to_owned(), |score| score.to_string());
        let share = match area.decided? {
            100 => String::new(),
            decided => format!(" ({decided}% decided)"),
        };
        Some(format!("{} {score}{share}", area.area))
    });
    page.list("score", &scores.collect::<Vec<_>>().join(" · "));
}

/// `3 create · 1 delete`.
fn numbered<'a>(numbers: impl IntoIterator<Item = (usize, &'a str)>) -> String {
    numbers.into_iter().map(|(number, word)| format!("{} {word}", thousands(number))).collect::<Vec<_>>().join(" · ")
}
