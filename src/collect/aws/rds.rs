//! RDS: instances, clusters, global clusters, replicated automated backups, snapshots and subnet groups. The same API
//! serves DocumentDB and Neptune.

mod backups;
mod clusters;
mod globals;
mod instances;
mod snapshots;
mod subnet_groups;

use std::collections::BTreeMap;

use aws_sdk_rds::types::{StorageEncryptionType, Tag};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::{Collector, Context, Scope, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::collect::arn::Arn;
use crate::model::{Encryption, Fact, Kind, Place, Rel, Resource, TagFact};
use clusters::{Listed, Member};

pub(crate) struct Rds;

const INSTANCES: &[&str] = &["aws.rds.instance", "aws.docdb.instance", "aws.neptune.instance"];
const CLUSTERS: &[&str] = &["aws.rds.cluster", "aws.docdb.cluster", "aws.neptune.cluster"];
const GLOBAL_CLUSTER: &str = "aws.rds.global-cluster";
const AUTOMATED_BACKUP: &str = "aws.rds.automated-backup";
const SNAPSHOT: &str = "aws.rds.snapshot";
const CLUSTER_SNAPSHOT: &str = "aws.rds.cluster-snapshot";
const SUBNET_GROUP: &str = "aws.rds.subnet-group";

impl Collector for Rds {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "rds",
            scope: Scope::Regional,
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
            for instance in &instances {
                out.push(instances::normalize(instance, place.clone()));
            }
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
            for cluster in out.listed(CLUSTERS, list("rds:DescribeDBClusters", pages).await)? {
                out.push(clusters::normalize(&cluster, &members, &globals, place.clone()));
            }

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

/// The kind of an instance or a cluster, by its engine: `aws.docdb.cluster`.
fn kind_of(engine: Option<&str>, thing: &str) -> Kind {
    let family = match engine {
        Some(engine) if engine.starts_with("docdb") => "docdb",
        Some(engine) if engine.starts_with("neptune") => "neptune",
        _ => "rds",
    };
    Kind::of(&format!("aws.{family}.{thing}"))
}

/// The resource with the ARN as its id, or its name where the answer leaves the ARN out.
fn resource(kind: Kind, arn: Option<&str>, name: Option<&str>, place: Place) -> Resource {
    let name = name.unwrap_or_default();
    Resource::new(kind, arn.unwrap_or(name), name, place)
}

/// The ARN of what the answer names only barely, because it is in the same place: `beside(resource, "db", "orders")`.
fn beside(resource: &Resource, what: &str, name: &str) -> String {
    match Arn::parse(&resource.id) {
        Some(own) if !name.starts_with("arn:") => {
            format!("arn:{}:{}:{}:{}:{what}:{name}", own.partition, own.service, own.region, own.account)
        }
        _ => name.to_owned(),
    }
}

/// A state in which a database serves, or soon will without anybody's help.
fn healthy(state: &str) -> bool {
    let fine = [
        "available",
        "backing-up",
        "maintenance",
        "modifying",
        "resetting-master-credentials",
        "storage-config-upgrade",
        "storage-initialization",
        "storage-optimization",
    ];
    fine.contains(&state) || state.starts_with("configuring-")
}

/// How it is encrypted, with the edge to its key. The API repeats a key even for what is not encrypted.
fn encryption(
    resource: &mut Resource,
    encrypted: Option<bool>,
    how: Option<&StorageEncryptionType>,
    key: Option<&str>,
) -> Option<Box<Encryption>> {
    // The flag is false where RDS encrypts with a key of its own.
    let own = how == Some(&StorageEncryptionType::Sse);
    let encrypted = if own || how == Some(&StorageEncryptionType::Cmk) { Some(true) } else { encrypted };
    let key = match (encrypted, key) {
        (Some(true), _) if own => Fact::Absent,
        (Some(true), Some(key)) => Fact::Known(key_arn(&resource.id, key)),
        (Some(false), _) => Fact::Absent,
        _ => Fact::Unknown,
    };
    resource.link(Rel::EncryptedBy, key.text().map(str::to_owned));
    Some(Box::new(Encryption { enabled: Fact::from_known(encrypted), key }))
}

/// The ARN of a key that is named by its id alone. An alias stays as it is.
fn key_arn(of: &str, key: &str) -> String {
    match Arn::parse(of) {
        Some(own) if !key.contains(':') && !key.starts_with("alias/") => {
            format!("arn:{}:kms:{}:{}:key/{key}", own.partition, own.region, own.account)
        }
        _ => key.to_owned(),
    }
}

/// A fact that only a replica has. One whose answer is silent about it may be broken.
fn of_replica<T>(is_replica: bool, value: Option<T>) -> Fact<T> {
    match value {
        Some(value) => Fact::Known(value),
        None if is_replica => Fact::Unknown,
        None => Fact::Absent,
    }
}

fn tags(list: &[Tag]) -> TagFact {
    values::tags(list.iter().map(|tag| (tag.key(), tag.value())))
}

fn lower(text: Option<&str>) -> Option<String> {
    text.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    #[test]
    fn what_rds_encrypts_with_a_key_of_its_own_is_encrypted_though_the_flag_is_false() {
        let found = |encrypted: Option<bool>, how: Option<StorageEncryptionType>, key: Option<&str>| {
            let mut resource =
                Resource::new(Kind::of(CLUSTERS[0]), "arn:aws:rds:us-east-1:1:cluster:c", "c", Place::default());
            let facts = encryption(&mut resource, encrypted, how.as_ref(), key).unwrap();
            (facts.enabled, facts.key, resource.links.len())
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
