//! Replication groups. Engine version, subnet group and parameter group stand at their member clusters only, and what they
//! replicate from at the global datastore.

use aws_sdk_elasticache::types::{
    AutomaticFailoverStatus, CacheCluster, GlobalReplicationGroup, GlobalReplicationGroupMember, MultiAzStatus,
    NodeGroupMember, ReplicationGroup, StorageEncryptionType,
};

use super::super::read::{moment, number, sorted};
use super::{Beside, GROUP, clusters, datastores, snapshots, status, unreplicated};
use crate::model::{
    Capacity, Database, Encryption, Fact, Kind, Network, Place, Redundancy, Rel, Replication, Resource, Shared, Status,
};

pub(super) fn normalize(group: &ReplicationGroup, beside: &Beside<'_>, place: Place) -> Resource {
    let name = group.replication_group_id().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(GROUP), group.arn().unwrap_or(name), name, place);
    resource.status = Some(Shared::from(Status {
        created_at: moment(group.replication_group_create_time()),
        ..status(group.status())
    }));
    resource.backup = Some(Shared::from(snapshots(number(group.snapshot_retention_limit()))));
    resource.encryption = Some(Shared::from(encryption(group)));
    resource.link(Rel::EncryptedBy, group.kms_key_id());
    resource.capacity =
        Some(Shared::from(Capacity { types: Fact::Known(sorted(group.cache_node_type())), ..Capacity::default() }));

    let names = sorted(group.member_clusters().iter().map(String::as_str));
    let members: Vec<&CacheCluster> =
        names.iter().filter_map(|name| beside.clusters.get(name.as_str()).copied()).collect();
    let redundancy = redundancy(group, &members, &mut resource);
    resource.redundancy = Some(Shared::from(redundancy));
    let database = database(group, members.first().copied(), beside, &mut resource);
    resource.database = Some(Shared::from(database));
    let network = network(group, members.first().copied(), beside, &mut resource);
    resource.network = Some(Shared::from(network));
    let replication = replication(group, beside, &mut resource);
    resource.replication = Some(Shared::from(replication));
    resource
}

/// Security groups stand at the member clusters, too, which all have the same.
fn network(
    group: &ReplicationGroup,
    member: Option<&CacheCluster>,
    beside: &Beside<'_>,
    resource: &mut Resource,
) -> Network {
    let endpoints = group.node_groups().iter().flat_map(|it| [it.primary_endpoint(), it.reader_endpoint()]);
    let endpoints = endpoints.chain([group.configuration_endpoint()]).flatten();
    match member {
        Some(member) => clusters::network(resource, member, endpoints),
        None => {
            let reason = beside.clusters_gap.as_deref().unwrap_or("no member cluster was listed");
            resource.mark_unknown("network.security_groups", reason);
            Network { ports: clusters::ports(endpoints), ..Network::default() }
        }
    }
}

/// The type of encryption tells more than the flag, which is false for groups that the service encrypts by itself.
fn encryption(group: &ReplicationGroup) -> Encryption {
    let by_type = group.storage_encryption_type().map(|it| *it != StorageEncryptionType::None);
    Encryption {
        enabled: Fact::from_known(by_type.or(group.at_rest_encryption_enabled())),
        key: Fact::from_read(group.kms_key_id().map(str::to_owned)),
    }
}

fn redundancy(group: &ReplicationGroup, members: &[&CacheCluster], resource: &mut Resource) -> Redundancy {
    let nodes: Vec<&NodeGroupMember> = group.node_groups().iter().flat_map(|it| it.node_group_members()).collect();
    let instances = nodes.len().max(group.member_clusters().len());
    let mut zones: Vec<&str> = nodes.iter().filter_map(|node| node.preferred_availability_zone()).collect();
    if zones.len() < instances {
        zones.extend(members.iter().flat_map(|cluster| clusters::zones(cluster)));
        resource.mark_unknown("redundancy.zones", "AWS did not report the zone of a node");
    }
    Redundancy {
        zones: Fact::from_known(Some(sorted(zones)).filter(|zones| !zones.is_empty())),
        instances: number(Some(instances)),
        multi_zone: Fact::from_known(group.multi_az().map(|it| *it == MultiAzStatus::Enabled)),
        automatic_failover: failover(group),
        ..Redundancy::default()
    }
}

