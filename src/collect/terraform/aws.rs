//! The types of the AWS provider that are understood.

pub(super) mod backup;
pub(super) mod dynamodb;
pub(super) mod eks;
pub(super) mod elasticache;
pub(super) mod global;
pub(super) mod iam;
pub(super) mod kms;
pub(super) mod rds;
pub(super) mod s3;
