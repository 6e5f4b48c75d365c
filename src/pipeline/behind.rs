//! What stands behind the blockers that failed.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::link::Joiner;
use crate::model::Resource;
use crate::policy::{Judged, PolicySet};
use crate::result::{Behind, BehindResource, Outcome};

/// By the position of the resource of each failure that can be a blocker.
pub(super) fn behind(
    joiner: &Joiner<'_>,
    policies: &PolicySet,
    resources: &[Resource],
    judged: &Judged,
) -> HashMap<usize, Box<Behind>> {
    let is_blocker = |policy: usize| policies.policies().get(policy).is_some_and(crate::policy::Policy::is_blocker);
    let failed = judged.verdicts.iter().filter(|it| it.outcome == Outcome::Fail && is_blocker(it.policy));
    let failed: BTreeSet<usize> = failed.map(|verdict| verdict.resource).collect();
    let one = |at: usize| {
        let found = joiner.behind(at);
        let nearest = found.nearest.iter().filter_map(|at| resources.get(*at)).map(named).collect();
        (at, Box::new(Behind { count: found.count, nearest }))
    };
    failed.into_par_iter().map(one).collect()
}

fn named(resource: &Resource) -> BehindResource {
    BehindResource {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        name: resource.name.clone(),
        region: resource.region().unwrap_or_default().to_owned(),
    }
}
