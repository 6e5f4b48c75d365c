//! Edges in front of two regions, and the switches between them.

use serde_json::{Value, json};

use super::*;

fn global() -> Value {
    json!({"account": ACCOUNT, "region": null})
}

const EAST: &str = "shop-1.us-east-1.elb.amazonaws.com";
const WEST: &str = "shop-2.us-west-2.elb.amazonaws.com";

fn id(region: &str) -> String {
    arn("elasticloadbalancing", region, "loadbalancer/app/shop/1")
}

fn balancer(region: &str, host: &str) -> Value {
    json!({
        "id": id(region), "kind": "aws.elbv2.load-balancer", "name": "shop", "place": place(region),
        "tags": {"app": "shop"}, "status": {"state": "active", "healthy": true},
        "traffic": {"balancer": "application", "scheme": "internet-facing", "dns_name": host},
    })
}

const SITE: &str = "arn:aws:cloudfront::111122223333:distribution/E1";

/// A distribution with a route of each list of targets.
fn distribution(routes: &[&[&str]]) -> Value {
    let origin = |target: &&str| json!({"name": target, "target": target});
    let routes = routes.iter().zip(0..).map(|(targets, number)| {
        let origins: Vec<Value> = targets.iter().map(origin).collect();
        json!({"requests": [format!("/{number}")], "origins": origins})
    });
    json!({
        "id": SITE, "kind": "aws.cloudfront.distribution", "name": "E1", "place": global(), "tags": {},
        "traffic": {
            "enabled": true, "dns_name": "d1.cloudfront.net", "aliases": ["www.example.com"], "certificates": [],
            "routes": routes.collect::<Vec<_>>(),
        },
    })
}

fn record(name: &str, set: &str, target: &str, check: Option<&str>) -> Value {
    let mut links = vec![json!({"rel": "member-of", "to": "Z1"})];
    links.extend(check.map(|check| json!({"rel": "gated-by", "to": check})));
    json!({
        "id": format!("Z1/{name}/A/{set}"), "kind": "aws.route53.record", "name": format!("{name} A {set}"),
        "place": global(), "tags": {}, "links": links,
        "dns": {
            "name": name, "zone": "Z1", "record_type": "A", "policy": "failover", "failover": set, "set_id": set,
            "alias": true, "targets": [target], "evaluates_target_health": true, "health_check": check,
        },
    })
}

const OF_EDGES: &[&str] = &["recovery_region", "routes", "targets", "lost_regions"];

fn of_edge(resources: Vec<Value>, id: &str) -> Value {
    facts(inventory(resources, ALL_SEEN), &paired(), id, OF_EDGES)
}

/// Region by region and the one region, of each route.
fn regions(found: &Value) -> Vec<Value> {
    let routes = found["joined"]["routes"].as_array().unwrap();
    routes.iter().map(|route| json!([route["regions"], route.get("only_region")])).collect()
}

#[test]
fn a_distribution_says_of_each_path_which_region_it_cannot_do_without() {
    let found = of_edge(
        vec![
            balancer("us-east-1", EAST),
            balancer("us-west-2", WEST),
            distribution(&[&[EAST, WEST], &[EAST], &["pictures.s3.us-west-2.amazonaws.com"]]),
        ],
        SITE,
    );
    let target = |name: &str, id: Value, region: &str| json!({"name": name, "id": id, "region": region, "in_recovery_place": region == "us-west-2"});
    let mut picture = target("pictures.s3.us-west-2.amazonaws.com", Value::Null, "us-west-2");
    picture.as_object_mut().unwrap().remove("id");
    let route = |request: &str, regions: &[&str], only: Value| json!({"requests": [request], "regions": regions, "only_region": only});
    let expected = json!({
        "recovery_region": "us-west-2",
        "routes": [
            route("/0", &["us-east-1", "us-west-2"], Value::Null),
            route("/1", &["us-east-1"], json!("us-east-1")),
            route("/2", &["us-west-2"], json!("us-west-2")),
        ],
        "targets": [
            picture, target(EAST, json!(id("us-east-1")), "us-east-1"), target(WEST, json!(id("us-west-2")), "us-west-2"),
        ],
        "lost_regions": ["us-east-1"],
    });
    let reason = "not everything that answers to such names as pictures.s3.us-west-2.amazonaws.com is collected";
    assert_eq!(found, json!({"joined": expected, "unknown": {"joined.targets.id": reason}}));
}

