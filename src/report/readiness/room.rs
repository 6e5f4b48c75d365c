//! How much of many applications a page can hold.

use std::cmp::Reverse;

use crate::result::{Decision, Readiness};

/// How much is shown of each, and of how many.
pub(super) struct Room {
    /// Rows of each table.
    pub rows: usize,
    /// The sequence is drawn.
    pub drawn: bool,
    /// Applications that are shown whole, those with the most in their way first.
    pub applications: usize,
    /// Applications that are listed with their answers.
    pub answers: usize,
}

/// From all of it to the answers alone. The first that fits is taken.
pub(super) const LADDER: [Room; 8] = [
    room(200, true, usize::MAX),
    room(50, true, usize::MAX),
    room(20, false, usize::MAX),
    room(20, false, 100),
    room(10, false, 50),
    room(10, false, 10),
    room(5, false, 3),
    Room { answers: 500, ..room(0, false, 0) },
];

const fn room(rows: usize, drawn: bool, applications: usize) -> Room {
    Room { rows, drawn, applications, answers: 5_000 }
}

impl Room {
    /// Which of them are shown whole, in their order.
    pub(super) fn shown(&self, found: &[Readiness]) -> Vec<bool> {
        let rank = |at: &usize| {
            let ready = &found[*at];
            let decision = match ready.decision {
                Decision::NoGo => 0,
                Decision::CannotTell => 1,
                Decision::Go => 2,
            };
            (decision, Reverse(ready.blockers.len()), Reverse(ready.unknowns.len()), *at)
        };
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(rank);
        let mut shown = vec![false; found.len()];
        order.into_iter().take(self.applications).for_each(|at| shown[at] = true);
        shown
    }
}
