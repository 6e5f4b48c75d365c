//! The paths that a policy may read: a tree made from the model's JSON Schema.
//!
//! One tree serves three ends: a misspelt `input.…` path is an error at load, only the paths that some policy reads are
//! turned into values, and the facts that are unknown in a resource are a set of its nodes.

mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regorus::Value;
use serde_json::Value as Json;

use crate::model::{Resource, SECTIONS};
pub(crate) use types::Types;

/// A set of nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nodes(Vec<u64>);

impl Nodes {
    pub(crate) fn insert(&mut self, node: usize) {
        let word = node / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (node % 64);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn contains(&self, node: usize) -> bool {
        self.0.get(node / 64).is_some_and(|bits| bits & (1 << (node % 64)) != 0)
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(word, bits)| (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| word * 64 + bit))
    }
}

/// A place in the input.
#[derive(Debug)]
pub(crate) struct Node {
    /// `joined.keys.usable`; elements of lists add nothing. Empty for the input itself.
    pub path: String,
    /// The names of its path, as objects are asked for them.
    keys: Vec<Value>,
    pub parent: usize,
    pub children: BTreeMap<String, usize>,
    /// The node of the elements, for a list.
    pub element: Option<usize>,
    /// A map with names of its own, such as tags: whatever is below is not checked.
    pub open: bool,
    /// May be left out because it is unknown.
    pub fact: bool,
    /// What it can be when it is there.
    pub types: Types,
    /// The texts that it can be, where they are all known.
    pub words: Vec<String>,
}

/// The tree of paths. Node 0 is the input.
#[derive(Debug)]
pub(crate) struct Schema {
    pub nodes: Vec<Node>,
}

impl Schema {
    /// The tree of the model's [`Resource`].
    pub(crate) fn of_resource() -> &'static Self {
        static OF_RESOURCE: LazyLock<Schema> = LazyLock::new(|| {
            let json = schemars::schema_for!(Resource).to_value();
            let mut schema = Schema { nodes: Vec::new() };
            schema.add(&json, &json, 0, String::new(), &mut Vec::new());
            schema
        });
        &OF_RESOURCE
    }

    /// The tree of a Terraform plan or state: its sections, with anything below them.
    pub(crate) fn of_plan() -> &'static Self {
        static OF_PLAN: LazyLock<Schema> = LazyLock::new(|| {
            let open = |name: &str| (name.to_owned(), serde_json::json!({"additionalProperties": true}));
            let sections: serde_json::Map<_, _> = SECTIONS.into_iter().map(open).collect();
            let json = serde_json::json!({ "properties": sections });
            let mut schema = Schema { nodes: Vec::new() };
            schema.add(&json, &json, 0, String::new(), &mut Vec::new());
            schema
        });
        &OF_PLAN
    }

    /// `trail` are the references that are being followed: the model holds itself (`before`), and one level is enough.
    fn add(&mut self, root: &Json, json: &Json, parent: usize, path: String, trail: &mut Vec<String>) -> usize {
        let (json, fact, reference) = resolve(root, json);
        let at = self.nodes.len();
        self.nodes.push(Node {
            path: path.clone(),
            keys: path.split('.').filter(|name| !name.is_empty()).map(Value::from).collect(),
            parent,
            children: BTreeMap::new(),
            element: None,
            open: json.get("additionalProperties").is_some_and(|extra| *extra != Json::Bool(false)),
            fact,
            types: Types::in_schema(json, fact),
            words: words(json),
        });
        if reference.as_ref().is_some_and(|name| trail.contains(name)) {
            return at;
        }
        trail.extend(reference.clone());
        if let Some(items) = json.get("items") {
            let element = self.add(root, items, at, path, trail);
            self.nodes[at].element = Some(element);
        } else if let Some(Json::Object(properties)) = json.get("properties") {
            for (name, property) in properties {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let child = self.add(root, property, at, path, trail);
                self.nodes[at].children.insert(name.clone(), child);
            }
        }
        trail.truncate(trail.len() - usize::from(reference.is_some()));
        at
    }

    pub(crate) fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.nodes.get(node)?.children.get(name).copied()
    }

    /// The node at a dotted path; elements of lists are entered by themselves, also where the path says which one:
    /// `plan.rules.0.vault`.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        path.split('.').try_fold(0, |node, name| {
            let element = self.nodes.get(node)?.element;
            if element.is_some() && name.bytes().all(|byte| byte.is_ascii_digit()) {
                return Some(node);
            }
            let node = element.unwrap_or(node);
            // Below a map with names of its own there is nothing finer than the map.
            if self.nodes.get(node)?.open { Some(node) } else { self.child(node, name) }
        })
    }

    /// Whether the input has a value for a node, or for the outermost list that it is in the elements of.
    pub(crate) fn is_there(&self, node: usize, input: &Value) -> bool {
        let above = std::iter::successors(Some(node), |at| (*at != 0).then(|| self.nodes[*at].parent));
        let node = above.filter(|at| self.nodes[*at].element.is_some()).last().unwrap_or(node);
        self.value_of(node, input).is_some()
    }

    /// What an input has at a node that is in no list.
    pub(crate) fn value_of<'v>(&self, node: usize, input: &'v Value) -> Option<&'v Value> {
        self.nodes.get(node)?.keys.iter().try_fold(input, member)
    }

    /// The nodes of these paths, and everything below them.
    pub(crate) fn below(&self, paths: &[&str]) -> Nodes {
        let mut nodes = Nodes::default();
        for node in paths.iter().filter_map(|path| self.find(path)) {
            nodes.insert(node);
            self.down(node, &mut nodes);
        }
        nodes
    }

    /// The node, and everything above it.
    pub(crate) fn up(&self, node: usize, into: &mut Nodes) {
        let mut at = node;
        into.insert(at);
        while at != 0 {
            at = self.nodes[at].parent;
            into.insert(at);
        }
    }

    /// Names of the facets among the nodes, and paths of what is joined.
    pub(crate) fn names(&'static self, nodes: &Nodes) -> BTreeSet<&'static str> {
        let of = |node: usize| self.nodes[node].children.values().copied().filter(|child| nodes.contains(*child));
        let (joined, facets): (Vec<_>, Vec<_>) = of(0).partition(|child| self.nodes[*child].path == "joined");
        let joined = joined.into_iter().flat_map(of);
        facets.into_iter().chain(joined).map(|node| self.nodes[node].path.as_str()).collect()
    }

    /// All nodes.
    pub(crate) fn all() -> &'static Nodes {
        static ALL: LazyLock<Nodes> = LazyLock::new(|| {
            let mut all = Nodes::default();
            (0..Schema::of_resource().nodes.len()).for_each(|node| all.insert(node));
            all
        });
        &ALL
    }

    /// Everything below the node.
    pub(crate) fn down(&self, node: usize, into: &mut Nodes) {
        let entry = &self.nodes[node];
        for below in entry.children.values().copied().chain(entry.element) {
            into.insert(below);
            self.down(below, into);
        }
    }
}

