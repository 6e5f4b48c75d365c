//! The preflight of a plan of ARC Region switch, and a plan that was made, for people and for the service.

use std::io;

use super::orchestrate::{finding, folded, notes};
use crate::result::{Evaluation, MadePlan, PlanPreflight, Uncovered};
use crate::text::{clean, count, list, some};

/// So many names of what is not covered are listed.
const NAMED: usize = 5;

/// Writes a preflight for people, escaped for the terminal. `file`: what was looked at. `width`: the columns.
pub fn table(preflight: &PlanPreflight, file: &str, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let risks = count(preflight.risks, "risk");
    writeln!(out, "{}: {} fatal, {risks}, {} unknown", preflight.answer.word(), preflight.fatal, preflight.unknown)?;
    let name = preflight.name.as_deref().map(|name| format!(" '{name}'")).unwrap_or_default();
    let regions =
        if preflight.regions.is_empty() { String::new() } else { format!(" between {}", list(&preflight.regions)) };
    let shape = format!("{}, {}", count(preflight.workflows, "workflow"), count(preflight.steps, "step"));
    writeln!(out, "{} for Region switch{}{}: {shape}", clean(file), clean(&name), clean(&regions))?;
    for found in &preflight.findings {
        finding(found, file, width, out)?;
    }
    if !preflight.uncovered.is_empty() {
        writeln!(out, "\nno step brings back")?;
    }
    for row in &preflight.uncovered {
        folded(out, "  ", &uncovered(row), width)?;
    }
    if let Some(aws) = &preflight.aws {
        evaluation(aws, width, out)?;
    }
    notes(&preflight.notes, preflight.not_looked_at, width, out)
}

/// `shop in us-west-2, ready: 2 KMS keys (a, b)`.
fn uncovered(row: &Uncovered) -> String {
    let what = count(row.names.len(), &row.what);
    let names = some(&row.names, NAMED);
    format!("{} in {}, {}: {what} ({names})", row.application, row.region, row.state.word())
}

/// What AWS says, beside what we say.
fn evaluation(aws: &Evaluation, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let state = match aws.state.as_deref() {
        Some("passed") => "passed",
        Some("actionrequired") => "asks for something to be done",
        Some("pendingevaluation") => "has not looked yet",
        Some(_) => "could not tell",
        None => "not known",
    };
    let at = aws.at.map(|at| format!(", {at}")).unwrap_or_default();
    let version = aws.version.as_deref().map(|version| format!(", version {version}")).unwrap_or_default();
    writeln!(out, "\nRegion switch itself: {state}{at}{}", clean(&version))?;
    for warning in &aws.warnings {
        let step = warning.step.as_deref().map(|step| format!("{step}: ")).unwrap_or_default();
        folded(out, "  it: ", &format!("{step}{}", warning.message), width)?;
        folded(out, "  we: ", &warning.ours, width)?;
    }
    aws.quotas.iter().try_for_each(|quota| folded(out, "  quota: ", quota, width))?;
    aws.differences.iter().try_for_each(|text| folded(out, "  difference: ", text, width))
}

/// Writes a preflight, or a plan with what stands beside it, as one JSON document.
pub fn json(document: &impl serde::Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}

/// What a plan came to: `GO: 3 steps in 2 workflows, between us-east-1 and us-west-2`.
pub fn made_headline(made: &MadePlan) -> String {
    let word = made.answer.word();
    let region = clean(&made.region);
    match &made.plan {
        Some(plan) => {
            let steps: usize = plan.workflows.iter().map(|workflow| workflow.steps.len()).sum();
            let regions = list(&plan.regions);
            format!(
                "{word}: {} in {}, between {}",
                count(steps, "step"),
                count(plan.workflows.len(), "workflow"),
                clean(&regions)
            )
        }
        None if made.refused.is_empty() => {
            format!("nothing to do in {region}: Region switch has no step for anything of it")
        }
        None if made.refused.iter().any(|found| found.what == "setting of the plan") => {
            format!("{word}: no plan for {region} is written, for it lacks a setting")
        }
        None => format!(
            "{word}: no plan for {region} is written, for what is refused would be missing (--partial writes the rest)"
        ),
    }
}

/// Every row of what no step brings back, in one line.
pub fn uncovered_line(row: &Uncovered) -> String {
    clean(&format!("no step: {}", uncovered(row))).into_owned()
}
