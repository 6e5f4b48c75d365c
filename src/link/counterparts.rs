//! What stands in for a resource in its recovery place, and what uses a resource.

mod event_source;
mod in_cluster;
mod needed;
mod stand_in;
mod subnets;

use super::capacity::would_run;
use super::edges::At;
use super::keys::CounterpartResult;
use super::peers::End;
use super::place::{Recovery, Target};
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::kinds::Rule;
use crate::model::{Class, Counterpart, Fact, Kind, Rel, Resource};
pub(super) use stand_in::StandIn;
pub(super) use subnets::role as role_of_subnet;

impl<'a> Estate<'a> {
    /// Fills the counterpart. The replicas must be there already.
    pub(super) fn join_counterpart(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        let resource = self.index.get(at);
        let found = match recovery {
            Recovery::Nowhere => CounterpartResult::none(),
            Recovery::Unclear(reason) => CounterpartResult::unclear(reason.clone()),
            Recovery::At(target) => match resource.kind.info().counterpart {
                Rule::Key => self.counterpart_of_key(at, recovery),
                Rule::Role => self.counterpart_of_role(resource, target),
                Rule::SameName => self.of_same_name(resource, target),
                Rule::ReplicaOrSameName => match counterpart_of_data(recovery, ends, draft) {
                    CounterpartResult { counterpart: Fact::Known(replica), .. } => CounterpartResult::one(replica),
                    unreplicated => match (self.of_same_name(resource, target), unreplicated.reason) {
                        (CounterpartResult { counterpart: Fact::Absent, .. }, Some(reason)) => {
                            CounterpartResult::unclear(reason)
                        }
                        (found, _) => found,
                    },
                },
                Rule::StandIn => {
                    let found = self.stand_in(at, target);
                    if resource.kind.info().is_compute() {
                        self.join_standby(&found, draft);
                        self.join_standby_code(resource, &found, draft);
                    }
                    self.found(found)
                }
                Rule::Twin => self.found(self.stand_in(at, target)),
                Rule::InNetwork => self.found(self.namesake_in_network(at, target)),
                Rule::Subnet => self.found(self.counterpart_of_subnet(at, target)),
                Rule::Cache => match counterpart_of_data(recovery, ends, draft) {
                    CounterpartResult { counterpart: Fact::Known(replica), .. } => CounterpartResult::one(replica),
                    unreplicated => match (self.found(self.warm_cache(at, target)), unreplicated.reason) {
                        (CounterpartResult { counterpart: Fact::Absent, .. }, Some(reason)) => {
                            CounterpartResult::unclear(reason)
                        }
                        (found, _) => found,
                    },
                },
                Rule::EventSource => self.counterpart_of_source(at, target),
                Rule::InCluster => self.counterpart_in_cluster(at, target, draft),
                Rule::Region => self.recovery_region(resource, target),
                Rule::Replica => counterpart_of_data(recovery, ends, draft),
                Rule::Certificate => self.counterpart_of_certificate(resource, target, draft),
                Rule::Image => self.counterpart_of_image(at, target),
                Rule::Record => self.counterpart_of_record(at, target),
                Rule::None => return,
            },
        };
        let there = found.counterpart.known().and_then(|there| self.index.by_id(there.id.text()?));
        draft.rests_on("counterpart", there.map(|at| self.index.get(at)));
        if let Some(reason) = self.unread(found.counterpart.known()) {
            draft.mark("joined.counterpart.usable", reason);
        }
        draft.joined.counterpart = found.counterpart;
        if let Some(reason) = found.reason {
            draft.mark("joined.counterpart", reason);
        }
    }

    /// A role lives once an account, so that it needs a counterpart only in another account.
    fn counterpart_of_role(&self, role: &Resource, target: &Target<'a>) -> CounterpartResult {
        match target.own_account {
            Some(true) => CounterpartResult::one(as_counterpart(role, "global")),
            Some(false) => self.of_same_name(role, target),
            None => CounterpartResult::unclear("its account is not known".to_owned()),
        }
    }

    fn found(&self, stand_in: StandIn) -> CounterpartResult {
        match stand_in {
            StandIn::There(at, how) => CounterpartResult::one(as_counterpart(self.index.get(at), how)),
            StandIn::Unclear(reason) => CounterpartResult::unclear(reason),
            StandIn::Nowhere => CounterpartResult::none(),
        }
    }

