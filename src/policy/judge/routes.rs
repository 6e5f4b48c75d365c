//! Which policies are asked about the resources of a kind, and what of them is read.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{Action, Resource};
use crate::policy::schema::Nodes;
use crate::policy::{Policy, PolicyError, PolicySet};

/// What is asked of the resources of a kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    /// Indexes of the policies.
    pub policies: Vec<usize>,
    /// What their rules read.
    pub wanted: Nodes,
}

/// For each kind, what has to be asked of its resources. Only the policies that stand here are
/// parsed and compiled, here and once, so that it is done on all cores.
pub(super) fn routes(set: &PolicySet, resources: &[Resource]) -> Result<Vec<Route>, PolicyError> {
    let mut actions: Vec<BTreeSet<Action>> = vec![BTreeSet::new(); set.by_kind.len()];
    for resource in resources {
        actions[resource.kind.index()].insert(action(resource));
    }
    let mut routes: Vec<Route> = Vec::with_capacity(actions.len());
    for (actions, policies) in actions.iter().zip(&set.by_kind) {
        let is_asked = |at: &usize| actions.iter().any(|action| is_asked(&set.policies[*at], *action));
        routes.push(Route { policies: policies.iter().copied().filter(is_asked).collect(), wanted: Nodes::default() });
    }
    let asked: BTreeSet<usize> = routes.iter().flat_map(|route| &route.policies).copied().collect();
    let asked: Vec<&Policy> = asked.into_iter().map(|at| &set.policies[at]).collect();
    // What several policies share is made ready once for each thread.
    let part = asked.len().div_ceil(rayon::current_num_threads()).max(1);
    asked.par_chunks(part).try_for_each(|policies| set.read(policies))?;
    for route in &mut routes {
        for policy in &route.policies {
            route.wanted.extend(&set.policies[*policy].nodes(set)?);
        }
    }
    Ok(routes)
}

/// What a plan does to the resource.
pub(super) fn action(resource: &Resource) -> Action {
    resource.change.as_ref().map_or(Action::NoOp, |change| change.action)
}

/// A policy about changes is asked where there is one, every other where the resource will be.
pub(super) fn is_asked(policy: &Policy, action: Action) -> bool {
    if policy.is_about_change() { action != Action::NoOp } else { action != Action::Delete }
}
