//! Vaults and the recovery points in them.

use aws_sdk_backup::types::{
    BackupVaultListMember, EncryptionKeyType, RecoveryPointByBackupVault, RecoveryPointStatus, ScanFinding, VaultState,
    VaultType,
};

use super::super::read::{moment, number};
use super::{RECOVERY_POINT, VAULT};
use crate::model::{
    Encryption, Fact, Kind, Place, Protection, RecoveryPoint, Rel, Resource, Shared, Status, Timestamp, Vault,
};
use crate::providers::aws::names::Arn;

pub(super) fn vault(vault: &BackupVaultListMember, now: Timestamp, place: Place) -> Resource {
    let name = vault.backup_vault_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(VAULT), vault.backup_vault_arn().unwrap_or(name), name, place);
    // Ordinary vaults have no state.
    let state = vault.vault_state();
    resource.status = Some(Shared::from(Status {
        state: Fact::from_read(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::Known(state.is_none_or(|state| *state == VaultState::Available)),
        created_at: moment(vault.creation_date()),
    }));
    let owned = is_owned(vault.encryption_key_type());
    let key = vault.encryption_key_arn().filter(|_| !owned);
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::Known(true),
        key: if owned { Fact::Absent } else { Fact::from_known(key.map(str::to_owned)) },
    }));
    resource.link(Rel::EncryptedBy, key);
    resource.vault = Some(Shared::from(Vault {
        air_gapped: Fact::from_known(vault.vault_type().map(|it| *it == VaultType::LogicallyAirGappedBackupVault)),
        ..Vault::default()
    }));
    let days = |days: Option<i64>| days.map_or(Fact::Absent, |days| number(Some(days)));
    let air_gapped = vault.vault_type() == Some(&VaultType::LogicallyAirGappedBackupVault);
    let locked = if air_gapped { Some(true) } else { vault.locked() };
    resource.protection = Some(Shared::from(Protection {
        locked: Fact::from_known(locked),
        lock_mode: match locked {
            Some(true) if air_gapped => "compliance".into(),
            Some(true) => lock_mode(&moment(vault.lock_date()), now),
            Some(false) => Fact::Absent,
            None => Fact::Unknown,
        },
        lock_min_days: days(vault.min_retention_days()),
        lock_max_days: days(vault.max_retention_days()),
        ..Protection::default()
    }));
    resource
}

/// Before its lock date, and without one, the lock can be taken off.
fn lock_mode(lock_date: &Fact<Timestamp>, now: Timestamp) -> Fact<String> {
    let lasts = lock_date.known().is_some_and(|date| *date <= now);
    if lasts { "compliance".into() } else { "governance".into() }
}

/// It is encrypted with a key of the service's own, which no account can see. An ARN beside that is of the service.
fn is_owned(key_type: Option<&EncryptionKeyType>) -> bool {
    key_type == Some(&EncryptionKeyType::AwsOwnedKmsKey)
}

pub(super) fn recovery_point(point: &RecoveryPointByBackupVault, place: Place) -> Resource {
    let arn = point.recovery_point_arn().unwrap_or_default();
    let name = arn.rsplit([':', '/']).next().unwrap_or(arn);
    let mut resource = Resource::new(Kind::of(RECOVERY_POINT), arn, name, place);
    let state = point.status();
    let usable =
        |state: &RecoveryPointStatus| matches!(state, RecoveryPointStatus::Completed | RecoveryPointStatus::Available);
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(state.map(usable)),
        created_at: moment(point.creation_date()),
    }));
    let owned = is_owned(point.encryption_key_type());
    let key = point.encryption_key_arn().filter(|_| !owned);
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::Known(point.is_encrypted() || owned || key.is_some()),
        key: match key {
            Some(key) => key.into(),
            // A key that the answer leaves out is one all the same.
            None if point.is_encrypted() && !owned => Fact::Unknown,
            None => Fact::Absent,
        },
    }));
    let source = point.resource_arn();
    resource.link(Rel::BackupOf, source);
    resource.link(Rel::StoredIn, point.backup_vault_arn());
    resource.link(Rel::EncryptedBy, key);
    if infected(point).is_unknown() {
        resource.mark_unknown("recovery_point.infected", "what its scan found is not understood");
    }
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: Fact::from_known(source.map(str::to_owned)),
        source_region: source_region(point),
        taken_at: moment(point.creation_date()),
        vault: Fact::from_known(point.backup_vault_name().map(str::to_owned)),
        deleted_at: moment(point.calculated_lifecycle().and_then(|lifecycle| lifecycle.delete_at())),
        method: if is_continuous(arn) { "continuous" } else { "snapshot" }.into(),
        infected: infected(point),
    }));
    resource
}

