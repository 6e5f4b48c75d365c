//! Functions.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::{FunctionConfiguration, FunctionUrlConfig, PackageType, SnapStartApplyOn};

use super::super::read::{list, number, sorted};
use super::super::{Context, Sink, Trouble};
use super::common::{FUNCTION, tags};
use crate::collect::mentions::mentions;
use crate::model::{
    Capacity, Encryption, Fact, Kind, LogTarget, Mention, Network, Rel, Resource, RunImage, Shared, Status, TagFact,
    Traffic, Workload,
};
use crate::providers::aws::apigateway::host_of;
use crate::providers::aws::lambda::{layer_of, log_group};

/// What was found out about one function.
pub(super) struct Looked {
    pub(super) function: FunctionConfiguration,
    /// Lists leave the state out, and a description by itself gives it.
    pub(super) state: Option<Trouble>,
    /// Reserved concurrency. None: none is reserved.
    pub(super) reserved: Result<Option<i32>, Trouble>,
    pub(super) tags: Result<TagFact, Trouble>,
    /// Its URLs, and those of its versions and aliases.
    pub(super) urls: Result<Vec<FunctionUrlConfig>, Trouble>,
}

pub(super) async fn look(client: &Client, mut function: FunctionConfiguration) -> Looked {
    let name = function.function_name().unwrap_or_default().to_owned();
    let mut state = None;
    if function.state().is_none() {
        match client.get_function_configuration().function_name(&name).send().await {
            Ok(answer) => {
                function.state = answer.state;
                function.last_update_status = answer.last_update_status;
            }
            Err(error) => state = Some(Trouble::new("lambda:GetFunctionConfiguration", &error)),
        }
    }
    let reserved = match client.get_function_concurrency().function_name(&name).send().await {
        Ok(answer) => Ok(answer.reserved_concurrent_executions),
        Err(error) => Err(Trouble::new("lambda:GetFunctionConcurrency", &error)),
    };
    let tags = tags(client, function.function_arn().unwrap_or_default()).await;
    let pages = client.list_function_url_configs().function_name(&name).into_paginator().items().send();
    let urls = list("lambda:ListFunctionUrlConfigs", pages).await.whole();
    Looked { function, state, reserved, tags, urls }
}

pub(super) fn normalize(looked: Looked, cx: &Context, out: &mut Sink) -> Resource {
    let Looked { function, state, reserved, tags, urls } = looked;
    let name = function.function_name().unwrap_or_default();
    let id = function.function_arn().unwrap_or(name);
    let mut resource = Resource::new(Kind::of(FUNCTION), id, name, cx.place());
    out.tag(&mut resource, tags);
    if let Some(trouble) = state {
        out.gap_at(&mut resource, &["status.state", "status.healthy", "workload.last_update"], trouble);
    }
    let word = function.state().map(|state| state.as_str().to_lowercase());
    resource.status = Some(Shared::from(Status {
        // One that is inactive was not called for weeks: the next call fails, and wakes it up.
        healthy: Fact::from_known(word.as_deref().map(|word| word == "active")),
        state: Fact::from_known(word),
        created_at: Fact::Absent,
    }));
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::Known(true),
        key: Fact::from_read(function.kms_key_arn().filter(|key| !key.is_empty()).map(str::to_owned)),
    }));
    let reserved = match reserved {
        Ok(reserved) => Fact::from_read(reserved.and_then(|reserved| u32::try_from(reserved).ok())),
        Err(trouble) => {
            out.gap(&mut resource, "capacity.max", trouble);
            Fact::Unknown
        }
    };
    // It runs as often as it is asked for, up to that.
    resource.capacity = Some(Shared::from(Capacity {
        min: Fact::Unknown,
        desired: Fact::Absent,
        max: reserved,
        types: Fact::Absent,
        suspended: Fact::Absent,
    }));
    resource.mark_unknown("capacity.min", "provisioned concurrency is not read");
    traffic(urls, id, &mut resource, out);
    network(&function, &mut resource);
    workload(&function, name, cx, &mut resource);
    resource.link(Rel::Assumes, function.role());
    resource.link(Rel::EncryptedBy, function.kms_key_arn().filter(|key| !key.is_empty()));
    for system in function.file_system_configs() {
        resource.link_from(Rel::Mounts, Some(system.arn()), Some(system.local_mount_path()));
    }
    let dead_letters = function.dead_letter_config().and_then(|config| config.target_arn());
    resource.link_from(Rel::SendsTo, dead_letters.filter(|target| !target.is_empty()), Some("dead letters"));
    resource
}

