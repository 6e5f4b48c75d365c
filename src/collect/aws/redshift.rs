//! Redshift: clusters, with the region that their snapshots are copied to. Snapshots themselves are not read: each takes a call,
//! and no answer says from which region it was copied.

use super::cloudcontrol::{NO_STATE, Properties, Service, Type};
use super::{Locality, Spec};
use crate::collect::caches::unreplicated;
use crate::collect::{actions, stores};
use crate::model::{
    BackupCopy, Capacity, Database, Encryption, Fact, Kind, Network, Place, Protection, Redundancy, Rel, Resource,
    Shared, Status,
};
use crate::providers::aws::names::partition;

const CLUSTER: &str = "aws.redshift.cluster";

static SPEC: Spec =
    Spec { service: "redshift", locality: Locality::Regional, kinds: &[CLUSTER], actions: actions::REDSHIFT };

pub(super) static REDSHIFT: Service =
    Service { spec: &SPEC, types: &[Type { name: "AWS::Redshift::Cluster", kind: CLUSTER, normalize: cluster }] };

fn cluster(it: &Properties<'_>, place: Place) -> Resource {
    let name = it.text("ClusterIdentifier").unwrap_or_default();
    let (account, region) = (place.account.text().unwrap_or_default(), place.region.text().unwrap_or_default());
    let arn = format!("arn:{}:redshift:{region}:{account}:cluster:{name}", partition(region));
    let mut resource = Resource::new(Kind::of(CLUSTER), arn, name, place);
    resource.tags = it.tags();
    resource.status = Some(Shared::from(Status::default()));
    resource.mark_unknown("status.state", NO_STATE);
    resource.mark_unknown("status.healthy", NO_STATE);
    let retention = Fact::from_known(it.number("AutomatedSnapshotRetentionPeriod"));
    resource.backup = Some(Shared::from(stores::warehouse_backup(retention, Fact::Known(copied_to(it)))));
    resource.replication = Some(Shared::from(unreplicated()));
    let encrypted = it.flag("Encrypted");
    let key = match (&encrypted, it.text("KmsKeyId")) {
        (Fact::Known(false), _) => Fact::Absent,
        (_, key) => Fact::from_known(key.map(str::to_owned)),
    };
    resource.link(Rel::EncryptedBy, key.text());
    resource.encryption = Some(Shared::from(Encryption { enabled: encrypted, key }));
    let multi_zone = it.flag("MultiAZ");
    let zone = it.text("AvailabilityZone").filter(|_| multi_zone == Fact::Known(false));
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: Fact::from_known(zone.map(|zone| vec![zone.to_owned()])),
        instances: Fact::from_known(it.number("NumberOfNodes")),
        automatic_failover: multi_zone,
        multi_zone,
        ..Redundancy::default()
    }));
    if zone.is_none() {
        resource.mark_unknown("redundancy.zones", "the zone of the standby is not told");
    }
    resource.protection = Some(Shared::from(Protection { deletion_protection: Fact::Absent, ..Protection::default() }));
    let types = it.text("NodeType").map(|node| vec![node.to_owned()]);
    resource.capacity = Some(Shared::from(Capacity { types: Fact::from_known(types), ..Capacity::default() }));
    let endpoint = it.part("Endpoint");
    let host = endpoint.and_then(|endpoint| endpoint.text("Address"));
    let text = |name| Fact::from_read(it.text(name).map(str::to_owned));
    resource.database = Some(Shared::from(Database {
        engine: "redshift".into(),
        engine_version: Fact::from_known(it.text("ClusterVersion").map(str::to_owned)),
        subnet_group: text("ClusterSubnetGroupName"),
        parameter_group: text("ClusterParameterGroupName"),
        endpoints: Fact::Known(host.map(str::to_owned).into_iter().collect()),
        managed_secret: Fact::Known(it.text("MasterPasswordSecretArn").is_some()),
        ..stores::warehouse("provisioned")
    }));
    let groups = it.texts("VpcSecurityGroupIds");
    groups.iter().for_each(|group| resource.link(Rel::FilteredBy, Some(group)));
    it.texts("IamRoles").into_iter().for_each(|role| resource.link(Rel::Assumes, Some(role)));
    let port = endpoint.and_then(|endpoint| endpoint.number("Port")).or(it.number("Port"));
    resource.network = Some(Shared::from(Network {
        security_groups: Fact::Known(groups),
        ports: Fact::from_known(port.map(|port| vec![port])),
        ..Network::default()
    }));
    resource
}