/// What the scans found. One that failed says as little as none.
fn infected(point: &RecoveryPointByBackupVault) -> Fact<bool> {
    let Some(scans) = point.aggregated_scan_result() else { return Fact::Absent };
    match scans.findings() {
        findings if findings.contains(&ScanFinding::Malware) => Fact::Known(true),
        [] if scans.failed_scan() == Some(true) => Fact::Absent,
        [] => Fact::Known(false),
        _ => Fact::Unknown,
    }
}

/// ARNs of buckets have no region; then a copy at least says from which vault it came.
fn source_region(point: &RecoveryPointByBackupVault) -> Fact<String> {
    let region = |arn: Option<&str>| {
        let region = Arn::parse(arn?)?.region;
        (!region.is_empty()).then(|| region.to_owned())
    };
    Fact::from_read(region(point.resource_arn()).or_else(|| region(point.source_backup_vault_arn())))
}

/// Whether any moment of a range can be restored. The list says it by the ARN only.
fn is_continuous(arn: &str) -> bool {
    let resource = Arn::parse(arn).map_or(arn, |arn| arn.resource);
    ["recovery-point:continuous:", "auto-backup:", "cluster-auto-backup:"].iter().any(|kind| resource.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use aws_sdk_backup::primitives::DateTime;
    use aws_sdk_backup::types::{AggregatedScanResult, CalculatedLifecycle};
    use serde_json::json;

    use super::*;

    const VAULT_ARN: &str = "arn:aws:backup:us-west-2:111122223333:backup-vault:dr";
    const KEY: &str = "arn:aws:kms:us-west-2:111122223333:key/1";

    fn place() -> Place {
        Place::new("111122223333", "us-west-2")
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    #[test]
    fn a_locked_vault_tells_what_it_enforces() {
        let listed = BackupVaultListMember::builder()
            .backup_vault_name("dr")
            .backup_vault_arn(VAULT_ARN)
            .creation_date(DateTime::from_secs(1_700_000_000))
            .encryption_key_arn(KEY)
            .vault_type(VaultType::BackupVault)
            .locked(true)
            .lock_date(DateTime::from_secs(1_700_000_000))
            .min_retention_days(7)
            .build();
        let expected = json!({
            "id": VAULT_ARN, "kind": "aws.backup.vault", "name": "dr",
            "place": {"account": "111122223333", "region": "us-west-2"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "encryption": {"enabled": true, "key": KEY},
            "protection": {"locked": true, "lock_mode": "compliance", "lock_min_days": 7, "lock_max_days": null},
            "vault": {"air_gapped": false},
            "links": [{"rel": "encrypted-by", "to": KEY}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(vault(&listed, now(), place())).unwrap(), expected);
    }

    #[test]
    fn a_lock_holds_from_its_date_on_only_and_that_of_an_air_gapped_vault_always() {
        let mode = |locked: Option<bool>, date: Option<i64>, kind: VaultType| {
            let listed = BackupVaultListMember::builder()
                .backup_vault_name("dr")
                .set_locked(locked)
                .set_lock_date(date.map(DateTime::from_secs))
                .vault_type(kind);
            let protection = vault(&listed.build(), now(), place()).protection.unwrap();
            (protection.locked, protection.lock_mode.clone())
        };
        let known = |mode: &str| (Fact::Known(true), mode.into());
        assert_eq!(mode(Some(true), None, VaultType::BackupVault), known("governance"));
        assert_eq!(mode(Some(true), Some(1_800_000_001), VaultType::BackupVault), known("governance"));
        assert_eq!(mode(Some(true), Some(1_800_000_000), VaultType::BackupVault), known("compliance"));
        assert_eq!(mode(None, None, VaultType::LogicallyAirGappedBackupVault), known("compliance"));
        assert_eq!(mode(Some(false), None, VaultType::BackupVault), (Fact::Known(false), Fact::Absent));
        assert_eq!(mode(None, None, VaultType::BackupVault), (Fact::Unknown, Fact::Unknown));
    }

    #[test]
    fn a_key_of_the_service_itself_is_no_key_whatever_arn_stands_beside_it() {
        let foreign = "arn:aws:kms:us-west-2:999900001111:key/9";
        let listed = BackupVaultListMember::builder()
            .backup_vault_name("gap")
            .encryption_key_arn(foreign)
            .encryption_key_type(EncryptionKeyType::AwsOwnedKmsKey);
        let point = RecoveryPointByBackupVault::builder()
            .recovery_point_arn("arn:aws:backup:us-west-2:111122223333:recovery-point:1")
            .encryption_key_arn(foreign)
            .encryption_key_type(EncryptionKeyType::AwsOwnedKmsKey);
        for resource in [vault(&listed.build(), now(), place()), recovery_point(&point.build(), place())] {
            let none = Encryption { enabled: Fact::Known(true), key: Fact::Absent };
            assert_eq!((resource.encryption, resource.links), (Some(Shared::from(none)), Vec::new().into()));
        }
    }

    #[test]
    fn a_point_that_is_encrypted_has_a_key_whether_the_answer_names_it_or_not() {
        let of = |encrypted: bool, kind: Option<EncryptionKeyType>| {
            let point = RecoveryPointByBackupVault::builder().is_encrypted(encrypted).set_encryption_key_type(kind);
            let encryption = recovery_point(&point.build(), place()).encryption.unwrap();
            (encryption.enabled, encryption.key.clone())
        };
        assert_eq!(of(true, None), (Fact::Known(true), Fact::Unknown));
        assert_eq!(of(true, Some(EncryptionKeyType::CustomerManagedKmsKey)), (Fact::Known(true), Fact::Unknown));
        assert_eq!(of(true, Some(EncryptionKeyType::AwsOwnedKmsKey)), (Fact::Known(true), Fact::Absent));
        assert_eq!(of(false, None), (Fact::Known(false), Fact::Absent));
    }

    #[test]
    fn what_scans_found_is_told_and_a_scan_that_failed_found_nothing() {
        let found = |findings: &[ScanFinding], failed: bool| {
            let scans = AggregatedScanResult::builder().set_findings(Some(findings.to_vec())).failed_scan(failed);
            let point = RecoveryPointByBackupVault::builder().aggregated_scan_result(scans.build()).build();
            let resource = recovery_point(&point, place());
            (resource.recovery_point.unwrap().infected, resource.unknown.contains_key("recovery_point.infected"))
        };
        assert_eq!(found(&[ScanFinding::Malware], true), (Fact::Known(true), false));
        assert_eq!(found(&[], false), (Fact::Known(false), false));
        assert_eq!(found(&[], true), (Fact::Absent, false));
        assert_eq!(found(&[ScanFinding::from("WORM")], false), (Fact::Unknown, true));
    }

    #[test]
    fn a_vault_has_no_key_only_if_it_says_so() {
        let key_of = |kind: Option<EncryptionKeyType>| {
            let listed = BackupVaultListMember::builder().backup_vault_name("dr").set_encryption_key_type(kind).build();
            vault(&listed, now(), place()).encryption.unwrap().key.clone()
        };
        assert_eq!(key_of(None), Fact::Unknown);
        assert_eq!(key_of(Some(EncryptionKeyType::CustomerManagedKmsKey)), Fact::Unknown);
        assert_eq!(key_of(Some(EncryptionKeyType::AwsOwnedKmsKey)), Fact::Absent);
    }

    #[test]
    fn a_copied_point_names_its_source_and_keeps_its_moment() {
        let arn = "arn:aws:rds:us-west-2:111122223333:snapshot:awsbackup:copyjob-1";
        let source = "arn:aws:rds:us-east-1:111122223333:db:orders";
        let listed = RecoveryPointByBackupVault::builder()
            .recovery_point_arn(arn)
            .backup_vault_name("dr")
            .backup_vault_arn(VAULT_ARN)
            .resource_arn(source)
            .status(RecoveryPointStatus::Completed)
            .creation_date(DateTime::from_secs(1_700_000_000))
            .calculated_lifecycle(CalculatedLifecycle::builder().delete_at(DateTime::from_secs(1_800_000_000)).build())
            .encryption_key_arn(KEY)
            .is_encrypted(true)
            .build();
        let expected = json!({
            "id": arn, "kind": "aws.backup.recovery-point", "name": "copyjob-1",
            "place": {"account": "111122223333", "region": "us-west-2"},
            "status": {"state": "completed", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "encryption": {"enabled": true, "key": KEY},
            "recovery_point": {
                "source": source, "source_region": "us-east-1", "taken_at": "2023-11-14T22:13:20Z", "vault": "dr",
                "deleted_at": "2027-01-15T08:00:00Z", "method": "snapshot", "infected": null,
            },
            "links": [
                {"rel": "backup-of", "to": source},
                {"rel": "stored-in", "to": VAULT_ARN},
                {"rel": "encrypted-by", "to": KEY},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(recovery_point(&listed, place())).unwrap(), expected);
    }

    #[test]
    fn a_continuous_point_of_a_bucket_has_the_region_of_the_vault_it_came_from() {
        let listed = RecoveryPointByBackupVault::builder()
            .recovery_point_arn("arn:aws:backup:us-west-2:111122223333:recovery-point:continuous:files-1")
            .backup_vault_name("dr")
            .source_backup_vault_arn("arn:aws:backup:us-east-1:111122223333:backup-vault:main")
            .resource_arn("arn:aws:s3:::files")
            .status(RecoveryPointStatus::Expired)
            .build();
        let resource = serde_json::to_value(recovery_point(&listed, place())).unwrap();
        let expected = json!({
            "source": "arn:aws:s3:::files", "source_region": "us-east-1", "taken_at": null, "vault": "dr",
            "deleted_at": null, "method": "continuous", "infected": null,
        });
        assert_eq!(resource["recovery_point"], expected);
        assert_eq!(resource["status"], json!({"state": "expired", "healthy": false, "created_at": null}));
        assert_eq!(resource["encryption"], json!({"enabled": false, "key": null}));
    }
}
