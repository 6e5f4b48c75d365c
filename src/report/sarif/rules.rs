//! Policies as rules of SARIF.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serde_sarif::sarif::{self, ResultLevel};

use crate::model::Severity;
use crate::result::{Outcome, PolicyInfo, Report};
use crate::text::{clean, clip};

/// Longest description of a rule that GitHub takes, in characters.
const DESCRIPTION: usize = 1_024;

/// GitHub keeps so many tags of a rule.
const TAGS: usize = 10;

/// A policy. Its severity is the worst that it has in this run, because GitHub knows severities of rules only, and a
/// DR pattern or the configuration may make a policy more or less severe for one resource.
pub(super) fn rule(report: &Report, at: usize, policy: &PolicyInfo) -> sarif::ReportingDescriptor {
    let failed = report.verdicts.iter().filter(|finding| finding.policy == at && finding.outcome == Outcome::Fail);
    let severity = failed.map(|finding| finding.severity).max().unwrap_or(policy.severity);
    let title = or(&policy.title, &policy.id);
    let help = help(policy);
    let mut rule = sarif::ReportingDescriptor::builder()
        .id(policy.id.as_str())
        .name(policy.id.as_str())
        .short_description(text(&title))
        .full_description(text(&or(&policy.description, &title)))
        .help(sarif::MultiformatMessageString::builder().text(help.clone()).markdown(help).build())
        .default_configuration(sarif::ReportingConfiguration::builder().level(json!(level(severity))).build())
        .properties(properties(policy, severity))
        .build();
    rule.help_uri = policy.references.iter().find(|reference| is_link(reference)).cloned();
    rule
}

fn or<'a>(text: &'a str, other: &'a str) -> String {
    let text = if text.trim().is_empty() { other } else { text };
    text.lines().map(clean).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn text(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(clip(text, DESCRIPTION)).build()
}

/// What it means for recovery and how to fix it, as Markdown that reads well as text.
fn help(policy: &PolicyInfo) -> String {
    let fix = &policy.remediation;
    let mut parts = vec![or(&policy.description, &policy.id)];
    if !fix.summary.is_empty() {
        parts.push(format!("Fix: {}", clean(&fix.summary)));
    }
    if !fix.console.is_empty() {
        parts.push(format!("Console: {}", clean(&fix.console)));
    }
    parts.extend(
        [("CLI", &fix.cli), ("Terraform", &fix.terraform)].into_iter().filter(|(_, code)| !code.is_empty()).map(
            |(label, code)| {
                let code =
                    code.trim_end().lines().map(|line| format!("    {}", clean(line))).collect::<Vec<_>>().join("\n");
                format!("{label}:\n\n{code}")
            },
        ),
    );
    parts.extend(policy.references.iter().filter(|reference| is_link(reference)).map(|link| format!("<{link}>")));
    parts.push(format!("More: seaworthy explain {}", policy.id));
    parts.join("\n\n")
}

/// Web addresses only, and nothing in them that could end a link or needs escaping.
pub(super) fn is_link(reference: &str) -> bool {
    let rest = reference.strip_prefix("https://").or_else(|| reference.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/?#&=%+,:@".contains(c))
    })
}

fn properties(policy: &PolicyInfo, severity: Severity) -> sarif::PropertyBag {
    let controls = policy
        .frameworks
        .iter()
        .flat_map(|(framework, controls)| controls.iter().map(move |control| format!("{framework}/{control}")));
    let tags = ["security", "disaster-recovery", &policy.area].map(str::to_owned);
    let mut properties = bag([
        ("precision", json!("high")),
        ("problem.severity", json!(problem(severity))),
        ("security-severity", json!(score(severity))),
    ]);
    let mut seen = std::collections::BTreeSet::new();
    properties.tags =
        Some(tags.into_iter().chain(controls).filter(|tag| seen.insert(tag.clone())).take(TAGS).collect());
    properties
}

/// Clear of the bounds 9, 7 and 4 between GitHub's severities.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "recommendation",
    }
}

pub(super) fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Critical | Severity::High => ResultLevel::Error,
        Severity::Medium => ResultLevel::Warning,
        Severity::Low => ResultLevel::Note,
    }
}

pub(super) fn bag(properties: impl IntoIterator<Item = (&'static str, Value)>) -> sarif::PropertyBag {
    let properties: BTreeMap<_, _> = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    sarif::PropertyBag::builder().additional_properties(properties).build()
}