    /// Why it is not known whether a counterpart can be used.
    fn unread(&self, counterpart: Option<&Counterpart>) -> Option<String> {
        let counterpart = counterpart.filter(|it| it.usable.is_unknown())?;
        let at = counterpart.id.text().and_then(|id| self.index.by_id(id));
        Some(at.map_or_else(|| "it was not found".to_owned(), |at| why(self.index.get(at), "status.healthy")))
    }

    /// Fills how much of the counterpart runs, and how much may.
    fn join_standby(&self, found: &StandIn, draft: &mut Draft) {
        let StandIn::There(at, _) = found else {
            if let StandIn::Nowhere = found {
                draft.joined.standby_desired = Fact::Absent;
                draft.joined.standby_max = Fact::Absent;
            }
            return;
        };
        let there = self.index.get(*at);
        if there.kind == self.kinds.eks_cluster {
            let (nodes, doubt) = self.nodes(there);
            (draft.joined.standby_desired, draft.joined.standby_max) = nodes;
            if let Some(reason) = doubt {
                for path in ["joined.standby_desired", "joined.standby_max"] {
                    draft.mark(path, reason.clone());
                }
            }
            return;
        }
        let Some(capacity) = &there.capacity else {
            if there.kind == self.kinds.fargate_profile {
                // It starts what is asked for.
                draft.joined.standby_desired = Fact::Absent;
                draft.joined.standby_max = Fact::Absent;
                return;
            }
            for path in ["joined.standby_desired", "joined.standby_max"] {
                draft.mark(path, why(there, "capacity"));
            }
            return;
        };
        let (desired, path) = would_run(there);
        (draft.joined.standby_desired, draft.joined.standby_max) = (desired, capacity.max);
        if desired.is_unknown() {
            draft.mark("joined.standby_desired", why(there, path));
        }
        if capacity.max.is_unknown() {
            draft.mark("joined.standby_max", why(there, "capacity.max"));
        }
    }

    /// Fills what code the stand-in of a function runs.
    fn join_standby_code(&self, resource: &Resource, found: &StandIn, draft: &mut Draft) {
        if resource.kind.info().class != Class::Function {
            return;
        }
        draft.joined.standby_code_hash = match found {
            StandIn::There(at, _) => {
                let there = self.index.get(*at);
                let hash = there.workload.as_ref().map_or(Fact::Unknown, |workload| workload.code_hash.clone());
                if hash.is_unknown() {
                    draft.mark("joined.standby_code_hash", why(there, "workload.code_hash"));
                }
                hash
            }
            StandIn::Unclear(_) => Fact::Unknown,
            StandIn::Nowhere => Fact::Absent,
        };
    }

    /// The region in which a region's things come back, as the account there has it.
    fn recovery_region(&self, region: &Resource, target: &Target<'a>) -> CounterpartResult {
        match self.index.by_name(region.kind, target.looked_in, target.region, target.region) {
            Some(there) => CounterpartResult::one(as_counterpart(self.index.get(there), "region")),
            None => match self.seen.gap(target.account, "", region.kind) {
                Some(gap) => CounterpartResult::unclear(gap.sentence()),
                None => CounterpartResult::none(),
            },
        }
    }

    fn of_same_name(&self, resource: &Resource, target: &Target<'a>) -> CounterpartResult {
        let region = if resource.kind.info().global { "" } else { target.region };
        let there = |name: &str| self.index.by_name(resource.kind, target.looked_in, region, name);
        if let Some(there) = there(&resource.name) {
            return CounterpartResult::one(as_counterpart(self.index.get(there), "same-name"));
        }
        // `orders/us-east-1/password` and `orders/us-west-2/password` are one thing in two regions.
        let own = resource.region().filter(|own| resource.name.contains(own));
        if let Some(there) = own.and_then(|own| there(&resource.name.replace(own, region))) {
            return CounterpartResult::one(as_counterpart(self.index.get(there), "region-in-name"));
        }
        match self.seen.more(target.account, target.region, resource.kind) {
            Some(gap) => CounterpartResult::unclear(gap.sentence()),
            None => CounterpartResult::none(),
        }
    }

