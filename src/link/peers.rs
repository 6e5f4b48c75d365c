//! The other ends of replication: live replicas, members of the same global cluster, copies the provider keeps itself.

use super::edges::At;
use super::index::place;
use super::place::Recovery;
use super::secrets::{is_in_sync, replica_in};
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, GlobalMember, Kind, Peer, Rel, Replication, Resource};
use crate::providers::aws::names::{self, Arn};

/// How another end came to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Via {
    Replica,
    /// Both are members of a global cluster or datastore, which the word says.
    Global(&'static str),
    Provider,
}

impl Via {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Replica => "replica",
            Self::Global(word) => word,
            Self::Provider => "provider-replica",
        }
    }
}

/// Another end of a replication, as far as it is known.
pub(super) struct End<'a> {
    pub via: Via,
    /// Its id, where the provider names one.
    pub id: Option<String>,
    pub region: Option<&'a str>,
    pub account: Option<&'a str>,
    /// What was collected of it.
    pub resource: Option<&'a Resource>,
    /// What the global cluster or datastore says of it.
    pub member: Option<&'a GlobalMember>,
    /// It follows its source; of a copy that the provider keeps, as the source says.
    pub follows: Fact<bool>,
}

impl<'a> Estate<'a> {
    /// Every other end that takes the data of a resource, sorted.
    pub(super) fn ends(&self, at: At) -> Vec<End<'a>> {
        let resource = self.index.get(at);
        let mut ends = Vec::new();
        let is_bucket = resource.kind.info().class == Class::Bucket;
        for replica in self.index.from(at, Rel::ReplicaOf).filter(|_| !is_bucket) {
            ends.push(End::of(Via::Replica, self.index.get(replica), None));
        }
        let listed = resource.replication.iter().filter_map(|replication| replication.replicas.known()).flatten();
        let keys = resource.key.iter().filter_map(|key| key.replicas.known()).flatten();
        for id in listed.chain(keys).filter(|id| id.starts_with("arn:") && !self.index.is_gone(id)) {
            if let Some(replica) = self.index.by_id(id) {
                // What the provider keeps does not say of whom it is a copy. Of others it counts what they say themselves,
                // for they may have been promoted since.
                if self.kinds.provider_replicated(resource.kind) {
                    let other = self.index.get(replica);
                    ends.push(End { follows: takes(resource, other), ..End::of(Via::Provider, other, None) });
                }
                continue;
            }
            // A bucket's does not say where it is, and its source says only in which regions.
            if names::region_of(id).is_none() {
                continue;
            }
            let account = names::region_of(id).and(Arn::parse(id)).and_then(|arn| arn.known_account());
            ends.push(End::listed(Via::Replica, id.clone(), names::region_of(id), account.or(resource.account())));
        }
        self.global_ends(at, resource, &mut ends);
        self.provider_ends(resource, &mut ends);
        // The primary of a secret is told how each replica is; the replica itself is not.
        for end in &mut ends {
            if let Some(replica) = end.region.and_then(|region| replica_in(resource, region)) {
                end.follows = is_in_sync(replica);
            }
        }
        ends.sort_by(|a, b| (a.region, &a.id, a.via).cmp(&(b.region, &b.id, b.via)));
        ends.dedup_by(|a, b| a.id.is_some() && a.id == b.id);
        ends
    }

    fn global_ends(&self, at: At, resource: &'a Resource, ends: &mut Vec<End<'a>>) {
        let named = resource.replication.as_ref().and_then(|replication| replication.global.text());
        let (account, _) = place(resource);
        for global in self.index.to(at, Rel::MemberOf) {
            let global_resource = self.index.get(global);
            let Some(via) = global_resource.kind.info().mechanism.map(Via::Global) else { continue };
            let members: Vec<_> =
                global_resource.global.iter().filter_map(|global| global.members.known()).flatten().collect();
            let says = |other: &Resource| {
                members.iter().copied().find(|member| {
                    member.id.text() == Some(&other.id)
                        || (member.id.text() == Some(&other.name) && member.region.text() == other.region())
                })
            };
            for other in self.index.from(global, Rel::MemberOf).filter(|other| *other != at) {
                let other = self.index.get(other);
                ends.push(End::of(via, other, says(other)));
            }
            let own = says(resource);
            for member in members.iter().filter(|member| own != Some(**member)) {
                let Some(id) = member.id.text() else { continue };
                let collected =
                    self.index.from(global, Rel::MemberOf).any(|other| says(self.index.get(other)) == Some(member));
                if !collected && !self.index.is_gone(id) {
                    let region = member.region.text().or_else(|| names::region_of(id));
                    let end = End::listed(via, id.to_owned(), region, resource.account());
                    ends.push(End { member: Some(member), ..end });
                }
            }
        }
        // The global cluster itself was not collected: what names the same one belongs to it all the same.
        // Names of global clusters and datastores are unique in an account.
        let is_one = |other: &Resource| {
            let accounts = resource.account().zip(other.account());
            other.kind == resource.kind && accounts.is_none_or(|(own, other)| own == other)
        };
        for other in named.into_iter().flat_map(|named| self.index.by_global(named)).filter(|other| **other != at) {
            let other = self.index.get(*other);
            // Two stacks whose accounts nobody knows are taken for two accounts.
            let is_elsewhere = other.origin.stack != resource.origin.stack && place(other).0 != account;
            if !is_one(other) || is_elsewhere {
                continue;
            }
            let words =
                other.kind.info().targets(Rel::MemberOf).iter().filter_map(|kind| Kind::of(kind).info().mechanism);
            ends.extend(words.map(|word| End::of(Via::Global(word), other, None)));
        }
    }

    fn provider_ends(&self, resource: &'a Resource, ends: &mut Vec<End<'a>>) {
        let Some(replication) = &resource.replication else { return };
        for region in replication.regions.known().into_iter().flatten() {
            let is_named = ends.iter().any(|end| end.region == Some(region));
            if Some(region.as_str()) == resource.region() || is_named {
                continue;
            }
            // A copy that is a resource of its own has an id of its own.
            let is_alike = self.kinds.provider_replicated(resource.kind);
            let id = names::in_region(&resource.id, region).filter(|_| is_alike);
            let found = id.as_deref().and_then(|id| self.index.by_id(id)).map(|at| self.index.get(at));
            let end = End::listed(Via::Provider, String::new(), Some(region), resource.account());
            ends.push(End { id, resource: found, follows: follows_in(replication, region), ..end });
        }
    }

    /// Fills the replicas and the source.
    pub(super) fn join_peers(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        let resource = self.index.get(at);
        let peers = ends.iter().map(|end| end.peer(resource, recovery)).collect();
        ends.iter().for_each(|end| draft.rests_on("replicas", end.resource));
        draft.joined.replicas = Fact::Known(peers);
        let looked_at = ["state", "engine_version", "multi_zone", "instances", "types"];
        self.mark_unread(resource, ends, "replicas", &["healthy"], &looked_at, draft);
        if let Some(reason) = self.replicas_gap(at, recovery) {
            draft.mark("joined.replicas", reason);
        }
        self.join_source(at, recovery, ends, draft);
    }

    /// Says why facts of other ends are not known: nothing was collected of the end, so that neither its health nor
    /// what else is looked at is known, or its health was not read.
    pub(super) fn mark_unread<'e>(
        &self,
        of: &Resource,
        ends: impl IntoIterator<Item = &'e End<'a>>,
        list: &str,
        health: &[&str],
        looked_at: &[&str],
        draft: &mut Draft,
    ) where
        'a: 'e,
    {
        for end in ends {
            let reason = match end.resource {
                None => match end.region.map(|region| self.seen.gap(end.account, region, of.kind)) {
                    Some(Some(gap)) => gap.sentence(),
                    _ => "it was not found".to_owned(),
                },
                Some(_) if end.usable().is_known() => continue,
                Some(other) if other.status.as_ref().is_none_or(|status| status.healthy.is_unknown()) => {
                    why(other, "status.healthy")
                }
                Some(other) if other.kind.info().class == Class::Bucket => why(other, "backup.versioned"),
                Some(other) => why(other, "replication.healthy"),
            };
            let unseen = if end.resource.is_none() { looked_at } else { &[] };
            for fact in health.iter().chain(unseen) {
                draft.mark(format!("joined.{list}.{fact}"), reason.clone());
            }
        }
    }

    /// Why there may be more replicas than were found.
    fn replicas_gap(&self, at: At, recovery: &Recovery<'a>) -> Option<String> {
        let resource = self.index.get(at);
        let replication = resource.replication.as_ref()?;
        let listed = if self.kinds.provider_replicated(resource.kind) {
            ("replication.regions", replication.regions.is_unknown())
        } else {
            ("replication.replicas", replication.replicas.is_unknown())
        };
        // The provider's own list is enough; else everything that could be a replica has to have been seen.
        let in_doubt = listed.1 || resource.unknown.contains_key(listed.0);
        let of_replicas = if in_doubt {
            match self.search_gap(resource, recovery, self.kinds.live(resource.kind), true) {
                Some(gap) => Some(gap.sentence()),
                None if self.kinds.provider_replicated(resource.kind) => Some(why(resource, listed.0)),
                None => None,
            }
        } else {
            None
        };
        of_replicas.or_else(|| self.global_gap(at)).or_else(|| self.stray(resource, self.kinds.live(resource.kind)))
    }

    /// Why the members of its global cluster or datastore may be more than were found.
    pub(super) fn global_gap(&self, at: At) -> Option<String> {
        let resource = self.index.get(at);
        if !self.kinds.has_global(resource.kind) {
            return None;
        }
        let path = "replication.global";
        let Some(replication) = &resource.replication else { return Some(why(resource, path)) };
        let globals: Vec<_> = self
            .index
            .to(at, Rel::MemberOf)
            .map(|at| self.index.get(at))
            .filter(|other| other.kind.info().mechanism.is_some())
            .collect();
        match (&replication.global, globals.as_slice()) {
            (Fact::Absent, []) => None,
            (_, [global, ..]) => match &global.global {
                Some(facet) if facet.members.is_known() && !global.unknown.contains_key("global.members") => None,
                _ => Some(format!("the members of {} are not known", global.name)),
            },
            (Fact::Unknown, []) => Some(why(resource, path)),
            (Fact::Known(global), []) => Some(format!("{} was not collected", names::tail(global))),
        }
    }

    fn join_source(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        let resource = self.index.get(at);
        let own = resource.replication.as_ref();
        let stated = own.map(|replication| replication.source.as_ref());
        if let Some(source) = self.index.to(at, Rel::ReplicaOf).next() {
            let end = End::of(Via::Replica, self.index.get(source), None);
            draft.rests_on("source", end.resource);
            let mut peer = end.peer(resource, recovery);
            peer.writer = self
                .index
                .get(source)
                .replication
                .as_ref()
                .map_or(Fact::Unknown, |replication| replication.role.as_ref().map(|role| role != "replica"));
            draft.joined.source = Fact::Known(peer);
            return;
        }
        let role = own.and_then(|replication| replication.role.text());
        if matches!(role, Some("replica") | None) && self.kinds.has_global(resource.kind) {
            let writer = ends.iter().find(|end| role.is_some() && end.writes() == Fact::Known(true));
            if let Some(writer) = writer {
                draft.joined.source = Fact::Known(writer.peer(resource, recovery));
                return;
            }
            let is_absent = stated.as_ref().is_some_and(Fact::is_absent);
            // One of those that it stands with may be its source.
            let may_follow =
                |end: &End<'_>| end.writes().is_unknown() || (role.is_none() && end.writes() == Fact::Known(true));
            if is_absent && ends.iter().any(may_follow) {
                let reason = match role {
                    Some(_) => "which of those that it is replicated with writes is not known".to_owned(),
                    None => why(resource, "replication.role"),
                };
                return draft.mark("joined.source", reason);
            }
        }
        match stated {
            Some(Fact::Known(source)) if self.index.is_gone(source) => draft.joined.source = Fact::Absent,
            Some(Fact::Known(source)) => {
                let arn = Arn::parse(source);
                let (region, account) =
                    (arn.and_then(|arn| arn.known_region()), arn.and_then(|arn| arn.known_account()));
                let gap = region.map(|region| self.seen.gap(account, region, resource.kind));
                // Everything there was listed, and the source is not among it.
                if matches!(gap, Some(None)) {
                    draft.joined.source = Fact::Absent;
                    return;
                }
                let end = End::listed(Via::Replica, source.clone(), region, account);
                draft.joined.source = Fact::Known(end.peer(resource, recovery));
            }
            Some(Fact::Unknown) if role == Some("replica") || role.is_none() => {
                draft.mark("joined.source", why(resource, "replication.source"));
            }
            Some(Fact::Absent | Fact::Unknown) | None => draft.joined.source = Fact::Absent,
        }
    }
}

