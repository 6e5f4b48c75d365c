//! What stands behind the blockers that failed.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::link::{Dependent, Joiner};
use crate::model::{Confidence, EdgeClass, Resource};
use crate::policy::{Judged, PolicySet};
use crate::result::{Behind, BehindEdge, BehindResource, Outcome};

/// Positions of the resources of which a policy failed that can be about a blocker.
pub(super) fn failed(policies: &PolicySet, judged: &Judged) -> BTreeSet<usize> {
    let is_blocker = |policy: usize| policies.policies().get(policy).is_some_and(crate::policy::Policy::is_blocker);
    let failed = judged.verdicts.iter().filter(|it| it.outcome == Outcome::Fail && is_blocker(it.policy));
    failed.map(|verdict| verdict.resource).collect()
}

/// By the position of each of them.
pub(super) fn behind(
    joiner: &Joiner<'_>,
    resources: &[Resource],
    failed: BTreeSet<usize>,
) -> HashMap<usize, Box<Behind>> {
    let one = |at: usize| {
        let found = joiner.behind(at);
        let nearest = found.nearest.iter().filter_map(|it| named(resources, it)).collect();
        (at, Box::new(Behind { count: found.count, nearest }))
    };
    failed.into_par_iter().map(one).collect()
}

fn named(resources: &[Resource], dependent: &Dependent<'_>) -> Option<BehindResource> {
    let resource = resources.get(dependent.at)?;
    Some(BehindResource {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        name: resource.name.clone(),
        region: resource.region().unwrap_or_default().to_owned(),
        by: resources.get(dependent.waits_for).map(|near| edge(resource, near, dependent)),
    })
}

fn edge(resource: &Resource, near: &Resource, dependent: &Dependent<'_>) -> BehindEdge {
    let (from, to) = if dependent.is_start { (resource, near) } else { (near, resource) };
    let (rel, class, confidence, field, part) = match &dependent.by {
        Some((rel, said)) => (Some(*rel), rel.class(), said.confidence, said.field, said.part),
        None => (None, EdgeClass::Continuity, Confidence::Matched, "joined.counterpart", None),
    };
    BehindEdge {
        from: from.id.clone(),
        rel,
        to: to.id.clone(),
        class,
        confidence,
        field: field.to_owned(),
        part: part.map(str::to_owned),
    }
}
