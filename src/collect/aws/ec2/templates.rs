//! Launch templates, by what their newest versions say.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{LaunchTemplate, LaunchTemplateVersion};

use super::super::launches::{self, Images, PAGE};
use super::super::read::{list, number};
use super::super::{Context, Sink, Trouble};
use super::common::{LAUNCH_TEMPLATE, resource};
use crate::collect::machines;
use crate::model::{Place, Resource};

/// What hangs on the versions of a template, beside what is said of everything that starts machines.
const SAID: [&str; 2] = ["capacity.types", "workload.revision"];

pub(super) async fn collect(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    let pages = client.describe_launch_templates().max_results(PAGE).into_paginator().items().send();
    let templates = out.listed(&[LAUNCH_TEMPLATE], list("ec2:DescribeLaunchTemplates", pages).await)?;
    if templates.is_empty() {
        return Ok(());
    }
    let current = launches::current(client).await.whole();
    let newest = current.map(newest);
    let launched: Vec<_> = newest.iter().flat_map(HashMap::values).map(launches::launch).collect();
    let images = Images::read(client, launched.iter()).await;
    let said = [&SAID[..], &machines::SAID].concat();
    for template in &templates {
        let version = newest.as_ref().map(|all| template.launch_template_id().and_then(|id| all.get(id)));
        let mut resource = normalize(template, version.as_ref().ok().copied().flatten(), &images, cx.place());
        match version {
            Ok(Some(_)) => {
                if let Some(trouble) = images.trouble() {
                    out.gap(&mut resource, "workload.launch_images.available", trouble.clone());
                }
            }
            Ok(None) => {
                said.iter().for_each(|path| resource.mark_unknown(path, "it was made while the templates were read"))
            }
            Err(trouble) => out.gap_at(&mut resource, &said, trouble.clone()),
        }
        out.push(resource);
    }
    Ok(())
}

/// The newest version of each template.
fn newest(current: Vec<LaunchTemplateVersion>) -> HashMap<String, LaunchTemplateVersion> {
    let numbered = |it: LaunchTemplateVersion| ((it.launch_template_id.clone(), it.version_number), it);
    let in_order: BTreeMap<_, _> = current.into_iter().map(numbered).collect();
    in_order.into_iter().filter_map(|((id, _), version)| Some((id?, version))).collect()
}

fn normalize(
    template: &LaunchTemplate,
    version: Option<&LaunchTemplateVersion>,
    images: &Images,
    place: Place,
) -> Resource {
    let id = template.launch_template_id();
    let mut resource = resource(LAUNCH_TEMPLATE, "launch-template", id, None, template.tags(), place);
    // Its name is unique in its region, and groups may name it by that.
    template.launch_template_name().unwrap_or_default().clone_into(&mut resource.name);
    let Some(version) = version else {
        resource.workload.get_or_insert_default();
        return resource;
    };
    let launch = launches::launch(version);
    machines::template(launch, &mut resource, |id| images.get(id));
    let workload = resource.workload.get_or_insert_default();
    workload.revision = number(version.version_number());
    resource
}
