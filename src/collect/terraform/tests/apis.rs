//! APIs, their domains, and the URLs of functions. Values, masks and expressions are those of a genuine plan.

use serde_json::{Value, json};

use super::created;

fn refers(address: &str, attribute: &str) -> Value {
    json!({"references": [format!("{address}.{attribute}"), address]})
}

const ORDERS: &str = "aws_lambda_function.orders";

fn function() -> (&'static str, Value, Value, Value) {
    (ORDERS, json!({"function_name": "orders"}), json!({"arn": true, "invoke_arn": true}), json!({}))
}

fn links(made: &Value, address: &str) -> Value {
    json!([made[address].get("links").cloned().unwrap_or_default(), made[address]["unknown"].get("links")])
}

#[test]
fn an_http_api_calls_functions_listeners_and_hosts() {
    let of = |attribute: &str| refers("aws_apigatewayv2_api.shop", attribute);
    let integration = |name: &'static str, uri: Option<&str>, code: Value| {
        let mut values = json!({"integration_type": "HTTP_PROXY"});
        if let Some(uri) = uri {
            values["integration_uri"] = json!(uri);
        }
        let unknown = json!({"api_id": true, "integration_uri": uri.is_none()});
        (name, values, unknown, json!({"api_id": of("id"), "integration_uri": code}))
    };
    let made = created(&[
        (
            "aws_apigatewayv2_api.shop",
            json!({"name": "shop", "protocol_type": "HTTP", "body": null, "target": null, "disable_execute_api_endpoint": null}),
            json!({"arn": true, "id": true, "api_endpoint": true}),
            json!({}),
        ),
        integration("aws_apigatewayv2_integration.orders", None, refers(ORDERS, "invoke_arn")),
        integration("aws_apigatewayv2_integration.web", None, refers("aws_lb_listener.web", "arn")),
        integration(
            "aws_apigatewayv2_integration.partner",
            Some("https://key:canary@partner.example.com/v1?key=canary"),
            json!({}),
        ),
        function(),
        ("aws_lb_listener.web", json!({"port": 443}), json!({"arn": true}), json!({})),
    ]);
    let found = &made["aws_apigatewayv2_api.shop"];
    assert_eq!(found["traffic"], json!({"protocol": "http", "scheme": "internet-facing"}));
    let expected = json!([
        {"rel": "sends-to", "to": ORDERS},
        {"rel": "sends-to", "to": "aws_lb_listener.web"},
        {"rel": "sends-to", "to": "partner.example.com"},
    ]);
    assert_eq!(links(&made, "aws_apigatewayv2_api.shop"), json!([expected, null]));
    assert!(!made.to_string().contains("canary"));
}

#[test]
fn a_rest_api_calls_by_a_vpc_link_what_is_behind_it() {
    let integration = |values: Value, code: Value| {
        let mut all = json!({"rest_api_id": refers("aws_api_gateway_rest_api.shop", "id")});
        all.as_object_mut().unwrap().extend(code.as_object().unwrap().clone());
        let unknown = json!({"rest_api_id": true, "connection_id": code.get("connection_id").is_some()});
        ("aws_api_gateway_integration.orders", values, unknown, all)
    };
    let api = |values: Value| {
        let known = json!({"arn": true, "id": true});
        ("aws_api_gateway_rest_api.shop", values, known, json!({}))
    };
    let balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/shop/1";
    let link = (
        "aws_api_gateway_vpc_link.shop",
        json!({"name": "shop", "target_arns": [balancer]}),
        json!({"id": true, "arn": true}),
        json!({}),
    );
    let private = json!({"name": "shop", "endpoint_configuration": [{"types": ["PRIVATE"]}]});
    let by_link = json!({"connection_type": "VPC_LINK", "uri": "http://canary.internal/orders"});
    let code = json!({"connection_id": refers("aws_api_gateway_vpc_link.shop", "id")});
    let made = created(&[api(private), integration(by_link.clone(), code), link]);
    assert_eq!(links(&made, "aws_api_gateway_rest_api.shop"), json!([[{"rel": "sends-to", "to": balancer}], null]));
    assert_eq!(made["aws_api_gateway_rest_api.shop"]["traffic"], json!({"protocol": "rest", "scheme": "internal"}));
    // Nobody knows which link that is, nor what a document says.
    let open = json!({"name": "shop", "body": "canary", "endpoint_configuration": []});
    let mut by_variable = by_link;
    by_variable["connection_id"] = json!("${stageVariables.link}");
    let made = created(&[api(open)]);
    let reason = "its OpenAPI document says what it calls, and is not read";
    assert_eq!(links(&made, "aws_api_gateway_rest_api.shop"), json!([null, reason]));
    assert!(!made.to_string().contains("canary"));
    let named = json!({"name": "shop", "endpoint_configuration": []});
    let made = created(&[api(named), integration(by_variable, json!({}))]);
    assert_eq!(links(&made, "aws_api_gateway_rest_api.shop"), json!([null, "its VPC link was not found"]));
}

