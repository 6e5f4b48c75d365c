//! The baseline: failed policies that were there when Seaworthy came, and that do not fail the gate until their
//! resource changes.

use sha2::{Digest, Sha256};

use crate::model::Resource;

/// What makes a finding the same finding tomorrow: policy, resource and violating fact. Neither line nor message, which
/// change with every edit. The resource is its ARN where that is known, so that a plan and the live estate agree; else
/// its Terraform address.
pub fn fingerprint(policy: &str, resource: &Resource, fact: Option<&str>) -> String {
    let resource = canonical(resource);
    hash(&[policy, resource, fact.unwrap_or_default()].join("\0"))
}

/// ARN, else Terraform address, else whatever id there is.
fn canonical(resource: &Resource) -> &str {
    match &resource.origin.address {
        Some(address) if !resource.id.starts_with("arn:") => address,
        _ => &resource.id,
    }
}

/// 128 bits of SHA-256, hexadecimal.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Place};

    fn instance(id: &str, address: Option<&str>) -> Resource {
        let mut resource = Resource::new(Kind::of("aws.rds.instance"), id, "orders", Place::default());
        resource.origin.address = address.map(str::to_owned);
        resource
    }

    const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";
    const ADDRESS: &str = "module.db.aws_db_instance.orders[\"a\"]";

    #[test]
    fn a_fingerprint_is_of_policy_resource_and_fact() {
        let live = fingerprint("backup-disabled", &instance(ARN, None), Some("backup.retention_days"));
        assert_eq!(live, "e9629d5e387ad435a186bc7166daf8d7");
        let planned = fingerprint("backup-disabled", &instance(ARN, Some(ADDRESS)), Some("backup.retention_days"));
        assert_eq!(planned, live);
        let others = [
            fingerprint("backup-disabled", &instance(ADDRESS, Some(ADDRESS)), Some("backup.retention_days")),
            fingerprint("backup-disabled", &instance(ARN, None), None),
            fingerprint("backup-retention-too-short", &instance(ARN, None), Some("backup.retention_days")),
        ];
        assert_eq!(
            others,
            [
                "ffa38c809592c2534c02f05b43346112",
                "78a74fd299892fa74feab79095517fd1",
                "b7f3047930befc963a6c641815e04b9b"
            ]
        );
    }
}
