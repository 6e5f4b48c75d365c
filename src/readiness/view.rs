//! What is looked at: one application of a linked estate, and what the policies said of it.

use std::collections::HashMap;

use crate::config::{Objective, Statement};
use crate::model::{Class, Fact, Inventory, Kind, Resource, Rule, Timestamp};
use crate::result::Drill;

/// Which end of each edge waits for which, by position in the inventory.
pub struct Wiring {
    /// For each resource, those that have to be there first.
    pub(super) waits: Vec<Vec<usize>>,
    /// Positions by id.
    pub(super) by_id: HashMap<String, usize>,
}

/// One application, on its way to one region.
pub struct View<'a> {
    /// The linked estate.
    pub inventory: &'a Inventory,
    /// Its edges.
    pub wiring: &'a Wiring,
    /// Positions of what belongs to the application, sorted.
    pub members: &'a [usize],
    /// Positions of what may belong to it.
    pub perhaps: &'a [usize],
    /// Its name.
    pub application: &'a str,
    /// The region to which it comes back. Empty: none is configured.
    pub to: &'a str,
    /// What is asked of it.
    pub objective: Objective,
    /// Its drills in that region that have passed, newest first.
    pub passed_drills: &'a [&'a Drill],
    /// What somebody answers for.
    pub statement: &'a Statement,
    /// The clock of the run.
    pub now: Timestamp,
}

impl View<'_> {
    pub(super) fn resource(&self, at: usize) -> &Resource {
        &self.inventory.resources[at]
    }

    /// Something has to take the place of that resource in the region that is looked at.
    pub(super) fn comes_back(&self, at: usize) -> bool {
        let resource = self.resource(at);
        let joined = resource.joined.as_deref();
        let elsewhere = joined.is_some_and(|joined| joined.recovery_region.text().is_some_and(|to| to != self.to));
        let waits_there = joined.is_some_and(|joined| joined.is_recovery_side == Fact::Known(true));
        // Of one that stands in the region itself, as one of two that stand in for each other, nothing is lost.
        let is_there = resource.region() == Some(self.to);
        !self.to.is_empty()
            && is_step(resource.kind)
            && !(elsewhere || waits_there || is_there || is_member(resource) || self.leads_there(resource))
            && self.why_left_out(at).is_none()
    }

    /// A record that leads to the recovery region already.
    fn leads_there(&self, record: &Resource) -> bool {
        let targets = record.joined.as_ref().filter(|_| record.dns.is_some()).and_then(|joined| joined.targets.known());
        targets.is_some_and(|all| !all.is_empty() && all.iter().all(|target| target.region.text() == Some(self.to)))
    }

    /// Why a member takes no part, if it does not because of what it is or how it is.
    pub(super) fn why_left_out(&self, at: usize) -> Option<String> {
        let resource = self.resource(at);
        if resource.is_deleted() {
            return Some("the plan deletes it".to_owned());
        }
        if resource.kind.info().is_stateful() {
            // Whatever state it is in, its data has to come back. Of a replica its source does.
            return self.is_replica_of_a_member(resource).then(|| "it is a replica: its source comes back".to_owned());
        }
        let state = resource.status.as_ref().and_then(|status| status.state.text())?;
        let is_gone = ["deleting", "deleted", "inactive"].contains(&state);
        is_gone.then(|| format!("its state is {}", crate::text::state(state)))
    }

    fn is_replica_of_a_member(&self, resource: &Resource) -> bool {
        let is_replica = resource.replication.as_ref().is_some_and(|it| it.role.text() == Some("replica"));
        let source = resource.joined.as_ref().and_then(|joined| joined.source.known()?.id.text());
        let source = source.and_then(|id| self.wiring.by_id.get(id));
        is_replica && source.is_some_and(|source| self.members.binary_search(source).is_ok())
    }

    /// Why a joined fact is not known, if it is not.
    pub(super) fn doubt(&self, at: usize, fact: &str) -> Option<&str> {
        let reasons = &self.resource(at).unknown;
        let below = format!("joined.{fact}");
        let hit = reasons.iter().find(|(path, _)| {
            path.strip_prefix(&*below).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        hit.map(|(_, why)| why.as_str())
    }
}

/// Something has to take the place of resources of that kind.
pub(super) fn is_step(kind: Kind) -> bool {
    let info = kind.info();
    info.class.comes_back() && (info.is_stateful() || info.counterpart != Rule::None)
}

/// It is a part of a cluster, which comes back as a whole.
fn is_member(resource: &Resource) -> bool {
    resource.kind.info().class == Class::Database
        && resource.database.as_ref().is_some_and(|database| database.cluster.is_known())
}
