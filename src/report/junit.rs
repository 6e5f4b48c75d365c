//! `junit`: JUnit XML, which every build server reads. A suite is an area of policies, a case is a policy and a resource.
//!
//! A waived case is skipped, an unknown one is an error: nobody has shown that it passes. What is not applicable is
//! left out. Names carry no values, so that a case has the same name in every run. A framework that is asked for is a suite
//! of its requirements.

use std::collections::BTreeMap;
use std::io;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::phrase::{evidence, missing, name, place, waiver};
use super::requirements::{Listed, evidence as evidence_of, not_seen, open, said};
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, FrameworkReport, Outcome, PolicyInfo, Report, RequirementOutcome};
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
        junit.add_test_suites(report.frameworks.iter().map(|framework| requirements(report, framework)));
        junit.serialize(out).map_err(io::Error::other)
    }
}

/// A suite of the requirements of a framework. Only what policies prove as a whole succeeds; what is left for a person is
/// skipped, and says so.
fn requirements(report: &Report, framework: &FrameworkReport) -> TestSuite {
    let mut suite = TestSuite::new(clean(&framework.id).into_owned());
    let listed = Listed::of(report);
    for requirement in &framework.requirements {
        let outcome = requirement.outcome;
        let mut status = match outcome {
            RequirementOutcome::Pass => TestCaseStatus::success(),
            RequirementOutcome::Fail => TestCaseStatus::non_success(NonSuccessKind::Failure),
            RequirementOutcome::Unknown => TestCaseStatus::non_success(NonSuccessKind::Error),
            _ => TestCaseStatus::skipped(),
        };
        if outcome != RequirementOutcome::Pass {
            status.set_message(format!("{}: {}", outcome.word(), outcome.meaning()));
        }
        if matches!(outcome, RequirementOutcome::Fail | RequirementOutcome::Unknown) {
            let groups = listed.for_requirement(requirement).filter(|(outcome, _)| *outcome != Outcome::Pass);
            let said = groups.map(|(outcome, group)| format!("{}: {}", outcome.word(), said(outcome, group)));
            let not_seen = not_seen(requirement).map(|text| format!("not seen: {text}"));
            let lines = said.chain(not_seen).chain(open(requirement));
            status.set_type(outcome.word());
            status.set_description(lines.map(|line| clean(&line).into_owned()).collect::<Vec<_>>().join("\n"));
        }
        let mut case = TestCase::new(clean(&format!("{} {}", requirement.id, requirement.title)).into_owned(), status);
        case.set_classname(clean(&framework.id).into_owned());
        case.add_property(("coverage", requirement.coverage.word()));
        for share in &requirement.evidence {
            case.add_property((format!("evidence {}", share.kind.word()), evidence_of(share, report.generated_at)));
        }
        if !requirement.rest.is_empty() {
            case.add_property(("by hand", clean(&requirement.rest).as_ref()));
        }
        suite.add_test_case(case);
    }
    suite
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