/// The texts that a schema lists: `enum`, or `oneOf` constants with descriptions.
fn words(json: &Json) -> Vec<String> {
    let listed = json.get("enum").and_then(Json::as_array).into_iter().flatten();
    let described = json.get("oneOf").and_then(Json::as_array).into_iter().flatten();
    let described = described.flat_map(|one| {
        let listed = one.get("enum").and_then(Json::as_array).into_iter().flatten();
        one.get("const").into_iter().chain(listed)
    });
    listed.chain(described).filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Follows references and takes the schema out of `anyOf: [it, null]`. Also: whether null is allowed, and the reference.
fn resolve<'a>(root: &'a Json, mut json: &'a Json) -> (&'a Json, bool, Option<String>) {
    let (mut nullable, mut reference) = (false, None);
    // The model nests a reference in an option at most; the bound keeps a cycle from being followed for ever.
    for _ in 0..8 {
        if let Some(name) = json.get("$ref").and_then(Json::as_str) {
            json = name.strip_prefix("#/$defs/").map_or(root, |name| &root["$defs"][name]);
            reference = Some(name.to_owned());
        } else if let Some(Json::Array(choices)) = json.get("anyOf") {
            nullable |= choices.iter().any(|choice| choice["type"] == "null");
            match choices.iter().find(|choice| choice["type"] != "null") {
                Some(choice) => json = choice,
                None => break,
            }
        } else {
            break;
        }
    }
    nullable |= matches!(&json["type"], Json::Array(types) if types.iter().any(|one| one == "null"));
    (json, nullable, reference)
}

/// What an input has at a dotted path.
pub(crate) fn value_at<'v>(input: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(input, |value, name| member(value, &Value::from(name)))
}

fn member<'v>(value: &'v Value, name: &Value) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The model holds itself once, as what a resource was before.
    #[test]
    fn every_path_has_a_title() {
        let has_title = |node: &&Node| {
            let inner = ["before.", "change.", "links.", "origin."].iter().any(|start| node.path.starts_with(start));
            node.path.is_empty() || inner || crate::model::is_fact(&node.path)
        };
        let untitled: Vec<_> =
            Schema::of_resource().nodes.iter().filter(|node| !has_title(node)).map(|node| &node.path).collect();
        assert_eq!(untitled, Vec::<&String>::new());
    }

    #[test]
    fn every_path_of_a_kind_of_evidence_is_one_of_the_model() {
        let schema = Schema::of_resource();
        for path in crate::model::SEEN_RUNNING_ONLY.iter().chain(crate::model::MEASURED) {
            assert!(schema.find(path).is_some(), "{path}");
        }
    }

    #[test]
    fn paths_are_found_through_options_references_and_lists() {
        let schema = Schema::of_resource();
        for path in [
            "backup.retention_days",
            "joined.keys.counterpart.usable",
            "plan.rules.copies.region",
            "before.backup.retention_days",
            "change.action",
            "tags",
        ] {
            let node = schema.find(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!(schema.nodes[node].path, path);
        }
        assert_eq!(schema.find("backup.retenion_days"), None);
        assert_eq!(schema.find("before.before.before"), None);
        assert!(schema.nodes[schema.find("tags").unwrap()].open);
        assert!(schema.nodes[schema.find("backup").unwrap()].fact);
        assert!(!schema.nodes[schema.find("links").unwrap()].fact);
    }
}
