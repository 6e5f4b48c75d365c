//! Transit gateways: what is attached to them, and where their route tables lead. Of a gateway itself only its default table
//! says where something goes, so that it stands for that.

use std::collections::HashMap;

use super::super::provider::TYPE;
use super::rules::part_type;
use super::{VPCS, id, in_subnets, linked};
use crate::collect::network::{by_precision, in_sequence};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Referent, World};
use crate::model::{Fact, Network, Rel, Resource, Route, Routing, Shared};

const GATEWAYS: &[&str] = &["aws_ec2_transit_gateway"];

const TABLES: &[&str] = &["aws_ec2_transit_gateway_route_table", "aws_ec2_transit_gateway"];

const OF_VPC: &[&str] = &["aws_ec2_transit_gateway_vpc_attachment"];

const PEERING: &str = "aws_ec2_transit_gateway_peering_attachment";

const ACCEPTER: &str = "aws_ec2_transit_gateway_peering_attachment_accepter";

const ATTACHMENTS: &[&str] = &["aws_ec2_transit_gateway_vpc_attachment", PEERING, ACCEPTER];

const ROUTES: &str = "routing.routes";

const TABLE: &str = "transit_gateway_route_table_id";

const ATTACHMENT: &str = "transit_gateway_attachment_id";

const fn attachment_type(
    name: &'static str,
    facts: &'static [(&'static str, &'static str)],
    reads: &'static [&'static str],
) -> Type {
    // It has no attribute with its ARN.
    Type { name, kind: Some("aws.ec2.transit-gateway-attachment"), global_id: "", names: &["id"], facts, reads, ..TYPE }
}

const fn table_type(name: &'static str, names: &'static [&'static str], reads: &'static [&'static str]) -> Type {
    Type { name, kind: Some("aws.ec2.transit-gateway-route-table"), global_id: "", names, facts: &[], reads, ..TYPE }
}

const JOINS: &[&str] = &[TABLE, ATTACHMENT];

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: attachment_type(
            "aws_ec2_transit_gateway_vpc_attachment",
            &[("network.peers", "transit_gateway_id"), ("network.subnets", "subnet_ids"), ("network.vpc", "vpc_id")],
            &["transit_gateway_default_route_table_association", "transit_gateway_default_route_table_propagation"],
        ),
        maps: Maps::Resource(of_vpc),
    },
    Mapping {
        of: attachment_type(PEERING, &[("network.peers", "transit_gateway_id")], &["peer_transit_gateway_id"]),
        maps: Maps::Resource(peering),
    },
    Mapping {
        of: attachment_type(
            ACCEPTER,
            &[("network.peers", "transit_gateway_id")],
            &[ATTACHMENT, "peer_transit_gateway_id"],
        ),
        maps: Maps::Resource(accepter),
    },
    Mapping {
        of: table_type(
            "aws_ec2_transit_gateway",
            &["association_default_route_table_id", "id"],
            &["default_route_table_association", "default_route_table_propagation"],
        ),
        maps: Maps::Resource(default_table),
    },
    Mapping {
        of: table_type("aws_ec2_transit_gateway_route_table", &["id"], &["transit_gateway_id"]),
        maps: Maps::Resource(table),
    },
    Mapping {
        of: part_type("aws_ec2_transit_gateway_route", &["blackhole", "destination_cidr_block", TABLE, ATTACHMENT]),
        maps: Maps::Part(route, Some(no_route)),
    },
    Mapping {
        of: part_type("aws_ec2_transit_gateway_route_table_association", JOINS),
        maps: Maps::Part(association, None),
    },
    Mapping {
        of: part_type("aws_ec2_transit_gateway_route_table_propagation", JOINS),
        maps: Maps::Part(|attrs, _| attrs.targets(TABLE, TABLES).here(), None),
    },
];

pub(super) const PARTS: &[PartOf] = &[PartOf {
    part: "aws_ec2_transit_gateway_route",
    names: TABLE,
    of: TABLES,
    inline: "",
    several: true,
    facts: &[ROUTES],
    // What is known of the others stays: the list is marked as one that may be longer.
    clear: |_| {},
}];

/// The ids of the gateways that attributes name.
fn gateways(attrs: &Attrs<'_>, resource: &mut Resource, names: &[&str]) -> Fact<Vec<String>> {
    let (mut peers, mut open) = (Vec::new(), None);
    for name in names {
        let targets = attrs.targets(name, GATEWAYS);
        open = open.or(targets.unknown.clone());
        peers.extend(targets.found.iter().filter(|_| targets.unknown.is_none()).map(|target| match target {
            Referent::Here(at, _) => id(attrs, *at),
            Referent::Elsewhere(to) => to.clone(),
        }));
    }
    match open {
        Some(reason) => {
            resource.mark_unknown("network.peers", reason);
            Fact::from_known(Some(in_sequence(peers)).filter(|peers| !peers.is_empty()))
        }
        None => Fact::Known(in_sequence(peers)),
    }
}

