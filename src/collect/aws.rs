//! The live AWS collectors: one file a service, and a runner that knows of accounts, regions, retries and errors.
//!
//! A collector says what it reads and with which permissions, lists, describes, and normalizes. It knows nothing of
//! retries, regions, accounts or concurrency. To add one: its file, its `mod` line and its row in [`COLLECTORS`].

mod account;
mod accounts;
mod acm;
mod apigateway;
mod arcregionswitch;
mod autoscaling;
mod backup;
mod calls;
mod classify;
mod cloudcontrol;
mod cloudfront;
mod cloudwatch;
mod collector;
mod connect;
mod dlm;
mod doctor;
mod dsql;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elbv2;
mod error;
mod fsx;
mod globalaccelerator;
mod iam;
mod kms;
mod lambda;
mod launches;
mod logs;
pub mod objects;
mod organization;
mod organizations;
mod outcome;
mod patience;
#[cfg(feature = "verify")]
mod probe;
mod rds;
mod rdsofferings;
mod read;
mod redshift;
mod redshiftserverless;
mod regions;
mod replicas;
mod route53;
mod route53recoverycontrolconfig;
mod run;
mod s3;
mod secretsmanager;
mod servicequotas;
mod settings;
mod ssm;
mod subnet_groups;
mod trouble;
mod values;

pub(crate) use collector::{Collector, Context, Locality, Sink, Spec, client};
pub use doctor::{AccountDiagnosis, Check, CheckOutcome, Diagnosis, doctor};
pub use error::AwsError;
#[cfg(feature = "verify")]
pub(crate) use probe::{Database, Probe, WriterSeen};
pub use run::{CollectOptions, Progress, collect};
pub(crate) use trouble::{Trouble, TroubleClass};

/// Every collector, by service.
pub(crate) static COLLECTORS: &[&dyn Collector] = &[
    &account::Account,
    &acm::Acm,
    &apigateway::ApiGateway,
    &arcregionswitch::RegionSwitch,
    &autoscaling::AutoScaling,
    &backup::Backup,
    &cloudfront::CloudFront,
    &cloudwatch::CloudWatch,
    &dlm::Dlm,
    &dsql::DSQL,
    &dynamodb::DynamoDb,
    &ec2::Ec2,
    &ecr::Ecr,
    &ecs::Ecs,
    &efs::Efs,
    &eks::Eks,
    &elasticache::ElastiCache,
    &elbv2::Elbv2,
    &fsx::Fsx,
    &globalaccelerator::GlobalAccelerator,
    &iam::Iam,
    &kms::Kms,
    &lambda::Lambda,
    &logs::Logs,
    &organizations::Organizations,
    &rds::Rds,
    &rdsofferings::RdsOfferings,
    &redshift::REDSHIFT,
    &redshiftserverless::REDSHIFT_SERVERLESS,
    &route53::Route53,
    &route53recoverycontrolconfig::RecoveryControl,
    &s3::S3,
    &secretsmanager::SecretsManager,
    &servicequotas::ServiceQuotas,
    &ssm::Ssm,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::model::KINDS;

    #[test]
    fn collectors_are_sorted_and_each_service_has_one() {
        let services: Vec<&str> = COLLECTORS.iter().map(|collector| collector.spec().service).collect();
        let sorted: Vec<&str> = services.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(services, sorted);
    }

    #[test]
    fn every_kind_of_a_collected_service_is_in_its_collector_and_nowhere_else() {
        for spec in COLLECTORS.iter().map(|collector| collector.spec()) {
            let of_service = KINDS.iter().filter(|info| info.service == spec.service && info.name.starts_with("aws."));
            let expected: Vec<_> = of_service.map(|info| (info.name, info.global)).collect();
            // The joins ask it: without a look at a kind that is collected, something may be there that nobody saw.
            assert!(
                KINDS.iter().filter(|info| info.service == spec.service).all(|info| info.collected),
                "{}",
                spec.service
            );
            let mut kinds: Vec<_> = spec.kinds.iter().map(|name| (*name, spec.locality == Locality::Global)).collect();
            kinds.sort_unstable();
            assert_eq!(kinds, expected, "{}", spec.service);
        }
    }

    #[test]
    fn kinds_that_are_collected_have_a_collector() {
        let services: Vec<&str> = COLLECTORS.iter().map(|collector| collector.spec().service).collect();
        let collected = KINDS.iter().filter(|info| info.collected);
        let without: Vec<&str> =
            collected.filter(|info| !services.contains(&info.service)).map(|info| info.name).collect();
        assert_eq!(without, Vec::<&str>::new());
    }

    #[test]
    fn collectors_only_read() {
        for spec in COLLECTORS.iter().map(|collector| collector.spec()) {
            assert_eq!(spec.actions.iter().collect::<BTreeSet<_>>().len(), spec.actions.len(), "{}", spec.service);
            for action in spec.actions {
                let (service, operation) = action.split_once(':').unwrap();
                assert!(service.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{action}");
                // API Gateway has a permission for each verb of HTTP.
                assert!(["Describe", "List", "Get", "GET"].iter().any(|verb| operation.starts_with(verb)), "{action}");
            }
        }
    }

    /// `seaworthy iam` of a build without the SDK sees the actions, and no collector.
    #[test]
    fn the_actions_that_every_build_knows_are_those_of_the_collectors() {
        let specs = COLLECTORS.iter().map(|collector| collector.spec());
        let declared: Vec<(&str, &[&str])> = specs.map(|spec| (spec.service, spec.actions)).collect();
        assert_eq!(declared, crate::collect::actions::COLLECTORS);
    }

    /// A collector whose row was forgotten would be a service that nobody sees.
    #[test]
    fn every_collector_of_the_folder_is_registered() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/collect/aws");
        let mut written: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .filter(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                text.contains("impl Collector for ") || text.contains(": Service =")
            })
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            // It collects for several, which are rows.
            .filter(|name| name != "cloudcontrol")
            .collect();
        written.sort_unstable();
        let services: Vec<&str> = COLLECTORS.iter().map(|collector| collector.spec().service).collect();
        assert_eq!(written, services);
    }
}
