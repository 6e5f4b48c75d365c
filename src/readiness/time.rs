//! How long it takes: the longest way through the steps, as far as anything tells. No number is made up.

use super::drills;
use super::order::Order;
use super::states::State;
use super::view::View;
use crate::model::{Class, Resource};
use crate::result::{StepState, Time};

/// An alias of a load balancer is kept for so many seconds.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html>
const ALIAS_SECONDS: u64 = 60;

/// How long a step takes at least, seconds, and what tells.
pub(super) type Span = Option<(u64, String)>;

/// Of each step.
pub(super) fn spans(view: &View<'_>, order: &Order, states: &[State]) -> Vec<Span> {
    let span = |(step, at): (usize, &usize)| {
        let resource = view.resource(*at);
        match resource.kind.info().class {
            Class::DnsRecord => of_record(view, resource),
            Class::TargetGroup => {
                let waits = order.waits[step].iter().any(|first| states[*first].state != StepState::Ready);
                waits.then(|| of_targets(resource)).flatten()
            }
            _ if states[step].state == StepState::ToRestore => {
                let seconds = resource.joined.as_ref()?.restore_seconds.known().copied()?;
                Some((seconds, "measured: its newest restore that succeeded took so long".to_owned()))
            }
            _ => None,
        }
    };
    let measured = |(step, at): (usize, &usize)| {
        let todo = states[step].state != StepState::Ready;
        todo.then(|| drills::step(view, &view.resource(*at).id)).flatten().or_else(|| span((step, at)))
    };
    order.at.iter().enumerate().map(measured).collect()
}

/// Until everybody asks for the new address.
fn of_record(view: &View<'_>, record: &Resource) -> Span {
    let dns = record.dns.as_ref()?;
    let kept = match dns.ttl_seconds.known() {
        Some(seconds) => u64::from(*seconds),
        None if dns.alias.known() == Some(&true) => ALIAS_SECONDS,
        None => return None,
    };
    let check = record.joined.as_ref().and_then(|joined| joined.gate.known()?.id.text());
    let check = check.and_then(|id| view.wiring.by_id.get(id)).map(|at| view.resource(*at));
    let noticed = check.and_then(|check| {
        let check = check.health_check.as_ref()?;
        Some(u64::from(*check.interval_seconds.known()?) * u64::from(*check.unhealthy_threshold.known()?))
    });
    match noticed {
        Some(noticed) => {
            let basis = format!("its health check takes {noticed} s to notice, and answers are kept for {kept} s");
            Some((noticed + kept, basis))
        }
        None => Some((kept, format!("answers are kept for {kept} s"))),
    }
}

/// Until a target that has just started takes requests.
fn of_targets(group: &Resource) -> Span {
    let check = group.health_check.as_ref()?;
    let (interval, times) = (*check.interval_seconds.known()?, *check.healthy_threshold.known()?);
    let basis = format!("a target is healthy after {times} checks, one every {interval} s");
    Some((u64::from(interval) * u64::from(times), basis))
}

/// The longest way. Where nothing tells how long steps take, the way with the most of them to be done.
pub(super) fn time(view: &View<'_>, order: &Order, states: &[State], spans: &[Span]) -> Time {
    let todo = |step: usize| states[step].state != StepState::Ready;
    let mut best: Vec<(u64, usize, Option<usize>)> = Vec::with_capacity(order.at.len());
    for (step, span) in spans.iter().enumerate() {
        let own = span.as_ref().map_or(0, |(seconds, _)| *seconds);
        // Steps of a circle do not come before each other.
        let first = order.waits[step].iter().copied().filter(|first| order.layer[*first] < order.layer[step]);
        let longest = first.max_by_key(|first| (best[*first].0, best[*first].1, std::cmp::Reverse(*first)));
        let (seconds, steps) = longest.map_or((0, 0), |first| (best[first].0, best[first].1));
        best.push((seconds + own, steps + usize::from(todo(step)), longest));
    }
    let end = (0..best.len()).max_by_key(|step| (best[*step].0, best[*step].1, std::cmp::Reverse(*step)));
    let mut path: Vec<usize> = std::iter::successors(end, |step| best[*step].2).collect();
    path.reverse();
    path.retain(|step| todo(*step) || spans[*step].is_some());
    let number = |step: usize| u32::try_from(step + 1).unwrap_or(u32::MAX);
    Time {
        floor_seconds: end.map_or(0, |end| best[end].0),
        objective_seconds: view.objective.rto.map(|span| span.seconds),
        measured: drills::took(view),
        path: path.into_iter().map(number).collect(),
        without_a_number: (0..best.len()).filter(|step| todo(*step) && spans[*step].is_none()).map(number).collect(),
    }
}
