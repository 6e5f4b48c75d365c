//! What drills have measured. One that failed or was called off measured nothing.

use super::view::View;
use crate::result::{Drill, DrillStep, Measured};
use crate::text::duration;

fn measured(drill: &Drill, seconds: u64, whole: bool) -> Option<Measured> {
    Some(Measured { drill: drill.id.clone(), at: drill.stopped_at?, seconds, whole })
}

/// How long recovery took.
pub(super) fn took(view: &View<'_>) -> Option<Measured> {
    let drill = view.passed_drills.first()?;
    measured(drill, drill.recovered_seconds()?, true)
}

/// How much data was lost.
pub(super) fn lost(view: &View<'_>) -> Option<Measured> {
    let drill = view.passed_drills.first()?;
    let loss = drill.loss()?;
    measured(drill, loss.seconds, loss.whole)
}

/// How long one step took, seconds, the last time that it was timed, and what tells.
pub(super) fn step(view: &View<'_>, id: &str) -> Option<(u64, String)> {
    let is_it = |step: &&DrillStep| step.id.as_deref() == Some(id);
    let timed = view.passed_drills.iter().find_map(|drill| Some((drill, drill.steps.iter().find(is_it)?.seconds()?)));
    timed.map(|(drill, seconds)| {
        let on = drill.started_at.strftime("%Y-%m-%d");
        (seconds, format!("measured: it took {} in the drill of {on}", duration(seconds)))
    })
}
