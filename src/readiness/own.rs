//! What no policy about one resource can tell: objectives of the application, circles, the pattern as a whole.

use super::loss::is_more;
use super::order::Order;
use super::pattern::implemented;
use super::problems::{Own, Problems};
use super::states::State;
use super::view::View;
use crate::model::{Pattern, Severity};
use crate::providers::aws::names;
use crate::result::{Data, Implemented, Loss, StepState, Time};
use crate::text::{self, duration};

/// Policies that tell of one resource what is told here of the application: a problem is told once.
const ABOUT_FLOOR: [&str; 3] = ["schedule-slower-than-objective", "no-copy-in-recovery-region", "no-cross-region-copy"];
const ABOUT_NOW: [&str; 5] = [
    "copied-recovery-point-too-old",
    "newest-clean-point-too-old",
    "replication-lag-exceeds-objective",
    "recovery-points-missing",
    "replica-not-healthy",
];

/// The least time that a pattern takes. AWS Well-Architected, REL13-BP02: hours, tens of minutes, minutes.
const LEAST: [(Pattern, u64); 3] =
    [(Pattern::BackupRestore, 3_600), (Pattern::PilotLight, 600), (Pattern::WarmStandby, 60)];

/// Adds them, and says by which pattern the application would be recovered.
pub(super) fn add(
    view: &View<'_>,
    order: &Order,
    states: &[State],
    (data, time): (&Data, &Time),
    problems: &mut Problems,
) -> Implemented {
    let found = implemented(view, order, states);
    let own = of_data(view, data, problems)
        .into_iter()
        .chain(of_time(time, found.as_ref().ok().map(|(pattern, _)| *pattern)))
        .chain(of_pattern(view, &found))
        .chain(order.circles.iter().map(|circle| of_circle(view, order, circle)))
        .chain(of_control_planes(view, order, states));
    for own in own {
        let heap = if own.blocker { &mut problems.blockers } else { &mut problems.risks };
        heap.push(own.into_problem(view, order));
    }
    match found {
        Ok((pattern, why)) => Implemented { pattern: Some(pattern.word().to_owned()), why },
        Err(why) => Implemented { pattern: None, why },
    }
}

