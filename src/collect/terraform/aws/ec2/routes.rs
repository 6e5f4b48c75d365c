//! Route tables, with their routes in blocks and as parts, and the subnets that use them.

use std::collections::BTreeSet;

use super::super::provider::TYPE;
use super::rules::part_type;
use super::{SUBNETS, VPCS, id, linked};
use crate::collect::network::{by_precision, via};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referent, Referents, World};
use crate::model::{Fact, Network, Rel, Resource, Route, Routing, Shared};

pub(super) const TABLES: &[&str] = &["aws_route_table", "aws_default_route_table"];

const ROUTES: &str = "routing.routes";

/// An attribute that names what a route leads to, what that is, and the types that it may be.
type Leads = (&'static str, &'static str, &'static [&'static str]);

const LEADS: &[Leads] = &[
    ("nat_gateway_id", "nat-gateway", &["aws_nat_gateway"]),
    ("gateway_id", "", &["aws_internet_gateway", "aws_vpn_gateway", "aws_vpc_endpoint"]),
    ("transit_gateway_id", "transit-gateway", &["aws_ec2_transit_gateway"]),
    ("vpc_peering_connection_id", "peering", &["aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter"]),
    ("egress_only_gateway_id", "egress-only", &["aws_egress_only_internet_gateway"]),
    ("vpc_endpoint_id", "endpoint", &["aws_vpc_endpoint"]),
    ("network_interface_id", "interface", &["aws_network_interface"]),
];

