//! Kinds of RDS, and what is read alike of several of them.

use aws_sdk_rds::types::{MasterUserSecret, StorageEncryptionType, Tag, VpcSecurityGroupMembership};

use super::super::read::sorted;
use super::super::values;
use crate::model::{Encryption, Fact, Kind, Network, Place, Rel, Resource, Shared, TagFact};
use crate::providers::aws::names::Arn;

pub(super) const INSTANCES: &[&str] = &["aws.rds.instance", "aws.docdb.instance", "aws.neptune.instance"];

pub(super) const CLUSTERS: &[&str] = &["aws.rds.cluster", "aws.docdb.cluster", "aws.neptune.cluster"];

pub(super) const GLOBAL_CLUSTER: &str = "aws.rds.global-cluster";

pub(super) const AUTOMATED_BACKUP: &str = "aws.rds.automated-backup";

pub(super) const SNAPSHOT: &str = "aws.rds.snapshot";

pub(super) const CLUSTER_SNAPSHOT: &str = "aws.rds.cluster-snapshot";

pub(super) const SUBNET_GROUP: &str = "aws.rds.subnet-group";

/// The kind of an instance or a cluster, by its engine: `aws.docdb.cluster`.
pub(super) fn kind_of(engine: Option<&str>, thing: &str) -> Kind {
    let family = match engine {
        Some(engine) if engine.starts_with("docdb") => "docdb",
        Some(engine) if engine.starts_with("neptune") => "neptune",
        _ => "rds",
    };
    Kind::of(&format!("aws.{family}.{thing}"))
}

/// The resource with the ARN as its id, or its name where the answer leaves the ARN out.
pub(super) fn resource(kind: Kind, arn: Option<&str>, name: Option<&str>, place: Place) -> Resource {
    let name = name.unwrap_or_default();
    Resource::new(kind, arn.unwrap_or(name), name, place)
}

/// The ARN of what the answer names only barely, because it is in the same place: `beside(resource, "db", "orders")`.
pub(super) fn beside(resource: &Resource, what: &str, name: &str) -> String {
    match Arn::parse(&resource.id) {
        Some(own) if !name.starts_with("arn:") => {
            format!("arn:{}:{}:{}:{}:{what}:{name}", own.partition, own.service, own.region, own.account)
        }
        _ => name.to_owned(),
    }
}

/// Links the secret in which the service itself keeps the password.
pub(super) fn managed_secret(resource: &mut Resource, secret: Option<&MasterUserSecret>) {
    resource.link_from(Rel::ReadsSecret, secret.and_then(|secret| secret.secret_arn()), Some("managed password"));
}

/// A state in which a database serves, or soon will without anybody's help.
pub(in crate::collect::aws) fn healthy(state: &str) -> bool {
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
pub(super) fn encryption(
    resource: &mut Resource,
    encrypted: Option<bool>,
    how: Option<&StorageEncryptionType>,
    key: Option<&str>,
) -> Option<Shared<Encryption>> {
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
    Some(Shared::from(Encryption { enabled: Fact::from_known(encrypted), key }))
}

/// The ARN of a key that is named by its id alone. An alias stays as it is.
pub(super) fn key_arn(of: &str, key: &str) -> String {
    match Arn::parse(of) {
        Some(own) if !key.contains(':') && !key.starts_with("alias/") => {
            format!("arn:{}:kms:{}:{}:key/{key}", own.partition, own.region, own.account)
        }
        _ => key.to_owned(),
    }
}

/// A fact that only a replica has. One whose answer is silent about it may be broken.
pub(super) fn of_replica<T>(is_replica: bool, value: Option<T>) -> Fact<T> {
    match value {
        Some(value) => Fact::Known(value),
        None if is_replica => Fact::Unknown,
        None => Fact::Absent,
    }
}

/// Its security groups and its port, with edges to the groups.
pub(super) fn network(
    resource: &mut Resource,
    vpc: Option<&str>,
    groups: &[VpcSecurityGroupMembership],
    port: Option<i32>,
) -> Option<Shared<Network>> {
    let groups = groups.iter().filter(|group| group.status() != Some("removing"));
    let groups = sorted(groups.filter_map(|group| group.vpc_security_group_id()));
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    // Before it has an endpoint, the API says 0.
    let port = port.and_then(|port| u32::try_from(port).ok()).filter(|port| *port > 0);
    Some(Shared::from(Network {
        vpc: Fact::from_known(vpc.map(str::to_owned)),
        security_groups: Fact::Known(groups),
        ports: Fact::from_known(port.map(|port| vec![port])),
        ..Network::default()
    }))
}

pub(super) fn tags(list: &[Tag]) -> TagFact {
    values::tags(list.iter().map(|tag| (tag.key(), tag.value())))
}

pub(super) fn lower(text: Option<&str>) -> Option<String> {
    text.map(str::to_lowercase)
}
