//! Networks, with their ranges of addresses.

use aws_sdk_ec2::types::{Vpc, VpcCidrBlockState, VpcCidrBlockStateCode};

use super::super::read::sorted;
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
