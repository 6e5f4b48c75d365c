//! Task definitions. Their containers are a text in JSON, which is not known as long as anything in it is not; then what the
//! code refers to in it still is.

use super::super::iam::ASSUMED;
use super::super::provider::TYPE;
use crate::collect::containers::{self, Container};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Fact, Protection, Rel, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_ecs_task_definition",
        kind: Some("aws.ecs.task-definition"),
        global_id: "arn",
        names: &["family"],
        facts: &[
            ("network.ports", CONTAINERS),
            ("protection.kept_when_deleted", "skip_destroy"),
            ("workload.cpu_units", "cpu"),
            ("workload.family", "family"),
            ("workload.images", CONTAINERS),
            ("workload.launch_types", "requires_compatibilities"),
            ("workload.logs", CONTAINERS),
            ("workload.mentions", CONTAINERS),
            ("workload.revision", "revision"),
        ],
        reads: &["execution_role_arn", "task_role_arn", "volume.efs_volume_configuration.file_system_id"],
        ..TYPE
    },
    maps: Maps::Resource(definition),
}];

const CONTAINERS: &str = "container_definitions";

/// What a reference in the text means, by the type that it names.
const REFERRED: &[(Rel, &[&str])] = &[
    (
        Rel::ConnectsTo,
        &[
            "aws_db_instance",
            "aws_docdb_cluster",
            "aws_elasticache_cluster",
            "aws_elasticache_replication_group",
            "aws_elasticache_serverless_cache",
            "aws_neptune_cluster",
            "aws_rds_cluster",
        ],
    ),
    (Rel::LogsTo, &["aws_cloudwatch_log_group"]),
    (Rel::ReadsSecret, &["aws_secretsmanager_secret", "aws_ssm_parameter"]),
    (Rel::UsesImage, &["aws_ecr_repository"]),
];

fn definition(attrs: &Attrs<'_>, resource: &mut Resource) {
    match attrs.state(CONTAINERS) {
        State::Known(value) => {
            match value.as_str().and_then(|text| serde_json::from_str::<Vec<Container>>(text).ok()) {
                Some(all) => containers::fill(&all, resource),
                None => doubt(resource, "its container definitions are no JSON that is understood"),
            }
        }
        State::Null | State::Unset => doubt(resource, "its container definitions are not set"),
        State::Unknown(reason) => doubt(resource, reason),
    }
    if !attrs.is_whole(CONTAINERS) || !matches!(attrs.state(CONTAINERS), State::Known(_)) {
        refer(attrs, resource);
    }
    let kept_when_deleted = attrs.boolean_or("skip_destroy", false);
    resource.protection = Some(Shared::from(Protection { kept_when_deleted, ..Protection::default() }));
    let workload = resource.workload.get_or_insert_default();
    workload.family = attrs.text("family");
    workload.revision = attrs.number("revision");
    workload.cpu_units = match attrs.text_if_set("cpu") {
        Fact::Known(text) => containers::cpu_units(&text),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    workload.launch_types = match attrs.list("requires_compatibilities") {
        Fact::Absent => Fact::Known(Vec::new()),
        list => list.map(|words| words.iter().map(|word| word.to_lowercase()).collect()),
    };
    attrs.link(resource, Rel::Assumes, "", "task_role_arn", ASSUMED);
    attrs.link(resource, Rel::Assumes, "", "execution_role_arn", ASSUMED);
    for volume in attrs.blocks_if_set("volume").into_known().unwrap_or_default() {
        if let Fact::Known(system) = volume.block("efs_volume_configuration") {
            system.link(resource, Rel::Mounts, "", "file_system_id", &["aws_efs_file_system"]);
        }
    }
}

fn doubt(resource: &mut Resource, reason: &str) {
    for path in ["network.ports", "workload.images", "workload.logs", "workload.mentions"] {
        resource.mark_unknown(
            path,
            if reason == AFTER_APPLY { "its container definitions are known only after apply" } else { reason },
        );
    }
    resource.workload.get_or_insert_default();
    resource.network.get_or_insert_default();
}

/// Links to what the code of the text refers to. More may be named in it by value.
fn refer(attrs: &Attrs<'_>, resource: &mut Resource) {
    for (rel, types) in REFERRED {
        for id in attrs.all_targets(CONTAINERS, types).ids() {
            resource.link_from(*rel, Some(id), Some(CONTAINERS));
        }
    }
}
