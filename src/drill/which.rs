//! What people call things in the heat of a drill.

use std::collections::BTreeSet;

use super::DrillError;
use crate::config::Config;
use crate::result::{Drill, DrillStep};
use crate::text::{did_you_mean, list};

/// The drill of an application that runs.
pub fn running<'d>(drills: &'d [Drill], application: &str) -> Result<&'d Drill, DrillError> {
    let found = drills.iter().find(|drill| drill.application == application && drill.stopped_at.is_none());
    let refused = || {
        let message = format!("no drill of '{application}' is running");
        DrillError::refused(message, format!("seaworthy drill start {application}"))
    };
    found.ok_or_else(refused)
}

/// The step that is meant by its number, its name, its id or the end of its id. `is_new`: it is none of the sequence.
pub fn step(drill: &Drill, typed: &str, is_new: bool) -> Result<String, DrillError> {
    let called = |step: &DrillStep| step.id.clone().unwrap_or_else(|| step.name.clone());
    let by_number = typed.parse().ok().and_then(|typed: u32| drill.steps.iter().find(|it| it.number == Some(typed)));
    if let Some(step) = by_number {
        return Ok(called(step));
    }
    let is_exact = |step: &&DrillStep| step.name == typed || step.id.as_deref() == Some(typed);
    let ends = |step: &&DrillStep| {
        step.id.as_deref().and_then(|id| id.strip_suffix(typed)).is_some_and(|rest| rest.ends_with([':', '/']))
    };
    let exact: Vec<&DrillStep> = drill.steps.iter().filter(is_exact).collect();
    let found = if exact.is_empty() { drill.steps.iter().filter(ends).collect() } else { exact };
    match found.as_slice() {
        [one] => Ok(called(one)),
        [] if is_new || !drill.has_sequence => Ok(typed.to_owned()),
        [] => {
            let hint = did_you_mean(typed, drill.steps.iter().map(|step| step.name.as_str()));
            let help = "number, name or id of a step as 'seaworthy drill show' lists them; --new adds one that is not among them";
            Err(DrillError::refused(format!("the drill has no step '{typed}'{hint}"), help))
        }
        several => {
            let which: Vec<String> = several
                .iter()
                .map(|step| match (step.number, &step.id) {
                    (Some(number), Some(id)) => format!("{number} ({id})"),
                    _ => step.name.clone(),
                })
                .collect();
            Err(DrillError::refused(
                format!("several steps are called '{typed}'"),
                format!("name one: {}", list(&which)),
            ))
        }
    }
}

/// The region of a drill, where none is named: the only one in which something comes back.
pub fn target(config: &Config) -> Result<String, DrillError> {
    let regions: BTreeSet<&str> = config.recovery.iter().map(|pair| pair.to.as_str()).collect();
    let mut all = regions.iter();
    match (all.next(), all.next()) {
        (Some(one), None) => Ok((*one).to_owned()),
        (None, _) => {
            let help = "--to REGION, or a pair of regions in seaworthy.yaml, under 'recovery'";
            Err(DrillError::refused("it is not said in which region it is recovered", help))
        }
        _ => {
            let all: Vec<String> = regions.iter().map(|region| (*region).to_owned()).collect();
            Err(DrillError::refused(
                "it may be recovered in several regions",
                format!("--to {}", all.join(" or --to ")),
            ))
        }
    }
}
