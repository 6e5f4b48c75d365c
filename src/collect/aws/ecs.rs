//! ECS: clusters, services and how they scale, and the definitions of their tasks.

mod common;
mod definitions;
mod services;

use std::collections::BTreeSet;

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{CapacityProvider, Cluster, ClusterField, Service, ServiceField};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, pages, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Kind, Rel, Resource};
use common::{CLUSTER, DEFINITION, SERVICE, status, tags};

pub(crate) struct Ecs;

impl Collector for Ecs {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "ecs",
            locality: Locality::Regional,
            kinds: &[CLUSTER, SERVICE, DEFINITION],
            actions: actions::ECS,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ecs);
            let pages = client.list_clusters().into_paginator().items().send();
            let clusters = out.listed(&[CLUSTER, SERVICE], list("ecs:ListClusters", pages).await)?;
            describe_clusters(&client, &clusters, cx, out).await;
            let mut run = BTreeSet::new();
            let targets = services::scalable_targets(cx).await;
            for (arn, listing) in
                clusters.iter().zip(together(clusters.iter().map(|it| list_services(&client, it))).await)
            {
                if let Some(trouble) = listing.trouble {
                    out.lost(&[SERVICE], trouble);
                }
                let batches = listing.items.chunks(10).map(|batch| describe_services(&client, arn, batch));
                for batch in together(batches).await {
                    match batch {
                        Ok(found) => {
                            run.extend(found.iter().filter_map(|it| it.task_definition().map(str::to_owned)));
                            out.resources.extend(found.iter().map(|it| services::normalize(it, &targets, cx.place())));
                        }
                        Err(trouble) => out.lost(&[SERVICE], trouble),
                    }
                }
            }
            out.gaps.extend(targets.err());
            definitions::collect(&client, run, cx, out).await
        }
        .boxed()
    }
}

async fn describe_clusters(client: &Client, arns: &[String], cx: &Context, out: &mut Sink) {
    const ACTION: &str = "ecs:DescribeClusters";
    let mut all = Vec::new();
    for batch in arns.chunks(100) {
        let call = client.describe_clusters().set_clusters(Some(batch.to_vec())).include(ClusterField::Tags);
        let found = match call.send().await {
            Ok(answer) => answer.clusters.unwrap_or_default(),
            Err(error) => {
                out.lost(&[CLUSTER], Trouble::new(ACTION, &error));
                continue;
            }
        };
        let missing = batch.iter().filter(|arn| !found.iter().any(|it| it.cluster_arn() == Some(arn.as_str())));
        missing.for_each(|_| out.lost(&[CLUSTER], Trouble::empty(ACTION)));
        all.extend(found);
    }
    // Fargate has no machines behind it.
    let is_group = |provider: &String| !provider.starts_with("FARGATE");
    let asks = all.iter().any(|cluster| cluster.capacity_providers().iter().any(is_group));
    let groups = if asks { scaling_groups(client).await } else { Ok(Vec::new()) };
    for cluster in &all {
        let mut resource = normalize(cluster, cx);
        let own = |group: &&(String, String)| cluster.capacity_providers().contains(&group.0);
        match &groups {
            Ok(groups) => groups.iter().filter(own).for_each(|(provider, group)| {
                resource.link_from(Rel::RunsOn, Some(group), Some(&format!("capacity provider {provider}")));
            }),
            Err(trouble) => resource.mark_unknown("links", trouble.to_string()),
        }
        out.push(resource);
    }
    out.gaps.extend(groups.err());
}

/// Capacity providers and the Auto Scaling groups behind them. Those of Fargate have none.
async fn scaling_groups(client: &Client) -> Result<Vec<(String, String)>, Trouble> {
    let providers = pages(|next| async move {
        let call = client.describe_capacity_providers().set_next_token(next).send().await;
        let answer = call.map_err(|error| Trouble::new("ecs:DescribeCapacityProviders", &error))?;
        Ok((answer.capacity_providers.unwrap_or_default(), answer.next_token))
    });
    let group = |provider: CapacityProvider| {
        let group = provider.auto_scaling_group_provider?.auto_scaling_group_arn;
        Some((provider.name?, group))
    };
    Ok(providers.await.whole()?.into_iter().filter_map(group).collect())
}

async fn list_services(client: &Client, cluster: &str) -> Listing<String> {
    let pages = client.list_services().cluster(cluster).into_paginator().items().send();
    list("ecs:ListServices", pages).await
}

/// A service that was listed and is gone by now is none; any other failure leaves the list incomplete.
async fn describe_services(client: &Client, cluster: &str, arns: &[String]) -> Result<Vec<Service>, Trouble> {
    const ACTION: &str = "ecs:DescribeServices";
    let call = client.describe_services().cluster(cluster).set_services(Some(arns.to_vec()));
    let answer = call.include(ServiceField::Tags).send().await.map_err(|error| Trouble::new(ACTION, &error))?;
    if answer.failures().iter().any(|failure| failure.reason() != Some("MISSING")) {
        return Err(Trouble::empty(ACTION));
    }
    Ok(answer.services.unwrap_or_default())
}

fn normalize(cluster: &Cluster, cx: &Context) -> Resource {
    let name = cluster.cluster_name().unwrap_or_default();
    let id = cluster.cluster_arn().unwrap_or(name);
    let mut resource = Resource::new(Kind::of(CLUSTER), id, name, cx.place());
    resource.tags = tags(cluster.tags());
    resource.status = Some(status(cluster.status(), None));
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_ecs::types::Tag;
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn a_cluster_is_a_name_and_a_state() {
        let arn = "arn:aws:ecs:us-east-1:111122223333:cluster/shop";
        let cluster = Cluster::builder()
            .cluster_name("shop")
            .cluster_arn(arn)
            .status("ACTIVE")
            .tags(Tag::builder().key("app").value("shop").build())
            .build();
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let expected = json!({
            "id": arn, "kind": "aws.ecs.cluster", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": "active", "healthy": true, "created_at": null},
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&cluster, &cx)).unwrap(), expected);
    }
}
