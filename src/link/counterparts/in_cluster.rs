//! What the Kubernetes cluster that stands in for another has of its add-ons and access entries: an add-on of the same
//! name, an entry for the same principal.

use super::super::edges::At;
use super::super::keys::CounterpartResult;
use super::super::place::Target;
use super::super::seen::Gap;
use super::super::{Draft, Estate, why};
use super::as_counterpart;
use super::stand_in::{StandIn, without_region};
use crate::model::{Class, Fact, Rel, Resource};
use crate::providers::aws::eks::{BY_CONFIG_MAP, BY_ENTRIES, is_in_auto_mode, is_in_new_clusters, principal_name};
use crate::providers::aws::names::{Arn, is_service_linked};

impl<'a> Estate<'a> {
    /// Searches the cluster that stands in for its own, and fills which that is.
    pub(super) fn counterpart_in_cluster(&self, at: At, target: &Target<'a>, draft: &mut Draft) -> CounterpartResult {
        let there = match self.index.to(at, Rel::MemberOf).next() {
            Some(own) => self.stand_in(own, target),
            None => StandIn::Unclear("its cluster was not found".to_owned()),
        };
        let there = match there {
            StandIn::There(there, _) => there,
            StandIn::Unclear(reason) => {
                draft.mark("joined.counterpart_cluster", reason.clone());
                return CounterpartResult::unclear(reason);
            }
            StandIn::Nowhere => {
                draft.joined.counterpart_cluster = Fact::Absent;
                return CounterpartResult::none();
            }
        };
        draft.joined.counterpart_cluster = Fact::Known(self.index.get(there).name.clone());
        let kind = self.index.get(at).kind;
        let found = match kind.info().class {
            Class::ClusterAddOn => self.add_on(at, there),
            _ => self.access_entry(at, there),
        };
        found.unwrap_or_else(|| match self.seen.more(target.account, target.region, kind).map(Gap::sentence) {
            Some(reason) => CounterpartResult::unclear(reason),
            None => CounterpartResult::none(),
        })
    }

    /// Parts of a cluster that are of the kind of another part.
    fn parts_like(&self, part: At, cluster: At) -> impl Iterator<Item = At> {
        let kind = self.index.get(part).kind;
        self.index.from(cluster, Rel::MemberOf).filter(move |at| self.index.get(*at).kind == kind)
    }

    /// What of that cluster does the work of an add-on. None: nothing that was seen.
    fn add_on(&self, at: At, there: At) -> Option<CounterpartResult> {
        let (name, cluster) = (&self.index.get(at).name, self.index.get(there));
        let mut namesakes = self.parts_like(at, there).map(|at| self.index.get(at));
        if let Some(found) = namesakes.find(|other| other.name == *name) {
            return Some(CounterpartResult::one(as_counterpart(found, "same-name")));
        }
        let adds_nodes = cluster.kubernetes.as_ref().map_or(Fact::Unknown, |facts| facts.auto_mode);
        match adds_nodes {
            Fact::Known(true) if is_in_auto_mode(name) => {
                Some(CounterpartResult::one(as_counterpart(cluster, "auto-mode")))
            }
            Fact::Unknown if is_in_auto_mode(name) => {
                Some(CounterpartResult::unclear(why(cluster, "kubernetes.auto_mode")))
            }
            _ => is_in_new_clusters(name).then(|| {
                let own =
                    format!("{} may run its own {name}, as every new cluster does, which is not read", cluster.name);
                CounterpartResult::unclear(own)
            }),
        }
    }

    /// The entry of that cluster for whom an entry lets in. None: there is none, and nothing else lets anybody in.
    fn access_entry(&self, at: At, there: At) -> Option<CounterpartResult> {
        let (entry, cluster) = (self.index.get(at), self.index.get(there));
        let mode = cluster.kubernetes.as_ref().map_or(&Fact::Unknown, |facts| &facts.authentication_mode);
        let in_cluster = || {
            let own = format!("who may use {} is said in its config map aws-auth, which is not read", cluster.name);
            Some(CounterpartResult::unclear(own))
        };
        if mode.text() == Some(BY_CONFIG_MAP) {
            return in_cluster();
        }
        if self.principal(at).is_none() {
            return Some(CounterpartResult::unclear(why(entry, "kubernetes.principal")));
        }
        if let Some(found) = self.parts_like(at, there).find(|other| self.let_in_the_same(at, *other)) {
            let found = self.index.get(found);
            let how = if found.name == entry.name { "same-name" } else { "region-in-name" };
            return Some(CounterpartResult::one(as_counterpart(found, how)));
        }
        // One that lets in somebody who has none here may be for the same work.
        let here: Vec<_> = self.index.to(at, Rel::MemberOf).flat_map(|own| self.parts_like(at, own)).collect();
        let is_rival = |other: &At| !here.iter().any(|at| self.let_in_the_same(*at, *other));
        let is_meant = |other: &At| is_for_the_same(entry, self.index.get(*other));
        if let Some(rival) = self.parts_like(at, there).filter(is_meant).find(is_rival) {
            let name = &self.index.get(rival).name;
            let reason =
                format!("whether {name}, which {} lets in, is to work in its place is not known", cluster.name);
            return Some(CounterpartResult::unclear(reason));
        }
        match mode.text() {
            // EKS makes one for whoever creates a cluster, of which the code says nothing.
            Some(BY_ENTRIES) if cluster.is_declared() => {
                let creator = format!("whether it is who creates {} and is let in by that is not known", cluster.name);
                Some(CounterpartResult::unclear(creator))
            }
            Some(BY_ENTRIES) => None,
            Some(_) => in_cluster(),
            None => Some(CounterpartResult::unclear(why(cluster, "kubernetes.authentication_mode"))),
        }
    }

    /// Two entries let in the same principal. Where it is not known of one, they do not as far as anybody knows.
    fn let_in_the_same(&self, one: At, other: At) -> bool {
        let arn = |at: At| self.index.get(at).kubernetes.as_ref().and_then(|facts| facts.principal.text());
        let is_one = arn(one).is_some() && arn(one) == arn(other);
        is_one || self.principal(one).is_some_and(|own| self.principal(other) == Some(own))
    }

    /// Whom an entry lets in: what it is, its name but for the region in it, and its account, where that is not the
    /// cluster's.
    fn principal(&self, at: At) -> Option<(String, String, Option<&'a str>)> {
        let entry = self.index.get(at);
        let arn = entry.kubernetes.as_ref().and_then(|facts| facts.principal.text());
        let name = match arn {
            Some(arn) => principal_name(arn)?,
            // Code names a role whose ARN is not known yet.
            None => format!("role/{}", self.index.get(self.index.to(at, Rel::Admits).next()?).name),
        };
        let (what, name) = name.split_once('/').unwrap_or((&name, ""));
        let account = arn.and_then(Arn::parse).and_then(|arn| arn.known_account());
        let name = without_region(name, entry.region().unwrap_or_default());
        Some((what.to_owned(), name, account.filter(|account| entry.account().is_some_and(|own| own != *account))))
    }
}

/// Both let in people and tools, or nodes of the same sort, as far as it is known; and not a service, whose entry comes by
/// itself.
fn is_for_the_same(entry: &Resource, other: &Resource) -> bool {
    let facts = entry.kubernetes.as_ref().zip(other.kubernetes.as_ref());
    facts.is_some_and(|(own, other)| {
        let differ = own.access_type.text().zip(other.access_type.text()).is_some_and(|(own, other)| own != other);
        !differ && !other.principal.text().is_some_and(is_service_linked)
    })
}
