//! Global clusters. Each region with a member lists the whole of it.

use aws_sdk_rds::types::GlobalCluster;

use super::{GLOBAL_CLUSTER, healthy, lower, resource, tags};
use crate::collect::arn::Arn;
use crate::model::{Database, Encryption, Fact, Global, GlobalMember, Kind, Place, Protection, Resource, Status};

pub(super) fn normalize(global: &GlobalCluster, account: &str) -> Resource {
    let (arn, name) = (global.global_cluster_arn(), global.global_cluster_identifier());
    let mut resource = resource(Kind::of(GLOBAL_CLUSTER), arn, name, Place::global(account));
    resource.tags = tags(global.tag_list());
    let state = lower(global.status());
    resource.status = Some(Box::new(Status {
        healthy: Fact::from_known(state.as_deref().map(healthy)),
        state: Fact::from_known(state),
        ..Status::default()
    }));
    resource.encryption = Some(Box::new(Encryption {
        enabled: Fact::from_known(global.storage_encrypted()),
        // Each member has a key of its own.
        key: Fact::Absent,
    }));
    resource.protection = Some(Box::new(Protection {
        deletion_protection: Fact::from_known(global.deletion_protection()),
        ..Protection::default()
    }));
    resource.database = Some(Box::new(Database {
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
    resource.global = Some(Box::new(Global { members: Fact::Known(members.collect()) }));
    resource
}
