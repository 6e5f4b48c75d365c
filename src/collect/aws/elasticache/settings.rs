//! What parameter groups of caches set. The members of a global datastore have copies of one, and are not asked about.

use aws_sdk_elasticache::Client;
use aws_sdk_elasticache::types::Parameter;

use super::super::Sink;
use super::super::read::{list, together};
use super::super::settings::{PARAMETERS, parameters};
use crate::collect::settings::setting;
use crate::model::{Resource, Setting};

pub(super) async fn collect(client: &Client, resources: &mut [Resource], out: &mut Sink) {
    let used = PARAMETERS.used(resources, is_alone);
    if used.is_empty() {
        return;
    }
    let pages = client.describe_cache_parameter_groups().into_paginator().items().send();
    let groups = list("elasticache:DescribeCacheParameterGroups", pages).await;
    let families = groups.each(|group| group.cache_parameter_group_name.zip(group.cache_parameter_group_family));
    let calls = used.iter().map(|name| {
        let call = client.describe_cache_parameters().cache_parameter_group_name(name).source("user");
        list("elasticache:DescribeCacheParameters", call.into_paginator().items().send())
    });
    let answers = together(calls).await.into_iter().map(|answer| answer.each(|it| parameter(&it)));
    let found = parameters(used.into_iter().zip(answers), &families);
    PARAMETERS.fill(resources, &found, families.trouble.as_ref(), out);
}

fn is_alone(resource: &Resource) -> bool {
    resource.replication.as_ref().is_some_and(|facts| !facts.global.is_known())
}

fn parameter(parameter: &Parameter) -> Option<Setting> {
    Some(setting(parameter.parameter_name()?, Some(parameter.parameter_value()?)))
}
