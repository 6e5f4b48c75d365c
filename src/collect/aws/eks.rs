//! EKS: clusters, their node groups and Fargate profiles, their add-ons, and who may use them.

mod access_entries;
mod add_ons;
mod clusters;
mod common;
mod parts;

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{AuthenticationMode, Cluster};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use common::{
    ACCESS_ENTRY, ADD_ON, CLUSTER, FARGATE_PROFILE, Looked, NODE_GROUP, Named, Part, arn, network, part, status, tags,
};

const KINDS: &[&str] = &[CLUSTER, ACCESS_ENTRY, ADD_ON, FARGATE_PROFILE, NODE_GROUP];

/// The part of that name.
type OfName = fn(String) -> Part;

pub(crate) struct Eks;

impl Collector for Eks {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec { service: "eks", locality: Locality::Regional, kinds: KINDS, actions: actions::EKS };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_eks);
            let pages = client.list_clusters().into_paginator().items().send();
            let names = out.listed(KINDS, list("eks:ListClusters", pages).await)?;
            let looked = together(names.iter().map(|name| look(&client, name))).await;
            let mut parts = Vec::new();
            for (name, looked) in names.iter().zip(looked) {
                let resource = clusters::normalize(name, &looked, cx);
                let lists = [
                    (NODE_GROUP, looked.node_groups, Part::NodeGroup as OfName),
                    (FARGATE_PROFILE, looked.profiles, Part::Profile),
                    (ADD_ON, looked.add_ons, Part::AddOn),
                    (ACCESS_ENTRY, looked.access_entries, Part::AccessEntry),
                ];
                for (kind, list, part) in lists {
                    parts.extend(list.items.into_iter().map(|listed| Named {
                        cluster: name.clone(),
                        cluster_arn: resource.id.clone(),
                        part: part(listed),
                    }));
                    if let Some(trouble) = list.trouble {
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
    let profiles = list("eks:ListFargateProfiles", pages).await;
    let pages = client.list_addons().cluster_name(name).into_paginator().items().send();
    let add_ons = list("eks:ListAddons", pages).await;
    let access_entries = if cluster.as_ref().is_ok_and(has_no_entries) {
        Listing { items: Vec::new(), trouble: None }
    } else {
        let pages = client.list_access_entries().cluster_name(name).into_paginator().items().send();
        list("eks:ListAccessEntries", pages).await
    };
    Looked { cluster, node_groups, profiles, add_ons, access_entries }
}

/// EKS refuses to list the access entries of a cluster that cannot have any.
fn has_no_entries(cluster: &Cluster) -> bool {
    let mode = cluster.access_config().and_then(|config| config.authentication_mode());
    mode == Some(&AuthenticationMode::ConfigMap)
}
