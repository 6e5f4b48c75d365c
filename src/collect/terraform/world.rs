//! Everything that Terraform manages, before the change or after it, and who refers to whom.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::address::{self, segments};
use super::configuration::{Block, Configuration, MAX_HOPS, references};
use super::place::{Places, own_arn};
use super::types::Type;
use super::values;
use crate::model::{Action, Change, Place};

/// One instance of a resource block, with what it is before and after.
#[derive(Debug)]
pub(super) struct Instance {
    pub address: String,
    /// Address of its module instance; empty for the root module.
    pub module: String,
    pub kind: &'static Type,
    pub name: String,
    /// Its key in `count` or `for_each`, as written in an address.
    pub key: Option<String>,
    /// The provider that manages it: its key in the configuration, or its address in a state.
    pub provider: String,
    pub change: Option<Change>,
    pub before: Value,
    pub after: Value,
    /// What of `after` is known only after apply.
    pub unknown: Value,
}

impl Instance {
    /// Type and name, as the configuration knows it.
    pub(super) fn block(&self) -> String {
        format!("{}.{}", self.kind.name, self.name)
    }

    pub(super) fn action(&self) -> Option<Action> {
        self.change.as_ref().map(|change| change.action)
    }
}

/// What a plan or state holds.
#[derive(Debug, Default)]
pub(super) struct Estate {
    /// `None`: nothing is known of the code, as in a state.
    pub configuration: Option<Configuration>,
    pub instances: Vec<Instance>,
    pub places: Places,
}

/// Which side of the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The resources that are built so far, by instance. `None`: the instance is not there on this side, or a part of another.
pub(super) type Parts = [Option<crate::model::Resource>];

/// One side of the change.
pub(super) struct World<'w> {
    pub estate: &'w Estate,
    side: Side,
    ids: Vec<String>,
    places: Vec<Place>,
    by_block: HashMap<(&'w str, String), Vec<usize>>,
    by_value: HashMap<&'w str, Vec<usize>>,
    /// What the plan takes away, by its names.
    gone: HashMap<&'w str, Vec<usize>>,
    modules: BTreeSet<String>,
}

/// What an attribute names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Targets {
    pub found: Vec<Target>,
    /// Why it is not known which of these it is, or whether there are others.
    pub unknown: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A resource of this plan or state, with its id.
    Here(usize, String),
    /// An ARN, a name or an id of something that is not managed here.
    Elsewhere(String),
}

impl Targets {
    pub(super) fn unknown(reason: &str) -> Self {
        Self { found: Vec::new(), unknown: Some(reason.to_owned()) }
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.found
            .iter()
            .map(|target| match target {
                Target::Here(_, id) | Target::Elsewhere(id) => id.clone(),
            })
            .collect()
    }

    /// The one resource of this plan or state that it is.
    pub(super) fn single(&self) -> Option<usize> {
        match (&self.here()[..], self.found.len(), &self.unknown) {
            ([at], 1, None) => Some(*at),
            _ => None,
        }
    }

    pub(super) fn here(&self) -> Vec<usize> {
        let here = |target: &Target| match target {
            Target::Here(at, _) => Some(*at),
            Target::Elsewhere(_) => None,
        };
        self.found.iter().filter_map(here).collect()
    }
}

/// What references led to.
#[derive(Default)]
struct Found {
    candidates: BTreeSet<usize>,
    /// One of the references leads to several resources, or to something that is not understood.
    vague: bool,
    /// Expressions that were looked at: variables may lead to variables without end.
    steps: usize,
}

/// More expressions than this are not looked at for one attribute.
const MAX_STEPS: usize = 1000;

/// From where a reference is looked at.
#[derive(Clone, Copy)]
struct Scope<'s> {
    module: &'s str,
    key: Option<&'s str>,
    for_each: Option<&'s Value>,
}

