//! Between the report and its frozen form: borrowed on the way out, owned on the way in.

use std::sync::Arc;

use std::borrow::Cow;

use serde::Serialize;

use super::ReadError;
use super::framework::FrameworkV1;
use super::v1::*;
use crate::model::{Coverage, Kind, Location, Notice, Shared};
use crate::result::{
    Answer, ApplicationResult, AreaScore, ChangeSummary, Evidence, Finding, FindingChange, Gate, GateStatus, Missing,
    PlanSummary, PolicyInfo, Remediation, Report, ResourceRef, Summary, WaiverRef,
};

/// Stands for the verdicts of a report, of which there may be very many: they are turned into their frozen form apart.
#[derive(Serialize)]
pub(crate) struct Verdicts([(); 0]);

fn text(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn maybe(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| Cow::Borrowed(text.as_str()))
}

impl<'a> From<&'a Report> for ReportV1<'a, Verdicts> {
    fn from(report: &'a Report) -> Self {
        Self {
            schema: text(SCHEMA),
            tool: ToolV1 { name: text("seaworthy"), version: text(&report.tool_version) },
            generated_at: report.generated_at,
            collected_at: report.collected_at,
            sources: Cow::Borrowed(&report.sources),
            answer: AnswerV1 { kind: report.answer.kind, sentence: text(&report.answer.sentence) },
            gate: GateV1 {
                passed: report.gate.passed,
                status: Some(report.gate.status),
                exit_code: report.gate.exit_code,
                fail_on: report.gate.fail_on,
                strict: report.gate.strict,
                scope: report.gate.scope,
                sentence: text(&report.gate.sentence),
            },
            summary: summary(&report.summary),
            applications: report
                .applications
                .iter()
                .map(|application| ApplicationV1 {
                    name: text(&application.name),
                    resources: application.resources,
                    blockers: application.blockers,
                    failed: application.failed,
                    unknown: application.unknown,
                })
                .collect(),
            policies: report.policies.iter().map(policy).collect(),
            frameworks: report.frameworks.iter().map(|framework| FrameworkV1::of(report, framework)).collect(),
            verdicts: Verdicts([]),
            coverage: report.coverage.iter().map(coverage).collect(),
            notices: of_configuration(&report.configuration).chain(of_the_rest(&report.notices)).collect(),
            change: report.change.as_ref().map(change),
            stack: maybe(report.stack.as_ref()),
        }
    }
}

fn of_configuration(notices: &[Notice]) -> impl Iterator<Item = NoticeV1<'_>> {
    of_the_rest(notices).map(|notice| NoticeV1 { about: Some(AboutV1::Configuration), ..notice })
}

fn of_the_rest(notices: &[Notice]) -> impl Iterator<Item = NoticeV1<'_>> {
    notices.iter().map(|notice| NoticeV1 { level: notice.level, text: text(&notice.text), about: None })
}

fn change(change: &ChangeSummary) -> ChangeV1<'_> {
    ChangeV1 {
        sentence: text(&change.sentence),
        introduced: change.introduced,
        waived: change.waived,
        in_baseline: change.in_baseline,
        unknown: change.unknown,
        fixed: change.fixed,
        existing: change.existing,
        lost: change.lost,
        actions: Cow::Borrowed(&change.actions),
        reach: Cow::Borrowed(&change.reach),
        plans: change.plans.iter().map(plan).collect(),
    }
}

fn plan(part: &PlanSummary) -> PlanV1<'_> {
    PlanV1 { plan: maybe(part.plan.as_ref()), change: change(&part.summary) }
}

fn summary(summary: &Summary) -> SummaryV1<'_> {
    SummaryV1 {
        resources: summary.resources,
        accounts: summary.accounts,
        regions: summary.regions,
        outcomes: Cow::Borrowed(&summary.outcomes),
        failed: Cow::Borrowed(&summary.failed),
        areas: summary
            .areas
            .iter()
            .map(|area| AreaV1 {
                area: text(&area.area),
                pass: area.pass,
                fail: area.fail,
                unknown: area.unknown,
                waived: area.waived,
                score: area.score,
                decided: area.decided,
            })
            .collect(),
        not_understood: Cow::Borrowed(&summary.not_understood),
        declared: summary.declared,
        attested: summary.attested,
        for_the_running: summary.for_the_running,
    }
}