/// The host names of its URLs: first its own, then those of its versions and aliases.
fn traffic(urls: Result<Vec<FunctionUrlConfig>, Trouble>, id: &str, resource: &mut Resource, out: &mut Sink) {
    let hosts = match urls {
        Ok(urls) => {
            let host = |url: &FunctionUrlConfig| host_of(url.function_url());
            let of = |is_own: bool| sorted(urls.iter().filter(|url| (url.function_arn() == id) == is_own).map(host));
            Some((of(true), of(false)))
        }
        Err(trouble) => {
            out.gap_at(resource, &["traffic.aliases", "traffic.dns_name"], trouble);
            None
        }
    };
    let (dns_name, aliases) = hosts.map_or((Fact::Unknown, Fact::Unknown), |(own, others)| {
        (Fact::from_read(own.into_iter().next()), Fact::Known(others))
    });
    resource.traffic = Some(Shared::from(Traffic { dns_name, aliases, ..Traffic::default() }));
}

fn network(function: &FunctionConfiguration, resource: &mut Resource) {
    let config = function.vpc_config();
    let subnets = sorted(config.map(|config| config.subnet_ids()).unwrap_or_default());
    let groups = sorted(config.map(|config| config.security_group_ids()).unwrap_or_default());
    for subnet in &subnets {
        resource.link(Rel::InSubnet, Some(subnet));
    }
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    let known = |list: Vec<String>| Fact::from_read(Some(list).filter(|list| !list.is_empty()));
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_read(
            config.and_then(|config| config.vpc_id()).filter(|vpc| !vpc.is_empty()).map(str::to_owned),
        ),
        subnets: known(subnets),
        security_groups: known(groups),
        ports: Fact::Absent,
        ..Network::default()
    }));
}

fn workload(function: &FunctionConfiguration, name: &str, cx: &Context, resource: &mut Resource) {
    for layer in function.layers().iter().filter_map(|layer| layer.arn()) {
        let (layer, version) = layer_of(layer);
        resource.link_from(Rel::UsesImage, Some(layer), version);
    }
    let group = function.logging_config().and_then(|config| config.log_group());
    let group = group.map_or_else(|| log_group(name), str::to_owned);
    resource.link(Rel::LogsTo, Some(&group));
    let is_image = function.package_type() == Some(&PackageType::Image);
    let hash = function.code_sha256();
    // What names the image in its registry also gives out a link to the code, and is not called.
    let images = if is_image {
        resource
            .mark_unknown("workload.images.reference", "only lambda:GetFunction tells, which gives out the code, too");
        Fact::Known(vec![image(hash, cx)])
    } else {
        Fact::Known(Vec::new())
    };
    resource.workload = Some(Shared::from(Workload {
        instance_profiles: Fact::Absent,
        launch_images: Fact::Absent,
        family: name.into(),
        definition: Fact::Absent,
        images,
        mentions: environment(function, resource),
        logs: Fact::Known(vec![LogTarget {
            at: "function".into(),
            group: Fact::Known(group),
            region: cx.region.as_str().into(),
            creates: Fact::Known(true),
        }]),
        launch_types: Fact::from_read(function.runtime().map(|runtime| vec![runtime.as_str().to_owned()])),
        code_hash: Fact::from_known(hash.map(str::to_owned)),
        last_update: Fact::from_known(function.last_update_status().map(|it| it.as_str().to_lowercase())),
        architectures: Fact::Known(sorted(function.architectures().iter().map(|it| it.as_str()))),
        memory_mib: number(function.memory_size()),
        cpu_units: Fact::Absent,
        snap_start: Fact::Known(
            function.snap_start().and_then(|it| it.apply_on()) == Some(&SnapStartApplyOn::PublishedVersions),
        ),
        revision: Fact::Absent,
    }));
}

