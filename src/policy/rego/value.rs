//! Values as far as they are known. What is not known carries the facts that would have to be known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regorus::Value;
use serde_json::Value as Json;

use crate::policy::schema::{Nodes, Schema, Types};

/// The facts on which something hangs that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doubt(Arc<Nodes>);

impl Doubt {
    pub(crate) fn of(node: usize) -> Self {
        let mut nodes = Nodes::default();
        nodes.insert(node);
        Self(Arc::new(nodes))
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        if Arc::ptr_eq(&self.0, &other.0) {
            return self.clone();
        }
        let mut nodes = Nodes::clone(&self.0);
        nodes.extend(&other.0);
        Self(Arc::new(nodes))
    }

    /// Adds a doubt to what may be one.
    pub(crate) fn add(into: &mut Option<Self>, other: &Self) {
        *into = Some(into.as_ref().map_or_else(|| other.clone(), |mine| mine.and(other)));
    }

    /// Adds what doubts there are.
    pub(crate) fn join<'d>(into: &mut Option<Self>, others: impl IntoIterator<Item = &'d Self>) {
        others.into_iter().for_each(|other| Self::add(into, other));
    }

    pub(crate) fn nodes(&self) -> &Nodes {
        &self.0
    }
}

/// A value, known or in part. What is known altogether is always [`Partial::Known`].
#[derive(Clone, Debug)]
pub(crate) enum Partial {
    Known(Value),
    Unknown {
        doubt: Doubt,
        /// There may be no value at all.
        missing: bool,
        /// The place in the model that it is at, which tells what can be below it.
        node: Option<usize>,
    },
    /// A text that is there and is not empty, and that nobody knows: it is secret, or made of what is not known.
    Text(Doubt, Known),
    /// A number that is at least this great: how many there are of something known in part.
    AtLeast(u64, Doubt),
    /// Items in their order. There may be more of them at any place. Shared, because every way to a plan goes through it.
    Array(Arc<Vec<Self>>, Option<Doubt>),
    Set(PartialSet),
    /// Members, and whether there may be more of them.
    Object(Arc<BTreeMap<Value, Self>>, Option<Doubt>),
}

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Of one that is JSON: what it holds, without what is secret in that.
    pub inside: Option<Arc<Partial>>,
    /// For a report, with a word in place of what is not known.
    pub shown: Option<Arc<str>>,
}

/// A set that is known in part.
#[derive(Clone, Debug, Default)]
pub(crate) struct PartialSet {
    pub known: BTreeSet<Value>,
    /// It has a member for certain that is not known itself.
    pub unknown_member: bool,
    /// There may be more.
    pub more: Option<Doubt>,
}

impl PartialSet {
    /// Adds a member that is there for certain.
    pub(crate) fn add(&mut self, member: Partial) {
        match member {
            Partial::Known(value) => {
                self.known.insert(value);
            }
            other => {
                self.unknown_member = true;
                Doubt::add(&mut self.more, &other.doubt());
            }
        }
    }

    pub(crate) fn finish(self) -> Partial {
        if self.more.is_none() { Partial::Known(Value::from(self.known)) } else { Partial::Set(self) }
    }
}

impl Partial {
    pub(crate) const fn unknown(doubt: Doubt) -> Self {
        Self::Unknown { doubt, missing: false, node: None }
    }

    /// There may be a value, which nobody knows.
    pub(crate) const fn unsure(doubt: Doubt) -> Self {
        Self::Unknown { doubt, missing: true, node: None }
    }

    pub(crate) fn array(items: Vec<Self>, more: Option<Doubt>) -> Self {
        match (more, items.iter().all(|item| item.known().is_some())) {
            (None, true) => {
                let known = |item| if let Self::Known(value) = item { Some(value) } else { None };
                Self::Known(Value::from(items.into_iter().filter_map(known).collect::<Vec<_>>()))
            }
            (more, _) => Self::Array(Arc::new(items), more),
        }
    }

