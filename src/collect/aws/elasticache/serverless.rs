//! Serverless caches. The service spreads each over zones and replaces what fails.

use aws_sdk_elasticache::types::{ServerlessCache, StorageEncryptionType};

use super::super::read::{moment, number, sorted};
use super::{SERVERLESS, clusters, snapshots, status, unreplicated};
use crate::model::{
    Capacity, Database, Encryption, Fact, Kind, Network, Place, Redundancy, Rel, Resource, Shared, Status,
};

pub(super) fn normalize(cache: &ServerlessCache, place: Place) -> Resource {
    let name = cache.serverless_cache_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(SERVERLESS), cache.arn().unwrap_or(name), name, place);
    resource.status = Some(Shared::from(Status { created_at: moment(cache.create_time()), ..status(cache.status()) }));
    resource.backup = Some(Shared::from(snapshots(number(cache.snapshot_retention_limit()))));
    resource.replication = Some(Shared::from(unreplicated()));
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(true),
        automatic_failover: Fact::Known(true),
        ..Redundancy::default()
    }));
    resource.mark_unknown("redundancy.zones", "the service chooses them and does not say");
    let own = cache.storage_encryption_type() == Some(&StorageEncryptionType::SseElasticache);
    let key = cache.kms_key_id().filter(|_| !own);
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    resource.capacity = Some(Shared::from(Capacity { types: Fact::Absent, ..Capacity::default() }));
    let endpoints = [cache.endpoint(), cache.reader_endpoint()].into_iter().flatten().filter_map(|it| it.address());
    let version = cache.full_engine_version().or(cache.major_engine_version());
    resource.database = Some(Shared::from(Database {
        engine: Fact::from_known(cache.engine().map(str::to_lowercase)),
        engine_version: Fact::from_known(version.map(str::to_owned)),
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: "serverless".into(),
        subnet_group: Fact::Absent,
        parameter_group: Fact::Absent,
        option_group: Fact::Absent,
        endpoints: Fact::Known(sorted(endpoints)),
        managed_secret: Fact::Known(false),
        durability: Fact::Absent,
        ..Database::default()
    }));
    let subnets = sorted(cache.subnet_ids().iter().map(String::as_str));
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    let groups = sorted(cache.security_group_ids().iter().map(String::as_str));
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    resource.network = Some(Shared::from(Network {
        subnets: Fact::Known(subnets),
        security_groups: Fact::Known(groups),
        ports: clusters::ports([cache.endpoint(), cache.reader_endpoint()].into_iter().flatten()),
        ..Network::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticache::primitives::DateTime;
    use aws_sdk_elasticache::types::Endpoint;
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:elasticache:us-east-1:111122223333:serverlesscache:sessions";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    #[test]
    fn a_serverless_cache_stands_in_several_zones_and_may_have_snapshots() {
        let cache = ServerlessCache::builder()
            .serverless_cache_name("sessions")
            .arn(ARN)
            .status("available")
            .create_time(DateTime::from_secs(1_700_000_000))
            .engine("Valkey")
            .major_engine_version("8")
            .full_engine_version("8.1")
            .kms_key_id(KEY)
            .storage_encryption_type(StorageEncryptionType::SseKms)
            .snapshot_retention_limit(7)
            .endpoint(Endpoint::builder().address("sessions.cache").port(6379).build())
            .subnet_ids("subnet-2")
            .subnet_ids("subnet-1")
            .security_group_ids("sg-1")
            .build();
        let expected = json!({
            "id": ARN, "kind": "aws.elasticache.serverless-cache", "name": "sessions",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "backup": {
                "enabled": true, "retention_days": 7, "point_in_time": false, "interval_minutes": 1440,
                "versioned": null,
            },
            "replication": {
                "role": "none", "source": null, "cross_region": null, "replicas": [], "regions": null, "global": null,
                "status": null, "healthy": null, "lag_seconds": null,
            },
            "redundancy": {"multi_zone": true, "automatic_failover": true},
            "encryption": {"enabled": true, "key": KEY},
            "capacity": {"types": null},
            "database": {
                "engine": "valkey", "engine_version": "8.1", "cluster": null, "topology": null, "mode": "serverless",
                "subnet_group": null, "parameter_group": null, "option_group": null, "endpoints": ["sessions.cache"], "managed_secret": false, "durability": null,
            },
            "network": {"subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "ports": [6379]},
            "unknown": {"redundancy.zones": "the service chooses them and does not say"},
            "links": [
                {"rel": "encrypted-by", "to": KEY},
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "filtered-by", "to": "sg-1"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&cache, Place::new("111122223333", "us-east-1"))).unwrap(), expected);
    }

    #[test]
    fn a_key_of_the_service_itself_is_no_key() {
        let cache = ServerlessCache::builder()
            .serverless_cache_name("sessions")
            .kms_key_id("arn:aws:kms:us-east-1:999900001111:key/9")
            .storage_encryption_type(StorageEncryptionType::SseElasticache)
            .build();
        let resource = normalize(&cache, Place::new("111122223333", "us-east-1"));
        let none = Encryption { enabled: Fact::Known(true), key: Fact::Absent };
        assert_eq!((resource.encryption, resource.links), (Some(Shared::from(none)), Vec::new().into()));
    }
}
