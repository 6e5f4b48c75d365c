//! RDS: instances, clusters, global clusters, replicated automated backups, snapshots and subnet groups. The same API
//! serves DocumentDB and Neptune.

mod backups;
mod clusters;
mod common;
mod globals;
mod instances;
mod settings;
mod snapshots;
mod subnet_groups;

use std::collections::BTreeMap;

use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::Resource;
use clusters::{Listed, Member};
pub(super) use common::healthy;
use common::{
    AUTOMATED_BACKUP, CLUSTER_SNAPSHOT, CLUSTERS, GLOBAL_CLUSTER, INSTANCES, SNAPSHOT, SUBNET_GROUP, beside,
    encryption, kind_of, lower, managed_secret, network, of_replica, resource, tags,
};

pub(crate) struct Rds;

impl Collector for Rds {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "rds",
            locality: Locality::Regional,
            kinds: &[
                "aws.docdb.cluster",
                "aws.docdb.instance",
                "aws.neptune.cluster",
                "aws.neptune.instance",
                AUTOMATED_BACKUP,
                "aws.rds.cluster",
                CLUSTER_SNAPSHOT,
                GLOBAL_CLUSTER,
                "aws.rds.instance",
                SNAPSHOT,
                SUBNET_GROUP,
            ],
            actions: actions::RDS,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_rds);
            let place = cx.place();

            let pages = client.describe_db_instances().into_paginator().items().send();
            let instances = list("rds:DescribeDBInstances", pages).await;
            let reason = instances.trouble.as_ref().map(ToString::to_string);
            let instances = out.listed(INSTANCES, instances)?;
            let mut resources: Vec<Resource> =
                instances.iter().map(|instance| instances::normalize(instance, place.clone())).collect();
            settings::of_instances(&client, &mut resources, out).await;
            resources.into_iter().for_each(|resource| out.push(resource));
            let members: BTreeMap<&str, Member<'_>> = instances.iter().filter_map(clusters::member).collect();
            let members = Listed { items: members, gap: reason };

            let pages = client.describe_global_clusters().into_paginator().items().send();
            let globals = list("rds:DescribeGlobalClusters", pages).await;
            let reason = globals.trouble.as_ref().map(ToString::to_string);
            let globals = out.listed(&[GLOBAL_CLUSTER], globals)?;
            for global in &globals {
                out.push(globals::normalize(global, &cx.account));
            }
            let globals = Listed { items: globals, gap: reason };

            let pages = client.describe_db_clusters().into_paginator().items().send();
            let clusters = out.listed(CLUSTERS, list("rds:DescribeDBClusters", pages).await)?;
            let normalized = clusters.iter().map(|it| clusters::normalize(it, &members, &globals, place.clone()));
            let mut resources: Vec<Resource> = normalized.collect();
            settings::of_clusters(&client, &mut resources, out).await;
            resources.into_iter().for_each(|resource| out.push(resource));

            backups::collect(cx, &client, &instances, out).await?;
            snapshots::collect(cx, &client, out).await?;

            let pages = client.describe_db_subnet_groups().into_paginator().items().send();
            for group in out.listed(&[SUBNET_GROUP], list("rds:DescribeDBSubnetGroups", pages).await)? {
                out.push(subnet_groups::normalize(&group, place.clone()));
            }
            Ok(())
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::StorageEncryptionType;

    use super::*;
    use crate::model::{Fact, Kind, Place};

    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    #[test]
    fn what_rds_encrypts_with_a_key_of_its_own_is_encrypted_though_the_flag_is_false() {
        let found = |encrypted: Option<bool>, how: Option<StorageEncryptionType>, key: Option<&str>| {
            let mut resource =
                Resource::new(Kind::of(CLUSTERS[0]), "arn:aws:rds:us-east-1:1:cluster:c", "c", Place::default());
            let facts = encryption(&mut resource, encrypted, how.as_ref(), key).unwrap();
            (facts.enabled, facts.key.clone(), resource.links.len())
        };
        let own = Some(StorageEncryptionType::Sse);
        assert_eq!(found(Some(false), own.clone(), None), (Fact::Known(true), Fact::Absent, 0));
        assert_eq!(found(Some(false), own, Some(KEY)), (Fact::Known(true), Fact::Absent, 0));
        let kms = Some(StorageEncryptionType::Cmk);
        assert_eq!(found(Some(true), kms.clone(), Some(KEY)), (Fact::Known(true), KEY.into(), 1));
        assert_eq!(found(Some(true), kms, None), (Fact::Known(true), Fact::Unknown, 0));
        let none = Some(StorageEncryptionType::Unencrypted);
        assert_eq!(found(Some(false), none, None), (Fact::Known(false), Fact::Absent, 0));
        assert_eq!(found(None, None, None), (Fact::Unknown, Fact::Unknown, 0));
    }
}
