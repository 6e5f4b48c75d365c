//! What a definition of containers says, whether ECS or code tells it: images, secrets, logs, and the places that it names.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::mentions::mentions;
use crate::model::{Fact, LogTarget, Mention, Network, Rel, Resource, RunImage, Shared, Workload};
use crate::providers::aws::names;

/// A container, as `containerDefinitions` has it. Everything else in it does not matter in another region.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Container {
    #[serde(deserialize_with = "nullable")]
    pub name: String,
    pub image: Option<String>,
    #[serde(deserialize_with = "nullable")]
    pub environment: Vec<Variable>,
    #[serde(deserialize_with = "nullable")]
    pub environment_files: Vec<EnvironmentFile>,
    #[serde(deserialize_with = "nullable")]
    pub secrets: Vec<SecretRef>,
    #[serde(deserialize_with = "nullable")]
    pub command: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub entry_point: Vec<String>,
    pub log_configuration: Option<LogConfiguration>,
    #[serde(deserialize_with = "nullable")]
    pub port_mappings: Vec<PortMapping>,
    pub repository_credentials: Option<Credentials>,
}

/// A variable of the environment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Variable {
    pub name: String,
    /// Code may write a number.
    #[serde(deserialize_with = "text")]
    pub value: String,
}

/// A file of variables in a bucket.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EnvironmentFile {
    pub value: String,
}

/// A variable or option that is read from a secret or a parameter.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct SecretRef {
    pub name: String,
    /// An ARN, or the name of a parameter in the task's own region.
    pub value_from: String,
}

/// How a container logs.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct LogConfiguration {
    pub log_driver: String,
    #[serde(deserialize_with = "nullable")]
    pub options: BTreeMap<String, String>,
    #[serde(deserialize_with = "nullable")]
    pub secret_options: Vec<SecretRef>,
}

/// A port of a container.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct PortMapping {
    pub container_port: Option<u32>,
}

/// What a private registry is asked with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Credentials {
    pub credentials_parameter: String,
}

/// What code has as null is what it leaves out.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    })
}

/// Fills what the containers of a definition run and are told, with links to what they need.
pub(crate) fn fill(containers: &[Container], resource: &mut Resource) {
    let region = resource.place.region.clone();
    let (mut images, mut logs, mut said) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut note = |mention: Mention| {
        let key = [&mention.at, &mention.what, &mention.value].map(|fact| fact.text().unwrap_or_default().to_owned());
        said.insert(key, mention);
    };
    for container in containers {
        let at = format!("container {}", container.name);
        if let Some(reference) = &container.image {
            let image = image(reference, &at);
            resource.link_from(Rel::UsesImage, repository(&image, &region), Some(&at));
            images.push(image);
        }
        let variables = container.environment.iter().map(|one| (format!("{at}, environment {}", one.name), &one.value));
        variables.for_each(|(at, value)| mentions(value, &at).into_iter().for_each(&mut note));
        for (what, words) in [("entry point", &container.entry_point), ("command", &container.command)] {
            mentions(&words.join(" "), &format!("{at}, {what}")).into_iter().for_each(&mut note);
        }
        for file in &container.environment_files {
            mentions(&file.value, &format!("{at}, environment file")).into_iter().for_each(&mut note);
        }
        let log = container.log_configuration.as_ref();
        let options = log.into_iter().flat_map(|log| &log.secret_options);
        let secrets = container.secrets.iter().map(|one| ("secret", one)).chain(options.map(|one| ("log option", one)));
        let credentials =
            container.repository_credentials.iter().map(|it| (format!("{at}, registry"), &it.credentials_parameter));
        let secrets = secrets.map(|(what, one)| (format!("{at}, {what} {}", one.name), &one.value_from));
        for (at, from) in secrets.chain(credentials).filter(|(_, from)| !from.is_empty()) {
            resource.link_from(Rel::ReadsSecret, Some(from), Some(&at));
            mentions(from, &at).into_iter().for_each(&mut note);
        }
        if let Some(target) = log.and_then(|log| log_target(log, &at, &region)) {
            let group = target.group.text().map(|group| match target.region.text() {
                Some(own) if region.text() != Some(own) => log_group_arn(own, resource.account(), group),
                _ => group.to_owned(),
            });
            resource.link_from(Rel::LogsTo, group, Some(&at));
            logs.push(target);
        }
    }
    let ports: BTreeSet<u32> =
        containers.iter().flat_map(|it| &it.port_mappings).filter_map(|it| it.container_port).collect();
    resource.network =
        Some(Shared::from(Network { ports: Fact::Known(ports.into_iter().collect()), ..Network::default() }));
    let workload: &mut Workload = resource.workload.get_or_insert_default();
    workload.images = Fact::Known(images);
    workload.logs = Fact::Known(logs);
    workload.mentions = Fact::Known(said.into_values().collect());
}

