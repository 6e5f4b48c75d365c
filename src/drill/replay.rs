//! From lines to drills.

use std::collections::HashMap;

use serde_json::Value;

use super::DrillError;
use super::entry::{Entry, Marked, What, WhatStep};
use crate::model::Timestamp;
use crate::result::{Checked, Drill, DrillNote, DrillOutcome, DrillState, DrillStep};

/// The drills of a record, in the order in which they began. `file`: for errors.
pub fn drills(file: &str, text: &str) -> Result<Vec<Drill>, DrillError> {
    let mut drills: Vec<Drill> = Vec::new();
    // Where a drill stands, and each of its steps in it.
    let mut by_id: HashMap<String, (usize, Steps)> = HashMap::new();
    // Editors on Windows may write a byte order mark, which is no part of the JSON.
    let text = text.trim_start_matches('\u{feff}');
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let invalid = |message: String| DrillError::Invalid { file: file.to_owned(), line: at + 1, message };
        let entry = read(line).map_err(invalid)?;
        let known = by_id.get_mut(&entry.drill).and_then(|(at, steps)| Some((drills.get_mut(*at)?, steps)));
        match (known, &entry.what) {
            (Some((drill, steps)), _) => add(drill, steps, entry).map_err(invalid)?,
            (None, What::Started { lost_at, .. }) if *lost_at > entry.at => {
                return Err(invalid(format!("it cannot have begun at {}: the region was lost at {lost_at}", entry.at)));
            }
            (None, What::Started { .. }) => {
                let id = entry.drill.clone();
                if let Some(drill) = started(entry) {
                    by_id.insert(id, (drills.len(), steps(&drill)));
                    drills.push(drill);
                }
            }
            (None, _) => return Err(invalid(format!("drill '{}' has not been started above", entry.drill))),
        }
    }
    drills.sort_by(|one, other| one.started_at.cmp(&other.started_at).then_with(|| one.id.cmp(&other.id)));
    Ok(drills)
}

/// Positions of steps by what they are called.
type Steps = HashMap<String, usize>;

fn steps(drill: &Drill) -> Steps {
    let called = |step: &DrillStep| step.id.as_deref().unwrap_or(&step.name).to_owned();
    // Of several with one name the first is meant.
    drill.steps.iter().enumerate().rev().map(|(at, step)| (called(step), at)).collect()
}

/// An entry, or why the line is none. What it says and nobody reads would be lost evidence.
fn read(line: &str) -> Result<Entry, String> {
    let entry: Entry = serde_json::from_str(line).map_err(|why| no_entry(&why))?;
    let given: Value = serde_json::from_str(line).map_err(|why| no_entry(&why))?;
    let kept = serde_json::to_value(&entry).map_err(|why| no_entry(&why))?;
    match unread(&given, &kept) {
        Some(member) => Err(format!("this is no entry: there is no member '{member}'")),
        None => Ok(entry),
    }
}

/// A member that was given, says something and was not kept.
fn unread<'g>(given: &'g Value, kept: &Value) -> Option<&'g str> {
    let says = |value: &Value| !matches!(value, Value::Null | Value::Bool(false)) && value != &Value::Array(Vec::new());
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => given.iter().find_map(|(name, value)| match kept.get(name) {
            Some(kept) => unread(value, kept),
            None => says(value).then_some(name.as_str()),
        }),
        (Value::Array(given), Value::Array(kept)) => {
            given.iter().zip(kept).find_map(|(given, kept)| unread(given, kept))
        }
        _ => None,
    }
}

/// Without the line and the column in the entry, which are none of the file.
fn no_entry(why: &serde_json::Error) -> String {
    let why = why.to_string();
    format!("this is no entry: {}", why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why))
}

/// An id for a drill that begins now, unlike all others of the record.
pub fn next_id(drills: &[Drill], application: &str, at: Timestamp) -> String {
    let plain = format!("{application}-{}", at.strftime("%Y%m%dT%H%M%SZ"));
    let is_free = |id: &String| drills.iter().all(|drill| drill.id != *id);
    let ids = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}-{number}")));
    ids.into_iter().find(is_free).unwrap_or(plain)
}

