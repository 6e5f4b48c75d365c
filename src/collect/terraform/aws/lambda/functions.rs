//! Functions.

use serde_json::Value;

use super::super::ec2::in_subnets;
use super::super::efs;
use super::super::iam::ASSUMED;
use super::super::kms;
use crate::collect::mentions::mentions;
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::world::Referent;
use crate::model::{
    Capacity, Encryption, Fact, LogTarget, Mention, Network, Rel, Resource, RunImage, Shared, Workload,
};
use crate::providers::aws::lambda::{layer_of, log_group};

const GROUPS: &[&str] = &["aws_default_security_group", "aws_security_group"];

pub(super) fn function(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.state("kms_key_arn") {
        State::Null | State::Unset => Fact::Absent,
        State::Known(Value::String(text)) if text.is_empty() => Fact::Absent,
        _ => kms::encrypted_by(attrs, resource, "kms_key_arn"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.capacity = Some(Shared::from(Capacity {
        min: Fact::Unknown,
        desired: Fact::Absent,
        max: reserved(attrs),
        types: Fact::Absent,
        suspended: Fact::Absent,
    }));
    resource.mark_unknown("capacity.min", "it may be kept warm elsewhere");
    network(attrs, resource);
    attrs.link(resource, Rel::Assumes, "", "role", ASSUMED);
    for system in attrs.blocks("file_system_config").into_known().into_iter().flatten() {
        let at = system.text("local_mount_path");
        resource.link_from(Rel::Mounts, efs::by_access_point(&system, "arn"), at.text());
    }
    if let Fact::Known(config) = attrs.block("dead_letter_config")
        && let Fact::Known(target) = config.text("target_arn")
    {
        resource.link_from(Rel::SendsTo, Some(target), Some("dead letters"));
    }
    let layers = attrs.all_targets("layers", &["aws_lambda_layer_version"]);
    for layer in &layers.found {
        match layer {
            Referent::Here(_, id) => resource.link(Rel::UsesImage, Some(id)),
            Referent::Elsewhere(arn) => {
                let (layer, version) = layer_of(arn);
                resource.link_from(Rel::UsesImage, Some(layer), version);
            }
        }
    }
    let workload = workload(attrs, resource);
    resource.workload = Some(Shared::from(workload));
}

/// -1 stands for none.
fn reserved(attrs: &Attrs<'_>) -> Fact<u32> {
    match attrs.state("reserved_concurrent_executions") {
        State::Known(value) if value.as_i64() == Some(-1) => Fact::Absent,
        State::Null | State::Unset => Fact::Absent,
        _ => attrs.number("reserved_concurrent_executions"),
    }
}

fn network(attrs: &Attrs<'_>, resource: &mut Resource) {
    let facts = match attrs.block("vpc_config") {
        Fact::Known(config) => {
            let groups = config.all_targets("security_group_ids", GROUPS);
            let ids = groups.ids();
            for id in &ids {
                resource.link(Rel::FilteredBy, Some(id));
            }
            let security_groups = match groups.unknown {
                Some(reason) => {
                    resource.mark_unknown("network.security_groups", reason);
                    Fact::Unknown
                }
                None => Fact::from_read(Some(ids.into_iter().collect::<Vec<_>>()).filter(|ids| !ids.is_empty())),
            };
            let subnets = in_subnets(&config, resource, "subnet_ids");
            Network { vpc: config.text("vpc_id"), subnets, security_groups, ports: Fact::Absent, ..Network::default() }
        }
        Fact::Absent => Network {
            vpc: Fact::Absent,
            subnets: Fact::Absent,
            security_groups: Fact::Absent,
            ports: Fact::Absent,
            ..Network::default()
        },
        Fact::Unknown => Network { ports: Fact::Absent, ..Network::default() },
    };
    // Its zones are found from the subnets when everything is linked, through both doors alike.
    resource.redundancy = None;
    resource.network = Some(Shared::from(facts));
}

fn workload(attrs: &Attrs<'_>, resource: &mut Resource) -> Workload {
    let name = attrs.text("function_name");
    let group = match attrs.block_if_set("logging_config") {
        Fact::Known(config) => config.text_if_set("log_group"),
        other => other.map(|_| String::new()),
    };
    let group = match group {
        Fact::Absent => name.as_ref().map(|name| log_group(name)),
        group => group,
    };
    resource.link(Rel::LogsTo, group.text().map(str::to_owned));
    Workload {
        instance_profiles: Fact::Absent,
        launch_images: Fact::Absent,
        family: name,
        revision: Fact::Absent,
        definition: Fact::Absent,
        images: image(attrs),
        mentions: environment(attrs, resource),
        logs: Fact::Known(vec![LogTarget {
            at: "function".into(),
            group,
            region: resource.place.region.clone(),
            creates: Fact::Known(true),
        }]),
        launch_types: attrs.text_if_set("runtime").map(|runtime| vec![runtime]),
        // The hash of the package that the code names is the one that the service then tells.
        code_hash: match attrs.text("code_sha256") {
            Fact::Known(hash) if !attrs.is_updated("source_code_hash") => Fact::Known(hash),
            _ => match attrs.text("source_code_hash") {
                Fact::Known(hash) => Fact::Known(hash),
                _ => Fact::Unknown,
            },
        },
        last_update: Fact::Unknown,
        architectures: match attrs.list("architectures") {
            Fact::Unknown if !attrs.is_set("architectures") => Fact::Known(vec!["x86_64".to_owned()]),
            list => list,
        },
        memory_mib: attrs.number_or("memory_size", 128),
        cpu_units: Fact::Absent,
        snap_start: match attrs.block_if_set("snap_start") {
            Fact::Known(config) => config.text("apply_on").map(|word| word == "PublishedVersions"),
            Fact::Absent => Fact::Known(false),
            Fact::Unknown => Fact::Unknown,
        },
    }
}

/// The image that it runs, where it is none of a package of code.
fn image(attrs: &Attrs<'_>) -> Fact<Vec<RunImage>> {
    match attrs.text_if_set("image_uri") {
        Fact::Known(reference) => Fact::Known(vec![run_image(&reference)]),
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    }
}

fn run_image(reference: &str) -> RunImage {
    let (name, digest) = match reference.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (reference, None),
    };
    let (registry, path) = name.split_once('/').unwrap_or(("", name));
    let (repository, tag) = match path.rsplit_once(':') {
        Some((repository, tag)) => (repository, Some(tag)),
        None => (path, None),
    };
    // `ACCOUNT.dkr.ecr.REGION.amazonaws.com`: functions run images of no other registry.
    let place = registry.split_once(".dkr.ecr.").and_then(|(account, rest)| Some((account, rest.split('.').next()?)));
    let text = |text: Option<&str>| Fact::from_read(text.map(str::to_owned));
    RunImage {
        at: "function".into(),
        reference: reference.into(),
        region: text(place.map(|(_, region)| region)),
        account: text(place.map(|(account, _)| account)),
        repository: repository.into(),
        tag: if digest.is_none() { tag.unwrap_or("latest").into() } else { text(tag) },
        digest: text(digest),
    }
}

/// What the values of its environment name. The values themselves are not kept.
fn environment(attrs: &Attrs<'_>, resource: &mut Resource) -> Fact<Vec<Mention>> {
    let config = match attrs.block("environment") {
        Fact::Known(config) => config,
        Fact::Absent => return Fact::Known(Vec::new()),
        Fact::Unknown => return Fact::Unknown,
    };
    match config.state("variables") {
        State::Known(Value::Object(variables)) => {
            if !config.is_whole("variables") {
                resource.mark_unknown("workload.mentions", AFTER_APPLY);
            }
            let texts = variables.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
            Fact::Known(texts.flat_map(|(name, value)| mentions(value, &format!("environment {name}"))).collect())
        }
        State::Null | State::Unset => Fact::Known(Vec::new()),
        State::Known(_) => Fact::Unknown,
        State::Unknown(reason) => {
            resource.mark_unknown("workload.mentions", reason);
            Fact::Unknown
        }
    }
}
