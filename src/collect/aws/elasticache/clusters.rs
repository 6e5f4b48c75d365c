//! Clusters, as resources of their own where they stand alone: Memcached, and single nodes of Redis OSS or Valkey.

use std::collections::BTreeSet;

use aws_sdk_elasticache::types::{CacheCluster, Endpoint};

use super::super::read::{moment, number, sorted};
use super::{CLUSTER, snapshots, status, unreplicated};
use crate::model::{
    Backup, Capacity, Database, Encryption, Fact, Kind, Network, Place, Redundancy, Rel, Resource, Shared, Status,
};

pub(super) fn normalize(cluster: &CacheCluster, place: Place) -> Resource {
    let name = cluster.cache_cluster_id().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(CLUSTER), cluster.arn().unwrap_or(name), name, place);
    resource.status = Some(Shared::from(Status {
        created_at: moment(cluster.cache_cluster_create_time()),
        ..status(cluster.cache_cluster_status())
    }));
    let database = database(cluster);
    let is_memcached = database.engine.text() == Some("memcached");
    resource.backup = Some(Shared::from(if is_memcached {
        no_backup()
    } else {
        snapshots(number(cluster.snapshot_retention_limit()))
    }));
    resource.replication = Some(Shared::from(unreplicated()));
    let redundancy = redundancy(cluster, &mut resource);
    resource.redundancy = Some(Shared::from(redundancy));
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(cluster.at_rest_encryption_enabled()),
        // Only replication groups take a key.
        key: Fact::Absent,
    }));
    resource.capacity =
        Some(Shared::from(Capacity { types: Fact::Known(sorted(cluster.cache_node_type())), ..Capacity::default() }));
    resource.database = Some(Shared::from(database));
    let nodes = cluster.cache_nodes().iter().map(|node| node.endpoint());
    let network = network(&mut resource, cluster, nodes.chain([cluster.configuration_endpoint()]).flatten());
    resource.network = Some(Shared::from(network));
    resource
}

/// The security groups of a cluster, with edges to them, and the ports of endpoints.
pub(super) fn network<'a>(
    resource: &mut Resource,
    cluster: &CacheCluster,
    endpoints: impl Iterator<Item = &'a Endpoint>,
) -> Network {
    let groups = cluster.security_groups().iter().filter(|group| group.status() != Some("removing"));
    let groups = sorted(groups.filter_map(|group| group.security_group_id()));
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    Network { security_groups: Fact::Known(groups), ports: ports(endpoints), ..Network::default() }
}

/// The ports of endpoints. Unknown where there is no endpoint yet.
pub(super) fn ports<'a>(endpoints: impl Iterator<Item = &'a Endpoint>) -> Fact<Vec<u32>> {
    let ports: BTreeSet<u32> =
        endpoints.filter_map(|endpoint| u32::try_from(endpoint.port()?).ok()).filter(|port| *port > 0).collect();
    Fact::from_known(Some(ports.into_iter().collect::<Vec<_>>()).filter(|ports| !ports.is_empty()))
}

/// What the API says of a cluster whose nodes are spread.
const SPREAD: &str = "Multiple";

/// Zones of its nodes, as far as they are given.
pub(super) fn zones(cluster: &CacheCluster) -> Vec<&str> {
    let nodes = cluster.cache_nodes().iter().filter_map(|node| node.customer_availability_zone());
    nodes.chain(cluster.preferred_availability_zone().filter(|zone| *zone != SPREAD)).collect()
}

/// Engine, version, subnet group and parameter group, which member clusters have and their replication group has not.
pub(super) fn database(cluster: &CacheCluster) -> Database {
    let nodes = cluster.cache_nodes().iter().map(|node| node.endpoint());
    let endpoints = nodes.chain([cluster.configuration_endpoint()]).flatten().filter_map(|it| it.address());
    let parameters = cluster.cache_parameter_group().and_then(|group| group.cache_parameter_group_name());
    Database {
        engine: Fact::from_known(cluster.engine().map(str::to_lowercase)),
        engine_version: Fact::from_known(cluster.engine_version().map(str::to_owned)),
        cluster: Fact::from_read(cluster.replication_group_id().map(str::to_owned)),
        topology: Fact::Absent,
        mode: Fact::Absent,
        subnet_group: Fact::from_read(cluster.cache_subnet_group_name().map(str::to_owned)),
        parameter_group: Fact::from_known(parameters.map(str::to_owned)),
        option_group: Fact::Absent,
        endpoints: Fact::Known(sorted(endpoints)),
        managed_secret: Fact::Known(false),
        durability: Fact::Absent,
        ..Database::default()
    }
}

