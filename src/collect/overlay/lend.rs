//! What parts say of a resource that is not managed where they are, said of the resource where it is: in another plan or
//! state of the run, or in the live estate.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{ENVELOPE, fact, facts};
use crate::collect::terraform::{Claim, Lacking, LooseParts};
use crate::model::{Action, Change, Class, Fact, Inventory, Origin, Place, Resource, scoped};
use crate::text::{clip, count};

/// Tells each resource what loose parts say of it. Returned are those whose resource is not here, and sentences about the
/// others.
pub(crate) fn lend(
    inventory: &mut Inventory,
    mut loose: Vec<LooseParts>,
    claims: &[Claim],
) -> (Vec<LooseParts>, Vec<String>) {
    // What is taken away somewhere may be made anew elsewhere. Else no order says more than another.
    loose.sort_by(|a, b| (!a.go, &a.stack, a.parts.keys().next()).cmp(&(!b.go, &b.stack, b.parts.keys().next())));
    let (mut left, mut said) = (Vec::new(), BTreeSet::new());
    let mut spoken = if loose.is_empty() { Spoken::new() } else { claimed(&inventory.resources, claims) };
    for parts in loose {
        let of = parts.of.as_deref().and_then(|of| Some((of, owner(&inventory.resources, of)?)));
        let Some((of, at)) = of else {
            left.push(parts);
            continue;
        };
        let resource = &mut inventory.resources[at];
        let stack = parts.stack.iter().map(|stack| format!(" of {stack}")).collect::<String>();
        let changed = parts.parts.iter().filter(|(_, changes)| **changes);
        said.extend(
            changed.map(|(part, _)| format!("{}{stack} is taken as part of '{}'", clip(part, 200), resource.id)),
        );
        told(resource, of, parts.change());
        let values = facts(&of.after);
        let address = of.after.origin.scoped_address().unwrap_or_default().into_owned();
        for path in parts.facts.iter().filter(|path| !of.lists.contains(*path) && !parts.go) {
            let says = (address.clone(), fact(&values, path).cloned());
            if let Some((other, value)) = spoken.insert((at, *path), says.clone())
                && value != says.1
            {
                forget(resource, path, &format!("{other} and {address} say different things of it"));
            }
        }
    }
    // In any order, what may be of a resource leaves open what others say of it.
    left.iter().for_each(|parts| doubt(&mut inventory.resources, parts));
    let more = said.len().saturating_sub(MOST);
    let mut said: Vec<String> = said.into_iter().take(MOST).collect();
    said.extend((more > 0).then(|| format!("{} to parts of what is managed elsewhere", count(more, "more change"))));
    (left, said)
}

