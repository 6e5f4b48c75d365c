//! The blast radius: what stands behind a resource, and stays down as long as it is not there.

use std::collections::HashSet;

use super::Estate;
use super::edges::At;
use crate::kinds::ComesBackWith;
use crate::model::{Class, Resource};

/// So many are looked at; beyond that, how many there are does not matter any more.
const LOOKED_AT: usize = 1000;

/// So many are named.
const NAMED: usize = 20;

/// What stands behind a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Positions in the inventory, the nearest first; not all of them.
    pub nearest: Vec<usize>,
    /// How many there are.
    pub count: usize,
}

impl<'a> Estate<'a> {
    /// Everything that needs a resource, directly or by way of others, and what it stands in for.
    pub(super) fn behind(&self, start: At) -> Behind {
        let mut seen = HashSet::from([start]);
        let (mut found, mut ring) = (Vec::new(), vec![start]);
        while !ring.is_empty() && found.len() < LOOKED_AT {
            let mut next: Vec<At> =
                ring.iter().flat_map(|at| self.dependents(*at)).filter(|at| seen.insert(*at)).collect();
            next.sort_by_key(|at| self.order(*at));
            found.extend(next.iter().copied());
            ring = next;
        }
        Behind { nearest: found.iter().take(NAMED).map(|at| *at as usize).collect(), count: found.len() }
    }

    /// What needs a resource, one step away. Backups and jobs are of no interest to whoever waits.
    fn dependents(&self, at: At) -> Vec<At> {
        let but = |not: ComesBackWith| move |rel: crate::model::Rel| rel.comes_back_with() != not;
        let (users, owners) = (but(ComesBackWith::Source), but(ComesBackWith::Target));
        let users = self.index.all_from(at).filter(|(rel, _)| users(*rel)).map(|(_, user)| user);
        let owners = self.index.all_to(at).filter(|(rel, _)| owners(*rel)).map(|(_, owner)| owner);
        let counts = |at: &At| {
            let class = self.index.get(*at).kind.info().class;
            !matches!(class, Class::RecoveryPoint | Class::BackupJob | Class::RestoreTest | Class::BackupPlan)
        };
        users.chain(owners).chain(self.clients.stands_in_for(at).iter().copied()).filter(counts).collect()
    }

    fn order(&self, at: At) -> (&'static str, &'a str, &'a str) {
        let Resource { kind, name, id, .. } = self.index.get(at);
        (kind.name(), name, id)
    }
}