const fn table_type(name: &'static str, reads: &'static [&'static str]) -> Mapping {
    Mapping {
        of: Type {
            name,
            kind: Some("aws.ec2.route-table"),
            global_id: "arn",
            names: &["id"],
            facts: &[("network.vpc", "vpc_id"), (ROUTES, "route")],
            reads,
            ..TYPE
        },
        maps: Maps::Resource(table),
    }
}

const IN_TABLE: &[&str] = &[
    "propagating_vgws",
    "route.cidr_block",
    "route.destination_prefix_list_id",
    "route.egress_only_gateway_id",
    "route.gateway_id",
    "route.ipv6_cidr_block",
    "route.nat_gateway_id",
    "route.network_interface_id",
    "route.transit_gateway_id",
    "route.vpc_endpoint_id",
    "route.vpc_peering_connection_id",
];

const ROUTE: &[&str] = &[
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
    "egress_only_gateway_id",
    "gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "route_table_id",
    "state",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
];

pub(super) const TYPES: &[Mapping] = &[
    table_type("aws_route_table", IN_TABLE),
    table_type("aws_default_route_table", IN_TABLE),
    Mapping { of: part_type("aws_route", ROUTE), maps: Maps::Part(route, Some(no_route)) },
    Mapping {
        of: part_type("aws_route_table_association", &["route_table_id", "subnet_id"]),
        maps: Maps::Part(association, None),
    },
    Mapping {
        of: part_type("aws_main_route_table_association", &["route_table_id"]),
        maps: Maps::Part(main_association, Some(no_main_association)),
    },
];

const fn part(part: &'static str, facts: &'static [&'static str]) -> PartOf {
    // What is known of the others stays: the list is marked as one that may be longer.
    PartOf { part, inline: "", names: "route_table_id", of: TABLES, several: true, facts, clear: |_| {} }
}

pub(super) const PARTS: &[PartOf] =
    &[part("aws_main_route_table_association", &["routing.main"]), part("aws_route", &[ROUTES])];

fn table(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    resource.network = Some(Shared::from(Network { vpc, ..Network::default() }));
    let state = attrs.state("route");
    let routes = match (attrs.blocks("route"), state) {
        (Fact::Known(blocks), _) => Fact::Known(blocks.iter().map(|block| of_block(attrs, &blocks, block)).collect()),
        (Fact::Absent, _) => Fact::Known(Vec::new()),
        (Fact::Unknown, State::Unset) if attrs.is_created() => Fact::Known(Vec::new()),
        (Fact::Unknown, _) => Fact::Unknown,
    };
    let was_read = matches!(state, State::Known(_) | State::Null) && attrs.instance().change.is_some();
    if routes.is_known() && !attrs.sets("route") && !was_read && !attrs.world.stack.is_alone {
        resource.mark_unknown(ROUTES, "routes may be declared elsewhere");
    }
    // Gateways of private networks announce routes of their own.
    if attrs.is_set("propagating_vgws") && attrs.sets("propagating_vgws") {
        resource.mark_unknown(ROUTES, "a VPN gateway adds routes to it");
    }
    let is_default = attrs.instance().kind.name == "aws_default_route_table";
    resource.routing = Some(Shared::from(Routing { routes: routes.map(by_precision), main: Fact::Known(is_default) }));
}

/// A route in a block. What is not known of it yet, the code says, if there is only one such route, or if it names only
/// one thing that the route may lead to.
fn of_block(attrs: &Attrs<'_>, blocks: &[Attrs<'_>], block: &Attrs<'_>) -> Route {
    let destination =
        first([block.text("cidr_block"), block.text("ipv6_cidr_block"), block.text("destination_prefix_list_id")]);
    let mut to = (Fact::Unknown, Fact::Unknown);
    for (name, what, types) in LEADS {
        if !block.declares(name) {
            continue;
        }
        match block.text(name) {
            Fact::Known(target) => to = (via(&target).into(), Fact::Known(target)),
            Fact::Absent => {}
            Fact::Unknown => {
                let all: Vec<&str> = LEADS.iter().flat_map(|(_, _, types)| types.iter().copied()).collect();
                let mut named = attrs.all_targets("route", &all);
                named.found.retain(|target| is_one(attrs, target, types));
                let open = blocks.iter().filter(|block| block.text(name).is_unknown()).count();
                if open > 1 && named.found.len() > 1 {
                    named.unknown = Some("which of them is not said".to_owned());
                }
                to = leads_to(attrs, what, &named);
            }
        }
    }
    Route { destination, via: to.0, target: to.1, active: Fact::Unknown }
}

fn is_one(attrs: &Attrs<'_>, target: &Referent, types: &[&str]) -> bool {
    match target {
        Referent::Here(at, _) => types.contains(&attrs.world.instance(*at).kind.name),
        Referent::Elsewhere(_) => false,
    }
}

/// What a route goes through, and the id of that.
fn leads_to(attrs: &Attrs<'_>, what: &str, targets: &Referents) -> (Fact<String>, Fact<String>) {
    let of = |at: usize| match attrs.world.instance(at).kind.name {
        "aws_internet_gateway" => "internet-gateway",
        "aws_vpc_endpoint" => "endpoint",
        _ => "vpn-gateway",
    };
    let here = targets.here();
    let stated = if what.is_empty() { here.first().map(|at| of(*at).to_owned()) } else { Some(what.to_owned()) };
    match (&targets.unknown, targets.found.first()) {
        (None, Some(Referent::Here(at, _))) if here.len() == 1 => {
            (Fact::from_known(stated), Fact::Known(id(attrs, *at)))
        }
        (None, Some(Referent::Elsewhere(target))) => (via(target).into(), Fact::Known(target.clone())),
        _ => (Fact::from_known(stated), Fact::Unknown),
    }
}

fn of_part(attrs: &Attrs<'_>) -> Route {
    let mut to = (Fact::Unknown, Fact::Unknown);
    for (name, what, types) in LEADS {
        if attrs.is_set(name) && to.0.is_unknown() && (attrs.sets(name) || attrs.text(name).is_known()) {
            to = leads_to(attrs, what, &attrs.targets(name, types));
        }
    }
    Route {
        destination: first([
            attrs.text("destination_cidr_block"),
            attrs.text("destination_ipv6_cidr_block"),
            attrs.text("destination_prefix_list_id"),
        ]),
        via: to.0,
        target: to.1,
        active: attrs.text("state").map(|state| state == "active"),
    }
}

/// The one that is set.
fn first(all: [Fact<String>; 3]) -> Fact<String> {
    all.into_iter().find(|fact| !fact.is_absent()).unwrap_or_default()
}

fn route(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, "route_table_id", TABLES, resources, |table| {
        let own = of_part(attrs);
        if own.destination.is_unknown() {
            let reason = format!("where {} leads is known only after apply", attrs.instance().address);
            table.mark_unknown(ROUTES, reason);
        }
        let Some(Fact::Known(routes)) = table.routing.as_deref_mut().map(|routing| &mut routing.routes) else { return };
        routes.retain(|have| have.destination != own.destination);
        routes.push(own);
        *routes = by_precision(std::mem::take(routes));
    })
}

