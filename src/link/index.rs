//! The index: every resource by its names, and every edge both ways. Texts are borrowed from the inventory.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use rayon::prelude::*;

use super::edges::{At, Edge, Edges};
use super::profiles::Profiles;
use crate::model::{Class, Fact, Kind, Mention, Rel, Resource};
use crate::print::ByText;
use crate::providers::aws::names::{Arn, bare_host, bucket_of_host, partition, region_of_own_host, tail};

/// A name in a place: kind, account, region, name. An unknown account or region is the empty text.
type Named<'a> = (Kind, &'a str, &'a str, &'a str);

/// Found under that name: one resource, or too many to tell.
#[derive(Clone, Copy)]
enum Hit {
    One(At),
    Many,
}

/// Resources whose edges a thread makes at once.
const CHUNK: usize = 4096;

/// Resources that are looked at for one host name: it has one owner, or a set of records.
const MAX_OF_HOST: usize = 64;

pub(super) struct Index<'a> {
    resources: &'a [Resource],
    by_id: ByText<&'a str, At>,
    /// By Terraform address, which is another name of what has an ARN.
    by_address: HashMap<Cow<'a, str>, At>,
    by_name: ByText<Named<'a>, Hit>,
    /// The same, within one of several stacks.
    by_name_in: HashMap<(&'a str, Named<'a>), Hit>,
    by_alias: ByText<(&'a str, &'a str, &'a str), At>,
    /// What answers to a host name, and records by theirs.
    by_host: ByText<&'a str, Vec<At>>,
    /// Ids of what the plan takes away: a provider's list that names one of them is out of date.
    gone: HashSet<&'a str>,
    /// The same by what it was called in its place.
    gone_names: HashSet<Named<'a>>,
    /// Members that name the same global cluster or datastore, by its id.
    by_global: HashMap<&'a str, Vec<At>>,
    /// Public zones by their names, which zones of other accounts hand names on to.
    zones: HashMap<&'a str, Vec<At>>,
    /// Attachments by network and transit gateway, as routes name the one and the attachment both.
    attachments: HashMap<(&'a str, &'a str), At>,
    by_kind: Vec<Vec<At>>,
    pub(super) profiles: Profiles<'a>,
    /// Edges by where they start, and by where they end.
    outgoing: Edges,
    incoming: Edges,
}

