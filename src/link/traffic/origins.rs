//! Edges: what they lead to with which requests, and whether all of it stands in one region.

use std::collections::BTreeSet;

use super::super::edges::At;
use super::super::place::Recovery;
use super::super::{Draft, Estate, why};
use super::led::Led;
use crate::model::{Class, EdgeRoute, Fact, OriginRoute, Rel, Resource};
use crate::providers::aws::names::{bare_host, region_of_own_host};

/// Where something stands that an edge sends requests to.
#[derive(Clone, Debug, PartialEq)]
enum Stand<'a> {
    /// In that account, if it is known, and region.
    In(Option<&'a str>, &'a str),
    /// There, if it is sent to at all.
    Perhaps(&'a str, String),
    /// In no region, as another edge.
    Everywhere,
    Unclear(String),
}

/// What an edge does with some of the requests.
struct Way<'a> {
    requests: Fact<Vec<String>>,
    stands: Vec<Stand<'a>>,
}

impl<'a> Estate<'a> {
    pub(in super::super) fn is_edge(&self, at: At) -> bool {
        self.index.get(at).kind.info().class == Class::Edge
    }

    /// Fills what an edge leads to.
    pub(super) fn join_edge(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let edge = self.index.get(at);
        let ways = match self.ways(at) {
            Ok(ways) => ways,
            Err(reason) => {
                for fact in ["routes", "targets", "lost_regions"] {
                    draft.mark(format!("joined.{fact}"), reason.clone());
                }
                return;
            }
        };
        draft.joined.targets = Fact::Known(self.targets_of_edge(at, recovery, draft));
        let mut lost = BTreeSet::new();
        for stand in ways.iter().flat_map(|way| &way.stands) {
            if let Stand::In(account, region) = stand {
                if self.recovery_from(*account, region).target().is_some() {
                    lost.insert((*region).to_owned());
                }
            } else if let Stand::Unclear(reason) = stand {
                draft.mark("joined.lost_regions", reason.clone());
            }
        }
        draft.joined.lost_regions = Fact::Known(lost.into_iter().collect());
        let gap = self.gap_of_edge(edge);
        let routes = ways.iter().map(|way| {
            let only = only_region(&way.stands).and_then(|only| match (&gap, only) {
                (Some(gap), Some(_)) => Err(gap.clone()),
                (_, only) => Ok(only.map(str::to_owned)),
            });
            EdgeRoute {
                requests: way.requests.clone(),
                regions: Fact::Known(regions(&way.stands)),
                only_region: only.map_or_else(
                    |reason| {
                        draft.mark("joined.routes.only_region", reason);
                        Fact::Unknown
                    },
                    Fact::from_read,
                ),
            }
        });
        draft.joined.routes = Fact::Known(routes.collect());
        if let Some(gap) = gap {
            draft.mark("joined.routes", gap);
        }
    }