#[test]
fn domains_lead_to_apis_and_records_and_origins_to_both() {
    let domain = "aws_apigatewayv2_domain_name.api";
    let target = json!({"references": [
        format!("{domain}.domain_name_configuration[0].target_domain_name"),
        format!("{domain}.domain_name_configuration[0]"), format!("{domain}.domain_name_configuration"), domain,
    ]});
    let certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    let origin = |id: &str, to: Value| json!({"origin_id": {"constant_value": id}, "domain_name": to});
    let names = ["api", "url", "stage"];
    let made = created(&[
        (
            domain,
            json!({"domain_name": "api.example.com", "domain_name_configuration": [
                {"certificate_arn": certificate, "endpoint_type": "REGIONAL"},
            ]}),
            json!({"arn": true, "id": true, "domain_name_configuration": [{"target_domain_name": true}]}),
            json!({}),
        ),
        (
            "aws_apigatewayv2_api_mapping.api",
            json!({"domain_name": "api.example.com", "api_mapping_key": "v1"}),
            json!({"api_id": true}),
            json!({"domain_name": refers(domain, "domain_name"), "api_id": refers("aws_api_gateway_rest_api.shop", "id")}),
        ),
        ("aws_api_gateway_rest_api.shop", json!({"name": "shop"}), json!({"arn": true, "id": true}), json!({})),
        (
            "aws_api_gateway_stage.live",
            json!({"stage_name": "live"}),
            json!({"rest_api_id": true, "invoke_url": true}),
            json!({"rest_api_id": refers("aws_api_gateway_rest_api.shop", "id")}),
        ),
        function(),
        (
            "aws_lambda_function_url.orders",
            json!({"function_name": "orders", "authorization_type": "NONE", "qualifier": null}),
            json!({"function_url": true}),
            json!({"function_name": refers(ORDERS, "function_name")}),
        ),
        (
            "aws_route53_record.api",
            json!({"name": "api.example.com", "type": "A", "alias": [{"evaluate_target_health": true}]}),
            json!({"alias": [{"name": true, "zone_id": true}]}),
            json!({"alias": [{"name": target}]}),
        ),
        (
            "aws_cloudfront_distribution.site",
            json!({
                "enabled": true, "origin": names.map(|name| json!({"origin_id": name})),
                "default_cache_behavior": [{"target_origin_id": "api"}],
                "ordered_cache_behavior": [
                    {"path_pattern": "/url/*", "target_origin_id": "url"},
                    {"path_pattern": "/stage/*", "target_origin_id": "stage"},
                ],
            }),
            json!({"origin": names.map(|_| json!({"domain_name": true}))}),
            json!({"origin": [
                origin("api", refers("aws_apigatewayv2_domain_name.api", "domain_name")),
                origin("url", refers("aws_lambda_function_url.orders", "function_url")),
                origin("stage", refers("aws_api_gateway_stage.live", "invoke_url")),
            ]}),
        ),
    ]);
    let expected = json!([
        {"rel": "shows-certificate", "to": certificate},
        {"rel": "sends-to", "to": "aws_api_gateway_rest_api.shop", "at": "v1"},
    ]);
    assert_eq!(links(&made, domain), json!([expected, null]));
    let traffic = json!({"scheme": "internet-facing", "aliases": [], "certificates": [certificate]});
    assert_eq!(made[domain]["traffic"], traffic);
    assert_eq!(made["aws_route53_record.api"]["links"], json!([{"rel": "sends-to", "to": domain}]));
    let routes = made["aws_cloudfront_distribution.site"]["traffic"]["routes"].as_array().unwrap();
    let targets: Vec<&Value> = routes.iter().map(|route| &route["origins"][0]["target"]).collect();
    assert_eq!(
        targets,
        [&json!(ORDERS), &json!("aws_api_gateway_rest_api.shop"), &json!("aws_apigatewayv2_domain_name.api")]
    );
}

#[test]
fn an_edge_optimized_domain_answers_under_the_host_of_the_edge() {
    let made = |types: Value| {
        let values = json!({
            "domain_name": "api.example.com", "certificate_arn": null, "regional_certificate_arn": null,
            "endpoint_configuration": [{"types": types}], "regional_domain_name": "D-1.execute-api.us-east-1.amazonaws.com",
            "cloudfront_domain_name": "D1.cloudfront.net",
        });
        let address = "aws_api_gateway_domain_name.api";
        created(&[(address, values, json!({"arn": true}), json!({}))])[address]["traffic"].clone()
    };
    let of = |host: &str| json!({"scheme": "internet-facing", "dns_name": host, "aliases": [], "certificates": []});
    assert_eq!(made(json!(["EDGE"])), of("d1.cloudfront.net"));
    assert_eq!(made(json!(["REGIONAL"])), of("d-1.execute-api.us-east-1.amazonaws.com"));
}

#[test]
fn a_function_is_reached_by_its_urls() {
    let url = |name: &'static str, qualifier: Value, host: &str| {
        let values = json!({
            "function_name": "orders", "qualifier": qualifier, "function_url": format!("https://{host}.lambda-url.us-east-1.on.aws/"),
        });
        (name, values, json!({}), json!({"function_name": refers(ORDERS, "function_name")}))
    };
    let made = created(&[
        function(),
        url("aws_lambda_function_url.own", Value::Null, "a"),
        url("aws_lambda_function_url.live", json!("live"), "b"),
    ]);
    let expected = json!({
        "dns_name": "a.lambda-url.us-east-1.on.aws", "aliases": ["b.lambda-url.us-east-1.on.aws"],
    });
    assert_eq!(made[ORDERS]["traffic"], expected);
}