    pub(crate) fn object(members: BTreeMap<Value, Self>, more: Option<Doubt>) -> Self {
        match (more, members.values().all(|member| member.known().is_some())) {
            (None, true) => {
                let known = |(key, member)| if let Self::Known(value) = member { Some((key, value)) } else { None };
                Self::Known(Value::from(members.into_iter().filter_map(known).collect::<BTreeMap<_, _>>()))
            }
            (more, _) => Self::Object(Arc::new(members), more),
        }
    }

    pub(crate) const fn known(&self) -> Option<&Value> {
        if let Self::Known(value) = self { Some(value) } else { None }
    }

    /// The facts that are missing in it.
    pub(crate) fn doubt(&self) -> Doubt {
        let mut all = None;
        self.add_doubt(&mut all);
        all.unwrap_or_default()
    }

    fn add_doubt(&self, into: &mut Option<Doubt>) {
        match self {
            Self::Known(_) => {}
            Self::Unknown { doubt, .. } | Self::AtLeast(_, doubt) | Self::Text(doubt, _) => Doubt::add(into, doubt),
            Self::Array(items, more) => {
                items.iter().for_each(|item| item.add_doubt(into));
                Doubt::join(into, more);
            }
            Self::Set(set) => Doubt::join(into, &set.more),
            Self::Object(members, more) => {
                members.values().for_each(|member| member.add_doubt(into));
                Doubt::join(into, more);
            }
        }
    }

