//! EC2: networks, and what gets to and from what stands in them; what machines are started from, and whether they can be.

mod capacity;
mod common;
mod connections;
mod endpoints;
mod gateways;
mod images;
mod network_acls;
mod prefix_lists;
mod route_tables;
mod security_groups;
mod snapshots;
mod subnets;
mod templates;
mod transit;
mod volumes;
mod vpcs;

use std::collections::BTreeSet;

use aws_sdk_ec2::Client;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::Resource;
use common::{
    ATTACHMENT, ENDPOINT, IMAGE, INSTANCE_TYPES, INTERNET_GATEWAY, LAUNCH_TEMPLATE, NAT_GATEWAY, NETWORK_ACL, PEERING,
    PREFIX_LIST, RESERVATION, ROUTE_TABLE, SECURITY_GROUP, SNAPSHOT, SUBNET, TRANSIT_TABLE, VOLUME, VPC,
};
use transit::Attached;

pub(crate) struct Ec2;

impl Collector for Ec2 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "ec2",
            locality: Locality::Regional,
            kinds: &[
                ATTACHMENT,
                ENDPOINT,
                IMAGE,
                INSTANCE_TYPES,
                INTERNET_GATEWAY,
                LAUNCH_TEMPLATE,
                NAT_GATEWAY,
                NETWORK_ACL,
                PEERING,
                PREFIX_LIST,
                RESERVATION,
                ROUTE_TABLE,
                SECURITY_GROUP,
                SNAPSHOT,
                SUBNET,
                TRANSIT_TABLE,
                VOLUME,
                VPC,
            ],
            actions: actions::EC2,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ec2);
            let pages = client.describe_vpcs().into_paginator().items().send();
            let vpcs = out.listed(&[VPC], list("ec2:DescribeVpcs", pages).await)?;
            let mut vpcs: Vec<Resource> = vpcs.iter().map(|vpc| vpcs::normalize(vpc, cx.place())).collect();
            let pages = client.describe_network_acls().into_paginator().items().send();
            let acls = out.listed(&[NETWORK_ACL], list("ec2:DescribeNetworkAcls", pages).await)?;
            let pages = client.describe_route_tables().into_paginator().items().send();
            let tables = list("ec2:DescribeRouteTables", pages).await;
            let every_table = tables.trouble.is_none();
            let tables = out.listed(&[ROUTE_TABLE], tables)?;
            let around = subnets::Around::new(&acls, &tables, every_table);
            let pages = client.describe_subnets().into_paginator().items().send();
            for subnet in out.listed(&[SUBNET], list("ec2:DescribeSubnets", pages).await)? {
                out.push(subnets::normalize(&subnet, &around, cx.place()));
            }
            for acl in &acls {
                out.push(network_acls::normalize(acl, cx.place()));
            }
            let pages = client.describe_security_groups().into_paginator().items().send();
            for group in out.listed(&[SECURITY_GROUP], list("ec2:DescribeSecurityGroups", pages).await)? {
                out.push(security_groups::normalize(&group, cx.place()));
            }
            let mut with_names = BTreeSet::new();
            let attached = ways(cx, &client, &mut with_names, out).await;
            vpcs::resolve(&client, &mut vpcs, &with_names, out).await;
            vpcs.into_iter().for_each(|vpc| out.push(vpc));
            for table in &tables {
                out.push(route_tables::normalize(table, attached.as_ref().ok(), cx.place()));
            }
            attached?;
            disks(cx, &client, out).await?;
            templates::collect(cx, &client, out).await?;
            capacity::collect(cx, &client, out).await
        }
        .boxed()
    }
}

/// Volumes and their snapshots, and the images that are made of some of these.
async fn disks(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    let listing = snapshots::own(client).await;
    let trouble = listing.trouble.clone();
    let own = out.listed(&[SNAPSHOT], listing)?;
    let images = images::own(client, out).await?;
    snapshots::collect(cx, &own, &images, out).await;
    let by_id = own.into_iter().filter_map(|it| Some((it.snapshot_id.clone()?, it))).collect();
    // A part of the list says nothing of what is not on it.
    let own = trouble.map_or(Ok(by_id), Err);
    images::collect(cx, client, &images, &own, out).await;
    volumes::collect(cx, client, &own, out).await
}

/// Gateways, endpoints and what connects networks. `with_names`: networks with endpoints whose host names are private.
async fn ways(
    cx: &Context,
    client: &Client,
    with_names: &mut BTreeSet<String>,
    out: &mut Sink,
) -> Result<Attached, Trouble> {
    let pages = client.describe_nat_gateways().into_paginator().items().send();
    let gateways = out.listed(&[NAT_GATEWAY], list("ec2:DescribeNatGateways", pages).await)?;
    for gateway in gateways.iter().filter(|gateway| gateways::is_there(gateway)) {
        out.push(gateways::of_nat(gateway, cx.place()));
    }
    let pages = client.describe_internet_gateways().into_paginator().items().send();
    for gateway in out.listed(&[INTERNET_GATEWAY], list("ec2:DescribeInternetGateways", pages).await)? {
        out.push(gateways::of_internet(&gateway, cx.place()));
    }
    let pages = client.describe_vpc_endpoints().into_paginator().items().send();
    let endpoints = out.listed(&[ENDPOINT], list("ec2:DescribeVpcEndpoints", pages).await)?;
    for endpoint in endpoints.iter().filter(|endpoint| endpoints::is_there(endpoint)) {
        let is_private = endpoint.private_dns_enabled() == Some(true);
        with_names.extend(endpoint.vpc_id().filter(|_| is_private).map(str::to_owned));
        out.push(endpoints::normalize(endpoint, cx.place()));
    }
    let pages = client.describe_vpc_peering_connections().into_paginator().items().send();
    let peerings = out.listed(&[PEERING], list("ec2:DescribeVpcPeeringConnections", pages).await)?;
    for peering in peerings.iter().filter(|peering| connections::is_there(peering)) {
        out.push(connections::of_peering(peering, cx.place()));
    }
    prefix_lists::collect(cx, client, out).await?;
    transit::collect(cx, client, out).await
}

#[cfg(test)]
mod tests;