impl<'w> World<'w> {
    pub(super) fn new(estate: &'w Estate, side: Side) -> Self {
        let mut world = Self {
            estate,
            side,
            ids: Vec::with_capacity(estate.instances.len()),
            places: Vec::with_capacity(estate.instances.len()),
            by_block: HashMap::new(),
            by_value: HashMap::new(),
            gone: HashMap::new(),
            modules: BTreeSet::new(),
        };
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (at, instance) in estate.instances.iter().enumerate() {
            let values = world.values(at);
            let id = own_arn(instance, values).unwrap_or(&instance.address);
            world.places.push(estate.places.place(estate, instance, values));
            if values.is_null() {
                if side == Side::After && instance.action() == Some(Action::Delete) {
                    for name in names(instance, &instance.before) {
                        world.gone.entry(name).or_default().push(at);
                    }
                }
                world.ids.push(id.to_owned());
                continue;
            }
            let count = seen.entry(id).or_default();
            *count += 1;
            world.ids.push(if *count == 1 { id.to_owned() } else { format!("{id}#{count}") });
            world.by_block.entry((&instance.module, instance.block())).or_default().push(at);
            for name in names(instance, values) {
                world.by_value.entry(name).or_default().push(at);
            }
            if !world.modules.contains(&instance.module) {
                let mut module = instance.module.as_str();
                while let Some((parent, _)) = address::parent(module) {
                    world.modules.insert(module.to_owned());
                    module = parent;
                }
            }
        }
        world
    }