fn no_route(attrs: &Attrs<'_>, resources: &mut Parts) {
    part_of::set(attrs, "route_table_id", TABLES, resources, |table| {
        let own = of_part(attrs).destination;
        if let Some(Fact::Known(routes)) = table.routing.as_deref_mut().map(|routing| &mut routing.routes) {
            routes.retain(|have| have.destination != own);
        }
    });
}

fn main_association(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, "route_table_id", TABLES, resources, |table| {
        table.routing.get_or_insert_default().main = Fact::Known(true);
    })
}

/// The network takes its first main table again.
fn no_main_association(attrs: &Attrs<'_>, resources: &mut Parts) {
    part_of::set(attrs, "route_table_id", TABLES, resources, |table| {
        table.routing.get_or_insert_default().main = Fact::Known(false);
    });
}

fn association(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let tables = attrs.targets("route_table_id", TABLES);
    let subnets = attrs.targets("subnet_id", SUBNETS);
    if let (Some(subnet), None, Some(table)) = (subnets.single(), &tables.unknown, tables.ids().first())
        && let Some(subnet) = &mut resources[subnet]
    {
        subnet.link(Rel::RoutedBy, Some(table));
    }
    subnets.here()
}

/// Adds the routes that every table has: to the ranges of its own network.
pub(super) fn local(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(TABLES) {
        let vpc = Attrs::new(world, at).targets("vpc_id", VPCS).single();
        let ranges = vpc.and_then(|vpc| resources[vpc].as_ref()?.network.as_ref()?.cidrs.known().cloned());
        let Some(Fact::Known(routes)) =
            resources[at].as_mut().and_then(|table| Some(&mut table.routing.as_deref_mut()?.routes))
        else {
            continue;
        };
        for range in ranges.into_iter().flatten() {
            let destination = Fact::Known(range);
            if !routes.iter().any(|route| route.destination == destination) {
                let local = || Fact::Known("local".to_owned());
                routes.push(Route { destination, via: local(), target: local(), active: Fact::Known(true) });
            }
        }
        *routes = by_precision(std::mem::take(routes));
    }
}

/// A new subnet that nothing gives a table of its own uses the main one of its network. Of one that is there already,
/// other code may have said which it uses.
pub(super) fn of_subnets(world: &World<'_>, resources: &mut Parts) {
    let associations = world.of_type(&["aws_route_table_association"]);
    let named: Vec<_> = associations.iter().map(|at| Attrs::new(world, *at).targets("subnet_id", SUBNETS)).collect();
    if named.iter().any(|subnets| subnets.unknown.is_some()) {
        return;
    }
    // One that is given a table has that, whether it is known which it is or not.
    let given: BTreeSet<usize> = named.iter().flat_map(Referents::here).collect();
    let is_main = |table: &Resource| table.routing.as_ref().is_some_and(|routing| routing.main == Fact::Known(true));
    let tables = world.of_type(TABLES);
    let main: Vec<(usize, usize)> = tables
        .into_iter()
        .filter(|at| resources[*at].as_ref().is_some_and(is_main))
        .filter_map(|at| Some((Attrs::new(world, at).targets("vpc_id", VPCS).single()?, at)))
        .collect();
    for at in world.of_type(SUBNETS).into_iter().filter(|at| !given.contains(at)) {
        let attrs = Attrs::new(world, at);
        let Some(vpc) = attrs.targets("vpc_id", VPCS).single().filter(|_| attrs.is_created()) else { continue };
        let Some(subnet) = &mut resources[at] else { continue };
        let mut of_network = main.iter().filter(|(of, _)| *of == vpc);
        if let (Some((_, table)), None) = (of_network.next(), of_network.next()) {
            subnet.link(Rel::RoutedBy, Some(world.id(*table)));
        }
    }
}
