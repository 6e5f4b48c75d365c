//! Transit gateways: what is attached to them, and where their route tables lead. A region without an attachment is asked for
//! nothing more.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    PeeringTgwInfo, TransitGatewayAssociationState, TransitGatewayAttachment, TransitGatewayAttachmentState,
    TransitGatewayPeeringAttachment, TransitGatewayRouteTable, TransitGatewayRouteTableState,
};

use super::super::read::{list, moment, sorted};
use super::super::{Context, Sink, Trouble};
use super::common::{ATTACHMENT, TRANSIT_TABLE, resource, status};
use super::connections;
use crate::model::{Fact, Network, Place, Rel, Resource, Routing, Shared, Status};
use crate::providers::aws::names::partition;

/// The attachments, by the network and the gateway that they connect.
pub(super) type Attached = HashMap<(String, String), String>;

/// Why the routes of a table are not known: the call that tells them neither describes, lists nor gets, and no other is made.
const ONLY_A_SEARCH: &str = "its routes are told by a search only, which is not asked for";

pub(super) async fn collect(cx: &Context, client: &Client, out: &mut Sink) -> Result<Attached, Trouble> {
    let pages = client.describe_transit_gateway_attachments().into_paginator().items().send();
    let all = list("ec2:DescribeTransitGatewayAttachments", pages).await;
    if all.items.is_empty() && all.trouble.is_none() {
        return Ok(Attached::default());
    }
    let pages = client.describe_transit_gateway_vpc_attachments().into_paginator().items().send();
    let vpcs = out.listed(&[ATTACHMENT], list("ec2:DescribeTransitGatewayVpcAttachments", pages).await)?;
    let pages = client.describe_transit_gateway_peering_attachments().into_paginator().items().send();
    let peerings = out.listed(&[ATTACHMENT], list("ec2:DescribeTransitGatewayPeeringAttachments", pages).await)?;
    let of_vpcs = vpcs.iter().filter(|it| it.vpc_id().is_some());
    let of_vpcs = of_vpcs.map(|attachment| connections::of_attachment(attachment, cx.place()));
    let of_peerings = peerings.iter().filter(|it| is_there(it)).flat_map(|it| of_peering(it, &cx.place()));
    // Two gateways of one region are two ends of one peering, and each may be listed.
    let by_id: BTreeMap<String, Resource> = of_peerings.map(|it| (it.id.clone(), it)).collect();
    let resources: Vec<Resource> = of_vpcs.chain(by_id.into_values()).collect();
    if let Some(trouble) = all.trouble.as_ref().filter(|_| resources.is_empty()) {
        out.gaps.push(trouble.clone());
    }
    let known: HashMap<&str, &TransitGatewayAttachment> =
        all.items.iter().filter_map(|it| Some((it.transit_gateway_attachment_id()?, it))).collect();
    for mut resource in resources {
        match (known.get(resource.name.as_str()), &all.trouble) {
            (Some(attachment), _) => resource.link(Rel::RoutedBy, table_of(attachment, &cx.region)),
            (None, Some(trouble)) => out.gap(&mut resource, "routing", trouble.clone()),
            (None, None) => {}
        }
        out.push(resource);
    }
    tables(cx, client, out).await?;
    let attached = vpcs
        .into_iter()
        .filter_map(|it| Some(((it.vpc_id?, it.transit_gateway_id?), it.transit_gateway_attachment_id?)));
    Ok(attached.collect())
}

async fn tables(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    let pages = client.describe_transit_gateway_route_tables().into_paginator().items().send();
    let mut tables = out.listed(&[TRANSIT_TABLE], list("ec2:DescribeTransitGatewayRouteTables", pages).await)?;
    let is_going = |it: &TransitGatewayRouteTable| {
        matches!(it.state(), Some(TransitGatewayRouteTableState::Deleted | TransitGatewayRouteTableState::Deleting))
    };
    tables.retain(|table| !is_going(table));
    for table in &tables {
        out.push(of_table(table, cx.place()));
    }
    Ok(())
}