/// Whether a copy that the provider keeps takes what is written. A bucket without versions neither gives nor takes.
fn takes(own: &Resource, copy: &Resource) -> Fact<bool> {
    let versioned = |bucket: &Resource| bucket.backup.as_ref().map_or(Fact::Unknown, |backup| backup.versioned);
    match (own.kind.info().class, &own.replication) {
        (Class::Bucket, _) => match (versioned(own), versioned(copy)) {
            (Fact::Known(true), Fact::Known(true)) => Fact::Known(true),
            (Fact::Known(false), _) | (_, Fact::Known(false)) => Fact::Known(false),
            _ => Fact::Unknown,
        },
        (_, Some(replication)) => copy.region().map_or(Fact::Unknown, |region| follows_in(replication, region)),
        (_, None) => Fact::Unknown,
    }
}

/// Whether the copy in a region takes what is written, as the source says.
fn follows_in(replication: &Replication, region: &str) -> Fact<bool> {
    match &replication.broken_regions {
        Fact::Known(broken) => Fact::Known(broken.iter().all(|it| it != region)),
        // That it follows nobody says nothing of who follows it.
        _ => replication.healthy.or_unknown(),
    }
}

impl<'a> End<'a> {
    fn of(via: Via, resource: &'a Resource, member: Option<&'a GlobalMember>) -> Self {
        Self {
            via,
            id: Some(resource.id.clone()),
            region: resource.region(),
            account: resource.account(),
            resource: Some(resource),
            member,
            follows: match &resource.replication {
                Some(replication) => replication.healthy,
                // A key is made once and follows nobody.
                None if resource.key.is_some() => Fact::Absent,
                None => Fact::Unknown,
            },
        }
    }

