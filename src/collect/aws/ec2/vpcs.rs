//! Networks, with their ranges of addresses.

use std::collections::BTreeSet;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{AttributeBooleanValue, Vpc, VpcAttributeName, VpcCidrBlockState, VpcCidrBlockStateCode};

use super::super::read::{sorted, together};
use super::super::{Sink, Trouble};
use super::common::{VPC, resource, status};
use crate::model::{Fact, Network, Place, Resource, Shared};

pub(super) fn normalize(vpc: &Vpc, place: Place) -> Resource {
    let mut resource = resource(VPC, "vpc", vpc.vpc_id(), vpc.owner_id(), vpc.tags(), place);
    resource.status = Some(Shared::from(status(vpc.state().map(|state| state.as_str()), "available")));
    let first = vpc.cidr_block_association_set().iter().filter(|it| is_there(it.cidr_block_state()));
    let sixth = vpc.ipv6_cidr_block_association_set().iter().filter(|it| is_there(it.ipv6_cidr_block_state()));
    let cidrs = vpc.cidr_block().into_iter().chain(first.filter_map(|it| it.cidr_block()));
    resource.network = Some(Shared::from(Network {
        vpc: vpc.vpc_id().map_or(Fact::Unknown, Into::into),
        cidrs: Fact::Known(sorted(cidrs.chain(sixth.filter_map(|it| it.ipv6_cidr_block())))),
        ..Network::default()
    }));
    resource
}

/// Fills whether private host names are known in a network, for those that have an endpoint with one. Each attribute takes
/// a call of its own.
pub(super) async fn resolve(client: &Client, vpcs: &mut [Resource], with_names: &BTreeSet<String>, out: &mut Sink) {
    const ACTION: &str = "ec2:DescribeVpcAttribute";
    let meant: Vec<&mut Resource> = vpcs.iter_mut().filter(|vpc| with_names.contains(&vpc.name)).collect();
    let calls = meant.iter().flat_map(|vpc| {
        [VpcAttributeName::EnableDnsSupport, VpcAttributeName::EnableDnsHostnames]
            .map(|attribute| client.describe_vpc_attribute().vpc_id(&vpc.name).attribute(attribute).send())
    });
    let mut answers = together(calls).await.into_iter();
    for vpc in meant {
        let [support, hostnames] = [answers.next(), answers.next()];
        let is_on = |value: Option<&AttributeBooleanValue>| Fact::from_known(value.and_then(|value| value.value()));
        if let Some(support) = support {
            match support {
                Ok(answer) => vpc.network.get_or_insert_default().dns_support = is_on(answer.enable_dns_support()),
                Err(error) => out.gap(vpc, "network.dns_support", Trouble::new(ACTION, &error)),
            }
        }
        if let Some(hostnames) = hostnames {
            match hostnames {
                Ok(answer) => vpc.network.get_or_insert_default().dns_hostnames = is_on(answer.enable_dns_hostnames()),
                Err(error) => out.gap(vpc, "network.dns_hostnames", Trouble::new(ACTION, &error)),
            }
        }
    }
}

/// A range that was taken away stays in the list for a while.
fn is_there(state: Option<&VpcCidrBlockState>) -> bool {
    let code = state.and_then(|state| state.state());
    !matches!(
        code,
        Some(
            VpcCidrBlockStateCode::Disassociated
                | VpcCidrBlockStateCode::Disassociating
                | VpcCidrBlockStateCode::Failed
                | VpcCidrBlockStateCode::Failing
        )
    )
}