#[test]
fn an_origin_leads_to_both_regions_by_the_records_of_its_name() {
    let records = || {
        vec![
            balancer("us-east-1", EAST),
            balancer("us-west-2", WEST),
            distribution(&[&["origin.example.com"]]),
            record("origin.example.com", "primary", EAST, None),
        ]
    };
    assert_eq!(regions(&of_edge(records(), SITE)), [json!([["us-east-1"], "us-east-1"])]);
    let mut both = records();
    both.push(record("origin.example.com", "secondary", WEST, None));
    assert_eq!(regions(&of_edge(both, SITE)), [json!([["us-east-1", "us-west-2"], null])]);
}

#[test]
fn where_a_host_stands_that_nobody_owns_is_not_known() {
    let found = of_edge(vec![distribution(&[&["api.example.net"]])], SITE);
    let reason = "in which region api.example.net is, its name does not say";
    let target = json!({"name": "api.example.net", "id": null, "region": null, "in_recovery_place": false});
    let expected = json!({
        "joined": {
            "routes": [{"requests": ["/0"], "regions": []}], "lost_regions": [],
            // Where the edge comes back is not known, either.
            "targets": [target],
        },
        "unknown": {
            "joined.recovery_region": reason, "joined.lost_regions": reason, "joined.routes.only_region": reason,
        },
    });
    assert_eq!(found, expected);
    // Beside one that is known it is no reason to call that the only one.
    let found = of_edge(vec![distribution(&[&[EAST, "api.example.net"]])], SITE);
    assert_eq!(found["joined"]["routes"], json!([{"requests": ["/0"], "regions": ["us-east-1"]}]));
    assert_eq!(found["unknown"]["joined.routes.only_region"], json!(reason));
}

#[test]
fn a_bucket_of_the_estate_is_known_by_the_host_of_its_website() {
    let bucket = json!({
        "id": "arn:aws:s3:::pictures", "kind": "aws.s3.bucket", "name": "pictures", "place": place("us-east-1"), "tags": {},
    });
    let found = of_edge(vec![bucket, distribution(&[&["pictures.s3.amazonaws.com"]])], SITE);
    assert_eq!(regions(&found), [json!([["us-east-1"], "us-east-1"])]);
    assert_eq!(found["joined"]["targets"][0]["id"], json!("arn:aws:s3:::pictures"));
}

const FAST: &str = "arn:aws:globalaccelerator::111122223333:accelerator/a";

fn accelerator() -> Vec<Value> {
    vec![
        json!({
            "id": FAST, "kind": "aws.globalaccelerator.accelerator", "name": "shop", "place": global(), "tags": {},
            "traffic": {
                "enabled": true, "dns_name": "a.awsglobalaccelerator.com", "aliases": ["192.0.2.250"], "certificates": [],
            },
        }),
        json!({
            "id": format!("{FAST}/listener/l"), "kind": "aws.globalaccelerator.listener", "name": "shop tcp 443",
            "place": global(), "tags": {}, "traffic": {"protocol": "tcp", "port_ranges": ["443"]},
            "links": [{"rel": "member-of", "to": FAST}],
        }),
        group("us-east-1", json!(1)),
    ]
}

fn group(region: &str, weighted: Value) -> Value {
    let mut traffic = json!({"balancers": [FAST], "targets": 1, "weighted_targets": weighted});
    if weighted.is_null() {
        traffic.as_object_mut().unwrap().remove("weighted_targets");
    }
    json!({
        "id": format!("{FAST}/listener/l/endpoint-group/{region}"), "kind": "aws.globalaccelerator.endpoint-group",
        "name": format!("shop {region}"), "place": place(region), "tags": {}, "traffic": traffic,
        "links": [{"rel": "member-of", "to": format!("{FAST}/listener/l")}, {"rel": "sends-to", "to": id(region)}],
    })
}