/// Where failover is on, it takes a second node in each shard to fail over to. Groups with several shards may have it
/// on without one.
fn failover(group: &ReplicationGroup) -> Fact<bool> {
    let is_on = |it: &AutomaticFailoverStatus| {
        matches!(it, AutomaticFailoverStatus::Enabled | AutomaticFailoverStatus::Enabling)
    };
    let nodes = || group.node_groups().iter().map(|shard| shard.node_group_members().len());
    match group.automatic_failover().map(is_on) {
        Some(true) if nodes().any(|nodes| nodes == 1) => Fact::Known(false),
        // Nobody listed what it would fail over to.
        Some(true) if nodes().all(|nodes| nodes == 0) => Fact::Unknown,
        is_on => Fact::from_known(is_on),
    }
}

fn database(
    group: &ReplicationGroup,
    member: Option<&CacheCluster>,
    beside: &Beside<'_>,
    resource: &mut Resource,
) -> Database {
    let endpoints = group.node_groups().iter().flat_map(|it| [it.primary_endpoint(), it.reader_endpoint()]);
    let endpoints = endpoints.chain([group.configuration_endpoint()]).flatten().filter_map(|it| it.address());
    let mut facts = Database {
        engine: Fact::from_known(group.engine().map(str::to_lowercase)),
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: Fact::Absent,
        option_group: Fact::Absent,
        endpoints: Fact::Known(sorted(endpoints)),
        managed_secret: Fact::Known(false),
        durability: Fact::from_read(group.effective_durability().map(|kept| kept.as_str().to_lowercase())),
        ..Database::default()
    };
    match member {
        Some(member) => {
            let of_member = clusters::database(member);
            facts.engine = facts.engine.known().cloned().map_or(of_member.engine, Fact::Known);
            facts.engine_version = of_member.engine_version;
            facts.subnet_group = of_member.subnet_group;
            facts.parameter_group = of_member.parameter_group;
        }
        None => {
            let reason = beside.clusters_gap.as_deref().unwrap_or("no member cluster was listed");
            for fact in ["engine_version", "subnet_group", "parameter_group"] {
                resource.mark_unknown(&format!("database.{fact}"), reason);
            }
            if facts.engine.is_unknown() {
                resource.mark_unknown("database.engine", reason);
            }
        }
    }
    facts
}

fn replication(group: &ReplicationGroup, beside: &Beside<'_>, resource: &mut Resource) -> Replication {
    let info = group.global_replication_group_info();
    let Some(id) = info.and_then(|it| it.global_replication_group_id()) else {
        return unreplicated();
    };
    let is_primary = info.and_then(|it| it.global_replication_group_member_role()).map(datastores::is_primary);
    let datastore = beside.datastores.get(id).copied();
    let global = datastores::arn(datastore, id, &resource.id);
    resource.link(Rel::MemberOf, Some(global.clone()));
    let mut facts = Replication {
        role: Fact::from_known(is_primary.map(|it| if it { "primary" } else { "replica" }.to_owned())),
        regions: Fact::Absent,
        global: Fact::Known(global),
        ..Replication::default()
    };
    if is_primary == Some(true) {
        // It follows nothing.
        facts.source = Fact::Absent;
        facts.cross_region = Fact::Absent;
        facts.status = Fact::Absent;
        facts.healthy = Fact::Absent;
        facts.lag_seconds = Fact::Absent;
    } else {
        resource.mark_unknown("replication.lag_seconds", "ElastiCache does not tell it");
        facts.replicas = Fact::Known(Vec::new());
    }
    match datastore {
        Some(datastore) => of_datastore(&mut facts, datastore, resource),
        None => {
            let reason = beside.datastores_gap.as_deref().unwrap_or("its global datastore was not listed");
            let missing: &[&str] = match is_primary {
                Some(true) => &["replicas"],
                _ => &["status", "healthy", "source", "cross_region"],
            };
            for fact in missing {
                resource.mark_unknown(&format!("replication.{fact}"), reason);
            }
        }
    }
    facts
}