/// There is no region where nothing is copied. What key a grant is of is only ever written.
fn copied_to(it: &Properties<'_>) -> Vec<BackupCopy> {
    let grant = it.text("SnapshotCopyGrantName");
    let copy = |region: &str| BackupCopy {
        region: region.into(),
        retention_days: Fact::from_known(it.number("SnapshotCopyRetentionPeriod")),
        grant: Fact::from_read(grant.map(str::to_owned)),
        key: if grant.is_some() { Fact::Unknown } else { Fact::Absent },
    };
    it.text("DestinationRegion").map(copy).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";
    const ROLE: &str = "arn:aws:iam::111122223333:role/load";

    fn normalized(properties: &Value) -> Value {
        let place = Place::new("111122223333", "us-east-1");
        serde_json::to_value(cluster(&Properties::of(properties.as_object().unwrap()), place)).unwrap()
    }

    #[test]
    fn a_cluster_whose_snapshots_are_copied_says_where_to_for_how_long_and_by_which_grant() {
        let host = "sales.abc.us-east-1.redshift.amazonaws.com";
        let properties = json!({
            "ClusterIdentifier": "sales", "NodeType": "ra3.xlplus", "NumberOfNodes": 2, "MultiAZ": false,
            "AvailabilityZone": "us-east-1a", "Encrypted": true, "KmsKeyId": KEY, "ClusterVersion": "1.0",
            "AutomatedSnapshotRetentionPeriod": 7, "DestinationRegion": "us-west-2", "SnapshotCopyRetentionPeriod": 14,
            "SnapshotCopyGrantName": "west", "ClusterSubnetGroupName": "data", "ClusterParameterGroupName": "tuned",
            "Endpoint": {"Address": host, "Port": "5439"}, "VpcSecurityGroupIds": ["sg-1"], "IamRoles": [ROLE],
            "MasterUsername": "admin", "Tags": [{"Key": "app", "Value": "shop"}],
        });
        let expected = json!({
            "id": "arn:aws:redshift:us-east-1:111122223333:cluster:sales", "kind": "aws.redshift.cluster", "name": "sales",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {},
            "backup": {
                "enabled": true, "retention_days": 7, "point_in_time": false, "versioned": null,
                "copied_to": [{"region": "us-west-2", "retention_days": 14, "grant": "west"}],
            },
            "replication": {
                "role": "none", "source": null, "cross_region": null, "replicas": [], "regions": null, "global": null,
                "status": null, "healthy": null, "lag_seconds": null,
            },
            "redundancy": {"multi_zone": false, "automatic_failover": false, "instances": 2, "zones": ["us-east-1a"]},
            "encryption": {"enabled": true, "key": KEY},
            "protection": {"deletion_protection": null},
            "capacity": {"types": ["ra3.xlplus"]},
            "database": {
                "engine": "redshift", "engine_version": "1.0", "cluster": null, "topology": null, "mode": "provisioned",
                "subnet_group": "data", "parameter_group": "tuned", "option_group": null, "endpoints": [host],
                "managed_secret": false, "durability": null,
            },
            "network": {"security_groups": ["sg-1"], "ports": [5439]},
            "unknown": {"status.healthy": NO_STATE, "status.state": NO_STATE},
            "links": [
                {"rel": "encrypted-by", "to": KEY}, {"rel": "filtered-by", "to": "sg-1"}, {"rel": "assumes", "to": ROLE},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(normalized(&properties), expected);
    }

    #[test]
    fn what_is_not_told_is_unknown_and_without_a_region_nothing_is_copied() {
        let bare = normalized(&json!({"ClusterIdentifier": "sales", "MultiAZ": true, "Encrypted": false}));
        let facets = ["backup", "redundancy", "encryption", "capacity"].map(|facet| bare[facet].clone());
        let backup = json!({"point_in_time": false, "versioned": null, "copied_to": []});
        let encryption = json!({"enabled": false, "key": null});
        assert_eq!(facets, [backup, json!({"multi_zone": true, "automatic_failover": true}), encryption, json!({})]);
        assert_eq!(bare["unknown"]["redundancy.zones"], json!("the zone of the standby is not told"));
    }
}
