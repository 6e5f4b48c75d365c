//! Elastic Load Balancing: application, network and gateway load balancers, their listeners and target groups.

mod balancers;
mod common;
mod groups;
mod listeners;

use std::collections::HashMap;

use aws_sdk_elasticloadbalancingv2::Client;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Resource, TagFact};
use common::{BALANCER, GROUP, LISTENER};

/// Resources whose tags one call gives.
const TAGGED_AT_ONCE: usize = 20;

pub(crate) struct Elbv2;

impl Collector for Elbv2 {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "elbv2",
            locality: Locality::Regional,
            kinds: &[BALANCER, LISTENER, GROUP],
            actions: actions::ELBV2,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_elasticloadbalancingv2);
            let mut found = Vec::new();
            let pages = client.describe_load_balancers().into_paginator().items().send();
            let listing = list("elasticloadbalancing:DescribeLoadBalancers", pages).await;
            // Listeners are asked for by their load balancer.
            let balancers = out.listed(&[BALANCER, LISTENER], listing)?;
            let looked = together(balancers.iter().map(|balancer| balancers::look(&client, balancer))).await;
            let mut listed = Vec::new();
            for (balancer, (attributes, own)) in balancers.iter().zip(looked) {
                let mut resource = balancers::normalize(balancer, attributes.as_deref().ok(), cx.place());
                if let Err(trouble) = attributes {
                    out.gap_at(&mut resource, &balancers::IN_ATTRIBUTES, trouble);
                }
                if let Some(trouble) = own.trouble {
                    out.lost(&[LISTENER], trouble);
                }
                listed.extend(own.items.into_iter().map(|listener| (balancer, listener)));
                found.push(resource);
            }
            let looked = together(listed.iter().map(|(_, listener)| listeners::look(&client, listener))).await;
            for ((balancer, listener), looked) in listed.iter().zip(looked) {
                let mut resource = listeners::normalize(balancer, listener, &looked, cx.place());
                for (path, trouble) in looked.troubles() {
                    out.gap(&mut resource, path, trouble);
                }
                found.push(resource);
            }
            let pages = client.describe_target_groups().into_paginator().items().send();
            let groups = out.listed(&[GROUP], list("elasticloadbalancing:DescribeTargetGroups", pages).await)?;
            let looked = together(groups.iter().map(|group| groups::look(&client, group))).await;
            for (group, (attributes, health)) in groups.iter().zip(looked) {
                let mut resource =
                    groups::normalize(group, attributes.as_deref().ok(), health.as_deref().ok(), cx.place());
                if let Err(trouble) = attributes {
                    out.gap(&mut resource, "traffic.cross_zone", trouble);
                }
                if let Err(trouble) = health {
                    out.gap_at(&mut resource, &groups::IN_HEALTH, trouble);
                }
                found.push(resource);
            }
            add_tags(&client, found, out).await;
            Ok(())
        }
        .boxed()
    }
}

/// Fills the tags of all that was found, and puts it out.
async fn add_tags(client: &Client, mut found: Vec<Resource>, out: &mut Sink) {
    let answers = together(found.chunks(TAGGED_AT_ONCE).map(|chunk| {
        let arns = chunk.iter().map(|resource| resource.id.clone()).collect();
        client.describe_tags().set_resource_arns(Some(arns)).send()
    }))
    .await;
    for (chunk, answer) in found.chunks_mut(TAGGED_AT_ONCE).zip(answers) {
        match answer {
            Ok(answer) => {
                let all = answer.tag_descriptions();
                let mut by_arn: HashMap<&str, TagFact> = all
                    .iter()
                    .filter_map(|it| {
                        Some((it.resource_arn()?, tags(it.tags().iter().map(|it| (it.key(), it.value())))))
                    })
                    .collect();
                for resource in chunk {
                    resource.tags = by_arn.remove(resource.id.as_str()).unwrap_or_default();
                }
            }
            Err(error) => {
                let trouble = Trouble::new("elasticloadbalancing:DescribeTags", &error);
                for resource in chunk {
                    out.gap(resource, "tags", trouble.clone());
                }
            }
        }
    }
    out.resources.extend(found);
}
