//! The graph as a whole: every edge with what says so, and everything that leads nowhere.

use rayon::prelude::*;

use super::Joiner;
use super::edges::At;
use super::gone::Loose;
use super::said::Said;
use crate::model::Rel;

/// An edge between two resources, by their positions, and what says that it is there.
pub type Known<'a> = (usize, Rel, usize, Said<'a>);

impl<'a> Joiner<'a> {
    /// Every edge once, sorted by its start, type and end. Of several facts that say the same, the first one counts.
    pub fn edges(&self) -> Vec<Known<'a>> {
        let resources = self.estate.resources.par_iter().enumerate();
        let stated = resources.flat_map_iter(|(at, resource)| {
            let mut own = Vec::new();
            self.estate.index.edges(at as At, resource, &mut |(from, rel, to), said| {
                own.push((from as usize, rel, to as usize, said));
            });
            own
        });
        let mut edges: Vec<Known<'a>> = stated.collect();
        // Stable, so that the order in which facts are looked at stays.
        edges.par_sort_by_key(|(from, rel, to, _)| (*from, *rel, *to));
        edges.dedup_by_key(|(from, rel, to, _)| (*from, *rel, *to));
        edges
    }

    /// What a resource refers to and that is not among the resources.
    pub fn loose(&self, at: usize) -> Vec<Loose<'a>> {
        let Some(resource) = self.estate.resources.get(at).filter(|resource| !resource.is_deleted()) else {
            return Vec::new();
        };
        let mut loose = self.estate.loose(resource, |_| true);
        loose.sort_by_key(|loose| (loose.rel, loose.text));
        loose.dedup_by_key(|loose| (loose.rel, loose.text));
        loose
    }

    /// Positions of the backup plans that select a resource.
    pub fn plans(&self, at: usize) -> impl Iterator<Item = usize> {
        self.estate.plans_of(at as At).map(|plan| plan as usize)
    }
}
