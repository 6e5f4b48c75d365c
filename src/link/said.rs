//! Where edges come from: what a resource states of itself, what its facets imply, and what the other end says.

use super::edges::{At, Edge};
use super::index::{Index, place};
use crate::model::{Confidence, Fact, Firewall, FirewallRule, Kind, Rel, Resource};

/// What says that an edge is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The fact, of either end: `encryption.key`. `links` is what the provider or the code states as a relation.
    pub field: &'static str,
    /// The part of the resource, where several could say it: `container api, secret DB_PASSWORD`.
    pub part: Option<&'a str>,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Said<'_> {
    pub(super) fn declared(field: &'static str) -> Self {
        Self { field, part: None, confidence: Confidence::Declared }
    }

    fn matched(field: &'static str) -> Self {
        Self { confidence: Confidence::Matched, ..Self::declared(field) }
    }

    /// A backup that exists was made.
    fn observed(field: &'static str) -> Self {
        Self { confidence: Confidence::Observed, ..Self::declared(field) }
    }
}

/// The rules of a firewall, with the fact that they stand in.
fn rules_of(firewall: &Firewall) -> impl Iterator<Item = (&FirewallRule, &'static str)> {
    let all = [("firewall.ingress", &firewall.ingress), ("firewall.egress", &firewall.egress)];
    all.into_iter().flat_map(|(field, rules)| rules.known().into_iter().flatten().map(move |rule| (rule, field)))
}

/// Of recovery points and jobs, and where plans keep and copy what they make.
fn backups<'a>(resource: &'a Resource, to: &mut impl FnMut(Rel, &'a str, Said<'a>)) {
    let mut named = |rel: Rel, fact: &'a Fact<String>, said: Said<'a>| {
        fact.text().into_iter().for_each(|text| to(rel, text, said));
    };
    if let Some(point) = &resource.recovery_point {
        named(Rel::BackupOf, &point.source, Said::observed("recovery_point.source"));
        named(Rel::StoredIn, &point.vault, Said::observed("recovery_point.vault"));
    }
    if let Some(job) = &resource.job {
        named(Rel::BackupOf, &job.source, Said::observed("job.source"));
    }
    for rule in resource.plan.iter().filter_map(|plan| plan.rules.known()).flatten() {
        for vault in [&rule.vault, &rule.air_gapped_vault] {
            named(Rel::StoredIn, vault, Said::declared("plan.rules"));
        }
        for copy in rule.copies.known().into_iter().flatten() {
            named(Rel::CopiesTo, &copy.vault, Said::declared("plan.rules"));
        }
    }
}

impl<'a> Index<'a> {
    /// The edges that a resource knows of: those that are stated, and those that its facets imply.
    pub(super) fn edges(&self, from: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        if resource.is_deleted() {
            return;
        }
        Self::references(resource, &mut |rel, text, said| {
            if let Some(at) = self.resolve(resource, rel, text).filter(|at| *at != from) {
                found((from, rel, at), said);
            }
        });
        self.traffic_edges(from, resource, found);
        self.workload_edges(from, resource, found);
        self.network_edges(from, resource, found);
        self.listed_edges(from, resource, found);
        self.trusted_edges(from, resource, found);
    }