/// The name of an image, taken apart: `registry/repository:tag@digest`.
pub(crate) fn image(reference: &str, at: &str) -> RunImage {
    let (name, digest) = reference.split_once('@').map_or((reference, None), |(name, digest)| (name, Some(digest)));
    let (registry, path) = match name.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => (Some(host), path),
        _ => (None, name),
    };
    let (repository, tag) = path.rsplit_once(':').map_or((path, None), |(path, tag)| (path, Some(tag)));
    let own = registry.and_then(registry_of_region);
    let tag = tag.or_else(|| digest.is_none().then_some("latest"));
    RunImage {
        at: at.into(),
        reference: reference.into(),
        region: Fact::from_read(own.map(|(_, region)| region.to_owned())),
        account: Fact::from_read(own.map(|(account, _)| account.to_owned())),
        repository: if repository.is_empty() { Fact::Absent } else { repository.into() },
        tag: Fact::from_read(tag.map(str::to_owned)),
        digest: Fact::from_read(digest.map(str::to_owned)),
    }
}

/// Account and region of a registry of ECR: `111122223333.dkr.ecr.us-east-1.amazonaws.com`, or with `dkr-ecr` and `on.aws`.
fn registry_of_region(host: &str) -> Option<(&str, &str)> {
    let (account, rest) = host.split_once('.')?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let rest =
        ["dkr.ecr-fips.", "dkr.ecr.", "dkr-ecr-fips.", "dkr-ecr."].iter().find_map(|start| rest.strip_prefix(start));
    let region = rest?.split('.').next().filter(|region| names::is_region(region));
    is_account.then_some(account).zip(region)
}

fn repository(image: &RunImage, own: &Fact<String>) -> Option<String> {
    let (account, region) = (image.account.text()?, image.region.text().or(own.text())?);
    Some(format!("arn:{}:ecr:{region}:{account}:repository/{}", names::partition(region), image.repository.text()?))
}

fn log_target(log: &LogConfiguration, at: &str, own: &Fact<String>) -> Option<LogTarget> {
    if log.log_driver != "awslogs" {
        return None;
    }
    let option = |name: &str| log.options.get(name).cloned();
    Some(LogTarget {
        at: at.into(),
        group: Fact::from_known(option("awslogs-group")),
        region: option("awslogs-region").map_or_else(|| own.clone(), Fact::Known),
        creates: Fact::Known(option("awslogs-create-group").is_some_and(|it| it.eq_ignore_ascii_case("true"))),
    })
}

fn log_group_arn(region: &str, account: Option<&str>, group: &str) -> String {
    format!("arn:{}:logs:{region}:{}:log-group:{group}", names::partition(region), account.unwrap_or_default())
}

