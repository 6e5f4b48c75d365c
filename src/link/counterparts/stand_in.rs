//! What stands in for compute, load balancers and caches: the provider knows no link between two regions, so names and applications
//! have to tell. Where they do not, the answer is not known.

use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

use super::super::edges::At;
use super::super::index::place;
use super::super::lookups::Standing;
use super::super::place::Target;
use super::super::zones::is_behind_a_cluster;
use super::super::{Estate, why};
use crate::kinds::Rule;
use crate::model::{Class, Fact, Kind, Rel, Resource, Traffic};
use crate::providers::aws::names;

/// Account and region, empty where they are not known.
type Place<'a> = (&'a str, &'a str);

/// What a search for a stand-in came to.
pub(in crate::link) enum StandIn {
    /// It is there, and how we know.
    There(At, &'static str),
    /// Why it cannot be told.
    Unclear(String),
    Nowhere,
}

impl<'a> Estate<'a> {
    /// Finds everything that may stand in for something.
    pub(in crate::link) fn standing(&self) -> Standing<'a> {
        let mut standing = Standing::default();
        for kind in Kind::all().filter(|kind| is_named(*kind)) {
            for at in self.index.of_kind(kind) {
                let resource = self.index.get(*at);
                if is_behind_a_cluster(resource) || is_member(resource) {
                    continue;
                }
                let names = standing.by_place.entry((kind, place(resource))).or_default();
                names.entry(self.key(*at)).or_default().push(*at);
            }
        }
        standing.numbers = standing.by_place.keys().copied().zip(0..).collect();
        standing
    }

    /// Searches the recovery place for what runs in place of a resource: one whose name is the same but for the region
    /// in it, else the only one of its application.
    pub(in crate::link) fn stand_in(&self, at: At, target: &Target<'a>) -> StandIn {
        let resource = self.index.get(at);
        if is_behind_a_cluster(resource) {
            return StandIn::Nowhere;
        }
        let (kind, there) = (resource.kind, (target.looked_in, target.region));
        let is_like = |other: &At| is_of_one_sort(resource, self.index.get(*other));
        if let Some(found) = self.best(self.named(kind, there, &self.key(at)).iter().copied().filter(is_like)) {
            return StandIn::There(found, self.how(at, found));
        }
        // There are many functions, and being the only one without a namesake says nothing of one.
        if kind.info().class == Class::Function {
            return match self.seen.more(target.account, target.region, kind) {
                Some(gap) => StandIn::Unclear(gap.sentence()),
                None => StandIn::Nowhere,
            };
        }
        let (mut own, mut perhaps) = (Vec::new(), Vec::new());
        for other in self.without_namesake(kind, there, place(resource)).iter().copied().filter(is_like) {
            match self.share_an_application(at, other) {
                Fact::Known(true) => own.push(other),
                Fact::Unknown => perhaps.push(other),
                Fact::Known(false) | Fact::Absent => {}
            }
        }
        let rivals = self.without_namesake(kind, place(resource), there);
        let rivals = rivals
            .iter()
            .copied()
            .filter(is_like)
            .filter(|other| *other != at && self.share_an_application(at, *other) != Fact::Known(false));
        match (own.as_slice(), perhaps.as_slice()) {
            ([only], []) if rivals.count() == 0 => StandIn::There(*only, "same-application"),
            ([], [only]) if kind.info().counterpart == Rule::Twin && self.is_only_pair(at, *only) => {
                match self.seen.more(target.account, target.region, kind) {
                    Some(gap) => StandIn::Unclear(gap.sentence()),
                    None => StandIn::There(*only, "only-one"),
                }
            }
            ([], []) => match self.seen.more(target.account, target.region, kind) {
                Some(gap) => StandIn::Unclear(gap.sentence()),
                None => StandIn::Nowhere,
            },
            _ => StandIn::Unclear(self.undecided(own.iter().chain(&perhaps), target)),
        }
    }

