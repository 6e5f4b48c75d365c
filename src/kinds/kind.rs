//! The kinds of resources: `provider.service.thing`. A kind is known here or it does not exist.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::info::KindInfo;
use super::registry::KINDS;

/// A reference to a row of [`KINDS`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(u16);

impl Kind {
    /// The kind of that name, if there is one.
    pub fn find(name: &str) -> Option<Self> {
        let at = KINDS.binary_search_by(|info| info.name.cmp(name)).ok()?;
        u16::try_from(at).ok().map(Self)
    }

    /// For names that stand in the code. Panics if there is no such kind; a test calls every one.
    pub fn of(name: &str) -> Self {
        match Self::find(name) {
            Some(kind) => kind,
            None => panic!("no kind is called '{name}'"),
        }
    }

    /// Its row in [`KINDS`].
    pub fn info(self) -> &'static KindInfo {
        &KINDS[usize::from(self.0)]
    }

    /// `aws.rds.instance`.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// A dense number, for tables by kind.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// `aws` of `aws.rds.instance`.
    pub fn provider(self) -> &'static str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// It stands for code that policies of users are asked about, and nothing is collected of it.
    pub fn is_of_code(self) -> bool {
        self.provider() == "terraform"
    }

    /// It is something of the estate. Code is not, nor what people write down of drills.
    pub fn is_of_the_estate(self) -> bool {
        !matches!(self.provider(), "terraform" | "application")
    }

    /// Every kind, in the order of [`KINDS`].
    pub fn all() -> impl Iterator<Item = Self> {
        (0..KINDS.len()).filter_map(|at| u16::try_from(at).ok().map(Self))
    }

    /// The services, each once. Code is none.
    pub fn services() -> BTreeSet<&'static str> {
        Self::all().filter(|kind| kind.is_of_the_estate()).map(|kind| kind.info().service).collect()
    }

    /// The kind name nearest to a misspelt one.
    pub fn nearest(name: &str) -> Option<&'static str> {
        crate::text::nearest(name, KINDS.iter().map(|info| info.name))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'de, str>::deserialize(deserializer)?;
        Self::find(&name).ok_or_else(|| de::Error::custom(format!("unknown kind '{name}'")))
    }
}

impl JsonSchema for Kind {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Kind")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = KINDS.iter().map(|info| info.name).collect();
        json_schema!({"type": "string", "enum": names})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Replicas, Rule};

    #[test]
    fn kinds_are_sorted_and_unique() {
        let names: Vec<_> = KINDS.iter().map(|info| info.name).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
        for kind in Kind::all() {
            assert_eq!(Kind::find(kind.name()), Some(kind));
        }
    }

    /// What the traits of a kind say must be of kinds that are there, and fit together.
    #[test]
    fn traits_name_kinds_and_fit_together() {
        for info in KINDS.iter() {
            let live = if let Replicas::Live(live) = info.replicas { live } else { &[] };
            let named = info.edges.iter().flat_map(|(_, targets)| targets.iter()).chain(live).chain(info.copies);
            named.for_each(|name| assert!(Kind::find(name).is_some(), "{}: {name}", info.name));
            let mut rels: Vec<_> = info.edges.iter().map(|(rel, _)| *rel).collect();
            rels.dedup();
            assert_eq!(rels.len(), info.edges.len(), "{} says a relation twice", info.name);
            let holds = matches!(info.counterpart, Rule::Replica | Rule::Cache);
            assert_eq!(holds, info.is_stateful(), "{}: data comes back by a replica", info.name);
            assert!(
                !info.is_compute() || info.counterpart == Rule::StandIn,
                "{}: compute comes back by a stand-in",
                info.name
            );
            assert!(info.copies.is_empty() || info.is_stateful(), "{}: only data has copies", info.name);
            for copy in info.copies.iter().map(|copy| Kind::of(copy).info()) {
                assert!(copy.mechanism.is_some() && copy.has(crate::kinds::Rel::BackupOf), "{} is no copy", copy.name);
            }
        }
    }
}
