//! What parts say of a resource that is not managed where they are, said of the resource where it is: in another plan or
//! state of the run, or in the live estate.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::{ENVELOPE, fact, facts};
use crate::collect::terraform::{Claim, Lacking, LooseParts};
use crate::model::{Action, Change, Class, Fact, Inventory, Place, Rel, Resource, scoped};
use crate::providers::aws::names::Arn;
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
    let mut gone: HashMap<(usize, &'static str), Vec<Says>> = HashMap::new();
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
        let [before, values] = [&of.before, &of.after].map(facts);
        told(resource, of, [&before, &values], parts.change());
        let address = of.after.origin.scoped_address().unwrap_or_default().into_owned();
        for path in parts.facts.iter().filter(|path| !of.lists.contains(*path) && !parts.go) {
            let says = (address.clone(), fact(&values, path).cloned());
            if let Some((other, value)) = spoken.insert((at, *path), says.clone())
                && differ(&value, &says.1)
            {
                forget(resource, path, &format!("{other} and {address} say different things of it"));
            }
        }
        // What one plan takes away and another keeps as it is, is gone when both are applied; what another makes is not.
        for path in &parts.facts {
            let mut taken = gone.get(&(at, *path)).into_iter().flatten();
            if parts.go {
                gone.entry((at, *path)).or_default().push((address.clone(), fact(&before, path).cloned()));
            } else if !parts.change()
                && let Some((other, _)) = taken.find(|(_, gone)| share(gone.as_ref(), fact(&values, path)))
            {
                forget(resource, path, &format!("{other} is taken away, and {address} stays"));
            }
        }
    }
    members(&mut inventory.resources);
    // In any order, what may be of a resource leaves open what others say of it.
    left.iter().for_each(|parts| doubt(&mut inventory.resources, parts));
    let more = said.len().saturating_sub(MOST);
    let mut said: Vec<String> = said.into_iter().take(MOST).collect();
    said.extend((more > 0).then(|| format!("{} to parts of what is managed elsewhere", count(more, "more change"))));
    (left, said)
}

/// By resource and path of a fact: who says it, and what.
type Spoken = HashMap<(usize, &'static str), Says>;

/// Who says something of a fact, and what, as far as that is known.
type Says = (String, Option<Value>);

/// Whether two say different things of a fact. An id is the end of the ARN of what it means.
fn differ(one: &Option<Value>, other: &Option<Value>) -> bool {
    match (one, other) {
        (Some(Value::String(one)), Some(Value::String(other))) => {
            one != other && !is_tail(one, other) && !is_tail(other, one)
        }
        _ => one != other,
    }
}

/// Whether two lists have an item in common; anything else is the same fact.
fn share(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            one.iter().any(|item| other.iter().any(|it| agree(item, it)))
        }
        _ => true,
    }
}

/// Whether two items of lists are one: what is known of both is the same.
fn agree(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut both = one.iter().filter_map(|(name, value)| Some((value, other.get(name)?))).peekable();
            both.peek().is_some() && both.all(|(value, other)| value == other)
        }
        _ => one == other,
    }
}

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
        let is_called =
            |word: &str| resource.name == word || is_tail(&resource.id, word) || will_be(resource, word) != Some(false);
        resource.kind == parts.kind
            && parts.of.as_ref().is_none_or(|of| is_called(&of.word))
            && (parts.is_anywhere || is_near(&parts.place, resource))
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
            false => is_tail(&resource.id, &of.word) || will_be(resource, &of.word) == Some(true),
        };
        // An ARN tells where it is; else it is near by.
        let is_there = || Arn::parse(&of.word).is_some() || is_near(place, resource);
        resource.kind == of.after.kind && (resource.id == of.word || (is_called && is_there()))
    };
    let mut meant = (0..resources.len()).filter(|at| is_meant(&resources[*at]));
    meant.next().filter(|_| meant.next().is_none())
}

