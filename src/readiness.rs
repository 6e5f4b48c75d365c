//! Readiness: can one application be recovered, in which order, how fast, and what stands in the way? It reads the linked
//! estate and the verdicts, and decides nothing that a policy decides.

mod decision;
mod drills;
mod loss;
mod order;
mod own;
mod pattern;
mod problems;
mod rescue;
mod states;
mod time;
mod told;
mod view;

use std::collections::BTreeSet;

use crate::result::{
    Asked, EvidenceKind, Finding, Known, LeftOut, Outcome, Problem, Readiness, Report, Step, StepState,
};
use order::Order;
use problems::{Places, Problems, number};
use states::State;
use time::Span;
pub use view::{View, Wiring};

/// The readiness of the application. The report is about nothing else, and has all of its passing verdicts.
pub fn readiness(view: &View<'_>, mut report: Report) -> Readiness {
    let order = Order::new(view);
    let mut states: Vec<State> = order.at.iter().map(|at| states::state_of(view, *at)).collect();
    let mut problems = Problems::new(view, &report, &Places::new(view, &order, &states));
    let spans = time::spans(view, &order, &states);
    let data = loss::data(view, &order);
    let time = time::time(view, &order, &states, &spans);
    let implemented = own::add(view, &order, &states, (&data, &time), &mut problems);
    rescue::add(view, &order, &mut problems);
    let waiting = problems.rank(&order);
    stop(&mut states, &problems);
    let blocked = problems.blocked();
    let waiting = blocked.iter().filter_map(|step| Some((*step, waiting.get(step)?)));
    let steps = steps(view, &order, &states, &spans, waiting);
    let (decision, sentence) = decision::decide(view, &report, (&problems.blockers, &problems.risks), &steps, &data);
    let Problems { blockers, risks, unknowns } = problems;
    let (evidence, to_do) = (known(&report), decision::to_do(view, &report));
    let own: Vec<&Problem> = blockers.iter().chain(&risks).collect();
    told::tell(view, &mut report, &own, (decision, &sentence));
    Readiness {
        tool_version: report.tool_version.clone(),
        generated_at: view.now,
        collected_at: report.collected_at,
        sources: report.sources.clone(),
        application: view.application.to_owned(),
        recovery_region: view.to.to_owned(),
        from: from(view, &order),
        decision,
        sentence,
        objective: Asked {
            pattern: view.objective.pattern.map(|pattern| pattern.word().to_owned()),
            rpo_seconds: view.objective.rpo.map(|span| span.seconds),
            rto_seconds: view.objective.rto.map(|span| span.seconds),
        },
        implemented,
        blockers,
        risks,
        unknowns,
        steps,
        left_out: left_out(view),
        data,
        time,
        evidence,
        to_do,
        notices: report.configuration.iter().chain(&report.notices).map(|notice| notice.text.clone()).collect(),
        since: None,
        report: Some(Box::new(report)),
    }
}

/// What a blocker is about is blocked, and what an open question about blockers is about is not known.
fn stop(states: &mut [State], problems: &Problems) {
    let mut turn = |problem: &Problem, state: StepState| {
        let Some(own) = problem.step.and_then(|step| states.get_mut(step as usize - 1)) else { return };
        if own.state != state && own.state != StepState::Blocked {
            own.state = state;
            own.how.clone_from(&problem.message);
        }
    };
    problems.blockers.iter().for_each(|problem| turn(problem, StepState::Blocked));
    let about = problems.unknowns.iter().filter(|problem| problem.blocker);
    about.for_each(|problem| turn(problem, StepState::Unknown));
}

/// `blocked`: the steps that a blocker stops, in their order, with those that wait for each.
fn steps<'b>(
    view: &View<'_>,
    order: &Order,
    states: &[State],
    spans: &[Span],
    blocked: impl Iterator<Item = (usize, &'b BTreeSet<usize>)>,
) -> Vec<Step> {
    let mut behind = vec![Vec::new(); order.at.len()];
    for (step, waiting) in blocked {
        waiting.iter().for_each(|waiting| behind[*waiting].push(number(step)));
    }
    let step = |(step, at): (usize, &usize)| {
        let resource = view.resource(*at);
        let applications = resource.joined.as_ref().and_then(|joined| joined.applications.known());
        Step {
            number: number(step),
            layer: order.layer[step],
            resource: resource.into(),
            class: resource.kind.info().class.word().to_owned(),
            state: states[step].state,
            how: states[step].how.clone(),
            by: states[step].by.clone(),
            shared: applications.is_some_and(|names| names.len() > 1),
            waits_for: order.waits[step].iter().map(|first| number(*first)).collect(),
            behind: std::mem::take(&mut behind[step]),
            seconds: spans[step].as_ref().map(|(seconds, _)| *seconds),
            basis: spans[step].as_ref().map(|(_, basis)| basis.clone()),
        }
    };
    order.at.iter().enumerate().map(step).collect()
}

/// Where it is now.
fn from(view: &View<'_>, order: &Order) -> Vec<String> {
    let mut places = BTreeSet::new();
    places.extend(order.at.iter().filter_map(|at| {
        let resource = view.resource(*at);
        Some((resource.region()?, resource.account()))
    }));
    let place = |(region, account): (&str, Option<&str>)| match account {
        Some(account) => format!("{account} {region}"),
        None => region.to_owned(),
    };
    let mut places: Vec<String> = places.into_iter().map(place).collect();
    places.sort();
    places
}

fn left_out(view: &View<'_>) -> Vec<LeftOut> {
    let by_state = view.members.iter().filter_map(|at| {
        let resource = view.resource(*at);
        let why = view.why_left_out(*at).filter(|_| resource.kind.info().class.comes_back())?;
        Some(LeftOut { resource: resource.into(), why })
    });
    let perhaps = view.perhaps.iter().filter(|at| view.resource(**at).kind.info().class.comes_back()).map(|at| {
        let resource = view.resource(*at);
        let why = resource.unknown.get("joined.applications").map_or("", String::as_str);
        LeftOut { resource: resource.into(), why: format!("it may belong to it: {why}") }
    });
    by_state.chain(perhaps).collect()
}

fn known(report: &Report) -> Known {
    let of = |kind: EvidenceKind| {
        let passes = |finding: &&Finding| finding.outcome == Outcome::Pass && finding.evidence.kind == kind;
        report.verdicts.iter().filter(passes).count()
    };
    Known {
        observed: of(EvidenceKind::Observed),
        measured: of(EvidenceKind::Measured),
        declared: of(EvidenceKind::Declared),
        attested: of(EvidenceKind::Attested),
    }
}
