//! What readiness itself found, among the verdicts of the policies: other formats know nothing else.

use super::view::View;
use crate::model::Severity;
use crate::result::{
    Answer, AnswerKind, Decision, Evidence, Exit, Finding, GateStatus, Outcome, PolicyInfo, Problem, Remediation,
    Report, ResourceRef,
};

/// Id, title and what it means.
const OWN: [(&str, &str, &str); 7] = [
    (
        "rpo-out-of-reach",
        "More data is lost than may be, even where everything works",
        "What the configuration can claim at best is less than what the objective of the application allows.",
    ),
    (
        "rpo-not-met-now",
        "More data would be lost now than may be",
        "The newest copy that can be used is older than the objective allows.",
    ),
    (
        "rto-out-of-reach",
        "Recovery takes longer than it may",
        "The steps of which it is known how long they take add up to more than the objective allows.",
    ),
    (
        "rto-below-pattern",
        "The pattern is not made for so short an objective",
        "A backup is restored in hours, a pilot light started in tens of minutes, a warm standby in minutes.",
    ),
    (
        "pattern-not-implemented",
        "The application comes to a less demanding pattern than the declared one",
        "What is declared is what people rely on; what is configured is what happens.",
    ),
    (
        "dependency-circle",
        "Resources wait for each other",
        "None of them can be the first, unless one of them starts without the others.",
    ),
    (
        "control-plane-in-lost-region",
        "It has to be made while its control plane is lost",
        "Global services answer everywhere, and are changed in one region only.",
    ),
];

/// Adds what is no policy's, and gives the report the answer.
pub(super) fn tell(view: &View<'_>, report: &mut Report, problems: &[&Problem], answer: (Decision, &str)) {
    let kind = match answer.0 {
        Decision::Go => AnswerKind::Recoverable,
        Decision::CannotTell => AnswerKind::CannotTell,
        Decision::NoGo => AnswerKind::NotRecoverable,
    };
    report.answer = Answer { kind, sentence: answer.1.to_owned() };
    for (id, title, description) in OWN {
        let own: Vec<_> = problems.iter().filter(|problem| problem.id == id).collect();
        let Some(first) = own.first() else { continue };
        let policy = report.policies.len();
        report.policies.push(PolicyInfo {
            id: id.to_owned(),
            area: "readiness".to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            severity: first.severity,
            blocker: first.blocker,
            remediation: Remediation { summary: first.fix.clone(), ..Remediation::default() },
            frameworks: std::collections::BTreeMap::new(),
            references: Vec::new(),
            kinds: Vec::new(),
            parameters: std::collections::BTreeMap::new(),
        });
        report.verdicts.extend(own.into_iter().map(|problem| finding(view, policy, problem)));
    }
    let of = |outcome| report.verdicts.iter().filter(move |finding| finding.outcome == outcome).count();
    let failed = of(Outcome::Fail);
    report.summary.outcomes.insert(Outcome::Fail, failed);
    for severity in Severity::ALL {
        let is_it = |finding: &&Finding| finding.outcome == Outcome::Fail && finding.severity == severity;
        let number = report.verdicts.iter().filter(is_it).count();
        report.summary.failed.insert(severity, number);
    }
    report.gate.sentence = answer.1.to_owned();
    report.gate.exit_code = Exit::from(answer.0) as u8;
    report.gate.status = GateStatus::of(report.gate.exit_code);
    report.gate.passed = answer.0 == Decision::Go;
}

fn finding(view: &View<'_>, policy: usize, problem: &Problem) -> Finding {
    let about = problem.resource.as_ref();
    let of = |part: fn(&crate::result::GraphResource) -> &String| about.map(part).cloned().unwrap_or_default();
    Finding {
        policy,
        outcome: problem.outcome,
        severity: problem.severity,
        blocker: problem.blocker,
        message: problem.message.clone(),
        evidence: Evidence::default(),
        fix: None,
        resource: ResourceRef {
            id: about.map_or_else(|| format!("application/{}", view.application), |one| one.id.clone()),
            kind: about.map_or_else(|| "application".to_owned(), |one| one.kind.clone()),
            name: about.map_or_else(|| view.application.to_owned(), |one| one.name.clone()),
            account: of(|one| &one.account),
            region: of(|one| &one.region),
            applications: vec![view.application.to_owned()],
            stack: None,
            address: None,
        }
        .into(),
        location: None,
        fingerprint: problem.fingerprint.clone(),
        change: None,
        waiver: None,
        behind: None,
    }
}
