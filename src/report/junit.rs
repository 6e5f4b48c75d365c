//! `junit`: JUnit XML, which every build server reads. A suite is an area of policies, a case is a policy and a resource.
//!
//! A waived case is skipped, an unknown one is an error: nobody has shown that it passes. What is not applicable is
//! left out. Names carry no values, so that a case has the same name in every run.

use std::collections::BTreeMap;
use std::io;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::phrase::{evidence, missing, name, place, waiver};
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, Outcome, PolicyInfo, Report};
use crate::text::{clean, first_sentence};

/// The `junit` reporter.
pub(crate) struct JUnit;

impl Reporter for JUnit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit XML, for build servers"
    }

    fn write(&self, report: &Report, _: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
        for finding in &report.verdicts {
            let policy = report.policy(finding);
            let Some(status) = status(policy, finding) else { continue };
            let suite = suites.entry(&policy.area).or_insert_with(|| TestSuite::new(policy.area.clone()));
            let resource = &finding.resource;
            let place = place(resource);
            let place = if place.is_empty() { place } else { format!(" ({place})") };
            let mut case = TestCase::new(format!("{}{place}", name(resource)), status);
            case.set_classname(policy.id.as_str());
            if let Some(at) = &finding.location {
                case.extra.insert("file".into(), clean(&at.file).as_ref().into());
                case.extra.insert("line".into(), at.line.to_string().into());
            }
            case.add_property(("evidence", finding.evidence.kind.word()));
            suite.add_test_case(case);
        }
        let mut junit = quick_junit::Report::new("seaworthy");
        junit.add_test_suites(suites.into_values());
        junit.serialize(out).map_err(io::Error::other)
    }
}

fn status(policy: &PolicyInfo, finding: &Finding) -> Option<TestCaseStatus> {
    let not_passed = |kind, message: &str, word: &str| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(clean(message)).set_type(word);
        status.set_description(description(policy, finding));
        Some(status)
    };
    match finding.outcome {
        Outcome::Pass => Some(TestCaseStatus::success()),
        Outcome::Fail => not_passed(NonSuccessKind::Failure, &finding.message, finding.severity.word()),
        Outcome::Unknown => not_passed(NonSuccessKind::Error, &format!("not known: {}", missing(finding)), "unknown"),
        Outcome::Error => not_passed(NonSuccessKind::Error, &finding.message, "policy error"),
        Outcome::Waived => {
            let mut status = TestCaseStatus::skipped();
            let text = finding.waiver.as_deref().map_or_else(|| "waived".to_owned(), waiver);
            status.set_message(clean(&text));
            Some(status)
        }
        Outcome::NotApplicable => None,
    }
}

/// What a person needs who sees only this case.
fn description(policy: &PolicyInfo, finding: &Finding) -> String {
    let fix = &finding.remediation(policy).summary;
    let mut lines = vec![format!("{} {}", finding.resource.kind, finding.resource.id)];
    lines.extend(evidence(finding));
    lines.extend(finding.waiver.as_deref().map(waiver));
    lines.push(format!("why: {}", first_sentence(&policy.description)));
    lines.extend((!fix.is_empty()).then(|| format!("fix: {fix}")));
    lines.push(format!("more: seaworthy explain {}", policy.id));
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("\n")
}
