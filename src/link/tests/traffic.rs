//! Load balancers, certificates and DNS over two regions.

use serde_json::{Value, json};

use super::*;
use crate::config::Application;

fn global() -> Value {
    json!({"account": ACCOUNT, "region": null})
}

fn balancer(region: &str, name: &str, host: &str) -> Value {
    json!({
        "id": arn("elasticloadbalancing", region, &format!("loadbalancer/app/{name}/1")),
        "kind": "aws.elbv2.load-balancer", "name": name, "place": place(region), "tags": {"app": "shop"},
        "status": {"state": "active", "healthy": true},
        "traffic": {"balancer": "application", "scheme": "internet-facing", "dns_name": host},
    })
}

fn listener(region: &str, balancer: &str, port: u32) -> Value {
    json!({
        "id": arn("elasticloadbalancing", region, &format!("listener/app/{balancer}/1/{port}")),
        "kind": "aws.elbv2.listener", "name": format!("{balancer}:{port}"), "place": place(region), "tags": {},
        "traffic": {"port": port, "balancer": "application"},
        "links": [
            {"rel": "member-of", "to": arn("elasticloadbalancing", region, &format!("loadbalancer/app/{balancer}/1"))},
        ],
    })
}

fn record(name: &str, set: Option<&str>, target: &str, dns: Value) -> Value {
    let mut facts = json!({
        "name": name, "zone": "Z1", "record_type": "A", "policy": "failover", "failover": set, "set_id": set,
        "alias": true, "targets": [target], "evaluates_target_health": true, "health_check": null,
    });
    facts.as_object_mut().unwrap().extend(dns.as_object().unwrap().clone());
    let mut links = vec![json!({"rel": "member-of", "to": "Z1"})];
    links.extend(facts["health_check"].as_str().map(|check| json!({"rel": "gated-by", "to": check})));
    let set = set.map_or_else(String::new, |set| format!("/{set}"));
    json!({
        "id": format!("Z1/{name}/A{set}"), "kind": "aws.route53.record", "name": format!("{name} A{set}"),
        "place": global(), "tags": {}, "dns": facts, "links": links,
    })
}

fn zone() -> Value {
    json!({
        "id": "arn:aws:route53:::hostedzone/Z1", "kind": "aws.route53.zone", "name": "example.com", "place": global(),
        "tags": {}, "dns": {"name": "example.com", "zone": null, "private": false, "networks": []},
    })
}

const EAST: &str = "shop-1.us-east-1.elb.amazonaws.com";
const WEST: &str = "shop-2.us-west-2.elb.amazonaws.com";

fn shop() -> Vec<Value> {
    vec![
        balancer("us-east-1", "shop", EAST),
        listener("us-east-1", "shop", 80),
        listener("us-east-1", "shop", 443),
        balancer("us-west-2", "shop", WEST),
        listener("us-west-2", "shop", 443),
        zone(),
        record("shop.example.com", Some("primary"), &format!("dualstack.{EAST}"), json!({})),
        record("shop.example.com", Some("secondary"), WEST, json!({})),
        record("old.example.com", None, EAST, json!({"policy": "simple", "failover": null})),
    ]
}

fn id(region: &str) -> String {
    arn("elasticloadbalancing", region, "loadbalancer/app/shop/1")
}

const OF_RECORDS: &[&str] = &["recovery_region", "counterpart", "targets", "siblings", "gate", "lost_regions"];

#[test]
fn a_failover_pair_leads_from_one_region_to_the_other() {
    let there = json!({
        "id": id("us-west-2"), "how": "sibling-record", "region": "us-west-2", "account": ACCOUNT, "state": "active",
        "usable": true,
    });
    let siblings = json!([
        {"id": "Z1/shop.example.com/A/primary", "set_id": "primary", "failover": "primary", "in_recovery_place": false,
            "health_check": null, "routing_control": null, "inverted": null},
        {"id": "Z1/shop.example.com/A/secondary", "set_id": "secondary", "failover": "secondary",
            "in_recovery_place": true, "health_check": null, "routing_control": null, "inverted": null},
    ]);
    let estate = || inventory(shop(), ALL_SEEN);
    assert_eq!(
        facts(estate(), &paired(), "Z1/shop.example.com/A/primary", OF_RECORDS),
        json!({
            "joined": {
                "recovery_region": "us-west-2", "counterpart": there, "siblings": siblings, "gate": null,
                "lost_regions": ["us-east-1"],
                "targets": [{
                    "name": format!("dualstack.{EAST}"), "id": id("us-east-1"), "region": "us-east-1",
                    "in_recovery_place": false,
                }],
            },
            "unknown": {},
        })
    );
    // The secondary waits where the primary comes back, and answers to the loss of its region.
    let mut of_secondary = siblings;
    of_secondary[1]["in_recovery_place"] = json!(false);
    assert_eq!(
        facts(estate(), &paired(), "Z1/shop.example.com/A/secondary", OF_RECORDS),
        json!({
            "joined": {
                "recovery_region": null, "counterpart": null, "siblings": of_secondary, "gate": null,
                "lost_regions": ["us-east-1"],
                "targets": [{"name": WEST, "id": id("us-west-2"), "region": "us-west-2", "in_recovery_place": false}],
            },
            "unknown": {},
        })
    );
}

