//! The line of code that a finding points at.

use super::{Location, Origin, Resource};

/// Facts that are joined, and the resource's own fact that each says the most about: it stands at that one's line.
const SAID_BY: &[(&str, &str)] = &[
    ("joined.copy_vaults", "plan.rules"),
    ("joined.hard_wired", "workload.mentions"),
    ("joined.images", "workload.images"),
    ("joined.keys", "encryption.key"),
    ("joined.logs", "workload.logs"),
    ("joined.missing_ports", "network.ports"),
    ("joined.offering", "capacity.types"),
    ("joined.reach", "network.security_groups"),
];

/// Facts that are joined of what a part of another plan may say.
const DECIDED_BY: &[(&str, &str)] =
    &[("joined.copies", "replication.regions"), ("joined.replicas", "replication.regions")];

fn own_of(table: &[(&str, &'static str)], fact: &str) -> Option<&'static str> {
    table.iter().find(|(joined, _)| *joined == fact).map(|(_, own)| *own)
}

impl Resource {
    /// Where a fact is said: where the resource is, or its part that another plan changes.
    pub fn said_at(&self, fact: Option<&str>) -> &Origin {
        let parts = &self.origin.said_at;
        let Some(fact) = fact.filter(|_| !parts.is_empty()) else { return &self.origin };
        let own = own_of(SAID_BY, fact).or_else(|| own_of(DECIDED_BY, fact)).unwrap_or(fact);
        parts.get(own).unwrap_or(&self.origin)
    }

    /// The line of code to point at for a fact: its attribute's, else the block's header.
    pub fn location_of(&self, fact: Option<&str>) -> Option<Location> {
        let around = |path| std::iter::successors(Some(path), |path: &&str| Some(path.rsplit_once('.')?.0));
        let origin = self.said_at(fact);
        let attribute_of = |path: &str| origin.attributes.get(own_of(SAID_BY, path).unwrap_or(path));
        let mut location = origin.location.clone()?;
        // A fact in a list, and an attribute in a block that is not there, are where the nearest one around them is.
        let attribute = fact.and_then(|fact| around(fact).find_map(attribute_of));
        let found = attribute.and_then(|name| around(name).find_map(|name| origin.lines.get_key_value(name)));
        if let Some((name, line)) = found {
            location.line = *line;
            location.extent = origin.extents.get(name).copied();
        }
        Some(location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Place, is_fact};

    #[test]
    fn a_joined_fact_stands_where_the_fact_that_says_it_does() {
        let mut resource =
            Resource::new(Kind::of("aws.ecs.task-definition"), "d", "d", Place::new("111122223333", "us-east-1"));
        resource.origin.location = Some(Location { file: "main.tf".to_owned(), line: 1, ..Location::default() });
        resource.origin.attributes.insert("workload.mentions".to_owned(), "container_definitions".to_owned());
        resource.origin.lines.insert("container_definitions".to_owned(), 8);
        let line = |fact| resource.location_of(Some(fact)).map(|location| location.line);
        let facts =
            ["workload.mentions", "joined.hard_wired", "joined.hard_wired.value", "joined.images", "joined.reach"];
        assert_eq!(facts.map(line), [8, 8, 8, 1, 1].map(Some));
    }

    #[test]
    fn every_fact_of_the_table_is_one() {
        for fact in SAID_BY.iter().flat_map(|(joined, own)| [joined, own]) {
            assert!(is_fact(fact), "{fact}");
        }
    }
}
