//! The order of steps: what others need goes first. Needs are followed through whatever stands between.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::Draft;
use super::types::TYPES;
use crate::link::{self, Joiner};
use crate::model::EdgeClass;

/// The steps by layers, each in an order that is the same for the same estate.
pub(super) fn layers(drafts: Vec<Draft>, joiner: &Joiner<'_>) -> Vec<Vec<Draft>> {
    let of: Vec<usize> = drafts.iter().map(|draft| draft.of).collect();
    let levels = levels(&of, &needs(joiner));
    let mut layers: BTreeMap<u32, Vec<Draft>> = BTreeMap::new();
    for (draft, level) in drafts.into_iter().zip(levels) {
        layers.entry(level).or_default().push(draft);
    }
    let kind = |draft: &Draft| TYPES.iter().position(|known| known.name == draft.step.resource_type);
    layers.values_mut().for_each(|layer| layer.sort_by_key(|draft| (kind(draft), draft.step.resource_name.clone())));
    layers.into_values().collect()
}

/// What each resource needs before it can come back, one step away.
fn needs(joiner: &Joiner<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut needs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, rel, to, _) in joiner.edges() {
        let orders = matches!(rel.class(), EdgeClass::Containment | EdgeClass::DataFlow | EdgeClass::Permission);
        if orders && rel.comes_back_with().brings_target() {
            needs.entry(from).or_default().push(to);
        }
    }
    needs
}

/// On which level each of these stands, from 0: above all that it needs. Those that need each other stand on one.
fn levels(of: &[usize], needs: &BTreeMap<usize, Vec<usize>>) -> Vec<u32> {
    let waits = |start: &usize| {
        let reached = reached(*start, needs);
        (0..of.len()).filter(|number| of[*number] != *start && reached.contains(&of[*number])).collect()
    };
    let (layers, _) = link::layers(&of.iter().map(waits).collect::<Vec<BTreeSet<usize>>>());
    layers.into_iter().map(|layer| layer - 1).collect()
}

fn reached(start: usize, needs: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![start];
    while let Some(at) = next.pop() {
        for to in needs.get(&at).into_iter().flatten() {
            if reached.insert(*to) {
                next.push(*to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_need_goes_first_and_a_circle_stands_together() {
        // 1 needs 2 through 9; 2 and 3 need each other; 3 needs 4; 5 needs nothing.
        let needs = BTreeMap::from([(1, vec![9]), (9, vec![2]), (2, vec![3]), (3, vec![2, 4])]);
        assert_eq!(levels(&[1, 2, 3, 4, 5], &needs), [2, 1, 1, 0, 0]);
        assert_eq!(levels(&[], &needs), Vec::<u32>::new());
    }

    #[test]
    fn the_order_respects_every_need_of_any_graph() {
        // A cheap generator: the same graphs each time.
        let mut seed = 7_u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((seed >> 33) % below).unwrap()
        };
        for _ in 0..200 {
            let mut needs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for _ in 0..random(40) {
                let (from, to) = (random(20), random(20));
                needs.entry(from).or_default().push(to);
            }
            let of: Vec<usize> = (0..12).collect();
            let levels = levels(&of, &needs);
            for (one, other) in of.iter().flat_map(|one| of.iter().map(move |other| (*one, *other))) {
                let (forth, back) = (reached(one, &needs).contains(&other), reached(other, &needs).contains(&one));
                match (forth, back) {
                    (true, true) => assert_eq!(levels[one], levels[other], "{needs:?}"),
                    (true, false) => assert!(levels[one] > levels[other], "{needs:?}"),
                    _ => {}
                }
            }
        }
    }
}
