//! The record of drills, for people and for other tools.

use std::io;

use super::columns::columns;
use super::orchestrate::folded;
use crate::model::Timestamp;
use crate::result::{Drill, DrillHistory, DrillRow, DrillState, DrillStep};
use crate::text::{clean, clip, count, duration};

/// So many drills and notes are listed.
const LISTED: usize = 20;

/// Writes them for people, escaped for the terminal: what the newest has shown, all of them, and the steps of the last one of
/// the history. `width`: the columns.
pub fn table(history: &DrillHistory, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(last) = history.drills.last() else {
        return folded(out, "", &format!("no drill is on record in {}", history.record), width);
    };
    summary(history, last).iter().try_for_each(|line| folded(out, "", line, width))?;
    writeln!(out)?;
    rows(&history.drills, width, out)?;
    steps(history, last, width, out)?;
    if !last.drill.notes.is_empty() {
        writeln!(out, "\nNOTES")?;
    }
    for note in last.drill.notes.iter().take(LISTED) {
        let by = note.by.as_ref().map(|by| format!(" {by}")).unwrap_or_default();
        let step = note.step.as_ref().map(|step| format!(" · {step}")).unwrap_or_default();
        folded(out, "  ", &format!("{}{by}{step}: {}", moment(note.at), note.text), width)?;
    }
    more(out, last.drill.notes.len())
}

fn more(out: &mut dyn io::Write, all: usize) -> io::Result<()> {
    match all.checked_sub(LISTED) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(out, "  and {more} more: --format json has all of them"),
    }
}

/// `2026-11-30 10:33`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn summary(history: &DrillHistory, last: &DrillRow) -> Vec<String> {
    let drill = &last.drill;
    let about = format!("{} in {}", drill.application, drill.recovery_region);
    let Some((stopped, outcome)) = drill.stopped_at.zip(drill.outcome) else { return running(history, drill, &about) };
    let ago = duration(seconds(stopped, history.now));
    let drills = count(history.drills.len(), "drill");
    let mut lines = vec![format!("{about}: {drills}, the last one {} {ago} ago", outcome.word())];
    lines.extend(last.recovered_seconds.map(|took| {
        let allowed = allowed(drill.rto_seconds, took);
        format!("RTO: it took {} until it was back{allowed}{}", duration(took), trend(history, last, took))
    }));
    lines.push(match last.loss {
        Some(loss) => {
            let least = if loss.whole { "" } else { "at least " };
            // What is a bound below shows only that it is too much.
            let objective = drill.rpo_seconds.filter(|most| loss.whole || loss.seconds > *most);
            format!("RPO: {least}{} of data were lost{}", duration(loss.seconds), allowed(objective, loss.seconds))
        }
        None => "RPO: nobody noted how new the data was that came back".to_owned(),
    });
    lines.extend(checks(drill));
    lines
}

/// What functional checks said last.
fn checks(drill: &Drill) -> Option<String> {
    let checked = drill.checked.as_ref()?;
    let not = match checked.not_passed.as_slice() {
        [] => String::new(),
        names => format!(": {}", names.join(", ")),
    };
    Some(format!("checks: {}{not}", checked.decision.word()))
}

fn running(history: &DrillHistory, drill: &Drill, about: &str) -> Vec<String> {
    let so_far = seconds(drill.lost_at, history.now);
    let left = match drill.rto_seconds {
        Some(allowed) if so_far > allowed => format!(", {} longer than allowed", duration(so_far - allowed)),
        Some(allowed) => format!(", {} left of {}", duration(allowed - so_far), duration(allowed)),
        None => String::new(),
    };
    let mut lines = vec![format!("{about}: {} runs for {}{left}", drill.id, duration(so_far))];
    let begun: Vec<String> = drill.steps.iter().filter(|step| step.state == DrillState::Begun).map(called).collect();
    if !begun.is_empty() {
        lines.push(format!("begun: {}", begun.join(", ")));
    }
    let layer = drill.open_steps().filter_map(|step| step.layer).min();
    let is_next = |step: &&DrillStep| layer.is_some() && step.layer == layer && step.state == DrillState::Open;
    let next: Vec<String> = drill.open_steps().filter(is_next).map(called).collect();
    if !next.is_empty() {
        lines.push(format!("next: {}", next.join(", ")));
    }
    lines.extend(checks(drill));
    lines
}

fn called(step: &DrillStep) -> String {
    step.number.map_or_else(|| step.name.clone(), |number| format!("{number} {}", step.name))
}

