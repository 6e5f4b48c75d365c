//! Kinds of EC2, and what is read alike of several of them.

use aws_sdk_ec2::types::Tag;

use super::super::values;
use crate::model::{Fact, Kind, Place, Resource, Status};
use crate::providers::aws::names::partition;

pub(super) const ATTACHMENT: &str = "aws.ec2.transit-gateway-attachment";
pub(super) const ENDPOINT: &str = "aws.ec2.endpoint";
pub(super) const IMAGE: &str = "aws.ec2.image";
pub(super) const INSTANCE_TYPES: &str = "aws.ec2.instance-types";
pub(super) const INTERNET_GATEWAY: &str = "aws.ec2.internet-gateway";
pub(super) const LAUNCH_TEMPLATE: &str = "aws.ec2.launch-template";
pub(super) const NAT_GATEWAY: &str = "aws.ec2.nat-gateway";
pub(super) const NETWORK_ACL: &str = "aws.ec2.network-acl";
pub(super) const PEERING: &str = "aws.ec2.peering";
pub(super) const PREFIX_LIST: &str = "aws.ec2.prefix-list";
pub(super) const RESERVATION: &str = "aws.ec2.capacity-reservation";
pub(super) const ROUTE_TABLE: &str = "aws.ec2.route-table";
pub(super) const SECURITY_GROUP: &str = "aws.ec2.security-group";
pub(super) const SNAPSHOT: &str = "aws.ec2.snapshot";
pub(super) const SUBNET: &str = "aws.ec2.subnet";
pub(super) const TRANSIT_TABLE: &str = "aws.ec2.transit-gateway-route-table";
pub(super) const VOLUME: &str = "aws.ec2.volume";
pub(super) const VPC: &str = "aws.ec2.vpc";

/// A resource whose ARN the API does not tell. What another account shares has that account in it.
pub(super) fn resource(
    kind: &str,
    what: &str,
    id: Option<&str>,
    owner: Option<&str>,
    tags: &[Tag],
    place: Place,
) -> Resource {
    let id = id.unwrap_or_default();
    let (region, account) = (place.region.text().unwrap_or_default(), owner.or(place.account.text()));
    let arn = format!("arn:{}:ec2:{region}:{}:{what}/{id}", partition(region), account.unwrap_or_default());
    let mut resource = Resource::new(Kind::of(kind), arn, id, place);
    resource.tags = values::tags(tags.iter().map(|tag| (tag.key(), tag.value())));
    resource
}

/// A state, and whether it is the one in which it works.
pub(super) fn status(state: Option<&str>, healthy: &str) -> Status {
    let state = state.map(str::to_lowercase);
    Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == healthy)),
        state: Fact::from_known(state),
        created_at: Fact::Absent,
    }
}
