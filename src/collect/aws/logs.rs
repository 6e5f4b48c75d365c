//! CloudWatch Logs: log groups. What is written to them is never read.

use aws_sdk_cloudwatchlogs::types::LogGroup;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, number, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Encryption, Fact, Kind, Log, Place, Protection, Rel, Resource, Shared, Tags};

const GROUP: &str = "aws.logs.group";

pub(crate) struct Logs;

impl Collector for Logs {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "logs", locality: Locality::Regional, kinds: &[GROUP], actions: actions::LOGS };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_cloudwatchlogs);
            let pages = client.describe_log_groups().into_paginator().items().send();
            let groups = out.listed(&[GROUP], list("logs:DescribeLogGroups", pages).await)?;
            let groups: Vec<Resource> = groups.iter().map(|group| normalize(group, cx.place())).collect();
            let tags =
                together(groups.iter().map(|group| client.list_tags_for_resource().resource_arn(&group.id).send()));
            let tags = tags.await;
            for (mut group, answer) in groups.into_iter().zip(tags) {
                match answer {
                    Ok(answer) => {
                        let tags: Tags = answer.tags.into_iter().flatten().collect();
                        group.tags = Fact::Known(tags.into());
                    }
                    Err(error) => out.gap(&mut group, "tags", Trouble::new("logs:ListTagsForResource", &error)),
                }
                out.push(group);
            }
            Ok(())
        }
        .boxed()
    }
}

fn normalize(group: &LogGroup, place: Place) -> Resource {
    let name = group.log_group_name().unwrap_or_default();
    // The older of the two ends in `:*`, which stands for the streams in it.
    let arn = group.log_group_arn().or(group.arn()).map(|arn| arn.strip_suffix(":*").unwrap_or(arn));
    let mut resource = Resource::new(Kind::of(GROUP), arn.unwrap_or(name), name, place);
    let key = group.kms_key_id();
    // Without a key of KMS they are encrypted all the same.
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: Fact::Known(group.deletion_protection_enabled() == Some(true)),
        ..Protection::default()
    }));
    resource.log = Some(Shared::from(Log {
        retention_days: match group.retention_in_days() {
            None => Fact::Absent,
            days => number(days),
        },
        class: Fact::from_known(group.log_group_class().map(|class| class.as_str().to_lowercase())),
        kept_when_deleted: Fact::Unknown,
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatchlogs::types::LogGroupClass;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_log_group_keeps_what_it_gets_for_some_days_or_for_ever() {
        let arn = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders";
        let group = LogGroup::builder()
            .log_group_name("/ecs/orders")
            .arn(format!("{arn}:*"))
            .log_group_class(LogGroupClass::InfrequentAccess)
            .kms_key_id("arn:aws:kms:us-east-1:111122223333:key/1");
        let read =
            |group: LogGroup| serde_json::to_value(normalize(&group, Place::new("111122223333", "us-east-1"))).unwrap();
        let ever = read(group.clone().build());
        assert_eq!(
            ever,
            json!({
                "id": arn, "kind": "aws.logs.group", "name": "/ecs/orders",
                "place": {"account": "111122223333", "region": "us-east-1"},
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/1"},
                "protection": {"deletion_protection": false},
                "log": {"retention_days": null, "class": "infrequent_access"},
                "links": [{"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/1"}],
                "origin": {"source": ""},
            })
        );
        let month = read(group.retention_in_days(30).deletion_protection_enabled(true).build());
        assert_eq!(
            [&month["log"], &month["protection"]],
            [&json!({"retention_days": 30, "class": "infrequent_access"}), &json!({"deletion_protection": true})]
        );
    }
}