    /// Counts its parts, as [`weight`] does.
    pub(crate) fn weight(&self, left: &mut u32) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        match self {
            Self::Known(value) => weight(value, left),
            Self::Unknown { .. } | Self::AtLeast(..) | Self::Text(..) => true,
            Self::Array(items, _) => items.iter().all(|item| item.weight(left)),
            Self::Set(set) => set.known.iter().all(|member| weight(member, left)),
            Self::Object(members, _) => members.values().all(|member| member.weight(left)),
        }
    }

    /// It is there, and not false.
    pub(crate) fn truth(&self) -> Truth {
        match self {
            Self::Known(Value::Bool(false) | Value::Undefined) => Truth::False,
            Self::Unknown { doubt, .. } => Truth::Doubtful(doubt.clone()),
            _ => Truth::True,
        }
    }

    /// Whether two values are the same.
    pub(crate) fn equals(&self, other: &Self) -> Truth {
        if let (Self::Known(one), Self::Known(two)) = (self, other) {
            return Truth::of(one == two);
        }
        if self.differs(other) { Truth::False } else { Truth::Doubtful(self.doubt().and(&other.doubt())) }
    }

    /// They cannot be the same, whatever the unknown is.
    fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(two)) => one != two,
            (Self::Unknown { .. }, _) | (_, Self::Unknown { .. }) => false,
            (Self::AtLeast(least, _), Self::Known(Value::Number(number)))
            | (Self::Known(Value::Number(number)), Self::AtLeast(least, _)) => {
                Value::Number(number.clone()) < Value::from(*least)
            }
            (Self::AtLeast(..), Self::AtLeast(..)) | (Self::Text(..), Self::Text(..)) => false,
            (Self::Text(..), Self::Known(value)) | (Self::Known(value), Self::Text(..)) => {
                !matches!(value, Value::String(text) if !text.is_empty())
            }
            (Self::Set(set), Self::Known(Value::Set(all))) | (Self::Known(Value::Set(all)), Self::Set(set)) => {
                set.known.iter().any(|member| !all.contains(member)) || (set.unknown_member && all.is_empty())
            }
            (Self::Set(_), Self::Set(_)) => false,
            (one, two) => match (one.items(), two.items(), one.members(), two.members()) {
                (Some((one, more)), Some((two, more_too)), ..) => {
                    let is_short = |short: &[Self], long: &[Self], more: &Option<Doubt>| {
                        short.len() < long.len() && more.is_none()
                    };
                    if is_short(&one, &two, &more) || is_short(&two, &one, &more_too) {
                        return true;
                    }
                    more.is_none() && more_too.is_none() && one.iter().zip(&two).any(|(one, two)| one.differs(two))
                }
                (_, _, Some((one, more)), Some((two, more_too))) => {
                    let lacks = |of: &BTreeMap<Value, Self>, in_this: &BTreeMap<Value, Self>, more: &Option<Doubt>| {
                        more.is_none() && of.iter().any(|(key, member)| member.is_there() && !in_this.contains_key(key))
                    };
                    lacks(&one, &two, &more_too)
                        || lacks(&two, &one, &more)
                        || one.iter().any(|(key, member)| two.get(key).is_some_and(|other| member.differs(other)))
                }
                _ => true,
            },
        }
    }

    /// There is a value, whatever it is.
    pub(crate) const fn is_there(&self) -> bool {
        !matches!(self, Self::Unknown { missing: true, .. })
    }

    /// The items of an array that is known in part or altogether, and whether there may be more.
    pub(crate) fn items(&self) -> Option<(Vec<Self>, Option<Doubt>)> {
        match self {
            Self::Known(Value::Array(items)) => Some((items.iter().cloned().map(Self::Known).collect(), None)),
            Self::Array(items, more) => Some((items.to_vec(), more.clone())),
            _ => None,
        }
    }

    /// The same of the members of an object.
    pub(crate) fn members(&self) -> Option<(BTreeMap<Value, Self>, Option<Doubt>)> {
        match self {
            Self::Known(Value::Object(members)) => {
                let member = |(key, value): (&Value, &Value)| (key.clone(), Self::Known(value.clone()));
                Some((members.iter().map(member).collect(), None))
            }
            Self::Object(members, more) => Some((BTreeMap::clone(members), more.clone())),
            _ => None,
        }
    }

    /// One step down a reference; `None`: there is nothing.
    pub(crate) fn step(&self, key: &Self) -> Option<Self> {
        let unsure = |doubt: Doubt| Some(Self::unsure(doubt));
        let Some(name) = key.known() else {
            return match self {
                Self::Known(Value::Array(_) | Value::Object(_) | Value::Set(_)) => unsure(key.doubt()),
                Self::Known(_) | Self::AtLeast(..) | Self::Text(..) => None,
                other => unsure(other.doubt().and(&key.doubt())),
            };
        };
        match self {
            Self::Known(value) => step(value, name).map(Self::Known),
            Self::Unknown { doubt, node, .. } => match (node.map(Below::of), name) {
                (Some(Below::Nothing), _) => None,
                (Some(Below::Members(members)), Value::String(name)) => members
                    .get(&**name)
                    .map(|node| Self::Unknown { doubt: Doubt::of(*node), missing: true, node: Some(*node) }),
                (Some(Below::Members(_)), _) => None,
                (Some(Below::Items(node)), Value::Number(_)) => {
                    Some(Self::Unknown { doubt: doubt.clone(), missing: true, node: Some(node) })
                }
                (Some(Below::Items(_)), _) => None,
                (Some(Below::Anything) | None, _) => unsure(doubt.clone()),
            },
            Self::AtLeast(..) | Self::Text(..) => None,
            // With items missing nobody knows which of them is the third.
            Self::Array(items, None) => match name {
                Value::Number(number) => items.get(usize::try_from(number.as_u64()?).ok()?).cloned(),
                _ => None,
            },
            Self::Array(_, Some(more)) => match name {
                Value::Number(_) => unsure(self.doubt().and(more)),
                _ => None,
            },
            Self::Set(set) if set.known.contains(name) => Some(Self::Known(name.clone())),
            Self::Set(set) => unsure(set.more.clone().unwrap_or_default()),
            Self::Object(members, more) => match (members.get(name), more) {
                (Some(member), _) => Some(member.clone()),
                (None, Some(more)) => unsure(more.clone()),
                (None, None) => None,
            },
        }
    }

    /// With another value at a path below it, as `with` puts it.
    pub(crate) fn put(self, path: &[Value], value: Self) -> Self {
        let Some((first, rest)) = path.split_first() else { return value };
        let below = self.step(&Self::Known(first.clone()));
        let below = below.unwrap_or_else(|| Self::Known(Value::new_object())).put(rest, value);
        let (mut members, more) = self.members().unwrap_or_else(|| match self {
            Self::Unknown { doubt, .. } => (BTreeMap::new(), Some(doubt)),
            _ => (BTreeMap::new(), None),
        });
        members.insert(first.clone(), below);
        Self::object(members, more)
    }

    /// For a report: what is not known is left out.
    pub(crate) fn to_json(&self) -> Option<Json> {
        match self {
            Self::Known(value) => serde_json::to_value(value).ok(),
            Self::Text(_, known) => known.shown.as_deref().map(Json::from),
            Self::Unknown { .. } | Self::AtLeast(..) => None,
            Self::Array(items, _) => Some(items.iter().filter_map(Self::to_json).collect::<Vec<_>>().into()),
            Self::Set(set) => serde_json::to_value(&set.known).ok(),
            Self::Object(members, _) => {
                let name = |key: &Value| match key {
                    Value::String(text) => text.to_string(),
                    other => other.to_string(),
                };
                let known = members.iter().filter_map(|(key, member)| Some((name(key), member.to_json()?)));
                Some(Json::Object(known.collect()))
            }
        }
    }
}

