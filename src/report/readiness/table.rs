//! For people at a terminal: the answer first, then what stands in the way, then the order of the recovery.

use std::io;

use unicode_width::UnicodeWidthStr as _;

use super::words;
use crate::model::Severity;
use crate::report::columns::columns;
use crate::report::page::Page;
use crate::report::reporter::Render;
use crate::result::{Decision, Problem, Readiness, Step, StepState};
use crate::text::{clean, count, thousands};

/// So many risks and open questions are listed.
const LISTED: usize = 15;

pub(super) fn write(found: &[Readiness], how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
    for (at, ready) in found.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let mut page = Page::new(how);
        if how.quiet {
            answer(&mut page, ready);
        } else {
            whole(&mut page, ready, how);
        }
        out.write_all(page.text().as_bytes())?;
    }
    Ok(())
}

fn answer(page: &mut Page, ready: &Readiness) {
    let severity = match ready.decision {
        Decision::NoGo => Some(Severity::Critical),
        Decision::CannotTell => Some(Severity::Medium),
        Decision::Go => None,
    };
    page.colored_text(ready.decision.word(), severity, &ready.sentence);
}

fn whole(page: &mut Page, ready: &Readiness, how: &Render) {
    answer(page, ready);
    if let Some(since) = words::since(ready) {
        page.wrapped("", "", &since);
    }
    page.blank();
    page.entry("from", &ready.from.join(", "));
    page.entry("pattern", &words::pattern(ready));
    page.entry("RPO", &words::rpo(ready));
    page.entry("RTO", &words::rto(ready));
    page.entry("evidence", &format!("verdicts that pass: {}", words::evidence(&ready.evidence)));
    problems(page, "BLOCKERS, those with the most behind them first", &ready.blockers, usize::MAX, ready);
    sequence(page, ready);
    data(page, ready, how);
    problems(page, "RISKS", &ready.risks, LISTED, ready);
    problems(page, "OPEN QUESTIONS", &ready.unknowns, LISTED, ready);
    if !ready.to_do.is_empty() {
        page.title("TO FIND OUT MORE");
        ready.to_do.iter().for_each(|text| page.wrapped("  ", "    ", text));
    }
    if !ready.left_out.is_empty() {
        page.title("LEFT OUT");
        for left in ready.left_out.iter().take(LISTED) {
            page.wrapped("  ", "    ", &format!("{} {}: {}", left.resource.title, left.resource.name, left.why));
        }
        more(page, ready.left_out.len(), LISTED);
    }
    if !ready.notices.is_empty() {
        page.title("NOTES");
        ready.notices.iter().for_each(|text| page.wrapped("  ", "    ", text));
    }
}

fn problems(page: &mut Page, title: &str, problems: &[Problem], most: usize, ready: &Readiness) {
    if problems.is_empty() {
        return;
    }
    page.title(title);
    for problem in problems.iter().take(most) {
        let name = problem.resource.as_ref().map_or(ready.application.as_str(), |resource| &resource.name);
        let step = problem.step.map(|step| format!(" (step {step})")).unwrap_or_default();
        page.row(problem.severity.word(), Some(problem.severity), &format!("{name}{step}: {}", problem.message));
        let behind = match problem.behind.len() {
            0 => String::new(),
            steps => format!("{} behind it; ", count(steps, "step")),
        };
        let waived = problem.waived_by.as_ref().map(|owner| format!("; waived by {owner}")).unwrap_or_default();
        page.entry("", &format!("{}; {behind}wanted: {}{waived}", problem.id, problem.fix));
    }
    more(page, problems.len(), most);
}

fn more(page: &mut Page, count: usize, most: usize) {
    if let Some(more) = count.checked_sub(most).filter(|more| *more > 0) {
        page.wrapped("  ", "    ", &format!("and {} more: -f json has all of them", thousands(more)));
    }
}

/// What is ready is told in one line a layer: there is a lot of it, and nothing to be done for it.
fn sequence(page: &mut Page, ready: &Readiness) {
    if ready.steps.is_empty() {
        return;
    }
    page.title("RECOVERY SEQUENCE");
    for layer in ready.steps.chunk_by(|one, other| one.layer == other.layer) {
        let Some(first) = layer.first() else { continue };
        page.wrapped("", "", &format!("layer {}", first.layer));
        let is_done = |step: &&Step| step.state == StepState::Ready && step.behind.is_empty();
        for step in layer.iter().filter(|step| !is_done(step)) {
            let state = step.state.word();
            let shared = if step.shared { ", shared" } else { "" };
            let about = format!("{} {}{shared}: {}", step.resource.title, step.resource.name, words::step(step));
            page.wrapped(&format!("{:>4}  {state:<11}", step.number), &" ".repeat(19), &about);
        }
        let done: Vec<&Step> = layer.iter().filter(is_done).collect();
        if !done.is_empty() {
            let names: Vec<&str> = done.iter().take(8).map(|step| step.resource.name.as_str()).collect();
            let rest = done.len() - names.len();
            let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            page.wrapped(&format!("{:>4}  ready      ", ""), &" ".repeat(19), &format!("{}{rest}", names.join(", ")));
        }
    }
}

fn data(page: &mut Page, ready: &Readiness, how: &Render) {
    if ready.data.resources.is_empty() {
        return;
    }
    page.title("DATA THAT IS LOST");
    let rows = || {
        ready.data.resources.iter().map(|row| {
            let by = row.mechanism.as_deref().unwrap_or(if row.disposable { "starts empty" } else { "-" });
            let [floor, now] = [&row.floor, &row.now].map(|loss| words::of_row(row, loss));
            [clean(&row.name).into_owned(), by.to_owned(), floor, now]
        })
    };
    let lines = columns(["resource", "by", "at best", "now"], rows(), 4);
    match lines.iter().all(|line| line.width() + 2 <= how.width) {
        true => lines.iter().for_each(|line| page.plain(&format!("  {line}"))),
        false => rows().for_each(|[name, by, floor, now]| {
            page.wrapped("  ", "    ", &format!("{name}: by {by}, {floor} at best, {now} now"));
        }),
    }
    for row in &ready.data.resources {
        if let Some(why) = words::why(row) {
            page.wrapped("  ", "    ", &format!("{}: {why}", row.name));
        }
    }
}