    /// An edge comes back where what it leads to does.
    pub(super) fn recovery_of_edge(&self, at: At) -> Recovery<'a> {
        let ways = match self.ways(at) {
            Ok(ways) => ways,
            Err(reason) => return Recovery::Unclear(reason),
        };
        let places = ways.iter().flat_map(|way| &way.stands).map(|stand| match stand {
            Stand::In(account, region) => self.recovery_from(*account, region),
            Stand::Perhaps(_, reason) | Stand::Unclear(reason) => Recovery::Unclear(reason.clone()),
            Stand::Everywhere => Recovery::Nowhere,
        });
        self.agree(places)
    }

    /// Whether something stands in the recovery place: an edge does if it leads there.
    pub(super) fn stands_there(&self, at: At, recovery: &Recovery<'a>) -> Fact<bool> {
        if !self.is_edge(at) {
            let resource = self.index.get(at);
            return recovery.holds(resource.region(), resource.account(), true);
        }
        let Ok(ways) = self.ways(at) else { return Fact::Unknown };
        let there: Vec<Fact<bool>> = ways
            .iter()
            .flat_map(|way| &way.stands)
            .map(|stand| match stand {
                Stand::In(account, region) => recovery.holds(Some(region), *account, true),
                Stand::Everywhere => Fact::Known(false),
                Stand::Perhaps(..) | Stand::Unclear(_) => Fact::Unknown,
            })
            .collect();
        if there.contains(&Fact::Known(true)) {
            return Fact::Known(true);
        }
        Fact::from_known((!there.iter().any(Fact::is_unknown)).then_some(false))
    }

    /// What an edge does with its requests, or why that is not known.
    fn ways(&self, at: At) -> Result<Vec<Way<'a>>, String> {
        let edge = self.index.get(at);
        if edge.kind == self.kinds.accelerator {
            return Ok(self.index.from(at, Rel::MemberOf).map(|listener| self.way_of_listener(listener)).collect());
        }
        let routes = edge.traffic.as_ref().and_then(|facts| facts.routes.known());
        let routes = routes.ok_or_else(|| why(edge, "traffic.routes"))?;
        Ok(routes.iter().map(|route| self.way_of_route(edge, route)).collect())
    }

    fn way_of_route(&self, edge: &'a Resource, route: &'a OriginRoute) -> Way<'a> {
        let unclear = || Stand::Unclear(why(edge, "traffic.routes.origins.target"));
        let Some(origins) = route.origins.known() else {
            return Way { requests: route.requests.clone(), stands: vec![unclear()] };
        };
        let stands = origins.iter().flat_map(|origin| match origin.target.text() {
            Some(target) => self.stands(edge, target),
            None => vec![unclear()],
        });
        Way { requests: route.requests.clone(), stands: stands.collect() }
    }

    /// Groups of endpoints without a weight are left out of every failover.
    fn way_of_listener(&self, listener: At) -> Way<'a> {
        let groups = self.index.from(listener, Rel::MemberOf).map(|group| self.index.get(group));
        let stands = groups.filter_map(|group| {
            let weighted = group.traffic.as_ref().map_or(Fact::Unknown, |facts| facts.weighted_targets);
            match (weighted, group.region()) {
                (Fact::Known(0), _) => None,
                (_, None) => Some(Stand::Unclear("the region of its endpoints is not known".to_owned())),
                (Fact::Known(_), Some(region)) => Some(Stand::In(group.account(), region)),
                (_, Some(region)) => Some(Stand::Perhaps(region, why(group, "traffic.weighted_targets"))),
            }
        });
        let facts = self.index.get(listener).traffic.as_ref();
        let requests = facts.and_then(|facts| {
            let ports = facts.port_ranges.known()?;
            Some(vec![format!("{} {}", facts.protocol.text()?, ports.join(", "))])
        });
        Way { requests: Fact::from_known(requests), stands: stands.collect() }
    }

    /// Where a host, or the resource that code refers to, stands: that of an origin may lead there by records.
    fn stands(&self, edge: &'a Resource, target: &'a str) -> Vec<Stand<'a>> {
        let led = self.led_by(target);
        if led.ends.is_empty() && led.hosts.is_empty() {
            return vec![Stand::Unclear(format!("where {target} leads is not known"))];
        }
        let ends = led.ends.iter().map(|end| self.index.get(*end));
        let ends = ends.map(|end| match &end.place.region {
            Fact::Known(region) => Stand::In(end.account(), region),
            Fact::Absent => Stand::Everywhere,
            Fact::Unknown => Stand::Unclear(format!("the region of {} is not known", end.name)),
        });
        let hosts = led.hosts.iter().map(|host| match region_of_own_host(bare_host(host)) {
            Some(region) => Stand::In(edge.account(), region),
            None => Stand::Unclear(format!("in which region {host} is, its name does not say")),
        });
        ends.chain(hosts).collect()
    }

    /// What a host name or an id leads to in the end.
    fn led_by(&self, target: &'a str) -> Led<'a> {
        let mut led = Led::default();
        for at in self.index.answering(target) {
            if self.index.get(at).kind == self.kinds.record {
                let own = self.leads(at);
                led.ends.extend(own.ends);
                led.hosts.extend(own.hosts);
            } else {
                led.ends.push(at);
            }
        }
        if self.index.answering(target).is_empty() {
            led.hosts.push(target);
        }
        led
    }

    /// Why there may be more behind an edge: groups of an accelerator are resources of their own.
    fn gap_of_edge(&self, edge: &Resource) -> Option<String> {
        if edge.kind != self.kinds.accelerator {
            return None;
        }
        let kinds = [self.kinds.accelerator_listener, self.kinds.endpoint_group];
        kinds.into_iter().find_map(|kind| Some(self.seen.more(edge.account(), "", kind)?.sentence()))
    }
}

/// The one region in which all of it stands. `None`: it stands in several, or some of it in none.
fn only_region<'a>(stands: &[Stand<'a>]) -> Result<Option<&'a str>, String> {
    let certain: BTreeSet<&str> = stands.iter().filter_map(|stand| region(stand, false)).collect();
    if certain.len() > 1 || stands.contains(&Stand::Everywhere) {
        return Ok(None);
    }
    let only = certain.first().copied();
    for stand in stands {
        match stand {
            Stand::Unclear(reason) => return Err(reason.clone()),
            Stand::Perhaps(region, reason) if only != Some(region) => return Err(reason.clone()),
            Stand::In(..) | Stand::Perhaps(..) | Stand::Everywhere => {}
        }
    }
    Ok(only)
}

fn regions(stands: &[Stand<'_>]) -> Vec<String> {
    let all: BTreeSet<&str> = stands.iter().filter_map(|stand| region(stand, true)).collect();
    all.into_iter().map(str::to_owned).collect()
}

fn region<'a>(stand: &Stand<'a>, perhaps: bool) -> Option<&'a str> {
    match stand {
        Stand::In(_, region) => Some(region),
        Stand::Perhaps(region, _) if perhaps => Some(region),
        Stand::Perhaps(..) | Stand::Everywhere | Stand::Unclear(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_region_is_all_of_it_only_where_nothing_else_may_be() {
        let east = || Stand::In(None, "us-east-1");
        let west = || Stand::In(None, "us-west-2");
        let unclear = || Stand::Unclear("denied".to_owned());
        let perhaps = |region| Stand::Perhaps(region, "no weight".to_owned());
        type Case<'c> = (&'c [Stand<'c>], Result<Option<&'c str>, String>);
        let cases: [Case<'_>; 8] = [
            (&[east()], Ok(Some("us-east-1"))),
            (&[east(), east()], Ok(Some("us-east-1"))),
            (&[east(), west(), unclear()], Ok(None)),
            (&[east(), Stand::Everywhere], Ok(None)),
            (&[east(), unclear()], Err("denied".to_owned())),
            (&[east(), perhaps("us-west-2")], Err("no weight".to_owned())),
            (&[east(), perhaps("us-east-1")], Ok(Some("us-east-1"))),
            (&[], Ok(None)),
        ];
        for (stands, expected) in cases {
            assert_eq!(only_region(stands), expected, "{stands:?}");
        }
    }
}
