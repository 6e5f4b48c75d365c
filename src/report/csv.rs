//! `csv`: a row a verdict, for spreadsheets. Where frameworks are asked for, a row a requirement and verdict of a policy
//! that answers it, with what the requirement comes to in front; one of which no verdict is listed has a row all the same.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and names are written by others: such
//! a cell is written with a quote in front.

use std::borrow::Cow;
use std::io;

use super::phrase::missing;
use super::requirements::{all_evidence, not_seen, open};
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, FrameworkReport, Outcome, Report, RequirementReport};
use crate::text::clean;

/// The `csv` reporter.
pub(crate) struct Csv;

const HEADER: [&str; 29] = [
    "verdict",
    "severity",
    "blocker",
    "area",
    "policy",
    "title",
    "name",
    "kind",
    "account",
    "region",
    "applications",
    "id",
    "address",
    "file",
    "line",
    "message",
    "fact",
    "actual",
    "required",
    "missing",
    "change",
    "action",
    "waiver_expires",
    "waiver_owner",
    "waiver_ticket",
    "waiver_reason",
    "fingerprint",
    "fix",
    "evidence",
];

/// What stands in front, where it is told by requirement.
const OF_REQUIREMENTS: [&str; 13] = [
    "framework",
    "edition",
    "requirement",
    "requirement_title",
    "coverage",
    "outcome",
    "passes",
    "failures",
    "unknowns",
    "waived",
    "evidence_and_age",
    "not_seen",
    "by_hand",
];

impl Reporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a row a verdict, for spreadsheets"
    }

    fn write(&self, report: &Report, _: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        if !report.frameworks.is_empty() {
            return by_requirement(report, &mut writer);
        }
        writer.write_record(HEADER)?;
        for finding in &report.verdicts {
            writer.write_record(row(report, finding).iter().map(|cell| harmless(cell)).map(Cow::into_owned))?;
        }
        writer.flush()
    }
}

fn by_requirement(report: &Report, writer: &mut csv::Writer<&mut dyn io::Write>) -> io::Result<()> {
    let text = |cells: &[String]| cells.iter().map(|cell| harmless(cell).into_owned()).collect::<Vec<_>>();
    let nothing = vec![String::new(); HEADER.len()];
    writer.write_record(OF_REQUIREMENTS.iter().chain(&HEADER))?;
    for framework in &report.frameworks {
        for requirement in &framework.requirements {
            let front = text(&of_requirement(report, framework, requirement));
            let listed = report.verdicts.iter().filter(|finding| requirement.policies.contains(&finding.policy));
            let mut rows: Vec<_> = listed.map(|finding| text(&row(report, finding))).collect();
            if rows.is_empty() {
                rows.push(nothing.clone());
            }
            for row in rows {
                writer.write_record(front.iter().chain(&row))?;
            }
        }
    }
    writer.flush()
}

fn of_requirement(report: &Report, framework: &FrameworkReport, requirement: &RequirementReport) -> [String; 13] {
    let number = |outcome: Outcome| requirement.verdicts.get(&outcome).copied().unwrap_or_default().to_string();
    let not_seen = not_seen(requirement).into_iter().chain(open(requirement)).collect::<Vec<_>>().join("; ");
    [
        framework.id.clone(),
        framework.edition.clone(),
        requirement.id.clone(),
        requirement.title.clone(),
        requirement.coverage.word().to_owned(),
        requirement.outcome.word().to_owned(),
        number(Outcome::Pass),
        number(Outcome::Fail),
        number(Outcome::Unknown),
        number(Outcome::Waived),
        all_evidence(requirement, report.generated_at).join("; "),
        not_seen,
        requirement.rest.clone(),
    ]
}

fn row(report: &Report, finding: &Finding) -> [String; 29] {
    let policy = report.policy(finding);
    let Finding { resource, evidence, change, waiver, .. } = finding;
    let (location, change, waiver) = (finding.location.as_deref(), change.as_ref(), waiver.as_deref());
    let fails = matches!(finding.outcome, Outcome::Fail | Outcome::Waived);
    let value = |value: Option<&serde_json::Value>| value.map(ToString::to_string).unwrap_or_default();
    [
        finding.outcome.word().to_owned(),
        finding.severity.word().to_owned(),
        finding.blocker.to_string(),
        policy.area.clone(),
        policy.id.clone(),
        policy.title.clone(),
        resource.name.clone(),
        resource.kind.clone(),
        resource.account.clone(),
        resource.region.clone(),
        resource.applications.join(" "),
        resource.id.clone(),
        resource.address.clone().unwrap_or_default(),
        location.map(|at| at.file.clone()).unwrap_or_default(),
        location.map(|at| at.line.to_string()).unwrap_or_default(),
        finding.message.clone(),
        evidence.fact.clone().unwrap_or_default(),
        value(evidence.actual.as_ref()),
        value(evidence.required.as_ref()),
        missing(finding),
        change.map(|change| change.status.word().to_owned()).unwrap_or_default(),
        change.and_then(|change| change.action).map(|action| action.word().to_owned()).unwrap_or_default(),
        waiver.and_then(|waiver| waiver.expires).map(|date| date.to_string()).unwrap_or_default(),
        waiver.map(|waiver| waiver.owner.clone()).unwrap_or_default(),
        waiver.and_then(|waiver| waiver.ticket.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        finding.fingerprint.clone(),
        if fails { finding.remediation(policy).summary.clone() } else { String::new() },
        evidence.kind.word().to_owned(),
    ]
}

/// The cell as text and nothing else. Tabs and ends of lines are escaped with the other control characters; the wide
/// forms of the signs count as signs where wide forms are common.
fn harmless(cell: &str) -> Cow<'_, str> {
    let cell = clean(cell);
    if cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return Cow::Owned(format!("'{cell}"));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn formulas_are_disarmed() {
        let cells = ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "＝1", "orders-db"];
        assert_eq!(
            cells.map(|cell| harmless(cell).into_owned()),
            ["'=1+1", "'+1", "'-1", "'@sum", "\\t=1", "' =1", "'＝1", "orders-db"]
        );
    }

    #[test]
    fn every_row_is_read_back_with_as_many_cells_as_the_header() {
        for (name, report) in sample::all() {
            let mut bytes = Vec::new();
            Csv.write(&report, &sample::render(), &mut bytes).expect("memory takes everything");
            let rows: Vec<_> =
                csv::Reader::from_reader(bytes.as_slice()).records().collect::<Result<_, _>>().expect(name);
            let (width, rows_of_it) = match report.frameworks.is_empty() {
                true => (HEADER.len(), report.verdicts.len()),
                false => (OF_REQUIREMENTS.len() + HEADER.len(), rows.len()),
            };
            assert_eq!(rows.iter().map(csv::StringRecord::len).collect::<Vec<_>>(), vec![width; rows_of_it], "{name}");
        }
    }
}
