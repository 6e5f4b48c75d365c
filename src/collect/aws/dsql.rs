//! Aurora DSQL: clusters, and those that they are one with in other regions. A witness holds a part of the log and no data.

use super::cloudcontrol::{Properties, Service, Type};
use super::{Locality, Spec};
use crate::collect::{actions, stores};
use crate::model::{Fact, Kind, Place, Rel, Resource, Shared, Status};

const CLUSTER: &str = "aws.dsql.cluster";

static SPEC: Spec = Spec { service: "dsql", locality: Locality::Regional, kinds: &[CLUSTER], actions: actions::DSQL };

pub(super) static DSQL: Service =
    Service { spec: &SPEC, types: &[Type { name: "AWS::DSQL::Cluster", kind: CLUSTER, normalize: cluster }] };

fn cluster(it: &Properties<'_>, place: Place) -> Resource {
    let id = it.text("Identifier").unwrap_or_default();
    let tags = it.tags();
    let name = tags.known().and_then(|tags| tags.get("Name").cloned()).unwrap_or_else(|| id.to_owned());
    let arn = it.text("ResourceArn").unwrap_or(id).to_owned();
    let mut resource = Resource::new(Kind::of(CLUSTER), arn.as_str(), name, place);
    resource.tags = tags;
    let state = it.lower("Status");
    // One that nobody uses for a while sleeps until somebody does.
    let healthy = state.as_ref().map(|state| matches!(state.as_str(), "active" | "idle" | "inactive" | "updating"));
    resource.status = Some(Shared::from(Status {
        created_at: Fact::from_known(it.text("CreationTime").and_then(|at| at.parse().ok())),
        healthy,
        state,
    }));
    let peers = it.part("MultiRegionProperties").map(|peers| peers.texts("Clusters")).unwrap_or_default();
    // Of one that waits for its peers, or lost them, nothing is written anywhere.
    let replication = stores::peers(&arn, peers, healthy);
    let details = it.part("EncryptionDetails");
    let key = match details.and_then(|details| details.text("EncryptionType")) {
        None => Fact::Unknown,
        Some(_) => stores::key_of_customer(details.and_then(|details| details.text("KmsKeyArn"))),
    };
    resource.link(Rel::EncryptedBy, key.text());
    let endpoints = Fact::from_known(it.text("Endpoint").map(|host| vec![host.to_owned()]));
    stores::distributed_sql(&mut resource, replication, key, it.flag("DeletionProtectionEnabled"), endpoints);
    resource
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const HERE: &str = "arn:aws:dsql:us-east-1:111122223333:cluster/aaaa";
    const THERE: &str = "arn:aws:dsql:us-east-2:111122223333:cluster/bbbb";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    fn normalized(properties: &Value) -> Value {
        let place = Place::new("111122223333", "us-east-1");
        serde_json::to_value(cluster(&Properties::of(properties.as_object().unwrap()), place)).unwrap()
    }

    #[test]
    fn peers_are_replicas_in_their_regions_and_the_witness_is_none() {
        let properties = json!({
            "Identifier": "aaaa", "ResourceArn": HERE, "Status": "ACTIVE", "CreationTime": "2026-01-01T00:00:00Z",
            "DeletionProtectionEnabled": true, "Endpoint": "aaaa.dsql.us-east-1.on.aws",
            "EncryptionDetails": {"EncryptionType": "CUSTOMER_MANAGED_KMS_KEY", "EncryptionStatus": "ENABLED",
                "KmsKeyArn": KEY},
            "MultiRegionProperties": {"WitnessRegion": "us-west-2", "Clusters": [HERE, THERE]},
            "Tags": [{"Key": "Name", "Value": "ledger"}],
        });
        let expected = json!({
            "id": HERE, "kind": "aws.dsql.cluster", "name": "ledger",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"Name": "ledger"},
            "status": {"state": "active", "healthy": true, "created_at": "2026-01-01T00:00:00Z"},
            "backup": {
                "enabled": false, "retention_days": null, "point_in_time": false, "versioned": null, "copied_to": null,
            },
            "replication": {
                "role": "primary", "source": null, "replicas": [THERE], "regions": ["us-east-2"], "partial_regions": [],
                "global": null, "healthy": true,
            },
            "redundancy": {"multi_zone": true, "automatic_failover": true},
            "encryption": {"enabled": true, "key": KEY},
            "protection": {"deletion_protection": true},
            "database": {
                "engine": "aurora-dsql", "engine_version": null, "cluster": null, "topology": null, "mode": "serverless",
                "subnet_group": null, "parameter_group": null, "option_group": null,
                "endpoints": ["aaaa.dsql.us-east-1.on.aws"], "managed_secret": false, "durability": null,
            },
            "links": [{"rel": "encrypted-by", "to": KEY}],
            "origin": {"source": ""},
        });
        assert_eq!(normalized(&properties), expected);
    }

    #[test]
    fn one_that_waits_for_its_peer_does_not_work_and_one_of_one_region_has_none() {
        let waiting = json!({"Identifier": "aaaa", "ResourceArn": HERE, "Status": "PENDING_SETUP",
            "MultiRegionProperties": {"WitnessRegion": "us-west-2", "Clusters": [HERE]}});
        let said = normalized(&waiting);
        assert_eq!([&said["status"]["healthy"], &said["replication"]["role"]], [&json!(false), &json!("none")]);
        let alone = json!({"Identifier": "aaaa", "ResourceArn": HERE, "Status": "IDLE",
            "EncryptionDetails": {"EncryptionType": "AWS_OWNED_KMS_KEY", "EncryptionStatus": "ENABLED"}});
        let said = normalized(&alone);
        assert_eq!(
            [&said["status"]["healthy"], &said["replication"]["regions"], &said["encryption"]["key"]],
            [&json!(true), &json!([]), &Value::Null]
        );
        assert_eq!(normalized(&json!({"Identifier": "aaaa"}))["encryption"], json!({"enabled": true}));
    }
}
