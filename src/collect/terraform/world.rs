//! Everything that Terraform manages, before the change or after it, and who refers to whom.

mod references;
mod referents;
mod written;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::address;
use super::configuration::{Block, Configuration, references};
use super::mapping::Types;
use super::place::{Places, hides_region, own_id};
use crate::collect::source::Expressions;
use crate::model::{Action, Place, Resource, scoped};

use super::instance::Instance;
pub(super) use referents::{Referent, Referents};
pub(super) use written::Written;

/// What a plan or state holds.
#[derive(Debug)]
pub(super) struct Stack {
    /// The types that are understood.
    pub types: &'static Types,
    /// `None`: nothing is known of the code, as in a state.
    pub configuration: Option<Configuration>,
    /// Everything that the code makes is in it, so that all instances of a block are known.
    pub is_complete: bool,
    /// Somebody answers for it that there is no other code.
    pub is_alone: bool,
    /// What the code makes of what it refers to.
    pub expressions: Expressions,
    pub instances: Vec<Instance>,
    pub places: Places,
    /// Which of several plans or states it is. Ids that are addresses have it in front.
    pub label: Option<String>,
}

impl Stack {
    pub(super) fn new(types: &'static Types) -> Self {
        Self {
            types,
            configuration: None,
            is_complete: false,
            is_alone: false,
            expressions: Expressions::default(),
            instances: Vec::new(),
            places: Places::default(),
            label: None,
        }
    }
}

/// Which side of the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The resources that are built so far, by instance. `None`: the instance is not there on this side, or a part of another.
pub(super) type Parts = [Option<Resource>];

/// One side of the change.
pub(super) struct World<'w> {
    pub stack: &'w Stack,
    side: Side,
    ids: Vec<String>,
    places: Vec<Place>,
    by_block: HashMap<(&'w str, String), Vec<usize>>,
    by_value: HashMap<&'w str, Vec<usize>>,
    /// What the plan takes away, by its names.
    gone: HashMap<&'w str, Vec<usize>>,
    modules: BTreeSet<String>,
}

impl<'w> World<'w> {
    pub(super) fn new(stack: &'w Stack, side: Side) -> Self {
        let mut world = Self {
            stack,
            side,
            ids: Vec::with_capacity(stack.instances.len()),
            places: Vec::with_capacity(stack.instances.len()),
            by_block: HashMap::new(),
            by_value: HashMap::new(),
            gone: HashMap::new(),
            modules: BTreeSet::new(),
        };
        let mut seen: HashMap<Cow<'_, str>, usize> = HashMap::new();
        for (at, instance) in stack.instances.iter().enumerate() {
            let values = world.values(at);
            let id = own_id(instance, values)
                .map_or_else(|| scoped(stack.label.as_deref(), &instance.address), Cow::Borrowed);
            let unknown = world.unknown(at);
            world.places.push(stack.places.place(instance, values, unknown));
            if values.is_null() {
                if side == Side::After && instance.action() == Some(Action::Delete) {
                    for name in names(instance, &instance.before) {
                        world.gone.entry(name).or_default().push(at);
                    }
                }
                world.ids.push(id.into_owned());
                continue;
            }
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            world.ids.push(if *count == 1 { id.into_owned() } else { format!("{id}#{count}") });
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
        self.stack.configuration.as_ref()
    }

    pub(super) fn instance(&self, at: usize) -> &'w Instance {
        &self.stack.instances[at]
    }

    /// Indexes of the instances that are there on this side.
    pub(super) fn present(&self) -> impl Iterator<Item = usize> {
        (0..self.stack.instances.len()).filter(|at| !self.values(*at).is_null())
    }

    /// This is the side after the change.
    pub(super) fn is_after(&self) -> bool {
        self.side == Side::After
    }

    /// Instances of those types on either side of the change.
    pub(super) fn everywhere(&self, types: &[&str]) -> impl Iterator<Item = &'w Instance> {
        self.stack.instances.iter().filter(|instance| types.contains(&instance.kind.name))
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

    /// What of its values is not known.
    fn unknown(&self, at: usize) -> &'w Value {
        match self.side {
            Side::Before => &self.instance(at).unknown_before,
            Side::After => &self.instance(at).unknown,
        }
    }

    /// Its region is not that of its provider, and will be known only after apply.
    fn hides_region(&self, at: usize) -> bool {
        hides_region(self.instance(at), self.values(at), self.unknown(at))
    }

    /// Values, what of them is unknown, and the expressions of the code.
    pub(super) fn raw(&self, at: usize) -> (&'w Value, &'w Value, Option<&'w Value>) {
        match self.side {
            Side::Before => (self.values(at), &self.instance(at).unknown_before, None),
            Side::After => {
                (self.values(at), &self.instance(at).unknown, self.block(at).map(|block| &block.expressions))
            }
        }
    }

    /// What the code says of an instance now, on either side of the change.
    pub(super) fn written(&self, at: usize) -> Option<&'w Value> {
        self.block(at).map(|block| &block.expressions)
    }

    /// Whether the code of an instance names something there that is one of those types, or has a name, for certain.
    pub(super) fn names_only(&self, at: usize, attribute: &str, types: &[&str]) -> bool {
        let Some(expression) = self.block(at).and_then(|block| block.expressions.get(attribute)) else { return false };
        let is_one = |reference: &&str| {
            let mut names = address::segments(reference).into_iter().map(|segment| segment.name);
            let first = names.next().filter(|name| *name != "data").or_else(|| names.next());
            first.is_some_and(|name| types.contains(&name))
        };
        let found = references(expression);
        let named = expression.get("constant_value").and_then(Value::as_str);
        named.is_some_and(|name| !name.is_empty()) || (!found.is_empty() && found.iter().all(is_one))
    }

    fn block(&self, at: usize) -> Option<&'w Block> {
        let instance = self.instance(at);
        self.configuration()?.block(&instance.module, &instance.block())
    }
}

/// Everything that a resource with these values is called, each once.
fn names<'v>(instance: &Instance, values: &'v Value) -> BTreeSet<&'v str> {
    instance.kind.identities().filter_map(|name| values.get(name)?.as_str()).collect()
}
