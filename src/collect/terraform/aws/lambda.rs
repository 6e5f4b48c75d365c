//! Functions, what hands them events, and the layers of code that they share.

mod aliases;
mod functions;
mod parts;
mod sources;

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Protection, Resource, Shared};
pub(super) use aliases::{function_among, function_of};

/// Types of the URLs of functions.
pub(super) const URLS: &[&str] = &["aws_lambda_function_url"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_lambda_function",
            kind: Some("aws.lambda.function"),
            global_id: "arn",
            names: &["function_name", "invoke_arn"],
            facts: &[
                ("capacity.max", "reserved_concurrent_executions"),
                ("encryption.key", "kms_key_arn"),
                ("network.security_groups", "vpc_config.security_group_ids"),
                ("network.subnets", "vpc_config.subnet_ids"),
                ("workload.architectures", "architectures"),
                ("workload.code_hash", "source_code_hash"),
                ("workload.images", "image_uri"),
                ("workload.launch_types", "runtime"),
                ("workload.logs", "logging_config.log_group"),
                ("workload.memory_mib", "memory_size"),
                ("workload.mentions", "environment.variables"),
                ("workload.snap_start", "snap_start.apply_on"),
            ],
            reads: &[
                "code_sha256",
                "dead_letter_config.target_arn",
                "file_system_config.arn",
                "file_system_config.local_mount_path",
                "layers",
                "role",
                "vpc_config.vpc_id",
            ],
            ..TYPE
        },
        maps: Maps::Resource(functions::function),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_event_source_mapping",
            kind: Some("aws.lambda.event-source-mapping"),
            global_id: "arn",
            names: &["uuid"],
            facts: &[("status.healthy", "enabled"), ("status.state", "enabled")],
            reads: &["event_source_arn", "function_name"],
            ..TYPE
        },
        maps: Maps::Resource(sources::mapping),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_layer_version",
            kind: Some("aws.lambda.layer"),
            global_id: "layer_arn",
            names: &["layer_name", "arn"],
            facts: &[("protection.kept_when_deleted", "skip_destroy")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(layer),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_alias",
            kind: None,
            global_id: "arn",
            names: &["arn", "invoke_arn"],
            facts: &[],
            reads: &["function_name"],
            ..TYPE
        },
        maps: Maps::Part(parts::alias, None),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_function_event_invoke_config",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &[
                "destination_config.on_failure.destination",
                "destination_config.on_success.destination",
                "function_name",
            ],
            ..TYPE
        },
        maps: Maps::Part(parts::destinations, None),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_function_url",
            kind: None,
            global_id: "",
            names: &["function_url"],
            facts: &[],
            reads: &["function_name", "qualifier"],
            ..TYPE
        },
        maps: Maps::Part(parts::url, None),
    },
    Mapping {
        of: Type {
            name: "aws_lambda_provisioned_concurrency_config",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["function_name", "provisioned_concurrent_executions"],
            ..TYPE
        },
        maps: Maps::Part(parts::kept_warm, None),
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

/// That it is there, and stays, is all that matters of it.
fn layer(attrs: &Attrs<'_>, resource: &mut Resource) {
    let kept_when_deleted = attrs.boolean_or("skip_destroy", false);
    resource.protection = Some(Shared::from(Protection { kept_when_deleted, ..Protection::default() }));
}
