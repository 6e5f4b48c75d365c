//! Global datastores. Each region with a member lists the whole of it.

use aws_sdk_elasticache::types::{GlobalReplicationGroup, GlobalReplicationGroupMember};

use super::{DATASTORE, status};
use crate::model::{Capacity, Database, Encryption, Fact, Global, GlobalMember, Kind, Place, Resource, Shared};
use crate::providers::aws::names::Arn;

pub(super) fn normalize(datastore: &GlobalReplicationGroup, account: &str) -> Resource {
    let name = datastore.global_replication_group_id().unwrap_or_default();
    let arn = datastore.arn().unwrap_or(name);
    let mut resource = Resource::new(Kind::of(DATASTORE), arn, name, Place::global(account));
    // A datastore cannot be tagged.
    resource.tags = Fact::Known(Default::default());
    resource.status = Some(Shared::from(status(datastore.status())));
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(datastore.at_rest_encryption_enabled()),
        // Each member has a key of its own.
        key: Fact::Absent,
    }));
    let types = datastore.cache_node_type().map(|it| vec![it.to_owned()]);
    resource.capacity = Some(Shared::from(Capacity { types: Fact::from_known(types), ..Capacity::default() }));
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(datastore.engine().map(str::to_lowercase)),
        engine_version: Fact::from_known(datastore.engine_version().map(str::to_owned)),
        ..Database::default()
    }));
    let members = datastore.members().iter().filter_map(|member| {
        let region = member.replication_group_region().map(str::to_owned);
        Some(GlobalMember {
            id: Fact::Known(member_arn(member, arn).or_else(|| member.replication_group_id().map(str::to_owned))?),
            region: Fact::from_known(region),
            writer: Fact::from_known(member.role().map(is_primary)),
            status: Fact::from_known(member.status().map(str::to_lowercase)),
        })
    });
    resource.global = Some(Shared::from(Global { members: Fact::Known(members.collect()) }));
    resource
}

pub(super) fn is_primary(role: &str) -> bool {
    role.eq_ignore_ascii_case("primary")
}

/// The ARN of a member, with the partition and the account of its datastore or of another member of it.
pub(super) fn member_arn(member: &GlobalReplicationGroupMember, relative: &str) -> Option<String> {
    let Arn { partition, account, .. } = Arn::parse(relative)?;
    let (region, group) = (member.replication_group_region()?, member.replication_group_id()?);
    Some(format!("arn:{partition}:elasticache:{region}:{account}:replicationgroup:{group}"))
}

/// The ARN of a datastore, put together from that of a member where the datastore was not listed.
pub(super) fn arn(datastore: Option<&GlobalReplicationGroup>, id: &str, member: &str) -> String {
    match (datastore.and_then(|it| it.arn()), Arn::parse(member)) {
        (Some(arn), _) => arn.to_owned(),
        (None, Some(Arn { partition, account, .. })) => {
            format!("arn:{partition}:elasticache::{account}:globalreplicationgroup:{id}")
        }
        (None, None) => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_datastore_names_its_members_by_arn_and_has_no_region() {
        let member = |region: &str, group: &str, role: &str| {
            GlobalReplicationGroupMember::builder()
                .replication_group_id(group)
                .replication_group_region(region)
                .role(role)
                .status("associated")
                .build()
        };
        let datastore = GlobalReplicationGroup::builder()
            .global_replication_group_id("ldgnf-carts")
            .arn("arn:aws:elasticache::111122223333:globalreplicationgroup:ldgnf-carts")
            .status("available")
            .engine("redis")
            .engine_version("7.1.0")
            .cache_node_type("cache.r7g.large")
            .at_rest_encryption_enabled(true)
            .members(member("us-east-1", "carts", "PRIMARY"))
            .members(member("us-west-2", "carts-dr", "SECONDARY"))
            .build();
        let expected = json!({
            "id": "arn:aws:elasticache::111122223333:globalreplicationgroup:ldgnf-carts",
            "kind": "aws.elasticache.global-datastore", "name": "ldgnf-carts",
            "place": {"account": "111122223333", "region": null},
            "tags": {},
            "status": {"state": "available", "healthy": true},
            "encryption": {"enabled": true, "key": null},
            "capacity": {"types": ["cache.r7g.large"]},
            "database": {"engine": "redis", "engine_version": "7.1.0"},
            "global": {"members": [
                {"id": "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:carts", "region": "us-east-1",
                 "writer": true, "status": "associated"},
                {"id": "arn:aws:elasticache:us-west-2:111122223333:replicationgroup:carts-dr", "region": "us-west-2",
                 "writer": false, "status": "associated"},
            ]},
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&datastore, "111122223333")).unwrap(), expected);
    }
}
