//! EKS: clusters, their node groups and their Fargate profiles.

mod clusters;
mod parts;

use std::collections::HashMap;

use aws_sdk_eks::Client;
use aws_sdk_eks::types::Cluster;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, sorted, together};
use super::values::partition;
use super::{Collector, Context, Scope, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Network, Rel, Resource, Status, TagFact, Tags};

const CLUSTER: &str = "aws.eks.cluster";
const NODE_GROUP: &str = "aws.eks.node-group";
const FARGATE_PROFILE: &str = "aws.eks.fargate-profile";

pub(crate) struct Eks;

impl Collector for Eks {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "eks",
            scope: Scope::Regional,
            kinds: &[CLUSTER, FARGATE_PROFILE, NODE_GROUP],
            actions: actions::EKS,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_eks);
            let pages = client.list_clusters().into_paginator().items().send();
            let names = out.listed(&[CLUSTER, FARGATE_PROFILE, NODE_GROUP], list("eks:ListClusters", pages).await)?;
            let looked = together(names.iter().map(|name| look(&client, name))).await;
            let mut parts = Vec::new();
            for (name, looked) in names.iter().zip(looked) {
                let resource = clusters::normalize(name, &looked, cx);
                let of_cluster = |part| parts::Named { cluster: name.clone(), cluster_arn: resource.id.clone(), part };
                parts.extend(looked.node_groups.items.into_iter().map(|name| of_cluster(parts::Part::NodeGroup(name))));
                parts.extend(looked.profiles.items.into_iter().map(|name| of_cluster(parts::Part::Profile(name))));
                for (kind, trouble) in
                    [(NODE_GROUP, looked.node_groups.trouble), (FARGATE_PROFILE, looked.profiles.trouble)]
                {
                    if let Some(trouble) = trouble {
                        out.lost(&[kind], trouble);
                    }
                }
                out.gaps.extend(looked.cluster.err());
                out.push(resource);
            }
            for (resource, trouble) in together(parts.iter().map(|part| parts::read(&client, part, cx))).await {
                out.gaps.extend(trouble);
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// What was found out about one cluster.
struct Looked {
    cluster: Result<Cluster, Trouble>,
    node_groups: Listing<String>,
    profiles: Listing<String>,
}

async fn look(client: &Client, name: &str) -> Looked {
    let cluster = match client.describe_cluster().name(name).send().await {
        Ok(answer) => answer.cluster.ok_or_else(|| Trouble::empty("eks:DescribeCluster")),
        Err(error) => Err(Trouble::new("eks:DescribeCluster", &error)),
    };
    let pages = client.list_nodegroups().cluster_name(name).into_paginator().items().send();
    let node_groups = list("eks:ListNodegroups", pages).await;
    let pages = client.list_fargate_profiles().cluster_name(name).into_paginator().items().send();
    Looked { cluster, node_groups, profiles: list("eks:ListFargateProfiles", pages).await }
}

/// The ARN of what could not be described, as far as it can be put together.
fn arn(cx: &Context, resource: &str) -> String {
    format!("arn:{}:eks:{}:{}:{resource}", partition(&cx.region), cx.region, cx.account)
}

fn tags(tags: Option<&HashMap<String, String>>) -> TagFact {
    Fact::Known(tags.cloned().unwrap_or_default().into_iter().collect::<Tags>().into())
}

/// A cluster, a node group or a profile serves while it is updated.
fn status(state: Option<&str>) -> Status {
    let state = state.map(str::to_lowercase);
    let healthy = state.as_deref().map(|state| matches!(state, "active" | "updating"));
    Status { state: Fact::from_known(state), healthy: Fact::from_known(healthy), ..Status::default() }
}

fn network(resource: &mut Resource, subnets: &[String]) -> Network {
    let subnets = sorted(subnets.iter().map(String::as_str));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    Network { subnets: Fact::from_read(Some(subnets).filter(|subnets| !subnets.is_empty())), ..Network::default() }
}
