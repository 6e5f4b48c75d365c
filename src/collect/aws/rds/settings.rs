//! What groups of parameters and options set. It is asked of those that users made, and of databases that replicate: only
//! such a database has a counterpart that could run with others.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{OptionGroup, Parameter};

use super::super::Sink;
use super::super::read::{list, together};
use super::super::settings::{Found, PARAMETERS, Sort, parameters};
use crate::collect::settings::{of_option, setting, settings};
use crate::model::{Fact, Resource, Setting, Settings};

const OPTIONS: Sort =
    Sort { path: "database.options", name: |database| &database.option_group, sets: |database| &mut database.options };

/// Fills what the groups of instances set.
pub(super) async fn of_instances(client: &Client, resources: &mut [Resource], out: &mut Sink) {
    let used = PARAMETERS.used(resources, replicates);
    if !used.is_empty() {
        let pages = client.describe_db_parameter_groups().into_paginator().items().send();
        let groups = list("rds:DescribeDBParameterGroups", pages).await;
        let families = groups.each(|group| group.db_parameter_group_name.zip(group.db_parameter_group_family));
        let calls = used.iter().map(|name| {
            let call = client.describe_db_parameters().db_parameter_group_name(name).source("user");
            list("rds:DescribeDBParameters", call.into_paginator().items().send())
        });
        let answers = together(calls).await.into_iter().map(|answer| answer.each(|it| parameter(&it)));
        let found = parameters(used.into_iter().zip(answers), &families);
        PARAMETERS.fill(resources, &found, families.trouble.as_ref(), out);
    }
    let used = OPTIONS.used(resources, replicates);
    if !used.is_empty() {
        let pages = client.describe_option_groups().into_paginator().items().send();
        let groups = list("rds:DescribeOptionGroups", pages).await;
        let mut found: Found =
            groups.items.iter().filter_map(|it| Some((it.option_group_name.clone()?, Ok(options(it))))).collect();
        if let Some(trouble) = groups.trouble {
            for name in used {
                found.entry(name).or_insert_with(|| Err(trouble.clone()));
            }
        }
        OPTIONS.fill(resources, &found, None, out);
    }
}

/// The same of clusters, which have parameters only.
pub(super) async fn of_clusters(client: &Client, resources: &mut [Resource], out: &mut Sink) {
    let used = PARAMETERS.used(resources, replicates);
    if used.is_empty() {
        return;
    }
    let pages = client.describe_db_cluster_parameter_groups().into_paginator().items().send();
    let groups = list("rds:DescribeDBClusterParameterGroups", pages).await;
    let families = groups.each(|group| group.db_cluster_parameter_group_name.zip(group.db_parameter_group_family));
    let calls = used.iter().map(|name| {
        let call = client.describe_db_cluster_parameters().db_cluster_parameter_group_name(name).source("user");
        list("rds:DescribeDBClusterParameters", call.into_paginator().items().send())
    });
    let answers = together(calls).await.into_iter().map(|answer| answer.each(|it| parameter(&it)));
    let found = parameters(used.into_iter().zip(answers), &families);
    PARAMETERS.fill(resources, &found, families.trouble.as_ref(), out);
}

/// It takes part in a replication, or may.
fn replicates(resource: &Resource) -> bool {
    resource.replication.as_ref().is_some_and(|facts| facts.role.text() != Some("none"))
}

fn parameter(parameter: &Parameter) -> Option<Setting> {
    Some(setting(parameter.parameter_name()?, Some(parameter.parameter_value()?)))
}

fn options(group: &OptionGroup) -> Settings {
    let family = group.engine_name().zip(group.major_engine_version());
    let mut set = Vec::new();
    for option in group.options() {
        let name = option.option_name().unwrap_or_default();
        set.push(setting(name, None));
        let is_changed = |it: &&aws_sdk_rds::types::OptionSetting| it.value() != it.default_value();
        let changed = option.option_settings().iter().filter(is_changed);
        set.extend(changed.filter_map(|it| Some(of_option(name, it.name()?, Some(it.value()?)))));
    }
    let family = Fact::from_known(family.map(|(engine, version)| format!("{engine} {version}")));
    settings(group.option_group_name().unwrap_or_default(), family, set)
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::{Option as GroupOption, OptionSetting};
    use serde_json::json;

    use super::*;

    #[test]
    fn an_option_group_tells_its_options_and_what_is_set_of_them() {
        let one = |name: &str, value: &str, default: &str| {
            OptionSetting::builder().name(name).value(value).default_value(default).build()
        };
        let audit = GroupOption::builder()
            .option_name("SQLSERVER_AUDIT")
            .option_settings(one("IAM_ROLE_ARN", "arn:aws:iam::111122223333:role/audit", ""))
            .option_settings(one("ENABLE_COMPRESSION", "true", "true"))
            .option_settings(one("SHARED_SECRET", "hunter2", ""))
            .build();
        let group = OptionGroup::builder()
            .option_group_name("audited")
            .engine_name("sqlserver-se")
            .major_engine_version("15.00")
            .options(audit)
            .build();
        assert_eq!(
            json!(options(&group)),
            json!({"group": "audited", "family": "sqlserver-se 15.00", "set": [
                {"name": "SQLSERVER_AUDIT", "value": null},
                {"name": "SQLSERVER_AUDIT.IAM_ROLE_ARN", "value": "arn:aws:iam::111122223333:role/audit"},
                {"name": "SQLSERVER_AUDIT.SHARED_SECRET"},
            ]})
        );
    }
}
