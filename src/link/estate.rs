//! What a join looks at, and what it fills.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use super::edges::At;
use super::index::Index;
use super::kinds::Kinds;
use super::lookups::{
    Certificates, Clients, Clusters, DatabaseTypes, Endpoints, Loads, MachineImages, MachineTypes, Measurements,
    Membership, Occupied, Plans, RecordSets, Registries, Reservations, Rooms, Standing, Subnets,
};
use super::seen::Seen;
use crate::config::Config;
use crate::model::{Joined, Resource, Timestamp};

/// Everything that a join may look at. It does not change while joins run.
pub(super) struct Estate<'a> {
    pub(super) resources: &'a [Resource],
    pub(super) config: &'a Config,
    pub(super) now: Timestamp,
    pub(super) collected_at: Timestamp,
    pub(super) kinds: Kinds,
    pub(super) index: Index<'a>,
    pub(super) seen: Seen<'a>,
    pub(super) plans: Plans,
    pub(super) membership: Membership,
    pub(super) clusters: Clusters<'a>,
    pub(super) standing: Standing<'a>,
    pub(super) registries: Registries,
    pub(super) machine_images: MachineImages<'a>,
    pub(super) machine_types: MachineTypes<'a>,
    pub(super) database_types: DatabaseTypes<'a>,
    pub(super) reservations: Reservations<'a>,
    pub(super) measurements: Measurements<'a>,
    pub(super) occupied: Occupied<'a>,
    pub(super) loads: Loads<'a>,
    pub(super) clients: Clients,
    pub(super) endpoints: Endpoints<'a>,
    pub(super) rooms: Rooms,
    pub(super) subnets: Subnets,
    /// By place: a key whose aliases were not read.
    pub(super) keys_without_aliases: HashMap<(&'a str, &'a str), At>,
    pub(super) record_sets: RecordSets<'a>,
    pub(super) certificates: Certificates<'a>,
    /// Bare ids that no two places give out, once something is not found where it would be.
    pub(super) ids: OnceLock<HashSet<String>>,
    /// Replicas of which it is not known what they replicate.
    pub(super) strays: OnceLock<Vec<At>>,
}

/// What is joined onto one resource, while it is being filled.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) joined: Box<Joined>,
    /// Path → why the fact there is not known, or not in full.
    pub(super) marks: Vec<(String, String)>,
    /// Names of facts that rest on what code declares.
    pub(super) declared: BTreeSet<String>,
}

impl Draft {
    /// The first reason for a path stays.
    pub(super) fn mark(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        let path = path.into();
        if !self.is_marked(&path) {
            self.marks.push((path, reason.into()));
        }
    }

    /// Notes that a joined fact rests on a resource that nobody has seen run.
    pub(super) fn rests_on(&mut self, fact: &str, resource: Option<&Resource>) {
        if resource.is_some_and(Resource::is_declared) {
            self.declared.insert(fact.to_owned());
        }
    }

    pub(super) fn is_marked(&self, path: &str) -> bool {
        self.reason(path).is_some()
    }

    pub(super) fn reason(&self, path: &str) -> Option<&str> {
        self.marks.iter().find(|(marked, _)| marked == path).map(|(_, reason)| reason.as_str())
    }
}

/// Why a fact of a resource is not known.
pub(super) fn why(resource: &Resource, path: &str) -> String {
    // A whole facet may be marked, as well as one fact of it.
    let facet = path.split('.').next().unwrap_or(path);
    let reason = resource.unknown.get(path).or_else(|| resource.unknown.get(facet));
    reason.cloned().unwrap_or_else(|| crate::model::not_known(path))
}
