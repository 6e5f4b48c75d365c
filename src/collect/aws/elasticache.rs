//! ElastiCache: replication groups, clusters that stand alone, serverless caches, global datastores, and subnet groups. The
//! member clusters of a replication group are no resources of their own: the group is what is recovered.

mod clusters;
mod common;
mod datastores;
mod groups;
mod serverless;
mod settings;
mod subnet_groups;

use aws_sdk_elasticache::Client;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::collect::caches::{snapshots, unreplicated};
use crate::model::Resource;
use common::{Beside, CLUSTER, DATASTORE, GROUP, SERVERLESS, SUBNET_GROUP, status};

pub(crate) struct ElastiCache;

impl Collector for ElastiCache {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "elasticache",
            locality: Locality::Regional,
            kinds: &[CLUSTER, DATASTORE, GROUP, SERVERLESS, SUBNET_GROUP],
            actions: actions::ELASTICACHE,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_elasticache);

            let pages = client.describe_cache_clusters().show_cache_node_info(true).into_paginator().items().send();
            let listing = list("elasticache:DescribeCacheClusters", pages).await;
            let clusters_gap = listing.trouble.as_ref().map(ToString::to_string);
            let clusters = out.listed(&[CLUSTER], listing)?;

            let pages = client.describe_global_replication_groups().show_member_info(true).into_paginator().items();
            let listing = list("elasticache:DescribeGlobalReplicationGroups", pages.send()).await;
            let datastores_gap = listing.trouble.as_ref().map(ToString::to_string);
            let datastores = out.listed(&[DATASTORE], listing)?;
            for datastore in &datastores {
                out.push(datastores::normalize(datastore, &cx.account));
            }

            let pages = client.describe_replication_groups().into_paginator().items().send();
            let groups = out.listed(&[GROUP], list("elasticache:DescribeReplicationGroups", pages).await)?;
            let beside = Beside {
                clusters: clusters.iter().filter_map(|it| Some((it.cache_cluster_id()?, it))).collect(),
                clusters_gap,
                datastores: datastores.iter().filter_map(|it| Some((it.global_replication_group_id()?, it))).collect(),
                datastores_gap,
            };
            let mut resources: Vec<Resource> =
                groups.iter().map(|group| groups::normalize(group, &beside, cx.place())).collect();
            let alone = clusters.iter().filter(|cluster| cluster.replication_group_id().is_none());
            resources.extend(alone.map(|cluster| clusters::normalize(cluster, cx.place())));
            settings::collect(&client, &mut resources, out).await;
            let pages = client.describe_serverless_caches().into_paginator().items().send();
            let caches = out.listed(&[SERVERLESS], list("elasticache:DescribeServerlessCaches", pages).await)?;
            resources.extend(caches.iter().map(|cache| serverless::normalize(cache, cx.place())));
            let pages = client.describe_cache_subnet_groups().into_paginator().items().send();
            let groups = out.listed(&[SUBNET_GROUP], list("elasticache:DescribeCacheSubnetGroups", pages).await)?;
            groups.iter().for_each(|group| out.push(subnet_groups::normalize(group, cx.place())));
            tag(&client, resources, out).await;
            Ok(())
        }
        .boxed()
    }
}

/// Tags are read one resource at a time.
async fn tag(client: &Client, resources: Vec<Resource>, out: &mut Sink) {
    let calls = resources.iter().map(|resource| client.list_tags_for_resource().resource_name(&resource.id).send());
    let answers = together(calls).await;
    for (mut resource, answer) in resources.into_iter().zip(answers) {
        match answer {
            Ok(answer) => resource.tags = tags(answer.tag_list().iter().map(|tag| (tag.key(), tag.value()))),
            Err(error) => {
                out.gap(&mut resource, "tags", Trouble::new("elasticache:ListTagsForResource", &error));
            }
        }
        out.push(resource);
    }
}
