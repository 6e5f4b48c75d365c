//! A plan laid over the live estate: the estate as it will be, with what the plan does to each resource.
//!
//! The plan knows what it sets; the live estate knows the rest. So a fact of the plan wins where it is known, a fact that
//! the plan says will be known only after apply is unknown, and everything else stays as it was seen.

mod lend;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::model::{Action, Fact, Inventory, Link, Resource, weight};
pub(crate) use lend::lend;

/// Parts of a resource that are no facts of it.
const ENVELOPE: &[&str] = &["id", "kind", "name", "links", "unknown", "origin", "change", "before", "joined"];

/// Lays `plan` over `live`. The returned sentences say what could not be matched.
pub fn lay_over(live: Inventory, plan: Inventory) -> (Inventory, Vec<String>) {
    let index = Index::new(&live);
    let mut notes = Vec::new();
    let mut touched: HashMap<usize, Resource> = HashMap::new();
    let mut created = Vec::new();
    let mut planned = plan.resources;
    // Of several plans the one that does most to a resource counts; what one block or plan forgets another may keep.
    planned.sort_by_key(|resource| Reverse(weight(resource)));
    for planned in planned {
        let action = planned.change.as_ref().map_or(Action::NoOp, |change| change.action);
        match index.find(&planned) {
            Some(at) if touched.contains_key(&at) => {}
            Some(at) => {
                touched.insert(at, lay_resource(&live.resources[at], planned, action));
            }
            None => {
                if !matches!(action, Action::Create | Action::Replace) {
                    let address = planned.origin.address.as_deref().unwrap_or(&planned.id);
                    notes.push(format!("{address} was not found in the live estate, so only the plan speaks for it"));
                }
                created.push(planned);
            }
        }
    }
    let mut resources: Vec<_> =
        live.resources.into_iter().enumerate().map(|(at, resource)| touched.remove(&at).unwrap_or(resource)).collect();
    let taken: BTreeSet<String> = resources.iter().map(|resource| resource.id.clone()).collect();
    resources.extend(created.into_iter().filter(|resource| !taken.contains(&resource.id)));
    let sources = plan.sources.into_iter().chain(live.sources).collect();
    let mut after = Inventory { resources, coverage: live.coverage, collected_at: live.collected_at, sources };
    after.sort();
    notes.sort();
    (after, notes)
}

/// Finds the live resource that a planned one is.
struct Index<'a> {
    by_id: HashMap<&'a str, usize>,
    by_name: HashMap<(&'a str, &'a str), Vec<usize>>,
    live: &'a Inventory,
}

impl<'a> Index<'a> {
    fn new(live: &'a Inventory) -> Self {
        let mut index = Self { by_id: HashMap::new(), by_name: HashMap::new(), live };
        for (at, resource) in live.resources.iter().enumerate() {
            index.by_id.insert(&resource.id, at);
            index.by_name.entry((resource.kind.name(), &resource.name)).or_default().push(at);
        }
        index
    }

    /// By ARN, then by kind, name and place, where only one can be meant. What is created is not there yet.
    fn find(&self, planned: &Resource) -> Option<usize> {
        let former = planned.before.as_deref();
        for id in former.iter().map(|before| &before.id).chain([&planned.id]) {
            if let Some(at) = self.by_id.get(id.as_str()) {
                return Some(*at);
            }
        }
        if planned.change.as_ref().is_some_and(|change| change.action == Action::Create && !change.importing) {
            return None;
        }
        let one = former.unwrap_or(planned);
        let agrees = |mine: Option<&str>, theirs: Option<&str>| match (mine, theirs) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        let candidates = self.by_name.get(&(one.kind.name(), one.name.as_str()))?;
        let mut fitting = candidates.iter().copied().filter(|at| {
            let live = &self.live.resources[*at];
            agrees(one.region(), live.region()) && agrees(one.account(), live.account())
        });
        match (fitting.next(), fitting.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        }
    }
}

fn lay_resource(live: &Resource, planned: Resource, action: Action) -> Resource {
    let mut laid = match action {
        Action::Update => merged(live, &planned),
        Action::NoOp | Action::Delete | Action::Forget => live.clone(),
        // What is made anew has nothing of what was there but its identity.
        Action::Create | Action::Replace => planned.clone(),
    };
    laid.id = live.id.clone();
    laid.place = live.place.clone();
    laid.origin = planned.origin;
    if !matches!(action, Action::Create | Action::Replace) {
        // It runs already, and was seen.
        laid.origin.source.clone_from(&live.origin.source);
    }
    laid.change = planned.change;
    laid.before = match action {
        Action::NoOp => None,
        _ => Some(Box::new(with_code_facts(live, planned.before.as_deref()))),
    };
    laid
}

/// The live resource, with what only code knows of it (`skip_final_snapshot`) from the state before the plan.
fn with_code_facts(live: &Resource, before: Option<&Resource>) -> Resource {
    let Some(before) = before else { return live.clone() };
    // It is the same block of code before and after, however it was found in the live estate.
    Resource { origin: before.origin.clone(), ..fill(live, before, |_| false, |_| {}) }
}