/// Of an image the hash of the code is its digest.
fn image(hash: Option<&str>, cx: &Context) -> RunImage {
    let digest = hash.filter(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    RunImage {
        at: "function".into(),
        // A function runs no image of another region.
        region: cx.region.as_str().into(),
        digest: Fact::from_known(digest.map(|digest| format!("sha256:{digest}"))),
        tag: Fact::Unknown,
        ..RunImage::default()
    }
}

/// What the values of its environment name. The values themselves are not kept.
fn environment(function: &FunctionConfiguration, resource: &mut Resource) -> Fact<Vec<Mention>> {
    let Some(environment) = function.environment() else { return Fact::Known(Vec::new()) };
    if environment.error().is_some() {
        resource.mark_unknown("workload.mentions", "its environment could not be decrypted for the list");
        return Fact::Unknown;
    }
    let mut variables: Vec<_> = environment.variables().into_iter().flatten().collect();
    variables.sort_unstable();
    let found = variables.into_iter().flat_map(|(name, value)| mentions(value, &format!("environment {name}")));
    Fact::Known(found.collect())
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_lambda::types::{
        Architecture, DeadLetterConfig, EnvironmentResponse, FileSystemConfig, FunctionUrlAuthType, LastUpdateStatus,
        Layer, LoggingConfig, Runtime, SnapStartResponse, State, VpcConfigResponse,
    };
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::model::{Tags, Timestamp};

    const ARN: &str = "arn:aws:lambda:us-east-1:111122223333:function:orders";

    fn normalized(looked: Looked) -> (Value, usize) {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let mut out = Sink::default();
        let resource = normalize(looked, &cx, &mut out);
        (serde_json::to_value(resource).unwrap(), out.gaps.len())
    }

    #[test]
    fn a_function_with_everything_is_a_resource_and_no_value_of_its_environment() {
        let function = FunctionConfiguration::builder()
            .function_name("orders")
            .function_arn(ARN)
            .runtime(Runtime::Python312)
            .role("arn:aws:iam::111122223333:role/orders")
            .state(State::Active)
            .last_update_status(LastUpdateStatus::Successful)
            .code_sha256("hash=")
            .memory_size(256)
            .architectures(Architecture::Arm64)
            .kms_key_arn("arn:aws:kms:us-east-1:111122223333:key/1")
            .vpc_config(
                VpcConfigResponse::builder()
                    .vpc_id("vpc-1")
                    .subnet_ids("subnet-2")
                    .subnet_ids("subnet-1")
                    .security_group_ids("sg-1")
                    .build(),
            )
            .environment(
                EnvironmentResponse::builder()
                    .variables("DB_HOST", "orders.abc.us-east-1.rds.amazonaws.com")
                    .variables("PASSWORD", "hunter2")
                    .build(),
            )
            .layers(Layer::builder().arn("arn:aws:lambda:us-east-1:111122223333:layer:shared:3").build())
            .file_system_configs(
                FileSystemConfig::builder()
                    .arn("arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1")
                    .local_mount_path("/mnt/data")
                    .build()
                    .unwrap(),
            )
            .dead_letter_config(
                DeadLetterConfig::builder().target_arn("arn:aws:sqs:us-east-1:111122223333:dead").build(),
            )
            .logging_config(LoggingConfig::builder().log_group("/shop/orders").build())
            .snap_start(SnapStartResponse::builder().apply_on(SnapStartApplyOn::PublishedVersions).build())
            .build();
        let tags = Tags::from_iter([("app".to_owned(), "shop".to_owned())]);
        let url = |arn: &str, id: &str| {
            let url = FunctionUrlConfig::builder().function_arn(arn).creation_time("").last_modified_time("");
            let url = url.function_url(format!("https://{id}.lambda-url.us-east-1.on.aws/"));
            url.auth_type(FunctionUrlAuthType::None).build().unwrap()
        };
        let looked = Looked {
            function,
            state: None,
            reserved: Ok(Some(5)),
            tags: Ok(Fact::Known(tags.into())),
            urls: Ok(vec![url(&format!("{ARN}:live"), "b"), url(ARN, "a")]),
        };
        let at = "environment DB_HOST";
        let host = "orders.abc.us-east-1.rds.amazonaws.com";
        let expected = json!({
            "id": ARN, "kind": "aws.lambda.function", "name": "orders",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {"state": "active", "healthy": true, "created_at": null},
            "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/1"},
            "capacity": {"desired": null, "max": 5, "types": null, "suspended": null},
            "network": {
                "vpc": "vpc-1", "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "ports": null,
            },
            "traffic": {
                "dns_name": "a.lambda-url.us-east-1.on.aws", "aliases": ["b.lambda-url.us-east-1.on.aws"],
            },
            "workload": {
                "family": "orders", "revision": null, "definition": null, "images": [],
                "mentions": [{"at": at, "what": "endpoint", "value": host, "region": "us-east-1"}],
                "logs": [{"at": "function", "group": "/shop/orders", "region": "us-east-1", "creates": true}],
                "instance_profiles": null, "launch_images": null, "launch_types": ["python3.12"],
                "code_hash": "hash=", "last_update": "successful",
                "architectures": ["arm64"], "memory_mib": 256, "cpu_units": null, "snap_start": true,
            },
            "links": [
                {"rel": "in-subnet", "to": "subnet-1"},
                {"rel": "in-subnet", "to": "subnet-2"},
                {"rel": "filtered-by", "to": "sg-1"},
                {"rel": "uses-image", "to": "arn:aws:lambda:us-east-1:111122223333:layer:shared", "at": "3"},
                {"rel": "logs-to", "to": "/shop/orders"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/orders"},
                {"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/1"},
                {"rel": "mounts", "to": "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1",
                 "at": "/mnt/data"},
                {"rel": "sends-to", "to": "arn:aws:sqs:us-east-1:111122223333:dead", "at": "dead letters"},
            ],
            "unknown": {"capacity.min": "provisioned concurrency is not read"},
            "origin": {"source": ""},
        });
        assert_eq!(normalized(looked), (expected, 0));
    }

    #[test]
    fn what_was_denied_is_unknown_and_an_image_has_its_digest() {
        let denied = |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let digest = "ab".repeat(32);
        let function = FunctionConfiguration::builder()
            .function_name("resize")
            .function_arn(ARN)
            .package_type(PackageType::Image)
            .code_sha256(&digest)
            .build();
        let looked = Looked {
            function,
            state: Some(denied("lambda:GetFunctionConfiguration")),
            reserved: Err(denied("lambda:GetFunctionConcurrency")),
            tags: Err(denied("lambda:ListTags")),
            urls: Err(denied("lambda:ListFunctionUrlConfigs")),
        };
        let expected = json!({
            "id": ARN, "kind": "aws.lambda.function", "name": "resize",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"created_at": null},
            "encryption": {"enabled": true, "key": null},
            "capacity": {"desired": null, "types": null, "suspended": null},
            "network": {"vpc": null, "subnets": null, "security_groups": null, "ports": null},
            "traffic": {},
            "workload": {
                "family": "resize", "revision": null, "definition": null,
                "images": [{"at": "function", "region": "us-east-1", "digest": format!("sha256:{digest}")}], "mentions": [],
                "logs": [{"at": "function", "group": "/aws/lambda/resize", "region": "us-east-1", "creates": true}],
                "instance_profiles": null, "launch_images": null, "launch_types": null,
                "code_hash": digest, "architectures": [], "snap_start": false, "cpu_units": null,
            },
            "links": [{"rel": "logs-to", "to": "/aws/lambda/resize"}],
            "unknown": {
                "capacity.max": "lambda:GetFunctionConcurrency denied: AccessDenied",
                "capacity.min": "provisioned concurrency is not read",
                "status.healthy": "lambda:GetFunctionConfiguration denied: AccessDenied",
                "status.state": "lambda:GetFunctionConfiguration denied: AccessDenied",
                "tags": "lambda:ListTags denied: AccessDenied",
                "traffic.aliases": "lambda:ListFunctionUrlConfigs denied: AccessDenied",
                "traffic.dns_name": "lambda:ListFunctionUrlConfigs denied: AccessDenied",
                "workload.images.reference": "only lambda:GetFunction tells, which gives out the code, too",
                "workload.last_update": "lambda:GetFunctionConfiguration denied: AccessDenied",
            },
            "origin": {"source": ""},
        });
        assert_eq!(normalized(looked), (expected, 4));
    }
}