fn policy(policy: &PolicyInfo) -> PolicyV1<'_> {
    PolicyV1 {
        id: text(&policy.id),
        area: text(&policy.area),
        title: text(&policy.title),
        description: text(&policy.description),
        severity: policy.severity,
        blocker: policy.blocker,
        remediation: remediation(&policy.remediation),
        frameworks: Cow::Borrowed(&policy.frameworks),
        references: Cow::Borrowed(&policy.references),
        kinds: Cow::Borrowed(&policy.kinds),
        parameters: Cow::Borrowed(&policy.parameters),
    }
}

fn remediation(fix: &Remediation) -> RemediationV1<'_> {
    RemediationV1 {
        summary: text(&fix.summary),
        console: text(&fix.console),
        cli: text(&fix.cli),
        terraform: text(&fix.terraform),
    }
}

pub(crate) fn verdict<'a>(report: &'a Report, finding: &'a Finding) -> VerdictV1<'a> {
    VerdictV1 {
        policy: text(&report.policy(finding).id),
        verdict: finding.outcome,
        severity: finding.severity,
        blocker: finding.blocker,
        message: text(&finding.message),
        evidence: EvidenceV1 {
            kind: finding.evidence.kind,
            fact: maybe(finding.evidence.fact.as_ref()),
            actual: finding.evidence.actual.as_ref().map(Cow::Borrowed),
            required: finding.evidence.required.as_ref().map(Cow::Borrowed),
            details: Cow::Borrowed(&finding.evidence.details),
            missing: finding
                .evidence
                .missing
                .iter()
                .map(|missing| MissingV1 { fact: text(&missing.fact), reason: text(&missing.reason) })
                .collect(),
        },
        resource: ResourceV1 {
            id: text(&finding.resource.id),
            kind: text(&finding.resource.kind),
            name: text(&finding.resource.name),
            account: text(&finding.resource.account),
            region: text(&finding.resource.region),
            applications: Cow::Borrowed(&finding.resource.applications),
            stack: maybe(finding.resource.stack.as_ref()),
            address: maybe(finding.resource.address.as_ref()),
            location: finding.location.as_deref().map(location),
        },
        behind: finding.behind.as_deref().map(Cow::Borrowed),
        fix: finding.fix.as_deref().map(remediation),
        fingerprint: text(&finding.fingerprint),
        change: finding.change.as_ref().map(|change| VerdictChangeV1 {
            status: change.status,
            was: change.was,
            action: change.action,
        }),
        waiver: finding.waiver.as_deref().map(|waiver| WaiverV1 {
            reason: text(&waiver.reason),
            owner: text(&waiver.owner),
            ticket: maybe(waiver.ticket.as_ref()),
            compensating_control: maybe(waiver.compensating_control.as_ref()),
            attests: waiver.attests,
            expires: waiver.expires,
            expired: waiver.expired,
            from: text(&waiver.from),
        }),
    }
}

fn location(at: &Location) -> LocationV1<'_> {
    LocationV1 {
        file: text(&at.file),
        line: at.line,
        extent: at.extent,
        related: at.related.as_deref().map(|at| Box::new(location(at))),
    }
}

fn coverage(row: &Coverage) -> CoverageV1<'_> {
    CoverageV1 {
        account: text(&row.account),
        region: text(&row.region),
        service: text(&row.service),
        status: row.status,
        incomplete: row.incomplete.iter().map(|kind| text(kind.name())).collect(),
        action: maybe(row.action.as_ref()),
        reason: maybe(row.reason.as_ref()),
        at: row.at,
    }
}

impl TryFrom<ReportV1<'_, Vec<VerdictV1<'_>>>> for Report {
    type Error = ReadError;

