//! Redshift Serverless: namespaces, which hold the data, and the regions that their snapshots are copied to. Workgroups, which
//! only compute, are not read.

use super::cloudcontrol::{Properties, Service, Type};
use super::{Locality, Spec};
use crate::collect::{actions, stores};
use crate::model::{BackupCopy, Fact, Kind, Place, Rel, Resource, Shared, Status};

const NAMESPACE: &str = "aws.redshiftserverless.namespace";

static SPEC: Spec = Spec {
    service: "redshiftserverless",
    locality: Locality::Regional,
    kinds: &[NAMESPACE],
    actions: actions::REDSHIFT_SERVERLESS,
};

pub(super) static REDSHIFT_SERVERLESS: Service = Service {
    spec: &SPEC,
    types: &[Type { name: "AWS::RedshiftServerless::Namespace", kind: NAMESPACE, normalize: namespace }],
};

fn namespace(it: &Properties<'_>, place: Place) -> Resource {
    // What was read stands in a part of its own, and beside it what was written.
    let own = it.part("Namespace").unwrap_or(*it);
    let name = own.text("NamespaceName").unwrap_or_default();
    let mut resource = Resource::new(Kind::of(NAMESPACE), own.text("NamespaceArn").unwrap_or(name), name, place);
    resource.tags = it.tags();
    let state = own.lower("Status");
    resource.status = Some(Shared::from(Status {
        healthy: state.as_ref().map(|state| matches!(state.as_str(), "available" | "modifying")),
        state,
        created_at: Fact::from_known(own.text("CreationDate").and_then(|at| at.parse().ok())),
    }));
    let copied_to = it.parts("SnapshotCopyConfigurations").map(copy).collect();
    let key = stores::key_of_customer(own.text("KmsKeyId"));
    resource.link(Rel::EncryptedBy, key.text());
    let managed_secret = Fact::Known(own.text("AdminPasswordSecretArn").is_some());
    stores::serverless_warehouse(&mut resource, Fact::Known(copied_to), key, managed_secret);
    own.texts("IamRoles").iter().for_each(|role| resource.link(Rel::Assumes, Some(arn_of_role(role))));
    resource
}

/// `IamRole(applyStatus=in-sync, iamRoleArn=arn:…)`, as the service writes it, or the ARN alone.
fn arn_of_role(role: &str) -> &str {
    let arn = role.find("arn:").map_or(role, |at| &role[at..]);
    arn.trim_end_matches(')').split(',').next().unwrap_or(arn)
}

fn copy(it: Properties<'_>) -> BackupCopy {
    BackupCopy {
        region: Fact::from_known(it.text("DestinationRegion").map(str::to_owned)),
        // -1, or nothing: for ever.
        retention_days: Fact::from_read(it.number("SnapshotRetentionPeriod")),
        grant: Fact::Absent,
        key: stores::key_of_customer(it.text("DestinationKmsKeyId")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ARN: &str = "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/0123";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";
    const KEY_THERE: &str = "arn:aws:kms:us-west-2:111122223333:key/2";
    const ROLE: &str = "arn:aws:iam::111122223333:role/load";

    fn normalized(properties: &Value) -> Value {
        let place = Place::new("111122223333", "us-east-1");
        serde_json::to_value(namespace(&Properties::of(properties.as_object().unwrap()), place)).unwrap()
    }

    #[test]
    fn a_namespace_says_where_its_snapshots_are_copied_to_and_with_which_key() {
        let properties = json!({
            "NamespaceName": "sales", "Tags": [{"Key": "app", "Value": "shop"}],
            "Namespace": {
                "NamespaceName": "sales", "NamespaceArn": ARN, "Status": "AVAILABLE", "KmsKeyId": KEY,
                "CreationDate": "2026-01-01T00:00:00Z",
                "IamRoles": [format!("IamRole(applyStatus=in-sync, iamRoleArn={ROLE})")],
            },
            "SnapshotCopyConfigurations": [
                {"DestinationRegion": "us-west-2", "DestinationKmsKeyId": KEY_THERE, "SnapshotRetentionPeriod": 30},
                {"DestinationRegion": "eu-west-1", "SnapshotRetentionPeriod": -1},
            ],
        });
        let expected = json!({
            "id": ARN, "kind": "aws.redshiftserverless.namespace", "name": "sales",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {"state": "available", "healthy": true, "created_at": "2026-01-01T00:00:00Z"},
            "backup": {
                "enabled": true, "retention_days": null, "point_in_time": false, "interval_minutes": 30, "versioned": null,
                "copied_to": [
                    {"region": "us-west-2", "retention_days": 30, "grant": null, "key": KEY_THERE},
                    {"region": "eu-west-1", "retention_days": null, "grant": null, "key": null},
                ],
            },
            "replication": {
                "role": "none", "source": null, "cross_region": null, "replicas": [], "regions": null, "global": null,
                "status": null, "healthy": null, "lag_seconds": null,
            },
            "redundancy": {"multi_zone": true},
            "encryption": {"enabled": true, "key": KEY},
            "protection": {"deletion_protection": null},
            "capacity": {"types": null},
            "database": {
                "engine": "redshift", "engine_version": null, "cluster": null, "topology": null, "mode": "serverless",
                "subnet_group": null, "parameter_group": null, "option_group": null, "endpoints": [],
                "managed_secret": false, "durability": null,
            },
            "links": [{"rel": "encrypted-by", "to": KEY}, {"rel": "assumes", "to": ROLE}],
            "origin": {"source": ""},
        });
        assert_eq!(normalized(&properties), expected);
    }

    #[test]
    fn a_key_of_aws_is_none() {
        let own =
            json!({"Namespace": {"NamespaceName": "sales", "NamespaceArn": ARN, "KmsKeyId": "AWS_OWNED_KMS_KEY"}});
        let said = normalized(&own);
        assert_eq!(said["encryption"], json!({"enabled": true, "key": null}));
        assert_eq!([&said["backup"]["copied_to"], &said["status"]], [&json!([]), &json!({})]);
    }
}