/// The plan's facts, and the live ones where the plan says nothing or leaves them as they are: of those the live estate
/// knows more.
///
/// A fact that the plan knew before and does not know after is one that the change touches: it stays unknown.
fn merged(live: &Resource, planned: &Resource) -> Resource {
    let planned = &heard(planned);
    let before = planned.before.as_deref();
    let [mine, theirs, former] = [Some(planned), Some(live), before].map(|side| side.map_or(Value::Null, facts));
    let is_touched = |path: &str| fact(&mine, path).is_none() && fact(&former, path).is_some();
    let seen = |path: &&String| !is_touched(path) && !live.unknown.contains_key(*path) && fact(&theirs, path).is_some();
    // A list that is known in part for another reason than before has something that the change will only decide.
    let is_as_before = |(path, reason): &(&String, &String)| {
        let is_listed = fact(&mine, path).is_some_and(Value::is_array);
        !is_listed || before.is_none_or(|before| before.unknown.get(*path) == Some(*reason))
    };
    // What the plan cannot see, because it may be declared elsewhere, is seen in the live estate.
    let found: Vec<&String> = planned.unknown.iter().filter(is_as_before).map(|(path, _)| path).filter(seen).collect();
    let left = before.map_or_else(Vec::new, |before| left_alone(planned, before, [&mine, &former]));
    let left: Vec<&String> =
        left.iter().filter(|path| fact(&theirs, path).is_some() && !live.unknown.contains_key(*path)).collect();
    let mut laid = fill(planned, live, is_touched, |top| {
        for path in &left {
            let seen = fact(&theirs, path).cloned();
            if let Some((own, seen)) = top.pointer_mut(&pointer(path)).zip(seen) {
                *own = seen;
            }
        }
        for path in found.iter().filter(|path| !left.contains(path)) {
            let (Some(Value::Array(list)), Some(Value::Array(seen))) =
                (top.pointer_mut(&pointer(path)), fact(&theirs, path))
            else {
                continue;
            };
            let former = fact(&former, path).and_then(Value::as_array).cloned().unwrap_or_default();
            let others = seen.iter().filter(|item| !former.contains(item));
            list.extend(others.cloned());
            list.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            list.dedup();
        }
    });
    laid.unknown.retain(|path, _| !found.contains(&path) && !left.contains(&path));
    for (path, reason) in live.unknown.iter().filter(|(path, _)| fact(&mine, path).is_none() && !is_touched(path)) {
        laid.mark_unknown(path, reason.clone());
    }
    let has = |resource: &Resource, rel| resource.links.iter().any(|link| link.rel == rel);
    let of_live = |link: &&Link| !has(planned, link.rel) && !before.is_some_and(|before| has(before, link.rel));
    laid.links.extend(live.links.iter().filter(of_live).cloned());
    laid
}

/// Paths of the facts that a plan knows and does not change.
fn left_alone(planned: &Resource, before: &Resource, [mine, former]: [&Value; 2]) -> Vec<String> {
    let facets = mine.as_object().into_iter().flatten();
    let facets = facets.filter(|(name, _)| !ENVELOPE.contains(&name.as_str()) && *name != "tags");
    let paths = facets.flat_map(|(facet, facts)| {
        facts.as_object().into_iter().flatten().map(move |(name, _)| format!("{facet}.{name}"))
    });
    let is_left =
        |path: &String| fact(mine, path) == fact(former, path) && planned.unknown.get(path) == before.unknown.get(path);
    paths.filter(is_left).collect()
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// The planned resource without what its code does not touch: a setting of the region, which the live estate knows.
fn heard(planned: &Resource) -> Resource {
    let mut planned = planned.clone();
    let before = planned.before.as_deref_mut().and_then(|before| before.plan.as_deref_mut());
    for plan in before.into_iter().chain(planned.plan.as_deref_mut()) {
        if plan.switched_off.is_absent() {
            plan.switched_off = Fact::Unknown;
        }
    }
    planned
}

fn facts(resource: &Resource) -> Value {
    serde_json::to_value(resource).unwrap_or_default()
}

/// The fact at a dotted path: known or absent, not unknown.
fn fact<'v>(facts: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(facts, |part, name| part.get(name))
}

/// `first`, and `second` for every fact that it does not know, unless `keep_out` names its path; then `amend` may
/// change facts.
fn fill(
    first: &Resource,
    second: &Resource,
    keep_out: impl Fn(&str) -> bool,
    amend: impl FnOnce(&mut Value),
) -> Resource {
    let (mut all, Value::Object(bottom)) = (facts(first), facts(second)) else { return first.clone() };
    if let Value::Object(top) = &mut all {
        fill_map(top, bottom, "", &keep_out);
    }
    amend(&mut all);
    serde_json::from_value(all).unwrap_or_else(|_| first.clone())
}

fn fill_map(top: &mut Map<String, Value>, bottom: Map<String, Value>, above: &str, keep_out: &dyn Fn(&str) -> bool) {
    for (name, value) in bottom {
        if above.is_empty() && ENVELOPE.contains(&name.as_str()) {
            continue;
        }
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match (top.get_mut(&name), value) {
            (Some(Value::Object(mine)), Value::Object(theirs)) if above.is_empty() && name != "tags" => {
                fill_map(mine, theirs, &path, keep_out);
            }
            (None, value) if !keep_out(&path) => {
                top.insert(name, value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
