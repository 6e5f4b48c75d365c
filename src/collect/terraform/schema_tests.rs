//! The mappings against the provider's schema. What they read exists, what they say that they read is read, and every
//! place in the code that reads is reached by a made-up plan, so that no misspelt attribute can hide.

mod samples;
mod schema;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::Location;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use samples::{Sample, Then};
use schema::Schema;

use super::PROVIDERS;
use super::mapping::Type;
use crate::model::{Resource, Timestamp};

/// What the mappings asked for.
#[derive(Default)]
struct Heard {
    /// Types and the paths that were read of them.
    reads: BTreeSet<(&'static str, String)>,
    /// Paths of which a mapping asked whether its type has them.
    asked: BTreeSet<String>,
    /// Types, and the types of which they look for a resource.
    sought: BTreeSet<(&'static str, String)>,
    /// Files, lines and columns that read.
    sites: BTreeSet<(&'static str, u32, u32)>,
}

thread_local! {
    /// `None`: nobody listens.
    static HEARD: RefCell<Option<Heard>> = const { RefCell::new(None) };
}

/// Every type that is understood.
pub(super) fn types() -> impl Iterator<Item = &'static Type> {
    let services = PROVIDERS.iter().flat_map(|provider| provider.services);
    services.flat_map(|service| service.types).copied().flatten().map(|mapping| &mapping.of)
}

/// An attribute is read.
pub(super) fn hear_read(kind: &'static Type, path: String, site: &'static Location<'static>) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.reads.insert((kind.name, path));
            heard.sites.insert((site.file(), site.line(), site.column()));
        }
    });
}

/// A mapping looks for a resource that an attribute names.
pub(super) fn hear_sought(kind: &'static Type, types: &[&str]) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.sought.extend(types.iter().map(|target| (kind.name, (*target).to_owned())));
        }
    });
}

/// A mapping asks whether its type has an attribute.
pub(super) fn hear_asked(path: String, site: &'static Location<'static>) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.asked.insert(path);
            heard.sites.insert((site.file(), site.line(), site.column()));
        }
    });
}

fn committed() -> Schema {
    Schema::parse(include_str!("../../../fixtures/terraform/schema-5.100.json"))
}

/// With this one, each attribute has a value and has none in the plan of some target.
const SALT: usize = 1;

/// What was asked for while every made-up plan was read, and the resources that came of it.
static RUN: LazyLock<(Heard, Vec<Resource>)> = LazyLock::new(|| {
    let targets: Vec<_> = types().filter(|kind| kind.identities().count() > 1).collect();
    // It is the longest of all tests.
    let halves: Vec<_> = std::thread::scope(|scope| {
        let halves = targets.chunks(targets.len().div_ceil(2)).map(|half| scope.spawn(|| listen(half)));
        halves.collect::<Vec<_>>().into_iter().map(|half| half.join().unwrap()).collect()
    });
    halves.into_iter().fold(Default::default(), |(mut all, mut resources): (Heard, Vec<Resource>), (heard, own)| {
        all.reads.extend(heard.reads);
        all.asked.extend(heard.asked);
        all.sites.extend(heard.sites);
        resources.extend(own);
        (all, resources)
    })
});

