//! What Auto Scaling groups start: the versions of launch templates that they use, or their launch configurations.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_autoscaling::types::{
    AutoScalingGroup, LaunchConfiguration, LaunchTemplateOverrides, LaunchTemplateSpecification,
};
use aws_sdk_ec2::types::LaunchTemplateVersion;

use super::super::launches::{self, DEFAULT, Images, LATEST, stated};
use super::super::read::{sorted, together};
use super::super::{Context, Sink, Trouble, TroubleClass, client};
use super::common::CONFIGURATION;
use crate::collect::machines::{self, Launch};
use crate::model::{Fact, Kind, Place, Rel, Resource};
use crate::providers::aws::names::{partition, tail};

/// A template, by id or name, and a version of it.
type Version = (String, String);

/// What groups start, by what they name.
pub(super) struct Launches {
    versions: HashMap<Version, Result<Launch, Trouble>>,
    /// By name.
    configurations: HashMap<String, Launch>,
    /// Why there are more of them.
    more: Option<Trouble>,
    images: Images,
}

impl Launches {
    /// `more` says why there are more configurations than these.
    pub(super) async fn read(
        cx: &Context,
        groups: &[AutoScalingGroup],
        configurations: &[LaunchConfiguration],
        more: Option<Trouble>,
    ) -> Self {
        let ec2 = client!(cx, aws_sdk_ec2);
        let wanted: BTreeSet<Version> = groups.iter().flat_map(specifications).filter_map(version).collect();
        let mut versions = HashMap::new();
        if !wanted.is_empty() {
            // Most groups use the newest version or the default one, and these are listed together.
            match launches::current(&ec2).await.whole() {
                Ok(current) => versions.extend(by_word(current)),
                Err(trouble) => versions.extend(wanted.iter().map(|key| (key.clone(), Err(trouble.clone())))),
            }
            let missing: Vec<&Version> = wanted.iter().filter(|key| !versions.contains_key(*key)).collect();
            let answers = together(missing.iter().map(|(name, word)| launches::version(&ec2, name, word))).await;
            for (key, answer) in missing.into_iter().zip(answers) {
                versions.insert(key.clone(), answer.map(|found| launches::launch(&found)));
            }
        }
        let named = |it: &LaunchConfiguration| {
            (it.launch_configuration_name().unwrap_or_default().to_owned(), of_configuration(it))
        };
        let configurations: HashMap<String, Launch> = configurations.iter().map(named).collect();
        let known = versions.values().filter_map(|it| it.as_ref().ok()).chain(configurations.values());
        let overridden: Vec<Launch> = groups
            .iter()
            .flat_map(overrides)
            .filter_map(|it| Some(Launch { image: Fact::Known(it.image_id()?.to_owned()), ..Launch::default() }))
            .collect();
        let images = Images::read(&ec2, known.chain(&overridden)).await;
        Self { versions, configurations, more, images }
    }

    /// A launch configuration as a resource.
    pub(super) fn configuration(&self, it: &LaunchConfiguration, place: Place, out: &mut Sink) -> Resource {
        let name = it.launch_configuration_name().unwrap_or_default();
        let id = it.launch_configuration_arn().unwrap_or(name);
        let mut resource = Resource::new(Kind::of(CONFIGURATION), id, name, place);
        // They cannot be tagged.
        resource.tags = Fact::Known(Default::default());
        let launch = of_configuration(it);
        let asks = launch.image.is_known();
        machines::template(launch, &mut resource, |id| self.images.get(id));
        if let Some(trouble) = self.images.trouble().filter(|_| asks) {
            out.gap(&mut resource, "workload.launch_images.available", trouble.clone());
        }
        resource
    }

