//! The graph of an estate, or what of it stands around some resources.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PipelineError;
use crate::config::Config;
use crate::link::{self, Joiner, Said, is_called};
use crate::model::{Confidence, EdgeClass, Inventory, Rel, Resource, Timestamp};
use crate::result::{Dangling, Graph, GraphEdge, GraphResource};
use crate::text::did_you_mean;

/// An edge, and the positions of its ends, as far as they are resources.
type Placed = (usize, Option<usize>, GraphEdge);

/// What stands around the resources that are asked for, so many steps away; all of it where none is.
pub fn graph(
    mut inventory: Inventory,
    config: &Config,
    now: Timestamp,
    of: &[String],
    steps: usize,
) -> Result<Graph, PipelineError> {
    link::prepare(&mut inventory);
    inventory.sort();
    let resources = &inventory.resources;
    let asked = asked(resources, of)?;
    let edges = edges(&Joiner::new(&inventory, config, now), resources);
    let away = away(&asked, &edges, resources.len(), steps);
    // Between two that are as far away as is asked for, nobody asked for the edge.
    let is_near = |at: usize| away[at].is_some_and(|away| away == 0 || away < steps);
    let shown = |(from, to, _): &Placed| is_near(*from) || to.is_some_and(is_near);
    let within = resources.iter().zip(&away).filter(|(_, away)| away.is_some()).map(|(resource, _)| resource);
    Ok(Graph {
        resources: within.map(GraphResource::from).collect(),
        edges: edges.into_iter().filter(shown).map(|(.., edge)| edge).collect(),
        asked: asked.iter().filter_map(|at| Some(resources.get(*at)?.id.clone())).collect(),
    })
}

/// Positions of the resources that are meant: those of that id, name or address, with `*` for any text.
fn asked(resources: &[Resource], of: &[String]) -> Result<BTreeSet<usize>, PipelineError> {
    let mut asked = BTreeSet::new();
    for name in of {
        let meant = |(_, resource): &(usize, &Resource)| is_meant(resource, name);
        let found: Vec<usize> = resources.iter().enumerate().filter(meant).map(|(at, _)| at).collect();
        asked.extend(&found);
        if found.is_empty() {
            let names = resources.iter().map(|resource| resource.name.as_str());
            return Err(PipelineError::UnknownResource { name: name.clone(), hint: did_you_mean(name, names) });
        }
    }
    Ok(asked)
}

/// A bare id is the end of the whole one: `sg-1`.
fn is_meant(resource: &Resource, name: &str) -> bool {
    is_called(resource, name) || resource.id.rsplit('/').next() == Some(name)
}

/// All edges, those that lead nowhere among them, and what stands in for what.
fn edges(joiner: &Joiner<'_>, resources: &[Resource]) -> Vec<Placed> {
    let id = |at: usize| resources.get(at).map(|resource| resource.id.clone()).unwrap_or_default();
    let edge = |from: usize, rel: Rel, to: String, said: Said<'_>, dangling: Option<Dangling>| GraphEdge {
        from: id(from),
        rel: rel.word(),
        to,
        class: rel.class(),
        confidence: said.confidence,
        field: said.field.to_owned(),
        part: said.part.map(str::to_owned),
        dangling,
    };
    let known =
        joiner.edges().into_iter().map(|(from, rel, to, said)| (from, Some(to), edge(from, rel, id(to), said, None)));
    let mut edges: Vec<Placed> = known.collect();
    let others = (0..resources.len()).into_par_iter().flat_map_iter(|at| {
        let joined = |rel: &str, to: String, confidence, part| GraphEdge {
            from: id(at),
            rel: rel.to_owned(),
            to,
            class: EdgeClass::Continuity,
            confidence,
            field: format!("joined.{}", if rel == "counterpart" { rel } else { "backup_plans" }),
            part,
            dangling: None,
        };
        let loose = joiner.loose(at).into_iter().map(|loose| {
            let dangling = Dangling {
                what: loose.kind.map(|kind| kind.info().title.to_owned()),
                gone: loose.gone.is_ok(),
                reason: loose.gone.err(),
            };
            (at, None, edge(at, loose.rel, loose.text.to_owned(), loose.said, Some(dangling)))
        });
        let plans =
            joiner.plans(at).map(|plan| (at, Some(plan), joined("backed-up-by", id(plan), Confidence::Declared, None)));
        let counterpart = joiner.joins(at).and_then(|joins| joins.joined.counterpart.into_known());
        let counterpart = counterpart.and_then(|it| it.id.into_known().map(|id| (id, it.how.into_known())));
        let counterpart = counterpart.filter(|(other, _)| *other != id(at)).map(|(other, how)| {
            let confidence =
                if how.as_deref() == Some("declared") { Confidence::Declared } else { Confidence::Matched };
            let to = resources.binary_search_by(|resource| resource.id.as_str().cmp(&other)).ok();
            (at, to, joined("counterpart", other, confidence, how))
        });
        loose.chain(plans).chain(counterpart).collect::<Vec<_>>()
    });
    edges.par_extend(others);
    edges.par_sort_by(|(.., one), (.., other)| {
        (&one.from, &one.rel, &one.to).cmp(&(&other.from, &other.rel, &other.to))
    });
    edges
}

/// How many steps each resource is away from those that are asked for, if it is no more than so many. Where nobody asked for
/// any, all of them are meant.
fn away(asked: &BTreeSet<usize>, edges: &[Placed], count: usize, steps: usize) -> Vec<Option<usize>> {
    let mut away = vec![asked.is_empty().then_some(0); count];
    asked.iter().for_each(|at| away[*at] = Some(0));
    for step in 1..=steps {
        let before = away.clone();
        for (from, to, _) in edges {
            let Some(to) = *to else { continue };
            for (one, other) in [(*from, to), (to, *from)] {
                if before[one].is_some() {
                    away[other].get_or_insert(step);
                }
            }
        }
    }
    away
}
