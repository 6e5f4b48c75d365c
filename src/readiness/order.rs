//! The order of the recovery: what waits for what, in layers.

use std::collections::{BTreeSet, HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use rayon::prelude::*;

use super::view::{View, Wiring, is_step};
use crate::model::{First, Inventory, Rel};

/// The steps in their order. Whatever is told of a step by number is told by its index here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// Position in the inventory.
    pub(super) at: Vec<usize>,
    /// From 1. Steps of one layer do not wait for each other, but for those of a circle.
    pub(super) layer: Vec<u32>,
    /// Steps that come first, sorted.
    pub(super) waits: Vec<Vec<usize>>,
    /// Steps that wait for each other.
    pub(super) circles: Vec<Vec<usize>>,
}

impl Wiring {
    /// Of the edges of an inventory.
    pub fn new(inventory: &Inventory, edges: &[(usize, Rel, usize)]) -> Self {
        let mut waits = vec![Vec::new(); inventory.resources.len()];
        for (from, rel, to) in edges {
            let part = &inventory.resources[*from].kind;
            let (waiting, first) = match rel.first() {
                // What is no step by itself is a part of its whole, as a listener of its load balancer: the whole waits for what
                // the part waits for.
                First::Target if *rel == Rel::MemberOf && !is_step(*part) => (*to, *from),
                First::Target => (*from, *to),
                First::Source => (*to, *from),
                First::Neither => continue,
            };
            if waiting != first {
                waits[waiting].push(first);
            }
        }
        let by_id = inventory.resources.iter().enumerate().map(|(at, resource)| (resource.id.clone(), at)).collect();
        Self { waits, by_id }
    }
}

impl Order {
    pub(super) fn new(view: &View<'_>) -> Self {
        let steps: Vec<usize> = view.members.iter().copied().filter(|at| view.comes_back(*at)).collect();
        let number: HashMap<usize, usize> = steps.iter().enumerate().map(|(number, at)| (*at, number)).collect();
        let members: HashSet<usize> = view.members.iter().copied().collect();
        let first = |at: &usize| first_of(*at, view.wiring, &number, &members);
        let waits: Vec<BTreeSet<usize>> = steps.par_iter().map(first).collect();
        let (layer, circles) = layers(&waits);
        let mut order: Vec<usize> = (0..steps.len()).collect();
        order.sort_by_key(|number| {
            let resource = view.resource(steps[*number]);
            (layer[*number], resource.kind.info().class, resource.kind.name(), &resource.name, &resource.id)
        });
        let mut place = vec![0; steps.len()];
        order.iter().enumerate().for_each(|(index, number)| place[*number] = index);
        let moved = |numbers: &mut dyn Iterator<Item = usize>| {
            let mut moved: Vec<usize> = numbers.map(|number| place[number]).collect();
            moved.sort_unstable();
            moved
        };
        let mut circles: Vec<_> = circles.into_iter().map(|circle| moved(&mut circle.into_iter())).collect();
        circles.sort();
        Self {
            at: order.iter().map(|number| steps[*number]).collect(),
            layer: order.iter().map(|number| layer[*number]).collect(),
            waits: order.iter().map(|number| moved(&mut waits[*number].iter().copied())).collect(),
            circles,
        }
    }

    /// For each step, those that wait for it, directly or by way of others. Only those of the steps that are asked for.
    pub(super) fn behind(&self, asked: &BTreeSet<usize>) -> HashMap<usize, BTreeSet<usize>> {
        let mut waiting = vec![Vec::new(); self.at.len()];
        for (step, waits) in self.waits.iter().enumerate() {
            waits.iter().for_each(|first| waiting[*first].push(step));
        }
        let behind = |step: usize| {
            let mut seen = BTreeSet::new();
            let mut next = vec![step];
            while let Some(step) = next.pop() {
                next.extend(waiting[step].iter().filter(|waiting| seen.insert(**waiting)));
            }
            seen.remove(&step);
            (step, seen)
        };
        asked.par_iter().map(|step| behind(*step)).collect()
    }
}

/// The steps that come before one: what it waits for, and, where that is no step, what that waits for.
fn first_of(at: usize, wiring: &Wiring, number: &HashMap<usize, usize>, members: &HashSet<usize>) -> BTreeSet<usize> {
    let mut first = BTreeSet::new();
    let mut seen = HashSet::from([at]);
    let mut next = vec![at];
    while let Some(at) = next.pop() {
        for other in wiring.waits[at].iter().copied().filter(|other| members.contains(other)) {
            if !seen.insert(other) {
                continue;
            }
            match number.get(&other) {
                Some(number) => {
                    first.insert(*number);
                }
                None => next.push(other),
            }
        }
    }
    first
}

/// The layer of each step, as low as can be, and the circles. The steps of a circle share a layer.
fn layers(waits: &[BTreeSet<usize>]) -> (Vec<u32>, Vec<Vec<usize>>) {
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
