//! Global clusters. Each region with a member lists the whole of it.

use aws_sdk_rds::types::{GlobalCluster, StorageEncryptionType};

use super::{GLOBAL_CLUSTER, healthy, lower, resource, tags};
use crate::model::{
    Database, Encryption, Fact, Global, GlobalMember, Kind, Place, Protection, Resource, Shared, Status,
};
use crate::providers::aws::names::Arn;

pub(super) fn normalize(global: &GlobalCluster, account: &str) -> Resource {
    let (arn, name) = (global.global_cluster_arn(), global.global_cluster_identifier());
    let mut resource = resource(Kind::of(GLOBAL_CLUSTER), arn, name, Place::global(account));
    resource.tags = tags(global.tag_list());
    let state = lower(global.status());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(healthy)),
        state: Fact::from_known(state),
        ..Status::default()
    }));
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(match global.storage_encryption_type() {
            Some(StorageEncryptionType::Sse | StorageEncryptionType::Cmk) => Some(true),
            _ => global.storage_encrypted(),
        }),
        // Each member has a key of its own.
        key: Fact::Absent,
    }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::from_known(global.deletion_protection()),
        ..Protection::default()
    }));
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(lower(global.engine())),
        engine_version: Fact::from_known(global.engine_version().map(str::to_owned)),
        endpoints: Fact::Known(global.endpoint().map(str::to_owned).into_iter().collect()),
        ..Database::default()
    }));
    let members = global.global_cluster_members().iter().filter_map(|member| {
        let id = member.db_cluster_arn()?;
        Some(GlobalMember {
            id: id.into(),
            region: Fact::from_known(Arn::parse(id).map(|arn| arn.region.to_owned())),
            writer: Fact::from_known(member.is_writer()),
            status: Fact::from_known(lower(member.synchronization_status().map(|status| status.as_str()))),
        })
    });
    resource.global = Some(Shared::from(Global { members: Fact::Known(members.collect()) }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::{GlobalClusterMember, GlobalClusterMemberSynchronizationStatus as Sync};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_global_cluster_lives_once_an_account_and_names_its_members() {
        let member = |arn: &str, writer: bool, status: Option<Sync>| {
            let member = GlobalClusterMember::builder().db_cluster_arn(arn).is_writer(writer);
            member.set_synchronization_status(status).build()
        };
        let (here, far) =
            ("arn:aws:rds:us-east-1:111122223333:cluster:shop", "arn:aws:rds:us-west-2:111122223333:cluster:shop-far");
        let global = GlobalCluster::builder()
            .global_cluster_identifier("shop")
            .global_cluster_arn("arn:aws:rds::111122223333:global-cluster:shop")
            .status("available")
            .engine("aurora-mysql")
            .engine_version("8.0.mysql_aurora.3.05.2")
            .storage_encrypted(true)
            .deletion_protection(true)
            .endpoint("shop.global-x.global.rds.amazonaws.com")
            .global_cluster_members(member(here, true, None))
            .global_cluster_members(member(far, false, Some(Sync::PendingResync)))
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&global, "111122223333")).unwrap(),
            json!({
                "id": "arn:aws:rds::111122223333:global-cluster:shop",
                "kind": "aws.rds.global-cluster",
                "name": "shop",
                "place": {"account": "111122223333", "region": null},
                "tags": {},
                "status": {"state": "available", "healthy": true},
                "encryption": {"enabled": true, "key": null},
                "protection": {"deletion_protection": true},
                "database": {
                    "engine": "aurora-mysql", "engine_version": "8.0.mysql_aurora.3.05.2",
                    "endpoints": ["shop.global-x.global.rds.amazonaws.com"],
                },
                "global": {"members": [
                    {"id": here, "region": "us-east-1", "writer": true},
                    {"id": far, "region": "us-west-2", "writer": false, "status": "pending-resync"},
                ]},
                "origin": {"source": ""},
            })
        );
    }
}
