//! Definitions of tasks: the newest of each family, and those that services run.

use std::collections::BTreeSet;

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{ContainerDefinition, Tag, TaskDefinition, TaskDefinitionFamilyStatus, TaskDefinitionField};

use super::super::read::{list, number, sorted, together};
use super::super::{Context, Sink, Trouble, TroubleClass};
use super::common::{DEFINITION, status, tags};
use crate::collect::containers::{
    self, Container, Credentials, EnvironmentFile, LogConfiguration, PortMapping, SecretRef, Variable, cpu_units,
};
use crate::model::{Fact, Kind, Place, Rel, Resource, Shared, Workload};
use crate::providers::aws::names;

/// `run` holds the ARNs of what services run.
pub(super) async fn collect(
    client: &Client,
    run: BTreeSet<String>,
    cx: &Context,
    out: &mut Sink,
) -> Result<(), Trouble> {
    let call = client.list_task_definition_families().status(TaskDefinitionFamilyStatus::Active);
    let families = list("ecs:ListTaskDefinitionFamilies", call.into_paginator().items().send()).await;
    let families = out.listed(&[DEFINITION], families)?;
    let newest = describe(client, &families, cx, out).await;
    let run: Vec<String> = run.into_iter().filter(|arn| !newest.contains(arn)).collect();
    describe(client, &run, cx, out).await;
    Ok(())
}

async fn describe(client: &Client, names: &[String], cx: &Context, out: &mut Sink) -> BTreeSet<String> {
    const ACTION: &str = "ecs:DescribeTaskDefinition";
    let call = |name: &String| {
        client.describe_task_definition().task_definition(name).include(TaskDefinitionField::Tags).send()
    };
    let mut found = BTreeSet::new();
    for (name, answer) in names.iter().zip(together(names.iter().map(call)).await) {
        let answer = answer.map_err(|error| Trouble::new(ACTION, &error));
        let resource =
            match answer.and_then(|it| it.task_definition.zip(Some(it.tags)).ok_or_else(|| Trouble::empty(ACTION))) {
                Ok((definition, tags)) => normalize(&definition, &tags.unwrap_or_default(), cx.place()),
                // Deregistered since it was listed.
                Err(trouble) if trouble.class == TroubleClass::NotFound => continue,
                Err(trouble) => undescribed(name, trouble, cx, out),
            };
        found.insert(resource.id.clone());
        out.push(resource);
    }
    found
}

/// A family or a definition that may not be described stays, with its reasons.
fn undescribed(name: &str, trouble: Trouble, cx: &Context, out: &mut Sink) -> Resource {
    let arn = || {
        let partition = names::partition(&cx.region);
        format!("arn:{partition}:ecs:{}:{}:task-definition/{name}", cx.region, cx.account)
    };
    let id = if name.starts_with("arn:") { name.to_owned() } else { arn() };
    let family = names::tail(name.rsplit_once(':').filter(|_| name.starts_with("arn:")).map_or(name, |(arn, _)| arn));
    let mut resource = Resource::new(Kind::of(DEFINITION), id, family, cx.place());
    resource.workload = Some(Shared::from(Workload { family: family.into(), ..Workload::default() }));
    let paths = [
        "status.healthy",
        "status.state",
        "tags",
        "workload.cpu_units",
        "workload.images",
        "workload.logs",
        "workload.mentions",
    ];
    out.gap_at(&mut resource, &paths, trouble);
    resource
}

fn normalize(definition: &TaskDefinition, own_tags: &[Tag], place: Place) -> Resource {
    let family = definition.family().unwrap_or_default();
    let id = definition.task_definition_arn().unwrap_or(family);
    let mut resource = Resource::new(Kind::of(DEFINITION), id, family, place);
    resource.tags = tags(own_tags);
    resource.status = Some(status(definition.status().map(|status| status.as_str()), definition.registered_at()));
    let all: Vec<Container> = definition.container_definitions().iter().map(container).collect();
    containers::fill(&all, &mut resource);
    let workload = resource.workload.get_or_insert_default();
    workload.family = family.into();
    workload.revision = number(Some(definition.revision()));
    let kinds = definition.requires_compatibilities().iter().map(|kind| kind.as_str().to_lowercase());
    workload.launch_types = sorted(kinds).into();
    workload.cpu_units = definition.cpu().map_or(Fact::Absent, cpu_units);
    resource.link_from(Rel::Assumes, definition.task_role_arn(), Some("task role"));
    resource.link_from(Rel::Assumes, definition.execution_role_arn(), Some("execution role"));
    for volume in definition.volumes() {
        let system = volume.efs_volume_configuration().map(|it| it.file_system_id());
        let at = format!("volume {}", volume.name().unwrap_or_default());
        resource.link_from(Rel::Mounts, system, Some(&at));
    }
    resource
}

