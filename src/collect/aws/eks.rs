//! EKS: clusters, their node groups and their Fargate profiles.

mod clusters;
mod common;
mod parts;

use aws_sdk_eks::Client;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use common::{CLUSTER, FARGATE_PROFILE, Looked, NODE_GROUP, arn, network, status, tags};

pub(crate) struct Eks;

impl Collector for Eks {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "eks",
            locality: Locality::Regional,
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
