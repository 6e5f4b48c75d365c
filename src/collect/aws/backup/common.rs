//! Kinds of the backup service.

pub(super) const COPY_JOB: &str = "aws.backup.copy-job";

pub(super) const PLAN: &str = "aws.backup.plan";

pub(super) const RECOVERY_POINT: &str = "aws.backup.recovery-point";

pub(super) const RESTORE_JOB: &str = "aws.backup.restore-job";

pub(super) const RESTORE_TESTING_PLAN: &str = "aws.backup.restore-testing-plan";

pub(super) const SETTINGS: &str = "aws.backup.region-settings";

pub(super) const VAULT: &str = "aws.backup.vault";
