//! The way through transit gateways: by the attachment of a network into the route table of its gateway, by the most specific
//! route of that to the next attachment, and where that is a peering, on to the table of the other gateway. The subnets of
//! the attachments have network ACLs of their own.

use ipnet::IpNet;

use super::super::Estate;
use super::super::edges::At;
use super::super::index::place;
use super::super::ways::most_specific;
use super::Hop;
use super::filters::{Ports, Way};
use super::path::Subnet;
use crate::model::{Fact, Rel, Resource, Route};

/// Gateways that a way may lead through; a longer one is a circle.
const MOST: usize = 6;

impl<'a> Estate<'a> {
    /// Whether a route of a network into a transit gateway gets to those ports of a subnet.
    pub(super) fn through_gateways(&self, route: &Route, from: &Subnet<'a>, to: &Subnet<'a>, ports: Ports) -> Hop {
        let gateway = route.target.text().unwrap_or("one that is not known");
        let first = match self.attachment(from, gateway) {
            Ok(first) => first,
            Err(reason) => return Hop::Unclear(reason),
        };
        let carried = |range| self.carried(first, range, to, ports);
        let each = || to.ranges.iter().fold(Hop::Open, |so_far, range| so_far.and(|| carried(range)));
        self.works(first).and(|| self.takes_in(first, from)).and(|| self.let_in(first, from, ports)).and(each)
    }

    /// Whether what comes from a subnet is let into the subnet of an attachment that is in its zone.
    /// <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html>
    fn let_in(&self, at: At, from: &Subnet<'a>, ports: Ports) -> Hop {
        let own = self.index.to(at, Rel::InSubnet);
        let in_zone = own.filter(|subnet| zone(self.index.get(*subnet)) == zone(from.resource));
        self.let_by(at, in_zone, (from, Way::In), ports)
    }

    /// Whether what goes to a subnet is let out of the subnets of an attachment. It comes by the one in the zone that it
    /// was sent from, if there is one, else by any.
    fn let_out(&self, at: At, to: &Subnet<'a>, ports: Ports) -> Hop {
        self.let_by(at, self.index.to(at, Rel::InSubnet), (to, Way::Out), ports)
    }