fn redundancy(cluster: &CacheCluster, resource: &mut Resource) -> Redundancy {
    let nodes = number(cluster.num_cache_nodes());
    let zones = sorted(zones(cluster));
    let multi_zone = match (cluster.preferred_availability_zone(), zones.len(), nodes.known()) {
        (Some(SPREAD), ..) | (_, 2.., _) => Some(true),
        (Some(_), ..) | (_, _, Some(1)) => Some(false),
        _ => None,
    };
    if zones.is_empty() || (multi_zone == Some(true) && zones.len() < 2) {
        resource.mark_unknown("redundancy.zones", "AWS did not report the zone of a node");
    }
    Redundancy {
        zones: Fact::from_known(Some(zones).filter(|zones| !zones.is_empty())),
        instances: nodes,
        multi_zone: Fact::from_known(multi_zone),
        automatic_failover: Fact::Known(false),
        ..Redundancy::default()
    }
}

/// Memcached keeps nothing that could be backed up.
fn no_backup() -> Backup {
    Backup {
        enabled: Fact::Absent,
        retention_days: Fact::Absent,
        point_in_time: Fact::Absent,
        interval_minutes: Fact::Absent,
        latest_recovery_point: Fact::Absent,
        versioned: Fact::Absent,
        deleted_with_resource: Fact::Absent,
        ..Backup::default()
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticache::primitives::DateTime;
    use aws_sdk_elasticache::types::{CacheNode, CacheParameterGroupStatus};
    use serde_json::json;

    use super::*;

    #[test]
    fn memcached_over_two_zones_has_nothing_to_back_up() {
        let node = |zone: &str| {
            let endpoint = Endpoint::builder().address(format!("{zone}.cache")).port(11211).build();
            CacheNode::builder().customer_availability_zone(zone).endpoint(endpoint).build()
        };
        let cluster = CacheCluster::builder()
            .cache_cluster_id("sessions")
            .arn("arn:aws:elasticache:us-east-1:111122223333:cluster:sessions")
            .cache_cluster_status("available")
            .cache_cluster_create_time(DateTime::from_secs(1_700_000_000))
            .engine("memcached")
            .engine_version("1.6.22")
            .cache_node_type("cache.t4g.small")
            .num_cache_nodes(2)
            .preferred_availability_zone("Multiple")
            .cache_nodes(node("us-east-1b"))
            .cache_nodes(node("us-east-1a"))
            .cache_subnet_group_name("caches")
            .cache_parameter_group(CacheParameterGroupStatus::builder().cache_parameter_group_name("tuned").build())
            .at_rest_encryption_enabled(false)
            .snapshot_retention_limit(0)
            .build();
        let expected = json!({
            "id": "arn:aws:elasticache:us-east-1:111122223333:cluster:sessions",
            "kind": "aws.elasticache.cluster", "name": "sessions",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "backup": {
                "enabled": null, "retention_days": null, "point_in_time": null, "interval_minutes": null,
                "latest_recovery_point": null, "versioned": null, "deleted_with_resource": null,
            },
            "replication": {
                "role": "none", "source": null, "cross_region": null, "replicas": [], "regions": null,
                "global": null, "status": null, "healthy": null, "lag_seconds": null,
            },
            "redundancy": {
                "zones": ["us-east-1a", "us-east-1b"], "instances": 2, "multi_zone": true, "automatic_failover": false,
            },
            "encryption": {"enabled": false, "key": null},
            "capacity": {"types": ["cache.t4g.small"]},
            "database": {
                "engine": "memcached", "engine_version": "1.6.22", "cluster": null, "topology": null, "mode": null,
                "subnet_group": "caches", "parameter_group": "tuned", "option_group": null, "endpoints": ["us-east-1a.cache", "us-east-1b.cache"],
                "managed_secret": false, "durability": null,
            },
            "network": {"security_groups": [], "ports": [11211]},
            "origin": {"source": ""},
        });
        let resource = normalize(&cluster, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn a_single_node_is_in_one_zone_even_if_nobody_says_in_which() {
        let cluster = CacheCluster::builder()
            .cache_cluster_id("queue")
            .arn("arn:aws:elasticache:us-east-1:111122223333:cluster:queue")
            .cache_cluster_status("restore-failed")
            .engine("redis")
            .num_cache_nodes(1)
            .snapshot_retention_limit(5)
            .build();
        let resource = normalize(&cluster, Place::new("111122223333", "us-east-1"));
        let resource = serde_json::to_value(resource).unwrap();
        assert_eq!(resource["status"], json!({"state": "restore-failed", "healthy": false, "created_at": null}));
        assert_eq!(
            resource["backup"],
            json!({"enabled": true, "retention_days": 5, "point_in_time": false, "interval_minutes": 1440,
                "versioned": null})
        );
        assert_eq!(resource["redundancy"], json!({"instances": 1, "multi_zone": false, "automatic_failover": false}));
        assert_eq!(resource["unknown"], json!({"redundancy.zones": "AWS did not report the zone of a node"}));
    }
}
