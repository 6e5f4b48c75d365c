//! Kinds of EKS, and what is read alike of several of them.

use std::collections::HashMap;

use aws_sdk_eks::types::Cluster;

use super::super::read::{Listing, sorted};
use super::super::{Context, Trouble};
use crate::model::{Fact, Kind, Kubernetes, Network, Place, Rel, Resource, Shared, Status, TagFact, Tags};
use crate::providers::aws::names::partition;

pub(super) const ACCESS_ENTRY: &str = "aws.eks.access-entry";

pub(super) const ADD_ON: &str = "aws.eks.add-on";

pub(super) const CLUSTER: &str = "aws.eks.cluster";

pub(super) const NODE_GROUP: &str = "aws.eks.node-group";

pub(super) const FARGATE_PROFILE: &str = "aws.eks.fargate-profile";

/// What was found out about one cluster.
pub(super) struct Looked {
    pub(super) cluster: Result<Cluster, Trouble>,
    pub(super) node_groups: Listing<String>,
    pub(super) profiles: Listing<String>,
    pub(super) add_ons: Listing<String>,
    /// By the ARN of their principals.
    pub(super) access_entries: Listing<String>,
}

/// By the name, or the ARN, that the list has.
pub(super) enum Part {
    AccessEntry(String),
    AddOn(String),
    NodeGroup(String),
    Profile(String),
}

/// A part of a cluster that was listed.
pub(super) struct Named {
    pub cluster: String,
    pub cluster_arn: String,
    pub part: Part,
}

pub(super) fn part(kind: &str, id: &str, name: &str, named: &Named, place: Place) -> Resource {
    let mut resource = Resource::new(Kind::of(kind), id, name, place);
    resource.link(Rel::MemberOf, Some(&named.cluster_arn));
    resource.kubernetes =
        Some(Shared::from(Kubernetes { cluster: Fact::from(named.cluster.as_str()), ..Kubernetes::default() }));
    resource
}

/// The ARN of what could not be described, as far as it can be put together.
pub(super) fn arn(cx: &Context, resource: &str) -> String {
    format!("arn:{}:eks:{}:{}:{resource}", partition(&cx.region), cx.region, cx.account)
}

pub(super) fn tags(tags: Option<&HashMap<String, String>>) -> TagFact {
    Fact::Known(tags.cloned().unwrap_or_default().into_iter().collect::<Tags>().into())
}

/// A cluster or a part of one serves while it is updated.
pub(super) fn status(state: Option<&str>) -> Status {
    let state = state.map(str::to_lowercase);
    let healthy = state.as_deref().map(|state| matches!(state, "active" | "updating"));
    Status { state: Fact::from_known(state), healthy: Fact::from_known(healthy), ..Status::default() }
}

pub(super) fn network(resource: &mut Resource, subnets: &[String]) -> Network {
    let subnets = sorted(subnets.iter().map(String::as_str));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    Network { subnets: Fact::from_read(Some(subnets).filter(|subnets| !subnets.is_empty())), ..Network::default() }
}