    /// Whether each of these subnets of an attachment lets that by. What stands in the same subnet was asked already.
    fn let_by(&self, at: At, own: impl Iterator<Item = At>, (other, way): (&Subnet<'a>, Way), ports: Ports) -> Hop {
        let name = &self.index.get(at).name;
        let (mut all, mut shut) = (0, Vec::new());
        for subnet in own {
            all += 1;
            let hop = match self.subnet(subnet) {
                _ if subnet == other.at => Hop::Open,
                Ok(subnet) => self.acl_of(&subnet, way, &other.ranges, ports),
                Err(reason) => Hop::Unclear(reason),
            };
            match hop {
                Hop::Open => {}
                Hop::Shut(..) => shut.push(hop),
                Hop::Unclear(_) => return hop,
            }
        }
        match shut.pop() {
            None if all == 0 => {
                Hop::Unclear(format!("the subnets of the transit gateway attachment {name} are not known"))
            }
            None => Hop::Open,
            Some(hop) if shut.len() + 1 == all => hop,
            Some(_) => Hop::Unclear(format!("not all subnets of the transit gateway attachment {name} let it through")),
        }
    }

    /// The attachment of a subnet's network to a gateway.
    fn attachment(&self, from: &Subnet<'a>, gateway: &str) -> Result<At, String> {
        let network = self.index.to(from.at, Rel::InNetwork).next();
        let of_network = network.into_iter().flat_map(|network| self.index.from(network, Rel::InNetwork));
        let mut all = of_network.filter(|at| self.index.get(*at).kind == self.kinds.attachment);
        let leads = |at: &At| {
            let facts = self.index.get(*at).network.as_ref();
            facts.and_then(|facts| facts.peers.known()).is_some_and(|peers| peers.iter().any(|peer| peer == gateway))
        };
        all.find(leads).ok_or_else(|| {
            let (account, region) = (from.resource.account(), from.resource.region().unwrap_or_default());
            let gap = self.seen.more(account, region, self.kinds.attachment).map(|gap| format!(": {}", gap.sentence()));
            let own = &from.resource.name;
            format!("the attachment of {own} to the transit gateway {gateway} was not found{}", gap.unwrap_or_default())
        })
    }

    fn works(&self, at: At) -> Hop {
        let attachment = self.index.get(at);
        let name = &attachment.name;
        match attachment.status.as_ref().map_or(&Fact::Unknown, |status| &status.healthy) {
            Fact::Known(true) => Hop::Open,
            Fact::Known(false) => {
                let state =
                    attachment.status.as_ref().and_then(|status| status.state.text()).unwrap_or("not available");
                Hop::Shut(attachment.id.clone(), format!("the transit gateway attachment {name} is {state}"))
            }
            // Code says nothing of how it will be.
            _ if attachment.is_declared() => Hop::Open,
            _ => Hop::Unclear(format!("whether the transit gateway attachment {name} is available is not known")),
        }
    }

    /// A gateway takes in what comes from the zones in which the attachment has a subnet.
    /// <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html>
    fn takes_in(&self, at: At, from: &Subnet<'a>) -> Hop {
        let attachment = self.index.get(at);
        let mut own = self.index.to(at, Rel::InSubnet).map(|subnet| self.index.get(subnet)).peekable();
        let all_found = attachment.network.as_ref().and_then(|facts| facts.subnets.known()).map(Vec::len);
        let is_same = |subnet: &Resource| zone(subnet).zip(zone(from.resource)).map(|(one, other)| one == other);
        if own.peek().is_none() || attachment.unknown.contains_key("network.subnets") {
            return Hop::Unclear(format!(
                "the subnets of the transit gateway attachment {} are not known",
                attachment.name
            ));
        }
        let found: Vec<Option<bool>> = own.map(is_same).collect();
        if found.contains(&Some(true)) {
            return Hop::Open;
        }
        let name = &attachment.name;
        if found.contains(&None) || all_found.is_some_and(|all| all > found.len()) {
            return Hop::Unclear(format!("the zones of the transit gateway attachment {name} are not known"));
        }
        let why = format!("the transit gateway attachment {name} has no subnet in the zone of {}", from.resource.name);
        Hop::Shut(attachment.id.clone(), why)
    }

    /// Whether what goes to a range gets from an attachment to the network of a subnet.
    fn carried(&self, first: At, range: &IpNet, to: &Subnet<'a>, ports: Ports) -> Hop {
        let mut at = first;
        for _ in 0..MOST {
            let next = match self.led(at, range, to) {
                Ok(next) => next,
                Err(hop) => return hop,
            };
            let order = self.works(next);
            if order != Hop::Open {
                return order;
            }
            if self.is_of(next, to) {
                return self.let_out(next, to, ports);
            }
            let attachment = self.index.get(next);
            let far = self.far_end(next);
            at = match far {
                Some(far) => far,
                None if attachment.network.as_ref().is_some_and(|facts| facts.vpc.is_absent()) => {
                    return Hop::Unclear(format!("the other end of the peering {} was not found", attachment.name));
                }
                None => {
                    let name = &attachment.name;
                    return Hop::Unclear(format!("what lies behind {name}, in another network, is not known"));
                }
            };
            let order = self.works(at);
            if order != Hop::Open {
                return order;
            }
        }
        Hop::Unclear(format!("the way to {} leads through transit gateways in a circle", to.resource.name))
    }

    /// The attachment that the table leads to which another one goes by.
    fn led(&self, at: At, range: &IpNet, to: &Subnet<'a>) -> Result<At, Hop> {
        let attachment = self.index.get(at);
        let mut tables = self.index.to(at, Rel::RoutedBy).map(|table| self.index.get(table));
        let Some(table) = tables.find(|table| table.kind == self.kinds.transit_table) else {
            let reason = attachment.unknown.get("routing").map(|reason| format!(": {reason}")).unwrap_or_default();
            let name = &attachment.name;
            return Err(Hop::Unclear(format!(
                "the transit gateway route table that {name} goes by is not known{reason}"
            )));
        };
        let (name, subnet) = (&table.name, &to.resource.name);
        let routes = table.routing.as_ref().and_then(|routing| routing.routes.known());
        let doubt = table.unknown.get("routing.routes").map(|reason| Hop::Unclear(format!("{name}: {reason}")));
        let Some(routes) = routes else {
            return Err(doubt.unwrap_or_else(|| Hop::Unclear(format!("the routes of {name} are not known"))));
        };
        // Among what was not read may be a route that is more specific; code tells all that it means.
        if let Some(doubt) = doubt.clone().filter(|_| !table.is_declared()) {
            return Err(doubt);
        }
        let Some((_, route)) = most_specific(routes.iter(), range) else {
            let why = format!("the transit gateway route table {name} has no way to {subnet}");
            return Err(doubt.unwrap_or_else(|| Hop::Shut(table.id.clone(), why)));
        };
        if route.active == Fact::Known(false) {
            let why = format!("the route of the transit gateway route table {name} to {subnet} is a black hole");
            return Err(Hop::Shut(table.id.clone(), why));
        }
        match route.via.text() {
            Some("vpc" | "peering") | None => {}
            Some(via) => {
                let via = via.replace('-', " ");
                return Err(Hop::Unclear(format!("{name} leads to a {via}, and what lies behind that is not known")));
            }
        }
        let target = route.target.text().unwrap_or("one that is not known");
        let (account, region) = place(table);
        let named = || self.index.by_name_from(table, (self.kinds.attachment, account, region, target));
        let next = self.index.by_id(target).or_else(named);
        // Both ends of a peering have one id, and code may name either.
        let is_here = |at: &At| self.index.get(*at).region() == table.region();
        let next =
            next.map(|next| if is_here(&next) { next } else { self.far_end(next).filter(is_here).unwrap_or(next) });
        next.ok_or_else(|| Hop::Unclear(format!("the transit gateway attachment {target} was not found")))
    }

    /// The other end of a peering of gateways, whichever of the two names the other.
    fn far_end(&self, at: At) -> Option<At> {
        let ends = self.index.to(at, Rel::RoutedBy).chain(self.index.from(at, Rel::RoutedBy));
        let mut ends = ends.filter(|end| self.index.get(*end).kind == self.kinds.attachment);
        ends.find(|end| *end != at)
    }

    /// An attachment is that of a subnet's network. One that another account shares has only the id of that.
    fn is_of(&self, attachment: At, subnet: &Subnet<'a>) -> bool {
        let network = |at: At| self.index.to(at, Rel::InNetwork).next();
        if network(attachment).is_some() {
            return network(attachment) == network(subnet.at);
        }
        let id = |of: &'a Resource| of.network.as_ref().and_then(|facts| facts.vpc.text());
        id(self.index.get(attachment)).is_some_and(|id_of| id(subnet.resource) == Some(id_of))
    }
}

fn zone(subnet: &Resource) -> Option<&str> {
    let zones = subnet.redundancy.as_ref()?.zones.known()?;
    zones.first().map(String::as_str)
}
