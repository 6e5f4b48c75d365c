//! `sarif`: SARIF 2.1.0 for code scanning, within GitHub's rules, which are stricter than the standard's: one bad result
//! makes it refuse the whole file.
//!
//! * A result is a policy that fails. Unknown verdicts are no alerts, because nobody could close them by a change of
//!   code: they are notifications of the run, a sentence a policy, beside what could not be seen and policies that
//!   errored. The counts of every outcome are properties of the run.
//! * Every policy of the run is a rule, so that GitHub closes an alert when its policy passes.
//! * Every result points at a line of a file: the code of the resource, else the configuration.
//! * Frameworks that are asked for are taxonomies, with what each requirement comes to.
//! * Code scanning takes suppressed results for open alerts, so waived ones are left out, unless they are asked for.

mod rules;
mod taxonomies;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::json;
use serde_sarif::sarif;

use self::rules::{bag, level, rule};
use self::taxonomies::Taxa;
use super::group::{gaps, groups};
use super::phrase::{inside, name, spot, told, waiver};
use crate::model::{CoverageStatus, Extent};
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, Outcome, Report};
use crate::text::{clean, clip, count, thousands};

/// The `sarif` reporter.
pub(crate) struct Sarif;

/// GitHub refuses a run with more results.
const RESULTS: usize = 25_000;

/// Longest text within a result or a notification, in characters.
const TEXT: usize = 1_000;

/// Identity of a result in later runs, under a name of our own: GitHub reads only `primaryLocationLineHash`.
const FINGERPRINT: &str = "seaworthy/v1";

impl Reporter for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn about(&self) -> &'static str {
        "SARIF 2.1.0, for GitHub code scanning and other viewers"
    }

    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = io::BufWriter::with_capacity(1 << 16, out);
        let log = sarif::Sarif::builder()
            .schema("https://json.schemastore.org/sarif-2.1.0.json")
            .version("2.1.0")
            .runs(vec![run(report, how)])
            .build();
        serde_json::to_writer(&mut out, &log)?;
        io::Write::write_all(&mut out, b"\n")?;
        io::Write::flush(&mut out)
    }
}

fn run(report: &Report, how: &Render) -> sarif::Run {
    let is_result = |finding: &&Finding| {
        finding.outcome == Outcome::Fail || (finding.outcome == Outcome::Waived && how.sarif_waived)
    };
    let results = report.verdicts.iter().filter(is_result);
    let left_out = results.clone().count().saturating_sub(RESULTS);
    let taxa = taxonomies::taxa(report);
    let rules: Vec<_> = report
        .policies
        .iter()
        .zip(&taxa)
        .enumerate()
        .map(|(at, (policy, taxa))| {
            let mut rule = rule(report, at, policy);
            rule.relationships = taxonomies::relationships(taxa);
            rule
        })
        .collect();
    let mut driver = sarif::ToolComponent::builder()
        .name("seaworthy")
        .version(report.tool_version.as_str())
        .semantic_version(report.tool_version.as_str())
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(rules)
        .build();
    driver.supported_taxonomies = taxonomies::supported(report);
    // A plan and the estate have alerts of their own: under one id, each upload would close those of the other.
    let scope = if report.change.is_some() { "change" } else { "estate" };
    // So have two stacks of one repository.
    let stack = report.stack.as_ref().map(|stack| format!("{}/", short(stack))).unwrap_or_default();
    let outcomes: BTreeMap<_, _> = report.summary.outcomes.iter().map(|(outcome, n)| (outcome.word(), n)).collect();
    let mut run = sarif::Run::builder()
        .tool(sarif::Tool::builder().driver(driver).build())
        .automation_details(sarif::RunAutomationDetails::builder().id(format!("seaworthy/{scope}/{stack}")).build())
        .column_kind("unicodeCodePoints")
        .invocations(vec![invocation(report, left_out)])
        .results(
            results
                .take(RESULTS)
                .map(|finding| result(report, finding, &taxa[finding.policy], how))
                .collect::<Vec<_>>(),
        )
        .properties(bag([
            ("answer", json!(short(&report.answer.sentence))),
            ("gate", json!(short(&report.gate.sentence))),
            ("outcomes", json!(outcomes)),
            ("passesDeclared", json!(report.summary.declared)),
            ("passesAttested", json!(report.summary.attested)),
            ("questionsForTheRunningEstate", json!(report.summary.for_the_running)),
            ("resultsLeftOut", json!(left_out)),
        ]))
        .build();
    run.taxonomies = taxonomies::taxonomies(report);
    run
}

