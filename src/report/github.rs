//! `github`: annotations for a workflow of GitHub Actions, and the summary of its job.
//!
//! GitHub shows ten annotations of a step, so the worst ten are written and the rest is counted. Of a change, what
//! the gate does not count is not annotated. The summary holds everything that the `markdown` format has.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::group::groups;
use super::phrase::{log_line, told};
use super::requirements::outcomes;
use super::{markdown, phrase};
use crate::model::{GateScope, NoticeLevel, Severity};
use crate::report::reporter::{Render, Reporter};
use crate::result::{ChangeStatus, Finding, Outcome, PolicyInfo, Report};
use crate::text::{clean, count};

/// The `github` reporter.
pub(crate) struct GitHub;

/// So many annotations of a step are shown.
const ANNOTATIONS: usize = 10;

/// GitHub takes 1 MiB of summary of a step.
const SUMMARY: usize = 1_000_000;

impl Reporter for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn about(&self) -> &'static str {
        "annotations for GitHub Actions, and the summary of the job"
    }

    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let failed = groups(report, Outcome::Fail);
        let all = report.gate.scope == GateScope::All;
        let failed = failed.iter().filter(|group| all || group.status != Some(ChangeStatus::Existing));
        let failed: Vec<_> =
            failed.flat_map(|group| group.findings.iter().map(|finding| (group.policy, *finding))).collect();
        let mut text = String::new();
        for notice in report.configuration.iter().filter(|notice| notice.level == NoticeLevel::Warning) {
            let _ = writeln!(text, "::warning title=configuration::{}", data(&notice.text));
        }
        for (policy, finding) in failed.iter().take(ANNOTATIONS) {
            text.push_str(&annotation(policy, finding));
        }
        if let Some(more @ 1..) = failed.len().checked_sub(ANNOTATIONS) {
            let _ = writeln!(
                text,
                "and {} without an annotation: the summary of the job lists them",
                count(more, "more finding")
            );
        }
        let change = report.change.iter();
        let change = change.flat_map(|change| std::iter::once(change.sentence.clone()).chain(phrase::plans(change)));
        let frameworks = report.frameworks.iter().map(|one| format!("{}: {}", one.id, outcomes(one)));
        for sentence in frameworks.chain(change).chain([report.answer.sentence.clone(), report.gate.sentence.clone()]) {
            let _ = writeln!(text, "{}", log_line(&clean(&sentence)));
        }
        out.write_all(text.as_bytes())?;
        match &how.summary_file {
            // Steps share nothing but the file's name, and what an earlier command of this step wrote is to stay.
            Some(file) => std::fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(file)?
                .write_all(markdown::page(report, SUMMARY)?.as_bytes()),
            None => Ok(()),
        }
    }
}

fn annotation(policy: &PolicyInfo, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "notice",
    };
    let code = finding.location.as_ref();
    let place =
        code.and_then(|at| Some(format!("file={},line={},", property(&phrase::inside(&at.file)?), at.line.max(1))));
    let title = format!("{} {}: {}", finding.severity.word(), policy.id, policy.title);
    format!("::{level} {}title={}::{}\n", place.unwrap_or_default(), property(&title), data(&told(policy, finding)))
}

/// Text behind the second pair of colons.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25")
}

/// A value between them.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_summary_is_appended() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("summary.md");
        std::fs::write(&file, "before\n").expect("it can be written");
        let how = Render { summary_file: Some(file.clone()), ..sample::render() };
        GitHub.write(&sample::change(), &how, &mut Vec::new()).expect("it can be written");
        let page = markdown::page(&sample::change(), SUMMARY).expect("it renders");
        assert_eq!(std::fs::read_to_string(&file).expect("it is there"), format!("before\n{page}"));
    }

    #[test]
    fn the_worst_ten_are_annotated_and_the_rest_is_counted() {
        let mut report = sample::mixed();
        let first = report.verdicts[0].clone();
        report.verdicts = vec![first; 12];
        let mut bytes = Vec::new();
        GitHub.write(&report, &sample::render(), &mut bytes).expect("memory takes everything");
        let text = String::from_utf8(bytes).expect("it is text");
        let lines: Vec<_> = text.lines().map(|line| line.split(' ').next().unwrap_or_default()).collect();
        assert_eq!(lines, [vec!["::error"; 10], vec!["and", "NOT", "gate"]].concat());
    }
}
