//! Edges of one direction, by where they start.

use rayon::prelude::*;

use crate::model::Rel;

/// Position of a resource in the inventory.
pub(super) type At = u32;

/// An edge: where it starts, of which type it is, where it ends.
pub(super) type Edge = (At, Rel, At);

/// Of each start, its edges stand together, sorted by type and end.
pub(super) struct Edges {
    /// For each start, where its edges begin; and at last, how many there are.
    begins: Vec<u32>,
    ends: Vec<(Rel, At)>,
}

impl Edges {
    /// Of so many resources. Edges that are there twice count once.
    pub(super) fn new(resources: usize, mut edges: Vec<Edge>) -> Self {
        edges.par_sort_unstable();
        edges.dedup();
        let mut begins = Vec::with_capacity(resources + 1);
        for (number, (start, ..)) in (0..).zip(&edges) {
            begins.resize((*start as usize + 1).max(begins.len()), number);
        }
        begins.resize(resources + 1, u32::try_from(edges.len()).unwrap_or(u32::MAX));
        Self { begins, ends: edges.into_iter().map(|(_, rel, end)| (rel, end)).collect() }
    }

    /// All edges of one start.
    pub(super) fn all(&self, start: At) -> &[(Rel, At)] {
        let begin = |at: usize| self.begins.get(at).map(|begin| *begin as usize);
        let range = begin(start as usize).zip(begin(start as usize + 1));
        range.and_then(|(from, to)| self.ends.get(from..to)).unwrap_or_default()
    }

    /// Ends of one start's edges of that type.
    pub(super) fn of(&self, start: At, rel: Rel) -> impl Iterator<Item = At> {
        let all = self.all(start);
        let from = all.partition_point(|(own, _)| *own < rel);
        all.get(from..).unwrap_or_default().iter().take_while(move |(own, _)| *own == rel).map(|(_, end)| *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_found_by_their_start_and_type() {
        let edges = vec![
            (3, Rel::StoredIn, 1),
            (1, Rel::ReplicaOf, 2),
            (3, Rel::EncryptedBy, 0),
            (3, Rel::StoredIn, 0),
            (1, Rel::ReplicaOf, 2),
        ];
        let edges = Edges::new(5, edges);
        let all: Vec<&[(Rel, At)]> = (0..6).map(|start| edges.all(start)).collect();
        let of_three = [(Rel::EncryptedBy, 0), (Rel::StoredIn, 0), (Rel::StoredIn, 1)];
        assert_eq!(all, [&[][..], &[(Rel::ReplicaOf, 2)], &[], &of_three, &[], &[]]);
        let of = |start, rel| edges.of(start, rel).collect::<Vec<_>>();
        assert_eq!((of(3, Rel::StoredIn), of(3, Rel::MemberOf), of(9, Rel::StoredIn)), (vec![0, 1], vec![], vec![]));
        assert_eq!(Edges::new(0, Vec::new()).all(0), []);
    }
}
