//! The graph of an estate, or what of it stands around some resources.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::PipelineError;
use crate::config::Config;
use crate::link::{self, Joiner, is_called};
use crate::model::{Confidence, EdgeClass, Inventory, Resource, Timestamp};
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
    let is_in = around(&asked, &edges, resources.len(), steps);
    // Between two that are as far away as is asked for, nobody asked for the edge.
    let is_near = around(&asked, &edges, resources.len(), steps.saturating_sub(1));
    let shown = |(from, to, _): &Placed| is_near[*from] || to.is_some_and(|to| is_near[to]);
    let within = resources.iter().zip(&is_in).filter(|(_, is_in)| **is_in).map(|(resource, _)| resource);
    Ok(Graph {
        resources: within.map(of_graph).collect(),
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

fn of_graph(resource: &Resource) -> GraphResource {
    GraphResource {
        id: resource.id.clone(),
        kind: resource.kind.name().to_owned(),
        title: resource.kind.info().title.to_owned(),
        name: resource.name.clone(),
        account: resource.account().unwrap_or_default().to_owned(),
        region: resource.region().unwrap_or_default().to_owned(),
    }
}

/// All edges, those that lead nowhere among them, and what stands in for what.
fn edges(joiner: &Joiner<'_>, resources: &[Resource]) -> Vec<Placed> {
    let id = |at: usize| resources.get(at).map(|resource| resource.id.clone()).unwrap_or_default();
    let known = joiner.edges().into_iter().map(|(from, rel, to, said)| {
        let edge = GraphEdge {
            from: id(from),
            rel: rel.word(),
            to: id(to),
            class: rel.class(),
            confidence: said.confidence,
            field: said.field.to_owned(),
            part: said.part.map(str::to_owned),
            dangling: None,
        };
        (from, Some(to), edge)
    });
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
            let edge = GraphEdge {
                from: id(at),
                rel: loose.rel.word(),
                to: loose.text.to_owned(),
                class: loose.rel.class(),
                confidence: loose.said.confidence,
                field: loose.said.field.to_owned(),
                part: loose.said.part.map(str::to_owned),
                dangling: Some(dangling),
            };
            (at, None, edge)
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

/// Which resources are so many steps away from those that are asked for, by position.
fn around(asked: &BTreeSet<usize>, edges: &[Placed], count: usize, steps: usize) -> Vec<bool> {
    if asked.is_empty() {
        return vec![true; count];
    }
    let mut is_in = vec![false; count];
    asked.iter().for_each(|at| is_in[*at] = true);
    for _ in 0..steps {
        let mut next = is_in.clone();
        for (from, to, _) in edges {
            let Some(to) = *to else { continue };
            next[*from] |= is_in[to];
            next[to] |= is_in[*from];
        }
        is_in = next;
    }
    is_in
}