/// The ARN of the table that what comes by an attachment goes by. The table is its gateway's, and may be of another account.
fn table_of(attachment: &TransitGatewayAttachment, region: &str) -> Option<String> {
    let association = attachment.association()?;
    let table = association.transit_gateway_route_table_id()?;
    let is_in_force = association.state() == Some(&TransitGatewayAssociationState::Associated);
    let owner = attachment.transit_gateway_owner_id().unwrap_or_default();
    let partition = partition(region);
    is_in_force.then(|| format!("arn:{partition}:ec2:{region}:{owner}:transit-gateway-route-table/{table}"))
}

/// One that was deleted or refused stays in the list for a while.
fn is_there(peering: &TransitGatewayPeeringAttachment) -> bool {
    use TransitGatewayAttachmentState::{Deleted, Failed, Rejected};
    !matches!(peering.state(), Some(Deleted | Failed | Rejected))
}

/// The ends of a peering of gateways that are in a region. In two regions both have one id.
fn of_peering(peering: &TransitGatewayPeeringAttachment, place: &Place) -> Vec<Resource> {
    let id = peering.transit_gateway_attachment_id();
    let ends = [
        (id, peering.requester_tgw_info()),
        (peering.accepter_transit_gateway_attachment_id().or(id), peering.accepter_tgw_info()),
    ];
    let gateways = sorted(ends.iter().filter_map(|(_, end)| end.as_ref()?.transit_gateway_id()));
    let state = status(peering.state().map(|state| state.as_str()), "available");
    let is_here = |end: Option<&PeeringTgwInfo>| end.and_then(|end| end.region()) == place.region.text();
    let [one, other] = ends;
    let sides = [(one, other), (other, one)].into_iter().filter(|((_, own), _)| is_here(*own));
    let resource = |((id, own), (far_id, far)): (End<'_>, End<'_>)| {
        let owner = own.and_then(|end| end.owner_id());
        let mut resource = resource(ATTACHMENT, "transit-gateway-attachment", id, owner, peering.tags(), place.clone());
        resource.status = Some(Shared::from(Status { created_at: moment(peering.creation_time()), ..state.clone() }));
        resource.link(Rel::RoutedBy, far.and_then(|far| Some(arn(far.region()?, far.owner_id()?, far_id?))));
        resource.network = Some(Shared::from(Network {
            vpc: Fact::Absent,
            subnets: Fact::Absent,
            via: "transit-gateway".into(),
            peers: Fact::Known(gateways.clone()),
            ..Network::default()
        }));
        resource
    };
    sides.map(resource).collect()
}

/// An end of a peering: its id, and its gateway.
type End<'p> = (Option<&'p str>, Option<&'p PeeringTgwInfo>);

fn arn(region: &str, owner: &str, id: &str) -> String {
    format!("arn:{}:ec2:{region}:{owner}:transit-gateway-attachment/{id}", partition(region))
}

