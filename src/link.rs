//! Link: what depends on, backs up, or stands in for what? It joins onto every resource what a policy may ask and
//! that does not stand in the resource itself, so that policies see one resource and need no search of their own.
//!
//! A joined fact is exact only if everything that was searched for it was completely collected. Where it was not,
//! what was found stands there, the fact is marked as unknown, and the reason names the gap.

mod addresses;
mod applications;
mod backups;
mod behind;
mod beyond;
mod capacity;
mod chain;
mod closed;
mod copies;
mod counterparts;
mod destinations;
mod edges;
mod estate;
mod gone;
mod graph;
mod hard_wired;
mod images;
mod index;
mod joiner;
mod keys;
mod kinds;
mod lags;
mod layers;
mod limits;
mod lookups;
mod machines;
mod needs;
mod networks;
mod notices;
mod offerings;
mod openings;
mod opt_ins;
mod passages;
mod peers;
mod place;
mod profiles;
mod queues;
mod quotas;
mod reach;
mod restore_tests;
mod roles;
mod rooms;
mod rules;
mod said;
mod secrets;
mod seen;
mod settings;
mod shares;
#[cfg(test)]
mod tests;
mod traffic;
mod ways;
mod zones;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::model::{Fact, Inventory, Joins, Rel, Resource, Role, Timestamp};
pub use applications::asked_by;
pub(crate) use applications::is_called;
pub use behind::{Behind, Dependent};
use edges::At;
use estate::{Draft, Estate, why};
pub use gone::Loose;
pub use graph::Known;
use index::Index;
pub use joiner::{Joiner, Remains};
use kinds::Kinds;
pub use layers::layers;
use lookups::{
    Certificates, Clients, Clusters, DatabaseTypes, Endpoints, MachineImages, MachineTypes, Membership, Plans,
    RecordSets, Registries, Reservations, Rooms, Standing, Subnets,
};
pub use needs::needs;
pub use notices::{Asked, notices};
use place::Recovery;
pub use reach::Reached;
pub use said::Said;
pub(crate) use seen::Seen;

/// An edge between two resources, by their positions.
pub type Wire = (usize, Rel, usize);

/// Fills [`Resource::joined`] of every resource. The same inventory gives the same result, whatever the number of
/// threads.
pub fn link(inventory: &mut Inventory, config: &Config, now: Timestamp) {
    linked(inventory, config, now, |_| ());
}

/// The same, and every edge, sorted.
pub fn link_with_edges(inventory: &mut Inventory, config: &Config, now: Timestamp) -> Vec<Wire> {
    linked(inventory, config, now, |joiner| {
        joiner.edges().into_iter().map(|(from, rel, to, _)| (from, rel, to)).collect()
    })
}

