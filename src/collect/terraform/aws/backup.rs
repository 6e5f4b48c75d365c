//! AWS Backup.

mod plans;

pub(in crate::collect::terraform) use plans::{FINISHERS, PARTS, TYPES};