    fn try_from(report: ReportV1<'_, Vec<VerdictV1<'_>>>) -> Result<Self, ReadError> {
        let policies: Vec<_> = report.policies.into_iter().map(PolicyInfo::from).collect();
        let verdicts = report
            .verdicts
            .into_iter()
            .map(|verdict| {
                let policy = policies
                    .iter()
                    .position(|policy| policy.id == verdict.policy)
                    .ok_or_else(|| ReadError::Policy(verdict.policy.clone().into_owned()))?;
                Ok(finding(policy, verdict))
            })
            .collect::<Result<_, ReadError>>()?;
        let frameworks =
            report.frameworks.into_iter().map(|framework| framework.read(&policies)).collect::<Result<_, _>>()?;
        let notice = |notice: NoticeV1<'_>| Notice { level: notice.level, text: notice.text.into_owned() };
        let (configuration, notices): (Vec<_>, Vec<_>) =
            report.notices.into_iter().partition(|notice| notice.about == Some(AboutV1::Configuration));
        Ok(Self {
            tool_version: report.tool.version.into_owned(),
            generated_at: report.generated_at,
            sources: report.sources.into_owned(),
            collected_at: report.collected_at,
            answer: Answer { kind: report.answer.kind, sentence: report.answer.sentence.into_owned() },
            gate: Gate {
                passed: report.gate.passed,
                status: report.gate.status.unwrap_or_else(|| GateStatus::of(report.gate.exit_code)),
                exit_code: report.gate.exit_code,
                fail_on: report.gate.fail_on,
                strict: report.gate.strict,
                scope: report.gate.scope,
                sentence: report.gate.sentence.into_owned(),
            },
            summary: report.summary.into(),
            applications: report
                .applications
                .into_iter()
                .map(|application| ApplicationResult {
                    name: application.name.into_owned(),
                    resources: application.resources,
                    blockers: application.blockers,
                    failed: application.failed,
                    unknown: application.unknown,
                })
                .collect(),
            frameworks,
            policies,
            verdicts,
            coverage: report.coverage.into_iter().map(Coverage::try_from).collect::<Result<_, _>>()?,
            configuration: configuration.into_iter().map(notice).collect(),
            notices: notices.into_iter().map(notice).collect(),
            change: report.change.map(ChangeSummary::from),
            stack: report.stack.map(Cow::into_owned),
        })
    }
}

impl From<ChangeV1<'_>> for ChangeSummary {
    fn from(change: ChangeV1<'_>) -> Self {
        let plan =
            |part: PlanV1<'_>| PlanSummary { plan: part.plan.map(Cow::into_owned), summary: Self::from(part.change) };
        Self {
            sentence: change.sentence.into_owned(),
            introduced: change.introduced,
            waived: change.waived,
            in_baseline: change.in_baseline,
            unknown: change.unknown,
            fixed: change.fixed,
            existing: change.existing,
            lost: change.lost,
            actions: change.actions.into_owned(),
            reach: change.reach.into_owned(),
            plans: change.plans.into_iter().map(plan).collect(),
        }
    }
}

impl From<SummaryV1<'_>> for Summary {
    fn from(summary: SummaryV1<'_>) -> Self {
        Self {
            resources: summary.resources,
            accounts: summary.accounts,
            regions: summary.regions,
            outcomes: summary.outcomes.into_owned(),
            failed: summary.failed.into_owned(),
            areas: summary
                .areas
                .into_iter()
                .map(|area| AreaScore {
                    area: area.area.into_owned(),
                    pass: area.pass,
                    fail: area.fail,
                    unknown: area.unknown,
                    waived: area.waived,
                    score: area.score,
                    // Reports of earlier versions do not say it.
                    decided: area
                        .decided
                        .or_else(|| AreaScore::shares(area.pass, area.fail, area.unknown, area.waived).1),
                })
                .collect(),
            not_understood: summary.not_understood.into_owned(),
            declared: summary.declared,
            attested: summary.attested,
            for_the_running: summary.for_the_running,
        }
    }
}