fn linked<T>(inventory: &mut Inventory, config: &Config, now: Timestamp, more: impl Fn(&Joiner<'_>) -> T) -> T {
    prepare(inventory);
    let (joins, more) = {
        let joiner = Joiner::new(inventory, config, now);
        let all = (0..inventory.resources.len() as At).into_par_iter();
        let joins: Vec<Joins> = all.map(|at| joiner.estate.join(at).into()).collect();
        (joins, more(&joiner))
    };
    inventory.resources.par_iter_mut().zip(joins).for_each(|(resource, joins)| {
        resource.unknown.extend(joins.marks);
        resource.joined = Some(Arc::from(joins.joined));
    });
    more
}

/// Fills what resources tell of each other, and takes out what an earlier run has joined.
pub fn prepare(inventory: &mut Inventory) {
    zones::fill(inventory);
    for resource in &mut inventory.resources {
        resource.unknown.retain(|path, _| !path.starts_with("joined."));
        resource.joined = None;
    }
}

impl From<Draft> for Joins {
    fn from(draft: Draft) -> Self {
        let Draft { joined, mut marks, .. } = draft;
        marks.sort();
        Self { joined, marks }
    }
}

impl<'a> Estate<'a> {
    fn new(inventory: &'a Inventory, config: &'a Config, now: Timestamp) -> Self {
        let mut estate = Self {
            resources: &inventory.resources,
            config,
            now,
            collected_at: inventory.collected_at,
            kinds: Kinds::new(),
            index: Index::new(&inventory.resources),
            seen: Seen::new(&inventory.coverage, config.estate.all_in_code),
            plans: Plans::default(),
            membership: Membership::default(),
            clusters: Clusters::default(),
            standing: Standing::default(),
            registries: Registries::default(),
            machine_images: MachineImages::default(),
            machine_types: MachineTypes::default(),
            database_types: DatabaseTypes::default(),
            reservations: Reservations::default(),
            measurements: HashMap::new(),
            occupied: HashMap::new(),
            loads: HashMap::new(),
            clients: Clients::default(),
            endpoints: Endpoints::new(),
            rooms: Rooms::new(),
            subnets: Subnets::new(),
            keys_without_aliases: HashMap::new(),
            record_sets: RecordSets::new(),
            certificates: Certificates::default(),
            ids: OnceLock::new(),
            strays: OnceLock::new(),
        };
        for at in estate.index.of_kind(estate.kinds.key) {
            let key = estate.index.get(*at);
            if keys::unread_aliases(key) {
                estate.keys_without_aliases.entry(index::place(key)).or_insert(*at);
            }
        }
        for at in estate.index.of_kind(estate.kinds.subnet).iter().copied() {
            let network = estate.index.to(at, Rel::InNetwork).next();
            let role = counterparts::role_of_subnet(estate.index.get(at));
            network.into_iter().for_each(|network| estate.subnets.entry(network).or_default().push((at, role.clone())));
        }
        estate.record_sets = estate.record_sets();
        estate.certificates = estate.certificates();
        estate.clusters = estate.clusters();
        estate.standing = estate.standing();
        estate.registries = estate.registries();
        estate.machine_images = estate.machine_images();
        estate.machine_types = estate.machine_types();
        estate.database_types = estate.database_types();
        estate.reservations = estate.reservations();
        estate.measurements = estate.measurements();
        estate.occupied = estate.occupied();
        estate.loads = estate.loads();
        estate.plans = estate.plans();
        estate.clients = estate.clients();
        estate.membership = estate.memberships();
        estate.endpoints = estate.endpoints();
        estate.rooms = estate.rooms();
        estate
    }

    /// When a resource was seen. Ages are told as of then: what happened since nobody looked at.
    fn seen_at(&self, resource: &Resource) -> Timestamp {
        let place = resource.account().zip(resource.region());
        let row = place.and_then(|(account, region)| self.seen.at(account, region, resource.kind));
        row.unwrap_or(self.collected_at).min(self.now)
    }

    fn join(&self, at: At) -> Draft {
        let resource = self.index.get(at);
        let mut draft = Draft::default();
        let recovery = self.recovery(at);
        self.join_applications(at, &mut draft);
        self.join_recovery(resource, &recovery, &mut draft);
        // What a plan takes away is judged for its application only; it has no part in what is left.
        if resource.is_deleted() {
            return draft;
        }
        let ends = self.ends(at);
        self.join_peers(at, &recovery, &ends, &mut draft);
        self.join_copies(at, &recovery, &ends, &mut draft);
        self.join_lags(at, &recovery, &ends, &mut draft);
        self.join_keys(at, &recovery, &mut draft);
        self.join_counterpart(at, &recovery, &ends, &mut draft);
        self.join_traffic(at, &recovery, &mut draft);
        self.join_network(at, &mut draft);
        self.join_room(at, &mut draft);
        self.join_rules(at, recovery.target(), &mut draft);
        self.join_closed(at, &mut draft);
        self.join_shut_out(at, &mut draft);
        self.join_settings(resource, &recovery, &mut draft);
        self.join_counterpart_key(resource, &recovery, &mut draft);
        self.join_images(resource, &recovery, &mut draft);
        self.join_logs(resource, &recovery, &mut draft);
        self.join_offering(resource, &recovery, &mut draft);
        self.join_reserved(resource, &recovery, &mut draft);
        self.join_tags(at, &mut draft);
        self.join_plans(at, &mut draft);
        self.join_chain(at, &recovery, &mut draft);
        self.join_destinations(at, &mut draft);
        self.join_restores(at, &recovery, &mut draft);
        self.join_restore_tests(at, &recovery, &mut draft);
        self.join_beyond(at, &recovery, &ends, &mut draft);
        self.join_queue(at, &recovery, &mut draft);
        self.join_shares(at, &mut draft);
        self.join_cluster_zones(at, &mut draft);
        self.join_users(at, &mut draft);
        self.join_ways(at, recovery.target(), &mut draft);
        self.join_roles(at, &mut draft);
        self.join_gone(at, &mut draft);
        let is_partly_read = |role: &Role| role.policies_complete != Fact::Known(true) && role.pins.is_known();
        if resource.role.as_deref().is_some_and(is_partly_read) && !resource.unknown.contains_key("role.pins") {
            draft.mark("role.pins", "not every policy of it was read");
        }
        self.join_needed(at, &recovery, &mut draft);
        self.join_region(at, &recovery, &mut draft);
        self.join_quota(at, &mut draft);
        self.join_reach(at, &mut draft);
        self.join_startup(at, &mut draft);
        self.join_hard_wired(at, &mut draft);
        draft.joined.declared = Fact::Known(std::mem::take(&mut draft.declared).into_iter().collect());
        draft
    }

    fn join_recovery(&self, resource: &Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let joined = &mut draft.joined;
        joined.is_recovery_side = self.is_recovery_side(resource);
        if joined.is_recovery_side.is_unknown() {
            draft.mark("joined.is_recovery_side", "its place is not known");
        }
        match self.stands_in_for(resource) {
            Ok(regions) => draft.joined.stands_in_for = Fact::Known(regions.into_iter().map(str::to_owned).collect()),
            Err(reason) => draft.mark("joined.stands_in_for", reason),
        }
        let joined = &mut draft.joined;
        match recovery {
            Recovery::Nowhere => {
                joined.recovery_region = Fact::Absent;
                joined.recovery_account = Fact::Absent;
                joined.in_another_account = Fact::Absent;
            }
            Recovery::At(target) => {
                joined.recovery_region = target.region.into();
                joined.recovery_account = Fact::from_known(target.account.map(str::to_owned));
                joined.in_another_account = Fact::from_known(target.own_account.map(|own| !own));
                let unknown = [
                    ("joined.recovery_account", target.account.is_none()),
                    ("joined.in_another_account", target.own_account.is_none()),
                ];
                for (path, _) in unknown.into_iter().filter(|(_, is_unknown)| *is_unknown) {
                    draft.mark(path, "its account is not known");
                }
            }
            Recovery::Unclear(reason) => {
                for fact in ["recovery_region", "recovery_account", "in_another_account"] {
                    draft.mark(format!("joined.{fact}"), reason.clone());
                }
            }
        }
    }
}
