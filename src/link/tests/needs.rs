//! What has to be collected to fill a fact.

use std::collections::{BTreeMap, BTreeSet};

use schemars::schema_for;

use crate::config::Config;
use crate::link::needs::needs;
use crate::model::{Joined, Kind};

fn needed(kind: &str, paths: &[&'static str], config: &Config) -> Vec<&'static str> {
    let read = BTreeMap::from([(Kind::of(kind), paths.iter().copied().collect::<BTreeSet<&str>>())]);
    needs(&read, config).into_iter().collect()
}

/// A fact that nobody says anything of needs everything, so that it is not forgotten; and of these something is said.
#[test]
fn every_joined_fact_says_what_it_needs() {
    let every: BTreeSet<_> =
        Kind::all().map(Kind::info).filter(|info| info.collected).map(|info| info.service).collect();
    let every: Vec<&str> = every.into_iter().collect();
    let config = Config::default();
    assert_eq!(needed("aws.ssm.parameter", &["joined.of_tomorrow"], &config), every);
    let schema = schema_for!(Joined).to_value();
    let facts: Vec<String> =
        schema["properties"].as_object().unwrap().keys().map(|name| format!("joined.{name}")).collect();
    assert!(facts.len() > 40);
    let silent = facts.iter().filter(|fact| {
        let read = BTreeMap::from([(Kind::of("aws.ssm.parameter"), BTreeSet::from([fact.as_str()]))]);
        needs(&read, &config).into_iter().collect::<Vec<_>>() == every
    });
    assert_eq!(silent.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_is_read_of_a_kind_decides_what_is_needed() {
    let none = Config::default();
    let paired = super::paired();
    let text = "recovery:\n  - {from: us-east-1, to: us-west-2}\napplications:\n  shop:\n    tags: {app: shop}\n";
    let shop: Config = serde_saphyr::from_str(text).unwrap();
    assert_eq!(needed("aws.rds.instance", &["backup"], &none), ["rds"]);
    assert_eq!(needed("aws.rds.instance", &["joined.keys"], &none), ["backup", "kms", "rds"]);
    // Services, functions, templates and records bring databases along, load balancers, edges and scaling groups
    // bring services, APIs bring functions, and node groups bring scaling groups.
    assert_eq!(
        needed("aws.rds.instance", &["backup"], &shop),
        [
            "apigateway",
            "autoscaling",
            "cloudfront",
            "dsql",
            "ec2",
            "ecs",
            "eks",
            "elasticache",
            "elbv2",
            "globalaccelerator",
            "lambda",
            "rds",
            "redshift",
            "redshiftserverless",
            "route53",
            "s3"
        ]
    );
    // The zones of a service are those of its subnets.
    assert_eq!(needed("aws.ecs.service", &["redundancy"], &none), ["ec2", "ecs"]);
    assert_eq!(needed("aws.ecs.service", &["capacity"], &none), ["ecs"]);
    // A role comes back where its users do.
    assert_eq!(needed("aws.iam.role", &["role"], &none), ["iam"]);
    assert_eq!(
        needed("aws.iam.role", &["role"], &paired),
        ["autoscaling", "backup", "dlm", "ec2", "ecs", "eks", "iam", "lambda", "redshift", "redshiftserverless"]
    );
    // One snapshot is listed by two services, and what says more of it is kept.
    assert_eq!(needed("aws.rds.snapshot", &["encryption"], &none), ["backup", "rds"]);
    assert_eq!(needed("aws.s3.bucket", &["joined.keys"], &none), ["backup", "kms", "s3"]);
}
