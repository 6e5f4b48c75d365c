//! Route 53: hosted zones, their records, and health checks.

mod checks;
mod common;
mod records;
mod zones;

use std::collections::HashMap;

use aws_sdk_route53::Client;
use aws_sdk_route53::types::TagResourceType;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::list;
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Resource, TagFact};
use crate::providers::aws::names::tail;
use common::{CHECK, RECORD, ZONE};

/// Resources whose tags one call gives.
const TAGGED_AT_ONCE: usize = 10;

pub(crate) struct Route53;

impl Collector for Route53 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "route53",
            locality: Locality::Global,
            kinds: &[CHECK, RECORD, ZONE],
            actions: actions::ROUTE53,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_route53);
            let pages = client.list_hosted_zones().into_paginator().items().send();
            let listed = out.listed(&[RECORD, ZONE], list("route53:ListHostedZones", pages).await)?;
            let mut zones = Vec::new();
            // One after the other: the service takes five calls a second of an account.
            for zone in &listed {
                let looked = zones::look(&client, zone).await;
                let mut resource = zones::normalize(zone, looked.as_ref().ok().and_then(Option::as_ref), cx);
                if let Err(trouble) = looked {
                    out.gap(&mut resource, "dns.networks", trouble);
                }
                let (records, trouble) = records::read(&client, zone.id()).await;
                if let Some(trouble) = trouble {
                    out.lost(&[RECORD], trouble);
                }
                out.resources.extend(records.iter().map(|record| records::normalize(zone, record, cx)));
                zones.push(resource);
            }
            add_tags(&client, TagResourceType::Hostedzone, zones, out).await;
            let pages = client.list_health_checks().into_paginator().items().send();
            let checks = out.listed(&[CHECK], list("route53:ListHealthChecks", pages).await)?;
            let checks = checks.iter().map(|check| checks::normalize(check, cx)).collect();
            add_tags(&client, TagResourceType::Healthcheck, checks, out).await;
            Ok(())
        }
        .boxed()
    }
}

/// Fills the tags of all that was found, and puts it out.
async fn add_tags(client: &Client, kind: TagResourceType, mut found: Vec<Resource>, out: &mut Sink) {
    for chunk in found.chunks_mut(TAGGED_AT_ONCE) {
        let ids = chunk.iter().map(|resource| tail(&resource.id).to_owned()).collect();
        let call = client.list_tags_for_resources().resource_type(kind.clone()).set_resource_ids(Some(ids));
        match call.send().await {
            Ok(answer) => {
                let mut by_id: HashMap<&str, TagFact> = answer
                    .resource_tag_sets()
                    .iter()
                    .filter_map(|it| Some((it.resource_id()?, tags(it.tags().iter().map(|it| (it.key(), it.value()))))))
                    .collect();
                for resource in chunk {
                    resource.tags = by_id.remove(tail(&resource.id)).unwrap_or_default();
                }
            }
            Err(error) => {
                let trouble = Trouble::new("route53:ListTagsForResources", &error);
                for resource in chunk {
                    out.gap(resource, "tags", trouble.clone());
                }
            }
        }
    }
    out.resources.extend(found);
}