fn of_vpc(attrs: &Attrs<'_>, resource: &mut Resource) {
    let vpc = linked(attrs, resource, (Rel::InNetwork, "network.vpc"), "vpc_id", VPCS);
    let subnets = in_subnets(attrs, resource, "subnet_ids");
    resource.redundancy = None;
    let peers = gateways(attrs, resource, &["transit_gateway_id"]);
    let via = "transit-gateway".into();
    resource.network = Some(Shared::from(Network { vpc, subnets, via, peers, ..Network::default() }));
}

fn peering(attrs: &Attrs<'_>, resource: &mut Resource) {
    let peers = gateways(attrs, resource, &["transit_gateway_id", "peer_transit_gateway_id"]);
    let (vpc, subnets, via) = (Fact::Absent, Fact::Absent, "transit-gateway".into());
    resource.network = Some(Shared::from(Network { vpc, subnets, via, peers, ..Network::default() }));
}

/// The other end of a peering, which has the same id.
fn accepter(attrs: &Attrs<'_>, resource: &mut Resource) {
    let other = requester(attrs);
    // Which gateways they are, it is told only after apply.
    peering(&other.map_or_else(|| attrs.clone(), |other| Attrs::new(attrs.world, other)), resource);
    resource.link(Rel::RoutedBy, other.map(|other| attrs.world.id(other)));
}

fn requester(attrs: &Attrs<'_>) -> Option<usize> {
    attrs.targets(ATTACHMENT, &[PEERING]).single()
}

/// The gateway that an attachment is of, where the code makes it.
fn gateway_of(attrs: &Attrs<'_>) -> Option<usize> {
    if attrs.instance().kind.name != ACCEPTER {
        return attrs.targets("transit_gateway_id", GATEWAYS).single();
    }
    Attrs::new(attrs.world, requester(attrs)?).targets("peer_transit_gateway_id", GATEWAYS).single()
}

fn table(attrs: &Attrs<'_>, resource: &mut Resource) {
    let peers = gateways(attrs, resource, &["transit_gateway_id"]);
    routed(attrs, resource, peers);
}

fn default_table(attrs: &Attrs<'_>, resource: &mut Resource) {
    routed(attrs, resource, Fact::Known(vec![id(attrs, attrs.at)]));
}

fn routed(attrs: &Attrs<'_>, resource: &mut Resource, peers: Fact<Vec<String>>) {
    resource.network = Some(Shared::from(Network { via: "transit-gateway".into(), peers, ..Network::default() }));
    resource.routing = Some(Shared::from(Routing { routes: Fact::Known(Vec::new()), main: Fact::Absent }));
    // The provider tells no routes of a table that is there already.
    if !attrs.has_all_parts() {
        resource.mark_unknown(ROUTES, "routes may be declared elsewhere");
    }
}

/// The id of the attachment that an attribute names.
fn attachment(attrs: &Attrs<'_>) -> Option<(Option<usize>, String)> {
    let targets = attrs.targets(ATTACHMENT, ATTACHMENTS);
    match (&targets.unknown, targets.found.first()) {
        // Where both ends of a peering are here, the one whose gateway has the table is meant: they have one id.
        (None, Some(Referent::Here(at, _))) => Some((Some(*at), id(attrs, *at))),
        (None, Some(Referent::Elsewhere(to))) => Some((None, to.clone())),
        _ => None,
    }
}

fn of_part(attrs: &Attrs<'_>) -> Route {
    let is_hole = attrs.boolean_or("blackhole", false);
    let target = attachment(attrs);
    let via = target.as_ref().and_then(|(at, _)| *at).map(|at| match attrs.world.instance(at).kind.name {
        PEERING | ACCEPTER => "peering".to_owned(),
        _ => "vpc".to_owned(),
    });
    let open = || if is_hole == Fact::Known(true) { Fact::Absent } else { Fact::Unknown };
    Route {
        destination: attrs.text("destination_cidr_block"),
        via: via.map_or_else(open, Fact::Known),
        target: target.map_or_else(open, |(_, id)| Fact::Known(id)),
        active: is_hole.map(|is_hole| !is_hole),
    }
}

fn route(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    part_of::set(attrs, TABLE, TABLES, resources, |table| {
        let own = of_part(attrs);
        if own.destination.is_unknown() {
            let reason = format!("where {} leads is known only after apply", attrs.instance().address);
            table.mark_unknown(ROUTES, reason);
        }
        add(table, own);
    })
}

fn add(table: &mut Resource, own: Route) {
    let Some(Fact::Known(routes)) = table.routing.as_deref_mut().map(|routing| &mut routing.routes) else { return };
    routes.retain(|have| have.destination != own.destination);
    routes.push(own);
    *routes = by_precision(std::mem::take(routes));
}

fn no_route(attrs: &Attrs<'_>, resources: &mut Parts) {
    part_of::set(attrs, TABLE, TABLES, resources, |table| {
        let own = of_part(attrs).destination;
        if let Some(Fact::Known(routes)) = table.routing.as_deref_mut().map(|routing| &mut routing.routes) {
            routes.retain(|have| have.destination != own);
        }
    });
}

