//! The pattern that the configuration comes to, whatever is declared.

use super::order::Order;
use super::states::State;
use super::view::View;
use crate::model::{Class, Fact, Pattern, Resource};
use crate::result::StepState;

/// The most demanding pattern that everything lives up to, and what keeps it from the next one. `Err`: why it cannot be told.
pub(super) fn implemented(view: &View<'_>, order: &Order, states: &[State]) -> Result<(Pattern, String), String> {
    let all = || order.at.iter().map(|at| view.resource(*at)).zip(states);
    // What starts empty promises nothing.
    let data = || all().filter(|(resource, _)| resource.kind.info().is_stateful() && !is_cache(resource));
    let compute = || all().filter(|(resource, _)| resource.kind.info().is_compute());
    if let Some((resource, _)) = data().chain(compute()).find(|(_, state)| state.state == StepState::Unknown) {
        return Err(format!("what becomes of {} is not known", resource.name));
    }
    if data().next().is_none() && compute().next().is_none() {
        return Err("nothing of it holds data or runs".to_owned());
    }
    let lost = |_: &Resource, state: &State| state.state == StepState::Missing;
    if let Some(name) = first(data(), lost) {
        return Err(format!("{name} does not come back at all"));
    }
    if let Some(name) = first(data(), |_, state| state.state == StepState::ToRestore) {
        return Ok((Pattern::BackupRestore, format!("{name} comes back from a backup")));
    }
    let absent = |_: &Resource, state: &State| matches!(state.state, StepState::Missing | StepState::ToRebuild);
    if let Some(name) = first(compute(), absent) {
        return Ok((Pattern::PilotLight, format!("nothing stands in for {name}")));
    }
    if let Some(name) = first(compute(), |_, state| state.state == StepState::ToStart) {
        return Ok((Pattern::PilotLight, format!("what stands in for {name} does not run")));
    }
    if let Some(name) = first(data(), |_, state| state.state != StepState::Ready) {
        return Ok((Pattern::WarmStandby, format!("{name} has to be promoted")));
    }
    if let Some(name) = first(compute(), |resource, _| runs_less(resource)) {
        return Ok((Pattern::WarmStandby, format!("what stands in for {name} runs less than it does")));
    }
    let data = match data().next() {
        Some(_) => "all of its data takes writes in both regions",
        None => "no data of it was found",
    };
    Ok((Pattern::ActiveActive, format!("{data}, and all of it runs in both")))
}

/// The name of the first of which that holds.
fn first<'r>(
    mut of: impl Iterator<Item = (&'r Resource, &'r State)>,
    is: impl Fn(&Resource, &State) -> bool,
) -> Option<String> {
    of.find(|(resource, state)| is(resource, state)).map(|(resource, _)| resource.name.clone())
}

fn is_cache(resource: &Resource) -> bool {
    resource.kind.info().class == Class::Cache
}

/// Its counterpart runs fewer instances, or how many is not known. One that starts as many as are asked for has no number.
fn runs_less(resource: &Resource) -> bool {
    let Some(joined) = &resource.joined else { return true };
    let own = resource.capacity.as_ref().and_then(|capacity| capacity.desired.known().copied());
    match (joined.standby_desired, own) {
        (Fact::Absent, _) => false,
        (Fact::Known(there), Some(own)) => there < own,
        (Fact::Known(_) | Fact::Unknown, _) => true,
    }
}