impl From<PolicyV1<'_>> for PolicyInfo {
    fn from(policy: PolicyV1<'_>) -> Self {
        Self {
            id: policy.id.into_owned(),
            area: policy.area.into_owned(),
            title: policy.title.into_owned(),
            description: policy.description.into_owned(),
            severity: policy.severity,
            blocker: policy.blocker,
            remediation: policy.remediation.into(),
            frameworks: policy.frameworks.into_owned(),
            references: policy.references.into_owned(),
            kinds: policy.kinds.into_owned(),
            parameters: policy.parameters.into_owned(),
        }
    }
}

impl From<RemediationV1<'_>> for Remediation {
    fn from(fix: RemediationV1<'_>) -> Self {
        Self {
            summary: fix.summary.into_owned(),
            console: fix.console.into_owned(),
            cli: fix.cli.into_owned(),
            terraform: fix.terraform.into_owned(),
        }
    }
}

fn finding(policy: usize, verdict: VerdictV1<'_>) -> Finding {
    Finding {
        policy,
        outcome: verdict.verdict,
        severity: verdict.severity,
        blocker: verdict.blocker,
        message: verdict.message.into_owned(),
        evidence: Evidence {
            kind: verdict.evidence.kind,
            fact: verdict.evidence.fact.map(Cow::into_owned),
            actual: verdict.evidence.actual.map(Cow::into_owned),
            required: verdict.evidence.required.map(Cow::into_owned),
            details: verdict.evidence.details.into_owned(),
            missing: verdict
                .evidence
                .missing
                .into_iter()
                .map(|missing| Missing { fact: missing.fact.into_owned(), reason: missing.reason.into_owned() })
                .collect(),
        },
        location: verdict.resource.location.map(|at| Box::new(at.into())),
        resource: Shared::from(ResourceRef {
            id: verdict.resource.id.into_owned(),
            kind: verdict.resource.kind.into_owned(),
            name: verdict.resource.name.into_owned(),
            account: verdict.resource.account.into_owned(),
            region: verdict.resource.region.into_owned(),
            applications: verdict.resource.applications.into_owned(),
            stack: verdict.resource.stack.map(Cow::into_owned),
            address: verdict.resource.address.map(Cow::into_owned),
        }),
        behind: verdict.behind.map(|behind| Box::new(behind.into_owned())),
        fix: verdict.fix.map(|fix| Arc::new(fix.into())),
        fingerprint: verdict.fingerprint.into_owned(),
        change: verdict.change.map(|change| FindingChange {
            status: change.status,
            was: change.was,
            action: change.action,
        }),
        waiver: verdict.waiver.map(|waiver| {
            Box::new(WaiverRef {
                attests: waiver.attests,
                reason: waiver.reason.into_owned(),
                owner: waiver.owner.into_owned(),
                ticket: waiver.ticket.map(Cow::into_owned),
                compensating_control: waiver.compensating_control.map(Cow::into_owned),
                // Before there was an answer without a date, an entry of the baseline had the last date that there is.
                expires: waiver.expires.filter(|date| *date != jiff::civil::Date::MAX),
                expired: waiver.expired,
                from: waiver.from.into_owned(),
            })
        }),
    }
}

impl From<LocationV1<'_>> for Location {
    fn from(at: LocationV1<'_>) -> Self {
        Self {
            file: at.file.into_owned(),
            line: at.line,
            extent: at.extent,
            related: at.related.map(|at| Box::new(Self::from(*at))),
        }
    }
}

impl TryFrom<CoverageV1<'_>> for Coverage {
    type Error = ReadError;

    fn try_from(row: CoverageV1<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            account: row.account.into_owned(),
            region: row.region.into_owned(),
            service: row.service.into_owned(),
            status: row.status,
            incomplete: row
                .incomplete
                .iter()
                .map(|name| Kind::find(name).ok_or_else(|| ReadError::Kind(name.clone().into_owned())))
                .collect::<Result<_, _>>()?,
            action: row.action.map(Cow::into_owned),
            reason: row.reason.map(Cow::into_owned),
            at: row.at,
        })
    }
}
