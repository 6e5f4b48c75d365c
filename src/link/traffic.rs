//! What brings requests to an application: where records lead, what gates them, which certificates cover which names.

mod certificates;
mod led;
mod origins;
mod records;
mod sets;
mod switches;

use super::edges::At;
use super::lookups::RecordSets;
use super::place::{Recovery, Target};
use super::{Draft, Estate, why};
use crate::model::{Fact, Rel, Resource};
use crate::providers::aws::names::{bare_host, region_of_own_host};
use led::Led;
use sets::{set_of, untold};

/// How many records lead from one to the next, at most.
const MAX_HOPS: usize = 8;

/// Records that share a name and are all followed. More of them lead to more places than anybody can tell.
const MAX_SIBLINGS: usize = 64;

impl<'a> Estate<'a> {
    /// Fills what is joined onto load balancers, certificates and records. The counterpart must be there already.
    pub(super) fn join_traffic(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let resource = self.index.get(at);
        let kind = resource.kind;
        if kind == self.kinds.record {
            self.join_record(at, recovery, draft);
        } else if kind == self.kinds.certificate {
            self.join_expiry(resource, draft);
        } else if kind == self.kinds.load_balancer {
            self.join_ports(at, draft);
        } else if kind == self.kinds.control_panel {
            self.join_controls(at, draft);
        } else if self.is_edge(at) {
            self.join_edge(at, recovery, draft);
        }
    }

    /// Where an edge or a resource of the domain name system has its effect: what it leads to, what asks it, or what it
    /// gates. `None`: it is none.
    pub(super) fn recovery_of_traffic(&self, at: At) -> Option<Recovery<'a>> {
        let resource = self.index.get(at);
        let kind = resource.kind;
        if kind == self.kinds.record {
            Some(self.recovery_of_record(at))
        } else if kind == self.kinds.zone {
            Some(self.recovery_of_zone(resource))
        } else if kind == self.kinds.health_check {
            let gated =
                self.index.from(at, Rel::GatedBy).filter(|user| self.index.get(*user).kind == self.kinds.record);
            Some(self.agree(gated.map(|record| self.recovery_of_record(record))))
        } else if self.is_edge(at) {
            Some(self.recovery_of_edge(at))
        } else {
            None
        }
    }

    fn recovery_of_record(&self, at: At) -> Recovery<'a> {
        let record = self.index.get(at);
        let led = self.leads(at);
        // An edge is in no region. Whether it leads to one only is its own affair.
        let ends = led.ends.iter().map(|end| self.index.get(*end)).filter(|end| !end.place.region.is_absent());
        let ends = ends.map(|end| self.recovery_from_known(end.account(), end.region()));
        let hosts = led.hosts.iter().filter_map(|host| region_of_own_host(host));
        let hosts = hosts.map(|region| self.recovery_from_known(record.account(), Some(region)));
        let all: Vec<Recovery<'a>> = ends.chain(hosts).collect();
        if led.ends.is_empty() && all.is_empty() && record.dns.as_ref().is_none_or(|facts| facts.targets.is_unknown()) {
            return Recovery::Unclear(why(record, "dns.targets"));
        }
        self.agree(all.into_iter())
    }

    /// A private zone is asked in its networks.
    fn recovery_of_zone(&self, zone: &'a Resource) -> Recovery<'a> {
        let Some(facts) = &zone.dns else { return Recovery::Unclear(why(zone, "dns.networks")) };
        match &facts.networks {
            Fact::Known(networks) => self
                .agree(networks.iter().map(|network| self.recovery_from_known(zone.account(), network.region.text()))),
            Fact::Absent => Recovery::Nowhere,
            Fact::Unknown => Recovery::Unclear(why(zone, "dns.networks")),
        }
    }

    fn recovery_from_known(&self, account: Option<&'a str>, region: Option<&str>) -> Recovery<'a> {
        match region {
            Some(region) => self.recovery_from(account, region),
            None => Recovery::Unclear("the region that it leads to is not known".to_owned()),
        }
    }

    /// The one place that all of them name, but for those that name none.
    fn agree(&self, places: impl Iterator<Item = Recovery<'a>>) -> Recovery<'a> {
        let mut found: Option<Target<'a>> = None;
        let mut doubt = None;
        for place in places {
            match place {
                Recovery::Nowhere => {}
                Recovery::Unclear(reason) => doubt = doubt.or(Some(reason)),
                Recovery::At(target) => match found {
                    Some(other) if (other.region, other.account) != (target.region, target.account) => {
                        return Recovery::Unclear("what it leads to comes back in different places".to_owned());
                    }
                    _ => found = Some(target),
                },
            }
        }
        match (found, doubt) {
            (Some(target), _) => Recovery::At(target),
            (None, Some(reason)) => Recovery::Unclear(reason),
            (None, None) => Recovery::Nowhere,
        }
    }

    /// What a record leads to in the end, through other records.
    pub(super) fn leads(&self, at: At) -> Led<'a> {
        let mut led = Led::default();
        let mut seen = vec![at];
        let mut next = vec![at];
        for _ in 0..MAX_HOPS {
            for record in std::mem::take(&mut next) {
                for end in self.index.to(record, Rel::SendsTo) {
                    if self.index.get(end).kind != self.kinds.record {
                        led.ends.push(end);
                    } else if !seen.contains(&end) && seen.len() < MAX_SIBLINGS {
                        seen.push(end);
                        next.push(end);
                    }
                }
                let targets = self.index.get(record).dns.as_ref().and_then(|facts| facts.targets.known());
                let unowned = targets.into_iter().flatten().map(String::as_str);
                led.hosts.extend(unowned.filter(|host| self.index.owners(host).next().is_none()));
            }
        }
        led.ends.sort_unstable();
        led.ends.dedup();
        led
    }

    /// The region that a host name leads to, through records.
    fn region_behind(&self, host: &'a str) -> Option<&'a str> {
        let mut found = self.index.owners(host).flat_map(|at| {
            let resource = self.index.get(at);
            if resource.kind != self.kinds.record {
                return vec![resource.region()];
            }
            let led = self.leads(at);
            let ends = led.ends.iter().map(|end| self.index.get(*end).region());
            ends.chain(led.hosts.iter().map(|host| region_of_own_host(host))).collect()
        });
        let first = found.next().unwrap_or_else(|| region_of_own_host(bare_host(host)));
        first.filter(|first| found.all(|other| other == Some(*first)))
    }

    /// Records of each name and type.
    pub(super) fn record_sets(&self) -> RecordSets<'a> {
        let mut sets = RecordSets::new();
        for at in self.index.of_kind(self.kinds.record) {
            let record = self.index.get(*at);
            if let Some(set) = set_of(record).or_else(|| untold(record)) {
                sets.entry(set).or_default().push(*at);
            }
        }
        sets
    }
}
