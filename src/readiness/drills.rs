//! What drills have measured, and activations of the region by Region switch. One that failed or was called off measured nothing.

use super::view::View;
use crate::model::PlanActivation;
use crate::result::{Drill, DrillStep, Measured, MeasuredBy};
use crate::text::duration;

fn measured(drill: &Drill, seconds: u64, whole: bool) -> Option<Measured> {
    Some(Measured { by: MeasuredBy::Drill, id: drill.id.clone(), at: drill.stopped_at?, seconds, whole })
}

/// How long recovery took, the newest time that it was timed.
pub(super) fn took(view: &View<'_>) -> Option<Measured> {
    let drill = view.passed_drills.first();
    let drill = drill.and_then(|drill| measured(drill, drill.recovered_seconds()?, true));
    let plans = view.members.iter().filter_map(|at| view.resource(*at).switch_plan.as_deref()?.activations.known());
    let switched = plans.flatten().filter(|it| it.region.text() == Some(view.to)).filter_map(activated);
    drill.into_iter().chain(switched).max_by(|one, other| one.at.cmp(&other.at).then_with(|| one.id.cmp(&other.id)))
}

/// Without alarms nobody knows when the application was up: it took as long as the steps did, at least.
fn activated(one: &PlanActivation) -> Option<Measured> {
    let whole = one.recovery_seconds.known().copied();
    Some(Measured {
        by: MeasuredBy::RegionSwitch,
        id: one.execution.text()?.to_owned(),
        at: one.ended_at.known().copied()?,
        seconds: whole.or_else(|| one.execution_seconds.known().copied())?,
        whole: whole.is_some(),
    })
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