    /// Fills what a group starts. Gives the types that it may start, where what it starts says so.
    pub(super) fn fill(
        &self,
        group: &AutoScalingGroup,
        resource: &mut Resource,
        out: &mut Sink,
    ) -> Option<Vec<String>> {
        let mut found: Vec<Launch> = Vec::new();
        let mut troubles: Vec<Trouble> = Vec::new();
        let gone = |at: String| Launch { at, is_gone: true, ..Launch::default() };
        for specification in specifications(group) {
            let Some(key) = version(specification) else { continue };
            resource.link(Rel::RunsFrom, Some(address(&key.0, resource)));
            match self.versions.get(&key) {
                Some(Ok(launch)) => found.push(launch.clone()),
                Some(Err(trouble)) if trouble.class == TroubleClass::NotFound => {
                    found.push(gone(format!("launch template {}, version {}", key.0, key.1)));
                }
                Some(Err(trouble)) => troubles.push(trouble.clone()),
                None => {}
            }
        }
        if let Some(name) = group.launch_configuration_name() {
            resource.link(Rel::RunsFrom, Some(name));
            match (self.configurations.get(name), &self.more) {
                (Some(launch), _) => found.push(launch.clone()),
                (None, Some(trouble)) => troubles.push(trouble.clone()),
                (None, None) => found.push(gone(format!("launch configuration {name}"))),
            }
        }
        // An override takes the place of what the template says.
        let images = sorted(overrides(group).iter().filter_map(|it| it.image_id()));
        if !images.is_empty() && overrides(group).iter().all(|it| it.image_id().is_some()) {
            for launch in &mut found {
                launch.image = Fact::Absent;
            }
        }
        found.extend(images.into_iter().map(|id| Launch {
            at: "override".to_owned(),
            image: Fact::Known(id),
            // The rest is what the template says.
            types: Fact::Absent,
            groups: Fact::Absent,
            profile: Fact::Absent,
            user_data: Fact::Absent,
            ..Launch::default()
        }));
        let asks = found.iter().any(|launch| launch.image.is_known());
        for trouble in troubles.into_iter().chain(self.images.trouble().filter(|_| asks).cloned()) {
            let paths: &[&str] = if trouble.action == launches::IMAGES {
                &["workload.launch_images.available"]
            } else {
                &machines::SAID
            };
            out.gap_at(resource, paths, trouble);
        }
        machines::fill(&found, resource, |id| self.images.get(id));
        let types: Vec<String> = found.iter().filter_map(|launch| launch.types.known()).flatten().cloned().collect();
        Some(sorted(types)).filter(|types| !types.is_empty())
    }
}

/// The newest and the default versions, by all words that groups name them by.
fn by_word(current: Vec<LaunchTemplateVersion>) -> Vec<(Version, Result<Launch, Trouble>)> {
    let mut newest: HashMap<String, i64> = HashMap::new();
    for found in &current {
        let number = newest.entry(found.launch_template_id().unwrap_or_default().to_owned()).or_default();
        *number = (*number).max(found.version_number().unwrap_or_default());
    }
    let mut versions = Vec::new();
    for found in current {
        let number = found.version_number().unwrap_or_default();
        let is_newest = newest.get(found.launch_template_id().unwrap_or_default()) == Some(&number);
        let is_default = found.default_version() == Some(true);
        let words =
            [Some(number.to_string()), is_newest.then(|| LATEST.to_owned()), is_default.then(|| DEFAULT.to_owned())];
        for name in [found.launch_template_id(), found.launch_template_name()].into_iter().flatten() {
            let keys = words.iter().flatten().map(|word| (name.to_owned(), word.clone()));
            versions.extend(keys.map(|key| (key, Ok(launches::launch(&found)))));
        }
    }
    versions
}

/// The templates that a group names.
fn specifications(group: &AutoScalingGroup) -> Vec<&LaunchTemplateSpecification> {
    let mixed = group.mixed_instances_policy().and_then(|it| it.launch_template());
    let own = overrides(group).iter().filter_map(|it| it.launch_template_specification());
    // Where every override has a template of its own, that of the policy starts nothing.
    let all_have =
        !overrides(group).is_empty() && overrides(group).iter().all(|it| it.launch_template_specification().is_some());
    let base = mixed.and_then(|it| it.launch_template_specification()).filter(|_| !all_have);
    group.launch_template().into_iter().chain(base).chain(own).collect()
}

fn overrides(group: &AutoScalingGroup) -> &[LaunchTemplateOverrides] {
    let mixed = group.mixed_instances_policy().and_then(|it| it.launch_template());
    mixed.map(|it| it.overrides()).unwrap_or_default()
}

/// The ARN of a template that is named by its id.
fn address(name: &str, group: &Resource) -> String {
    let (region, account) = (group.region().unwrap_or_default(), group.account().unwrap_or_default());
    match name.starts_with("lt-") {
        true => format!("arn:{}:ec2:{region}:{account}:launch-template/{name}", partition(region)),
        false => name.to_owned(),
    }
}

fn version(it: &LaunchTemplateSpecification) -> Option<Version> {
    let name = it.launch_template_id().or(it.launch_template_name())?;
    Some((name.to_owned(), it.version().unwrap_or(DEFAULT).to_owned()))
}

fn of_configuration(it: &LaunchConfiguration) -> Launch {
    let groups = sorted(it.security_groups().iter().cloned());
    Launch {
        at: format!("launch configuration {}", it.launch_configuration_name().unwrap_or_default()),
        image: stated(it.image_id()),
        types: stated(it.instance_type()).map(|one| vec![one]),
        groups: if groups.is_empty() { Fact::Absent } else { Fact::Known(groups) },
        profile: stated(it.iam_instance_profile()).map(|it| tail(&it).to_owned()),
        role: None,
        // Its disks take the default key of the account.
        keys: Vec::new(),
        user_data: stated(it.user_data()),
        is_gone: false,
    }
}
