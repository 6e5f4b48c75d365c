//! Route tables.

use aws_sdk_ec2::types::{Route, RouteState, RouteTable};

use super::common::{ROUTE_TABLE, resource};
use super::transit::Attached;
use crate::collect::network::{by_precision, via};
use crate::model::{self, Fact, Network, Place, Rel, Resource, Routing, Shared};

/// `attached`: the attachments of networks to transit gateways, which routes name by the gateway alone.
pub(super) fn normalize(table: &RouteTable, attached: Option<&Attached>, place: Place) -> Resource {
    let mut resource =
        resource(ROUTE_TABLE, "route-table", table.route_table_id(), table.owner_id(), table.tags(), place);
    resource.routing = Some(Shared::from(Routing {
        routes: Fact::Known(by_precision(table.routes().iter().map(route).collect())),
        main: Fact::Known(table.associations().iter().any(|it| it.main() == Some(true))),
    }));
    resource.network =
        Some(Shared::from(Network { vpc: Fact::from_known(table.vpc_id().map(str::to_owned)), ..Network::default() }));
    resource.link(Rel::InNetwork, table.vpc_id());
    for gateway in table.routes().iter().filter_map(|route| route.transit_gateway_id()) {
        let key = (table.vpc_id().unwrap_or_default().to_owned(), gateway.to_owned());
        resource.link(Rel::RoutedBy, attached.and_then(|all| all.get(&key)).cloned());
    }
    resource
}

fn route(route: &Route) -> model::Route {
    let destinations =
        [route.destination_cidr_block(), route.destination_ipv6_cidr_block(), route.destination_prefix_list_id()];
    // An instance comes with its interface, and is the better name.
    let targets = [
        route.gateway_id(),
        route.nat_gateway_id(),
        route.transit_gateway_id(),
        route.vpc_peering_connection_id(),
        route.egress_only_internet_gateway_id(),
        route.instance_id(),
        route.network_interface_id(),
        route.local_gateway_id(),
        route.carrier_gateway_id(),
        route.core_network_arn(),
    ];
    let target = targets.into_iter().flatten().next();
    model::Route {
        destination: Fact::from_known(destinations.into_iter().flatten().next().map(str::to_owned)),
        via: target.map_or(Fact::Unknown, |target| via(target).into()),
        target: Fact::from_known(target.map(str::to_owned)),
        active: Fact::from_known(route.state().map(|state| *state == RouteState::Active)),
    }
}
