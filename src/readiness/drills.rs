//! What drills have measured. One that failed or was called off measured nothing.

use super::view::View;
use crate::result::{Drill, DrillOutcome, DrillStep, Measured};
use crate::text::duration;

/// Those that passed, newest first.
fn passed<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v Drill> {
    let has_passed = |drill: &&Drill| drill.outcome == Some(DrillOutcome::Passed) && drill.stopped_at <= Some(view.now);
    let mut passed: Vec<&Drill> = view.drills.iter().copied().filter(has_passed).collect();
    passed.sort_by_key(|drill| std::cmp::Reverse((drill.stopped_at, &drill.id)));
    passed.into_iter()
}

fn measured(drill: &Drill, seconds: u64, whole: bool) -> Option<Measured> {
    Some(Measured { drill: drill.id.clone(), at: drill.stopped_at?, seconds, whole })
}

/// How long recovery took.
pub(super) fn took(view: &View<'_>) -> Option<Measured> {
    let drill = passed(view).next()?;
    measured(drill, drill.recovered_seconds()?, true)
}

/// How much data was lost.
pub(super) fn lost(view: &View<'_>) -> Option<Measured> {
    let drill = passed(view).next()?;
    let loss = drill.loss()?;
    measured(drill, loss.seconds, loss.whole)
}

/// How long one step took, seconds, the last time that it was timed, and what tells.
pub(super) fn step(view: &View<'_>, id: &str) -> Option<(u64, String)> {
    let is_it = |step: &&DrillStep| step.id.as_deref() == Some(id);
    let timed = passed(view).find_map(|drill| Some((drill, drill.steps.iter().find(is_it)?.seconds()?)));
    timed.map(|(drill, seconds)| {
        let on = drill.started_at.strftime("%Y-%m-%d");
        (seconds, format!("measured: it took {} in the drill of {on}", duration(seconds)))
    })
}
