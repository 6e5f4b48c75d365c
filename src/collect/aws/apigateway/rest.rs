//! REST APIs.

use std::collections::HashMap;

use aws_sdk_apigateway::Client;
use aws_sdk_apigateway::types::{ConnectionType, EndpointType, Integration, Resource as Path, RestApi};

use super::super::read::{Listing, list};
use super::super::{Context, Sink, Trouble};
use super::common::{API, READ, calls, status};
use crate::model::{Fact, Kind, Rel, Resource, Shared, Tags, Traffic};
use crate::providers::aws::apigateway::host;
use crate::providers::aws::names::partition;

/// The load balancers behind each VPC link, by its id.
pub(super) type PrivateLinks = Result<HashMap<String, Vec<String>>, Trouble>;

/// The most paths that one answer has.
const PATHS: i32 = 500;

/// What was found out about one API.
pub(super) struct Looked {
    api: RestApi,
    paths: Listing<Path>,
    deployed: Result<bool, Trouble>,
}

pub(super) async fn private_links(client: &Client) -> PrivateLinks {
    let all = list(READ, client.get_vpc_links().into_paginator().items().send()).await.whole()?;
    Ok(all.into_iter().filter_map(|link| Some((link.id?, link.target_arns.unwrap_or_default()))).collect())
}

pub(super) async fn look(client: &Client, api: RestApi) -> Looked {
    let id = api.id().unwrap_or_default();
    let pages = client.get_resources().rest_api_id(id).embed("methods").into_paginator().page_size(PATHS);
    let paths = list(READ, pages.items().send()).await;
    let deployed = match client.get_stages().rest_api_id(id).send().await {
        Ok(answer) => Ok(answer.item().iter().any(|stage| stage.deployment_id().is_some())),
        Err(error) => Err(Trouble::new(READ, &error)),
    };
    Looked { api, paths, deployed }
}

pub(super) fn normalize(looked: Looked, links: &PrivateLinks, cx: &Context, out: &mut Sink) -> Resource {
    let Looked { api, paths, deployed } = looked;
    let id = api.id().unwrap_or_default();
    let arn = format!("arn:{}:apigateway:{}::/restapis/{id}", partition(&cx.region), cx.region);
    let mut resource = Resource::new(Kind::of(API), arn, api.name().unwrap_or(id), cx.place());
    status(deployed, api.created_date(), &mut resource, out);
    let is_private = api.endpoint_configuration().is_some_and(|it| it.types().contains(&EndpointType::Private));
    resource.traffic = Some(Shared::from(Traffic {
        protocol: "rest".into(),
        scheme: if is_private { "internal" } else { "internet-facing" }.into(),
        dns_name: Fact::from_read((!api.disable_execute_api_endpoint()).then(|| host(id, &cx.region))),
        ..Traffic::default()
    }));
    let methods = paths.items.iter().filter_map(|path| path.resource_methods()).flatten();
    let mut all: Vec<&Integration> = methods.filter_map(|(_, method)| method.method_integration()).collect();
    all.sort_by_key(|integration| (integration.uri(), integration.integration_target(), integration.connection_id()));
    for integration in all {
        called(integration, links, &mut resource);
    }
    if let Some(trouble) = paths.trouble {
        out.gap(&mut resource, "links", trouble);
    }
    resource.tags = Fact::Known(api.tags.unwrap_or_default().into_iter().collect::<Tags>().into());
    resource
}