/// How the run went: what is left out, what could not be seen, what errored, and what could not be told.
fn invocation(report: &Report, left_out: usize) -> sarif::Invocation {
    let failed =
        report.coverage.iter().any(|row| matches!(row.status, CoverageStatus::Denied | CoverageStatus::Failed));
    let errors = groups(report, Outcome::Error);
    let executed = !failed && errors.is_empty();
    let mut notifications = Vec::new();
    if left_out > 0 {
        let (left_out, all) = (thousands(left_out), thousands(left_out + RESULTS));
        let text = format!(
            "{left_out} of {all} results are left out, because GitHub takes {}: the json format lists all",
            thousands(RESULTS)
        );
        notifications.push(notification("warning", text, None));
    }
    let gaps = gaps(&report.coverage);
    notifications.extend(gaps.iter().map(|gap| notification("warning", format!("not seen: {gap}"), None)));
    for (outcome, level) in [(Outcome::Error, "error"), (Outcome::Unknown, "note")] {
        for group in groups(report, outcome) {
            let reasons: BTreeSet<_> = group
                .findings
                .iter()
                .flat_map(|finding| match outcome {
                    Outcome::Error => vec![finding.message.clone()],
                    _ => finding.evidence.missing.iter().map(|missing| missing.reason.clone()).collect(),
                })
                .collect();
            let mut text =
                format!("{}: {} for {}", group.policy.id, outcome.word(), count(group.findings.len(), "resource"));
            if !reasons.is_empty() {
                let _ = write!(text, ": {}", reasons.into_iter().collect::<Vec<_>>().join("; "));
            }
            notifications.push(notification(level, text, Some(&group.policy.id)));
        }
    }
    sarif::Invocation::builder()
        .execution_successful(executed)
        .exit_code(i64::from(report.gate.exit_code))
        .exit_code_description(short(&report.gate.sentence))
        .end_time_utc(report.generated_at.to_string())
        .tool_execution_notifications(notifications)
        .build()
}

fn notification(level: &str, text: String, policy: Option<&str>) -> sarif::Notification {
    let mut notification = sarif::Notification::builder().level(level).message(message(&text)).build();
    notification.associated_rule = policy.map(|id| sarif::ReportingDescriptorReference::builder().id(id).build());
    notification
}

/// Plain text. What a name could make into a link is taken apart.
fn message(text: &str) -> sarif::Message {
    let text = clean(text).replace("](", "] (");
    sarif::Message::builder().text(clip(&text, TEXT)).build()
}

/// A name that others gave.
fn short(name: &str) -> String {
    clip(&clean(name), TEXT).into_owned()
}

fn result(report: &Report, finding: &Finding, taxa: &Taxa, how: &Render) -> sarif::Result {
    let resource = &finding.resource;
    let policy = report.policy(finding);
    let spot = spot(finding, how);
    let mut fingerprints = BTreeMap::from([(FINGERPRINT.to_owned(), finding.fingerprint.clone())]);
    if !spot.is_code {
        // For code the upload computes it from the line. Here all results are on the same line, and would be one alert.
        fingerprints.insert("primaryLocationLineHash".to_owned(), format!("{}:1", finding.fingerprint));
    }
    let logical = sarif::LogicalLocation::builder()
        .name(short(&name(resource)))
        .fully_qualified_name(short(&resource.id))
        .kind("resource")
        .build();
    let mut at = location(&spot.file, spot.line, spot.extent);
    at.logical_locations = Some(vec![logical]);

    let mut properties = vec![
        ("severity", json!(finding.severity)),
        ("blocker", json!(finding.blocker)),
        ("evidence", json!(finding.evidence.kind)),
        ("kind", json!(resource.kind)),
        ("account", json!(short(&resource.account))),
        ("region", json!(short(&resource.region))),
        ("applications", json!(resource.applications.iter().map(|name| short(name)).collect::<Vec<_>>())),
    ];
    properties.extend(finding.behind.as_ref().map(|behind| ("behind", json!(behind.count))));
    properties.extend(finding.change.as_ref().map(|change| ("change", json!(change.status))));
    let mut result = sarif::Result::builder()
        .rule_id(policy.id.as_str())
        .rule_index(i64::try_from(finding.policy).unwrap_or_default())
        .level(level(finding.severity))
        .message(message(&told(policy, finding)))
        .locations(vec![at])
        .partial_fingerprints(fingerprints)
        .properties(bag(properties))
        .build();
    result.related_locations = related(finding);
    result.taxa.clone_from(taxa);
    if finding.outcome == Outcome::Waived {
        result.suppressions = finding.waiver.as_deref().map(|given| {
            // An inline waiver stands in the code that it waives.
            let kind = if given.from.contains(".tf:") { "inSource" } else { "external" };
            let reason = short(&waiver(given));
            vec![sarif::Suppression::builder().kind(kind).status("accepted").justification(reason).build()]
        });
    }
    result
}

/// The line inside of the module whose call the result points at.
fn related(finding: &Finding) -> Option<Vec<sarif::Location>> {
    let inner = finding.location.as_ref()?.related.as_ref()?;
    let mut at = location(&inside(&inner.file)?, inner.line.max(1), inner.extent);
    at.id = Some(1);
    at.message = Some(message("the resource, in the module that is called here"));
    Some(vec![at])
}

/// The attribute, or the block where no attribute is to blame. Where it ends is known of Terraform code only; else it is
/// one line. What it covers has no part in the fingerprints.
fn location(file: &str, line: u32, extent: Option<Extent>) -> sarif::Location {
    let Extent { line, column, end_line, end_column } =
        extent.unwrap_or(Extent { line, column: 1, end_line: line, end_column: 2 });
    let region = sarif::Region::builder()
        .start_line(i64::from(line.max(1)))
        .start_column(i64::from(column.max(1)))
        .end_line(i64::from(end_line.max(line).max(1)))
        .end_column(i64::from(end_column.max(1)))
        .build();
    let file = sarif::ArtifactLocation::builder().uri(percent_encoded(file)).build();
    let physical = sarif::PhysicalLocation::builder().artifact_location(file).region(region).build();
    sarif::Location::builder().physical_location(physical).build()
}

/// A relative path as a URI.
fn percent_encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests;