    /// Fills what uses a key, a role, a subnet, a subnet group or a vault.
    pub(super) fn join_users(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        let rels = self.kinds.used_by(resource.kind);
        if rels.is_empty() {
            draft.joined.used_by = Fact::Absent;
            draft.joined.unused = Fact::Absent;
            return;
        }
        let users = rels.iter().flat_map(|rel| self.index.from(at, *rel)).map(|user| self.index.get(user));
        // What lies in a vault does not use it.
        let stored = |user: &&Resource| user.recovery_point.is_some() && resource.kind == self.kinds.vault;
        let mut ids: Vec<String> = users.filter(|user| !stored(user)).map(|user| user.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        let gap = self.users_gap(resource, rels);
        draft.joined.unused = Fact::Known(ids.is_empty() && gap.is_none());
        draft.joined.used_by = Fact::Known(ids);
        if let Some(gap) = gap {
            draft.mark("joined.used_by", gap.sentence());
        }
    }

    /// Why a resource may have more users than were found: what uses it is in its region, or, for a role, anywhere
    /// in its account.
    fn users_gap(&self, resource: &'a Resource, rels: &[Rel]) -> Option<Gap<'a>> {
        let account = resource.account();
        let users = |kind: Kind| rels.iter().any(|rel| kind.info().has(*rel));
        // Each by itself: what somebody answers for in one place hides no look that was denied in another.
        let is_open = |gap: &Gap<'_>| !self.seen.is_answered_for(gap);
        let more =
            |region: &'a str, users: &dyn Fn(Kind) -> bool| self.seen.any_gap(account, region, users).filter(is_open);
        match &resource.place.region {
            // What leads to it may live once an account: a record.
            Fact::Known(region) => {
                let here = more(region, &|kind| users(kind) && !kind.info().global);
                let elsewhere = |kind: Kind| users(kind) && kind.info().global;
                here.or_else(|| more("", &elsewhere).filter(|_| Kind::all().any(elsewhere)))
            }
            Fact::Absent => {
                let mut regions = account.into_iter().flat_map(|account| self.seen.regions(account)).peekable();
                if account.is_some() && regions.peek().is_none() {
                    let gap = self.seen.any_gap(account, "", &users);
                    return gap.or(Some(Gap::Says("none of its regions was collected"))).filter(is_open);
                }
                regions.chain([""]).find_map(|region| more(region, &users))
            }
            Fact::Unknown => Some(Gap::Says("its region is not known")),
        }
    }
}

/// What takes over for data is a live replica in the recovery place.
fn counterpart_of_data(recovery: &Recovery<'_>, ends: &[End<'_>], draft: &Draft) -> CounterpartResult {
    let there = |end: &&End<'_>| end.in_recovery_place(recovery) == Fact::Known(true);
    match ends.iter().find(there) {
        Some(end) => CounterpartResult::one(Counterpart {
            id: Fact::from_known(end.id.clone()),
            how: "replica".into(),
            region: Fact::from_known(end.region.map(str::to_owned)),
            account: Fact::from_known(end.account.map(str::to_owned)),
            state: end.state(),
            usable: end.usable(),
        }),
        None => draft
            .reason("joined.replicas")
            .map_or_else(CounterpartResult::none, |reason| CounterpartResult::unclear(reason.to_owned())),
    }
}

/// A resource as the counterpart of another. Where a kind has no state, being there is enough.
pub(super) fn as_counterpart(resource: &Resource, how: &str) -> Counterpart {
    let (state, usable) = match &resource.status {
        Some(status) => (status.state.clone(), status.healthy),
        // Code tells no state: what it declares can be used by design, as a copy that it declares can.
        None if resource.is_declared() => (Fact::Unknown, Fact::Known(true)),
        // Of these a state is always told; where it is not, nobody read it.
        None if resource.unknown.contains_key("status")
            || (resource.kind.info().class.facets().contains(&"status")
                && matches!(
                    resource.kind.info().counterpart,
                    Rule::StandIn | Rule::InCluster | Rule::Cache | Rule::Region | Rule::Key | Rule::Certificate
                )) =>
        {
            (Fact::Unknown, Fact::Unknown)
        }
        None => (Fact::Absent, Fact::Known(true)),
    };
    Counterpart {
        id: Fact::Known(resource.id.clone()),
        how: how.into(),
        region: resource.place.region.clone(),
        account: resource.place.account.clone(),
        state,
        usable,
    }
}