/// By a VPC link it calls the load balancers behind that: its address is only what they are told.
fn called(integration: &Integration, links: &PrivateLinks, resource: &mut Resource) {
    if integration.connection_type() != Some(&ConnectionType::VpcLink) {
        return calls(resource, integration.uri().unwrap_or_default());
    }
    if let Some(target) = integration.integration_target() {
        return resource.link(Rel::SendsTo, Some(target));
    }
    let link = integration.connection_id().unwrap_or_default();
    match links.as_ref().map(|links| links.get(link)) {
        Ok(Some(balancers)) => balancers.iter().for_each(|arn| resource.link(Rel::SendsTo, Some(arn))),
        Ok(None) if link.contains('{') => resource.mark_unknown("links", "a variable of a stage names its VPC link"),
        Ok(None) => resource.mark_unknown("links", format!("its VPC link {link} was not found")),
        Err(trouble) => resource.mark_unknown("links", trouble.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_apigateway::primitives::DateTime;
    use aws_sdk_apigateway::types::{EndpointConfiguration, Method};
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::model::Timestamp;

    fn denied() -> Trouble {
        Trouble { action: READ, class: TroubleClass::Denied, reason: "AccessDeniedException".to_owned() }
    }

    fn path(integration: Integration) -> Path {
        let method = Method::builder().http_method("GET").method_integration(integration).build();
        Path::builder().path("/orders").resource_methods("GET", method).build()
    }

    fn by_link(link: &str) -> Integration {
        let integration = Integration::builder().uri("http://internal/orders").connection_id(link);
        integration.connection_type(ConnectionType::VpcLink).build()
    }

    fn normalized(paths: Listing<Path>, deployed: Result<bool, Trouble>, links: &PrivateLinks) -> (Value, usize) {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let api = RestApi::builder()
            .id("abc")
            .name("shop")
            .created_date(DateTime::from_secs(1_700_000_000))
            .endpoint_configuration(EndpointConfiguration::builder().types(EndpointType::Regional).build())
            .tags("app", "shop")
            .build();
        let mut out = Sink::default();
        let resource = normalize(Looked { api, paths, deployed }, links, &cx, &mut out);
        (serde_json::to_value(resource).unwrap(), out.gaps.len())
    }

    #[test]
    fn an_api_says_what_it_calls_and_none_of_what_it_tells_that() {
        let function = "arn:aws:lambda:us-east-1:111122223333:function:orders";
        let uri = format!("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations");
        let integration = Integration::builder().uri(uri).credentials("canary").request_templates("json", "canary");
        let balancer =
            |name: &str| format!("arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/{name}/1");
        let links = Ok(HashMap::from([("link".to_owned(), vec![balancer("net/shop")])]));
        let by_target = Integration::builder().connection_type(ConnectionType::VpcLink).connection_id("other");
        let items = vec![
            path(integration.build()),
            path(by_link("link")),
            path(by_target.integration_target(balancer("app/shop")).build()),
            Path::builder().path("/").build(),
        ];
        let (found, gaps) = normalized(Listing { items, trouble: None }, Ok(true), &links);
        let mut expected = json!({
            "id": "arn:aws:apigateway:us-east-1::/restapis/abc", "kind": "aws.apigateway.api", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {"state": "deployed", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "traffic": {
                "protocol": "rest", "scheme": "internet-facing", "dns_name": "abc.execute-api.us-east-1.amazonaws.com",
            },
            "links": [
                {"rel": "sends-to", "to": balancer("app/shop")},
                {"rel": "sends-to", "to": function},
                {"rel": "sends-to", "to": balancer("net/shop")},
            ],
            "origin": {"source": ""},
        });
        assert_eq!((&found, gaps), (&expected, 0));
        // What was denied is not nothing.
        let denied = || Listing { items: Vec::new(), trouble: Some(denied()) };
        let (found, gaps) = normalized(denied(), Err(super::tests::denied()), &Ok(HashMap::new()));
        let reason = "apigateway:GET denied: AccessDeniedException";
        expected["status"] = json!({"created_at": "2023-11-14T22:13:20Z"});
        expected.as_object_mut().unwrap().remove("links");
        expected["unknown"] = json!({"links": reason, "status.healthy": reason, "status.state": reason});
        assert_eq!((found, gaps), (expected, 2));
    }

    #[test]
    fn a_link_that_is_not_known_may_lead_anywhere() {
        let unknown = |link: &str, links: &PrivateLinks| {
            let items = vec![path(by_link(link))];
            normalized(Listing { items, trouble: None }, Ok(true), links).0["unknown"]["links"].clone()
        };
        let none = Ok(HashMap::new());
        assert_eq!(unknown("gone", &none), "its VPC link gone was not found");
        assert_eq!(unknown("${stageVariables.link}", &none), "a variable of a stage names its VPC link");
        assert_eq!(unknown("link", &Err(denied())), "apigateway:GET denied: AccessDeniedException");
    }
}
