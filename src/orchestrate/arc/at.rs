//! A step of a plan in an estate, and what it names there.

use super::super::findings::{Findings, Spot};
use super::super::json::Node;
use super::super::look::{Found, Look, open};
use super::plan::{Plan, Step, Workflow};
use crate::model::{Fact, Kind, Resource};
use crate::providers::aws::names::{Arn, tail};
use crate::text::state;

/// Where a step is looked at: what is activated, and what takes over from what.
pub(super) struct At<'p, 'n, 'l, 'a> {
    pub plan: &'p Plan<'n>,
    pub workflow: &'p Workflow<'n>,
    pub step: &'p Step<'n>,
    pub look: &'l Look<'a>,
}

impl<'n> At<'_, 'n, '_, '_> {
    pub(super) fn spot(&self, node: &Node) -> Spot {
        self.step.at(node)
    }

    /// Pairs of regions: what is activated, and what takes over for which. Nothing where the step leads back.
    pub(super) fn ways(&self) -> Vec<(&'n str, &'n str)> {
        let to = match self.workflow.action {
            "activate" => self.plan.activated(self.workflow),
            _ => Vec::new(),
        };
        to.into_iter().filter_map(|to| Some((to, self.plan.other(to)?))).collect()
    }
}

/// Finds what a plan names, or says what is known of that it is not there.
pub(super) fn there<'a>(
    look: &Look<'a>,
    plan: &Plan<'_>,
    kind: &str,
    arn: &str,
    at: &Spot,
    out: &mut Findings,
) -> Option<(usize, &'a Resource)> {
    let region = Arn::parse(arn)?.known_region();
    // That was said where the plan was looked at.
    if region.is_some_and(|region| !plan.regions.contains(&region))
        && kind != "aws.route53recoverycontrolconfig.routing-control"
    {
        return None;
    }
    let what = Kind::of(kind).info().title;
    let place = region.map(|region| format!(" in {region}")).unwrap_or_default();
    match look.by_arn(kind, arn) {
        Found::At(at, resource) => Some((at, resource)),
        Found::Nowhere => {
            let message =
                format!("there is no {what} '{}'{place}: the step fails, and the execution stops there", tail(arn));
            out.fatal("not-there", at, message, "name one that is there, or make it");
            None
        }
        Found::Perhaps(why) => {
            let message = format!("whether there is a {what} '{}'{place} is not known: {why}", tail(arn));
            out.open("not-seen", at, message, "collect it, or grant what was denied");
            None
        }
    }
}

/// Its state has to let it be used.
pub(super) fn in_order(resource: &Resource, at: &Spot, out: &mut Findings) {
    let status = resource.status.as_deref();
    match status.map_or(Fact::Unknown, |status| status.healthy) {
        Fact::Known(true) => {}
        Fact::Known(false) => {
            let word = status.and_then(|status| status.state.text()).unwrap_or("not in order");
            let message =
                format!("'{}' is {}: the step fails, or waits until its time is up", resource.name, state(word));
            out.fatal("not-available", at, message, "wait until it is in order, or repair it");
        }
        _ => open(resource, "status.healthy", "the state", at, out),
    }
}
