//! Endpoints, by which a network reaches services without the internet.

use aws_sdk_ec2::types::{State, VpcEndpoint, VpcEndpointType};

use super::super::read::{moment, sorted};
use super::common::{ENDPOINT, resource, status};
use crate::collect::network::service;
use crate::model::{Fact, Network, Place, Rel, Resource, Shared, Status};
use crate::providers::aws::documents::policy_of_endpoint;

pub(super) fn is_there(endpoint: &VpcEndpoint) -> bool {
    endpoint.state() != Some(&State::Deleted)
}

pub(super) fn normalize(endpoint: &VpcEndpoint, place: Place) -> Resource {
    let (id, owner) = (endpoint.vpc_endpoint_id(), endpoint.owner_id());
    let mut resource = resource(ENDPOINT, "vpc-endpoint", id, owner, endpoint.tags(), place);
    let state = status(endpoint.state().map(State::as_str), "available");
    resource.status = Some(Shared::from(Status { created_at: moment(endpoint.creation_timestamp()), ..state }));
    let some = |list: Vec<String>| Fact::from_read(Some(list).filter(|list| !list.is_empty()));
    let (subnets, groups) = (sorted(endpoint.subnet_ids()), endpoint.groups().iter().filter_map(|it| it.group_id()));
    let groups = sorted(groups);
    resource.link(Rel::InNetwork, endpoint.vpc_id());
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    for table in endpoint.route_table_ids() {
        resource.link(Rel::RoutedBy, Some(table));
    }
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(endpoint.vpc_id().map(str::to_owned)),
        subnets: some(subnets),
        security_groups: some(groups),
        service: Fact::from_read(endpoint.service_name().map(service)),
        via: Fact::from_known(endpoint.vpc_endpoint_type().map(via)),
        private_dns: Fact::from_known(endpoint.private_dns_enabled()),
        policy: endpoint.policy_document().map_or(Fact::Absent, policy_of_endpoint),
        ..Network::default()
    }));
    resource
}

fn via(endpoint_type: &VpcEndpointType) -> String {
    match endpoint_type {
        VpcEndpointType::Interface => "interface".to_owned(),
        VpcEndpointType::Gateway => "gateway".to_owned(),
        other => other.as_str().to_lowercase(),
    }
}
