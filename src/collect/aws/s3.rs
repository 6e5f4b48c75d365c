//! S3: buckets, whether they keep versions, and where they are replicated to. Objects are never read, nor listed.

mod replication;
mod settings;

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::Bucket;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Kind, Resource, Shared, Status};
use crate::providers::aws::names;
use settings::Settings;

const BUCKET: &str = "aws.s3.bucket";

pub(crate) struct S3;

impl Collector for S3 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "s3", locality: Locality::Regional, kinds: &[BUCKET], actions: actions::S3 };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_s3);
            // Buckets of other regions cannot be asked about here.
            let pages = client.list_buckets().bucket_region(&cx.region).into_paginator().items().send();
            let buckets = out.listed(&[BUCKET], list("s3:ListAllMyBuckets", pages).await)?;
            let answers = together(buckets.iter().map(|bucket| Settings::read(&client, name(bucket)))).await;
            let destinations = sorted(answers.iter().flat_map(Settings::destinations));
            let regions = together(destinations.iter().map(|bucket| region(&client, bucket))).await;
            let regions: BTreeMap<String, Result<String, Trouble>> = destinations.into_iter().zip(regions).collect();
            for (bucket, settings) in buckets.iter().zip(answers) {
                let mut resource = normalize(bucket, cx);
                if settings.are_gone() {
                    // Deleted since it was listed.
                    continue;
                }
                settings.tell(&regions, &mut resource, out);
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

fn name(bucket: &Bucket) -> &str {
    bucket.name().unwrap_or_default()
}

/// A rule of a replication names its destination without the region.
async fn region(client: &Client, bucket: &str) -> Result<String, Trouble> {
    match client.get_bucket_location().bucket(bucket).send().await {
        Ok(answer) => Ok(match answer.location_constraint().map(|it| it.as_str()) {
            // The oldest regions have words of their own.
            None | Some("") => "us-east-1".to_owned(),
            Some("EU") => "eu-west-1".to_owned(),
            Some(region) => region.to_owned(),
        }),
        Err(error) => Err(Trouble::new("s3:GetBucketLocation", &error)),
    }
}

fn normalize(bucket: &Bucket, cx: &Context) -> Resource {
    let name = name(bucket);
    let arn = format!("arn:{}:s3:::{name}", names::partition(&cx.region));
    let mut resource = Resource::new(Kind::of(BUCKET), arn, name, cx.place());
    // It has no state: one that is there can be used.
    resource.status = Some(Shared::from(Status {
        state: Fact::Absent,
        healthy: Fact::Known(true),
        created_at: moment(bucket.creation_date()),
    }));
    resource
}