/// The same, of the plans in which everything refers to these.
fn listen(targets: &[&'static Type]) -> (Heard, Vec<Resource>) {
    HEARD.set(Some(Heard::default()));
    let schema = committed().of_what_is_declared(types());
    let all: Vec<_> = types().collect();
    let mut resources = Vec::new();
    let mut read = |sample: Sample<'_>, then| {
        let plan = serde_json::to_vec(&sample.plan(then)).unwrap();
        resources.extend(super::read(plan, "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory.resources);
    };
    for then in [Then::Unset, Then::Referring] {
        read(Sample { schema: &schema, of: &all, target: all[0], pick: 0 }, then);
    }
    for target in targets.iter().copied() {
        // By its name, so that a new type changes nothing for the others.
        let number = target.name.bytes().fold(SALT, |sum, byte| (31 * sum + usize::from(byte)) % 997);
        let whole = Sample { schema: &schema, of: &all, target, pick: 8 * number };
        read(whole, Then::Known);
        read(Sample { pick: number, ..whole }, Then::WithoutParts);
        // The other plans have what looks for this type only, since the time that they take is that of all tests.
        let of = neighbours(target);
        for pick in 8 * number..8 * number + 8 {
            read(Sample { of: &of, pick, ..whole }, Then::Known);
            read(Sample { of: &of, pick, ..whole }, Then::Referring);
        }
    }
    (HEARD.take().unwrap(), resources)
}

/// The type, those that look for it or for a part of it, and the parts of them all.
fn neighbours(target: &'static Type) -> Vec<&'static Type> {
    HEARD.with_borrow(|heard| {
        let sought = &heard.as_ref().unwrap().sought;
        let seeks = |kind: &Type, of: &[&Type]| {
            let own = sought.range((kind.name, String::new())..).take_while(|(name, _)| *name == kind.name);
            own.into_iter().any(|(_, name)| of.iter().any(|it| it.name == name))
        };
        let is_part = |kind: &Type| kind.kind.is_none();
        let mut itself: Vec<_> = types().filter(|kind| is_part(kind) && seeks(kind, &[target])).collect();
        itself.push(target);
        let mut near: Vec<_> = types().filter(|kind| seeks(kind, &itself)).collect();
        near.push(target);
        types()
            .filter(|kind| near.iter().any(|it| it.name == kind.name) || is_part(kind) && seeks(kind, &near))
            .collect()
    })
}

/// What the mappings read that a version of the provider does not have: version, type, path, and the reason. An empty
/// path is the whole type.
const ELSEWHERE: &[(&str, &str, &str, &str)] = &[
    ("4.22", "aws_backup_plan", "rule.schedule_expression_timezone", NEWER),
    ("4.22", "aws_backup_plan", AIR_GAPPED, NEWEST),
    ("4.22", "aws_backup_vault", "force_destroy", NEWER),
    ("4.22", "aws_db_instance", "manage_master_user_password", NEWER),
    ("4.22", "aws_db_subnet_group", "vpc_id", NEWER),
    ("4.22", "aws_docdb_cluster", "manage_master_user_password", NEWER),
    ("4.22", "aws_docdb_cluster", "restore_to_point_in_time", NEWER),
    ("4.22", "aws_dynamodb_table", "deletion_protection_enabled", NEWER),
    ("4.22", "aws_dynamodb_table", "point_in_time_recovery.recovery_period_in_days", NEWER),
    ("4.22", "aws_efs_file_system", "name", NEWER),
    ("4.22", "aws_eks_cluster", "access_config.authentication_mode", NEWER),
    ("4.22", "aws_eks_cluster", "compute_config.enabled", NEWER),
    ("4.22", "aws_eks_cluster", "compute_config.node_pools", NEWER),
    ("4.22", "aws_eks_cluster", "compute_config.node_role_arn", NEWER),
    ("4.22", "aws_elasticache_global_replication_group", "automatic_failover_enabled", NEWER),
    ("4.22", "aws_elasticache_subnet_group", "vpc_id", NEWER),
    ("4.22", "aws_globalaccelerator_accelerator", "arn", NEWER),
    ("4.22", "aws_globalaccelerator_accelerator", "dual_stack_dns_name", NEWER),
    ("4.22", "aws_kms_key", "custom_key_store_id", NEWER),
    ("4.22", "aws_kms_key", "xks_key_id", NEWER),
    ("4.22", "aws_lambda_function", "code_sha256", NEWER),
    ("4.22", "aws_lambda_function", "logging_config.log_group", NEWER),
    ("4.22", "aws_lambda_function", "snap_start.apply_on", NEWER),
    ("4.22", "aws_lb_target_group", "load_balancing_cross_zone_enabled", NEWER),
    ("4.22", "aws_neptune_cluster", "global_cluster_identifier", NEWER),
    ("4.22", "aws_rds_cluster", "delete_automated_backups", NEWER),
    ("4.22", "aws_rds_cluster", "manage_master_user_password", NEWER),
    ("4.22", "aws_rds_global_cluster", "engine_version_actual", NEWER),
    ("4.22", "aws_redshift_cluster", "manage_master_password", NEWER),
    ("4.22", "aws_redshift_cluster", "multi_az", NEWER),
    ("4.22", "aws_redshift_cluster", "snapshot_arn", NEWER),
    ("4.22", "aws_route53_record", "cidr_routing_policy", NEWER),
    ("4.22", "aws_route53_record", "geoproximity_routing_policy", NEWER),
    ("5.100", "aws_api_gateway_integration", "integration_target", NEWEST),
    ("5.100", "aws_backup_logically_air_gapped_vault", "encryption_key_arn", NEWEST),
    ("5.100", "aws_backup_plan", AIR_GAPPED, NEWEST),
    ("5.100", "aws_cloudwatch_log_group", "deletion_protection_enabled", NEWEST),
    ("5.100", "aws_elasticache_replication_group", "availability_zones", OLDER),
    ("5.100", "aws_route53_recoverycontrolconfig_cluster", "", NEW_NAME),
    ("5.100", "aws_route53_recoverycontrolconfig_control_panel", "", NEW_NAME),
    ("5.100", "aws_route53_recoverycontrolconfig_routing_control", "", NEW_NAME),
    ("5.100", "aws_route53_recoverycontrolconfig_safety_rule", "", NEW_NAME),
    ("5.100", "aws_elasticache_replication_group", "cluster_mode.num_node_groups", OLDER),
    ("5.100", "aws_elasticache_replication_group", "cluster_mode.replicas_per_node_group", OLDER),
    ("5.100", "aws_elasticache_replication_group", "number_cache_clusters", OLDER),
    ("6.19", "aws_backup_logically_air_gapped_vault", "encryption_key_arn", NEWEST),
    ("6.19", "aws_backup_plan", AIR_GAPPED, NEWEST),
    ("6.19", "aws_elasticache_replication_group", "availability_zones", OLDER),
    ("6.19", "aws_elasticache_replication_group", "cluster_mode.num_node_groups", OLDER),
    ("6.19", "aws_elasticache_replication_group", "cluster_mode.replicas_per_node_group", OLDER),
    ("6.19", "aws_elasticache_replication_group", "number_cache_clusters", OLDER),
    ("6.47", "aws_elasticache_replication_group", "availability_zones", OLDER),
    ("6.47", "aws_elasticache_replication_group", "cluster_mode.num_node_groups", OLDER),
    ("6.47", "aws_elasticache_replication_group", "cluster_mode.replicas_per_node_group", OLDER),
    ("6.47", "aws_elasticache_replication_group", "number_cache_clusters", OLDER),
    ("6.19", "aws_redshift_cluster", "snapshot_copy", OLDER),
    ("6.19", "aws_redshift_cluster", "snapshot_copy.destination_region", OLDER),
    ("6.19", "aws_redshift_cluster", "snapshot_copy.grant_name", OLDER),
    ("6.19", "aws_redshift_cluster", "snapshot_copy.retention_period", OLDER),
    ("6.47", "aws_redshift_cluster", "snapshot_copy", OLDER),
    ("6.47", "aws_redshift_cluster", "snapshot_copy.destination_region", OLDER),
    ("6.47", "aws_redshift_cluster", "snapshot_copy.grant_name", OLDER),
    ("6.47", "aws_redshift_cluster", "snapshot_copy.retention_period", OLDER),
    ("6.47", "aws_route53recoverycontrolconfig_cluster", "", RENAMED),
    ("6.47", "aws_route53recoverycontrolconfig_control_panel", "", RENAMED),
    ("6.47", "aws_route53recoverycontrolconfig_routing_control", "", RENAMED),
    ("6.47", "aws_route53recoverycontrolconfig_safety_rule", "", RENAMED),
];

const NEWER: &str = "it came after version 4.22";
const NEWEST: &str = "it came after version 6.19";
const AIR_GAPPED: &str = "rule.target_logically_air_gapped_backup_vault_arn";
const RENAMED: &str = "version 6.47 calls it aws_route53_recoverycontrolconfig_…";
const NEW_NAME: &str = "version 6.47 has this name for it";
const OLDER: &str = "older versions have it, and plans and states of theirs are still read";

/// What is read of types that this version has, and that it has not, is what is listed above.
fn check(version: &str, schema: &Schema, is_whole: bool) {
    let mut missing = BTreeSet::new();
    for kind in types() {
        match schema.missing(kind) {
            Some(paths) => missing.extend(paths.into_iter().map(|path| (kind.name, path))),
            None if is_whole => {
                missing.insert((kind.name, ""));
            }
            None => {}
        }
    }
    let listed: BTreeSet<_> =
        ELSEWHERE.iter().filter(|row| row.0 == version).map(|(_, kind, path, _)| (*kind, *path)).collect();
    assert_eq!(missing, listed, "version {version}");
}

#[test]
fn what_is_read_is_in_the_schema() {
    check("5.100", &committed(), true);
}

#[test]
fn what_is_read_is_in_the_schemas_of_the_corpus() {
    let Some(corpus) = std::env::var_os("SEAWORTHY_CORPUS") else {
        println!("skipped: SEAWORTHY_CORPUS is not set");
        return;
    };
    let folder = Path::new(&corpus).join("schema");
    for (version, file) in [("4.22", "aws-4.22.0.dr-subset.json"), ("6.19", "aws-6.19.0.dr-subset.json")] {
        check(version, &Schema::parse(&std::fs::read_to_string(folder.join(file)).unwrap()), false);
    }
    let all = Command::new("gzip").arg("-dc").arg(folder.join("aws-6.47.0.all-resources.json.gz")).output().unwrap();
    check("6.47", &Schema::parse(&String::from_utf8(all.stdout).unwrap()), true);
}

/// The plans are made of the schema of version 5.100, so that they have none of what it lacks.
fn is_elsewhere(kind: &Type, path: &str) -> bool {
    ELSEWHERE.iter().any(|row| (row.0, row.1) == ("5.100", kind.name) && (row.2.is_empty() || row.2 == path))
}

#[test]
fn what_is_declared_is_read() {
    let (heard, _) = &*RUN;
    let unread: Vec<_> = types()
        .flat_map(|kind| kind.attributes().map(move |path| (kind, path)))
        .filter(|(kind, path)| !kind.identities().any(|name| name == *path))
        .filter(|(kind, path)| !is_elsewhere(kind, path))
        .filter(|(kind, path)| !heard.reads.contains(&(kind.name, (*path).to_owned())))
        .map(|(kind, path)| format!("{}.{path}", kind.name))
        .collect();
    assert_eq!(unread, Vec::<String>::new());
    let nowhere: Vec<_> = heard.asked.iter().filter(|path| !types().any(|kind| kind.declares(path))).collect();
    assert_eq!(nowhere, Vec::<&String>::new());
}

/// The methods that read an attribute.
const READERS: &[&str] = &[
    "block",
    "block_if_set",
    "blocks",
    "blocks_if_set",
    "boolean",
    "boolean_or",
    "declares",
    "is_set",
    "is_whole",
    "link",
    "list",
    "number",
    "number_or",
    "sets",
    "state",
    "targets",
    "text",
    "text_if_set",
    "text_or",
];

/// Files with a place that takes more than a made-up plan to reach: members in two regions, or a replica that is refused.
/// `tests/global.rs` has plans for them.
const ELSEWHERE_REACHED: &[&str] =
    &["aws/elasticache/datastores.rs", "aws/global.rs", "aws/rds/refused.rs", "aws/rds/roles.rs"];

#[test]
fn every_place_that_reads_is_reached() {
    let (heard, _) = &*RUN;
    let mut missed = Vec::new();
    let mut sites = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/collect/terraform/aws")) {
        if ELSEWHERE_REACHED.iter().any(|file| path.ends_with(file)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned();
        for (line, column) in read_sites(&text) {
            sites += 1;
            if !heard.sites.contains(&(file.as_str(), line, column)) {
                missed.push(format!("{file}:{line}:{column}"));
            }
        }
    }
    assert!(sites > 100, "only {sites} places were found: the search is wrong");
    assert_eq!(missed, Vec::<String>::new());
}

/// Lines and columns of the calls of a reader with a name, in the code before the tests.
fn read_sites(text: &str) -> Vec<(u32, u32)> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for (at, _) in line.match_indices('.') {
            let rest = &line[at + 1..];
            let Some((name, arguments)) = rest.split_once('(') else { continue };
            let is_call = match name {
                // Also the name of other methods: that of attributes says to which resource.
                "link" => line[..at].ends_with("attrs"),
                "block" | "list" | "state" | "text" => !arguments.starts_with([')', '&']),
                name => READERS.contains(&name),
            };
            if is_call {
                found.push((number as u32 + 1, at as u32 + 2));
            }
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(sources(&path)) } else { found.push(path) }
    }
    found
}

/// A fact that a mapping says it takes from an attribute is there for some plan.
#[test]
fn every_fact_with_an_attribute_is_filled() {
    let (_, resources) = &*RUN;
    let mut left: BTreeSet<(&str, &str)> = types()
        .filter(|kind| kind.kind.is_some())
        .flat_map(|kind| kind.facts.iter().map(move |(fact, path)| (kind, *fact, *path)))
        .filter(|(kind, _, path)| !is_elsewhere(kind, path))
        .map(|(kind, fact, _)| (kind.name, fact))
        .collect();
    for resource in resources {
        let kind = resource.origin.terraform_type.as_deref().unwrap();
        let facts = serde_json::to_value(resource).unwrap();
        left.retain(|(name, fact)| *name != kind || facts.pointer(&format!("/{}", fact.replace('.', "/"))).is_none());
    }
    assert_eq!(left, BTreeSet::new());
}
