//! EC2: networks, and what gets to and from what stands in them.

mod network_acls;
mod route_tables;
mod security_groups;
mod subnets;
mod vpcs;

use aws_sdk_ec2::types::Tag;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::model::{Kind, Place, Resource};
use crate::providers::aws::names::partition;

const NETWORK_ACL: &str = "aws.ec2.network-acl";
const ROUTE_TABLE: &str = "aws.ec2.route-table";
const SECURITY_GROUP: &str = "aws.ec2.security-group";
const SUBNET: &str = "aws.ec2.subnet";
const VPC: &str = "aws.ec2.vpc";

pub(crate) struct Ec2;

impl Collector for Ec2 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "ec2",
            locality: Locality::Regional,
            kinds: &[NETWORK_ACL, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC],
            actions: actions::EC2,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ec2);
            let pages = client.describe_vpcs().into_paginator().items().send();
            for vpc in out.listed(&[VPC], list("ec2:DescribeVpcs", pages).await)? {
                out.push(vpcs::normalize(&vpc, cx.place()));
            }
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
            for table in &tables {
                out.push(route_tables::normalize(table, cx.place()));
            }
            let pages = client.describe_security_groups().into_paginator().items().send();
            for group in out.listed(&[SECURITY_GROUP], list("ec2:DescribeSecurityGroups", pages).await)? {
                out.push(security_groups::normalize(&group, cx.place()));
            }
            Ok(())
        }
        .boxed()
    }
}

/// A resource whose ARN the API does not tell. What another account shares has that account in it.
fn resource(kind: &str, what: &str, id: Option<&str>, owner: Option<&str>, tags: &[Tag], place: Place) -> Resource {
    let id = id.unwrap_or_default();
    let (region, account) = (place.region.text().unwrap_or_default(), owner.or(place.account.text()));
    let arn = format!("arn:{}:ec2:{region}:{}:{what}/{id}", partition(region), account.unwrap_or_default());
    let mut resource = Resource::new(Kind::of(kind), arn, id, place);
    resource.tags = values::tags(tags.iter().map(|tag| (tag.key(), tag.value())));
    resource
}

#[cfg(test)]
mod tests;
