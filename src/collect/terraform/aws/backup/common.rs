//! The types that several files name.

pub(super) const VAULTS: &[&str] = &["aws_backup_vault", "aws_backup_logically_air_gapped_vault"];

pub(super) const PLANS: &[&str] = &["aws_backup_plan"];