#[test]
fn a_name_without_a_sibling_has_no_counterpart_if_all_records_were_seen() {
    let names = &["recovery_region", "counterpart"];
    let found = |coverage| facts(inventory(shop(), coverage), &paired(), "Z1/old.example.com/A", names);
    assert_eq!(
        found(ALL_SEEN),
        json!({"joined": {"recovery_region": "us-west-2", "counterpart": null}, "unknown": {}})
    );
    let denied = &[(ACCOUNT, "", "route53", "denied"), (ACCOUNT, "us-east-1", "*", "complete")];
    let reason = format!("route53:List denied in {ACCOUNT}");
    let expected = json!({"joined": {"recovery_region": "us-west-2"}, "unknown": {"joined.counterpart": reason}});
    assert_eq!(found(denied), expected);
}

#[test]
fn a_record_leads_through_another_one() {
    let mut resources = shop();
    resources.push(record("www.example.com", None, "old.example.com", json!({"policy": "simple", "failover": null})));
    let found = facts(inventory(resources, ALL_SEEN), &paired(), "Z1/www.example.com/A", &["targets", "lost_regions"]);
    let target =
        json!({"name": "old.example.com", "id": id("us-east-1"), "region": "us-east-1", "in_recovery_place": false});
    assert_eq!(found, json!({"joined": {"targets": [target], "lost_regions": ["us-east-1"]}, "unknown": {}}));
}

#[test]
fn a_host_that_nobody_owns_is_gone_only_where_everybody_was_asked() {
    let gone = "gone-1.elb.us-east-1.amazonaws.com";
    let found = |host: &str, coverage| {
        let resources = vec![record("a.example.com", None, host, json!({"policy": "simple", "failover": null}))];
        let all = facts(inventory(resources, coverage), &paired(), "Z1/a.example.com/A", &["targets"]);
        (all["joined"]["targets"][0].clone(), all["unknown"].clone())
    };
    let target = |host: &str| json!({"name": host, "region": "us-east-1", "in_recovery_place": false});
    let with_id = json!({"name": gone, "id": null, "region": "us-east-1", "in_recovery_place": false});
    assert_eq!(found(gone, ALL_SEEN), (with_id, json!({})));
    let denied = &[(ACCOUNT, "", "*", "complete"), (ACCOUNT, "us-east-1", "elbv2", "denied")];
    let reason = format!("elbv2:List denied in {ACCOUNT} · us-east-1");
    assert_eq!(found(gone, denied), (target(gone), json!({"joined.targets.id": reason})));
    // It may be a classic load balancer, which is not collected.
    let classic = "old-1.us-east-1.elb.amazonaws.com";
    let reason = format!("not everything that answers to such names as {classic} is collected");
    assert_eq!(found(classic, ALL_SEEN), (target(classic), json!({"joined.targets.id": reason})));
    let foreign = json!({"name": "us-east-1.example.net", "id": null, "region": null, "in_recovery_place": false});
    assert_eq!(found("us-east-1.example.net", ALL_SEEN), (foreign, json!({})));
}