/// More data is lost than may be. Where a policy said so of the resource, it stands there as more than a risk.
fn of_data(view: &View<'_>, data: &Data, problems: &mut Problems) -> Vec<Own<'static>> {
    let Some(allowed) = view.objective.rpo.map(|span| span.seconds) else { return Vec::new() };
    let mut own = Vec::new();
    for row in data.resources.iter().filter(|row| !row.disposable) {
        let told = |heap: &[crate::result::Problem], ids: &[&str]| {
            heap.iter().any(|one| one.step == Some(row.step) && ids.contains(&one.id.as_str()))
        };
        // A policy that cannot tell of its copies knows no less than what is joined.
        if told(&problems.unknowns, &ABOUT_FLOOR) {
            continue;
        }
        let step = Some(row.step as usize - 1);
        if is_more(&row.floor, allowed) == Some(true) {
            // A blocker says why nothing bounds what is lost.
            let blocked = problems.blockers.iter().any(|one| one.step == Some(row.step));
            let is_told =
                told(&problems.blockers, &ABOUT_FLOOR) || (matches!(row.floor, Loss::Unbounded { .. }) && blocked);
            if !is_told {
                problems.risks.retain(|one| one.step != Some(row.step) || !ABOUT_FLOOR.contains(&one.id.as_str()));
                own.push(Own {
                    id: "rpo-out-of-reach",
                    severity: Severity::Critical,
                    blocker: true,
                    message: format!("{}, its objective is {}", lost(&row.floor), duration(allowed)),
                    step,
                    fix: format!("a copy in {} at least every {}", view.to, duration(allowed)),
                });
            }
        } else if is_more(&row.now, allowed) == Some(true)
            && !told(&problems.risks, &ABOUT_NOW)
            && !told(&problems.blockers, &ABOUT_NOW)
        {
            own.push(Own {
                id: "rpo-not-met-now",
                severity: Severity::High,
                blocker: false,
                message: format!("now {}, its objective is {}", lost(&row.now), duration(allowed)),
                step,
                fix: format!("copies in {} that keep up", view.to),
            });
        }
    }
    own
}

fn lost(loss: &Loss) -> String {
    match loss {
        Loss::Seconds { seconds } => format!("what was written in {} is lost", duration(*seconds)),
        Loss::Asynchronous => "what is on its way is lost".to_owned(),
        Loss::Unbounded { why } => format!("nothing bounds what is lost, {why}"),
        Loss::None | Loss::Unknown { .. } => "how much is lost is not known".to_owned(),
    }
}

fn of_time(time: &Time, pattern: Option<Pattern>) -> Option<Own<'static>> {
    let allowed = time.objective_seconds?;
    if time.floor_seconds > allowed {
        return Some(Own {
            id: "rto-out-of-reach",
            severity: Severity::Critical,
            blocker: true,
            message: format!(
                "the steps of which it is known take {} at least, its objective is {}",
                duration(time.floor_seconds),
                duration(allowed)
            ),
            step: None,
            fix: "steps that are done beforehand, or a longer objective".to_owned(),
        });
    }
    let (pattern, least) = LEAST.into_iter().find(|(one, least)| Some(*one) == pattern && allowed < *least)?;
    Some(Own {
        id: "rto-below-pattern",
        severity: Severity::High,
        blocker: false,
        message: format!(
            "its objective is {}, and {} takes {} or more",
            duration(allowed),
            pattern.word(),
            duration(least)
        ),
        step: None,
        fix: "a pattern that is fast enough, or a longer objective".to_owned(),
    })
}

fn of_pattern(view: &View<'_>, found: &Result<(Pattern, String), String>) -> Option<Own<'static>> {
    let (declared, (found, why)) = (view.objective.pattern?, found.as_ref().ok()?);
    (*found < declared).then(|| Own {
        id: "pattern-not-implemented",
        severity: Severity::High,
        blocker: false,
        message: format!("it is declared as {}, and comes to {}: {why}", declared.word(), found.word()),
        step: None,
        fix: format!("what {} asks for, or the pattern as it is", declared.word()),
    })
}

fn of_circle(view: &View<'_>, order: &Order, circle: &[usize]) -> Own<'static> {
    let names: Vec<String> = circle.iter().map(|step| view.resource(order.at[*step]).name.clone()).collect();
    Own {
        id: "dependency-circle",
        severity: Severity::High,
        blocker: false,
        message: format!("{} wait for each other: none of them can come first", text::list(&names)),
        step: circle.first().copied(),
        fix: "one of them that starts without the others".to_owned(),
    }
}

/// What has to be made anew by a control plane that is in the region which is lost.
fn of_control_planes<'o>(
    view: &'o View<'_>,
    order: &'o Order,
    states: &'o [State],
) -> impl Iterator<Item = Own<'static>> + 'o {
    let to_make = |state: StepState| matches!(state, StepState::ToRebuild | StepState::ToSwitch | StepState::Missing);
    let lost =
        |region: &&str| order.at.iter().any(|at| view.resource(*at).region() == Some(*region)) && view.to != *region;
    order.at.iter().enumerate().filter(move |(step, _)| to_make(states[*step].state)).filter_map(move |(step, at)| {
        let resource = view.resource(*at);
        let service = resource.kind.info().service;
        let region = names::control_plane(service, &resource.id).filter(lost)?;
        Some(Own {
            id: "control-plane-in-lost-region",
            severity: Severity::High,
            blocker: false,
            message: format!(
                "it has to be there before the outage: {service} is changed in {region} only, which is lost"
            ),
            step: Some(step),
            fix: "made beforehand, and never changed in a recovery".to_owned(),
        })
    })
}
