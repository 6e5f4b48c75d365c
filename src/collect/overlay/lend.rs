//! What parts say of a resource that is not managed where they are, said of the resource where it is: in another plan or
//! state of the run, or in the live estate.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{ENVELOPE, facts};
use crate::collect::terraform::{Lacking, LooseParts};
use crate::model::{Action, Change, Class, Fact, Inventory, Origin, Resource};
use crate::text::{clip, count};

/// Tells each resource what loose parts say of it. Returned are those whose resource is not here, and sentences about the
/// others.
pub(crate) fn lend(inventory: &mut Inventory, mut loose: Vec<LooseParts>) -> (Vec<LooseParts>, Vec<String>) {
    // What is taken away somewhere may be made anew elsewhere. Else no order says more than another.
    loose.sort_by(|a, b| (!a.go, &a.stack, a.parts.keys().next()).cmp(&(!b.go, &b.stack, b.parts.keys().next())));
    let (mut left, mut said, mut spoken) = (Vec::new(), BTreeSet::new(), HashMap::new());
    for parts in loose {
        let of = parts.of.as_deref().and_then(|of| Some((of, owner(&inventory.resources, of)?)));
        let Some((of, at)) = of else {
            doubt(&mut inventory.resources, &parts);
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
            let says = (address.clone(), values.as_object().and_then(|all| fact(all, path)).cloned());
            if let Some((other, value)) = spoken.insert((at, *path), says.clone())
                && value != says.1
            {
                forget(resource, path, &format!("{other} and {address} say different things of it"));
            }
        }
    }
    let more = said.len().saturating_sub(MOST);
    let mut said: Vec<String> = said.into_iter().take(MOST).collect();
    said.extend((more > 0).then(|| format!("{} to parts of what is managed elsewhere", count(more, "more change"))));
    (left, said)
}

/// What parts decide of which nobody knows what they are of is not known of any resource that they may be of.
fn doubt(resources: &mut [Resource], parts: &LooseParts) {
    let word = parts.of.as_ref().map(|of| of.word.as_str());
    let is_named = |resource: &Resource| {
        word.is_none_or(|word| {
            let tail = resource.id.strip_suffix(word);
            resource.name == word || tail.is_some_and(|id| id.ends_with(['/', ':']))
        })
    };
    let may_be = |resource: &&mut Resource| {
        resource.kind == parts.kind
            && is_named(resource)
            && !differ(&parts.place.account, &resource.place.account)
            && !differ(&parts.place.region, &resource.place.region)
    };
    let address = parts.parts.keys().next().map(String::as_str).unwrap_or_default();
    let reason = format!("which resource {} belongs to is not known", clip(address, 200));
    for resource in resources.iter_mut().filter(may_be) {
        parts.facts.iter().for_each(|path| forget(resource, path, &reason));
    }
}

/// A fact is not known any more; of a list, whether there is more.
fn forget(resource: &mut Resource, path: &str, reason: &str) {
    let Value::Object(mut all) = facts(resource) else { return };
    let group = path.split_once('.').and_then(|(facet, name)| Some((all.get_mut(facet)?.as_object_mut()?, name)));
    if let Some((facet, name)) = group
        && !facet.get(name).is_some_and(Value::is_array)
    {
        facet.remove(name);
        if let Ok(read) = serde_json::from_value::<Resource>(Value::Object(all)) {
            *resource = Resource { change: resource.change.take(), before: resource.before.take(), ..read };
        }
    }
    resource.unknown.insert(path.to_owned(), reason.to_owned());
}

/// Sentences about single parts.
const MOST: usize = 5;

/// The one resource that is meant.
fn owner(resources: &[Resource], of: &Lacking) -> Option<usize> {
    let is_meant = |resource: &Resource| {
        let (place, there) = (&of.after.place, &resource.place);
        // There is one bucket of a name. Else it means what has it where it is used, and plans whose account nobody knows
        // are taken for plans of different accounts.
        let is_one = || {
            let is_here = resource.kind.info().global || are_same(&place.region, &there.region);
            resource.kind.info().class == Class::Bucket || (is_here && are_same(&place.account, &there.account))
        };
        let is_near = || !differ(&place.region, &there.region) && !differ(&place.account, &there.account);
        let tail = resource.id.strip_suffix(of.word.as_str());
        resource.kind == of.after.kind
            && (resource.id == of.word
                || match resource.name == of.word {
                    true => is_one() && is_near(),
                    false => tail.is_some_and(|id| id.ends_with(['/', ':'])) && is_near(),
                })
    };
    let mut meant = (0..resources.len()).filter(|at| is_meant(&resources[*at]));
    meant.next().filter(|_| meant.next().is_none())
}

fn differ(mine: &Fact<String>, theirs: &Fact<String>) -> bool {
    mine.text().zip(theirs.text()).is_some_and(|(mine, theirs)| mine != theirs)
}

fn are_same(mine: &Fact<String>, theirs: &Fact<String>) -> bool {
    mine.text().zip(theirs.text()).is_some_and(|(mine, theirs)| mine == theirs)
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
    if let Some(before) = &mut resource.before {
        **before = with(before, &of.before, &of.before, &of.lists);
    }
    let after = with(resource, &of.after, &of.before, &of.lists);
    *resource = Resource { before: resource.before.take(), change: resource.change.take(), ..after };
}

/// The resource with what its parts say: `former` is what they said before.
fn with(own: &Resource, parts: &Resource, former: &Resource, lists: &BTreeSet<&'static str>) -> Resource {
    let (Value::Object(mut all), Value::Object(said), former_facts) = (facts(own), facts(parts), facts(former)) else {
        return own.clone();
    };
    let (mut unknown, mut cleared) = (parts.unknown.clone(), Vec::new());
    for (path, value) in paths(&said) {
        let known = fact(&all, &path).cloned();
        let value = match (value, lists.contains(path.as_str())) {
            (Value::Array(items), true) => {
                if known.is_none() {
                    let reason = "more of it may be declared elsewhere".to_owned();
                    unknown.entry(path.clone()).or_insert_with(|| own.unknown.get(&path).cloned().unwrap_or(reason));
                }
                let before = former_facts.as_object().and_then(|all| fact(all, &path)).and_then(Value::as_array);
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
    for (path, _) in former_facts.as_object().map(paths).unwrap_or_default() {
        if fact(&said, &path).is_none() {
            if let Some((facet, name)) = path.split_once('.') {
                all.get_mut(facet).and_then(Value::as_object_mut).and_then(|facet| facet.remove(name));
            }
            unknown.entry(path).or_insert_with(|| "known only after apply".to_owned());
        }
    }
    let mut after: Resource = serde_json::from_value(Value::Object(all)).unwrap_or_else(|_| own.clone());
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
fn paths(facts: &Map<String, Value>) -> Vec<(String, &Value)> {
    let facets = facts.iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str()) && *name != "place");
    let groups = facets.filter_map(|(facet, group)| Some((facet, group.as_object().filter(|_| facet != "tags")?)));
    groups
        .flat_map(|(facet, group)| group.iter().map(move |(name, value)| (format!("{facet}.{name}"), value)))
        .collect()
}

fn fact<'v>(facts: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let (facet, name) = path.split_once('.')?;
    facts.get(facet)?.get(name)
}

fn set(facts: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((facet, name)) = path.split_once('.') else { return };
    let group = facts.entry(facet).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(group) = group {
        group.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests;