    fn listed(via: Via, id: String, region: Option<&'a str>, account: Option<&'a str>) -> Self {
        Self { via, id: Some(id), region, account, resource: None, member: None, follows: Fact::Unknown }
    }

    /// It takes the writes.
    fn writes(&self) -> Fact<bool> {
        match (self.via, self.member) {
            (Via::Replica, _) => Fact::Known(false),
            (_, Some(member)) => member.writer,
            (Via::Provider, None) => Fact::Unknown,
            (_, None) => self
                .resource
                .and_then(|resource| resource.replication.as_ref())
                .map_or(Fact::Unknown, |own| own.role.as_ref().map(|role| role == "primary")),
        }
    }

    /// It is available, and follows its source.
    pub(super) fn usable(&self) -> Fact<bool> {
        if self.via == Via::Provider && self.resource.is_none() {
            return self.follows;
        }
        let healthy = self.resource.and_then(|resource| resource.status.as_ref()).map_or(Fact::Unknown, |s| s.healthy);
        // The writer follows nobody.
        let writes = self.via != Via::Replica && self.writes() == Fact::Known(true);
        let follows = if writes && !self.follows.is_known() { Fact::Absent } else { self.follows };
        match (healthy, follows) {
            (Fact::Known(false), _) | (_, Fact::Known(false)) => Fact::Known(false),
            (Fact::Known(true), Fact::Known(true) | Fact::Absent) => Fact::Known(true),
            _ => Fact::Unknown,
        }
    }

