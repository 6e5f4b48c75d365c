//! The resources of one side of the change.

use serde_json::{Map, Value};

use super::attrs::{Attrs, State};
use super::doubts;
use super::instance::Instance;
use super::mapping::Type;
use super::maps::Maps;
use super::registry::Registry;
use super::world::World;
use crate::model::{Action, Kind, Origin, Resource, Shared};

/// The resources of one side, by instance, and which parts say something of which resource.
pub(super) struct Built {
    pub resources: Vec<Option<Resource>>,
    /// Resource, then part.
    pub parts: Vec<(usize, usize)>,
}

pub(super) fn build(registry: &Registry, world: &World<'_>, before: Option<&World<'_>>, source: &str) -> Built {
    let mut built = Built { resources: vec![None; world.stack.instances.len()], parts: Vec::new() };
    for at in world.present() {
        let instance = world.instance(at);
        if let (Some(kind), Some(Maps::Resource(fill) | Maps::Both(fill, _)), false) =
            (instance.kind.kind, registry.maps(instance.kind), instance.left_out)
        {
            let attrs = Attrs::new(world, at);
            let mut resource =
                Resource::new(Kind::of(kind), world.id(at), name(instance, &attrs), world.place(at).clone());
            if let Some(lists) = &instance.lacks {
                built.resources[at] = Some(blank(resource, lists));
                continue;
            }
            resource.tags = registry.tags(&attrs).map(Shared::from);
            resource.origin = Origin { stack: world.stack.label.clone(), ..origin(instance, source) }.into();
            fill(&attrs, &mut resource);
            built.resources[at] = Some(resource);
        }
    }
    // Parts that are deleted or pointed elsewhere are undone first: another part may have replaced them.
    for (at, before) in before.into_iter().flat_map(|before| before.present().map(move |at| (at, before))) {
        let instance = world.instance(at);
        let (fill, gone) = match registry.maps(instance.kind) {
            Some(Maps::Part(fill, gone)) => (fill, gone.as_ref()),
            Some(Maps::Both(_, fill)) => (fill, None),
            _ => continue,
        };
        match (instance.action(), gone) {
            (Some(Action::Delete | Action::Replace | Action::Update), Some(gone)) => {
                gone(&Attrs::new(before, at), &mut built.resources);
            }
            // It stays as it is, and only Terraform knows of it no more.
            (Some(Action::Forget), _) => {
                let resources = fill(&Attrs::new(before, at), &mut built.resources);
                built.parts.extend(resources.into_iter().map(|resource| (resource, at)));
            }
            _ => {}
        }
    }
    for at in world.present() {
        if let (Some(Maps::Part(fill, _) | Maps::Both(_, fill)), false) =
            (registry.maps(world.instance(at).kind), world.instance(at).left_out)
        {
            let resources = fill(&Attrs::new(world, at), &mut built.resources);
            built.parts.extend(resources.into_iter().map(|resource| (resource, at)));
        }
    }
    if let Some(before) = before {
        doubts::apply(registry.parts(), before, true, &mut built.resources);
    }
    doubts::apply(registry.parts(), world, false, &mut built.resources);
    for finish in registry.finishers() {
        finish(world, &mut built.resources);
    }
    for at in world.present() {
        if let Some(resource) = &mut built.resources[at] {
            reasons(&Attrs::new(world, at), resource);
        }
    }
    built
}

/// What Terraform only forgets, without those of its parts that the plan takes away. Empty: it forgets nothing.
pub(super) fn forgotten(registry: &Registry, before: &World<'_>, then: &Built) -> Vec<Option<Resource>> {
    let is_forgotten = |at: usize| before.instance(at).action() == Some(Action::Forget);
    let mut kept: Vec<Option<Resource>> = Vec::new();
    if before.present().any(is_forgotten) {
        let all = then.resources.iter().enumerate();
        kept.extend(all.map(|(at, resource)| resource.clone().filter(|_| is_forgotten(at))));
        for at in before.present().filter(|at| before.instance(*at).action() == Some(Action::Delete)) {
            if let Some(Maps::Part(_, Some(gone))) = registry.maps(before.instance(at).kind) {
                gone(&Attrs::new(before, at), &mut kept);
            }
        }
    }
    kept
}

/// The identifier that people use, else the name in the code.
fn name(instance: &Instance, attrs: &Attrs<'_>) -> String {
    let named = instance.kind.names.iter().find_map(|name| attrs.text(name).into_known());
    named.unwrap_or_else(|| instance.name.clone())
}

fn origin(instance: &Instance, source: &str) -> Origin {
    Origin {
        source: source.to_owned(),
        address: Some(instance.address.clone()),
        terraform_type: Some(instance.kind.name.to_owned()),
        attributes: instance.kind.facts.iter().map(|(fact, name)| ((*fact).to_owned(), (*name).to_owned())).collect(),
        ..Origin::default()
    }
}

/// Says of each unknown fact why, by the attribute that it comes from.
fn reasons(attrs: &Attrs<'_>, resource: &mut Resource) {
    let kind: &Type = attrs.instance().kind;
    let unknown: Vec<_> = kind
        .facts
        .iter()
        .filter_map(|(fact, attribute)| match attrs.state(attribute.split('.').next().unwrap_or_default()) {
            State::Unknown(reason) => Some((*fact, reason)),
            State::Unset => Some((*fact, "not set: the provider decides")),
            State::Known(_) | State::Null => None,
        })
        .collect();
    if unknown.is_empty() {
        return;
    }
    let Ok(facts) = serde_json::to_value(&*resource) else { return };
    for (fact, reason) in unknown {
        if facts.pointer(&format!("/{}", fact.replace('.', "/"))).is_none() {
            resource.mark_unknown(fact, reason);
        }
    }
}

/// A resource of which nothing is known but what its parts are going to say.
fn blank(resource: Resource, lists: &[&str]) -> Resource {
    let mut facts = serde_json::to_value(&resource).unwrap_or_default();
    for (facet, fact) in lists.iter().filter_map(|path| path.split_once('.')) {
        if let Some(all) = facts.as_object_mut() {
            let group = all.entry(facet).or_insert_with(|| Value::Object(Map::new()));
            group.as_object_mut().map(|group| group.insert(fact.to_owned(), Value::Array(Vec::new())));
        }
    }
    // Where that is no list, there is nothing to begin with.
    serde_json::from_value(facts).unwrap_or(resource)
}