/// The datastore names its members by group and region; their ARNs follow from that, since they are of one account.
fn of_datastore(facts: &mut Replication, datastore: &GlobalReplicationGroup, resource: &mut Resource) {
    let own = resource.id.clone();
    let arn = |member: &GlobalReplicationGroupMember| datastores::member_arn(member, &own);
    let (mine, others): (Vec<_>, Vec<_>) =
        datastore.members().iter().partition(|member| arn(member).as_deref() == Some(own.as_str()));
    let is_primary = |member: &&&GlobalReplicationGroupMember| member.role().is_some_and(datastores::is_primary);
    if facts.role.text() == Some("primary") {
        let replicas = others.iter().filter(|member| !is_primary(member)).filter_map(|member| arn(member));
        facts.replicas = Fact::Known(sorted(replicas));
        return;
    }
    let status = mine.first().and_then(|member| member.status()).map(str::to_lowercase);
    facts.healthy = Fact::from_known(status.as_deref().map(|status| status == "associated"));
    facts.status = Fact::from_known(status);
    let primary = others.iter().find(is_primary);
    let region = primary.and_then(|member| member.replication_group_region());
    facts.cross_region = Fact::from_known(region.map(|region| resource.region() != Some(region)));
    let source = primary.and_then(|member| arn(member));
    resource.link(Rel::ReplicaOf, source.clone());
    facts.source = Fact::from_known(source);
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticache::primitives::DateTime;
    use aws_sdk_elasticache::types::{
        CacheParameterGroupStatus, EffectiveDurability, Endpoint, GlobalReplicationGroupInfo, NodeGroup,
        SecurityGroupMembership,
    };
    use serde_json::{Value, json};

    use super::*;

    const EAST: &str = "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:carts";
    const WEST: &str = "arn:aws:elasticache:us-west-2:111122223333:replicationgroup:carts-dr";
    const STORE: &str = "arn:aws:elasticache::111122223333:globalreplicationgroup:ldgnf-carts";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    fn carts(role: &str) -> ReplicationGroup {
        let node = |zone: &str| NodeGroupMember::builder().preferred_availability_zone(zone).build();
        let endpoint = |name: &str| Endpoint::builder().address(name).port(6379).build();
        let store = GlobalReplicationGroupInfo::builder()
            .global_replication_group_id("ldgnf-carts")
            .global_replication_group_member_role(role);
        ReplicationGroup::builder()
            .replication_group_id("carts")
            .arn(if role == "PRIMARY" { EAST } else { WEST })
            .status("available")
            .engine("redis")
            .replication_group_create_time(DateTime::from_secs(1_700_000_000))
            .multi_az(MultiAzStatus::Enabled)
            .automatic_failover(AutomaticFailoverStatus::Enabling)
            .snapshot_retention_limit(0)
            .at_rest_encryption_enabled(false)
            .storage_encryption_type(StorageEncryptionType::SseKms)
            .kms_key_id(KEY)
            .cache_node_type("cache.r7g.large")
            .member_clusters("carts-001")
            .member_clusters("carts-002")
            .node_groups(
                NodeGroup::builder()
                    .primary_endpoint(endpoint("carts.cache"))
                    .reader_endpoint(endpoint("carts-ro.cache"))
                    .node_group_members(node("us-east-1b"))
                    .node_group_members(node("us-east-1a"))
                    .build(),
            )
            .global_replication_group_info(store.build())
            .build()
    }

    #[test]
    fn a_group_tells_how_it_keeps_what_is_written() {
        let durability = |kept: Option<EffectiveDurability>| {
            let group = ReplicationGroup::builder().replication_group_id("carts").set_effective_durability(kept);
            let resource = normalize(&group.build(), &Beside::default(), Place::new("111122223333", "us-east-1"));
            resource.database.unwrap().durability.clone()
        };
        assert_eq!(durability(Some(EffectiveDurability::Sync)), "sync".into());
        assert_eq!(durability(Some(EffectiveDurability::Disabled)), "disabled".into());
        assert_eq!(durability(None), Fact::Absent);
    }

    fn store() -> GlobalReplicationGroup {
        let member = |region: &str, group: &str, role: &str| {
            GlobalReplicationGroupMember::builder()
                .replication_group_id(group)
                .replication_group_region(region)
                .role(role)
                .status("associated")
                .build()
        };
        GlobalReplicationGroup::builder()
            .global_replication_group_id("ldgnf-carts")
            .arn(STORE)
            .members(member("us-east-1", "carts", "PRIMARY"))
            .members(member("us-west-2", "carts-dr", "SECONDARY"))
            .build()
    }

    fn json_of(group: &ReplicationGroup, beside: &Beside<'_>, region: &str) -> Value {
        serde_json::to_value(normalize(group, beside, Place::new("111122223333", region))).unwrap()
    }

    #[test]
    fn a_primary_takes_its_version_from_a_member_and_its_replicas_from_the_datastore() {
        let member = CacheCluster::builder()
            .cache_cluster_id("carts-001")
            .replication_group_id("carts")
            .engine("redis")
            .engine_version("7.1.0")
            .cache_subnet_group_name("caches")
            .cache_parameter_group(CacheParameterGroupStatus::builder().cache_parameter_group_name("tuned").build())
            .security_groups(SecurityGroupMembership::builder().security_group_id("sg-1").status("active").build())
            .build();
        let store = store();
        let beside = Beside {
            clusters: [("carts-001", &member)].into(),
            datastores: [("ldgnf-carts", &store)].into(),
            ..Beside::default()
        };
        let expected = json!({
            "id": EAST, "kind": "aws.elasticache.replication-group", "name": "carts",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "backup": {
                "enabled": false, "retention_days": 0, "point_in_time": false, "interval_minutes": null,
                "versioned": null,
            },
            "replication": {
                "role": "primary", "source": null, "cross_region": null, "replicas": [WEST], "regions": null,
                "global": STORE, "status": null, "healthy": null, "lag_seconds": null,
            },
            "redundancy": {
                "zones": ["us-east-1a", "us-east-1b"], "instances": 2, "multi_zone": true, "automatic_failover": true,
            },
            "encryption": {"enabled": true, "key": KEY},
            "capacity": {"types": ["cache.r7g.large"]},
            "database": {
                "engine": "redis", "engine_version": "7.1.0", "cluster": null, "topology": null, "mode": null,
                "subnet_group": "caches", "parameter_group": "tuned", "option_group": null,
                "endpoints": ["carts-ro.cache", "carts.cache"], "managed_secret": false, "durability": null,
            },
            "network": {"security_groups": ["sg-1"], "ports": [6379]},
            "links": [
                {"rel": "encrypted-by", "to": KEY},
                {"rel": "filtered-by", "to": "sg-1"},
                {"rel": "member-of", "to": STORE},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(&carts("PRIMARY"), &beside, "us-east-1"), expected);
    }

    #[test]
    fn failover_that_is_on_takes_a_second_node_in_each_shard() {
        let shard = |nodes: usize| {
            let members = vec![NodeGroupMember::builder().build(); nodes];
            NodeGroup::builder().set_node_group_members(Some(members)).build()
        };
        let failover = |nodes: [usize; 2]| {
            let shards = nodes.map(shard).to_vec();
            let group = ReplicationGroup::builder().automatic_failover(AutomaticFailoverStatus::Enabled);
            failover(&group.set_node_groups(Some(shards)).build())
        };
        assert_eq!([[2, 2], [2, 1], [1, 1]].map(failover), [true, false, false].map(Fact::Known));
    }

    #[test]
    fn a_secondary_follows_the_primary_of_its_datastore() {
        let store = store();
        let beside = Beside { datastores: [("ldgnf-carts", &store)].into(), ..Beside::default() };
        let resource = json_of(&carts("SECONDARY"), &beside, "us-west-2");
        let expected = json!({
            "role": "replica", "source": EAST, "cross_region": true, "replicas": [], "regions": null,
            "global": STORE, "status": "associated", "healthy": true,
        });
        assert_eq!(resource["replication"], expected);
        let expected = json!([
            {"rel": "encrypted-by", "to": KEY},
            {"rel": "member-of", "to": STORE},
            {"rel": "replica-of", "to": EAST},
        ]);
        assert_eq!(resource["links"], expected);
    }

    #[test]
    fn lists_that_failed_leave_facts_unknown_with_their_reason() {
        let beside = Beside {
            clusters_gap: Some("elasticache:DescribeCacheClusters denied: AccessDenied".to_owned()),
            datastores_gap: Some("elasticache:DescribeGlobalReplicationGroups failed: HTTP 500".to_owned()),
            ..Beside::default()
        };
        let resource = json_of(&carts("SECONDARY"), &beside, "us-west-2");
        let expected = json!({"role": "replica", "replicas": [], "regions": null, "global": STORE});
        assert_eq!(resource["replication"], expected);
        let clusters = "elasticache:DescribeCacheClusters denied: AccessDenied";
        let datastores = "elasticache:DescribeGlobalReplicationGroups failed: HTTP 500";
        let expected = json!({
            "database.engine_version": clusters, "database.parameter_group": clusters,
            "database.subnet_group": clusters, "network.security_groups": clusters,
            "replication.cross_region": datastores, "replication.healthy": datastores,
            "replication.lag_seconds": "ElastiCache does not tell it", "replication.source": datastores,
            "replication.status": datastores,
        });
        assert_eq!(resource["unknown"], expected);
    }
}
