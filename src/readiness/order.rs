//! The order of the recovery: what waits for what, in layers.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::view::{View, Wiring, is_step};
use crate::link::layers;
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