fn allowed(objective: Option<u64>, found: u64) -> String {
    match objective {
        None => String::new(),
        Some(most) if found > most => format!(", {} more than the {} allowed", duration(found - most), duration(most)),
        Some(most) => format!(", within the {} allowed", duration(most)),
    }
}

/// Whether recovery gets faster.
fn trend(history: &DrillHistory, last: &DrillRow, took: u64) -> String {
    let before = history.drills.iter().rev().filter(|row| row.drill.id != last.drill.id);
    let before = before.filter(|row| row.drill.application == last.drill.application);
    let before = before.filter(|row| row.drill.recovery_region == last.drill.recovery_region);
    let Some((row, earlier)) = before.filter_map(|row| Some((row, row.recovered_seconds?))).next() else {
        return String::new();
    };
    let on = row.drill.started_at.strftime("%Y-%m-%d");
    match earlier.cmp(&took) {
        std::cmp::Ordering::Greater => format!("; {} less than on {on}", duration(earlier - took)),
        std::cmp::Ordering::Less => format!("; {} more than on {on}", duration(took - earlier)),
        std::cmp::Ordering::Equal => format!("; as on {on}"),
    }
}

fn rows(drills: &[DrillRow], width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let header = ["drill", "kind", "region", "result", "RTO", "RPO"];
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let row = |row: &DrillRow| {
        let drill = &row.drill;
        let least = |loss: &crate::result::DrillLoss| if loss.whole { "" } else { "≥ " };
        [
            clean(&drill.id).into_owned(),
            drill.kind.word().to_owned(),
            clean(&drill.recovery_region).into_owned(),
            drill.outcome.map_or("running", |outcome| outcome.word()).to_owned(),
            or_dash(row.recovered_seconds.map(|took| met(took, drill.rto_seconds))),
            or_dash(row.loss.map(|loss| format!("{}{}", least(&loss), met(loss.seconds, drill.rpo_seconds)))),
        ]
    };
    let shown = drills.len().saturating_sub(LISTED);
    let lines = columns(header, drills[shown..].iter().rev().map(row), 2);
    lines.iter().try_for_each(|line| writeln!(out, "{}", clip(line, width.max(20))))?;
    more(out, drills.len())
}

/// `42 m !` is more than is allowed.
fn met(seconds: u64, objective: Option<u64>) -> String {
    let missed = if objective.is_some_and(|most| seconds > most) { " !" } else { "" };
    format!("{}{missed}", short(seconds))
}

/// `42 m`, `1 h 5 m`.
fn short(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} m", seconds / 60),
        3_600..86_400 => format!("{} h {} m", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

fn steps(history: &DrillHistory, last: &DrillRow, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    if last.drill.steps.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSTEPS of {}", clean(&last.drill.id))?;
    let header = ["#", "step", "state", "took", "before", "newest data"];
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let row = |step: &DrillStep| {
        let state = if step.was_ready && step.state == DrillState::Open { "ready" } else { step.state.word() };
        [
            step.number.map(|number| number.to_string()).unwrap_or_default(),
            clip(&clean(&step.name), 34).into_owned(),
            state.to_owned(),
            or_dash(step.seconds().map(short)),
            or_dash(before(history, last, step).map(short)),
            or_dash(step.newest_data.map(moment)),
        ]
    };
    let lines = columns(header, last.drill.steps.iter().map(row), 3);
    lines.iter().try_for_each(|line| writeln!(out, "  {}", clip(line, width.saturating_sub(2).max(20))))?;
    let open = last.drill.open_steps().count();
    if open > 0 && last.drill.stopped_at.is_some() {
        let said = if open == 1 { "was" } else { "were" };
        folded(out, "  ", &format!("nobody said that {} {said} done", count(open, "step")), width)?;
    }
    Ok(())
}

/// How long the same step took the last time.
fn before(history: &DrillHistory, last: &DrillRow, step: &DrillStep) -> Option<u64> {
    let others = history.drills.iter().rev().filter(|row| row.drill.id != last.drill.id);
    let mut same =
        others.flat_map(|row| &row.drill.steps).filter(|other| (&other.id, &other.name) == (&step.id, &step.name));
    same.find_map(DrillStep::seconds)
}

fn seconds(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.as_second() - from.as_second()).unwrap_or(0)
}

/// Writes them as one JSON document.
pub fn json(history: &DrillHistory, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, history)?;
    writeln!(out)
}
