//! Work side by side that is done in parallel itself.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Of each thread: what is worked on may nest.
const STACK: usize = 16 * 1024 * 1024;

/// Does it for each, on threads of its own, as many as the pool has. A thread of the pool that waits takes up other work
/// meanwhile, so that each of them would begin on top of the one before, until the stack is full.
pub(super) fn side_by_side<T: Sync, R: Send>(all: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let made: Mutex<Vec<(usize, R)>> = Mutex::default();
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = all.get(at) else { return };
            let result = one(item);
            made.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    };
    let threads = rayon::current_num_threads().min(all.len());
    if threads > 1 {
        std::thread::scope(|scope| {
            for _ in 0..threads {
                // One that the system refuses is no loss: the others do its work.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            }
        });
    }
    // What is left, where there is one or no thread could be had.
    work();
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    /// As large as what is done of an application: a few of them on top of each other fill the stack of a thread of the pool.
    #[test]
    fn much_that_is_parallel_itself_does_not_pile_up() {
        let one = |number: &u64| {
            let room = std::hint::black_box([*number; 40_000]);
            let sum: u64 = (0..64_u64).into_par_iter().map(|at| at + room[at as usize]).sum();
            std::hint::black_box(&room);
            sum
        };
        let all: Vec<u64> = (0..500).collect();
        let expected: Vec<u64> = all.iter().map(|number| 2_016 + 64 * number).collect();
        assert_eq!(side_by_side(&all, one), expected);
        assert_eq!(side_by_side(&[] as &[u64], one), Vec::<u64>::new());
    }
}