#[test]
fn a_record_says_what_gates_it() {
    let check = |id: &str, facts: Value| {
        json!({
            "id": format!("arn:aws:route53:::healthcheck/{id}"), "kind": "aws.route53.health-check", "name": id,
            "place": global(), "tags": {}, "health_check": facts,
        })
    };
    let alarm = json!({
        "enabled": true, "protocol": "cloudwatch_metric", "host": null, "alarm_region": "us-east-1",
        "without_data": "healthy", "routing_control": null, "inverted": true,
    });
    let endpoint = json!({
        "enabled": false, "protocol": "https", "host": EAST, "alarm_region": null, "without_data": null,
        "routing_control": null, "inverted": false,
    });
    let counts = json!({"enabled": true, "protocol": "calculated", "host": null, "inverted": false});
    let gate = |id: &str, coverage| {
        let resources = vec![
            balancer("us-east-1", "shop", EAST),
            check("alarm", alarm.clone()),
            check("endpoint", endpoint.clone()),
            check("counts", counts.clone()),
            record("a.example.com", None, EAST, json!({"health_check": id})),
        ];
        let all = facts(inventory(resources, coverage), &paired(), "Z1/a.example.com/A", &["gate"]);
        (all["joined"]["gate"].clone(), all["unknown"].clone())
    };
    let of = |id: &str, rest: Value| {
        let mut gate = json!({"id": format!("arn:aws:route53:::healthcheck/{id}"), "exists": true});
        gate.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        gate
    };
    let expected = json!({
        "enabled": true, "alarm_region": "us-east-1", "without_data": "healthy", "endpoint_region": null,
        "routing_control": null, "inverted": true,
    });
    assert_eq!(gate("alarm", ALL_SEEN), (of("alarm", expected), json!({})));
    let expected = json!({
        "enabled": false, "alarm_region": null, "without_data": null, "endpoint_region": "us-east-1",
        "routing_control": null, "inverted": false,
    });
    assert_eq!(gate("endpoint", ALL_SEEN), (of("endpoint", expected), json!({})));
    let reason = json!({"joined.gate.endpoint_region": "where what it asks is, its host does not say"});
    assert_eq!(gate("counts", ALL_SEEN), (of("counts", json!({"enabled": true, "inverted": false})), reason));
    assert_eq!(gate("deleted", ALL_SEEN), (json!({"id": "deleted", "exists": false}), json!({})));
    let denied = &[(ACCOUNT, "", "route53", "denied")];
    let reason = json!({"joined.gate": format!("route53:List denied in {ACCOUNT}")});
    assert_eq!(gate("deleted", denied), (json!({"id": "deleted"}), reason));
}

#[test]
fn a_load_balancer_has_a_namesake_of_its_own_sort_and_misses_ports_there() {
    let names = &["counterpart", "missing_ports", "standby_max"];
    let found =
        |resources: Vec<Value>, coverage| facts(inventory(resources, coverage), &paired(), &id("us-east-1"), names);
    let there = json!({
        "id": id("us-west-2"), "how": "same-name", "region": "us-west-2", "account": ACCOUNT, "state": "active",
        "usable": true,
    });
    assert_eq!(
        found(shop(), ALL_SEEN),
        json!({"joined": {"counterpart": there, "missing_ports": [80]}, "unknown": {}})
    );
    let unread = |at: usize, kept: usize| {
        let mut estate = shop();
        estate[at]["traffic"].as_object_mut().unwrap().remove("port");
        estate[at]["unknown"] = json!({"traffic.port": "not authorized"});
        estate.remove(kept);
        facts(inventory(estate, ALL_SEEN), &paired(), &id("us-east-1"), &["missing_ports"])
    };
    // The port of the counterpart that was not read may be the one that is missing.
    let reason = json!({"joined.missing_ports": "not authorized"});
    assert_eq!(unread(4, 2), json!({"joined": {}, "unknown": reason}));
    // One of its own that was not read may be missing, too.
    assert_eq!(unread(2, 6), json!({"joined": {"missing_ports": [80]}, "unknown": reason}));
    let mut network = shop();
    network[3]["traffic"]["balancer"] = json!("network");
    assert_eq!(
        found(network, ALL_SEEN),
        json!({"joined": {"counterpart": null, "missing_ports": null}, "unknown": {}})
    );
    let denied = &[
        (ACCOUNT, "", "*", "complete"),
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "elbv2", "denied"),
    ];
    let reason = format!("elbv2:List denied in {ACCOUNT} · us-west-2");
    assert_eq!(
        found(vec![balancer("us-east-1", "shop", EAST)], denied),
        json!({"joined": {}, "unknown": {"joined.counterpart": reason, "joined.missing_ports": reason}})
    );
}

fn certificate(region: &str, id: &str, names: &[&str], expires: &str, state: &str) -> Value {
    json!({
        "id": arn("acm", region, &format!("certificate/{id}")), "kind": "aws.acm.certificate", "name": names[0],
        "place": place(region), "tags": {}, "status": {"state": state, "healthy": state == "issued"},
        "certificate": {"names": names, "not_after": expires},
    })
}

