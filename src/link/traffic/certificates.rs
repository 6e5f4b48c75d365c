//! Certificates: which of the recovery place cover which names, and when they expire. And the ports of load balancers.

use std::collections::BTreeSet;

use super::super::counterparts::as_counterpart;
use super::super::edges::At;
use super::super::index::place;
use super::super::keys::CounterpartResult;
use super::super::lookups::Certificates;
use super::super::place::Target;
use super::super::{Draft, Estate, why};
use crate::model::{Counterpart, Fact, Rel, Resource, Timestamp};

const SECONDS_A_DAY: i64 = 86_400;

impl<'a> Estate<'a> {
    pub(in super::super) fn certificates(&self) -> Certificates<'a> {
        let mut found = Certificates::default();
        for at in self.index.of_kind(self.kinds.certificate) {
            let resource = self.index.get(*at);
            let (account, region) = place(resource);
            let names = names(resource);
            for name in names.into_iter().flatten() {
                found.by_name.entry((account, region, name)).or_default().push(*at);
            }
            if names.is_none() || resource.unknown.contains_key("certificate.names") {
                found.unread.entry((account, region)).or_insert(*at);
            }
        }
        found
    }

    /// A certificate of the recovery place that covers all names of another, or several that do together. Fills the names
    /// that none of them covers.
    pub(in super::super) fn counterpart_of_certificate(
        &self,
        resource: &Resource,
        target: &Target<'a>,
        draft: &mut Draft,
    ) -> CounterpartResult {
        let Some(own) = names(resource).filter(|_| !resource.unknown.contains_key("certificate.names")) else {
            let reason = why(resource, "certificate.names");
            draft.mark("joined.uncovered_names", reason.clone());
            return CounterpartResult::unclear(reason);
        };
        let mut uncovered = Vec::new();
        let (mut first, mut together, mut unusable) = (None, None, None);
        for name in own {
            let covering = self.covering(target, name);
            let usable = |at: &At| self.certificate(*at, "").usable == Fact::Known(true);
            let whole =
                |at: &&At| names(self.index.get(**at)).is_some_and(|all| own.iter().all(|name| covers(all, name)));
            first = first.or_else(|| covering.iter().filter(whole).find(|at| usable(at)).copied());
            unusable = unusable.or_else(|| covering.iter().find(whole).copied());
            match covering.iter().find(|at| usable(at)) {
                Some(at) => together = together.or(Some(*at)),
                None => uncovered.push(name.clone()),
            }
        }
        let gap = self.seen.more(target.account, target.region, self.kinds.certificate).map(|gap| gap.sentence());
        let unread = self.certificates.unread.get(&(target.looked_in, target.region));
        let gap = gap.or_else(|| unread.map(|at| why(self.index.get(*at), "certificate.names")));
        if let (Some(gap), false) = (&gap, uncovered.is_empty()) {
            draft.mark("joined.uncovered_names", gap.clone());
        }
        let is_covered = uncovered.is_empty();
        draft.joined.uncovered_names = Fact::Known(uncovered);
        match (first, together.filter(|_| is_covered), gap, unusable) {
            (Some(at), ..) => CounterpartResult::one(self.certificate(at, "same-names")),
            (None, Some(at), ..) => CounterpartResult::one(self.certificate(at, "names-together")),
            (None, None, Some(gap), _) => CounterpartResult::unclear(gap),
            (None, None, None, Some(at)) => CounterpartResult::one(self.certificate(at, "same-names")),
            (None, None, None, None) => CounterpartResult::none(),
        }
    }

    /// Certificates of the recovery place that cover a name.
    fn covering(&self, target: &Target<'a>, name: &str) -> Vec<At> {
        let named = [Some(name.to_owned()), wildcard(name)].into_iter().flatten();
        let at =
            |name: String| self.certificates.by_name.get(&(target.looked_in, target.region, name.as_str())).cloned();
        named.filter_map(at).flatten().collect()
    }

    /// A certificate as the counterpart of another: one that has expired cannot be used.
    fn certificate(&self, at: At, how: &str) -> Counterpart {
        let resource = self.index.get(at);
        let there = as_counterpart(resource, how);
        let expiry = resource.certificate.as_ref().and_then(|facts| facts.not_after.known());
        match expiry {
            Some(expiry) if *expiry <= self.seen_at(resource) => {
                Counterpart { state: "expired".into(), usable: Fact::Known(false), ..there }
            }
            _ => there,
        }
    }

    /// Fills when a certificate expires.
    pub(super) fn join_expiry(&self, resource: &Resource, draft: &mut Draft) {
        match resource.certificate.as_ref().map_or(&Fact::Unknown, |facts| &facts.not_after) {
            Fact::Known(expiry) => {
                draft.joined.expires_in_days = Fact::Known(days_until(*expiry, self.seen_at(resource)));
            }
            Fact::Absent => draft.joined.expires_in_days = Fact::Absent,
            Fact::Unknown => draft.mark("joined.expires_in_days", why(resource, "certificate.not_after")),
        }
    }

    /// Fills the ports that the counterpart of a load balancer does not listen on.
    pub(super) fn join_ports(&self, at: At, draft: &mut Draft) {
        let there = match &draft.joined.counterpart {
            Fact::Known(there) => there.id.text().and_then(|id| self.index.by_id(id)),
            Fact::Absent => {
                draft.joined.missing_ports = Fact::Absent;
                return;
            }
            Fact::Unknown => None,
        };
        let Some(there) = there else {
            let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart is not known").to_owned();
            return draft.mark("joined.missing_ports", reason);
        };
        let ports = |at| -> BTreeSet<u32> {
            let listeners = self.index.from(at, Rel::MemberOf).map(|listener| self.index.get(listener));
            listeners.filter_map(|listener| listener.traffic.as_ref()?.port.known().copied()).collect()
        };
        let missing: Vec<u32> = ports(at).difference(&ports(there)).copied().collect();
        draft.joined.missing_ports = Fact::Known(missing.clone());
        // With more listeners of its own the list is longer; with more of the counterpart it may be empty.
        if let Some(why) = self.unseen_ports(at) {
            draft.mark("joined.missing_ports", why);
        }
        if let (Some(why), false) = (self.unseen_ports(there), missing.is_empty()) {
            draft.joined.missing_ports = Fact::Unknown;
            draft.mark("joined.missing_ports", why);
        }
    }

    /// Why a load balancer may listen on more ports than are known.
    fn unseen_ports(&self, balancer: At) -> Option<String> {
        let mut listeners = self.index.from(balancer, Rel::MemberOf).map(|listener| self.index.get(listener));
        let is_open = |listener: &&Resource| {
            listener.kind == self.kinds.listener
                && listener.traffic.as_ref().is_none_or(|facts| facts.port.is_unknown())
        };
        let of_a_listener = listeners.find(is_open).map(|listener| why(listener, "traffic.port"));
        let resource = self.index.get(balancer);
        let gap = self.seen.more(resource.account(), resource.region().unwrap_or_default(), self.kinds.listener);
        of_a_listener.or_else(|| gap.map(|gap| gap.sentence()))
    }
}

