//! What connects networks: peerings and attachments to transit gateways.

use aws_sdk_ec2::types::{TransitGatewayVpcAttachment, VpcPeeringConnection, VpcPeeringConnectionStateReasonCode};

use super::super::read::{moment, sorted};
use super::common::{ATTACHMENT, PEERING, resource, status};
use crate::model::{Fact, Network, Place, Rel, Resource, Shared, Status};

/// A peering that was deleted or refused stays in the list for a while.
pub(super) fn is_there(peering: &VpcPeeringConnection) -> bool {
    use VpcPeeringConnectionStateReasonCode::{Deleted, Expired, Failed, Rejected};
    let code = peering.status().and_then(|status| status.code());
    !matches!(code, Some(Deleted | Expired | Failed | Rejected))
}

pub(super) fn of_peering(peering: &VpcPeeringConnection, place: Place) -> Resource {
    let ends = [peering.requester_vpc_info(), peering.accepter_vpc_info()];
    let owner = peering.requester_vpc_info().and_then(|end| end.owner_id());
    let id = peering.vpc_peering_connection_id();
    let mut resource = resource(PEERING, "vpc-peering-connection", id, owner, peering.tags(), place);
    let code = peering.status().and_then(|status| status.code());
    resource.status = Some(Shared::from(status(code.map(VpcPeeringConnectionStateReasonCode::as_str), "active")));
    let vpcs = sorted(ends.into_iter().flatten().filter_map(|end| end.vpc_id()));
    for vpc in &vpcs {
        resource.link(Rel::InNetwork, Some(vpc));
    }
    resource.network =
        Some(Shared::from(Network { via: "peering".into(), peers: Fact::Known(vpcs), ..Network::default() }));
    resource
}

pub(super) fn of_attachment(attachment: &TransitGatewayVpcAttachment, place: Place) -> Resource {
    let id = attachment.transit_gateway_attachment_id();
    let mut resource =
        resource(ATTACHMENT, "transit-gateway-attachment", id, attachment.vpc_owner_id(), attachment.tags(), place);
    let state = status(attachment.state().map(|state| state.as_str()), "available");
    resource.status = Some(Shared::from(Status { created_at: moment(attachment.creation_time()), ..state }));
    resource.link(Rel::InNetwork, attachment.vpc_id());
    let subnets = sorted(attachment.subnet_ids());
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(attachment.vpc_id().map(str::to_owned)),
        subnets: Fact::Known(subnets),
        via: "transit-gateway".into(),
        peers: Fact::Known(attachment.transit_gateway_id().map(str::to_owned).into_iter().collect()),
        ..Network::default()
    }));
    resource
}
