//! Parts of what the plan or state does not manage: the versioning of a bucket that another stack makes.
//!
//! What such a part decides is read by the same functions, from a resource of which nothing else is known. Whoever has the
//! resource, another plan or the live estate, is lent it (`overlay/lend.rs`).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::attrs::Attrs;
use super::built::{Built, build};
use super::instance::Instance;
use super::part_of::PartOf;
use super::provider::Told;
use super::registry::Registry;
use super::world::{Referent, Referents, Side, Stack, World};
use crate::model::{Action, Kind, Origin, Place, Resource};
use crate::text::clip;

/// Parts of one resource that is not managed where they are.
#[derive(Clone, Debug, PartialEq)]
pub struct LooseParts {
    /// Which of several plans or states they are in.
    pub stack: Option<String>,
    /// Their addresses, and whether the plan changes them.
    pub parts: BTreeMap<String, bool>,
    /// The plan takes all of them away.
    pub go: bool,
    /// What they are of, as far as that is known.
    pub kind: Kind,
    /// Where they are.
    pub place: Place,
    /// What they are of may be in another account or region: they name it by its ARN.
    pub is_anywhere: bool,
    /// Dotted paths of the facts that they decide.
    pub facts: BTreeSet<&'static str>,
    /// What they are of. `None`: the plan does not say.
    pub of: Option<Box<Lacking>>,
}

/// A resource that is not managed here, with what its parts say of it and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Lacking {
    /// The name or the id by which the parts mean it.
    pub word: String,
    /// Its facts before the change.
    pub before: Resource,
    /// Its facts after the change.
    pub after: Resource,
    /// Dotted paths of lists of which each part is one item.
    pub lists: BTreeSet<&'static str>,
}

impl LooseParts {
    /// The plan changes one of them.
    pub fn change(&self) -> bool {
        self.parts.values().any(|changes| *changes)
    }

    /// What is to be said of those that the plan changes and that nobody has the resource of.
    pub fn told<'a>(all: impl IntoIterator<Item = &'a Self>) -> Option<String> {
        let parts = all.into_iter().flat_map(|one| &one.parts).filter(|(_, changes)| **changes);
        let found: BTreeSet<&String> = parts.map(|(address, _)| address).collect();
        let first = clip(found.first()?, 200);
        Some(match found.len() {
            1 => format!(
                "{first} is part of something that this plan does not manage: what becomes of that is not judged"
            ),
            many => format!(
                "{many} changes are to parts of what this plan does not manage, first of all {first}: what becomes of that \
                 is not judged"
            ),
        })
    }
}

/// By the type and the name of what is meant, and the provider that is asked: the parts, and what they are.
pub(super) type Found = BTreeMap<(&'static str, Option<String>, String), Vec<(usize, &'static PartOf)>>;

