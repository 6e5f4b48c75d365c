//! Kinds of AWS, a file for each word in the middle of their names.

mod account;
mod acm;
mod apigateway;
mod arcregionswitch;
mod autoscaling;
mod backup;
mod cloudfront;
mod cloudwatch;
mod dlm;
mod docdb;
mod dsql;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elbv2;
mod fsx;
mod globalaccelerator;
mod iam;
mod kms;
mod lambda;
mod logs;
mod neptune;
mod organizations;
mod rds;
mod rdsofferings;
mod redshift;
mod redshiftserverless;
mod route53;
mod route53recoverycontrolconfig;
mod s3;
mod secretsmanager;
mod servicequotas;
mod ssm;

use super::info::KindInfo;

/// Sorted, as kinds are looked up by name.
pub(super) const SERVICES: &[&[KindInfo]] = &[
    account::KINDS,
    acm::KINDS,
    apigateway::KINDS,
    arcregionswitch::KINDS,
    autoscaling::KINDS,
    backup::KINDS,
    cloudfront::KINDS,
    cloudwatch::KINDS,
    dlm::KINDS,
    docdb::KINDS,
    dsql::KINDS,
    dynamodb::KINDS,
    ec2::KINDS,
    ecr::KINDS,
    ecs::KINDS,
    efs::KINDS,
    eks::KINDS,
    elasticache::KINDS,
    elbv2::KINDS,
    fsx::KINDS,
    globalaccelerator::KINDS,
    iam::KINDS,
    kms::KINDS,
    lambda::KINDS,
    logs::KINDS,
    neptune::KINDS,
    organizations::KINDS,
    rds::KINDS,
    rdsofferings::KINDS,
    redshift::KINDS,
    redshiftserverless::KINDS,
    route53::KINDS,
    route53recoverycontrolconfig::KINDS,
    s3::KINDS,
    secretsmanager::KINDS,
    servicequotas::KINDS,
    ssm::KINDS,
];