    pub(super) fn configuration(&self) -> Option<&'w Configuration> {
        self.estate.configuration.as_ref()
    }

    pub(super) fn instance(&self, at: usize) -> &'w Instance {
        &self.estate.instances[at]
    }

    /// Indexes of the instances that are there on this side.
    pub(super) fn present(&self) -> impl Iterator<Item = usize> {
        (0..self.estate.instances.len()).filter(|at| !self.values(*at).is_null())
    }

    /// This is the side after the change.
    pub(super) fn is_after(&self) -> bool {
        self.side == Side::After
    }

    /// Instances of those types on either side of the change.
    pub(super) fn everywhere(&self, types: &[&str]) -> impl Iterator<Item = &'w Instance> {
        self.estate.instances.iter().filter(|instance| types.contains(&instance.kind.name))
    }

    /// Indexes of those of some types.
    pub(super) fn of_type(&self, types: &[&str]) -> Vec<usize> {
        self.present().filter(|at| types.contains(&self.instance(*at).kind.name)).collect()
    }

    pub(super) fn id(&self, at: usize) -> &str {
        &self.ids[at]
    }

    pub(super) fn place(&self, at: usize) -> &Place {
        &self.places[at]
    }

    fn values(&self, at: usize) -> &'w Value {
        let instance = self.instance(at);
        match self.side {
            Side::Before => &instance.before,
            Side::After => &instance.after,
        }
    }

    /// Values, what of them is unknown, and the expressions of the code.
    pub(super) fn raw(&self, at: usize) -> (&'w Value, &'w Value, Option<&'w Value>) {
        match self.side {
            Side::Before => (self.values(at), &Value::Null, None),
            Side::After => {
                (self.values(at), &self.instance(at).unknown, self.block(at).map(|block| &block.expressions))
            }
        }
    }

    fn block(&self, at: usize) -> Option<&'w Block> {
        let instance = self.instance(at);
        self.configuration()?.block(&instance.module, &instance.block())
    }

    /// What a known value, a name or an ARN or a list of them, stands for.
    pub(super) fn by_value(&self, from: usize, value: &Value, expression: Option<&Value>, types: &[&str]) -> Targets {
        let mut targets = Targets::default();
        let single = !value.is_array();
        for value in values::items(value) {
            let Some(text) = values::text(value).filter(|text| !text.is_empty()) else { continue };
            let named = self.named(from, &text, types);
            match named[..] {
                [at] => targets.found.push(Target::Here(at, self.id(at).to_owned())),
                [] => targets.found.push(Target::Elsewhere(text)),
                _ => {
                    // The name alone does not say which one, but the code may.
                    let found = self.found(from, expression, types);
                    let referred: Vec<_> = named.iter().filter(|at| found.candidates.contains(at)).collect();
                    match referred[..] {
                        [at] if single && !found.vague => {
                            targets.found.push(Target::Here(*at, self.id(*at).to_owned()))
                        }
                        _ => {
                            targets.found.extend(named.iter().map(|at| Target::Here(*at, self.id(*at).to_owned())));
                            targets.unknown = Some(format!("several resources are called '{text}'"));
                        }
                    }
                }
            }
        }
        targets
    }

    /// The resources of those types that a name, an id or an ARN stands for, seen from another resource.
    pub(super) fn named(&self, from: usize, text: &str, types: &[&str]) -> Vec<usize> {
        let all = self.by_value.get(text).map(Vec::as_slice).unwrap_or_default();
        let of_type = |at: &&usize| types.contains(&self.instance(**at).kind.name);
        // A name says nothing about the region: it means what has that name where the name is used.
        let near = |at: &&usize| {
            text.starts_with("arn:")
                || self.instance(**at).kind.is_global()
                || self.instance(**at).provider == self.instance(from).provider
                || (self.place(**at).region.is_known() && self.place(**at) == self.place(from))
        };
        all.iter().filter(of_type).filter(near).copied().collect()
    }

    /// Whether the plan takes away what has that name, seen from another resource.
    pub(super) fn is_gone(&self, from: usize, text: &str, types: &[&str]) -> bool {
        let provider = &self.instance(from).provider;
        self.gone
            .get(text)
            .into_iter()
            .flatten()
            .map(|at| self.instance(*at))
            .any(|other| types.contains(&other.kind.name) && (text.starts_with("arn:") || other.provider == *provider))
    }

    /// What the code refers to, where the value is not known yet.
    pub(super) fn by_reference(
        &self,
        from: usize,
        expression: Option<&Value>,
        types: &[&str],
        reason: &str,
    ) -> Targets {
        let found = self.found(from, expression, types);
        let unknown = (found.vague || found.candidates.is_empty()).then(|| reason.to_owned());
        Targets {
            found: found.candidates.into_iter().map(|at| Target::Here(at, self.id(at).to_owned())).collect(),
            unknown,
        }
    }

    fn found(&self, from: usize, expression: Option<&Value>, types: &[&str]) -> Found {
        let mut found = Found::default();
        if let Some(expression) = expression {
            let instance = self.instance(from);
            let for_each = self.block(from).and_then(|block| block.for_each.as_ref());
            let scope = Scope { module: &instance.module, key: instance.key.as_deref(), for_each };
            self.follow(scope, expression, types, MAX_HOPS, &mut found);
        }
        found
    }

    fn follow(&self, scope: Scope<'_>, expression: &Value, types: &[&str], hops: usize, found: &mut Found) {
        found.steps += 1;
        let (Some(hops), Some(configuration), true) =
            (hops.checked_sub(1), self.configuration(), found.steps <= MAX_STEPS)
        else {
            found.vague = true;
            return;
        };
        if expression.get("constant_value").is_some() {
            return;
        }
        let references = references(expression);
        // `x[each.key]` is written as `x` and `each.key`.
        let keyed = references.iter().any(|r| matches!(*r, "each.key" | "count.index") || r.starts_with("each.value"));
        found.vague |= references.is_empty();
        for reference in references {
            let names = segments(reference);
            let name = |at: usize| names.get(at).map(|segment| segment.name).unwrap_or_default();
            let key = names.get(1).and_then(|segment| segment.key).or(scope.key.filter(|_| keyed));
            match name(0) {
                "count" => {}
                "each" if name(1) == "key" => {}
                "each" => match scope.for_each.filter(|_| is_identity(name(2))) {
                    Some(for_each) => {
                        let inner = Scope { for_each: None, ..scope };
                        self.follow_keyed(inner, for_each, types, hops, found);
                    }
                    None => found.vague = true,
                },
                "var" => {
                    let argument = address::parent(scope.module).and_then(|(parent, call)| {
                        Some((parent, call, configuration.argument(parent, call.name, name(1))?))
                    });
                    match argument {
                        Some((parent, call, argument)) => {
                            let for_each =
                                configuration.module(parent).and_then(|m| m.calls.get(call.name)?.1.as_ref());
                            let outer = Scope { module: parent, key: call.key, for_each };
                            self.follow(outer, argument, types, hops, found);
                            // A part of an object: which part of the argument that is, is not said.
                            found.vague |= names.len() > 2 || names.get(1).is_some_and(|segment| segment.key.is_some());
                        }
                        None => found.vague = true,
                    }
                }
                "module" => {
                    let modules = self.called(scope.module, name(1), key);
                    found.vague |= modules.len() != 1;
                    for module in modules {
                        let output = configuration.module(&module).and_then(|module| module.outputs.get(name(2)));
                        match output {
                            Some(output) => self.follow(
                                Scope { module: &module, key: None, for_each: None },
                                output,
                                types,
                                hops,
                                found,
                            ),
                            None => found.vague = true,
                        }
                        found.vague |= names.len() > 3 || names.get(2).is_some_and(|segment| segment.key.is_some());
                    }
                }
                kind if types.contains(&kind) && is_identity(name(2)) => {
                    let instances = self.instances(scope.module, &format!("{kind}.{}", name(1)), key);
                    found.vague |= instances.len() != 1;
                    found.candidates.extend(instances);
                }
                _ => found.vague = true,
            }
        }
    }

    /// `each.value` of a `for_each` over a resource is the instance with the same key.
    fn follow_keyed(&self, scope: Scope<'_>, for_each: &Value, types: &[&str], hops: usize, found: &mut Found) {
        for reference in references(for_each) {
            let names = segments(reference);
            match names[..] {
                [kind, name] if types.contains(&kind.name) && name.key.is_none() => {
                    let instances = self.instances(scope.module, &format!("{}.{}", kind.name, name.name), scope.key);
                    found.vague |= instances.len() != 1;
                    found.candidates.extend(instances);
                }
                _ => self.follow(scope, for_each, types, hops, found),
            }
        }
    }

    /// Instances of a block in a module instance: the one with the key if there is one, else all of them.
    fn instances(&self, module: &str, block: &str, key: Option<&str>) -> Vec<usize> {
        let all = self.by_block.get(&(module, block.to_owned())).map(Vec::as_slice).unwrap_or_default();
        match all.iter().find(|at| key.is_some() && self.instance(**at).key.as_deref() == key) {
            Some(at) => vec![*at],
            None => all.to_vec(),
        }
    }

    /// Module instances that a call made: the one with the key if there is one, else all of them.
    fn called(&self, module: &str, call: &str, key: Option<&str>) -> Vec<String> {
        let exact = address::child(module, call, key);
        if self.modules.contains(&exact) {
            return vec![exact];
        }
        let plain = address::child(module, call, None);
        let keyed = format!("{plain}[");
        let of_call = |found: &&String| address::parent(found).is_some_and(|(parent, _)| parent == module);
        let range = self.modules.range(plain.clone()..).take_while(|found| found.starts_with(&plain));
        range.filter(|found| **found == plain || found.starts_with(&keyed)).filter(of_call).cloned().collect()
    }
}

/// Everything that a resource with these values is called, each once.
fn names<'v>(instance: &Instance, values: &'v Value) -> BTreeSet<&'v str> {
    let names = instance.kind.names.iter().chain([&instance.kind.arn, &"id"]).filter(|name| !name.is_empty());
    names.filter_map(|name| values.get(*name)?.as_str()).collect()
}

/// Attributes by which one resource names another. A reference to any other gives a value, not the resource.
fn is_identity(attribute: &str) -> bool {
    matches!(
        attribute,
        "" | "arn"
            | "id"
            | "name"
            | "identifier"
            | "key_id"
            | "bucket"
            | "cluster_identifier"
            | "cluster_id"
            | "cluster_name"
            | "replication_group_id"
            | "global_cluster_identifier"
            | "global_replication_group_id"
            | "db_snapshot_arn"
            | "db_snapshot_identifier"
            | "db_cluster_snapshot_arn"
            | "db_cluster_snapshot_identifier"
    )
}
