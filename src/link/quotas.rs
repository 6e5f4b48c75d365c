//! How much of what a quota limits there will be in a recovery place once everything is back.

use std::collections::HashMap;

use super::edges::At;
use super::index::place;
use super::lookups::{Amount, Load, Loads};
use super::place::Recovery;
use super::seen::Gap;
use super::zones::is_behind_a_cluster;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, Kind, Rel, Resource};
use crate::providers::aws::quotas::{Families, LIMITS, Limit, Measure, vcpus};

const NEEDED: &str = "joined.quota_needed";

impl<'a> Estate<'a> {
    /// Counts what the quotas limit, if there are any to judge by it.
    pub(super) fn loads(&self) -> Loads<'a> {
        let mut loads = Loads::new();
        if self.index.of_kind(self.kinds.quota).is_empty() || self.config.recovery.is_empty() {
            return loads;
        }
        for (number, limit) in LIMITS.iter().enumerate() {
            for at in limit.kinds.iter().flat_map(|kind| self.index.of_kind(Kind::of(kind))) {
                let resource = self.index.get(*at);
                let Some((least, most, doubt)) = self.counted(limit, *at) else { continue };
                let load = loads.entry(place(resource)).or_default();
                load.here.entry(number).or_default().add(least, most, doubt.as_deref());
                if let Recovery::At(target) = self.recovery(*at) {
                    let load = loads.entry((target.looked_in, target.region)).or_default();
                    load.coming.entry(number).or_default().add(least, most, doubt.as_deref());
                }
            }
        }
        loads
    }

    /// Fills how much of what a quota limits there will be, or whether what is warned of matters.
    pub(super) fn join_quota(&self, at: At, draft: &mut Draft) {
        let quota = self.index.get(at);
        if quota.kind == self.kinds.quota_warning {
            // Which account of its plan the quota is of is not told.
            let region = quota.region();
            draft.joined.comes_back_here =
                Fact::Known(self.config.recovery.iter().any(|pair| Some(&*pair.to) == region));
        }
        if quota.kind != self.kinds.quota {
            return;
        }
        if self.is_recovery_place(quota) == Fact::Known(false) {
            draft.joined.quota_needed = Fact::Absent;
            return;
        }
        let facts = quota.quota.as_ref();
        let limit = facts.and_then(|facts| facts.service.text().zip(facts.code.text())).and_then(|(service, code)| {
            LIMITS.iter().enumerate().find(|(_, limit)| limit.service == service && limit.code == code)
        });
        let Some((number, limit)) = limit else {
            return draft.mark(NEEDED, "what it limits is not counted");
        };
        let Some(value) = facts.and_then(|facts| facts.value.known()).copied() else {
            return draft.mark(NEEDED, why(quota, "quota.value"));
        };
        let load = self.loads.get(&place(quota));
        let amount = |side: fn(&Load) -> &HashMap<usize, Amount>| {
            load.and_then(|load| side(load).get(&number)).cloned().unwrap_or_default()
        };
        let (here, coming) = (amount(|load| &load.here), amount(|load| &load.coming));
        let kinds: Vec<Kind> = limit.kinds.iter().map(|kind| Kind::of(kind)).collect();
        let gap = self.gap_of_coming(&kinds, quota).map(Gap::sentence);
        let doubt = gap.or(coming.doubt.clone()).or(here.doubt.clone());
        let total = |counted: u64| limit.measure.total(counted);
        let (least, most) = (total(coming.least.max(here.least)), total(coming.most.saturating_add(here.most)));
        if limit.measure == Measure::Executions && most == 0 && doubt.is_none() {
            // Nothing is reserved. How much runs without that, and so whether it fits, nobody says.
            draft.joined.quota_needed = Fact::Absent;
        } else if least > value || (least == most && doubt.is_none()) {
            draft.joined.quota_needed = Fact::Known(least);
        } else if most <= value && doubt.is_none() {
            draft.joined.quota_needed = Fact::Known(most);
        } else {
            let is_sure = [&here, &coming].iter().all(|side| side.least == side.most);
            let open = if is_sure {
                "what is there may stand in for what comes or not"
            } else {
                "not all of it counts for sure"
            };
            draft.mark(NEEDED, doubt.unwrap_or_else(|| format!("between {least} and {most}, as {open}")));
        }
    }

    /// Whether something may come back in the place of a quota.
    fn is_recovery_place(&self, quota: &Resource) -> Fact<bool> {
        let Some(region) = quota.region() else { return Fact::Unknown };
        let account = quota.account();
        let leads_here = |pair: &&crate::config::RecoveryPair| {
            let wanted = pair.to_account.as_deref().or(pair.account.as_deref());
            pair.to == region && wanted.is_none_or(|wanted| account.is_none_or(|account| account == wanted))
        };
        Fact::Known(self.config.recovery.iter().any(|pair| leads_here(&pair)))
    }

    /// Why what is in the place of a resource, or what comes back there, may be more than was seen.
    pub(super) fn gap_of_coming(&self, kinds: &[Kind], there: &'a Resource) -> Option<Gap<'_>> {
        let (account, region) = (there.account(), there.region().unwrap_or_default());
        let kinds = || kinds.iter().copied().filter(|kind| kind.info().collected);
        let own = kinds().find_map(|kind| self.seen.more(account, region, kind));
        own.or_else(|| {
            self.config.recovery.iter().filter(|pair| pair.to == region).find_map(|pair| {
                let own = pair.account.as_deref().or(if pair.to_account.is_none() { account } else { None });
                match own {
                    Some(own) => kinds().find_map(|kind| self.seen.more(Some(own), &pair.from, kind)),
                    // From every account.
                    None => {
                        let mut accounts = self.seen.accounts();
                        accounts.find_map(|own| kinds().find_map(|kind| self.seen.more(Some(own), &pair.from, kind)))
                    }
                }
            })
        })
    }

    /// What a resource counts against a limit. None: nothing.
    fn counted(&self, limit: &Limit, at: At) -> Option<Counted> {
        let resource = self.index.get(at);
        match limit.measure {
            Measure::Resources => Some((1, 1, None)),
            Measure::Balancers(by) => {
                let own = resource.traffic.as_deref().and_then(|traffic| traffic.balancer.text());
                own.map_or(Some((0, 1, None)), |own| (own == by).then_some((1, 1, None)))
            }
            Measure::Nodes => nodes(resource),
            Measure::Vcpus(families) => processors(resource, families),
            Measure::TaskCpu => self.task_cpu(at),
            Measure::Executions => match &resource.capacity.as_deref()?.max {
                Fact::Known(reserved) => Some((u64::from(*reserved), u64::from(*reserved), None)),
                Fact::Absent => None,
                Fact::Unknown => Some(doubtful(resource, why(resource, "capacity.max"))),
            },
        }
    }

    /// Units of processors that the tasks of a service have on Fargate.
    fn task_cpu(&self, at: At) -> Option<Counted> {
        let resource = self.index.get(at);
        if resource.kind.info().class == Class::ServerlessNodes {
            return Some(doubtful(resource, "how many pods run on it is not known"));
        }
        let Some(on) = resource.workload.as_deref()?.launch_types.known() else {
            return Some(doubtful(resource, why(resource, "workload.launch_types")));
        };
        let is_only = matches!(on.as_slice(), [one] if one == "fargate");
        // Where it says nothing, its cluster does, and that is not read.
        if !on.is_empty() && !on.iter().any(|one| one == "fargate") {
            return None;
        }
        let tasks = match &resource.capacity.as_deref()?.desired {
            Fact::Known(tasks) => u64::from(*tasks),
            // One on each machine: on machines that somebody has.
            Fact::Absent => return None,
            Fact::Unknown => return Some(doubtful(resource, why(resource, "capacity.desired"))),
        };
        let definition = self.index.to(at, Rel::RunsFrom).next().map(|at| self.index.get(at));
        let Some((definition, workload)) = definition.and_then(|it| Some((it, it.workload.as_deref()?))) else {
            return Some(doubtful(resource, "its task definition was not found"));
        };
        match &workload.cpu_units {
            Fact::Known(each) => {
                let all = tasks.saturating_mul(u64::from(*each));
                Some((if is_only { all } else { 0 }, all, None))
            }
            // Fargate starts none that does not say.
            Fact::Absent => None,
            Fact::Unknown => Some(doubtful(resource, why(definition, "workload.cpu_units"))),
        }
    }
}