impl<'a> Index<'a> {
    pub(super) fn new(resources: &'a [Resource]) -> Self {
        let mut index = Self {
            resources,
            by_id: ByText::with_capacity_and_hasher(resources.len(), BuildHasherDefault::default()),
            by_address: HashMap::new(),
            by_name: ByText::default(),
            by_name_in: HashMap::new(),
            by_alias: ByText::default(),
            by_host: ByText::default(),
            gone: HashSet::new(),
            gone_names: HashSet::new(),
            by_global: HashMap::new(),
            zones: HashMap::new(),
            attachments: HashMap::new(),
            by_kind: vec![Vec::new(); crate::model::KINDS.len()],
            profiles: Profiles::default(),
            outgoing: Edges::new(0, Vec::new()),
            incoming: Edges::new(0, Vec::new()),
        };
        for (at, resource) in (0..).zip(resources) {
            index.add(at, resource);
        }
        let names_hosts = |resource: &Resource| {
            resource.workload.is_some()
                || resource.dns.is_some()
                || matches!(resource.kind.info().class, Class::Edge | Class::Api)
        };
        if resources.iter().any(names_hosts) {
            index.add_hosts();
        }
        let parts: Vec<Vec<Edge>> = resources
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(part, resources)| {
                let mut edges = Vec::new();
                for (at, resource) in ((part * CHUNK) as At..).zip(resources) {
                    index.edges(at, resource, &mut |edge, _| edges.push(edge));
                }
                edges
            })
            .collect();
        let edges = parts.concat();
        drop(parts);
        index.incoming = Edges::new(resources.len(), edges.iter().map(|(from, rel, to)| (*to, *rel, *from)).collect());
        index.outgoing = Edges::new(resources.len(), edges);
        index
    }

    fn add(&mut self, at: At, resource: &'a Resource) {
        if resource.is_deleted() {
            self.gone.insert(&resource.id);
            let (account, region) = place(resource);
            let names = [resource.name.as_str(), tail(&resource.id)];
            self.gone_names.extend(names.map(|name| (resource.kind, account, region, name)));
            return;
        }
        self.by_id.insert(&resource.id, at);
        if let Some(address) = resource.origin.scoped_address() {
            self.by_address.entry(address).or_insert(at);
        }
        if let Some(of_kind) = self.by_kind.get_mut(resource.kind.index()) {
            of_kind.push(at);
        }
        let (account, region) = place(resource);
        // What is only ever pointed from needs no names, and there is a lot of it.
        if resource.recovery_point.is_none() && resource.job.is_none() {
            let bare = tail(&resource.id);
            // The last part of `/orders/password` names no parameter, but another may be called so.
            let is_name = resource.name == bare || resource.name.contains('/');
            for name in [resource.name.as_str(), bare].into_iter().take(if is_name { 1 } else { 2 }) {
                let named = (resource.kind, account, region, name);
                self.by_name.entry(named).and_modify(|hit| *hit = Hit::Many).or_insert(Hit::One(at));
                if let Some(stack) = &resource.origin.stack {
                    let hit = self.by_name_in.entry((stack, named));
                    hit.and_modify(|hit| *hit = Hit::Many).or_insert(Hit::One(at));
                }
            }
        }
        self.profiles.add(account, at, resource);
        for alias in resource.key.iter().filter_map(|key| key.aliases.known()).flatten() {
            self.by_alias.entry((account, region, alias)).or_insert(at);
        }
        if let Some(global) = resource.replication.as_ref().and_then(|replication| replication.global.text()) {
            self.by_global.entry(global).or_default().push(at);
        }
        match resource.kind.info().class {
            Class::DnsZone => self.add_zone(at, resource),
            Class::NetworkConnection => self.add_connection(at, resource),
            _ => {}
        }
    }

    fn add_zone(&mut self, at: At, resource: &'a Resource) {
        let dns = resource.dns.as_ref().filter(|dns| dns.private == Fact::Known(false));
        dns.and_then(|dns| dns.name.text()).into_iter().for_each(|name| self.zones.entry(name).or_default().push(at));
    }

    fn add_connection(&mut self, at: At, resource: &'a Resource) {
        let Some(network) = &resource.network else { return };
        for gateway in
            network.peers.known().into_iter().flatten().filter(|_| network.via.text() == Some("transit-gateway"))
        {
            self.attachments.extend(network.vpc.text().map(|vpc| ((vpc, gateway.as_str()), at)));
        }
    }

    /// Only what is told of places, records and edges can name hosts.
    fn add_hosts(&mut self) {
        for (at, resource) in (0..).zip(self.resources).filter(|(_, resource)| !resource.is_deleted()) {
            let traffic = resource.traffic.as_ref();
            let answers = traffic.and_then(|traffic| traffic.dns_name.text());
            let aliases = traffic.and_then(|traffic| traffic.aliases.known()).into_iter().flatten();
            let endpoints = resource.database.iter().filter_map(|database| database.endpoints.known()).flatten();
            let record = resource.dns.as_ref().filter(|dns| dns.record_type.is_known()).and_then(|dns| dns.name.text());
            let named = aliases.chain(endpoints).map(String::as_str);
            for host in answers.into_iter().chain(named).chain(record) {
                self.by_host.entry(host).or_default().push(at);
            }
        }
    }

    /// The database, cache or load balancer that is reached under that host name.
    pub(super) fn by_host(&self, host: &str) -> Option<At> {
        self.owners(host).find(|at| self.get(*at).dns.is_none())
    }

    pub(super) fn get(&self, at: At) -> &'a Resource {
        &self.resources[at as usize]
    }

    pub(super) fn by_id(&self, id: &str) -> Option<At> {
        self.by_id.get(id).or_else(|| self.by_address.get(id)).copied()
    }

    /// What answers to a host name: a load balancer, a database, or records of that name.
    pub(super) fn owners(&self, host: &str) -> impl Iterator<Item = At> {
        let found = self.by_host.get(bare_host(host)).map(Vec::as_slice).unwrap_or_default();
        found.iter().copied().take(MAX_OF_HOST)
    }

    /// What an edge or a record means by a host name, or by an id where code refers to a resource.
    pub(super) fn answering(&self, target: &str) -> Vec<At> {
        let mut found: Vec<At> = self.by_id(target).into_iter().chain(self.owners(target)).collect();
        if let Some(bucket) = bucket_of_host(target).filter(|_| found.is_empty()) {
            let of = region_of_own_host(target).map_or("aws", partition);
            found.extend(self.by_id(&format!("arn:{of}:s3:::{bucket}")));
        }
        found
    }

    /// Public zones of a name. Hosts of one name are in one zone, or in a few of which all but one are left over.
    pub(super) fn zones(&self, name: &str) -> impl Iterator<Item = At> {
        self.zones.get(name).into_iter().flatten().copied().take(MAX_OF_HOST)
    }

    /// The attachment of a network to a transit gateway.
    pub(super) fn attachment(&self, vpc: &str, gateway: &str) -> Option<At> {
        self.attachments.get(&(vpc, gateway)).copied()
    }

    pub(super) fn is_gone(&self, id: &str) -> bool {
        self.gone.contains(id)
    }

    /// The same of a name in a place.
    pub(super) fn is_name_gone(&self, named: Named<'_>) -> bool {
        self.gone_names.contains(&named)
    }

    pub(super) fn of_kind(&self, kind: Kind) -> &[At] {
        self.by_kind.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn by_global(&self, global: &str) -> &[At] {
        self.by_global.get(global).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn by_name(&self, kind: Kind, account: &str, region: &str, name: &str) -> Option<At> {
        match self.by_name.get(&(kind, account, region, name)) {
            Some(Hit::One(at)) => Some(*at),
            Some(Hit::Many) | None => None,
        }
    }

    /// The same, where a resource of one stack says it: what has the name in its own stack is meant, whatever has it in
    /// others whose places are as little known.
    pub(super) fn by_name_from(&self, from: &Resource, named: Named<'_>) -> Option<At> {
        let own = from.origin.stack.as_deref().and_then(|stack| self.by_name_in.get(&(stack, named)));
        match own {
            Some(Hit::One(at)) => Some(*at),
            // Its own stack has two of them: one of another stack is not meant.
            Some(Hit::Many) => None,
            None => self.by_name(named.0, named.1, named.2, named.3),
        }
    }

    /// What an ARN names, of which another stack plans to make it, so that nobody knows its ARN yet.
    fn by_future_arn(&self, from: &Resource, rel: Rel, text: &str) -> Option<At> {
        let arn = Arn::parse(text)?;
        let (account, region) = (arn.known_account()?, arn.region);
        let found = targets(rel, from.kind).find_map(|kind| self.by_name(kind, account, region, tail(text)));
        found.filter(|at| !self.get(*at).id.starts_with("arn:"))
    }

    /// The key of that alias, given without `alias/`.
    pub(super) fn by_alias(&self, account: &str, region: &str, alias: &str) -> Option<At> {
        self.by_alias.get(&(account, region, alias)).copied()
    }

    /// A key by whatever names one: its ARN, id, alias, alias ARN or Terraform address.
    pub(super) fn key(&self, account: &str, region: &str, text: &str) -> Option<At> {
        let in_place = |account, region, name: &str| match name.strip_prefix("alias/") {
            Some(alias) => self.by_alias(account, region, alias),
            None => self.by_name(Kind::of("aws.kms.key"), account, region, name),
        };
        self.by_id(text).or_else(|| match Arn::parse(text) {
            Some(arn) => in_place(arn.known_account()?, arn.known_region()?, arn.resource),
            None => in_place(account, region, text),
        })
    }

    /// Ends of a resource's edges of that type.
    pub(super) fn to(&self, from: At, rel: Rel) -> impl Iterator<Item = At> {
        self.outgoing.of(from, rel)
    }

    /// Starts of the edges of that type that end at a resource.
    pub(super) fn from(&self, to: At, rel: Rel) -> impl Iterator<Item = At> {
        self.incoming.of(to, rel)
    }

    /// Everything that a resource has an edge to, with its type.
    pub(super) fn all_to(&self, from: At) -> impl Iterator<Item = (Rel, At)> {
        self.outgoing.all(from).iter().copied()
    }

    /// Everything that has an edge to a resource, with its type.
    pub(super) fn all_from(&self, to: At) -> impl Iterator<Item = (Rel, At)> {
        self.incoming.all(to).iter().copied()
    }

    /// The resource that a text stands for, as the target of an edge: id, Terraform address, or the bare name of
    /// something in the same place.
    pub(super) fn resolve(&self, from: &'a Resource, rel: Rel, text: &'a str) -> Option<At> {
        if let Some(at) = self.by_id(text) {
            return Some(at);
        }
        // An API calls hosts, too.
        if let Some(at) = self.owners(text).next().filter(|_| rel == Rel::SendsTo) {
            return Some(at);
        }
        let (account, mut region) = place(from);
        if rel == Rel::EncryptedBy {
            return self.key(account, region, text);
        }
        if rel == Rel::ReadsSecret {
            return self.secret(from, text);
        }
        if text.starts_with("arn:") {
            return self.by_future_arn(from, rel, text);
        }
        // A security group of another account has that in front.
        if let Some((other, group)) = text.split_once('/').filter(|_| rel == Rel::LetsThrough) {
            return targets(rel, from.kind).find_map(|kind| self.by_name(kind, other, region, group));
        }
        let copied = from.recovery_point.as_ref().map(|point| &point.source_region);
        let copied = copied.or_else(|| from.machine_image.as_ref().map(|image| &image.source_region));
        if let Some(source_region) = copied.and_then(Fact::text) {
            region = source_region;
        }
        targets(rel, from.kind).find_map(|kind| {
            // Roles and global clusters have no region of their own.
            let at = |region| self.by_name_from(from, (kind, account, region, text));
            at(region).or_else(|| at(""))
        })
    }

    /// What a place is that something is told of, and what it is to it.
    pub(super) fn mentioned(&self, mention: &Mention) -> Vec<(Rel, At)> {
        let Some(value) = mention.value.text() else { return Vec::new() };
        let named = self.by_host(value).or_else(|| self.by_id(value));
        // A name of the own domain is that of records.
        let all = named.map_or_else(|| self.owners(value).collect(), |at| vec![at]);
        let rel = |at: At| match self.get(at).kind.info().class {
            Class::Secret => Rel::ReadsSecret,
            _ => Rel::ConnectsTo,
        };
        all.into_iter().map(|at| (rel(at), at)).collect()
    }
}

/// Account and region of a resource for a look by name, empty where unknown or absent. Of several stacks whose accounts
/// are not known, each stands for an account of its own: that two of them work in the same one would be a guess.
pub(super) fn place(resource: &Resource) -> (&str, &str) {
    let stack = || resource.origin.stack.as_deref().unwrap_or_default();
    (resource.account().unwrap_or_else(stack), resource.region().unwrap_or_default())
}

/// What a bare name may mean as the target of an edge.
fn targets(rel: Rel, from: Kind) -> impl Iterator<Item = Kind> {
    from.info().targets(rel).iter().map(|name| Kind::of(name))
}