#[test]
fn an_accelerator_fails_over_to_groups_with_a_weight_only() {
    let found = |more: Vec<Value>| {
        let own = [accelerator(), more, vec![balancer("us-east-1", EAST), balancer("us-west-2", WEST)]].concat();
        of_edge(own, FAST)
    };
    let target = |region: &str| json!({"name": "shop", "id": id(region), "region": region, "in_recovery_place": region == "us-west-2"});
    let route = json!({"requests": ["tcp 443"], "regions": ["us-east-1"], "only_region": "us-east-1"});
    let expected = json!({
        "recovery_region": "us-west-2", "routes": [route], "targets": [target("us-east-1")],
        "lost_regions": ["us-east-1"],
    });
    assert_eq!(found(Vec::new()), json!({"joined": expected, "unknown": {}}));
    let of = |weighted: Value| regions(&found(vec![group("us-west-2", weighted)]));
    assert_eq!(of(json!(1)), [json!([["us-east-1", "us-west-2"], null])]);
    assert_eq!(of(json!(0)), [json!([["us-east-1"], "us-east-1"])]);
    let unread = found(vec![group("us-west-2", Value::Null)]);
    assert_eq!(
        (regions(&unread), unread["unknown"].clone()),
        (
            vec![json!([["us-east-1", "us-west-2"], null])],
            json!({"joined.routes.only_region": "the number of its targets that have a weight is not known"}),
        )
    );
    assert!(unread["joined"]["routes"][0].get("only_region").is_none());
}

#[test]
fn of_groups_that_were_not_all_seen_none_is_the_only_one() {
    let denied = &[
        (ACCOUNT, "", "globalaccelerator", "denied"),
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "*", "complete"),
    ];
    let found = facts(inventory(accelerator(), denied), &paired(), FAST, &["routes", "lost_regions"]);
    let reason = format!("globalaccelerator:List denied in {ACCOUNT}");
    let expected = json!({
        "joined": {"routes": [{"requests": ["tcp 443"], "regions": ["us-east-1"]}], "lost_regions": ["us-east-1"]},
        "unknown": {"joined.routes": reason, "joined.routes.only_region": reason},
    });
    assert_eq!(found, expected);
}

#[test]
fn a_record_may_lead_to_an_edge_by_its_name_or_its_address() {
    let resources = |target: &str| {
        let own =
            vec![balancer("us-east-1", EAST), distribution(&[&[EAST]]), record("www.example.com", "x", target, None)];
        [accelerator(), own].concat()
    };
    for (target, expected) in [("d1.cloudfront.net", SITE), ("192.0.2.250", FAST), ("a.awsglobalaccelerator.com", FAST)]
    {
        let names = &["recovery_region", "targets", "lost_regions"];
        let found = facts(inventory(resources(target), ALL_SEEN), &paired(), "Z1/www.example.com/A/x", names);
        let target = json!({"name": target, "id": expected, "region": null, "in_recovery_place": false});
        // The edge is judged for the region that it leads to.
        let joined = json!({"recovery_region": null, "targets": [target], "lost_regions": []});
        assert_eq!(found, json!({"joined": joined, "unknown": {}}));
    }
}

#[test]
fn a_secondary_that_leads_to_an_edge_leads_where_that_does() {
    let found = |origin: &str| {
        let resources = vec![
            balancer("us-east-1", EAST),
            balancer("us-west-2", WEST),
            distribution(&[&[origin]]),
            record("shop.example.com", "primary", EAST, None),
            record("shop.example.com", "secondary", "d1.cloudfront.net", None),
        ];
        let names = &["siblings", "counterpart"];
        let all = facts(inventory(resources, ALL_SEEN), &paired(), "Z1/shop.example.com/A/primary", names);
        let there = all["joined"]["siblings"][1]["in_recovery_place"].clone();
        (there, all["joined"]["counterpart"].get("id").cloned(), all["unknown"].clone())
    };
    assert_eq!(found(WEST), (json!(true), Some(json!(SITE)), json!({})));
    assert_eq!(found(EAST), (json!(false), None, json!({})));
}

#[test]
fn an_edge_belongs_to_the_application_behind_it_and_brings_no_other_along() {
    let mut other = balancer("us-west-2", WEST);
    other["tags"] = json!({});
    let resources = [
        accelerator(),
        vec![
            balancer("us-east-1", EAST),
            other,
            distribution(&[&[EAST], &[WEST]]),
            record("www.example.com", "x", "d1.cloudfront.net", None),
        ],
    ]
    .concat();
    let found = |id: &str| applications_of(&resources, id);
    let group = format!("{FAST}/listener/l/endpoint-group/us-east-1");
    for id in [SITE, FAST, group.as_str(), "Z1/www.example.com/A/x"] {
        assert_eq!(found(id), json!(["shop"]), "{id}");
    }
    assert_eq!(found(&id("us-west-2")), json!([]));
}

