//! What stands in the way: findings of policies, each with the step that it stops.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::order::Order;
use super::states::State;
use super::view::View;
use crate::model::Severity;
use crate::result::{Finding, Outcome, Problem, Report};

/// Where each resource stands in the sequence: a step itself, or what takes the place of one.
pub(super) struct Places<'a> {
    by_id: HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(view: &'a View<'_>, order: &Order, states: &'a [State]) -> Self {
        let mut by_id = HashMap::new();
        let copies = order.at.iter().enumerate().flat_map(|(step, at)| {
            let copies = view.resource(*at).joined.as_ref().and_then(|joined| joined.copies.known());
            copies.into_iter().flatten().filter_map(move |copy| Some((copy.id.text()?, step)))
        });
        let by = states.iter().enumerate().filter_map(|(step, state)| Some((state.by.as_deref()?, step)));
        let own = order.at.iter().enumerate().map(|(step, at)| (view.resource(*at).id.as_str(), step));
        // A step is itself before anything else, and what takes its place goes before its other copies.
        by_id.extend(copies);
        by_id.extend(by);
        by_id.extend(own);
        Self { by_id }
    }

    pub(super) fn step(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

/// Problems in three heaps.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) blockers: Vec<Problem>,
    pub(super) risks: Vec<Problem>,
    pub(super) unknowns: Vec<Problem>,
}

impl Problems {
    /// Of everything that the policies found.
    pub(super) fn new(view: &View<'_>, report: &Report, places: &Places<'_>) -> Self {
        let mut problems = Self::default();
        for finding in &report.verdicts {
            let heap = match finding.outcome {
                Outcome::Fail | Outcome::Waived if finding.blocker => &mut problems.blockers,
                Outcome::Fail | Outcome::Waived => &mut problems.risks,
                Outcome::Unknown | Outcome::Error => &mut problems.unknowns,
                Outcome::Pass | Outcome::NotApplicable => continue,
            };
            heap.push(problem(view, report, finding, places));
        }
        problems
    }

    /// Numbers of the steps that a blocker stops, from 0.
    pub(super) fn blocked(&self) -> BTreeSet<usize> {
        let numbers = self.blockers.iter().filter_map(|problem| problem.step);
        numbers.map(|number| number as usize - 1).collect()
    }

    /// Puts them in order and says what stands behind them: by step, those that wait for it.
    pub(super) fn rank(&mut self, order: &Order) -> HashMap<usize, BTreeSet<usize>> {
        let all = || self.blockers.iter().chain(&self.risks).chain(&self.unknowns);
        let asked: BTreeSet<usize> = all().filter_map(|problem| Some(problem.step? as usize - 1)).collect();
        let behind = order.behind(&asked);
        for problem in self.blockers.iter_mut().chain(&mut self.risks).chain(&mut self.unknowns) {
            let steps = problem.step.and_then(|step| behind.get(&(step as usize - 1)));
            problem.behind = steps.into_iter().flatten().map(|step| number(*step)).collect();
        }
        // What is told of a step and of what takes its place in the same words is told once.
        for heap in [&mut self.blockers, &mut self.risks, &mut self.unknowns] {
            let mut told = HashSet::new();
            heap.retain(|it| it.step.is_none() || told.insert((it.id.clone(), it.step, it.message.clone())));
        }
        let by_size = |it: &Problem| (Reverse(it.behind.len()), Reverse(it.severity), it.step.unwrap_or(u32::MAX));
        let name = |it: &Problem| (it.id.clone(), it.resource.as_ref().map(|one| one.id.clone()), it.message.clone());
        self.blockers.sort_by_cached_key(|it| (by_size(it), name(it)));
        let by_severity = |it: &Problem| (!it.blocker, Reverse(it.severity), Reverse(it.behind.len()));
        self.risks.sort_by_cached_key(|it| (by_severity(it), name(it)));
        self.unknowns.sort_by_cached_key(|it| (by_severity(it), name(it)));
        behind
    }
}

/// From 1.
pub(super) fn number(step: usize) -> u32 {
    u32::try_from(step + 1).unwrap_or(u32::MAX)
}

fn problem(view: &View<'_>, report: &Report, finding: &Finding, places: &Places<'_>) -> Problem {
    let policy = report.policy(finding);
    let remedy = finding.remediation(policy);
    let at = view.wiring.by_id.get(&finding.resource.id);
    Problem {
        id: policy.id.clone(),
        outcome: finding.outcome,
        severity: finding.severity,
        blocker: finding.blocker,
        message: finding.message.clone(),
        resource: at.map(|at| view.resource(*at).into()),
        step: places.step(&finding.resource.id).map(number),
        behind: Vec::new(),
        fix: remedy.summary.clone(),
        cli: Some(remedy.cli.clone()).filter(|cli| !cli.is_empty()),
        waived_by: finding.waiver.as_ref().filter(|_| finding.outcome == Outcome::Waived).map(|it| it.owner.clone()),
        missing: finding.evidence.missing.clone(),
        fingerprint: finding.fingerprint.clone(),
    }
}

/// A problem of the application itself, which no policy about one resource can tell.
pub(super) struct Own<'a> {
    pub(super) id: &'a str,
    pub(super) severity: Severity,
    pub(super) blocker: bool,
    pub(super) message: String,
    /// Index of the step that it is about.
    pub(super) step: Option<usize>,
    pub(super) fix: String,
}

impl Own<'_> {
    pub(super) fn into_problem(self, view: &View<'_>, order: &Order) -> Problem {
        let resource = self.step.map(|step| view.resource(order.at[step]));
        let about = resource.map_or(view.application, |resource| resource.id.as_str());
        Problem {
            id: self.id.to_owned(),
            outcome: Outcome::Fail,
            severity: self.severity,
            blocker: self.blocker,
            message: self.message,
            resource: resource.map(Into::into),
            step: self.step.map(number),
            behind: Vec::new(),
            fix: self.fix,
            cli: None,
            waived_by: None,
            missing: Vec::new(),
            fingerprint: format!("{}:{}:{about}", self.id, view.to),
        }
    }
}
