//! The two doors, the live estate and code: which of them tells of a kind, and where both are held against each other.

use std::collections::{BTreeMap, BTreeSet};

use seaworthy::model::Kind;

use super::graph::Graph;
use super::layers::sources;

/// How the two doors of a kind are compared, or why there is only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doors {
    /// What a plan says is made in moto and collected.
    Moto,
    /// Moto does not know it: what a plan says is held against recorded answers.
    Recorded,
    /// Nothing in code says what there is of it.
    LiveOnly(&'static str),
    /// No collector reads it.
    CodeOnly(&'static str),
}
use Doors::{CodeOnly, LiveOnly, Moto, Recorded};

/// Every kind, once.
static ROWS: &[(Doors, &[&str])] = &[
    (
        Moto,
        &[
            "aws.acm.certificate",
            "aws.apigateway.api",
            "aws.apigateway.domain",
            "aws.autoscaling.group",
            "aws.autoscaling.launch-configuration",
            "aws.backup.plan",
            "aws.backup.vault",
            "aws.cloudfront.distribution",
            "aws.dynamodb.table",
            "aws.ec2.endpoint",
            "aws.ec2.image",
            "aws.ec2.internet-gateway",
            "aws.ec2.launch-template",
            "aws.ec2.nat-gateway",
            "aws.ec2.network-acl",
            "aws.ec2.peering",
            "aws.ec2.prefix-list",
            "aws.ec2.route-table",
            "aws.ec2.security-group",
            "aws.ec2.snapshot",
            "aws.ec2.subnet",
            "aws.ec2.transit-gateway-attachment",
            "aws.ec2.transit-gateway-route-table",
            "aws.ec2.volume",
            "aws.ec2.vpc",
            "aws.ecr.registry",
            "aws.ecr.repository",
            "aws.ecs.cluster",
            "aws.ecs.service",
            "aws.ecs.task-definition",
            "aws.efs.filesystem",
            "aws.eks.cluster",
            "aws.eks.fargate-profile",
            "aws.eks.node-group",
            "aws.elasticache.cluster",
            "aws.elasticache.replication-group",
            "aws.elasticache.subnet-group",
            "aws.elbv2.listener",
            "aws.elbv2.load-balancer",
            "aws.elbv2.target-group",
            "aws.iam.role",
            "aws.kms.key",
            "aws.lambda.event-source-mapping",
            "aws.lambda.function",
            "aws.lambda.layer",
            "aws.logs.group",
            "aws.neptune.cluster",
            "aws.neptune.instance",
            "aws.organizations.organization",
            "aws.organizations.policy",
            "aws.rds.cluster",
            "aws.rds.cluster-snapshot",
            "aws.rds.global-cluster",
            "aws.rds.instance",
            "aws.rds.snapshot",
            "aws.rds.subnet-group",
            "aws.route53.health-check",
            "aws.route53.record",
            "aws.route53.zone",
            "aws.s3.bucket",
            "aws.secretsmanager.secret",
            "aws.ssm.parameter",
        ],
    ),
    (
        Recorded,
        &[
            "aws.account.region",
            "aws.backup.region-settings",
            "aws.backup.restore-testing-plan",
            "aws.dlm.policy",
            "aws.docdb.cluster",
            "aws.docdb.instance",
            "aws.dsql.cluster",
            "aws.ec2.capacity-reservation",
            "aws.eks.access-entry",
            "aws.eks.add-on",
            "aws.elasticache.global-datastore",
            "aws.elasticache.serverless-cache",
            "aws.fsx.backup",
            "aws.fsx.filesystem",
            "aws.globalaccelerator.accelerator",
            "aws.globalaccelerator.endpoint-group",
            "aws.globalaccelerator.listener",
            "aws.rds.automated-backup",
            "aws.redshift.cluster",
            "aws.redshiftserverless.namespace",
            "aws.route53recoverycontrolconfig.cluster",
            "aws.route53recoverycontrolconfig.control-panel",
            "aws.route53recoverycontrolconfig.routing-control",
            "aws.route53recoverycontrolconfig.safety-rule",
            "aws.servicequotas.quota",
        ],
    ),
    (
        LiveOnly("backups run and leave it behind; code only says that they shall"),
        &["aws.backup.copy-job", "aws.backup.recovery-point", "aws.backup.restore-job"],
    ),
    (LiveOnly("what AWS offers, which nobody makes"), &["aws.ec2.instance-types", "aws.rdsofferings.instance-type"]),
    (
        LiveOnly("what AWS finds in a plan of Region switch"),
        &["aws.arcregionswitch.plan", "aws.arcregionswitch.quota-warning"],
    ),
    (LiveOnly("what was measured of what runs"), &["aws.cloudwatch.metric"]),
];

/// The kinds that are compared in that way.
#[cfg(feature = "aws")]
pub(crate) fn compared(way: Doors) -> BTreeSet<&'static str> {
    ROWS.iter().filter(|(doors, _)| *doors == way).flat_map(|(_, kinds)| *kinds).copied().collect()
}