fn association(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let tables = attrs.targets(TABLE, TABLES);
    let attachment = attachment(attrs).and_then(|(at, _)| at);
    if let (Some(attachment), None, Some(table)) =
        (attachment.and_then(|at| resources[at].as_mut()), &tables.unknown, tables.ids().first())
    {
        attachment.link(Rel::RoutedBy, Some(table));
    }
    attachment.into_iter().collect()
}

/// What the defaults of gateways and propagations make: the table that each attachment goes by, and the routes to the networks
/// that are attached. Those that code gives win.
pub(super) fn defaults(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(ATTACHMENTS) {
        let attrs = Attrs::new(world, at);
        let Some(gateway) = gateway_of(&attrs) else { continue };
        let of_gateway = Attrs::new(world, gateway);
        let takes = |own: &str, of_all: &str| {
            let is_own = !attrs.declares(own) || attrs.boolean_or(own, true) == Fact::Known(true);
            is_own && of_gateway.text_or(of_all, "enable") == Fact::Known("enable".to_owned())
        };
        let associated = takes("transit_gateway_default_route_table_association", "default_route_table_association");
        if associated && let Some(attachment) = resources[at].as_mut() {
            let other = if attrs.instance().kind.name == ACCEPTER { requester(&attrs) } else { None };
            let other = other.map(|other| world.id(other));
            if attachment.links_to(Rel::RoutedBy).all(|to| Some(to) == other) {
                attachment.link(Rel::RoutedBy, Some(world.id(gateway)));
            }
        }
        let propagated = takes("transit_gateway_default_route_table_propagation", "default_route_table_propagation");
        if propagated && OF_VPC.contains(&attrs.instance().kind.name) {
            propagate(world, resources, at, gateway);
        }
    }
    for at in world.of_type(&["aws_ec2_transit_gateway_route_table_propagation"]) {
        let attrs = Attrs::new(world, at);
        let table = attrs.targets(TABLE, TABLES).single();
        match (table, attachment(&attrs).and_then(|(at, _)| at)) {
            (Some(table), Some(attachment)) => propagate(world, resources, attachment, table),
            (Some(table), None) => {
                if let Some(table) = resources[table].as_mut() {
                    table.mark_unknown(ROUTES, format!("what {} adds to it is not known", attrs.instance().address));
                }
            }
            (None, _) => {}
        }
    }
    ways_in(world, resources);
    without_defaults(world, resources);
}

/// Adds routes to the network of an attachment.
fn propagate(world: &World<'_>, resources: &mut Parts, attachment: usize, table: usize) {
    let attrs = Attrs::new(world, attachment);
    if !OF_VPC.contains(&attrs.instance().kind.name) {
        return;
    }
    let vpc = attrs.targets("vpc_id", VPCS).single();
    let ranges = vpc.and_then(|vpc| resources[vpc].as_ref()?.network.as_ref()?.cidrs.known().cloned());
    let to = id(&attrs, attachment);
    let Some(table) = resources[table].as_mut() else { return };
    let Some(ranges) = ranges else {
        return table.mark_unknown(ROUTES, format!("the addresses behind {} are not known", attrs.instance().address));
    };
    for range in ranges {
        let destination = Fact::Known(range);
        let routes = table.routing.as_ref().and_then(|routing| routing.routes.known());
        if !routes.is_some_and(|routes| routes.iter().any(|route| route.destination == destination)) {
            add(table, Route { destination, via: "vpc".into(), target: to.as_str().into(), active: Fact::Known(true) });
        }
    }
}

/// Routes name a gateway, and go by the attachment of their network to it.
fn ways_in(world: &World<'_>, resources: &mut Parts) {
    let mut attached: HashMap<(String, String), usize> = HashMap::new();
    for at in world.of_type(OF_VPC) {
        let Some(facts) = resources[at].as_ref().and_then(|it| it.network.as_ref()) else { continue };
        if let Some((vpc, peer)) = facts.vpc.known().zip(facts.peers.known().and_then(|peers| peers.first())) {
            attached.insert((vpc.clone(), peer.clone()), at);
        }
    }
    if attached.is_empty() {
        return;
    }
    for at in world.of_type(super::routes::TABLES) {
        let Some(table) = resources[at].as_mut() else { continue };
        let vpc = table.network.as_ref().and_then(|network| network.vpc.text()).unwrap_or_default().to_owned();
        let routes = table.routing.as_ref().and_then(|routing| routing.routes.known()).into_iter().flatten();
        let targets = routes.filter_map(|route| attached.get(&(vpc.clone(), route.target.text()?.to_owned())));
        let targets: Vec<usize> = targets.copied().collect();
        targets.into_iter().for_each(|at| table.link(Rel::RoutedBy, Some(world.id(at))));
    }
}

/// A gateway that associates and propagates nothing by itself has no default table.
fn without_defaults(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(GATEWAYS) {
        let attrs = Attrs::new(world, at);
        let is_off = |name: &str| attrs.text_or(name, "enable") == Fact::Known("disable".to_owned());
        if is_off("default_route_table_association") && is_off("default_route_table_propagation") {
            resources[at] = None;
        }
    }
}