    /// Either is the only one of its kind in its place.
    fn is_only_pair(&self, at: At, other: At) -> bool {
        let alone = |at: At| {
            let resource = self.index.get(at);
            let names = self.standing.by_place.get(&(resource.kind, place(resource)));
            names.is_some_and(|names| names.values().map(Vec::len).sum::<usize>() == 1)
        };
        alone(at) && alone(other)
    }

    /// Searches the network that stands in for a resource's own for its namesake; for an endpoint, for the one that leads
    /// to the same service.
    pub(in crate::link) fn namesake_in_network(&self, at: At, target: &Target<'a>) -> StandIn {
        let resource = self.index.get(at);
        let Some(network) = self.index.to(at, Rel::InNetwork).next() else {
            return StandIn::Unclear("its network was not found".to_owned());
        };
        let network = match self.stand_in(network, target) {
            StandIn::There(network, _) => network,
            other => return other,
        };
        let named = self.named(resource.kind, (target.looked_in, target.region), &self.key(at));
        let there = named.iter().copied().filter(|other| self.index.to(*other, Rel::InNetwork).any(|of| of == network));
        match self.best(there) {
            Some(found) => StandIn::There(found, self.how(at, found)),
            None => match self.seen.more(target.account, target.region, resource.kind) {
                Some(gap) => StandIn::Unclear(gap.sentence()),
                None => self.untold(named, target, resource.kind).map_or(StandIn::Nowhere, StandIn::Unclear),
            },
        }
    }

    /// What stands there may be what is searched, though it does not say where or for what: why that is not known.
    fn untold(&self, named: &[At], target: &Target<'a>, kind: Kind) -> Option<String> {
        let lost = named.iter().find(|other| self.index.to(**other, Rel::InNetwork).next().is_none());
        if let Some(other) = lost.map(|other| self.index.get(*other)) {
            return Some(format!("the network of {} is not known", other.name));
        }
        if kind.info().class != Class::PrivateEndpoint {
            return None;
        }
        let of_kind = self.index.of_kind(kind).iter().map(|other| self.index.get(*other));
        let mut there = of_kind.filter(|other| place(other) == (target.looked_in, target.region));
        let is_silent = |other: &&Resource| other.network.as_ref().is_none_or(|network| network.service.is_unknown());
        there.find(is_silent).map(|other| format!("{}: {}", other.name, why(other, "network.service")))
    }

    /// Searches the recovery place for a cache that can take the load of this one. Any of its application can: it holds
    /// other data, and fills.
    pub(in crate::link) fn warm_cache(&self, at: At, target: &Target<'a>) -> StandIn {
        let resource = self.index.get(at);
        let there = (target.looked_in, target.region);
        // One cache can take the load of one of another kind.
        let kinds = || Kind::all().filter(|kind| kind.info().counterpart == Rule::Cache);
        let own_name = self.key(at);
        let names = kinds().filter_map(|kind| self.standing.by_place.get(&(kind, there))).flatten();
        let caches = names.flat_map(|(name, all)| all.iter().map(move |other| (*other, name)));
        let (mut own, mut perhaps) = (Vec::new(), Vec::new());
        for (other, name) in caches {
            let is_meant = if *name == own_name { Fact::Known(true) } else { self.share_an_application(at, other) };
            match (is_meant, same_protocol(resource, self.index.get(other))) {
                (Fact::Known(true), Fact::Known(true)) => own.push(other),
                (Fact::Known(false), _) | (_, Fact::Known(false)) => {}
                _ => perhaps.push(other),
            }
        }
        match (self.best(own.into_iter()), perhaps.as_slice()) {
            (Some(found), _) => StandIn::There(found, self.how(at, found)),
            (None, [_, ..]) => StandIn::Unclear(self.undecided(perhaps.iter(), target)),
            (None, []) => match kinds().find_map(|kind| self.seen.more(target.account, target.region, kind)) {
                Some(gap) => StandIn::Unclear(gap.sentence()),
                None => StandIn::Nowhere,
            },
        }
    }

