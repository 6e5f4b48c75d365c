//! What is a copy or a replica of something, and does not say of what.

use super::super::Estate;
use super::super::edges::At;
use super::is_older_than;
use crate::model::{Class, Kind, Rel, Replication, Resource};

impl<'a> Estate<'a> {
    /// Something else is a copy of a resource that is not known: it may be of this one.
    pub(in crate::link) fn stray(&self, of: &Resource, kinds: &[Kind]) -> Option<String> {
        let is_stray = |at: &At| {
            let other = self.index.get(*at);
            let is_alone = |rel| self.index.to(*at, rel).next().is_none();
            match &other.recovery_point {
                Some(point) => point.source.is_unknown() && is_alone(Rel::BackupOf),
                None => {
                    other.replication.as_ref().is_some_and(|facts| follows_unknown(other, facts))
                        && is_alone(Rel::ReplicaOf)
                }
            }
        };
        let all = || (0..self.resources.len() as At).filter(is_stray).collect();
        let may_be_of = |other: &&Resource| {
            let is_of_kind = match other.recovery_point {
                Some(_) => leaves(of, other) && !is_older_than(other, of),
                None => other.kind == of.kind,
            };
            let same_engine = engine(of).zip(engine(other)).is_none_or(|(own, other)| own == other);
            kinds.contains(&other.kind) && is_of_kind && same_engine && other.id != of.id && !other.is_deleted()
        };
        let mut strays = self.strays.get_or_init(all).iter().map(|at| self.index.get(*at));
        strays.find(may_be_of).map(|other| match other.recovery_point {
            Some(_) => format!("what {} is a backup of is not known", other.name),
            None => format!("what {} replicates is not known", other.name),
        })
    }
}

/// A backup beside its source is no copy of it.
fn leaves(of: &Resource, point: &Resource) -> bool {
    let is_other_region = of.region().zip(point.region()).is_none_or(|(own, other)| own != other);
    is_other_region || of.account().zip(point.account()).is_some_and(|(own, other)| own != other)
}

/// It follows something that is not known. Of what has joined something global that is not known, nobody can tell which
/// part it plays.
fn follows_unknown(resource: &Resource, facts: &Replication) -> bool {
    let may_join = matches!(resource.kind.info().class, Class::Database | Class::Cache);
    let may_follow = match facts.role.text() {
        Some(role) => role == "replica",
        None => may_join && facts.role.is_unknown() && facts.global.is_unknown(),
    };
    may_follow && facts.source.is_unknown()
}

fn engine(resource: &Resource) -> Option<&str> {
    resource.database.as_ref().and_then(|facts| facts.engine.text())
}
