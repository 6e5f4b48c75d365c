//! The checks of an application, for people, for other tools and for build servers.

use std::io;
use std::time::Duration;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;

use super::page::Page;
use super::reporter::Render;
use crate::model::Severity;
use crate::result::{CheckOutcome, CheckPlan, CheckResult, Verified, VerifiedAnswer};
use crate::text::{clean, count, duration};

/// The version of the document. It goes up when a reader of the version before would read it wrongly.
const VERSION: u32 = 1;

/// Writes it for people, escaped for the terminal.
pub fn table(verified: &Verified, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page::new(how);
    let severity = match verified.answer {
        VerifiedAnswer::Failed => Some(Severity::Critical),
        VerifiedAnswer::CannotTell => Some(Severity::Medium),
        VerifiedAnswer::Verified => None,
    };
    page.colored_text(verified.answer.word(), severity, &verified.sentence);
    if !how.quiet {
        page.blank();
        verified.checks.iter().for_each(|check| listed(&mut page, check));
    }
    out.write_all(page.text().as_bytes())
}

fn listed(page: &mut Page, check: &CheckResult) {
    let severity = match check.outcome {
        CheckOutcome::Failed => Some(Severity::Critical),
        CheckOutcome::Unknown => Some(Severity::Medium),
        CheckOutcome::Passed | CheckOutcome::Skipped => None,
    };
    page.row(check.outcome.word(), severity, &format!("{}: {}", check.name, check.seen));
    let tried = match check.tries {
        0 => String::new(),
        tries => format!("; {} in {:.1}s", tries_of(tries), check.seconds),
    };
    page.entry("", &format!("{} {}{tried}", check.kind, check.target));
}

fn tries_of(tries: u32) -> String {
    count(usize::try_from(tries).unwrap_or(usize::MAX), "try")
}

/// Writes what would be asked, for people.
pub fn plan(plan: &CheckPlan, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page::new(how);
    let place = plan.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let checks = count(plan.checks.len(), "check");
    page.wrapped("", "", &format!("{}{place}: {checks}; nothing was contacted", plan.application));
    page.blank();
    for check in &plan.checks {
        page.row(check.kind, None, &format!("{}: {}", check.name, check.target));
        let mut about = format!("within {}", duration(check.within_seconds));
        if !check.actions.is_empty() {
            about.push_str(&format!("; needs {}", check.actions.join(", ")));
        }
        page.entry("", &about);
        if let Some(why) = &check.skipped {
            page.entry("", &format!("not asked: {why}"));
        }
    }
    out.write_all(page.text().as_bytes())
}

/// Writes what would be asked as one JSON document.
pub fn plan_json(plan: &CheckPlan, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, plan)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Written<'a> {
    /// It tells the file from others.
    seaworthy: &'static str,
    version: u32,
    #[serde(flatten)]
    verified: &'a Verified,
}

/// Writes one JSON document, with everything.
pub fn json(verified: &Verified, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Written { seaworthy: "verified", version: VERSION, verified })?;
    writeln!(out)
}

/// Writes JUnit XML: the application is a suite, and a check a case. What could not be made is an error.
pub fn junit(verified: &Verified, out: &mut dyn io::Write) -> io::Result<()> {
    let mut suite = TestSuite::new(clean(&verified.application).into_owned());
    for check in &verified.checks {
        let mut status = match check.outcome {
            CheckOutcome::Passed => TestCaseStatus::success(),
            CheckOutcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
            CheckOutcome::Unknown => TestCaseStatus::non_success(NonSuccessKind::Error),
            CheckOutcome::Skipped => TestCaseStatus::skipped(),
        };
        if check.outcome != CheckOutcome::Passed {
            status.set_message(clean(&check.seen));
        }
        if matches!(check.outcome, CheckOutcome::Failed | CheckOutcome::Unknown) {
            status.set_type(check.outcome.word());
            let target = clean(&check.target);
            status.set_description(format!("{} {target}: {}", check.kind, tries_of(check.tries)));
        }
        let mut case = TestCase::new(clean(&check.name).into_owned(), status);
        case.set_classname(check.kind.as_str());
        case.set_time(Duration::try_from_secs_f64(check.seconds).unwrap_or_default());
        suite.add_test_case(case);
    }
    let mut junit = quick_junit::Report::new("seaworthy");
    junit.add_test_suites([suite]);
    junit.serialize(out).map_err(io::Error::other)
}
