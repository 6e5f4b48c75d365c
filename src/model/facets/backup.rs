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
        /// There are conditions (all must hold) that were not evaluated. `Conditions`, `condition`.
        conditional: bool,
        /// Id (ARN) of the role by which it is backed up. `IamRoleArn`, `iam_role_arn`.
        role: String,
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
        /// `CompletionDate`.
        completed_at: Timestamp,
        /// How long it took, seconds: `CompletionDate` less `CreationDate`. A measured restore time.
        seconds: u64,
        /// `successful`, `failed`, `timed_out`, `validating`. `ValidationStatus`. Absent: nobody validated it.
        validation: String,
        /// ARN of the vault that was copied to. `DestinationBackupVaultArn`.
        destination: String,
        /// Why it failed. `StatusMessage`.
        reason: String,
    }
}
