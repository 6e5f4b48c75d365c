//! The blast radius: what stands behind a resource, and stays down as long as it is not there.

use std::collections::HashSet;

use super::Estate;
use super::edges::{At, Edge};
use super::said::Said;
use crate::model::{Class, Rel, Resource};

/// So many are looked at; beyond that, how many there are does not matter any more.
const LOOKED_AT: usize = 1000;

/// So many are named.
const NAMED: usize = 20;

/// What stands behind a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind<'a> {
    /// Not all of them, the nearest first.
    pub nearest: Vec<Dependent<'a>>,
    /// How many there are.
    pub count: usize,
}

/// One of them, and what it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependent<'a> {
    /// Position in the inventory.
    pub at: usize,
    /// The resource that it waits for, which is nearer to the one in question, or that one itself.
    pub waits_for: usize,
    /// The edge starts here, and ends at what it waits for; else it is the other way round.
    pub is_start: bool,
    /// The edge between the two, and what says that it is there. `None`: what it waits for stands in for it.
    pub by: Option<(Rel, Said<'a>)>,
}

impl<'a> Estate<'a> {
    /// Everything that needs a resource, directly or by way of others, and what it stands in for.
    pub(super) fn behind(&self, start: At) -> Behind<'a> {
        let mut seen = HashSet::from([start]);
        let (mut found, mut ring) = (Vec::new(), vec![start]);
        while !ring.is_empty() && found.len() < LOOKED_AT {
            let steps = ring.iter().flat_map(|near| self.dependents(*near).map(move |(at, edge)| (at, *near, edge)));
            let mut next: Vec<(At, At, Option<Edge>)> = steps.filter(|(at, ..)| seen.insert(*at)).collect();
            next.sort_by_key(|(at, ..)| self.order(*at));
            ring = next.iter().map(|(at, ..)| *at).collect();
            found.extend(next);
        }
        let nearest = found.iter().take(NAMED).map(|(at, near, edge)| Dependent {
            at: *at as usize,
            waits_for: *near as usize,
            is_start: edge.is_none_or(|(start, ..)| start == *at),
            by: edge.and_then(|edge| Some((edge.1, self.index.said(edge)?))),
        });
        Behind { nearest: nearest.collect(), count: found.len() }
    }

    /// What needs a resource, one step away, and the edge between them. Backups and jobs are of no interest to whoever waits.
    fn dependents(&self, at: At) -> impl Iterator<Item = (At, Option<Edge>)> {
        let users = self.index.all_from(at).filter(|(rel, _)| rel.comes_back_with().brings_target());
        let users = users.map(move |(rel, user)| (user, Some((user, rel, at))));
        let owners = self.index.all_to(at).filter(|(rel, _)| rel.comes_back_with().brings_source());
        let owners = owners.map(move |(rel, owner)| (owner, Some((at, rel, owner))));
        let waits = self.clients.stands_in_for(at).iter().map(|waits| (*waits, None));
        users.chain(owners).chain(waits).filter(|(at, _)| {
            let class = self.index.get(*at).kind.info().class;
            !matches!(class, Class::RecoveryPoint | Class::BackupJob | Class::RestoreTest | Class::BackupPlan)
        })
    }

    fn order(&self, at: At) -> (&'static str, &'a str, &'a str) {
        let Resource { kind, name, id, .. } = self.index.get(at);
        (kind.name(), name, id)
    }
}
