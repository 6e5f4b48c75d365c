//! Records: what they lead to, their siblings, and what gates them.

use std::collections::BTreeSet;

use super::super::edges::At;
use super::super::keys::CounterpartResult;
use super::super::place::{Recovery, Target};
use super::super::seen::Gap;
use super::super::{Draft, Estate, why};
use super::sets::set_of;
use crate::model::{Counterpart, Fact, Gate, RecordTarget, Rel, Resource, SiblingRecord, Traffic};
use crate::providers::aws::names::{bare_host, is_host_of_edge, region_of_own_host, service_of_host};

impl<'a> Estate<'a> {
    pub(super) fn join_record(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let record = self.index.get(at);
        draft.joined.targets = self.targets(at, recovery, draft);
        let alone = [at];
        let siblings = Some(self.siblings(at)).filter(|all| !all.is_empty()).unwrap_or(&alone);
        let as_sibling = |sibling: &At| {
            let resource = self.index.get(*sibling);
            let facts = resource.dns.as_deref();
            let (health_check, routing_control, inverted) = self.switch_of(*sibling);
            SiblingRecord {
                id: Fact::Known(resource.id.clone()),
                set_id: facts.map_or(Fact::Unknown, |facts| facts.set_id.clone()),
                failover: facts.map_or(Fact::Unknown, |facts| facts.failover.clone()),
                in_recovery_place: self.leads_there(*sibling, recovery),
                health_check,
                routing_control,
                inverted,
            }
        };
        draft.joined.siblings = Fact::Known(siblings.iter().map(as_sibling).collect());
        let untold = self.untold_sibling(at);
        let gap = self.seen.more(record.account(), "", record.kind).map(Gap::sentence);
        if let Some(reason) = gap.or_else(|| untold.clone()) {
            draft.mark("joined.siblings", reason);
        }
        // A secondary leads away from what its primary leads to.
        let follows = record.dns.as_ref().is_some_and(|facts| facts.failover.text() == Some("secondary"));
        match (self.lost_regions(at, siblings), untold.filter(|_| follows)) {
            (Ok(_), Some(reason)) | (Err(reason), _) => draft.mark("joined.lost_regions", reason),
            (Ok(regions), None) => draft.joined.lost_regions = Fact::Known(regions),
        }
        self.join_gate(at, draft);
    }

    /// All records of the same zone, name and type, the record itself among them.
    fn siblings(&self, at: At) -> &[At] {
        let set = set_of(self.index.get(at)).and_then(|set| self.record_sets.get(&set));
        set.map(Vec::as_slice).unwrap_or_default()
    }

    /// Why a record of the zone may be one of the same name and type, or the record itself one of others.
    fn untold_sibling(&self, at: At) -> Option<String> {
        let record = self.index.get(at);
        let other = match set_of(record) {
            Some((account, zone, ..)) => self.index.get(*self.record_sets.get(&(account, zone, "", ""))?.first()?),
            None => record,
        };
        let is_named = other.dns.as_ref().is_some_and(|dns| dns.name.is_known());
        Some(format!("{}: {}", other.name, why(other, if is_named { "dns.record_type" } else { "dns.name" })))
    }

    /// The health check that a record is gated by, and the switch that decides it.
    fn switch_of(&self, record: At) -> (Fact<String>, Fact<String>, Fact<bool>) {
        let named = self.index.get(record).dns.as_ref().map_or(&Fact::Unknown, |facts| &facts.health_check);
        match (self.check_of(record), named) {
            (Some(check), _) => {
                let gate = self.gate(check);
                (gate.id, gate.routing_control, gate.inverted)
            }
            (None, Fact::Absent) => (Fact::Absent, Fact::Absent, Fact::Absent),
            (None, named) => (named.clone(), Fact::Unknown, Fact::Unknown),
        }
    }

