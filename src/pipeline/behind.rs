//! What stands behind the blockers that failed.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::link::{Dependent, Joiner};
use crate::model::{Confidence, EdgeClass, Resource};
use crate::policy::{Judged, PolicySet};
use crate::result::{Behind, BehindEdge, BehindResource, Outcome};

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
