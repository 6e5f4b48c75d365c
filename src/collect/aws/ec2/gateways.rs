//! Ways out of a network: NAT gateways and internet gateways.

use aws_sdk_ec2::types::{ConnectivityType, InternetGateway, NatGateway, NatGatewayState};

use super::super::read::moment;
use super::common::{INTERNET_GATEWAY, NAT_GATEWAY, resource, status};
use crate::model::{Fact, Network, Place, Rel, Resource, Shared, Status};

/// A gateway that was deleted stays in the list for an hour.
pub(super) fn is_there(gateway: &NatGateway) -> bool {
    gateway.state() != Some(&NatGatewayState::Deleted)
}

pub(super) fn of_nat(gateway: &NatGateway, place: Place) -> Resource {
    let mut resource = resource(NAT_GATEWAY, "natgateway", gateway.nat_gateway_id(), None, gateway.tags(), place);
    let state = status(gateway.state().map(NatGatewayState::as_str), "available");
    resource.status = Some(Shared::from(Status { created_at: moment(gateway.create_time()), ..state }));
    let subnets: Vec<String> = gateway.subnet_id().map(str::to_owned).into_iter().collect();
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(gateway.vpc_id().map(str::to_owned)),
        subnets: Fact::from_read(Some(subnets).filter(|subnets| !subnets.is_empty())),
        public_addresses: Fact::from_known(gateway.connectivity_type().map(|it| *it == ConnectivityType::Public)),
        ..Network::default()
    }));
    resource.link(Rel::InNetwork, gateway.vpc_id());
    resource.link(Rel::InSubnet, gateway.subnet_id());
    resource
}

pub(super) fn of_internet(gateway: &InternetGateway, place: Place) -> Resource {
    let (id, owner) = (gateway.internet_gateway_id(), gateway.owner_id());
    let mut resource = resource(INTERNET_GATEWAY, "internet-gateway", id, owner, gateway.tags(), place);
    let attached = gateway.attachments().iter().find(|it| it.vpc_id().is_some());
    let vpc = attached.and_then(|it| it.vpc_id());
    resource.network =
        Some(Shared::from(Network { vpc: Fact::from_read(vpc.map(str::to_owned)), ..Network::default() }));
    // The API calls one that is attached `available`.
    let state = attached.and_then(|it| it.state()).map(|state| state.as_str());
    resource.status = Some(Shared::from(status(Some(state.unwrap_or("detached")), "available")));
    if state == Some("attached") {
        resource.status.get_or_insert_default().healthy = Fact::Known(true);
    }
    resource.link(Rel::InNetwork, vpc);
    resource
}
