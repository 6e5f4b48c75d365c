//! Who talks to whom, as far as names and security groups tell.

use super::super::Estate;
use super::super::counterparts::StandIn;
use super::super::edges::At;
use super::super::index::place;
use super::super::lookups::Clients;
use crate::model::{Kind, Rel};
use crate::providers::aws::names::tail;

impl<'a> Estate<'a> {
    /// What is filtered by groups that let in the groups of something.
    pub(super) fn admitted(&self, at: At) -> impl Iterator<Item = At> {
        let groups = self.index.to(at, Rel::FilteredBy);
        let others = groups.flat_map(|group| self.clients.admitted.get(&group).into_iter().flatten());
        others.flat_map(|other| self.index.from(*other, Rel::FilteredBy))
    }

    /// Finds who talks to whom.
    pub(in crate::link) fn clients(&self) -> Clients {
        let mut clients = Clients::default();
        let services = Kind::all().filter(|kind| kind.info().is_compute() && kind.info().has(Rel::ConnectsTo));
        for at in services.flat_map(|kind| self.index.of_kind(kind)) {
            let Some(target) = self.recovery(*at).target() else { continue };
            if let StandIn::There(found, _) = self.stand_in(*at, &target) {
                clients.sources.entry(found).or_default().push(*at);
            }
        }
        if clients.sources.is_empty() {
            return clients;
        }
        for group in self.index.of_kind(Kind::of("aws.ec2.security-group")).iter().copied() {
            let resource = self.index.get(group);
            let rules = resource.firewall.iter().filter_map(|it| it.ingress.known()).flatten();
            for named in rules.filter_map(|rule| rule.groups.known()).flatten() {
                let by_name = || self.index.by_name(resource.kind, place(resource).0, place(resource).1, tail(named));
                if let Some(other) = self.index.by_id(named).or_else(by_name).filter(|other| *other != group) {
                    clients.admitted.entry(other).or_default().push(group);
                }
            }
        }
        clients
    }
}
