//! What doors say alike of stores of data.

use crate::model::{Backup, Fact};

/// Automatic backups of a file system. How long they are kept stands in the plan that takes them.
pub(crate) fn file_system_backup(enabled: Fact<bool>) -> Backup {
    Backup { enabled, retention_days: Fact::Absent, point_in_time: Fact::Known(false), ..Backup::default() }
}
