//! The types of the AWS provider that are understood: one file a service, named by the word that its kinds have in the
//! middle, as in `aws.efs.filesystem`.

mod autoscaling;
mod backup;
mod dynamodb;
mod ec2;
mod efs;
mod eks;
mod elasticache;
mod global;
mod iam;
mod kms;
mod rds;
mod replicas;
mod s3;
mod secretsmanager;

use super::maps::Service;

/// Every service.
pub(super) const SERVICES: &[Service] = &[
    autoscaling::SERVICE,
    backup::SERVICE,
    dynamodb::SERVICE,
    ec2::SERVICE,
    efs::SERVICE,
    eks::SERVICE,
    elasticache::SERVICE,
    iam::SERVICE,
    kms::SERVICE,
    rds::SERVICE,
    s3::SERVICE,
    secretsmanager::SERVICE,
];
