//! Lambda: functions as they are configured, what hands them events, and the layers of code that they share. What gives
//! out a link to the code is never called.

mod common;
mod functions;
mod layers;
mod sources;

use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use common::{FUNCTION, LAYER, MAPPING};

pub(crate) struct Lambda;

impl Collector for Lambda {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "lambda",
            locality: Locality::Regional,
            kinds: &[MAPPING, FUNCTION, LAYER],
            actions: actions::LAMBDA,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_lambda);
            let pages = client.list_functions().into_paginator().items().send();
            let found = out.listed(&[FUNCTION], list("lambda:ListFunctions", pages).await)?;
            let looked = together(found.into_iter().map(|function| functions::look(&client, function))).await;
            for looked in looked {
                let resource = functions::normalize(looked, cx, out);
                out.push(resource);
            }
            let pages = client.list_event_source_mappings().into_paginator().items().send();
            let found = out.listed(&[MAPPING], list("lambda:ListEventSourceMappings", pages).await)?;
            let looked = together(found.into_iter().map(|mapping| sources::look(&client, mapping, cx))).await;
            for looked in looked {
                let resource = sources::normalize(looked, cx, out);
                out.push(resource);
            }
            let pages = client.list_layers().into_paginator().items().send();
            for layer in out.listed(&[LAYER], list("lambda:ListLayers", pages).await)? {
                out.push(layers::normalize(&layer, cx));
            }
            Ok(())
        }
        .boxed()
    }
}