fn names(resource: &Resource) -> Option<&Vec<String>> {
    resource.certificate.as_ref()?.names.known()
}

/// `*.example.com` for `www.example.com`. A name that is a wildcard itself is covered by the same one only.
fn wildcard(name: &str) -> Option<String> {
    let (label, parent) = name.split_once('.')?;
    (label != "*" && parent.contains('.')).then(|| format!("*.{parent}"))
}

fn covers(all: &[String], name: &str) -> bool {
    all.iter().any(|own| own == name) || wildcard(name).is_some_and(|wildcard| all.contains(&wildcard))
}

/// Whole days, rounded down: less than a day is 0, and what has passed is below.
fn days_until(then: Timestamp, now: Timestamp) -> i64 {
    then.as_second().saturating_sub(now.as_second()).div_euclid(SECONDS_A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_covers_one_label() {
        let all = ["*.example.com".to_owned(), "example.org".to_owned()];
        let cases = ["www.example.com", "a.b.example.com", "example.com", "*.example.com", "example.org", "com"];
        assert_eq!(cases.map(|name| covers(&all, name)), [true, false, false, true, true, false]);
    }

    #[test]
    fn days_are_rounded_down() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-01-10T00:00:00Z");
        let cases = ["2026-01-12T23:59:59Z", "2026-01-10T01:00:00Z", "2026-01-09T23:00:00Z"];
        assert_eq!(cases.map(|then| days_until(at(then), now)), [2, 0, -1]);
    }
}