const PANEL: &str = "arn:aws:route53-recovery-control::111122223333:controlpanel/p";

fn switches(rule: Option<Value>) -> Vec<Value> {
    let control = |name: &str| {
        json!({
            "id": format!("{PANEL}/routingcontrol/{name}"), "kind": "aws.route53recoverycontrolconfig.routing-control",
            "name": name, "place": global(), "tags": {}, "links": [{"rel": "member-of", "to": PANEL}],
        })
    };
    let check = |name: &str, control: &str, inverted: bool| {
        let control = format!("{PANEL}/routingcontrol/{control}");
        json!({
            "id": format!("arn:aws:route53:::healthcheck/{name}"), "kind": "aws.route53.health-check", "name": name,
            "place": global(), "tags": {}, "links": [{"rel": "gated-by", "to": control}],
            "health_check": {
                "enabled": true, "protocol": "recovery_control", "host": null, "alarm_region": null, "without_data": null,
                "inverted": inverted, "routing_control": control,
            },
        })
    };
    let mut all = vec![
        json!({
            "id": PANEL, "kind": "aws.route53recoverycontrolconfig.control-panel", "name": "shop", "place": global(),
            "tags": {},
        }),
        control("east"),
        control("west"),
        check("h-east", "east", false),
        check("h-west", "east", true),
        record("shop.example.com", "primary", EAST, Some("h-east")),
        record("shop.example.com", "secondary", WEST, Some("h-west")),
    ];
    all.extend(rule.map(|facts| {
        json!({
            "id": format!("{PANEL}/safetyrule/r"), "kind": "aws.route53recoverycontrolconfig.safety-rule", "name": "r",
            "place": global(), "tags": {}, "switch": facts, "links": [{"rel": "member-of", "to": PANEL}],
        })
    }));
    all
}

#[test]
fn a_record_and_its_sibling_say_which_switch_decides_them() {
    let names = &["gate", "siblings"];
    let found =
        facts(inventory(switches(None), ALL_SEEN), &paired(), "Z1/shop.example.com/A/primary", names)["joined"].clone();
    let control = format!("{PANEL}/routingcontrol/east");
    let gate = json!({
        "id": "arn:aws:route53:::healthcheck/h-east", "exists": true, "enabled": true, "alarm_region": null,
        "without_data": null, "routing_control": control, "inverted": false, "endpoint_region": null,
    });
    let sibling = |set: &str, check: &str, there: bool, inverted: bool| {
        json!({
            "id": format!("Z1/shop.example.com/A/{set}"), "set_id": set, "failover": set, "in_recovery_place": there,
            "health_check": format!("arn:aws:route53:::healthcheck/{check}"), "routing_control": control,
            "inverted": inverted,
        })
    };
    let siblings = json!([sibling("primary", "h-east", false, false), sibling("secondary", "h-west", true, true)]);
    assert_eq!(found, json!({"gate": gate, "siblings": siblings}));
}

#[test]
fn an_assertion_guards_the_switches_that_it_names_and_a_gate_none() {
    let controls =
        |names: &[&str]| -> Vec<String> { names.iter().map(|name| format!("{PANEL}/routingcontrol/{name}")).collect() };
    let found = |rule: Option<Value>, coverage| {
        facts(inventory(switches(rule), coverage), &paired(), PANEL, &["unguarded_controls"])
    };
    let of = |form: &str, names: &[&str]| Some(json!({"rule": form, "controls": controls(names)}));
    let expected = |names: &[&str]| json!({"joined": {"unguarded_controls": controls(names)}, "unknown": {}});
    assert_eq!(found(None, ALL_SEEN), expected(&["east", "west"]));
    assert_eq!(found(of("assertion", &["east", "west"]), ALL_SEEN), expected(&[]));
    assert_eq!(found(of("gating", &["east", "west"]), ALL_SEEN), expected(&["east", "west"]));
    let unread = found(Some(json!({"rule": "assertion"})), ALL_SEEN);
    let reason = json!({"joined.unguarded_controls": "the routing controls that the rule is about are not known"});
    assert_eq!(unread["unknown"], reason);
    let denied = &[(ACCOUNT, "", "route53recoverycontrolconfig", "denied")];
    let reason = format!("route53recoverycontrolconfig:List denied in {ACCOUNT}");
    assert_eq!(found(None, denied)["unknown"], json!({"joined.unguarded_controls": reason}));
}
