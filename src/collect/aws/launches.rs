//! Launch templates and images as EC2 tells them, for whoever starts machines from them.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, Image, ImageState, LaunchTemplateVersion};

use super::Trouble;
use super::read::{Listing, list, sorted};
use crate::collect::machines::Launch;
use crate::model::{Fact, LaunchImage};
use crate::providers::aws::names::{parameter_of_image, tail};

pub(super) const TEMPLATES: &str = "ec2:DescribeLaunchTemplateVersions";
pub(super) const IMAGES: &str = "ec2:DescribeImages";

/// The newest version.
pub(super) const LATEST: &str = "$Latest";

/// Templates or versions of a page, the most that there can be.
pub(super) const PAGE: i32 = 200;

/// Ids that one call may be asked for.
pub(super) const AT_MOST: usize = 200;

/// The version that is used where none is given.
pub(super) const DEFAULT: &str = "$Default";

/// The newest version of every template, and the default one.
pub(super) async fn current(client: &Client) -> Listing<LaunchTemplateVersion> {
    let call = client.describe_launch_template_versions().versions(LATEST).versions(DEFAULT).max_results(PAGE);
    list(TEMPLATES, call.into_paginator().items().send()).await
}

/// One version of one template.
pub(super) async fn version(client: &Client, template: &str, version: &str) -> Result<LaunchTemplateVersion, Trouble> {
    let call = client.describe_launch_template_versions();
    let call = if template.starts_with("lt-") {
        call.launch_template_id(template)
    } else {
        call.launch_template_name(template)
    };
    let found = list(TEMPLATES, call.versions(version).into_paginator().items().send()).await.whole()?;
    found.into_iter().next().ok_or_else(|| Trouble::empty(TEMPLATES))
}

/// What a version of a template says.
pub(super) fn launch(version: &LaunchTemplateVersion) -> Launch {
    let name = version.launch_template_name().unwrap_or_default();
    let at = format!("launch template {name}, version {}", version.version_number().unwrap_or_default());
    let Some(data) = version.launch_template_data() else { return Launch { at, ..Launch::default() } };
    let groups = data.security_group_ids().iter();
    let groups = sorted(groups.chain(data.network_interfaces().iter().flat_map(|it| it.groups())).cloned());
    let disks = data.block_device_mappings().iter();
    Launch {
        at,
        image: stated(data.image_id()),
        types: Fact::from_read(data.instance_type()).map(|one| vec![one.as_str().to_owned()]),
        groups: match groups.is_empty() {
            // Groups by name are those of a default network. Their ids are not told.
            true if !data.security_groups().is_empty() => Fact::Unknown,
            true => Fact::Absent,
            false => Fact::Known(groups),
        },
        profile: stated(data.iam_instance_profile().and_then(|it| it.name().or(it.arn())))
            .map(|it| tail(&it).to_owned()),
        role: None,
        keys: sorted(disks.filter_map(|disk| disk.ebs()).filter_map(|disk| disk.kms_key_id())),
        user_data: stated(data.user_data()),
        is_gone: false,
    }
}

/// A text of a template or a configuration. EC2 writes an empty one where there is none.
pub(super) fn stated(text: Option<&str>) -> Fact<String> {
    Fact::from_read(text.filter(|text| !text.is_empty()).map(str::to_owned))
}

/// What is known of images, by id.
pub(super) struct Images(Result<HashMap<String, LaunchImage>, Trouble>);

impl Images {
    /// Asks for those that launches name. One that the answer leaves out is gone, or nobody lets this account use it.
    pub(super) async fn read(client: &Client, launches: impl Iterator<Item = &Launch>) -> Self {
        let named = launches.filter_map(|launch| launch.image.text()).filter(|id| parameter_of_image(id).is_none());
        let named: Vec<String> = named.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect();
        let mut found: HashMap<String, LaunchImage> = HashMap::new();
        for ids in named.chunks(AT_MOST) {
            let filter = Filter::builder().name("image-id").set_values(Some(ids.to_vec())).build();
            let call = client.describe_images().filters(filter).include_deprecated(true).include_disabled(true);
            match list(IMAGES, call.into_paginator().items().send()).await.whole() {
                Ok(images) => found.extend(images.iter().filter_map(|it| Some((it.image_id()?.to_owned(), image(it))))),
                Err(trouble) => return Self(Err(trouble)),
            }
        }
        Self(Ok(named
            .into_iter()
            .map(|id| {
                let gone = || LaunchImage { available: Fact::Known(false), ..LaunchImage::default() };
                let image = found.remove(&id).unwrap_or_else(gone);
                (id, image)
            })
            .collect()))
    }

    pub(super) fn get(&self, id: &str) -> Option<LaunchImage> {
        self.0.as_ref().ok()?.get(id).cloned()
    }

    /// Why nothing is known of them.
    pub(super) fn trouble(&self) -> Option<&Trouble> {
        self.0.as_ref().err()
    }
}

fn image(image: &Image) -> LaunchImage {
    LaunchImage {
        name: Fact::from_known(image.name().map(str::to_owned)),
        account: Fact::from_known(image.owner_id().map(str::to_owned)),
        available: Fact::from_known(image.state().map(|state| *state == ImageState::Available)),
        ..LaunchImage::default()
    }
}