fn started(entry: Entry) -> Option<Drill> {
    let note = note(&entry, None);
    let What::Started { application, recovery_region, kind, lost_at, rto_seconds, rpo_seconds, readiness, sequence } =
        entry.what
    else {
        return None;
    };
    Some(Drill {
        id: entry.drill,
        application,
        recovery_region,
        kind,
        lost_at,
        started_at: entry.at,
        stopped_at: None,
        outcome: None,
        recovered_at: None,
        rto_seconds,
        rpo_seconds,
        readiness,
        has_sequence: !sequence.is_empty(),
        steps: sequence.into_iter().map(DrillStep::from).collect(),
        checked: None,
        notes: note.into_iter().collect(),
    })
}

impl From<WhatStep> for DrillStep {
    fn from(step: WhatStep) -> Self {
        Self {
            number: Some(step.number),
            layer: Some(step.layer),
            id: Some(step.id),
            name: step.name,
            holds_data: step.holds_data,
            was_ready: step.state == "ready",
            ..Self::default()
        }
    }
}

fn note(entry: &Entry, step: Option<&str>) -> Option<DrillNote> {
    let text = entry.note.clone()?;
    Some(DrillNote { at: entry.at, by: entry.by.clone(), step: step.map(str::to_owned), text })
}

/// What happened, or why it cannot have.
fn add(drill: &mut Drill, steps: &mut Steps, entry: Entry) -> Result<(), String> {
    if matches!(entry.what, What::Started { .. }) {
        return Err(format!("drill '{}' has been started above", drill.id));
    }
    if let Some(stopped) = drill.stopped_at {
        return Err(format!("drill '{}' was over at {stopped}", drill.id));
    }
    if entry.at < drill.lost_at {
        return Err(format!("{} is before {}, when the region was lost", entry.at, drill.lost_at));
    }
    let step = match &entry.what {
        What::Step(marked) => Some(step_of(drill, steps, &marked.step)),
        _ => None,
    };
    let name = step.and_then(|at| drill.steps.get(at)).map(|step| step.name.clone());
    drill.notes.extend(note(&entry, name.as_deref()));
    match entry.what {
        What::Started { .. } | What::Noted => {}
        What::Step(marked) => {
            if let Some(step) = step.and_then(|at| drill.steps.get_mut(at)) {
                mark(step, &marked, (drill.lost_at, entry.at))?;
            }
        }
        What::Checked { decision, not_passed } => {
            drill.checked = Some(Checked { at: entry.at, decision, not_passed });
        }
        What::Stopped { outcome, recovered_at } => {
            if outcome == DrillOutcome::Passed {
                drill.may_pass(recovered_at)?;
            }
            if let Some(at) = recovered_at.filter(|at| *at < drill.lost_at || *at > entry.at) {
                return Err(format!("it was not back at {at}, which is not between its loss and {}", entry.at));
            }
            drill.stopped_at = Some(entry.at);
            drill.outcome = Some(outcome);
            drill.recovered_at = recovered_at;
        }
    }
    Ok(())
}

/// Where a step stands: at the end, if it is new.
fn step_of(drill: &mut Drill, steps: &mut Steps, called: &str) -> usize {
    if let Some(at) = steps.get(called) {
        return *at;
    }
    steps.insert(called.to_owned(), drill.steps.len());
    drill.steps.push(DrillStep { name: called.to_owned(), ..DrillStep::default() });
    drill.steps.len() - 1
}

fn mark(step: &mut DrillStep, marked: &Marked, (lost_at, at): (Timestamp, Timestamp)) -> Result<(), String> {
    if let Some(newest) = marked.newest_data {
        // In an exercise the source goes on: what arrived later does not show what would have been lost.
        if newest > lost_at {
            return Err(format!(
                "data of {newest} does not show what was lost at {lost_at}: name the newest that is not later"
            ));
        }
        step.newest_data = Some(newest);
    }
    if matches!(marked.state, DrillState::Failed | DrillState::Skipped) {
        step.newest_data = None;
    }
    match marked.state {
        DrillState::Open => {}
        // A step that failed and is begun again is still one that was begun first.
        DrillState::Begun => {
            step.begun_at = step.begun_at.or(Some(at));
            step.ended_at = None;
            step.state = DrillState::Begun;
        }
        state @ (DrillState::Done | DrillState::Failed | DrillState::Skipped) => {
            if let Some(begun) = step.begun_at.filter(|begun| *begun > at) {
                return Err(format!("'{}' cannot have ended at {at}: it was begun at {begun}", step.name));
            }
            // What was found in it later does not make it take longer.
            let is_same = step.state == state && marked.newest_data.is_some();
            step.ended_at = step.ended_at.filter(|_| is_same).or(Some(at));
            step.state = state;
        }
    }
    Ok(())
}
