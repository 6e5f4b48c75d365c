//! Which resources a policy without a header is about: those that have what it reads.
//!
//! A Conftest file that reads `input.backup.enabled` is no question to a role. What a kind should have follows from the
//! built-in policies, which say what they read of which kinds; a resource that should have it and does not is unknown.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::model::{Kind, Linked};
use crate::policy::rules::Rules;
use crate::policy::schema::Schema;
use crate::policy::{PolicyError, PolicySet};

/// Facets by kind, as the built-in policies have them.
#[derive(Debug, Default)]
pub(super) struct Expected(BTreeMap<Kind, BTreeSet<&'static str>>);

/// Parts of every resource, and what is joined to it, tell nothing of what it is.
const EVERYWHERE: [&str; 4] = ["before", "change", "joined", "status"];

impl Expected {
    /// Empty where no policy needs it: the built-in policies would have to be parsed.
    pub(super) fn new(set: &PolicySet) -> Result<Self, PolicyError> {
        let mut expected = Self::default();
        if !set.policies.iter().any(|policy| policy.header.is_made_up) {
            return Ok(expected);
        }
        for policy in set.policies.iter().filter(|policy| policy.source.built_in) {
            let facets = facets(policy.rules(set)?);
            for kind in policy.kinds() {
                expected.0.entry(kind).or_default().extend(facets.iter().copied());
            }
        }
        Ok(expected)
    }

    /// Whether a policy has a question to the resource.
    pub(super) fn concern(&self, rules: &Rules, resource: Linked<'_>, input: &Value) -> bool {
        let facets = facets(rules);
        let of_kind = self.0.get(&resource.resource.kind);
        let is_there = |facet: &&str| {
            let there = matches!(input, Value::Object(members) if members.contains_key(&Value::from(*facet)));
            let below =
                |path: &str| path.strip_prefix(*facet).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            there
                || resource.unknown().any(|(path, _)| below(path))
                || of_kind.is_some_and(|expected| expected.contains(*facet))
        };
        facets.is_empty() || facets.iter().any(is_there)
    }
}

/// The facets that the rules of a policy read.
fn facets(rules: &Rules) -> BTreeSet<&'static str> {
    let schema = Schema::of_resource();
    let read = rules.roots().flat_map(|question| &question.reads.named);
    let paths = read.filter_map(|node| schema.nodes.get(*node)).map(|node| node.path.as_str());
    let facets = paths.filter_map(|path| path.split('.').next()).filter(|facet| !EVERYWHERE.contains(facet));
    let is_facet = |facet: &&str| {
        let node = schema.child(0, facet).and_then(|node| schema.nodes.get(node));
        node.is_some_and(|node| node.fact && !node.children.is_empty())
    };
    facets.filter(is_facet).collect()
}
