//! From a stack to an inventory.

use std::collections::HashSet;

use super::built::{build, forgotten};
use super::claims::{Claim, claims};
use super::elsewhere::{self, Found, LooseParts};
use super::registry::Registry;
use super::world::{Side, Stack, World};
use crate::collect::terraform::reading::Counts;
use crate::model::{Action, Coverage, CoverageStatus, Inventory, Kind, Planned, Resource, Timestamp};

/// What becomes of a stack.
pub(super) struct Made {
    pub inventory: Inventory,
    /// By type, the instances that became no resource, because they say something of others.
    pub parts: Counts,
    /// What the plan does to either.
    pub planned: Planned,
    /// The parts of what is not managed here.
    pub loose: Vec<LooseParts>,
    /// What is said of what is managed here.
    pub claims: Vec<Claim>,
}

pub(super) fn inventory(stack: &mut Stack, registry: &Registry, source: &str, name: &str, now: Timestamp) -> Made {
    let (made, found) = own(stack, registry, source, name, now);
    Made { loose: elsewhere::loose(found, stack, registry, source), ..made }
}

fn own(stack: &Stack, registry: &Registry, source: &str, name: &str, now: Timestamp) -> (Made, Found) {
    let (before, after) = (World::new(stack, Side::Before), World::new(stack, Side::After));
    let mut then_built = build(registry, &before, None, source);
    let mut now_built = build(registry, &after, Some(&before), source);
    let claims = claims(registry, &after, &now_built);
    let found = elsewhere::find(registry, [&after, &before], [&then_built, &now_built]);
    let touched = touched(stack, &[&now_built.parts, &then_built.parts]);
    let mut inventory = Inventory::new(&format!("{source} {name}"), now);
    let (mut gone, mut parts) = (Vec::new(), Counts::new());
    let mut planned = Planned { stack: stack.label.clone(), ..Planned::default() };
    for (at, instance) in stack.instances.iter().enumerate() {
        if let Some(old) = instance.replaces {
            then_built.resources[at] = then_built.resources[old].clone();
        }
    }
    let mut kept = forgotten(registry, &before, &then_built);
    for (at, instance) in stack.instances.iter().enumerate() {
        let (after, before) = (now_built.resources[at].take(), then_built.resources[at].take());
        let is_part = after.is_none() && before.is_none() && !instance.left_out;
        if is_part {
            *parts.entry(instance.kind.name.to_owned()).or_default() += 1;
        }
        match instance.action().filter(|action| *action != Action::NoOp) {
            Some(action) if is_part => *planned.parts.entry(action).or_default() += 1,
            Some(action) => {
                planned.resources.insert(instance.address.clone(), action);
            }
            None => {}
        }
        let Some(mut change) = instance.change.clone() else {
            inventory.resources.extend(after);
            continue;
        };
        let is_other = has_left(before.as_ref(), after.as_ref()) || is_set_anew(before.as_ref(), after.as_ref());
        if change.action == Action::NoOp && (touched[at] || is_other) {
            change.action = Action::Update;
        }
        match (after, before) {
            (Some(mut resource), before) => {
                resource.before = before.filter(|_| change.action != Action::NoOp).map(Box::new);
                resource.change = Some(Box::new(change));
                inventory.resources.push(resource);
            }
            (None, Some(before)) => {
                let kept = kept.get_mut(at).and_then(Option::take).filter(|kept| *kept != before);
                if kept.is_some() {
                    change.action = Action::Update;
                }
                let resource = kept.unwrap_or_else(|| before.clone());
                gone.push(Resource { change: Some(Box::new(change)), before: Some(Box::new(before)), ..resource });
            }
            (None, None) => {}
        }
    }
    for compare in registry.comparers() {
        compare(&before, &mut inventory.resources);
    }
    add_gone(&mut inventory.resources, gone);
    let reason = match source {
        "terraform-plan" if !stack.is_complete => Coverage::PART_OF_A_WORKSPACE,
        "terraform-plan" => "a plan sees its own workspace only",
        _ => "a state sees its own workspace only",
    };
    inventory.coverage.push(Coverage {
        account: String::new(),
        region: String::new(),
        service: "*".to_owned(),
        status: CoverageStatus::Partial,
        incomplete: Kind::all().filter(|kind| kind.is_of_the_estate()).collect(),
        action: None,
        reason: Some(reason.to_owned()),
        at: now,
    });
    inventory.sort();
    (Made { inventory, parts, planned, loose: Vec::new(), claims }, found)
}

/// Whether a change takes a resource out of what spans regions, though nothing in its own code changes.
fn has_left(before: Option<&Resource>, after: Option<&Resource>) -> bool {
    let global = |resource: Option<&Resource>| Some(resource?.replication.as_ref()?.global.clone());
    global(before).is_some_and(|global| global.is_known()) && global(after).is_some_and(|global| global.is_absent())
}

/// Whether a change gives a database other settings, though only the group that it runs with changes.
fn is_set_anew(before: Option<&Resource>, after: Option<&Resource>) -> bool {
    let sets = |resource: Option<&Resource>| {
        let database = resource?.database.as_deref()?;
        Some((database.parameters.clone(), database.options.clone()))
    };
    before.is_some() && after.is_some() && sets(before) != sets(after)
}

/// Deleted resources stay in the inventory. A new resource may take the id of a deleted one.
fn add_gone(resources: &mut Vec<Resource>, gone: Vec<Resource>) {
    let mut taken: HashSet<String> = resources.iter().map(|resource| resource.id.clone()).collect();
    for mut resource in gone {
        let (plain, mut count) = (resource.id.clone(), 1);
        while !taken.insert(resource.id.clone()) {
            count += 1;
            resource.id = format!("{plain}#{count}");
        }
        resources.push(resource);
    }
}

/// Which instances have a part that the plan changes.
fn touched(stack: &Stack, parts: &[&Vec<(usize, usize)>]) -> Vec<bool> {
    let mut touched = vec![false; stack.instances.len()];
    for (resource, part) in parts.iter().copied().flatten() {
        touched[*resource] |= stack.instances[*part].action().is_some_and(|action| action != Action::NoOp);
    }
    touched
}
