//! HTTP and WebSocket APIs.

use aws_sdk_apigatewayv2::Client;
use aws_sdk_apigatewayv2::types::{Api, Integration, Stage};

use super::super::read::{Listing, pages};
use super::super::{Context, Sink, Trouble};
use super::common::{API, READ, calls, status};
use crate::model::{Fact, Kind, Resource, Shared, Tags, Traffic};
use crate::providers::aws::apigateway::host_of;
use crate::providers::aws::names::partition;

/// What was found out about one API.
pub(super) struct Looked {
    api: Api,
    integrations: Listing<Integration>,
    stages: Listing<Stage>,
}

pub(super) async fn look(client: &Client, api: Api) -> Looked {
    let id = api.api_id().unwrap_or_default();
    let integrations = pages(|next| async {
        let answer = client.get_integrations().api_id(id).set_next_token(next).send().await;
        let answer = answer.map_err(|error| Trouble::new(READ, &error))?;
        Ok((answer.items.unwrap_or_default(), answer.next_token))
    });
    let integrations = integrations.await;
    let stages = pages(|next| async {
        let answer = client.get_stages().api_id(id).set_next_token(next).send().await;
        let answer = answer.map_err(|error| Trouble::new(READ, &error))?;
        Ok((answer.items.unwrap_or_default(), answer.next_token))
    });
    let stages = stages.await;
    Looked { api, integrations, stages }
}

pub(super) fn normalize(looked: Looked, cx: &Context, out: &mut Sink) -> Resource {
    let Looked { api, integrations, stages } = looked;
    let id = api.api_id().unwrap_or_default();
    let arn = format!("arn:{}:apigateway:{}::/apis/{id}", partition(&cx.region), cx.region);
    let mut resource = Resource::new(Kind::of(API), arn, api.name().unwrap_or(id), cx.place());
    let has_one = |stage: &Stage| stage.deployment_id().is_some() || stage.auto_deploy() == Some(true);
    let is_deployed = stages.items.iter().any(has_one);
    // One stage is enough, whatever else there is.
    let deployed = stages.trouble.filter(|_| !is_deployed).map_or(Ok(is_deployed), Err);
    status(deployed, api.created_date(), &mut resource, out);
    let is_answering = api.disable_execute_api_endpoint() != Some(true);
    resource.traffic = Some(Shared::from(Traffic {
        protocol: Fact::from_known(api.protocol_type().map(|protocol| protocol.as_str().to_lowercase())),
        scheme: "internet-facing".into(),
        dns_name: Fact::from_read(api.api_endpoint().filter(|_| is_answering).map(host_of)),
        ..Traffic::default()
    }));
    let mut addresses: Vec<&str> = integrations.items.iter().filter_map(|it| it.integration_uri()).collect();
    addresses.sort_unstable();
    for address in addresses {
        calls(&mut resource, address);
    }
    if let Some(trouble) = integrations.trouble {
        out.gap(&mut resource, "links", trouble);
    }
    resource.tags = Fact::Known(api.tags.unwrap_or_default().into_iter().collect::<Tags>().into());
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_apigatewayv2::types::ProtocolType;
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::model::Timestamp;

    #[test]
    fn an_api_says_what_it_calls_and_whether_it_answers() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let api = Api::builder()
            .api_id("abc")
            .name("shop")
            .protocol_type(ProtocolType::Http)
            .api_endpoint("https://abc.execute-api.us-east-1.amazonaws.com")
            .tags("app", "shop");
        let calling = |uri: &str| Integration::builder().integration_uri(uri).credentials_arn("canary").build();
        let listener = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shop/1/2";
        let items = vec![calling(listener), calling("https://shop.example.com/v1?key=canary")];
        let stage = Stage::builder().stage_name("$default").stage_variables("key", "canary");
        let mut expected = json!({
            "id": "arn:aws:apigateway:us-east-1::/apis/abc", "kind": "aws.apigateway.api", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"app": "shop"},
            "status": {"state": "deployed", "healthy": true, "created_at": null},
            "traffic": {
                "protocol": "http", "scheme": "internet-facing", "dns_name": "abc.execute-api.us-east-1.amazonaws.com",
            },
            "links": [{"rel": "sends-to", "to": listener}, {"rel": "sends-to", "to": "shop.example.com"}],
            "origin": {"source": ""},
        });
        let looked = Looked {
            api: api.clone().build(),
            integrations: Listing { items: items.clone(), trouble: None },
            stages: Listing { items: vec![stage.clone().deployment_id("1").build()], trouble: None },
        };
        assert_eq!(serde_json::to_value(normalize(looked, &cx, &mut Sink::default())).unwrap(), expected);
        let denied =
            || Trouble { action: READ, class: TroubleClass::Denied, reason: "AccessDeniedException".to_owned() };
        // Without a deployment nothing answers, if that is all; and its own host may be turned off.
        let looked = Looked {
            api: api.disable_execute_api_endpoint(true).build(),
            integrations: Listing { items, trouble: Some(denied()) },
            stages: Listing { items: vec![stage.build()], trouble: None },
        };
        let mut out = Sink::default();
        expected["status"] = json!({"state": "not deployed", "healthy": false, "created_at": null});
        expected["traffic"]["dns_name"] = json!(null);
        expected["unknown"] = json!({"links": "apigateway:GET denied: AccessDeniedException"});
        assert_eq!(serde_json::to_value(normalize(looked, &cx, &mut out)).unwrap(), expected);
        assert_eq!(out.gaps.len(), 1);
    }
}