    pub(super) fn state(&self) -> Fact<String> {
        self.resource.and_then(|resource| resource.status.as_ref()).map_or(Fact::Unknown, |status| status.state.clone())
    }

    /// Whether it is in the recovery place. Database replication never leaves the account.
    pub(super) fn in_recovery_place(&self, recovery: &Recovery<'_>) -> Fact<bool> {
        recovery.holds(self.region, self.account, true)
    }

    fn peer(&self, of: &Resource, recovery: &Recovery<'_>) -> Peer {
        let other = self.resource;
        let name = match (other, &self.id) {
            (Some(other), _) => Fact::Known(other.name.clone()),
            (None, Some(id)) => Fact::from(names::tail(id)),
            (None, None) => Fact::Unknown,
        };
        let database = other.and_then(|other| other.database.as_ref());
        let redundancy = other.and_then(|other| other.redundancy.as_ref());
        Peer {
            id: Fact::from_known(self.id.clone()),
            name,
            region: Fact::from_known(self.region.map(str::to_owned)),
            cross_region: Fact::from_known(self.region.zip(of.region()).map(|(other, own)| other != own)),
            in_recovery_place: self.in_recovery_place(recovery),
            writer: self.writes(),
            state: self.state(),
            healthy: self.usable(),
            engine_version: database.map_or(Fact::Unknown, |database| database.engine_version.clone()),
            multi_zone: redundancy.map_or(Fact::Unknown, |redundancy| redundancy.multi_zone),
            instances: redundancy.map_or(Fact::Unknown, |redundancy| redundancy.instances),
            types: other.and_then(|other| other.capacity.as_ref()).map_or(Fact::Unknown, |c| c.types.clone()),
        }
    }
}
