//! The way out of a subnet: to a service of the provider by an endpoint of its network, to everything else by its default
//! route.

use std::collections::BTreeSet;

use super::super::edges::At;
use super::super::index::place;
use super::super::lookups::Endpoints;
use super::super::{Estate, why};
use super::Hop;
use super::filters::{self, ANSWERS, ANSWERS_TO_NAT, Way, internet};
use super::path::Subnet;
use crate::model::{Fact, Kind, Rel, Resource, Route};
use crate::providers::aws::documents::lets_through;
use crate::providers::aws::names::{partition, tail};
use crate::text::wildcard::matches;

/// Services of the provider answer on it.
const PORT: u32 = 443;

/// What goes out.
pub(super) struct Runner {
    pub at: At,
    /// It has a public address. Unknown: its subnet decides.
    pub public: Fact<bool>,
}

/// What it goes out to.
pub(super) struct Goal<'g> {
    /// As endpoints name it: `ecr.dkr`.
    pub service: &'g str,
    /// It is in the region of the subnet, so that an endpoint can lead to it.
    pub is_near: bool,
    /// ARNs of what is asked for there. None among them: one that is not known.
    pub of: &'g BTreeSet<Option<String>>,
}

/// Whether it gets there, and by what.
pub(super) type Exit = (Hop, &'static str);

/// What of a network leads to a service without the internet.
enum Leads {
    /// The host name of the service means it.
    Interface(At),
    Gateway(At),
    /// It may, or not: why that is not known.
    Perhaps(At, String),
}

impl<'a> Estate<'a> {
    /// Arranges endpoints by their networks.
    pub(in crate::link) fn endpoints(&self) -> Endpoints<'a> {
        let mut endpoints = Endpoints::new();
        for at in self.index.of_kind(self.kinds.endpoint) {
            let resource = self.index.get(*at);
            let Some(network) = resource.network.as_ref().and_then(|facts| facts.vpc.text()) else { continue };
            let (account, region) = place(resource);
            endpoints.entry((account, region, network)).or_default().push(*at);
        }
        endpoints
    }

    /// How something gets from a subnet to a service.
    pub(super) fn exit(&self, runner: &Runner, subnet: &Subnet<'a>, goal: &Goal<'_>) -> Exit {
        let Some(network) = subnet.resource.network.as_ref().and_then(|facts| facts.vpc.text()) else {
            return (Hop::Unclear(format!("the network of {} is not known", subnet.resource.name)), "");
        };
        match self.endpoint_to(subnet, network, goal) {
            Some(Leads::Interface(endpoint)) => {
                let hop = self.by_interface(runner, subnet, endpoint);
                (hop.and(|| self.lets_through(endpoint, goal)), "endpoint")
            }
            Some(Leads::Gateway(endpoint)) => {
                let hop = self.by_gateway(runner, subnet, endpoint);
                (hop.and(|| self.lets_through(endpoint, goal)), "endpoint")
            }
            Some(Leads::Perhaps(endpoint, reason)) => {
                let by_route = self.by_route(runner, subnet, goal);
                let by_endpoint = self.by_interface(runner, subnet, endpoint).and(|| self.lets_through(endpoint, goal));
                match (by_endpoint, &by_route.0) {
                    (Hop::Open, Hop::Open) => by_route,
                    (Hop::Shut(hop, why), Hop::Shut(..)) => (Hop::Shut(hop, why), ""),
                    _ => (Hop::Unclear(reason), ""),
                }
            }
            None => {
                let (hop, via) = self.by_route(runner, subnet, goal);
                let (account, region) = (subnet.resource.account(), subnet.resource.region().unwrap_or_default());
                let gap = self.seen.more(account, region, self.kinds.endpoint).filter(|_| goal.is_near);
                match (gap, hop) {
                    // One that nobody has seen may lead there; and where the network as a whole was not seen, it may be in
                    // the way of what takes the default route. Code has no endpoint that it does not name.
                    (Some(gap), Hop::Shut(..)) => (Hop::Unclear(gap.sentence()), via),
                    (Some(gap), Hop::Open) if !subnet.resource.is_declared() => (Hop::Unclear(gap.sentence()), via),
                    (_, hop) => (hop, via),
                }
            }
        }
    }

    /// The endpoint that the traffic of a subnet to a service takes, wanted or not.
    fn endpoint_to(&self, subnet: &Subnet<'a>, network: &str, goal: &Goal<'_>) -> Option<Leads> {
        if !goal.is_near {
            return None;
        }
        let (account, region) = place(subnet.resource);
        let all = self.endpoints.get(&(account, region, network)).map(Vec::as_slice).unwrap_or_default();
        let mut perhaps = None;
        for at in all.iter().copied() {
            let endpoint = self.index.get(at);
            let Some(facts) = &endpoint.network else { continue };
            let is_down = endpoint.status.as_ref().is_some_and(|status| status.healthy == Fact::Known(false));
            if is_down || facts.service.text() != Some(goal.service) {
                continue;
            }
            if facts.via.text() == Some("gateway") {
                match self.serves(at, subnet) {
                    Some(true) => return Some(Leads::Gateway(at)),
                    Some(false) => {}
                    None => {
                        let reason = format!("the route tables of endpoint {} are not known", endpoint.name);
                        perhaps = perhaps.or(Some(Leads::Perhaps(at, reason)));
                    }
                }
                continue;
            }
            match facts.private_dns {
                Fact::Known(true) => match self.resolves(subnet, network) {
                    Ok(true) => return Some(Leads::Interface(at)),
                    Ok(false) => {}
                    Err(reason) => perhaps = perhaps.or(Some(Leads::Perhaps(at, reason))),
                },
                Fact::Known(false) | Fact::Absent => {}
                Fact::Unknown => {
                    let reason =
                        format!("whether the usual host name leads to endpoint {} is not known", endpoint.name);
                    perhaps = perhaps.or(Some(Leads::Perhaps(at, reason)));
                }
            }
        }
        perhaps
    }

    /// Whether private host names are known in a network. Where they are not, they mean what the internet says.
    fn resolves(&self, subnet: &Subnet<'a>, network: &str) -> Result<bool, String> {
        let (account, region) = place(subnet.resource);
        let named = || self.index.by_name_from(subnet.resource, (self.kinds.vpc, account, region, network));
        let found = self.index.to(subnet.at, Rel::InNetwork).next().or_else(named);
        // An endpoint takes a private host name only where both are on.
        let Some(network) = found.map(|at| self.index.get(at)) else {
            let gap = self.seen.more(subnet.resource.account(), region, self.kinds.vpc);
            let gap = gap.filter(|_| !subnet.resource.is_declared());
            return gap.map_or(Ok(true), |gap| Err(format!("{network}: {}", gap.sentence())));
        };
        let facts = network.network.as_ref();
        let both = facts.map_or([Fact::Unknown; 2], |facts| [facts.dns_support, facts.dns_hostnames]);
        if both.contains(&Fact::Known(false)) {
            return Ok(false);
        }
        let paths = ["network.dns_support", "network.dns_hostnames"].iter().zip(both);
        match paths.into_iter().find(|(_, fact)| !fact.is_known()) {
            Some((path, _)) => Err(format!("{}: {}", network.name, why(network, path))),
            None => Ok(true),
        }
    }

    /// Whether the policy of an endpoint lets through what is asked for.
    fn lets_through(&self, endpoint: At, goal: &Goal<'_>) -> Hop {
        let resource = self.index.get(endpoint);
        let name = &resource.name;
        let policy = match resource.network.as_ref().map_or(&Fact::Unknown, |facts| &facts.policy) {
            Fact::Absent => return Hop::Open,
            Fact::Unknown => {
                return Hop::Unclear(format!("{name}: {}", why(resource, "network.policy")));
            }
            Fact::Known(policy) => policy,
        };
        let region = resource.region().unwrap_or_default();
        let layers = format!("arn:{}:s3:::prod-{region}-starport-layer-bucket/layer", partition(region));
        let layers = BTreeSet::from([Some(layers)]);
        let any = BTreeSet::from([Some("*".to_owned())]);
        let unknown = BTreeSet::from([None]);
        let asked = actions(goal.service).iter().flat_map(|action| {
            let of = match *action {
                "s3:GetObject" => &layers,
                "ecr:GetAuthorizationToken" => &any,
                "secretsmanager:GetSecretValue" | "ssm:GetParameters" => goal.of,
                _ => &unknown,
            };
            of.iter().map(move |resource| (*action, resource.as_deref()))
        });
        asked.fold(Hop::Open, |so_far, (action, of)| {
            so_far.and(|| match lets_through(policy, action, of, matches) {
                Some(true) => Hop::Open,
                Some(false) => Hop::Shut(
                    resource.id.clone(),
                    format!("the policy of endpoint {name} does not let {action} through{}", of_what(of)),
                ),
                None => {
                    Hop::Unclear(format!("whether the policy of endpoint {name} lets {action} through is not known"))
                }
            })
        })
    }

    /// Whether the route table of a subnet leads to a gateway endpoint.
    fn serves(&self, endpoint: At, subnet: &Subnet<'a>) -> Option<bool> {
        let table = self.index.to(subnet.at, Rel::RoutedBy).next()?;
        let mut tables = self.index.to(endpoint, Rel::RoutedBy).peekable();
        tables.peek()?;
        Some(tables.any(|served| served == table))
    }

    fn by_interface(&self, runner: &Runner, subnet: &Subnet<'a>, endpoint: At) -> Hop {
        match self.subnets(endpoint) {
            Ok(others) => self
                .filtered((runner.at, std::slice::from_ref(subnet)), (endpoint, &others), PORT)
                .and(|| self.subnets_seen(endpoint)),
            Err(reason) => Hop::Unclear(reason),
        }
    }

    /// A rule may name the prefix list of the service instead of addresses.
    fn by_gateway(&self, runner: &Runner, subnet: &Subnet<'a>, endpoint: At) -> Hop {
        let own = self.side(runner.at, std::slice::from_ref(subnet));
        let service = self.index.get(endpoint).network.as_ref().and_then(|facts| facts.service.text());
        let (account, region) = place(subnet.resource);
        let is_meant = |list: &str| {
            let found = self.index.by_name(Kind::of("aws.ec2.prefix-list"), account, region, tail(list));
            let name = found.or_else(|| self.index.by_id(list)).map(|at| self.index.get(at).name.as_str());
            name.and_then(|name| name.rsplit('.').next()) == service
        };
        if filters::names_list(&own, PORT, is_meant) {
            return self.acls_to_internet(subnet);
        }
        self.out_to_internet(runner, subnet)
    }

    fn by_route(&self, runner: &Runner, subnet: &Subnet<'a>, goal: &Goal<'_>) -> Exit {
        let (way, via) = self.default_way(runner, subnet, goal);
        (self.out_to_internet(runner, subnet).and(|| way), via)
    }

    fn out_to_internet(&self, runner: &Runner, subnet: &Subnet<'a>) -> Hop {
        let own = self.side(runner.at, std::slice::from_ref(subnet));
        let all = filters::Side { ranges: internet(), ..filters::Side::default() };
        self.groups_known(runner.at)
            .and(|| filters::groups(&own, Way::Out, &all, PORT, "the internet"))
            .and(|| self.acls_to_internet(subnet))
    }

    fn acls_to_internet(&self, subnet: &Subnet<'a>) -> Hop {
        self.acl_of(subnet, Way::Out, &internet(), (PORT, PORT))
            .and(|| self.acl_of(subnet, Way::In, &internet(), ANSWERS))
    }

    /// Where the default route of a subnet leads.
    fn default_way(&self, runner: &Runner, subnet: &Subnet<'a>, goal: &Goal<'_>) -> Exit {
        let (table, route) = match self.default_route(subnet) {
            Ok(Ok((table, route))) => (table, route),
            Ok(Err(table)) => {
                let is_gone = routes(table).any(is_default);
                let ways = match goal.is_near {
                    _ if is_gone => "its default route leads to what is gone",
                    true => "no endpoint, no NAT gateway",
                    false => "no NAT gateway",
                };
                let (own, service) = (&subnet.resource.name, goal.service);
                let why = format!("route table {} has no way from {own} to {service}: {ways}", table.name);
                return (Hop::Shut(table.id.clone(), why), "");
            }
            Err(reason) => return (Hop::Unclear(reason), ""),
        };
        let name = &table.name;
        match route.via.text() {
            Some("nat-gateway") => (self.by_nat(subnet, table, route), "nat-gateway"),
            Some("internet-gateway") => {
                let by_subnet = || subnet.resource.network.as_ref().map_or(Fact::Unknown, |it| it.public_addresses);
                let public = if runner.public.is_unknown() { by_subnet() } else { runner.public };
                let hop = match public {
                    Fact::Known(true) => Hop::Open,
                    Fact::Known(false) => Hop::Shut(
                        self.index.get(runner.at).id.clone(),
                        format!("{name} leads to an internet gateway, which takes a public address, and it has none"),
                    ),
                    Fact::Absent | Fact::Unknown => Hop::Unclear("whether it has a public address is not known".into()),
                };
                (hop, "internet-gateway")
            }
            via => {
                let via = via.unwrap_or("something").replace('-', " ");
                (Hop::Unclear(format!("{name} leads to a {via}, and what lies behind that is not known")), "")
            }
        }
    }

    /// The route of a subnet to everywhere; `Ok(Err)`: its table has none. `Err`: why that is not known.
    fn default_route(&self, subnet: &Subnet<'a>) -> Result<Result<(&'a Resource, &'a Route), &'a Resource>, String> {
        let Some(table) = self.index.to(subnet.at, Rel::RoutedBy).next().map(|at| self.index.get(at)) else {
            return Err(format!("the route table of {} is not known", subnet.resource.name));
        };
        let in_force = |route: &&Route| is_default(route) && route.active != Fact::Known(false);
        if let Some(route) = routes(table).find(in_force) {
            return Ok(Ok((table, route)));
        }
        let doubt = table.unknown.get("routing.routes").or_else(|| table.unknown.get("routing"));
        let is_read = table.routing.as_ref().is_some_and(|routing| routing.routes.is_known());
        let unread = !is_read || routes(table).any(|route| route.destination.is_unknown());
        match doubt {
            Some(reason) => Err(reason.clone()),
            None if unread => Err(format!("the routes of {} are not known", table.name)),
            None => Ok(Err(table)),
        }
    }

    /// A NAT gateway leads on to the internet if it is in order, and so is the way from its own subnet.
    fn by_nat(&self, from: &Subnet<'a>, table: &'a Resource, route: &Route) -> Hop {
        let Some(at) = route.target.text().and_then(|id| self.nat_gateway(table, id)) else {
            return Hop::Unclear(format!("the NAT gateway of {} was not found", table.name));
        };
        let gateway = self.index.get(at);
        let healthy = gateway.status.as_ref().map_or(Fact::Unknown, |status| status.healthy);
        if healthy == Fact::Known(false) {
            let state = gateway.status.as_ref().and_then(|status| status.state.text()).unwrap_or("not available");
            return Hop::Shut(gateway.id.clone(), format!("NAT gateway {} is {state}", gateway.name));
        }
        if !healthy.is_known() && !gateway.is_declared() {
            return Hop::Unclear(format!("{}: {}", gateway.name, why(gateway, "status.healthy")));
        }
        let facts = gateway.network.as_ref();
        match facts.map_or(Fact::Unknown, |facts| facts.public_addresses) {
            Fact::Known(true) => {}
            Fact::Known(false) => {
                return Hop::Unclear(format!("NAT gateway {} is private: where it leads is not known", gateway.name));
            }
            Fact::Absent | Fact::Unknown => {
                return Hop::Unclear(format!("{}: {}", gateway.name, why(gateway, "network.public_addresses")));
            }
        }
        // One that the provider spreads by itself stands in no subnet.
        if facts.is_some_and(|facts| facts.subnets.is_absent()) {
            return Hop::Open;
        }
        let own = match self.subnets(at) {
            Ok(own) => own,
            Err(reason) => return Hop::Unclear(reason),
        };
        own.iter()
            .fold(Hop::Open, |so_far, subnet| so_far.and(|| self.beyond_nat(from, subnet, gateway)))
            .and(|| self.subnets_seen(at))
    }

    fn beyond_nat(&self, from: &Subnet<'a>, own: &Subnet<'a>, gateway: &Resource) -> Hop {
        let on = match self.default_route(own) {
            Ok(Ok((_, route))) if route.via.text() == Some("internet-gateway") => Hop::Open,
            Ok(Ok((table, _)) | Err(table)) => Hop::Shut(
                table.id.clone(),
                format!("NAT gateway {} stands in {}, which has no internet gateway", gateway.name, own.resource.name),
            ),
            Err(reason) => Hop::Unclear(reason),
        };
        on.and(|| self.acl_of(own, Way::Out, &internet(), (PORT, PORT)))
            .and(|| self.acl_of(own, Way::In, &internet(), ANSWERS_TO_NAT))
            .and(|| if from.at == own.at { Hop::Open } else { self.acl_of(own, Way::In, &from.ranges, (PORT, PORT)) })
            .and(|| if from.at == own.at { Hop::Open } else { self.acl_of(own, Way::Out, &from.ranges, ANSWERS) })
    }
}

/// What a task asks of a service before it runs.
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html>
fn actions(service: &str) -> &'static [&'static str] {
    match service {
        "ecr.api" => &["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "ecr.dkr" => &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "s3" => &["s3:GetObject"],
        "secretsmanager" => &["secretsmanager:GetSecretValue"],
        "ssm" => &["ssm:GetParameters"],
        "logs" => &["logs:CreateLogStream", "logs:PutLogEvents"],
        _ => &[],
    }
}

fn of_what(resource: Option<&str>) -> String {
    resource.filter(|it| *it != "*").map(|it| format!(" on {it}")).unwrap_or_default()
}

/// The routes of a table, as far as they are known.
fn routes(table: &Resource) -> impl Iterator<Item = &Route> {
    table.routing.iter().filter_map(|routing| routing.routes.known()).flatten()
}

/// It is for everything that no other route is for.
fn is_default(route: &Route) -> bool {
    route.destination.text() == Some("0.0.0.0/0")
}