/// The parts that are of nothing here.
pub(super) fn find(registry: &Registry, worlds: [&World<'_>; 2], built: [&Built; 2]) -> Found {
    let known: HashSet<usize> = built.iter().flat_map(|built| built.parts.iter().map(|(_, part)| *part)).collect();
    let mut found = Found::new();
    for kind in registry.parts() {
        // By part, what it is of. One that may be of something here is of nothing elsewhere.
        let mut words: BTreeMap<usize, Option<BTreeSet<Option<String>>>> = BTreeMap::new();
        for world in worlds {
            let here = world.of_type(&[kind.part]).into_iter();
            for at in here.filter(|at| !known.contains(at) && !world.instance(*at).left_out) {
                let targets = Attrs::new(world, at).targets(kind.names, kind.of);
                let may_be_here = !kind.possible(world, at, &targets).is_empty();
                // One that is pointed elsewhere is of both.
                let one = words.entry(at).or_insert_with(|| Some(BTreeSet::new()));
                match one {
                    Some(words) if !may_be_here => drop(words.insert(word(&targets))),
                    _ => *one = None,
                }
            }
        }
        for (at, words) in words {
            let (Some(words), Some(of)) = (words, kind.of.first()) else { continue };
            let provider = &worlds[0].instance(at).provider;
            for word in words {
                found.entry((*of, word, provider.clone())).or_default().push((at, kind));
            }
        }
    }
    found
}

/// The one name or id that they are told by.
fn word(targets: &Referents) -> Option<String> {
    match (&targets.found[..], &targets.unknown) {
        ([Referent::Elsewhere(word)], None) => Some(word.clone()),
        _ => None,
    }
}

/// What is said of resources that are not managed here.
pub(super) fn loose(found: Found, stack: &mut Stack, registry: &Registry, source: &str) -> Vec<LooseParts> {
    let first = stack.instances.len();
    let (mut loose, mut lacking) = (Vec::new(), Vec::new());
    for ((of, word, _), parts) in found {
        let Some(kind) = stack.types.find(of) else { continue };
        let Some(model) = kind.kind.and_then(Kind::find) else { continue };
        let part = &stack.instances[parts[0].0];
        let all = || parts.iter().map(|(at, _)| &stack.instances[*at]);
        let own = if part.after.is_null() { &part.before } else { &part.after };
        loose.push(LooseParts {
            stack: stack.label.clone(),
            parts: all().map(|part| (part.address.clone(), part.is_changed())).collect(),
            go: all().all(|part| part.action() == Some(Action::Delete)),
            kind: model,
            place: stack.places.place(part, own, &part.unknown),
            is_anywhere: parts.iter().any(|(_, part)| part.names.ends_with("_arn")),
            facts: parts.iter().flat_map(|(_, part)| part.facts).copied().collect(),
            of: None,
        });
        if let Some(word) = word {
            let several = parts.iter().filter(|(_, part)| part.several);
            let lists: BTreeSet<&str> = several.flat_map(|(_, part)| part.facts).copied().collect();
            let values = values(kind.identities(), &word, part);
            stack.instances.push(Instance {
                address: format!("{of}.{word}"),
                module: part.module.clone(),
                kind,
                name: word.clone(),
                key: None,
                provider: part.provider.clone(),
                sets_region: part.sets_region,
                left_out: false,
                lacks: Some(lists.iter().copied().collect()),
                identity: Told::default(),
                replaces: None,
                depends_on: Vec::new(),
                change: None,
                before: values.clone(),
                unknown_before: Value::Null,
                after: values,
                unknown: Value::Null,
            });
            lacking.push(((loose.len() - 1, origin(&parts, stack, source)), word, lists));
        }
    }
    if lacking.is_empty() {
        return loose;
    }
    let (before, after) = (World::new(stack, Side::Before), World::new(stack, Side::After));
    let mut then = build(registry, &before, None, source);
    let mut now = build(registry, &after, Some(&before), source);
    for (number, ((at, origin), word, lists)) in lacking.into_iter().enumerate() {
        let is_of_parts = |built: &Built| built.parts.iter().any(|(of, _)| *of == first + number);
        // What does not find it after all says nothing of it.
        let is_found = is_of_parts(&then) || is_of_parts(&now);
        let (then, now) = (then.resources[first + number].take(), now.resources[first + number].take());
        let (Some(before), Some(mut after)) = (then, now.filter(|_| is_found)) else { continue };
        after.origin = origin.into();
        loose[at].of = Some(Box::new(Lacking { word, before, after, lists }));
    }
    loose
}

/// Where the code says it: at the first part that the plan changes, if it changes any.
fn origin(parts: &[(usize, &'static PartOf)], stack: &Stack, source: &str) -> Origin {
    let all = || parts.iter().map(|(at, _)| &stack.instances[*at]);
    let first = all().find(|part| part.is_changed()).or_else(|| all().next());
    Origin {
        source: source.to_owned(),
        stack: stack.label.clone(),
        address: first.map(|part| part.address.clone()),
        terraform_type: first.map(|part| part.kind.name.to_owned()),
        ..Origin::default()
    }
}

/// All that it may be called by. Where the part is said to be in a region, so is it.
fn values(names: impl Iterator<Item = &'static str>, word: &str, part: &Instance) -> Value {
    let values = if part.after.is_null() { &part.before } else { &part.after };
    let region = values.get("region").filter(|region| region.is_string()).cloned();
    let names = names.map(|name| (name.to_owned(), Value::from(word)));
    Value::Object(names.chain(region.map(|region| ("region".to_owned(), region))).collect())
}