/// Processor time of a task as a whole, in units of which 1,024 are a virtual processor: `512`, or `.5 vCPU` in code.
pub(crate) fn cpu_units(text: &str) -> Fact<u32> {
    let words = text.to_ascii_lowercase();
    let units = match words.strip_suffix("vcpu") {
        Some(processors) => processors.trim().parse::<f64>().ok().map(|number| number * 1024.0),
        None => words.trim().parse().ok(),
    };
    Fact::from_known(units.filter(|units| (0.0..=f64::from(u32::MAX)).contains(units)).map(|units| units as u32))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Kind, Place};

    #[test]
    fn processors_are_written_in_units_or_in_words() {
        let cases = ["512", "2 vCPU", ".25 vcpu", "", "much", "-1"];
        let known = [Some(512), Some(2048), Some(256), None, None, None];
        assert_eq!(cases.map(cpu_units), known.map(Fact::from_known));
    }

    #[test]
    fn a_reference_of_an_image_is_taken_apart() {
        let parts = |reference| {
            let image = image(reference, "");
            [image.account, image.region, image.repository, image.tag, image.digest].map(Fact::into_known)
        };
        let text = |text: &str| Some(text.to_owned());
        let (account, east) = (text("111122223333"), text("us-east-1"));
        let cases = [
            (
                "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:v3",
                [account.clone(), east.clone(), text("shop/api"), text("v3"), None],
            ),
            (
                "111122223333.dkr.ecr.us-east-1.amazonaws.com/api@sha256:ab",
                [account.clone(), east.clone(), text("api"), None, text("sha256:ab")],
            ),
            (
                "111122223333.dkr-ecr.us-east-1.on.aws/api:v3@sha256:ab",
                [account, east, text("api"), text("v3"), text("sha256:ab")],
            ),
            ("nginx", [None, None, text("nginx"), text("latest"), None]),
            ("public.ecr.aws/nginx/nginx:1", [None, None, text("nginx/nginx"), text("1"), None]),
            ("registry.shop.internal:5000/api", [None, None, text("api"), text("latest"), None]),
            ("", [None, None, None, text("latest"), None]),
        ];
        for (reference, expected) in cases {
            assert_eq!(parts(reference), expected, "{reference}");
        }
    }

    #[test]
    fn a_definition_is_reduced_to_what_another_region_must_have() {
        let containers: Vec<Container> = serde_json::from_value(json!([{
            "name": "api",
            "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v3",
            "environment": [
                {"name": "DATABASE_URL", "value": "postgres://app:hunter2@orders.x.us-east-1.rds.amazonaws.com/orders"},
                {"name": "WORKERS", "value": 4},
            ],
            "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:password::"},
                {"name": "KEY", "valueFrom": "/shop/key"}],
            "command": null,
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/shop/api", "awslogs-region": "us-east-1"}},
            "portMappings": [{"containerPort": 8080, "hostPort": 8080}],
            "cpu": 256,
        }]))
        .unwrap();
        let place = Place::new("111122223333", "us-east-1");
        let mut resource = Resource::new(Kind::of("aws.ecs.task-definition"), "td", "shop", place);
        fill(&containers, &mut resource);
        let secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:password";
        let expected = json!({
            "id": "td", "kind": "aws.ecs.task-definition", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "network": {"ports": [8080]},
            "workload": {
                "images": [{
                    "at": "container api", "reference": "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v3",
                    "region": "us-east-1", "account": "111122223333", "repository": "shop", "tag": "v3", "digest": null,
                }],
                "mentions": [
                    {"at": "container api, environment DATABASE_URL", "what": "endpoint",
                     "value": "orders.x.us-east-1.rds.amazonaws.com", "region": "us-east-1"},
                    {"at": "container api, secret DB_PASSWORD", "what": "arn", "value": secret, "region": "us-east-1"},
                ],
                "logs": [{"at": "container api", "group": "/shop/api", "region": "us-east-1", "creates": false}],
            },
            "links": [
                {"rel": "uses-image", "to": "arn:aws:ecr:us-east-1:111122223333:repository/shop", "at": "container api"},
                {"rel": "reads-secret", "to": format!("{secret}::"), "at": "container api, secret DB_PASSWORD"},
                {"rel": "reads-secret", "to": "/shop/key", "at": "container api, secret KEY"},
                {"rel": "logs-to", "to": "/shop/api", "at": "container api"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }
}
