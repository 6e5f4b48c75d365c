//! Global Accelerator: accelerators, their listeners, and the groups of endpoints behind them. Accelerators with custom routing,
//! which send each port to a machine of its own, are not read.

mod accelerators;
mod common;
mod groups;

use aws_sdk_globalaccelerator::Client;
use aws_sdk_globalaccelerator::types::{Accelerator, EndpointGroup, Listener};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::TagFact;
use common::{ACCELERATOR, GROUP, LISTENER};

/// The service is asked here, wherever its accelerators lead. It is in no other partition.
const HOME: &str = "us-west-2";
const PARTITION: &str = "aws";

pub(crate) struct GlobalAccelerator;

impl Collector for GlobalAccelerator {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "globalaccelerator",
            locality: Locality::Global,
            kinds: &[ACCELERATOR, GROUP, LISTENER],
            actions: actions::GLOBAL_ACCELERATOR,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let Some(cx) = &cx.at_home(PARTITION, HOME) else { return Ok(()) };
            let client = client!(cx, aws_sdk_globalaccelerator);
            let pages = client.list_accelerators().into_paginator().items().send();
            // Listeners are asked for by their accelerator, and groups by their listener.
            let listing = list("globalaccelerator:ListAccelerators", pages).await;
            let found = out.listed(&[ACCELERATOR, GROUP, LISTENER], listing)?;
            let looked = together(found.iter().map(|accelerator| look(&client, accelerator))).await;
            for (accelerator, (tags, listeners, groups)) in found.iter().zip(looked) {
                let mut resource = accelerators::normalize(accelerator, cx);
                out.tag(&mut resource, tags);
                out.push(resource);
                if let Some(trouble) = listeners.trouble {
                    out.lost(&[GROUP, LISTENER], trouble);
                }
                for (listener, groups) in listeners.items.iter().zip(groups) {
                    out.push(accelerators::listener(accelerator, listener, cx));
                    if let Some(trouble) = groups.trouble {
                        out.lost(&[GROUP], trouble);
                    }
                    out.resources
                        .extend(groups.items.iter().map(|group| groups::normalize(accelerator, listener, group, cx)));
                }
            }
            Ok(())
        }
        .boxed()
    }
}

type Looked = (Result<TagFact, Trouble>, Listing<Listener>, Vec<Listing<EndpointGroup>>);

async fn look(client: &Client, accelerator: &Accelerator) -> Looked {
    let arn = accelerator.accelerator_arn().unwrap_or_default();
    let own = match client.list_tags_for_resource().resource_arn(arn).send().await {
        Ok(answer) => Ok(tags(answer.tags().iter().map(|tag| (Some(tag.key()), Some(tag.value()))))),
        Err(error) => Err(Trouble::new("globalaccelerator:ListTagsForResource", &error)),
    };
    let pages = client.list_listeners().accelerator_arn(arn).into_paginator().items().send();
    let listeners = list("globalaccelerator:ListListeners", pages).await;
    let mut groups = Vec::new();
    for listener in &listeners.items {
        let pages = client.list_endpoint_groups().set_listener_arn(listener.listener_arn.clone());
        let pages = pages.into_paginator().items().send();
        groups.push(list("globalaccelerator:ListEndpointGroups", pages).await);
    }
    (own, listeners, groups)
}
