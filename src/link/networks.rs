//! Networks and their counterparts: whether their addresses overlap, whether they are connected, and in which zones
//! their ways out stand.

use std::collections::BTreeSet;

use super::addresses::Range;
use super::edges::At;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Fact, Kind, Rel, Resource, Route};

/// What connects networks.
const CONNECTIONS: [&str; 2] = ["aws.ec2.peering", "aws.ec2.transit-gateway-attachment"];

impl<'a> Estate<'a> {
    /// Fills what is known of a network as a whole. The counterpart must be there already.
    pub(super) fn join_network(&self, at: At, draft: &mut Draft) {
        let network = self.index.get(at);
        if network.kind != self.kinds.vpc {
            return;
        }
        self.join_ways_out(at, network, draft);
        match &draft.joined.counterpart {
            Fact::Known(there) => {
                if let Some(there) = there.id.text().and_then(|id| self.index.by_id(id)) {
                    self.join_overlap(network, self.index.get(there), draft);
                    self.join_connection(at, there, draft);
                }
            }
            Fact::Absent => {
                draft.joined.overlapping = Fact::Absent;
                draft.joined.connected = Fact::Absent;
            }
            Fact::Unknown => {
                let reason = draft.reason("joined.counterpart").unwrap_or("it has no recovery place").to_owned();
                draft.mark("joined.overlapping", reason.clone());
                draft.mark("joined.connected", reason);
            }
        }
    }

    fn join_overlap(&self, here: &Resource, there: &Resource, draft: &mut Draft) {
        let (own, others) = (ranges(here), ranges(there));
        let hits = own.iter().filter(|range| {
            let range = Range::parse(range);
            others.iter().any(|other| range.zip(Range::parse(other)).is_some_and(|(one, other)| one.overlaps(other)))
        });
        draft.joined.overlapping = Fact::Known(hits.cloned().collect());
        for network in [here, there] {
            if network.unknown.contains_key("network.cidrs") || ranges(network).is_empty() {
                draft.mark("joined.overlapping", format!("{}: {}", network.name, why(network, "network.cidrs")));
            }
        }
    }

    /// A peering leads to both; two attachments lead to one transit gateway, or to two that may be peered.
    fn join_connection(&self, here: At, there: At, draft: &mut Draft) {
        let of = |network: At, kind: &str| -> BTreeSet<At> {
            let kind = Kind::of(kind);
            self.index.from(network, Rel::InNetwork).filter(|at| self.index.get(*at).kind == kind).collect()
        };
        let [peering, attachment] = CONNECTIONS;
        let is_peered = of(here, peering).intersection(&of(there, peering)).next().is_some();
        let attached = [here, there].map(|network| of(network, attachment));
        let [own, others] = attached.each_ref().map(|all| -> BTreeSet<&str> {
            let facts = all.iter().filter_map(|at| self.index.get(*at).network.as_ref());
            facts.filter_map(|facts| facts.peers.known()).flatten().map(String::as_str).collect()
        });
        let is_connected = is_peered || !own.is_disjoint(&others);
        let gap = self.network_gap(self.index.get(here), &CONNECTIONS).map(|gap| gap.sentence());
        let two = || {
            let both = attached.iter().all(|all| !all.is_empty());
            both.then(|| {
                "whether the transit gateways that both are attached to are one, or peered, is not known".to_owned()
            })
        };
        match (is_connected, gap.or_else(two)) {
            (false, Some(reason)) => draft.mark("joined.connected", reason),
            (connected, _) => draft.joined.connected = Fact::Known(connected),
        }
    }

    /// Fills in which zones the NAT gateways stand that a network's subnets use, and in which zones those subnets do.
    fn join_ways_out(&self, at: At, network: &'a Resource, draft: &mut Draft) {
        let subnets = self.index.from(at, Rel::InNetwork).filter(|at| self.index.get(*at).kind == self.kinds.subnet);
        let (mut behind, mut gateways) = (BTreeSet::new(), BTreeSet::new());
        let mut doubt = None;
        for subnet in subnets {
            for table in self.index.to(subnet, Rel::RoutedBy).map(|table| self.index.get(table)) {
                let routes = table.routing.as_ref().and_then(|routing| routing.routes.known());
                let is_open = |routes: &Vec<Route>| routes.iter().any(|route| route.via.is_unknown());
                if routes.is_none_or(is_open) {
                    let reason = || format!("{}: {}", table.name, why(table, "routing.routes"));
                    doubt.get_or_insert_with(reason);
                }
                for route in routes.into_iter().flatten().filter(|route| route.via.text() == Some("nat-gateway")) {
                    behind.insert(subnet);
                    let target = route.target.text().and_then(|id| self.nat_gateway(table, id));
                    match target {
                        Some(gateway) => drop(gateways.insert(gateway)),
                        None => {
                            doubt.get_or_insert_with(|| "a NAT gateway that its subnets use was not found".to_owned());
                        }
                    }
                }
            }
        }
        let mut zones = |of: &BTreeSet<At>| {
            let mut zones = BTreeSet::new();
            for resource in of.iter().map(|at| self.index.get(*at)) {
                let known = resource.redundancy.as_ref().and_then(|facts| facts.zones.known());
                if known.is_none_or(Vec::is_empty) {
                    let reason = format!("{}: {}", resource.name, why(resource, "redundancy.zones"));
                    doubt.get_or_insert(reason);
                }
                zones.extend(known.into_iter().flatten().cloned());
            }
            zones.into_iter().collect::<Vec<String>>()
        };
        // One that the provider spreads by itself stands in no subnet.
        let is_spread = |at: &At| self.index.get(*at).network.as_ref().is_some_and(|facts| facts.subnets.is_absent());
        let standing: BTreeSet<At> =
            gateways.iter().filter(|at| !is_spread(at)).flat_map(|at| self.index.to(*at, Rel::InSubnet)).collect();
        draft.joined.zones_behind_nat = Fact::Known(zones(&behind));
        draft.joined.nat_zones =
            if gateways.iter().any(is_spread) { Fact::Absent } else { Fact::Known(zones(&standing)) };
        let kinds = ["aws.ec2.subnet", "aws.ec2.route-table", "aws.ec2.nat-gateway"];
        if let Some(reason) = doubt.or_else(|| self.network_gap(network, &kinds).map(Gap::sentence)) {
            for path in ["joined.nat_zones", "joined.zones_behind_nat"] {
                draft.mark(path, reason.clone());
            }
        }
    }

    pub(super) fn nat_gateway(&self, table: &'a Resource, id: &str) -> Option<At> {
        let (account, region) = super::index::place(table);
        let named = || self.index.by_name(Kind::of("aws.ec2.nat-gateway"), account, region, id);
        self.index.by_id(id).or_else(named)
    }

    /// Why not everything of those kinds in a network's place was listed.
    fn network_gap(&self, network: &'a Resource, kinds: &[&str]) -> Option<Gap<'_>> {
        let region = network.region()?;
        kinds.iter().find_map(|kind| self.seen.more(network.account(), region, Kind::of(kind)))
    }
}

fn ranges(network: &Resource) -> &[String] {
    network.network.as_ref().and_then(|facts| facts.cidrs.known()).map(Vec::as_slice).unwrap_or_default()
}