    /// What stands in that place under that name.
    fn named(&self, kind: Kind, there: Place<'a>, name: &str) -> &[At] {
        let names = self.standing.by_place.get(&(kind, there));
        names.and_then(|names| names.get(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// What stands in one place and has no namesake in the other.
    fn without_namesake(&self, kind: Kind, here: Place<'a>, there: Place<'a>) -> Arc<[At]> {
        let number = |place: Place<'a>| self.standing.numbers.get(&(kind, place)).copied();
        let Some(own) = number(here) else { return Arc::default() };
        let mut alone = self.standing.alone.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || {
            let names = self.standing.by_place.get(&(kind, here)).into_iter().flatten();
            let names = names.filter(|(name, _)| self.named(kind, there, name).is_empty());
            names.flat_map(|(_, all)| all.iter().copied()).collect()
        };
        alone.entry((own, number(there))).or_insert_with(find).clone()
    }

    /// The one that serves best: in order, with the most capacity, the newest.
    fn best(&self, found: impl Iterator<Item = At>) -> Option<At> {
        found.min_by_key(|at| {
            let resource = self.index.get(*at);
            let healthy = resource.status.as_ref().and_then(|status| status.healthy.known()).copied();
            let desired = resource.capacity.as_ref().and_then(|capacity| capacity.desired.known()).copied();
            let revision = resource.workload.as_ref().and_then(|workload| workload.revision.known()).copied();
            (Reverse(healthy), Reverse(desired), Reverse(revision), &resource.id)
        })
    }

    fn how(&self, at: At, found: At) -> &'static str {
        if called(self.index.get(found)) == called(self.index.get(at)) {
            "same-name"
        } else if self.key(found) == self.key(at) {
            "region-in-name"
        } else {
            "same-application"
        }
    }

    /// Whether two resources belong to one application. Where neither belongs to any, nothing says that they do not
    /// belong together.
    fn share_an_application(&self, one: At, other: At) -> Fact<bool> {
        let (own, others) = (self.membership.of(one), self.membership.of(other));
        if own.iter().any(|number| others.contains(number)) {
            Fact::Known(true)
        } else if self.membership.doubt(one).is_some()
            || self.membership.doubt(other).is_some()
            || (own.is_empty() && others.is_empty())
        {
            Fact::Unknown
        } else {
            Fact::Known(false)
        }
    }

    /// Names with the same key are namesakes. A part of a cluster has a namesake only in a namesake of its cluster.
    fn key(&self, at: At) -> String {
        let resource = self.index.get(at);
        let region = resource.region().unwrap_or_default();
        let own = without_region(called(resource), region);
        let kubernetes = resource.kubernetes.as_ref().and_then(|facts| facts.cluster.text()).map(names::tail);
        let runs_on = || self.index.to(at, Rel::RunsOn).next().map(|cluster| self.index.get(cluster).name.as_str());
        match kubernetes.or_else(runs_on) {
            Some(cluster) => format!("{}/{own}", without_region(cluster, region)),
            None => own,
        }
    }

    fn undecided<'s>(&self, candidates: impl Iterator<Item = &'s At>, target: &Target<'_>) -> String {
        let mut names: Vec<_> = candidates.map(|at| self.index.get(*at).name.as_str()).collect();
        let more = names.len().saturating_sub(3);
        if more > 0 {
            // All of them need not be in order.
            names.select_nth_unstable(2);
            names.truncate(3);
        }
        names.sort_unstable();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        format!(
            "{}{more} in {}: neither name nor application says whether it stands in",
            names.join(", "),
            target.region
        )
    }
}

/// A network load balancer cannot take over for an application load balancer, nor one that the internet cannot reach for
/// one that it can. Clients that hold a socket open send no requests.
fn is_of_one_sort(one: &Resource, other: &Resource) -> bool {
    let differ = |fact: fn(&Traffic) -> &Fact<String>| {
        let texts = one.traffic.as_ref().zip(other.traffic.as_ref());
        texts.and_then(|(one, other)| fact(one).text().zip(fact(other).text())).is_some_and(|(one, other)| one != other)
    };
    let is_socket = |of: &Resource| of.traffic.as_ref().is_some_and(|facts| facts.protocol.text() == Some("websocket"));
    !differ(|facts| &facts.balancer) && !differ(|facts| &facts.scheme) && is_socket(one) == is_socket(other)
}

/// A node of a replication group, which is the unit.
fn is_member(resource: &Resource) -> bool {
    resource.kind.info().counterpart == Rule::Cache
        && resource.database.as_ref().is_some_and(|database| database.cluster.is_known())
}

/// Clients of Memcached do not speak the protocol of Redis and Valkey.
fn same_protocol(one: &Resource, other: &Resource) -> Fact<bool> {
    let is_memcached = |resource: &Resource| {
        let engine = resource.database.as_ref().and_then(|database| database.engine.text())?;
        Some(engine == "memcached")
    };
    Fact::from_known(is_memcached(one).zip(is_memcached(other)).map(|(one, other)| one == other))
}

/// Its counterpart is found by its name.
fn is_named(kind: Kind) -> bool {
    matches!(kind.info().counterpart, Rule::StandIn | Rule::Twin | Rule::InNetwork | Rule::Cache)
}

/// What people call it. Networks have names in a tag only, and endpoints are told apart by their service.
fn called(resource: &Resource) -> &str {
    let tag = || resource.tags.known().filter(|_| resource.kind.info().class == Class::VirtualNetwork)?.get("Name");
    let service = resource.network.as_ref().and_then(|network| network.service.text());
    service.or_else(|| tag().map(String::as_str)).filter(|name| !name.is_empty()).unwrap_or(&resource.name)
}

/// A name without the region in it (`web-us-east-1`, `use1_web`), and without what Terraform appends to a prefix.
pub(super) fn without_region(name: &str, region: &str) -> String {
    let name = without_generated(name).to_lowercase().replace(['_', '.', ' '], "-");
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    let spelt: Vec<&str> = region.split('-').collect();
    let forms = [spelt.concat(), names::short(region)];
    let mut left = Vec::new();
    let mut rest = words.as_slice();
    while let [word, after @ ..] = rest {
        if spelt.len() > 1 && rest.starts_with(&spelt) {
            rest = &rest[spelt.len()..];
            continue;
        }
        if region.is_empty() || !forms.iter().any(|form| form == word) {
            left.push(*word);
        }
        rest = after;
    }
    if left.is_empty() { name } else { left.join("-") }
}

/// Without the moment and the counter that Terraform appends to a `name_prefix`: 26 digits, of which the last 8 may be
/// letters up to f.
fn without_generated(name: &str) -> &str {
    let Some(at) = name.len().checked_sub(26).filter(|at| *at > 0 && name.is_char_boundary(*at)) else { return name };
    let (prefix, suffix) = name.split_at(at);
    let bytes = suffix.as_bytes();
    let generated = bytes[..18].iter().all(u8::is_ascii_digit) && bytes[18..].iter().all(u8::is_ascii_hexdigit);
    if generated { prefix } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_but_for_its_region() {
        let cases = [
            ("web", "us-east-1", "web"),
            ("web-us-east-1", "us-east-1", "web"),
            ("us_east_1_Web", "us-east-1", "web"),
            ("shop.use1.web", "us-east-1", "shop-web"),
            ("shop-apse2-web", "ap-southeast-2", "shop-web"),
            ("web-ugw1", "us-gov-west-1", "web-ugw1"),
            ("web-usgw1", "us-gov-west-1", "web"),
            ("web-useast1", "us-east-1", "web"),
            ("web-us-west-2", "us-east-1", "web-us-west-2"),
            ("us-east-1", "us-east-1", "us-east-1"),
            ("web-20240311082000000000000001", "us-east-1", "web"),
            ("web-2024031108200000000000000f", "us-east-1", "web"),
            ("web-1ABCDEFGHIJKL", "us-east-1", "web-1abcdefghijkl"),
            ("web-1", "", "web-1"),
            ("läden-ünter-allen-ümständen", "us-east-1", "läden-ünter-allen-ümständen"),
        ];
        let found = cases.map(|(name, region, _)| without_region(name, region));
        assert_eq!(found, cases.map(|(_, _, expected)| expected.to_owned()));
    }
}
