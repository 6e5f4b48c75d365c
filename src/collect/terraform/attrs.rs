//! The attributes of one resource, read as facts: known, absent, not set, or known only after apply.

#[cfg(test)]
use std::panic::Location;

use serde_json::Value;

use super::configuration::{MAX_HOPS, references};
#[cfg(test)]
use super::schema_tests;
use super::values::{self, MISSING, SENSITIVE, TOO_LONG, is_marked};
use super::world::{Referents, World, Written};
use crate::collect::terraform::instance::Instance;
use crate::model::{Action, Fact, ROLES_TAKEN_ON, Rel, Resource};

/// What stands behind an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State<'w> {
    Known(&'w Value),
    /// Null: it is known that there is none.
    Null,
    /// The code does not set it, and the provider will choose.
    Unset,
    /// Why it is not known.
    Unknown(&'static str),
}

/// The reason of a fact that depends on what another resource will be.
pub(super) const AFTER_APPLY: &str = "known only after apply";

/// The attributes of a resource, or of a block in it.
#[derive(Clone)]
pub(super) struct Attrs<'w> {
    pub world: &'w World<'w>,
    /// Index of the resource in the world.
    pub at: usize,
    value: &'w Value,
    unknown: &'w Value,
    /// What the code says. `None`: nothing is known of the code.
    expressions: Option<&'w Value>,
    /// Names of the blocks around it, each with a dot.
    path: String,
}

impl<'w> Attrs<'w> {
    pub(super) fn new(world: &'w World<'w>, at: usize) -> Self {
        let (value, unknown, expressions) = world.raw(at);
        Self { world, at, value, unknown, expressions, path: String::new() }
    }

