//! EC2: networks, and what gets to and from what stands in them.

mod common;
mod network_acls;
mod route_tables;
mod security_groups;
mod subnets;
mod vpcs;

use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use common::{NETWORK_ACL, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC, resource};

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

#[cfg(test)]
mod tests;
