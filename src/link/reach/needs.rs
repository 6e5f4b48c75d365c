//! What the tasks of a service need before they run: their images, their secrets, and where they log.

use std::collections::{BTreeMap, BTreeSet};

use super::super::edges::At;
use super::super::{Estate, why};
use crate::model::{Class, Fact, Rel, Resource, RunImage};
use crate::providers::aws::names::Arn;

/// Something that a task needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// In words: `image registry`.
    pub what: &'static str,
    /// As endpoints name it: `ecr.dkr`; of a registry on the internet its host.
    pub service: String,
    /// Its region. None: it is on the internet.
    pub region: Option<String>,
}

/// Who asks for it, and for what there.
pub(super) struct Asked {
    /// The first that does.
    pub at: String,
    /// ARNs of what is asked for. None among them: one that is not known.
    pub of: BTreeSet<Option<String>>,
}

/// Each need with who asks for it; and why there may be more.
#[derive(Default)]
pub(super) struct Needs {
    pub all: BTreeMap<Need, Asked>,
    pub doubt: Option<String>,
}

/// The layers of an image are fetched from buckets of the provider.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
const OF_REGISTRY: [(&str, &str); 3] =
    [("image registry", "ecr.api"), ("image registry", "ecr.dkr"), ("image layers", "s3")];

/// Registries that the internet has. Where another one stands, nobody knows.
const PUBLIC: [&str; 9] = [
    "docker.io",
    "public.ecr.aws",
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "registry.k8s.io",
    "mcr.microsoft.com",
    "docker.elastic.co",
    "registry.gitlab.com",
];

impl Needs {
    fn add(&mut self, what: &'static str, service: &str, region: Option<&str>, at: &str) {
        self.add_of(what, service, region, (at, None));
    }

    /// The same of something in the service that has an ARN, as far as that is known.
    fn add_of(
        &mut self,
        what: &'static str,
        service: &str,
        region: Option<&str>,
        (at, resource): (&str, Option<&str>),
    ) {
        let need = Need { what, service: service.to_owned(), region: region.map(str::to_owned) };
        let asked = self.all.entry(need).or_insert_with(|| Asked { at: at.to_owned(), of: BTreeSet::new() });
        asked.of.insert(resource.map(str::to_owned));
    }

    fn doubt(&mut self, reason: impl FnOnce() -> String) {
        self.doubt.get_or_insert_with(reason);
    }

    fn image(&mut self, image: &RunImage) {
        let at = image.at.text().unwrap_or_default();
        match &image.region {
            Fact::Known(region) => {
                OF_REGISTRY.iter().for_each(|(what, service)| self.add(what, service, Some(region), at));
            }
            Fact::Absent => {
                let reference = image.reference.text().unwrap_or_default();
                let host = reference.split_once('/').map(|(host, _)| host).filter(|host| host.contains(['.', ':']));
                match host.unwrap_or("docker.io") {
                    host if PUBLIC.contains(&host) => self.add("image registry", host, None, at),
                    host => self.doubt(|| format!("where the registry {host} stands is not known")),
                }
            }
            Fact::Unknown => self.doubt(|| "the registry of an image is not known".to_owned()),
        }
    }
}

impl<'a> Estate<'a> {
    /// What the tasks of a service need, by the definitions that it runs.
    pub(super) fn startup_needs(&self, service: At) -> Needs {
        let mut needs = Needs::default();
        let own = self.index.get(service);
        if let Some(reason) = own.unknown.get("workload.definition") {
            needs.doubt(|| reason.clone());
        }
        let definitions: Vec<At> = self.index.to(service, Rel::RunsFrom).collect();
        if definitions.is_empty() {
            needs.doubt(|| "the definition that it runs was not found".to_owned());
        }
        for at in definitions {
            let definition = self.index.get(at);
            let workload = definition.workload.as_ref();
            let images = workload.and_then(|workload| workload.images.known());
            images.into_iter().flatten().for_each(|image| needs.image(image));
            for log in workload.and_then(|workload| workload.logs.known()).into_iter().flatten() {
                match log.region.text() {
                    Some(region) => needs.add("log service", "logs", Some(region), log.at.text().unwrap_or_default()),
                    None => needs.doubt(|| "the region of a log group is not known".to_owned()),
                }
            }
            for path in ["workload.images", "workload.logs"] {
                let known = workload.is_some_and(|it| match path {
                    "workload.images" => !it.images.is_unknown(),
                    _ => !it.logs.is_unknown(),
                });
                if !known || definition.unknown.contains_key(path) {
                    needs.doubt(|| format!("{}: {}", definition.name, why(definition, path)));
                }
            }
            self.referred(at, definition, &mut needs);
        }
        needs
    }

    /// What its links name: its secrets, and what code refers to in containers whose text is not known yet.
    fn referred(&self, at: At, definition: &'a Resource, needs: &mut Needs) {
        let own = definition.region();
        for link in definition.links.iter().filter(|link| link.rel == Rel::ReadsSecret) {
            let found = self.index.resolve(definition, link.rel, &link.to).map(|to| self.index.get(to));
            let at = link.at.as_deref().unwrap_or_default();
            let is_secret = found.map(|it| it.kind.info().class == Class::Secret);
            let (is_secret, region) = match Arn::parse(&link.to) {
                Some(arn) => (arn.service == "secretsmanager", arn.known_region()),
                // A bare name is one of a parameter.
                None => (is_secret.unwrap_or(false), found.map_or(own, Resource::region)),
            };
            let Some(region) = region else {
                needs.doubt(|| format!("the region of {} is not known", link.to));
                continue;
            };
            let (what, service) =
                if is_secret { ("secret store", "secretsmanager") } else { ("parameter store", "ssm") };
            // A name without its ending, or a key within, is no ARN that a policy would name.
            let arn = found.map(|it| it.id.as_str()).filter(|id| id.starts_with("arn:"));
            needs.add_of(what, service, Some(region), (at, arn));
        }
        for repository in self.index.to(at, Rel::UsesImage).map(|to| self.index.get(to)) {
            let Some(region) = repository.region() else { continue };
            OF_REGISTRY.iter().for_each(|(what, service)| needs.add(what, service, Some(region), &repository.name));
        }
        for group in self.index.to(at, Rel::LogsTo).map(|to| self.index.get(to)) {
            if let Some(region) = group.region() {
                needs.add("log service", "logs", Some(region), &group.name);
            }
        }
    }
}