#[test]
fn a_certificate_is_covered_by_one_or_by_several_that_are_valid() {
    let later = "2026-03-01T00:00:00Z";
    let east = certificate("us-east-1", "e", &["api.example.com", "example.com"], later, "issued");
    let found = |there: &[Value], coverage| {
        let resources = [std::slice::from_ref(&east), there].concat();
        let names = &["counterpart", "uncovered_names", "expires_in_days"];
        facts(inventory(resources, coverage), &paired(), &arn("acm", "us-east-1", "certificate/e"), names)
    };
    let west =
        |id: &str, names: &[&str], expires: &str, state: &str| certificate("us-west-2", id, names, expires, state);
    let is = |id: &str, how: &str, state: &str| {
        json!({
            "id": arn("acm", "us-west-2", &format!("certificate/{id}")), "how": how, "region": "us-west-2",
            "account": ACCOUNT, "state": state, "usable": state == "issued",
        })
    };
    let whole = west("w", &["*.example.com", "example.com"], later, "issued");
    let wild = west("v", &["*.example.com"], later, "issued");
    let bare = west("b", &["example.com"], later, "issued");
    let expired = west("w", &["*.example.com", "example.com"], "2026-01-09T00:00:00Z", "issued");
    let pending = west("w", &["*.example.com", "example.com"], later, "pending_validation");
    let both: &[&str] = &["api.example.com", "example.com"];
    let cases: [(&[Value], Value, &[&str]); 6] = [
        (&[whole], is("w", "same-names", "issued"), &[]),
        (&[wild.clone(), bare], is("v", "names-together", "issued"), &[]),
        (&[wild], Value::Null, &["example.com"]),
        (&[expired], is("w", "same-names", "expired"), both),
        (&[pending], is("w", "same-names", "pending_validation"), both),
        (&[], Value::Null, both),
    ];
    for (there, counterpart, uncovered) in cases {
        let joined = json!({"counterpart": counterpart, "uncovered_names": uncovered, "expires_in_days": 50});
        assert_eq!(found(there, ALL_SEEN), json!({"joined": joined, "unknown": {}}));
    }
    let denied = &[
        (ACCOUNT, "", "*", "complete"),
        (ACCOUNT, "us-east-1", "*", "complete"),
        (ACCOUNT, "us-west-2", "acm", "denied"),
    ];
    let reason = format!("acm:List denied in {ACCOUNT} · us-west-2");
    assert_eq!(
        found(&[], denied),
        json!({
            "joined": {"uncovered_names": both, "expires_in_days": 50},
            "unknown": {"joined.counterpart": reason, "joined.uncovered_names": reason},
        })
    );
}

/// A zone that is shared must not drag the records of others along.
#[test]
fn a_record_belongs_to_the_application_of_what_it_leads_to() {
    let mut resources = shop();
    let mut other = balancer("us-east-1", "other", "other-1.us-east-1.elb.amazonaws.com");
    other["tags"] = json!({"app": "other"});
    resources.push(other);
    resources.push(record(
        "other.example.com",
        None,
        "other-1.us-east-1.elb.amazonaws.com",
        json!({"policy": "simple", "failover": null}),
    ));
    let found = |id: &str| applications_of(&resources, id);
    let ids = ["Z1/shop.example.com/A/primary", "Z1/old.example.com/A", "arn:aws:route53:::hostedzone/Z1"];
    assert_eq!(ids.map(found), [json!(["shop"]), json!(["shop"]), json!(["shop"])]);
    assert_eq!(found("Z1/other.example.com/A"), json!([]));
}

#[test]
fn a_private_zone_comes_back_where_its_networks_do() {
    let zone = |networks: Value| {
        json!({
            "id": "arn:aws:route53:::hostedzone/Z2", "kind": "aws.route53.zone", "name": "shop.internal",
            "place": global(), "tags": {},
            "dns": {"name": "shop.internal", "zone": null, "private": true, "networks": networks},
        })
    };
    let found = |networks: Value| {
        let estate = inventory(vec![zone(networks)], ALL_SEEN);
        facts(estate, &paired(), "arn:aws:route53:::hostedzone/Z2", &["recovery_region"])["joined"].clone()
    };
    let network = |region: &str| json!({"id": "vpc-1", "region": region});
    assert_eq!(found(json!([network("us-east-1")])), json!({"recovery_region": "us-west-2"}));
    assert_eq!(found(json!([network("eu-west-1")])), json!({"recovery_region": null}));
}

#[test]
fn a_scaling_group_says_which_target_group_sends_to_it() {
    let group = arn("elasticloadbalancing", "us-east-1", "targetgroup/web/1");
    let scaling = arn("autoscaling", "us-east-1", "autoScalingGroup:1:autoScalingGroupName/web");
    let resources = vec![
        json!({
            "id": group, "kind": "aws.elbv2.target-group", "name": "web", "place": place("us-east-1"),
            "tags": {"app": "shop"}, "traffic": {},
        }),
        json!({
            "id": scaling, "kind": "aws.autoscaling.group", "name": "web", "place": place("us-east-1"), "tags": {},
            "links": [{"rel": "reached-by", "to": group}],
        }),
    ];
    let application: Application = serde_json::from_value(json!({"tags": {"app": "shop"}})).unwrap();
    let mut config = paired();
    config.applications.insert("shop".to_owned(), application);
    let found = facts(inventory(resources, ALL_SEEN), &config, &scaling, &["applications"]);
    assert_eq!(found["joined"], json!({"applications": ["shop"]}));
}
