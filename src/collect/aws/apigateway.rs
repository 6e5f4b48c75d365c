//! API Gateway: REST, HTTP and WebSocket APIs with what they call, and the domains that lead to them. Of integrations the
//! address alone is read, and of stages that they are there: their credentials, templates, parameters and variables may be
//! secret.

mod common;
mod domains;
mod http;
mod rest;

use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, pages, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use common::{API, DOMAIN, READ};

pub(crate) struct ApiGateway;

impl Collector for ApiGateway {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "apigateway",
            locality: Locality::Regional,
            kinds: &[API, DOMAIN],
            actions: actions::APIGATEWAY,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let (rest, http) = (client!(cx, aws_sdk_apigateway), client!(cx, aws_sdk_apigatewayv2));
            let listing = list(READ, rest.get_rest_apis().into_paginator().items().send()).await;
            let found = out.listed(&[API], listing)?;
            let links = rest::private_links(&rest).await;
            for looked in together(found.into_iter().map(|api| rest::look(&rest, api))).await {
                let resource = rest::normalize(looked, &links, cx, out);
                out.push(resource);
            }
            out.gaps.extend(links.err());
            let listing = pages(|next| async {
                let answer = http.get_apis().set_next_token(next).send().await;
                let answer = answer.map_err(|error| Trouble::new(READ, &error))?;
                Ok((answer.items.unwrap_or_default(), answer.next_token))
            });
            let found = out.listed(&[API], listing.await)?;
            for looked in together(found.into_iter().map(|api| http::look(&http, api))).await {
                let resource = http::normalize(looked, cx, out);
                out.push(resource);
            }
            domains::collect((&rest, &http), cx, out).await
        }
        .boxed()
    }
}
