//! Facets of backups: plans, recovery points, jobs.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// A backup plan.
    Plan {
        /// Its rules, in the plan's order.
        rules: Vec<PlanRule>,
        /// What it selects, for the join. `GetBackupSelection`, `aws_backup_selection`.
        selections: Vec<PlanSelection>,
        /// Types of resources that the backup service is switched off for in the plan's region, in its own words, sorted:
        /// `DynamoDB`, `EFS`. `DescribeRegionSettings` `ResourceTypeOptInPreference`, `aws_backup_region_settings`.
        /// Absent: the code does not touch the setting.
        switched_off: Vec<String>,
    }

    /// A rule of a backup plan.
    PlanRule {
        /// `RuleName`, `rule_name`.
        name: String,
        /// `ScheduleExpression`, `schedule`.
        schedule: String,
        /// The time zone of the schedule: `Europe/Berlin`. `ScheduleExpressionTimezone`, `schedule_expression_timezone`.
        /// Absent: UTC.
        timezone: String,
        /// Minutes that a job may wait for its start. `StartWindowMinutes`, 480 where nobody chose; `start_window`, of which
        /// the provider makes 60.
        start_window_minutes: u32,
        /// Name of the vault in the plan's region. `TargetBackupVaultName`, `target_vault_name`.
        vault: String,
        /// Id (ARN) of the air-gapped vault that recovery points go to as well.
        /// `TargetLogicallyAirGappedBackupVaultArn`, `target_logically_air_gapped_backup_vault_arn`. Absent: none.
        air_gapped_vault: String,
        /// Days until a recovery point is deleted. `Lifecycle.DeleteAfterDays`. Absent: kept for ever.
        delete_after_days: u32,
        /// Continuous backup. `EnableContinuousBackup`, `enable_continuous_backup`. Its copies are plain snapshots.
        continuous: bool,
        /// Where recovery points are copied. `CopyActions`, `copy_action`.
        copies: Vec<PlanCopy>,
    }

    /// A copy action of a rule.
    PlanCopy {
        /// ARN of the vault. `DestinationBackupVaultArn`, `destination_vault_arn`.
        vault: String,
        /// Region of the vault, from its ARN.
        region: String,
        /// Account of the vault, from its ARN.
        account: String,
        /// Days until the copy is deleted. `Lifecycle.DeleteAfterDays`; without one, or with -1, a copy keeps the expiry of
        /// its source, and this is that of the rule. Absent: kept for ever.
        delete_after_days: u32,
    }

    /// A region to which a service copies the snapshots that it takes.
    BackupCopy {
        /// `DestinationRegion`, `destination_region`.
        region: String,
        /// Days until an automatic snapshot is deleted there. Redshift `SnapshotCopyRetentionPeriod`, `retention_period`, 7 where
        /// nobody chose; Redshift Serverless `SnapshotRetentionPeriod`. Absent: kept for ever.
        retention_days: u32,
        /// Name of the grant that lets the service use the key there. Redshift `SnapshotCopyGrantName`,
        /// `snapshot_copy_grant_name`, `snapshot_copy.grant_name`. Absent: none.
        grant: String,
        /// Key (ARN) that the copies are encrypted with. Redshift: that of the grant, `aws_redshift_snapshot_copy_grant`, which
        /// the live estate does not tell; Redshift Serverless `DestinationKmsKeyId`. Absent: none, or one of AWS itself.
        key: String,
    }

    /// What a backup plan selects. A resource is selected if it matches `resources` or a tag, and all conditions, and
    /// is not excluded.
    PlanSelection {
        /// `SelectionName`, `name`.
        name: String,
        /// ARN patterns with `*`. `Resources`, `resources`.
        resources: Vec<String>,
        /// ARN patterns that are left out. `NotResources`, `not_resources`.
        excluded: Vec<String>,
        /// `key=value`, any of which is enough. `ListOfTags`, `selection_tag`.
        tags: Vec<String>,
        /// There are conditions, all of which must hold. `Conditions`, `condition`.
        conditional: bool,
        /// What they ask of tags. `StringEquals` and its like, `condition.string_equals` and its like.
        conditions: Vec<TagCondition>,
        /// Id (ARN) of the role by which it is backed up. `IamRoleArn`, `iam_role_arn`.
        role: String,
    }

    /// A condition on a tag.
    TagCondition {
        /// `equals`, `not-equals`, `like`, `not-like`.
        what: String,
        /// Key of the tag: `app` of `aws:ResourceTag/app`. `ConditionKey`, `key`.
        key: String,
        /// With `*` for anything where it is only to be like it. `ConditionValue`, `value`.
        value: String,
    }

    /// A recovery point: something that can be restored. A backup, a snapshot, a replicated automated backup.
    RecoveryPoint {
        /// Id (ARN) of what it is a backup of. Backup `ResourceArn`, snapshot `DBInstanceIdentifier`.
        source: String,
        /// Region of what it is a backup of, where it says so. Snapshot `SourceRegion`, automated backup `Region`.
        source_region: String,
        /// The moment of the data in it, which a copy keeps. Snapshot `SnapshotDatabaseTime`, then
        /// `OriginalSnapshotCreateTime`; Backup `CreationDate`; automated backup `RestoreWindow.LatestTime`.
        taken_at: Timestamp,
        /// The vault that holds it. Backup `BackupVaultName`.
        vault: String,
        /// When it will be deleted. Backup `CalculatedLifecycle.DeleteAt`.
        deleted_at: Timestamp,
        /// `automated`, `manual`, `awsbackup`, `shared`, `continuous`, `snapshot`. `SnapshotType`.
        method: String,
        /// A scan of the backup service found malware in it. Backup `AggregatedScanResult.Findings`. Absent: no scan of it
        /// has an answer. RDS snapshots are not scanned.
        infected: bool,
    }

    /// A backup vault.
    Vault {
        /// It is logically air-gapped: the service keeps it apart from its account, locked and with a key of its own.
        /// `VaultType`, `aws_backup_logically_air_gapped_vault`.
        air_gapped: bool,
        /// Id (ARN) of the team that can give other accounts access to it. `MpaApprovalTeamArn`. Absent: none can. Code has no
        /// word for it.
        approval_team: String,
        /// Id (ARN) of the vault that it gives access to. `SourceBackupVaultArn` of a restore access vault. Absent: it is none.
        source_vault: String,
        /// Whom it is shared with by resource shares: accounts, organizations and their units (ARNs), sorted. RAM
        /// `ListResources`, `GetResourceShareAssociations`; `aws_ram_resource_association`, `aws_ram_principal_association`.
        shared_with: Vec<String>,
    }

    /// A plan that restores recovery points for a test.
    RestoreTesting {
        /// `ScheduleExpression`, `schedule_expression`.
        schedule: String,
        /// The time zone of the schedule. `ScheduleExpressionTimezone`, `schedule_expression_timezone`. Absent: UTC.
        timezone: String,
        /// Hours that a restore may wait for its start. `StartWindowHours`, `start_window_hours`; 24 where nobody chose.
        start_window_hours: u32,
        /// Which recovery point of the window is restored: `latest_within_window`, `random_within_window`.
        /// `RecoveryPointSelection.Algorithm`, `recovery_point_selection.algorithm`.
        algorithm: String,
        /// Vaults (ARNs, patterns, `*`) whose recovery points it restores, sorted. `IncludeVaults`, `include_vaults`.
        included_vaults: Vec<String>,
        /// Vaults (ARNs, patterns) that are left out, sorted. `ExcludeVaults`, `exclude_vaults`.
        excluded_vaults: Vec<String>,
        /// `continuous`, `snapshot`, sorted. `RecoveryPointTypes`, `recovery_point_types`.
        point_types: Vec<String>,
        /// Days that a recovery point may be old. `SelectionWindowDays`, `selection_window_days`; 30 where nobody chose.
        window_days: u32,
        /// What it restores. `GetRestoreTestingSelection`, `aws_backup_restore_testing_selection`.
        selections: Vec<RestoreSelection>,
    }

    /// What a plan restores for a test: resources of one type, of these ARNs, whose tags meet all conditions.
    RestoreSelection {
        /// `RestoreTestingSelectionName`, `name`.
        name: String,
        /// The type in the words of the backup service: `RDS`, `Aurora`, `DynamoDB`. `ProtectedResourceType`,
        /// `protected_resource_type`.
        resource_type: String,
        /// ARNs, or `*`, sorted. `ProtectedResourceArns`, `protected_resource_arns`. Empty: conditions alone select.
        resources: Vec<String>,
        /// `key=value` that the resource has to be tagged with, sorted. `ProtectedResourceConditions.StringEquals`,
        /// `protected_resource_conditions.string_equals`.
        tagged: Vec<String>,
        /// `key=value` that it must not be tagged with, sorted. `StringNotEquals`, `string_not_equals`.
        not_tagged: Vec<String>,
        /// Id (ARN) of the role by which it is restored. `IamRoleArn`, `iam_role_arn`.
        role: String,
        /// Hours that what was restored stays for a validation. `ValidationWindowHours`, `validation_window_hours`.
        validation_hours: u32,
        /// Names of the settings that a restore is given by hand, sorted; their values are not read.
        /// `RestoreMetadataOverrides`, `restore_metadata_overrides`.
        overrides: Vec<String>,
    }

    /// A time without a recovery point.
    PointGap {
        /// The recovery point before it.
        from: Timestamp,
        /// The one after it. Absent: there is none.
        to: Timestamp,
        /// How long it is, to the time of collection if nothing came after it.
        minutes: u64,
        /// The longest that the schedule and the start window of the rule allow for.
        promised_minutes: u64,
    }

    /// A link of the way from a backup plan to a recovery point in the recovery place.
    ChainLink {
        /// `selection`, `opt-in` (the service is switched on for its type), `rule`, `copy`, `vault` (it is there), `lock` (it
        /// takes what is copied), `vault-policy` (copies may come in), `key` (of the vault), `recovery-point` (one is there that
        /// can be restored from), `clean` (no scan found malware in it), `open` (somebody there may restore
        /// from it), `shut` (nobody may, and no other copy there can be used).
        what: String,
        /// The link in a few words: `plan gold`, `copy us-west-2`.
        label: String,
        /// Nothing is wrong with it.
        holds: bool,
        /// What is wrong with it, or why that is not known. Absent: nothing is.
        why: String,
    }

    /// A job that copied or restored a recovery point, or a plan that restores for a test.
    Job {
        /// Id (ARN) of the resource that the recovery point is of. `SourceResourceArn`, `ResourceArn`.
        source: String,
        /// `completed`, `failed`, `partial`, … `State`, `Status`.
        state: String,
        /// `CreationDate`.
        created_at: Timestamp,
        /// `CompletionDate`.
        completed_at: Timestamp,
        /// How long it took, seconds: `CompletionDate` less `CreationDate`. A measured restore time.
        seconds: u64,
        /// `successful`, `failed`, `timed_out`, `validating`. `ValidationStatus`. Absent: nobody validated it.
        validation: String,
        /// What whoever validated it said. `ValidationStatusMessage`. Absent: nothing.
        validation_reason: String,
        /// Id (ARN) of the plan that restored it for a test. `CreatedBy.RestoreTestingPlanArn`. Absent: none did.
        testing_plan: String,
        /// ARN of the vault that was copied to. `DestinationBackupVaultArn`.
        destination: String,
        /// Why it failed. `StatusMessage`.
        reason: String,
    }
}
