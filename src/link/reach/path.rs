//! The way from one resource to another: out of its security groups, by routes, through network ACLs, into the other's groups.

use ipnet::IpNet;

use super::super::Estate;
use super::super::edges::At;
use super::super::index::place;
use super::super::ways::most_specific;
use super::Hop;
use super::filters::{self, ANSWERS, Ports, Side, Way};
use crate::model::{Class, Fact, Rel, Resource, Route};

/// A subnet and where it lies.
pub(super) struct Subnet<'a> {
    pub at: At,
    pub resource: &'a Resource,
    pub ranges: Vec<IpNet>,
}

impl<'a> Estate<'a> {
    /// Whether a client gets through to a server on a port, and answers come back.
    pub(super) fn path(&self, client: At, server: At, port: u32) -> Hop {
        let (from, to) = match (self.subnets(client), self.subnets(server)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(reason), _) | (_, Err(reason)) => return Hop::Unclear(reason),
        };
        let ((client, from), (server, to)) = ((client, from.as_slice()), (server, to.as_slice()));
        self.filtered((client, from), (server, to), port)
            .and(|| self.routes(from, to, (port, port)))
            .and(|| self.routes(to, from, ANSWERS))
            .and(|| self.subnets_seen(client))
            .and(|| self.subnets_seen(server))
    }

    /// Whether security groups and network ACLs let requests and answers through.
    pub(super) fn filtered(
        &self,
        (client, from): (At, &[Subnet<'a>]),
        (server, to): (At, &[Subnet<'a>]),
        port: u32,
    ) -> Hop {
        let (out, into) = (self.side(client, from), self.side(server, to));
        let names = [client, server].map(|at| self.index.get(at).name.as_str());
        self.groups_known(client)
            .and(|| filters::groups(&out, Way::Out, &into, port, names[1]))
            .and(|| self.groups_known(server))
            .and(|| filters::groups(&into, Way::In, &out, port, names[0]))
            .and(|| self.acls(from, to, port))
    }

    pub(super) fn groups_known(&self, at: At) -> Hop {
        match self.groups_doubt(at) {
            Some(reason) => Hop::Unclear(reason),
            None => Hop::Open,
        }
    }

    pub(super) fn side(&self, at: At, subnets: &[Subnet<'a>]) -> Side<'a> {
        let groups: Vec<&'a Resource> = self.groups_of(at).into_iter().map(|group| self.index.get(group)).collect();
        let rules = groups.iter().filter_map(|group| group.firewall.as_ref());
        let rules = rules.flat_map(|it| [&it.ingress, &it.egress]).filter_map(|rules| rules.known()).flatten();
        let lists = rules.filter_map(|rule| rule.prefix_lists.known()).flatten();
        let entries = |list: &'a String| {
            let known = self.entries(groups.first()?, list)?;
            Some((list.as_str(), known.iter().filter_map(|text| text.parse().ok()).collect()))
        };
        let lists = lists.filter_map(entries).collect();
        Side { ranges: subnets.iter().flat_map(|subnet| subnet.ranges.iter().copied()).collect(), lists, groups }
    }

    /// The subnets that something may stand in.
    pub(super) fn subnets(&self, at: At) -> Result<Vec<Subnet<'a>>, String> {
        let resource = self.index.get(at);
        if let Some(reason) = resource.unknown.get("network.subnets") {
            return Err(reason.clone());
        }
        if resource.kind.info().class == Class::Function
            && resource.network.as_ref().is_some_and(|network| network.subnets.is_absent())
        {
            return Err(format!("{} stands in no network of its account", resource.name));
        }
        let groups = self.index.to(at, Rel::InSubnetGroup);
        let mut found: Vec<At> =
            [at].into_iter().chain(groups).flat_map(|it| self.index.to(it, Rel::InSubnet)).collect();
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            return Err(format!("the subnets of {} are not known", resource.name));
        }
        found.into_iter().map(|at| self.subnet(at)).collect()
    }

    /// Something may stand in a subnet that nobody saw as well: what the others let through proves nothing of it.
    pub(super) fn subnets_seen(&self, at: At) -> Hop {
        let named = [at].into_iter().chain(self.index.to(at, Rel::InSubnetGroup)).map(|it| self.index.get(it));
        let unseen = named.flat_map(|it| self.loose(it, |rel| rel == Rel::InSubnet)).next();
        unseen.map_or(Hop::Open, |unseen| Hop::Unclear(format!("subnet {} was not seen", unseen.text)))
    }

    pub(super) fn subnet(&self, at: At) -> Result<Subnet<'a>, String> {
        let resource = self.index.get(at);
        let cidrs = resource.network.as_ref().and_then(|network| network.cidrs.known());
        let ranges: Vec<IpNet> = cidrs.into_iter().flatten().filter_map(|text| text.parse().ok()).collect();
        if ranges.is_empty() {
            return Err(format!("the addresses of {} are not known", resource.name));
        }
        Ok(Subnet { at, resource, ranges })
    }

    /// Whether packets to those ports get from each subnet to each other one. Within one network they always do.
    fn routes(&self, from: &[Subnet<'a>], to: &[Subnet<'a>], ports: Ports) -> Hop {
        let pairs = from.iter().flat_map(|one| to.iter().map(move |other| (one, other)));
        pairs.fold(Hop::Open, |so_far, (one, other)| so_far.and(|| self.route(one, other, ports)))
    }

    fn route(&self, from: &Subnet<'a>, to: &Subnet<'a>, ports: Ports) -> Hop {
        match self.in_one_network(from, to) {
            Some(true) => return Hop::Open,
            Some(false) => {}
            None => return Hop::Unclear(format!("the network of {} is not known", from.resource.name)),
        }
        let Some(table) = self.index.to(from.at, Rel::RoutedBy).map(|table| self.index.get(table)).next() else {
            return Hop::Unclear(format!("the route table of {} is not known", from.resource.name));
        };
        let known = table.routing.as_ref().and_then(|routing| routing.routes.known());
        let Some(routes) = known else { return Hop::Unclear(format!("the routes of {} are not known", table.name)) };
        let into = || routes.iter().filter(|route| route.via.text() != Some("local"));
        let taken = |range: &IpNet| {
            let (_, route) = most_specific(into(), range)?;
            matches!(route.via.text(), Some("peering" | "transit-gateway")).then_some(route)
        };
        if let Some(taken) = to.ranges.iter().map(taken).collect::<Option<Vec<&Route>>>() {
            return taken
                .into_iter()
                .fold(Hop::Open, |so_far, route| so_far.and(|| self.crosses((table, route), from, to, ports)));
        }
        match table.unknown.get("routing.routes").or_else(|| table.unknown.get("routing")) {
            Some(reason) => Hop::Unclear(reason.clone()),
            None => Hop::Shut(
                table.id.clone(),
                format!("route table {} has no way from {} to {}", table.name, from.resource.name, to.resource.name),
            ),
        }
    }

    /// Whether a route into another network gets there.
    fn crosses(&self, (table, route): (&'a Resource, &Route), from: &Subnet<'a>, to: &Subnet<'a>, ports: Ports) -> Hop {
        let target = route.target.text().unwrap_or("one that is not known");
        if route.active.known() == Some(&false) {
            return Hop::Shut(table.id.clone(), format!("the route of {} to {target} is a black hole", table.name));
        }
        if route.via.text() != Some("peering") {
            return self.through_gateways(route, from, to, ports);
        }
        let (account, region) = place(table);
        let named = || self.index.by_name_from(table, (self.kinds.peering, account, region, target));
        let Some(at) = self.index.by_id(target).or_else(named) else {
            return Hop::Unclear(format!("the peering {target} was not found"));
        };
        let peering = self.index.get(at);
        let (name, subnet) = (&peering.name, &to.resource.name);
        let shut = |why: String| Hop::Shut(peering.id.clone(), format!("the peering {name} {why}"));
        match self.ends_at(at, to) {
            Fact::Known(true) => {}
            Fact::Known(false) | Fact::Absent => return shut(format!("does not lead to the network of {subnet}")),
            Fact::Unknown => {
                return Hop::Unclear(format!("whether the peering {name} leads to {subnet} is not known"));
            }
        }
        match peering.status.as_ref().map_or(&Fact::Unknown, |status| &status.healthy) {
            Fact::Known(false) => shut("is not active".to_owned()),
            Fact::Known(true) => Hop::Open,
            // Code says nothing of how it will be.
            _ if peering.is_declared() => Hop::Open,
            _ => Hop::Unclear(format!("whether the peering {name} is active is not known")),
        }
    }

    /// A peering ends in the network of a subnet. In another region it has only the id of that network.
    fn ends_at(&self, peering: At, subnet: &Subnet<'a>) -> Fact<bool> {
        let network = self.index.to(subnet.at, Rel::InNetwork).next();
        if self.index.to(peering, Rel::InNetwork).any(|end| Some(end) == network) {
            return Fact::Known(true);
        }
        let id = subnet.resource.network.as_ref().and_then(|facts| facts.vpc.text());
        let peering = self.index.get(peering);
        let peers = peering.network.as_ref().and_then(|facts| facts.peers.known());
        let peers = peers.filter(|_| !peering.unknown.contains_key("network.peers"));
        Fact::from_known(id.zip(peers).map(|(id, peers)| peers.iter().any(|peer| peer == id)))
    }

    fn in_one_network(&self, one: &Subnet<'a>, other: &Subnet<'a>) -> Option<bool> {
        let network = |subnet: &Subnet<'a>| self.index.to(subnet.at, Rel::InNetwork).next();
        if let Some((one, other)) = network(one).zip(network(other)) {
            return Some(one == other);
        }
        let stated = |subnet: &Subnet<'a>| subnet.resource.network.as_ref().and_then(|it| it.vpc.text());
        stated(one).zip(stated(other)).map(|(one, other)| one == other)
    }

    /// Whether the network ACLs let requests and answers through, where they leave their subnet.
    fn acls(&self, from: &[Subnet<'a>], to: &[Subnet<'a>], port: u32) -> Hop {
        let pairs = from.iter().flat_map(|one| to.iter().map(move |other| (one, other)));
        let pairs = pairs.filter(|(one, other)| one.at != other.at);
        pairs.fold(Hop::Open, |so_far, (one, other)| {
            so_far
                .and(|| self.acl(one, Way::Out, other, (port, port)))
                .and(|| self.acl(other, Way::In, one, (port, port)))
                .and(|| self.acl(other, Way::Out, one, ANSWERS))
                .and(|| self.acl(one, Way::In, other, ANSWERS))
        })
    }

    fn acl(&self, own: &Subnet<'a>, way: Way, other: &Subnet<'a>, ports: Ports) -> Hop {
        self.acl_of(own, way, &other.ranges, ports)
    }

    /// Whether the network ACL of a subnet lets through what goes to, or comes from, those ranges.
    pub(super) fn acl_of(&self, own: &Subnet<'a>, way: Way, others: &[IpNet], ports: Ports) -> Hop {
        let mut filters = self.index.to(own.at, Rel::FilteredBy).map(|filter| self.index.get(filter));
        match filters.find(|filter| filter.kind.info().class == Class::NetworkAcl) {
            Some(filter) => {
                others.iter().fold(Hop::Open, |so_far, range| so_far.and(|| filters::acl(filter, way, range, ports)))
            }
            // Code that says nothing of a network ACL leaves the default one, which lets everything through.
            None if own.resource.is_declared() => Hop::Open,
            None => Hop::Unclear(format!("the network ACL of {} is not known", own.resource.name)),
        }
    }
}
