//! A resource as a value that is known in part.

use std::collections::BTreeMap;
use std::sync::Arc;

use regorus::Value;

use super::value::{Doubt, Known, Partial};
use crate::model::{Document, Linked, Part};
use crate::policy::schema::Schema;

/// The input: the value that was made of the resource, with what is missing in it out of ignorance marked as unknown.
pub(crate) fn input(value: &Value, resource: Linked<'_>) -> Partial {
    let schema = Schema::of_resource();
    let mut input = marked(value, Some(0), schema);
    for (path, _) in resource.unknown() {
        let names: Vec<&str> = path.split('.').collect();
        input = match schema.find(path) {
            Some(node) => doubted(input, &names, node),
            None => Partial::unknown(Doubt::of(0)),
        };
    }
    input
}

fn marked(value: &Value, node: Option<usize>, schema: &Schema) -> Partial {
    let Some(entry) = node.and_then(|node| schema.nodes.get(node)) else { return Partial::Known(value.clone()) };
    match value {
        Value::Object(members) if !entry.children.is_empty() => {
            let mut all: BTreeMap<Value, Partial> = BTreeMap::new();
            for (key, member) in members.iter() {
                let child = match key {
                    Value::String(name) => entry.children.get(&**name).copied(),
                    _ => None,
                };
                all.insert(key.clone(), marked(member, child, schema));
            }
            for (name, child) in &entry.children {
                let key = Value::from(name.as_str());
                let Some(below) = schema.nodes.get(*child).filter(|below| below.fact) else { continue };
                // What a plan does, and what was before, are left out where there is no plan or nothing was before.
                let is_of_plan = matches!(below.path.as_str(), "before" | "change");
                if !is_of_plan && !all.contains_key(&key) {
                    // A fact has a value or null wherever its facet is; whether a facet is there nobody knows.
                    let missing = !below.children.is_empty();
                    all.insert(key, Partial::Unknown { doubt: Doubt::of(*child), missing, node: Some(*child) });
                }
            }
            Partial::object(all, None)
        }
        Value::Array(items) => {
            Partial::array(items.iter().map(|item| marked(item, entry.element, schema)).collect(), None)
        }
        other => Partial::Known(other.clone()),
    }
}

/// A plan or a state as an input. Its doubts are the numbers of its gaps.
pub(crate) fn document(root: &Part, document: &Document) -> Partial {
    let doubts: Vec<Doubt> = (0..document.unknown.len()).map(Doubt::of).collect();
    of_part(root, &doubts)
}

fn of_part(part: &Part, doubts: &[Doubt]) -> Partial {
    let doubt = |gap: usize| doubts.get(gap).cloned().unwrap_or_default();
    match part {
        Part::Known(value) => Partial::Known(Value::from(value.clone())),
        Part::Unknown(gap) => Partial::unknown(doubt(*gap)),
        Part::Secret { gap, inside } => {
            let inside = inside.as_ref().map(|inside| Arc::new(of_part(inside, doubts)));
            Partial::Text(doubt(*gap), Known { inside, shown: None })
        }
        Part::List(items) => Partial::array(items.iter().map(|item| of_part(item, doubts)).collect(), None),
        Part::Map(members) => {
            let member = |(name, part): (&String, &Part)| (Value::from(name.as_str()), of_part(part, doubts));
            Partial::object(members.iter().map(member).collect(), None)
        }
    }
}

/// With what stands at a path in doubt: a list may have more items, anything else may have any value.
fn doubted(value: Partial, path: &[&str], node: usize) -> Partial {
    let doubt = Doubt::of(node);
    let Some((first, rest)) = path.split_first() else {
        return match (value.items(), value) {
            (Some((items, _)), _) => Partial::array(items, Some(doubt)),
            (None, unknown @ Partial::Unknown { .. }) => unknown,
            _ => Partial::Unknown { doubt, missing: false, node: Some(node) },
        };
    };
    if let Some((items, more)) = value.items() {
        return doubted_items(items, more, path, node);
    }
    match value.members() {
        Some((members, more)) => doubted_member(members, more, first, rest, node),
        None => value,
    }
}

fn doubted_member(
    mut members: BTreeMap<Value, Partial>,
    mut more: Option<Doubt>,
    first: &str,
    rest: &[&str],
    node: usize,
) -> Partial {
    let key = Value::from(first);
    match members.remove(&key) {
        Some(member) => {
            members.insert(key, doubted(member, rest, node));
        }
        // A tag, of which nobody knows whether it is there; or a fact, which is marked already.
        None => Doubt::add(&mut more, &Doubt::of(node)),
    }
    Partial::object(members, more)
}

/// `rules.0.vault` is of one item, `rules.vault` of every item that lacks it, or of any of them.
fn doubted_items(mut items: Vec<Partial>, more: Option<Doubt>, path: &[&str], node: usize) -> Partial {
    let at = path.first().and_then(|first| first.parse::<usize>().ok());
    if let Some(item) = at.and_then(|at| items.get_mut(at)) {
        let value = std::mem::replace(item, Partial::Known(Value::Null));
        *item = doubted(value, path.get(1..).unwrap_or_default(), node);
        return Partial::array(items, more);
    }
    let lacks = |item: &Partial| {
        let mut at = Some(item.clone());
        for name in path {
            at = at.and_then(|at| at.step(&Partial::Known(Value::from(*name))));
        }
        at.is_none_or(|at| at.known().is_none())
    };
    if items.iter().any(lacks) {
        return Partial::array(items, more);
    }
    // It is there in all of them, and one of them is in doubt.
    Partial::array(items.into_iter().map(|item| doubted(item, path, node)).collect(), more)
}
