//! The AWS provider, and the types of it that are understood: one file a service, named by the word in the middle of its
//! kinds, as in `aws.efs.filesystem`.

mod account;
mod acm;
mod apigateway;
mod autoscaling;
mod backup;
mod block;
mod cloudfront;
mod dlm;
mod dsql;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elbv2;
mod fronts;
mod fsx;
mod global;
mod globalaccelerator;
mod iam;
mod kms;
mod lambda;
mod logs;
mod organizations;
mod place;
mod provider;
mod rds;
mod redshift;
mod redshiftserverless;
mod replicas;
mod route53;
mod route53recoverycontrolconfig;
mod s3;
mod secretsmanager;
mod servicequotas;
mod settings;
mod snapshots;
mod ssm;
mod tags;

use super::maps::{Service, Understood};

pub(super) const UNDERSTOOD: Understood = Understood { provider: provider::AWS, services: SERVICES, tags: tags::tags };

/// Every service.
const SERVICES: &[Service] = &[
    account::SERVICE,
    acm::SERVICE,
    apigateway::SERVICE,
    autoscaling::SERVICE,
    backup::SERVICE,
    cloudfront::SERVICE,
    dlm::SERVICE,
    dsql::SERVICE,
    dynamodb::SERVICE,
    ec2::SERVICE,
    ecr::SERVICE,
    ecs::SERVICE,
    efs::SERVICE,
    eks::SERVICE,
    elasticache::SERVICE,
    elbv2::SERVICE,
    fsx::SERVICE,
    globalaccelerator::SERVICE,
    iam::SERVICE,
    kms::SERVICE,
    lambda::SERVICE,
    logs::SERVICE,
    organizations::SERVICE,
    rds::SERVICE,
    redshift::SERVICE,
    redshiftserverless::SERVICE,
    route53::SERVICE,
    route53recoverycontrolconfig::SERVICE,
    s3::SERVICE,
    secretsmanager::SERVICE,
    servicequotas::SERVICE,
    ssm::SERVICE,
];