    /// What says that there is this edge, if anything still does.
    pub(super) fn said(&self, edge: Edge) -> Option<Said<'a>> {
        let (from, _, to) = edge;
        let mut said = None;
        // Either end may be the one that says it.
        for at in [from, to] {
            self.edges(at, self.get(at), &mut |own, says| {
                if own == edge {
                    said.get_or_insert(says);
                }
            });
        }
        said
    }

    /// Everything that a resource names as the end of an edge: by its id, an address or a bare name.
    pub(super) fn references(resource: &'a Resource, to: &mut impl FnMut(Rel, &'a str, Said<'a>)) {
        for link in resource.links.iter().filter(|link| link.rel != Rel::TrustsIssuer) {
            to(link.rel, &link.to, Said { part: link.at.as_deref(), ..Said::declared("links") });
        }
        let [encryption, replication, database, kubernetes, key, rotation, image] = [
            resource.encryption.as_ref().map(|it| ("encryption.key", Rel::EncryptedBy, &it.key)),
            resource.replication.as_ref().map(|it| ("replication.source", Rel::ReplicaOf, &it.source)),
            resource.database.as_ref().map(|it| ("database.cluster", Rel::MemberOf, &it.cluster)),
            resource.kubernetes.as_ref().map(|it| ("kubernetes.cluster", Rel::MemberOf, &it.cluster)),
            resource.key.as_ref().map(|it| ("key.primary", Rel::ReplicaOf, &it.primary)),
            resource.secret.as_ref().map(|it| ("secret.rotation_function", Rel::RotatedBy, &it.rotation_function)),
            resource.machine_image.as_ref().map(|it| ("machine_image.source", Rel::CopyOf, &it.source)),
        ];
        let global = resource.replication.as_ref().map(|it| ("replication.global", Rel::MemberOf, &it.global));
        let group =
            resource.database.as_ref().map(|it| ("database.subnet_group", Rel::InSubnetGroup, &it.subnet_group));
        for (field, rel, fact) in
            [encryption, replication, global, database, group, kubernetes, key, rotation, image].into_iter().flatten()
        {
            fact.text().into_iter().for_each(|text| to(rel, text, Said::declared(field)));
        }
        for subnet in resource.network.iter().filter_map(|network| network.subnets.known()).flatten() {
            to(Rel::InSubnet, subnet, Said::declared("network.subnets"));
        }
        let routes_lead = resource.kind.info().has(Rel::RoutedBy);
        for route in
            resource.routing.iter().filter(|_| routes_lead).filter_map(|routing| routing.routes.known()).flatten()
        {
            let said = Said { part: route.destination.text(), ..Said::declared("routing.routes") };
            route.target.text().into_iter().for_each(|target| to(Rel::RoutedBy, target, said));
        }
        for (rule, field) in resource.firewall.iter().flat_map(|firewall| rules_of(firewall)) {
            let sides = [&rule.groups, &rule.prefix_lists].into_iter().filter_map(Fact::known).flatten();
            sides.for_each(|side| to(Rel::LetsThrough, side, Said::declared(field)));
        }
        backups(resource, to);
    }

    /// The attachments that routes to a transit gateway take, and the zone that a part of the names of another is handed
    /// on to.
    fn network_edges(&self, from: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        let vpc = resource.network.as_ref().and_then(|network| network.vpc.text());
        for route in resource.routing.iter().filter_map(|routing| routing.routes.known()).flatten() {
            let target = route.target.text().filter(|_| route.via.text() == Some("transit-gateway"));
            if let Some(to) = vpc.zip(target).and_then(|(vpc, gateway)| self.attachment(vpc, gateway)) {
                let said = Said { part: route.destination.text(), ..Said::matched("routing.routes") };
                found((from, Rel::RoutedBy, to), said);
            }
        }
        let handed_on = resource.dns.as_ref().filter(|dns| dns.record_type.text() == Some("NS"));
        if let Some(name) = handed_on.and_then(|dns| dns.name.text()) {
            // Every zone has such a record of its own name, too.
            let own = resource.links_to(Rel::MemberOf).find_map(|zone| self.resolve(resource, Rel::MemberOf, zone));
            if own.is_some_and(|own| self.get(own).dns.as_ref().and_then(|dns| dns.name.text()) != Some(name)) {
                self.zones(name).for_each(|at| found((from, Rel::DelegatesTo, at), Said::matched("dns.name")));
            }
        }
    }

    /// Host names that records and edges hand on to, and whoever answers to them.
    fn traffic_edges(&self, from: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        for host in resource.dns.iter().filter_map(|dns| dns.targets.known()).flatten() {
            for at in self.owners(host).filter(|at| *at != from) {
                found((from, Rel::SendsTo, at), Said::matched("dns.targets"));
            }
        }
        let routes = resource.traffic.iter().filter_map(|traffic| traffic.routes.known()).flatten();
        for origin in routes.filter_map(|route| route.origins.known()).flatten() {
            let ends = origin.target.text().map(|target| self.answering(target)).unwrap_or_default();
            for at in ends.into_iter().filter(|at| *at != from) {
                found((from, Rel::SendsTo, at), Said::matched("traffic.routes"));
            }
        }
    }

    /// Repositories of the images that something runs, log groups that it writes to, roles that its machines take on, and
    /// the places that it is told of.
    fn workload_edges(&self, from: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        let Some(workload) = &resource.workload else { return };
        for image in workload.images.known().into_iter().flatten() {
            let (Some(account), Some(region), Some(name)) =
                (image.account.text(), image.region.text(), image.repository.text())
            else {
                continue;
            };
            if let Some(to) = self.by_name(Kind::of("aws.ecr.repository"), account, region, name) {
                found((from, Rel::UsesImage, to), Said::declared("workload.images"));
            }
        }
        let (account, _) = place(resource);
        for log in workload.logs.known().into_iter().flatten() {
            let (Some(region), Some(name)) = (log.region.text(), log.group.text()) else { continue };
            if let Some(to) = self.by_name_from(resource, (Kind::of("aws.logs.group"), account, region, name)) {
                found((from, Rel::LogsTo, to), Said::declared("workload.logs"));
            }
        }
        for profile in workload.instance_profiles.known().into_iter().flatten() {
            if let Some(to) = self.profiles.role(account, profile) {
                found((from, Rel::Assumes, to), Said::declared("workload.instance_profiles"));
            }
        }
        for mention in workload.mentions.known().into_iter().flatten() {
            for (rel, to) in self.mentioned(mention).into_iter().filter(|(_, at)| *at != from) {
                found((from, rel, to), Said { part: mention.at.text(), ..Said::matched("workload.mentions") });
            }
        }
    }

    /// Edges that the other end states: a source lists its replicas, a global cluster its members.
    fn listed_edges(&self, at: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        let replicas = resource.replication.iter().filter_map(|replication| replication.replicas.known()).flatten();
        for replica in replicas.filter_map(|replica| self.resolve(resource, Rel::ReplicaOf, replica)) {
            // What the replica says of its source itself is the newer word: it may have been promoted.
            let own = self.get(replica).replication.as_ref();
            // Of two buckets that name each other, neither is just a copy.
            if own.and_then(|own| own.replicas.known()).is_some_and(|named| named.contains(&resource.id)) {
                continue;
            }
            if replica != at && own.is_none_or(|replication| replication.source.is_unknown()) {
                found((replica, Rel::ReplicaOf, at), Said::declared("replication.replicas"));
            }
        }
        // A target group does not say what registers with it.
        for link in resource.links.iter().filter(|link| link.rel == Rel::ReachedBy) {
            if let Some(group) = self.by_id(&link.to) {
                found((group, Rel::SendsTo, at), Said { part: link.at.as_deref(), ..Said::declared("links") });
            }
        }
        let keys = resource.key.iter().filter_map(|key| key.replicas.known()).flatten();
        for key in keys.filter_map(|key| self.by_id(key)) {
            found((key, Rel::ReplicaOf, at), Said::declared("key.replicas"));
        }
        let (account, _) = place(resource);
        for member in resource.global.iter().filter_map(|global| global.members.known()).flatten() {
            let Some(id) = member.id.text() else { continue };
            let named = || {
                let region = member.region.text()?;
                let members = |kind: &Kind| kind.info().targets(Rel::MemberOf).contains(&resource.kind.name());
                Kind::all().filter(members).find_map(|kind| self.by_name(kind, account, region, id))
            };
            if let Some(member) = self.by_id(id).or_else(named) {
                found((member, Rel::MemberOf, at), Said::declared("global.members"));
            }
        }
    }

    /// The clusters whose issuer a role names.
    fn trusted_edges(&self, at: At, resource: &'a Resource, found: &mut impl FnMut(Edge, Said<'a>)) {
        let issuers = resource.role.iter().filter_map(|role| role.trusted_issuers.known()).flatten();
        let issuers = issuers.map(|issuer| (issuer, Said::matched("role.trusted_issuers")));
        let links = resource.links.iter().filter(|link| link.rel == Rel::TrustsIssuer);
        let links = links.map(|link| (&link.to, Said::declared("links")));
        for (issuer, said) in issuers.chain(links) {
            for to in self.of_kind(Kind::of("aws.eks.cluster")).iter().copied() {
                let cluster = self.get(to);
                let own = cluster.kubernetes.as_ref().and_then(|kubernetes| kubernetes.issuer.text());
                let address = cluster.origin.scoped_address();
                if own == Some(issuer) || cluster.id == *issuer || address.as_deref() == Some(issuer.as_str()) {
                    found((at, Rel::TrustsIssuer, to), said);
                }
            }
        }
    }
}
