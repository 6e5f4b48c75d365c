//! Distributions, accelerators and routing controls. Values, masks and expressions are those of a genuine plan.

use serde_json::{Value, json};

use super::created;

fn refers(address: &str, attribute: &str) -> Value {
    json!({"references": [format!("{address}.{attribute}"), address]})
}

fn facts(made: &Value, address: &str, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| made[address][*name].clone()).collect()
}

/// Why a fact is not known that the provider computes.
const DECIDES: &str = "not set: the provider decides";

const SITE: &str = "aws_cloudfront_distribution.site";

/// A distribution with a group of two origins, of which one is a load balancer of the code, and a bucket for pictures.
fn site(certificate: Value) -> [(&'static str, Value, Value, Value); 3] {
    let constant = |value: &str| json!({"constant_value": value});
    let origin = |id: &str, host: Option<&str>| {
        let header = json!([{"name": "x-origin-key", "value": "canary"}]);
        let mut origin = json!({"origin_id": id, "custom_header": header});
        if let Some(host) = host {
            origin["domain_name"] = json!(host);
        }
        origin
    };
    let code = |id: &str, host: Value| json!({"origin_id": constant(id), "domain_name": host});
    let member = |id: &str| json!({"origin_id": id});
    let west = "Shop-2.us-west-2.elb.amazonaws.com";
    let values = json!({
        "aliases": ["www.example.com"], "enabled": true,
        "origin": [origin("east", None), origin("pictures", None), origin("west", Some(west))],
        "origin_group": [{"origin_id": "both", "member": [member("east"), member("west")]}],
        "default_cache_behavior": [{"target_origin_id": "both"}],
        "ordered_cache_behavior": [
            {"path_pattern": "/img/*", "target_origin_id": "pictures"},
            {"path_pattern": "/api/*", "target_origin_id": "west"},
        ],
        "viewer_certificate": [{"acm_certificate_arn": certificate}],
    });
    let unknown = json!({
        "arn": true, "id": true, "domain_name": true,
        "origin": [{"domain_name": true}, {"domain_name": true}, {}],
    });
    let expressions = json!({"origin": [
        code("east", refers("aws_lb.east", "dns_name")),
        code("pictures", refers("aws_s3_bucket.pictures", "bucket_regional_domain_name")),
        code("west", constant(west)),
    ]});
    [
        (SITE, values, unknown, expressions),
        ("aws_lb.east", json!({"name": "shop"}), json!({"arn": true, "dns_name": true}), json!({})),
        (
            "aws_s3_bucket.pictures",
            json!({"bucket": "pictures"}),
            json!({"bucket_regional_domain_name": true}),
            json!({}),
        ),
    ]
}

#[test]
fn a_distribution_sends_to_hosts_and_to_what_the_code_refers_to() {
    let certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    let made = created(&site(json!(certificate)));
    let origin = |name: &str, target: &str| json!({"name": name, "target": target});
    let west = || origin("west", "shop-2.us-west-2.elb.amazonaws.com");
    let expected = [
        json!("aws.cloudfront.distribution"),
        json!({
            "enabled": true, "aliases": ["www.example.com"], "certificates": [certificate], "weighted_targets": null,
            "routes": [
                {"requests": ["/img/*"], "origins": [origin("pictures", "aws_s3_bucket.pictures")]},
                {"requests": ["/api/*"], "origins": [west()]},
                {"requests": ["default"], "origins": [origin("east", "aws_lb.east"), west()]},
            ],
        }),
        json!([{"rel": "shows-certificate", "to": certificate}]),
        json!({"traffic.dns_name": DECIDES}),
    ];
    assert_eq!(facts(&made, SITE, &["kind", "traffic", "links", "unknown"]), expected);
    assert_eq!(made[SITE]["place"]["region"], Value::Null);
    assert!(!made.to_string().contains("canary"), "a header for an origin was kept");
    let own = created(&site(Value::Null));
    assert_eq!((&own[SITE]["traffic"]["certificates"], &own[SITE]["links"]), (&json!([]), &Value::Null));
}

#[test]
fn an_origin_of_which_nothing_is_known_says_so() {
    let mut blocks = site(Value::Null);
    blocks[0].3 = json!({});
    let made = created(&blocks);
    let routes = made[SITE]["traffic"]["routes"].clone();
    assert_eq!(routes[0], json!({"requests": ["/img/*"], "origins": [{"name": "pictures"}]}));
    let reason = "the host of origin 'pictures', 'east' is known only after apply";
    assert_eq!(made[SITE]["unknown"], json!({"traffic.dns_name": DECIDES, "traffic.routes.origins.target": reason}));
    // Which origin it is, is not known either.
    blocks[0].2["default_cache_behavior"] = json!([{"target_origin_id": true}]);
    blocks[0].1["default_cache_behavior"] = json!([{}]);
    let made = created(&blocks);
    assert_eq!(made[SITE]["traffic"].get("routes"), None);
    let reason = "which origin a behaviour is for is not known";
    assert_eq!(made[SITE]["unknown"], json!({"traffic.dns_name": DECIDES, "traffic.routes": reason}));
}

#[test]
fn a_record_leads_to_an_edge_that_the_code_refers_to() {
    let record = "aws_route53_record.www";
    let leads_to = |address: &str, host: &str| {
        let mut blocks = site(Value::Null).to_vec();
        blocks.extend(accelerator(json!(128)));
        let alias = json!([{"evaluate_target_health": false, "name": null, "zone_id": null}]);
        let values = json!({"name": "www.example.com", "type": "A", "zone_id": "Z1", "alias": alias});
        let unknown = json!({"alias": [{"name": true, "zone_id": true}], "fqdn": true});
        blocks.push((record, values, unknown, json!({"alias": [{"name": refers(address, host)}]})));
        created(&blocks)[record]["links"].clone()
    };
    let expected = |address: &str| json!([{"rel": "sends-to", "to": address}]);
    let member = json!({"rel": "member-of", "to": "Z1"});
    for (address, host) in [(SITE, "domain_name"), (FAST, "dns_name")] {
        assert_eq!(leads_to(address, host), json!([member, expected(address)[0]]), "{address}");
    }
}

const FAST: &str = "aws_globalaccelerator_accelerator.shop";

const LISTENER: &str = "aws_globalaccelerator_listener.https";

const GROUP: &str = "aws_globalaccelerator_endpoint_group.east";

fn accelerator(weight: Value) -> [(&'static str, Value, Value, Value); 3] {
    let balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1";
    let endpoints = json!([
        {"endpoint_id": balancer, "weight": weight}, {"endpoint_id": "eipalloc-0123456789abcdef0", "weight": 0},
    ]);
    let group = json!({
        "endpoint_configuration": endpoints, "endpoint_group_region": "us-east-1", "health_check_interval_seconds": 30,
        "health_check_protocol": "TCP", "threshold_count": 3, "traffic_dial_percentage": 100,
    });
    [
        (
            FAST,
            json!({"name": "shop", "enabled": true}),
            json!({"arn": true, "dns_name": true, "ip_sets": true}),
            json!({}),
        ),
        (
            LISTENER,
            json!({"protocol": "TCP", "port_range": [{"from_port": 8000, "to_port": 8010}, {"from_port": 443, "to_port": 443}]}),
            json!({"arn": true, "accelerator_arn": true}),
            json!({"accelerator_arn": refers(FAST, "id")}),
        ),
        (
            GROUP,
            group,
            json!({"arn": true, "listener_arn": true, "health_check_path": true, "health_check_port": true}),
            json!({"listener_arn": refers(LISTENER, "id")}),
        ),
    ]
}

#[test]
fn an_accelerator_has_listeners_and_groups_in_regions() {
    let made = created(&accelerator(json!(128)));
    let asked = ["kind", "name", "place", "traffic", "links", "unknown"];
    let place = |region: Value| json!({"account": null, "region": region});
    let region = |made: &Value, address: &str| place(made[address]["place"]["region"].clone());
    assert_eq!(
        [FAST, LISTENER, GROUP].map(|it| region(&made, it)),
        [Value::Null, Value::Null, json!("us-east-1")].map(place)
    );
    let without_place = |address: &str| {
        let mut all = facts(&made, address, &asked);
        all.remove(2);
        all
    };
    assert_eq!(
        without_place(FAST),
        [
            json!("aws.globalaccelerator.accelerator"),
            json!("shop"),
            json!({"enabled": true, "certificates": [], "routes": null, "weighted_targets": null}),
            Value::Null,
            json!({"traffic.aliases": DECIDES, "traffic.dns_name": DECIDES}),
        ]
    );
    assert_eq!(
        without_place(LISTENER),
        [
            json!("aws.globalaccelerator.listener"),
            json!("shop tcp 443,8000-8010"),
            json!({"protocol": "tcp", "port_ranges": ["443", "8000-8010"], "certificates": []}),
            json!([{"rel": "member-of", "to": FAST}]),
            Value::Null,
        ]
    );
    let balancer = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/shop/1";
    assert_eq!(
        without_place(GROUP),
        [
            json!("aws.globalaccelerator.endpoint-group"),
            json!("shop us-east-1"),
            json!({"cross_zone": null, "routes": null, "balancers": [FAST], "targets": 2, "weighted_targets": 1,
                "dial_percent": 100}),
            json!([{"rel": "member-of", "to": LISTENER}, {"rel": "sends-to", "to": balancer}]),
            json!({"health_check.port": DECIDES}),
        ]
    );
    let check = json!({
        "enabled": true, "protocol": "tcp", "path": null, "interval_seconds": 30, "unhealthy_threshold": 3,
        "healthy_threshold": 3,
    });
    let own = |blocks: &[(&str, Value, Value, Value)]| {
        let mut own = created(blocks)[GROUP]["health_check"].clone();
        own.as_object_mut().unwrap().retain(|name, fact| name == "path" || !fact.is_null());
        own
    };
    let mut blocks = accelerator(json!(128));
    assert_eq!(own(&blocks), check);
    blocks[2].1["health_check_protocol"] = json!("HTTP");
    assert_eq!(own(&blocks)["path"], "/");
}

#[test]
fn a_weight_that_the_code_leaves_out_is_not_taken_for_one() {
    let made = created(&accelerator(Value::Null));
    let traffic = json!({"cross_zone": null, "routes": null, "balancers": [FAST], "targets": 2, "dial_percent": 100});
    assert_eq!(made[GROUP]["traffic"], traffic);
    let reason = "a weight that the code leaves out depends on the version of the provider";
    assert_eq!(made[GROUP]["unknown"]["traffic.weighted_targets"], json!(reason));
    let mut blocks = accelerator(json!(0));
    blocks[2].1["endpoint_configuration"] = json!([]);
    let made = created(&blocks);
    assert_eq!(
        made[GROUP]["traffic"],
        json!({"cross_zone": null, "routes": null, "balancers": [FAST], "targets": 0, "weighted_targets": 0,
            "dial_percent": 100})
    );
}

#[test]
fn routing_controls_are_in_panels_and_rules_are_about_them() {
    for service in ["aws_route53recoverycontrolconfig", "aws_route53_recoverycontrolconfig"] {
        routing_controls_of(service);
    }
}

fn routing_controls_of(service: &str) {
    let of = |name: &str| format!("{service}_{name}");
    let [cluster, panel, east, west, one, gate] = [
        "cluster.c",
        "control_panel.p",
        "routing_control.east",
        "routing_control.west",
        "safety_rule.one",
        "safety_rule.gate",
    ]
    .map(of);
    let named = |name: &str| json!({"name": name});
    let in_panel = json!({"control_panel_arn": refers(&panel, "arn")});
    let rule = |name: &str| {
        let config = json!([{"inverted": false, "threshold": 1, "type": "ATLEAST"}]);
        json!({"name": name, "rule_config": config, "asserted_controls": null, "gating_controls": null, "target_controls": null})
    };
    let controls = json!({"references": [format!("{west}.arn"), west, format!("{east}.arn"), east]});
    let mask = |names: &[&str]| -> Value { names.iter().map(|name| ((*name).to_owned(), json!(true))).collect() };
    let check = "aws_route53_health_check.east";
    let made = created(&[
        (cluster.as_str(), named("shop"), mask(&["arn", "cluster_endpoints"]), json!({})),
        (&panel, named("p"), mask(&["arn", "cluster_arn"]), json!({"cluster_arn": refers(&cluster, "arn")})),
        (&east, named("east"), mask(&["arn", "control_panel_arn"]), in_panel.clone()),
        (&west, named("west"), mask(&["arn", "control_panel_arn"]), in_panel),
        (
            &one,
            rule("one"),
            mask(&["arn", "control_panel_arn", "asserted_controls"]),
            json!({"control_panel_arn": refers(&panel, "arn"), "asserted_controls": controls}),
        ),
        (
            &gate,
            rule("gate"),
            mask(&["arn", "control_panel_arn", "gating_controls", "target_controls"]),
            json!({
                "control_panel_arn": refers(&panel, "arn"), "gating_controls": refers(&west, "arn"),
                "target_controls": refers(&east, "arn"),
            }),
        ),
        (
            check,
            json!({"type": "RECOVERY_CONTROL", "disabled": false}),
            mask(&["arn", "routing_control_arn"]),
            json!({"routing_control_arn": refers(&east, "arn")}),
        ),
    ]);
    let links = |address: &str| made[address]["links"].clone();
    let member = |to: &str| json!([{"rel": "member-of", "to": to}]);
    assert_eq!(
        [&panel, &east, &one, &gate].map(|address| links(address)),
        [member(&cluster), member(&panel), member(&panel), member(&panel)]
    );
    let facts = |rule: &str, controls: &[&str], gates: Value| {
        json!({
            "rule": rule, "controls": controls, "gates": gates, "operator": "atleast", "threshold": 1, "inverted": false,
        })
    };
    assert_eq!(made[&one]["switch"], facts("assertion", &[&east, &west], Value::Null));
    assert_eq!(made[&gate]["switch"], facts("gating", &[&east], json!([west])));
    assert_eq!(made[check]["health_check"]["routing_control"], json!(east));
    assert_eq!(links(check), json!([{"rel": "gated-by", "to": east}]));
}