    fn check_of(&self, record: At) -> Option<&'a Resource> {
        self.index.to(record, Rel::GatedBy).next().map(|check| self.index.get(check))
    }

    /// What the hosts of an edge, or the groups of an accelerator, lead to.
    pub(super) fn targets_of_edge(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) -> Vec<RecordTarget> {
        let edge = self.index.get(at);
        let routes = edge.traffic.as_ref().and_then(|facts| facts.routes.known()).into_iter().flatten();
        let origins = routes.filter_map(|route| route.origins.known()).flatten();
        let names: BTreeSet<&str> = origins.filter_map(|origin| origin.target.text()).collect();
        let mut targets = self.targets_named(names.into_iter(), recovery, draft);
        let listeners = self.index.from(at, Rel::MemberOf);
        let groups = listeners.flat_map(|listener| self.index.from(listener, Rel::MemberOf));
        let mut ends: Vec<At> = groups.flat_map(|group| self.index.to(group, Rel::SendsTo)).collect();
        ends.sort_unstable();
        ends.dedup();
        targets.extend(ends.iter().map(|end| self.target(&self.index.get(*end).name, Some(*end), recovery)));
        targets
    }

    fn targets(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) -> Fact<Vec<RecordTarget>> {
        let record = self.index.get(at);
        let names = match record.dns.as_ref().map(|facts| &facts.targets) {
            Some(Fact::Known(names)) => names.as_slice(),
            Some(Fact::Absent) => return Fact::Known(Vec::new()),
            Some(Fact::Unknown) | None => {
                draft.mark("joined.targets", why(record, "dns.targets"));
                let ends = self.leads(at).ends;
                let target = |end: &At| self.target(&self.index.get(*end).name, Some(*end), recovery);
                return Fact::from_known(
                    Some(ends.iter().map(target).collect()).filter(|all: &Vec<_>| !all.is_empty()),
                );
            }
        };
        Fact::Known(self.targets_named(names.iter().map(String::as_str), recovery, draft))
    }

    /// What host names, or ids that code refers to, lead to.
    fn targets_named<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        recovery: &Recovery<'a>,
        draft: &mut Draft,
    ) -> Vec<RecordTarget> {
        let mut targets = Vec::new();
        for name in names {
            let mut ends = Vec::new();
            for at in self.index.answering(name) {
                if self.index.get(at).kind == self.kinds.record {
                    ends.extend(self.leads(at).ends)
                } else {
                    ends.push(at)
                }
            }
            ends.sort_unstable();
            ends.dedup();
            if ends.is_empty() {
                let target = self.target(name, None, recovery);
                if target.id.is_unknown() {
                    draft.mark("joined.targets.id", self.unowned(name).err().unwrap_or_default());
                }
                targets.push(target);
            }
            targets.extend(ends.iter().map(|end| self.target(name, Some(*end), recovery)));
        }
        targets
    }

    fn target(&self, name: &str, end: Option<At>, recovery: &Recovery<'a>) -> RecordTarget {
        let resource = end.map(|end| self.index.get(end));
        let region = resource.map_or_else(|| region_of_own_host(name), Resource::region);
        let account = resource.and_then(Resource::account);
        RecordTarget {
            name: name.into(),
            id: match resource {
                Some(resource) => Fact::Known(resource.id.clone()),
                None if self.unowned(name).is_ok() => Fact::Absent,
                None => Fact::Unknown,
            },
            region: Fact::from_read(region.map(str::to_owned)),
            in_recovery_place: match region {
                Some(_) => recovery.holds(region, account, true),
                None => Fact::Known(false),
            },
        }
    }

    /// Whether nothing of the estate can answer to a name to which nothing that was collected does; else why that cannot
    /// be told.
    fn unowned(&self, name: &str) -> Result<(), String> {
        if name.parse::<std::net::IpAddr>().is_ok() {
            return Err("whose address it is, is not collected".to_owned());
        }
        if is_host_of_edge(name) {
            let kinds = [self.kinds.distribution, self.kinds.accelerator];
            let gap = kinds.into_iter().find_map(|kind| self.seen.gap_in_accounts("", kind));
            // A domain of API Gateway that stands in front of every region belongs to one all the same.
            return or_gap(gap.or_else(|| self.seen.gap_anywhere(self.kinds.api_domain)));
        }
        // What is not the provider's belongs to nothing that is collected.
        let Some(service) = service_of_host(bare_host(name)).or_else(|| name.strip_suffix(".aws")) else {
            return Ok(());
        };
        let labels: Vec<&str> = service.split('.').collect();
        let (kinds, region) = match labels[..] {
            // Network load balancers have the region behind `elb`; application and classic ones have it in front.
            [_, "elb", region] => (&[self.kinds.load_balancer][..], region),
            [_, "execute-api", region] => (&[self.kinds.api, self.kinds.api_domain][..], region),
            [_, "lambda-url", region, "on"] => {
                if let Some(function) = self.of_unread_urls(region) {
                    return Err(why(function, "traffic.dns_name"));
                }
                (&[self.kinds.function][..], region)
            }
            _ => return Err(format!("not everything that answers to such names as {name} is collected")),
        };
        or_gap(kinds.iter().find_map(|kind| self.seen.gap_in_accounts(region, *kind)))
    }

    /// A function of which nobody knows what URLs it has. One that a plan makes answers to none that there is.
    fn of_unread_urls(&self, region: &str) -> Option<&'a Resource> {
        let functions = self.index.of_kind(self.kinds.function).iter().map(|at| self.index.get(*at));
        let mut functions = functions.filter(|it| it.region() == Some(region) && !it.is_declared());
        let are_read = |it: &Traffic| !it.dns_name.is_unknown() && !it.aliases.is_unknown();
        functions.find(|it| !it.traffic.as_deref().is_some_and(are_read))
    }

    /// Whether a record leads to the recovery place.
    fn leads_there(&self, at: At, recovery: &Recovery<'a>) -> Fact<bool> {
        let led = self.leads(at);
        let ends = led.ends.iter().map(|end| self.stands_there(*end, recovery));
        let hosts = led.hosts.iter().filter_map(|host| region_of_own_host(host));
        let all: Vec<Fact<bool>> = ends.chain(hosts.map(|region| recovery.holds(Some(region), None, true))).collect();
        let is_known = self.index.get(at).dns.as_ref().is_some_and(|facts| !facts.targets.is_unknown());
        if all.contains(&Fact::Known(true)) {
            Fact::Known(true)
        } else if all.iter().any(Fact::is_unknown) || (all.is_empty() && !is_known) {
            Fact::Unknown
        } else {
            Fact::Known(false)
        }
    }

    /// What another record of the same name leads to in the recovery place.
    pub(in super::super) fn counterpart_of_record(&self, at: At, target: &Target<'a>) -> CounterpartResult {
        let recovery = Recovery::At(*target);
        let (mut best, mut doubt) = (None, None);
        for sibling in self.siblings(at) {
            let led = self.leads(*sibling);
            for end in &led.ends {
                if self.stands_there(*end, &recovery) == Fact::Known(true) {
                    let there = super::super::counterparts::as_counterpart(self.index.get(*end), "sibling-record");
                    let is_better = best.as_ref().is_none_or(|best: &Counterpart| best.usable != Fact::Known(true));
                    best = if is_better { Some(there) } else { best };
                }
            }
            for host in led.hosts.iter().filter(|host| region_of_own_host(host) == Some(target.region)) {
                if let Err(reason) = self.unowned(host) {
                    doubt = doubt.or(Some(reason));
                }
            }
            if self.leads_there(*sibling, &recovery).is_unknown() {
                doubt = doubt.or_else(|| Some(why(self.index.get(*sibling), "dns.targets")));
            }
        }
        let record = self.index.get(at);
        match (best, doubt) {
            (Some(best), _) => CounterpartResult::one(best),
            (None, Some(reason)) => CounterpartResult::unclear(reason),
            (None, None) => match self.seen.more(record.account(), "", record.kind).map(Gap::sentence) {
                Some(reason) => CounterpartResult::unclear(reason),
                None => self.untold_sibling(at).map_or_else(CounterpartResult::none, CounterpartResult::unclear),
            },
        }
    }

    /// The regions whose loss a record has to answer to.
    fn lost_regions(&self, at: At, siblings: &[At]) -> Result<Vec<String>, String> {
        let role = |at: At| self.index.get(at).dns.as_ref().and_then(|facts| facts.failover.text());
        let is_open = |at: &At| self.index.get(*at).dns.as_ref().is_none_or(|facts| facts.failover.is_unknown());
        let of_primary = role(at) == Some("secondary");
        let has_primary = siblings.iter().any(|sibling| role(*sibling) == Some("primary"));
        if let Some(open) = siblings.iter().find(|sibling| is_open(sibling)).filter(|_| of_primary && !has_primary) {
            return Err(why(self.index.get(*open), "dns.failover"));
        }
        let asked = siblings.iter().copied().filter(|sibling| match of_primary {
            true => role(*sibling) == Some("primary"),
            false => *sibling == at,
        });
        let mut regions = BTreeSet::new();
        for record in asked {
            let led = self.leads(record);
            let resource = self.index.get(record);
            if led.ends.is_empty() && resource.dns.as_ref().is_none_or(|facts| facts.targets.is_unknown()) {
                return Err(why(resource, "dns.targets"));
            }
            let ends = led.ends.iter().map(|end| self.index.get(*end)).map(|end| (end.account(), end.region()));
            let hosts = led.hosts.iter().map(|host| (resource.account(), region_of_own_host(host)));
            for (account, region) in ends.chain(hosts) {
                if let Some(region) = region.filter(|region| self.recovery_from(account, region).target().is_some()) {
                    regions.insert(region.to_owned());
                }
            }
        }
        Ok(regions.into_iter().collect())
    }

    /// Fills the health check that a record is gated by.
    fn join_gate(&self, at: At, draft: &mut Draft) {
        let record = self.index.get(at);
        let named = record.dns.as_ref().map_or(&Fact::Unknown, |facts| &facts.health_check);
        match (self.check_of(at), named) {
            (Some(check), _) => {
                let gate = self.gate(check);
                if gate.endpoint_region.is_unknown() {
                    draft.mark("joined.gate.endpoint_region", "where what it asks is, its host does not say");
                }
                draft.joined.gate = Fact::Known(gate);
            }
            (None, Fact::Absent) => draft.joined.gate = Fact::Absent,
            (None, Fact::Unknown) => draft.mark("joined.gate", why(record, "dns.health_check")),
            (None, Fact::Known(id)) => {
                let gap = self.seen.gap(record.account(), "", self.kinds.health_check);
                draft.joined.gate = Fact::Known(Gate {
                    id: Fact::Known(id.clone()),
                    exists: Fact::from_known(gap.is_none().then_some(false)),
                    ..Gate::default()
                });
                if let Some(gap) = gap {
                    draft.mark("joined.gate", gap.sentence());
                }
            }
        }
    }

    fn gate(&self, check: &'a Resource) -> Gate {
        let gate = Gate { id: Fact::Known(check.id.clone()), exists: Fact::Known(true), ..Gate::default() };
        let Some(facts) = &check.health_check else { return gate };
        // Others decide one that counts them.
        let counts = facts.protocol.text() == Some("calculated");
        Gate {
            enabled: facts.enabled,
            alarm_region: if counts { Fact::Unknown } else { facts.alarm_region.clone() },
            without_data: if counts { Fact::Unknown } else { facts.without_data.clone() },
            routing_control: if counts { Fact::Unknown } else { facts.routing_control.clone() },
            inverted: facts.inverted,
            endpoint_region: match &facts.host {
                _ if counts => Fact::Unknown,
                Fact::Known(host) => Fact::from_known(self.region_behind(host).map(str::to_owned)),
                Fact::Absent => Fact::Absent,
                Fact::Unknown => Fact::Unknown,
            },
            ..gate
        }
    }
}

/// Nothing is missing, or why something may be.
fn or_gap(gap: Option<Gap<'_>>) -> Result<(), String> {
    gap.map_or(Ok(()), |gap| Err(gap.sentence()))
}