    pub(super) fn instance(&self) -> &'w Instance {
        self.world.instance(self.at)
    }

    /// A mapping says what it reads, so that its attributes can be held against the provider's schema.
    #[track_caller]
    fn note(&self, name: &str) {
        let kind = self.instance().kind;
        debug_assert!(
            kind.declares(&format!("{}{name}", self.path)),
            "{} reads {}{name} without saying so",
            kind.name,
            self.path
        );
        #[cfg(test)]
        schema_tests::hear_read(kind, format!("{}{name}", self.path), Location::caller());
    }

    #[track_caller]
    pub(super) fn state(&self, name: &str) -> State<'w> {
        self.note(name);
        let unknown = if self.unknown.is_object() { self.unknown.get(name) } else { Some(self.unknown) };
        match (self.value.get(name), unknown) {
            (Some(value), _) if !value.is_null() => State::Known(value),
            (None, _) if self.is_untold(name) => State::Unknown("the plan does not say what it was"),
            (_, Some(Value::String(word))) => State::Unknown(match word.as_str() {
                SENSITIVE => "it is sensitive",
                TOO_LONG => "it is too long",
                MISSING => "the file records no attributes of it",
                _ => AFTER_APPLY,
            }),
            (_, Some(Value::Bool(true))) if self.is_unset(name) => State::Unset,
            (_, Some(unknown)) if is_marked(unknown) => State::Unknown(AFTER_APPLY),
            _ => State::Null,
        }
    }

    /// Whether the type has such an attribute in the mapping.
    #[track_caller]
    pub(super) fn declares(&self, name: &str) -> bool {
        #[cfg(test)]
        schema_tests::hear_asked(format!("{}{name}", self.path), Location::caller());
        self.instance().kind.declares(&format!("{}{name}", self.path))
    }

    /// Whether it has a value, which may not be known yet. The provider writes empty texts and lists for "nothing".
    #[track_caller]
    pub(super) fn is_set(&self, name: &str) -> bool {
        match self.state(name) {
            State::Known(Value::String(text)) => !text.is_empty(),
            State::Known(Value::Array(items)) => !items.is_empty(),
            State::Known(_) | State::Unknown(_) => true,
            State::Null | State::Unset => false,
        }
    }

    /// The code sets it.
    #[track_caller]
    pub(super) fn sets(&self, name: &str) -> bool {
        self.note(name);
        self.expressions.is_some_and(|all| all.get(name).is_some())
    }

    /// The code is at hand, and does not set it.
    #[track_caller]
    pub(super) fn leaves_out(&self, name: &str) -> bool {
        self.note(name);
        self.expressions.is_some_and(|all| all.get(name).is_none())
    }

    /// The code takes it from one resource of the same module, and from nothing else.
    #[track_caller]
    pub(super) fn is_taken_from(&self, name: &str, at: usize) -> bool {
        self.note(name);
        let (own, other) = (self.instance(), self.world.instance(at));
        let block = other.block();
        let is_of = |reference: &str| {
            reference.strip_prefix(&block).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let named = self.expressions.and_then(|all| all.get(name)).map(references).unwrap_or_default();
        own.module == other.module && !named.is_empty() && named.into_iter().all(is_of)
    }

    /// The plan makes the resource, or makes it anew.
    pub(super) fn is_created(&self) -> bool {
        matches!(self.instance().action(), Some(Action::Create | Action::Replace)) && self.world.is_after()
    }

    /// What is part of it is declared in this plan or state, or not at all: it is only made now, or somebody answers for it
    /// that there is no other code.
    pub(super) fn has_all_parts(&self) -> bool {
        self.is_created() || self.world.stack.is_alone
    }

    /// The plan updates it in place. Attributes that the provider computed from it are then shown with their old
    /// values.
    pub(super) fn is_updated(&self, name: &str) -> bool {
        let instance = self.instance();
        self.world.is_after()
            && instance.action() == Some(Action::Update)
            && instance.before.get(name) != instance.after.get(name)
    }

    /// The plan leaves out what the attribute was, though the code sets it. An attribute that is not there is null in a
    /// whole plan, so that this one is none: a replica must not be taken for an original because of that.
    fn is_untold(&self, name: &str) -> bool {
        let is_constant_null = |expression: &Value| expression.get("constant_value").is_some_and(Value::is_null);
        !self.world.is_after()
            && self.path.is_empty()
            && self.value.is_object()
            && self.world.written(self.at).and_then(|all| all.get(name)).is_some_and(|it| !is_constant_null(it))
    }

    /// Nothing in the code sets the attribute, or null does. False where the code is not known.
    fn is_unset(&self, name: &str) -> bool {
        let Some(expressions) = self.expressions else { return false };
        match expressions.get(name) {
            // A plan shows nothing of a `dynamic` block.
            None => !self.is_dynamic(name),
            Some(expression) if expression.get("constant_value").is_some_and(Value::is_null) => true,
            Some(expression) => self.world.configuration().is_some_and(|configuration| {
                let instance = self.instance();
                let block = configuration.block(&instance.module, &instance.block());
                let for_each = block.and_then(|block| block.for_each.as_ref());
                configuration.is_known_at_plan(expression, &instance.module, for_each, MAX_HOPS)
            }),
        }
    }

    fn is_dynamic(&self, name: &str) -> bool {
        let expressions = &self.world.stack.expressions;
        expressions.is_dynamic(&self.instance().block_address(), &format!("{}{name}", self.path))
    }

    #[track_caller]
    fn read<T>(&self, name: &str, convert: impl FnOnce(&Value) -> Option<T>) -> Fact<T> {
        match self.state(name) {
            State::Known(value) => Fact::from_known(convert(value)),
            State::Null => Fact::Absent,
            State::Unset | State::Unknown(_) => Fact::Unknown,
        }
    }

    /// What the provider takes where the code says nothing.
    #[track_caller]
    fn read_or<T>(&self, name: &str, default: T, convert: impl FnOnce(&Value) -> Option<T>) -> Fact<T> {
        match self.state(name) {
            State::Null | State::Unset => Fact::Known(default),
            _ => self.read(name, convert),
        }
    }

    #[track_caller]
    pub(super) fn number(&self, name: &str) -> Fact<u32> {
        self.read(name, values::number)
    }

    #[track_caller]
    pub(super) fn number_or(&self, name: &str, default: u32) -> Fact<u32> {
        self.read_or(name, default, values::number)
    }

    #[track_caller]
    pub(super) fn boolean(&self, name: &str) -> Fact<bool> {
        self.read(name, values::boolean)
    }

    #[track_caller]
    pub(super) fn boolean_or(&self, name: &str, default: bool) -> Fact<bool> {
        self.read_or(name, default, values::boolean)
    }

    /// A text. The provider writes an empty one where there is none.
    #[track_caller]
    pub(super) fn text(&self, name: &str) -> Fact<String> {
        match self.read(name, values::text) {
            Fact::Known(text) if text.is_empty() => Fact::Absent,
            other => other,
        }
    }

    /// A text that is `default` where the code does not set it.
    #[track_caller]
    pub(super) fn text_or(&self, name: &str, default: &str) -> Fact<String> {
        self.read_or(name, default.to_owned(), values::text)
    }

    /// A text, absent where the code does not set it.
    #[track_caller]
    pub(super) fn text_if_set(&self, name: &str) -> Fact<String> {
        if self.state(name) == State::Unset { Fact::Absent } else { self.text(name) }
    }

    /// Nothing in it is known only after apply.
    #[track_caller]
    pub(super) fn is_whole(&self, name: &str) -> bool {
        self.note(name);
        !self.unknown.get(name).is_some_and(is_marked)
    }

    /// A list of texts, sorted, each once. Unknown if any of it is.
    #[track_caller]
    pub(super) fn list(&self, name: &str) -> Fact<Vec<String>> {
        if !self.is_whole(name) {
            return Fact::Unknown;
        }
        self.read(name, |value| {
            let mut list = value.as_array()?.iter().map(values::text).collect::<Option<Vec<_>>>()?;
            list.sort_unstable();
            list.dedup();
            Some(list)
        })
    }

    /// The blocks of that name. Absent: there is none.
    #[track_caller]
    pub(super) fn blocks(&self, name: &str) -> Fact<Vec<Self>> {
        match self.state(name) {
            State::Known(value) => {
                let unknowns = self.unknown.get(name);
                let written = self.expressions.and_then(|all| all.get(name)).map(values::blocks).unwrap_or_default();
                let blocks: Vec<_> = values::blocks(value)
                    .into_iter()
                    .enumerate()
                    .map(|(at, value)| Attrs {
                        world: self.world,
                        at: self.at,
                        value,
                        unknown: unknowns.and_then(|all| all.get(at)).unwrap_or(&Value::Null),
                        expressions: matching(value, &written),
                        path: format!("{}{name}.", self.path),
                    })
                    .collect();
                if blocks.is_empty() { Fact::Absent } else { Fact::Known(blocks) }
            }
            State::Null => Fact::Absent,
            State::Unset | State::Unknown(_) => Fact::Unknown,
        }
    }

    /// The blocks of that name. Absent also where the code has none and the provider will say so.
    #[track_caller]
    pub(super) fn blocks_if_set(&self, name: &str) -> Fact<Vec<Self>> {
        if self.state(name) == State::Unset { Fact::Absent } else { self.blocks(name) }
    }

    /// The one block of that name. Absent also where the code has none.
    #[track_caller]
    pub(super) fn block_if_set(&self, name: &str) -> Fact<Self> {
        if self.state(name) == State::Unset { Fact::Absent } else { self.block(name) }
    }

    /// The one block of that name.
    #[track_caller]
    pub(super) fn block(&self, name: &str) -> Fact<Self> {
        match self.blocks(name) {
            Fact::Known(blocks) => Fact::from_read(blocks.into_iter().next()),
            Fact::Absent => Fact::Absent,
            Fact::Unknown => Fact::Unknown,
        }
    }

    /// The resource of those types, or else the id, that an attribute names: by value, or by what the code refers to.
    #[track_caller]
    pub(super) fn targets(&self, name: &str, types: &[&str]) -> Referents {
        self.named_by(name, types, true)
    }

    /// As [`Self::targets`], of an attribute that is a list.
    #[track_caller]
    pub(super) fn all_targets(&self, name: &str, types: &[&str]) -> Referents {
        self.named_by(name, types, false)
    }

    #[track_caller]
    fn named_by(&self, name: &str, types: &[&str], single: bool) -> Referents {
        #[cfg(test)]
        schema_tests::hear_sought(self.instance().kind, types);
        // What is deleted was made from the code that is still there.
        let is_deleted = !self.world.is_after() && self.instance().action() == Some(Action::Delete);
        let written = if is_deleted { self.world.written(self.at) } else { self.expressions };
        let written = written.and_then(|all| all.get(name));
        let path = format!("{}{name}", self.path);
        let expression = written.map(|expression| Written { path: &path, expression });
        match self.state(name) {
            State::Null => Referents::default(),
            State::Unset => Referents::unknown("not set: the provider decides"),
            State::Known(value) if self.is_whole(name) => self.world.by_value(self.at, value, expression, types),
            State::Known(_) => self.world.by_reference(self.at, expression, types, AFTER_APPLY, single),
            State::Unknown(reason) => self.world.by_reference(self.at, expression, types, reason, single),
        }
    }

    /// The id of the one resource that an attribute names, with a link to it.
    #[track_caller]
    pub(super) fn link(&self, to: &mut Resource, rel: Rel, fact: &str, name: &str, types: &[&str]) -> Fact<String> {
        let targets = self.targets(name, types);
        if let (Rel::Assumes, "", Some(reason)) = (rel, fact, &targets.unknown)
            && self.is_set(name)
        {
            to.mark_unknown(ROLES_TAKEN_ON, reason.clone());
        }
        self.link_to(to, rel, fact, targets)
    }

    /// The id of the one resource that was found, with a link to it.
    pub(super) fn link_to(&self, to: &mut Resource, rel: Rel, fact: &str, targets: Referents) -> Fact<String> {
        match (&targets.unknown, targets.ids().into_iter().next()) {
            (None, Some(id)) => {
                to.link(rel, Some(&id));
                Fact::Known(id)
            }
            (None, None) => Fact::Absent,
            (Some(reason), _) => {
                if !fact.is_empty() {
                    to.mark_unknown(fact, reason.clone());
                }
                Fact::Unknown
            }
        }
    }
}

/// The block of the code that a planned block comes from. Sets are not in the order of the code, so it is the one block
/// whose constants are those of the planned block; if there are several, we do not know.
fn matching<'w>(planned: &Value, written: &[&'w Value]) -> Option<&'w Value> {
    let agrees = |block: &&&Value| {
        block.as_object().is_some_and(|block| {
            block.iter().all(|(name, expression)| match expression.get("constant_value") {
                Some(constant) => planned.get(name).unwrap_or(&Value::Null) == constant,
                None => true,
            })
        })
    };
    let mut candidates = written.iter().filter(agrees);
    match (candidates.next(), candidates.next()) {
        (Some(block), None) => Some(block),
        _ => None,
    }
}