/// By resource and path of a fact: who says it, and what.
type Spoken = HashMap<(usize, &'static str), (String, Option<Value>)>;

/// What resources are said to be where they are managed.
fn claimed(resources: &[Resource], claims: &[Claim]) -> Spoken {
    let mut by_address: HashMap<(Option<&str>, &str), Vec<&Claim>> = HashMap::new();
    for claim in claims {
        by_address.entry((claim.stack.as_deref(), &claim.of)).or_default().push(claim);
    }
    let mut spoken = Spoken::new();
    for (at, resource) in resources.iter().enumerate() {
        let Some(address) = resource.origin.address.as_deref() else { continue };
        let Some(claims) = by_address.get(&(resource.origin.stack.as_deref(), address)) else { continue };
        let values = facts(resource);
        for claim in claims {
            let by = scoped(claim.stack.as_deref(), &claim.by);
            let says = claim.facts.iter().map(|path| (*path, fact(&values, path).cloned()));
            spoken.extend(says.map(|(path, value)| ((at, path), (by.clone().into_owned(), value))));
        }
    }
    spoken
}

/// What parts decide of which nobody knows what they are of is not known of any resource that they may be of.
fn doubt(resources: &mut [Resource], parts: &LooseParts) {
    let may_be = |resource: &&mut Resource| {
        resource.kind == parts.kind
            && parts.of.as_ref().is_none_or(|of| resource.name == of.word || is_tail(&resource.id, &of.word))
            && is_near(&parts.place, resource)
    };
    let address = parts.parts.keys().next().map(String::as_str).unwrap_or_default();
    let reason = format!("which resource {} belongs to is not known", clip(address, 200));
    for resource in resources.iter_mut().filter(may_be) {
        parts.facts.iter().for_each(|path| forget(resource, path, &reason));
    }
}

/// A fact is not known any more; of a list, whether there is more.
fn forget(resource: &mut Resource, path: &str, reason: &str) {
    let mut all = facts(resource);
    if !fact(&all, path).is_some_and(Value::is_array) {
        remove(&mut all, path);
        if let Ok(read) = serde_json::from_value::<Resource>(all) {
            *resource = Resource {
                change: resource.change.take(),
                before: resource.before.take(),
                origin: std::mem::take(&mut resource.origin),
                ..read
            };
        }
    }
    resource.unknown.insert(path.to_owned(), reason.to_owned());
}

/// Sentences about single parts.
const MOST: usize = 5;

/// The one resource that is meant.
fn owner(resources: &[Resource], of: &Lacking) -> Option<usize> {
    let place = &of.after.place;
    let is_meant = |resource: &Resource| {
        let there = &resource.place;
        // There is one bucket of a name. Else it means what has it where it is used, and plans whose account nobody knows
        // are taken for plans of different accounts.
        let is_one = || {
            let is_here = resource.kind.info().global || are_same(&place.region, &there.region);
            resource.kind.info().class == Class::Bucket || (is_here && are_same(&place.account, &there.account))
        };
        let is_called = match resource.name == of.word {
            true => is_one(),
            false => is_tail(&resource.id, &of.word),
        };
        resource.kind == of.after.kind && (resource.id == of.word || (is_called && is_near(place, resource)))
    };
    let mut meant = (0..resources.len()).filter(|at| is_meant(&resources[*at]));
    meant.next().filter(|_| meant.next().is_none())
}

/// An ARN ends with that id.
fn is_tail(id: &str, word: &str) -> bool {
    id.strip_suffix(word).is_some_and(|before| before.ends_with(['/', ':']))
}

/// Nothing says that it is in another account or region.
fn is_near(place: &Place, resource: &Resource) -> bool {
    let differ = |mine: &Fact<String>, theirs: &Fact<String>| mine.is_known() && theirs.is_known() && mine != theirs;
    !differ(&place.region, &resource.place.region) && !differ(&place.account, &resource.place.account)
}

fn are_same(mine: &Fact<String>, theirs: &Fact<String>) -> bool {
    mine.is_known() && mine == theirs
}

fn told(resource: &mut Resource, of: &Lacking, changes: bool) {
    let action = resource.change.as_ref().map_or(Action::NoOp, |change| change.action);
    // What goes takes its parts with it. What is only forgotten stays.
    if action == Action::Delete {
        return;
    }
    if changes && matches!(action, Action::NoOp | Action::Forget) {
        resource.before = Some(Box::new(Resource { before: None, change: None, ..resource.clone() }));
        let change = resource.change.get_or_insert_with(|| Box::new(Change::of(action)));
        change.action = Action::Update;
        // Whoever changes it is told, and where.
        let source = std::mem::take(&mut resource.origin.source);
        resource.origin = Origin { source, ..(*of.after.origin).clone() }.into();
        // It is the same resource before and after.
        if let Some(before) = &mut resource.before {
            before.origin = resource.origin.clone();
        }
    }
    if changes && !matches!(action, Action::NoOp | Action::Forget) {
        // Each of both plans answers for what it changes.
        let [before, after] = [&of.before, &of.after].map(facts);
        let changed = paths(&after).into_iter().filter(|(path, value)| fact(&before, path) != Some(*value));
        let origin = |path: String| (path, (*of.after.origin).clone());
        let mut own = (*resource.origin).clone();
        own.said_at.extend(changed.map(|(path, _)| origin(path)));
        resource.origin = own.into();
    }
    if let Some(before) = &mut resource.before {
        **before = with(before, &of.before, &of.before, &of.lists);
    }
    let after = with(resource, &of.after, &of.before, &of.lists);
    *resource = Resource { before: resource.before.take(), change: resource.change.take(), ..after };
}

/// The resource with what its parts say: `former` is what they said before.
fn with(own: &Resource, parts: &Resource, former: &Resource, lists: &BTreeSet<&'static str>) -> Resource {
    let (mut all, said, former_facts) = (facts(own), facts(parts), facts(former));
    let (mut unknown, mut cleared) = (parts.unknown.clone(), Vec::new());
    for (path, value) in paths(&said) {
        let known = fact(&all, &path).cloned();
        let value = match (value, lists.contains(path.as_str())) {
            (Value::Array(items), true) => {
                if known.is_none() {
                    let reason = "more of it may be declared elsewhere".to_owned();
                    unknown.entry(path.clone()).or_insert_with(|| own.unknown.get(&path).cloned().unwrap_or(reason));
                }
                let before = fact(&former_facts, &path).and_then(Value::as_array);
                joined(known.as_ref(), items, before.map_or(&[], Vec::as_slice))
            }
            (value, _) => {
                cleared.push(path.clone());
                value.clone()
            }
        };
        set(&mut all, &path, value);
    }
    // What they said and do not say any more is known only after apply.
    for (path, _) in paths(&former_facts) {
        if fact(&said, &path).is_none() {
            remove(&mut all, &path);
            unknown.entry(path).or_insert_with(|| "known only after apply".to_owned());
        }
    }
    let mut after: Resource = serde_json::from_value(all).unwrap_or_else(|_| own.clone());
    // Not all of that is written.
    after.origin = own.origin.clone();
    after.unknown.retain(|path, _| !cleared.contains(path));
    after.unknown.extend(unknown);
    after.links.retain(|link| !former.links.contains(link) || parts.links.contains(link));
    let more: Vec<_> = parts.links.iter().filter(|link| !after.links.contains(link)).cloned().collect();
    after.links.extend(more);
    if let (Fact::Known(own), Fact::Known(said)) = (&own.tags, &parts.tags) {
        let mut tags = (**own).clone();
        if let Some(former) = former.tags.known() {
            tags.retain(|key, _| !former.contains_key(key));
        }
        tags.extend(said.iter().map(|(key, value)| (key.clone(), value.clone())));
        after.tags = Fact::Known(tags.into());
    }
    // Who replicates is the one that has replicas.
    if lists.contains(REGIONS)
        && let Some(replication) = &mut after.replication
        && let Some(regions) = replication.regions.known()
    {
        let role = if regions.is_empty() { "none" } else { "primary" };
        if own.replication.as_ref().is_none_or(|own| own.role.text() != Some("replica")) {
            replication.role = role.into();
        }
    }
    after
}

const REGIONS: &str = "replication.regions";

/// The items that others declare, and those that the parts declare now.
fn joined(known: Option<&Value>, items: &[Value], former: &[Value]) -> Value {
    let known = known.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let kept = known.iter().filter(|item| !former.contains(item) || items.contains(item));
    let more = items.iter().filter(|item| !known.contains(item));
    let mut all: Vec<Value> = kept.chain(more).cloned().collect();
    if all.iter().all(Value::is_string) {
        all.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    Value::Array(all)
}

/// The facts that are known, by their dotted paths.
fn paths(facts: &Value) -> Vec<(String, &Value)> {
    let no_facet = |name: &str| ENVELOPE.contains(&name) || matches!(name, "place" | "tags");
    let facets = facts.as_object().into_iter().flatten().filter(|(name, _)| !no_facet(name));
    let groups = facets.filter_map(|(facet, group)| Some((facet, group.as_object()?)));
    groups
        .flat_map(|(facet, group)| group.iter().map(move |(name, value)| (format!("{facet}.{name}"), value)))
        .collect()
}

fn set(facts: &mut Value, path: &str, value: Value) {
    let Some(((facet, name), all)) = path.split_once('.').zip(facts.as_object_mut()) else { return };
    if let Value::Object(group) = all.entry(facet).or_insert_with(|| Value::Object(Map::new())) {
        group.insert(name.to_owned(), value);
    }
}

fn remove(facts: &mut Value, path: &str) {
    if let Some((facet, name)) = path.split_once('.') {
        facts.get_mut(facet).and_then(Value::as_object_mut).and_then(|facet| facet.remove(name));
    }
}

#[cfg(test)]
mod tests;
