//! Everything that Terraform manages, before the change or after it, and who refers to whom.

mod references;
mod targets;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::address;
use super::configuration::{Block, Configuration, references};
use super::place::{Identity, Places, hides_region, own_arn};
use super::types::Type;
use crate::collect::source::Expressions;
use crate::model::{Action, Change, Place, Resource, scoped};

pub(super) use references::Written;
pub(super) use targets::{Target, Targets};

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
    /// The provider that manages it: its key in the configuration, or its address in a state. Empty: the file does not
    /// say, because it is in the code no more, or because it is a state as `show -json` writes it.
    pub provider: String,
    /// The code gives it a region that is not that of its provider, and that may not be known yet.
    pub sets_region: bool,
    /// A plan that is not complete leaves it out: the code has it, and whether it is there is not known.
    pub left_out: bool,
    /// What the provider knows it by.
    pub identity: Identity,
    /// Index of what the plan deletes under another address, and what this has the name of.
    pub replaces: Option<usize>,
    /// Blocks that it was made after, as the state says: `module.a.aws_s3_bucket.b`.
    pub depends_on: Vec<String>,
    pub change: Option<Change>,
    pub before: Value,
    /// What of `before` is not told.
    pub unknown_before: Value,
    pub after: Value,
    /// What of `after` is known only after apply, or not told.
    pub unknown: Value,
}

impl Instance {
    /// Type and name, as the configuration knows it.
    pub(super) fn block(&self) -> String {
        format!("{}.{}", self.kind.name, self.name)
    }

    /// The address of its block, without the keys of modules: as `depends_on` of a state names it.
    pub(super) fn block_address(&self) -> String {
        let modules = address::calls(&self.module).into_iter().map(|call| format!("module.{}.", call.name));
        modules.chain([self.block()]).collect()
    }

    /// The plan does something to it.
    pub(super) fn is_changed(&self) -> bool {
        self.action().is_some_and(|action| action != Action::NoOp)
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
    /// What the code makes of what it refers to.
    pub expressions: Expressions,
    pub instances: Vec<Instance>,
    pub places: Places,
    /// Which of several plans or states it is. Ids that are addresses have it in front.
    pub stack: Option<String>,
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
        let mut seen: HashMap<Cow<'_, str>, usize> = HashMap::new();
        for (at, instance) in estate.instances.iter().enumerate() {
            let values = world.values(at);
            let id = own_arn(instance, values)
                .map_or_else(|| scoped(estate.stack.as_deref(), &instance.address), Cow::Borrowed);
            let unknown = world.unknown(at);
            world.places.push(estate.places.place(instance, values, unknown));
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