/// Whether an ARN means a resource that has only a name before it is made. `None`: nobody knows in which account it will be.
fn will_be(resource: &Resource, word: &str) -> Option<bool> {
    let Some(arn) = Arn::parse(word).filter(|_| !resource.id.starts_with("arn:")) else { return Some(false) };
    let is_here = |part: &str, fact: &Fact<String>| part.is_empty() || fact.text() == Some(part);
    match is_tail(word, &resource.name) && is_here(arn.region, &resource.place.region) {
        true if resource.place.account.is_unknown() && !arn.account.is_empty() => None,
        named => Some(named && is_here(arn.account, &resource.place.account)),
    }
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

/// What several plans change of one: instances of a cluster, which shows how many there are and where.
fn members(resources: &mut [Resource]) {
    const COUNTED: [&str; 4] =
        ["redundancy.automatic_failover", "redundancy.instances", "redundancy.multi_zone", "redundancy.zones"];
    let is_changed = |one: &Resource| one.change.as_ref().is_some_and(|change| change.action != Action::NoOp);
    let mut of_others = Vec::new();
    for member in resources.iter().filter(|one| one.origin.stack.is_some() && is_changed(one)) {
        for link in member.links.iter().filter(|link| link.rel == Rel::MemberOf) {
            let kinds = member.kind.info().targets(Rel::MemberOf);
            let is_it = |one: &Resource| {
                let is_called = one.id == link.to || one.name == link.to || is_tail(&one.id, &link.to);
                let is_called = is_called || will_be(one, &link.to) != Some(false);
                kinds.contains(&one.kind.name()) && is_called && is_near(&member.place, one)
            };
            let owners = (0..resources.len()).filter(|at| is_it(&resources[*at]));
            let elsewhere = owners.filter(|at| resources[*at].origin.stack != member.origin.stack);
            let by = member.origin.scoped_address().unwrap_or_default().into_owned();
            of_others.extend(elsewhere.map(|at| (at, by.clone())));
        }
    }
    for (at, by) in of_others {
        let owner = &mut resources[at];
        let action = owner.change.as_ref().map_or(Action::NoOp, |change| change.action);
        if action == Action::Delete {
            continue;
        }
        touched(owner, action);
        let reason = format!("{by}, which another plan changes, is a member of it");
        COUNTED.iter().for_each(|path| forget(owner, path, &reason));
    }
}

fn are_same(mine: &Fact<String>, theirs: &Fact<String>) -> bool {
    mine.is_known() && mine == theirs
}

/// What something else changes of a resource that its own plan leaves as it is, or only forgets, is a change of it.
fn touched(resource: &mut Resource, action: Action) {
    if matches!(action, Action::NoOp | Action::Forget) {
        resource.before = Some(Box::new(Resource { before: None, change: None, ..resource.clone() }));
        resource.change.get_or_insert_with(|| Box::new(Change::of(action))).action = Action::Update;
    }
}

/// `before` and `after`: the facts of its parts.
fn told(resource: &mut Resource, of: &Lacking, [before, after]: [&Value; 2], changes: bool) {
    let action = resource.change.as_ref().map_or(Action::NoOp, |change| change.action);
    // What goes takes its parts with it. What is only forgotten stays.
    if action == Action::Delete {
        return;
    }
    if changes {
        touched(resource, action);
        // Each plan answers for what it changes.
        let all: BTreeSet<String> = paths(before).into_iter().chain(paths(after)).map(|(path, _)| path).collect();
        let changed = all.into_iter().filter(|path| fact(before, path) != fact(after, path));
        let mut own = (*resource.origin).clone();
        own.said_at.extend(changed.map(|path| (path, (*of.after.origin).clone())));
        resource.origin = own.into();
    }
    if let Some(before) = &mut resource.before {
        **before = with(before, &of.before, &of.before, &of.lists);
    }
    let laid = with(resource, &of.after, &of.before, &of.lists);
    *resource = Resource { before: resource.before.take(), change: resource.change.take(), ..laid };
    if action == Action::Replace && !changes {
        // It was part of what is replaced.
        let reason = format!("{} is part of what is replaced", of.after.origin.address.as_deref().unwrap_or(&of.word));
        paths(after).iter().for_each(|(path, _)| forget(resource, path, &reason));
    }
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
                let before = fact(&former_facts, &path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let shown = known.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let is_shown = |item: &Value| shown.iter().any(|own| agree(own, item));
                if !shown.is_empty() && before.iter().any(|item| !items.contains(item) && !is_shown(item)) {
                    // It shows what several of them say as one.
                    let reason = "what is taken away of it is not told apart from what stays".to_owned();
                    unknown.entry(path.clone()).or_insert(reason);
                }
                joined(known.as_ref(), items, before)
            }
            (value, _) => {
                cleared.push(path.clone());
                value.clone()
            }
        };
        set(&mut all, &path, value);
    }
    // What they leave open is open, whatever the resource shows without them.
    for path in parts.unknown.keys().filter(|path| fact(&said, path).is_none() && !lists.contains(path.as_str())) {
        remove(&mut all, path);
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
    let is_in = |list: &[Value], item: &Value| list.iter().any(|it| agree(it, item));
    let kept = known.iter().filter(|item| !is_in(former, item) || is_in(items, item));
    let more = items.iter().filter(|item| !is_in(known, item));
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