/// What is wrong with a table of doors: each kind with whether it is collected, and the kinds that code makes.
fn strays(table: &[(Doors, &[&str])], kinds: &[(&str, bool)], of_code: &BTreeSet<&str>) -> Vec<String> {
    let mut rows: BTreeMap<&str, Vec<Doors>> = BTreeMap::new();
    for (doors, names) in table {
        names.iter().for_each(|name| rows.entry(name).or_default().push(*doors));
    }
    let mut found = Vec::new();
    for (kind, is_collected) in kinds {
        let is_of_code = of_code.contains(kind);
        match rows.remove(kind).as_deref() {
            None => found.push(format!("{kind} has no row")),
            Some([Moto | Recorded]) if *is_collected && is_of_code => {}
            Some([LiveOnly(_)]) if *is_collected && !is_of_code => {}
            Some([CodeOnly(_)]) if !*is_collected && is_of_code => {}
            Some(rows) => found.push(format!(
                "{kind} has {rows:?}, and is{} collected and{} made of code",
                if *is_collected { "" } else { " not" },
                if is_of_code { "" } else { " not" },
            )),
        }
    }
    found.extend(rows.keys().map(|kind| format!("{kind} is no kind")));
    found
}

/// Kinds that a type of Terraform becomes.
fn of_code(graph: &Graph) -> BTreeSet<&str> {
    let files = graph.texts.iter().filter(|(file, _)| file.starts_with("src/collect/terraform/"));
    files.flat_map(|(_, texts)| texts).map(String::as_str).filter(|text| Kind::find(text).is_some()).collect()
}

#[test]
fn every_kind_says_by_which_doors_it_is_known() {
    let kinds: Vec<(&str, bool)> =
        Kind::all().filter(|kind| kind.is_of_the_estate()).map(|kind| (kind.name(), kind.info().collected)).collect();
    let graph = Graph::read(&sources());
    assert_eq!(strays(ROWS, &kinds, &of_code(&graph)), Vec::<String>::new());
}

#[test]
fn a_row_that_is_missing_twice_there_or_not_true_any_more_is_found() {
    let table: &[(Doors, &[&str])] =
        &[(Moto, &["both", "live", "code"]), (LiveOnly("so"), &["seen", "both-now"]), (CodeOnly("so"), &["both", "x"])];
    let kinds = [("both", true), ("both-now", true), ("code", false), ("live", true), ("new", true), ("seen", true)];
    let expected = [
        r#"both has [Moto, CodeOnly("so")], and is collected and made of code"#,
        r#"both-now has [LiveOnly("so")], and is collected and made of code"#,
        "code has [Moto], and is not collected and made of code",
        "live has [Moto], and is collected and not made of code",
        "new has no row",
        "x is no kind",
    ];
    assert_eq!(strays(table, &kinds, &["both", "both-now", "code"].into()), expected);
}