/// Least, most, and why it may be more.
type Counted = (u64, u64, Option<String>);

fn doubtful(resource: &Resource, reason: impl std::fmt::Display) -> Counted {
    (0, 0, Some(format!("{}: {reason}", resource.name)))
}

fn nodes(resource: &Resource) -> Option<Counted> {
    // Nodes of a group are counted with the group.
    if resource.database.as_ref().is_some_and(|database| database.cluster.is_known()) {
        return None;
    }
    let nodes = resource.redundancy.as_ref().and_then(|facts| facts.instances.known()).copied();
    Some(match nodes {
        Some(nodes) => (nodes.into(), nodes.into(), None),
        None => (1, 1, doubtful(resource, why(resource, "redundancy.instances")).2),
    })
}

fn processors(resource: &Resource, families: Families) -> Option<Counted> {
    // The groups behind node groups are counted with them.
    if is_behind_a_cluster(resource) {
        return None;
    }
    let capacity = resource.capacity.as_ref()?;
    let types = capacity.types.known().filter(|types| !types.is_empty());
    let each: Option<Vec<u64>> = types.and_then(|types| types.iter().map(|it| vcpus(it, families)).collect());
    let most = each.and_then(|each| each.into_iter().max()).zip(capacity.desired.known());
    // Spot instances are another quota's, and a group does not say which of its instances are.
    Some(match most {
        Some((each, desired)) => (0, each.saturating_mul(u64::from(*desired)), None),
        None => doubtful(resource, "how many processors it has is not known"),
    })
}