fn container(it: &ContainerDefinition) -> Container {
    let secret = |it: &aws_sdk_ecs::types::Secret| SecretRef {
        name: it.name().to_owned(),
        value_from: it.value_from().to_owned(),
    };
    let log = |it: &aws_sdk_ecs::types::LogConfiguration| LogConfiguration {
        log_driver: it.log_driver().as_str().to_owned(),
        options: it.options().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect(),
        secret_options: it.secret_options().iter().map(secret).collect(),
    };
    let variable = |name: Option<&str>, value: Option<&str>| Variable {
        name: name.unwrap_or_default().to_owned(),
        value: value.unwrap_or_default().to_owned(),
    };
    let port = |port: i32| PortMapping { container_port: u32::try_from(port).ok() };
    Container {
        name: it.name().unwrap_or_default().to_owned(),
        image: it.image().map(str::to_owned),
        environment: it.environment().iter().map(|it| variable(it.name(), it.value())).collect(),
        environment_files: it
            .environment_files()
            .iter()
            .map(|it| EnvironmentFile { value: it.value().to_owned() })
            .collect(),
        secrets: it.secrets().iter().map(secret).collect(),
        command: it.command().to_vec(),
        entry_point: it.entry_point().to_vec(),
        log_configuration: it.log_configuration().map(log),
        port_mappings: it.port_mappings().iter().filter_map(|it| it.container_port()).map(port).collect(),
        repository_credentials: it
            .repository_credentials()
            .map(|it| Credentials { credentials_parameter: it.credentials_parameter().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_ecs::types::{
        Compatibility, EfsVolumeConfiguration, KeyValuePair, LogConfiguration, LogDriver, PortMapping,
        RepositoryCredentials, Secret, TaskDefinitionStatus, Volume,
    };
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn a_definition_that_may_not_be_described_stays_with_its_reasons() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let denied =
            Trouble { action: "ecs:DescribeTaskDefinition", class: TroubleClass::Denied, reason: "no".to_owned() };
        let why = "ecs:DescribeTaskDefinition denied: no";
        for (name, id) in [
            ("api", "task-definition/api"),
            ("arn:aws:ecs:us-east-1:111122223333:task-definition/api:3", "task-definition/api:3"),
        ] {
            let expected = json!({
                "id": format!("arn:aws:ecs:us-east-1:111122223333:{id}"), "kind": "aws.ecs.task-definition", "name": "api",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "workload": {"family": "api"},
                "unknown": {
                    "status.healthy": why, "status.state": why, "tags": why, "workload.cpu_units": why,
                    "workload.images": why, "workload.logs": why, "workload.mentions": why,
                },
                "origin": {"source": ""},
            });
            let found = undescribed(name, denied.clone(), &cx, &mut Sink::default());
            assert_eq!(serde_json::to_value(found).unwrap(), expected);
        }
    }

    #[test]
    fn a_definition_tells_what_its_containers_need() {
        let log = LogConfiguration::builder().log_driver(LogDriver::Awslogs).options("awslogs-group", "/shop/api");
        let container = ContainerDefinition::builder()
            .name("api")
            .image("111122223333.dkr.ecr.us-east-1.amazonaws.com/shop@sha256:ab")
            .environment(KeyValuePair::builder().name("DB_HOST").value("orders.x.us-east-1.rds.amazonaws.com").build())
            .secrets(Secret::builder().name("KEY").value_from("/shop/key").build().unwrap())
            .command("serve")
            .command("--region=us-east-1")
            .log_configuration(log.options("awslogs-create-group", "true").build().unwrap())
            .port_mappings(PortMapping::builder().container_port(8080).build())
            .repository_credentials(
                RepositoryCredentials::builder()
                    .credentials_parameter("arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-AbCdEf")
                    .build()
                    .unwrap(),
            )
            .build();
        let system = EfsVolumeConfiguration::builder().file_system_id("fs-0123456789abcdef0").build().unwrap();
        let arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/api:7";
        let definition = TaskDefinition::builder()
            .task_definition_arn(arn)
            .family("api")
            .revision(7)
            .status(TaskDefinitionStatus::Active)
            .requires_compatibilities(Compatibility::Fargate)
            .cpu("512")
            .task_role_arn("arn:aws:iam::111122223333:role/api")
            .execution_role_arn("arn:aws:iam::111122223333:role/ecs")
            .container_definitions(container)
            .volumes(Volume::builder().name("data").efs_volume_configuration(system).build())
            .build();
        let hub = "arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-AbCdEf";
        let expected = json!({
            "id": arn, "kind": "aws.ecs.task-definition", "name": "api",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": "active", "healthy": true, "created_at": null},
            "network": {"ports": [8080]},
            "workload": {
                "family": "api", "revision": 7, "launch_types": ["fargate"], "cpu_units": 512,
                "images": [{
                    "at": "container api", "reference": "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop@sha256:ab",
                    "region": "us-east-1", "account": "111122223333", "repository": "shop", "tag": null,
                    "digest": "sha256:ab",
                }],
                "mentions": [
                    {"at": "container api, command", "what": "region", "value": "us-east-1", "region": "us-east-1"},
                    {"at": "container api, environment DB_HOST", "what": "endpoint",
                     "value": "orders.x.us-east-1.rds.amazonaws.com", "region": "us-east-1"},
                    {"at": "container api, registry", "what": "arn", "value": hub, "region": "us-east-1"},
                ],
                "logs": [{"at": "container api", "group": "/shop/api", "region": "us-east-1", "creates": true}],
            },
            "links": [
                {"rel": "uses-image", "to": "arn:aws:ecr:us-east-1:111122223333:repository/shop", "at": "container api"},
                {"rel": "reads-secret", "to": "/shop/key", "at": "container api, secret KEY"},
                {"rel": "reads-secret", "to": hub, "at": "container api, registry"},
                {"rel": "logs-to", "to": "/shop/api", "at": "container api"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/api", "at": "task role"},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/ecs", "at": "execution role"},
                {"rel": "mounts", "to": "fs-0123456789abcdef0", "at": "volume data"},
            ],
            "origin": {"source": ""},
        });
        let own = [Tag::builder().key("app").value("shop").build()];
        let found = normalize(&definition, &own, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(found).unwrap(), expected);
    }
}
