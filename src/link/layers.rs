//! Layers: which of several things that wait for each other can come back at the same time.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// The layer of each step, from 1 and as low as can be, and the circles. The steps of a circle share a layer. `waits`: for each
/// step those that come first.
pub fn layers(waits: &[BTreeSet<usize>]) -> (Vec<u32>, Vec<Vec<usize>>) {
    let mut graph = DiGraph::<(), ()>::with_capacity(waits.len(), 0);
    let nodes: Vec<_> = waits.iter().map(|_| graph.add_node(())).collect();
    for (step, waits) in waits.iter().enumerate() {
        for first in waits {
            graph.add_edge(nodes[step], nodes[*first], ());
        }
    }
    let mut layer = vec![0; waits.len()];
    let mut circles = Vec::new();
    // What others wait for comes first.
    for group in kosaraju_scc(&graph) {
        let group: Vec<usize> = group.into_iter().map(petgraph::graph::NodeIndex::index).collect();
        let first = group.iter().flat_map(|step| &waits[*step]);
        let lowest = first.map(|first| layer[*first]).max().unwrap_or(0) + 1;
        group.iter().for_each(|step| layer[*step] = lowest);
        if group.len() > 1 {
            circles.push(group);
        }
    }
    (layer, circles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(of: &[&[usize]]) -> Vec<BTreeSet<usize>> {
        of.iter().map(|first| first.iter().copied().collect()).collect()
    }

    #[test]
    fn layers_are_as_low_as_can_be_and_a_circle_shares_one() {
        assert_eq!(layers(&waits(&[&[], &[0], &[0, 1], &[]])), (vec![1, 2, 3, 1], vec![]));
        let (layer, circles) = layers(&waits(&[&[1], &[2], &[1, 3], &[]]));
        let circles: Vec<BTreeSet<usize>> = circles.into_iter().map(|circle| circle.into_iter().collect()).collect();
        assert_eq!((layer, circles), (vec![3, 2, 2, 1], vec![BTreeSet::from([1, 2])]));
    }

    /// On random graphs: every step is above what it waits for unless they are in one circle, and no step is higher than
    /// it has to be.
    #[test]
    fn the_order_respects_every_edge_of_random_graphs_and_layers_are_minimal() {
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..300 {
            let count = 1 + random(40);
            let edges = random(80);
            let mut waits = vec![BTreeSet::new(); count];
            for _ in 0..edges {
                let (step, first) = (random(count), random(count));
                if step != first {
                    waits[step].insert(first);
                }
            }
            let (layer, circles) = layers(&waits);
            let together = |a: usize, b: usize| circles.iter().any(|circle| circle.contains(&a) && circle.contains(&b));
            for (step, first) in
                waits.iter().enumerate().flat_map(|(step, all)| all.iter().map(move |one| (step, *one)))
            {
                assert!(layer[step] > layer[first] || together(step, first), "{step} waits for {first}: {waits:?}");
            }
            for step in 0..count {
                let group = circles.iter().find(|circle| circle.contains(&step)).cloned().unwrap_or_else(|| vec![step]);
                let needed = group.iter().flat_map(|one| &waits[*one]).filter(|one| !group.contains(one));
                let needed = needed.map(|one| layer[*one]).max().unwrap_or(0) + 1;
                assert_eq!(layer[step], needed, "step {step} of {waits:?}");
            }
        }
    }

    #[test]
    fn a_chain_of_many_thousands_is_no_matter() {
        let waits: Vec<BTreeSet<usize>> =
            (0..200_000).map(|step| if step == 0 { BTreeSet::new() } else { BTreeSet::from([step - 1]) }).collect();
        let (layer, circles) = layers(&waits);
        assert_eq!((layer.last(), circles.len()), (Some(&200_000), 0));
    }
}