fn of_table(table: &TransitGatewayRouteTable, place: Place) -> Resource {
    let id = table.transit_gateway_route_table_id();
    let mut resource = resource(TRANSIT_TABLE, "transit-gateway-route-table", id, None, table.tags(), place);
    resource.network = Some(Shared::from(Network {
        via: "transit-gateway".into(),
        peers: Fact::Known(table.transit_gateway_id().map(str::to_owned).into_iter().collect()),
        ..Network::default()
    }));
    // Which of a gateway's tables is taken says each attachment.
    resource.routing = Some(Shared::from(Routing { routes: Fact::Unknown, main: Fact::Absent }));
    resource.mark_unknown("routing.routes", ONLY_A_SEARCH);
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::TransitGatewayAttachmentAssociation;
    use serde_json::json;

    use super::*;

    const ACCOUNT: &str = "111122223333";

    #[test]
    fn a_peering_names_its_other_end_and_the_table_that_it_goes_by() {
        let end = |gateway: &str, region: &str| {
            PeeringTgwInfo::builder().transit_gateway_id(gateway).owner_id(ACCOUNT).region(region).build()
        };
        let peering = TransitGatewayPeeringAttachment::builder()
            .transit_gateway_attachment_id("tgw-attach-p")
            .requester_tgw_info(end("tgw-east", "us-east-1"))
            .accepter_tgw_info(end("tgw-west", "us-west-2"))
            .state(TransitGatewayAttachmentState::Available)
            .build();
        let found = of_peering(&peering, &Place::new(ACCOUNT, "us-east-1"));
        let far = "arn:aws:ec2:us-west-2:111122223333:transit-gateway-attachment/tgw-attach-p";
        assert_eq!(
            serde_json::to_value(found).unwrap(),
            json!([{
                "id": "arn:aws:ec2:us-east-1:111122223333:transit-gateway-attachment/tgw-attach-p",
                "kind": "aws.ec2.transit-gateway-attachment", "name": "tgw-attach-p",
                "place": {"account": ACCOUNT, "region": "us-east-1"}, "tags": {},
                "status": {"state": "available", "healthy": true, "created_at": null},
                "network": {"vpc": null, "subnets": null, "via": "transit-gateway", "peers": ["tgw-east", "tgw-west"]},
                "links": [{"rel": "routed-by", "to": far}],
                "origin": {"source": ""},
            }])
        );
        let near = TransitGatewayPeeringAttachment::builder()
            .transit_gateway_attachment_id("tgw-attach-p")
            .accepter_transit_gateway_attachment_id("tgw-attach-q")
            .requester_tgw_info(end("tgw-1", "us-east-1"))
            .accepter_tgw_info(end("tgw-2", "us-east-1"))
            .build();
        let both = of_peering(&near, &Place::new(ACCOUNT, "us-east-1"));
        let ends = both.iter().map(|it| (it.name.as_str(), it.links_to(Rel::RoutedBy).collect::<Vec<_>>()));
        let arn = |id: &str| format!("arn:aws:ec2:us-east-1:111122223333:transit-gateway-attachment/{id}");
        let (p, q) = (arn("tgw-attach-p"), arn("tgw-attach-q"));
        assert_eq!(ends.collect::<Vec<_>>(), [("tgw-attach-p", vec![q.as_str()]), ("tgw-attach-q", vec![p.as_str()])]);
        let association = |state: TransitGatewayAssociationState| {
            let one = TransitGatewayAttachmentAssociation::builder();
            let one = one.transit_gateway_route_table_id("tgw-rtb-1").state(state).build();
            TransitGatewayAttachment::builder().association(one).transit_gateway_owner_id("444455556666").build()
        };
        let table = "arn:aws:ec2:us-east-1:444455556666:transit-gateway-route-table/tgw-rtb-1";
        let is_in_force = association(TransitGatewayAssociationState::Associated);
        assert_eq!(table_of(&is_in_force, "us-east-1"), Some(table.to_owned()));
        let is_going = association(TransitGatewayAssociationState::Disassociating);
        assert_eq!(table_of(&is_going, "us-east-1"), None);
    }

    #[test]
    fn a_table_is_there_and_where_it_leads_is_not_known() {
        let table = TransitGatewayRouteTable::builder()
            .transit_gateway_route_table_id("tgw-rtb-1")
            .transit_gateway_id("tgw-1")
            .build();
        assert_eq!(
            serde_json::to_value(of_table(&table, Place::new("111122223333", "us-east-1"))).unwrap(),
            json!({
                "id": "arn:aws:ec2:us-east-1:111122223333:transit-gateway-route-table/tgw-rtb-1",
                "kind": "aws.ec2.transit-gateway-route-table", "name": "tgw-rtb-1",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
                "network": {"via": "transit-gateway", "peers": ["tgw-1"]},
                "routing": {"main": null},
                "unknown": {"routing.routes": ONLY_A_SEARCH},
                "origin": {"source": ""},
            })
        );
    }
}
