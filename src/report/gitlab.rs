//! `gitlab`: the code quality report of GitLab, for the merge request's widget and its diff.
//!
//! Only policies that fail are in it: GitLab has no word for what is waived or cannot be told. A resource without code
//! is pinned to the configuration, because GitLab drops what has no file. Which requirements a finding is about stands
//! behind its text; what such a requirement comes to, GitLab has no place for.

use std::io;

use serde::{Serialize, Serializer as _};

use super::phrase::{evidence, name, spot};
use super::requirements::answered;
use crate::model::Severity;
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, Outcome, Report};
use crate::text::clean;

/// The `gitlab` reporter.
pub(crate) struct GitLab;

/// One row of GitLab's report.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: LineRange,
}

#[derive(Serialize)]
struct LineRange {
    begin: u32,
}

impl Reporter for GitLab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn about(&self) -> &'static str {
        "the code quality report of GitLab merge requests"
    }

    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let failed = report.verdicts.iter().filter(|finding| finding.outcome == Outcome::Fail);
        let mut out = io::BufWriter::new(out);
        serde_json::Serializer::pretty(&mut out).collect_seq(failed.map(|finding| issue(report, finding, how)))?;
        io::Write::write_all(&mut out, b"\n")?;
        io::Write::flush(&mut out)
    }
}

fn issue<'a>(report: &'a Report, finding: &'a Finding, how: &Render) -> Issue<'a> {
    let spot = spot(finding, how);
    let more = evidence(finding).map(|evidence| format!(" ({evidence})")).unwrap_or_default();
    let answered = answered(report, finding).map(|text| format!(" [{text}]")).unwrap_or_default();
    Issue {
        description: format!("{}: {}", name(&finding.resource), clean(&format!("{}{more}{answered}", finding.message))),
        check_name: &report.policy(finding).id,
        fingerprint: &finding.fingerprint,
        severity: severity(finding),
        location: Location { path: clean(&spot.file).into_owned(), lines: LineRange { begin: spot.line } },
    }
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Critical if finding.blocker => "blocker",
        Severity::Critical => "critical",
        Severity::High => "major",
        Severity::Medium => "minor",
        Severity::Low => "info",
    }
}