/// Counts the parts of a value, as far as there are some left.
pub(crate) fn weight(value: &Value, left: &mut u32) -> bool {
    let part = 1 + if let Value::String(text) = value { u32::try_from(text.len() / 64).unwrap_or(u32::MAX) } else { 0 };
    if *left < part {
        return false;
    }
    *left -= part;
    match value {
        Value::Array(items) => items.iter().all(|item| weight(item, left)),
        Value::Set(members) => members.iter().all(|member| weight(member, left)),
        Value::Object(members) => members.iter().all(|(key, member)| weight(key, left) && weight(member, left)),
        _ => true,
    }
}

fn step(value: &Value, key: &Value) -> Option<Value> {
    match value {
        Value::Object(members) => members.get(key).cloned(),
        Value::Set(members) => members.contains(key).then(|| key.clone()),
        Value::Array(items) => match key {
            Value::Number(number) => items.get(usize::try_from(number.as_u64()?).ok()?).cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// What the model has below a place.
pub(crate) enum Below {
    Nothing,
    Members(&'static BTreeMap<String, usize>),
    Items(usize),
    Anything,
}

impl Below {
    pub(crate) fn of(node: usize) -> Self {
        let Some(node) = Schema::of_resource().nodes.get(node) else { return Self::Anything };
        if let Some(element) = node.element {
            return Self::Items(element);
        }
        if !node.children.is_empty() && !node.open {
            return Self::Members(&node.children);
        }
        let holds = Types::OBJECT.or(Types::LIST).or(Types::SET);
        if node.open || node.types.meets(holds) { Self::Anything } else { Self::Nothing }
    }
}

/// An answer that may hang on what is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    True,
    False,
    Doubtful(Doubt),
}

impl Truth {
    pub(crate) const fn of(is: bool) -> Self {
        if is { Self::True } else { Self::False }
    }

    pub(crate) fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            doubtful => doubtful,
        }
    }

    /// What is so, if no doubt is left whether it is.
    pub(crate) fn unless(self, doubt: Option<Doubt>) -> Self {
        doubt.map_or(self, Self::Doubtful)
    }

    pub(crate) fn value(self) -> Partial {
        match self {
            Self::True => Partial::Known(Value::Bool(true)),
            Self::False => Partial::Known(Value::Bool(false)),
            Self::Doubtful(doubt) => Partial::unknown(doubt),
        }
    }
}
